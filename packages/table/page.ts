/** Reading many items: strongly read batches, and pages of an index or a partition with an opaque cursor. */
import { createHash } from 'node:crypto';
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

/** `of` names the query that the cursor continues, so that it continues no other. */
const Cursor = z.object({
  of: z.string(),
  pk: z.string().min(1),
  sk: z.string().min(1),
  i: z.string().min(1).optional(),
});
const defaultLimit = 50;

const encodeCursor = (cursor: z.infer<typeof Cursor>): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** A short name of a query; what it asks for cannot be read from it. */
const nameOf = (...query: readonly (string | undefined)[]): string =>
  createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 16);

const decodeCursor = (text: string, of: string): z.infer<typeof Cursor> => {
  let cursor: z.infer<typeof Cursor> | undefined;
  try {
    cursor = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    // told below
  }
  if (cursor?.of !== of) throw new Refusal('bad-cursor');
  return cursor;
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
    for (let attempt = 0; wanted.length > 0; attempt += 1) {
      // what a throttled table leaves over is asked for again, more and more slowly
      if (attempt > 0) await new Promise((done) => setTimeout(done, Math.min(1_000, 20 * 2 ** attempt)));
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

/** Items of one partition: all, those whose sort key begins with `skPrefix`, or those after `skAfter`, to `skUntil`. */
interface PartitionQuery {
  readonly pk: string;
  readonly skPrefix?: string;
  readonly skAfter?: string;
  readonly skUntil?: string;
  /** From the last one on. */
  readonly backwards?: boolean;
}

const conditionOf = ({ pk, skPrefix, skAfter, skUntil }: PartitionQuery) => {
  if (skAfter !== undefined && skUntil !== undefined)
    return {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :sk AND :until',
      ExpressionAttributeValues: { ':pk': pk, ':sk': skAfter, ':until': skUntil },
    };
  const [condition, sk] =
    skPrefix !== undefined ? ['pk = :pk AND begins_with(sk, :sk)', skPrefix] : ['pk = :pk AND sk > :sk', skAfter];
  return {
    KeyConditionExpression: sk === undefined ? 'pk = :pk' : condition,
    ExpressionAttributeValues: { ':pk': pk, ...(sk !== undefined && { ':sk': sk }) },
  };
};

/** One page of a partition, strongly read. A cursor of another query is refused. */
export const pageOf = async (
  client: DynamoDBDocumentClient,
  table: string,
  query: PartitionQuery,
  request: PageRequest,
): Promise<Page<Item>> => {
  const of = nameOf(query.pk, query.skPrefix, query.skAfter, query.skUntil);
  const start = request.cursor === undefined ? undefined : decodeCursor(request.cursor, of);
  const answer = await client.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      ...conditionOf(query),
      ScanIndexForward: !query.backwards,
      Limit: request.limit ?? defaultLimit,
      ...(start && { ExclusiveStartKey: { pk: query.pk, sk: start.sk } }),
    }),
  );
  const last = answer.LastEvaluatedKey as Key | undefined;
  return { items: answer.Items ?? [], ...(last && { next: encodeCursor({ of, pk: last.pk, sk: last.sk }) }) };
};

/** One page of several partitions together, in the order of their sort keys, which differ everywhere. */
export const pageOfSeveral = async (
  client: DynamoDBDocumentClient,
  table: string,
  query: { readonly pks: readonly string[]; readonly skPrefix: string },
  request: PageRequest,
): Promise<Page<Item>> => {
  const of = nameOf(query.skPrefix, ...query.pks);
  const after = request.cursor === undefined ? undefined : decodeCursor(request.cursor, of).sk;
  const limit = request.limit ?? defaultLimit;
  const pages = await Promise.all(
    query.pks.map((pk) =>
      client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          ...conditionOf({ pk, skPrefix: query.skPrefix }),
          Limit: limit,
          ...(after !== undefined && { ExclusiveStartKey: { pk, sk: after } }),
        }),
      ),
    ),
  );
  const all = pages.flatMap((page) => page.Items ?? []).sort((a, b) => (String(a.sk) < String(b.sk) ? -1 : 1));
  const items = all.slice(0, limit);
  const last = items.at(-1);
  const more = all.length > limit || pages.some((page) => page.LastEvaluatedKey !== undefined);
  return { items, ...(more && last && { next: encodeCursor({ of, pk: String(last.pk), sk: String(last.sk) }) }) };
};

/** Every item of a query, in key order. For what is small by its nature. */
export const allOf = async (client: DynamoDBDocumentClient, table: string, query: PartitionQuery): Promise<Item[]> => {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageOf(client, table, query, { cursor, limit: 1000 });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
};

/**
 * One page of an index: its keys (which lag by a moment), then the items themselves, strongly read. With `of` only those
 * whose partition begins so are read, and a page can hold fewer than asked for.
 */
export const pageOfIndex = async (
  client: DynamoDBDocumentClient,
  table: string,
  query: {
    index: 'gsi1' | 'gsi2' | 'gsi3';
    partition: string;
    prefix?: string;
    backwards?: boolean;
    of?: string | readonly string[];
  },
  request: PageRequest,
): Promise<Page<Item>> => {
  const [pk, sk] = [`${query.index}pk`, `${query.index}sk`];
  const of = nameOf(query.index, query.partition, query.prefix, ...[query.of ?? []].flat());
  const start = request.cursor === undefined ? undefined : decodeCursor(request.cursor, of);
  const answer = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: query.index,
      KeyConditionExpression: query.prefix === undefined ? `${pk} = :pk` : `${pk} = :pk AND begins_with(${sk}, :sk)`,
      ExpressionAttributeValues: { ':pk': query.partition, ...(query.prefix !== undefined && { ':sk': query.prefix }) },
      ScanIndexForward: !query.backwards,
      Limit: request.limit ?? defaultLimit,
      ...(start && {
        ExclusiveStartKey: { pk: start.pk, sk: start.sk, [pk]: query.partition, [sk]: start.i ?? start.sk },
      }),
    }),
  );
  const keys = (answer.Items ?? [])
    .map((i) => ({ pk: String(i.pk), sk: String(i.sk) }))
    .filter((key) => [query.of ?? ''].flat().some((begin) => key.pk.startsWith(begin)));
  const items = (await readAll(client, table, keys)).filter((i): i is Item => i !== undefined);
  const last = answer.LastEvaluatedKey;
  return {
    items,
    ...(last && { next: encodeCursor({ of, pk: String(last.pk), sk: String(last.sk), i: String(last[sk]) }) }),
  };
};
