import { describe, expect, test } from 'vitest';
import {
  type CountLine,
  differenceOf,
  enterCount,
  isBeyond,
  isInScope,
  isOvertaken,
  lineSums,
  movementsSince,
  putRight,
} from './count.ts';
import type { StockRow } from './stock.ts';

const at = '2026-11-21T06:00:00.000Z';
const line: CountLine = {
  gtin: '09521020199013',
  lot: 'A1',
  medicine: 'AMOX500CAP',
  expiryDate: '2027-06-30',
  brand: 'Namuna',
  packUnits: 10,
  packPrice: 1_000,
  book: 100,
  frozenAt: at,
  backdates: 0,
  version: 0,
};
const tolerance = { percent: 2, value: 5_000 };
const entry = (quantity: number, about: { book?: number; moved?: boolean } = {}) => ({
  quantity,
  book: 100,
  backdates: 0,
  moved: false,
  at,
  person: 'warehouse',
  ...about,
});
const code = (run: () => unknown): unknown => {
  try {
    run();
    return 'not refused';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('tolerance', () => {
  test.each([
    [0, 0, false],
    [2, 100, false],
    [-2, 100, false],
    [3, 100, true],
    [1, 0, true],
    // within the percent, and worth too much
    [60, 10_000, true],
    [50, 10_000, false],
  ])('a difference of %i from a book of %i passes it: %s', (difference, book, beyond) => {
    expect(isBeyond(difference, book, line, tolerance)).toBe(beyond);
  });

  test('a large difference is counted again, and then stands', () => {
    const once = enterCount(line, entry(90), tolerance);
    expect(once).toMatchObject({ recount: 'tolerance', version: 1, counted: { quantity: 90, times: 1 } });
    const twice = enterCount(once, entry(91), tolerance);
    expect(twice.recount).toBeUndefined();
    expect([twice.version, differenceOf(twice)]).toEqual([2, -9]);
  });

  test('going on from a count that was within the tolerance is no recount', () => {
    const first = enterCount(line, entry(99), tolerance);
    expect(first.recount).toBeUndefined();
    expect(enterCount(first, entry(120), tolerance).recount).toBe('tolerance');
  });

  test('what moved under a count asks for another, however small the difference, and counts as no count', () => {
    const moved = enterCount(line, entry(100, { moved: true }), tolerance);
    expect(moved).toMatchObject({ recount: 'moved', counted: { times: 0 } });
    const far = enterCount(moved, entry(80), tolerance);
    expect(far.recount).toBe('tolerance');
    expect(enterCount(far, entry(80), tolerance).recount).toBeUndefined();
  });

  test('a difference is taken from the book of the entry, not from the frozen one', () => {
    expect(differenceOf(enterCount(line, entry(130, { book: 130 }), tolerance))).toBe(0);
  });
});

test('the sums of a head follow its lines', () => {
  expect(lineSums(undefined)).toEqual({ lines: 0, counted: 0, differing: 0, recounts: 0 });
  expect(lineSums(line)).toEqual({ lines: 1, counted: 0, differing: 0, recounts: 0 });
  expect(lineSums(enterCount(line, entry(90), tolerance))).toEqual({ lines: 1, counted: 1, differing: 1, recounts: 1 });
});

test('a scope holds what lies in its zones or is of its medicines, and nothing that is not there', () => {
  const row = { medicine: 'M', zone: 'B', free: 0, held: 5 } as StockRow;
  const none = new Set<string>();
  expect(isInScope({ kind: 'full' }, row, none)).toBe(true);
  expect(isInScope({ kind: 'full' }, { ...row, held: 0 }, none)).toBe(false);
  expect(isInScope({ kind: 'zone', zones: ['A'] }, row, none)).toBe(false);
  expect(isInScope({ kind: 'zone', zones: ['A', 'B'] }, row, none)).toBe(true);
  expect(isInScope({ kind: 'class', classes: ['A'] }, row, none)).toBe(false);
  expect(isInScope({ kind: 'class', classes: ['A'] }, row, new Set(['M']))).toBe(true);
});

describe('movements under a count', () => {
  const m = (id: string, quantity: number, when: string, recordedAt?: string) => ({
    id,
    quantity,
    at: when,
    ...(recordedAt !== undefined && { recordedAt }),
  });
  test('those that count later and those dated back since are it, in their order, and changes of state are not', () => {
    const before = m('1', 50, '2026-11-21T05:00:00.000Z');
    const back = m('2', -5, '2026-11-20T18:59:59.999Z', '2026-11-21T07:00:00.000Z');
    const state = m('3', 0, '2026-11-21T06:30:00.000Z');
    const later = m('4', 20, '2026-11-21T06:40:00.000Z');
    expect(movementsSince([later, state, before, back], at, 15)).toEqual([back, later]);
  });
  test('one that was under way as the book was frozen is found by what the book changed by', () => {
    const old = m('1', 50, '2026-11-21T05:00:00.000Z');
    const underWay = m('2', -7, '2026-11-21T05:59:59.900Z');
    expect(movementsSince([old, underWay], at, -7)).toEqual([underWay]);
    expect(movementsSince([old, underWay], at, 0)).toEqual([]);
  });
});

test('a counted line is overtaken by an entry dated back since, and by none before or where nobody counted', () => {
  const counted = enterCount(line, { ...entry(90), backdates: 2 }, tolerance);
  expect([isOvertaken(counted, 2), isOvertaken(counted, 3), isOvertaken(line, 3)]).toEqual([false, true, false]);
});

describe('what is put right', () => {
  const differing = enterCount(enterCount(line, entry(90), tolerance), entry(90), tolerance);
  const same = { ...enterCount(line, entry(100), tolerance), lot: 'A2' };
  const reason = { gtin: line.gtin, lot: 'A1', reason: 'lost' } as const;

  test('each difference with its reason, and no line that agrees', () => {
    expect(putRight([differing, same], [reason], false)).toEqual([{ line: differing, difference: -10, given: reason }]);
  });
  test('not while a line is to be counted again, is not counted, or differs without a reason', () => {
    const again = enterCount(line, entry(90), tolerance);
    expect(code(() => putRight([again], [reason], true))).toBe('recount-needed');
    expect(code(() => putRight([differing, { ...line, lot: 'A3' }], [reason], false))).toBe('lines-uncounted');
    expect(putRight([differing, { ...line, lot: 'A3' }], [reason], true)).toHaveLength(1);
    expect(code(() => putRight([differing], [], false))).toBe('reason-missing');
    expect(code(() => putRight([differing], [{ ...reason, reason: 'other' }], false))).toBe('note-missing');
  });
});
