/** A job: keeps facts of yesterday for reports, in the hours after midnight, and looks whether those of before still hold. */
import { dayMs } from '@darmon/domain/time';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { factJobs } from '@darmon/usecases/fact-jobs';
import { rollFacts } from '@darmon/usecases/facts';
import { liveDeps } from '@darmon/usecases/live';
import * as z from 'zod';

/** From half past midnight in Tashkent until people come; only what a whole night left out does not wait for the next. */
const nightMs = { from: 19.5 * 3_600_000, until: 24 * 3_600_000 };
const isNight = (now: number): boolean => now % dayMs >= nightMs.from && now % dayMs < nightMs.until;
/** Well within the function's own time; what is left is done by the next run. */
const sliceSeconds = 240;
/** By day it takes little from the counters at once. */
const daySeconds = 5;

/** Whoever starts it by hand need not wait for the night, and may want a part of it. */
const Asked = z.looseObject({
  now: z.literal(true).exactOptional(),
  seconds: z.int().min(1).max(sliceSeconds).exactOptional(),
});

const env = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const instruments = instrumentsOf('roll-facts');

export const handler = jobFunction(instruments, async (event: unknown) => {
  const asked = Asked.parse(event);
  const night = asked.now === true || isNight(live.now());
  const seconds = asked.seconds ?? (night ? sliceSeconds : daySeconds);
  const { findings, ...rolled } = await rollFacts(live, factJobs, live.now() + seconds * 1_000, { night });
  instruments.metrics.addMetric('factsDiffer', 'Count', findings.length);
  // a site and a month, and nothing of what was found there: whoever may see that reads the report
  for (const { kind, site, month } of findings)
    instruments.logger.error('facts are not what the table says', { facts: kind, site, month });
  if (rolled.failed > 0) instruments.logger.error('sites failed', rolled);
  else instruments.logger.info('rolled', rolled);
  return { ...rolled, differ: findings.length };
});
