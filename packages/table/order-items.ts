/** Orders as items: the order with its lines packed, a small item for each site that waits for it, its invoices. */
import { Invoice } from '@darmon/domain/order-match';
import { isUnderWay, OrderLine, PurchaseOrder, sitesOf } from '@darmon/domain/purchase-order';
import {
  allOrdersPartition,
  invoiceKey,
  invoiceNumberKey,
  openOrdersPartition,
  orderKey,
  orderShareKey,
  ordersPartition,
} from './keys.ts';
import { packedLines, unpackedLines } from './packed-lines.ts';
import type { Item } from './page.ts';
import { type Action, absent, atVersion, put, update } from './transact.ts';

/** What is to do with an order: somebody should look, it goes on, it is over. */
export const orderGroups = ['attention', 'open', 'over'] as const;
export type OrderGroup = (typeof orderGroups)[number];

const groupOf = (order: PurchaseOrder): OrderGroup => {
  if (order.attention) return 'attention';
  return isUnderWay(order.state) || order.state === 'received' ? 'open' : 'over';
};

/** @throws if the item is not what was stored */
export const parseOrder = (item: Item): PurchaseOrder =>
  PurchaseOrder.parse({ ...item, lines: unpackedLines(OrderLine, item) });

const orderItem = ({ lines, ...order }: PurchaseOrder) => ({
  ...orderKey(order.id),
  ...order,
  ...packedLines(lines),
  gsi1pk: ordersPartition(order.supplier),
  gsi1sk: order.id,
  gsi2pk: allOrdersPartition,
  gsi2sk: `${groupOf({ ...order, lines })}#${order.id}`,
});

/** A new order, found by each site that waits for something of it. */
export const openOrderActions = (table: string, order: PurchaseOrder): Action[] => [
  put(table, orderItem(order), absent, 'changed'),
  ...sitesOf(order).map((site) =>
    put(
      table,
      { ...orderShareKey(order.id, site), order: order.id, gsi2pk: openOrdersPartition(site), gsi2sk: order.id },
      absent,
      'changed',
    ),
  ),
];

/** The order as a step leaves it; `changed` where somebody else took one. */
export const orderAction = (table: string, order: PurchaseOrder): Action =>
  put(table, orderItem(order), atVersion(order.version - 1), 'changed');

/** Nobody waits for it any more. */
export const nobodyWaitsActions = (table: string, order: PurchaseOrder): Action[] =>
  sitesOf(order).map((site) =>
    update(
      table,
      orderShareKey(order.id, site),
      { expression: 'SET #ended = :yes REMOVE gsi2pk, gsi2sk', names: { '#ended': 'ended' }, values: { ':yes': true } },
      { expression: 'attribute_exists(pk)' },
      'changed',
    ),
  );

export const parseInvoice = (item: Item): Invoice => Invoice.parse({ ...item, lines: item.lines });

/** An invoice with its order; a supplier's number is entered once, whichever order it names. */
export const invoiceActions = (table: string, order: PurchaseOrder, invoice: Invoice): Action[] => [
  put(table, { ...invoiceKey(order.id, invoice.id), ...invoice }, absent, 'changed'),
  put(table, { ...invoiceNumberKey(order.supplier, invoice.number), order: order.id }, absent, 'document-known'),
];
