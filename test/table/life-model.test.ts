/**
 * The life of a prescription as the field describes it, written a second time and apart from the rules, and played
 * against them on the real engine with a clock that the test moves. What the model says must be what a reader sees after
 * every step, and every no must be the no that it foretells. A failure prints the seed and the steps.
 */
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { tashkentDay } from '@darmon/domain/time';
import { stockKey } from '@darmon/table/keys';
import { undoDispense } from '@darmon/usecases/dispenses';
import { claimPrescription, releasePrescription } from '@darmon/usecases/dispensing';
import { readDraft, saveDraft, startDraft, throwDraftAway } from '@darmon/usecases/drafts';
import { cancelPrescription, readPrescription } from '@darmon/usecases/prescribing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  dispense,
  dosage,
  gtins,
  type House,
  issue,
  makeHouse,
  refused,
  start,
  stock,
  table,
} from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

const runs = process.env.NIGHTLY ? 2_000 : 100;
const seed = process.env.MODEL_SEED ? Number(process.env.MODEL_SEED) : process.env.NIGHTLY ? undefined : 2026;

let house: House;
beforeAll(async () => {
  house = await makeHouse('life-model');
  for (const by of ['pharmacist', 'pharmacist2'])
    await stock(
      house,
      [
        { gtin: gtins.amoxicillin, lot: 'MODEL', expiryDate: '2029-12-31', quantity: 1_000_000 },
        { gtin: gtins.paracetamol, lot: 'MODEL', expiryDate: '2029-12-31', quantity: 1_000_000 },
      ],
      by,
    );
});
afterAll(() => house?.stop());

/** Every life begins on the same day. A shelf that was added to in an earlier one would wait for that day to come. */
const forgetLaterTimes = async (): Promise<void> => {
  for (const site of ['PH-1', 'PH-2'])
    for (const [medicine, gtin] of [
      ['AMOX500CAP', gtins.amoxicillin],
      ['PARA500TAB', gtins.paracetamol],
    ] as const) {
      const { pk, sk } = stockKey({ site, medicine, gtin, lot: 'MODEL', expiryDate: '2029-12-31' });
      await house.client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: pk }, sk: { S: sk } },
          UpdateExpression: 'REMOVE raisedAt',
          ConditionExpression: 'attribute_exists(pk)',
        }),
      );
    }
};

// --- the field's own description ---------------------------------------------------------------------------------------

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const claimTime = 30 * minute;
const undoTime = 24 * hour;

/** Reasons after which nobody hands the line over any more; the others leave it for another day or pharmacy. */
const closing = {
  'patient-refused': true,
  'clinically-unsuitable': true,
  duplicate: true,
  other: true,
  'out-of-stock': false,
  'not-collected': false,
  'product-unavailable': false,
} as const;
type Reason = keyof typeof closing;

const counters = { here: ['pharmacist', 'PH-1'], there: ['pharmacist2', 'PH-2'] } as const;
type Counter = keyof typeof counters;

interface Given {
  readonly n: number;
  readonly at: number;
  readonly counter: Counter;
  readonly issue: number;
  readonly line: number;
  readonly units: number;
  readonly reason?: Reason;
  readonly promised: boolean;
  undone: boolean;
}

interface Model {
  readonly id: string;
  readonly issuedAt: number;
  readonly validUntil: number;
  readonly quantities: readonly number[];
  readonly repeat?: { readonly issues: number; readonly everyDays: number };
  claim?: { readonly counter: Counter; readonly until: number } | undefined;
  cancelAsked: boolean;
  cancelled: boolean;
  given: Given[];
}

const dayNumber = (at: number): number => Math.floor((at + 5 * hour) / day);
const opens = (m: Model, issue: number): number =>
  (dayNumber(m.issuedAt) + (issue - 1) * (m.repeat?.everyDays ?? 0)) * day - 5 * hour;
const lastIssue = (m: Model): number => m.repeat?.issues ?? 1;
const issueAt = (m: Model, now: number): number => {
  let issue = 1;
  while (issue < lastIssue(m) && now >= opens(m, issue + 1)) issue += 1;
  return issue;
};

interface LineNow {
  readonly units: number;
  readonly closed: boolean;
  readonly promised: boolean;
}
/** What became of a line in one issue: units add up, and the last word on it counts. */
const lineNow = (m: Model, issue: number, line: number): LineNow => {
  let now: LineNow = { units: 0, closed: false, promised: false };
  for (const g of m.given) {
    if (g.undone || g.issue !== issue || g.line !== line) continue;
    const units = now.units + g.units;
    const promised = g.promised && units < (m.quantities[line - 1] ?? 0);
    now = { units, promised, closed: g.reason !== undefined && closing[g.reason] && !promised };
  }
  return now;
};
const isDone = (m: Model, issue: number): boolean =>
  m.quantities.every((q, i) => {
    const { units, closed } = lineNow(m, issue, i + 1);
    return units >= q || closed;
  });
const isFinished = (m: Model, now: number): boolean => issueAt(m, now) === lastIssue(m) && isDone(m, lastIssue(m));
const hasBegun = (m: Model): boolean => m.given.some((g) => !g.undone && g.units > 0);
const claimAt = (m: Model, now: number) => (m.claim && now < m.claim.until ? m.claim : undefined);

type Status = 'active' | 'claimed' | 'partially-dispensed' | 'completed' | 'cancelled' | 'expired';
const statusOf = (m: Model, now: number): Status => {
  if (m.cancelled) return 'cancelled';
  if (isFinished(m, now) && !m.cancelAsked) return 'completed';
  // a claim that the validity cuts off ends with it: what was asked for then came too late
  if (m.cancelAsked && !claimAt(m, Math.min(now, m.validUntil - 1))) return 'cancelled';
  if (now >= m.validUntil) return hasBegun(m) ? 'completed' : 'expired';
  if (claimAt(m, now)) return 'claimed';
  return hasBegun(m) ? 'partially-dispensed' : 'active';
};
const lineStatusOf = (m: Model, line: number, now: number): string => {
  const { units, closed, promised } = lineNow(m, issueAt(m, now), line);
  const status = statusOf(m, now);
  if (units >= (m.quantities[line - 1] ?? 0)) return 'dispensed';
  if (closed) return 'not-dispensed';
  if (status === 'cancelled') return 'cancelled';
  if (now >= m.validUntil) return 'expired';
  if (promised) return 'owed';
  return units > 0 ? 'partially-dispensed' : 'to-dispense';
};

/** Why nothing can be done with it, if nothing can. */
const whyClosed = (m: Model, now: number): string | undefined => {
  const status = statusOf(m, now);
  if (status === 'completed') return isFinished(m, now) ? 'prescription-completed' : 'prescription-expired';
  return status === 'cancelled' || status === 'expired' ? `prescription-${status}` : undefined;
};
const isElsewhere = (m: Model, counter: Counter, now: number): boolean => {
  const claim = claimAt(m, now);
  return claim !== undefined && claim.counter !== counter;
};
const isWaiting = (m: Model, now: number): boolean =>
  m.repeat !== undefined && issueAt(m, now) < lastIssue(m) && isDone(m, issueAt(m, now));

// --- steps, each with the answer that the description foretells ----------------------------------------------------------

type Step =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'claim'; readonly counter: Counter }
  | { readonly do: 'release'; readonly counter: Counter }
  | { readonly do: 'cancel' }
  | {
      readonly do: 'hand over';
      readonly counter: Counter;
      readonly line: number;
      readonly part: number;
      readonly promise: boolean;
    }
  | {
      readonly do: 'say why not';
      readonly counter: Counter;
      readonly line: number;
      readonly reason: Reason;
      readonly promise: boolean;
    }
  | { readonly do: 'undo'; readonly which: number; readonly counter: Counter };

const ok = 'not refused';
const actorOf = (counter: Counter) => house.actor(counters[counter][0]);
const keyOf = (counter: Counter) => house.once(counters[counter][0]);

const foretellDispense = (m: Model, counter: Counter, line: number, units: number | undefined, now: number): string => {
  const closed = whyClosed(m, now);
  if (closed) return closed;
  if (isElsewhere(m, counter, now)) return 'claimed-elsewhere';
  if (m.cancelAsked && claimAt(m, now)) return 'cancel-requested';
  if (isWaiting(m, now)) return 'not-yet-open';
  const { units: had, closed: isClosed } = lineNow(m, issueAt(m, now), line);
  const owed = (m.quantities[line - 1] ?? 0) - had;
  if (owed <= 0) return 'already-dispensed';
  if (isClosed) return 'line-closed';
  return units !== undefined && units > owed ? 'quantity-over-owed' : ok;
};

const play = async (m: Model, step: Step): Promise<void> => {
  const now = house.clock.now;
  const closed = whyClosed(m, now);
  if (step.do === 'wait') {
    house.clock.now += step.ms;
    return;
  }
  if (step.do === 'claim') {
    const foretold =
      closed ??
      (isWaiting(m, now)
        ? 'not-yet-open'
        : isElsewhere(m, step.counter, now)
          ? 'claimed-elsewhere'
          : m.cancelAsked && claimAt(m, now)
            ? 'cancel-requested'
            : ok);
    const said = await refused(claimPrescription(house.deps, actorOf(step.counter), { id: m.id }, keyOf(step.counter)));
    expect(said).toBe(foretold);
    if (said === ok) m.claim = { counter: step.counter, until: Math.min(now + claimTime, m.validUntil) };
    return;
  }
  if (step.do === 'release') {
    const foretold =
      closed ?? (isElsewhere(m, step.counter, now) ? 'claimed-elsewhere' : claimAt(m, now) ? ok : 'not-claimed');
    const said = await refused(
      releasePrescription(house.deps, actorOf(step.counter), { id: m.id }, keyOf(step.counter)),
    );
    expect(said).toBe(foretold);
    if (said === ok) Object.assign(m, { claim: undefined, cancelled: m.cancelAsked });
    return;
  }
  if (step.do === 'cancel') {
    const foretold = closed ?? (m.cancelAsked ? 'cancel-requested' : ok);
    const input = { id: m.id, reason: 'wrong dose' };
    const said = await refused(
      cancelPrescription(house.deps, house.actor('doctor', 'own'), input, house.once('doctor')),
    );
    expect(said).toBe(foretold);
    if (said === ok) {
      if (claimAt(m, now)) m.cancelAsked = true;
      else m.cancelled = true;
    }
    return;
  }
  if (step.do === 'undo') {
    const dispenses = [...new Set(m.given.map((g) => g.n))];
    const n = dispenses[step.which % Math.max(1, dispenses.length)];
    if (n === undefined) return;
    const of = m.given.filter((g) => g.n === n);
    const [first] = of as [Given];
    const foretold =
      first.counter !== step.counter
        ? 'not-found'
        : first.undone
          ? 'already-undone'
          : now > first.at + undoTime
            ? 'undo-too-late'
            : ok;
    const input = { id: `${m.id}.${n}`, reason: 'wrong patient' };
    const said = await refused(
      undoDispense(house.deps, house.actor(counters[step.counter][0], 'own'), input, keyOf(step.counter)),
    );
    expect(said).toBe(foretold);
    if (said === ok) for (const g of of) g.undone = true;
    return;
  }
  const line = ((step.line - 1) % m.quantities.length) + 1;
  const promise = step.promise ? { owedOn: tashkentDay(now) } : {};
  const owed = (m.quantities[line - 1] ?? 0) - lineNow(m, issueAt(m, now), line).units;
  const units = step.do === 'hand over' ? Math.max(1, Math.ceil(owed * step.part)) : undefined;
  const wanted =
    step.do === 'hand over'
      ? { line, quantity: units as number, ...promise }
      : { line, notDispensed: step.reason, note: 'as it was said', ...promise };
  const said = await refused(dispense(house, m.id, [wanted], counters[step.counter][0]));
  expect(said).toBe(foretellDispense(m, step.counter, line, units, now));
  if (said !== ok) return;
  m.claim = undefined;
  m.given.push({
    n: Math.max(0, ...m.given.map((g) => g.n)) + 1,
    at: now,
    counter: step.counter,
    issue: issueAt(m, now),
    line,
    units: units ?? 0,
    ...(step.do === 'say why not' && { reason: step.reason }),
    // a promise of nothing is none
    promised: step.promise && (units ?? 0) < owed,
    undone: false,
  });
};

const counter = fc.constantFrom<Counter>('here', 'there');
const line = fc.integer({ min: 1, max: 2 });
const promise = fc.boolean();
const stepOf: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(minute, 29 * minute, 31 * minute, 5 * hour, day, 9 * day, 31 * day),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('claim' as const), counter }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('release' as const), counter }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const) }) },
  {
    weight: 7,
    arbitrary: fc.record({
      do: fc.constant('hand over' as const),
      counter,
      line,
      part: fc.constantFrom(0.3, 0.6, 1, 1, 1, 1.5),
      promise,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('say why not' as const),
      counter,
      line,
      reason: fc.constantFrom(...(Object.keys(closing) as Reason[])),
      promise,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), which: fc.nat(5), counter }) },
);
/** What becomes of a draft before it is signed; none where the prescription is written in one go. */
const drafting = fc.array(fc.constantFrom('save' as const, 'throw away' as const), { maxLength: 4 });
const beginning = fc.record({
  draft: fc.option(drafting, { nil: undefined, freq: 2 }),
  lines: fc.integer({ min: 1, max: 2 }),
  repeat: fc.option(fc.constantFrom({ issues: 3, everyDays: 30 }, { issues: 4, everyDays: 10 }), {
    nil: undefined,
    freq: 2,
  }),
});

const amoxicillin = { medicine: 'AMOX500CAP', dosage };
const paracetamol = { medicine: 'PARA500TAB', dosage: { ...dosage, unit: 'tablet' as const, days: 3 } };

const seen = new Set<string>();

/** A draft is saved and thrown away, and saved again to take that back; its id goes on as the prescription's. */
const writeDraft = async (deeds: readonly ('save' | 'throw away')[]): Promise<string> => {
  const doctor = house.actor('doctor', 'own');
  const key = () => house.once('doctor');
  const { id } = (await startDraft(house.deps, doctor, { body: { lines: [] } }, key())).body;
  const read = () => readDraft(house.deps, doctor, id);
  let isThere = true;
  const save = async () => {
    const { version } = await read();
    return refused(saveDraft(house.deps, doctor, { id, version, body: { lines: [1] } }, key()));
  };
  for (const deed of deeds) {
    const said = deed === 'save' ? await save() : await refused(throwDraftAway(house.deps, doctor, id, key()));
    expect(said).toBe(deed === 'save' || isThere ? ok : 'draft-closed');
    isThere = deed === 'save';
    const { status } = await read();
    expect(status).toBe(isThere ? 'draft' : 'discarded');
    seen.add(status);
  }
  if (!isThere) {
    expect(await refused(issue(house, { draft: id }))).toBe('draft-closed');
    expect(await save()).toBe(ok);
  }
  seen.add('draft');
  return id;
};

/** What a reader sees is what the description says. */
const compare = async (m: Model): Promise<void> => {
  const now = house.clock.now;
  const view = await readPrescription(house.deps, house.actor('auditor'), m.id);
  const lines = m.quantities.map((_, i) => ({
    dispensed: lineNow(m, issueAt(m, now), i + 1).units,
    status: lineStatusOf(m, i + 1, now),
  }));
  const asked = m.cancelAsked && !m.cancelled && claimAt(m, now) !== undefined && now < m.validUntil;
  expect({
    status: view.status,
    cancelRequested: view.cancelRequested,
    lines: view.lines.map(({ dispensed, status }) => ({ dispensed, status })),
  }).toEqual({ status: statusOf(m, now), cancelRequested: asked, lines });
  seen.add(asked ? 'cancel-requested' : view.status);
  if (isWaiting(m, now)) seen.add('waiting for its window');
  for (const { status } of view.lines) seen.add(`line ${status}`);
};

const states = [
  'draft',
  'discarded',
  'active',
  'claimed',
  'cancel-requested',
  'partially-dispensed',
  'waiting for its window',
  'completed',
  'cancelled',
  'expired',
  'line to-dispense',
  'line partially-dispensed',
  'line dispensed',
  'line not-dispensed',
  'line owed',
  'line cancelled',
  'line expired',
];

test(`${runs} lives are as they are described, reach every state, and leave books that add up`, {
  timeout: 1_800_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      beginning,
      fc.array(stepOf, { minLength: 4, maxLength: 14 }),
      async ({ draft, lines, repeat }, steps) => {
        house.clock.now = start;
        await forgetLaterTimes();
        const written = draft && (await writeDraft(draft));
        const { id, validUntil } = await issue(house, {
          lines: [amoxicillin, paracetamol].slice(0, lines),
          ...(repeat && { repeat }),
          ...(written !== undefined && { draft: written }),
        });
        if (written !== undefined) {
          expect(id).toBe(written);
          expect(await refused(issue(house, { draft: written }))).toBe('draft-closed');
        }
        const m: Model = {
          id,
          issuedAt: start,
          validUntil: Date.parse(validUntil),
          quantities: [21, 9].slice(0, lines),
          ...(repeat && { repeat }),
          cancelAsked: false,
          cancelled: false,
          given: [],
        };
        await compare(m);
        for (const step of steps) {
          await play(m, step);
          await compare(m);
        }
      },
    ),
    { numRuns: runs, ...(seed !== undefined && { seed }), endOnFailure: false },
  );
  expect(states.filter((state) => !seen.has(state))).toEqual([]);
  expect(contradictions(await readLedger(house.client, 'darmon'))).toEqual([]);
});
