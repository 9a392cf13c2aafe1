/**
 * Looks at patients, and whether anything was done for the patient around them. Whoever reads a patient's record without
 * prescribing to, or serving, that patient is asked why; a look is never proof of a wrong.
 */
import * as z from 'zod';
import { PersonId, Role, SiteId } from './actor.ts';
import { CaseId } from './case.ts';
import { type Event, EventType, Reason } from './event.ts';
import { PrescriptionId } from './prescription.ts';
import { Refusal, refuseAt } from './refusal.ts';
import { dayMs, Instant } from './time.ts';

export const reviewStates = ['seen', 'explained', 'case'] as const;
export const ReviewState = z
  .enum(reviewStates)
  .meta({ id: 'ReviewState', description: 'Seen; explained by the person; to be followed as a case' });
export type ReviewState = z.infer<typeof ReviewState>;

export const Review = z
  .object({
    look: z.string(),
    version: z.int().positive(),
    state: ReviewState,
    note: Reason.exactOptional(),
    /** Whose look it was. */
    person: PersonId,
    by: PersonId,
    at: Instant,
    /** The one case that this look ever opens; it stays, whatever is thought of the look later. */
    case: CaseId.exactOptional(),
  })
  .meta({ id: 'LookReview' });
export type Review = z.infer<typeof Review>;

/** What a look was at, by which its event is found again. */
export const LookSubject = z
  .union([z.strictObject({ patient: z.string().max(40) }), z.strictObject({ prescription: PrescriptionId })])
  .meta({ id: 'LookSubject' });
export type LookSubject = z.infer<typeof LookSubject>;

export const Look = z
  .object({
    id: z.string(),
    at: Instant,
    type: EventType,
    person: PersonId,
    role: Role.exactOptional(),
    site: SiteId,
    subject: LookSubject,
    /** How the patient was found: by a document, by name, by a code. */
    by: z.string().exactOptional(),
    reason: z.string().exactOptional(),
    /** What was done for this patient at this site within a day of the look. */
    cause: z.object({ type: EventType, at: Instant, person: PersonId }).exactOptional(),
    review: Review.exactOptional(),
  })
  .meta({ id: 'Look', description: 'Somebody looked at a patient' });
export type Look = z.infer<typeof Look>;

/** How one person looked over the days. */
export const Looker = z
  .object({
    person: PersonId,
    looks: z.int(),
    /** Nothing was done for the patient. */
    without: z.int(),
    /** Nobody was found. */
    missed: z.int(),
    /** Of those without a cause, how many somebody looked at. */
    reviewed: z.int(),
  })
  .meta({ id: 'Looker' });
export type Looker = z.infer<typeof Looker>;

const looking: readonly EventType[] = ['patient-looked-up', 'patient-history-read', 'prescription-looked-up'];
/** What is done for a patient; a recall is a cause of its own. */
const causes: readonly EventType[] = [
  'prescription-issued',
  'prescription-entered',
  'prescription-dispensed',
  'line-not-dispensed',
  'dispense-undone',
  'prescription-cancelled',
  'patient-registered',
  'patient-changed',
  'page-unlocked',
  'recall-notified',
];

/** An event with whom it concerns. */
export interface Concerning {
  readonly event: Event;
  readonly subject: LookSubject | undefined;
  /** The patient, where the event or its prescription names one. */
  readonly patient: string | undefined;
}

export const isLookAtPatient = ({ type }: Event): boolean => looking.includes(type);
/** Nobody was found, or several, of whom none was shown. */
const isMiss = ({ changes }: Event): boolean => typeof changes.found === 'number' && changes.found !== 1;
/** A check at each change of a form is part of prescribing, and whoever calls for a recall was told to. */
const isOfWork = ({ changes }: Event): boolean => changes.by === 'recall';

/** Looks of these events, newest first, each with the deed that is nearest to it. Events of a day before and after belong to it. */
export const looksOf = (all: readonly Concerning[]): Look[] => {
  const deeds = all.filter(({ event }) => causes.includes(event.type));
  const byPatient = Map.groupBy(deeds, ({ patient }) => patient);
  return all
    .filter(({ event, subject }) => isLookAtPatient(event) && !isMiss(event) && !isOfWork(event) && subject)
    .map(({ event, subject, patient }): Look => {
      const at = Date.parse(event.at);
      const near = (patient === undefined ? [] : (byPatient.get(patient) ?? []))
        .map((one) => ({ ...one, apart: Math.abs(Date.parse(one.event.at) - at) }))
        .filter(({ apart }) => apart <= dayMs)
        .sort((a, b) => a.apart - b.apart)[0]?.event;
      const { by } = event.changes;
      return {
        id: event.id,
        at: event.at,
        type: event.type,
        person: event.actor.person,
        ...(event.actor.role !== undefined && { role: event.actor.role }),
        site: event.actor.site,
        subject: subject as LookSubject,
        ...(typeof by === 'string' && { by }),
        ...(event.reason !== undefined && { reason: event.reason }),
        ...(near && { cause: { type: near.type, at: near.at, person: near.actor.person } }),
      };
    })
    .sort((a, b) => (a.id < b.id ? 1 : -1));
};

/** Who looked how often; whoever most often without a cause first. */
export const lookersOf = (looks: readonly Look[], all: readonly Event[]): Looker[] => {
  const missed = Map.groupBy(
    all.filter((event) => isLookAtPatient(event) && isMiss(event)),
    (event) => event.actor.person,
  );
  const found = Map.groupBy(looks, (look) => look.person);
  return [...new Set([...found.keys(), ...missed.keys()])]
    .map((person): Looker => {
      const own = found.get(person) ?? [];
      const without = own.filter((look) => !look.cause);
      return {
        person,
        looks: own.length,
        without: without.length,
        missed: missed.get(person)?.length ?? 0,
        reviewed: without.filter((look) => look.review).length,
      };
    })
    .sort((a, b) => b.without - a.without || b.looks - a.looks || (a.person < b.person ? -1 : 1));
};

/**
 * What came of looking at a look. Nobody judges the own ones.
 * @throws Refusal `version-changed` where a colleague was faster, `reason-missing` for a case or an explanation without
 * words, `not-allowed` for one’s own look
 */
export const reviewLook = (
  before: Review | undefined,
  input: { look: string; person: string; version: number; state: ReviewState; note?: string | undefined },
  by: string,
  at: string,
): Review => {
  const { look, person, version, state, note } = input;
  if ((before?.version ?? 0) !== version) throw new Refusal('version-changed');
  if (person === by) throw new Refusal('not-allowed');
  if (state !== 'seen' && note === undefined) throw refuseAt('reason-missing', '/note');
  const opened = before?.case;
  return {
    look,
    version: version + 1,
    state,
    ...(note !== undefined && { note }),
    person,
    by,
    at,
    ...(opened !== undefined && { case: opened }),
  };
};
