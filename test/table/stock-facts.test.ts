/**
 * Facts of stock on the real engine: weeks of chance at two pharmacies and a warehouse with entries dated back, taken back
 * and on their way, nights that break off and run twice; what was kept is what the movements of the ledger add up to.
 */
import { createHash } from 'node:crypto';
import type { Movement } from '@darmon/domain/ledger';
import { isTransit } from '@darmon/domain/ledger';
import { monthBeside, monthSpan } from '@darmon/domain/ledger-view';
import { countsIn, type Freeze } from '@darmon/domain/period';
import { Refusal } from '@darmon/domain/refusal';
import { onHandOf } from '@darmon/domain/stock';
import { flowsOf, StockFact } from '@darmon/domain/stock-facts';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { dayMs, instant, tashkentDay } from '@darmon/domain/time';
import { undoDispense } from '@darmon/usecases/dispenses';
import { factJobs } from '@darmon/usecases/fact-jobs';
import { type FactDeps, isSettled, knownAt, lastDayIn, rebuildFacts, rollFacts } from '@darmon/usecases/facts';
import { receiveShipment } from '@darmon/usecases/receiving';
import { eachStockFacts, reckonStockFacts, stockMaker } from '@darmon/usecases/stock-facts';
import { receiveTransfer, shipTransfer } from '@darmon/usecases/transfer-moves';
import { pickTransfer } from '@darmon/usecases/transfer-picks';
import { requestTransfer } from '@darmon/usecases/transfers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, table } from '../support/house.ts';
import { readLedger } from '../support/ledger.ts';
import { takeBack } from '../support/reversal.ts';

const gtin = gtins.amoxicillin;
const keepers = { 'PH-1': 'pharmacist', 'PH-2': 'pharmacist2', 'WH-1': 'warehouse' } as const;
type Place = keyof typeof keepers;
const places = Object.keys(keepers) as Place[];
const lots = ['A', 'B', 'C'] as const;
const forever = Number.MAX_SAFE_INTEGER;
const stockJobs = factJobs.filter(({ kind }) => kind === 'stock');

let house: House;
beforeAll(async () => {
  house = await makeHouse('facts');
});
afterAll(() => house.stop());

const chance = (() => {
  let n = 0;
  return (below: number): number => createHash('sha256').update(`facts/${n++}`).digest().readUInt32BE(0) % below;
})();
const own = (place: Place) => house.actor(keepers[place], 'own');
const once = (place: Place) => house.once(keepers[place]);
const reached = new Set<string>();
const attempt = async (name: string, run: () => Promise<unknown>): Promise<void> => {
  try {
    await run();
    reached.add(name);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
};
const given: { id: string; by: string }[] = [];

const receive = (place: Place, lot: string, day?: string) => {
  const lines = [{ gtin, lot, expiryDate: '2028-08-31', packs: 1, packPrice: 2_000_000 }];
  const late = day === undefined ? {} : { backdated: { day, reason: 'entered late' } };
  return receiveShipment(house.deps, own(place), { site: place, lines, ...late }, once(place));
};
/** Some of it stays on the way. */
const send = async (from: Place, to: Place, lot: string): Promise<void> => {
  const lines = [{ gtin, quantity: 10 }];
  const wanted = { from, to, lines, reason: 'they have none' };
  const { body } = await requestTransfer(house.deps, own(from), wanted, once(from));
  const { id } = body;
  const picks = [{ line: 1, gtin, lot, quantity: 10 }];
  await pickTransfer(house.deps, own(from), { id, picks, reason: 'this lot is meant' }, once(from));
  await shipTransfer(house.deps, own(from), { id }, once(from));
  if (chance(3) > 0)
    await receiveTransfer(house.deps, own(to), { id, lines: [{ gtin, lot, quantity: 1 + chance(10) }] }, once(to));
};

const act = async (): Promise<void> => {
  const place = places[chance(3)] as Place;
  const lot = lots[chance(3)] as string;
  const what = chance(20);
  house.clock.now += 600_000;
  if (what < 10)
    await attempt('dispense', async () => {
      const { id } = await issue(house);
      const quantity = 1 + chance(12);
      const by = keepers[place === 'WH-1' ? 'PH-1' : place];
      const line = { line: 1, quantity, lots: [{ gtin, lot, quantity }], reason: 'chosen' };
      const { body } = await dispense(house, id, [line], by);
      given.push({ id: body.id, by });
    });
  else if (what < 12)
    await attempt('undo', async () => {
      const { id, by } = given.at(-1) ?? { id: '', by: 'pharmacist' };
      await undoDispense(house.deps, house.actor(by), { id, reason: 'wrong patient' }, house.once(by));
    });
  else if (what < 13) await attempt('receive', () => receive(place, lot));
  else if (what < 14)
    await attempt('take back', async () => {
      await receive(place, lot);
      house.clock.now += 60_000;
      const movements = await house.table.loadMovements(place, gtin, lot, house.clock.now - 120_000);
      const { id = '' } = movements.findLast(({ kind }) => kind === 'receipt') ?? {};
      const wanted = { site: place, gtin, lot, movement: id, reason: 'twice on the same paper' };
      await takeBack(house, own(place), wanted, once(place));
    });
  else if (what < 16)
    await attempt('receive late', () => receive(place, lot, dayAfter(tashkentDay(house.clock.now), -1 - chance(4))));
  else await attempt('send', () => send(place, places[chance(3)] as Place, lot));
};

/** Closes a month as the register of closed months has it. */
const freeze = async (month: string): Promise<void> => {
  const book = await house.table.loadFreezeBook();
  const at = instant(house.clock.now);
  await house.table.freezePeriod(
    {
      month,
      version: 1,
      revision: 1,
      state: 'frozen',
      frozenAt: at,
      at,
      reports: ['material-balance'],
      done: 0,
      signatures: [],
    },
    book,
    {
      now: house.clock.now,
      event: {
        id: house.deps.id(),
        at,
        type: 'period-frozen',
        actor: { person: 'auditor', role: 'auditor', site: 'OF-1' },
        changes: {},
      },
    },
  );
};

/** The answer, written a second time: over every movement there is, by where it lies and when it counts. */
const expected = (
  movements: readonly Movement[],
  sender: ReadonlyMap<string, string>,
  of: {
    site: string;
    month: string;
    through: string;
    asOf: string;
    freezes: readonly Freeze[];
  },
): Map<string, { opening: number; closing: number; moved: Record<string, number> }> => {
  const lines = new Map<string, { opening: number; closing: number; moved: Record<string, number> }>();
  for (const m of movements) {
    const place = isTransit(m.site) ? m.site : '';
    const site = isTransit(m.site) ? sender.get(m.site) : m.site;
    if (site !== of.site || m.quantity === 0 || (m.recordedAt ?? m.at) > of.asOf) continue;
    const counts = countsIn(of.freezes, m);
    const day = tashkentDay(Date.parse(counts.late ? (m.recordedAt ?? m.at) : m.at));
    const isBefore = counts.month < of.month;
    if (!isBefore && (counts.month > of.month || day > of.through)) continue;
    const name = `${m.lot} ${place}`;
    const line = lines.get(name) ?? { opening: 0, closing: 0, moved: {} };
    lines.set(name, line);
    line.closing += m.quantity;
    if (isBefore) line.opening += m.quantity;
    else line.moved[m.kind] = (line.moved[m.kind] ?? 0) + m.quantity;
  }
  for (const [name, { opening, closing, moved }] of lines)
    if (opening === 0 && closing === 0 && Object.keys(moved).length === 0) lines.delete(name);
  return lines;
};
const told = (lines: readonly StockFact[]): ReturnType<typeof expected> =>
  new Map(
    lines.map((fact) => {
      const moved: Record<string, number> = {};
      for (const [, kind, came, went] of flowsOf(fact)) moved[kind] = (moved[kind] ?? 0) + came - went;
      return [`${fact.lot} ${fact.place ?? ''}`, { opening: fact.opening, closing: fact.closing, moved }];
    }),
  );

const transfersOf = async (): Promise<Map<string, string>> => {
  const senders = new Map<string, string>();
  for (const place of places)
    for (const { id, from } of (await house.table.listTransfers(place, 'sender', { limit: 1000 })).items)
      senders.set(`TRANSFER-${id}`, from);
  return senders;
};
const keptOf = async (place: string, month: string) =>
  (await house.table.loadFacts('stock', [place], month, StockFact))[0];
const allKept = async () => {
  const all: unknown[] = [];
  for (const place of places)
    for (const { month } of await house.table.listFacts('stock', place)) all.push((await keptOf(place, month))?.lines);
  return all;
};

describe('after weeks of chance', () => {
  beforeAll(async () => {
    for (const place of places) for (const lot of lots) await receive(place, lot);
    for (let day = 0; day < 50; day += 1) {
      for (let n = 2 + chance(4); n > 0; n -= 1) await act();
      house.clock.now = Math.floor(house.clock.now / dayMs) * dayMs + dayMs + 7 * 3_600_000;
      // November is closed on the third of December: what is entered late for it counts in December
      if (tashkentDay(house.clock.now) === '2026-12-03') await freeze('2026-11');
      if (tashkentDay(house.clock.now) === '2026-12-04')
        await attempt('receive for a closed month', () => receive('PH-1', 'B', '2026-11-30'));
      if (chance(3) > 0) await rollFacts(house.deps, stockJobs, chance(4) === 0 ? house.clock.now : forever);
    }
  }, 300_000);

  test('everything that may happen to stock did', () => {
    expect([...reached].sort()).toEqual(
      ['dispense', 'receive', 'receive for a closed month', 'receive late', 'send', 'take back', 'undo'].sort(),
    );
  });

  test.each(places)('at %s what is kept is what the movements add up to, month by month, lot by lot', async (place) => {
    await rollFacts(house.deps, stockJobs, forever);
    const { movements } = await readLedger(house.client, table);
    const sender = await transfersOf();
    const freezes = await house.table.loadFreezes();
    let late = 0;
    for (const month of ['2026-11', '2026-12', '2027-01']) {
      const kept = await keptOf(place, month);
      if (!kept) throw new Error('not kept');
      const { through, asOf } = kept;
      expect(through).toBe(lastDayIn(month, knownAt(house.clock.now)));
      expect(told(kept.lines)).toEqual(expected(movements, sender, { site: place, month, through, asOf, freezes }));
      expect(kept.sums.ledger).toBe(kept.sums.closing);
      late += kept.lines.filter((line) => line.late !== undefined).length;
    }
    // at one of them something was surely entered for a closed month
    if (place === 'PH-1') expect(late).toBeGreaterThanOrEqual(1);
  });

  test('over all sites and all that is on its way, transfers cancel each other out', async () => {
    for (const month of ['2026-11', '2026-12']) {
      let moved = 0;
      for (const place of places)
        for (const fact of (await keptOf(place, month))?.lines ?? [])
          for (const [, kind, came, went] of flowsOf(fact)) if (kind.startsWith('transfer')) moved += came - went;
      expect(moved).toBe(0);
    }
  });

  test('each month opens with what the one before closed with', async () => {
    for (const place of places)
      for (const month of ['2026-11', '2026-12']) {
        const [one, other] = [await keptOf(place, month), await keptOf(place, monthBeside(month, 1))];
        expect(other?.sums.opening).toBe(one?.sums.closing);
      }
  });

  test('reckoning everything again, or on asking, changes nothing', async () => {
    await rollFacts(house.deps, stockJobs, forever);
    const before = await allKept();
    const rebuilt = [];
    for await (const line of rebuildFacts(house.deps, stockJobs, { sites: [...places] })) rebuilt.push(line);
    const through = dayAfter(tashkentDay(knownAt(house.clock.now)), -1);
    expect(rebuilt).toEqual(places.map((site) => ({ site, facts: 'stock', through, mended: [] })));
    expect(await allKept()).toEqual(before);
    const [site] = await house.table.loadSites(['PH-1']);
    if (!site) throw new Error('no site');
    const freezes = await house.table.loadFreezes();
    const asked = { site, month: '2026-12', asOf: knownAt(house.clock.now), freezes };
    expect((await reckonStockFacts(house.deps, asked))?.lines).toEqual((await keptOf('PH-1', '2026-12'))?.lines);
  });

  test('two nights at once write one, and it is whole', async () => {
    const before = await allKept();
    house.clock.now += dayMs;
    await Promise.all([rollFacts(house.deps, stockJobs, forever), rollFacts(house.deps, stockJobs, forever)]);
    const { done, of, failed } = await rollFacts(house.deps, stockJobs, forever);
    expect([done, failed]).toEqual([of, 0]);
    expect(await allKept()).toEqual(before);
  });

  test('a night that dies at any of its writes leaves what was kept, and the next one finishes it', async () => {
    house.clock.now += dayMs;
    const before = await allKept();
    const writes = ['keepFactsThrough', 'beginFacts', 'addFacts', 'finishFacts'] as const;
    for (const name of writes)
      for (const isWritten of [false, true]) {
        const dying = {
          ...house.deps,
          table: {
            ...house.table,
            [name]: async (...of: never[]) => {
              if (isWritten) await (house.table[name] as (...all: never[]) => Promise<unknown>)(...of);
              throw new Error('the power failed');
            },
          },
        } as FactDeps;
        const { failed } = await rollFacts(dying, stockJobs, forever);
        expect(failed).toBeGreaterThan(0);
        // nothing happened on these days, so what is read is the same before and after
        expect(await allKept()).toEqual(before);
      }
    const { done, of } = await rollFacts(house.deps, stockJobs, forever);
    expect(done).toBe(of);
    expect(await allKept()).toEqual(before);
  });

  test('a movement that arrives while facts are made is in none of their months until the next night', async () => {
    house.clock.now += dayMs;
    let entered = 0;
    const meanwhile: FactDeps = {
      ...house.deps,
      table: {
        ...house.table,
        eachMovement: async (...of) => {
          if (of[0].site === 'PH-2' && entered++ === 0) {
            house.clock.now += 120_000;
            await receive('PH-2', 'A', dayAfter(tashkentDay(house.clock.now), -2));
          }
          return house.table.eachMovement(...of);
        },
      },
    };
    await rollFacts(meanwhile, stockJobs, forever);
    expect(entered).toBeGreaterThan(0);
    const kept = await keptOf('PH-2', '2027-01');
    const { movements } = await readLedger(house.client, table);
    const freezes = await house.table.loadFreezes();
    const of = { site: 'PH-2', month: '2027-01', through: kept?.through ?? '', asOf: kept?.asOf ?? '', freezes };
    expect(told(kept?.lines ?? [])).toEqual(expected(movements, await transfersOf(), of));
    expect(kept?.sums.ledger).toBe(kept?.sums.closing);
    house.clock.now += dayMs;
    await rollFacts(house.deps, stockJobs, forever);
    const next = await keptOf('PH-2', '2027-01');
    expect(next?.sums.closing).toBe((kept?.sums.closing ?? 0) + 20);
  });

  test('a report that is asked for before the night has run reckons what is missing and says through which day', async () => {
    house.clock.now += 2 * dayMs;
    const sites = await house.table.loadSites([...places]);
    for await (const { facts } of eachStockFacts(house.deps, sites, '2027-01')) {
      expect(facts?.kept).toBe(false);
      expect(facts?.through).toBe(lastDayIn('2027-01', house.clock.now));
    }
    for await (const { facts } of eachStockFacts(house.deps, sites, '2026-12')) expect(facts?.kept).toBe(true);
  });
});

test('a settled month that is kept otherwise than the ledger says is told, marked, and mended by a rebuild', async () => {
  house.clock.now = monthSpan('2027-02').from + 20 * dayMs;
  await rollFacts(house.deps, stockJobs, forever);
  // every settled month has its turn on one of as many nights
  const isTold = async () => {
    const found = [];
    for (let night = 0; night < 3; night += 1) {
      house.clock.now += dayMs;
      found.push(...(await rollFacts(house.deps, stockJobs, forever)).findings);
    }
    return found;
  };
  expect(await isTold()).toEqual([]);
  const kept = await keptOf('PH-1', '2026-11');
  const [first, ...rest] = kept?.lines ?? [];
  if (!kept || !first) throw new Error('nothing is kept');
  let work = await house.table.beginFacts('stock', kept);
  work = await house.table.addFacts(work, {
    lines: [{ ...first, closing: first.closing + 1 }, ...rest],
    sums: kept.sums,
    after: 'way:',
  });
  await house.table.finishFacts(work, kept.madeAt);
  expect(await isTold()).toContainEqual({ kind: 'stock', site: 'PH-1', month: '2026-11' });
  expect((await keptOf('PH-1', '2026-11'))?.differs).toBe(true);
  house.clock.now += dayMs;
  const rebuilt = [];
  for await (const line of rebuildFacts(house.deps, stockJobs, { sites: ['PH-1'] })) rebuilt.push(line.mended);
  expect(rebuilt).toEqual([['2026-11']]);
  expect(await keptOf('PH-1', '2026-11')).toMatchObject({ lines: kept.lines });
  expect((await keptOf('PH-1', '2026-11'))?.differs).toBeUndefined();
});

test('a month that is closed after its last night is told with all that was entered until then, and nothing later', async () => {
  house.clock.now = monthSpan('2027-03').from + dayMs + 7 * 3_600_000;
  await rollFacts(house.deps, stockJobs, forever);
  const kept = await keptOf('PH-1', '2027-02');
  await receive('PH-1', 'A', '2027-02-27');
  house.clock.now += 60_000;
  await freeze('2027-02');
  house.clock.now += 60_000;
  await receive('PH-1', 'A', '2027-02-28');
  const closingOf = async () => {
    const sites = await house.table.loadSites(['PH-1']);
    for await (const { facts } of eachStockFacts(house.deps, sites, '2027-02'))
      return [facts?.sums.closing, facts?.kept];
    return undefined;
  };
  const closing = (kept?.sums.closing ?? 0) + 20;
  expect(await closingOf()).toEqual([closing, false]);
  // long after anything could be dated back it was closed, and the next night still keeps it as it was closed
  house.clock.now += 12 * dayMs;
  await rollFacts(house.deps, stockJobs, forever);
  expect(await closingOf()).toEqual([closing, true]);
  expect((await keptOf('PH-1', '2027-03'))?.sums.opening).toBe(closing);
});

test('on its first day a month is told as far as it went', async () => {
  house.clock.now = monthSpan('2027-04').from + 6 * 3_600_000;
  await receive('PH-2', 'B');
  house.clock.now += 120_000;
  const sites = await house.table.loadSites(['PH-2']);
  for await (const { facts } of eachStockFacts(house.deps, sites, '2027-04')) {
    expect([facts?.through, facts?.kept]).toEqual(['2027-04-01', false]);
    expect((facts?.sums.closing ?? 0) - (facts?.sums.opening ?? 0)).toBe(20);
  }
});

test('a night that is left out leaves nothing out', async () => {
  const dayIn = (day: string) => Date.parse(`${day}T07:00:00.000Z`);
  house.clock.now = dayIn('2027-05-05');
  await rollFacts(house.deps, stockJobs, forever);
  house.clock.now += 3_600_000;
  // the last day on which anything may be dated back into April
  await receive('PH-1', 'C', '2027-04-30');
  const before = (await keptOf('PH-1', '2027-04'))?.sums.closing ?? 0;
  house.clock.now = dayIn('2027-05-07');
  await rollFacts(house.deps, stockJobs, forever);
  const kept = await keptOf('PH-1', '2027-04');
  expect(kept?.sums.closing).toBe(before + 20);
  // and from now on nobody may change it, so that the nights to come look at it again
  expect(kept && isSettled(kept, 5)).toBe(true);
});

test('a site that is not known is refused', async () => {
  const rebuilding = rebuildFacts(house.deps, stockJobs, { sites: ['PH-9'] });
  expect(await refused(rebuilding.next())).toBe('not-found');
  expect(stockMaker.isFor({ id: 'OF-1', kind: 'office', name: 'x', region: 'UZ-TK', active: true, version: 1 })).toBe(
    false,
  );
});

test('the sums that facts tell are those of the shelf', async () => {
  house.clock.now += dayMs;
  await rollFacts(house.deps, stockJobs, forever);
  const { stock } = await readLedger(house.client, table);
  const month = tashkentDay(knownAt(house.clock.now)).slice(0, 7);
  const closing = await Promise.all(places.map(async (place) => (await keptOf(place, month))?.sums.closing ?? 0));
  const shelf = stock.filter((row) => row.medicine === 'AMOX500CAP').reduce((sum, row) => sum + onHandOf(row), 0);
  expect(closing.reduce((sum, n) => sum + n, 0)).toBe(shelf);
});
