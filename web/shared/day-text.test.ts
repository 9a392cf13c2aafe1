import { expect, test } from 'vitest';
import { readDay, spellDay } from './day-text.ts';

test.each([
  ['31.12.1990', '1990-12-31'],
  ['29.02.2024', '2024-02-29'],
  ['29.02.2023', undefined],
  ['31.04.2026', undefined],
  ['12.31.1990', undefined],
  ['1.1.1990', undefined],
  ['', undefined],
])('%s is the day %s', (text, day) => {
  expect(readDay(text)).toBe(day);
});

test.each([
  ['08031991', '08.03.1991'],
  ['8.3.1991', '08.03.1991'],
  ['8/3/1991', '08.03.1991'],
  ['08.', '08.'],
  ['0803', '08.03'],
  ['08.03.', '08.03.'],
  ['08.03.19', '08.03.19'],
  ['08a03b1991c', '08.03.1991'],
  ['080319912', '08.03.1991'],
])('typing %s spells %s', (typed, spelt) => {
  expect(spellDay(typed)).toBe(spelt);
});
