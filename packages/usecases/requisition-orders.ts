/**
 * Where requisitions and orders meet: what of a requisition is still to be ordered, what its orders cost it beside what was
 * approved, and what waits to be ordered again after a cancellation.
 */
import { chargeOf, heldBy, requireWithinApproval, undelivered } from '@darmon/domain/order-charge';
import type { PurchaseOrder } from '@darmon/domain/purchase-order';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { approvalValue, type RequisitionLine, requireStep, returned, stepped } from '@darmon/domain/requisition';
import type { MovedMoney } from '@darmon/table/budget-items';
import type { StoredRequisition } from '@darmon/table/requisition-items';
import type { LoadedRequisition } from '@darmon/table/requisitions';
import type { Deps } from './deps.ts';

interface By {
  readonly person: string;
  readonly role: 'planner';
  readonly at: string;
}

/** What of its lines nobody has ordered yet, or never came of an order that was cancelled, late deliveries taken off. */
const leftToOrder = (
  { head, lines }: LoadedRequisition,
  cancelled: readonly PurchaseOrder[],
): readonly RequisitionLine[] => {
  if (!head.rest) return lines;
  const packs = new Map<number, number>();
  for (const order of cancelled)
    for (const [line, missing] of undelivered(order, head.id)) packs.set(line, (packs.get(line) ?? 0) + missing);
  return lines.map((l) => ({ ...l, packs: packs.get(l.line) ?? 0 }));
};

/** The lines of a requisition with the packs that are still to be ordered of each. */
export const loadLeftToOrder = async (deps: Deps, of: LoadedRequisition): Promise<readonly RequisitionLine[]> =>
  leftToOrder(of, of.head.rest ? await deps.table.loadOrders(of.head.rest) : []);

export interface ToRelease {
  readonly head: StoredRequisition;
  readonly pointer: string;
  readonly lines: readonly RequisitionLine[];
  /** The orders that it went into before. */
  readonly orders: readonly PurchaseOrder[];
}

/**
 * Approved requisitions with what is still to be ordered for them.
 * @throws Refusal `not-found`, `document-closed` where one is not approved, `order-empty` where all of it has come meanwhile
 */
export const loadToRelease = (deps: Deps, ids: readonly string[]): Promise<ToRelease[]> =>
  Promise.all(
    ids.map(async (id, i) => {
      const pointer = `/requisitions/${i}`;
      const found = ids.indexOf(id) === i ? await deps.table.loadRequisition(id) : undefined;
      if (!found) throw refuseAt('not-found', pointer);
      const { head } = found;
      requireStep(head, 'release');
      const orders = head.orders ? await deps.table.loadOrders(head.orders) : [];
      const cancelled = orders.filter((order) => head.rest?.includes(order.id));
      const lines = leftToOrder(found, cancelled).filter(({ packs }) => packs > 0);
      if (lines.length === 0) throw refuseAt('order-empty', pointer);
      return { head, pointer, lines, orders };
    }),
  );

type BudgetMove = MovedMoney & { readonly year: number; readonly place: string };

/** One move for each budget, since a transaction touches it once. @throws Refusal `budget-exceeded` */
const requireMoney = async (deps: Deps, moves: readonly BudgetMove[]): Promise<BudgetMove[]> => {
  const byBudget = Map.groupBy(moves, ({ year, place }) => `${year}#${place}`);
  const sums = [...byBudget.values()].map((same) => {
    const [{ year, place }] = same as [BudgetMove];
    return { year, place, taken: same.reduce((sum, { taken = 0 }) => sum + taken, 0) };
  });
  await Promise.all(
    sums.map(async ({ year, place, taken }) => {
      const budget = taken > 0 ? await deps.table.loadBudget(year, place) : undefined;
      if (budget && budget.left < taken)
        throw new Refusal('budget-exceeded', { left: budget.left, value: taken, place });
    }),
  );
  return sums
    .filter(({ taken }) => taken !== 0)
    .map(({ taken, ...of }) => ({ ...of, ...(taken > 0 ? { taken } : { back: -taken }) }));
};

/**
 * Requisitions as their release into new orders leaves them: what is promised of the year's money is from then on what the
 * orders really cost, minimum and multiples included.
 * @throws Refusal `order-over-approval` where that is more than was approved and policy lets pass, `budget-exceeded`
 */
export const released = async (
  deps: Deps,
  all: readonly ToRelease[],
  opened: readonly PurchaseOrder[],
  { by, abovePercent }: { by: By; abovePercent: number },
): Promise<{ heads: StoredRequisition[]; money: BudgetMove[]; unchanged: PurchaseOrder[] }> => {
  const moves: BudgetMove[] = [];
  const heads = all.map(({ head, pointer, orders }): StoredRequisition => {
    const { id, parts, linesOf, taken } = head;
    const own = opened.filter((order) => chargeOf(order, id) > 0 || undelivered(order, id).size > 0);
    const value = heldBy([...orders, ...own], id);
    requireWithinApproval({ approved: approvalValue(head), value, requisition: id }, abovePercent, pointer);
    if (taken) moves.push({ year: taken.year, place: taken.place, taken: value - taken.value });
    return {
      ...stepped(head, { ...by, step: 'release' }),
      parts,
      linesOf,
      ...(taken && { taken: { ...taken, value } }),
      orders: [...(head.orders ?? []), ...own.map((order) => order.id)],
    };
  });
  // what comes late of a cancelled order is not ordered again
  const unchanged = all.flatMap(({ head, orders }) => orders.filter(({ id }) => head.rest?.includes(id)));
  return {
    heads,
    money: await requireMoney(deps, moves),
    unchanged: [...new Map(unchanged.map((order) => [order.id, order])).values()],
  };
};

/** Those who asked for what never came of an order that is cancelled: it waits for them to be ordered again. */
export const returnedBy = async (
  deps: Deps,
  order: PurchaseOrder,
  by: By & { readonly reason: string },
): Promise<StoredRequisition[]> => {
  const ids = new Set(order.lines.flatMap((l) => l.requisitions.flatMap(({ id }) => (id === undefined ? [] : [id]))));
  const missing = [...ids].filter((id) => undelivered(order, id).size > 0);
  const heads = await deps.table.loadRequisitionHeads(missing);
  return heads
    .filter((head) => head.orders?.includes(order.id))
    .map((head) => ({ ...returned(head, order.id, by), parts: head.parts, linesOf: head.linesOf }));
};
