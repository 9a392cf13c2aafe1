/** Requisitions on the real engine: their way over several hands, and what happens where hands meet. */
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import type { RequisitionState } from '@darmon/domain/requisition';
import { saveReferencePrices, setBudget, settleBudgets } from '@darmon/usecases/budgets';
import { closeOrder, openOrders, sendOrder } from '@darmon/usecases/orders';
import { receiveShipment } from '@darmon/usecases/receiving';
import {
  approveRequisition,
  delegateApproval,
  endDelegation,
  listDelegations,
  nameApprovers,
  readApproval,
} from '@darmon/usecases/requisition-approvals';
import {
  authoriseRequisition,
  changeRequisition,
  createRequisition,
  draftFromPlan,
  listRequisitions,
  type PlannedLine,
  type RequisitionInput,
  readNeeds,
  readRequisition,
  readRequisitionLine,
  rejectRequisition,
  reopenRequisition,
  skipRequisition,
  submitRequisition,
} from '@darmon/usecases/requisitions';
import { savePrices, saveSupplier } from '@darmon/usecases/suppliers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { gtins, type House, makeHouse, refused, table } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('requisitions');
});
afterAll(() => house.stop());

const day = 86_400_000;
beforeEach(async () => {
  // nothing in the house deletes a budget, so that a test begins without one by hand
  for (const place of ['WH-1', 'UZ-TK']) {
    const Key = { pk: { S: `BUDGET#${year()}#${place}` }, sk: { S: 'BUDGET' } };
    await house.client.send(new DeleteItemCommand({ TableName: table, Key }));
  }
});
const year = () => new Date(house.clock.now + 5 * 3_600_000).getUTCFullYear();
const today = (days = 0) => new Date(house.clock.now + 5 * 3_600_000 + days * day).toISOString().slice(0, 10);

const gtin = gtins.amoxicillin;
const own = (person: string) => house.actor(person, 'own');
const all = (person: string) => house.actor(person, 'all');
const isOwn = (person: string) => person.startsWith('warehouse') || person.startsWith('pharmacist');
const actor = (person: string) => (isOwn(person) ? own(person) : all(person));
const create = (input: Partial<RequisitionInput> = {}, by = 'warehouse', once = house.once(by)) =>
  createRequisition(
    house.deps,
    actor(by),
    { site: 'WH-1', kind: 'by-hand', lines: [{ gtin, packs: 10, packPrice: 1_000 }], ...input },
    once,
  );
type Verb = typeof submitRequisition;
const step = (verb: Verb, id: string, version: number, by: string, more: object = {}, once = house.once(by)) =>
  verb(house.deps, actor(by), { id, version, ...more }, once);
const approve = (id: string, version: number, by = 'approver', more: object = {}, once = house.once(by)) =>
  approveRequisition(house.deps, all(by), { id, version, ...more }, once);
const reject = rejectRequisition as Verb;
/** Submitted and authorised; version 3. */
const authorised = async (input: Partial<RequisitionInput> = {}) => {
  const { body } = await create(input);
  await step(submitRequisition, body.id, 1, 'warehouse');
  await step(authoriseRequisition, body.id, 2, 'planner');
  return body.id;
};
const money = (amount: number, place = 'WH-1', was?: number) =>
  setBudget(
    house.deps,
    all('chief'),
    { year: year(), place, money: amount, ...(was !== undefined && { was }) },
    house.once('chief'),
  );
const budget = (place = 'WH-1') => house.table.loadBudget(year(), place);
const view = (id: string) => readRequisition(house.deps, all('auditor'), id);
const settle = async (attempts: readonly Promise<unknown>[]) =>
  (await Promise.all(attempts.map((a) => refused(a)))).sort();
const planned = (packs: number, more: Partial<PlannedLine> = {}): PlannedLine => ({
  line: 1,
  medicine: 'AMOX500CAP',
  gtin,
  packUnits: 20,
  packs,
  proposed: packs,
  packPrice: 1_000,
  risk: 'low',
  steps: [{ step: 'result', facts: { packs } }],
  ...more,
});
const plan = (week: string, lines: readonly PlannedLine[] = [planned(10)], site = 'PH-1') =>
  draftFromPlan(house.deps, { site, week, lines });

describe('the ordinary way', () => {
  test('from a draft over the site, the planner and the approver, each step with its hand', async () => {
    await money(50_000);
    const { status, body } = await create();
    expect([status, body.state, body.value]).toEqual([201, 'draft', 10_000]);
    const { id } = body;
    expect(await refused(approve(id, 1))).toBe('document-closed');
    await step(submitRequisition, id, 1, 'warehouse');
    expect(await refused(step(authoriseRequisition, id, 2, 'warehouse'))).toBe('approver-is-author');
    await step(authoriseRequisition, id, 2, 'warehouse2');
    const before = await readApproval(house.deps, all('approver'), { id });
    expect(before).toMatchObject({ needed: 1, value: 10_000, budget: { left: 50_000 }, leaves: 40_000 });
    expect(before).not.toHaveProperty('refusal');
    const approved = await approve(id, 3);
    expect(approved.body).toMatchObject({ state: 'approved', taken: { place: 'WH-1', value: 10_000 } });
    expect(await budget()).toMatchObject({ money: 50_000, committed: 10_000, left: 40_000 });
    expect((await view(id)).history.map((h) => [h.step, h.person])).toEqual([
      ['draft', 'warehouse'],
      ['submit', 'warehouse'],
      ['authorise', 'warehouse2'],
      ['approve', 'approver'],
    ]);
  });

  test('another site does not know of it, and nobody draws one up for a place without stock', async () => {
    const { body } = await create();
    expect(await refused(readRequisition(house.deps, own('warehouse3'), body.id))).toBe('not-found');
    expect(await refused(create({}, 'warehouse3'))).toBe('not-found');
    expect(await refused(listRequisitions(house.deps, own('pharmacist'), { site: 'WH-1' }, {}))).toBe('not-found');
    expect(await refused(create({ site: 'CL-1' }, 'planner'))).toBe('site-unknown');
  });

  test('is found by its site, and by its state while somebody has to do something', async () => {
    const id = await authorised();
    const ids = async (of: { site?: string; state?: RequisitionState }) =>
      (await listRequisitions(house.deps, all('planner'), of, { limit: 100 })).items.map((r) => r.id);
    expect(await ids({ state: 'authorised' })).toContain(id);
    expect((await ids({ site: 'WH-1' }))[0]).toBe(id);
    await step(reject, id, 3, 'planner', { reason: 'ordered already' });
    expect(await ids({ state: 'authorised' })).not.toContain(id);
    expect(await ids({ site: 'WH-1', state: 'rejected' })).toContain(id);
    expect(await refused(ids({ state: 'rejected' }))).toBe('schema');
  });

  test('what is urgent says why, goes straight to the approver, and stands first in the list', async () => {
    expect(await refused(create({ kind: 'emergency' }))).toBe('reason-missing');
    await step(submitRequisition, (await create()).body.id, 1, 'warehouse');
    const { body } = await create({ kind: 'emergency', reason: 'an outbreak of cholera' });
    expect(body.state).toBe('submitted');
    const { items } = await listRequisitions(house.deps, all('approver'), { state: 'submitted' }, {});
    const urgent = items.filter((r) => r.kind === 'emergency').length;
    expect(items.slice(0, urgent).every((r) => r.kind === 'emergency')).toBe(true);
    expect((await approve(body.id, 1)).body.state).toBe('approved');
  });

  test('taken back it is a draft again, whose earlier approvals count no more', async () => {
    const { body } = await create({ lines: [{ gtin, packs: 1, packPrice: 200_000_000_000 }] });
    await step(submitRequisition, body.id, 1, 'warehouse');
    await step(authoriseRequisition, body.id, 2, 'planner');
    expect((await approve(body.id, 3)).body.state).toBe('authorised');
    await step(reject, body.id, 4, 'chief', { reason: 'too dear' });
    await step(reopenRequisition, body.id, 5, 'warehouse');
    await step(submitRequisition, body.id, 6, 'warehouse');
    await step(authoriseRequisition, body.id, 7, 'planner');
    expect((await approve(body.id, 8, 'chief')).body.state).toBe('authorised');
    expect((await approve(body.id, 9, 'approver')).body.state).toBe('approved');
  });

  test('nothing needed is skipped with a reason, and a request for nothing is not submitted', async () => {
    const { body } = await create({ lines: [{ gtin, packs: 0 }] });
    expect(await refused(step(submitRequisition, body.id, 1, 'warehouse'))).toBe('requisition-empty');
    const skipped = await step(skipRequisition as Verb, body.id, 1, 'warehouse', { reason: 'enough on the shelf' });
    expect(skipped.body.state).toBe('skipped');
  });
});

describe('of a plan', () => {
  test('there is one a site and week, however many run the plan at once and whatever it says then', async () => {
    const runs = await Promise.all(Array.from({ length: 8 }, (_, i) => plan('2026-W40', [planned(i + 1)])));
    expect(new Set(runs.map((r) => r.id)).size).toBe(1);
    expect(runs.filter((r) => r.made)).toHaveLength(1);
    expect((await plan('2026-W41')).id).not.toBe(runs[0]?.id);
    expect((await plan('2026-W40', [planned(10)], 'PH-2')).made).toBe(true);
  });

  test('a change keeps what was proposed and asks why; each line opens to its arithmetic', async () => {
    const { id } = await plan('2026-W42');
    const change = (lines: object[], version = 1, by = 'pharmacist') =>
      changeRequisition(house.deps, actor(by), { id, version, lines: lines as never }, house.once(by));
    expect(await refused(change([{ line: 1, packs: 14 }]))).toBe('reason-missing');
    const { body } = await change([{ line: 1, packs: 14, why: 'a school opens' }]);
    expect([body.version, body.value, body.changed]).toEqual([2, 14_000, 1]);
    const { items } = await view(id);
    expect(items).toMatchObject([{ packs: 14, proposed: 10, why: 'a school opens', explained: true }]);
    const line = await readRequisitionLine(house.deps, own('pharmacist'), { id, line: 1 });
    expect(line.steps).toEqual([{ step: 'result', facts: { packs: 10 } }]);
    expect(await refused(change([{ line: 1, packs: 10 }], 1))).toBe('version-changed');
    await step(submitRequisition, id, 2, 'pharmacist');
    expect(await refused(change([{ line: 1, packs: 10 }], 3))).toBe('document-closed');
    expect((await change([{ line: 1, packs: 10 }], 3, 'planner')).body.changed).toBe(0);
    await step(authoriseRequisition, id, 4, 'planner');
    expect(await refused(approve(id, 5))).toBe('not refused');
  });

  test('a thousand lines come back as they were written, and a change of one leaves the others', async () => {
    const lines = Array.from({ length: 1_000 }, (_, i) =>
      planned(i % 7, { line: i + 1, gtin: String(i).padStart(14, '0') }),
    );
    const { id } = await plan('2026-W43', lines);
    expect((await view(id)).items.map((l) => l.packs)).toEqual(lines.map((l) => l.packs));
    const changed = { id, version: 1, lines: [{ line: 777, packs: 99, why: 'as the test asks' }] };
    await changeRequisition(house.deps, own('pharmacist'), changed, house.once('pharmacist'));
    const { items } = await view(id);
    expect(items).toHaveLength(1_000);
    expect(items.filter((l, i) => l.packs !== lines[i]?.packs).map((l) => [l.line, l.packs])).toEqual([[777, 99]]);
  });
});

describe('at once', () => {
  test('of two who approve one requisition, one does, and the money is taken once', async () => {
    await money(15_000);
    const id = await authorised();
    const told = await settle([approve(id, 3, 'approver'), approve(id, 3, 'chief')]);
    expect(told).toEqual(['document-closed', 'not refused']);
    expect(await budget()).toMatchObject({ committed: 10_000, left: 5_000 });
  });

  test('who approves what somebody approved a moment before is told so, and not that the money is gone', async () => {
    await money(15_000);
    const id = await authorised();
    let isFirst = true;
    const loadForApproval: House['table']['loadForApproval'] = async (...of) => {
      if (isFirst) await approve(id, 3, 'chief');
      isFirst = false;
      return house.table.loadForApproval(...of);
    };
    const deps = { ...house.deps, table: { ...house.table, loadForApproval } };
    const late = approveRequisition(deps, all('approver'), { id, version: 3 }, house.once('approver'));
    expect(await refused(late)).toBe('document-closed');
    expect(await budget()).toMatchObject({ committed: 10_000, left: 5_000 });
  });

  test('a budget for one of two goes to one, and the other is told', async () => {
    await money(15_000);
    const [a, b] = [await authorised(), await authorised()];
    expect(await settle([approve(a, 3), approve(b, 3, 'chief')])).toEqual(['budget-exceeded', 'not refused']);
    expect(await budget()).toMatchObject({ committed: 10_000, left: 5_000 });
  });

  test('of twenty requisitions as many are approved as the year’s money reaches for, and not one more', async () => {
    await money(75_000);
    const ids: string[] = [];
    for (let n = 0; n < 20; n += 1) ids.push(await authorised());
    const told = await settle(ids.map((id) => approve(id, 3)));
    expect(told.filter((code) => code === 'not refused')).toHaveLength(7);
    expect(new Set(told)).toEqual(new Set(['budget-exceeded', 'not refused']));
    expect(await budget()).toMatchObject({ committed: 70_000, left: 5_000 });
  });

  test('an approval and a change never both count: nobody approves what they did not read', async () => {
    for (let n = 0; n < 5; n += 1) {
      const { body } = await create({ kind: 'emergency', reason: 'as the test asks' });
      const change = changeRequisition(
        house.deps,
        all('planner'),
        { id: body.id, version: 1, lines: [{ line: 1, packs: 99 }] },
        house.once('planner'),
      );
      const told = await settle([approve(body.id, 1), change]);
      const { state, items, value } = await view(body.id);
      expect(told).toEqual(['not refused', state === 'approved' ? 'document-closed' : 'version-changed'].sort());
      expect([state, items[0]?.packs, value]).toEqual(
        state === 'approved' ? ['approved', 10, 10_000] : ['submitted', 99, 99_000],
      );
    }
  });

  test('two who change one draft both have read it; one is told to read it again', async () => {
    const { body } = await create();
    const change = (packs: number, by: string) =>
      changeRequisition(house.deps, own(by), { id: body.id, version: 1, lines: [{ line: 1, packs }] }, house.once(by));
    const told = await settle([change(11, 'warehouse'), change(12, 'warehouse2')]);
    expect(told).toEqual(['not refused', 'version-changed']);
  });

  test('a key given again gets the same answer, and nothing is approved or drawn up twice', async () => {
    await money(50_000);
    const key = house.once('warehouse');
    const drawn = await Promise.all(Array.from({ length: 5 }, () => create({}, 'warehouse', key)));
    expect(new Set(drawn.map((d) => JSON.stringify(d))).size).toBe(1);
    const id = await authorised();
    const once = house.once('approver');
    const answers = await Promise.all(Array.from({ length: 5 }, () => approve(id, 3, 'approver', {}, once)));
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
    expect(await budget()).toMatchObject({ committed: 10_000 });
    const other = house.once('approver', undefined, 'another body');
    expect(await refused(approve(id, 3, 'approver', {}, { ...other, keyHash: once.keyHash }))).toBe('key-reused');
  });

  test('money set anew while approvals take it counts each of them', async () => {
    await money(100_000);
    const ids = [await authorised(), await authorised(), await authorised()];
    await settle([...ids.map((id) => approve(id, 3)), money(120_000, 'WH-1', 100_000)]);
    expect(await budget()).toMatchObject({ money: 120_000, committed: 30_000, left: 90_000 });
    expect(await refused(money(29_999, 'WH-1', 120_000))).toBe('budget-exceeded');
    expect(await refused(money(50_000, 'WH-1', 100_000))).toBe('version-changed');
  });
});

describe('money', () => {
  test('of the region pays where the site has none of its own, and no budget refuses nothing', async () => {
    const free = await authorised();
    expect((await approve(free, 3)).body).not.toHaveProperty('taken');
    await money(9_999, 'UZ-TK');
    const id = await authorised();
    expect(await readApproval(house.deps, all('approver'), { id })).toMatchObject({
      leaves: -1,
      refusal: 'budget-exceeded',
    });
    expect(await refused(approve(id, 3))).toBe('budget-exceeded');
    await money(10_000, 'UZ-TK', 9_999);
    expect((await approve(id, 3)).body.taken).toMatchObject({ place: 'UZ-TK' });
    expect(await refused(money(1, 'PH-99'))).toBe('site-unknown');
  });

  test('comes back where an approval is taken back, which planners cannot do', async () => {
    await money(10_000);
    const id = await authorised();
    await approve(id, 3);
    expect(await refused(step(reject, id, 4, 'planner', { reason: 'changed my mind' }))).toBe('not-allowed');
    const { body } = await step(reject, id, 4, 'approver', { reason: 'the supplier closed' });
    expect(body).not.toHaveProperty('taken');
    expect(await budget()).toMatchObject({ committed: 0, left: 10_000 });
  });
});

describe('who approves', () => {
  const dear = { lines: [{ gtin, packs: 1, packPrice: 10_000_000_001 }] };

  test('above an approver’s limit a chief does, above a chief’s both do', async () => {
    const id = await authorised(dear);
    expect(await refused(approve(id, 3))).toBe('approval-limit');
    expect(await refused(approve(id, 3, 'planner'))).toBe('delegation-missing');
    expect((await approve(id, 3, 'chief')).body.state).toBe('approved');
    const both = await authorised({ lines: [{ gtin, packs: 1, packPrice: 100_000_000_001 }] });
    expect((await approve(both, 3)).body.state).toBe('authorised');
    expect(await refused(approve(both, 4))).toBe('signer-repeated');
    expect((await approve(both, 4, 'chief')).body.state).toBe('approved');
  });

  test('a deputy approves in the place of a chief, on the days named, and never what is their own', async () => {
    const id = await authorised(dear);
    const instead = { instead: 'chief' };
    expect(await refused(approve(id, 3, 'approver', instead))).toBe('delegation-missing');
    const delegate = (to: string, from = today(), until = today(3)) =>
      delegateApproval(house.deps, all('chief'), { to, from, until }, house.once('chief'));
    expect(await refused(delegate('chief'))).toBe('delegation-invalid');
    expect(await refused(delegate('pharmacist'))).toBe('delegation-invalid');
    await delegate('approver', today(1));
    expect(await refused(approve(id, 3, 'approver', instead))).toBe('delegation-missing');
    await delegate('approver');
    const { body } = await approve(id, 3, 'approver', instead);
    expect(body.state).toBe('approved');
    expect((await view(id)).history.at(-1)).toMatchObject({ person: 'approver', role: 'chief', instead: 'chief' });

    await delegate('planner');
    const planners = await authorised(dear);
    expect(await refused(approve(planners, 3, 'planner', instead))).toBe('approver-is-author');
    expect((await listDelegations(house.deps, {})).items).toMatchObject([{ person: 'chief', to: 'planner' }]);
    await endDelegation(house.deps, all('chief'), house.once('chief'));
    expect((await listDelegations(house.deps, {})).items).toEqual([]);
    expect(await refused(approve(planners, 3, 'approver', instead))).toBe('delegation-missing');
  });

  test('a region that names its approvers has no other, but for chiefs', async () => {
    const name = (persons: string[], version: number) =>
      nameApprovers(house.deps, all('chief'), { region: 'UZ-TK', persons, version }, house.once('chief'));
    await name(['somebody'], 0);
    const id = await authorised();
    expect(await refused(approve(id, 3))).toBe('approval-region');
    expect(await refused(name([], 0))).toBe('version-changed');
    await name([], 1);
    expect((await approve(id, 3)).body.state).toBe('approved');
  });
});

test('a price above the highest allowed is approved with a reason alone; one that is missing is estimated by it', async () => {
  const price = { gtin: gtins.statin, packPrice: 1_000, from: today(), source: 'a list of prices' };
  const save = (prices: object[]) =>
    saveReferencePrices(house.deps, all('admin'), { prices: prices as never }, house.once('admin'));
  // what holds from tomorrow on bounds nobody today
  await save([{ ...price, from: today(1), packPrice: 1 }]);
  expect(await refused(save([price, price]))).toBe('line-repeated');
  await save([price]);
  const lines = [{ gtin: gtins.statin, packs: 10 }];
  const { body: pharmacy } = await create({ site: 'PH-1', lines }, 'pharmacist');
  expect([pharmacy.value, pharmacy.overLimit, pharmacy.unpriced]).toEqual([11_500, 0, 0]);
  const { body } = await create({
    kind: 'emergency',
    reason: 'as the test asks',
    lines: [{ ...lines[0], gtin: gtins.statin, packs: 10, packPrice: 1_003 }],
  });
  expect(body.overLimit).toBe(30);
  expect(await refused(approve(body.id, 1))).toBe('price-over-limit');
  expect((await approve(body.id, 1, 'approver', { reason: 'the only maker' })).body.state).toBe('approved');
  const { body: unpriced } = await create({
    kind: 'emergency',
    reason: 'as the test asks',
    lines: [{ gtin, packs: 1 }],
  });
  expect(await refused(approve(unpriced.id, 1))).toBe('lines-unpriced');
});

test('what all sites have approved is one list to order from, each pack with its site', async () => {
  const before = await readNeeds(house.deps, { state: 'authorised' });
  expect(before.items.filter((i) => i.gtin === gtins.insulin)).toEqual([]);
  const wanted = { lines: [{ gtin: gtins.insulin, packs: 4, packPrice: 10 }] };
  await authorised(wanted);
  const { body } = await create({ ...wanted, site: 'PH-1' }, 'pharmacist');
  await step(submitRequisition, body.id, 1, 'pharmacist');
  await step(authoriseRequisition, body.id, 2, 'planner');
  const { items, more } = await readNeeds(house.deps, { state: 'authorised', region: 'UZ-TK' });
  expect(more).toBe(false);
  expect(items.find((i) => i.gtin === gtins.insulin)).toMatchObject({ packs: 8, value: 80 });
  expect(
    items
      .find((i) => i.gtin === gtins.insulin)
      ?.requisitions.map((r) => r.site)
      .sort(),
  ).toEqual(['PH-1', 'WH-1']);
  expect((await readNeeds(house.deps, { state: 'authorised', region: 'UZ-SA' })).requisitions).toBe(0);
});

test('what is received becomes spent and what never came goes back, once, however often it is looked at', async () => {
  await money(50_000);
  const chosen = { id: 'SU-7', name: 'Supplier', country: 'UZ', active: true };
  await saveSupplier(house.deps, all('planner'), chosen, undefined, house.once('planner'));
  const offered = { gtin, packPrice: 900, currency: 'UZS', leadDays: 7, validFrom: '2026-01-01' };
  await savePrices(house.deps, all('planner'), { supplier: 'SU-7', prices: [offered] }, house.once('planner'));
  const id = await authorised();
  await approve(id, 3);
  const opened = await openOrders(
    house.deps,
    all('planner'),
    { site: 'WH-1', requisitions: [id] },
    house.once('planner'),
  );
  const order = opened.body.orders[0]?.id ?? '';
  await sendOrder(house.deps, all('planner'), { id: order }, house.once('planner'));
  const settle = () => settleBudgets(house.deps, all('chief'));
  expect((await settle()).settled).toBe(0);
  const lines = [{ gtin, lot: 'SETTLED', expiryDate: '2029-06-30', packs: 4 }];
  await receiveShipment(house.deps, own('warehouse'), { site: 'WH-1', order, lines }, house.once('warehouse'));
  await Promise.all([settle(), settle(), settle()]);
  expect(await budget()).toMatchObject({ committed: 5_400, spent: 3_600, left: 41_000 });
  const reason = 'the rest is not made any more';
  await closeOrder(house.deps, all('planner'), { id: order, reason }, house.once('planner'));
  await Promise.all([settle(), settle(), settle()]);
  expect(await budget()).toMatchObject({ money: 50_000, committed: 0, spent: 3_600, left: 46_400 });
  expect((await settle()).settled).toBe(0);
});
