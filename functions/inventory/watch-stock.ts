/** A job: looks through the shelves of all sites once a day, so that the overview of the country is there by morning. */
import { dayMs, instant } from '@darmon/domain/time';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { watchStock } from '@darmon/usecases/alerts';
import { liveDeps } from '@darmon/usecases/live';
import * as z from 'zod';

/** Well within the function's own time; what is left is looked through by the next run. */
const sliceMs = 240_000;

/** Midnight in UTC is five in the morning in Tashkent, before anybody opens. */
const thisMorning = (now: number): string => instant(Math.floor(now / dayMs) * dayMs);

const env = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const instruments = instrumentsOf('watch-stock');

export const handler = jobFunction(instruments, async () => {
  const now = live.now();
  const seen = await watchStock(live, thisMorning(now), now + sliceMs);
  instruments.logger.info('watched', seen);
  return seen;
});
