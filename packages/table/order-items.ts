/** Orders as items: the order with its lines packed, a small item for each site that waits for it, its invoices. */
import { Invoice } from '@darmon/domain/order-match';
import { isUnderWay, OrderLine, PurchaseOrder, sitesOf, waitingFor } from '@darmon/domain/purchase-order';
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

/** Fails where anything became of the order since it was read, and changes nothing. */
export const unchangedAction = (table: string, order: PurchaseOrder): Action =>
  update(table, orderKey(order.id), { expression: 'SET #version = :was' }, atVersion(order.version), 'changed');

/** An order that has ended is waited for only where something of it came elsewhere and is to be sent on. */
export const nobodyWaitsActions = (table: string, order: PurchaseOrder): Action[] =>
  sitesOf(order)
    .filter((site) => waitingFor(order, site).length === 0)
    .map((site) => waitsNoMoreAction(table, order, site));

export const waitsNoMoreAction = (table: string, order: PurchaseOrder, site: string): Action =>
  update(
    table,
    orderShareKey(order.id, site),
    { expression: 'SET #ended = :yes REMOVE gsi2pk, gsi2sk', names: { '#ended': 'ended' }, values: { ':yes': true } },
    { expression: 'attribute_exists(pk)' },
    'changed',
  );

/** What was entered before there were steps stands as it was entered. */
export const parseInvoice = (item: Item): Invoice =>
  Invoice.parse({ state: 'entered', version: 1, steps: [], ...item, lines: item.lines });

/** A supplier's number is entered once, whichever order it names; one that was given up may be entered again. */
const numberAction = (table: string, order: PurchaseOrder, invoice: Invoice): Action =>
  put(
    table,
    { ...invoiceNumberKey(order.supplier, invoice.number), order: order.id, invoice: invoice.id },
    { expression: 'attribute_not_exists(pk) OR #free = :yes', names: { '#free': 'free' }, values: { ':yes': true } },
    'document-known',
  );

const freeNumberAction = (table: string, order: PurchaseOrder, invoice: Invoice): Action =>
  put(
    table,
    { ...invoiceNumberKey(order.supplier, invoice.number), order: order.id, invoice: invoice.id, free: true },
    { expression: 'attribute_exists(pk)' },
    'changed',
  );

/** An invoice as a step leaves it, over the version before. */
const invoiceAction = (table: string, order: PurchaseOrder, invoice: Invoice): Action =>
  put(
    table,
    { ...invoiceKey(order.id, invoice.id), ...invoice },
    invoice.version === 1
      ? absent
      : {
          expression: '#version = :was OR (attribute_exists(pk) AND attribute_not_exists(#version))',
          names: { '#version': 'version' },
          values: { ':was': invoice.version - 1 },
        },
    'changed',
  );

const isSameNumber = (a: Invoice, b: Invoice): boolean => a.number.toUpperCase() === b.number.toUpperCase();

/** Invoices as a step leaves them: a new one, one that ended, both where one takes the place of another; or one that goes on. */
export interface SteppedInvoices {
  readonly entered?: Invoice;
  readonly ended?: Invoice;
  readonly stepped?: Invoice;
}

export const invoiceActions = (
  table: string,
  order: PurchaseOrder,
  { entered, ended, stepped }: SteppedInvoices,
): Action[] => {
  const keepsNumber = entered && ended && isSameNumber(entered, ended);
  return [
    ...[entered, ended, stepped].flatMap((invoice) => (invoice ? [invoiceAction(table, order, invoice)] : [])),
    ...(entered && !keepsNumber ? [numberAction(table, order, entered)] : []),
    ...(ended && !keepsNumber ? [freeNumberAction(table, order, ended)] : []),
  ];
};
