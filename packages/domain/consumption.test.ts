import { expect, test } from 'vitest';
import {
  daysOf,
  knownMonths,
  type LotPast,
  monthlySeries,
  monthsOf,
  needsStateBefore,
  openingOf,
  reckonDays,
  saysTheSame,
} from './consumption.ts';

type Entry = readonly [day: string, kind: LotPast['movements'][number]['kind'], quantity: number];
/** Movements at noon in Tashkent. */
const lot = (entries: readonly Entry[], about: Partial<LotPast> = {}): LotPast => {
  const net: Record<string, number> = {};
  for (const [day, , quantity] of entries) net[day.slice(0, 7)] = (net[day.slice(0, 7)] ?? 0) + quantity;
  return {
    expiryDate: '2030-01-31',
    state: 'available',
    sums: { net, used: {}, sent: {} },
    movements: entries.map(([day, kind, quantity]) => ({ at: `${day}T07:00:00.000Z`, kind, quantity })),
    ...about,
  };
};
/** The same lot as one reads it who begins with a later month. */
const since = (whole: LotPast, month: string): LotPast => ({
  ...whole,
  movements: whole.movements.filter(({ at }) => at.slice(0, 7) >= month),
});
const used = (lots: readonly LotPast[], of: 'patients' | 'patients-and-sites' = 'patients') =>
  reckonDays(lots, of, '2026-10', '2026-10-31')
    .filter((d) => d.used !== 0)
    .map((d) => [d.day.slice(8), d.used]);

test('what patients were given is use, what they brought back is less of it on its own day, and nothing else counts', () => {
  const entries: Entry[] = [
    ['2026-10-01', 'receipt', 100],
    ['2026-10-03', 'dispense', -21],
    ['2026-10-04', 'dispense-undone', 21],
    ['2026-10-05', 'dispense', -10],
    ['2026-10-06', 'write-off', -5],
    ['2026-10-07', 'count', -2],
    ['2026-10-08', 'transfer-out', -30],
    ['2026-10-09', 'return', 4],
    ['2026-10-10', 'reversal', 5],
  ];
  expect(used([lot(entries)])).toEqual([
    ['03', 21],
    ['04', -21],
    ['05', 10],
    ['09', -4],
  ]);
});

test('at a warehouse what other sites were sent is use as well', () => {
  const entries: Entry[] = [
    ['2026-10-01', 'receipt', 100],
    ['2026-10-08', 'transfer-out', -30],
  ];
  expect(used([lot(entries)], 'patients-and-sites')).toEqual([['08', 30]]);
});

test('days begin when the medicine first came, and from then on a day without stock is one, whatever the reason', () => {
  const entries: Entry[] = [
    ['2026-10-10', 'receipt', 20],
    ['2026-10-12', 'dispense', -20],
  ];
  const days = reckonDays([lot(entries)], 'patients', '2026-10', '2026-10-13');
  expect(days.map(({ day, closing, out }) => [day.slice(8), closing, out])).toEqual([
    ['10', 20, false],
    ['11', 20, false],
    ['12', 0, true],
    ['13', 0, true],
  ]);
  const expired = lot([['2026-10-01', 'receipt', 20]], { expiryDate: '2026-10-02' });
  expect(reckonDays([expired], 'patients', '2026-10', '2026-10-03').map(({ out }) => out)).toEqual([
    false,
    false,
    true,
  ]);
});

test('whether a lot might be handed over is told by the change of state that follows, and by its state now after the last', () => {
  const held: Entry[] = [
    ['2026-10-01', 'receipt', 20],
    ['2026-10-03', 'quarantine', 0],
    ['2026-10-05', 'release', 0],
  ];
  const outOn = (one: LotPast) =>
    reckonDays([one], 'patients', '2026-10', '2026-10-06').flatMap(({ day, out }) => (out ? [day.slice(8)] : []));
  expect(outOn(lot(held))).toEqual(['03', '04']);
  expect(outOn(lot(held.slice(0, 2), { state: 'quarantined' }))).toEqual(['03', '04', '05', '06']);
  const released: Entry[] = [
    ['2026-10-01', 'receipt', 20],
    ['2026-10-04', 'release', 0],
  ];
  expect(outOn(lot(released))).toEqual(['01', '02', '03']);
});

test('whoever begins with a later month sees the same days, and is told when the state before has to be looked up', () => {
  const whole = lot(
    [
      ['2026-09-20', 'receipt', 50],
      ['2026-09-25', 'quarantine', 0],
      ['2026-10-02', 'hold', 0],
      ['2026-10-04', 'release', 0],
      ['2026-10-06', 'dispense', -8],
    ],
    { expiryDate: '2026-10-09' },
  );
  const all = reckonDays([whole], 'patients', '2026-09', '2026-10-12');
  const later = since(whole, '2026-10');
  expect(needsStateBefore(later.movements)).toBe(true);
  expect(needsStateBefore(since(whole, '2026-11').movements)).toBe(false);
  const told = { ...later, stateBefore: 'quarantine' as const };
  expect(reckonDays([told], 'patients', '2026-10', '2026-10-12')).toEqual(all.filter(({ day }) => day >= '2026-10-01'));
  expect(openingOf([told], '2026-10')).toBe(0);
});

test('kept months give the same days back, whatever months nothing changed in', () => {
  const past = lot([
    ['2026-07-30', 'receipt', 100],
    ['2026-08-02', 'dispense', -10],
    ['2026-10-31', 'dispense', -10],
  ]);
  const days = reckonDays([past], 'patients', '2026-07', '2026-11-05');
  const months = monthsOf({ site: 'PH-1', medicine: 'A' }, days, undefined);
  expect(months.map(({ month, days: own }) => [month, own])).toEqual([
    ['2026-07', [[30, 0, 100]]],
    ['2026-08', [[2, 10, 90]]],
    ['2026-09', []],
    ['2026-10', [[31, 10, 80]]],
    ['2026-11', []],
  ]);
  expect(
    daysOf(
      months.filter((m) => m.days.length > 0),
      '2026-11-05',
    ),
  ).toEqual(days);
  const later = since(past, '2026-09');
  const anew = monthsOf(
    { site: 'PH-1', medicine: 'A' },
    reckonDays([later], 'patients', '2026-09', '2026-11-05'),
    openingOf([later], '2026-09'),
  );
  expect(anew).toEqual(months.slice(2));
});

test('a month that is not over is left out, days before the first delivery are days without stock, and a month without any is not known', () => {
  const past = lot([
    ['2026-07-22', 'receipt', 30],
    ['2026-07-30', 'dispense', -10],
    ['2026-07-31', 'dispense', -20],
    ['2026-09-16', 'receipt', 40],
    ['2026-09-20', 'dispense', -10],
    ['2026-10-02', 'dispense-undone', 10],
    ['2026-11-01', 'dispense', -5],
  ]);
  const days = reckonDays([past], 'patients', '2026-07', '2026-11-05');
  expect(monthlySeries(days, '2026-11-05')).toEqual({
    start: '2026-07',
    step: 'month',
    values: [30, null, 10, 0],
    stockOutDays: [22, 31, 15, 0],
  });
  const young = reckonDays(
    [
      lot([
        ['2026-11-03', 'receipt', 90],
        ['2026-11-05', 'dispense', -30],
      ]),
    ],
    'patients',
    '2026-11',
    '2026-11-13',
  );
  expect(monthlySeries(young, '2026-11-13')).toMatchObject({ start: '2026-11', values: [30], stockOutDays: [20] });
  expect(monthlySeries([], '2026-11-05')).toEqual({ start: '2026-11', step: 'month', values: [], stockOutDays: [] });
});

test('months from before the ledger stand before its own, and a month that nobody brought is not known', () => {
  const days = reckonDays(
    [
      lot([
        ['2026-09-01', 'opening', 90],
        ['2026-09-12', 'dispense', -30],
      ]),
    ],
    'patients',
    '2026-09',
    '2026-10-31',
  );
  const past = [
    { month: '2026-05', used: 40, out: 3, import: 'I' },
    { month: '2026-06', used: 0, out: 30, import: 'I' },
    { month: '2026-08', used: 70, out: 0, import: 'I' },
  ];
  expect(monthlySeries(days, '2026-11-05', past)).toEqual({
    start: '2026-05',
    step: 'month',
    values: [40, null, null, 70, 30, 0],
    stockOutDays: [3, 30, 31, 0, 0, 0],
  });
  expect(knownMonths(days, '2026-11-05', past).map(({ brought, closing }) => [brought, closing])).toEqual([
    [true, undefined],
    [true, undefined],
    [false, undefined],
    [true, undefined],
    [false, 60],
    [false, 60],
  ]);
  // without a ledger of its own it goes through the month before this one
  expect(monthlySeries([], '2026-11-05', past)).toMatchObject({
    start: '2026-05',
    values: [40, null, null, 70, null, null],
  });
});

test('in the month in which the ledger begins its own days count alone, and days from before them are added', () => {
  const days = reckonDays(
    [
      lot([
        ['2026-09-21', 'opening', 90],
        ['2026-09-25', 'dispense', -30],
      ]),
    ],
    'patients',
    '2026-09',
    '2026-09-30',
  );
  const of = (past: { used: number; out: number; through?: number }) => {
    const { values, stockOutDays } = monthlySeries(days, '2026-10-05', [{ month: '2026-09', import: 'I', ...past }]);
    return [values, stockOutDays];
  };
  expect(of({ used: 55, out: 2, through: 20 })).toEqual([[85], [2]]);
  // nobody can tell the days of a whole month apart: the ledger's own stay as they are
  expect(of({ used: 55, out: 2 })).toEqual([[30], [20]]);
  expect(of({ used: 55, out: 2, through: 21 })).toEqual([[30], [20]]);
});

test('what is new since a month was kept is no difference, and another figure of a day that was known is one', () => {
  const month = (days: [number, number, number][]) => ({ site: 'PH-1', medicine: 'A', month: '2026-11', days });
  const kept = month([
    [3, 5, 20],
    [9, 2, 18],
  ]);
  expect(saysTheSame(kept, month([...kept.days, [12, 1, 17]]), '2026-11-11')).toBe(true);
  expect(saysTheSame(kept, month([...kept.days, [11, 1, 17]]), '2026-11-11')).toBe(false);
  expect(saysTheSame(kept, month([[3, 5, 20]]), '2026-11-11')).toBe(false);
});
