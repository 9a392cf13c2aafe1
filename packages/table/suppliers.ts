/** Suppliers and their prices: by supplier, and all that are asked for one pack. */
import { Price, Supplier } from '@darmon/domain/supplier';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { allOf, type Item, type Page, type PageRequest, pageOfIndex } from './page.ts';
import { type Action, absent, atVersion, put } from './transact.ts';

const supplierAction = (table: string, supplier: Supplier): Action =>
  put(
    table,
    { ...key.supplierKey(supplier.id), ...supplier, gsi1pk: key.suppliersPartition, gsi1sk: supplier.id },
    supplier.version === 1 ? absent : atVersion(supplier.version - 1),
    'version-changed',
  );

/** A price from the same day is written over: it was never the one that counted before. */
const priceAction = (table: string, price: Price): Action =>
  put(
    table,
    {
      ...key.supplierPriceKey(price),
      ...price,
      gsi2pk: key.pricesPartition(price.gtin),
      gsi2sk: `${price.supplier}#${price.validFrom}`,
    },
    undefined,
    'changed',
  );

export const suppliersOf = (engine: Engine) => {
  const { client, table } = engine;
  const pricesOf = (items: readonly Item[]): Price[] => items.map((i) => Price.parse(i));
  return {
    async loadSupplier(id: string): Promise<Supplier | undefined> {
      const item = await engine.readOne(key.supplierKey(id));
      return item && Supplier.parse(item);
    },
    async loadSuppliers(ids: readonly string[]): Promise<Supplier[]> {
      const items = await engine.readMany(ids.map(key.supplierKey));
      return items.flatMap((i) => (i ? [Supplier.parse(i)] : []));
    },
    async listSuppliers(request: PageRequest): Promise<Page<Supplier>> {
      const page = await pageOfIndex(client, table, { index: 'gsi1', partition: key.suppliersPartition }, request);
      return { ...page, items: page.items.map((i) => Supplier.parse(i)) };
    },
    /** All that one supplier ever asked, by pack and day. */
    async listPrices(supplier: string): Promise<Price[]> {
      return pricesOf(
        await allOf(client, table, { pk: key.supplierKey(supplier).pk, skPrefix: key.supplierPricePrefix }),
      );
    },
    /** All that anybody ever asked for a pack. */
    async listPricesOfPack(gtin: string): Promise<Price[]> {
      const found: Item[] = [];
      let cursor: string | undefined;
      do {
        const page = await pageOfIndex(
          client,
          table,
          { index: 'gsi2', partition: key.pricesPartition(gtin) },
          { limit: 100, cursor },
        );
        found.push(...page.items);
        cursor = page.next;
      } while (cursor !== undefined);
      return pricesOf(found);
    },
    async commitSupplier(supplier: Supplier, change: Change): Promise<void> {
      await engine.commit([
        supplierAction(table, supplier),
        ...engine.changeActions(key.supplierKey(supplier.id).pk, change),
      ]);
    },
    async commitPrices(supplier: string, prices: readonly Price[], change: Change): Promise<void> {
      await engine.commit([
        ...prices.map((price) => priceAction(table, price)),
        ...engine.changeActions(key.supplierKey(supplier).pk, change),
      ]);
    },
  };
};
