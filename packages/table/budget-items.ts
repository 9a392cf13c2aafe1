/** Budgets, delegations, approvers of regions and reference prices as items. */
import { Budget } from '@darmon/domain/budget';
import { ReferencePrice } from '@darmon/domain/price-control';
import type { TakenMoney } from '@darmon/domain/requisition';
import { Delegation, RegionApprovers } from '@darmon/domain/requisition-approval';
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
export const parseReferencePrice = (item: Item): ReferencePrice => ReferencePrice.parse(item);

const names = { '#committed': 'committed', '#left': 'left' };

/** Takes money while it is there: of two approvals that only one can have, one finds less than it read. */
export const takeAction = (table: string, { year, place, value }: TakenMoney): Action =>
  update(
    table,
    budgetKey(year, place),
    {
      expression: 'SET #left = #left - :value, #committed = #committed + :value',
      names,
      values: { ':value': value },
    },
    { expression: '#left >= :value' },
    'changed',
  );

/** Money that was taken and never came to anything. */
export const giveBackAction = (table: string, { year, place, value }: TakenMoney): Action =>
  update(
    table,
    budgetKey(year, place),
    {
      expression: 'SET #left = #left + :value, #committed = #committed - :value',
      names,
      values: { ':value': value },
    },
    { expression: '#committed >= :value' },
    'changed',
  );

/** What became of promised money since it was last looked: so much more was spent, so much more came to nothing. */
export const settleAction = (
  table: string,
  { year, place }: TakenMoney,
  more: { readonly spent: number; readonly back: number },
): Action =>
  update(
    table,
    budgetKey(year, place),
    {
      expression: 'SET #left = #left + :back, #committed = #committed - :both, #spent = #spent + :spent',
      names: { ...names, '#spent': 'spent' },
      values: { ':back': more.back, ':spent': more.spent, ':both': more.back + more.spent },
    },
    { expression: '#committed >= :both' },
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

export const referencePriceAction = (table: string, price: ReferencePrice): Action =>
  put(
    table,
    { ...referencePriceKey(price.gtin), ...price, gsi1pk: referencePricesPartition, gsi1sk: price.gtin },
    undefined,
    'changed',
  );
