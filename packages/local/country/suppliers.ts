/**
 * Who sells to the demo country, and at what price: a near one, a cheap one that is slow and sells in bulk, one abroad, and
 * one that has closed. Prices follow from those of the opening stock, so that they are the same each time.
 */
import type { Supplier, WantedPrice } from '@darmon/domain/supplier';
import type { OpeningStock } from './country.ts';

export interface DemoSupplier {
  readonly supplier: Omit<Supplier, 'version'>;
  readonly prices: readonly WantedPrice[];
}

/** Tiyin for a dollar, of the order of magnitude of 2026. */
const dollar = 1_265_000;

interface Selling {
  /** Every so many packs of the country's, from this one on. */
  readonly every: number;
  readonly from: number;
  /** Part of the price in the opening stock, in hundredths, for which the pack is sold. */
  readonly percent: number;
  readonly terms: Pick<WantedPrice, 'leadDays' | 'minPacks' | 'multiple'>;
  readonly abroad?: true;
}

const sellers: readonly { readonly supplier: DemoSupplier['supplier']; readonly sells?: Selling }[] = [
  {
    supplier: {
      id: 'SU-0001',
      name: 'Namuna Farm Savdo',
      taxId: '300000001',
      country: 'UZ',
      address: 'Toshkent',
      active: true,
    },
    sells: { every: 1, from: 0, percent: 88, terms: { leadDays: 5, minPacks: 1, multiple: 1 } },
  },
  {
    supplier: {
      id: 'SU-0002',
      name: 'Sinov Ulgurji Dori',
      taxId: '300000002',
      country: 'UZ',
      address: 'Samarqand',
      active: true,
    },
    sells: { every: 2, from: 0, percent: 80, terms: { leadDays: 18, minPacks: 20, multiple: 10 } },
  },
  {
    supplier: { id: 'SU-0003', name: 'Example Pharma Trading', country: 'TR', active: true },
    sells: { every: 3, from: 1, percent: 74, terms: { leadDays: 40, minPacks: 50, multiple: 50 }, abroad: true },
  },
  { supplier: { id: 'SU-0004', name: 'Yopilgan Namuna', country: 'UZ', active: false } },
];

/** Price in the smallest unit of the currency: tiyin in whole hundreds of soum, or cents. */
const priceOf = (opening: number, { percent, abroad }: Selling) =>
  abroad
    ? { packPrice: Math.max(1, Math.round((opening * percent) / dollar)), currency: 'USD', rate: dollar }
    : { packPrice: Math.max(1, Math.round((opening * percent) / 1_000_000)) * 10_000, currency: 'UZS' };

/** Suppliers with prices for packs of the opening stock, from `validFrom` on. */
export const suppliersFor = (stock: readonly OpeningStock[], validFrom: string): DemoSupplier[] => {
  const prices = new Map(stock.flatMap(({ lots }) => lots.map((l) => [l.gtin, l.packPrice] as const)));
  const gtins = [...prices.keys()].sort();
  return sellers.map(({ supplier, sells }) => ({
    supplier,
    prices: sells
      ? gtins
          .filter((_, i) => i % sells.every === sells.from % sells.every)
          .map((gtin) => ({ gtin, ...priceOf(prices.get(gtin) ?? 0, sells), ...sells.terms, validFrom }))
      : [],
  }));
};
