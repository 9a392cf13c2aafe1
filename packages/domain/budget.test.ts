import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Budget, budgetFor, requireLeft, settlementOf, withMoney, yearOf } from './budget.ts';
import type { Refusal } from './refusal.ts';

const budget = (place: string, more: Partial<Budget> = {}): Budget => ({
  year: 2026,
  place,
  money: 1_000,
  committed: 300,
  spent: 200,
  left: 500,
  ...more,
});
const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'not refused';
  } catch (error) {
    return (error as Refusal).code;
  }
};

test('a site is paid for by its own budget, else by its region’s, else by none', () => {
  const [own, region, other] = [budget('PH-1'), budget('UZ-TK'), budget('PH-2')];
  const of = { site: 'PH-1', region: 'UZ-TK' };
  expect(budgetFor([region, own], of)).toBe(own);
  expect(budgetFor([other, region], of)).toBe(region);
  expect(budgetFor([other], of)).toBeUndefined();
});

test('the last tiyin may be taken, one more may not, and where there is no budget nothing is refused', () => {
  expect(codeOf(() => requireLeft(budget('PH-1'), 500))).toBe('not refused');
  expect(codeOf(() => requireLeft(budget('PH-1'), 501))).toBe('budget-exceeded');
  expect(codeOf(() => requireLeft(undefined, 501))).toBe('not refused');
});

describe('money set anew', () => {
  test('leaves what is promised and spent as it is', () => {
    expect(withMoney(budget('PH-1'), { year: 2026, place: 'PH-1', money: 2_000 })).toMatchObject({
      committed: 300,
      spent: 200,
      left: 1_500,
    });
    expect(withMoney(undefined, { year: 2026, place: 'PH-1', money: 7 })).toMatchObject({ committed: 0, left: 7 });
  });

  test('is never less than what is promised and spent', () => {
    expect(codeOf(() => withMoney(budget('PH-1'), { year: 2026, place: 'PH-1', money: 500 }))).toBe('not refused');
    expect(codeOf(() => withMoney(budget('PH-1'), { year: 2026, place: 'PH-1', money: 499 }))).toBe('budget-exceeded');
  });
});

test('a year begins at midnight in Tashkent', () => {
  expect(yearOf(Date.parse('2026-12-31T18:59:59Z'))).toBe(2026);
  expect(yearOf(Date.parse('2026-12-31T19:00:00Z'))).toBe(2027);
});

describe('money of a released requisition', () => {
  const taken = { year: 2026, place: 'PH-1', value: 1_200 };
  const order = (receivedPacks: number, state: 'sent' | 'closed' | 'cancelled', first = 0) => ({
    state,
    currency: 'UZS',
    lines: [
      {
        line: 1,
        gtin: '09520000000011',
        medicine: 'AMOX500CAP',
        brand: 'Brand',
        packUnits: 20,
        packs: 10 + first,
        packPrice: 120,
        receivedUnits: receivedPacks * 20,
        requisitions: [
          { site: 'PH-2', packs: first, id: 'OTHER', line: 1 },
          { site: 'PH-1', packs: 10, id: 'R', line: 1 },
        ],
      },
    ],
  });
  const of = (...orders: ReturnType<typeof order>[]) => settlementOf({ id: 'R', taken }, orders);

  test('is spent by what came, at the price of the order, and stays promised while the order runs', () => {
    expect(of(order(0, 'sent'))).toEqual({ spent: 0, back: 0, done: false });
    expect(of(order(4, 'sent'))).toEqual({ spent: 480, back: 0, done: false });
  });

  test('goes back for what never came, once the order has ended', () => {
    expect(of(order(4, 'closed'))).toEqual({ spent: 480, back: 720, done: true });
    expect(of(order(0, 'cancelled'))).toEqual({ spent: 0, back: 1_200, done: true });
  });

  test('is spent only for the own share: what came fills the shares in their order', () => {
    expect(of(order(5, 'closed', 3))).toEqual({ spent: 240, back: 960, done: true });
  });

  test('is in the end spent or back, whatever came', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(5), fc.constantFrom('sent', 'closed', 'cancelled'), (came, first, state) => {
        const { spent, back, done } = of(order(came, state, first));
        expect(spent + back).toBeLessThanOrEqual(taken.value);
        if (done) expect(spent + back).toBe(taken.value);
      }),
    );
  });
});
