import { expect, test } from 'vitest';
import type { Cell, Sheet } from './sheet.ts';
import { readPast } from './sheet-past.ts';
import { addressOf, type Packs } from './sheet-rows.ts';
import { readPeriod } from './sheet-values.ts';

const packs: Packs = new Map([
  ['09521020199013', { medicine: 'AMOX500CAP', units: 16 }],
  ['09521020199020', { medicine: 'PARA500TAB', units: 10 }],
  ['09521020199037', { medicine: 'PARA500TAB', units: 20 }],
]);
const sheetOf = (rows: readonly (readonly Cell[])[]): Sheet => ({
  form: 'workbook',
  epoch: 1900,
  rows: rows.map((cells, i) => ({ row: i + 1, cells })),
  notes: [],
});
const head = {
  header: -1,
  mapping: { site: 0, medicine: 1, gtin: 2, period: 3, quantity: 4, packs: 5, daysOut: 6 },
} as const;
const read = (...rows: readonly (readonly Cell[])[]) => readPast(sheetOf(rows), head, { packs });
const codes = (...rows: readonly (readonly Cell[])[]) => read(...rows).problems.map((p) => `${addressOf(p)} ${p.code}`);

test.each<[Cell, string]>([
  ['2026-08', '2026-08'],
  ['2026-8', '2026-08'],
  ['08.2026', '2026-08'],
  ['8/2026', '2026-08'],
  ['17.08.2026', '2026-08-17'],
  ['2026-08-17', '2026-08-17'],
  [{ day: '2026-08-17' }, '2026-08-17'],
])('%j is the period %s', (cell, period) => {
  expect(readPeriod(cell, 1900)).toEqual({ kind: 'value', value: period });
});

test.each<Cell>(['13.2026', 'avgust', '2026', '1999-12'])('%j is no period', (cell) => {
  expect(readPeriod(cell, undefined)).toMatchObject({ kind: 'problem', code: 'bad-period' });
});

test('a row is a medicine’s month in units, by its code or GTIN, of the site that it names or of none', () => {
  expect(
    read(
      ['ph-0001', 'amox500cap', '', '2026-08', 420, '', 3],
      ['', '', '9521020199037', '09.2026', '', 4, ''],
      ['', 'AMOX500CAP', '', '10.2026', '0', '', ''],
      ['', 'AMOX500CAP', '', '11.2026', 32, 2, ''],
    ),
  ).toEqual({
    rows: [
      { row: 1, site: 'PH-0001', medicine: 'AMOX500CAP', period: '2026-08', quantity: 420, daysOut: 3 },
      { row: 2, medicine: 'PARA500TAB', period: '2026-09', quantity: 80 },
      { row: 3, medicine: 'AMOX500CAP', period: '2026-10', quantity: 0 },
      { row: 4, medicine: 'AMOX500CAP', period: '2026-11', quantity: 32 },
    ],
    problems: [],
    notes: [],
  });
});

test('what a row lacks, contradicts or leaves open is told by its cell', () => {
  expect(
    codes(
      ['', '', '', '2026-08', 1, '', ''],
      ['', 'NOSUCH', '', '2026-08', 1, '', ''],
      ['', 'PARA500TAB', '9521020199013', '2026-08', 1, '', ''],
      ['', 'PARA500TAB', '', '2026-08', '', 4, ''],
      ['', 'AMOX500CAP', '', '2026-08', 33, 2, ''],
      ['', 'AMOX500CAP', '', '', 33, '', ''],
      ['', 'AMOX500CAP', '', '2026-08', '', '', ''],
      ['', 'AMOX500CAP', '', '2026-08', -2, '', 32],
      ['ph 1', 'AMOX500CAP', '', '2026-08', 2, '', ''],
    ),
  ).toEqual([
    'B1 missing',
    'B2 medicine-unknown',
    'B3 medicine-differs',
    'C4 which-pack',
    'E5 amounts-differ',
    'D6 missing',
    'E7 missing',
    'E8 out-of-range',
    'G8 out-of-range',
    'A9 bad-text',
  ]);
});

test('months that a program turned into their first days are months, and days among others stay days', () => {
  const months = read(
    ['', 'AMOX500CAP', '', { day: '2026-07-01' }, 5, '', ''],
    ['', 'AMOX500CAP', '', { day: '2026-08-01' }, 6, '', ''],
  );
  expect(months.rows.map(({ period }) => period)).toEqual(['2026-07', '2026-08']);
  expect(months.notes.map(({ code }) => code)).toEqual(['days-as-months']);
  const days = read(
    ['', 'AMOX500CAP', '', { day: '2026-07-01' }, 5, '', ''],
    ['', 'AMOX500CAP', '', { day: '2026-07-02' }, 6, '', ''],
  );
  expect(days.rows.map(({ period }) => period)).toEqual(['2026-07-01', '2026-07-02']);
  expect(days.notes).toEqual([]);
});
