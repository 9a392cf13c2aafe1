import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chanceOfAtLeast, comparePeers, fewCases, medianOf } from './peers.ts';

/** The same chance by adding up every single term: slow, and sure. */
const summed = (x: number, n: number, p: number): number => {
  let term = (1 - p) ** n;
  let below = 0;
  for (let k = 0; k < x; k += 1) {
    below += term;
    term *= ((n - k) / (k + 1)) * (p / (1 - p));
  }
  return 1 - below;
};

test('the chance of so many or more is the sum of its terms', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }), fc.nat(120), fc.integer({ min: 1, max: 99 }), (n, x, percent) => {
      const p = percent / 100;
      expect(chanceOfAtLeast(Math.min(x, n), n, p)).toBeCloseTo(summed(Math.min(x, n), n, p), 8);
    }),
  );
});

test('chances at the ends are certain or none, and large numbers stay exact', () => {
  expect(chanceOfAtLeast(0, 10, 0.3)).toBe(1);
  expect(chanceOfAtLeast(11, 10, 0.3)).toBe(0);
  // half of a hundred thousand fair throws or more: a half and half of the middle term
  expect(chanceOfAtLeast(50_000, 100_000, 0.5)).toBeCloseTo(0.5 + 0.5 * Math.sqrt(2 / (Math.PI * 100_000)), 6);
});

test('a median lies in the middle, of an even number between the two', () => {
  expect(medianOf([5, 1, 9])).toBe(5);
  expect(medianOf([1, 2, 10, 20])).toBe(6);
  expect(medianOf([])).toBe(0);
});

const peers = (own: { n: number; x: number }) => [
  { key: 'own', ...own },
  ...[8, 10, 12, 9, 11, 10].map((x, i) => ({ key: `peer${i}`, n: 100, x })),
];

test('who does as the others do is inside the limits, who does otherwise beyond them, and first', () => {
  const at = (x: number) => comparePeers(peers({ n: 100, x })).find(({ key }) => key === 'own')?.standing;
  expect([at(10), at(15), at(17), at(30)]).toEqual(['inside', 'inside', 'beyond-95', 'beyond-998']);
  expect(at(2)).toBe('beyond-95');
  expect(comparePeers(peers({ n: 100, x: 30 }))[0]?.key).toBe('own');
});

test('small numbers are said to be small, whatever they show', () => {
  const few = comparePeers(peers({ n: fewCases - 1, x: fewCases - 1 })).find(({ key }) => key === 'own');
  expect(few).toMatchObject({ standing: 'few', z: undefined });
  const alone = comparePeers(peers({ n: 100, x: 90 }).slice(0, 3));
  expect(alone.map(({ standing }) => standing)).toEqual(['few', 'few', 'few']);
});

test('who is large does not hide behind the own weight', () => {
  const large = comparePeers(peers({ n: 100_000, x: 20_000 })).find(({ key }) => key === 'own');
  expect(large?.standing).toBe('beyond-998');
  expect(large?.high).toBeLessThan(0.11);
});

test('where all agree there is no distance in spreads, and nobody is divided by nothing', () => {
  const same = comparePeers(Array.from({ length: 5 }, (_, i) => ({ key: `p${i}`, n: 50, x: 0 })));
  expect(same.every(({ z, standing }) => z === undefined && standing === 'inside')).toBe(true);
  expect(comparePeers([])).toEqual([]);
  expect(comparePeers([{ key: 'none', n: 0, x: 0 }])).toEqual([]);
});
