/** A plan on the real engine: whom it orders of, how soon, with which money; and what it says to who asks by hand. */
import type { PurchaseOrder } from '@darmon/domain/purchase-order';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { setBudget } from '@darmon/usecases/budgets';
import type { Deps } from '@darmon/usecases/deps';
import { cancelOrder, openOrders } from '@darmon/usecases/orders';
import { planMedicineNow } from '@darmon/usecases/plan-medicine';
import { planNow, readPlan, readPlanLine } from '@darmon/usecases/plans';
import { createRequisition } from '@darmon/usecases/requisitions';
import { savePrices, saveSupplier } from '@darmon/usecases/suppliers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, stock } from '../support/house.ts';

let house: House;
const site = 'PH-1';
const medicine = 'AMOX500CAP';
beforeAll(async () => {
  house = await makeHouse('plan-suppliers');
  // some months in which a pharmacy hands over seven capsules a day, and has some left for a week
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'P1', expiryDate: '2028-01-31', quantity: 890 }]);
  for (let day = 0; day < 120; day += 3) {
    const { id } = await issue(house);
    await dispense(house, id, [{ line: 1, quantity: 21 }]);
    house.clock.now += 3 * dayMs;
  }
}, 120_000);
afterAll(() => house.stop());

const planner = () => house.actor('planner');
const planAgain = () => planNow(house.deps, planner(), { site });
const lineOf = async () => (await readPlanLine(house.deps, { site, medicine })).line;
const once = () => house.once('planner');
const offer = async (id: string, packPrice: number, leadDays: number) => {
  const about = { id, name: `Supplier ${id}`, country: 'UZ', active: true };
  await saveSupplier(house.deps, planner(), about, undefined, once());
  const price = { gtin: gtins.amoxicillin, packPrice, currency: 'UZS', leadDays, validFrom: '2026-01-01' };
  await savePrices(house.deps, planner(), { supplier: id, prices: [price] }, once());
};
const leadOf = async () => (await lineOf())?.proposal.steps.find(({ step }) => step === 'lead-time')?.facts;
const ordered = async () => {
  const line = await lineOf();
  const lines = [{ gtin: gtins.amoxicillin, packs: line?.proposal.packs ?? 0 }];
  const input = { site, lines, ...(line?.by !== undefined && { due: line.by }) };
  const { body } = await openOrders(house.deps, planner(), input, once());
  const { id = '', supplier } = body.orders[0] ?? {};
  await cancelOrder(house.deps, planner(), { id, reason: 'only asked' }, once());
  return supplier;
};

test('is the same for the plan and for the order, be there time for the cheapest or none', async () => {
  await offer('SU-CHEAP', 1_000, 40);
  await offer('SU-NEAR', 1_200, 2);
  await planAgain();
  expect((await lineOf())?.supplier).toBe(await ordered());
  // days for which there is enough to wait for the cheapest
  const lot = { gtin: gtins.amoxicillin, lot: 'MORE', expiryDate: '2029-01-31', quantity: 250 };
  await stock(house, [lot]);
  await planAgain();
  const line = await lineOf();
  expect(line?.supplier).toBe('SU-CHEAP');
  expect(await ordered()).toBe('SU-CHEAP');
  expect(await leadOf()).toMatchObject({ days: 40, of: 'promised', samples: 0 });
});

test('is judged by what its deliveries took, and the plan says how many there were', async () => {
  const order = (days: number) => ({
    sentAt: '2026-01-01T00:00:00.000Z',
    receipts: [{ day: dayAfter('2026-01-01', days) }],
  });
  const seen = (...days: number[]): Deps => ({
    ...house.deps,
    table: {
      ...house.table,
      listOrders: async (of, request) =>
        of.supplier === 'SU-CHEAP'
          ? { items: days.map(order) as unknown as PurchaseOrder[] }
          : house.table.listOrders(of, request),
    },
  });
  await planNow(seen(37, 39, 41), planner(), { site });
  const line = await lineOf();
  expect(line?.supplier).toBe('SU-CHEAP');
  expect(await leadOf()).toEqual({ days: 39, spreadDays: 2, of: 'learned', samples: 3 });
  expect(line?.proposal.arrives).toBe(dayAfter(tashkentDay(house.clock.now), 39));
  // who is late by its own deliveries is not waited for, whatever it promises
  await planNow(seen(50, 60, 70), planner(), { site });
  expect((await lineOf())?.supplier).toBe('SU-NEAR');
});

test('a site with money of its own is planned within it, and the steps say so', async () => {
  await planAgain();
  const before = await lineOf();
  const chief = house.actor('chief');
  const year = Number(tashkentDay(house.clock.now).slice(0, 4));
  const price = before?.packPrice ?? 0;
  const setTo = (money: number, was?: number) =>
    setBudget(house.deps, chief, { year, place: site, money, ...(was !== undefined && { was }) }, house.once('chief'));
  await setTo(price * 2 + 1);
  const plan = await planAgain();
  const line = await lineOf();
  expect([line?.proposal.packs, plan.value]).toEqual([2, 2 * price]);
  expect(line?.proposal.needed).toBe(before?.proposal.needed);
  expect(line?.proposal.reasons).toContain('capped-by-money');
  expect(line?.proposal.steps.map(({ step }) => step)).toContain('money-cap');
  await setTo(price * 1_000_000, price * 2 + 1);
  await planAgain();
  expect((await lineOf())?.proposal).toEqual(before?.proposal);
});

test('and how much is said of one medicine now as a plan would say it, and kept nowhere', async () => {
  const before = await readPlan(house.deps, { site });
  await planAgain();
  const planned = await lineOf();
  expect((await planMedicineNow(house.deps, { site, medicine })).line).toEqual(planned);
  expect(await planMedicineNow(house.deps, { site, medicine: 'TRAM50CAP' })).toEqual({});
  expect(await refused(planMedicineNow(house.deps, { site: 'OF-1', medicine }))).toBe('not-found');
  expect((await readPlan(house.deps, { site })).plan.id).not.toBe(before.plan.id);
});

test('who asks for it by hand is told what the plan would say, and says why when it is something else', async () => {
  const line = await lineOf();
  const proposed = line?.proposal.packs ?? 0;
  const keeper = house.actor('pharmacist', 'own');
  const ask = (packs: number, why?: string) => {
    const lines = [{ gtin: gtins.amoxicillin, packs, ...(why !== undefined && { why }) }];
    return createRequisition(house.deps, keeper, { site, kind: 'by-hand', lines }, house.once('pharmacist'));
  };
  expect(await refused(ask(proposed + 7))).toBe('reason-missing');
  const { body } = await ask(proposed + 7, 'a ward is opened');
  const [own] = (await house.table.loadRequisition(body.id))?.lines ?? [];
  expect(own).toMatchObject({ packs: proposed + 7, proposed, why: 'a ward is opened', steps: line?.proposal.steps });
  expect((await ask(proposed)).body.changed).toBe(0);
  // who needs it at once is not asked
  const lines = [{ gtin: gtins.amoxicillin, packs: 3 }];
  const urgent = { site, kind: 'emergency' as const, reason: 'an outbreak', lines };
  const { body: made } = await createRequisition(house.deps, keeper, urgent, house.once('pharmacist'));
  expect((await house.table.loadRequisition(made.id))?.lines[0]).not.toHaveProperty('proposed');
});
