import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayAfter, daysOfStock, daysThrough, demandFrom, runShelf } from './stock-outlook.ts';

const today = '2026-11-21';

test('the days that are left of a month bring their share of it, and later months are read from the calendar', () => {
  const demand = demandFrom([300, 310, 62], today);
  expect(demand(0)).toBe(0);
  expect(demand(1)).toBeCloseTo(10);
  expect(demand(10)).toBeCloseTo(100);
  expect(demand(41)).toBeCloseTo(410);
  expect(demand(41 + 15)).toBeCloseTo(440);
});

test('behind the end of a forecast each month brings the mean of its last twelve', () => {
  const demand = demandFrom([300, ...new Array<number>(11).fill(100)], '2026-01-01');
  expect(demand(365)).toBeCloseTo(1400);
  expect(demand(365 + 31)).toBeCloseTo(1400 + 1400 / 12);
  expect(demandFrom([], today)(1000)).toBe(0);
});

test('the lot that expires first is used first, and what cannot be used by then will expire', () => {
  const demand = demandFrom(new Array<number>(12).fill(30), '2026-11-01');
  const outlook = runShelf(
    [
      { expiryDate: '2027-10-31', quantity: 50 },
      { expiryDate: '2026-11-30', quantity: 40 },
      { expiryDate: '2026-10-31', quantity: 7 },
    ],
    demand,
    '2026-11-01',
  );
  expect(outlook.lots.map(({ used, expires }) => [used, expires])).toEqual([
    [0, 7],
    [30, 10],
    [50, 0],
  ]);
  expect([outlook.used, outlook.expires]).toEqual([80, 17]);
});

test('units last for the whole days whose demand they meet', () => {
  const demand = demandFrom(new Array<number>(12).fill(30), '2026-11-01');
  expect(daysOfStock(30, demand)).toBe(30);
  expect(daysOfStock(29, demand)).toBe(29);
  expect(daysOfStock(0, demand)).toBe(0);
  expect(daysOfStock(5, demandFrom([], today))).toBeNull();
});

test('days are counted with the last one, over months and leap years', () => {
  expect(daysThrough(today, today)).toBe(1);
  expect(daysThrough('2026-11-20', today)).toBe(0);
  expect(daysThrough('2028-03-01', '2028-02-28')).toBe(3);
  expect(dayAfter('2028-02-28', 2)).toBe('2028-03-01');
});

test('what is used and what expires is what was there, whatever lies on the shelf, as day by day', () => {
  const lot = fc.record({ ahead: fc.integer({ min: -20, max: 200 }), quantity: fc.nat(300) });
  const forecast = fc.array(fc.nat(400), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(lot, { maxLength: 6 }), forecast, (shelf, months) => {
      const lots = shelf.map(({ ahead, quantity }) => ({ expiryDate: dayAfter(today, ahead), quantity }));
      const demand = demandFrom(months, today);
      const outlook = runShelf(lots, demand, today);
      expect(outlook.used + outlook.expires).toBe(lots.reduce((sum, one) => sum + one.quantity, 0));
      for (const one of outlook.lots) expect(one.used + one.expires).toBe(one.lot.quantity);
      // the same by walking through the days, each of which takes what it asks for
      const left = [...lots].sort((a, b) => (a.expiryDate < b.expiryDate ? -1 : 1)).map((one) => ({ ...one }));
      let walked = 0;
      for (let day = 0; day < 202; day += 1) {
        let asks = Math.floor(demand(day + 1) + 1e-6) - Math.floor(demand(day) + 1e-6);
        for (const one of left) {
          if (daysThrough(one.expiryDate, dayAfter(today, day)) <= 0) continue;
          const takes = Math.min(asks, one.quantity);
          one.quantity -= takes;
          asks -= takes;
          walked += takes;
        }
      }
      expect(outlook.used).toBe(walked);
    }),
  );
});
