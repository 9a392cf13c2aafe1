/** Plans on the real engine: what a site used and has becomes what it should order; the weekly run survives its workers. */
import { weekOf } from '@darmon/domain/plan-run';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { openTable } from '@darmon/table/table';
import type { Deps } from '@darmon/usecases/deps';
import { loadMarket } from '@darmon/usecases/market';
import { closePlans, openPlans, runPlans } from '@darmon/usecases/plan-run';
import { planSite } from '@darmon/usecases/planning';
import { listPlans, listSuggestedTransfers, planNow, readPlan, readPlanLine } from '@darmon/usecases/plans';
import { readPolicies, savePolicy } from '@darmon/usecases/policy';
import { shipTransfer } from '@darmon/usecases/transfer-moves';
import { pickTransfer } from '@darmon/usecases/transfer-picks';
import { refuseTransfer, requestTransfer } from '@darmon/usecases/transfers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, stock, table } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('plans');
  // half a year in which a pharmacy hands over 21 capsules every third day, and a warehouse has what nobody asks for
  const lots = [{ gtin: gtins.amoxicillin, lot: 'P1', expiryDate: '2028-01-31', quantity: 1_320 }];
  await stock(house, lots);
  await stock(house, [{ gtin: gtins.paracetamol, lot: 'N1', expiryDate: '2028-01-31', quantity: 500 }], 'warehouse');
  for (let day = 0; day < 180; day += 3) {
    const { id } = await issue(house);
    await dispense(house, id, [{ line: 1, quantity: 21 }]);
    house.clock.now += 3 * dayMs;
  }
}, 120_000);
afterAll(() => house.stop());

const site = 'PH-1';
const medicine = 'AMOX500CAP';
const planner = () => house.actor('planner');
const forever = Number.MAX_SAFE_INTEGER;
const planAgain = () => planNow(house.deps, planner(), { site });
const lineOf = async () => (await readPlanLine(house.deps, { site, medicine })).line;

describe('one site', () => {
  test('a plan says when the shelf is empty, what to order and every step of it', async () => {
    expect(await refused(readPlan(house.deps, { site }))).toBe('not-found');
    const plan = await planAgain();
    expect(plan).toMatchObject({ site, lines: 1, toOrder: 1, counts: { out: 0, 'before-arrival': 1, low: 0, ok: 0 } });
    const line = await lineOf();
    // 21 capsules every third day are seven a day; sixty are left
    expect(line).toMatchObject({ medicine, risk: 'before-arrival', onHand: 60, onOrder: 0, inTransit: 0 });
    const monthly = line?.outlook.months[0]?.units ?? 0;
    expect(monthly).toBeGreaterThan(170);
    expect(monthly).toBeLessThan(260);
    expect(line?.outlook.wape).not.toBeNull();
    const steps = line?.proposal.steps.map(({ step }) => step) ?? [];
    expect(steps).toEqual(expect.arrayContaining(['demand', 'safety-stock', 'on-hand', 'needed', 'packs', 'result']));
    expect(line?.proposal.packs).toBeGreaterThan(3);
    const read = await readPlan(house.deps, { site });
    expect([read.plan, read.of]).toEqual([plan, 1]);
    expect((await readPlan(house.deps, { site, risk: 'out' })).of).toBe(0);
    expect((await readPlan(house.deps, { site, order: true })).lines[0]?.packs).toBe(line?.proposal.packs);
  });

  test('the page of a product has its past by month, its lots and nothing that is over', async () => {
    const page = await readPlanLine(house.deps, { site, medicine });
    const today = tashkentDay(house.clock.now);
    expect(page.history.at(-1)).toMatchObject({ month: today.slice(0, 7), known: false });
    expect(page.history.reduce((sum, { used }) => sum + used, 0)).toBe(1_260);
    expect(page.lots).toEqual([
      { gtin: gtins.amoxicillin, lot: 'P1', expiryDate: '2028-01-31', onHand: 60, usable: 60 },
    ]);
    expect(await refused(readPlanLine(house.deps, { site, medicine: 'TRAM50CAP' }))).toBe('not-found');
    expect(await refused(readPlanLine(house.deps, { site: 'OF-1', medicine }))).toBe('not-found');
  });

  test('what is on its way from another site is not ordered again', async () => {
    const before = (await lineOf())?.proposal.packs ?? 0;
    const lot = { gtin: gtins.amoxicillin, lot: 'T1', expiryDate: '2028-06-30', quantity: 4_040 };
    await stock(house, [lot], 'warehouse');
    const keeper = house.actor('warehouse', 'own');
    const once = () => house.once('warehouse');
    const lines = [{ gtin: gtins.amoxicillin, quantity: 40 }];
    const { body } = await requestTransfer(house.deps, keeper, { from: 'WH-1', to: site, lines }, once());
    const { id } = body;
    const picks = [{ line: 1, gtin: gtins.amoxicillin, lot: 'T1', quantity: 40 }];
    await pickTransfer(house.deps, keeper, { id, picks }, once());
    await shipTransfer(house.deps, keeper, { id }, once());
    await planAgain();
    const line = await lineOf();
    expect([line?.inTransit, line?.proposal.packs]).toEqual([40, before - 2]);
  });

  test('planning again says the same', async () => {
    const first = await readPlan(house.deps, { site });
    const { id: _id, at: _at, ...same } = await planAgain();
    const second = await readPlan(house.deps, { site });
    expect(first.plan).toMatchObject(same);
    expect(second.plan.id).not.toBe(first.plan.id);
    expect(second.lines).toEqual(first.lines);
  });

  test('a site that keeps no stock is not planned, and one that takes too long says so and loses nothing', async () => {
    expect(await refused(planNow(house.deps, planner(), { site: 'OF-1' }))).toBe('not-found');
    const market = await loadMarket(house.deps);
    const [found] = await house.table.loadSites([site]);
    if (!found) throw new Error('no site');
    const before = await readPlan(house.deps, { site });
    expect(await refused(planSite(house.deps, found, market, { until: house.clock.now }))).toBe('busy');
    expect(await readPlan(house.deps, { site })).toEqual(before);
  });
});

describe('what one site has too much of and another needs', () => {
  const keeper = () => house.actor('warehouse', 'own');
  const once = () => house.once('warehouse');
  const suggested = async () => (await listSuggestedTransfers(house.deps, { region: 'UZ-TK' })).items;
  const moved = async () => (await lineOf())?.moves?.reduce((sum, { units }) => sum + units, 0) ?? 0;
  let id: string;

  test('is suggested by their last plans, and ordered that much less', async () => {
    // the warehouse sent some of it once, a month ago, and has very much of it
    house.clock.now += 32 * dayMs;
    await planAgain();
    const alone = await lineOf();
    expect([alone?.moves, (alone?.proposal.packs ?? 0) > 0]).toEqual([undefined, true]);
    await planNow(house.deps, planner(), { site: 'WH-1' });
    expect(await suggested()).toMatchObject([
      { medicine, from: 'WH-1', to: site, fromName: 'Site WH-1', counted: false },
    ]);
    await planAgain();
    const [move, ...more] = await suggested();
    expect([move?.counted, more]).toEqual([true, []]);
    const line = await lineOf();
    expect(line?.moves).toEqual([{ from: 'WH-1', units: move?.quantity }]);
    const needed = alone?.proposal.needed ?? 0;
    const left = Math.max(0, needed - (move?.quantity ?? 0));
    expect(line?.proposal).toMatchObject({ needed, packs: Math.ceil(left / 20) });
    expect(await listSuggestedTransfers(house.deps, { region: 'UZ-SA' })).toEqual({ of: 0, items: [] });
  });

  test('is on its way once somebody asked for it: neither suggested nor ordered', async () => {
    const quantity = await moved();
    const lines = [{ gtin: gtins.amoxicillin, quantity }];
    const asking = house.actor('pharmacist', 'own');
    const input = { from: 'WH-1', to: site, lines };
    const { body } = await requestTransfer(house.deps, asking, input, house.once('pharmacist'));
    id = body.id;
    expect(await suggested()).toEqual([]);
    const before = await lineOf();
    await planAgain();
    const line = await lineOf();
    const onTheWay = (before?.inTransit ?? 0) + quantity;
    expect(line).toMatchObject({ inTransit: onTheWay, proposal: { packs: before?.proposal.packs } });
    expect(await moved()).toBe(0);
  });

  test('is ordered by the next plan once it was refused, and not counted on again for a while', async () => {
    const before = await lineOf();
    await refuseTransfer(house.deps, keeper(), { id, reason: 'needed here' }, once());
    await planAgain();
    const line = await lineOf();
    expect(line?.inTransit).toBeLessThan(before?.inTransit ?? 0);
    expect(line?.moves).toBeUndefined();
    expect(line?.proposal.packs).toBe(Math.ceil((line?.proposal.needed ?? 0) / 20));
    expect(line?.proposal.packs).toBeGreaterThan(0);
    expect(await suggested()).toMatchObject([{ counted: false }]);
  });
});

describe('the weekly run', () => {
  /** A process of its own; what it does at `site` with the table fails while `broken` holds. */
  const worker = (broken: () => boolean = () => false): Deps => {
    const own = openTable({ client: house.client, table, now: () => house.clock.now });
    return {
      ...house.deps,
      table: {
        ...own,
        listOpenOrderLines: (at) =>
          at === site && broken() ? Promise.reject(new TypeError('no')) : own.listOpenOrderLines(at),
      },
    };
  };
  const drafts = async () =>
    (await house.table.listRequisitions({ site }, { limit: 100 })).items.filter(({ kind }) => kind === 'weekly');

  test('several workers take each site once, and a site whose data fails stops no other', async () => {
    const week = weekOf(house.clock.now);
    let isBroken = true;
    const planned: string[] = [];
    const counted = (): Deps => {
      const deps = worker(() => isBroken);
      const keepPlan: Deps['table']['keepPlan'] = (plan, ...rest) => {
        planned.push(plan.site);
        return deps.table.keepPlan(plan, ...rest);
      };
      return { ...deps, table: { ...deps.table, keepPlan } };
    };
    const faults: string[] = [];
    await Promise.all(
      Array.from({ length: 4 }, () => runPlans(counted(), week, forever, (at) => void faults.push(at))),
    );
    expect([planned.sort(), faults]).toEqual([['PH-2', 'WH-1', 'WH-2'], [site]]);
    expect(await drafts()).toEqual([]);
    const { run, items } = await listPlans(house.deps);
    expect(run).toEqual({ week, of: 4, done: 3, failed: 1 });
    expect(items.length).toBe(4);
    // it rests for a while, and is well by then
    isBroken = false;
    expect(await runPlans(counted(), week, forever)).toMatchObject({ done: 3 });
    house.clock.now += 6 * 60_000;
    expect(await runPlans(counted(), week, forever)).toEqual({ week, done: 4, failed: 0, of: 4 });
    expect(planned.sort()).toEqual([site, 'PH-2', 'WH-1', 'WH-2']);
  });

  test('a site has one draft a week, with what its plan proposed, however often the run is repeated', async () => {
    const week = weekOf(house.clock.now);
    const [draft, ...more] = await drafts();
    expect([draft?.week, more]).toEqual([week, []]);
    const { lines } = (await house.table.loadRequisition(draft?.id ?? '')) ?? { lines: [] };
    const line = await lineOf();
    expect(lines).toMatchObject([{ medicine, packs: line?.proposal.packs, proposed: line?.proposal.packs }]);
    expect(lines[0]?.steps).toEqual(line?.proposal.steps);
    expect(await runPlans(worker(), week, forever)).toEqual({ week, done: 4, failed: 0, of: 4 });
    const work = (await house.table.loadPlanRun(week)).find((one) => one.site === site);
    if (!work) throw new Error('no work');
    expect(work.requisition).toBe(draft?.id);
    // as if its worker had died when all was done but the last word
    await house.table.changePlanWork(work, { state: 'queued', attempts: 0, until: work.until });
    expect(await runPlans(worker(), week, forever)).toMatchObject({ done: 4 });
    expect(await drafts()).toEqual([draft]);
  });

  test('a site for which a worker had no time left counts as not begun, and the next worker takes it', async () => {
    house.clock.now += 7 * dayMs;
    const week = weekOf(house.clock.now);
    const until = house.clock.now + 1_000;
    const late = worker();
    const slow: Deps = {
      ...late,
      table: {
        ...late.table,
        listOpenOrderLines: (at) => {
          house.clock.now = until;
          return late.table.listOpenOrderLines(at);
        },
      },
    };
    const faults: string[] = [];
    const told = (at: string): void => void faults.push(at);
    expect(await runPlans(slow, week, until, told, [site])).toEqual({ week, done: 0, failed: 0, of: 1 });
    const run = await house.table.loadPlanRun(week);
    expect([faults, run.map(({ state, attempts }) => [state, attempts])]).toEqual([[], [['queued', 0]]]);
    expect(await runPlans(worker(), week, forever)).toMatchObject({ done: 4 });
  });

  test('a site of a worker that died is planned by another when its time is over', async () => {
    house.clock.now += 7 * dayMs;
    const week = weekOf(house.clock.now);
    const dying: Deps = { ...worker(), table: { ...house.table, keepPlan: () => new Promise<never>(() => {}) } };
    void runPlans(dying, week, forever);
    for (let held = false; !held; ) {
      await new Promise((done) => setTimeout(done, 20));
      held = (await house.table.loadPlanRun(week)).some(({ state }) => state === 'working');
    }
    expect(await runPlans(worker(), week, forever)).toEqual({ week, done: 3, failed: 0, of: 4 });
    house.clock.now += 7 * 60_000;
    expect(await runPlans(worker(), week, forever)).toEqual({ week, done: 4, failed: 0, of: 4 });
  });

  test('what always fails is given up after three tries and said, and the next week begins anew', async () => {
    house.clock.now += 7 * dayMs;
    const week = weekOf(house.clock.now);
    let progress = await runPlans(
      worker(() => true),
      week,
      forever,
    );
    for (let tries = 1; tries < 4; tries += 1) {
      house.clock.now += 7 * 60_000;
      progress = await runPlans(
        worker(() => true),
        week,
        forever,
      );
    }
    expect(progress).toEqual({ week, done: 3, failed: 1, of: 4 });
    const work = (await house.table.loadPlanRun(week)).find((one) => one.site === site);
    expect(work).toMatchObject({ state: 'failed', attempts: 3, fault: 'TypeError' });
    house.clock.now += 7 * dayMs;
    const next = weekOf(house.clock.now);
    expect(await runPlans(worker(), next, forever)).toEqual({ week: next, done: 4, failed: 0, of: 4 });
  });

  test('a run is opened once a week however often, goes on where it broke off, and wants nothing once it is closed', async () => {
    house.clock.now += 7 * dayMs;
    const week = weekOf(house.clock.now);
    const opened = await Promise.all([openPlans(worker(), week), openPlans(worker(), week), openPlans(worker(), week)]);
    expect(opened).toEqual(Array.from({ length: 3 }, () => ({ next: 'work', workers: [1] })));
    expect((await house.table.loadPlanRun(week)).length).toBe(4);
    // one worker that did one site and broke off
    await runPlans(worker(), week, forever, undefined, ['PH-2']);
    expect(await openPlans(worker(), week)).toEqual({ next: 'work', workers: [1] });
    await runPlans(
      worker(() => true),
      week,
      forever,
    );
    expect(await openPlans(worker(), week)).toEqual({ next: 'rest', restSeconds: 300 });
    house.clock.now += 6 * 60_000;
    await runPlans(worker(), week, forever);
    expect(await openPlans(worker(), week)).toEqual({ next: 'close' });
    const progress = { week, done: 4, failed: 0, of: 4 };
    const closed = await Promise.all([closePlans(worker(), week), closePlans(worker(), week)]);
    expect(closed.map(({ isFirst }) => isFirst).sort()).toEqual([false, true]);
    expect(closed).toMatchObject([progress, progress]);
    expect(await openPlans(worker(), week)).toEqual({ next: 'nothing' });
  });

  test('what was asked for and is not ordered yet is not proposed again', async () => {
    const before = (await lineOf())?.proposal.packs ?? 0;
    expect(before).toBeGreaterThan(0);
    const [draft] = await drafts();
    if (!draft) throw new Error('no draft');
    const loaded = await house.table.loadRequisition(draft.id);
    const asked = loaded?.lines.reduce((sum, { packs }) => sum + packs, 0) ?? 0;
    const seeing: Deps = {
      ...house.deps,
      table: {
        ...house.table,
        listRequisitions: async (...of) => {
          const page = await house.table.listRequisitions(...of);
          return {
            ...page,
            items: page.items.map((one) => (one.id === draft.id ? { ...one, state: 'submitted' } : one)),
          };
        },
      },
    };
    await planNow(seeing, planner(), { site });
    expect((await lineOf())?.proposal.packs).toBe(Math.max(0, before - asked));
  });
});

test('days on which counters are closed lower what is forecast of their month, and of no other', async () => {
  await planAgain();
  const months = async () => (await lineOf())?.outlook.months ?? [];
  const before = await months();
  const closed = before[2]?.month ?? '';
  const { current, version } = await readPolicies(house.deps);
  const { procurement, version: _v, from: _f, ...rules } = current;
  const holidays = Array.from({ length: 14 }, (_, n) => `${closed}-${String(n + 1).padStart(2, '0')}`);
  await savePolicy(
    house.deps,
    house.actor('admin'),
    { ...rules, procurement: { ...procurement, holidays }, version, reason: 'the feast of two weeks' },
    house.once('admin'),
  );
  house.clock.now += 120_000;
  await planAgain();
  const after = await months();
  const share = (n: number) => (after[n]?.units ?? 0) / (before[n]?.units ?? 1);
  expect([share(1), share(3)].map((one) => one > 0.95)).toEqual([true, true]);
  expect(share(2)).toBeLessThan(0.9);
});
