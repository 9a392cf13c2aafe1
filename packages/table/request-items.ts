/** Idempotency records, attempts and events: what stands beside every change. */
import { Event } from '@darmon/domain/event';
import type { Once } from '@darmon/domain/once';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import * as z from 'zod';
import { attemptKey, type Key, requestKey } from './keys.ts';
import type { Item } from './page.ts';
import { type Action, absent, put, update } from './transact.ts';

/** What was answered. `answer` holds nothing personal; what is, the use case reads again by `reference`. */
export const AnsweredRequest = z.object({
  bodyHash: z.string(),
  status: z.int(),
  reference: z.string(),
  /** JSON text, so that a repeat is the same byte for byte. */
  answer: z.string(),
  ttl: z.int(),
});
export type AnsweredRequest = z.infer<typeof AnsweredRequest>;

const keptDays = 30;
const secondsAt = (ms: number): number => Math.floor(ms / 1000);

export const requestAction = (
  table: string,
  once: Once,
  answered: { status: number; reference: string; answer: string },
  now: number,
): Action =>
  put(
    table,
    {
      ...requestKey(once.person, once.keyHash),
      bodyHash: once.bodyHash,
      ...answered,
      ttl: secondsAt(now + keptDays * dayMs),
    },
    {
      expression: 'attribute_not_exists(pk) OR #ttl <= :now',
      names: { '#ttl': 'ttl' },
      values: { ':now': secondsAt(now) },
    },
    'request',
  );

/** The record if it still counts; an engine may delete it late. */
export const parseRequest = (item: Item | undefined, now: number): AnsweredRequest | undefined => {
  if (!item) return undefined;
  const record = AnsweredRequest.parse(item);
  return record.ttl > secondsAt(now) ? record : undefined;
};

/** An event lies with its subject, and is found by site and day through gsi2. */
export const eventAction = (table: string, subject: Key['pk'], event: Event, site = event.actor.site): Action =>
  put(
    table,
    {
      pk: subject,
      sk: `EVENT#${event.id}`,
      gsi2pk: eventsOfSite(site, tashkentDay(Date.parse(event.at))),
      gsi2sk: event.id,
      ...event,
    },
    absent,
    'changed',
  );

export const eventsOfSite = (site: string, day: string): string => `EVENT#${site}#${day}`;

export const parseEvent = (item: Item): Event => Event.parse(item);

/** Counts one attempt, and refuses the one past `limit` in the window. */
export const attemptAction = (table: string, what: string, window: string, limit: number, now: number): Action =>
  update(
    table,
    attemptKey(what, window),
    {
      expression: 'ADD #count :one SET #ttl = :ttl',
      names: { '#count': 'count', '#ttl': 'ttl' },
      values: { ':one': 1, ':ttl': secondsAt(now + dayMs) },
    },
    { expression: 'attribute_not_exists(#count) OR #count < :limit', values: { ':limit': limit } },
    'too-many-requests',
  );
