/** Reading many items: strongly read batches, and pages of an index or a partition with an opaque cursor. */
import { BatchGetCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Refusal } from '@darmon/domain/refusal';
import * as z from 'zod';
import type { Key } from './keys.ts';

export type Item = Record<string, unknown>;

export interface Page<T> {
  readonly items: T[];
  readonly next?: string;
}

export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

const Cursor = z.object({ pk: z.string(), sk: z.string(), i: z.string().optional() });
const defaultLimit = 50;

const encodeCursor = (cursor: z.infer<typeof Cursor>): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url');

const decodeCursor = (text: string): z.infer<typeof Cursor> => {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    throw new Refusal('bad-cursor');
  }
};

const keyText = (key: Key): string => `${key.pk}\n${key.sk}`;

/**
 * Reads items strongly, in the order asked for; those that are not there are undefined.
 * At most 100 keys a request; more are read in turn.
 */
export const readAll = async (
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly Key[],
): Promise<(Item | undefined)[]> => {
  const found = new Map<string, Item>();
  for (let at = 0; at < keys.length; at += 100) {
    let wanted: Key[] = [...new Map(keys.slice(at, at + 100).map((k) => [keyText(k), k])).values()];
    while (wanted.length > 0) {
      const answer = await client.send(
        new BatchGetCommand({
          RequestItems: { [table]: { Keys: wanted.map((k) => ({ ...k })), ConsistentRead: true } },
        }),
      );
      for (const item of answer.Responses?.[table] ?? []) found.set(keyText(item as unknown as Key), item);
      wanted = (answer.UnprocessedKeys?.[table]?.Keys ?? []) as unknown as Key[];
    }
  }
  return keys.map((k) => found.get(keyText(k)));
};

/** One page of a partition, strongly read. A cursor of another partition is refused. */
export const pageOf = async (
  client: DynamoDBDocumentClient,
  table: string,
  query: { pk: string; skPrefix?: string; backwards?: boolean },
  request: PageRequest,
): Promise<Page<Item>> => {
  const start = request.cursor === undefined ? undefined : decodeCursor(request.cursor);
  if (start && start.pk !== query.pk) throw new Refusal('bad-cursor');
  const answer = await client.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: query.skPrefix === undefined ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': query.pk, ...(query.skPrefix !== undefined && { ':sk': query.skPrefix }) },
      ScanIndexForward: !query.backwards,
      Limit: request.limit ?? defaultLimit,
      ...(start && { ExclusiveStartKey: { pk: start.pk, sk: start.sk } }),
    }),
  );
  const last = answer.LastEvaluatedKey as Key | undefined;
  return { items: answer.Items ?? [], ...(last && { next: encodeCursor({ pk: last.pk, sk: last.sk }) }) };
};

/** Every item of a partition, in key order. For partitions that are small by their nature. */
export const allOf = async (
  client: DynamoDBDocumentClient,
  table: string,
  pk: string,
  skPrefix?: string,
): Promise<Item[]> => {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageOf(
      client,
      table,
      { pk, ...(skPrefix !== undefined && { skPrefix }) },
      { cursor, limit: 1000 },
    );
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
};

/** One page of an index: its keys (which lag by a moment), then the items themselves, strongly read. */
export const pageOfIndex = async (
  client: DynamoDBDocumentClient,
  table: string,
  query: { index: 'gsi1' | 'gsi2'; partition: string; prefix?: string; backwards?: boolean },
  request: PageRequest,
): Promise<Page<Item>> => {
  const [pk, sk] = [`${query.index}pk`, `${query.index}sk`];
  const start = request.cursor === undefined ? undefined : decodeCursor(request.cursor);
  const answer = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: query.index,
      KeyConditionExpression: query.prefix === undefined ? `${pk} = :pk` : `${pk} = :pk AND begins_with(${sk}, :sk)`,
      ExpressionAttributeValues: { ':pk': query.partition, ...(query.prefix !== undefined && { ':sk': query.prefix }) },
      ScanIndexForward: !query.backwards,
      Limit: request.limit ?? defaultLimit,
      ...(start && { ExclusiveStartKey: { pk: start.pk, sk: start.sk, [pk]: query.partition, [sk]: start.i ?? '' } }),
    }),
  );
  const keys = (answer.Items ?? []).map((i) => ({ pk: String(i.pk), sk: String(i.sk) }));
  const items = (await readAll(client, table, keys)).filter((i): i is Item => i !== undefined);
  const last = answer.LastEvaluatedKey;
  return {
    items,
    ...(last && { next: encodeCursor({ pk: String(last.pk), sk: String(last.sk), i: String(last[sk]) }) }),
  };
};
