/** All events of a table, for the command line alone: no function may read a table from end to end. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { PlacedEvent } from './event-log.ts';
import { parseEvent } from './request-items.ts';

/** A page of events at a time, in no order that means anything. */
export async function* scanEvents(bare: DynamoDBClient, table: string): AsyncGenerator<PlacedEvent[]> {
  const client = DynamoDBDocumentClient.from(bare);
  let start: Record<string, unknown> | undefined;
  do {
    const answer = await client.send(
      new ScanCommand({
        TableName: table,
        FilterExpression: 'begins_with(sk, :event)',
        ExpressionAttributeValues: { ':event': 'EVENT#' },
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    yield (answer.Items ?? []).map((item) => ({ event: parseEvent(item), subject: String(item.pk) }));
    start = answer.LastEvaluatedKey;
  } while (start);
}
