import { describe, expect, test } from 'vitest';
import { type Budget, budgetFor, requireLeft, withMoney, yearOf } from './budget.ts';
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
