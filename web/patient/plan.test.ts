import { courseQuantity, type Dosage } from '@darmon/domain/dosage';
import { expect, test } from 'vitest';
import { rhythmsOf, weekOf } from './plan.ts';

const dosage = (about: Partial<Dosage>): Dosage => ({ amount: 1, unit: 'tablet', days: 5, route: 'oral', ...about });
const marks = (about: Partial<Dosage>) =>
  Object.values(weekOf(dosage(about))).map((days) => days.map((n) => (n === 0 ? '-' : n)).join(''));

test.each([
  ['three times a day for five days', { timesPerDay: 3 }, ['11111--', '11111--', '11111--', '-------']],
  ['once at bedtime', { timesPerDay: 1, when: ['night'] as const }, ['-------', '-------', '-------', '11111--']],
  [
    'morning and night',
    { timesPerDay: 2, when: ['night', 'morning'] as const },
    ['11111--', '-------', '-------', '11111--'],
  ],
  [
    'after meals names no part of the day',
    { timesPerDay: 2, when: ['after-meal'] as const },
    ['11111--', '-------', '11111--', '-------'],
  ],
  [
    'fewer parts named than doses',
    { timesPerDay: 3, when: ['morning'] as const },
    ['11111--', '11111--', '11111--', '-------'],
  ],
  [
    'every eight hours goes on into the night',
    { everyHours: 8, days: 2 },
    ['11-----', '-------', '11-----', '-11----'],
  ],
  ['every second day', { everyHours: 48, days: 7 }, ['1-1-1-1', '-------', '-------', '-------']],
  [
    'every second evening',
    { everyHours: 48, days: 7, when: ['evening'] as const },
    ['-------', '-------', '1-1-1-1', '-------'],
  ],
  [
    'when needed there is no table',
    { timesPerDay: 3, asNeeded: true, maxPerDay: 3 },
    ['-------', '-------', '-------', '-------'],
  ],
])('%s', (_, about, expected) => {
  expect(marks({ ...about, ...('when' in about && { when: [...about.when] }) } as Partial<Dosage>)).toEqual(expected);
});

test('the doses of every rhythm together are the doses of the course', () => {
  for (const days of [1, 2, 3, 7, 30])
    for (const about of [
      ...Array.from({ length: 24 }, (_, i) => ({ timesPerDay: i + 1 })),
      ...[1, 2, 3, 4, 5, 6, 7, 8, 12, 24, 36, 48, 72, 168].map((everyHours) => ({ everyHours })),
    ]) {
      const one = dosage({ ...about, days });
      const doses = rhythmsOf(one).reduce((sum, { count }) => sum + count, 0);
      expect(doses, JSON.stringify(about)).toBe(courseQuantity(one, 'tablet'));
    }
});
