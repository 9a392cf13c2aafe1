/**
 * A case: one finding of the daily analysis, or several of a month about the same subject, or a look at a patient that an
 * auditor wants followed up; and what a person made of it. Open, then somebody's, then decided; a decision can be taken up again, with a reason. Nothing of it is ever deleted.
 */
import * as z from 'zod';
import { PersonId, SiteId } from './actor.ts';
import { analysisRules, type Finding, FindingSubject } from './analysis.ts';
import { FactKind } from './analysis-facts.ts';
import { Reason } from './event.ts';
import { PrescriptionId } from './prescription.ts';
import { Refusal } from './refusal.ts';
import { Day, Instant, instant, tashkentDay } from './time.ts';

/** What opened a case: a rule of the analysis, or an auditor who reviewed a look. */
export const caseRules = [...analysisRules, 'look-review'] as const;
export const CaseRule = z.enum(caseRules).meta({ id: 'CaseRule', description: 'What opened the case' });
export type CaseRule = z.infer<typeof CaseRule>;

export const caseStates = ['open', 'taken', 'decided'] as const;
export const CaseState = z.enum(caseStates).meta({ id: 'CaseState' });
export type CaseState = z.infer<typeof CaseState>;

const caseOutcomes = ['confirmed', 'not-founded', 'passed-on'] as const;
export const CaseOutcome = z
  .enum(caseOutcomes)
  .meta({ id: 'CaseOutcome', description: 'Confirmed, not founded, or passed on to somebody else' });

export const CaseId = z
  .string()
  .regex(/^[0-9a-f]{24}$/)
  .meta({ id: 'CaseId', examples: ['5f1d0a3c9be247d8a6c1e0f2'] });

const CaseNote = z.object({ person: PersonId, at: Instant, text: Reason }).meta({ id: 'CaseNote' });

export const CaseDecision = z
  .object({
    outcome: CaseOutcome,
    reason: Reason,
    person: PersonId,
    at: Instant,
    /** Until this day the same rule opens no other case on the same subject. */
    silentUntil: Day.exactOptional(),
  })
  .meta({ id: 'CaseDecision' });
export type CaseDecision = z.infer<typeof CaseDecision>;

const mostNotes = 100;
const mostEvidence = 60;

/** One event, as far as it may be told without naming a patient; its trail has the rest. */
const CaseEvidence = z
  .object({
    event: z.string(),
    at: Instant,
    kind: FactKind,
    person: PersonId,
    site: SiteId,
    prescription: PrescriptionId.exactOptional(),
  })
  .meta({ id: 'CaseEvidence' });

export const Case = z
  .object({
    id: CaseId,
    rule: CaseRule,
    subject: FindingSubject,
    /** Of a case that a review opened: the event of the look, under which its review lies. */
    look: z.string().exactOptional(),
    /** The calendar month, in Tashkent, of the findings that it gathers. */
    month: z.string().regex(/^\d{4}-\d{2}$/),
    state: CaseState,
    version: z.int().positive(),
    /** The highest of its findings. */
    score: z.int().min(0).max(100),
    /** Days on which something was found, in order. */
    days: z.array(Day).min(1).max(31),
    /** The latest sixty events that it stands on. */
    evidence: z.array(CaseEvidence).max(mostEvidence),
    /** Of the latest finding. */
    statistics: z.record(z.string(), z.number()),
    openedAt: Instant,
    owner: PersonId.exactOptional(),
    notes: z.array(CaseNote).max(mostNotes),
    decision: CaseDecision.exactOptional(),
    /** Decisions that were taken up again, oldest first. */
    past: z.array(CaseDecision),
  })
  .meta({
    id: 'Case',
    description:
      'What the analysis found about somebody in a month, or a review of a look asked for, and what came of it',
  });
export type Case = z.infer<typeof Case>;

/** A finding with where its events lie. */
export interface PlacedFinding extends Finding {
  readonly places: Case['evidence'];
}

export const openedCase = (id: string, finding: PlacedFinding, now: number): Case => ({
  id,
  rule: finding.rule,
  subject: finding.subject,
  month: finding.day.slice(0, 7),
  state: 'open',
  version: 1,
  score: finding.score,
  days: [finding.day],
  evidence: finding.places,
  statistics: finding.statistics,
  openedAt: instant(now),
  notes: [],
  past: [],
});

/** A look at a patient as a case has it: who looked, where, at which prescription where it was at one. */
export interface ReviewedLook {
  readonly event: string;
  readonly at: string;
  readonly person: string;
  readonly site: string;
  readonly prescription?: string;
}

/** A person judged it, so it stands before what only passed a threshold. */
const judgedScore = 100;

/** What a review's verdict opens, with the auditor's words as its first note. */
export const reviewedCase = (
  id: string,
  look: ReviewedLook,
  given: { person: string; note: string },
  now: number,
): Case => {
  const day = tashkentDay(Date.parse(look.at));
  return {
    id,
    rule: 'look-review',
    subject: { kind: 'person', id: look.person },
    look: look.event,
    month: day.slice(0, 7),
    state: 'open',
    version: 1,
    score: judgedScore,
    days: [day],
    evidence: [{ kind: 'looked-up', ...look }],
    statistics: {},
    openedAt: instant(now),
    notes: [{ person: given.person, at: instant(now), text: given.note }],
    past: [],
  };
};

/**
 * The case with a finding of another day; undefined where that day is in it already, so that a day that is analysed twice
 * changes nothing. What is found after a decision is added and undoes nothing of it.
 */
export const extendedCase = (one: Case, finding: PlacedFinding): Case | undefined => {
  if (one.days.includes(finding.day)) return undefined;
  const known = new Set(one.evidence.map(({ event }) => event));
  const days = [...one.days, finding.day].sort();
  return {
    ...one,
    version: one.version + 1,
    score: Math.max(one.score, finding.score),
    days,
    evidence: [...one.evidence, ...finding.places.filter(({ event }) => !known.has(event))].slice(-mostEvidence),
    ...(days.at(-1) === finding.day && { statistics: finding.statistics }),
  };
};

const next = (one: Case, change: Partial<Case>): Case => ({ ...one, ...change, version: one.version + 1 });

const requireOpen = (one: Case): void => {
  if (one.state === 'decided') throw new Refusal('case-state', { state: one.state });
};

/** Nobody judges what is about themselves; of a doctor and a pharmacist together it is about both. */
const requireOther = ({ subject: { kind, id } }: Case, person: string): void => {
  const people = kind === 'person' || kind === 'pair' ? id.split('+') : [];
  if (people.includes(person)) throw new Refusal('not-allowed');
};

/**
 * Somebody answers for it from now on, also in another's place.
 * @throws Refusal `case-state` of one that is decided, `not-allowed` to whom it is about
 */
export const takenCase = (one: Case, person: string): Case => {
  requireOther(one, person);
  requireOpen(one);
  if (one.owner === person) throw new Refusal('case-state', { state: one.state });
  return next(one, { state: 'taken', owner: person });
};

/** @throws Refusal `case-state` of one that is decided, or that is full of notes, `not-allowed` to whom it is about */
export const notedCase = (one: Case, person: string, text: string, now: number): Case => {
  requireOther(one, person);
  requireOpen(one);
  if (one.notes.length >= mostNotes) throw new Refusal('case-state', { state: one.state });
  return next(one, { notes: [...one.notes, { person, at: instant(now), text }] });
};

const dayLength = 86_400_000;

/**
 * Decided by whom it belongs to. `silentDays` keeps the same rule from opening a case on the same subject so long; what a
 * person asked for is never silent.
 * @throws Refusal `case-state` of one that nobody took or that is decided, `case-not-yours`
 */
export const decidedCase = (
  one: Case,
  person: string,
  given: { outcome: z.infer<typeof CaseOutcome>; reason: string; silentDays?: number | undefined },
  now: number,
): Case => {
  if (one.state !== 'taken') throw new Refusal('case-state', { state: one.state });
  if (one.owner !== person) throw new Refusal('case-not-yours');
  const { outcome, reason, silentDays } = given;
  const isSilent = outcome === 'not-founded' && silentDays !== undefined && one.rule !== 'look-review';
  const decision = {
    outcome,
    reason,
    person,
    at: instant(now),
    ...(isSilent && { silentUntil: tashkentDay(now + silentDays * dayLength) }),
  };
  return next(one, { state: 'decided', decision });
};

/**
 * Taken up again; with it ends the silence that the decision had asked for.
 * @throws Refusal `case-state`, `not-allowed` to whom it is about
 */
export const reopenedCase = (one: Case, person: string): Case => {
  requireOther(one, person);
  const { decision, ...rest } = one;
  if (one.state !== 'decided' || !decision) throw new Refusal('case-state', { state: one.state });
  return next(rest, { state: 'taken', owner: person, past: [...one.past, decision] });
};
