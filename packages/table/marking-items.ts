/** Packs that were handed over while the marking service gave no answer, kept until it gives one. */
import { Gtin } from '@darmon/domain/medicine';
import { Lot } from '@darmon/domain/stock';
import { Day, dayMs, Instant } from '@darmon/domain/time';
import * as z from 'zod';
import { markingCheckKey, markingCheckPartition } from './keys.ts';
import type { Item } from './page.ts';
import { type Action, absent, put, update } from './transact.ts';

export const MarkingCheck = z.object({
  id: z.string(),
  day: Day,
  /** The dispense that waits for it. */
  dispense: z.string(),
  prescription: z.string(),
  site: z.string(),
  at: Instant,
  packs: z.array(
    z.object({
      gtin: Gtin,
      serial: z.string(),
      lot: Lot,
      expiryDate: Day,
      packUnits: z.int().positive(),
    }),
  ),
});
export type MarkingCheck = z.infer<typeof MarkingCheck>;

export const parseMarkingCheck = (item: Item): MarkingCheck => MarkingCheck.parse(item);

/** Stands in the index as long as it is open, so that a run reads only what is left to do. */
export const queueCheckAction = (table: string, check: MarkingCheck): Action =>
  put(
    table,
    {
      ...markingCheckKey(check.day, check.id),
      gsi1pk: markingCheckPartition(check.day),
      gsi1sk: check.id,
      ...check,
    },
    absent,
    'changed',
  );

/** Done once: a second run that found the same has written nothing. */
export const closeCheckAction = (table: string, check: MarkingCheck, now: number): Action =>
  update(
    table,
    markingCheckKey(check.day, check.id),
    {
      expression: 'SET #done = :done, #ttl = :ttl REMOVE #gsi1pk, #gsi1sk',
      names: { '#done': 'done', '#ttl': 'ttl', '#gsi1pk': 'gsi1pk', '#gsi1sk': 'gsi1sk' },
      values: { ':done': true, ':ttl': Math.floor((now + dayMs) / 1000) },
    },
    { expression: 'attribute_exists(pk) AND attribute_not_exists(#done)' },
    'changed',
  );
