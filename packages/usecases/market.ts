/** What is the same for every site that is planned: medicines, who sells their packs and how soon, and who else is there. */
import type { Medicine } from '@darmon/domain/medicine';
import type { Site } from '@darmon/domain/standing';
import type { Offer } from '@darmon/domain/supplier';
import { loadStockSites } from './consumption.ts';
import type { Deps } from './deps.ts';
import { learnedLead } from './lead-times.ts';

export interface Market {
  readonly medicines: ReadonlyMap<string, Medicine>;
  /** By pack; of suppliers that are open, with what their deliveries took. */
  readonly offers: ReadonlyMap<string, readonly Offer[]>;
  /** Sites that keep stock. */
  readonly sites: readonly Site[];
}

/** Suppliers that are read at the same time. */
const readAtOnce = 10;

export const loadMarket = async (deps: Deps): Promise<Market> => {
  const [{ medicines }, sites] = await Promise.all([deps.table.loadFormulary(), loadStockSites(deps)]);
  const offers = new Map<string, Offer[]>();
  let cursor: string | undefined;
  do {
    const page = await deps.table.listSuppliers({ cursor, limit: readAtOnce });
    const open = page.items.filter(({ active }) => active);
    const read = await Promise.all(
      open.map(({ id }) => Promise.all([deps.table.listPrices(id), learnedLead(deps, id)])),
    );
    for (const [i, [prices, lead]] of read.entries()) {
      const supplier = open[i];
      if (!supplier) continue;
      for (const [gtin, own] of Map.groupBy(prices, (price) => price.gtin)) {
        const known = offers.get(gtin) ?? [];
        known.push({ supplier, prices: own, lead });
        offers.set(gtin, known);
      }
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return { medicines: new Map(medicines.map((medicine) => [medicine.code, medicine])), offers, sites };
};
