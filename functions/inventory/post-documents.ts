/** A job: finishes the posting of documents that nobody goes on with, because a browser was closed or a process died. */
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { liveDeps } from '@darmon/usecases/live';
import { finishPostings } from '@darmon/usecases/posting';
import * as z from 'zod';

/** Well within the function's own time. */
const sliceMs = 40_000;

const env = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const instruments = instrumentsOf('post-documents');

export const handler = jobFunction(instruments, async () => {
  const finished = await finishPostings(live, live.now() + sliceMs);
  instruments.logger.info('posted', { finished });
  return { finished };
});
