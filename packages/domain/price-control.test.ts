import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overLimit, priceLimit, referencePriceOn, stepOfBuyer, withReferencePrice } from './price-control.ts';

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

describe('registered prices of one pack', () => {
  const price = (from: string, packPrice: number) => ({ gtin: '09520000000011', packPrice, from, source: 'a list' });
  const book = [price('2026-12-01', 3), price('2026-01-01', 1), price('2026-06-01', 2)].reduce(
    (before: ReturnType<typeof price>[], one) => withReferencePrice(before, one),
    [],
  );

  test('hold from their day on, whichever came in first', () => {
    const on = (day: string) => referencePriceOn(book, day)?.packPrice;
    expect([on('2025-12-31'), on('2026-01-01'), on('2026-11-30'), on('2026-12-01')]).toEqual([undefined, 1, 2, 3]);
    expect(book.map((p) => p.packPrice)).toEqual([3, 2, 1]);
  });

  test('take each other’s place from the same day, and the oldest are forgotten in the end', () => {
    expect(withReferencePrice(book, price('2026-06-01', 9)).map((p) => p.packPrice)).toEqual([3, 9, 1]);
    const years = Array.from({ length: 40 }, (_, i) => price(`${2000 + i}-01-01`, i + 1));
    const kept = years.reduce((before: ReturnType<typeof price>[], one) => withReferencePrice(before, one), []);
    expect([kept.length, kept[0]?.from]).toEqual([24, '2039-01-01']);
  });
});
