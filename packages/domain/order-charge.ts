/**
 * What an order costs each requisition that went into it, and what of that came. Minimum and multiple are met by a line
 * for all who asked, so what they add is paid by all of them, by the packs that each asked for.
 */
import type { OrderLine, PurchaseOrder } from './purchase-order.ts';
import { Refusal } from './refusal.ts';
import { homeCurrency, inTiyin } from './supplier.ts';

export type ChargedOrder = Pick<PurchaseOrder, 'currency' | 'lines'> & { readonly rate?: number | undefined };

/** `of * part / whole`, rounded down. */
const partOf = (of: number, part: number, whole: number): number =>
  whole === 0 ? 0 : Number((BigInt(of) * BigInt(part)) / BigInt(whole));

/** One share of a line: packs of it that came, and tiyin that it costs and that came of them. */
interface ShareCharge {
  readonly id: string | undefined;
  readonly line: number | undefined;
  readonly packs: number;
  readonly came: number;
  readonly charge: number;
  readonly spent: number;
}

/** Each share with its part of the line's value; all of them together cost just that value. What came fills them in order. */
const sharesOf = ({ currency, rate }: ChargedOrder, line: OrderLine): ShareCharge[] => {
  const value = inTiyin(line.packs * line.packPrice, currency === homeCurrency ? undefined : rate);
  const shared = line.requisitions.reduce((sum, { packs }) => sum + packs, 0);
  const surplus = Math.max(0, line.packs - shared);
  let left = Math.floor(line.receivedUnits / line.packUnits);
  const got = line.requisitions.map(({ packs }) => {
    const came = Math.min(left, packs);
    left -= came;
    return came;
  });
  const surplusCame = Math.min(left, surplus);
  let passed = 0;
  return line.requisitions.map(({ id, line: of, packs }, i): ShareCharge => {
    const before = partOf(value, passed, shared);
    passed += packs;
    const charge = partOf(value, passed, shared) - before;
    const own = surplus === 0 ? charge : Math.min(charge, partOf(value, packs, line.packs));
    const came = got[i] ?? 0;
    const spent = partOf(own, came, packs) + partOf(charge - own, surplusCame, surplus);
    return { id, line: of, packs, came, charge, spent };
  });
};

const ownShares = (order: ChargedOrder, requisition: string): ShareCharge[] =>
  order.lines.flatMap((line) => sharesOf(order, line)).filter(({ id }) => id === requisition);

/** Tiyin that an order costs a requisition, with its part of what minimum and multiple add. */
export const chargeOf = (order: ChargedOrder, requisition: string): number =>
  ownShares(order, requisition).reduce((sum, { charge }) => sum + charge, 0);

/** Tiyin of that which came; `chargeOf` where all of it did, and never more. */
export const spentOf = (order: ChargedOrder, requisition: string): number =>
  ownShares(order, requisition).reduce((sum, { spent }) => sum + spent, 0);

/** Packs of a requisition's lines that an order was for and that have not come, by line. */
export const undelivered = (order: ChargedOrder, requisition: string): ReadonlyMap<number, number> => {
  const packs = new Map<number, number>();
  for (const { line, packs: wanted, came } of ownShares(order, requisition))
    if (line !== undefined && wanted > came) packs.set(line, (packs.get(line) ?? 0) + wanted - came);
  return packs;
};

const hasEnded = ({ state }: Pick<PurchaseOrder, 'state'>): boolean => state === 'closed' || state === 'cancelled';

/** Tiyin that orders cost a requisition as they stand: all of those that go on, what came of those that have ended. */
export const heldBy = (orders: readonly (ChargedOrder & Pick<PurchaseOrder, 'state'>)[], requisition: string): number =>
  orders.reduce((sum, o) => sum + (hasEnded(o) ? spentOf(o, requisition) : chargeOf(o, requisition)), 0);

/**
 * Orders may cost a requisition what was approved, and so many percent more, since prices move while people sign.
 * @throws Refusal `order-over-approval` with both values in tiyin: the way on is an approval of the higher one
 */
export const requireWithinApproval = (
  { approved, value, requisition }: { approved: number; value: number; requisition: string },
  abovePercent: number,
  pointer: string,
): void => {
  if (value > approved + partOf(approved, Math.round(abovePercent * 100), 10_000))
    throw new Refusal('order-over-approval', { requisition, approved, cost: value, percent: abovePercent }, [
      { pointer, detail: 'order-over-approval' },
    ]);
};
