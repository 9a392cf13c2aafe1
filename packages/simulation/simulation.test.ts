import { beforeAll, expect, test } from 'vitest';
import { averageConsumption, byAverageConsumption } from './average-consumption.ts';
import { atEqualStock, baselines } from './comparison.ts';
import { type Country, makeCountry, type Product } from './country.ts';
import { byDarmon, monthlySeries } from './darmon-ordering.ts';
import { forecaster } from './forecaster.ts';
import { changeOf, chartOf, tableOf } from './report.ts';
import { rules } from './rules.ts';
import { type Ordering, type Outcome, playCountry, sumOf } from './world.ts';

const none = {
  fast: 0,
  winter: 0,
  spring: 0,
  summer: 0,
  intermittent: 0,
  growing: 0,
  declining: 0,
  shifted: 0,
  new: 0,
};
const proposing = (product: Product): Ordering => byDarmon(product, forecaster, rules);

let country: Country;
let proposed: Outcome[];
beforeAll(() => {
  country = makeCountry(105, { sites: 4, kinds: { ...none, fast: 1, winter: 1, spring: 1, intermittent: 1, new: 1 } });
  proposed = playCountry(country, proposing);
}, 60_000);

test('the same seed gives the same figures', () => {
  const again = { ...country, products: country.products.slice(0, 2) };
  expect(playCountry(again, proposing)).toEqual(proposed.slice(0, 2));
}, 60_000);

test('what was there and what came is what was used, what expired and what is left', () => {
  const plain = playCountry(country, (product) => byAverageConsumption(product, { maxMonths: 3, minMonths: 1 }));
  for (const { ledger } of [...proposed, ...plain]) {
    expect(ledger.received).toBeGreaterThan(0);
    expect(ledger.opening + ledger.received).toBe(ledger.used + ledger.expired + ledger.left);
  }
});

test('at equal average stock the proposals leave fewer shelves empty and less to expire than average consumption', () => {
  const ours = sumOf(proposed);
  const plain = atEqualStock(country, baselines[0], ours.averageStock);
  const theirs = sumOf(plain.outcomes);
  expect(Math.abs(changeOf(ours.averageStock, theirs.averageStock))).toBeLessThan(0.02);
  expect(ours.outDays).toBeLessThan(theirs.outDays);
  expect(ours.expiredValue).toBeLessThanOrEqual(theirs.expiredValue);
});

test('who orders nothing runs out, and is out from then on', () => {
  const never = sumOf(playCountry(country, () => () => ({ orders: [], transfers: [] })));
  expect(never.outDays / never.siteDays).toBeGreaterThan(0.9);
  expect(never.ledger.received).toBe(0);
});

test('nothing lies on a shelf behind its expiry date', () => {
  const left: number[] = [];
  const watching = (product: Product): Ordering => {
    const order = byAverageConsumption(product, { maxMonths: 12 });
    return (review) => {
      for (const { lots } of review.shelves) for (const { expiry } of lots) left.push(expiry - review.day);
      return order(review);
    };
  };
  expect(sumOf(playCountry(country, watching)).expiredValue).toBeGreaterThan(0);
  expect(left.every((days) => days >= 0)).toBe(true);
});

test('an order below the minimum and a transfer of what is not there are refused', () => {
  const [product] = country.products;
  const packs = (product?.minimumPacks ?? 1) - 1;
  expect(() => playCountry(country, () => () => ({ orders: [{ shelf: 0, packs }], transfers: [] }))).toThrow();
  const transfers = [{ from: 0, to: 1, lot: 'opening', quantity: 1e9 }];
  expect(() => playCountry(country, () => () => ({ orders: [], transfers }))).toThrow();
});

test('average consumption is that of thirty days, raised by the days without stock, as worked by hand', () => {
  const sold = new Uint32Array(100).fill(2);
  const out = new Uint8Array(100);
  expect(averageConsumption({ sold, out }, 0, 90)).toBe(60);
  // 10 of the last thirty days without stock, 40 units sold in the others: 40 * 30 / 20 = 60
  sold.fill(0, 80, 90);
  out.fill(1, 80, 90);
  expect(averageConsumption({ sold, out }, 0, 90)).toBe(60);
  // a medicine that came fifteen days ago
  const late = new Uint32Array(100).fill(2, 60);
  expect(averageConsumption({ sold: late, out: new Uint8Array(100) }, 60, 75)).toBe(60);
});

test('a month of sales has the days without stock, and those before the medicine came; the present one is left out', () => {
  const sold = new Uint32Array(100).fill(1);
  const out = new Uint8Array(100);
  out.fill(1, 40, 43);
  // from 11 January to 5 March 2023
  expect(monthlySeries({ sold, out }, 10, 63)).toEqual({
    start: '2023-01',
    step: 'month',
    values: [21, 28],
    stockOutDays: [10, 3],
  });
  expect(monthlySeries({ sold, out }, 10, 20)).toEqual({
    start: '2023-01',
    step: 'month',
    values: [10],
    stockOutDays: [21],
  });
});

test('the table and the chart hold each way and seed', () => {
  const rows = proposed.map((outcome, at) => ({ seed: String(at), way: 'darmon', outcome }));
  expect(tableOf(rows).split('\n')).toHaveLength(rows.length + 1);
  expect(chartOf(rows).match(/<rect /g)?.length).toBe(3 * rows.length + 2);
  expect(chartOf(rows)).not.toMatch(/NaN|Infinity/);
});
