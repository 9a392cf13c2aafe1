/**
 * Moving stock before buying it: from sites that will not use what they have, or have more than their maximum, to sites
 * that would have to order. One product; the first to expire goes first, in whole packs.
 */
import { type DemandWithin, daysOfStock, daysThrough, demandFrom, runShelf, type ShelfLot } from './stock-outlook.ts';

export interface SiteLot extends ShelfLot {
  readonly gtin: string;
  readonly lot: string;
  readonly packUnits: number;
}

export interface SiteStock {
  readonly site: string;
  /** Units by calendar month, the first being the whole month of the day that it is looked at. */
  readonly forecast: readonly number[];
  /** What may be used and is promised to nobody. */
  readonly lots: readonly SiteLot[];
  /** Units on order and in transit. */
  readonly coming: number;
  /** Units that the site would order (`needed` of its proposal); a site that needs some gives only what would expire. */
  readonly needed: number;
  /** Units above which a site gives; undefined: it gives only what would expire. */
  readonly maximum?: number;
}

export interface RedistributionRules {
  readonly today: string;
  /** Days from shelf to shelf. What is sent must be used in what is left then. */
  readonly transferDays: number;
  /** Packs below which nothing is sent; at least 1. */
  readonly leastPacks: number;
}

export interface ProposedTransfer {
  readonly from: string;
  readonly to: string;
  readonly gtin: string;
  readonly lot: string;
  readonly expiryDate: string;
  readonly packs: number;
  /** Units: whole packs. */
  readonly quantity: number;
  readonly reason: 'would-expire' | 'above-maximum';
}

/** A lot that a site can spare, and how much of it. */
interface Offer {
  readonly from: string;
  readonly lot: SiteLot;
  readonly reason: ProposedTransfer['reason'];
  units: number;
}

/** What a site will not use, the first to expire first: lots that would expire, then what passes its maximum. */
const offersOf = (site: SiteStock, rules: RedistributionRules): Offer[] => {
  const demand = demandFrom(site.forecast, rules.today);
  const { lots, used } = runShelf(site.lots, demand, rules.today);
  const lasting = lots.filter(({ lot }) => daysThrough(lot.expiryDate, rules.today) > rules.transferDays);
  const spoiling = lasting
    .filter(({ expires }) => expires > 0)
    .map(({ lot, expires }): Offer => ({ from: site.site, lot, reason: 'would-expire', units: expires }));
  let surplus = site.maximum === undefined || site.needed > 0 ? 0 : Math.max(0, used + site.coming - site.maximum);
  const above = lasting.map(({ lot, used: uses }): Offer => {
    const units = Math.min(surplus, uses);
    surplus -= units;
    return { from: site.site, lot, reason: 'above-maximum', units };
  });
  return [...spoiling, ...above].filter(({ units, lot }) => units >= lot.packUnits);
};

/** A site that would order, with what it has been promised so far. */
interface Taker {
  readonly site: SiteStock;
  readonly demand: DemandWithin;
  readonly daysLeft: number;
  open: number;
  shelf: ShelfLot[];
}

/** Units of a lot that the site will use in time, beside all that it has. */
const usesOf = (taker: Taker, lot: SiteLot, rules: RedistributionRules): number => {
  const { demand } = taker;
  const days = daysThrough(lot.expiryDate, rules.today);
  // what is asked for before it arrives is met by what is there, or by nothing
  const earlier = taker.shelf.filter((own) => own.expiryDate <= lot.expiryDate);
  const served = runShelf(earlier, demand, rules.today).used;
  const before = Math.max(served, Math.ceil(demand(rules.transferDays)));
  return Math.max(0, Math.floor(demand(days) + 1e-6) - before);
};

/**
 * Transfers that leave each site no worse: a giver keeps what it will use up to its maximum, a taker gets no pack
 * more than it needs and none that it will not use before that expires. The lot that expires first is placed first, with the taker whose
 * stock ends first; of equal ones the first by name. Whole packs only. A site never gives and takes at once, but for
 * lots that it cannot use itself. Sites with no demand take nothing.
 */
export const proposeRedistribution = (sites: readonly SiteStock[], rules: RedistributionRules): ProposedTransfer[] => {
  const offers = sites
    .flatMap((site) => offersOf(site, rules))
    .sort(
      (a, b) =>
        compare(a.lot.expiryDate, b.lot.expiryDate) ||
        compare(b.reason, a.reason) ||
        compare(a.from, b.from) ||
        compare(a.lot.lot, b.lot.lot),
    );
  const takers = sites
    .filter((site) => site.needed > 0)
    .map((site): Taker => {
      const demand = demandFrom(site.forecast, rules.today);
      const left = daysOfStock(runShelf(site.lots, demand, rules.today).used, demand);
      return { site, demand, daysLeft: left ?? Number.MAX_SAFE_INTEGER, open: site.needed, shelf: [...site.lots] };
    })
    .sort((a, b) => a.daysLeft - b.daysLeft || compare(a.site.site, b.site.site));
  const transfers: ProposedTransfer[] = [];
  for (const offer of offers)
    for (const taker of takers) {
      const { lot } = offer;
      if (taker.site.site === offer.from) continue;
      const fits = Math.floor(Math.min(offer.units, usesOf(taker, lot, rules)) / lot.packUnits);
      const packs = Math.min(fits, Math.ceil(taker.open / lot.packUnits));
      if (packs < Math.max(1, rules.leastPacks)) continue;
      const quantity = packs * lot.packUnits;
      offer.units -= quantity;
      taker.open -= quantity;
      taker.shelf.push({ expiryDate: lot.expiryDate, quantity });
      transfers.push({ ...sentOf(offer, packs), to: taker.site.site });
    }
  return transfers;
};

/**
 * Units that other sites would use of a delivery in so many days, beside what they have and what is coming to them:
 * what makes a smallest order, that one site cannot use alone, worth while.
 */
export const useElsewhere = (
  others: readonly { readonly demand: DemandWithin; readonly position: number }[],
  days: number,
): number => others.reduce((sum, { demand, position }) => sum + Math.max(0, Math.floor(demand(days)) - position), 0);

/** What a giver sends, but for whom to. */
const sentOf = ({ from, lot, reason }: Offer, packs: number): Omit<ProposedTransfer, 'to'> => ({
  from,
  gtin: lot.gtin,
  lot: lot.lot,
  expiryDate: lot.expiryDate,
  packs,
  quantity: packs * lot.packUnits,
  reason,
});

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
