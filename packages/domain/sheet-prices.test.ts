import { describe, expect, test } from 'vitest';
import type { Cell, Sheet } from './sheet.ts';
import { readPrices, readReferences } from './sheet-prices.ts';

const [amox, syrup, unknown] = ['09521020199013', '09521020199020', '09521020199990'] as const;
const known = {
  packs: new Map([
    [amox, { medicine: 'AMOX500CAP', units: 16 }],
    [syrup, { medicine: 'SYRUP', units: 1 }],
  ]),
  today: '2026-11-21',
};
const sheetOf = (...rows: readonly (readonly Cell[])[]): Sheet => ({
  form: 'workbook',
  epoch: 1900,
  rows: rows.map((cells, i) => ({ row: i + 2, cells })),
  notes: [],
});
const said = (problems: readonly { row: number; field?: string; code: string }[]) =>
  problems.map(({ row, field, code }) => `${row} ${field} ${code}`);

describe('a supplier’s list', () => {
  const mapping = {
    gtin: 0,
    medicine: 1,
    price: 2,
    currency: 3,
    rate: 4,
    minPacks: 5,
    multiple: 6,
    leadDays: 7,
    validFrom: 8,
    validUntil: 9,
  };
  const read = (...rows: readonly (readonly Cell[])[]) => readPrices(sheetOf(...rows), { mapping, header: -1 }, known);
  const row = (more: Partial<Record<keyof typeof mapping, Cell>> = {}): Cell[] => {
    const cells: Partial<Record<keyof typeof mapping, Cell>> = { gtin: amox, price: '16 000,50', leadDays: 7, ...more };
    return Object.keys(mapping).map((field) => cells[field as keyof typeof mapping]);
  };

  test('gives prices in tiyin from today, for one pack at a time, where a row says nothing else', () => {
    expect(read(row()).rows).toEqual([
      {
        row: 2,
        gtin: amox,
        packPrice: 1_600_050,
        currency: 'UZS',
        minPacks: 1,
        multiple: 1,
        leadDays: 7,
        validFrom: '2026-11-21',
      },
    ]);
  });

  test('takes what a row says: another currency with its rate, minimum, multiple, days, a medicine with one pack', () => {
    const { rows, problems } = read(
      row({
        gtin: undefined,
        medicine: 'syrup',
        price: 3.5,
        currency: 'usd',
        rate: '12 650',
        minPacks: 10,
        multiple: 5,
        leadDays: 0,
        validFrom: '01.01.2027',
        validUntil: { day: '2027-06-30' },
      }),
    );
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      {
        row: 2,
        gtin: syrup,
        packPrice: 350,
        currency: 'USD',
        rate: 1_265_000,
        minPacks: 10,
        multiple: 5,
        leadDays: 0,
        validFrom: '2027-01-01',
        validUntil: '2027-06-30',
      },
    ]);
  });

  test('names every cell that is wrong, and takes nothing of its row', () => {
    const { rows, problems } = read(
      row({ gtin: unknown, leadDays: 'soon' }),
      row({ currency: 'USD' }),
      row({ currency: 'XAU' }),
      row({ price: undefined }),
      row({ validFrom: '02.01.2027', validUntil: '01.01.2027' }),
      row({ gtin: undefined, minPacks: 0 }),
    );
    expect(rows).toEqual([]);
    expect(said(problems)).toEqual([
      '2 gtin gtin-unknown',
      '2 leadDays bad-number',
      '3 rate missing',
      '4 currency bad-text',
      '5 price missing',
      '6 validUntil days-order',
      '7 gtin missing',
      '7 minPacks out-of-range',
    ]);
  });

  test('has one price of a pack from one day, and may have another from another', () => {
    const other = row({ validFrom: '01.01.2027' });
    const { problems, rows } = read(row(), other, row({ price: 1 }));
    expect([said(problems), rows.length]).toEqual([['4 gtin price-twice'], 3]);
    expect(problems[0]?.facts).toEqual({ first: 2 });
  });
});

test('a list of registered prices is read with its days and decisions, and a price of nothing is none', () => {
  const mapping = { gtin: 0, price: 1, validFrom: 2, source: 3 };
  const { rows, problems } = readReferences(
    sheetOf(
      [amox, 16_000, '01.12.2026', 'Order 12'],
      [syrup, '9 500', undefined, undefined],
      [syrup, 0, '01.01.2027', 'x'],
    ),
    { mapping, header: -1 },
    known,
  );
  expect(rows).toEqual([
    { row: 2, gtin: amox, packPrice: 1_600_000, from: '2026-12-01', source: 'Order 12' },
    { row: 3, gtin: syrup, packPrice: 950_000, from: '2026-11-21' },
  ]);
  expect(said(problems)).toEqual(['4 price out-of-range', '4 source bad-text']);
});
