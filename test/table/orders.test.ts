/** Suppliers and orders on the real engine: what is ordered once, what came of it, what three papers say, who may see it. */
import { sumsOf } from '@darmon/domain/requisition';
import { deliveryDays } from '@darmon/domain/scorecard';
import { listDiscrepancies } from '@darmon/usecases/deliveries';
import { listMovements } from '@darmon/usecases/inventory';
import { cancelInvoice, correctInvoice, enterInvoice, payInvoice, reversePayment } from '@darmon/usecases/invoices';
import {
  acknowledgeOrder,
  cancelOrder,
  closeOrder,
  listOrders,
  listOrdersFor,
  type OpenOrdersInput,
  openOrders,
  readOrder,
  sendOrder,
} from '@darmon/usecases/orders';
import { receiveShipment } from '@darmon/usecases/receiving';
import { compareForPack, readScorecard, readSupplier, savePrices, saveSupplier } from '@darmon/usecases/suppliers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disturb, type Fault } from '../support/faults.ts';
import { gtins, type House, makeHouse, refused, start, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';
import { takeBack } from '../support/reversal.ts';

let house: House;
const dayMs = 86_400_000;
const planner = () => house.actor('planner');

const supplier = (id: string, about: object = {}) => ({
  id,
  name: `Supplier ${id}`,
  country: 'UZ',
  active: true,
  ...about,
});
const price = (gtin: string, packPrice: number, about: object = {}) => ({
  gtin,
  packPrice,
  currency: 'UZS',
  leadDays: 7,
  validFrom: '2026-01-01',
  ...about,
});
const save = (id: string, about: object = {}, was?: number) =>
  saveSupplier(house.deps, planner(), supplier(id, about), was, house.once('planner'));
const offer = (id: string, ...prices: ReturnType<typeof price>[]) =>
  savePrices(house.deps, planner(), { supplier: id, prices }, house.once('planner'));
const open = (input: Partial<OpenOrdersInput>, once = house.once('planner')) =>
  openOrders(house.deps, planner(), { site: 'WH-1', ...input }, once);
const opened = async (packs = 5, gtin = gtins.amoxicillin): Promise<string> =>
  (await open({ lines: [{ gtin, packs }] })).body.orders[0]?.id ?? '';
const read = (id: string) => readOrder(house.deps, planner(), id);
const send = (id: string) => sendOrder(house.deps, planner(), { id }, house.once('planner'));
let lots = 0;
const receive = (order: string, lines: readonly { gtin: string; packs: number }[], by = 'warehouse') =>
  receiveShipment(
    house.deps,
    house.actor(by, 'own'),
    {
      site: house.actor(by, 'own').site,
      order,
      lines: lines.map((l) => ({ ...l, lot: `O${++lots}`, expiryDate: '2028-06-30' })),
    },
    house.once(by),
  );

beforeAll(async () => {
  house = await makeHouse('orders');
  await save('SU-1');
  await save('SU-2');
  await offer('SU-1', price(gtins.amoxicillin, 1_000), price(gtins.paracetamol, 500));
  await offer(
    'SU-2',
    price(gtins.amoxicillin, 1_200, { leadDays: 2 }),
    price(gtins.statin, 300, { currency: 'USD', rate: 1_265_000 }),
  );
});
afterAll(() => house.stop());

describe('suppliers', () => {
  test('are saved by version, and a price of the same day takes the place of the one before', async () => {
    await save('SU-9');
    expect(await refused(save('SU-9'))).toBe('document-known');
    expect((await save('SU-9', { name: 'Changed' }, 1)).body.version).toBe(2);
    expect(await refused(save('SU-9', {}, 1))).toBe('version-changed');
    await offer('SU-9', price(gtins.syrup, 100), price(gtins.syrup, 90, { validFrom: '2026-06-01' }));
    await offer('SU-9', price(gtins.syrup, 80));
    const { prices } = await readSupplier(house.deps, 'SU-9');
    expect(prices.map((p) => [p.validFrom, p.packPrice, p.packUnits])).toEqual([
      ['2026-01-01', 80, 100],
      ['2026-06-01', 90, 100],
    ]);
    expect(await refused(offer('SU-9', price('09520000000998', 1)))).toBe('gtin-unknown');
    expect(await refused(offer('SU-9', price(gtins.syrup, 1), price(gtins.syrup, 2)))).toBe('price-repeated');
    expect(await refused(offer('SU-404', price(gtins.syrup, 1)))).toBe('not-found');
  });

  test('are compared for a need: the cheapest, unless only another delivers in time', async () => {
    const of = async (by?: string) =>
      (await compareForPack(house.deps, { gtin: gtins.amoxicillin, packs: 10, by })).items.map((q) => [
        q.supplier,
        q.reason,
      ]);
    expect(await of()).toEqual([
      ['SU-1', 'chosen'],
      ['SU-2', 'dearer'],
    ]);
    expect(await of('2026-11-23')).toEqual([
      ['SU-2', 'chosen'],
      ['SU-1', 'late'],
    ]);
  });
});

describe('opening', () => {
  test('makes one order for each supplier and currency, for all sites that asked', async () => {
    const { body } = await open({
      lines: [
        { gtin: gtins.amoxicillin, packs: 3, site: 'PH-1' },
        { gtin: gtins.amoxicillin, packs: 4, site: 'PH-2' },
        { gtin: gtins.statin, packs: 2, site: 'PH-1' },
      ],
    });
    expect(body.orders.map((o) => [o.supplier, o.currency, o.value, o.due])).toEqual([
      ['SU-1', 'UZS', 7_000, '2026-11-27'],
      ['SU-2', 'USD', 600, '2026-11-27'],
    ]);
    const [soum] = body.orders;
    const waits = async (site: string) =>
      (await house.table.listOpenOrderLines(site)).filter((l) => l.gtin === gtins.amoxicillin).map((l) => l.quantity);
    expect([await waits('PH-1'), await waits('PH-2')]).toEqual([[60], [80]]);
    expect((await listOrdersFor(house.deps, 'PH-2')).items.map((o) => o.id)).toContain(soum?.id);
    await expect(readOrder(house.deps, house.actor('pharmacist2', 'own'), soum?.id ?? '')).resolves.toMatchObject({
      supplier: 'SU-1',
    });
    expect(await refused(readOrder(house.deps, house.actor('warehouse3', 'own'), soum?.id ?? ''))).toBe('not-found');
  });

  test('takes the supplier that a person chose, and says clearly where nobody has a price', async () => {
    const lines = [{ gtin: gtins.amoxicillin, packs: 1 }];
    const choose = (id: string) => [{ gtin: gtins.amoxicillin, supplier: id }];
    expect((await open({ lines, choose: choose('SU-2') })).body.orders[0]?.supplier).toBe('SU-2');
    expect(await refused(open({ lines, choose: choose('SU-404') }))).toBe('supplier-unknown');
    expect(await refused(open({ lines: [{ gtin: gtins.tramadol, packs: 1 }] }))).toBe('price-missing');
    expect(await refused(open({ lines: [{ gtin: '09520000000998', packs: 1 }] }))).toBe('gtin-unknown');
    expect(await refused(open({}))).toBe('order-empty');
    expect(await refused(open({ lines, site: 'CL-1' }))).toBe('site-unknown');
  });

  test('repeated with the same key orders nothing a second time, also where the answer to the first was lost', async () => {
    const once = house.once('planner', 'ordered-once');
    const before = (await listOrders(house.deps, {}, { limit: 100 })).items.length;
    const faults: Fault[] = ['cut'];
    const calm = disturb(house.client, () => faults.pop());
    await open({ lines: [{ gtin: gtins.amoxicillin, packs: 1 }] }, once).catch(() => undefined);
    calm();
    const again = await open({ lines: [{ gtin: gtins.amoxicillin, packs: 1 }] }, once);
    expect(again.status).toBe(201);
    expect((await listOrders(house.deps, {}, { limit: 100 })).items.length).toBe(before + 1);
  });
});

describe('requisitions', () => {
  const approved = async (site: string, lines: readonly { gtin: string; packs: number }[]): Promise<string> => {
    const at = new Date(house.clock.now).toISOString();
    const id = house.deps.id();
    const asked = lines.map(({ gtin, packs }, i) => ({
      line: i + 1,
      medicine: 'AMOX500CAP',
      gtin,
      packUnits: 20,
      packs,
      packPrice: 4_000_000,
    }));
    const event = {
      id: house.deps.id(),
      at,
      type: 'stock-placed' as const,
      actor: { person: 'planner', role: 'planner' as const, site },
      changes: {},
    };
    await house.table.commitNewRequisition(
      {
        id,
        site,
        region: 'UZ-TK',
        kind: 'by-hand',
        state: 'approved',
        version: 1,
        author: 'planner',
        at,
        ...sumsOf(asked),
        editors: [],
        history: [],
      },
      asked,
      { now: house.clock.now, event },
    );
    return id;
  };
  const stateOf = async (id: string) => (await house.table.loadRequisition(id))?.head.state;

  test('of several sites become one order for each supplier, and say into which they went', async () => {
    const one = await approved('PH-1', [
      { gtin: gtins.amoxicillin, packs: 3 },
      { gtin: gtins.statin, packs: 1 },
      { gtin: gtins.paracetamol, packs: 0 },
    ]);
    const two = await approved('PH-2', [{ gtin: gtins.amoxicillin, packs: 2 }]);
    const { body } = await open({ requisitions: [one, two] });
    expect(body.orders.map((o) => o.supplier)).toEqual(['SU-1', 'SU-2']);
    const order = await read(body.orders[0]?.id ?? '');
    expect(order.lines).toMatchObject([
      {
        packs: 5,
        requisitions: [
          { site: 'PH-1', packs: 3, id: one, line: 1 },
          { site: 'PH-2', packs: 2, id: two, line: 1 },
        ],
      },
    ]);
    expect((await house.table.loadRequisition(one))?.head).toMatchObject({
      state: 'released',
      orders: body.orders.map((o) => o.id),
    });
    expect((await house.table.loadRequisition(two))?.head.orders).toEqual([body.orders[0]?.id]);
  });

  test('are ordered once, whoever else does it at the same time, and stay approved where nothing was ordered', async () => {
    const id = await approved('PH-1', [{ gtin: gtins.amoxicillin, packs: 3 }]);
    const count = async () => (await listOrders(house.deps, { supplier: 'SU-1' }, { limit: 100 })).items.length;
    const before = await count();
    const results = await Promise.all([1, 2, 3].map(() => refused(open({ requisitions: [id] }))));
    expect(results.sort()).toEqual(['document-closed', 'document-closed', 'not refused']);
    expect(await count()).toBe(before + 1);
    const unpriced = await approved('PH-1', [
      { gtin: gtins.amoxicillin, packs: 1 },
      { gtin: gtins.tramadol, packs: 1 },
    ]);
    expect(await refused(open({ requisitions: [unpriced] }))).toBe('price-missing');
    expect(await stateOf(unpriced)).toBe('approved');
    expect(await count()).toBe(before + 1);
    expect(await refused(open({ requisitions: [unpriced, unpriced] }))).toBe('not-found');
  });
});

describe('receipts that name an order', () => {
  test('raise what came of it with the very goods, over several deliveries, and free those who waited', async () => {
    const { body } = await open({
      lines: [
        { gtin: gtins.amoxicillin, packs: 5 },
        { gtin: gtins.paracetamol, packs: 2 },
      ],
    });
    const id = body.orders[0]?.id ?? '';
    await send(id);
    expect((await receive(id, [{ gtin: gtins.amoxicillin, packs: 3 }])).body.discrepancies).toBe(0);
    expect(await read(id)).toMatchObject({
      state: 'partly-received',
      lines: [{ receivedUnits: 60 }, { receivedUnits: 0 }],
    });
    await receive(id, [
      { gtin: gtins.amoxicillin, packs: 2 },
      { gtin: gtins.paracetamol, packs: 2 },
    ]);
    expect((await read(id)).state).toBe('received');
    expect((await house.table.listOpenOrderLines('WH-1')).filter((l) => l.gtin === gtins.paracetamol)).toEqual([]);
    await closeOrder(house.deps, planner(), { id }, house.once('planner'));
    expect((await listOrdersFor(house.deps, 'WH-1')).items.map((o) => o.id)).not.toContain(id);
    expect(contradictions(await readLedger(house.client, table))).toEqual([]);
  });

  test('wait again for what was received by mistake and is taken back, once and not more than came', async () => {
    const id = await opened(5);
    await send(id);
    await receive(id, [{ gtin: gtins.amoxicillin, packs: 5 }]);
    expect((await read(id)).state).toBe('received');
    const wrong = { site: 'WH-1', gtin: gtins.amoxicillin, lot: `O${lots}` };
    const { items } = await listMovements(house.deps, wrong, {});
    const back = { ...wrong, movement: items[0]?.id ?? '', reason: 'another delivery' };
    const once = house.once('warehouse');
    await takeBack(house, house.actor('warehouse', 'own'), back, once);
    await takeBack(house, house.actor('warehouse', 'own'), back, once);
    expect(await read(id)).toMatchObject({ state: 'sent', lines: [{ receivedUnits: 0 }], receipts: [{ units: [] }] });
    const open = (await house.table.listOpenOrderLines('WH-1')).filter((l) => l.gtin === gtins.amoxicillin);
    expect(open.reduce((sum, l) => sum + l.quantity, 0)).toBeGreaterThanOrEqual(100);
    await receive(id, [{ gtin: gtins.amoxicillin, packs: 2 }]);
    expect(await read(id)).toMatchObject({ state: 'partly-received', lines: [{ receivedUnits: 40 }] });
    expect(contradictions(await readLedger(house.client, table))).toEqual([]);
  });

  test('two at once are both counted, each once', async () => {
    const id = await opened(10);
    await Promise.all([1, 2, 3].map((packs) => receive(id, [{ gtin: gtins.amoxicillin, packs }])));
    const { lines, receipts } = await read(id);
    expect([lines[0]?.receivedUnits, receipts.length]).toEqual([120, 3]);
  });

  test('more than was asked, or other packs, are taken in and recorded as differing', async () => {
    const id = await opened(1);
    const { body } = await receive(id, [
      { gtin: gtins.amoxicillin, packs: 3 },
      { gtin: gtins.paracetamol, packs: 1 },
    ]);
    const { items } = await listDiscrepancies(house.deps, { site: 'WH-1', state: 'open' }, { limit: 100 });
    const mine = items
      .filter((d) => d.receipt === body.id)
      .map(({ kind, gtin, expected, received }) => [kind, gtin, expected, received]);
    expect(mine).toEqual([
      ['over', gtins.amoxicillin, 20, 60],
      ['not-ordered', gtins.paracetamol, 0, 10],
    ]);
  });

  test('after a cancellation are taken in, recorded as not ordered, and the planner is told first of all', async () => {
    const id = await opened(2);
    await cancelOrder(house.deps, planner(), { id, reason: 'too dear' }, house.once('planner'));
    const { body, status } = await receive(id, [{ gtin: gtins.amoxicillin, packs: 2 }]);
    expect([status, body.discrepancies]).toEqual([201, 1]);
    expect(await read(id)).toMatchObject({ state: 'cancelled', attention: 'came-after-end', match: { payable: 0 } });
    const { items } = await listOrders(house.deps, { group: 'attention' }, { limit: 10 });
    expect(items.map((o) => o.id)).toEqual([id]);
  });

  test('a cancellation and a receipt at once end in one of two orders of events, and no pack is lost', async () => {
    for (let i = 0; i < 5; i += 1) {
      const id = await opened(2);
      const [cancelled] = await Promise.all([
        refused(cancelOrder(house.deps, planner(), { id, reason: 'too dear' }, house.once('planner'))),
        receive(id, [{ gtin: gtins.amoxicillin, packs: 2 }]),
      ]);
      const { state, lines } = await read(id);
      expect(lines[0]?.receivedUnits).toBe(40);
      expect(state).toBe(cancelled === 'not refused' ? 'cancelled' : 'received');
      if (cancelled !== 'not refused') expect(cancelled).toBe('order-ended');
    }
  });

  test('a site that the order is not for cannot name it; a number of somebody else’s stays a text', async () => {
    const id = await opened(1);
    expect(await refused(receive(id, [{ gtin: gtins.amoxicillin, packs: 1 }], 'warehouse3'))).toBe('not-found');
    expect((await receive('PO-77', [{ gtin: gtins.amoxicillin, packs: 1 }])).status).toBe(201);
  });
});

describe('invoices', () => {
  const invoice = (order: string, number: string, packs: number, packPrice = 1_000) =>
    enterInvoice(
      house.deps,
      planner(),
      { order, number, date: '2026-11-20', currency: 'UZS', lines: [{ gtin: gtins.amoxicillin, packs, packPrice }] },
      house.once('planner'),
    );

  test('are matched with order and receipts, and each number of a supplier is entered once', async () => {
    const id = await opened(5);
    await receive(id, [{ gtin: gtins.amoxicillin, packs: 5 }]);
    await invoice(id, 'F-1', 3);
    await invoice(id, 'F-2', 2, 1_100);
    expect((await read(id)).match).toMatchObject({
      agrees: false,
      payable: 5_000,
      invoiced: 5_200,
      differences: [{ kind: 'price', units: 40, amount: 200, asked: 1_100, agreed: 1_000 }],
    });
    expect(await refused(invoice(id, 'f-1', 1))).toBe('document-known');
    expect(await refused(invoice(await opened(1), 'F-1', 1))).toBe('document-known');
  });

  const reason = 'as the test asks';
  const once = () => house.once('planner');
  const correct = (order: string, invoiceId: string, version: number, number: string, packPrice = 1_000) =>
    correctInvoice(
      house.deps,
      planner(),
      {
        order,
        invoice: invoiceId,
        version,
        reason,
        number,
        date: '2026-11-20',
        currency: 'UZS',
        lines: [{ gtin: gtins.amoxicillin, packs: 5, packPrice }],
      },
      once(),
    );
  const step = (verb: typeof cancelInvoice, order: string, invoiceId: string, version: number) =>
    verb(house.deps, planner(), { order, invoice: invoiceId, version, reason }, once());
  const pay = (order: string, invoiceId: string, version: number, day = '2026-11-20') =>
    payInvoice(house.deps, planner(), { order, invoice: invoiceId, version, day }, once());

  test('that were mistyped are put right by a version that names them, and only that one counts', async () => {
    const id = await opened(5);
    await receive(id, [{ gtin: gtins.amoxicillin, packs: 5 }]);
    const { body: wrong } = await invoice(id, 'M-1', 5, 10_000);
    expect((await read(id)).match.agrees).toBe(false);
    const { body: right } = await correct(id, wrong.id, 1, 'M-1');
    expect(right).toMatchObject({ corrects: wrong.id, number: 'M-1', state: 'entered' });
    const { match, invoices } = await read(id);
    expect([match.agrees, match.invoiced]).toEqual([true, 5_000]);
    expect(invoices.map((i) => [i.id, i.state, i.correctedBy])).toEqual([
      [wrong.id, 'corrected', right.id],
      [right.id, 'entered', undefined],
    ]);
    expect(await refused(correct(id, wrong.id, 1, 'M-1'))).toBe('version-changed');
    expect(await refused(correct(id, wrong.id, 2, 'M-1'))).toBe('invoice-ended');
    // a mistyped number is given up, and the paper that really has it can be entered
    await correct(id, right.id, 1, 'M-2');
    expect((await invoice(await opened(1), 'M-1', 1)).status).toBe(201);
    expect(await refused(invoice(await opened(1), 'M-2', 1))).toBe('document-known');
  });

  test('of which two people put one right at the same time have one successor', async () => {
    const id = await opened(5);
    const { body: wrong } = await invoice(id, 'T-1', 5, 10_000);
    const both = await Promise.all([1, 2].map((price) => refused(correct(id, wrong.id, 1, 'T-1', price))));
    expect(both.sort()).toEqual(['not refused', 'version-changed']);
    expect((await read(id)).invoices.filter((i) => i.state === 'entered')).toHaveLength(1);
  });

  test('that are paid cannot be cancelled until the mark, if it was a mistake, is taken back with a reason', async () => {
    const id = await opened(5);
    const { body } = await invoice(id, 'P-1', 5);
    expect(await refused(pay(id, body.id, 1, '2026-11-21'))).toBe('value-invalid');
    expect((await pay(id, body.id, 1)).body).toMatchObject({ state: 'paid', paidOn: '2026-11-20', version: 2 });
    expect((await read(id)).match.paid).toBe(5_000);
    expect(await refused(step(cancelInvoice, id, body.id, 2))).toBe('invoice-paid');
    expect(await refused(correct(id, body.id, 2, 'P-1'))).toBe('invoice-paid');
    await step(reversePayment, id, body.id, 2);
    expect((await step(cancelInvoice, id, body.id, 3)).body.state).toBe('cancelled');
    expect((await read(id)).match).toMatchObject({ paid: 0, invoiced: 0 });
    expect((await invoice(id, 'P-1', 5)).status).toBe(201);
    const { items } = await house.table.listSiteTrail('WH-1', '2026-11-20', { limit: 100 });
    const own = items.filter((e) => e.changes.invoice === body.id);
    expect(own.map((e) => [e.type, e.reason])).toEqual([
      ['invoice-entered', undefined],
      ['invoice-paid', undefined],
      ['invoice-payment-reversed', reason],
      ['invoice-cancelled', reason],
    ]);
  });
});

test('a step is taken once: two who cancel and acknowledge at once do not both win on what neither read', async () => {
  const id = await opened(1);
  await send(id);
  const { version } = await read(id);
  const results = await Promise.all([
    refused(cancelOrder(house.deps, planner(), { id, version, reason: 'too dear' }, house.once('planner'))),
    refused(acknowledgeOrder(house.deps, planner(), { id, version }, house.once('planner'))),
  ]);
  expect(results.sort()).toEqual(['not refused', 'version-changed']);
});

test('deliveries teach how long a supplier takes, and its card counts what came late', async () => {
  await save('SU-3');
  await offer('SU-3', price(gtins.insulin, 9_000, { leadDays: 3 }));
  const now = house.clock.now;
  for (const days of [5, 9, 6]) {
    house.clock.now = now;
    const id = await opened(1, gtins.insulin);
    await send(id);
    house.clock.now = now + days * dayMs;
    await receiveShipment(
      house.deps,
      house.actor('warehouse', 'own'),
      {
        site: 'WH-1',
        order: id,
        arrival: { celsius: 5 },
        lines: [{ gtin: gtins.insulin, packs: 1, lot: `I${days}`, expiryDate: '2028-06-30' }],
      },
      house.once('warehouse'),
    );
    house.clock.now = now + 10 * dayMs;
  }
  const card = await readScorecard(house.deps, 'SU-3');
  expect(card).toMatchObject({
    orders: 3,
    onTime: { good: 0, of: 3 },
    inFull: { good: 3, of: 3 },
    withoutFault: { good: 3, of: 3 },
    leadTimes: { samples: 3, median: 6 },
  });
  const [quote] = (await compareForPack(house.deps, { gtin: gtins.insulin, packs: 1 })).items;
  expect(quote).toMatchObject({ leadDays: 6, learned: true });
  const orders = (await house.table.listOrders({ supplier: 'SU-3' }, { limit: 10 })).items;
  expect(deliveryDays(orders).sort()).toEqual([5, 6, 9]);
  house.clock.now = Math.max(start, now);
});
