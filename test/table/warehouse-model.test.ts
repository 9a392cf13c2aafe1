/**
 * The books of a small chain, written a second time and apart from the rules: what each place holds of each lot, free
 * and promised, and what it held at every instant before. Sequences of what keepers do are played on the real engine,
 * some of them while the network lies; after every step the shelves must be what the model says, every no must be the no
 * that it foretells, and at the end the whole ledger must add up. A failure prints the seed and the steps.
 */
import { createHash } from 'node:crypto';
import { approvedText } from '@darmon/domain/approval';
import type { Once } from '@darmon/domain/once';
import { Refusal } from '@darmon/domain/refusal';
import { dayMs, dayStart, tashkentDay } from '@darmon/domain/time';
import { approvePath } from '@darmon/domain/write-off';
import { giveApproval } from '@darmon/usecases/approvals';
import { undoDispense } from '@darmon/usecases/dispenses';
import { setLotState } from '@darmon/usecases/inventory';
import { receiveShipment } from '@darmon/usecases/receiving';
import { refuseWriteOff, requestWriteOff, signWriteOff, withdrawWriteOff } from '@darmon/usecases/write-offs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { disturb, type Fault } from '../support/faults.ts';
import { dispense, gtins, type House, issue, makeHouse, start, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

const runs = Number(process.env.MODEL_RUNS ?? (process.env.NIGHTLY ? 2_000 : 100));
const seed = process.env.MODEL_SEED ? Number(process.env.MODEL_SEED) : process.env.NIGHTLY ? undefined : 2026;

let house: House;
beforeAll(async () => {
  house = await makeHouse('warehouse-model');
});
afterAll(() => house?.stop());

// --- the books ---------------------------------------------------------------------------------------------------------

const hour = 3_600_000;
const packUnits = 20;
const gtin = gtins.amoxicillin;
const medicine = 'AMOX500CAP';
const backdateDays = 5;
const expiries = ['2028-06-30', '2028-09-30', '2029-01-31'] as const;
const sites = ['PH-1', 'PH-2', 'WH-1'] as const;
type Site = (typeof sites)[number];
const keepers = { 'PH-1': 'pharmacist', 'PH-2': 'pharmacist2', 'WH-1': 'warehouse' } as const;

interface Row {
  free: number;
  held: number;
  state: 'available' | 'on-hold';
  /** What it gained or lost, and when it counts. */
  readonly moved: { readonly at: number; readonly quantity: number }[];
}

interface Act {
  readonly id: string;
  readonly hash: string;
  readonly site: Site;
  readonly lot: number;
  readonly quantity: number;
  readonly back: number;
  /** The end of the day that it counts for, where it is dated back. */
  readonly at: number | undefined;
}

interface Given {
  readonly id: string;
  readonly site: Site;
  readonly lot: number;
  readonly quantity: number;
}

interface Books {
  /** Lots of a run are of that run alone. */
  readonly name: (lot: number) => string;
  readonly rows: Map<string, Row>;
  readonly acts: Act[];
  readonly given: Given[];
}

const rowName = (place: string, lot: number): string => `${place} ${lot}`;
const rowOf = (books: Books, place: string, lot: number): Row | undefined => books.rows.get(rowName(place, lot));
const madeRow = (books: Books, place: string, lot: number): Row => {
  const row = rowOf(books, place, lot) ?? { free: 0, held: 0, state: 'available', moved: [] };
  books.rows.set(rowName(place, lot), row);
  return row;
};
const balanceAt = (row: Row, at: number): number =>
  row.moved.reduce((sum, m) => (m.at <= at ? sum + m.quantity : sum), 0);
/** The least that lay there from an instant on. */
const leastFrom = (row: Row, at: number): number =>
  Math.min(balanceAt(row, at), ...row.moved.filter((m) => m.at > at).map((m) => balanceAt(row, m.at)));

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

const nat = (max: number) => fc.integer({ min: 0, max });
const where = { site: fc.constantFrom(...sites), lot: nat(2) };
const back = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 7 }) },
);
const stepOf = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('receive' as const),
      ...where,
      packs: fc.integer({ min: 1, max: 4 }),
      back,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('dispense' as const),
      site: fc.constantFrom('PH-1' as const, 'PH-2' as const),
      lot: nat(2),
      quantity: fc.integer({ min: 1, max: 21 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), which: nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('write off' as const),
      ...where,
      quantity: fc.integer({ min: 1, max: 60 }),
      back,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sign' as const), which: nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('refuse' as const, 'withdraw' as const), which: nat(9) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('hold' as const, 'release' as const), ...where }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 30 * hour }) }) },
);
type Step = typeof stepOf extends fc.Arbitrary<infer S> ? S : never;

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
            lines: [{ gtin, lot: books.name(lot), expiryDate: expiries[lot] as string, packs }],
            ...backdatedOf(step.back),
          },
          once,
        ),
      );
      expect(codeOf(came)).toBe(step.back > backdateDays ? 'backdate-too-far' : 'done');
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
      const expected = !row
        ? 'lot-unknown'
        : row.state !== 'available'
          ? 'lot-blocked'
          : row.free < quantity
            ? 'out-of-stock'
            : 'done';
      expect(codeOf(came)).toBe(expected);
      if (typeof came === 'string' || !row) return;
      row.free -= quantity;
      row.moved.push({ at: now, quantity: -quantity });
      books.given.push({ id: came.body.id, site, lot, quantity });
      return;
    }
    case 'undo': {
      const given = books.given[step.which];
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
      books.given.splice(step.which, 1);
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
      expect(codeOf(came)).toBe(expected);
      if (typeof came === 'string' || !row) return;
      row.free -= quantity;
      row.held += quantity;
      const { id, actHash: hash } = came.body;
      books.acts.push({ id, hash, site, lot, quantity, back: step.back, at: step.back > 0 ? at : undefined });
      return;
    }
    case 'sign': {
      const act = books.acts[step.which];
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
      expect(codeOf(came)).toBe(covered ? 'done' : 'past-negative');
      if (typeof came === 'string') return;
      row.held -= act.quantity;
      row.moved.push({ at: act.at ?? now, quantity: -act.quantity });
      books.acts.splice(step.which, 1);
      return;
    }
    case 'refuse':
    case 'withdraw': {
      const act = books.acts[step.which];
      if (!act) return;
      const input = { id: act.id, reason: 'not so' };
      const by = keepers[act.site];
      const came =
        step.do === 'refuse'
          ? await ask('approver', (once) => refuseWriteOff(deps, house.actor('approver', 'all'), input, once))
          : await ask(by, (once) => withdrawWriteOff(deps, house.actor(by, 'own'), input, once));
      expect(codeOf(came)).toBe('done');
      const row = rowOf(books, act.site, act.lot) as Row;
      row.held -= act.quantity;
      row.free += act.quantity;
      books.acts.splice(step.which, 1);
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
      expect(codeOf(came)).toBe(row ? 'done' : 'lot-unknown');
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

// --- the run -------------------------------------------------------------------------------------------------------------

let run = 0;
test(`${runs} sequences of what keepers do leave the shelves that the books foretell, and a ledger that adds up`, {
  timeout: 3_600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(stepOf, { minLength: 6, maxLength: 24 }),
      fc.array(
        fc.option(fc.constantFrom<Fault>('conflict', 'throttle', 'lost-answer', 'cut'), { freq: 4, nil: undefined }),
        { maxLength: 12 },
      ),
      async (steps, faults) => {
        run += 1;
        const own = `M${run}`;
        house.clock.now = start;
        const books: Books = { name: (lot) => `${own}-${lot}`, rows: new Map(), acts: [], given: [] };
        const coming = [...faults];
        const calm = disturb(house.client, () => coming.shift());
        try {
          for (const step of steps) {
            await play(books, step);
            await compare(books);
          }
        } finally {
          calm();
        }
      },
    ),
    { numRuns: runs, ...(seed !== undefined && { seed }), endOnFailure: false },
  );
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});
