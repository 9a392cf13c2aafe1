import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type InvoiceState,
  type InvoiceStep,
  matchOrder,
  newInvoice,
  requireInvoice,
  stepInvoice,
} from './order-match.ts';
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
const invoice = (
  lines: Record<string, readonly [packs: number, packPrice: number]>,
  state: InvoiceState = 'entered',
) => ({
  state,
  value: Object.values(lines).reduce((sum, [packs, packPrice]) => sum + packs * packPrice, 0),
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

  test('count an invoice that was corrected or cancelled as if it were not there, and a paid one as paid', () => {
    const whole = receive(opened(), { [amox]: 200, [para]: 100 });
    const lines = { [amox]: [10, 1_000], [para]: [5, 300] } as const;
    const match = matchOrder(whole, [
      invoice(lines, 'corrected'),
      invoice(lines, 'cancelled'),
      invoice({ [amox]: [10, 1_000] }, 'paid'),
      invoice({ [para]: [5, 300] }),
    ]);
    expect(match).toMatchObject({ agrees: true, invoiced: 11_500, payable: 11_500, paid: 10_000 });
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

describe('an invoice', () => {
  const at = '2026-11-27T07:00:00.000Z';
  const entered = newInvoice(
    { number: 'F-1', date: '2026-11-27', currency: 'UZS', lines: [{ gtin: amox, packs: 1, packPrice: 7 }] },
    { id: 'I1', value: 7 },
    { person: 'planner', at },
  );
  const step = (of: typeof entered, name: InvoiceStep['step'], more = {}) =>
    stepInvoice(of, { step: name, person: 'planner', at, reason: 'as the test asks' }, more);
  const codeOf = (run: () => unknown) => {
    try {
      run();
      return 'not refused';
    } catch (error) {
      return error instanceof Refusal ? error.code : error;
    }
  };

  test('that is paid is neither corrected nor cancelled nor paid again until the payment is taken back', () => {
    const paid = step(entered, 'pay', { paidOn: '2026-11-27' });
    expect([paid.state, paid.version, paid.paidOn]).toEqual(['paid', 2, '2026-11-27']);
    for (const name of ['correct', 'cancel', 'pay'] as const)
      expect(codeOf(() => step(paid, name))).toBe('invoice-paid');
    const back = step(paid, 'reverse-payment');
    expect([back.state, back.version]).toEqual(['entered', 3]);
    expect(back).not.toHaveProperty('paidOn');
    expect(step(back, 'cancel').state).toBe('cancelled');
    expect(back.steps.map((s) => s.step)).toEqual(['enter', 'pay', 'reverse-payment']);
    expect(codeOf(() => step(entered, 'reverse-payment'))).toBe('document-closed');
  });

  test('that was corrected or cancelled is over', () => {
    for (const over of [step(entered, 'correct', { correctedBy: 'I2' }), step(entered, 'cancel')])
      for (const name of ['correct', 'cancel', 'pay', 'reverse-payment'] as const)
        expect(codeOf(() => step(over, name))).toBe('invoice-ended');
  });
});
