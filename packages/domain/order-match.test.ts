import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchOrder, requireInvoice } from './order-match.ts';
import { cancelOrder, openOrders, type PurchaseOrder, receiveOrder } from './purchase-order.ts';
import { Refusal } from './refusal.ts';

const [amox, para, other] = ['09520000000011', '09520000000042', '09520000000097'] as const;
const opened = (packs = 10): PurchaseOrder => {
  const price = (gtin: string, packPrice: number) => ({
    supplier: 'SU-1',
    gtin,
    medicine: 'AMOX500CAP',
    packUnits: 20,
    brand: 'Amoxil',
    packPrice,
    currency: 'UZS',
    minPacks: 1,
    multiple: 1,
    leadDays: 7,
    validFrom: '2026-01-01',
  });
  const [order] = openOrders(
    [
      { gtin: amox, packs, site: 'PH-1', price: price(amox, 1_000) },
      { gtin: para, packs: 5, site: 'PH-1', price: price(para, 300) },
    ],
    { site: 'WH-1', person: 'planner', at: '2026-11-20T07:00:00.000Z', today: '2026-11-20', newId: () => 'O1' },
  );
  return order as PurchaseOrder;
};
const receive = (order: PurchaseOrder, units: Record<string, number>) =>
  receiveOrder(order, {
    receipt: 'R',
    site: 'WH-1',
    day: '2026-11-27',
    units: new Map(Object.entries(units)),
    faults: 0,
  }).order;
const invoice = (lines: Record<string, readonly [packs: number, packPrice: number]>) => ({
  lines: Object.entries(lines).map(([gtin, [packs, packPrice]]) => ({ gtin, packs, packPrice })),
});
const differs = (...of: Parameters<typeof matchOrder>) =>
  matchOrder(...of).differences.map(({ kind, gtin, units, amount }) => [kind, gtin, units, amount]);

describe('three papers', () => {
  test('agree where all that was ordered came and is invoiced at the agreed price', () => {
    const whole = receive(opened(), { [amox]: 200, [para]: 100 });
    const match = matchOrder(whole, [invoice({ [amox]: [10, 1_000], [para]: [5, 300] })]);
    expect(match).toMatchObject({
      agrees: true,
      differences: [],
      ordered: 11_500,
      received: 11_500,
      invoiced: 11_500,
      payable: 11_500,
    });
    expect(matchOrder(whole, [])).toMatchObject({ agrees: false, differences: [], payable: 0 });
  });

  test('name what is short, over, not ordered and dearer, each with its units and amount', () => {
    const order = receive({ ...opened(), state: 'sent' }, { [amox]: 220, [other]: 6 });
    const closed: PurchaseOrder = { ...order, state: 'closed' };
    expect(differs(closed, [invoice({ [amox]: [11, 1_100] })])).toEqual([
      ['over', amox, 20, 1_000],
      ['price', amox, 220, 1_100],
      ['short', para, 100, -1_500],
      ['not-ordered', other, 6, 0],
      ['received-not-invoiced', other, 6, 0],
    ]);
  });

  test('name what is invoiced and did not come, and the other way round', () => {
    const order = receive(opened(), { [amox]: 100, [para]: 100 });
    expect(differs(order, [invoice({ [amox]: [8, 1_000], [para]: [4, 300] })])).toEqual([
      ['invoiced-not-received', amox, 60, 3_000],
      ['received-not-invoiced', para, 20, -300],
    ]);
  });

  test('owe nothing for what came after a cancellation until somebody decides', () => {
    const cancelled = cancelOrder(opened(), { person: 'planner', at: '2026-11-21T07:00:00.000Z', reason: 'too dear' });
    const match = matchOrder(receive(cancelled, { [amox]: 200 }), [invoice({ [amox]: [10, 1_000] })]);
    expect(match.payable).toBe(0);
    expect(match.differences.map((d) => d.kind)).toEqual(['over']);
  });
});

test('no more is payable than came, was ordered, or is invoiced, at no price above the agreed one', () => {
  const packs = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(
      packs,
      fc.integer({ min: 0, max: 900 }),
      fc.array(fc.tuple(packs, fc.integer({ min: 0, max: 3_000 })), { maxLength: 3 }),
      (ordered, units, asked) => {
        const order = receive(opened(ordered), { [amox]: units });
        const invoices = asked.map(([p, packPrice]) => invoice({ [amox]: [p, packPrice] }));
        const { payable, invoiced } = matchOrder(order, invoices);
        expect(payable).toBeLessThanOrEqual(invoiced + asked.length);
        expect(payable).toBeLessThanOrEqual((Math.min(units, ordered * 20) * 1_000) / 20 + asked.length);
        expect(payable).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});

test('an invoice in another currency, or with a pack twice, is refused', () => {
  const line = { gtin: amox, packs: 1, packPrice: 1 };
  const codeOf = (currency: string, lines: readonly (typeof line)[], before = 0) => {
    try {
      return requireInvoice(opened(), { currency, lines }, before);
    } catch (error) {
      return error instanceof Refusal ? error.code : error;
    }
  };
  expect([
    codeOf('UZS', [line]),
    codeOf('USD', [line]),
    codeOf('UZS', [line, line]),
    codeOf('UZS', [line], 50),
  ]).toEqual([1, 'currency-mismatch', 'invoice-line-repeated', 'too-many-invoices']);
});
