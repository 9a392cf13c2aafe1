/** The counter's verbs before a hand-over: look up, claim, release, propose; and to open a patient's page again. */

import { type VerifyContext, verifyCode } from '@darmon/credential/verify';
import type { Actor } from '@darmon/domain/actor';
import type { Dispense } from '@darmon/domain/dispense';
import { rowsFor } from '@darmon/domain/hand-over';
import type { Movement } from '@darmon/domain/ledger';
import { isControlled } from '@darmon/domain/medicine';
import { parseNumber } from '@darmon/domain/number';
import type { Once } from '@darmon/domain/once';
import type { PatientQuery } from '@darmon/domain/patient';
import type { Policy } from '@darmon/domain/policy';
import type { Prescription, PrescriptionLine } from '@darmon/domain/prescription';
import * as rules from '@darmon/domain/prescription';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { parseScan } from '@darmon/domain/scan';
import { requireStanding } from '@darmon/domain/standing';
import { type Allocation, allocateFefo, isUsable, type StockRow } from '@darmon/domain/stock';
import { tashkentDay } from '@darmon/domain/time';
import type { Counter } from '@darmon/table/counter';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
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
  const scan = parseScan(code, { today: tashkentDay(deps.now()) });
  // whatever else was scanned into the field is named, so that nobody looks for a forger
  if (scan.kind !== 'prescription')
    throw refuseAt('code-invalid', '/code', {
      kind: scan.kind,
      reason: scan.kind === 'refused' ? scan.code : `this-is-${scan.kind}`,
    });
  const verified = await verifyCode(scan.code, await deps.verifyContext());
  if (!verified.valid && !verified.credential) throw refuseAt('code-invalid', '/code', { reason: verified.reason });
  return (verified.credential as { id: string }).id;
};

const idOfNumber = async (deps: Deps, text: string): Promise<string | undefined> => {
  const reading = parseNumber(text);
  if (reading.kind === 'refused') throw refuseAt('number-invalid', '/number');
  return deps.table.prescriptionOfNumber(reading.number);
};

/** The prescription, for an actor in good standing. */
export const requireKnown = (counter: Counter, actor: Actor, now: number): Prescription => {
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

const proposeLine = (line: PrescriptionLine, rows: readonly StockRow[], today: string) => {
  const usable = rowsFor(line, rows).filter((r) => isUsable(r, today) && r.free > 0);
  const available = usable.reduce((sum, r) => sum + r.free, 0);
  const wanted = line.quantity - line.dispensed;
  return {
    line: line.line,
    medicine: line.medicine,
    owed: wanted,
    available,
    lots: proposal(usable, Math.min(wanted, available), today, !isControlled(line.class)),
    others: usable.map(({ gtin, lot, expiryDate, free, brand }) => ({ gtin, lot, expiryDate, onHand: free, brand })),
    substitutionAllowed: line.substitutionAllowed,
    controlled: isControlled(line.class),
    ...(line.brand !== undefined && { brand: line.brand }),
    ...(line.owed && { promised: { site: line.owed.site, on: line.owed.on } }),
  };
};

/**
 * What would serve each line that is owed: the first expiring lots, and every other lot that may be chosen instead. Where
 * the prescriber forbids another brand, only that brand's lots.
 */
export const proposeLots = async (deps: Deps, actor: Actor, id: string) => {
  const now = deps.now();
  const today = tashkentDay(now);
  const counter = await deps.table.loadCounter(id, actor.person, actor.site);
  const p = rules.asOf(requireKnown(counter, actor, now), now);
  const owed = p.lines.filter((l) => l.dispensed < l.quantity && !l.notDispensed?.closed);
  const shelves = await Promise.all(
    owed.map((l) => deps.table.loadLots(actor.site, l.medicine, today, counter.blocked)),
  );
  return { lines: owed.map((l, i) => proposeLine(l, shelves[i] ?? [], today)) };
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

/** What a dispense, or its undo, moves of each lot. */
export const movementsOf = (
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

/**
 * Opens a patient's page again that wrong birth dates locked, after the counter saw the person's document.
 * @throws Refusal of standing, `not-found`, `key-reused`
 */
export const openPage = (deps: Deps, actor: Actor, input: { id: string; reason: string }, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const counter = await deps.table.loadCounter(input.id, actor.person, actor.site);
      const { id } = requireKnown(counter, actor, now);
      const body = { id, open: true as const };
      const event = eventOf(deps, actor, 'page-unlocked', now, { prescription: id }, input.reason);
      await deps.table.commitOpenPage(id, changeOf(event, now, once, { status: 200, reference: id, answer: body }));
      return { status: 200, body };
    },
    asAnswered<{ id: string; open: true }>,
  );
