/** Recalls on the real engine: frozen at once, everything found, every unit accounted for, nothing lost in a race. */
import { transitPlace } from '@darmon/domain/ledger';
import { openEngine } from '@darmon/table/engine';
import * as key from '@darmon/table/keys';
import { startPosting } from '@darmon/table/postings';
import { openTable } from '@darmon/table/table';
import { eventOf } from '@darmon/usecases/deps';
import { dispensePrescription } from '@darmon/usecases/dispense';
import { undoDispense } from '@darmon/usecases/dispenses';
import { listStock, setLotState } from '@darmon/usecases/inventory';
import { movedOf, preparePosting } from '@darmon/usecases/posting';
import { listRecallCalls, recordRecallCall } from '@darmon/usecases/recall-calls';
import { advanceRecall, workRecalls } from '@darmon/usecases/recall-work';
import {
  endRecall,
  findLot,
  listEscaped,
  listRecallPlaces,
  listRecalls,
  listSiteRecalls,
  openRecall,
  readRecall,
  reportFound,
  setCountryState,
  workRecall,
} from '@darmon/usecases/recalls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, stock, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('recalls');
});
afterAll(() => house.stop());

const gtin = gtins.amoxicillin;
const expiryDate = '2028-06-30';
const quality = () => house.actor('quality');
const later = () => house.deps.now() + 60_000;
const pass = (ms: number) => {
  house.clock.now += ms;
};
const shelve = (lot: string, quantity: number, by?: string) => stock(house, [{ gtin, lot, expiryDate, quantity }], by);
const recallOf = async (lot: string, more: object = {}) => {
  const input = { gtin, lot, class: 2, reason: 'particles in the capsule', ...more } as const;
  return (await openRecall(house.deps, quality(), input, house.once('quality'))).body.id;
};
const count = async (id: string) => {
  await advanceRecall(house.deps, id, later());
  pass(25_000);
  return advanceRecall(house.deps, id, later());
};
const give = async (lot: string, quantity = 21) => {
  const p = await issue(house);
  const lots = [{ gtin, lot, quantity }];
  return (await dispense(house, p.id, [{ line: 1, quantity, lots, reason: 'the patient asks for it' }])).body;
};
const whole = async () => contradictions(await readLedger(house.client, table));
/** A part of the lot leaves a site and is on its way, as a transfer leaves it. */
const shipOff = async (lot: string, quantity: number, site = 'PH-1') => {
  const id = house.deps.id();
  const about = { medicine: 'AMOX500CAP', gtin, lot, expiryDate };
  const row = { brand: 'Brand', packUnits: 20, divisibleBy: 1, state: 'available' as const };
  const actor = house.actor('pharmacist', 'own');
  const posted = await preparePosting(house.deps, actor, {
    id,
    kind: 'shipment',
    site,
    document: id,
    after: 'shipped',
    person: actor.person,
    at: house.deps.now(),
    lines: [
      {
        line: 1,
        entries: [
          { place: site, ...about, kind: 'transfer-out', quantity: -quantity },
          { place: transitPlace(id), ...about, kind: 'transfer-in', quantity, row },
        ],
      },
    ],
  });
  const event = eventOf(house.deps, actor, 'transfer-shipped', house.deps.now(), { moved: movedOf(posted.lines) });
  const engine = openEngine({ client: house.client, table, now: house.deps.now });
  const change = { now: house.deps.now(), event };
  await startPosting(engine, posted.prepared, [], engine.changeActions(key.transferKey(id).pk, change));
  return transitPlace(id);
};

describe('a recall', () => {
  test('finds every site, every transfer and every dispense, and its sum adds up in two equal counts', async () => {
    const lot = 'SUM';
    await shelve(lot, 100);
    await shelve(lot, 60, 'pharmacist2');
    await shelve(lot, 400, 'warehouse');
    await give(lot);
    const undone = await give(lot);
    await undoDispense(
      house.deps,
      house.actor('pharmacist'),
      { id: undone.id, reason: 'wrong box' },
      house.once('pharmacist'),
    );
    const transit = await shipOff(lot, 30);
    pass(3_600_000);
    const before = await findLot(house.deps, { gtin, lot }, {});
    expect(before.items.map((i) => [i.place, i.onHand])).toEqual([
      ['PH-1', 49],
      ['PH-2', 60],
      [transit, 30],
      ['WH-1', 400],
    ]);
    const id = await recallOf(lot);
    const first = await advanceRecall(house.deps, id, later());
    expect([first.state, first.passes]).toEqual(['working', 1]);
    pass(25_000);
    const recall = await advanceRecall(house.deps, id, later());
    expect([recall.state, recall.passes]).toEqual(['complete', 2]);
    const read = await readRecall(house.deps, id);
    expect(read.totals).toEqual({
      terms: [
        { kind: 'receipt', quantity: 560 },
        { kind: 'dispense', quantity: -42 },
        { kind: 'dispense-undone', quantity: 21 },
      ],
      onHand: 509,
      inTransit: 30,
      addsUp: true,
      sites: 3,
      transfers: 1,
      wrong: 0,
      dispenses: 1,
      escaped: 0,
      due: 539,
    });
    const places = await listRecallPlaces(house.deps, id, {});
    expect(places.items.map((p) => [p.place, p.kind, p.onHand, p.dispensed])).toEqual([
      ['PH-1', 'site', 49, 21],
      ['PH-2', 'site', 60, 0],
      [transit, 'transfer', 30, 0],
      ['WH-1', 'site', 400, 0],
    ]);
    expect(await whole()).toEqual([]);
  });

  test('counts at once for every counter, for every way to release the lot, and for goods that come later', async () => {
    const lot = 'FREEZE';
    await shelve(lot, 100);
    const p = await issue(house);
    const id = await recallOf(lot);
    const lots = [{ gtin, lot, quantity: 21 }];
    const lines = [{ line: 1, quantity: 21, lots, reason: 'it lies in front' }];
    expect(await refused(dispense(house, p.id, lines))).toBe('lot-blocked');
    const input = { gtin, lot, state: 'available', reason: 'it looks well' } as const;
    const own = house.actor('pharmacist', 'own');
    expect(await refused(setLotState(house.deps, own, { site: 'PH-1', ...input }, house.once('pharmacist')))).toBe(
      'lot-blocked',
    );
    expect(await refused(setCountryState(house.deps, quality(), input, house.once('quality')))).toBe('lot-recalled');
    await shelve(lot, 40, 'pharmacist2');
    const arrived = await listStock(house.deps, { site: 'PH-2', gtin }, {});
    expect(arrived.items.find((i) => i.lot === lot)?.state).toBe('recalled');
    expect(await refused(recallOf(lot))).toBe('recall-known');
    await count(id);
    const frozen = await listStock(house.deps, { site: 'PH-1', gtin }, {});
    expect(frozen.items.find((i) => i.lot === lot)?.state).toBe('recalled');
  });

  test('of a lot or a pack that nobody knows is refused', async () => {
    expect(await refused(recallOf('NOBODY'))).toBe('lot-unknown');
    const input = { gtin: '09521020199013', lot: 'A', class: 1, reason: 'a test' } as const;
    expect(await refused(openRecall(house.deps, quality(), input, house.once('quality')))).toBe('gtin-unknown');
    const backwards = { serials: { from: '20', to: '3' } };
    await shelve('RANGE', 20);
    expect(await refused(recallOf('RANGE', backwards))).toBe('schema');
  });

  test('asked for twice with one key is one recall; two at once are one', async () => {
    await shelve('TWICE', 20);
    const input = { gtin, lot: 'TWICE', class: 1, reason: 'a test of keys' } as const;
    const once = house.once('quality', 'recall-twice');
    const [a, b] = [
      await openRecall(house.deps, quality(), input, once),
      await openRecall(house.deps, quality(), input, once),
    ];
    expect(b).toEqual(a);
    await shelve('BOTH', 20);
    const both = await Promise.all([1, 2].map(() => refused(recallOf('BOTH'))));
    expect(both.sort()).toEqual(['not refused', 'recall-known']);
    const all = await listRecalls(house.deps, {});
    expect(all.items.filter((r) => r.lot === 'BOTH')).toHaveLength(1);
  });

  test('is not complete before what was under way at the freeze has ended, however often it is counted', async () => {
    await shelve('EARLY', 20);
    const id = await recallOf('EARLY');
    await advanceRecall(house.deps, id, later());
    pass(15_000);
    const recall = await advanceRecall(house.deps, id, later());
    expect([recall.state, recall.passes]).toEqual(['working', 1]);
  });

  test('is counted again when a movement came between two counts', async () => {
    await shelve('MOVES', 200);
    const id = await recallOf('MOVES');
    await advanceRecall(house.deps, id, later());
    pass(25_000);
    await shelve('MOVES', 20);
    const second = await advanceRecall(house.deps, id, later());
    expect([second.state, second.passes]).toEqual(['working', 2]);
    pass(40_000);
    const third = await advanceRecall(house.deps, id, later());
    expect([third.state, third.passes, third.totals?.onHand]).toEqual(['complete', 3, 220]);
  });

  test('that several count at once, and stop in the middle of, is counted once and right', async () => {
    const lot = 'MANY';
    for (const by of ['pharmacist', 'pharmacist2', 'warehouse', 'warehouse3']) await shelve(lot, 100, by);
    const id = await recallOf(lot);
    // each of these may do no more than one step
    for (let step = 0; step < 3; step += 1) await advanceRecall(house.deps, id, house.deps.now() + 1);
    await Promise.all([1, 2, 3].map(() => advanceRecall(house.deps, id, later())));
    pass(25_000);
    await Promise.all([1, 2, 3].map(() => advanceRecall(house.deps, id, later())));
    const read = await readRecall(house.deps, id);
    expect([read.state, read.passes, read.totals?.onHand, read.totals?.sites]).toEqual(['complete', 2, 400, 4]);
    expect(await whole()).toEqual([]);
  });

  test('that nobody looks at is counted by the job', async () => {
    await shelve('JOB', 20);
    const id = await recallOf('JOB');
    await workRecalls(house.deps, later());
    pass(25_000);
    expect(await workRecalls(house.deps, later())).toBeGreaterThan(0);
    expect((await readRecall(house.deps, id)).state).toBe('complete');
  });
});

describe('a dispense against a recall', () => {
  test('is refused or listed as escaped, never lost, with many at once at a counter that read the list before', async () => {
    const lot = 'RACE';
    await shelve(lot, 1_000);
    const early = await give(lot);
    pass(3_600_000);
    // a counter in another process: it may go on by its own list for five seconds
    const other = { ...house.deps, table: openTable({ client: house.client, table, now: house.deps.now }) };
    await other.table.loadLedgerRows([]);
    const prescriptions = await Promise.all(Array.from({ length: 24 }, () => issue(house)));
    const lots = [{ gtin, lot, quantity: 21 }];
    const hand = (id: string) =>
      dispensePrescription(
        other,
        house.actor('pharmacist'),
        { id, lines: [{ line: 1, quantity: 21, lots, reason: 'in front' }] },
        { once: house.once('pharmacist'), approvable: { subject: '', bodyHash: '' } },
      ).then(
        ({ body }) => body.id,
        (error: { code?: string }) => error.code,
      );
    const racing = prescriptions.slice(0, 12).map((p) => hand(p.id));
    const id = await recallOf(lot);
    const after = prescriptions.slice(12).map((p) => hand(p.id));
    const counted = advanceRecall(house.deps, id, later());
    const outcomes = await Promise.all([...racing, ...after]);
    await counted;
    const frozen = await issue(house);
    expect(await hand(frozen.id)).toMatch(/lot-blocked|busy/);
    pass(25_000);
    await advanceRecall(house.deps, id, later());
    pass(40_000);
    const recall = await advanceRecall(house.deps, id, later());
    expect(recall.state).toBe('complete');
    const went = outcomes.filter((o) => o?.includes('.')).sort();
    expect(outcomes.filter((o) => !o?.includes('.')).every((o) => o === 'lot-blocked' || o === 'busy')).toBe(true);
    const escaped = await listEscaped(house.deps, id, { limit: 100 });
    expect(escaped.items.map((e) => e.dispense).sort()).toEqual(went);
    expect(escaped.items.map((e) => e.dispense)).not.toContain(early.id);
    expect(recall.totals?.sums.dispenses).toBe(went.length + 1);
    expect(await whole()).toEqual([]);
  });

  test('that began just before the freeze is listed too, and said to be so; one taken back says that', async () => {
    const lot = 'NEAR';
    await shelve(lot, 200);
    const d = await give(lot);
    pass(4_000);
    const id = await recallOf(lot);
    await advanceRecall(house.deps, id, later());
    await undoDispense(
      house.deps,
      house.actor('pharmacist'),
      { id: d.id, reason: 'called back' },
      house.once('pharmacist'),
    );
    pass(25_000);
    await advanceRecall(house.deps, id, later());
    const [one] = (await listEscaped(house.deps, id, {})).items;
    expect(one).toMatchObject({ dispense: d.id, underWay: true, quantity: 21, place: 'PH-1' });
    expect(one?.undoneAt).toBeDefined();
  });
});

describe('after the freeze', () => {
  test('each site says what it found until everything is; then the recall is closed, and stays in force', async () => {
    const lot = 'FOUND';
    await shelve(lot, 100);
    await shelve(lot, 60, 'pharmacist2');
    const id = await recallOf(lot);
    await count(id);
    const found = (site: string, quantity: number, by: string) =>
      reportFound(house.deps, house.actor(by, 'own'), { id, site, quantity }, house.once(by));
    expect(await refused(endRecall(house.deps, quality(), { id }, house.once('quality')))).toBe('recall-incomplete');
    expect(await refused(found('PH-2', 10, 'pharmacist'))).toBe('not-found');
    expect(await refused(found('PH-1', 101, 'pharmacist'))).toBe('quantity-invalid');
    expect(await refused(found('WH-2', 0, 'warehouse3'))).toBe('not-found');
    await found('PH-1', 90, 'pharmacist');
    await found('PH-1', 100, 'pharmacist');
    await found('PH-2', 60, 'pharmacist2');
    const own = await listSiteRecalls(house.deps, 'PH-2', {});
    expect(own.items.find((r) => r.recall.id === id)).toMatchObject({ due: 60, found: 60 });
    expect((await readRecall(house.deps, id)).found).toBe(160);
    await endRecall(house.deps, quality(), { id }, house.once('quality'));
    expect(await refused(found('PH-1', 10, 'pharmacist'))).toBe('document-closed');
    pass(6_000);
    const p = await issue(house);
    const lines = [{ line: 1, quantity: 21, lots: [{ gtin, lot, quantity: 21 }], reason: 'in front' }];
    expect(await refused(dispense(house, p.id, lines))).toBe('lot-blocked');
    await shelve(lot, 20, 'warehouse');
    const arrived = await listStock(house.deps, { site: 'WH-1', gtin }, {});
    expect(arrived.items.find((i) => i.lot === lot)?.state).toBe('recalled');
  });

  test('units that nobody found need a reason to close by', async () => {
    await shelve('LOST', 20);
    const id = await recallOf('LOST');
    await count(id);
    const close = (reason?: string) =>
      endRecall(house.deps, quality(), { id, ...(reason !== undefined && { reason }) }, house.once('quality'));
    expect(await refused(close())).toBe('recall-incomplete');
    expect((await close('burnt with the store')).body.state).toBe('closed');
  });

  test('a pharmacy sees its own patients by name, each look is told, and what they bring goes into the frozen row', async () => {
    const lot = 'CALL';
    await shelve(lot, 100);
    await shelve(lot, 60, 'pharmacist2');
    const d = await give(lot);
    const undone = await give(lot);
    await undoDispense(
      house.deps,
      house.actor('pharmacist'),
      { id: undone.id, reason: 'wrong box' },
      house.once('pharmacist'),
    );
    pass(3_600_000);
    const id = await recallOf(lot, { serials: { from: '1', to: '9' } });
    await count(id);
    const actor = house.actor('pharmacist', 'own');
    const list = await listRecallCalls(house.deps, actor, id, {});
    expect(list.items).toMatchObject([{ dispense: d.id, quantity: 21, meant: 'unknown' }]);
    expect(list.items[0]?.fullName).toMatch(/Bemor/);
    const ledger = await readLedger(house.client, table);
    const looks = ledger.events.filter((e) => e.changes.recall === id && e.changes.by === 'recall');
    expect(looks).toHaveLength(1);
    expect(JSON.stringify(ledger.events)).not.toContain('Bemor');
    expect((await listRecallCalls(house.deps, house.actor('pharmacist2', 'own'), id, {})).items).toEqual([]);
    expect(await refused(listRecallCalls(house.deps, house.actor('warehouse3', 'own'), id, {}))).toBe('not-found');

    const say = (outcome: 'reached' | 'not-reached' | 'returned', returned?: number, by = 'pharmacist', key?: string) =>
      recordRecallCall(
        house.deps,
        house.actor(by, 'own'),
        { id, dispense: d.id, outcome, ...(returned !== undefined && { returned }) },
        house.once(by, key),
      );
    expect(await refused(say('reached', undefined, 'pharmacist2'))).toBe('not-found');
    await say('not-reached');
    await say('reached');
    expect(await refused(say('returned', 22))).toBe('quantity-invalid');
    expect(await refused(say('reached', 5))).toBe('quantity-invalid');
    await say('returned', 12, 'pharmacist', 'back-12');
    await say('returned', 12, 'pharmacist', 'back-12');
    expect(await refused(say('returned', 10))).toBe('quantity-invalid');
    expect((await readRecall(house.deps, id)).calls).toEqual({ reached: 0, notReached: 0, returned: 1, units: 12 });
    const row = (await listStock(house.deps, { site: 'PH-1', gtin }, {})).items.find((i) => i.lot === lot);
    expect(row).toMatchObject({ onHand: 91, state: 'recalled' });
    pass(20_000);
    const recounted = await workRecall(house.deps, quality(), id);
    expect(recounted).toMatchObject({ state: 'complete', totals: { onHand: 151, addsUp: true } });
    expect(await whole()).toEqual([]);
  });
});

describe('a state in the whole country', () => {
  test('holds a lot everywhere at once and gives it back, but not what a single site blocked', async () => {
    const lot = 'HOLD';
    await shelve(lot, 100);
    await shelve(lot, 60, 'pharmacist2');
    const set = (state: 'available' | 'on-hold' | 'quarantined') =>
      setCountryState(house.deps, quality(), { gtin, lot, state, reason: 'a report came in' }, house.once('quality'));
    const own = { site: 'PH-2', gtin, lot, state: 'quarantined', reason: 'wet carton' } as const;
    await setLotState(house.deps, house.actor('pharmacist2', 'own'), own, house.once('pharmacist2'));
    const states = async () =>
      Promise.all(
        ['PH-1', 'PH-2'].map(
          async (site) => (await listStock(house.deps, { site, gtin }, {})).items.find((i) => i.lot === lot)?.state,
        ),
      );
    await set('on-hold');
    expect(await states()).toEqual(['on-hold', 'on-hold']);
    const p = await issue(house);
    const lines = [{ line: 1, quantity: 21, lots: [{ gtin, lot, quantity: 21 }], reason: 'in front' }];
    expect(await refused(dispense(house, p.id, lines))).toBe('lot-blocked');
    await set('quarantined');
    expect(await states()).toEqual(['quarantined', 'quarantined']);
    await set('available');
    expect(await states()).toEqual(['available', 'quarantined']);
    await dispense(house, p.id, lines);
  });
});
