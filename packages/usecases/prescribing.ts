/** The prescriber's verbs: issue, read, list, cancel. */

import type { Signer } from '@darmon/credential/p256';
import { initialsOf } from '@darmon/credential/payload';
import { signCredential } from '@darmon/credential/sign';
import type { Actor } from '@darmon/domain/actor';
import { type Override, openIds, requireAnswered } from '@darmon/domain/alert-answer';
import { type Approvable, requireConfirmation } from '@darmon/domain/approval';
import { requireDraft } from '@darmon/domain/draft';
import { decideLines, requirePatient, type Wanted } from '@darmon/domain/issue';
import { isControlled } from '@darmon/domain/medicine';
import { makeNumber } from '@darmon/domain/number';
import type { Once } from '@darmon/domain/once';
import type { PatientIdentity } from '@darmon/domain/patient';
import type { Prescription } from '@darmon/domain/prescription';
import * as rules from '@darmon/domain/prescription';
import { Refusal } from '@darmon/domain/refusal';
import { requireStanding, rightsOf } from '@darmon/domain/standing';
import { instant, tashkentDay, validUntil } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { type Answer, asAnswered, changeOf, changeOnce, eventOf, loadAccount, loadStanding } from './deps.ts';
import { findOrAdd, openSealed, type PatientDeps } from './patients.ts';
import { checkLines } from './safety.ts';
import { seal } from './vault.ts';
import { issuedView, ownView, transitionView, viewOf } from './views.ts';

export type PrescribingDeps = PatientDeps & { readonly signer: Signer };

export interface IssueInput extends Wanted {
  readonly patient: PatientIdentity;
  readonly diagnosis: { readonly icd10: string };
  /** The prescriber's own confirmation, for controlled medicines. */
  readonly approval?: string;
  /** The policy that the prescriber saw; another one since is refused. */
  readonly policy?: number;
  /** The draft that it was written as; it is closed with the issue, and its id goes on as the prescription's. */
  readonly draft?: string;
  /** Why the prescriber goes past warnings. */
  readonly overrides?: readonly Override[];
}

/** Signs what was decided: the code says the same lines as the record, byte for byte its own. */
const signIssued = (
  deps: PrescribingDeps,
  p: Omit<Prescription, 'sealed'>,
  patient: PatientIdentity,
  now: number,
  validityDays: number,
): Promise<string> =>
  signCredential(
    {
      id: p.id,
      number: p.number,
      issuedAt: Math.floor(now / 1000),
      validityDays,
      clinic: p.clinic,
      prescriber: p.prescriber,
      patient: { initials: initialsOf(patient.fullName), birthYear: Number(patient.birthDate.slice(0, 4)) },
      lines: p.lines.map(({ medicine, dosage, quantity, substitutionAllowed, class: medicineClass }) => ({
        medicine,
        dosage,
        quantity,
        substitutionAllowed,
        class: medicineClass,
      })),
      ...(p.repeat && { repeat: { issues: p.repeat.issues, everyDays: p.repeat.everyDays } }),
    },
    deps.signer,
  );

/**
 * Issues one signed prescription, with its patient if new, its number, its event and its idempotency record at once.
 * @throws Refusal of standing (`standing.ts`), of the rules (`issue.ts`), `policy-changed`, of the warnings
 * (`alert-answer.ts`), of the confirmation of controlled medicines (`approval.ts`), `key-reused`
 */
export const issuePrescription = (
  deps: PrescribingDeps,
  actor: Actor,
  input: IssueInput,
  request: { once: Once; approvable: Approvable },
): Promise<Answer<ReturnType<typeof issuedView>>> =>
  changeOnce(
    deps,
    request.once,
    async () => {
      const now = deps.now();
      const { person, site, medicines, policy, approval, draft } = await deps.table.loadForIssue(
        actor.person,
        actor.site,
        input.lines.map((l) => l.medicine),
        { approval: input.approval, draft: input.draft },
      );
      requireStanding(actor, person, site, now);
      if (input.draft !== undefined) requireDraft(draft, actor.person, now);
      requirePatient(input.patient, tashkentDay(now));
      if (input.policy !== undefined && input.policy !== policy.version) throw new Refusal('policy-changed');
      const { lines, validityDays } = decideLines(input, medicines, policy, rightsOf(actor, person));
      const patient = await findOrAdd(deps, actor, input.patient);
      const { alerts } = await checkLines(deps, input.patient, patient.record, { lines: input.lines, medicines });
      const answered = requireAnswered(alerts, input.overrides ?? [], input.lines);
      const overridden = openIds(alerts, answered);
      const confirmation = lines.some((l) => isControlled(l.class))
        ? requireConfirmation({ wanted: input.approval, found: approval }, actor, request.approvable, now)
        : undefined;
      const id = input.draft ?? deps.id();
      const unsigned = {
        id,
        number: makeNumber(deps.random(12)),
        status: 'active' as const,
        version: 1,
        prescriber: actor.person,
        clinic: actor.site,
        patient: patient.id,
        issuedAt: instant(now),
        validUntil: instant(validUntil(now, validityDays)),
        policy: policy.version,
        lines,
        ...(input.repeat && { repeat: { ...input.repeat, current: 1, past: [] } }),
        ...(input.boardDecision !== undefined && { boardDecision: input.boardDecision }),
        ...(overridden.length > 0 && { overridden }),
        dispenses: 0,
        served: [],
        pageMac: await deps.vault.mac('page', `${id}|${input.patient.birthDate}`),
      };
      const { fullName, birthDate, sex, weightKg } = input.patient;
      const code = await signIssued(deps, unsigned, input.patient, now, validityDays);
      const personal = {
        fullName,
        birthDate,
        sex,
        ...('pinfl' in input.patient ? { pinfl: input.patient.pinfl } : { passport: input.patient.passport }),
        icd10: input.diagnosis.icd10,
        code,
        ...(weightKg !== undefined && { weightKg: String(weightKg) }),
        ...(answered.length > 0 && { overrides: JSON.stringify(answered) }),
      };
      const p: Prescription = { ...unsigned, sealed: seal(patient.key, unsigned.id, personal, deps.random) };
      const event = eventOf(deps, actor, 'prescription-issued', now, {
        number: p.number,
        policy: p.policy,
        validUntil: p.validUntil,
        lines: lines.map((l) => ({ line: l.line, medicine: l.medicine, quantity: l.quantity })),
        ...(input.repeat && { repeat: input.repeat }),
        ...(confirmation && { approval: confirmation.id }),
        ...(answered.length > 0 && { warnings: answered.length }),
      });
      const change = changeOf(event, now, request.once, { status: 201, reference: p.id });
      await deps.table.commitIssue(p, { patient: patient.add, approval: confirmation, draft: input.draft }, change);
      return { status: 201, body: issuedView(p, code) };
    },
    async ({ reference }) => {
      const p = await deps.table.loadPrescription(reference);
      if (!p) throw new Refusal('not-found');
      const [{ code = '' } = {}] = await openSealed(deps, [p]);
      return issuedView(p, code);
    },
  );

/** True where this reader may know that the prescription exists; a doctor who moved still knows the own ones. */
const mayKnow = (actor: Actor, p: Prescription): boolean =>
  actor.reach === 'all' || p.clinic === actor.site || p.prescriber === actor.person;

/**
 * One prescription as it stands now. The clinic that issued it sees the patient, the diagnosis and the code; others see
 * what is prescribed and what became of it.
 * @throws Refusal `account-closed`, `not-found`
 */
export const readPrescription = async (deps: PatientDeps, actor: Actor, id: string) => {
  const [p] = await Promise.all([deps.table.loadPrescription(id), loadAccount(deps, actor)]);
  if (!p || !mayKnow(actor, p)) throw new Refusal('not-found');
  const own = actor.roles.includes('doctor') && (p.clinic === actor.site || p.prescriber === actor.person);
  if (!own) return viewOf(deps, actor, p, {});
  const [personal = {}] = await openSealed(deps, [p]);
  return viewOf(deps, actor, p, { personal, ofClinic: true });
};

/**
 * A doctor's own prescriptions, newest first, with what became of each. Where a status is asked for, a page can hold
 * fewer than its limit, or none, although more follow.
 */
export const listPrescriptions = async (
  deps: PatientDeps,
  actor: Actor,
  { status, ...request }: PageRequest & { readonly status?: 'open' | 'closed' },
) => {
  const now = deps.now();
  const [page] = await Promise.all([
    deps.table.listPrescriptions({ prescriber: actor.person }, request),
    loadAccount(deps, actor),
  ]);
  const wanted = page.items.filter(
    (p) => status === undefined || rules.isOpen(rules.statusAt(p, now)) === (status === 'open'),
  );
  const sitesOf = wanted.flatMap((p) => p.served.map((s) => s.site));
  const [personal, { sites }] = await Promise.all([
    openSealed(deps, wanted),
    deps.table.loadNamed({ medicines: [], sites: sitesOf }),
  ]);
  const items = wanted.map((p, i) => ownView(p, now, { personal: personal[i] ?? {}, sites }));
  return { items, ...(page.next !== undefined && { next: page.next }) };
};

/**
 * Cancels what is not dispensed yet. While a pharmacy holds a claim it is a request (202) that holds when the claim ends.
 * @throws Refusal `not-found`, `not-allowed` for a colleague of the prescriber, `prescription-*`, `cancel-requested`
 */
export const cancelPrescription = (
  deps: PatientDeps,
  actor: Actor,
  input: { id: string; reason: string },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const p = await deps.table.loadPrescription(input.id);
      if (!p || !mayKnow(actor, p)) throw new Refusal('not-found');
      if (p.prescriber !== actor.person) throw new Refusal('not-allowed');
      const next = rules.cancel(p, actor, input.reason, now);
      const body = transitionView(next, now);
      const status = body.cancelRequested ? 202 : 200;
      const event = eventOf(
        deps,
        actor,
        body.cancelRequested ? 'cancel-requested' : 'prescription-cancelled',
        now,
        { prescription: p.id, status: body.status },
        input.reason,
      );
      await deps.table.commitTransition(next, changeOf(event, now, once, { status, reference: p.id, answer: body }), {
        revoke: true,
      });
      return { status, body };
    },
    asAnswered<ReturnType<typeof transitionView>>,
  );
