import { expect, test } from 'vitest';
import {
  countAnew,
  countsByFilter,
  entryOf,
  type Line,
  mergedLines,
  onePackMore,
  openLot,
  shownLines,
  totalsOf,
  unitsOf,
  walkOrder,
} from './count-view.ts';

const now = '2026-11-21T06:00:00.000Z';
const pack = { units: 16, divisibleBy: 8 };
const line = (lot: string, about: Partial<Line> = {}): Line => ({
  gtin: '09521020199013',
  lot,
  medicine: 'AMOX500CAP',
  expiryDate: '2027-06-30',
  brand: 'Namuna',
  packUnits: 16,
  frozenAt: now,
  moved: 0,
  movements: [],
  ...about,
});
const fresh = { line: undefined, waiting: undefined };
const lot = { gtin: '09521020199013', lot: 'A1' };

test('each scan of the same lot is one pack more, and the same pack twice is not', () => {
  const open = openLot(lot, pack, fresh, { packs: 1, serial: 'S1', now });
  const two = onePackMore(open, 'S2');
  expect(two && unitsOf(two)).toBe(32);
  expect(two && onePackMore(two, 'S1')).toBeUndefined();
  expect(two && unitsOf(onePackMore(two, undefined) ?? open)).toBe(48);
});

test('a lot that was counted before goes on from there and since then, and begins anew where a recount is asked', () => {
  const counted = line('A1', { counted: 40, countedAt: '2026-11-21T05:00:00.000Z' });
  const goesOn = openLot(lot, pack, { line: counted, waiting: undefined }, { packs: 1, now });
  expect([unitsOf(goesOn), goesOn.packs, goesOn.loose, goesOn.startedAt]).toEqual([
    56,
    3,
    8,
    '2026-11-21T05:00:00.000Z',
  ]);
  expect(unitsOf(countAnew(goesOn, now))).toBe(0);
  const again = openLot(
    lot,
    pack,
    { line: { ...counted, recount: 'tolerance' }, waiting: undefined },
    { packs: 1, now },
  );
  expect([unitsOf(again), again.startedAt]).toEqual([16, now]);
  // what waits for the network counts more than what the server knows
  const waiting = { key: 'k', entry: { ...lot, counted: 48, startedAt: '2026-11-21T05:30:00.000Z' } };
  const after = openLot(lot, pack, { line: counted, waiting }, { packs: 1, now });
  expect([unitsOf(after), after.startedAt]).toEqual([64, '2026-11-21T05:30:00.000Z']);
});

test('nothing is sent without a number, nor of an unknown lot without its expiry date', () => {
  const typed = openLot(lot, pack, fresh, { packs: undefined, now });
  expect(entryOf(typed, line('A1'))).toBeUndefined();
  expect(entryOf({ ...typed, packs: 0 }, line('A1'))).toEqual({ ...lot, counted: 0, startedAt: now });
  expect(entryOf({ ...typed, packs: 2 }, undefined)).toBeUndefined();
  expect(entryOf({ ...typed, packs: 2, expiryDate: '2028-01-31' }, undefined)).toMatchObject({
    counted: 32,
    expiryDate: '2028-01-31',
  });
});

test('filters show what is left to do, and what waits to be sent is done', () => {
  const lines = [
    line('A'),
    line('B', { counted: 5, difference: -1, book: 6 }),
    line('C', { counted: 5, recount: 'moved', moved: 4 }),
    line('D'),
  ];
  const waiting = new Set(['09521020199013#D']);
  expect(countsByFilter(lines, waiting)).toEqual({ all: 4, todo: 1, differs: 1, moved: 1, recount: 1 });
  const shown = (filter: 'todo' | 'all', text = '') =>
    shownLines(lines, { filter, text, waiting, name: () => 'Amoksitsillin' }).map((l) => l.lot);
  expect(shown('todo')).toEqual(['A']);
  expect(shown('all', 'amoks')).toHaveLength(4);
  expect(shown('all', 'zzz')).toEqual([]);
});

test('lines stand in the order of a walk along the shelves, those without a place at the end', () => {
  const at = (name: string, zone?: string, shelf?: string) =>
    line(name, { ...(zone !== undefined && { zone }), ...(shelf !== undefined && { shelf }) });
  const lines = [at('1'), at('2', 'B', '2'), at('3', 'A', '10'), at('4', 'A', '9')];
  expect(walkOrder(lines, (m) => m).map((l) => l.lot)).toEqual(['4', '3', '2', '1']);
});

test('the sums of a count tell what is too few and too many apart', () => {
  const lines = [line('A', { difference: -2, value: -300 }), line('B', { difference: 1, value: 150 }), line('C')];
  expect(totalsOf(lines)).toMatchObject({ short: 1, over: 1, shortValue: 300, overValue: 150 });
});

test('an answer replaces its lines where they stand, and adds the lots that were found', () => {
  const merged = mergedLines([line('A'), line('B')], [line('B', { counted: 1 }), line('N')]);
  expect(merged.map((l) => [l.lot, l.counted])).toEqual([
    ['A', undefined],
    ['B', 1],
    ['N', undefined],
  ]);
});
