/** What is told to a supplier's own system, one item a message: an order, or that it is cancelled. */
import { SupplierId } from '@darmon/domain/supplier';
import { Instant } from '@darmon/domain/time';
import * as z from 'zod';
import { orderMessageKey, orderMessagesPartition } from './keys.ts';
import type { Item } from './page.ts';
import { type Action, atVersion, put } from './transact.ts';

export const OrderMessage = z.object({
  order: z.string(),
  kind: z.enum(['order', 'cancellation']),
  supplier: SupplierId,
  /** Where the order is delivered, whose people see what became of it. */
  site: z.string(),
  state: z.enum(['waiting', 'delivered', 'failed', 'dropped']),
  version: z.int().positive(),
  tries: z.int().nonnegative(),
  at: Instant,
  /** Not before. */
  nextAt: Instant,
  /** How the last try ended: a status of HTTP, or why there was none. */
  last: z.union([z.int(), z.enum(['timeout', 'unreachable', 'no-address'])]).exactOptional(),
  lastAt: Instant.exactOptional(),
});
export type OrderMessage = z.infer<typeof OrderMessage>;

export const parseMessage = (item: Item): OrderMessage => OrderMessage.parse(item);

/** Waiting ones are found by their time. The first version may write over what was told before. */
export const messageAction = (table: string, message: OrderMessage): Action =>
  put(
    table,
    {
      ...orderMessageKey(message.order, message.kind),
      ...message,
      ...(message.state === 'waiting' && {
        gsi1pk: orderMessagesPartition,
        gsi1sk: `${message.nextAt}#${message.order}`,
      }),
    },
    message.version === 1 ? undefined : atVersion(message.version - 1),
    'changed',
  );
