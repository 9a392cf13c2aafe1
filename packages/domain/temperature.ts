/** How warm it is where medicines lie: read by people, compared with what the policy allows, answered where it is not. */
import * as z from 'zod';
import { PersonId, SiteId } from './actor.ts';
import { Storage } from './medicine.ts';
import type { Policy } from './policy.ts';
import { refuseAt } from './refusal.ts';
import { Zone } from './stock.ts';
import { dayMs, Instant } from './time.ts';

export const Celsius = z
  .number()
  .min(-90)
  .max(60)
  .multipleOf(0.1)
  .meta({ id: 'Celsius', description: 'Degrees Celsius, in tenths at the finest' });

export const TemperatureReading = z
  .object({
    id: z.string(),
    site: SiteId,
    zone: Zone.exactOptional(),
    storage: Storage,
    celsius: Celsius,
    /** What was allowed when it was read. */
    from: z.number(),
    to: z.number(),
    isOutside: z.boolean(),
    /** What was done about it, where it is outside. */
    done: z.string().exactOptional(),
    at: Instant,
    person: PersonId,
  })
  .meta({ id: 'TemperatureReading', description: 'A temperature as somebody read it' });
export type TemperatureReading = z.infer<typeof TemperatureReading>;

/** Colder or warmer than medicines stored so may lie; the limits themselves are allowed. */
export const isOutside = (celsius: number, { from, to }: { from: number; to: number }): boolean =>
  celsius < from || celsius > to;

/**
 * A reading judged by the policy.
 * @throws Refusal `reason-missing` outside the limits without what was done; `backdate-too-far` for an instant to come,
 * or further back than an entry of stock may be dated
 */
export const judgeReading = (
  reading: Omit<TemperatureReading, 'from' | 'to' | 'isOutside'>,
  { storage, backdateDays }: Policy['warehouse'],
  now: number,
): TemperatureReading => {
  const limits = storage[reading.storage];
  const at = Date.parse(reading.at);
  if (at > now || at < now - (backdateDays + 1) * dayMs) throw refuseAt('backdate-too-far', '/at');
  const outside = isOutside(reading.celsius, limits);
  if (outside && reading.done === undefined) throw refuseAt('reason-missing', '/done', limits);
  return { ...reading, ...limits, isOutside: outside };
};

/** The last reading of each place, of those given newest first, where it is outside. */
export const outsideNow = (newestFirst: readonly TemperatureReading[]): TemperatureReading[] => {
  const places = new Map<string, TemperatureReading>();
  for (const reading of newestFirst) {
    const place = `${reading.storage}#${reading.zone ?? ''}`;
    if (!places.has(place)) places.set(place, reading);
  }
  return [...places.values()].filter((reading) => reading.isOutside);
};
