/** A job: goes on with erasures every few minutes, and at night takes away what is over its time. */
import { dayMs } from '@darmon/domain/time';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { liveDeps } from '@darmon/usecases/live';
import { applyRetention } from '@darmon/usecases/retention';
import * as z from 'zod';

/** From half past midnight in Tashkent until people come; what is left then waits for the next night. */
const nightMs = { from: 19.5 * 3_600_000, until: 24 * 3_600_000 };
const isNight = (now: number): boolean => now % dayMs >= nightMs.from && now % dayMs < nightMs.until;
/** Well within the function's own time; what is left is done by the next run. */
const sliceMs = 240_000;

/** Whoever starts it by hand need not wait for the night. */
const Asked = z.looseObject({ now: z.literal(true).exactOptional() });

const env = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const instruments = instrumentsOf('apply-retention');

export const handler = jobFunction(instruments, async (event: unknown) => {
  const isWhole = Asked.parse(event).now === true || isNight(live.now());
  const removed = await applyRetention(live, live.now() + sliceMs, isWhole ? 'all' : 'open');
  instruments.logger.info('removed', { ...removed });
  return removed;
});
