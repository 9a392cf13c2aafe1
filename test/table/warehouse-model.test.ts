/**
 * The books of a small chain, written a second time and apart from the rules: what each place holds of each lot, free
 * and promised, and what it held at every instant before. Sequences of what keepers do are played on the real engine,
 * some of them while the network lies; after every step the shelves must be what the model says, every no must be the no
 * that it foretells, and at the end the whole ledger must add up. A failure prints the seed and the steps.
 */
import { createHash } from 'node:crypto';
import { approvedText } from '@darmon/domain/approval';
import { isTransit, transitPlace } from '@darmon/domain/ledger';
import type { Once } from '@darmon/domain/once';
import { Refusal } from '@darmon/domain/refusal';
import { dayMs, dayStart, tashkentDay } from '@darmon/domain/time';
import { approvePath } from '@darmon/domain/write-off';
import { giveApproval } from '@darmon/usecases/approvals';
import { advanceCount, enterCounts, postCount, startCount } from '@darmon/usecases/counts';
import { undoDispense } from '@darmon/usecases/dispenses';
import { listMovements, setLotState } from '@darmon/usecases/inventory';
import { openRecall, readRecall, workRecall } from '@darmon/usecases/recalls';
import { receiveShipment } from '@darmon/usecases/receiving';
import { receiveTransfer, returnTransfer, shipTransfer } from '@darmon/usecases/transfer-moves';
import { pickTransfer } from '@darmon/usecases/transfer-picks';
import { cancelTransfer, requestTransfer } from '@darmon/usecases/transfers';
import { refuseWriteOff, requestWriteOff, signWriteOff, withdrawWriteOff } from '@darmon/usecases/write-offs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { disturb, type Fault } from '../support/faults.ts';
import { dispense, type House, issue, makeHouse, start, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';
import { reversalOf, takeBack } from '../support/reversal.ts';
import {
  arrivalOf,
  type Books,
  backdateDays,
  blockedOnItsWay,
  colleagues,
  expiries,
  gtin,
  keepers,
  leastFrom,
  madeRow,
  medicine,
  minute,
  moveOn,
  packUnits,
  type Row,
  reached,
  rowOf,
  type Step,
  stepOf,
  whyNotTaken,
} from './warehouse-books.ts';

const runs = Number(process.env.MODEL_RUNS ?? (process.env.NIGHTLY ? 2_000 : 100));
const seed = process.env.MODEL_SEED ? Number(process.env.MODEL_SEED) : process.env.NIGHTLY ? undefined : 2026;

let house: House;
beforeAll(async () => {
  house = await makeHouse('warehouse-model');
});
afterAll(() => house?.stop());

const dayBack = (days: number): string => tashkentDay(house.clock.now - days * dayMs);
const backdatedOf = (days: number) => (days === 0 ? {} : { backdated: { day: dayBack(days), reason: 'entered late' } });
const countsAt = (days: number): number => (days === 0 ? house.clock.now : dayStart(dayBack(days)) + dayMs - 1);

// --- asking, as somebody does who is not sure of having been heard --------------------------------------------------------

let asked = 0;
/** What came of it: `done` with the answer, or the code of the no. The same key until there is an answer. */
const ask = async <T>(by: string, run: (once: Once) => Promise<T>): Promise<T | string> => {
  asked += 1;
  const once = house.once(by, `model-${asked}`);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run(once);
    } catch (error) {
      if (error instanceof Refusal && error.code !== 'busy') return error.code;
      if (attempt === 60) throw error;
    }
  }
};
const codeOf = (came: unknown): string => (typeof came === 'string' ? came : 'done');
const hashOf = (body: Record<string, unknown>) => createHash('sha256').update(approvedText(body)).digest('base64url');

// --- what keepers do -----------------------------------------------------------------------------------------------------

/** What was seen to happen, so that a run that reaches little is not taken for a good one. */
const seen = new Set<string>();
const told = (step: Step, came: unknown): string => {
  seen.add(`${step.do}: ${codeOf(came)}`);
  return codeOf(came);
};

/** One of those there are, whatever number a step was made with. */
const chosen = <T>(list: readonly T[], which: number): T | undefined => list[which % list.length];
const drop = <T>(list: T[], item: T): void => {
  list.splice(list.indexOf(item), 1);
};

const play = async (books: Books, step: Step): Promise<void> => {
  const now = house.clock.now;
  const { deps } = house;
  switch (step.do) {
    case 'wait':
      house.clock.now += step.ms;
      return;
    case 'receive': {
      const { site, lot, packs } = step;
      const by = keepers[site];
      const came = await ask(by, (once) =>
        receiveShipment(
          deps,
          house.actor(by, 'own'),
          {
            site,
            lines: [{ gtin, lot: books.name(lot), expiryDate: expiries[lot] as string, packs, zone: books.zone }],
            ...backdatedOf(step.back),
          },
          once,
        ),
      );
      expect(told(step, came)).toBe(step.back > backdateDays ? 'backdate-too-far' : 'done');
      if (step.back > backdateDays) return;
      const row = madeRow(books, site, lot);
      row.free += packs * packUnits;
      row.moved.push({ at: countsAt(step.back), quantity: packs * packUnits });
      return;
    }
    case 'dispense': {
      const { site, lot, quantity } = step;
      const row = rowOf(books, site, lot);
      const { id } = (await ask('doctor', () => issue(house))) as { id: string };
      const by = keepers[site];
      const lots = [{ gtin, lot: books.name(lot), quantity }];
      const came = await ask(by, (once) =>
        dispense(house, id, [{ line: 1, quantity, lots, reason: 'chosen' }], by, once),
      );
      expect(told(step, came)).toBe(whyNotTaken(row, quantity));
      if (typeof came === 'string' || !row) return;
      row.free -= quantity;
      row.moved.push({ at: now, quantity: -quantity });
      books.given.push({ id: came.body.id, site, lot, quantity });
      return;
    }
    case 'undo': {
      const given = chosen(books.given, step.which);
      if (!given) return;
      const { id, site, lot, quantity } = given;
      const by = keepers[site];
      const came = await ask(by, (once) => undoDispense(deps, house.actor(by), { id, reason: 'wrong patient' }, once));
      const row = rowOf(books, site, lot) as Row;
      const givenAt = row.moved.find((m) => m.quantity === -quantity && m.at <= now)?.at ?? 0;
      if (typeof came === 'string') {
        expect(['undo-too-late', 'already-undone']).toContain(came);
        return;
      }
      expect(givenAt).toBeGreaterThan(0);
      row.free += quantity;
      row.moved.push({ at: now, quantity });
      drop(books.given, given);
      return;
    }
    case 'write off': {
      const { site, lot, quantity } = step;
      const row = rowOf(books, site, lot);
      const by = keepers[site];
      const lines = [{ gtin, lot: books.name(lot), quantity, reason: 'damaged' as const }];
      const came = await ask(by, (once) =>
        requestWriteOff(deps, house.actor(by, 'own'), { site, lines, ...backdatedOf(step.back) }, once),
      );
      const at = countsAt(step.back);
      const expected =
        step.back > backdateDays
          ? 'backdate-too-far'
          : !row
            ? 'lot-unknown'
            : row.free < quantity
              ? 'out-of-stock'
              : step.back > 0 && leastFrom(row, at) < quantity
                ? 'past-negative'
                : 'done';
      expect(told(step, came)).toBe(expected);
      if (typeof came === 'string' || !row) return;
      row.free -= quantity;
      row.held += quantity;
      const { id, actHash: hash } = came.body;
      books.acts.push({ id, hash, site, lot, quantity, back: step.back, at: step.back > 0 ? at : undefined });
      return;
    }
    case 'sign': {
      const act = chosen(books.acts, step.which);
      if (!act) return;
      const approver = house.actor('approver', 'all');
      const yes = (await ask('approver', (once) =>
        giveApproval(deps, approver, { subject: approvePath(act.id), bodyHash: hashOf({ actHash: act.hash }) }, once),
      )) as { body: { id: string } };
      const came = await ask('approver', (once) =>
        signWriteOff(deps, approver, { id: act.id, actHash: act.hash, approval: yes.body.id }, once),
      );
      const row = rowOf(books, act.site, act.lot) as Row;
      const covered = act.at === undefined || leastFrom(row, act.at) >= act.quantity;
      expect(told(step, came)).toBe(covered ? 'done' : 'past-negative');
      if (typeof came === 'string') return;
      row.held -= act.quantity;
      row.moved.push({ at: act.at ?? now, quantity: -act.quantity });
      drop(books.acts, act);
      return;
    }
    case 'refuse':
    case 'withdraw': {
      const act = chosen(books.acts, step.which);
      if (!act) return;
      const input = { id: act.id, reason: 'not so' };
      const by = keepers[act.site];
      const came =
        step.do === 'refuse'
          ? await ask('approver', (once) => refuseWriteOff(deps, house.actor('approver', 'all'), input, once))
          : await ask(by, (once) => withdrawWriteOff(deps, house.actor(by, 'own'), input, once));
      expect(told(step, came)).toBe('done');
      const row = rowOf(books, act.site, act.lot) as Row;
      row.held -= act.quantity;
      row.free += act.quantity;
      drop(books.acts, act);
      return;
    }
    case 'send': {
      const { site: from, to, lot, quantity } = step;
      const row = rowOf(books, from, lot);
      const by = keepers[from];
      const lines = [{ gtin, quantity }];
      const came = await ask(by, (once) =>
        requestTransfer(deps, house.actor(by, 'own'), { from, to, lines, reason: 'they have none' }, once),
      );
      expect(told(step, came)).toBe(from === to ? 'transfer-same-site' : 'done');
      if (typeof came === 'string') return;
      const { id } = came.body;
      const picks = [{ line: 1, gtin, lot: books.name(lot), quantity }];
      const picked = await ask(by, (once) =>
        pickTransfer(deps, house.actor(by, 'own'), { id, picks, reason: 'this lot is meant' }, once),
      );
      expect(told(step, picked)).toBe(whyNotTaken(row, quantity));
      if (typeof picked === 'string' || !row) return;
      row.free -= quantity;
      row.held += quantity;
      books.sent.push({ id, from, to, lot, quantity, shipped: false });
      return;
    }
    case 'ship': {
      const sent = chosen(books.sent, step.which);
      if (!sent) return;
      const by = keepers[sent.from];
      const came = await ask(by, (once) => shipTransfer(deps, house.actor(by, 'own'), { id: sent.id }, once));
      const row = rowOf(books, sent.from, sent.lot) as Row;
      expect(told(step, came)).toBe(
        sent.shipped ? 'document-closed' : row.state === 'available' ? 'done' : 'lot-blocked',
      );
      if (typeof came === 'string') return;
      row.held -= sent.quantity;
      row.moved.push({ at: now, quantity: -sent.quantity });
      const transit = madeRow(books, transitPlace(sent.id), sent.lot);
      transit.free += sent.quantity;
      transit.moved.push({ at: now, quantity: sent.quantity });
      sent.shipped = true;
      return;
    }
    case 'call off': {
      const sent = chosen(books.sent, step.which);
      if (!sent) return;
      const by = keepers[sent.from];
      const came = await ask(by, (once) =>
        cancelTransfer(deps, house.actor(by, 'own'), { id: sent.id, reason: 'not needed' }, once),
      );
      expect(told(step, came)).toBe(sent.shipped ? 'document-closed' : 'done');
      if (typeof came === 'string') return;
      const row = rowOf(books, sent.from, sent.lot) as Row;
      row.held -= sent.quantity;
      row.free += sent.quantity;
      drop(books.sent, sent);
      return;
    }
    case 'take in': {
      const sent = chosen(books.sent, step.which);
      if (!sent) return;
      const by = keepers[sent.to];
      const transit = rowOf(books, transitPlace(sent.id), sent.lot);
      const there = transit?.free ?? 0;
      const quantity = Math.max(1, Math.floor(there * step.part));
      const lines = [{ gtin, lot: books.name(sent.lot), quantity }];
      const came = await ask(by, (once) => receiveTransfer(deps, house.actor(by, 'own'), { id: sent.id, lines }, once));
      expect(told(step, came)).toBe(
        !sent.shipped || there === 0 ? 'document-closed' : quantity > there ? 'received-over' : 'done',
      );
      if (typeof came === 'string' || !transit) return;
      moveOn(books, transit, sent.to, sent.lot, quantity, now);
      return;
    }
    case 'send back': {
      const sent = chosen(books.sent, step.which);
      const transit = sent && rowOf(books, transitPlace(sent.id), sent.lot);
      if (!sent || !transit || transit.free === 0) return;
      const by = keepers[sent.from];
      const lines = [{ gtin, lot: books.name(sent.lot), quantity: transit.free }];
      const came = await ask(by, (once) =>
        returnTransfer(deps, house.actor(by, 'own'), { id: sent.id, lines, reason: 'left on the ramp' }, once),
      );
      expect(told(step, came)).toBe('done');
      moveOn(books, transit, sent.from, sent.lot, transit.free, now);
      return;
    }
    case 'count': {
      const { site, lot } = step;
      const row = rowOf(books, site, lot);
      if (!row) return;
      const by = keepers[site];
      const actor = house.actor(by, 'own');
      const counted = Math.max(row.held, row.free + row.held + step.differs);
      const differs = counted - row.free - row.held;
      const scope = { kind: 'zone' as const, zones: [books.zone] };
      const begun = await ask(by, (once) => startCount(deps, actor, { site, scope, blind: true }, once));
      if (typeof begun === 'string') throw new Error(`no count: ${begun}`);
      const { id } = begun.body;
      for (let freezing = true; freezing; ) {
        const turn = await ask(by, () => advanceCount(deps, actor, { site, id }));
        if (typeof turn === 'string') throw new Error(`no count: ${turn}`);
        freezing = turn.state === 'freezing';
      }
      const entries = [{ gtin, lot: books.name(lot), counted }];
      for (const _ of ['once', 'again'])
        expect(codeOf(await ask(by, (once) => enterCounts(deps, actor, { site, id, entries }, once)))).toBe('done');
      const reasons = differs === 0 ? [] : [{ gtin, lot: books.name(lot), reason: 'miscount' as const }];
      const came = await ask(by, (once) => postCount(deps, actor, { site, id, reasons, leaveUncounted: true }, once));
      expect(told(step, came)).toBe('done');
      row.free += differs;
      if (differs !== 0) row.moved.push({ at: now, quantity: differs });
      return;
    }
    case 'reverse': {
      const { site, lot } = step;
      const row = rowOf(books, site, lot);
      const by = keepers[site];
      const actor = house.actor(by, 'own');
      const of = { site, gtin, lot: books.name(lot) };
      const { items } = await listMovements(deps, of, { limit: 200 });
      const movement = items.find((m) => m.kind === 'receipt' || m.kind === 'count' || m.kind === 'write-off');
      if (!row || !movement) return;
      const wanted = { ...of, movement: movement.id, reason: 'entered by mistake' };
      const isLate = now - Date.parse(movement.recordedAt ?? movement.at) > dayMs;
      const colleague = colleagues[site];
      const given = isLate
        ? await ask(colleague, (once) => giveApproval(deps, house.actor(colleague, 'own'), reversalOf(wanted), once))
        : undefined;
      const yes = typeof given === 'object' ? given.body.id : undefined;
      const came = await ask(by, (once) => takeBack(house, actor, wanted, once, yes));
      if (isLate) seen.add(`reverse with a colleague: ${codeOf(came)}`);
      const known = row.reversed.has(movement.id);
      expect(told(step, came)).toBe(
        known ? 'already-reversed' : row.free < movement.quantity ? 'out-of-stock' : 'done',
      );
      if (typeof came === 'string') return;
      row.reversed.add(movement.id);
      row.free -= movement.quantity;
      row.moved.push({ at: now, quantity: -movement.quantity });
      return;
    }
    case 'hold':
    case 'release': {
      const { site, lot } = step;
      const row = rowOf(books, site, lot);
      const by = keepers[site];
      const state = step.do === 'hold' ? 'on-hold' : 'available';
      const input = { site, gtin, lot: books.name(lot), state, reason: 'looked at' } as const;
      const came = await ask(by, (once) => setLotState(deps, house.actor(by, 'own'), input, once));
      expect(told(step, came)).toBe(row ? 'done' : 'lot-unknown');
      if (row) row.state = state;
      return;
    }
  }
};

/** The shelves as the table has them, against the books. */
const compare = async (books: Books): Promise<void> => {
  const names = [...books.rows.keys()].map((name) => {
    const [place = '', lot = ''] = name.split(' ');
    return { place, lot: Number(lot) };
  });
  const found = await house.table.loadLedgerRows(
    names.map(({ place, lot }) => ({
      site: place,
      medicine,
      gtin,
      lot: books.name(lot),
      expiryDate: expiries[lot] as string,
    })),
  );
  const shelves = found.map((f, i) => ({ ...names[i], free: f?.row.free, held: f?.row.held, state: f?.row.state }));
  const expected = names.map(({ place, lot }) => {
    const { free, held, state } = rowOf(books, place, lot) as Row;
    return { place, lot, free, held, state };
  });
  expect(shelves).toEqual(expected);
};

/** A lot of the run is recalled: what the answer adds up to is what the books hold, and nobody gets it any more. */
const recallAll = async (books: Books): Promise<void> => {
  const lot = [0, 1, 2].find((n) => [...books.rows.keys()].some((name) => name.endsWith(` ${n}`)));
  if (lot === undefined) return;
  const { deps } = house;
  const quality = house.actor('quality', 'all');
  const opened = await ask('quality', (once) =>
    openRecall(deps, quality, { gtin, lot: books.name(lot), class: 2, reason: 'foreign particles' }, once),
  );
  if (typeof opened === 'string') throw new Error(`no recall: ${opened}`);
  const { id } = opened.body;
  let state = 'working';
  for (let turn = 0; turn < 20 && state === 'working'; turn += 1) {
    house.clock.now += minute;
    const worked = await ask('quality', () => workRecall(deps, quality, id));
    if (typeof worked === 'string') throw new Error(`no recall: ${worked}`);
    state = worked.state;
  }
  const { totals } = await readRecall(deps, id);
  const rows = [...books.rows].filter(([name]) => name.endsWith(` ${lot}`));
  const lying = (transit: boolean) =>
    rows
      .filter(([name]) => isTransit(name.split(' ')[0] ?? '') === transit)
      .reduce((sum, [, row]) => sum + row.free + row.held, 0);
  expect([state, totals?.addsUp, totals?.onHand, totals?.inTransit]).toEqual([
    'complete',
    true,
    lying(false),
    lying(true),
  ]);
  const { id: prescription } = (await ask('doctor', () => issue(house))) as { id: string };
  for (const site of ['PH-1', 'PH-2'] as const) {
    if (!rowOf(books, site, lot)) continue;
    const lots = [{ gtin, lot: books.name(lot), quantity: 1 }];
    const by = keepers[site];
    const came = await ask(by, (once) =>
      dispense(house, prescription, [{ line: 1, quantity: 1, lots, reason: 'chosen' }], by, once),
    );
    expect(codeOf(came)).toBe('lot-blocked');
  }
};

// --- the run -------------------------------------------------------------------------------------------------------------

let run = 0;
test(`${runs} sequences of what keepers do leave the shelves that the books foretell, and a ledger that adds up`, {
  timeout: 10_800_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(arrivalOf, { minLength: 2, maxLength: 5 }),
      fc.array(stepOf, { minLength: 8, maxLength: 30 }),
      fc.array(
        fc.option(fc.constantFrom<Fault>('conflict', 'throttle', 'lost-answer', 'cut'), { freq: 4, nil: undefined }),
        { maxLength: 12 },
      ),
      async (arrivals, steps, faults) => {
        run += 1;
        const own = `M${run}`;
        house.clock.now = start;
        const books: Books = {
          name: (lot) => `${own}-${lot}`,
          zone: own,
          rows: new Map(),
          acts: [],
          given: [],
          sent: [],
        };
        const coming = [...faults];
        const calm = disturb(house.client, () => coming.shift());
        try {
          for (const step of [...arrivals, ...steps]) {
            // what happens one after the other must not happen at one instant
            house.clock.now += 1;
            await play(books, step);
            await compare(books);
          }
          await recallAll(books);
        } finally {
          calm();
        }
      },
    ),
    {
      numRuns: runs,
      examples: [[...blockedOnItsWay, ['lost-answer', undefined, 'cut']]],
      ...(seed !== undefined && { seed }),
      endOnFailure: !process.env.MODEL_SHRINK,
    },
  );
  if (runs >= 100) expect(reached.filter((what) => !seen.has(what))).toEqual([]);
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});
