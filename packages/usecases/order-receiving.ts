/** A receipt that names its order: what came is counted there, and what nobody had asked for becomes a discrepancy. */
import type { Entry } from '@darmon/domain/posting';
import { type PurchaseOrder, receiveOrder, sitesOf, uncountReceipt } from '@darmon/domain/purchase-order';
import type { Discrepancy } from '@darmon/domain/receiving';
import { refuseAt } from '@darmon/domain/refusal';
import type { Deps } from './deps.ts';

/** Whatever else people write there is a number of somebody else's order, and stays a text. */
const isOurs = (order: string): boolean => /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(order);

/** @throws Refusal `not-found` of an order that is not delivered to the site */
export const loadOrderToReceive = async (
  deps: Deps,
  { order: id, site }: { readonly order?: string; readonly site: string },
): Promise<PurchaseOrder | undefined> => {
  if (id === undefined || !isOurs(id)) return undefined;
  const order = await deps.table.loadOrder(id);
  if (!order || !sitesOf(order).includes(site)) throw refuseAt('not-found', '/order');
  return order;
};

/** What a supplier answers for. */
const faults: ReadonlySet<Discrepancy['kind']> = new Set([
  'damaged',
  'wrong-lot',
  'wrong-expiry',
  'unknown',
  'cold-chain',
]);

/**
 * The order as a receipt leaves it, and what of it nobody had asked for. Where a list announced the goods, what is over was
 * told by lot already.
 */
export const countAgainst = (
  order: PurchaseOrder,
  came: {
    readonly receipt: string;
    readonly site: string;
    readonly day: string;
    readonly entries: readonly Entry[];
    readonly found: readonly Discrepancy[];
    readonly announced: boolean;
  },
): { order: PurchaseOrder; discrepancies: Discrepancy[] } => {
  const units = new Map<string, number>();
  for (const { gtin, quantity } of came.entries) units.set(gtin, (units.get(gtin) ?? 0) + quantity);
  const counted = receiveOrder(order, {
    receipt: came.receipt,
    site: came.site,
    day: came.day,
    units,
    faults: came.found.filter((d) => faults.has(d.kind)).length,
  });
  return {
    order: counted.order,
    discrepancies: counted.unasked
      .filter(({ kind }) => kind !== 'over' || !came.announced)
      .map(({ kind, gtin, expected, received }) => ({ kind, gtin, expected, received })),
  };
};

/** The order of a receipt without what of it is taken back; undefined where nothing of it was counted for an order. */
export const uncounted = async (
  deps: Deps,
  back: { readonly receipt: string; readonly gtin: string; readonly units: number },
): Promise<PurchaseOrder | undefined> => {
  const id = (await deps.table.loadReceipt(back.receipt))?.order;
  const order = id !== undefined && isOurs(id) ? await deps.table.loadOrder(id) : undefined;
  const after = order && uncountReceipt(order, back);
  return after === order ? undefined : after;
};
