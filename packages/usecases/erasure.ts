/**
 * Holds and erasures. An erasure is asked for at a site by the person, carried out by two people of the authority, and
 * taken step by step by whoever comes by: a screen that waits, or the job. What decides lies in `domain/privacy.ts`.
 *
 * The order of the steps is the guarantee. First nobody opens the patient any more; a minute later, when nobody can have
 * it open from before, it is looked again whether anything must be kept; then, in one transaction, the patient's key and
 * the log's secret are destroyed. From there on everything personal is noise, and what follows only clears it away:
 * hashes that would find the person, fields, pictures, words of feedback. Whoever dies on the way is gone on with.
 */
import type { Actor } from '@darmon/domain/actor';
import { type Event, retentionActor } from '@darmon/domain/event';
import type { Once } from '@darmon/domain/once';
import type { Prescription } from '@darmon/domain/prescription';
import {
  type Asked,
  answerErasure,
  askErasure,
  calledOff,
  type Erasure,
  finishErasure,
  type Hold,
  isCalledOff,
  isUnderWay,
  type Kept,
  keptBecause,
  liftHold,
  setHold,
  stepErasure,
} from '@darmon/domain/privacy';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { instant } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import type { PatientItem } from '@darmon/table/patient-items';
import { Changed } from '@darmon/table/transact';
import { type Answer, changeAs, type Deps, loadAccount } from './deps.ts';
import { isErased } from './patients.ts';
import { isWiped, wipeFeedback, wipePrescription } from './wipe.ts';

const hourMs = 3_600_000;

/** Refuses a checker who does not work at the site that is named. @throws Refusal `site-unknown` */
export const requireAsked = async (deps: Pick<Deps, 'table'>, { site, checkedBy }: Asked): Promise<void> => {
  const found = await deps.table.loadStanding(checkedBy, site);
  if (!found.site) throw refuseAt('site-unknown', '/asked/site');
  if (found.person?.site !== site) throw refuseAt('site-unknown', '/asked/checkedBy');
};

const keptOf = async (
  deps: Deps,
  prescriptions: readonly Prescription[],
  hold: Hold | undefined,
  now: number,
): Promise<Kept[]> => {
  const { policy } = await deps.table.loadStanding('retention', 'NONE');
  // what was handed over on the last day of its validity may be taken back after it
  const isRecent = ({ validUntil }: Prescription) => Date.parse(validUntil) + policy.undoHours * hourMs >= now;
  const recent = prescriptions.filter((p) => p.dispenses > 0 && isRecent(p));
  const dispenses = await Promise.all(recent.map((p) => deps.table.loadDispenses(p.id)));
  return keptBecause({ hold, prescriptions, dispenses: dispenses.flat() }, policy, now);
};

/** How a patient's rights stand; nothing personal. @throws Refusal `account-closed`, `not-found` */
export const readRights = async (deps: Deps, actor: Actor, patient: string) => {
  await loadAccount(deps, actor);
  const [item, { hold, erasure }] = await Promise.all([
    deps.table.loadPatient(patient),
    deps.table.loadPrivacy(patient),
  ]);
  if (!item) throw new Refusal('not-found');
  const erased = item.wrappedKey === '';
  return {
    patient,
    erased,
    ...(hold && { hold }),
    ...(erasure && { erasure }),
    kept: erased ? [] : await keptOf(deps, await deps.table.loadPrescriptionsOf(patient), hold, deps.now()),
  };
};

/** Newest first. @throws Refusal `account-closed`, `bad-cursor` */
export const listErasures = async (deps: Deps, actor: Actor, request: PageRequest) => {
  await loadAccount(deps, actor);
  return deps.table.listErasures(request);
};

/** Newest first. @throws Refusal `account-closed`, `bad-cursor` */
export const listHolds = async (deps: Deps, actor: Actor, request: PageRequest) => {
  await loadAccount(deps, actor);
  return deps.table.listHolds(request);
};

/** The id of the patient a hold is for: named itself, or by the printed number of a prescription. */
export type HeldBy = { readonly patient: string } | { readonly prescription: string };

const patientOf = async (deps: Deps, of: HeldBy): Promise<string> => {
  if ('patient' in of) return of.patient;
  const p = await deps.table.loadPrescription(of.prescription);
  if (!p) throw new Refusal('not-found');
  return p.patient;
};

/**
 * Keeps everything of a patient until it is lifted; an erasure that is under way waits for that.
 * @throws Refusal `not-found`, `privacy-state` where it is held or erased already, `key-reused`
 */
export const holdPatient = (deps: Deps, actor: Actor, input: HeldBy & { reason: string }, once: Once) =>
  changeAs(deps, actor, once, async (now) => {
    const patient = await patientOf(deps, input);
    const [item, { hold: before, erasure }] = await Promise.all([
      deps.table.loadPatient(patient),
      deps.table.loadPrivacy(patient),
    ]);
    if (!item) throw new Refusal('not-found');
    if (item.wrappedKey === '') throw new Refusal('privacy-state');
    const hold = setHold(before, patient, actor, input.reason, now);
    // its next version, so that whoever was about to destroy the key decides again
    const waits: Erasure | undefined =
      erasure && (erasure.state === 'waiting' || erasure.state === 'closing')
        ? { ...erasure, version: erasure.version + 1, state: 'waiting', kept: [{ why: 'hold' }] }
        : undefined;
    return {
      body: hold,
      status: 201,
      reference: patient,
      type: 'hold-set',
      changes: { patient },
      reason: input.reason,
      commit: (change) => deps.table.commitHold(hold, change, waits),
    };
  });

/** @throws Refusal `privacy-state` where nothing is held, `key-reused` */
export const liftPatientHold = (deps: Deps, actor: Actor, input: { patient: string; reason: string }, once: Once) =>
  changeAs(deps, actor, once, async (now) => {
    const hold = liftHold((await deps.table.loadPrivacy(input.patient)).hold, actor, input.reason, now);
    return {
      body: hold,
      reference: input.patient,
      type: 'hold-lifted',
      changes: { patient: input.patient },
      reason: input.reason,
      commit: (change) => deps.table.commitHold(hold, change),
    };
  });

/**
 * Writes down that a person asks to be erased. Nothing is erased yet.
 * @throws Refusal `not-found`, `site-unknown`, `privacy-state` where it is asked for already, `key-reused`
 */
export const askForErasure = (deps: Deps, actor: Actor, input: { patient: string; asked: Asked }, once: Once) =>
  changeAs(deps, actor, once, async (now) => {
    const { patient, asked } = input;
    const [item, { erasure: before }] = await Promise.all([
      deps.table.loadPatient(patient),
      deps.table.loadPrivacy(patient),
      requireAsked(deps, asked),
    ]);
    if (!item || isErased(item)) throw new Refusal('not-found');
    const erasure = askErasure(before, patient, actor, asked, now);
    const { reason, ...changes } = asked;
    return {
      body: erasure,
      status: 201,
      reference: patient,
      type: 'erasure-asked',
      changes: { patient, ...changes },
      reason,
      commit: (change) => deps.table.commitErasure(erasure, change),
    };
  });

/**
 * The second person's yes or no. After a yes the steps begin.
 * @throws Refusal `not-found`, `privacy-state`, `signer-repeated`, `key-reused`
 */
export const answerForErasure = (
  deps: Deps,
  actor: Actor,
  input: { patient: string } & ({ yes: true } | { yes: false; reason: string }),
  once: Once,
): Promise<Answer<Erasure>> =>
  changeAs(deps, actor, once, async (now) => {
    const { patient } = input;
    const erasure = answerErasure((await deps.table.loadPrivacy(patient)).erasure, actor, input, now);
    return {
      body: erasure,
      reference: patient,
      type: input.yes ? 'erasure-confirmed' : 'erasure-refused',
      changes: { patient },
      reason: input.yes ? undefined : input.reason,
      commit: (change) => deps.table.commitErasure(erasure, change),
    };
  });

/** After the keys: clears away what is noise now, and every hash that would still find the person. */
const clearAway = async (deps: Deps, patient: string): Promise<Record<string, number>> => {
  const hashes = await deps.table.removeMacs(patient);
  const counts = { hashes, prescriptions: 0, pictures: 0, collectors: 0, feedback: 0 };
  for (const p of await deps.table.loadPrescriptionsOf(patient)) {
    const dispenses = Array.from({ length: p.dispenses }, (_, n) => `${p.id}.${n + 1}`);
    for (const one of dispenses.length === 0 ? [] : await deps.table.loadFeedbackFor(dispenses))
      counts.feedback += await wipeFeedback(deps, one, 'erasure');
    const wiped = await wipePrescription(deps, p, 'erasure');
    counts.prescriptions += wiped.prescriptions;
    counts.pictures += wiped.pictures;
    counts.collectors += wiped.collectors;
  }
  return counts;
};

const erasedEvent = (deps: Deps, erasure: Erasure, site: string): Event => ({
  id: deps.id(),
  at: instant(deps.now()),
  type: 'patient-erased',
  actor: retentionActor(site),
  changes: { patient: erasure.patient, cause: erasure.cause },
});

const withClosing = ({ closing: _was, ...item }: PatientItem, closing: boolean): PatientItem => ({
  ...item,
  version: item.version + 1,
  ...(closing && { closing: true as const }),
});

/** One step; the same again where nothing can be done now. Throws Changed where somebody was faster. */
const step = async (deps: Deps, patient: string): Promise<Erasure | undefined> => {
  const now = deps.now();
  const { hold, erasure } = await deps.table.loadPrivacy(patient);
  if (!erasure || !isUnderWay(erasure)) return erasure;
  if (erasure.state === 'shredded') {
    const done = finishErasure(erasure, await clearAway(deps, patient), now);
    await deps.table.commitErasureStep(done, {});
    return done;
  }
  const item = await deps.table.loadPatient(patient);
  if (!item) throw new Error('an erasure of a patient who is not there');
  const prescriptions = await deps.table.loadPrescriptionsOf(patient);
  const decided = isCalledOff(erasure, !prescriptions.every(isWiped))
    ? calledOff(erasure)
    : stepErasure(erasure, await keptOf(deps, prescriptions, hold, now), now);
  const closing = decided.state === 'closing';
  const isAsItIs = decided === erasure && (item.closing === true) === closing;
  if (isAsItIs) return erasure;
  const next = decided === erasure ? { ...erasure, version: erasure.version + 1 } : decided;
  if (next.state === 'shredded') {
    const shredded: PatientItem = { id: item.id, version: item.version + 1, wrappedKey: '', sealed: {} };
    const event = erasedEvent(deps, next, next.asked?.site ?? 'COUNTRY');
    await deps.table.commitErasureStep(next, { patient: shredded, event, shred: instant(now) });
    return next;
  }
  await deps.table.commitErasureStep(next, { patient: withClosing(item, closing) });
  return next;
};

/** Most steps that one call can find to do. */
const mostSteps = 8;

/**
 * Goes on with an erasure as far as it can go now; by anybody, any number at once, as often as they like.
 * @returns how it stands then, undefined where there is none
 */
export const advanceErasure = async (deps: Deps, patient: string): Promise<Erasure | undefined> => {
  let before: number | undefined;
  for (let n = 0; n < mostSteps; n += 1)
    try {
      const erasure = await step(deps, patient);
      if (!erasure || erasure.version === before) return erasure;
      before = erasure.version;
    } catch (error) {
      if (!(error instanceof Changed)) throw error;
      await deps.pause(5 + (deps.random(1)[0] ?? 0) / 10);
    }
  return (await deps.table.loadPrivacy(patient)).erasure;
};

/** A screen that waits goes on with it. @throws Refusal `account-closed`, `not-found` */
export const workErasure = async (deps: Deps, actor: Actor, patient: string): Promise<Erasure> => {
  await loadAccount(deps, actor);
  const erasure = await advanceErasure(deps, patient);
  if (!erasure) throw new Refusal('not-found');
  return erasure;
};
