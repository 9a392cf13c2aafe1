/**
 * The comparison of the table's events with the log: what a night finds, how far it is, and what an auditor says to it.
 * What is missing from the log is appended; what was changed or taken away is never mended, and stands until somebody who
 * may not change anything has said why it is so.
 */
import * as z from 'zod';
import { PersonId } from './actor.ts';
import { Reason } from './event.ts';
import { Refusal } from './refusal.ts';
import { Day, dayMs, Instant, instant, tashkentDay } from './time.ts';

/** How long an event may be on its way into the log before it counts as missing, in milliseconds. */
export const allowedDelayMs = 15 * 60_000;

const findingKinds = [
  /** In the log, and not in the table any more. */
  'gone',
  /** In the table otherwise than it was when it was logged. */
  'changed',
  /** In the table, and the appender did not take it. */
  'unlogged',
  /** In the table in two places. */
  'twice',
  /** The log's own files are not what was signed, or what was read of them before. */
  'log',
] as const;
const FindingKind = z.enum(findingKinds).meta({ id: 'LogFindingKind' });

const findingStates = ['open', 'acknowledged'] as const;
export type FindingState = (typeof findingStates)[number];

export const FindingId = z
  .string()
  .regex(/^[0-9a-f]{24}$/)
  .meta({ id: 'LogFindingId' });

export const LogFinding = z
  .object({
    id: FindingId,
    kind: FindingKind,
    state: z.enum(findingStates),
    version: z.int().positive(),
    /** The event that it is about; absent where it is about the log's files. */
    event: z.string().exactOptional(),
    /** Of the event, as far as it is known: when, what and where. */
    at: Instant.exactOptional(),
    type: z.string().exactOptional(),
    site: z.string().exactOptional(),
    /** Where it stands in the log. */
    entry: z.int().nonnegative().exactOptional(),
    /** What speaks against the log's files. */
    code: z.string().exactOptional(),
    foundAt: Instant,
    /** The comparison that found it. */
    run: z.string(),
    acknowledged: z.object({ by: PersonId, at: Instant, reason: Reason }).exactOptional(),
  })
  .meta({ id: 'LogFinding', description: 'A difference between the table and the log' });
export type LogFinding = z.infer<typeof LogFinding>;

/** What a finding says of an event, or of the log's files. */
export type FoundOf = Pick<LogFinding, 'kind' | 'event' | 'at' | 'type' | 'site' | 'entry' | 'code'>;

/**
 * An auditor has seen a finding and says why it is so. Nothing of it changes but that.
 * @throws Refusal `version-changed` where somebody did before
 */
export const acknowledgedFinding = (found: LogFinding, by: string, reason: string, now: number): LogFinding => {
  if (found.state !== 'open') throw new Refusal('version-changed');
  return {
    ...found,
    state: 'acknowledged',
    version: found.version + 1,
    acknowledged: { by, at: instant(now), reason },
  };
};

const stages = ['log', 'days', 'again', 'append'] as const;

/** So many events that were missing are named; all are counted. */
export const mostNamed = 20;

const MissedEvent = z
  .object({ event: z.string(), at: Instant, type: z.string(), site: z.string() })
  .meta({ id: 'MissedEvent', description: 'An event that was not in the log' });
export type MissedEvent = z.infer<typeof MissedEvent>;

export const LogCheckRun = z
  .object({
    id: z.string(),
    startedAt: Instant,
    /** Absent while it is under way. */
    finishedAt: Instant.exactOptional(),
    /** Where it is: reading the log, comparing new days, comparing older ones again, waiting for the appender. */
    stage: z.enum(stages),
    /** Entries of the log that it knew. */
    size: z.int().nonnegative(),
    /** The first new day, and the day on which it began, which is compared as far as it went. */
    from: Day,
    until: Day,
    /** The day that it is at. */
    day: Day.exactOptional(),
    /** Days that it went through, older ones among them. */
    days: z.int().nonnegative(),
    again: z.int().nonnegative(),
    /** Events of the table that it held against the log. */
    events: z.int().nonnegative(),
    /** Not in the log, and given to the appender. */
    missing: z.int().nonnegative(),
    missed: z.array(MissedEvent).max(mostNamed),
    appended: z.int().nonnegative(),
    /** Findings that nobody had acknowledged. */
    findings: z.int().nonnegative(),
  })
  .meta({ id: 'LogCheckRun', description: 'One comparison of the table with the log' });
export type LogCheckRun = z.infer<typeof LogCheckRun>;

/** How far a run is within its day; nobody outside needs it. */
const LogCheckPlace = z.object({
  /** The site that is next, and where in its day. */
  site: z.string(),
  cursor: z.string().exactOptional(),
  /** Events of the day that were found in the log. */
  logged: z.int().nonnegative(),
});

export const LogCheckState = z.object({
  version: z.int().nonnegative(),
  /** The entries that were read and counted by day, and the root over them. */
  counted: z.object({ size: z.int().nonnegative(), root: z.string() }),
  /** The earliest day of any entry that was read. */
  firstLogged: Day.exactOptional(),
  /** The first day of all, once a run has looked for it. */
  first: Day.exactOptional(),
  /** The last day that was over when it was compared. */
  through: Day.exactOptional(),
  /** The older day that is next to be compared again. */
  again: Day.exactOptional(),
  lastStartedAt: Instant.exactOptional(),
  run: LogCheckRun.exactOptional(),
  place: LogCheckPlace.exactOptional(),
  /** Since when the run waits for the appender. */
  waitsSince: Instant.exactOptional(),
});
export type LogCheckState = z.infer<typeof LogCheckState>;

/** Entries of a day in the log, and between which positions they stand: each stretch from its first to behind its last. */
export const LogDay = z.object({
  day: Day,
  entries: z.int().nonnegative(),
  spans: z.array(z.tuple([z.int().nonnegative(), z.int().positive()])),
});
export type LogDay = z.infer<typeof LogDay>;

/** Stretches that are nearer to each other than this are read as one. */
const gap = 65_536;

/** A day with these entries more, in their order; those that were counted before are passed over. */
export const withEntries = (found: LogDay | undefined, day: string, positions: readonly number[]): LogDay => {
  const spans = [...(found?.spans ?? [])];
  const counted = spans.at(-1)?.[1] ?? 0;
  const fresh = positions.filter((at) => at >= counted);
  for (const at of fresh) {
    const last = spans.at(-1);
    if (last && at - last[1] < gap) spans[spans.length - 1] = [last[0], at + 1];
    else spans.push([at, at + 1]);
  }
  return { day, entries: (found?.entries ?? 0) + fresh.length, spans };
};

/** A night's comparison is one; whoever starts one by hand need not wait. */
export const isRunDue = ({ run, lastStartedAt }: LogCheckState, now: number): boolean =>
  run === undefined && (lastStartedAt === undefined || now - Date.parse(lastStartedAt) >= dayMs / 2);

/** The day that is compared as far as it went: those before it are over, whatever is still on its way. */
export const openDayAt = (startedAt: string): string => tashkentDay(Date.parse(startedAt) - allowedDelayMs);

const Told = z.object({ size: z.int().nonnegative(), appendedAt: Instant, delayMs: z.int() });
/** How far the log is, as its appender said last: entries, when, and how long the newest of them had waited. */
export const LogHead = Told.meta({ id: 'LogHead' });
export type LogHead = z.infer<typeof LogHead>;
