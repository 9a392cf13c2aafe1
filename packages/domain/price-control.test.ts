import fc from 'fast-check';
import { expect, test } from 'vitest';
import { overLimit, priceLimit, stepOfBuyer } from './price-control.ts';

const markUps = { wholesalePercent: 15, retailPercent: 20 };

test('a maker is paid the reference price, a wholesaler 15 % more, a pharmacy 20 % on that', () => {
  expect(priceLimit(1_000_000, 'maker', markUps)).toBe(1_000_000);
  expect(priceLimit(1_000_000, 'wholesale', markUps)).toBe(1_150_000);
  expect(priceLimit(1_000_000, 'retail', markUps)).toBe(1_380_000);
});

test('a warehouse buys from makers, a pharmacy from a warehouse', () => {
  expect([stepOfBuyer('warehouse'), stepOfBuyer('pharmacy')]).toEqual(['maker', 'wholesale']);
});

test('the limit itself may be paid, one tiyin more may not, and what has no registered price is not judged', () => {
  expect(overLimit({ packs: 7, packPrice: 1_150_000, priceLimit: 1_150_000 })).toBe(0);
  expect(overLimit({ packs: 7, packPrice: 1_150_001, priceLimit: 1_150_000 })).toBe(7);
  expect(overLimit({ packs: 7, packPrice: 1_150_001 })).toBe(0);
  expect(overLimit({ packs: 7, priceLimit: 1_150_000 })).toBe(0);
});

test('no rounding ever lets a mark-up pass its percent', () => {
  const tiyin = fc.integer({ min: 1, max: 1_000_000_000 });
  const percent = fc.integer({ min: 0, max: 10_000 });
  fc.assert(
    fc.property(tiyin, percent, (reference, hundredths) => {
      const limit = priceLimit(reference, 'wholesale', { wholesalePercent: hundredths / 100, retailPercent: 0 });
      expect(Number.isInteger(limit)).toBe(true);
      const exact = BigInt(reference) * BigInt(10_000 + hundredths);
      expect(BigInt(limit) * 10_000n <= exact && exact < BigInt(limit + 1) * 10_000n).toBe(true);
    }),
  );
});
