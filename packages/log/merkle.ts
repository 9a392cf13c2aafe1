/**
 * Merkle trees as RFC 6962 and RFC 9162 define them, without storage: which subtrees a proof is made of, and whether a
 * proof holds. Sizes and positions are whole numbers up to 2^40, so they are halved by division and never shifted.
 */
import { emptyRoot, nodeHash, sameBytes } from './sha256.ts';

/** The largest tree that is read, far below where a logarithm would round to the wrong power. */
export const largestTree = 2 ** 40;

/** Entries `from` (inclusive) to `to` (exclusive); its hash is MTH(D[from:to]). */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;

/** The largest power of two below `n`, for n >= 2. */
export const splitOf = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));

/** True where the subtree is full, so that its hash never changes again. */
export const isPerfect = ({ from, to }: Range): boolean =>
  Number.isInteger(Math.log2(to - from)) && from % (to - from) === 0;

/**
 * The subtrees whose hashes are the inclusion proof of one entry, from the leaf up: PATH(m, D[n]) of RFC 9162, 2.1.3.1.
 * @throws {RangeError} a position that is not in the tree
 */
export const inclusionRanges = (index: number, size: number): Range[] => {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size))
    throw new RangeError(`no entry ${index} in a tree of ${size}`);
  const ranges: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  return ranges.reverse();
};

/**
 * The subtrees whose hashes are the consistency proof between two sizes of a tree: PROOF(m, D[n]) of RFC 9162, 2.1.4.1.
 * None where the sizes are equal, or the older tree is empty.
 * @throws {RangeError} the older tree is larger
 */
export const consistencyRanges = (older: number, newer: number): Range[] => {
  if (!(Number.isSafeInteger(older) && Number.isSafeInteger(newer) && older >= 0 && older <= newer))
    throw new RangeError(`a tree of ${newer} cannot follow one of ${older}`);
  if (older === 0 || older === newer) return [];
  const ranges: Range[] = [];
  let [from, to] = [0, newer];
  while (older !== to) {
    const middle = from + splitOf(to - from);
    if (older <= middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  // a subtree that is the whole older tree is known to whoever holds the older root
  if (from !== 0) ranges.push({ from, to });
  return ranges.reverse();
};

/**
 * True where `proof` shows that `leaf` (a leaf's hash) stands at `index` of the tree of `size` with `root`.
 * RFC 9162, section 2.1.3.2.
 */
export const verifyInclusion = (
  { index, size, leaf, root }: { index: number; size: number; leaf: Uint8Array; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean => {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size)) return false;
  let [fn, sn, r] = [index, size - 1, leaf];
  for (const p of proof) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      r = nodeHash(p, r);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else r = nodeHash(r, p);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && sameBytes(r, root);
};

/** A tree as a checkpoint tells it. */
export interface TreeHead {
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/**
 * True where `proof` shows that the newer tree begins with the older one. RFC 9162, section 2.1.4.2, which leaves out
 * two cases: trees of one size are consistent with equal roots, and the empty tree with every tree; both without a proof.
 */
export const verifyConsistency = (older: TreeHead, newer: TreeHead, proof: readonly Uint8Array[]): boolean => {
  const sized = Number.isSafeInteger(older.size) && Number.isSafeInteger(newer.size) && older.size >= 0;
  if (!sized || older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && sameBytes(older.root, newer.root);
  if (older.size === 0) return proof.length === 0 && sameBytes(older.root, emptyRoot);
  if (proof.length === 0) return false;
  const path = Number.isInteger(Math.log2(older.size)) ? [older.root, ...proof] : proof;
  let [fn, sn] = [older.size - 1, newer.size - 1];
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)];
  const [first, ...rest] = path as [Uint8Array, ...Uint8Array[]];
  let [fr, sr] = [first, first];
  for (const c of rest) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      fr = nodeHash(c, fr);
      sr = nodeHash(c, sr);
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else sr = nodeHash(sr, c);
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && sameBytes(fr, older.root) && sameBytes(sr, newer.root);
};
