/** The ledger as people ask about it: rows with their sums, what movements add up to, and what took one back. */
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Approval } from '@darmon/domain/approval';
import { type Movement, MovementKind } from '@darmon/domain/ledger';
import type { Tally } from '@darmon/domain/ledger-view';
import type { PurchaseOrder } from '@darmon/domain/purchase-order';
import * as z from 'zod';
import { parseApproval, useApprovalAction } from './approval-items.ts';
import { type Change, type Engine, marked } from './engine.ts';
import * as key from './keys.ts';
import { orderAction } from './order-items.ts';
import { allOf, type Item, type Page, type PageRequest, pageOfIndex } from './page.ts';
import { type Prepared, startPosting } from './postings.ts';
import { type LedgerRow, parseLedgerRow, parseMovement, stockOfSite } from './stock-items.ts';
import { absent, put } from './transact.ts';

const Moved = z.object({ quantity: z.int(), kind: MovementKind });

export const ledgerViewsOf = (engine: Engine) => {
  const { client, table } = engine;
  const rowsOf = async (items: readonly Item[]): Promise<LedgerRow[]> => {
    const { blocked } = await engine.readWithCountry([]);
    return items.map((item) => {
      const read = parseLedgerRow(item);
      return { ...read, row: marked([read.row], blocked)[0] ?? read.row };
    });
  };
  /** What movements after one instant and until another moved; nothing else of them is sent. */
  const moved = async (
    { site, gtin, lot }: { site: string; gtin: string; lot: string },
    { after, until }: { after: number | undefined; until: number },
    each: (one: z.infer<typeof Moved>) => void,
  ): Promise<void> => {
    const from = after === undefined ? 'MOVEMENT#' : key.movementsAfter(after);
    let start: Record<string, unknown> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
          ProjectionExpression: 'quantity, kind',
          ExpressionAttributeValues: {
            ':pk': key.movementPartition(site, gtin, lot),
            ':from': from,
            ':until': key.movementsAfter(until),
          },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      for (const item of page.Items ?? []) each(Moved.parse(item));
      start = page.LastEvaluatedKey;
    } while (start);
  };
  return {
    /** All rows that the site ever had, with their sums, in the order of medicine and expiry. */
    async listLedgerRows(site: string, prefix: string | undefined, request: PageRequest): Promise<Page<LedgerRow>> {
      const page = await pageOfIndex(
        client,
        table,
        { index: 'gsi1', partition: stockOfSite(site), ...(prefix !== undefined && { prefix }) },
        request,
      );
      return { ...page, items: await rowsOf(page.items) };
    },
    /** All lots of one medicine that the site ever had, the first to expire first. */
    async loadMedicineRows(site: string, medicine: string): Promise<LedgerRow[]> {
      return rowsOf(await allOf(client, table, { pk: key.stockPartition(site, medicine), skPrefix: 'STOCK#' }));
    },
    async sumMovements(
      lot: { site: string; gtin: string; lot: string },
      { after, until }: { after: number; until: number },
    ): Promise<number> {
      let sum = 0;
      await moved(lot, { after, until }, ({ quantity }) => {
        sum += quantity;
      });
      return sum;
    },
    /** What every movement until an instant (milliseconds) adds up to, kind by kind; read in a stream, however many. */
    async tallyMovements(lot: { site: string; gtin: string; lot: string }, until: number): Promise<Tally[]> {
      const tallies = new Map<Movement['kind'], Tally>();
      await moved(lot, { after: undefined, until }, ({ kind, quantity }) => {
        const before = tallies.get(kind) ?? { kind, quantity: 0, movements: 0 };
        tallies.set(kind, { kind, quantity: before.quantity + quantity, movements: before.movements + 1 });
      });
      return [...tallies.values()];
    },
    async loadMovement(site: string, gtin: string, lot: string, id: string): Promise<Movement | undefined> {
      const item = await engine.readOne(key.movementKey({ site, gtin, lot, id }));
      return item && parseMovement(item);
    },
    async isReversed(movement: string): Promise<boolean> {
      return (await engine.readOne(key.reversalKey(movement))) !== undefined;
    },
    async loadApproval(id: string): Promise<Approval | undefined> {
      const [item] = await engine.readMany([key.approvalKey(id)]);
      return item && parseApproval(item);
    },
    /** Takes a movement back, once, and uses the second person's yes up with it. @throws Refusal `already-reversed`, `approval-invalid` */
    async commitReversal(
      reversal: { movement: string; site: string } & Readonly<Record<string, unknown>>,
      {
        prepared,
        approval,
        order,
      }: { prepared: Prepared; approval: Approval | undefined; order?: PurchaseOrder | undefined },
      change: Change,
    ): Promise<void> {
      const { pk, sk } = key.reversalKey(reversal.movement);
      await startPosting(
        engine,
        prepared,
        [
          put(table, { pk, sk, ...reversal }, absent, 'already-reversed'),
          ...(approval ? [useApprovalAction(table, approval, change.now)] : []),
          ...(order ? [orderAction(table, order)] : []),
        ],
        engine.changeActions(pk, change, reversal.site),
      );
    },
  };
};
