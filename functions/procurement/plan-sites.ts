/** A job: one of the workers of the weekly run, in the night to Monday. Several run at once. */
import { SiteId } from '@darmon/domain/actor';
import { weekOf } from '@darmon/domain/plan-run';
import { Week } from '@darmon/domain/requisition';
import { dayMs, dayStart, tashkentDay } from '@darmon/domain/time';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { liveDeps } from '@darmon/usecases/live';
import { runPlans } from '@darmon/usecases/plan-run';
import * as z from 'zod';

/** Well within the function's own time; another worker begins each minute. */
const sliceSeconds = 230;

/** Monday from one in the morning until noon in Tashkent: when the use of Sunday is kept, and what failed can be tried again. */
const nightMs = { from: 3_600_000, until: 12 * 3_600_000 };
const isMondayMorning = (now: number): boolean => {
  const day = tashkentDay(now);
  const at = now - dayStart(day);
  return (Date.parse(day) / dayMs + 4) % 7 === 1 && at >= nightMs.from && at < nightMs.until;
};

/** Whoever starts it by hand need not wait for Monday, and may want a part of it. */
const Asked = z.looseObject({
  now: z.literal(true).exactOptional(),
  seconds: z.int().min(1).max(sliceSeconds).default(sliceSeconds),
  week: Week.exactOptional(),
  sites: z.array(SiteId).exactOptional(),
});

const env = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const instruments = instrumentsOf('plan-sites');

export const handler = jobFunction(instruments, async (event: unknown) => {
  const now = live.now();
  const asked = Asked.parse(event);
  if (!asked.now && !isMondayMorning(now)) return { week: weekOf(now), done: 0, failed: 0, of: 0 };
  const { week = weekOf(now), seconds, sites } = asked;
  const told = (site: string, error: unknown): void => {
    // an error's own text may quote what was read: its name and place are enough to find it
    const { name, stack } = error instanceof Error ? error : new Error('unknown');
    instruments.logger.error('site failed', {
      site,
      fault: name,
      at: stack
        ?.split('\n')
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 7),
    });
  };
  const progress = await runPlans(live, week, now + seconds * 1_000, told, sites);
  instruments.logger.info('planned', { ...progress });
  return progress;
});
