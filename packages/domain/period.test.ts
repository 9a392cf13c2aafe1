import { expect, test } from 'vitest';
import { countsIn } from './period.ts';

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
