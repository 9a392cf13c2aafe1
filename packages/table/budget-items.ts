/** Budgets, delegations, approvers of regions and reference prices as items. */
import { Budget } from '@darmon/domain/budget';
import { ReferencePrice, withReferencePrice } from '@darmon/domain/price-control';
import type { TakenMoney } from '@darmon/domain/requisition';
import { Delegation, RegionApprovers } from '@darmon/domain/requisition-approval';
import * as z from 'zod';
import {
  approversKey,
  budgetKey,
  budgetsPartition,
  delegationKey,
  delegationsPartition,
  referencePriceKey,
  referencePricesPartition,
} from './keys.ts';
import type { Item } from './page.ts';
import { type Action, absent, atVersion, put, update } from './transact.ts';

export const parseBudget = (item: Item): Budget => Budget.parse(item);
export const parseDelegation = (item: Item): Delegation => Delegation.parse(item);
export const parseApprovers = (item: Item): RegionApprovers => RegionApprovers.parse(item);
/** What is registered of one pack, now and before and to come. */
const ReferenceBook = z.object({ version: z.int().positive(), prices: z.array(ReferencePrice).min(1) });
export type ReferenceBook = z.infer<typeof ReferenceBook>;

export const parseReferenceBook = (item: Item): ReferenceBook => ReferenceBook.parse(item);

/** What becomes of a year's money in one step: newly promised, spent of what was promised, given back of it. Tiyin. */
export interface MovedMoney {
  readonly taken?: number;
  readonly spent?: number;
  readonly back?: number;
}

/**
 * Moves money of a budget, while it is there: of two approvals that only one can have, one finds less than it read, and
 * nothing is spent or given back that was not promised.
 */
export const moneyAction = (
  table: string,
  { year, place }: Pick<TakenMoney, 'year' | 'place'>,
  { taken = 0, spent = 0, back = 0 }: MovedMoney,
): Action =>
  update(
    table,
    budgetKey(year, place),
    {
      expression: 'SET #left = #left + :left, #committed = #committed + :committed, #spent = #spent + :spent',
      names: { '#committed': 'committed', '#left': 'left', '#spent': 'spent' },
      values: { ':left': back - taken, ':committed': taken - spent - back, ':spent': spent },
    },
    {
      expression: '#left >= :needed AND #committed >= :promised',
      values: { ':needed': Math.max(0, taken - back), ':promised': Math.max(0, spent + back - taken) },
    },
    'changed',
  );

/** The year's money over what was read; approvals go on meanwhile, since only the difference is written. */
export const budgetAction = (table: string, before: Budget | undefined, next: Budget): Action =>
  before
    ? update(
        table,
        budgetKey(next.year, next.place),
        {
          expression: 'SET #money = :money, #left = #left + :more',
          names: { '#money': 'money', '#left': 'left' },
          values: { ':money': next.money, ':more': next.money - before.money },
        },
        {
          expression: '#money = :was AND #left >= :less',
          values: { ':was': before.money, ':less': before.money - next.money },
        },
        'changed',
      )
    : put(
        table,
        { ...budgetKey(next.year, next.place), ...next, gsi1pk: budgetsPartition(next.year), gsi1sk: next.place },
        absent,
        'changed',
      );

export const delegationAction = (table: string, delegation: Delegation): Action =>
  put(
    table,
    { ...delegationKey(delegation.person), ...delegation, gsi1pk: delegationsPartition, gsi1sk: delegation.person },
    delegation.version === 1 ? absent : atVersion(delegation.version - 1),
    'changed',
  );

export const approversAction = (table: string, approvers: RegionApprovers): Action =>
  put(
    table,
    { ...approversKey(approvers.region), ...approvers },
    approvers.version === 1 ? absent : atVersion(approvers.version - 1),
    'changed',
  );

/** One more registered price of a pack, over the book that was read. */
export const referencePriceAction = (
  table: string,
  before: ReferenceBook | undefined,
  price: ReferencePrice,
): Action => {
  const { gtin } = price;
  return put(
    table,
    {
      ...referencePriceKey(gtin),
      gtin,
      version: (before?.version ?? 0) + 1,
      prices: withReferencePrice(before?.prices ?? [], price),
      gsi1pk: referencePricesPartition,
      gsi1sk: gtin,
    },
    before ? atVersion(before.version) : absent,
    'changed',
  );
};
