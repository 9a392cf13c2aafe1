import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareQuotes, inTiyin, OrderAddress, orderablePacks, type Price, priceOn, WantedPrice } from './supplier.ts';

const gtin = '09520000000011';
const today = '2026-11-20';
const price = (about: Partial<Price> = {}): Price => ({
  supplier: 'SU-1',
  gtin,
  medicine: 'AMOX500CAP',
  packUnits: 20,
  brand: 'Amoxil',
  packPrice: 1_000_000,
  currency: 'UZS',
  minPacks: 1,
  multiple: 1,
  leadDays: 7,
  validFrom: '2026-01-01',
  ...about,
});
const offer = (
  id: string,
  about: Partial<Price> = {},
  more: { active?: boolean; lead?: { samples: number; median: number; spread: number } } = {},
) => ({
  supplier: { id, active: more.active ?? true },
  prices: [price({ supplier: id, ...about })],
  lead: more.lead,
});
const told = (quotes: ReturnType<typeof compareQuotes>) => quotes.map((q) => `${q.supplier} ${q.reason}`);

describe('a price', () => {
  test('counts from its first through its last day, and the one that began last comes before the others', () => {
    const prices = [
      price({ validFrom: '2026-01-01', packPrice: 1 }),
      price({ validFrom: '2026-11-20', validUntil: '2026-11-21', packPrice: 2 }),
    ];
    const on = (day: string) => priceOn(prices, gtin, day)?.packPrice;
    expect(['2025-12-31', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'].map(on)).toEqual([
      undefined,
      1,
      2,
      2,
      1,
    ]);
  });

  test('of another currency needs a rate, and never ends before it begins', () => {
    const { supplier: _, medicine: _m, packUnits: _u, brand: _b, ...entry } = price();
    const isRight = (about: object) => WantedPrice.safeParse({ ...entry, ...about }).success;
    expect([
      isRight({}),
      isRight({ currency: 'USD' }),
      isRight({ currency: 'USD', rate: 1_265_000 }),
      isRight({ validUntil: '2025-12-31' }),
      isRight({ leadDays: 0 }),
    ]).toEqual([true, false, true, false, true]);
  });

  test('of another currency is reckoned exactly, halves up', () => {
    expect([inTiyin(100, 1_265_050), inTiyin(1, 1_265_050), inTiyin(1, 150), inTiyin(5, undefined)]).toEqual([
      1_265_050, 12_651, 2, 5,
    ]);
  });
});

test('packs to order reach the need and the minimum, in whole multiples, and are the fewest that do', () => {
  const some = fc.integer({ min: 1, max: 500 });
  fc.assert(
    fc.property(some, some, some, (packs, minPacks, multiple) => {
      const ordered = orderablePacks(packs, { minPacks, multiple });
      expect(ordered % multiple).toBe(0);
      expect(ordered).toBeGreaterThanOrEqual(Math.max(packs, minPacks));
      expect(ordered - multiple).toBeLessThan(Math.max(packs, minPacks));
    }),
  );
  expect(orderablePacks(0, { minPacks: 10, multiple: 5 })).toBe(0);
});

describe('quotes', () => {
  test('choose the cheapest that delivers in time, after its minimum, and say why the others are not it', () => {
    const quotes = compareQuotes(
      [
        offer('CHEAP-LATE', { packPrice: 500_000, leadDays: 30 }),
        offer('DEAR', { packPrice: 1_200_000 }),
        offer('CHEAP-BULK', { packPrice: 800_000, minPacks: 100 }),
        offer('GOOD', { packPrice: 1_000_000 }),
        offer('CLOSED', { packPrice: 1 }, { active: false }),
        offer('ENDED', { validUntil: '2026-11-19' }),
      ],
      { gtin, packs: 10, by: '2026-11-30' },
      today,
    );
    expect(told(quotes)).toEqual([
      'GOOD chosen',
      'DEAR dearer',
      'CHEAP-BULK dearer',
      'CHEAP-LATE late',
      'CLOSED supplier-closed',
      'ENDED no-price',
    ]);
    expect(quotes[2]).toMatchObject({ packs: 100, value: 80_000_000, arrives: '2026-11-27' });
  });

  test('choose the first to arrive where nobody can deliver in time, the same day where the lead time is 0', () => {
    const offers = [offer('SLOW', { packPrice: 1, leadDays: 30 }), offer('SOON', { leadDays: 10 })];
    expect(told(compareQuotes(offers, { gtin, packs: 1, by: today }, today))).toEqual(['SOON chosen', 'SLOW slower']);
    const atOnce = compareQuotes([offer('NOW', { leadDays: 0 }), ...offers], { gtin, packs: 1, by: today }, today);
    expect(atOnce[0]).toMatchObject({ supplier: 'NOW', reason: 'chosen', arrives: today });
  });

  test('go by the days that deliveries took once there are three of them, and by the promise before', () => {
    const arrives = (samples: number) =>
      compareQuotes([offer('A', {}, { lead: { samples, median: 12.5, spread: 2.5 } })], { gtin, packs: 1 }, today)[0];
    expect(arrives(2)).toMatchObject({ leadDays: 7, learned: false });
    expect(arrives(3)).toMatchObject({
      leadDays: 13,
      learned: true,
      samples: 3,
      spreadDays: 2.5,
      arrives: '2026-12-03',
    });
    expect(arrives(2)).not.toHaveProperty('samples');
  });

  test('compare currencies by the rate', () => {
    const offers = [
      offer('SOUM', { packPrice: 1_300_000 }),
      offer('USD', { packPrice: 100, currency: 'USD', rate: 1_265_000 }),
    ];
    expect(told(compareQuotes(offers, { gtin, packs: 4 }, today))).toEqual(['USD chosen', 'SOUM dearer']);
  });

  test('answer the same whatever the order in which they came', () => {
    const offers = ['A', 'B', 'C', 'D'].map((id, i) => offer(id, { packPrice: 100 + (i % 2), leadDays: 5 + (i % 3) }));
    fc.assert(
      fc.property(fc.shuffledSubarray(offers, { minLength: 4 }), (mixed) => {
        const need = { gtin, packs: 3 };
        expect(compareQuotes(mixed, need, today)).toEqual(compareQuotes(offers, need, today));
      }),
    );
  });
});

test('orders go to https only, or to this machine', () => {
  const isRight = (text: string) => OrderAddress.safeParse(text).success;
  expect(['https://example.org/orders', 'http://127.0.0.1:4100/in', 'http://localhost/in'].map(isRight)).toEqual([
    true,
    true,
    true,
  ]);
  expect(
    ['http://example.org', 'https://a:b@example.org/', 'ftp://example.org', 'http://127.0.0.1.example.org/'].map(
      isRight,
    ),
  ).toEqual([false, false, false, false]);
});
