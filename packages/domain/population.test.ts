import { describe, expect, test } from 'vitest';
import { firstPopulation, inhabitantsOf, Population, withYear, yearOf } from './population.ts';

const entered = { year: 2026, source: 'a count', inhabitants: { 'UZ-TK': 3_100_000, 'UZ-SA': 4_300_000 } };

describe('inhabitants', () => {
  test('the built-in year is whole and as published', () => {
    const [first] = Population.parse(firstPopulation).years;
    expect(first && Object.keys(first.inhabitants)).toHaveLength(14);
    expect(first && inhabitantsOf(first, undefined)).toBe(36_799_800);
    expect(first && inhabitantsOf(first, 'UZ-TK')).toBe(3_040_800);
    expect(first && inhabitantsOf(first, 'UZ-ZZ')).toBeUndefined();
  });

  test('a month is told by the newest year that is not later, and before all of them by the oldest', () => {
    const population = withYear(firstPopulation, entered);
    expect(yearOf(population, '2026-01').year).toBe(2026);
    expect(yearOf(population, '2025-12').year).toBe(2024);
    expect(yearOf(population, '2019-05').year).toBe(2024);
  });

  test('a year that is entered again takes the place of itself, and no other changes', () => {
    const once = withYear(firstPopulation, entered);
    const twice = withYear(once, { ...entered, source: 'a better count' });
    expect(twice.version).toBe(3);
    expect(twice.years.map(({ year }) => year)).toEqual([2026, 2024]);
    expect(twice.years[0]?.source).toBe('a better count');
    expect(twice.years[1]).toEqual(firstPopulation.years[0]);
  });

  test('the country is what is named, and a year without a region is refused', () => {
    expect(inhabitantsOf(entered, undefined)).toBe(7_400_000);
    expect(() => withYear(firstPopulation, { ...entered, inhabitants: {} })).toThrow('schema');
  });
});
