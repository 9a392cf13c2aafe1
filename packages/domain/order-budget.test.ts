import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BudgetLine, withinBudget } from './order-budget.ts';

const line = (name: string, ven: BudgetLine['ven'], daysOfStock: number | null, packs: number, packPrice?: number) => ({
  name,
  ven,
  daysOfStock,
  packs,
  minimumPacks: 2,
  multiplePacks: 2,
  ...(packPrice === undefined ? {} : { packPrice }),
});

test('vital medicines are bought first, then essential ones; among them what ends first', () => {
  const lines = [
    line('other', 'N', 0, 4, 100),
    line('lasting', 'V', null, 4, 100),
    line('essential', 'E', 3, 4, 100),
    line('vital', 'V', 9, 4, 100),
    line('urgent', 'V', 2, 4, 100),
  ];
  const { granted, left } = withinBudget(lines, 1450);
  expect(granted.map((one) => [one.line.name, one.packs, one.reason])).toEqual([
    ['urgent', 4, undefined],
    ['vital', 4, undefined],
    ['lasting', 4, undefined],
    ['essential', 2, 'capped-by-money'],
    ['other', 0, 'capped-by-money'],
  ]);
  expect(left).toBe(50);
});

test('what is too dear for the rest leaves it to the next', () => {
  const { granted, left } = withinBudget([line('dear', 'V', 1, 2, 900), line('cheap', 'N', 1, 2, 10)], 1000);
  expect(granted.map(({ packs }) => packs)).toEqual([0, 2]);
  expect(left).toBe(980);
});

test('without money nothing is bought, without a price neither', () => {
  expect(withinBudget([line('one', 'V', 1, 2, 900)], 0).granted[0]).toMatchObject({
    packs: 0,
    reason: 'capped-by-money',
  });
  expect(withinBudget([line('one', 'V', 1, 2)], 9000)).toMatchObject({
    granted: [{ packs: 0, reason: 'price-missing' }],
    left: 9000,
  });
});

test('the money is never passed, and each line gets a multiple at or above its minimum, or nothing', () => {
  const any = fc.record({
    ven: fc.constantFrom('V' as const, 'E' as const, 'N' as const),
    daysOfStock: fc.option(fc.nat(400)),
    multiplePacks: fc.integer({ min: 1, max: 5 }),
    orders: fc.nat(20),
    packPrice: fc.nat(100_000),
  });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 8 }), fc.nat(2_000_000), (drawn, money) => {
      const lines = drawn.map(({ orders, ...one }) => ({
        ...one,
        minimumPacks: 3,
        packs: orders === 0 ? 0 : (orders + 3) * one.multiplePacks,
      }));
      const { granted, left } = withinBudget(lines, money);
      expect(granted.reduce((sum, one) => sum + one.value, 0) + left).toBe(money);
      expect(left).toBeGreaterThanOrEqual(0);
      for (const { line: of, packs } of granted) {
        expect(packs % of.multiplePacks).toBe(0);
        expect(packs === 0 || packs >= 3).toBe(true);
        expect(packs).toBeLessThanOrEqual(of.packs);
      }
    }),
  );
});
