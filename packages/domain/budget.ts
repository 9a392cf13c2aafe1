/**
 * The money of a year for what a site or a region orders. An approval takes its value out of what is left in the very
 * step that approves; what is received turns it from promised to spent; what comes to nothing gives it back.
 */
import * as z from 'zod';
import { SiteId } from './actor.ts';
import { type ChargedOrder, spentOf } from './order-charge.ts';
import type { PurchaseOrder } from './purchase-order.ts';
import { Refusal, refuseAt } from './refusal.ts';
import type { Requisition, SettledMoney } from './requisition.ts';
import { Region } from './standing.ts';
import { tashkentDay } from './time.ts';

const Money = z.int().min(0).max(1_000_000_000_000_000);

export const Year = z.int().min(2020).max(2100).meta({ id: 'Year', description: 'Calendar year in Tashkent' });
/** No site has the form of a region. */
export const BudgetPlace = z
  .union([Region, SiteId])
  .meta({ id: 'BudgetPlace', description: 'A site, or a region for all its sites that have no budget of their own' });

export const Budget = z
  .object({
    year: Year,
    place: BudgetPlace,
    /** Tiyin for the whole year. */
    money: Money,
    /** Approved and not yet received. */
    committed: z.int().nonnegative(),
    /** Received. */
    spent: z.int().nonnegative(),
    /** What the next approval may take: money less committed and spent. */
    left: z.int(),
  })
  .meta({ id: 'Budget', description: 'Tiyin of a year' });
export type Budget = z.infer<typeof Budget>;

export const yearOf = (ms: number): number => Number(tashkentDay(ms).slice(0, 4));

/** The one that an approval for this site is taken from: its own, or its region's. */
export const budgetFor = (budgets: readonly Budget[], of: { site: string; region: string }): Budget | undefined =>
  budgets.find((b) => b.place === of.site) ?? budgets.find((b) => b.place === of.region);

/** @throws Refusal `budget-exceeded` with what is left, in tiyin */
export const requireLeft = (budget: Budget | undefined, value: number): void => {
  if (budget && budget.left < value) throw new Refusal('budget-exceeded', { left: budget.left, value });
};

/**
 * A year's money as it was first set, or set anew: what is promised and spent stays.
 * @throws Refusal `budget-exceeded` where less is set than is promised and spent already
 */
export const withMoney = (
  before: Budget | undefined,
  wanted: { year: number; place: string; money: number },
): Budget => {
  const { committed = 0, spent = 0 } = before ?? {};
  const left = wanted.money - committed - spent;
  if (left < 0) throw refuseAt('budget-exceeded', '/money', { least: committed + spent });
  return { ...wanted, committed, spent, left };
};

const hasEnded = ({ state }: Pick<PurchaseOrder, 'state'>): boolean =>
  state === 'received' || state === 'closed' || state === 'cancelled';

/**
 * What became of the money of a released requisition, by what stands in its orders now: spent is what came, at the prices
 * of the orders, and once every order has ended the rest goes back. Spent and given back are never more than was taken,
 * and just that in the end.
 */
export const settlementOf = (
  { id, taken }: Pick<Requisition, 'id' | 'taken'>,
  orders: readonly (ChargedOrder & Pick<PurchaseOrder, 'state'>)[],
): SettledMoney => {
  const value = taken?.value ?? 0;
  const spent = Math.min(
    value,
    orders.reduce((sum, order) => sum + spentOf(order, id), 0),
  );
  const done = orders.every(hasEnded);
  return { spent, back: done ? value - spent : 0, done };
};
