import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  acknowledgeOrder,
  type Came,
  cancelOrder,
  closeOrder,
  openLinesFor,
  openOrders,
  type Priced,
  type PurchaseOrder,
  receiveOrder,
  sendOrder,
  sitesOf,
  uncountReceipt,
} from './purchase-order.ts';
import { Refusal } from './refusal.ts';
import type { Price } from './supplier.ts';

const [amox, para] = ['09520000000011', '09520000000042'];
const price = (about: Partial<Price> = {}): Price => ({
  supplier: 'SU-1',
  gtin: amox,
  medicine: 'AMOX500CAP',
  packUnits: 20,
  brand: 'Amoxil',
  packPrice: 1_000,
  currency: 'UZS',
  minPacks: 1,
  multiple: 1,
  leadDays: 7,
  validFrom: '2026-01-01',
  ...about,
});
const demand = (site: string, packs: number, about: Partial<Price> = {}, id?: string): Priced => {
  const of = price(about);
  return { gtin: of.gtin, packs, site, price: of, ...(id !== undefined && { requisition: { id, line: 1 } }) };
};
const at = '2026-11-20T07:00:00.000Z';
const by = { person: 'planner', at };
const opened = (demands: readonly Priced[], due?: string) => {
  let n = 0;
  return openOrders(demands, { site: 'WH-1', person: 'planner', at, today: '2026-11-20', due, newId: () => `O${++n}` });
};
const one = (demands: readonly Priced[]): PurchaseOrder => opened(demands)[0] as PurchaseOrder;
const came = (units: Record<string, number>, receipt = 'R1', day = '2026-11-27'): Came => ({
  receipt,
  site: 'WH-1',
  day,
  units: new Map(Object.entries(units)),
  faults: 0,
});
const codeOf = (run: () => unknown): unknown => {
  try {
    return run() && 'not refused';
  } catch (error) {
    return error instanceof Refusal ? error.code : error;
  }
};

describe('opening', () => {
  test('makes one order for each supplier and currency, with one line for each pack whoever asked for it', () => {
    const orders = opened([
      demand('PH-1', 3, {}, 'Q1'),
      demand('PH-2', 4, {}, 'Q2'),
      demand('PH-1', 2, { gtin: para, packPrice: 500 }, 'Q1'),
      demand('PH-1', 1, { supplier: 'SU-2', leadDays: 0 }, 'Q1'),
      demand('PH-1', 1, { supplier: 'SU-2', currency: 'USD', rate: 1_265_000, packPrice: 250 }, 'Q1'),
    ]);
    expect(
      orders.map(({ supplier, currency, value, due, lines }) => [supplier, currency, value, due, lines.length]),
    ).toEqual([
      ['SU-1', 'UZS', 8_000, '2026-11-27', 2],
      ['SU-2', 'USD', 250, '2026-11-27', 1],
      ['SU-2', 'UZS', 1_000, '2026-11-20', 1],
    ]);
    expect(orders[1]).toMatchObject({ rate: 1_265_000, valueTiyin: 3_162_500 });
    expect(orders[0]?.lines[0]).toMatchObject({
      packs: 7,
      requisitions: [
        { site: 'PH-1', packs: 3, id: 'Q1', line: 1 },
        { site: 'PH-2', packs: 4, id: 'Q2', line: 1 },
      ],
    });
    expect(sitesOf(orders[0] as PurchaseOrder)).toEqual(['PH-1', 'PH-2', 'WH-1']);
  });

  test('meets minimum and multiple once for all sites, and what that adds is for the place of delivery', () => {
    const order = one([
      demand('PH-1', 3, { minPacks: 10, multiple: 4 }),
      demand('PH-2', 4, { minPacks: 10, multiple: 4 }),
    ]);
    expect(order.lines[0]?.packs).toBe(12);
    const waits = (site: string) => openLinesFor(order, site).map((l) => l.quantity);
    expect([waits('PH-1'), waits('PH-2'), waits('WH-1'), waits('PH-9')]).toEqual([[60], [80], [100], []]);
  });

  test('refuses more sites than one order is for', () => {
    const many = Array.from({ length: 30 }, (_, i) => demand(`PH-${i}`, 1));
    expect(codeOf(() => one(many))).toBe('order-too-large');
  });
});

describe('steps', () => {
  const order = one([demand('PH-1', 3), demand('PH-1', 2, { gtin: para })]);

  test('go from open over sent and acknowledged to received and closed, and every one raises the version', () => {
    const sent = sendOrder(order, by);
    const acknowledged = acknowledgeOrder(sent, { ...by, number: 'S-1', due: '2026-12-01' });
    const { order: part } = receiveOrder(acknowledged, came({ [amox]: 60 }));
    const { order: whole } = receiveOrder(part, came({ [para]: 40 }, 'R2'));
    const closed = closeOrder(whole, by);
    const steps = [order, sent, acknowledged, part, whole, closed];
    expect(steps.map((s) => `${s.state} ${s.version}`)).toEqual([
      'open 1',
      'sent 2',
      'acknowledged 3',
      'partly-received 4',
      'received 5',
      'closed 6',
    ]);
    expect(openLinesFor(acknowledged, 'PH-1')[0]?.due).toBe('2026-12-01');
    expect([codeOf(() => sendOrder(closed, by)), codeOf(() => closeOrder(closed, by))]).toEqual([
      'order-ended',
      'order-ended',
    ]);
  });

  test('a cancelled order waits for nothing; of one of which something came the rest is cancelled, and it is closed', () => {
    const cancelled = cancelOrder(sendOrder(order, by), { ...by, reason: 'too dear' });
    expect([cancelled.state, openLinesFor(cancelled, 'PH-1')]).toEqual(['cancelled', []]);
    const { order: begun } = receiveOrder(order, came({ [amox]: 20 }));
    const rest = cancelOrder(begun, { ...by, reason: 'late' });
    expect([rest.state, rest.ended?.reason, openLinesFor(rest, 'PH-1')]).toEqual(['closed', 'late', []]);
    expect(codeOf(() => cancelOrder(rest, { ...by, reason: 'late' }))).toBe('order-ended');
    expect(codeOf(() => closeOrder(begun, by))).toBe('reason-missing');
    expect(closeOrder(begun, { ...by, reason: 'out of production' }).state).toBe('closed');
    expect(codeOf(() => acknowledgeOrder(order, by))).toBe('order-not-sent');
  });

  test('what comes after a cancellation is counted, told as not ordered, and asks for attention', () => {
    const cancelled = cancelOrder(order, { ...by, reason: 'too dear' });
    const { order: after, unasked } = receiveOrder(cancelled, came({ [amox]: 60 }));
    expect(after).toMatchObject({ state: 'cancelled', attention: 'came-after-end' });
    expect(after.receipts[0]).toMatchObject({ id: 'R1', unwanted: true, units: [{ line: 1, units: 60 }] });
    expect(unasked).toEqual([{ kind: 'not-ordered', gtin: amox, expected: 0, received: 60 }]);
  });

  test('more than was open and packs that nobody ordered are told, and still counted', () => {
    const { order: after, unasked } = receiveOrder(order, came({ [amox]: 70, '09520000000099': 5 }));
    expect(unasked).toEqual([
      { kind: 'over', gtin: amox, expected: 60, received: 70 },
      { kind: 'not-ordered', gtin: '09520000000099', expected: 0, received: 5 },
    ]);
    expect(after.receipts[0]?.others).toEqual([{ gtin: '09520000000099', units: 5 }]);
    expect(after.state).toBe('partly-received');
  });
});

describe('a receipt taken back', () => {
  const order = one([demand('PH-1', 3), demand('PH-1', 2, { gtin: para })]);

  test('leaves the order as if so much had never come', () => {
    const sent = sendOrder(order, by);
    const { order: after } = receiveOrder(sent, came({ [amox]: 60, '09520000000099': 5 }));
    const less = uncountReceipt(after, { receipt: 'R1', gtin: amox, units: 20 });
    expect([less.lines[0]?.receivedUnits, less.receipts[0]?.units]).toEqual([40, [{ line: 1, units: 40 }]]);
    const none = uncountReceipt(less, { receipt: 'R1', gtin: amox, units: 40 });
    expect({ ...none, version: 0, receipts: [] }).toEqual({ ...sent, version: 0 });
    expect(uncountReceipt(none, { receipt: 'R1', gtin: '09520000000099', units: 5 }).receipts[0]?.others).toEqual([]);
  });

  test('takes no more from the order than that receipt had counted, and nothing where it counted none', () => {
    const { order: after } = receiveOrder(order, came({ [amox]: 20 }));
    expect(uncountReceipt(after, { receipt: 'R1', gtin: amox, units: 50 }).lines[0]?.receivedUnits).toBe(0);
    expect(uncountReceipt(after, { receipt: 'R2', gtin: amox, units: 20 })).toBe(after);
  });

  test('does not open an order again that has ended', () => {
    const { order: begun } = receiveOrder(order, came({ [amox]: 20 }));
    const closed = cancelOrder(begun, { ...by, reason: 'late' });
    expect(uncountReceipt(closed, { receipt: 'R1', gtin: amox, units: 20 }).state).toBe('closed');
  });
});

test('all sites together wait for exactly what is open, whatever came and however it was shared', () => {
  const sites = ['PH-1', 'PH-2', 'WH-1'];
  const someDemand = fc.tuple(fc.constantFrom(...sites), fc.integer({ min: 1, max: 30 }));
  fc.assert(
    fc.property(
      fc.array(someDemand, { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 5 }),
      fc.integer({ min: 1, max: 20 }),
      (wanted, deliveries, multiple) => {
        let order = one(wanted.map(([site, packs]) => demand(site, packs, { multiple })));
        deliveries.forEach((units, i) => {
          order = receiveOrder(order, came({ [amox]: units }, `R${i}`)).order;
        });
        const [line] = order.lines;
        const open = Math.max(0, (line?.packs ?? 0) * 20 - (line?.receivedUnits ?? 0));
        const waited = sites.flatMap((s) => openLinesFor(order, s)).reduce((sum, l) => sum + l.quantity, 0);
        expect(waited).toBe(open);
        expect(line?.receivedUnits).toBe(deliveries.reduce((sum, u) => sum + u, 0));
        expect(order.state === 'received').toBe(open === 0);
      },
    ),
  );
});
