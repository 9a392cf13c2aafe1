/**
 * One transaction a change. Each action says what its failed condition means, so the reasons of a cancelled
 * transaction become one outcome here and nowhere else.
 */

import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { Refusal, type RefusalCode } from '@darmon/domain/refusal';
import type { Key } from './keys.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * What a failed condition means: the request was answered before (`request`), somebody else changed what was read
 * (`changed`: read again and decide again), or a refusal.
 */
type Meaning = 'request' | 'changed' | RefusalCode;

export interface Action {
  readonly item: TransactItem;
  readonly meaning: Meaning;
}

/** What was read is no longer so: decide again on what stands now. */
export class Changed extends Error {
  override readonly name = 'Changed';
}

/** The idempotency record of this request stands already: answer from it. */
export class RequestKnown extends Error {
  override readonly name = 'RequestKnown';
}

export interface Condition {
  readonly expression: string;
  readonly names?: Record<string, string>;
  readonly values?: Record<string, unknown>;
}

const conditionOf = (condition: Condition | undefined) =>
  condition && {
    ConditionExpression: condition.expression,
    ...(condition.names && { ExpressionAttributeNames: condition.names }),
    ...(condition.values && { ExpressionAttributeValues: condition.values }),
  };

export const absent: Condition = { expression: 'attribute_not_exists(pk)' };
export const atVersion = (version: number): Condition => ({
  expression: '#version = :was',
  names: { '#version': 'version' },
  values: { ':was': version },
});

export const put = (
  table: string,
  item: Key & Readonly<Record<string, unknown>>,
  condition: Condition | undefined,
  meaning: Meaning,
): Action => ({
  item: { Put: { TableName: table, Item: { ...item }, ...conditionOf(condition) } },
  meaning,
});

export const update = (
  table: string,
  key: Key,
  change: { expression: string; names?: Record<string, string>; values?: Record<string, unknown> },
  condition: Condition,
  meaning: Meaning,
): Action => {
  const names = { ...change.names, ...condition.names };
  return {
    item: {
      Update: {
        TableName: table,
        Key: { ...key },
        UpdateExpression: change.expression,
        ConditionExpression: condition.expression,
        ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
        ExpressionAttributeValues: { ...change.values, ...condition.values },
      },
    },
    meaning,
  };
};

/** Takes an item away for ever. Nothing but hashes that find a person who was erased is ever taken away. */
export const remove = (table: string, key: Key): Action => ({
  item: { Delete: { TableName: table, Key: { ...key } } },
  meaning: 'changed',
});

/** The engine's own limit. */
export const maxActions = 100;
const tries = 6;

const cancellationReasons = (error: unknown): string[] | undefined =>
  error instanceof Error && error.name === 'TransactionCanceledException'
    ? ((error as { CancellationReasons?: { Code?: string }[] }).CancellationReasons ?? []).map((r) => r.Code ?? 'None')
    : undefined;

/** Conflicts and throttles inside a transaction are not retried by the SDK, and nothing was written: once more is safe. */
const isPassing = (code: string): boolean =>
  code === 'TransactionConflict' || code === 'ThrottlingError' || code === 'ProvisionedThroughputExceeded';

/**
 * Commits all actions or none. A conflict with another transaction is tried again with growing pauses.
 * @throws RequestKnown, Changed, or the Refusal that the first failed condition means; `busy` when conflicts outlast the tries
 */
export const transact = async (
  client: DynamoDBDocumentClient,
  actions: readonly Action[],
  pause: (ms: number) => Promise<void>,
): Promise<void> => {
  if (actions.length > maxActions) throw new Error(`a transaction of ${actions.length} actions`);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems: actions.map((a) => a.item) }));
      return;
    } catch (error) {
      const reasons = cancellationReasons(error);
      if (!reasons) throw error;
      const failed = actions.filter((_, i) => reasons[i] === 'ConditionalCheckFailed').map((a) => a.meaning);
      if (failed.includes('request')) throw new RequestKnown();
      const refusal = failed.find((m) => m !== 'changed' && m !== 'request');
      if (refusal) throw new Refusal(refusal as RefusalCode);
      if (failed.length > 0) throw new Changed();
      if (!reasons.some(isPassing)) throw error;
      if (attempt === tries) throw new Refusal('busy');
      await pause(2 ** attempt * 10);
    }
  }
};
