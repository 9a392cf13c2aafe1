/**
 * A job: writes sign-ins that were refused and that nothing followed; and at night analyses the day that is over and
 * opens a case for what it finds. It reads no name.
 */
import { Day, dayMs } from '@darmon/domain/time';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { analyseByClock, analyseDay } from '@darmon/usecases/analysis';
import { liveDeps } from '@darmon/usecases/live';
import { settleSignIns } from '@darmon/usecases/sign-ins';
import * as z from 'zod';

/** From one o'clock in Tashkent until people come; what failed then is tried again the next night. */
const nightMs = { from: 20 * 3_600_000, until: 24 * 3_600_000 };
const isNight = (now: number): boolean => now % dayMs >= nightMs.from && now % dayMs < nightMs.until;

/** Whoever starts it by hand need not wait for the night, and can name a day that is over. */
const Asked = z.looseObject({ now: z.literal(true).exactOptional(), day: Day.exactOptional() });

const env = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const instruments = instrumentsOf('analyse-day');

export const handler = jobFunction(instruments, async (event: unknown) => {
  const { now, day } = Asked.parse(event);
  if (day !== undefined) return { days: [await analyseDay(live, day)] };
  // what cannot be written down now is tried again in half an hour, and keeps no night from being analysed
  await settleSignIns(live).catch((error: unknown) => {
    instruments.logger.error('refused sign-ins not written', {
      fault: error instanceof Error ? error.name : 'unknown',
    });
  });
  if (!now && !isNight(live.now())) return { days: [] };
  const days = await analyseByClock(live);
  for (const one of days) instruments.logger.info('analysed', { ...one });
  return { days };
});
