import { expect, test } from 'vitest';
import { chanceOf } from './chance.ts';
import { dateOf, kinds, leadTimeOf, makeCountry, type Size, shelfLeftOf } from './country.ts';

const small: Size = {
  sites: 3,
  kinds: { fast: 1, winter: 1, spring: 1, summer: 1, intermittent: 1, growing: 1, declining: 1, shifted: 1, new: 1 },
};
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

test('a seed gives one country, and another seed another', () => {
  expect(makeCountry(7, small)).toEqual(makeCountry(7, small));
  expect(makeCountry(7, small).demand).not.toEqual(makeCountry(8, small).demand);
});

test('a delivery is the same whoever ordered it that day', () => {
  const country = makeCountry(7, small);
  const [product] = country.products;
  if (!product) throw new Error('no product');
  const days = Array.from({ length: 400 }, (_, day) => day);
  const leads = days.map((day) => leadTimeOf(country, product, 'PH-0001', day));
  expect(days.map((day) => leadTimeOf(country, product, 'PH-0001', day))).toEqual(leads);
  expect(new Set(leads).size).toBeGreaterThan(5);
  expect(Math.min(...leads)).toBeGreaterThanOrEqual(2);
  for (const day of days) {
    const left = shelfLeftOf(country, product, 'PH-0001', day);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(product.shelfLifeDays);
  }
});

test('each kind of medicine is there, and nobody asks for a new one before its first day', () => {
  const country = makeCountry(7, small);
  expect(country.products.map((product) => product.kind)).toEqual([...kinds]);
  const index = country.products.findIndex((product) => product.kind === 'new');
  const first = country.products[index]?.firstDay ?? 0;
  for (const demand of country.demand[index] ?? []) expect(sum(demand?.slice(0, first) ?? [])).toBe(0);
});

test('what is asked for in spring is asked for most in April and May', () => {
  const country = makeCountry(7, small);
  const index = country.products.findIndex((product) => product.kind === 'spring');
  const months = new Array<number>(12).fill(0);
  for (const demand of country.demand[index] ?? [])
    for (const [day, units] of demand?.entries() ?? []) months[Number(dateOf(day).slice(5, 7)) - 1]! += units;
  const spring = (months[3] ?? 0) + (months[4] ?? 0);
  expect(spring / 2).toBeGreaterThan((2 * sum(months)) / 12);
});

test('draws have the mean and the spread that were asked for', () => {
  const chance = chanceOf('draws');
  const moments = (draw: () => number): [mean: number, deviation: number] => {
    const values = Array.from({ length: 20_000 }, draw);
    const mean = sum(values) / values.length;
    return [mean, Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length)];
  };
  for (const [draw, mean, deviation] of [
    [chance.uniform, 0.5, 0.2887],
    [chance.normal, 0, 1],
    [() => chance.poisson(3), 3, Math.sqrt(3)],
    [() => chance.poisson(100), 100, 10],
    [() => chance.exponential(30), 30, 30],
    [() => chance.gamma(20, 6), 20, 6],
  ] as const) {
    const [m, d] = moments(draw);
    expect(Math.abs(m - mean)).toBeLessThan(0.03 * Math.max(deviation, 1));
    expect(Math.abs(d - deviation) / deviation).toBeLessThan(0.03);
  }
});
