import { expect, test } from 'vitest';
import {
  figureOf,
  groupsOf,
  knownProblems,
  meaningOf,
  mergedPast,
  type PastFigure,
  type PastGroup,
  type PastRow,
  pastChunk,
  periodTrouble,
  readPastRow,
} from './past-use.ts';

const codes = (row: PastRow) => readPastRow(row).troubles.map(({ field, code }) => `${field} ${code}`);
const packs = {
  gtinsOf: new Map([
    ['AMOX500CAP', ['09521020199013', '09521020199020']],
    ['PARA500TAB', ['09521020199037', '09521020199044']],
  ]),
  packs: new Map([
    ['09521020199013', { medicine: 'AMOX500CAP', units: 16 }],
    ['09521020199020', { medicine: 'AMOX500CAP', units: 16 }],
    ['09521020199037', { medicine: 'PARA500TAB', units: 10 }],
    ['09521020199044', { medicine: 'PARA500TAB', units: 20 }],
  ]),
};
const meant = (row: PastRow) => {
  const { read } = readPastRow(row);
  if (!read) throw new Error('not read');
  const found = meaningOf(read, packs);
  return 'code' in found ? found.code : [found.medicine, found.used];
};

test('a row says what, when and how much; whatever it lacks or cannot mean is told by its field', () => {
  expect(codes({ medicine: 'AMOX500CAP', period: '2026-08', quantity: 0, daysOut: 31 })).toEqual([]);
  expect(codes({ gtin: '09521020199013', period: '2026-08-31', packs: '12', daysOut: '1' })).toEqual([]);
  expect(codes({})).toEqual(['period value-missing', 'medicine value-missing', 'quantity packs-and-quantity']);
  expect(codes({ medicine: 'AMOX500CAP', period: '2026-13', quantity: -1, packs: 1 })).toEqual([
    'period value-invalid',
    'quantity value-invalid',
    'quantity packs-and-quantity',
  ]);
  expect(codes({ medicine: 'AMOX500CAP', period: '2026-02-30', quantity: 1.5 })).toEqual([
    'period value-invalid',
    'quantity value-invalid',
  ]);
  expect(codes({ medicine: 'AMOX500CAP', period: '1999-12', quantity: 1 })).toEqual(['period value-invalid']);
  for (const [period, daysOut] of [
    ['2026-02', 29],
    ['2026-08-31', 2],
  ] as const)
    expect(codes({ medicine: 'AMOX500CAP', period, quantity: 1, daysOut })).toEqual(['daysOut days-out-too-many']);
});

test('packs are units where it is clear of which size they are, and never guessed', () => {
  const at = { period: '2026-08' };
  expect(meant({ ...at, medicine: 'AMOX500CAP', quantity: 7 })).toEqual(['AMOX500CAP', 7]);
  expect(meant({ ...at, medicine: 'AMOX500CAP', packs: 3 })).toEqual(['AMOX500CAP', 48]);
  expect(meant({ ...at, medicine: 'PARA500TAB', packs: 3 })).toBe('pack-ambiguous');
  expect(meant({ ...at, gtin: '09521020199044', packs: 3 })).toEqual(['PARA500TAB', 60]);
  expect(meant({ ...at, gtin: '09521020199044', medicine: 'AMOX500CAP', packs: 3 })).toBe('pack-wrong-medicine');
  expect(meant({ ...at, gtin: '09521020199990', packs: 3 })).toBe('gtin-unknown');
  expect(meant({ ...at, medicine: 'NOSUCH', quantity: 3 })).toBe('medicine-unknown');
});

test('a period lies before the first day of the ledger, and is over', () => {
  const today = '2026-11-21';
  const said = (period: string, since?: string) => periodTrouble(period, since, today)?.code;
  expect([said('2026-10'), said('2026-11'), said('2026-11-20'), said('2026-11-21'), said('2027-01')]).toEqual([
    undefined,
    'period-to-come',
    undefined,
    'period-to-come',
    'period-to-come',
  ]);
  expect([said('2026-08', '2026-09-01'), said('2026-08', '2026-08-31'), said('2026-08-30', '2026-08-31')]).toEqual([
    undefined,
    'period-kept',
    undefined,
  ]);
  expect(said('2026-08-31', '2026-08-31')).toBe('period-kept');
});

const figure = (row: number, period: string, used: number, about: Partial<PastFigure> = {}): PastFigure => ({
  ...figureOf(row, { site: 'PH-1', medicine: 'A', period, used }, '2026-08-20', '2026-11-21'),
  ...about,
});

test('days of a month are kept as their sum, through the last day that they can tell of', () => {
  const { groups, problems } = groupsOf([
    figure(0, '2026-07-02', 5),
    figure(1, '2026-08-03', 7, { out: 1 }),
    figure(2, '2026-08-19', 2),
    figure(3, '2026-06', 90),
    figure(4, '2026-06', 4, { medicine: 'B' }),
  ]);
  expect(problems).toEqual([]);
  expect(groups.map(({ medicine, months }) => [medicine, months.map(({ row: _, ...month }) => month)])).toEqual([
    [
      'A',
      [
        { month: '2026-06', used: 90, out: 0 },
        { month: '2026-07', used: 5, out: 0 },
        { month: '2026-08', used: 9, out: 1, through: 19 },
      ],
    ],
    ['B', [{ month: '2026-06', used: 4, out: 0 }]],
  ]);
});

test('a month or a day twice, and a month beside its own days, are problems of the later row', () => {
  const { problems } = groupsOf([
    figure(0, '2026-06', 90),
    figure(1, '2026-06', 90),
    figure(2, '2026-07-01', 1),
    figure(3, '2026-07-01', 1),
    figure(4, '2026-07', 1),
    figure(5, '2026-06-05', 1),
  ]);
  expect(problems.map(({ row, code, facts }) => [row, code, facts.row])).toEqual([
    [1, 'period-repeated', 0],
    [3, 'period-repeated', 2],
    [4, 'period-mixed', 2],
    [5, 'period-mixed', 0],
  ]);
});

const group = (months: PastGroup['months']): PastGroup => ({ site: 'PH-1', medicine: 'A', months });

test('a month that is there with other figures is a problem, takes its place only when that is asked for, and the same is nothing new', () => {
  const kept = [
    { month: '2026-06', used: 90, out: 0, import: 'I1' },
    { month: '2026-07', used: 50, out: 2, import: 'I1' },
  ];
  const brought = group([
    { month: '2026-05', used: 10, out: 0, row: 0 },
    { month: '2026-06', used: 90, out: 0, row: 1 },
    { month: '2026-07', used: 51, out: 2, row: 2 },
  ]);
  expect(knownProblems(brought, kept)).toEqual([
    { row: 2, field: 'period', code: 'period-known', facts: { used: 50, daysOut: 2 } },
  ]);
  const beside = mergedPast(brought, kept, { id: 'I2', replace: false });
  expect(beside).toEqual({
    months: [{ month: '2026-05', used: 10, out: 0, import: 'I2' }, ...kept],
    added: 1,
    replaced: [],
    left: 1,
  });
  const over = mergedPast(brought, kept, { id: 'I2', replace: true });
  expect([over.added, over.left, over.replaced]).toEqual([1, 0, [{ ...kept[1], medicine: 'A' }]]);
  expect(over.months.at(-1)).toEqual({ month: '2026-07', used: 51, out: 2, import: 'I2' });
  expect(over.months[1]).toEqual(kept[0]);
});

test('what is kept together is of one site and fits one transaction', () => {
  const months = Array.from({ length: 60 }, (_, i) => ({ month: `M${i}`, used: 1, out: 0, row: i }));
  const groups = Array.from({ length: 40 }, (_, i) => ({ ...group(months), site: i < 30 ? 'PH-1' : 'PH-2' }));
  const sizes: number[] = [];
  for (let done = 0; done < groups.length; done += sizes.at(-1) ?? 1) sizes.push(pastChunk(groups, done).length);
  expect(sizes).toEqual([16, 14, 10]);
  const long = Array.from({ length: 2_000 }, (_, i) => ({ month: `M${i}`, used: 1, out: 0, row: i }));
  expect(pastChunk([group(long), group(long)], 0).length).toBe(1);
});
