/** A job of three steps, which a state machine takes: opens the weekly run, works on it beside others, closes it. */
import { SiteId } from '@darmon/domain/actor';
import { weekOf } from '@darmon/domain/plan-run';
import { Week } from '@darmon/domain/requisition';
import { dayMs, dayStart, tashkentDay } from '@darmon/domain/time';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { liveDeps } from '@darmon/usecases/live';
import { closePlans, openPlans, runPlans } from '@darmon/usecases/plan-run';
import * as z from 'zod';

/** Well within the function's own time; the machine sends the next workers. */
const sliceSeconds = 230;

/** Monday from one in the morning until noon in Tashkent: when the use of Sunday is kept, and what failed can be tried again. */
const nightMs = { from: 3_600_000, until: 12 * 3_600_000 };
const isMondayMorning = (now: number): boolean => {
  const day = tashkentDay(now);
  const at = now - dayStart(day);
  return (Date.parse(day) / dayMs + 4) % 7 === 1 && at >= nightMs.from && at < nightMs.until;
};

/** Whoever names a week need not wait for Monday, and may want a part of it. */
const Asked = z.object({
  week: Week.exactOptional(),
  sites: z.array(SiteId).exactOptional(),
  seconds: z.int().min(1).max(sliceSeconds).exactOptional(),
});
const Step = z.looseObject({ step: z.enum(['open', 'work', 'close']), asked: Asked.prefault({}) });

const env = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const instruments = instrumentsOf('plan-sites');

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

/** Answers with the week and what was asked, so that each step knows what the one before it knew. */
export const handler = jobFunction(instruments, async (event: unknown) => {
  const { step, asked } = Step.parse(event);
  const now = live.now();
  const { week = weekOf(now), sites, seconds = sliceSeconds } = asked;
  if (step === 'open') {
    if (asked.week === undefined && !isMondayMorning(now)) return { next: 'nothing' as const };
    return { ...asked, week, ...(await openPlans(live, week, sites)) };
  }
  if (step === 'work') {
    const progress = await runPlans(live, week, now + seconds * 1_000, told, sites);
    instruments.logger.info('planned', { ...progress });
    return progress;
  }
  const { isFirst, ...progress } = await closePlans(live, week);
  if (isFirst && progress.failed > 0) instruments.logger.error('sites given up', { ...progress });
  else instruments.logger.info('closed', { ...progress });
  return progress;
});
