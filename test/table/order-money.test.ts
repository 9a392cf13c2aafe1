/** The money's road on the real engine: from an approval over orders to receipts, where orders are dearer, cancelled or late. */
import type { Event } from '@darmon/domain/event';
import { setBudget, settleBudgets, settleByClock } from '@darmon/usecases/budgets';
import { cancelOrder, closeOrder, keepOrdered, type OpenOrdersInput, openOrders } from '@darmon/usecases/orders';
import { receiveShipment } from '@darmon/usecases/receiving';
import { approveRequisition, readApproval } from '@darmon/usecases/requisition-approvals';
import {
  authoriseRequisition,
  createRequisition,
  raiseRequisition,
  readNeeds,
  rejectRequisition,
  submitRequisition,
} from '@darmon/usecases/requisitions';
import { loadOnOrder } from '@darmon/usecases/sent-on';
import { savePrices, saveSupplier } from '@darmon/usecases/suppliers';
import { shipTransfer } from '@darmon/usecases/transfer-moves';
import { pickTransfer } from '@darmon/usecases/transfer-picks';
import { approveTransfer, refuseTransfer, requestTransfer } from '@darmon/usecases/transfers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { gtins, type House, makeHouse, refused } from '../support/house.ts';

let house: House;
const gtin = gtins.amoxicillin;
const year = 2026;
const reason = 'as the test asks';
const all = (person: string) => house.actor(person, 'all');
const own = (person: string) => house.actor(person, 'own');

const offer = (supplier: string, packPrice: number, more: object = {}) =>
  savePrices(
    house.deps,
    all('planner'),
    {
      supplier,
      prices: [{ gtin, packPrice, currency: 'UZS', leadDays: 7, validFrom: '2026-01-01', ...more }],
    },
    house.once('planner'),
  );

beforeAll(async () => {
  house = await makeHouse('order-money');
  for (const id of ['SU-1', 'SU-2']) {
    const supplier = { id, name: id, country: 'UZ', active: true };
    await saveSupplier(house.deps, all('planner'), supplier, undefined, house.once('planner'));
  }
  await offer('SU-2', 3_000);
  const budget = { year, place: 'WH-1', money: 1_000_000 };
  await setBudget(house.deps, all('chief'), budget, house.once('chief'));
});
afterAll(() => house.stop());

let before = { committed: 0, spent: 0 };
const budget = async () => {
  const { committed = 0, spent = 0, left = 0 } = (await house.table.loadBudget(year, 'WH-1')) ?? {};
  expect(committed + spent + left).toBe(1_000_000);
  return { committed: committed - before.committed, spent: spent - before.spent };
};
let asked = 0;
beforeEach(async () => {
  await offer('SU-1', 1_000);
  await settleBudgets(house.deps, all('chief'));
  asked = 0;
  asked = await needs();
  before = { committed: 0, spent: 0 };
  before = await budget();
});

/** Asks for packs at 1,000 tiyin, and gets them approved; version 4. */
const approved = async (packs = 10): Promise<string> => {
  const lines = [{ gtin, packs, packPrice: 1_000 }];
  const input = { site: 'WH-1', kind: 'by-hand' as const, lines };
  const { body } = await createRequisition(house.deps, own('warehouse'), input, house.once('warehouse'));
  const { id } = body;
  await submitRequisition(house.deps, own('warehouse'), { id, version: 1 }, house.once('warehouse'));
  await authoriseRequisition(house.deps, own('warehouse2'), { id, version: 2 }, house.once('warehouse2'));
  await approveRequisition(house.deps, all('approver'), { id, version: 3 }, house.once('approver'));
  return id;
};
const open = (input: Partial<OpenOrdersInput>) =>
  openOrders(house.deps, all('planner'), { site: 'WH-1', ...input }, house.once('planner'));
const ordered = async (id: string): Promise<string> => (await open({ requisitions: [id] })).body.orders[0]?.id ?? '';
const cancel = (id: string) => cancelOrder(house.deps, all('planner'), { id, reason }, house.once('planner'));
const reject = (id: string, version: number, by = 'planner') =>
  rejectRequisition(house.deps, all(by), { id, version, reason }, house.once(by));
const raise = (id: string, version: number, value: number) =>
  raiseRequisition(house.deps, all('planner'), { id, version, value, reason }, house.once('planner'));
const approve = (id: string, version: number, by = 'approver') =>
  approveRequisition(house.deps, all(by), { id, version }, house.once(by));
const head = async (id: string) => {
  const found = await house.table.loadRequisitionHead(id);
  if (!found) throw new Error(`no requisition ${id}`);
  return found;
};
const orderOf = async (id: string) => {
  const order = await house.table.loadOrder(id);
  if (!order) throw new Error(`no order ${id}`);
  return order;
};
let lots = 0;
const receive = (order: string, packs: number) =>
  receiveShipment(
    house.deps,
    own('warehouse'),
    { site: 'WH-1', order, lines: [{ gtin, packs, lot: `M${++lots}`, expiryDate: '2029-06-30' }] },
    house.once('warehouse'),
  );
const settle = () => settleBudgets(house.deps, all('chief'));
const needs = async (): Promise<number> => {
  const { items } = await readNeeds(house.deps, { state: 'approved' });
  return (items.find((i) => i.gtin === gtin)?.packs ?? 0) - asked;
};

describe('an order that costs more than was approved', () => {
  test('passes within what policy allows, and the budget holds what it really costs', async () => {
    await offer('SU-1', 1_050);
    const id = await approved();
    expect(await budget()).toEqual({ committed: 10_000, spent: 0 });
    await ordered(id);
    expect(await budget()).toEqual({ committed: 10_500, spent: 0 });
    expect((await head(id)).taken?.value).toBe(10_500);
  });

  test('holds less where it is cheaper', async () => {
    await offer('SU-1', 700);
    await ordered(await approved());
    expect(await budget()).toEqual({ committed: 7_000, spent: 0 });
  });

  test('is refused beyond, with the figures, and nothing is opened or held', async () => {
    await offer('SU-1', 1_051);
    const id = await approved();
    const error = await open({ requisitions: [id] }).catch((thrown) => thrown);
    expect([error.code, error.facts]).toEqual([
      'order-over-approval',
      { requisition: id, approved: 10_000, cost: 10_510, percent: 5 },
    ]);
    expect([(await head(id)).state, await budget()]).toEqual(['approved', { committed: 10_000, spent: 0 }]);
  });

  test('is refused for packs that only a minimum adds, which are paid by those who asked', async () => {
    await offer('SU-1', 1_000, { minPacks: 12, multiple: 4 });
    const id = await approved();
    expect(await refused(open({ requisitions: [id] }))).toBe('order-over-approval');
    const other = await approved(2);
    // together they reach the minimum, and nobody pays for more than was asked
    await open({ requisitions: [id, other] });
    expect(await budget()).toEqual({ committed: 12_000, spent: 0 });
  });

  test('goes on by a new approval, of whoever may approve that value, and takes only what it is more', async () => {
    await offer('SU-1', 2_000);
    const id = await approved();
    expect(await refused(open({ requisitions: [id] }))).toBe('order-over-approval');
    expect(await refused(raise(id, 4, 10_000))).toBe('value-invalid');
    const { body } = await raise(id, 4, 20_000);
    expect([body.state, body.raised]).toEqual(['authorised', 20_000]);
    expect(await refused(open({ requisitions: [id] }))).toBe('document-closed');
    expect(await budget()).toEqual({ committed: 10_000, spent: 0 });
    const outlook = await readApproval(house.deps, all('approver'), { id });
    expect([outlook.value, outlook.more]).toEqual([20_000, 10_000]);
    await approve(id, 5);
    expect(await budget()).toEqual({ committed: 20_000, spent: 0 });
    await ordered(id);
    expect(await budget()).toEqual({ committed: 20_000, spent: 0 });
  });

  test('needs a chief for the raised value where the first needed none, and a no gives all of its money back', async () => {
    const id = await approved();
    await raise(id, 4, 10_000_000_001);
    expect(await refused(approve(id, 5))).toBe('approval-limit');
    expect(await refused(approve(id, 5, 'chief'))).toBe('budget-exceeded');
    expect(await refused(reject(id, 5))).toBe('not-allowed');
    await reject(id, 5, 'chief');
    expect(await budget()).toEqual({ committed: 0, spent: 0 });
  });

  test('that the budget does not reach for any more is refused', async () => {
    const { left = 0 } = (await house.table.loadBudget(year, 'WH-1')) ?? {};
    const id = await approved(Math.floor(left / 1_000));
    await offer('SU-1', 1_050);
    expect(await refused(open({ requisitions: [id] }))).toBe('budget-exceeded');
    await reject(id, 4, 'chief');
    expect(await budget()).toEqual({ committed: 0, spent: 0 });
  });
});

describe('a cancelled order', () => {
  test('leaves its requisition approved, with its money, and ordered again it is held once', async () => {
    const id = await approved();
    const first = await ordered(id);
    await cancel(first);
    expect(await head(id)).toMatchObject({ state: 'approved', rest: [first], taken: { value: 10_000 } });
    expect([await budget(), await needs()]).toEqual([{ committed: 10_000, spent: 0 }, 10]);
    const second = await ordered(id);
    expect((await orderOf(second)).lines[0]?.packs).toBe(10);
    expect(await head(id)).toMatchObject({ state: 'released', orders: [first, second] });
    expect(await budget()).toEqual({ committed: 10_000, spent: 0 });
    await receive(second, 10);
    await settle();
    expect(await budget()).toEqual({ committed: 0, spent: 10_000 });
  });

  test('of which something came gives back the rest alone, and that alone is ordered again', async () => {
    const id = await approved();
    const first = await ordered(id);
    await receive(first, 4);
    await settle();
    await cancel(first);
    expect(await orderOf(first)).toMatchObject({ state: 'closed' });
    expect([await needs(), await budget()]).toEqual([6, { committed: 6_000, spent: 4_000 }]);
    await offer('SU-1', 900);
    const second = await ordered(id);
    expect((await orderOf(second)).lines[0]?.packs).toBe(6);
    expect(await budget()).toEqual({ committed: 5_400, spent: 4_000 });
    await receive(second, 6);
    await settle();
    expect(await budget()).toEqual({ committed: 0, spent: 9_400 });
  });

  test('whose goods come all the same is not ordered again for what came, and what came is spent', async () => {
    const id = await approved();
    const first = await ordered(id);
    await cancel(first);
    await receive(first, 7);
    expect(await needs()).toBe(3);
    const second = await ordered(id);
    expect((await orderOf(second)).lines[0]?.packs).toBe(3);
    await receive(second, 3);
    await settle();
    expect(await budget()).toEqual({ committed: 0, spent: 10_000 });
  });

  test('whose goods all come late leaves nothing to order, and a no settles it', async () => {
    const id = await approved();
    const first = await ordered(id);
    await cancel(first);
    await receive(first, 10);
    expect(await refused(open({ requisitions: [id] }))).toBe('order-empty');
    const { version } = await head(id);
    const { body } = await reject(id, version);
    expect([body.state, body.rest]).toEqual(['released', undefined]);
    await settle();
    expect(await budget()).toEqual({ committed: 0, spent: 10_000 });
  });

  test('that nobody needs any more is given up by a planner, and what was not spent goes back', async () => {
    const id = await approved();
    const first = await ordered(id);
    await receive(first, 4);
    await cancel(first);
    await reject(id, (await head(id)).version);
    expect(await budget()).toEqual({ committed: 4_000, spent: 0 });
    await settle();
    expect(await budget()).toEqual({ committed: 0, spent: 4_000 });
    expect(await refused(open({ requisitions: [id] }))).toBe('document-closed');
  });

  test('of two who cancel it and two who order again, at once, one of each does', async () => {
    for (let n = 0; n < 4; n += 1) {
      const id = await approved();
      const first = await ordered(id);
      expect((await Promise.all([refused(cancel(first)), refused(cancel(first))])).sort()).toEqual([
        'not refused',
        'order-ended',
      ]);
      expect((await head(id)).rest).toEqual([first]);
      const again = () => refused(open({ requisitions: [id] }));
      expect((await Promise.all([again(), again()])).sort()).toEqual(['document-closed', 'not refused']);
      const { orders = [], taken } = await head(id);
      expect([orders.length, taken?.value]).toEqual([2, 10_000]);
      await cancel(orders[1] ?? '');
      await reject(id, (await head(id)).version);
      await settle();
      expect(await budget()).toEqual({ committed: 0, spent: 0 });
    }
  });

  test('and a late delivery at the very moment of ordering again never make more packs than were asked for', async () => {
    for (let n = 0; n < 5; n += 1) {
      const id = await approved();
      const first = await ordered(id);
      await cancel(first);
      const [second] = await Promise.all([
        open({ requisitions: [id] }).then(({ body }) => body.orders[0]?.id ?? ''),
        receive(first, 4),
      ]);
      const [late, anew] = [await orderOf(first), await orderOf(second)];
      const came = (late.lines[0]?.receivedUnits ?? 0) / 20;
      const opened = anew.lines[0]?.packs ?? 0;
      // either the delivery was seen, or it came after the new order: then the planner is told
      expect(came).toBe(4);
      expect([6, 10]).toContain(opened);
      if (opened === 10) expect(late.attention).toBe('came-after-end');
    }
  });

  test('and another of the same requisition, cancelled at once, both wait to be ordered again', async () => {
    const lines = [
      { gtin, packs: 10, packPrice: 1_000 },
      { gtin: gtins.paracetamol, packs: 5, packPrice: 1_000 },
    ];
    const prices = [
      { gtin: gtins.paracetamol, packPrice: 1_000, currency: 'UZS', leadDays: 3, validFrom: '2026-01-01' },
    ];
    await savePrices(house.deps, all('planner'), { supplier: 'SU-2', prices }, house.once('planner'));
    const input = { site: 'WH-1', kind: 'emergency' as const, reason, lines };
    const { body } = await createRequisition(house.deps, own('warehouse'), input, house.once('warehouse'));
    await approve(body.id, 1);
    const { orders } = (await open({ requisitions: [body.id] })).body;
    expect(orders.map((o) => o.supplier)).toEqual(['SU-1', 'SU-2']);
    await Promise.all(orders.map(({ id }) => cancel(id)));
    expect([...((await head(body.id)).rest ?? [])].sort()).toEqual(orders.map(({ id }) => id).sort());
    expect((await open({ requisitions: [body.id] })).body.orders.map((o) => o.value)).toEqual([10_000, 5_000]);
    expect(await budget()).toEqual({ committed: 15_000, spent: 0 });
  });
});

test('the clock settles what came without anybody at a screen, and says so in its own name', async () => {
  const id = await approved();
  await receive(await ordered(id), 10);
  expect(await settleByClock(house.deps, house.clock.now)).toMatchObject({ settled: 0, done: false });
  expect(await settleByClock(house.deps, house.clock.now + 60_000)).toMatchObject({ done: true });
  expect(await budget()).toEqual({ committed: 0, spent: 10_000 });
  const trail = async (cursor?: string): Promise<readonly Event[]> => {
    const page = await house.table.listSiteTrail('WH-1', '2026-11-20', { limit: 100, cursor });
    return [...page.items, ...(page.next === undefined ? [] : await trail(page.next))];
  };
  const told = (await trail()).find((e) => e.type === 'requisition-settled' && e.changes.requisition === id);
  expect(told?.actor).toEqual({ person: 'settle-budgets', role: 'planner', site: 'WH-1' });
});

describe('what comes at a warehouse for a pharmacy', () => {
  /** Units of the medicine that the pharmacy counts on by orders. */
  const counted = async () =>
    (await loadOnOrder(house.deps, 'PH-1')).filter((l) => l.gtin === gtin).reduce((sum, l) => sum + l.quantity, 0);
  const orderedFor = async (packs: number): Promise<string> => {
    house.clock.now += 1_000;
    return (await open({ lines: [{ gtin, packs, site: 'PH-1' }] })).body.orders[0]?.id ?? '';
  };
  const close = (id: string) => closeOrder(house.deps, all('planner'), { id }, house.once('planner'));
  const request = async (quantity: number): Promise<string> => {
    const lines = [{ gtin, quantity }];
    const { body } = await requestTransfer(
      house.deps,
      own('pharmacist'),
      { from: 'WH-1', to: 'PH-1', lines },
      house.once('pharmacist'),
    );
    return body.id;
  };
  const sendOn = async (quantity: number): Promise<string> => {
    house.clock.now += 1_000;
    const id = await request(quantity);
    const agreed = { id, lines: [{ line: 1, quantity }] };
    await approveTransfer(house.deps, own('warehouse'), agreed, house.once('warehouse'));
    const picks = [{ line: 1, gtin, lot: `M${lots}`, quantity }];
    await pickTransfer(house.deps, own('warehouse'), { id, picks, reason }, house.once('warehouse'));
    await shipTransfer(house.deps, own('warehouse'), { id }, house.once('warehouse'));
    return id;
  };
  const keep = (id: string) =>
    keepOrdered(house.deps, all('planner'), { id, site: 'PH-1', reason }, house.once('planner'));

  test('stays on order for it when it was taken in, and after the order is closed, until it is sent on', async () => {
    const id = await orderedFor(5);
    expect(await counted()).toBe(100);
    await receive(id, 3);
    expect(await counted()).toBe(100);
    await receive(id, 2);
    await close(id);
    expect(await counted()).toBe(100);
    await sendOn(40);
    expect(await counted()).toBe(60);
    expect((await house.table.listOpenOrders('PH-1')).map((o) => o.id)).toEqual([id]);
    await keep(id);
    expect([await counted(), await house.table.listOpenOrders('PH-1')]).toEqual([0, []]);
    expect(await refused(keep(id))).toBe('document-closed');
  });

  test('leaves it while a transfer of it is asked for, comes back when that is refused, and the night forgets what left', async () => {
    const id = await orderedFor(2);
    await receive(id, 2);
    await close(id);
    const asked = await request(40);
    // who plans counts it as on its way by the transfer
    expect(await counted()).toBe(0);
    await refuseTransfer(house.deps, own('warehouse'), { id: asked, reason }, house.once('warehouse'));
    expect(await counted()).toBe(40);
    expect((await settleByClock(house.deps, house.clock.now + 60_000)).forgotten).toBe(0);
    await sendOn(40);
    expect(await counted()).toBe(0);
    expect((await settleByClock(house.deps, house.clock.now + 60_000)).forgotten).toBe(1);
    expect(await house.table.listOpenOrders('PH-1')).toEqual([]);
  });
});
