/** Hashes of subtrees out of a log's tiles, and the proofs made of them. What is read is believed by nobody before a root agrees. */
import { consistencyRanges, inclusionRanges, isPerfect, type Range, splitOf } from './merkle.ts';
import { LogRefusal } from './refusal.ts';
import { emptyRoot, hashBytes, nodeHash } from './sha256.ts';
import type { TileSource } from './store.ts';
import { decodeBundle, rootOfSome, type Tile, tileOf, tilePath, tileWidth } from './tiles.ts';

/**
 * The bytes of a tile or bundle. A partial one may have been removed once the full one stood; then that is read, and what
 * is too much of it is the caller's to cut off.
 */
const readWide = async (source: TileSource, tile: Tile): Promise<Uint8Array | undefined> =>
  (await source.get(tilePath(tile))) ??
  (tile.width < tileWidth ? await source.get(tilePath({ ...tile, width: tileWidth })) : undefined);

/**
 * The hashes of one tile, exactly as wide as asked.
 * @throws {LogRefusal} `tile-missing`, `tile-malformed` where its length is another
 */
export const readTile = async (source: TileSource, tile: Tile): Promise<Uint8Array> => {
  const bytes = await readWide(source, tile);
  if (!bytes) throw new LogRefusal('tile-missing', tilePath(tile));
  const full = bytes.length === tileWidth * hashBytes;
  if (bytes.length !== tile.width * hashBytes && !full) throw new LogRefusal('tile-malformed', tilePath(tile));
  return bytes.subarray(0, tile.width * hashBytes);
};

/**
 * The entries of one bundle, exactly as many as asked.
 * @throws {LogRefusal} `bundle-missing`, `bundle-malformed`
 */
export const readBundle = async (source: TileSource, tile: Tile): Promise<Uint8Array[]> => {
  const bytes = await readWide(source, tile);
  if (!bytes) throw new LogRefusal('bundle-missing', tilePath(tile));
  const entries = decodeBundle(bytes);
  if (!entries || (entries.length !== tile.width && entries.length !== tileWidth))
    throw new LogRefusal('bundle-malformed', tilePath(tile));
  return entries.slice(0, tile.width);
};

/** What each of these reads answers, in their order, with so many under way at once. */
export async function* inOrder<T>(reads: Iterable<() => Promise<T>>, atOnce = 8): AsyncGenerator<T> {
  const underWay: Promise<T>[] = [];
  for (const read of reads) {
    const answer = read();
    // it may fail before its turn comes; whoever takes it is told then
    answer.catch(() => undefined);
    underWay.push(answer);
    if (underWay.length >= atOnce) yield underWay.shift() as Promise<T>;
  }
  for (const answer of underWay) yield await answer;
}

/**
 * MTH(D[from:to]) of ranges of the tree of `size`; each tile is read once.
 * @throws {LogRefusal} of `readTile`, from what it answers
 */
const hashReader = (source: TileSource, size: number): ((range: Range) => Promise<Uint8Array>) => {
  const tiles = new Map<string, Promise<Uint8Array>>();
  const once = (tile: Tile): Promise<Uint8Array> => {
    const path = tilePath(tile);
    const read = tiles.get(path) ?? readTile(source, tile);
    tiles.set(path, read);
    return read;
  };
  const hashOf = async (range: Range): Promise<Uint8Array> => {
    const { from, to } = range;
    if (from === to) return emptyRoot;
    if (!isPerfect(range)) {
      const middle = from + splitOf(to - from);
      const [left, right] = await Promise.all([hashOf({ from, to: middle }), hashOf({ from: middle, to })]);
      return nodeHash(left, right);
    }
    const level = Math.floor(Math.log2(to - from) / 8);
    const [first, count] = [from / tileWidth ** level, (to - from) / tileWidth ** level];
    const tile = tileOf(level, Math.floor(first / tileWidth), size);
    if (!tile) throw new RangeError(`${to} is beyond a tree of ${size}`);
    return rootOfSome(await once(tile), first % tileWidth, count).slice();
  };
  return hashOf;
};

/** The inclusion proof of one entry. @throws what `inclusionRanges` and `readTile` throw */
export const inclusionProof = (source: TileSource, index: number, size: number): Promise<Uint8Array[]> =>
  Promise.all(inclusionRanges(index, size).map(hashReader(source, size)));

/** The consistency proof between two sizes, from the tiles of the newer. @throws what `consistencyRanges` and `readTile` throw */
export const consistencyProof = (source: TileSource, older: number, newer: number): Promise<Uint8Array[]> =>
  Promise.all(consistencyRanges(older, newer).map(hashReader(source, newer)));
