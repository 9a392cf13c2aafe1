import { describe, expect, test } from 'vitest';
import { courseQuantity, Dosage } from './dosage.ts';

const dosage = { amount: 1, unit: 'tablet', timesPerDay: 3, days: 7, route: 'oral' } as const;

describe('the course', () => {
  test.each([
    [{}, 21],
    [{ amount: 0.5 }, 11],
    [{ amount: 0.333, timesPerDay: 1, days: 3 }, 1],
    [{ amount: 2.5 }, 53],
  ])('%j takes %i tablets', (change, units) => {
    expect(courseQuantity({ ...dosage, ...change }, 'tablet')).toBe(units);
  });

  test('counts doses every so many hours', () => {
    const { timesPerDay: _, ...rest } = dosage;
    expect(courseQuantity({ ...rest, everyHours: 8 }, 'tablet')).toBe(21);
    expect(courseQuantity({ ...rest, everyHours: 72, days: 7 }, 'tablet')).toBe(3);
  });

  test('cannot be computed where it is taken as needed, or in another unit than is counted', () => {
    expect(courseQuantity({ ...dosage, asNeeded: true, maxPerDay: 3 }, 'tablet')).toBeUndefined();
    expect(courseQuantity({ ...dosage, unit: 'drop' }, 'ml')).toBeUndefined();
  });
});

test.each([
  ['both a number of times and of hours', { everyHours: 8 }],
  ['no dose', { amount: 0 }],
  ['four decimals', { amount: 0.3333 }],
  ['a moment twice', { when: ['morning', 'morning'] }],
  ['as needed without a ceiling', { asNeeded: true }],
  ['half a day', { days: 0.5 }],
])('%s is no dosage', (_, change) => {
  expect(Dosage.safeParse({ ...dosage, ...change }).success).toBe(false);
});
