/**
 * An order as machines read it: what a supplier's own system is sent. Named by the order's id, so that the same message
 * twice is one order there; the version says which of two is newer. It names no person.
 */
import * as z from 'zod';
import type { PurchaseOrder } from './purchase-order.ts';
import type { Supplier } from './supplier.ts';

export const messageKinds = ['order', 'cancellation'] as const;
export type MessageKind = (typeof messageKinds)[number];

interface Place {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly address?: string | undefined;
}

/** What everybody who is sent an order needs to know of it, whatever the form: JSON, UBL, paper. */
export interface OrderText {
  readonly order: PurchaseOrder;
  readonly number: string;
  readonly supplier: Supplier;
  readonly site: Place;
}

const MessageLine = z.object({
  line: z.int(),
  gtin: z.string(),
  name: z.string(),
  packs: z.int(),
  unitsPerPack: z.int(),
  packPrice: z.int(),
  amount: z.int(),
});

export const OrderMessageBody = z
  .object({
    type: z.enum(messageKinds),
    /** Of the order: the same in every message of it. */
    id: z.string(),
    number: z.string(),
    version: z.int(),
    issued: z.string(),
    due: z.string(),
    currency: z.string(),
    /** Amounts are integers in the smallest unit of the currency. */
    amount: z.int(),
    supplier: z.object({ id: z.string(), name: z.string(), taxId: z.string().exactOptional() }),
    deliverTo: z.object({
      id: z.string(),
      name: z.string(),
      region: z.string(),
      address: z.string().exactOptional(),
    }),
    note: z.string().exactOptional(),
    lines: z.array(MessageLine),
  })
  .meta({ id: 'OrderMessage', description: 'What a supplier’s system is sent' });
export type OrderMessageBody = z.infer<typeof OrderMessageBody>;

/** Packs that a line is told with: of a cancellation, those that did not come. */
const packsOf = (kind: MessageKind, { packs, packUnits, receivedUnits }: PurchaseOrder['lines'][number]): number =>
  kind === 'order' ? packs : Math.max(0, packs - Math.floor(receivedUnits / packUnits));

/** An order, or the cancellation of what of it has not come. */
export const orderMessage = (kind: MessageKind, { order, number, supplier, site }: OrderText): OrderMessageBody => ({
  type: kind,
  id: order.id,
  number,
  version: order.version,
  issued: order.at,
  due: order.due,
  currency: order.currency,
  amount: order.lines.reduce((sum, line) => sum + packsOf(kind, line) * line.packPrice, 0),
  supplier: {
    id: supplier.id,
    name: supplier.name,
    ...(supplier.taxId !== undefined && { taxId: supplier.taxId }),
  },
  deliverTo: {
    id: site.id,
    name: site.name,
    region: site.region,
    ...(site.address !== undefined && { address: site.address }),
  },
  ...(order.note !== undefined && { note: order.note }),
  lines: order.lines
    .map((line) => ({ ...line, packs: packsOf(kind, line) }))
    .filter(({ packs }) => packs > 0)
    .map(({ line, gtin, brand, packs, packUnits, packPrice }) => ({
      line,
      gtin,
      name: brand,
      packs,
      unitsPerPack: packUnits,
      packPrice,
      amount: packs * packPrice,
    })),
});

/** How often a message is tried: with the pauses, for some two days. */
export const mostTries = 14;
const [firstPauseMs, longestPauseMs] = [60_000, 12 * 3_600_000];

/**
 * Milliseconds until the next try after so many: a minute, doubled each time, to half a day at most, and up to a fifth more
 * by `chance` (in [0, 1)), so that suppliers who were away together are not asked together.
 */
export const pauseAfter = (tries: number, chance: number): number =>
  Math.round(Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, tries - 1)) * (1 + chance / 5));
