/** A job: looks through the shelves of all sites once a night, so that the overview of the country is there by morning. */
import { dayMs, instant } from '@darmon/domain/time';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { watchStock } from '@darmon/usecases/alerts';
import { liveDeps } from '@darmon/usecases/live';
import * as z from 'zod';

/** Well within the function's own time; what is left is looked through by the next run, minutes later. */
const sliceMs = 240_000;
/** What was seen in the last hours need not be seen again. */
const freshMs = dayMs / 4;

const env = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const instruments = instrumentsOf('watch-stock');

export const handler = jobFunction(instruments, async () => {
  const seen = await watchStock(live, instant(live.now() - freshMs), live.now() + sliceMs);
  instruments.logger.info('watched', seen);
  return seen;
});
