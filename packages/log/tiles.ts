/**
 * Where a log's hashes and entries lie, by C2SP tlog-tiles: paths, how wide each tile of a tree is, what a bundle of
 * entries looks like. It reads and writes nothing.
 */
import { hashBytes, nodeHash } from './sha256.ts';

/** Hashes in a full tile, entries in a full bundle. */
export const tileWidth = 256;

/** Bytes of the longest entry: its length is told by two bytes. */
export const longestEntry = 65_535;

export const checkpointPath = 'checkpoint';

/** A tile of hashes, or, with the level `entries`, a bundle of entries. */
export interface Tile {
  readonly level: number | 'entries';
  /** Which of its level, from 0. */
  readonly index: number;
  /** 1 to 256; below 256 it is partial. */
  readonly width: number;
}

/** `1234067` is `x001/x234/067`. */
const indexPath = (index: number): string => {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) as string[];
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
};

/** `tile/<L>/<N>[.p/<W>]`, or `tile/entries/<N>[.p/<W>]`, relative to the log's prefix. */
export const tilePath = ({ level, index, width }: Tile): string =>
  `tile/${level}/${indexPath(index)}${width < tileWidth ? `.p/${width}` : ''}`;

/** How many hashes a tree of `size` has on a level of tiles. */
export const hashesOn = (level: number, size: number): number => Math.floor(size / tileWidth ** level);

/** The tile with this index in a tree of `size`; undefined where the tree does not reach so far. */
export const tileOf = (level: number | 'entries', index: number, size: number): Tile | undefined => {
  const width = Math.min(tileWidth, hashesOn(level === 'entries' ? 0 : level, size) - index * tileWidth);
  return width > 0 ? { level, index, width } : undefined;
};

/** The highest level of tiles that a tree of `size` has, for a size above 0. */
export const topLevel = (size: number): number => {
  let level = 0;
  while (hashesOn(level + 1, size) > 0) level += 1;
  return level;
};

/** The hash at `at` of a tile's bytes. */
export const hashAt = (tile: Uint8Array, at: number): Uint8Array => tile.subarray(at * hashBytes, (at + 1) * hashBytes);

/** The root over `count` hashes from `from` on, `count` a power of two. */
export const rootOfSome = (tile: Uint8Array, from: number, count: number): Uint8Array => {
  if (count === 1) return hashAt(tile, from);
  const middle = count / 2;
  return nodeHash(rootOfSome(tile, from, middle), rootOfSome(tile, from + middle, middle));
};

/**
 * Entries one behind the other, each behind its length as two bytes, big-endian.
 * @throws {RangeError} an entry longer than 65,535 bytes
 */
export const encodeBundle = (entries: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(entries.reduce((sum, { length }) => sum + 2 + length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > longestEntry) throw new RangeError(`an entry of ${entry.length} bytes`);
    bytes[at] = entry.length >> 8;
    bytes[at + 1] = entry.length & 255;
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bytes;
};

/** The entries of a bundle, as views of its bytes; undefined where the bytes end inside an entry. */
export const decodeBundle = (bytes: Uint8Array): Uint8Array[] | undefined => {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 2 + (((bytes[at] as number) << 8) | (bytes[at + 1] ?? Number.NaN));
    if (at + 2 > bytes.length || end > bytes.length) return undefined;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
};
