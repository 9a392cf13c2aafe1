/**
 * The daily analysis: rules as data. Each looks at the events of a window that ends with a day, and says whom they speak
 * against, with its numbers. A finding proves nothing: it asks a person to look.
 */
import * as z from 'zod';
import type { Fact } from './analysis-facts.ts';
import { Day, dayMs, dayStart, tashkentDay } from './time.ts';

export const analysisRules = [
  'doctor-shopping',
  'unusual-quantity',
  'night-dispensing',
  'many-overrides',
  'close-pair',
  'idle-look-ups',
  'refused-sign-ins',
  'clock-drift',
] as const;
export const AnalysisRule = z
  .enum(analysisRules)
  .meta({ id: 'AnalysisRule', description: 'What the daily analysis looks for' });
export type AnalysisRule = z.infer<typeof AnalysisRule>;

const Many = z.int().min(1).max(10_000);
const Times = z.number().min(1).max(100).multipleOf(0.1);
const Percent = z.number().min(0).max(100).multipleOf(0.1);

/** Thresholds; the numbers of the events they are compared with stand in every finding. */
export const Analysis = z
  .object({
    /** Days that a rule looks back, the analysed one included. */
    windowDays: z.int().min(7).max(62),
    /** ATC codes, or beginnings of some, that are watched beside what is controlled by its class. */
    watchedAtc: z.array(z.string().regex(/^[A-Z](\d{2}([A-Z]([A-Z](\d{2})?)?)?)?$/)).max(50),
    /** Courses of one watched substance that begin while another prescriber's still runs. */
    overlaps: Many,
    /** A quantity is large from so many times the usual one of others, and so many large ones are a finding. */
    largeTimes: Times,
    largeMany: Many,
    /** Watched medicines handed over at night by one person. */
    nightMany: Many,
    /** Lower bound of the share of passed warnings, against the usual share of others. */
    overrideTimes: Times,
    overrideMany: Many,
    /** Dispenses of one doctor's prescriptions by one pharmacist, and how many times the expected share they are. */
    pairMany: Many,
    pairTimes: Times,
    /** Look-ups that nothing followed: their share of the person's own, how many, and how many in one day. */
    idlePercent: Percent,
    idleMany: Many,
    idleInDay: Many,
    /** Refused sign-ins within an hour, and at night within the window. */
    refusedInHour: Many,
    refusedAtNight: Many,
    /** A clock that is off by more, on so many days. */
    driftSeconds: z.int().min(30).max(86_400),
    driftDays: z.int().min(1).max(31),
    /** Night in Tashkent, in hours; it goes over midnight. */
    nightFrom: z.int().min(18).max(23),
    nightUntil: z.int().min(1).max(9),
  })
  .meta({ id: 'AnalysisLimits', description: 'From when on the daily analysis speaks' });
export type Analysis = z.infer<typeof Analysis>;

/**
 * Tuned on made-up countries of seeds 1 to 10 and measured on others (`npm run analyse`). Five minutes of clock drift
 * are those of the United States' rules for electronic prescriptions of controlled substances (21 CFR 1311).
 */
export const firstAnalysis: Analysis = {
  windowDays: 28,
  watchedAtc: ['N02A', 'N03AX12', 'N03AX16', 'N05BA', 'N05CF', 'R05DA'],
  overlaps: 2,
  largeTimes: 2.2,
  largeMany: 5,
  nightMany: 5,
  overrideTimes: 3,
  overrideMany: 10,
  pairMany: 6,
  pairTimes: 3,
  idlePercent: 25,
  idleMany: 20,
  idleInDay: 15,
  refusedInHour: 10,
  refusedAtNight: 8,
  driftSeconds: 300,
  driftDays: 2,
  nightFrom: 22,
  nightUntil: 6,
};

const SubjectKind = z.enum(['patient', 'person', 'pair', 'device']).meta({ id: 'CaseSubjectKind' });

/**
 * Whom a finding is about: a patient, a member of staff or a machine by id, or a doctor and a pharmacist as
 * `doctor+pharmacist`.
 */
export const FindingSubject = z
  .object({ kind: SubjectKind, id: z.string().max(80) })
  .meta({ id: 'FindingSubject', description: 'Whom it is about, by id' });
export type FindingSubject = z.infer<typeof FindingSubject>;

const mostEvidence = 60;

export const Finding = z
  .object({
    rule: AnalysisRule,
    subject: FindingSubject,
    /** The day whose events completed it. */
    day: Day,
    /** 50 where the rule begins to speak, 100 from twice that on. */
    score: z.int().min(0).max(100),
    /** Ids of events, the newest last; the latest sixty of them. */
    evidence: z.array(z.string()).max(mostEvidence),
    /** What the rule counted and compared. */
    statistics: z.record(z.string(), z.number()),
  })
  .meta({ id: 'Finding', description: 'What a rule found, and by which numbers' });
export type Finding = z.infer<typeof Finding>;

/** Events of a window, sorted and apart by what rules ask for. A dispense that was undone is not in it. */
export interface Window {
  readonly day: string;
  readonly limits: Analysis;
  readonly prescribed: readonly Fact[];
  readonly dispensed: readonly Fact[];
  readonly others: ReadonlyMap<Fact['kind'], readonly Fact[]>;
}

/** The window that ends with a day; what lies outside is left out, and no event counts twice, whatever was given. */
export const windowOf = (facts: readonly Fact[], day: string, limits: Analysis): Window => {
  const end = dayStart(day) + dayMs;
  const from = end - limits.windowDays * dayMs;
  const inside = new Map<string, Fact>();
  for (const fact of facts) if (fact.at >= from && fact.at < end) inside.set(fact.id, fact);
  const sorted = [...inside.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const others = Map.groupBy(sorted, ({ kind }) => kind);
  const handedOver = ({ dispense, prescription }: Fact) => dispense ?? prescription;
  const undone = new Set((others.get('undone') ?? []).map(handedOver));
  return {
    day,
    limits,
    prescribed: others.get('prescribed') ?? [],
    dispensed: (others.get('dispensed') ?? []).filter((fact) => !undone.has(handedOver(fact))),
    others,
  };
};

const hourMs = 3_600_000;
/** The hour of a day in Tashkent, 0 to 23. */
const hourOf = (at: number): number => Math.floor((at - dayStart(tashkentDay(at))) / hourMs);
export const isNight = (at: number, { nightFrom, nightUntil }: Analysis): boolean => {
  const hour = hourOf(at);
  return hour >= nightFrom || hour < nightUntil;
};

/** How far a number lies beyond its threshold, as a score. */
export const scoreOf = (value: number, threshold: number): number =>
  Math.max(0, Math.min(100, Math.round((50 * value) / threshold)));

const dayOf = ({ at, recorded = at }: Fact): string => tashkentDay(recorded);

/**
 * A finding where the day itself added to it; none where it only repeats what an earlier day said. What became known on a
 * day is that day's, whenever it happened.
 */
export const findingOf = (
  window: Window,
  rule: AnalysisRule,
  subject: FindingSubject,
  evidence: readonly Fact[],
  measure: { score: number; statistics: Finding['statistics'] },
): Finding[] => {
  const sorted = [...evidence].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  if (!sorted.some((fact) => dayOf(fact) === window.day)) return [];
  return [{ rule, subject, day: window.day, evidence: sorted.slice(-mostEvidence).map(({ id }) => id), ...measure }];
};

/** The middle one; of an even number the upper of two, so that it is one that occurred. Undefined of none. */
export const median = (numbers: readonly number[]): number | undefined =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Wilson's lower bound of a share, one-sided at 95 %. */
export const lowerShare = (hits: number, of: number): number => {
  if (of === 0) return 0;
  const z2 = 1.645 ** 2;
  const share = hits / of;
  const spread = Math.sqrt((share * (1 - share) + z2 / (4 * of)) / of);
  return Math.max(0, (share + z2 / (2 * of) - 1.645 * spread) / (1 + z2 / of));
};

/** The chance of so many hits or more among `of`, where each has the chance `share`. */
export const chanceOfAtLeast = (hits: number, of: number, share: number): number => {
  if (hits <= 0) return 1;
  if (share <= 0) return 0;
  if (share >= 1) return 1;
  let logOne = of * Math.log1p(-share);
  let below = 0;
  for (let k = 0; k < hits; k += 1) {
    below += Math.exp(logOne);
    logOne += Math.log((of - k) / (k + 1)) + Math.log(share) - Math.log1p(-share);
  }
  return Math.max(0, 1 - below);
};

export const round = (value: number, decimals = 2): number => Math.round(value * 10 ** decimals) / 10 ** decimals;
