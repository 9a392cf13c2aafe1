/** A job: at night, moves what was received from promised to spent, and what came to nothing back to the year's money. */
import { dayMs } from '@darmon/domain/time';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { settleByClock } from '@darmon/usecases/budgets';
import { liveDeps } from '@darmon/usecases/live';
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
const instruments = instrumentsOf('settle-budgets');

export const handler = jobFunction(instruments, async (event: unknown) => {
  if (!Asked.parse(event).now && !isNight(live.now())) return { settled: 0, done: false, forgotten: 0 };
  const { at: _, ...settled } = await settleByClock(live, live.now() + sliceMs);
  instruments.logger.info('settled', settled);
  return settled;
});
