/** Messages to suppliers' systems: those that are due, and how each try ended. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Event } from '@darmon/domain/event';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { messageAction, type OrderMessage, parseMessage } from './order-message-items.ts';

export const orderMessagesOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    async loadOrderMessages(orders: readonly string[]): Promise<OrderMessage[]> {
      const found = await engine.readMany(
        orders.flatMap((id) => [key.orderMessageKey(id, 'order'), key.orderMessageKey(id, 'cancellation')]),
      );
      return found.flatMap((i) => (i ? [parseMessage(i)] : []));
    },
    /** Those that wait and whose time has come by `at` (an instant), the longest due first. */
    async listDueMessages(at: string, most: number): Promise<OrderMessage[]> {
      const answer = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'gsi1',
          KeyConditionExpression: 'gsi1pk = :pk AND gsi1sk < :at',
          // every key of the same instant sorts before this
          ExpressionAttributeValues: { ':pk': key.orderMessagesPartition, ':at': `${at}$` },
          Limit: most,
        }),
      );
      const found = await engine.readMany(
        (answer.Items ?? []).map((i): key.Key => ({ pk: String(i.pk), sk: String(i.sk) })),
      );
      const read = found.flatMap((i) => (i ? [parseMessage(i)] : []));
      // another run may have taken it on since the index said so, and put it off
      return read.filter((m) => m.state === 'waiting' && m.nextAt <= at);
    },
    /** How a message stands now; with an event where that is its end. @throws Changed where another run was faster */
    async commitMessage(message: OrderMessage, ended?: { readonly event: Event; readonly now: number }): Promise<void> {
      const change: Change | undefined = ended;
      const subject = key.orderMessageKey(message.order, message.kind).pk;
      await engine.commit([
        messageAction(table, message),
        ...(change ? engine.changeActions(subject, change, message.site) : []),
      ]);
    },
  };
};
