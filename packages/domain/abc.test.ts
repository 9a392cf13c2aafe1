import { expect, test } from 'vitest';
import { classify, monthsOfUse, valueOfUse } from './abc.ts';
import type { StockRow } from './stock.ts';

test('the medicines that make up four fifths of the value are A, to nineteen twentieths B, all others C', () => {
  const values = new Map([
    ['LOW', 30],
    ['MOST', 700],
    ['NEXT', 150],
    ['THIRD', 90],
    ['REST', 30],
    ['NONE', 0],
  ]);
  expect(Object.fromEntries(classify(values))).toEqual({
    MOST: 'A',
    NEXT: 'A',
    THIRD: 'B',
    LOW: 'B',
    REST: 'C',
    NONE: 'C',
  });
});

test('one medicine that is everything is A, and where nothing was used all is C', () => {
  expect(classify(new Map([['ONE', 5]])).get('ONE')).toBe('A');
  expect([
    ...classify(
      new Map([
        ['X', 0],
        ['Y', 0],
      ]),
    ).values(),
  ]).toEqual(['C', 'C']);
});

test('the present month of Tashkent and the three before it count, over the turn of a year', () => {
  expect(monthsOfUse(Date.parse('2026-01-31T20:00:00.000Z'))).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
});

test('what was given to patients and sent to other sites counts, each lot at its own price', () => {
  const row = (packPrice: number) => ({ medicine: 'M', packUnits: 10, packPrice }) as StockRow;
  const sums = (used: number, sent: number) => ({
    net: {},
    used: { '2026-11': used, '2025-01': 90 },
    sent: { '2026-11': sent },
  });
  const rows = [
    { row: row(1_000), sums: sums(20, 0) },
    { row: row(500), sums: sums(0, 30) },
  ];
  expect(valueOfUse(rows, ['2026-11']).get('M')).toBe(3_500);
});
