import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MonthSums, monthOf } from './ledger.ts';
import { dayPoints, longestBackdateMs, monthPoints, onHandAt, readingAt, untilOf } from './ledger-view.ts';
import { dayMs, dayStart, instant } from './time.ts';

const now = dayStart('2026-11-21') + 12 * 3_600_000;
interface Moved {
  readonly at: number;
  readonly quantity: number;
}
const sumsOf = (movements: readonly Moved[]): MonthSums => {
  const net: Record<string, number> = {};
  for (const { at, quantity } of movements) net[monthOf(at)] = (net[monthOf(at)] ?? 0) + quantity;
  return { net, used: {}, sent: {} };
};
const total = (movements: readonly Moved[]) => movements.reduce((sum, { quantity }) => sum + quantity, 0);
/** What a table would answer of the movements that a reading names. */
const read = (movements: readonly Moved[], at: number, asked = now) => {
  const reading = readingAt(sumsOf(movements), at, asked);
  const named = reading.movements;
  const moved = named ? total(movements.filter((m) => m.at > named.after && m.at <= named.until)) : 0;
  return { reading, onHand: onHandAt(reading, moved) };
};

const instants = fc.integer({ min: dayStart('2025-01-01'), max: now });
const movement = fc.record({ at: instants, quantity: fc.integer({ min: -50, max: 50 }).filter((n) => n !== 0) });

test('what was on hand at any instant is the sum of the movements until then, in whatever order they were written', () => {
  fc.assert(
    fc.property(fc.array(movement, { maxLength: 40 }), instants, fc.boolean(), (movements, free, onOne) => {
      const at = onOne ? (movements[0]?.at ?? free) : free;
      expect(read(movements, at).onHand).toBe(total(movements.filter((m) => m.at <= at)));
    }),
  );
});

test('movements of half a month are read at most, of a month that nothing can be dated into any more', () => {
  const movements = [3, 9, 17, 28].map((day) => ({ at: dayStart('2026-03-01') + day * dayMs, quantity: 10 }));
  const at = (day: string) => read(movements, dayStart(day) - 1);
  expect(at('2026-03-06').reading.movements).toMatchObject({ sign: 1 });
  expect(at('2026-03-27').reading.movements).toMatchObject({ sign: -1 });
  expect([at('2026-03-06').onHand, at('2026-03-27').onHand]).toEqual([10, 30]);
  expect(at('2026-04-01').reading).toEqual({ base: 40 });
  expect(at('2026-06-15').reading).toEqual({ base: 40 });
});

test('of a month that may still change, movements are read forwards, so that nothing written meanwhile is counted half', () => {
  const late = { at: dayStart('2026-10-28'), quantity: 5 };
  const settled = dayStart('2026-11-01') - 1 + longestBackdateMs;
  expect(read([late], dayStart('2026-10-30'), settled).reading.movements?.sign).toBe(1);
  expect(read([late], dayStart('2026-10-30'), settled + 1).reading.movements?.sign).toBe(-1);
  // something is dated back into the month between the reading of the sums and of the movements
  const { base, movements } = readingAt(sumsOf([late]), dayStart('2026-11-01') - 1, settled);
  expect([base, movements?.sign]).toEqual([0, 1]);
});

test('a month that gave back all it took is read nevertheless', () => {
  const movements = [5, 20].map((day, i) => ({ at: dayStart('2026-03-01') + day * dayMs, quantity: i ? -7 : 7 }));
  expect(read(movements, dayStart('2026-03-10')).onHand).toBe(7);
});

test('a day counts to its last millisecond in Tashkent, and none to come', () => {
  expect(instant(untilOf('2026-11-20', now))).toBe('2026-11-20T18:59:59.999Z');
  expect(untilOf('2026-11-21', now)).toBe(now);
  expect(untilOf('2026-11-20T10:00:00.000Z', now)).toBe(Date.parse('2026-11-20T10:00:00.000Z'));
  expect([untilOf(undefined, now), untilOf('2027-01-01', now)]).toEqual([now, now]);
});

test('months go from the first in which something moved to the present one, all lots together', () => {
  const lots = [
    { net: { '2026-08': 100, '2026-10': -40 }, used: { '2026-10': 30 }, sent: { '2026-10': 10 } },
    { net: { '2026-10': 20 }, used: {}, sent: {} },
  ];
  expect(monthPoints(lots, now, 24)).toEqual([
    { month: '2026-08', onHand: 100, used: 0, sent: 0 },
    { month: '2026-09', onHand: 100, used: 0, sent: 0 },
    { month: '2026-10', onHand: 80, used: 30, sent: 10 },
    { month: '2026-11', onHand: 80, used: 0, sent: 0 },
  ]);
  expect(monthPoints(lots, now, 2).map(({ month, onHand }) => [month, onHand])).toEqual([
    ['2026-10', 80],
    ['2026-11', 80],
  ]);
  expect(monthPoints([], now, 24)).toEqual([]);
});

test('days carry on what lay there before, and say what patients took', () => {
  const from = dayStart('2026-11-18');
  const moved = [
    { at: instant(from + 1), quantity: 30, kind: 'receipt' as const },
    { at: instant(from + dayMs), quantity: -12, kind: 'dispense' as const },
    { at: instant(from + dayMs + 5), quantity: 2, kind: 'dispense-undone' as const },
  ];
  expect(dayPoints(5, moved, from, from + 2 * dayMs)).toEqual([
    { day: '2026-11-18', onHand: 35, used: 0 },
    { day: '2026-11-19', onHand: 25, used: 10 },
    { day: '2026-11-20', onHand: 25, used: 0 },
  ]);
});
