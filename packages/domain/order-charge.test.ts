import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chargeOf, heldBy, requireWithinApproval, spentOf, undelivered } from './order-charge.ts';
import { Refusal } from './refusal.ts';

type Share = { readonly id?: string; readonly packs: number };
const orderOf = (shares: readonly Share[], packs: number, packPrice: number, receivedUnits = 0, more: object = {}) => ({
  currency: 'UZS',
  state: 'sent' as const,
  lines: [
    {
      line: 1,
      gtin: '09520000000011',
      medicine: 'AMOX500CAP',
      brand: 'Brand',
      packUnits: 20,
      packs,
      packPrice,
      receivedUnits,
      requisitions: shares.map(({ id, packs: of }) => ({ site: 'PH-1', packs: of, ...(id && { id, line: 1 }) })),
    },
  ],
  ...more,
});

describe('what an order costs a requisition', () => {
  test('is its packs, and its part of what minimum and multiple add', () => {
    const shares = [{ id: 'A', packs: 3 }, { id: 'B', packs: 1 }, { packs: 4 }];
    const order = orderOf(shares, 12, 100);
    expect([chargeOf(order, 'A'), chargeOf(order, 'B'), chargeOf(order, 'C')]).toEqual([450, 150, 0]);
  });

  test('is in tiyin by the rate of the order, whatever its currency', () => {
    const order = orderOf([{ id: 'A', packs: 2 }], 2, 300, 0, { currency: 'USD', rate: 1_265_000 });
    expect(chargeOf(order, 'A')).toBe(7_590_000);
  });

  test('is spent by what came: first what was asked for, then what was added', () => {
    const shares = [
      { id: 'A', packs: 3 },
      { id: 'B', packs: 1 },
    ];
    const spent = (packs: number) => ['A', 'B'].map((id) => spentOf(orderOf(shares, 8, 100, packs * 20), id));
    expect([0, 2, 3, 4, 6, 8, 20].map(spent)).toEqual([
      [0, 0],
      [200, 0],
      [300, 0],
      [300, 100],
      [450, 150],
      [600, 200],
      [600, 200],
    ]);
  });

  test('never adds up to another sum than the order, is spent whole where all came, and never more', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 }),
        fc.nat(60),
        fc.nat(1_000_003),
        fc.nat(400),
        (asked, added, price, came) => {
          const shares = asked.map((packs, i) => ({ id: `R${i}`, packs }));
          const packs = asked.reduce((a, b) => a + b, 0) + added;
          const ids = shares.map(({ id }) => id);
          const sum = (of: typeof chargeOf, order: ReturnType<typeof orderOf>) =>
            ids.reduce((total, id) => total + of(order, id), 0);
          const order = orderOf(shares, packs, price, came * 20);
          expect(sum(chargeOf, order)).toBe(packs * price);
          for (const id of ids) expect(spentOf(order, id)).toBeLessThanOrEqual(chargeOf(order, id));
          const whole = orderOf(shares, packs, price, packs * 20);
          expect(sum(spentOf, whole)).toBe(packs * price);
        },
      ),
    );
  });
});

test('what was asked for and never came is told by line, whatever was added', () => {
  const shares = [
    { id: 'A', packs: 3 },
    { id: 'B', packs: 2 },
  ];
  const left = (units: number) => ['A', 'B'].map((id) => undelivered(orderOf(shares, 8, 100, units), id).get(1) ?? 0);
  expect([0, 30, 60, 99, 160].map(left)).toEqual([
    [3, 2],
    [2, 2],
    [0, 2],
    [0, 1],
    [0, 0],
  ]);
});

test('an order that goes on holds what it costs, one that has ended what came of it', () => {
  const shares = [{ id: 'A', packs: 4 }];
  const ended = orderOf(shares, 4, 100, 20, { state: 'cancelled' });
  expect(heldBy([orderOf(shares, 4, 100, 20), ended], 'A')).toBe(500);
});

describe('an approval', () => {
  const codeOf = (value: number, percent: number): unknown => {
    try {
      requireWithinApproval({ approved: 1_000, value, requisition: 'A' }, percent, '/requisitions/0');
      return 'not refused';
    } catch (error) {
      return error instanceof Refusal ? { code: error.code, ...error.facts } : error;
    }
  };

  test('lets an order cost so many percent more, to the tiyin, and tells both figures beyond', () => {
    expect([codeOf(1_050, 5), codeOf(900, 5), codeOf(1_000, 0)]).toEqual(Array(3).fill('not refused'));
    const refused = { code: 'order-over-approval', requisition: 'A', approved: 1_000, percent: 5 };
    expect(codeOf(1_051, 5)).toEqual({ ...refused, cost: 1_051 });
    expect(codeOf(1_001, 0)).toEqual({ ...refused, cost: 1_001, percent: 0 });
  });
});
