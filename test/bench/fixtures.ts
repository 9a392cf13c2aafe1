/**
 * Prescriptions by the thousand, as an issue left one, and items written faster than one transaction at a time: what is
 * measured begins when they lie there. Every item is made by the table's own code.
 */
import { randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Movement } from '@darmon/domain/ledger';
import { makeNumber } from '@darmon/domain/number';
import type { Prescription } from '@darmon/domain/prescription';
import { issueActions } from '@darmon/table/prescription-items';
import { movementAction } from '@darmon/table/stock-items';
import { type Action, maxActions } from '@darmon/table/transact';
import { monotonicFactory } from 'ulid';

export const ulid = monotonicFactory();

/** Writes the puts of these actions, as many in one transaction as it may hold: an engine flushes once for each. */
export const writeAll = async (client: DynamoDBClient, actions: readonly Action[]): Promise<void> => {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  for (let at = 0; at < actions.length; at += maxActions) {
    const TransactItems = actions.slice(at, at + maxActions).map((a) => a.item);
    await documents.send(new TransactWriteCommand({ TransactItems }));
  }
};

/** `count` prescriptions like the model, each with an id and a number of its own. */
export const like = (model: Prescription, count: number): Prescription[] =>
  Array.from({ length: count }, () => ({ ...model, id: ulid(), number: makeNumber(randomBytes(12)) }));

export const writePrescriptions = (
  client: DynamoDBClient,
  table: string,
  prescriptions: readonly Prescription[],
): Promise<void> =>
  writeAll(
    client,
    prescriptions.flatMap((p) => issueActions(table, p)),
  );

/** `count` movements of a lot's past, in pairs that leave on hand what it is. */
export const writeMovements = (
  client: DynamoDBClient,
  table: string,
  like: Omit<Movement, 'id' | 'kind' | 'quantity' | 'reference'>,
  count: number,
): Promise<void> =>
  writeAll(
    client,
    Array.from({ length: count }, (_, n) => {
      const kind = n % 2 === 0 ? 'dispense' : 'dispense-undone';
      const quantity = kind === 'dispense' ? -10 : 10;
      return movementAction(table, { ...like, id: ulid(), kind, quantity, reference: `${ulid()}.1` });
    }),
  );
