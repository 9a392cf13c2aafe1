/**
 * What was used, on the real engine: weeks of chance at two pharmacies and a warehouse, some nights rolled and some not,
 * runs that die half way; whatever was kept is what the movements of the ledger add up to, and says so again.
 */
import { createHash } from 'node:crypto';
import { approvedText } from '@darmon/domain/approval';
import type { DayUse } from '@darmon/domain/consumption';
import type { Movement } from '@darmon/domain/ledger';
import { Refusal } from '@darmon/domain/refusal';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { approvePath } from '@darmon/domain/write-off';
import { giveApproval } from '@darmon/usecases/approvals';
import {
  lastClosedDay,
  readConsumption,
  rebuildConsumption,
  rollConsumption,
  rollSite,
} from '@darmon/usecases/consumption';
import type { Deps } from '@darmon/usecases/deps';
import { undoDispense } from '@darmon/usecases/dispenses';
import { setLotState } from '@darmon/usecases/inventory';
import { receiveShipment } from '@darmon/usecases/receiving';
import { receiveTransfer, shipTransfer } from '@darmon/usecases/transfer-moves';
import { pickTransfer } from '@darmon/usecases/transfer-picks';
import { requestTransfer } from '@darmon/usecases/transfers';
import { requestWriteOff, signWriteOff } from '@darmon/usecases/write-offs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, table } from '../support/house.ts';
import { readLedger } from '../support/ledger.ts';

const gtin = gtins.amoxicillin;
const medicine = 'AMOX500CAP';
const keepers = { 'PH-1': 'pharmacist', 'PH-2': 'pharmacist2', 'WH-1': 'warehouse' } as const;
type Place = keyof typeof keepers;
const places = Object.keys(keepers) as Place[];
const lots = ['A', 'B', 'C'] as const;
/** The first lot expires while it is played. */
const expiries = { A: '2026-12-20', B: '2027-08-31', C: '2028-01-31' } as const;

let house: House;
beforeAll(async () => {
  house = await makeHouse('consumption');
});
afterAll(() => house.stop());

const days = 50;
const began = '2026-11-20';
/** Lots that might be handed over as each day ended, as somebody saw them then; days before the first are like it. */
const seen = new Map<string, ReadonlySet<string>>();
const given: { id: string; by: string }[] = [];
const reached = new Set<string>();

const chance = (() => {
  let n = 0;
  return (below: number): number => createHash('sha256').update(`use/${n++}`).digest().readUInt32BE(0) % below;
})();
const own = (place: Place) => house.actor(keepers[place], 'own');
const once = (place: Place) => house.once(keepers[place]);
/** What is refused was not possible on that day, and is no test's concern here. */
const attempt = async (name: string, run: () => Promise<unknown>): Promise<void> => {
  try {
    await run();
    reached.add(name);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
};

const writeOff = async (place: Place, lot: string): Promise<void> => {
  const lines = [{ gtin, lot, quantity: 5, reason: 'damaged' as const }];
  const { body } = await requestWriteOff(house.deps, own(place), { site: place, lines }, once(place));
  const bodyHash = createHash('sha256')
    .update(approvedText({ actHash: body.actHash }))
    .digest('base64url');
  const approver = house.actor('approver', 'all');
  const wanted = { subject: approvePath(body.id), bodyHash };
  const yes = await giveApproval(house.deps, approver, wanted, house.once('approver'));
  const signed = { id: body.id, actHash: body.actHash, approval: yes.body.id };
  await signWriteOff(house.deps, approver, signed, house.once('approver'));
};
const put = (site: Place, lot: string, state: 'on-hold' | 'available') =>
  setLotState(house.deps, own(site), { site, gtin, lot, state, reason: 'looked at' }, once(site));
const send = async (from: Place, to: Place, lot: string): Promise<void> => {
  const quantity = 10 * (1 + chance(2));
  const wanted = { from, to, lines: [{ gtin, quantity }], reason: 'they have none' };
  const { body } = await requestTransfer(house.deps, own(from), wanted, once(from));
  const { id } = body;
  const picks = [{ line: 1, gtin, lot, quantity }];
  await pickTransfer(house.deps, own(from), { id, picks, reason: 'this lot is meant' }, once(from));
  await shipTransfer(house.deps, own(from), { id }, once(from));
  await receiveTransfer(house.deps, own(to), { id, lines: [{ gtin, lot, quantity }] }, once(to));
};

const act = async (): Promise<void> => {
  const place = places[chance(3)] as Place;
  const lot = lots[chance(3)] as (typeof lots)[number];
  const what = chance(20);
  house.clock.now += 600_000;
  if (what < 12)
    await attempt('dispense', async () => {
      const { id } = await issue(house);
      const quantity = 1 + chance(21);
      const line = { line: 1, quantity, lots: [{ gtin, lot, quantity }], reason: 'chosen' };
      const by = keepers[place === 'WH-1' ? 'PH-1' : place];
      const { body } = await dispense(house, id, [line], by);
      given.push({ id: body.id, by });
    });
  else if (what < 14)
    await attempt('undo', async () => {
      const { id, by } = given.at(-1) ?? { id: '', by: 'pharmacist' };
      await undoDispense(house.deps, house.actor(by), { id, reason: 'wrong patient' }, house.once(by));
    });
  else if (what < 16) {
    const backdated = { day: dayAfter(tashkentDay(house.clock.now), -1 - chance(4)), reason: 'entered late' };
    const lines = [{ gtin, lot, expiryDate: expiries[lot], packs: 1 }];
    const late = chance(2) === 0 ? { backdated } : {};
    await attempt(chance(2) === 0 ? 'receive' : 'receive late', () =>
      receiveShipment(house.deps, own(place), { site: place, lines, ...late }, once(place)),
    );
  } else if (what < 17) {
    const state = chance(2) === 0 ? ('on-hold' as const) : ('available' as const);
    await attempt(state, () => put(place, lot, state));
  } else if (what < 18) await attempt('write off', () => writeOff(place, lot));
  else await attempt('send', () => send(place, places[chance(3)] as Place, lot));
};

const usableNow = async (): Promise<ReadonlySet<string>> => {
  const rows = await Promise.all(places.map((place) => house.table.listPastRows(place, { limit: 100 })));
  return new Set(
    rows.flatMap(({ items }) =>
      items.flatMap(({ row }) => (row.state === 'available' ? [`${row.site} ${row.lot}`] : [])),
    ),
  );
};

/** The answer, written a second time: over all movements, and the states that were seen when each day ended. */
const expected = (place: Place, movements: readonly Movement[], through: string): DayUse[] => {
  const its = movements.filter((m) => m.site === place && m.medicine === medicine);
  const dayOf = (m: Movement) => tashkentDay(Date.parse(m.at));
  const first = its.map(dayOf).sort()[0];
  const answer: DayUse[] = [];
  if (first === undefined) return [];
  for (let day = first; day <= through; day = dayAfter(day, 1)) {
    const used = its
      .filter((m) => dayOf(m) === day)
      .filter(({ kind }) => kind.startsWith('dispense') || (kind === 'transfer-out' && place === 'WH-1'))
      .reduce((sum, m) => sum - m.quantity, 0);
    const closing = lots
      .filter((lot) => expiries[lot] >= day && seen.get(day < began ? began : day)?.has(`${place} ${lot}`))
      .map((lot) => its.filter((m) => m.lot === lot && dayOf(m) <= day).reduce((sum, m) => sum + m.quantity, 0))
      .reduce((sum, n) => sum + n, 0);
    answer.push({ day, used: used === 0 ? 0 : used, closing, out: closing === 0 });
  }
  return answer;
};

const kept = async (place: Place) => {
  const all = [];
  let cursor: string | undefined;
  do {
    const page = await house.table.listConsumption(place, { cursor, limit: 100 });
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
};
const read = (place: Place, range: { from?: string; to?: string } = {}) =>
  readConsumption(house.deps, { site: place, medicine, from: '2026-11-01', ...range });
const forever = Number.MAX_SAFE_INTEGER;

describe('after weeks of chance', () => {
  beforeAll(async () => {
    for (const place of places) {
      const lines = lots.map((lot) => ({ gtin, lot, expiryDate: expiries[lot], packs: 1 }));
      await receiveShipment(house.deps, own(place), { site: place, lines }, once(place));
    }
    for (let day = 0; day < days; day += 1) {
      // a day begins at its noon and its last act is well before midnight
      const set = day === 20 ? ('on-hold' as const) : ('available' as const);
      if (day === 20 || day === 23)
        for (const place of places) for (const lot of lots) await attempt(set, () => put(place, lot, set));
      if (day < 20 || day > 22) for (let n = 2 + chance(4); n > 0; n -= 1) await act();
      seen.set(tashkentDay(house.clock.now), await usableNow());
      house.clock.now = Math.floor(house.clock.now / dayMs) * dayMs + dayMs + 7 * 3_600_000;
      if (chance(3) > 0) await rollConsumption(house.deps, chance(4) === 0 ? house.clock.now : forever);
    }
  }, 300_000);

  test('everything that may happen to stock did', () => {
    expect([...reached].sort()).toEqual(
      ['dispense', 'undo', 'receive', 'receive late', 'on-hold', 'available', 'write off', 'send'].sort(),
    );
  });

  test.each(places)(
    'at %s what was rolled night by night is what the movements add up to, day by day',
    async (place) => {
      await rollConsumption(house.deps, forever);
      const { movements } = await readLedger(house.client, table);
      const through = lastClosedDay(house.clock.now);
      const { days: found, through: told } = await read(place, { to: through });
      expect(told).toBe(through);
      const wanted = expected(place, movements, through);
      expect(found).toEqual(wanted);
      // nothing might be handed over while all of it was looked at
      expect(wanted.filter(({ out }) => out).length).toBeGreaterThanOrEqual(3);
      expect(wanted.reduce((sum, { used }) => sum + used, 0)).toBeGreaterThan(0);
    },
  );

  test.each(places)('at %s reckoning any month again, or all of it, changes nothing', async (place) => {
    await rollConsumption(house.deps, forever);
    const before = await kept(place);
    const [site] = await house.table.loadSites([place]);
    if (!site) throw new Error('no site');
    for (const month of ['2026-12', '2026-11'])
      expect(await rollSite(house.deps, site, month, house.clock.now + 1)).toBe(true);
    expect(await kept(place)).toEqual(before);
    const rebuilt = await rebuildConsumption(house.deps, house.actor('planner'), { site: place });
    expect(rebuilt).toEqual({ site: place, done: true, mended: 0, through: lastClosedDay(house.clock.now) });
    expect(await kept(place)).toEqual(before);
  });

  test('days that are not kept are reckoned when somebody asks, and today is among them', async () => {
    await rollConsumption(house.deps, forever);
    house.clock.now += 3 * dayMs;
    const { days: found } = await read('PH-1');
    expect(found.at(-1)?.day).toBe(tashkentDay(house.clock.now));
    const { id } = await issue(house);
    const lines = [{ gtin, lot: 'NEW', expiryDate: '2028-05-31', packs: 1 }];
    await receiveShipment(house.deps, own('PH-1'), { site: 'PH-1', lines }, once('PH-1'));
    await dispense(house, id, [{ line: 1, quantity: 3, lots: [{ gtin, lot: 'NEW', quantity: 3 }], reason: 'chosen' }]);
    const after = await read('PH-1');
    expect(after.days.at(-1)?.used).toBe(3);
    expect(after.days.slice(0, -1)).toEqual(found.slice(0, -1));
  });
});

test('a run that dies goes on where it stood, and no site waits for another that fails', async () => {
  house.clock.now += dayMs;
  const failing: Deps = {
    ...house.deps,
    table: {
      ...house.table,
      loadMovements: (site, ...rest) =>
        site === 'PH-1' ? Promise.reject(new Error('the network broke')) : house.table.loadMovements(site, ...rest),
    },
  };
  expect(await rollConsumption(failing, forever)).toEqual({ done: 3, of: 4, failed: 1 });
  const [first, second] = await house.table.loadRolled(['PH-1', 'PH-2']);
  const yesterday = lastClosedDay(house.clock.now);
  expect([first?.through === yesterday, second?.through]).toEqual([false, yesterday]);
  // as if it had died behind the first of two medicines
  await house.table.keepRolled({
    site: 'PH-1',
    at: new Date(house.clock.now).toISOString(),
    ...(first?.through !== undefined && { through: first.through }),
    working: { from: '2026-11', through: yesterday, after: medicine },
  });
  const read: string[] = [];
  const counting: Deps = {
    ...house.deps,
    table: {
      ...house.table,
      loadMovements: (site, ...of) => {
        read.push(site);
        return house.table.loadMovements(site, ...of);
      },
    },
  };
  expect(await rollConsumption(counting, forever)).toEqual({ done: 4, of: 4, failed: 0 });
  expect(read).toEqual([]);
  expect((await house.table.loadRolled(['PH-1']))[0]).toMatchObject({ through: yesterday });
});

test('what is dated back into a month that was kept already is kept by the next night', async () => {
  house.clock.now = Date.parse('2027-03-02T07:00:00.000Z');
  const ofParacetamol = () => house.table.loadConsumption('PH-2', 'PARA500TAB');
  const receive = (day?: string) =>
    receiveShipment(
      house.deps,
      own('PH-2'),
      {
        site: 'PH-2',
        lines: [{ gtin: gtins.paracetamol, lot: 'LATE', expiryDate: '2028-05-31', packs: 1 }],
        ...(day !== undefined && { backdated: { day, reason: 'entered late' } }),
      },
      once('PH-2'),
    );
  await receive();
  await rollConsumption(house.deps, forever);
  expect(await ofParacetamol()).toEqual([]);
  await receive('2027-02-27');
  house.clock.now += dayMs;
  await rollConsumption(house.deps, forever);
  expect((await ofParacetamol()).map(({ month, days: own }) => [month, own])).toEqual([
    ['2027-02', [[27, 0, 10]]],
    ['2027-03', [[2, 0, 20]]],
  ]);
});

test('a site that is not known, and more days than an answer holds, are refused', async () => {
  expect(await refused(readConsumption(house.deps, { site: 'PH-9', medicine }))).toBe('not-found');
  expect(await refused(read('PH-1', { from: '2020-01-01' }))).toBe('schema');
  const planner = house.actor('planner');
  for (const site of ['PH-9', 'OF-1'])
    expect(await refused(rebuildConsumption(house.deps, planner, { site }))).toBe('not-found');
});
