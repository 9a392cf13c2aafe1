/**
 * Which pack of a medicine a plan reckons with, and of whom: the one that an order for it would take, with the lead time
 * that is known of that supplier. Where nobody sells any, the pack that came last, at its price then.
 */
import type { StockRow } from './stock.ts';
import { bestQuote, inTiyin, type Offer } from './supplier.ts';

/** Where the days from an order to the shelf are from: so many deliveries, the supplier's own price, or the rules. */
interface LeadSource {
  readonly of: 'learned' | 'promised' | 'rules';
  readonly samples: number;
}

/** What the market says of a pack. */
export interface PackChoice {
  readonly gtin: string;
  readonly packUnits: number;
  readonly packPrice?: number | undefined;
  readonly supplier?: string | undefined;
  readonly minimumPacks?: number;
  readonly multiplePacks?: number;
  readonly leadDays?: number;
  /** Standard deviation of what was learned. */
  readonly leadSpreadDays?: number;
  readonly lead?: LeadSource;
}

interface PackNeed {
  /** Units; 0 asks for as much as the largest pack holds. */
  readonly units: number;
  /** The day on which it has to be there; undefined: any will do. */
  readonly by?: string | undefined;
}

/**
 * The pack of the quote that `bestQuote` takes for the need. `packs` are the formulary's; `offers` everybody's prices by
 * GTIN; `rows` what the site has. Undefined where neither the market, the site nor the formulary knows a pack.
 */
export const choosePack = (
  from: {
    readonly packs: readonly { readonly gtin: string; readonly units: number }[];
    readonly offers: ReadonlyMap<string, readonly Offer[]>;
    readonly rows: readonly StockRow[];
  },
  need: PackNeed,
  today: string,
): PackChoice | undefined => {
  const { packs, rows } = from;
  const sold = packs.map(({ gtin, units }) => ({ gtin, units, offers: from.offers.get(gtin) ?? [] }));
  const wanted = need.units > 0 ? need.units : Math.max(1, ...packs.map((pack) => pack.units));
  const best = bestQuote(sold, { ...need, units: wanted }, today);
  const units = packs.find(({ gtin }) => gtin === best?.price.gtin)?.units;
  if (best && units !== undefined) {
    const { gtin, packPrice, rate, minPacks, multiple } = best.price;
    return {
      gtin,
      packUnits: units,
      packPrice: inTiyin(packPrice, rate),
      supplier: best.supplier,
      minimumPacks: minPacks,
      multiplePacks: multiple,
      leadDays: best.leadDays,
      ...(best.spreadDays !== undefined && { leadSpreadDays: best.spreadDays }),
      lead: { of: best.learned ? 'learned' : 'promised', samples: best.samples ?? 0 },
    };
  }
  const [row] = [...rows].sort((a, b) => b.expiryDate.localeCompare(a.expiryDate));
  const known = packs.find(({ gtin }) => gtin === row?.gtin) ?? packs[0];
  if (row && known?.gtin === row.gtin) return { gtin: row.gtin, packUnits: row.packUnits, packPrice: row.packPrice };
  if (known) return { gtin: known.gtin, packUnits: known.units };
  return row && { gtin: row.gtin, packUnits: row.packUnits, packPrice: row.packPrice };
};
