/**
 * What a pack may cost at each step of the trade: its reference price, and on top of it the mark-ups that policy allows.
 * A dearer price is never silently taken and never refused by itself: reference prices follow rates and contracts late,
 * so whoever approves sees the sum that is too much and says why.
 */
import * as z from 'zod';
import { Gtin } from './medicine.ts';
import type { SiteKind } from './standing.ts';
import { Day } from './time.ts';

const Percent = z.number().min(0).max(100).multipleOf(0.01);

export const MarkUps = z
  .object({
    /** Of a wholesaler on the reference price. */
    wholesalePercent: Percent,
    /** Of a pharmacy on what it paid at most. */
    retailPercent: Percent,
  })
  .meta({ id: 'MarkUps', description: 'The highest mark-ups, in percent' });
export type MarkUps = z.infer<typeof MarkUps>;

/** Tiyin for a pack: more than any pack costs, and less than a sum of packs could not hold exactly. */
export const PackPrice = z.int().min(0).max(1_000_000_000_000);

export const ReferencePrice = z
  .object({
    gtin: Gtin,
    packPrice: PackPrice.min(1),
    /** The first day on which it holds. */
    from: Day,
    /** The decision or list that says so. */
    source: z.string().trim().min(3).max(120),
  })
  .meta({ id: 'ReferencePrice', description: 'The registered price of a pack, in tiyin' });
export type ReferencePrice = z.infer<typeof ReferencePrice>;

/** Who pays: a warehouse the maker, a pharmacy the warehouse, a patient the pharmacy. */
export type TradeStep = 'maker' | 'wholesale' | 'retail';

const buyers: Readonly<Record<SiteKind, TradeStep>> = {
  warehouse: 'maker',
  pharmacy: 'wholesale',
  clinic: 'wholesale',
  office: 'maker',
};
/** From whom a site of this kind buys. */
export const stepOfBuyer = (kind: SiteKind): TradeStep => buyers[kind];

/** A hundredth of a percent is the finest mark-up, so that the sum is one of whole numbers. */
const withMarkUp = (tiyin: number, percent: number): number =>
  Number((BigInt(tiyin) * BigInt(10_000 + Math.round(percent * 100))) / 10_000n);

/** The most that a pack may cost at this step, in whole tiyin: what a mark-up leaves over is not charged. */
export const priceLimit = (
  reference: number,
  step: TradeStep,
  { wholesalePercent, retailPercent }: MarkUps,
): number => {
  if (step === 'maker') return reference;
  const wholesale = withMarkUp(reference, wholesalePercent);
  return step === 'wholesale' ? wholesale : withMarkUp(wholesale, retailPercent);
};

/** What `packs` at this price cost above the limit, in tiyin; 0 where they do not, or where no price is registered. */
export const overLimit = (line: {
  readonly packs: number;
  readonly packPrice?: number | undefined;
  readonly priceLimit?: number | undefined;
}): number =>
  line.packPrice === undefined || line.priceLimit === undefined
    ? 0
    : line.packs * Math.max(0, line.packPrice - line.priceLimit);

/** Prices that are kept of one pack: the newest, those to come among them. */
const keptPrices = 24;

/** What is registered of a pack, the newest first, with one more; from the same day it takes the place of the one before. */
export const withReferencePrice = (before: readonly ReferencePrice[], price: ReferencePrice): ReferencePrice[] =>
  [price, ...before.filter(({ from }) => from !== price.from)]
    .sort((a, b) => (a.from < b.from ? 1 : -1))
    .slice(0, keptPrices);

/** The one that holds on a day: of those that have begun, the newest. */
export const referencePriceOn = (prices: readonly ReferencePrice[], day: string): ReferencePrice | undefined =>
  prices
    .filter(({ from }) => from <= day)
    .reduce<ReferencePrice | undefined>(
      (newest, price) => (newest === undefined || price.from > newest.from ? price : newest),
      undefined,
    );
