/** A job: asks the marking service about packs that were handed over while it gave no answer. Signs and reads no patient. */
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { liveMarking } from '@darmon/marking/live';
import { checkMarking } from '@darmon/usecases/check-marking';
import { liveDeps } from '@darmon/usecases/live';
import * as z from 'zod';

const env = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const marking = liveMarking(process.env, live);
const instruments = instrumentsOf('check-marking');

export const handler = jobFunction(instruments, async () => {
  // without a service nothing was ever queued
  const found = marking ? await checkMarking({ ...live, marking }) : { checked: 0, open: 0 };
  instruments.logger.info('checked', found);
  return found;
});
