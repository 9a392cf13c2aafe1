/** Looks at patients at a site, put beside what was done for them, and what auditors make of them. */
import type { Actor } from '@darmon/domain/actor';
import { reviewedCase } from '@darmon/domain/case';
import {
  type Concerning,
  isLookAtPatient,
  type Look,
  type LookSubject,
  lookersOf,
  looksOf,
  type Review,
  type ReviewState,
  reviewLook,
} from '@darmon/domain/look-review';
import type { Once } from '@darmon/domain/once';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { dayMs, dayStart, instant, tashkentDay } from '@darmon/domain/time';
import type { PlacedEvent } from '@darmon/table/event-log';
import { digest } from './analysis.ts';
import { type Answer, changeAs, type Deps, eventOf, loadAccount } from './deps.ts';

/** So many days at once: a busy site has some thousand events a day. */
const mostDays = 7;
/** So many looks are listed; the sums are of all. */
const mostLooks = 300;

const subjectOf = ({ subject }: PlacedEvent): LookSubject | undefined => {
  const [kind = '', id = ''] = subject.split('#');
  if (kind === 'PRESCRIPTION') return { prescription: id };
  return kind === 'LOOKUPS' || kind === 'PATIENT' ? { patient: id } : undefined;
};

/** Each event with its patient; who looks at a prescription looks at its patient. */
const withPatients = async (deps: Pick<Deps, 'table'>, events: readonly PlacedEvent[]): Promise<Concerning[]> => {
  const subjects = events.map(subjectOf);
  const prescriptions = [...new Set(subjects.flatMap((s) => (s && 'prescription' in s ? [s.prescription] : [])))];
  const patients = await deps.table.loadPatientsOf(prescriptions);
  const byPrescription = new Map(prescriptions.map((id, n) => [id, patients[n]]));
  return events.map(({ event }, n) => {
    const subject = subjects[n];
    const named = event.changes.patient;
    const found = subject && ('patient' in subject ? subject.patient : byPrescription.get(subject.prescription));
    return { event, subject, patient: typeof named === 'string' ? named : found };
  });
};

/**
 * Who looked at patients at a site from one Tashkent day to another, at most a week, newest first; with whoever looked
 * most often without a cause at the top of the sums.
 * @throws Refusal `account-closed`, `schema` for more days
 */
export const listLooks = async (
  deps: Deps,
  actor: Actor,
  input: { site: string; from: string; to: string; person?: string | undefined; only?: 'without' | 'open' | undefined },
) => {
  await loadAccount(deps, actor);
  const days = Math.round((dayStart(input.to) - dayStart(input.from)) / dayMs) + 1;
  if (days < 1 || days > mostDays) throw refuseAt('schema', '/to');
  const dayAt = (n: number) => tashkentDay(dayStart(input.from) + n * dayMs);
  // a day before and after, since a deed near midnight is a cause too
  const around = Array.from({ length: days + 2 }, (_, n) => dayAt(n - 1));
  const placed = (await Promise.all(around.map((day) => deps.table.loadPlacedDay(input.site, day)))).flat();
  const [first, last] = [dayStart(input.from), dayStart(input.to) + dayMs];
  const isWithin = (at: string) => Date.parse(at) >= first && Date.parse(at) < last;
  const bare = looksOf(await withPatients(deps, placed)).filter((look) => isWithin(look.at));
  const reviews = await deps.table.loadReviews(bare.map((look) => look.id));
  const looks = bare.map((look): Look => {
    const review = reviews.get(look.id);
    return review ? { ...look, review } : look;
  });
  const wanted = looks.filter(
    (look) =>
      (input.person === undefined || look.person === input.person) &&
      (input.only === undefined || (!look.cause && (input.only === 'without' || !look.review))),
  );
  return {
    people: lookersOf(
      looks,
      placed.map(({ event }) => event).filter((event) => isWithin(event.at)),
    ),
    total: wanted.length,
    items: wanted.slice(0, mostLooks),
  };
};

/** One case a look, however often it is reviewed and by whom. */
const caseIdOf = (look: string): string => digest('look-review', look);

/** The case that a verdict opens, linked with the look both ways, and the event that tells of it. */
const openedBy = (deps: Deps, actor: Actor, review: Review, { event, subject }: PlacedEvent, now: number) => {
  const id = caseIdOf(review.look);
  const { person, site } = event.actor;
  const [kind, prescription] = subject.split('#');
  const look = { event: event.id, at: event.at, person, site, ...(kind === 'PRESCRIPTION' && { prescription }) };
  // a verdict without words was refused
  const one = reviewedCase(id, look, { person: actor.person, note: review.note ?? '' }, now);
  const changes = { case: id, rule: one.rule, day: one.days[0], look: review.look };
  return { one, event: eventOf(deps, actor, 'case-opened', now, changes) };
};

/**
 * Writes down what an auditor made of a look. The verdict that it is to be followed opens a case, in the same
 * transaction and once; who thinks otherwise later decides the case.
 * @throws Refusal of standing, `not-found`, `version-changed`, `reason-missing`, `not-allowed` for one's own look
 */
export const recordReview = (
  deps: Deps,
  actor: Actor,
  input: { look: string; subject: LookSubject; version: number; state: ReviewState; note?: string | undefined },
  once: Once,
): Promise<Answer<Review>> =>
  changeAs(deps, actor, once, async (now) => {
    const [placed, reviews] = await Promise.all([
      deps.table.loadLook(input.subject, input.look),
      deps.table.loadReviews([input.look]),
    ]);
    if (!placed || !isLookAtPatient(placed.event)) throw new Refusal('not-found');
    const { person } = placed.event.actor;
    const judged = reviewLook(reviews.get(input.look), { ...input, person }, actor.person, instant(now));
    const isOpening = judged.state === 'case' && judged.case === undefined;
    const review = isOpening ? { ...judged, case: caseIdOf(input.look) } : judged;
    const opened = isOpening ? openedBy(deps, actor, review, placed, now) : undefined;
    return {
      body: review,
      reference: input.look,
      type: 'look-reviewed',
      changes: {
        look: input.look,
        person,
        state: review.state,
        ...(review.case !== undefined && { case: review.case }),
      },
      reason: input.note,
      commit: (change) => deps.table.commitReview(review, change, opened),
    };
  });
