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
    /** What is registered of packs, by GTIN; those without a price are left out. */
    async loadReferencePrices(gtins: readonly string[]): Promise<ReadonlyMap<string, items.ReferenceBook>> {
      const all = [...new Set(gtins)];
      const found = all.length === 0 ? [] : await engine.readMany(all.map(key.referencePriceKey));
      return new Map(all.flatMap((gtin, i) => (found[i] ? [[gtin, items.parseReferenceBook(found[i])] as const] : [])));
    },
    /** Pack by pack; of one pack all that are kept, the newest first. */
    async listReferencePrices(request: PageRequest): Promise<Page<ReferencePrice>> {
      const query = { index: 'gsi1' as const, partition: key.referencePricesPartition };
      const page = await pageOfIndex(client, table, query, request);
      return { ...page, items: page.items.flatMap((item) => items.parseReferenceBook(item).prices) };
    },
    /** A part of a list, all of it or none, over the books that were read. @throws Changed */
    async commitReferencePrices(
      prices: readonly ReferencePrice[],
      books: ReadonlyMap<string, items.ReferenceBook>,
      change: Change,
    ): Promise<void> {
      await engine.commit([
        ...prices.map((price) => items.referencePriceAction(table, books.get(price.gtin), price)),
        ...engine.changeActions(key.referencePricesPartition, change),
      ]);
    },
  };
};
