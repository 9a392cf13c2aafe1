/** Orders: opened together, taken from step to step, listed by what is to do, and what a site still waits for. */

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Event } from '@darmon/domain/event';
import type { Invoice } from '@darmon/domain/order-match';
import { isUnderWay, type OpenLine, openLinesFor, type PurchaseOrder, sitesOf } from '@darmon/domain/purchase-order';
import type { StepTaken } from '@darmon/domain/requisition';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import * as items from './order-items.ts';
import { messageAction, type OrderMessage } from './order-message-items.ts';
import { allOf, type Item, type Page, type PageRequest, pageOfIndex } from './page.ts';
import { eventAction } from './request-items.ts';
import { releaseAction, type StoredRequisition } from './requisition-items.ts';

/** Actions of a transaction that opens orders, beneath the engine's hundred. */
const mostActions = 98;

export const ordersOf = (engine: Engine) => {
  const { client, table } = engine;
  const load = async (id: string): Promise<PurchaseOrder | undefined> => {
    const item = await engine.readOne(key.orderKey(id));
    return item && items.parseOrder(item);
  };
  /** Orders that a site waits for, by the index: it lags by a moment, the orders do not. */
  const openOrdersOf = async (site: string): Promise<PurchaseOrder[]> => {
    const ids: string[] = [];
    let start: Item | undefined;
    do {
      const answer = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'gsi2',
          KeyConditionExpression: 'gsi2pk = :pk',
          ExpressionAttributeValues: { ':pk': key.openOrdersPartition(site) },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      ids.push(...(answer.Items ?? []).map((i) => String(i.gsi2sk)));
      start = answer.LastEvaluatedKey;
    } while (start);
    const found = await engine.readMany(ids.map(key.orderKey));
    return found.flatMap((i) => (i ? [items.parseOrder(i)] : []));
  };
  return {
    loadOrder: load,
    async loadOrders(ids: readonly string[]): Promise<PurchaseOrder[]> {
      const found = await engine.readMany(ids.map(key.orderKey));
      return found.flatMap((i) => (i ? [items.parseOrder(i)] : []));
    },
    async loadInvoices(order: string): Promise<Invoice[]> {
      const found = await allOf(client, table, { pk: key.orderKey(order).pk, skPrefix: key.invoicePrefix });
      return found.map(items.parseInvoice);
    },
    /** True where one transaction opens so many orders beside `more` actions. */
    canOpen(orders: readonly PurchaseOrder[], more: number): boolean {
      return orders.reduce((sum, o) => sum + 2 + sitesOf(o).length, 1) + more <= mostActions;
    },
    /** Several orders, each with its event, and what is released to them, or none of it; the change is the first one's. */
    async commitOpenedOrders(
      orders: readonly { order: PurchaseOrder; event: Event }[],
      released: readonly {
        readonly head: StoredRequisition;
        readonly orders: readonly string[];
        readonly by: Omit<StepTaken, 'step'>;
      }[],
      change: Change,
    ): Promise<void> {
      await engine.commit([
        ...orders.flatMap(({ order }) => items.openOrderActions(table, order)),
        ...released.map((r) => releaseAction(table, r.head, r.orders, r.by)),
        ...orders.flatMap(({ order, event }) =>
          event === change.event
            ? engine.changeActions(key.orderKey(order.id).pk, change, order.site)
            : [eventAction(table, key.orderKey(order.id).pk, event, order.site)],
        ),
      ]);
    },
    /** An order as a step leaves it, with what is to be told to the supplier's system. @throws Changed */
    async commitOrder(order: PurchaseOrder, message: OrderMessage | undefined, change: Change): Promise<void> {
      const isOver = order.state === 'closed' || order.state === 'cancelled';
      await engine.commit([
        items.orderAction(table, order),
        ...(isOver ? items.nobodyWaitsActions(table, order) : []),
        ...(message ? [messageAction(table, message)] : []),
        ...engine.changeActions(key.orderKey(order.id).pk, change, order.site),
      ]);
    },
    /** @throws Refusal `document-known` where the supplier's number was entered before */
    async commitInvoice(order: PurchaseOrder, invoice: Invoice, change: Change): Promise<void> {
      await engine.commit([
        ...items.invoiceActions(table, order, invoice),
        ...engine.changeActions(key.orderKey(order.id).pk, change, order.site),
      ]);
    },
    /** All, or those of a group or a supplier; the newest first within a group. */
    async listOrders(
      of: { group?: items.OrderGroup | undefined; supplier?: string | undefined },
      request: PageRequest,
    ): Promise<Page<PurchaseOrder>> {
      const query =
        of.supplier === undefined
          ? {
              index: 'gsi2' as const,
              partition: key.allOrdersPartition,
              backwards: true,
              ...(of.group !== undefined && { prefix: `${of.group}#` }),
            }
          : { index: 'gsi1' as const, partition: key.ordersPartition(of.supplier), backwards: true };
      const page = await pageOfIndex(client, table, query, request);
      return { ...page, items: page.items.map(items.parseOrder) };
    },
    listOpenOrders: openOrdersOf,
    /**
     * What a site still waits for: units of a GTIN and the day they are due, order by order. Its own shares of orders that
     * go elsewhere are among it, and what it takes in for others is not.
     */
    async listOpenOrderLines(site: string): Promise<OpenLine[]> {
      const orders = await openOrdersOf(site);
      return orders.filter((o) => isUnderWay(o.state)).flatMap((o) => openLinesFor(o, site));
    },
  };
};
