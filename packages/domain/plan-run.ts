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
  state !== 'done' && state !== 'queued' && attempts >= mostAttempts && Date.parse(until) <= now;

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

/** The ISO 8601 week of an instant (milliseconds) in Tashkent, as 2026-W47. */
export const weekOf = (now: number): string => {
  const day = Date.parse(tashkentDay(now));
  // the week belongs to the year of its Thursday
  const thursday = day + (4 - (new Date(day).getUTCDay() || 7)) * dayMs;
  const year = new Date(thursday).getUTCFullYear();
  const n = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * dayMs)) + 1;
  return `${year}-W${String(n).padStart(2, '0')}`;
};
