/** Reading a log in pieces, each bound to the one before by its root, and single entries of it. Memory is a piece's. */
import type { TreeHead } from './merkle.ts';
import { LogRefusal } from './refusal.ts';
import { emptyRoot, hashBytes, leafHash, sameBytes } from './sha256.ts';
import type { TileSource } from './store.ts';
import { inOrder, readBundle, readTile } from './tile-reader.ts';
import { hashesOn, type Tile, tileOf, tileWidth, topLevel } from './tiles.ts';
import { growTree } from './tree.ts';

export const emptyHead: TreeHead = { size: 0, root: emptyRoot };

/** The right edge of the tree of `size`, out of the tiles of a larger one; a partial tile of then need not stand any more. */
const edgeOf = (source: TileSource, size: number, larger: number): Promise<Uint8Array[]> =>
  Promise.all(
    Array.from({ length: size === 0 ? 0 : topLevel(size) + 1 }, async (_, level) => {
      const width = hashesOn(level, size) % tileWidth;
      const tile = tileOf(level, Math.floor(hashesOn(level, size) / tileWidth), larger);
      return tile && width > 0 ? (await readTile(source, tile)).subarray(0, width * hashBytes) : new Uint8Array(0);
    }),
  );

/**
 * Reads on from `known`, which somebody read before, towards `head`, which the log's checkpoint tells: at most `most`
 * entries and what fills their last bundle. `take` hears each entry's bytes with its position.
 * @returns how far it came, which is the next `known`
 * @throws {LogRefusal} `rolled-back` a head before what is known; `forked` what is known is not its beginning;
 * `root-differs` where the end is reached and is not what was signed; `tile-*`, `bundle-*`
 */
export const readOn = async (
  source: TileSource,
  { known, head, most }: { readonly known: TreeHead; readonly head: TreeHead; readonly most: number },
  take: (bytes: Uint8Array, position: number) => void,
): Promise<TreeHead> => {
  if (head.size < known.size) throw new LogRefusal('rolled-back', `${known.size} entries are known, now ${head.size}`);
  if (head.size === known.size) {
    if (!sameBytes(head.root, known.root)) throw new LogRefusal('forked', `at ${head.size} entries`);
    return known;
  }
  const tree = growTree(() => {}, known.size, await edgeOf(source, known.size, head.size));
  if (!sameBytes(tree.root(), known.root)) throw new LogRefusal('forked', `at ${known.size} entries`);
  const first = Math.floor(known.size / tileWidth);
  const last = Math.ceil(Math.min(head.size, known.size + most) / tileWidth);
  const reads = Array.from({ length: last - first }, (_, n) => async () => {
    const entries = await readBundle(source, tileOf('entries', first + n, head.size) as Tile);
    return { at: (first + n) * tileWidth, entries };
  });
  for await (const { at, entries } of inOrder(reads))
    for (const [n, bytes] of entries.entries()) {
      if (at + n < known.size) continue;
      tree.add(leafHash(bytes));
      take(bytes, at + n);
    }
  const reached = { size: tree.size(), root: tree.root() };
  if (reached.size === head.size && !sameBytes(reached.root, head.root))
    throw new LogRefusal('root-differs', `at ${head.size} entries`);
  return reached;
};

/**
 * The bytes of entries below `size`, bundle by bundle in their order, each bundle read once.
 * @throws {LogRefusal} `bundle-*`
 */
export async function* entriesOf(
  source: TileSource,
  size: number,
  positions: Iterable<number>,
): AsyncGenerator<{ readonly position: number; readonly bytes: Uint8Array }> {
  const byBundle = new Map<number, number[]>();
  for (const position of [...positions].sort((a, b) => a - b)) {
    const bundle = Math.floor(position / tileWidth);
    const wanted = byBundle.get(bundle) ?? [];
    wanted.push(position);
    byBundle.set(bundle, wanted);
  }
  const reads = [...byBundle].map(([bundle, wanted]) => async () => {
    const entries = await readBundle(source, tileOf('entries', bundle, size) as Tile);
    return wanted.map((position) => ({ position, bytes: entries[position % tileWidth] as Uint8Array }));
  });
  for await (const found of inOrder(reads)) yield* found;
}
