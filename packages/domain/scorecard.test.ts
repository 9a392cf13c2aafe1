import { describe, expect, test } from 'vitest';
import { openOrders, type PurchaseOrder, receiveOrder, sendOrder } from './purchase-order.ts';
import { deliveryDays, leadTimes, scorecardOf } from './scorecard.ts';

const gtin = '09520000000011';
const price = {
  supplier: 'SU-1',
  gtin,
  medicine: 'AMOX500CAP',
  packUnits: 20,
  brand: 'Amoxil',
  packPrice: 1_000,
  currency: 'UZS',
  minPacks: 1,
  multiple: 1,
  leadDays: 7,
  validFrom: '2026-01-01',
};
/** Sent on 1 November, due on the 8th: ten packs, and what came of it on which day. */
const order = (
  came: readonly (readonly [day: string, packs: number, faults?: number])[],
  state?: PurchaseOrder['state'],
) => {
  const at = '2026-11-01T07:00:00.000Z';
  const [opened] = openOrders([{ gtin, packs: 10, site: 'PH-1', price }], {
    site: 'WH-1',
    person: 'planner',
    at,
    today: '2026-11-01',
    newId: () => 'O1',
  });
  let now = sendOrder(opened as PurchaseOrder, { person: 'planner', at });
  for (const [day, packs, faults = 0] of came)
    now = receiveOrder(now, { receipt: day, site: 'WH-1', day, units: new Map([[gtin, packs * 20]]), faults }).order;
  return state ? { ...now, state } : now;
};

describe('lead times', () => {
  test('are the median and the spread of the days, which a single delivery does not show', () => {
    expect(leadTimes([])).toBeUndefined();
    expect(leadTimes([5])).toEqual({ samples: 1, median: 5, spread: 0, shortest: 5, longest: 5 });
    // by hand: mean 6, squares 16 + 4 + 0 + 36 = 56... over 3 is 18.67, root 4.32
    expect(leadTimes([2, 12, 6, 4])).toEqual({ samples: 4, median: 5, spread: 4.32, shortest: 2, longest: 12 });
  });

  test('run from sending to each delivery, and what nobody wanted any more teaches nothing', () => {
    const { receipts, ...rest } = order([
      ['2026-11-06', 4],
      ['2026-11-11', 6],
    ]);
    expect(deliveryDays([{ ...rest, receipts }])).toEqual([5, 10]);
    expect(deliveryDays([{ ...rest, receipts: receipts.map((r) => ({ ...r, unwanted: true })) }])).toEqual([]);
  });
});

describe('a scorecard', () => {
  test('counts a line on time where its last pack came by the day asked for', () => {
    const inTime = order([['2026-11-08', 10]]);
    const late = order([
      ['2026-11-07', 9],
      ['2026-11-09', 1],
    ]);
    expect(scorecardOf([inTime, late], '2026-11-20')).toMatchObject({
      orders: 2,
      onTime: { good: 1, of: 2 },
      inFull: { good: 2, of: 2 },
      withoutFault: { good: 3, of: 3 },
      leadTimes: { samples: 3, median: 7 },
    });
  });

  test('judges what is missing once it is overdue or closed, and not before', () => {
    const missing = order([['2026-11-05', 4, 2]]);
    expect(scorecardOf([missing], '2026-11-08').inFull).toEqual({ good: 0, of: 0 });
    expect(scorecardOf([missing], '2026-11-09')).toMatchObject({
      onTime: { good: 0, of: 1 },
      inFull: { good: 0, of: 1 },
      withoutFault: { good: 0, of: 1 },
    });
    expect(scorecardOf([{ ...missing, state: 'closed' }], '2026-11-05').inFull).toEqual({ good: 0, of: 1 });
    expect(scorecardOf([order([], 'cancelled')], '2026-12-20')).toMatchObject({
      orders: 0,
      inFull: { good: 0, of: 0 },
    });
  });
});
