/**
 * A person's rights over what is known of them: what may be erased now and what must be kept, step by step, by two
 * people. Nothing here names the person; a patient is an id that means nothing outside Darmon.
 */
import * as z from 'zod';
import { type Actor, PersonId, SiteId } from './actor.ts';
import type { Dispense } from './dispense.ts';
import { Reason } from './event.ts';
import { isControlled } from './medicine.ts';
import type { Policy } from './policy.ts';
import { isOpen, type Prescription, PrescriptionId, statusAt } from './prescription.ts';
import { Refusal } from './refusal.ts';
import { isOver, overOn, type Retention } from './retention.ts';
import { Day, Instant, instant, tashkentDay } from './time.ts';

export const PatientId = z
  .string()
  .regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)
  .meta({ id: 'PatientId', description: 'ULID; means nothing outside Darmon' });

/** Where somebody asked in person, who looked at which document, and what it is asked for. */
export const Asked = z
  .strictObject({
    site: SiteId,
    checkedBy: PersonId,
    document: z.enum(['pinfl', 'passport']),
    reason: Reason,
  })
  .meta({ id: 'PrivacyAsked', description: 'Where a person asked, who checked the document, and why' });
export type Asked = z.infer<typeof Asked>;

const keptReasons = ['hold', 'open', 'controlled', 'undoable'] as const;
/** What keeps a person from being erased now, and until when where that is known. */
export const Kept = z
  .object({
    why: z.enum(keptReasons),
    prescription: PrescriptionId.exactOptional(),
    number: z.string().exactOptional(),
    until: Day.exactOptional(),
  })
  .meta({ id: 'PrivacyKept' });
export type Kept = z.infer<typeof Kept>;

const erasureStates = ['asked', 'waiting', 'closing', 'shredded', 'done', 'refused'] as const;

export const Erasure = z
  .object({
    patient: PatientId,
    version: z.int().positive(),
    state: z.enum(erasureStates),
    /** Asked for by the person, or over its time. */
    cause: z.enum(['request', 'retention']),
    asked: Asked.exactOptional(),
    at: Instant,
    by: PersonId,
    /** The second person, who said yes or no. */
    second: z.object({ person: PersonId, at: Instant, reason: Reason.exactOptional() }).exactOptional(),
    /** While it waits: for what. */
    kept: z.array(Kept).exactOptional(),
    /** From then on nobody finds the person any more. */
    closedAt: Instant.exactOptional(),
    /** The keys were destroyed. */
    shreddedAt: Instant.exactOptional(),
    doneAt: Instant.exactOptional(),
    /** What was emptied or taken away after the keys. */
    counts: z.record(z.string(), z.int()).exactOptional(),
  })
  .meta({ id: 'Erasure', description: 'An erasure of one patient, and how far it is' });
export type Erasure = z.infer<typeof Erasure>;

/** Nothing of a patient is erased while it stands. */
export const Hold = z
  .object({
    patient: PatientId,
    version: z.int().positive(),
    at: Instant,
    by: PersonId,
    reason: Reason,
    lifted: z.object({ at: Instant, by: PersonId, reason: Reason }).exactOptional(),
    /** What would have gone meanwhile has gone since. */
    settled: z.boolean().exactOptional(),
  })
  .meta({ id: 'LegalHold', description: 'Keeps everything of a patient, whatever the rules say' });
export type Hold = z.infer<typeof Hold>;

export const isHeld = (hold: Hold | undefined): boolean => hold !== undefined && hold.lifted === undefined;

/** @throws Refusal `privacy-state` where it is held already */
export const setHold = (before: Hold | undefined, patient: string, actor: Actor, reason: string, now: number): Hold => {
  if (isHeld(before)) throw new Refusal('privacy-state');
  return { patient, version: (before?.version ?? 0) + 1, at: instant(now), by: actor.person, reason };
};

/** @throws Refusal `privacy-state` where nothing is held */
export const liftHold = (hold: Hold | undefined, actor: Actor, reason: string, now: number): Hold => {
  if (!hold || hold.lifted) throw new Refusal('privacy-state');
  return { ...hold, version: hold.version + 1, lifted: { at: instant(now), by: actor.person, reason }, settled: false };
};

export const hasControlled = (p: Pick<Prescription, 'lines'>): boolean => p.lines.some((l) => isControlled(l.class));

/** What keeps this patient's identity: a hold, what can still be handed over or taken back, and controlled medicines. */
export const keptBecause = (
  of: {
    readonly hold: Hold | undefined;
    readonly prescriptions: readonly Prescription[];
    /** Of prescriptions whose validity ended no longer ago than a hand-over may be taken back. */
    readonly dispenses: readonly Dispense[];
  },
  { retention, undoHours }: Pick<Policy, 'retention' | 'undoHours'>,
  now: number,
): Kept[] => {
  const named = (p: Prescription) => ({ prescription: p.id, number: p.number });
  const dayOf = (at: string) => tashkentDay(Date.parse(at));
  const reasonOf = (p: Prescription): Kept[] => {
    if (isOpen(statusAt(p, now))) return [{ why: 'open', ...named(p), until: dayOf(p.validUntil) }];
    const undoable = of.dispenses
      .filter((d) => d.prescription === p.id && !d.undone)
      .map((d) => Date.parse(d.at) + undoHours * 3_600_000)
      .filter((until) => until >= now);
    if (undoable.length > 0) return [{ why: 'undoable', ...named(p), until: tashkentDay(Math.max(...undoable)) }];
    if (hasControlled(p) && p.dispenses > 0 && !isOver(retention, 'controlled', p.issuedAt, now))
      return [{ why: 'controlled', ...named(p), until: overOn(retention, 'controlled', p.issuedAt) }];
    return [];
  };
  return [...(isHeld(of.hold) ? [{ why: 'hold' as const }] : []), ...of.prescriptions.flatMap(reasonOf)];
};

/**
 * Nobody finds a patient for this long before the keys go, in milliseconds: whoever had the patient open when it began
 * has finished by then, since no function runs for longer, and what they wrote is seen before the last step.
 */
export const closingMs = 60_000;

/** The steps that are still to be taken by whoever comes by; the others wait for a person. */
export const isUnderWay = ({ state }: Erasure): boolean =>
  state === 'waiting' || state === 'closing' || state === 'shredded';

/** @throws Refusal `privacy-state` where one is asked for already, or is done */
export const askErasure = (
  before: Erasure | undefined,
  patient: string,
  actor: Actor,
  asked: Asked,
  now: number,
): Erasure => {
  if (before && before.state !== 'refused') throw new Refusal('privacy-state');
  return {
    patient,
    version: (before?.version ?? 0) + 1,
    state: 'asked',
    cause: 'request',
    asked,
    at: instant(now),
    by: actor.person,
  };
};

/** Of somebody of whom nothing is within its time any more. */
export const overdueErasure = (before: Erasure | undefined, patient: string, by: string, now: number): Erasure => ({
  patient,
  version: (before?.version ?? 0) + 1,
  state: 'waiting',
  cause: 'retention',
  at: instant(now),
  by,
  kept: [],
});

const next = (erasure: Erasure, part: Partial<Erasure>): Erasure => ({
  ...erasure,
  ...part,
  version: erasure.version + 1,
});

/**
 * The second person's answer; a yes begins at once, or waits for what must be kept.
 * @throws Refusal `privacy-state`, `signer-repeated` to who asked or checked the document
 */
export const answerErasure = (
  erasure: Erasure | undefined,
  actor: Actor,
  answer: { readonly yes: true } | { readonly yes: false; readonly reason: string },
  now: number,
): Erasure => {
  if (!erasure) throw new Refusal('not-found');
  // one that waits can still be called off
  const mayAnswer = erasure.state === 'asked' || (erasure.state === 'waiting' && !answer.yes);
  if (!mayAnswer || erasure.cause !== 'request') throw new Refusal('privacy-state');
  if (answer.yes && [erasure.by, erasure.asked?.checkedBy].includes(actor.person)) throw new Refusal('signer-repeated');
  const second = { person: actor.person, at: instant(now) };
  if (!answer.yes) return next(erasure, { state: 'refused', second: { ...second, reason: answer.reason } });
  return next(erasure, { state: 'waiting', second, kept: [] });
};

/** The next step of one that is under way: what it becomes, or the same where its time has not come. */
export const stepErasure = (erasure: Erasure, kept: readonly Kept[], now: number): Erasure => {
  const at = instant(now);
  if (erasure.state !== 'waiting' && erasure.state !== 'closing') return erasure;
  if (kept.length > 0) {
    const { closedAt: _opened, ...opened } = erasure;
    const same = erasure.state === 'waiting' && JSON.stringify(erasure.kept) === JSON.stringify(kept);
    return same ? erasure : next(opened, { state: 'waiting', kept: [...kept] });
  }
  const { kept: _kept, ...free } = erasure;
  if (erasure.state === 'waiting') return next(free, { state: 'closing', closedAt: at });
  if (now < Date.parse(erasure.closedAt ?? at) + closingMs) return erasure;
  return next(free, { state: 'shredded', shreddedAt: at });
};

/**
 * One that nobody asked for stands only as long as nothing of the patient is within its time: who was served again while a
 * hold kept it back is a patient like any other, and is left alone until that is over its time, too.
 */
export const isCalledOff = ({ cause, state }: Erasure, isNamedAgain: boolean): boolean =>
  cause === 'retention' && isNamedAgain && (state === 'waiting' || state === 'closing');

/** Ends it with everything as it was. @see isCalledOff */
export const calledOff = ({ kept: _kept, closedAt: _closed, ...erasure }: Erasure): Erasure =>
  next(erasure, { state: 'refused' });

/** Nothing is left to be taken away. */
export const finishErasure = (erasure: Erasure, counts: Readonly<Record<string, number>>, now: number): Erasure =>
  next(erasure, { state: 'done', doneAt: instant(now), counts: { ...counts } });

/** True where a prescription's personal fields are over their time. */
export const isPrescriptionOver = (p: Prescription, retention: Retention, now: number): boolean =>
  !isOpen(statusAt(p, now)) && isOver(retention, hasControlled(p) ? 'controlled' : 'prescription', p.issuedAt, now);
