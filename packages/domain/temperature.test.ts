import { expect, test } from 'vitest';
import { firstPolicy } from './policy.ts';
import { Refusal } from './refusal.ts';
import { judgeReading, outsideNow, type TemperatureReading } from './temperature.ts';
import { dayMs, instant } from './time.ts';

const now = Date.parse('2026-11-21T07:00:00.000Z');
const reading = { id: 'R', site: 'PH-1', storage: 'cold', celsius: 5, at: instant(now), person: 'pharmacist' } as const;
const judge = (more: Partial<TemperatureReading> = {}) => {
  try {
    return judgeReading({ ...reading, ...more }, firstPolicy.warehouse, now);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

test('the limits are allowed, and a tenth of a degree beyond them has to be answered', () => {
  for (const celsius of [2, 8]) expect(judge({ celsius })).toMatchObject({ isOutside: false, from: 2, to: 8 });
  for (const celsius of [1.9, 8.1]) {
    expect(judge({ celsius })).toBe('reason-missing');
    expect(judge({ celsius, done: 'moved to the other fridge' })).toMatchObject({ isOutside: true });
  }
});

test('a reading is of now or of a day that may still be entered, and never of the future', () => {
  expect(judge({ at: instant(now + 1) })).toBe('backdate-too-far');
  expect(judge({ at: instant(now - 6 * dayMs) })).toMatchObject({ celsius: 5 });
  expect(judge({ at: instant(now - 6 * dayMs - 1) })).toBe('backdate-too-far');
});

test('a place is as it was read last', () => {
  const at = (zone: string, isOutside: boolean) => ({ ...reading, from: 2, to: 8, zone, isOutside });
  const newestFirst = [at('A', false), at('B', true), at('A', true), at('B', false)];
  expect(outsideNow(newestFirst).map(({ zone }) => zone)).toEqual(['B']);
});
