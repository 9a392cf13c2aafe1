import { expect, test } from 'vitest';
import {
  countsIn,
  type Freeze,
  factsPatienceMs,
  frozenPeriod,
  hasFacts,
  monthToFreeze,
  nextToFreeze,
  requireFreezable,
  waitedFor,
} from './period.ts';

const freezes = [
  { month: '2026-09', at: '2026-10-03T08:00:00.000Z' },
  { month: '2026-10', at: '2026-11-03T08:00:00.000Z' },
];

test('an entry counts in its own month until that is frozen', () => {
  expect(countsIn(freezes, { at: '2026-09-30T10:00:00.000Z', recordedAt: '2026-10-03T07:59:59.999Z' })).toEqual({
    month: '2026-09',
    late: false,
  });
});

test('an entry for a frozen month counts in the first month that was open when it was written, and is marked', () => {
  expect(countsIn(freezes, { at: '2026-09-30T10:00:00.000Z', recordedAt: '2026-10-03T08:00:00.000Z' })).toEqual({
    month: '2026-10',
    late: true,
  });
  expect(countsIn(freezes, { at: '2026-09-30T10:00:00.000Z', recordedAt: '2026-11-04T08:00:00.000Z' })).toEqual({
    month: '2026-11',
    late: true,
  });
});

test('what happens around midnight in Tashkent counts in the month of Tashkent', () => {
  expect(countsIn([], { at: '2026-09-30T19:00:00.000Z' }).month).toBe('2026-10');
});

test('what is entered for a month before a closed one counts in the first that is open', () => {
  const freezes = [{ month: '2026-09', at: '2026-10-03T00:00:00.000Z' }];
  const late = { at: '2026-08-20T00:00:00.000Z', recordedAt: '2026-10-04T00:00:00.000Z' };
  expect(countsIn(freezes, late)).toEqual({ month: '2026-10', late: true });
  expect(countsIn(freezes, { ...late, recordedAt: '2026-10-02T00:00:00.000Z' })).toEqual({
    month: '2026-08',
    late: false,
  });
});

test('a month may be closed once it is over by Tashkent’s clock, and the job does it on the day that the rules say', () => {
  const over = Date.parse('2026-10-31T19:00:00.000Z');
  const codeOf = (now: number, month = '2026-10', freezes: readonly Freeze[] = []) => {
    try {
      requireFreezable(freezes, month, now);
      return 'may';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect([codeOf(over - 1), codeOf(over)]).toEqual(['period-not-over', 'may']);
  const september = [{ month: '2026-09', at: '2026-10-03T00:00:00.000Z' }];
  expect(codeOf(over, '2026-10', september)).toBe('may');
  expect(codeOf(over, '2026-09', september)).toBe('period-out-of-turn');
  expect(codeOf(over, '2026-08', september)).toBe('period-out-of-turn');
  expect(nextToFreeze(september, over)).toEqual({ month: '2026-10', from: '2026-10-31T19:00:00.000Z' });
  const third = Date.parse('2026-11-02T19:00:00.000Z');
  expect([monthToFreeze(september, 3, third - 1), monthToFreeze(september, 3, third)]).toEqual([undefined, '2026-10']);
});

test('a month waits for facts while any come, and not longer than a day after the last one', () => {
  const began = Date.parse('2026-11-03T00:00:00.000Z');
  const failing = [{ site: 'PH-0001', facts: 'stock' as const }];
  const frozen = frozenPeriod('2026-10', began, undefined);
  expect(hasFacts(frozen)).toBe(false);
  const first = waitedFor(frozen, { of: 3, done: 1, failing }, began);
  const second = waitedFor(first, { of: 3, done: 2, failing }, began + factsPatienceMs - 1);
  expect([hasFacts(first), hasFacts(second)]).toEqual([false, false]);
  const later = (ms: number) => waitedFor(second, { of: 3, done: 2, failing }, began + factsPatienceMs - 1 + ms);
  expect([hasFacts(later(factsPatienceMs - 1)), hasFacts(later(factsPatienceMs))]).toEqual([false, true]);
  expect(later(factsPatienceMs).facts).toMatchObject({ gaveUp: true, failing });
  expect(hasFacts(waitedFor(second, { of: 3, done: 3, failing: [] }, began))).toBe(true);
});
