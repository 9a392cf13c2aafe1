import { Supplier, WantedPrice } from '@darmon/domain/supplier';
import { expect, test } from 'vitest';
import { makeCountry } from './country.ts';
import { suppliersFor } from './suppliers.ts';

const { stock, openingDay } = makeCountry(1, '2026-11-20');
const suppliers = suppliersFor(stock, openingDay);

test('the demo has suppliers and prices that could be entered, and every pack of its stock can be ordered', () => {
  for (const { supplier, prices } of suppliers) {
    expect(Supplier.safeParse({ ...supplier, version: 1 }).success).toBe(true);
    for (const price of prices) expect(WantedPrice.safeParse(price).error).toBeUndefined();
  }
  const sold = new Set(suppliers.flatMap(({ prices }) => prices.map((p) => p.gtin)));
  expect(stock.flatMap(({ lots }) => lots).filter(({ gtin }) => !sold.has(gtin))).toEqual([]);
});

test('some packs are sold by several, in more than one currency, and one supplier has closed', () => {
  const of = (gtin: string) => suppliers.filter(({ prices }) => prices.some((p) => p.gtin === gtin)).length;
  const gtins = new Set(stock.flatMap(({ lots }) => lots.map((l) => l.gtin)));
  expect(Math.max(...[...gtins].map(of))).toBe(3);
  expect(new Set(suppliers.flatMap(({ prices }) => prices.map((p) => p.currency)))).toEqual(new Set(['UZS', 'USD']));
  expect(suppliers.filter(({ supplier }) => !supplier.active).length).toBe(1);
});
