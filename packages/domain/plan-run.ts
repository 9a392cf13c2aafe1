/**
 * The weekly run: each site is a piece of work that somebody takes for a while. Who dies gives it back by doing nothing,
 * and what fails is tried again, so that no site waits for another.
 */
import * as z from 'zod';
import { SiteId } from './actor.ts';
import { Week } from './requisition.ts';
import { dayMs, Instant, instant, tashkentDay } from './time.ts';

export const WorkState = z.enum(['queued', 'working', 'failed', 'done']).meta({ id: 'WorkState' });
export type WorkState = z.infer<typeof WorkState>;

export const PlanWork = z
  .object({
    week: Week,
    site: SiteId,
    state: WorkState,
    /** How often somebody began it. */
    attempts: z.int().nonnegative(),
    /** While it is worked on, or rests after a failure: until then nobody else takes it. */
    until: Instant,
    /** Of the site's draft requisition. */
    requisition: z.string().exactOptional(),
    /** What kind of fault it was; its text stays in the log of the function. */
    fault: z.string().exactOptional(),
  })
  .meta({ id: 'PlanWork', description: 'One site of a weekly run' });
export type PlanWork = z.infer<typeof PlanWork>;

/** Longer than a function runs. */
const leaseMs = 6 * 60_000;
const restMs = 5 * 60_000;
/** So often a site is begun in one run. */
const mostAttempts = 3;

export const queuedWork = (week: string, site: string, now: number): PlanWork => ({
  week,
  site,
  state: 'queued',
  attempts: 0,
  until: instant(now),
});

/** True for work that somebody may begin at `now` (milliseconds). */
export const isFree = ({ state, attempts, until }: PlanWork, now: number): boolean =>
  state === 'queued' || (state !== 'done' && attempts < mostAttempts && Date.parse(until) <= now);

/** True for work that nobody will begin any more, and that is not done. */
export const isGivenUp = ({ state, attempts, until }: PlanWork, now: number): boolean =>
  attempts >= mostAttempts && (state === 'failed' || (state === 'working' && Date.parse(until) <= now));

export const taken = (work: PlanWork, now: number): PlanWork => ({
  ...work,
  state: 'working',
  attempts: work.attempts + 1,
  until: instant(now + leaseMs),
});
export const failedWork = (work: PlanWork, fault: string, now: number): PlanWork => ({
  ...work,
  state: 'failed',
  fault,
  until: instant(now + restMs),
});

export const PlanRun = z
  .object({
    week: Week,
    opened: Instant,
    /** From then on nobody is sent to work on it. */
    closed: Instant.exactOptional(),
  })
  .meta({ id: 'PlanRun', description: 'A weekly run as a whole' });
export type PlanRun = z.infer<typeof PlanRun>;

/** One worker comes through about so many sites of usual size before its function's time is over. */
const sitesOfWorker = 10;
/** Workers at once: they share the account's functions with the counters. */
const mostWorkers = 10;
/** Seconds; a pause is never so short that asking is all that is done. */
const leastRest = 15;

/**
 * What a run wants next: workers for what may be begun at `now` (milliseconds), numbered from 1; a pause until something
 * may be; or its end, when every site is done or given up.
 */
export const nextOf = (
  all: readonly PlanWork[],
  now: number,
): { next: 'work'; workers: number[] } | { next: 'rest'; restSeconds: number } | { next: 'close' } => {
  const free = all.filter((work) => isFree(work, now)).length;
  if (free > 0) {
    const count = Math.min(mostWorkers, Math.ceil(free / sitesOfWorker));
    return { next: 'work', workers: Array.from({ length: count }, (_, i) => i + 1) };
  }
  const waits = all
    .filter(({ state, attempts }) => state === 'working' || (state === 'failed' && attempts < mostAttempts))
    .map(({ until }) => Date.parse(until) - now)
    .filter((ms) => ms > 0);
  if (waits.length === 0) return { next: 'close' };
  return { next: 'rest', restSeconds: Math.max(leastRest, Math.ceil(Math.min(...waits) / 1_000)) };
};

/** The ISO 8601 week of an instant (milliseconds) in Tashkent, as 2026-W47. */
export const weekOf = (now: number): string => {
  const day = Date.parse(tashkentDay(now));
  // the week belongs to the year of its Thursday
  const thursday = day + (4 - (new Date(day).getUTCDay() || 7)) * dayMs;
  const year = new Date(thursday).getUTCFullYear();
  const n = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * dayMs)) + 1;
  return `${year}-W${String(n).padStart(2, '0')}`;
};
