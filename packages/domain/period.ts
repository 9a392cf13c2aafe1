/**
 * Months that are closed: frozen, reckoned, looked through, signed, told to the authority. What is entered late for a
 * closed month counts in the next one and is marked there. A closed month is never edited: a correction is a new version
 * that names the one before it and says why.
 */
import * as z from 'zod';
import { type Actor, hasFreshSecondFactor, PersonId, Role, SiteId } from './actor.ts';
import { Reason } from './event.ts';
import { monthOf } from './ledger.ts';
import { monthBeside, monthSpan } from './ledger-view.ts';
import { Refusal } from './refusal.ts';
import { Month, ReportCheck, ReportFigure, ReportKind } from './report.ts';
import { dayMs, Instant, instant } from './time.ts';

/** From this instant on nothing gets into the month any more, nor into one before it. */
export const Freeze = z.object({ month: Month, at: Instant });
export type Freeze = Readonly<z.infer<typeof Freeze>>;

/**
 * The month in which an entry counts: its own, or, where that was frozen before the entry was written, the first one
 * after it that was not. `late` marks what did not get into its own month.
 */
export const countsIn = (
  freezes: readonly Freeze[],
  { at, recordedAt = at }: { readonly at: string; readonly recordedAt?: string | undefined },
): { month: string; late: boolean } => {
  const own = monthOf(Date.parse(at));
  // months are closed one after the other, so a closed one shuts whatever lies before it
  const isShut = (month: string) => freezes.some((one) => one.month >= month && one.at <= recordedAt);
  let month = own;
  while (isShut(month)) month = monthBeside(month, 1);
  return { month, late: month !== own };
};

/**
 * So long after a freeze its month is reckoned, in milliseconds: what was decided before it has been written by then, for
 * no function that changes anything runs longer for one change.
 */
export const settleMs = 30_000;

/** A hash that two people, or two years, can compare: base64url SHA-256. */
export const Digest = z
  .string()
  .regex(/^[A-Za-z0-9_-]{43}$/)
  .meta({ id: 'Digest', description: 'base64url SHA-256' });

export const PeriodFile = z.object({
  /** In the package, and at the end of its address. */
  name: z.string().regex(/^[a-z0-9-]+(\.[a-z]{2}(-[a-z]{4})?)?\.(json|csv|xlsx|pdf)$/),
  bytes: z.int().nonnegative(),
  sha256: Digest,
});
export type PeriodFile = z.infer<typeof PeriodFile>;

/** A report as it was made for a period: its files and what it says of itself. It is made once; its papers follow. */
export const PeriodReport = z
  .object({
    report: ReportKind,
    madeAt: Instant,
    files: z.array(PeriodFile).min(1),
    /** What it says first; versions are compared by it. */
    figures: z.array(ReportFigure).exactOptional(),
    /** Of everything that it says but when it was made: equal where two versions say the same. */
    content: Digest.exactOptional(),
    checks: z.array(ReportCheck),
    /** Rows of all its tables. */
    rows: z.int().nonnegative(),
  })
  .meta({ id: 'PeriodReport' });
export type PeriodReport = z.infer<typeof PeriodReport>;

const periodStates = ['frozen', 'computed', 'reviewed', 'signed', 'submitted', 'acknowledged', 'refused'] as const;
export const PeriodState = z.enum(periodStates).meta({ id: 'PeriodState' });
export type PeriodState = z.infer<typeof PeriodState>;

/** Why a check that does not hold may stand. */
export const CheckAnswer = z.object({ report: ReportKind, check: z.string().min(1).max(80), reason: Reason });
export type CheckAnswer = z.infer<typeof CheckAnswer>;

const Hand = z.object({ person: PersonId, role: Role, site: SiteId, at: Instant });

/** What was made of a period and signed with the key of periods. */
export const PeriodPackage = z.object({
  madeAt: Instant,
  /** Of the manifest, byte for byte. */
  digest: Digest,
  /** Events that stood in the log then. */
  logSize: z.int().nonnegative(),
  logRoot: z.string(),
});

/** Of the way to the authority. */
export const Submission = z.object({
  by: PersonId,
  site: SiteId,
  at: Instant,
  tries: z.int().nonnegative(),
  nextAt: Instant,
  lastAt: Instant.exactOptional(),
  /** How the last try ended: a status of HTTP, or why its answer did not count. */
  last: z
    .union([z.int(), z.enum(['timeout', 'unreachable', 'no-address', 'no-receipt', 'other-digest'])])
    .exactOptional(),
  /** It is not tried any more; somebody may send it off again. */
  failed: z.boolean().exactOptional(),
});
export type Submission = z.infer<typeof Submission>;

/** What the authority said, as it signed it. */
export const Receipt = z.object({
  number: z.string().min(1).max(80),
  at: Instant,
  status: z.enum(['accepted', 'refused']),
  reason: z.string().max(1_000).exactOptional(),
  /** A compact JWS; whoever has the authority's key can read it again. */
  signed: z.string().max(20_000),
});
export type Receipt = z.infer<typeof Receipt>;

/** How far that is kept of which reports are made: a month is not reckoned before. */
export const PeriodFacts = z.object({
  /** Sites, each as often as there are kinds of facts of it. */
  of: z.int().nonnegative(),
  done: z.int().nonnegative(),
  /** When the last one came, or the waiting began. */
  at: Instant,
  /** What could not be reckoned the last time, the first few of them; it is tried again each time. */
  failing: z.array(z.object({ site: SiteId, facts: z.enum(['stock', 'care']) })).max(50),
  /** They were waited for long enough: what is missing is missing in the reports, which say so. */
  gaveUp: z.literal(true).exactOptional(),
});
export type PeriodFacts = z.infer<typeof PeriodFacts>;

/** So long a month waits after the last site that came, in milliseconds: a night is in it, and a person on call. */
export const factsPatienceMs = dayMs;

export const Period = z
  .object({
    month: Month,
    /** 1, and one more with each correction. */
    version: z.int().positive(),
    /** Counts the changes of this version. */
    revision: z.int().positive(),
    state: PeriodState,
    frozenAt: Instant,
    /** When this version was begun: at the freeze, or at the correction. */
    at: Instant,
    /** Whose hand began it; absent where the schedule did. */
    by: PersonId.exactOptional(),
    /** What it corrects, and why. */
    supersedes: z
      .object({ version: z.int().positive(), digest: Digest.exactOptional(), reason: Reason })
      .exactOptional(),
    /** Which reports are made; none are named before the job begins. */
    reports: z.array(ReportKind),
    /** How many of them are there, with all their files. */
    done: z.int().nonnegative(),
    facts: PeriodFacts.exactOptional(),
    /** Of the work: making a report is a step, and so is drawing each of its papers. */
    steps: z.object({ done: z.int().nonnegative(), of: z.int().positive() }).exactOptional(),
    computedAt: Instant.exactOptional(),
    /** Of all reports together, as they were made: what people review and sign. */
    contents: Digest.exactOptional(),
    /** Two where something controlled was handled. */
    signaturesNeeded: z.int().min(1).max(2).exactOptional(),
    review: Hand.extend({ answers: z.array(CheckAnswer) }).exactOptional(),
    signatures: z.array(Hand.extend({ secondFactor: z.boolean() })),
    package: PeriodPackage.exactOptional(),
    submission: Submission.exactOptional(),
    receipt: Receipt.exactOptional(),
  })
  .meta({ id: 'Period', description: 'One version of a closed month' });
export type Period = z.infer<typeof Period>;

// --- the months ------------------------------------------------------------------------------------------------------

/** The next month that may be closed, and when; the first one ever may be any that is over. */
export const nextToFreeze = (freezes: readonly Freeze[], now: number): { month: string; from: string } => {
  const last = freezes
    .map(({ month }) => month)
    .sort()
    .at(-1);
  const month = last === undefined ? monthBeside(monthOf(now), -1) : monthBeside(last, 1);
  return { month, from: instant(monthSpan(month).to + 1) };
};

/** When the job closes a month by itself: at the beginning of day `freezeDay` of the next one, in Tashkent. */
export const freezesAt = (month: string, freezeDay: number): string =>
  instant(monthSpan(month).to + 1 + (freezeDay - 1) * dayMs);

/** The month that the job has to close at `now` (milliseconds), if any; a month is never closed by it before its day. */
export const monthToFreeze = (freezes: readonly Freeze[], freezeDay: number, now: number): string | undefined => {
  const { month } = nextToFreeze(freezes, now);
  return now >= Date.parse(freezesAt(month, freezeDay)) ? month : undefined;
};

/**
 * @throws Refusal `period-not-over`; `period-out-of-turn` where the month before it is open, or it is closed already
 */
export const requireFreezable = (freezes: readonly Freeze[], month: string, now: number): void => {
  if (monthSpan(month).to >= now) throw new Refusal('period-not-over');
  if (freezes.length > 0 && nextToFreeze(freezes, now).month !== month) throw new Refusal('period-out-of-turn');
};

/** A month's first version. */
export const frozenPeriod = (month: string, now: number, by: string | undefined): Period => ({
  month,
  version: 1,
  revision: 1,
  state: 'frozen',
  frozenAt: instant(now),
  at: instant(now),
  ...(by !== undefined && { by }),
  reports: [],
  done: 0,
  signatures: [],
});

// --- from state to state ---------------------------------------------------------------------------------------------

/** @throws Refusal `period-state` where the period is not in one of these */
const requireState = (period: Period, ...states: readonly PeriodState[]): void => {
  if (!states.includes(period.state)) throw new Refusal('period-state');
};

const next = (period: Period, changed: Partial<Period>): Period => ({
  ...period,
  ...changed,
  revision: period.revision + 1,
});

/** The job begins with these. @throws Error where there is nothing to make */
export const begun = (period: Period, reports: readonly ReportKind[]): Period => {
  if (reports.length === 0) throw new Error('no report is made of a month');
  return next(period, { reports: [...reports] });
};

/** One more file, or several, lies there: `made` are the reports so far, each of which gets `papers` papers. */
export const progressed = (period: Period, made: readonly Pick<PeriodReport, 'files'>[], papers: number): Period => {
  const papersOf = ({ files }: Pick<PeriodReport, 'files'>) => files.filter(({ name }) => name.endsWith('.pdf')).length;
  const steps = made.reduce((sum, one) => sum + 1 + papersOf(one), 0);
  return next(period, {
    done: made.filter((one) => papersOf(one) >= papers).length,
    steps: { done: steps, of: period.reports.length * (1 + papers) },
  });
};

/** The month waits for facts, or has them. @throws Refusal `period-state` */
export const waitedFor = (
  period: Period,
  { of, done, failing }: Pick<PeriodFacts, 'of' | 'done' | 'failing'>,
  now: number,
): Period => {
  requireState(period, 'frozen');
  const before = period.facts;
  const at = before === undefined || done > before.done ? instant(now) : before.at;
  const isLong = done < of && now - Date.parse(at) >= factsPatienceMs;
  return next(period, {
    facts: { of, done, at, failing: failing.slice(0, 50), ...(isLong && { gaveUp: true as const }) },
  });
};

/** True where the reports may be made: everything that they are made of is kept, or was waited for long enough. */
export const hasFacts = ({ facts }: Period): boolean =>
  facts !== undefined && (facts.done >= facts.of || facts.gaveUp === true);

/**
 * Everything is made. `controlled` is true where the register of controlled medicines has an entry in this month.
 * @throws Refusal `period-state`
 */
export const computed = (
  period: Period,
  { contents, controlled }: { contents: string; controlled: boolean },
  now: number,
): Period => {
  requireState(period, 'frozen');
  return next(period, {
    state: 'computed',
    done: period.reports.length,
    computedAt: instant(now),
    contents,
    signaturesNeeded: controlled ? 2 : 1,
  });
};

/** Reports whose checks are sums of goods: where one does not hold, something is missing, and no reason mends that. */
const balances: readonly ReportKind[] = ['material-balance', 'controlled-register'];

/** A check that does not hold; `blocks` where nobody may sign over it. */
export interface OpenCheck {
  readonly report: ReportKind;
  readonly check: ReportCheck;
  readonly blocks: boolean;
}

export const openChecks = (reports: readonly PeriodReport[]): OpenCheck[] =>
  reports.flatMap(({ report, checks }) =>
    checks.filter(({ holds }) => !holds).map((check) => ({ report, check, blocks: balances.includes(report) })),
  );

const asActor = (actor: Actor, now: number) => ({
  person: actor.person,
  role: actor.role,
  site: actor.site,
  at: instant(now),
});

/**
 * Somebody looked through it: every check that does not hold is answered, and the balances hold.
 * @throws Refusal `period-state`, `period-changed` where other contents were looked at, `period-unbalanced`,
 * `period-check-unanswered`
 */
export const reviewed = (
  period: Period,
  reports: readonly PeriodReport[],
  input: { contents: string; answers: readonly CheckAnswer[] },
  actor: Actor,
  now: number,
): Period => {
  requireState(period, 'computed');
  if (input.contents !== period.contents) throw new Refusal('period-changed');
  const open = openChecks(reports);
  if (open.some(({ blocks }) => blocks)) throw new Refusal('period-unbalanced');
  const answers = open.map(({ report, check }) => {
    const answer = input.answers.find((one) => one.report === report && one.check === check.name);
    if (!answer) throw new Refusal('period-check-unanswered');
    return answer;
  });
  return next(period, { state: 'reviewed', review: { ...asActor(actor, now), answers } });
};

/**
 * A person's signature under these contents. Where something controlled was handled two different people sign, each
 * shortly after a sign-in with a second factor.
 * @throws Refusal `period-state`, `period-changed`, `second-factor-needed`, `signer-repeated`
 */
export const signedBy = (period: Period, contents: string, actor: Actor, now: number): Period => {
  requireState(period, 'reviewed');
  if (contents !== period.contents) throw new Refusal('period-changed');
  const needed = period.signaturesNeeded ?? 2;
  const secondFactor = hasFreshSecondFactor(actor, now);
  if (needed > 1 && !secondFactor) throw new Refusal('second-factor-needed');
  if (period.signatures.some(({ person }) => person === actor.person)) throw new Refusal('signer-repeated');
  const signatures = [...period.signatures, { ...asActor(actor, now), secondFactor }];
  return next(period, { signatures, ...(signatures.length >= needed && { state: 'signed' as const }) });
};

/** The package was made and signed with the key. @throws Refusal `period-state` */
export const packaged = (period: Period, made: z.infer<typeof PeriodPackage>): Period => {
  requireState(period, 'signed');
  if (period.package) throw new Refusal('period-state');
  return next(period, { package: made });
};

/**
 * Somebody sends it to the authority, or, where all tries failed, sends it off once more.
 * @throws Refusal `period-state`; `period-not-packaged` while the package is being made
 */
export const submittedBy = (period: Period, actor: Actor, now: number): Period => {
  const isAgain = period.state === 'submitted' && period.submission?.failed === true;
  if (!isAgain) requireState(period, 'signed');
  if (!period.package) throw new Refusal('period-not-packaged');
  return next(period, {
    state: 'submitted',
    submission: { by: actor.person, site: actor.site, at: instant(now), tries: 0, nextAt: instant(now) },
  });
};

/** A try begins, or ended without a receipt. */
export const tried = (period: Period, submission: Submission): Period => next(period, { submission });

/** The authority has it, and said what it thinks of it. @throws Refusal `period-state` */
export const received = (period: Period, submission: Submission, receipt: Receipt): Period => {
  requireState(period, 'submitted');
  return next(period, {
    state: receipt.status === 'accepted' ? 'acknowledged' : 'refused',
    submission,
    receipt,
  });
};

/**
 * A new version of a month: everything is made anew of the same entries. The one before it stays as it is.
 * @throws Refusal `period-state` while the last version is still being made or is on its way
 */
export const corrected = (last: Period, reason: string, actor: Actor, now: number): Period => {
  if (last.state === 'frozen') throw new Refusal('period-state');
  if (last.state === 'submitted' && !last.submission?.failed) throw new Refusal('period-state');
  return {
    ...frozenPeriod(last.month, now, actor.person),
    frozenAt: last.frozenAt,
    version: last.version + 1,
    supersedes: {
      version: last.version,
      ...(last.package && { digest: last.package.digest }),
      reason,
    },
  };
};
