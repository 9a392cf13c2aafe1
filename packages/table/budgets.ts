/** What approvals are judged by: the year's money, who approves in whose place and for which region, reference prices. */
import type { Budget } from '@darmon/domain/budget';
import type { ReferencePrice } from '@darmon/domain/price-control';
import type { Delegation, RegionApprovers } from '@darmon/domain/requisition-approval';
import * as items from './budget-items.ts';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { allOf, type Page, type PageRequest, pageOfIndex } from './page.ts';

export const budgetsOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    async loadBudget(year: number, place: string): Promise<Budget | undefined> {
      const item = await engine.readOne(key.budgetKey(year, place));
      return item && items.parseBudget(item);
    },
    async listBudgets(year: number, request: PageRequest): Promise<Page<Budget>> {
      const query = { index: 'gsi1' as const, partition: key.budgetsPartition(year) };
      const page = await pageOfIndex(client, table, query, request);
      return { ...page, items: page.items.map(items.parseBudget) };
    },
    async commitBudget(before: Budget | undefined, next: Budget, change: Change): Promise<void> {
      const subject = key.budgetKey(next.year, next.place).pk;
      await engine.commit([items.budgetAction(table, before, next), ...engine.changeActions(subject, change)]);
    },
    async loadDelegation(person: string): Promise<Delegation | undefined> {
      const item = await engine.readOne(key.delegationKey(person));
      return item && items.parseDelegation(item);
    },
    /** Those that were ever given, one a person: the last. */
    async listDelegations(request: PageRequest): Promise<Page<Delegation>> {
      const query = { index: 'gsi1' as const, partition: key.delegationsPartition };
      const page = await pageOfIndex(client, table, query, request);
      return { ...page, items: page.items.map(items.parseDelegation) };
    },
    async commitDelegation(delegation: Delegation, change: Change): Promise<void> {
      const subject = key.delegationKey(delegation.person).pk;
      await engine.commit([items.delegationAction(table, delegation), ...engine.changeActions(subject, change)]);
    },
    /** A country has some tens of regions. */
    async listApprovers(): Promise<RegionApprovers[]> {
      const all = await allOf(client, table, { pk: key.approversPartition, skPrefix: 'UZ-' });
      return all.map(items.parseApprovers);
    },
    async commitApprovers(approvers: RegionApprovers, change: Change): Promise<void> {
      await engine.commit([
        items.approversAction(table, approvers),
        ...engine.changeActions(key.approversPartition, change),
      ]);
    },
    /** By GTIN; those without one are left out. */
    async loadReferencePrices(gtins: readonly string[]): Promise<ReadonlyMap<string, ReferencePrice>> {
      if (gtins.length === 0) return new Map();
      const found = await engine.readMany([...new Set(gtins)].map(key.referencePriceKey));
      return new Map(found.flatMap((i) => (i ? [items.parseReferencePrice(i)] : [])).map((p) => [p.gtin, p]));
    },
    async listReferencePrices(request: PageRequest): Promise<Page<ReferencePrice>> {
      const query = { index: 'gsi1' as const, partition: key.referencePricesPartition };
      const page = await pageOfIndex(client, table, query, request);
      return { ...page, items: page.items.map(items.parseReferencePrice) };
    },
    /** All of them or none. */
    async commitReferencePrices(prices: readonly ReferencePrice[], change: Change): Promise<void> {
      await engine.commit([
        ...prices.map((price) => items.referencePriceAction(table, price)),
        ...engine.changeActions(key.referencePricesPartition, change),
      ]);
    },
  };
};
