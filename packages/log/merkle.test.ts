import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  consistencyRanges,
  inclusionRanges,
  isPerfect,
  largestTree,
  type Range,
  splitOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';
import { hashAt, tileOf } from './tiles.ts';
import { growTree } from './tree.ts';

const vectors = JSON.parse(readFileSync(new URL('../../test/vectors/log/rfc6962.json', import.meta.url), 'utf8'));
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

// --- the definitions of RFC 6962, section 2.1, written down as they stand there and nothing else ---------------------

const H = (...parts: (Uint8Array | string)[]): Uint8Array => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const k = (n: number): number => {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
};
/** MTH(D[a:b]), each worked out once. */
const naive = (leaves: readonly Uint8Array[]) => {
  const known = new Map<string, Uint8Array>();
  const MTH = (a: number, b: number): Uint8Array => {
    const name = `${a}:${b}`;
    const hash =
      known.get(name) ??
      (a === b
        ? H('')
        : b - a === 1
          ? H('\x00', leaves[a] as Uint8Array)
          : H('\x01', MTH(a, a + k(b - a)), MTH(a + k(b - a), b)));
    known.set(name, hash);
    return hash;
  };
  const PATH = (m: number, a: number, b: number): Uint8Array[] => {
    if (b - a === 1) return [];
    const split = a + k(b - a);
    return m < split ? [...PATH(m, a, split), MTH(split, b)] : [...PATH(m, split, b), MTH(a, split)];
  };
  const SUBPROOF = (m: number, a: number, b: number, whole: boolean): Uint8Array[] => {
    if (m === b - a) return whole ? [] : [MTH(a, b)];
    const split = k(b - a);
    return m <= split
      ? [...SUBPROOF(m, a, a + split, whole), MTH(a + split, b)]
      : [...SUBPROOF(m - split, a + split, b, false), MTH(a, a + split)];
  };
  return {
    MTH,
    PATH: (m: number, n: number) => PATH(m, 0, n),
    PROOF: (m: number, n: number) => SUBPROOF(m, 0, n, true),
  };
};

const grownRoot = (leaves: readonly Uint8Array[]): Uint8Array => {
  const tree = growTree(() => undefined);
  for (const leaf of leaves) tree.add(H('\x00', leaf));
  return tree.root();
};
const numbered = (count: number): Uint8Array[] => Array.from({ length: count }, (_, n) => Buffer.from(`leaf ${n}`));
const hashed = (ranges: readonly Range[], MTH: (a: number, b: number) => Uint8Array): string[] =>
  ranges.map(({ from, to }) => hex(MTH(from, to)));

// --- the published tree of eight leaves --------------------------------------------------------------------------------

test('the roots of the published leaves are the published roots', () => {
  const leaves = vectors.leaves.map(bytes);
  for (const [size, root] of vectors.roots.entries()) {
    expect(hex(grownRoot(leaves.slice(0, size)))).toBe(root);
    expect(hex(naive(leaves).MTH(0, size))).toBe(root);
  }
  expect(vectors.roots).toHaveLength(9);
});

test('every published proof is the one that is made here, and holds', () => {
  const leaves = vectors.leaves.map(bytes);
  const { MTH } = naive(leaves);
  for (const { index, size, proof } of vectors.inclusion) {
    expect(hashed(inclusionRanges(index, size), MTH)).toEqual(proof);
    const [leaf, root] = [H('\x00', leaves[index]), bytes(vectors.roots[size])];
    expect(verifyInclusion({ index, size, leaf, root }, proof.map(bytes))).toBe(true);
  }
  for (const { from, to, proof } of vectors.consistency) {
    expect(hashed(consistencyRanges(from, to), MTH)).toEqual(proof);
    const [older, newer] = [from, to].map((size) => ({ size, root: bytes(vectors.roots[size]) }));
    expect(verifyConsistency(older as never, newer as never, proof.map(bytes))).toBe(true);
  }
  expect([vectors.inclusion.length, vectors.consistency.length]).toEqual([36, 36]);
});

// --- every size to 300 -------------------------------------------------------------------------------------------------

const small = naive(numbered(300));

test('root and every proof of every tree of up to 300 leaves are those of the definition, and hold', () => {
  const leaves = numbered(300);
  const tree = growTree(() => undefined);
  expect(hex(tree.root())).toBe(hex(small.MTH(0, 0)));
  for (let size = 1; size <= 300; size += 1) {
    tree.add(H('\x00', leaves[size - 1] as Uint8Array));
    const root = small.MTH(0, size);
    if (hex(tree.root()) !== hex(root)) expect.fail(`root of ${size}`);
    for (let at = 0; at < size; at += 1) {
      const path = small.PATH(at, size);
      if (hashed(inclusionRanges(at, size), small.MTH).join() !== path.map(hex).join())
        expect.fail(`PATH(${at}, ${size})`);
      const leaf = H('\x00', leaves[at] as Uint8Array);
      if (!verifyInclusion({ index: at, size, leaf, root }, path)) expect.fail(`${at} of ${size} does not hold`);
      const older = at + 1;
      const proof = small.PROOF(older, size);
      if (hashed(consistencyRanges(older, size), small.MTH).join() !== proof.map(hex).join())
        expect.fail(`PROOF(${older}, ${size})`);
      if (!verifyConsistency({ size: older, root: small.MTH(0, older) }, { size, root }, proof))
        expect.fail(`${older} to ${size} does not hold`);
    }
  }
});

const runs = process.env.NIGHTLY ? 20_000 : 1_000;
const size = fc.integer({ min: 1, max: 300 });
const flip = (hash: Uint8Array, bit: number): Uint8Array => {
  const other = Uint8Array.from(hash);
  other[bit >> 3] = (other[bit >> 3] as number) ^ (1 << (bit & 7));
  return other;
};
const bit = fc.integer({ min: 0, max: 255 });
/** Every way to spoil a list of hashes by one. */
const spoilt = (proof: readonly Uint8Array[], at: number, b: number): Uint8Array[][] => [
  [...proof, H('more')],
  [H('more'), ...proof],
  ...(proof.length > 0
    ? [proof.slice(1), proof.slice(0, -1), proof.map((hash, n) => (n === at % proof.length ? flip(hash, b) : hash))]
    : []),
];

test('no inclusion proof with one hash too many, too few or another holds, nor for another leaf, root or place', () => {
  fc.assert(
    fc.property(size, fc.nat(), bit, fc.nat(300), (n, m, b, other) => {
      const index = m % n;
      const [root, proof] = [small.MTH(0, n), small.PATH(index, n)];
      const claim = { index, size: n, leaf: small.MTH(index, index + 1), root };
      for (const bad of spoilt(proof, m, b)) expect(verifyInclusion(claim, bad)).toBe(false);
      expect(verifyInclusion({ ...claim, leaf: flip(claim.leaf, b) }, proof)).toBe(false);
      expect(verifyInclusion({ ...claim, root: flip(root, b) }, proof)).toBe(false);
      // a tree of twice the size is one level higher, so its proofs are longer
      expect(verifyInclusion({ ...claim, size: 2 * n }, proof)).toBe(false);
      if (other !== index) expect(verifyInclusion({ ...claim, index: other }, proof)).toBe(false);
    }),
    { numRuns: runs },
  );
});

test('no consistency proof with one hash too many, too few or another holds, nor between other roots', () => {
  fc.assert(
    fc.property(size, fc.nat(), bit, (n, m, b) => {
      const older = { size: (m % n) + 1, root: small.MTH(0, (m % n) + 1) };
      const newer = { size: n, root: small.MTH(0, n) };
      const proof = small.PROOF(older.size, n);
      for (const bad of spoilt(proof, m, b)) expect(verifyConsistency(older, newer, bad)).toBe(false);
      expect(verifyConsistency({ ...older, root: flip(older.root, b) }, newer, proof)).toBe(false);
      expect(verifyConsistency(older, { ...newer, size: 2 * n }, proof)).toBe(false);
      expect(verifyConsistency(older, { ...newer, root: flip(newer.root, b) }, proof)).toBe(false);
    }),
    { numRuns: runs },
  );
});

test('a tree is consistent with the empty one and with itself without a proof, and with none that is larger', () => {
  const [empty, one, two] = [0, 1, 2].map((n) => ({ size: n, root: small.MTH(0, n) })) as [never, never, never];
  expect(verifyConsistency(empty, two, [])).toBe(true);
  expect(verifyConsistency(empty, empty, [])).toBe(true);
  expect(verifyConsistency({ size: 0, root: H('other') }, two, [])).toBe(false);
  expect(verifyConsistency(two, two, [])).toBe(true);
  expect(verifyConsistency(two, two, [H('')])).toBe(false);
  expect(verifyConsistency(two, one, small.PROOF(1, 2))).toBe(false);
  expect(() => consistencyRanges(2, 1)).toThrow(RangeError);
  for (const [index, n] of [
    [1, 1],
    [-1, 1],
    [0, 0],
    [0.5, 2],
  ] as const) {
    expect(() => inclusionRanges(index, n)).toThrow(RangeError);
    expect(verifyInclusion({ index, size: n, leaf: H(''), root: H('') }, [])).toBe(false);
  }
});

test('splits are right up to the largest tree', () => {
  for (let power = 2; power <= largestTree; power *= 2) {
    expect([splitOf(power), splitOf(power + 1), splitOf(power * 2 - 1)]).toEqual([power / 2, power, power]);
    expect(isPerfect({ from: 0, to: power })).toBe(true);
    expect(isPerfect({ from: power, to: 2 * power })).toBe(true);
    expect(isPerfect({ from: 0, to: power + 1 })).toBe(power === 1);
    expect(isPerfect({ from: power / 2, to: power + power / 2 })).toBe(false);
  }
});

test('a tree that goes on from its right edge comes to the same root and the same full tiles', () => {
  const leaves = numbered(70_000).map((leaf) => H('\x00', leaf));
  const full = new Map<string, string>();
  const whole = growTree(({ level, index }, tile) => full.set(`${level}/${index}`, hex(tile)));
  for (const leaf of leaves) whole.add(leaf);
  // the example of the tile format: 273 full tiles and one of 112; one full and one of 17; one of 1
  expect([...full.keys()].filter((name) => name.startsWith('0/'))).toHaveLength(273);
  expect([...full.keys()].filter((name) => name.startsWith('1/'))).toEqual(['1/0']);
  expect(whole.partials().map(({ tile }) => tile)).toEqual([
    { level: 0, index: 273, width: 112 },
    { level: 1, index: 1, width: 17 },
    { level: 2, index: 0, width: 1 },
  ]);
  for (const stop of [255, 256, 65_537, 69_999]) {
    const first = growTree(() => undefined);
    for (const leaf of leaves.slice(0, stop)) first.add(leaf);
    const edge: Uint8Array[] = [];
    for (const { tile, bytes: partial } of first.partials()) edge[tile.level] = partial;
    const later = growTree(
      ({ level, index }, tile) => expect(hex(tile)).toBe(full.get(`${level}/${index}`)),
      stop,
      Array.from(edge, (partial) => partial ?? new Uint8Array(0)),
    );
    expect(hex(later.root())).toBe(hex(first.root()));
    for (const leaf of leaves.slice(stop)) later.add(leaf);
    expect(hex(later.root())).toBe(hex(whole.root()));
  }
  expect(hex(hashAt(bytes(full.get('0/3') as string), 7))).toBe(hex(leaves[3 * 256 + 7] as Uint8Array));
  expect(tileOf(0, 274, 70_000)).toBeUndefined();
});
