/** The counter's verbs: look up, claim, release, propose, dispense, undo. */

import { type VerifyContext, verifyCode } from '@darmon/credential/verify';
import type { Actor } from '@darmon/domain/actor';
import { type Dispense, outcomeOf, requireUndoable } from '@darmon/domain/dispense';
import { isControlled } from '@darmon/domain/medicine';
import { parseNumber } from '@darmon/domain/number';
import { lotsOfPacks, packsOfScans, requirePacksMatch } from '@darmon/domain/pack-scan';
import type { PatientQuery } from '@darmon/domain/patient';
import type { Policy } from '@darmon/domain/policy';
import type { Prescription } from '@darmon/domain/prescription';
import * as rules from '@darmon/domain/prescription';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { requireStanding } from '@darmon/domain/standing';
import {
  type Allocation,
  allocateChosen,
  allocateFefo,
  isUsable,
  type LotQuantity,
  type Movement,
  type StockRow,
} from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { Counter } from '@darmon/table/counter';
import type { Once } from '@darmon/table/request-items';
import { maxActions } from '@darmon/table/transact';
import { type Answer, asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
import { commitLook, itemsOf, openSealed, type PatientDeps, queryKind } from './patients.ts';
import { summaryView, transitionView, viewOf } from './views.ts';

export type DispensingDeps = PatientDeps & { readonly verifyContext: () => Promise<VerifyContext> };

export type LookUpInput = ({ code: string } | { number: string } | PatientQuery) & { reason?: string };

/**
 * Finds what a patient brings. A code is verified before anything is read, a number names one prescription, a document
 * the open ones of its owner. Every look is an event, found or not.
 * @throws Refusal `code-invalid`, `not-found`, `pinfl-invalid`, `too-many-requests`
 */
export const lookUpPrescription = async (deps: DispensingDeps, actor: Actor, input: LookUpInput) => {
  await loadStanding(deps, actor);
  if ('code' in input || 'number' in input) {
    const id = 'code' in input ? await idOfCode(deps, input.code) : await idOfNumber(deps, input.number);
    const p = id === undefined ? undefined : await deps.table.loadPrescription(id);
    if (!p) {
      const failed = eventOf(deps, actor, 'prescription-looked-up', deps.now(), { found: 0 }, input.reason);
      await commitLook(deps, actor, undefined, failed);
      throw new Refusal('not-found');
    }
    const event = eventOf(
      deps,
      actor,
      'prescription-looked-up',
      deps.now(),
      { prescription: p.id, by: 'code' in input ? 'code' : 'number' },
      input.reason,
    );
    await commitLook(deps, actor, { prescription: p.id }, event);
    const [personal = {}] = await openSealed(deps, [p]);
    return { prescription: await viewOf(deps, actor, p, { personal }) };
  }
  const items = await itemsOf(deps, input);
  const [item] = items.length === 1 ? items : [];
  const event = eventOf(
    deps,
    actor,
    'patient-looked-up',
    deps.now(),
    { by: queryKind(input), found: items.length, ...(item && { patient: item.id }) },
    input.reason,
  );
  await commitLook(deps, actor, item ? { patient: item.id } : undefined, event);
  if (!item) return { prescriptions: [] };
  const page = await deps.table.listPrescriptions({ patient: item.id }, { limit: 50 });
  const open = page.items.filter((p) => rules.isOpen(rules.statusAt(p, deps.now())));
  const personal = await openSealed(deps, open);
  return { prescriptions: open.map((p, i) => summaryView(p, deps.now(), personal[i] ?? {})) };
};

/** An authentic code that expired or was revoked still opens its record, which says so itself. */
const idOfCode = async (deps: DispensingDeps, code: string): Promise<string> => {
  const verified = await verifyCode(code.trim(), await deps.verifyContext());
  if (!verified.valid && !verified.credential) throw refuseAt('code-invalid', '/code', { reason: verified.reason });
  return (verified.credential as { id: string }).id;
};

const idOfNumber = async (deps: Deps, text: string): Promise<string | undefined> => {
  const reading = parseNumber(text);
  if (reading.kind === 'refused') throw refuseAt('number-invalid', '/number');
  return deps.table.prescriptionOfNumber(reading.number);
};

const requireKnown = (counter: Counter, actor: Actor, now: number): Prescription => {
  requireStanding(actor, counter.person, counter.site, now);
  if (!counter.prescription) throw new Refusal('not-found');
  return counter.prescription;
};

type Transition = ReturnType<typeof transitionView>;

/** One step of the claim: `decide` is the rule, `trace` what the event says of it. */
const changeClaim = (
  deps: Deps,
  actor: Actor,
  id: string,
  once: Once,
  type: 'prescription-claimed' | 'prescription-released',
  decide: (p: Prescription, policy: Policy, now: number) => Prescription,
  trace: (left: Transition) => Record<string, unknown>,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const counter = await deps.table.loadCounter(id, actor.person, actor.site);
      const next = decide(requireKnown(counter, actor, now), counter.policy, now);
      const body = transitionView(next, now);
      const change = changeOf(eventOf(deps, actor, type, now, { prescription: next.id, ...trace(body) }), now, once, {
        status: 200,
        reference: next.id,
        answer: body,
      });
      await deps.table.commitTransition(next, change, { revoke: false });
      return { status: 200, body };
    },
    asAnswered<Transition>,
  );

/**
 * Takes the prescription for this pharmacy for the policy's claim time.
 * @throws Refusal `not-found`, `prescription-*`, `claimed-elsewhere`, `cancel-requested`
 */
export const claimPrescription = (deps: Deps, actor: Actor, { id }: { id: string }, once: Once) =>
  changeClaim(
    deps,
    actor,
    id,
    once,
    'prescription-claimed',
    (p, policy, now) => rules.claim(p, actor, policy, now),
    ({ claimedUntil }) => ({ until: claimedUntil }),
  );

/** @throws Refusal `not-found`, `not-claimed`, `claimed-elsewhere`, `prescription-*` */
export const releasePrescription = (deps: Deps, actor: Actor, { id }: { id: string }, once: Once) =>
  changeClaim(
    deps,
    actor,
    id,
    once,
    'prescription-released',
    (p, _policy, now) => rules.release(p, actor, now),
    ({ status }) => ({ status }),
  );

/** What would serve each line that is owed: the first expiring lots, and every other lot that may be chosen instead. */
export const proposeLots = async (deps: Deps, actor: Actor, id: string) => {
  const now = deps.now();
  const today = tashkentDay(now);
  const counter = await deps.table.loadCounter(id, actor.person, actor.site);
  const p = rules.asOf(requireKnown(counter, actor, now), now);
  const owed = p.lines.filter((l) => l.dispensed < l.quantity);
  const lines = await Promise.all(
    owed.map(async (l) => {
      const rows = await deps.table.loadLots(actor.site, l.medicine, today, counter.recalled);
      const usable = rows.filter((r) => isUsable(r, today) && r.onHand > 0);
      const available = usable.reduce((sum, r) => sum + r.onHand, 0);
      const wanted = l.quantity - l.dispensed;
      const lots = proposal(rows, Math.min(wanted, available), today, !isControlled(l.class));
      return {
        line: l.line,
        medicine: l.medicine,
        owed: wanted,
        available,
        lots,
        others: usable.map(({ gtin, lot, expiryDate, onHand }) => ({ gtin, lot, expiryDate, onHand })),
      };
    }),
  );
  return { lines };
};

/** As much as can be had; nothing where not even one step can. */
const proposal = (rows: readonly StockRow[], quantity: number, today: string, mayRound: boolean): Allocation[] => {
  if (quantity === 0) return [];
  try {
    return allocateFefo(rows, quantity, today, { line: 0, pointer: '', mayRound });
  } catch (error) {
    const possible = error instanceof Refusal ? Number(error.facts.available ?? 0) : 0;
    return possible > 0 ? allocateFefo(rows, possible, today, { line: 0, pointer: '', mayRound: false }) : [];
  }
};

export interface DispenseLineInput {
  readonly line: number;
  readonly quantity: number;
  readonly lots?: readonly LotQuantity[];
  readonly scans?: readonly string[];
  readonly reason?: string;
}

/**
 * What lies on the shelf for one line, in one read. A lot that was named and is not there is looked for by itself, so
 * that the refusal can say what is the matter with it; only mistakes pay for that.
 */
const loadShelf = async (
  deps: Deps,
  site: string,
  medicine: string,
  wanted: DispenseLineInput,
  today: string,
  counter: Counter,
): Promise<StockRow[]> => {
  const rows = await deps.table.loadLots(site, medicine, today, counter.recalled);
  const missing = (wanted.lots ?? []).filter(({ gtin, lot }) => !rows.some((r) => r.gtin === gtin && r.lot === lot));
  const found = await Promise.all(missing.map((lot) => deps.table.loadStockRow({ site, ...lot })));
  return [...rows, ...found.filter((r) => r?.medicine === medicine).filter((r) => r !== undefined)];
};

/** One line with the lots that serve it. */
type ServedLine = Dispense['lines'][number];

const serveLine = (
  p: Prescription,
  wanted: DispenseLineInput,
  rows: readonly StockRow[],
  today: string,
  i: number,
): ServedLine => {
  const { line, quantity, reason } = wanted;
  const { medicine, class: medicineClass } = rules.lineOf(p, line, `/lines/${i}/line`);
  const pointer = `/lines/${i}/lots`;
  const scanned = (at: number) => `/lines/${i}/scans/${at}`;
  const packs = packsOfScans(wanted.scans ?? [], today, scanned);
  if (wanted.lots) requirePacksMatch(packs, wanted.lots, rows, scanned);
  const chosen = wanted.lots ?? (packs.length > 0 ? lotsOfPacks(packs, rows, quantity, today, scanned) : undefined);
  const lots = chosen
    ? allocateChosen(rows, chosen, quantity, today, { line, pointer, reason, mayRound: !isControlled(medicineClass) })
    : allocateFefo(rows, quantity, today, { line, pointer, mayRound: !isControlled(medicineClass) });
  const handedOver = lots.reduce((sum, l) => sum + l.quantity, 0);
  return { line, medicine, quantity: handedOver, lots, ...(reason !== undefined && { reason }) };
};

const movementsOf = (
  deps: Deps,
  d: Dispense,
  kind: 'dispense' | 'dispense-undone',
  person: string,
  at: string,
): Movement[] =>
  d.lines.flatMap((l) =>
    l.lots.map(({ gtin, lot, quantity }) => ({
      id: deps.id(),
      site: d.site,
      medicine: l.medicine,
      gtin,
      lot,
      kind,
      quantity: kind === 'dispense' ? -quantity : quantity,
      reference: d.id,
      person,
      at,
    })),
  );

/** Prescription, dispense, event, idempotency record; beside them two actions a lot. */
const fixedActions = 4;

const answerOf = (d: Dispense) => ({
  id: d.id,
  status: d.status,
  lines: d.lines.map(({ line, quantity, lots }) => ({ line, quantity, lots })),
});

/**
 * Hands over lines of a prescription, fully or in part, from one lot or several. Without lots or scans the first
 * expiring are taken. Two rounds of reads and one transaction: prescription, dispense, lots, movements, event and
 * idempotency record are written together or not at all.
 * @throws Refusal of standing, `not-found`, of the prescription's state (`prescription.ts`), of stock (`stock.ts`,
 * `pack-scan.ts`), `split-dispense`, `key-reused`
 */
export const dispensePrescription = (
  deps: Deps,
  actor: Actor,
  input: { id: string; lines: readonly DispenseLineInput[] },
  once: Once,
): Promise<Answer<ReturnType<typeof answerOf>>> =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const today = tashkentDay(now);
      const counter = await deps.table.loadCounter(input.id, actor.person, actor.site);
      const p = rules.asOf(requireKnown(counter, actor, now), now);
      rules.requireDispensable(p, actor, input.lines, now);
      const rows = await Promise.all(
        input.lines.map((l, i) =>
          loadShelf(deps, actor.site, rules.lineOf(p, l.line, `/lines/${i}/line`).medicine, l, today, counter),
        ),
      );
      const lines = input.lines.map((l, i) => serveLine(p, l, rows[i] ?? [], today, i));
      const next = rules.dispense(p, { site: actor.site, lines }, now);
      const at = instant(now);
      const n = next.dispenses;
      const dispense: Dispense = {
        id: `${p.id}.${n}`,
        prescription: p.id,
        n,
        site: actor.site,
        person: actor.person,
        at,
        status: next.status,
        lines,
        ...(p.repeat && { issue: p.repeat.current }),
      };
      const movements = movementsOf(deps, dispense, 'dispense', actor.person, at);
      if (fixedActions + 2 * movements.length > maxActions) throw new Refusal('split-dispense');
      const event = eventOf(deps, actor, 'prescription-dispensed', now, {
        id: dispense.id,
        status: dispense.status,
        lines,
      });
      await deps.table.commitDispense({
        next,
        dispense,
        movements,
        allocations: lines.flatMap((l) => l.lots.map((lot) => ({ ...lot, medicine: l.medicine }))),
        change: changeOf(event, now, once, { status: 201, reference: dispense.id }),
      });
      return { status: 201, body: answerOf(dispense) };
    },
    async ({ reference }) => {
      const [prescription = '', n] = reference.split('.');
      const dispense = await deps.table.loadDispense(prescription, Number(n));
      if (!dispense) throw new Refusal('not-found');
      return answerOf(dispense);
    },
  );

/**
 * Takes a dispense back within the policy's time: the stock returns to the same lots, the prescription to the state
 * that the remaining dispenses leave.
 * @throws Refusal `not-found` (also where it is another site's), `already-undone`, `undo-too-late`, `key-reused`
 */
export const undoDispense = (deps: Deps, actor: Actor, input: { id: string; reason: string }, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const [prescription = '', n] = input.id.split('.');
      const [counter, dispenses] = await Promise.all([
        deps.table.loadCounter(prescription, actor.person, actor.site),
        deps.table.loadDispenses(prescription),
      ]);
      const dispense = dispenses.find((d) => d.n === Number(n));
      const p = requireKnown(counter, actor, now);
      if (!dispense) throw new Refusal('not-found');
      requireUndoable(dispense, actor, counter.policy, now);
      const standing = dispenses.filter((d) => !d.undone);
      const next = rules.undo(p, dispense.n, standing.map(outcomeOf), now);
      const movements = movementsOf(deps, dispense, 'dispense-undone', actor.person, instant(now));
      const body = transitionView(next, now);
      const event = eventOf(
        deps,
        actor,
        'dispense-undone',
        now,
        { prescription: p.id, dispense: dispense.id, status: body.status },
        input.reason,
      );
      await deps.table.commitUndo({
        next,
        dispense,
        reason: input.reason,
        movements,
        change: changeOf(event, now, once, { status: 200, reference: dispense.id, answer: body }),
      });
      return { status: 200, body };
    },
    asAnswered<Transition>,
  );
