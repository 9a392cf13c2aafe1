/** A job: keeps what was used yesterday at every site, in the hours after midnight. */
import { dayMs } from '@darmon/domain/time';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { rollConsumption } from '@darmon/usecases/consumption';
import { liveDeps } from '@darmon/usecases/live';
import * as z from 'zod';

/** From half past midnight in Tashkent until people come; what is left then waits for the next night. */
const nightMs = { from: 19.5 * 3_600_000, until: 24 * 3_600_000 };
const isNight = (now: number): boolean => now % dayMs >= nightMs.from && now % dayMs < nightMs.until;
/** Well within the function's own time; what is left is done by the next run. */
const sliceSeconds = 240;

/** Whoever starts it by hand need not wait for the night, and may want a part of it. */
const Asked = z.looseObject({
  now: z.literal(true).exactOptional(),
  seconds: z.int().min(1).max(sliceSeconds).default(sliceSeconds),
});

const env = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const instruments = instrumentsOf('roll-consumption');

export const handler = jobFunction(instruments, async (event: unknown) => {
  const asked = Asked.parse(event);
  if (!asked.now && !isNight(live.now())) return { done: 0, of: 0, failed: 0 };
  const { failed, ...rolled } = await rollConsumption(live, live.now() + asked.seconds * 1_000);
  if (failed > 0) instruments.logger.error('sites failed', { ...rolled, failed });
  else instruments.logger.info('rolled', rolled);
  return { ...rolled, failed };
});
