/** Orders: opened together, taken from step to step, listed by what is to do, and what a site still waits for. */

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Budget } from '@darmon/domain/budget';
import type { Event } from '@darmon/domain/event';
import type { Invoice } from '@darmon/domain/order-match';
import { isUnderWay, type OpenLine, openLinesFor, type PurchaseOrder, sitesOf } from '@darmon/domain/purchase-order';
import { type MovedMoney, moneyAction } from './budget-items.ts';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import * as items from './order-items.ts';
import { messageAction, type OrderMessage } from './order-message-items.ts';
import { allOf, type Item, type Page, type PageRequest, pageOfIndex } from './page.ts';
import { eventAction } from './request-items.ts';
import { requisitionAction, type StoredRequisition } from './requisition-items.ts';

/** Requisitions as a release leaves them, what it moves of the year's money, and orders that may not have changed meanwhile. */
interface Released {
  readonly heads: readonly StoredRequisition[];
  readonly money: readonly (MovedMoney & Pick<Budget, 'year' | 'place'>)[];
  readonly unchanged: readonly PurchaseOrder[];
}

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
    /** True where one transaction opens so many orders beside what is released to them. */
    canOpen(orders: readonly PurchaseOrder[], released: Released): boolean {
      const more = released.heads.length + released.money.length + released.unchanged.length;
      return orders.reduce((sum, o) => sum + 2 + sitesOf(o).length, 1) + more <= mostActions;
    },
    /**
     * Several orders, each with its event, and what is released to them with what it moves of the year's money, or none of
     * it; the change is the first one's. Of the orders `unchanged` nothing may have come since they were read.
     * @throws Changed
     */
    async commitOpenedOrders(
      orders: readonly { order: PurchaseOrder; event: Event }[],
      released: Released,
      change: Change,
    ): Promise<void> {
      await engine.commit([
        ...orders.flatMap(({ order }) => items.openOrderActions(table, order)),
        ...released.heads.map((head) => requisitionAction(table, head)),
        ...released.money.map((money) => moneyAction(table, money, money)),
        ...released.unchanged.map((order) => items.unchangedAction(table, order)),
        ...orders.flatMap(({ order, event }) =>
          event === change.event
            ? engine.changeActions(key.orderKey(order.id).pk, change, order.site)
            : [eventAction(table, key.orderKey(order.id).pk, event, order.site)],
        ),
      ]);
    },
    /** An order as a step leaves it, with what is told to the supplier's system and who may order again. @throws Changed */
    async commitOrder(
      order: PurchaseOrder,
      { message, returned = [] }: { message?: OrderMessage | undefined; returned?: readonly StoredRequisition[] },
      change: Change,
    ): Promise<void> {
      const isOver = order.state === 'closed' || order.state === 'cancelled';
      await engine.commit([
        items.orderAction(table, order),
        ...(isOver ? items.nobodyWaitsActions(table, order) : []),
        ...(message ? [messageAction(table, message)] : []),
        ...returned.map((head) => requisitionAction(table, head)),
        ...engine.changeActions(key.orderKey(order.id).pk, change, order.site),
      ]);
    },
    /** @throws Refusal `document-known` where the supplier's number was entered before */
    async commitInvoices(order: PurchaseOrder, invoices: items.SteppedInvoices, change: Change): Promise<void> {
      await engine.commit([
        ...items.invoiceActions(table, order, invoices),
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
     * What suppliers still owe a site: units of a GTIN and the day they are due, order by order. Its own shares of orders
     * that go elsewhere are among it, and what it takes in for others is not.
     */
    async listOpenOrderLines(site: string): Promise<OpenLine[]> {
      const orders = await openOrdersOf(site);
      return orders.filter((o) => isUnderWay(o.state)).flatMap((o) => openLinesFor(o, site));
    },
    /** A site no longer waits for an order that has ended: what came of it for the site was sent on. */
    async stopWaiting(order: PurchaseOrder, site: string): Promise<void> {
      await engine.commit([items.waitsNoMoreAction(table, order, site)]);
    },
  };
};
