/**
 * What is over its time goes, at night, in slices. Each prescriber's prescriptions are walked once, oldest first, and a
 * mark says how far; so a night looks only at what came due since the last. Nothing here counts on being finished.
 */
import { retentionActor } from '@darmon/domain/event';
import type { Policy } from '@darmon/domain/policy';
import type { Prescription } from '@darmon/domain/prescription';
import { hasControlled, isHeld, isPrescriptionOver, overdueErasure } from '@darmon/domain/privacy';
import { isOver, overBefore, type RetentionClass } from '@darmon/domain/retention';
import { dayStart } from '@darmon/domain/time';
import { dayAfter } from '@darmon/table/privacy';
import { Changed } from '@darmon/table/transact';
import type { Deps } from './deps.ts';
import { advanceErasure } from './erasure.ts';
import { isErased } from './patients.ts';
import { isWiped, wipeFeedback, wipePicture, wipePrescription } from './wipe.ts';

export interface Removed {
  prescriptions: number;
  pictures: number;
  feedback: number;
  /** Patients who were erased since nothing of theirs is within its time, or because they asked. */
  erased: number;
  /** False where time ran out; the next run goes on. */
  done: boolean;
}

interface Run {
  readonly policy: Policy;
  /** Milliseconds. */
  readonly until: number;
  readonly removed: Removed;
}

/** Before any authority used Darmon. */
const firstDay = '2025-01-01';
const sliceSize = 50;
const by = retentionActor('COUNTRY').person;

/** Goes on with erasures, and with what a hold kept back that was lifted since. */
const finishOpen = async (deps: Deps, run: Run): Promise<void> => {
  let cursor: string | undefined;
  do {
    const page = await deps.table.listPrivacyOpen({ cursor, limit: sliceSize });
    for (const patient of new Set(page.items)) {
      if (deps.now() >= run.until) {
        run.removed.done = false;
        return;
      }
      const before = (await deps.table.loadPrivacy(patient)).erasure?.state;
      const erasure = await advanceErasure(deps, patient);
      if (erasure?.state === 'done' && before !== 'done') run.removed.erased += 1;
      const { hold } = await deps.table.loadPrivacy(patient);
      if (hold?.settled !== false) continue;
      for (const p of await deps.table.loadPrescriptionsOf(patient)) await removeOver(deps, run, p);
      await unlessChanged(deps.table.commitHoldSettled({ ...hold, version: hold.version + 1, settled: true }));
    }
    cursor = page.next;
  } while (cursor !== undefined);
};

/** Somebody who was faster decided on something newer: the next run sees it. */
const unlessChanged = async (commit: Promise<void>): Promise<void> => {
  try {
    await commit;
  } catch (error) {
    if (!(error instanceof Changed)) throw error;
  }
};

/** Where nothing of a patient is within its time any more, the patient goes too. */
const eraseOverdue = async (deps: Deps, patient: string): Promise<void> => {
  const [item, { hold, erasure }, prescriptions] = await Promise.all([
    deps.table.loadPatient(patient),
    deps.table.loadPrivacy(patient),
    deps.table.loadPrescriptionsOf(patient),
  ]);
  const isBusy = erasure !== undefined && erasure.state !== 'refused';
  if (!item || isErased(item) || isHeld(hold) || isBusy || !prescriptions.every(isWiped)) return;
  await unlessChanged(deps.table.commitErasureStep(overdueErasure(erasure, patient, by, deps.now()), {}));
};

/** What is over of one prescription, unless its patient is held. */
const removeOver = async (deps: Deps, { policy: { retention }, removed }: Run, p: Prescription): Promise<void> => {
  const now = deps.now();
  if (isHeld((await deps.table.loadPrivacy(p.patient)).hold)) return;
  if (isPrescriptionOver(p, retention, now)) {
    const wiped = await wipePrescription(deps, p, 'retention');
    removed.prescriptions += wiped.prescriptions;
    removed.pictures += wiped.pictures;
    await eraseOverdue(deps, p.patient);
  } else if (isOver(retention, 'picture', p.issuedAt, now)) removed.pictures += await wipePicture(deps, p);
};

const concerns: Readonly<Record<Exclude<RetentionClass, 'feedback'>, (p: Prescription) => boolean>> = {
  prescription: (p) => !hasControlled(p),
  controlled: hasControlled,
  picture: (p) => p.paper !== undefined,
};

const walk = async (deps: Deps, run: Run, of: keyof typeof concerns, prescriber: string): Promise<void> => {
  const before = overBefore(run.policy.retention, of, deps.now());
  let from = (await deps.table.loadRetentionMark(of, prescriber)) ?? new Date(dayStart(firstDay)).toISOString();
  while (Date.parse(from) < dayStart(before)) {
    if (deps.now() >= run.until) {
      run.removed.done = false;
      return;
    }
    const slice = await deps.table.listIssued(prescriber, from, before, sliceSize);
    for (const p of slice) if (concerns[of](p)) await removeOver(deps, run, p);
    const last = slice.at(-1)?.issuedAt;
    // a slice that is not full was the last; one that did not get on is of one instant, which is left behind
    if (slice.length < sliceSize || last === undefined) from = new Date(dayStart(before)).toISOString();
    else from = last > from ? last : new Date(Date.parse(last) + 1).toISOString();
    await deps.table.saveRetentionMark(of, prescriber, from);
  }
};

const walkFeedback = async (deps: Deps, run: Run): Promise<void> => {
  const before = overBefore(run.policy.retention, 'feedback', deps.now());
  for (let day = (await deps.table.loadRetentionMark('feedback', 'DAYS')) ?? firstDay; day < before; ) {
    if (deps.now() >= run.until) {
      run.removed.done = false;
      return;
    }
    for (const one of await deps.table.listFeedbackOn(day))
      run.removed.feedback += await wipeFeedback(deps, one, 'retention');
    day = dayAfter(day);
    // a day that is looked at twice costs a read
    if (day.endsWith('-01')) await deps.table.saveRetentionMark('feedback', 'DAYS', day);
  }
};

/**
 * Takes away what is over its time, until `until` (milliseconds); with `open` only what somebody began. Any number at once, stopped at any line: what is gone
 * stays gone, what is left is taken by the next.
 */
export const applyRetention = async (deps: Deps, until: number, what: 'all' | 'open' = 'all'): Promise<Removed> => {
  const { policy } = await deps.table.loadStanding(by, 'NONE');
  const run: Run = {
    policy,
    until,
    removed: { prescriptions: 0, pictures: 0, feedback: 0, erased: 0, done: true },
  };
  await finishOpen(deps, run);
  if (what === 'open') return run.removed;
  let cursor: string | undefined;
  do {
    const page = await deps.table.listPeople({ cursor, limit: 100 });
    for (const { id } of page.items)
      for (const of of ['picture', 'prescription', 'controlled'] as const) await walk(deps, run, of, id);
    cursor = page.next;
  } while (cursor !== undefined);
  await walkFeedback(deps, run);
  return run.removed;
};
