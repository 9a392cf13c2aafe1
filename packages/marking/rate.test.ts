import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeRate } from './rate.ts';

test('no sixty seconds ever hold more requests than the limit, however they arrive', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 100 }),
      fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 600 }),
      (limit, gaps) => {
        let at = 0;
        const rate = makeRate(limit, () => at);
        const taken: number[] = [];
        for (const gap of gaps) {
          at += gap;
          if (rate.take()) taken.push(at);
        }
        for (const [i, first] of taken.entries()) {
          const next = taken[i + limit];
          if (next !== undefined) expect(next - first).toBeGreaterThanOrEqual(60_000);
        }
      },
    ),
  );
});

test('who asks steadily gets four fifths of the limit in each minute, so that the limit is used and not only kept', () => {
  let at = 0;
  const rate = makeRate(100, () => at);
  let taken = 0;
  for (; at < 600_000; at += 100) if (rate.take()) taken += 1;
  expect(taken).toBeGreaterThanOrEqual(800);
});

test('a hold stops everything until its end, and a shorter one does not end it', () => {
  let at = 0;
  const rate = makeRate(100, () => at);
  rate.holdUntil(5000);
  rate.holdUntil(1000);
  at = 4999;
  expect(rate.take()).toBe(false);
  at = 5000;
  expect(rate.take()).toBe(true);
});

test('a clock that goes back gives no requests away', () => {
  let at = 100_000;
  const rate = makeRate(10, () => at);
  expect([rate.take(), rate.take(), rate.take()]).toEqual([true, true, false]);
  at = 0;
  expect(rate.take()).toBe(false);
});

test('a limit that is none is refused', () => {
  for (const limit of [0, 1, 1.5, Number.NaN]) expect(() => makeRate(limit, () => 0)).toThrow(RangeError);
});
