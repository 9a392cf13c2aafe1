/**
 * Purchase orders: one for each supplier (and currency), from what many sites asked for; sent, acknowledged, received in
 * parts, closed or cancelled. What came is counted in units, and less only where its receipt is taken back; goods that come
 * after the end of an order are counted too, because they are there.
 */
import * as z from 'zod';
import { PersonId, SiteId } from './actor.ts';
import { Gtin, MedicineCode } from './medicine.ts';
import { Refusal, refuseAt } from './refusal.ts';
import {
  Amount,
  addDays,
  Currency,
  homeCurrency,
  inTiyin,
  orderablePacks,
  Packs,
  type Price,
  Rate,
  SupplierId,
} from './supplier.ts';
import { Day, Instant } from './time.ts';

export const maxOrderLines = 500;
/** Sites that one order is for: each has a line of its own in the list of what it waits for. */
const maxOrderSites = 25;
const maxOrderReceipts = 200;

const orderStates = ['open', 'sent', 'acknowledged', 'partly-received', 'received', 'closed', 'cancelled'] as const;
export const OrderState = z.enum(orderStates).meta({ id: 'OrderState' });
export type OrderState = z.infer<typeof OrderState>;

/** For whom, of which requisition; packs of the line that go there. */
const OrderShare = z
  .object({ site: SiteId, packs: Packs, id: z.string().exactOptional(), line: z.int().positive().exactOptional() })
  .meta({ id: 'OrderShare', description: 'Packs of a line that a site asked for, with its requisition and line' });
export type OrderShare = z.infer<typeof OrderShare>;

export const OrderLine = z
  .object({
    line: z.int().positive(),
    gtin: Gtin,
    medicine: MedicineCode,
    brand: z.string(),
    packUnits: z.int().positive(),
    packs: Packs,
    /** In the smallest unit of the order's currency. */
    packPrice: Amount,
    receivedUnits: z.int().nonnegative(),
    requisitions: z.array(OrderShare),
  })
  .meta({
    id: 'OrderLine',
    description: 'Packs of one GTIN at a price, and for whom; what is beyond the shares is for where it is delivered',
  });
export type OrderLine = z.infer<typeof OrderLine>;

/** A receipt that named the order. `unwanted`: it came when the order had ended. `faults`: how often it differed by the supplier's fault. */
const OrderReceipt = z.object({
  id: z.string(),
  site: SiteId,
  day: Day,
  units: z.array(z.object({ line: z.int(), units: z.int().positive() })),
  /** GTINs that were not ordered. */
  others: z.array(z.object({ gtin: Gtin, units: z.int().positive() })),
  faults: z.int().nonnegative(),
  unwanted: z.boolean().exactOptional(),
});
export type OrderReceipt = z.infer<typeof OrderReceipt>;

const Step = z.object({ person: PersonId, at: Instant, reason: z.string().exactOptional() });

export const PurchaseOrder = z
  .object({
    id: z.string(),
    supplier: SupplierId,
    /** Where it is delivered. */
    site: SiteId,
    state: OrderState,
    version: z.int().positive(),
    author: PersonId,
    at: Instant,
    currency: Currency,
    rate: Rate.exactOptional(),
    lines: z.array(OrderLine).min(1).max(maxOrderLines),
    /** In the smallest unit of the currency, and the same in tiyin. */
    value: Amount,
    valueTiyin: Amount,
    due: Day,
    note: z.string().exactOptional(),
    sentAt: Instant.exactOptional(),
    sentBy: PersonId.exactOptional(),
    acknowledged: Step.extend({ number: z.string().exactOptional(), due: Day.exactOptional() }).exactOptional(),
    ended: Step.exactOptional(),
    receipts: z.array(OrderReceipt).max(maxOrderReceipts),
    /** Sites whose packs stay where they were delivered. */
    stays: z.array(SiteId).exactOptional(),
    /** Why somebody should look: it came after its end, or the supplier's address does not take it. */
    attention: z.enum(['came-after-end', 'not-delivered']).exactOptional(),
  })
  .meta({ id: 'PurchaseOrder', description: 'An order, what came of it and what it is for' });
export type PurchaseOrder = z.infer<typeof PurchaseOrder>;

/** What is to be ordered: by a requisition's line, or by hand. */
export interface Demand {
  readonly gtin: string;
  readonly packs: number;
  readonly site: string;
  readonly requisition?: { readonly id: string; readonly line: number } | undefined;
}

/** A demand with the price that was chosen for it. */
export interface Priced extends Demand {
  readonly price: Price;
}

/** The parts that are the same for orders that are opened together. */
export interface OpenedBy {
  readonly site: string;
  readonly person: string;
  readonly at: string;
  readonly today: string;
  readonly due?: string | undefined;
  readonly note?: string | undefined;
  readonly newId: () => string;
}

const orderValue = (lines: readonly Pick<OrderLine, 'packs' | 'packPrice'>[]): number =>
  lines.reduce((sum, l) => sum + l.packs * l.packPrice, 0);

/**
 * One order for each supplier and currency, and in it one line for each GTIN with the shares of all sites that asked for it.
 * Minimum and multiple are met by the line, not by each site, and what that adds is for the place of delivery. It is due when
 * its slowest line is, unless a day is given.
 * @throws Refusal `order-too-large` (more lines, sites or money than one order holds)
 */
export const openOrders = (demands: readonly Priced[], by: OpenedBy): PurchaseOrder[] => {
  const groups = Map.groupBy(demands, ({ price }) => `${price.supplier}#${price.currency}`);
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => {
      const byGtin = Map.groupBy(group, (d) => d.gtin);
      const [first] = group as [Priced];
      const lines = [...byGtin.values()].map((same, i): OrderLine => {
        const [{ price, gtin }] = same as [Priced];
        return {
          line: i + 1,
          gtin,
          medicine: price.medicine,
          brand: price.brand,
          packUnits: price.packUnits,
          packs: orderablePacks(
            same.reduce((sum, d) => sum + d.packs, 0),
            price,
          ),
          packPrice: price.packPrice,
          receivedUnits: 0,
          requisitions: same.map(({ site, packs, requisition }) => ({ site, packs, ...requisition })),
        };
      });
      const value = orderValue(lines);
      const sites = sitesOf({ site: by.site, lines });
      const tooMuch = lines.some((l) => l.packs > 1_000_000) || !Number.isSafeInteger(value) || value > 1e15;
      if (lines.length > maxOrderLines || sites.length > maxOrderSites || tooMuch) throw new Refusal('order-too-large');
      const slowest = Math.max(...group.map((d) => d.price.leadDays));
      const { rate, currency, supplier } = first.price;
      return {
        id: by.newId(),
        supplier,
        site: by.site,
        state: 'open',
        version: 1,
        author: by.person,
        at: by.at,
        currency,
        ...(currency !== homeCurrency && rate !== undefined && { rate }),
        lines,
        value,
        valueTiyin: inTiyin(value, currency === homeCurrency ? undefined : rate),
        due: by.due ?? addDays(by.today, slowest),
        ...(by.note !== undefined && { note: by.note }),
        receipts: [],
      };
    });
};

/** Every site that waits for something of an order, the place of delivery among them. */
export const sitesOf = ({ site, lines }: Pick<PurchaseOrder, 'site' | 'lines'>): string[] =>
  [...new Set([site, ...lines.flatMap((l) => l.requisitions.map((r) => r.site))])].sort();

/** Orders of which something may still come. */
export const isUnderWay = (state: OrderState): boolean =>
  state === 'open' || state === 'sent' || state === 'acknowledged' || state === 'partly-received';

const closed = (): Refusal => new Refusal('order-ended');

type Stepped = Pick<z.infer<typeof Step>, 'person' | 'at'>;

/** @throws Refusal `order-ended` */
export const sendOrder = (order: PurchaseOrder, by: Stepped): PurchaseOrder => {
  if (!isUnderWay(order.state)) throw closed();
  return {
    ...order,
    version: order.version + 1,
    state: order.state === 'open' ? 'sent' : order.state,
    sentAt: order.sentAt ?? by.at,
    sentBy: order.sentBy ?? by.person,
  };
};

/**
 * The supplier said yes, perhaps with a number and a day of its own. The day asked for stays: the scorecard goes by it.
 * @throws Refusal `order-ended`, `order-not-sent`
 */
export const acknowledgeOrder = (
  order: PurchaseOrder,
  by: Stepped & { readonly number?: string | undefined; readonly due?: string | undefined },
): PurchaseOrder => {
  if (!isUnderWay(order.state)) throw closed();
  if (order.sentAt === undefined) throw new Refusal('order-not-sent');
  const { person, at, number, due } = by;
  return {
    ...order,
    version: order.version + 1,
    state: order.state === 'sent' ? 'acknowledged' : order.state,
    acknowledged: { person, at, ...(number !== undefined && { number }), ...(due !== undefined && { due }) },
  };
};

/**
 * Nothing more is wanted of it; of which something came already, it is closed by that. What never came is still needed,
 * and waits to be ordered again: who asked for it is told by `returned`.
 * @throws Refusal `order-ended`
 */
export const cancelOrder = (order: PurchaseOrder, by: Stepped & { readonly reason: string }): PurchaseOrder => {
  if (!isUnderWay(order.state)) throw closed();
  return {
    ...order,
    version: order.version + 1,
    state: order.receipts.length > 0 ? 'closed' : 'cancelled',
    ended: { person: by.person, at: by.at, reason: by.reason },
  };
};

/**
 * Nothing more is to come, and what is missing is not needed any more. An order of which something is missing says why.
 * @throws Refusal `order-ended`, `reason-missing`
 */
export const closeOrder = (
  order: PurchaseOrder,
  by: Stepped & { readonly reason?: string | undefined },
): PurchaseOrder => {
  if (order.state === 'closed' || order.state === 'cancelled') throw closed();
  if (order.state !== 'received' && by.reason === undefined) throw refuseAt('reason-missing', '/reason');
  const { person, at, reason } = by;
  const { attention: _, ...rest } = order;
  return {
    ...rest,
    version: order.version + 1,
    state: 'closed',
    ended: { person, at, ...(reason !== undefined && { reason }) },
  };
};

/** What came in one receipt, in units by GTIN. */
export interface Came {
  readonly receipt: string;
  readonly site: string;
  readonly day: string;
  readonly units: ReadonlyMap<string, number>;
  readonly faults: number;
}

/** Units beyond what was still open: of a line, of a GTIN that was never ordered, or all of an order that had ended. */
export interface Unasked {
  readonly kind: 'over' | 'not-ordered';
  readonly gtin: string;
  readonly expected: number;
  readonly received: number;
}

const isFull = (l: OrderLine): boolean => l.receivedUnits >= l.packs * l.packUnits;

/**
 * Counts a receipt against its order, and says what of it nobody had asked for. An order that was cancelled or closed keeps
 * its state, counts what came all the same and asks for attention: the goods are in the building.
 * @throws Refusal `order-too-large` after very many receipts
 */
export const receiveOrder = (order: PurchaseOrder, came: Came): { order: PurchaseOrder; unasked: Unasked[] } => {
  if (order.receipts.length >= maxOrderReceipts) throw new Refusal('order-too-large');
  const hasEnded = order.state === 'cancelled' || order.state === 'closed';
  const units: { line: number; units: number }[] = [];
  const others: { gtin: string; units: number }[] = [];
  const unasked: Unasked[] = [];
  const lines = [...order.lines];
  for (const [gtin, received] of came.units) {
    if (received <= 0) continue;
    const at = lines.findIndex((l) => l.gtin === gtin);
    const line = lines[at];
    if (!line) {
      others.push({ gtin, units: received });
      unasked.push({ kind: 'not-ordered', gtin, expected: 0, received });
      continue;
    }
    const open = Math.max(0, line.packs * line.packUnits - line.receivedUnits);
    units.push({ line: line.line, units: received });
    lines[at] = { ...line, receivedUnits: line.receivedUnits + received };
    if (hasEnded) unasked.push({ kind: 'not-ordered', gtin, expected: 0, received });
    else if (received > open) unasked.push({ kind: 'over', gtin, expected: open, received });
  }
  const receipt: OrderReceipt = {
    id: came.receipt,
    site: came.site,
    day: came.day,
    units,
    others,
    faults: came.faults,
    ...(hasEnded && { unwanted: true }),
  };
  const begun = lines.some((l) => l.receivedUnits > 0) ? 'partly-received' : order.state;
  const state = hasEnded ? order.state : lines.every(isFull) ? 'received' : begun;
  const next: PurchaseOrder = {
    ...order,
    version: order.version + 1,
    state,
    lines,
    receipts: [...order.receipts, receipt],
    ...(hasEnded && { attention: 'came-after-end' as const }),
  };
  return { order: next, unasked };
};

/**
 * The order without units of a GTIN that a receipt had counted there and that were taken back as a mistake: it waits for
 * them again, unless it has ended. An order that does not have them from that receipt stays as it is.
 */
export const uncountReceipt = (
  order: PurchaseOrder,
  back: { readonly receipt: string; readonly gtin: string; readonly units: number },
): PurchaseOrder => {
  const line = order.lines.find(({ gtin }) => gtin === back.gtin);
  let taken = 0;
  const less = <T extends { readonly units: number }>(all: readonly T[], isIt: (one: T) => boolean): T[] =>
    all.flatMap((one) => {
      if (!isIt(one)) return [one];
      taken = Math.min(one.units, back.units);
      return taken < one.units ? [{ ...one, units: one.units - taken }] : [];
    });
  const receipts = order.receipts.map((receipt) =>
    receipt.id === back.receipt
      ? {
          ...receipt,
          units: less(receipt.units, (one) => one.line === line?.line),
          others: less(receipt.others, ({ gtin }) => gtin === back.gtin),
        }
      : receipt,
  );
  if (taken === 0) return order;
  const lines = order.lines.map((one) =>
    one === line ? { ...one, receivedUnits: Math.max(0, one.receivedUnits - taken) } : one,
  );
  const waiting = order.acknowledged ? 'acknowledged' : order.sentAt === undefined ? 'open' : 'sent';
  const begun = lines.some((one) => one.receivedUnits > 0) ? 'partly-received' : waiting;
  const state = !isUnderWay(order.state) && order.state !== 'received' ? order.state : begun;
  return { ...order, version: order.version + 1, state: lines.every(isFull) ? order.state : state, lines, receipts };
};

/** What a site still waits for of one order. */
export interface OpenLine {
  readonly medicine: string;
  readonly gtin: string;
  /** Units. */
  readonly quantity: number;
  readonly due: string;
}

/**
 * What a site waits for: its own shares, and at the place of delivery what is beyond the shares of others. What came fills
 * the shares in their order, so all sites together wait for what is open and not for more.
 */
export const openLinesFor = (order: PurchaseOrder, site: string): OpenLine[] => {
  if (!isUnderWay(order.state)) return [];
  const due = order.acknowledged?.due ?? order.due;
  return order.lines.flatMap((line) => {
    let came = line.receivedUnits;
    let shared = 0;
    let quantity = 0;
    const waitsFor = (units: number): number => {
      const taken = Math.min(came, units);
      came -= taken;
      return units - taken;
    };
    for (const share of line.requisitions) {
      // rounded orders hold more than the shares, never less
      const left = waitsFor(share.packs * line.packUnits);
      shared += share.packs;
      if (share.site === site) quantity += left;
    }
    const rest = waitsFor(Math.max(0, line.packs - shared) * line.packUnits);
    if (order.site === site) quantity += rest;
    return quantity > 0 ? [{ medicine: line.medicine, gtin: line.gtin, quantity, due }] : [];
  });
};

/** Packs of a site that were delivered elsewhere and wait there to be sent on. */
export interface WaitingLine {
  readonly medicine: string;
  readonly gtin: string;
  /** Units. */
  readonly quantity: number;
  /** The receipt with which the first of them came (a ULID), and its day. */
  readonly receipt: string;
  readonly since: string;
}

/** Units of a line that came at a site, with the first receipt; of receipts at other sites nothing. */
const cameAt = ({ receipts }: PurchaseOrder, line: number, site: string) => {
  const own = receipts.filter((r) => r.site === site && r.units.some((u) => u.line === line));
  const units = own.flatMap((r) => r.units).filter((u) => u.line === line);
  const [first] = own.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return { units: units.reduce((sum, u) => sum + u.units, 0), first };
};

/**
 * What came of a site's shares where the order was delivered, and neither came at the site itself nor is said to stay. What
 * was sent on since is not known here.
 */
export const waitingFor = (order: PurchaseOrder, site: string): WaitingLine[] => {
  if (site === order.site || order.stays?.includes(site)) return [];
  return order.lines.flatMap(({ line, gtin, medicine, packUnits, requisitions, receivedUnits }) => {
    let left = receivedUnits;
    let came = 0;
    for (const share of requisitions) {
      const taken = Math.min(left, share.packs * packUnits);
      left -= taken;
      if (share.site === site) came += taken;
    }
    const { units: there, first } = cameAt(order, line, order.site);
    const quantity = Math.min(there, came - cameAt(order, line, site).units);
    return first && quantity > 0 ? [{ medicine, gtin, quantity, receipt: first.id, since: first.day }] : [];
  });
};

/**
 * Says that what came for a site stays where it was delivered, so that the site no longer counts on it.
 * @throws Refusal `document-closed` where nothing of it waits
 */
export const keepFor = (order: PurchaseOrder, site: string): PurchaseOrder => {
  if (waitingFor(order, site).length === 0) throw new Refusal('document-closed');
  return { ...order, version: order.version + 1, stays: [...(order.stays ?? []), site] };
};
