import { expect, test } from 'vitest';
import { choosePack } from './pack-choice.ts';
import type { StockRow } from './stock.ts';
import { compareQuotes, type Offer, type Price } from './supplier.ts';

const today = '2026-11-20';
const [small, large] = ['09520000000011', '09520000000028'];
const packs = [
  { gtin: small, units: 20 },
  { gtin: large, units: 100 },
];
const price = (supplier: string, gtin: string, packPrice: number, about: Partial<Price> = {}): Price => ({
  supplier,
  gtin,
  medicine: 'AMOX500CAP',
  packUnits: gtin === small ? 20 : 100,
  brand: 'Amoxil',
  packPrice,
  currency: 'UZS',
  minPacks: 1,
  multiple: 1,
  leadDays: 7,
  validFrom: '2026-01-01',
  ...about,
});
const offer = (one: Price, lead?: Offer['lead']): Offer => ({
  supplier: { id: one.supplier, active: true },
  prices: [one],
  lead,
});
const market = (...offers: Offer[]) => Map.groupBy(offers, ({ prices: [one] }) => one?.gtin ?? '');
const chosen = (offers: readonly Offer[], need: { units: number; by?: string }, rows: readonly StockRow[] = []) =>
  choosePack({ packs, offers: market(...offers), rows }, need, today);

test('the plan takes whom an order for the same need would take: by price, lead time, minimum and validity', () => {
  const offers = [
    offer(price('CHEAP-LATE', small, 100, { leadDays: 40 })),
    offer(price('BULK', small, 90, { minPacks: 500 })),
    offer(price('ENDED', small, 1, { validUntil: '2026-11-19' })),
    offer(price('GOOD', small, 120)),
  ];
  for (const need of [{ units: 200, by: '2026-12-01' }, { units: 200 }, { units: 20_000 }, { units: 200, by: today }]) {
    const order = compareQuotes(offers, { gtin: small, packs: need.units / 20, by: need.by }, today)[0];
    expect(chosen(offers, need)?.supplier).toBe(order?.supplier);
  }
  expect(chosen(offers, { units: 200, by: '2026-12-01' })).toMatchObject({ supplier: 'GOOD', leadDays: 7 });
  expect(chosen(offers, { units: 200 })).toMatchObject({ supplier: 'CHEAP-LATE', leadDays: 40 });
  expect(chosen(offers, { units: 20_000 })).toMatchObject({ supplier: 'BULK', minimumPacks: 500 });
});

test('of several packs the one whose order for the whole need costs least, also where little is needed', () => {
  const offers = [offer(price('A', small, 30)), offer(price('A', large, 100))];
  // 60 units are three small packs at 90, or a large one at 100
  expect(chosen(offers, { units: 60 })?.gtin).toBe(small);
  expect(chosen(offers, { units: 80 })?.gtin).toBe(large);
  expect(chosen(offers, { units: 0 })?.gtin).toBe(large);
});

test('the lead time is what deliveries took once there are enough of them, and says where it is from', () => {
  const lead = { samples: 5, median: 11.5, spread: 3.2 };
  expect(chosen([offer(price('A', small, 30), lead)], { units: 60 })).toMatchObject({
    leadDays: 12,
    leadSpreadDays: 3.2,
    lead: { of: 'learned', samples: 5 },
  });
  const promised = chosen([offer(price('A', small, 30), { ...lead, samples: 2 })], { units: 60 });
  expect(promised).toMatchObject({ leadDays: 7, lead: { of: 'promised', samples: 0 } });
  expect(promised).not.toHaveProperty('leadSpreadDays');
});

test('where nobody sells it, the pack that came last counts, then any that the formulary knows', () => {
  const row = (gtin: string, expiryDate: string): StockRow => ({
    site: 'PH-1',
    medicine: 'AMOX500CAP',
    gtin,
    lot: expiryDate,
    expiryDate,
    free: 10,
    held: 0,
    state: 'available',
    brand: 'Amoxil',
    packUnits: 100,
    packPrice: 77,
  });
  const rows = [row(small, '2027-01-31'), row(large, '2028-01-31')];
  expect(chosen([], { units: 60 }, rows)).toEqual({ gtin: large, packUnits: 100, packPrice: 77 });
  expect(chosen([], { units: 60 })).toEqual({ gtin: small, packUnits: 20 });
  expect(choosePack({ packs: [], offers: new Map(), rows: [] }, { units: 60 }, today)).toBeUndefined();
});
