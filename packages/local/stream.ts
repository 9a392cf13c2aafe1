/**
 * The table's stream on one machine. The embedded engine pays for a stream with a part of every write, so here new events
 * are asked for every few seconds, by site and day, and handed on in the shape of a stream's batch. As in the cloud, a
 * batch that fails comes again, and one record may come twice: who listens must bear it.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { countrySite } from '@darmon/domain/event';
import { ulidTime } from '@darmon/domain/ledger';
import { tashkentDay } from '@darmon/domain/time';
import type { Invoke } from './functions.ts';

export interface StreamOptions {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** What listens, each by itself. */
  readonly targets: readonly Invoke[];
  /** Milliseconds since 1970, of the functions that write. */
  readonly now: () => number;
  readonly onFault: (where: string, error: unknown) => void;
}

export interface Stream {
  /** Hands on what is new and waits until it was taken; what is still under way is joined, not doubled. */
  tick(): Promise<void>;
  /** Ticks by itself until stopped. */
  start(): void;
  stop(): Promise<void>;
}

interface EventKey {
  readonly pk: string;
  readonly sk: string;
}

/** An id is made before its transaction commits, so a late one may stand before what was read already. */
const overlapMs = 60_000;
const everyMs = 5_000;
const batchSize = 500;

type Items = readonly Record<string, { S?: string }>[] | undefined;
const keysIn = (items: Items): EventKey[] =>
  (items ?? []).flatMap(({ pk, sk }) => (pk?.S !== undefined && sk?.S !== undefined ? [{ pk: pk.S, sk: sk.S }] : []));

/** What DynamoDB sends of an insertion; the keys alone, since that is all that anybody here reads. */
const batchOf = (keys: readonly EventKey[]) => ({
  Records: keys.map(({ pk, sk }) => ({
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } }, StreamViewType: 'NEW_IMAGE' },
  })),
});

export function makeStream({ client, table, targets, now, onFault }: StreamOptions): Stream {
  /** What was handed on, until nothing can come before it any more. */
  const taken = new Map<string, number>();
  let readTo: number | undefined;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const query = async (index: string, partition: string, after?: string): Promise<EventKey[]> => {
    const keys: EventKey[] = [];
    let start: Record<string, { S: string }> | undefined;
    do {
      const answer = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: index,
          KeyConditionExpression: `${index}pk = :pk${after === undefined ? '' : ` AND ${index}sk > :after`}`,
          ExpressionAttributeValues: {
            ':pk': { S: partition },
            ...(after !== undefined && { ':after': { S: after } }),
          },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      keys.push(...keysIn(answer.Items as Items));
      start = answer.LastEvaluatedKey as typeof start;
    } while (start);
    return keys;
  };

  /** All events there are: what happened while nobody listened, and what the demo country was written with. */
  const everything = async (): Promise<EventKey[]> => {
    const keys: EventKey[] = [];
    let start: Record<string, { S: string }> | undefined;
    do {
      const answer = await client.send(
        new ScanCommand({
          TableName: table,
          FilterExpression: 'begins_with(sk, :event)',
          ProjectionExpression: 'pk, sk',
          ExpressionAttributeValues: { ':event': { S: 'EVENT#' } },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      keys.push(...keysIn(answer.Items as Items));
      start = answer.LastEvaluatedKey as typeof start;
    } while (start);
    return keys;
  };

  const since = async (from: number, to: number): Promise<EventKey[]> => {
    const sites = [countrySite, ...(await query('gsi1', 'SITES')).map(({ pk }) => pk.slice('SITE#'.length))];
    const days = [...new Set([tashkentDay(from), tashkentDay(to)])];
    const keys: EventKey[] = [];
    for (const site of sites)
      for (const day of days) keys.push(...(await query('gsi2', `EVENT#${site}#${day}`, ulidTime(from))));
    return keys;
  };

  const pass = async (): Promise<void> => {
    const at = now();
    const found = readTo === undefined ? await everything() : await since(readTo - overlapMs, at);
    const fresh = found.filter(({ pk, sk }) => !taken.has(`${pk}\n${sk}`)).sort((a, b) => (a.sk < b.sk ? -1 : 1));
    for (let n = 0; n < fresh.length; n += batchSize) {
      const batch = fresh.slice(n, n + batchSize);
      for (const target of targets) await target(batchOf(batch));
      for (const { pk, sk } of batch) taken.set(`${pk}\n${sk}`, at);
    }
    for (const [key, when] of taken) if (when < at - 2 * overlapMs) taken.delete(key);
    readTo = at;
  };

  const tick = (): Promise<void> => {
    running ??= pass()
      .catch((error) => onFault('stream', error))
      .finally(() => {
        running = undefined;
      });
    return running;
  };

  return {
    tick,
    start() {
      void tick();
      timer ??= setInterval(() => void tick(), everyMs);
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
