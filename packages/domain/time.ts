/**
 * Days and instants. Instants are UTC strings ending in `Z`; a day is a calendar day in Tashkent, which has been
 * UTC+5 without summer time since 1992, so no time zone data is needed.
 */
import * as z from 'zod';

const tashkentOffsetMs = 5 * 3_600_000;
export const dayMs = 86_400_000;

export const Instant = z.iso
  .datetime()
  .meta({ id: 'Instant', description: 'A UTC instant', examples: ['2026-11-20T09:30:00.000Z'] });
export const Day = z.iso.date().meta({
  id: 'Day',
  description: 'A calendar day (in Tashkent where it is the day of an event)',
  examples: ['2027-06-30'],
});

/** The Tashkent day of an instant (milliseconds since 1970), as YYYY-MM-DD. */
export const tashkentDay = (ms: number): string => new Date(ms + tashkentOffsetMs).toISOString().slice(0, 10);

/** The first instant of a Tashkent day (YYYY-MM-DD), in milliseconds since 1970. */
export const dayStart = (day: string): number => Date.parse(`${day}T00:00:00.000Z`) - tashkentOffsetMs;

/** The instant, exclusive, until which something issued at `ms` is valid for `days` days after its day of issue. */
export const validUntil = (ms: number, days: number): number =>
  (Math.floor((ms + tashkentOffsetMs) / dayMs) + 1 + days) * dayMs - tashkentOffsetMs;

export const instant = (ms: number): string => new Date(ms).toISOString();
