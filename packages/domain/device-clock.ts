/**
 * How far clocks of devices are off, as they are told. A device says what time it has; how far that is off is reckoned by
 * our clock alone. What is told is little: once a day of each device that is off, when that changes, and when it is right
 * again.
 */
import * as z from 'zod';
import { Day } from './time.ts';

/** Made by the browser from chance and kept there: it tells one machine from another and says nothing of whose it is. */
export const DeviceId = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .meta({ id: 'DeviceId', examples: ['5f1d0a3c9be247d8'] });

const Told = z.object({ device: DeviceId, day: Day, driftSeconds: z.int() });

/** What was told from one account: the latest of each device, and how many were told on the last day. */
export const ClockBook = z.object({
  version: z.int().positive(),
  day: Day,
  today: z.int().nonnegative(),
  told: z.array(Told),
});
export type ClockBook = z.infer<typeof ClockBook>;

/** A person works at few machines, and whoever tells of many writes no more than so many events a day. */
const mostDevices = 8;
const mostADay = 12;
/** What moved by less is the same. */
const sameSeconds = 60;

/** How far ahead of ours the device's clock is, in whole seconds; behind is negative. */
export const driftOf = (deviceAt: number, now: number): number => Math.round((deviceAt - now) / 1000);

/**
 * The book with this reading; undefined where nothing new is told, or nothing more of it today. `limit` in seconds, as
 * the policy has it.
 */
export const clockTold = (
  book: ClockBook | undefined,
  reading: z.infer<typeof Told>,
  limit: number,
): ClockBook | undefined => {
  const isOff = (seconds: number) => Math.abs(seconds) > limit;
  const before = book?.told.find(({ device }) => device === reading.device);
  const wasOff = before !== undefined && isOff(before.driftSeconds);
  if (!isOff(reading.driftSeconds) && !wasOff) return undefined;
  const isSame =
    before !== undefined &&
    wasOff === isOff(reading.driftSeconds) &&
    Math.abs(before.driftSeconds - reading.driftSeconds) <= sameSeconds;
  if (isSame && before.day === reading.day) return undefined;
  const today = book?.day === reading.day ? book.today : 0;
  if (today >= mostADay) return undefined;
  const others = (book?.told ?? []).filter(({ device }) => device !== reading.device);
  return {
    version: (book?.version ?? 0) + 1,
    day: reading.day,
    today: today + 1,
    told: [...others, reading].slice(-mostDevices),
  };
};
