/** A job: looks through the shelves of all sites in the early morning, so that the overview of the country is there. */
import { dayMs, Instant, instant } from '@darmon/domain/time';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { watchStock } from '@darmon/usecases/alerts';
import { liveDeps } from '@darmon/usecases/live';
import * as z from 'zod';

/** Well within the function's own time; what is left is looked through by the next run. */
const sliceMs = 240_000;

/** Midnight in UTC is five in the morning in Tashkent, and at eight people want the table for themselves. */
const thisMorning = (now: number): number => Math.floor(now / dayMs) * dayMs;
const morningMs = 3 * 3_600_000;

/** Whoever starts it by hand says what is too old; it then looks through whatever was seen before. */
const Asked = z.looseObject({ since: Instant.exactOptional() });

const env = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const instruments = instrumentsOf('watch-stock');

export const handler = jobFunction(instruments, async (event: unknown) => {
  const now = live.now();
  const { since } = Asked.parse(event);
  const morning = thisMorning(now);
  if (since === undefined && now > morning + morningMs) return { done: 0, of: 0 };
  const seen = await watchStock(live, since ?? instant(morning), now + sliceMs);
  instruments.logger.info('watched', seen);
  return seen;
});
