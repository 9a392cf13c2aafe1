/** Purchase orders: opened from what was asked for, sent, received, invoiced, closed. */
import { SiteId } from '@darmon/domain/actor';
import { Reason } from '@darmon/domain/event';
import { shortNumber } from '@darmon/domain/ledger';
import { listOf, PageQuery } from '@darmon/domain/list';
import { Gtin, MedicineCode } from '@darmon/domain/medicine';
import { Invoice, Match } from '@darmon/domain/order-match';
import { messageKinds } from '@darmon/domain/order-message';
import { maxOrderLines, OrderState, PurchaseOrder } from '@darmon/domain/purchase-order';
import { Amount, Currency, Packs, SupplierId } from '@darmon/domain/supplier';
import { Day, Instant } from '@darmon/domain/time';
import { defineRoutes } from '@darmon/http/route';
import * as z from 'zod';

const buyers = { planner: 'all' } as const;
const overseers = { ...buyers, approver: 'all', chief: 'all', auditor: 'all' } as const;
const readers = { ...overseers, quality: 'all', warehouse: 'own', pharmacist: 'own' } as const;

const Ulid = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
const params = z.object({ id: Ulid });
/** Requisitions that are put together at once. */
const maxRequisitions = 40;

const stepShape = {
  id: z.string(),
  number: z.string().meta({ description: 'What people call the order by' }),
  state: OrderState,
  version: z.int(),
  supplier: SupplierId,
  site: SiteId,
  value: Amount,
  currency: Currency,
  due: Day,
};
const OrderStep = z.object(stepShape).meta({ id: 'OrderStepTaken', description: 'How the order stands now' });
const OrderSummary = z
  .object({
    ...stepShape,
    at: Instant,
    valueTiyin: Amount,
    lines: z.int(),
    full: z.int().meta({ description: 'Lines of which all packs came' }),
    sites: z.int(),
    sentAt: Instant.exactOptional(),
    attention: PurchaseOrder.shape.attention,
    undelivered: z.literal(true).exactOptional().meta({ description: 'The supplier’s system does not take it' }),
  })
  .meta({ id: 'OrderSummary' });

const Told = z
  .object({
    kind: z.enum(messageKinds),
    state: z.enum(['waiting', 'delivered', 'failed', 'dropped']),
    tries: z.int(),
    at: Instant,
    nextAt: Instant,
    last: z.union([z.int(), z.enum(['timeout', 'unreachable', 'no-address'])]).exactOptional(),
    lastAt: Instant.exactOptional(),
  })
  .meta({ id: 'OrderTold', description: 'What the supplier’s system was told, and how the last try ended' });

const WholeOrder = PurchaseOrder.extend({
  number: z.string(),
  supplierName: z.string(),
  invoices: z.array(Invoice),
  match: Match,
  messages: z.array(Told),
  waiting: z
    .array(
      z
        .object({ site: SiteId, medicine: MedicineCode, gtin: Gtin, quantity: z.int(), since: Day })
        .meta({ id: 'OrderWaiting' }),
    )
    .meta({ description: 'Units that came for other sites and are theirs until they are sent on, or said to stay' }),
}).meta({ id: 'WholeOrder', description: 'An order with its receipts, invoices, and how the three agree' });

const version = z
  .int()
  .positive()
  .exactOptional()
  .meta({ description: 'That was read; refused where it is another now' });

const id = '01KAGZ5V9YV1Q5T1M0E9J7R2CD';
const step = {
  id,
  number: shortNumber(id),
  state: 'open',
  version: 1,
  supplier: 'SU-0001',
  site: 'WH-0001',
  value: 24_000_000,
  currency: 'UZS',
  due: '2026-11-27',
} as const;
const at = '2026-11-20T09:30:00.000Z';
const order = {
  ...step,
  author: 'planner',
  at,
  valueTiyin: step.value,
  lines: [
    {
      line: 1,
      gtin: '09521020199013',
      medicine: 'AMOX500CAP',
      brand: 'Amoxil',
      packUnits: 16,
      packs: 15,
      packPrice: 1_600_000,
      receivedUnits: 0,
      requisitions: [{ site: 'PH-0001', packs: 12, id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE', line: 1 }],
    },
  ],
  receipts: [],
  supplierName: 'Namuna Farm',
  invoices: [],
  match: {
    lines: [
      {
        gtin: '09521020199013',
        packUnits: 16,
        orderedUnits: 240,
        receivedUnits: 0,
        invoicedUnits: 0,
        ordered: 24_000_000,
        received: 0,
        invoiced: 0,
        payable: 0,
      },
    ],
    differences: [],
    ordered: 24_000_000,
    received: 0,
    invoiced: 0,
    payable: 0,
    paid: 0,
    agrees: false,
  },
  messages: [],
  waiting: [],
};
const summary = { ...step, at, valueTiyin: step.value, lines: 1, full: 0, sites: 2 };
export const orderRoutes = defineRoutes({
  openOrders: {
    method: 'POST',
    path: '/api/orders',
    summary:
      'Open one order for each supplier from approved requisitions and lines by hand; what is released is ordered once',
    access: buyers,
    body: z
      .object({
        site: SiteId.meta({ description: 'Where it is delivered' }),
        requisitions: z.array(Ulid).max(maxRequisitions).exactOptional(),
        lines: z
          .array(z.strictObject({ gtin: Gtin, packs: Packs, site: SiteId.exactOptional() }))
          .max(maxOrderLines)
          .exactOptional(),
        choose: z
          .array(z.strictObject({ gtin: Gtin, supplier: SupplierId }))
          .max(maxOrderLines)
          .exactOptional()
          .meta({ description: 'In place of the cheapest that delivers in time' }),
        due: Day.exactOptional(),
        note: z.string().trim().min(1).max(300).exactOptional(),
      })
      .meta({ id: 'OrdersToOpen' }),
    answers: { 201: z.object({ orders: z.array(OrderStep) }) },
    keyed: true,
    example: {
      body: { site: 'WH-0001', lines: [{ gtin: '09521020199013', packs: 12 }] },
      answer: { orders: [step] },
    },
  },
  listOrders: {
    method: 'GET',
    path: '/api/orders',
    summary: 'Orders by what is to do with them, or of one supplier; the newest first',
    access: overseers,
    query: PageQuery.extend({
      group: z.enum(['attention', 'open', 'over']).exactOptional(),
      supplier: SupplierId.exactOptional(),
    }),
    answers: { 200: listOf(OrderSummary) },
    keyed: false,
    example: { answer: { items: [summary] } },
  },
  listOrdersFor: {
    method: 'GET',
    path: '/api/sites/{site}/orders',
    summary: 'Orders that a site still waits for, the first due first',
    access: readers,
    params: z.object({ site: SiteId }),
    answers: { 200: z.object({ items: z.array(OrderSummary) }) },
    keyed: false,
    example: { answer: { items: [summary] } },
  },
  readOrder: {
    method: 'GET',
    path: '/api/orders/{id}',
    summary: 'One order with its receipts, invoices, how the three agree, and what the supplier was told',
    access: readers,
    params,
    answers: { 200: WholeOrder },
    keyed: false,
    example: { answer: order },
  },
  sendOrder: {
    method: 'POST',
    path: '/api/orders/{id}/send',
    summary:
      'Record that it goes to the supplier, and send it where the supplier has an address; again, it is the same order',
    access: buyers,
    params,
    body: z.strictObject({ version }).meta({ id: 'OrderToSend' }),
    answers: { 200: OrderStep },
    keyed: true,
    example: { body: { version: 1 }, answer: { ...step, state: 'sent', version: 2 } },
  },
  acknowledgeOrder: {
    method: 'POST',
    path: '/api/orders/{id}/acknowledge',
    summary: 'Record that the supplier said yes, with its own number and day',
    access: buyers,
    params,
    body: z
      .strictObject({ version, number: z.string().trim().min(1).max(40).exactOptional(), due: Day.exactOptional() })
      .meta({ id: 'OrderAcknowledged' }),
    answers: { 200: OrderStep },
    keyed: true,
    example: { body: { number: 'S-77', due: '2026-11-28' }, answer: { ...step, state: 'acknowledged', version: 3 } },
  },
  cancelOrder: {
    method: 'POST',
    path: '/api/orders/{id}/cancel',
    summary: 'Take it back, or the rest of it; what never came is approved again for those who asked for it',
    access: buyers,
    params,
    body: z.strictObject({ version, reason: Reason }).meta({ id: 'OrderToCancel' }),
    answers: { 200: OrderStep },
    keyed: true,
    example: { body: { reason: 'another supplier is sooner' }, answer: { ...step, state: 'cancelled', version: 3 } },
  },
  closeOrder: {
    method: 'POST',
    path: '/api/orders/{id}/close',
    summary: 'Nothing more is to come or needed; a reason is needed where something is missing',
    access: buyers,
    params,
    body: z.strictObject({ version, reason: Reason.exactOptional() }).meta({ id: 'OrderToClose' }),
    answers: { 200: OrderStep },
    keyed: true,
    example: { body: { reason: 'out of production' }, answer: { ...step, state: 'closed', version: 4 } },
  },
  keepOrdered: {
    method: 'POST',
    path: '/api/orders/{id}/keep',
    summary: 'Say that what came for a site stays where it was delivered; the site no longer counts on it',
    access: buyers,
    params,
    body: z.strictObject({ version, site: SiteId, reason: Reason }).meta({ id: 'OrderToKeep' }),
    answers: { 200: OrderStep },
    keyed: true,
    example: {
      body: { site: 'PH-0001', reason: 'the pharmacy closes' },
      answer: { ...step, state: 'received', version: 5 },
    },
  },
  readOrderKey: {
    method: 'GET',
    path: '/api/order-key',
    summary: 'The public key that orders are signed with, to hand to a supplier’s system once',
    access: { planner: 'all', admin: 'all', auditor: 'all' },
    answers: {
      200: z
        .object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string(), kid: z.string() })
        .meta({ id: 'OrderKey', description: 'JWK (RFC 7517); `kid` is what signatures name' }),
    },
    keyed: false,
    example: {
      answer: {
        kty: 'EC',
        crv: 'P-256',
        x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
        y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
        kid: 'oKnlFQ',
      },
    },
  },
});
