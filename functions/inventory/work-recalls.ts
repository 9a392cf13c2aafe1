/** A job: counts recalled lots on, when nobody looks and when a count had to wait. */
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { liveDeps } from '@darmon/usecases/live';
import { workRecalls } from '@darmon/usecases/recall-work';
import * as z from 'zod';

/** Well within the function's own time. */
const sliceMs = 40_000;

const env = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const instruments = instrumentsOf('work-recalls');

export const handler = jobFunction(instruments, async () => {
  const completed = await workRecalls(live, live.now() + sliceMs);
  instruments.logger.info('counted', { completed });
  return { completed };
});
