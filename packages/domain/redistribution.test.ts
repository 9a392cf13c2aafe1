import fc from 'fast-check';
import { expect, test } from 'vitest';
import { proposeRedistribution, type RedistributionRules, type SiteStock, useElsewhere } from './redistribution.ts';
import { dayAfter, demandFrom, runShelf } from './stock-outlook.ts';

const rules: RedistributionRules = { today: '2026-11-01', transferDays: 3, leastPacks: 1 };
const lot = (expiryDate: string, quantity: number, name = expiryDate.replaceAll('-', '')) => ({
  gtin: '09520000000011',
  lot: name,
  packUnits: 10,
  expiryDate,
  quantity,
});
const year = (units: number): number[] => new Array<number>(12).fill(units);
/** Uses nothing and has much; uses much and has nothing. */
const idle: SiteStock = { site: 'PH-1', forecast: year(0), lots: [lot('2027-06-30', 200)], coming: 0, needed: 0 };
const short: SiteStock = { site: 'PH-2', forecast: year(300), lots: [], coming: 0, needed: 135 };

test('what one site will not use goes to the one that would order, in whole packs', () => {
  expect(proposeRedistribution([idle, short], rules)).toEqual([
    {
      from: 'PH-1',
      to: 'PH-2',
      gtin: '09520000000011',
      lot: '20270630',
      expiryDate: '2027-06-30',
      packs: 14,
      quantity: 140,
      reason: 'would-expire',
    },
  ]);
});

test('the lot that expires first goes first, to the site whose stock ends first', () => {
  const lots = [lot('2027-06-30', 50), lot('2027-02-28', 50)];
  const later: SiteStock = { ...short, site: 'PH-3', lots: [lot('2028-01-31', 40)], needed: 60 };
  const transfers = proposeRedistribution([{ ...idle, lots }, later, { ...short, needed: 70 }], rules);
  expect(transfers.map(({ to, expiryDate, quantity }) => [to, expiryDate, quantity])).toEqual([
    ['PH-2', '2027-02-28', 50],
    ['PH-2', '2027-06-30', 20],
    ['PH-3', '2027-06-30', 30],
  ]);
});

test('no site gets more than it will use before that expires, and nothing that would expire on the way', () => {
  const soon = { ...idle, lots: [lot('2026-11-10', 200)] };
  // 10 a day; it arrives on the fourth and may be used through the tenth
  expect(proposeRedistribution([soon, short], rules)).toMatchObject([{ quantity: 70 }]);
  expect(proposeRedistribution([{ ...idle, lots: [lot('2026-11-03', 200)] }, short], rules)).toEqual([]);
});

test('a site gives what passes its maximum, and keeps what it will use up to it', () => {
  const rich: SiteStock = { ...idle, forecast: year(100), maximum: 150 };
  expect(proposeRedistribution([rich, short], rules)).toMatchObject([{ quantity: 50, reason: 'above-maximum' }]);
  expect(proposeRedistribution([{ ...rich, maximum: 200 }, short], rules)).toEqual([]);
  expect(proposeRedistribution([{ ...rich, coming: 60 }, short], rules)).toMatchObject([{ quantity: 110 }]);
});

test('what would expire on the way is not reckoned among what a site can spare', () => {
  const rich: SiteStock = {
    ...idle,
    forecast: year(300),
    maximum: 170,
    lots: [lot('2026-11-02', 20), lot('2027-06-30', 180)],
  };
  expect(proposeRedistribution([rich, short], rules)).toMatchObject([{ expiryDate: '2027-06-30', quantity: 30 }]);
});

test('other sites would use what they are asked for beside what they have', () => {
  const demand = demandFrom(year(300), '2026-11-01');
  expect(
    useElsewhere(
      [
        { demand, position: 120 },
        { demand, position: 900 },
      ],
      30,
    ),
  ).toBe(180);
  expect(useElsewhere([], 30)).toBe(0);
});

test('fewer packs than are worth the way are not sent', () => {
  expect(proposeRedistribution([idle, { ...short, needed: 30 }], { ...rules, leastPacks: 4 })).toEqual([]);
});

test('alone, or where nobody needs anything, nothing moves', () => {
  expect(proposeRedistribution([idle], rules)).toEqual([]);
  expect(proposeRedistribution([], rules)).toEqual([]);
  expect(proposeRedistribution([idle, { ...short, needed: 0 }], rules)).toEqual([]);
});

const anySites = fc.array(
  fc.record({
    monthly: fc.nat(300),
    needed: fc.nat(400),
    coming: fc.nat(200),
    maximum: fc.option(fc.nat(600), { nil: undefined }),
    lots: fc.array(fc.record({ ahead: fc.integer({ min: -5, max: 400 }), quantity: fc.nat(500) }), { maxLength: 3 }),
  }),
  { maxLength: 6 },
);

test('whatever the sites have, nobody gives what it will use, gets more than it needs, or loses by it', () => {
  fc.assert(
    fc.property(anySites, (drawn) => {
      const sites = drawn.map(
        ({ monthly, lots, maximum, ...rest }, i): SiteStock => ({
          ...rest,
          site: `PH-${i}`,
          forecast: year(monthly),
          lots: lots.map(({ ahead, quantity }, n) => lot(dayAfter(rules.today, ahead), quantity, `L${i}-${n}`)),
          ...(maximum === undefined ? {} : { maximum }),
        }),
      );
      const transfers = proposeRedistribution(sites, rules);
      for (const site of sites) {
        const demand = demandFrom(site.forecast, rules.today);
        const given = transfers.filter(({ from }) => from === site.site);
        const got = transfers.filter(({ to }) => to === site.site);
        // less than a pack more
        expect(got.reduce((sum, one) => sum + one.quantity, 0)).toBeLessThan(site.needed + 10);
        for (const one of transfers) expect(one.quantity).toBe(one.packs * 10);
        const left = site.lots.map((own) => ({
          ...own,
          quantity: own.quantity - given.filter((g) => g.lot === own.lot).reduce((sum, g) => sum + g.quantity, 0),
        }));
        for (const own of left) expect(own.quantity).toBeGreaterThanOrEqual(0);
        const [before, after] = [site.lots, left].map((lots) => runShelf(lots, demand, rules.today).used);
        const kept = site.maximum === undefined || site.needed > 0 ? (before ?? 0) : site.maximum - site.coming;
        expect(after).toBeGreaterThanOrEqual(Math.min(before ?? 0, kept));
        for (const one of got) expect(one.expiryDate > dayAfter(rules.today, rules.transferDays - 1)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
