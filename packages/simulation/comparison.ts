/**
 * Ways of ordering side by side at the same average stock: whoever holds more has fewer shelves empty, so the months of
 * the other way are scaled until the value on the shelves is equal.
 */
import { byAverageConsumption, type MaxMin } from './average-consumption.ts';
import type { Country, Product } from './country.ts';
import { type Outcome, playCountry, sumOf } from './world.ts';

/** How a maximum follows from the one number that is scaled. */
export interface Baseline {
  readonly name: string;
  readonly maxMin: (months: number, product: Product) => MaxMin;
}

export const baselines = [
  // one maximum for every medicine, ordered up to at each review
  { name: 'amc-max', maxMin: (months) => ({ maxMonths: months }) },
  // nothing is ordered above half of the maximum
  { name: 'amc-max-min', maxMin: (months) => ({ maxMonths: months, minMonths: months / 2 }) },
  // somebody has set a maximum for each medicine, longer by its supplier's lead time
  { name: 'amc-max-lead', maxMin: (months, { leadDays }) => ({ maxMonths: months + leadDays / 30 }) },
] as const satisfies readonly Baseline[];

const tolerance = 0.02;

export interface Scaled {
  readonly months: number;
  readonly outcomes: readonly Outcome[];
}

/**
 * The baseline at a maximum that holds `stock` (tiyin) on average, within the tolerance and as near as a dozen tries
 * come: stock jumps where one more order of a dear medicine is made.
 */
export const atEqualStock = (country: Country, { maxMin }: Baseline, stock: number): Scaled => {
  let [low, high] = [
    { months: 0, held: 0 },
    { months: 24, held: Number.POSITIVE_INFINITY },
  ];
  let best: (Scaled & { readonly off: number }) | undefined;
  let months = 2.5;
  for (let step = 0; step < 12; step += 1) {
    const outcomes = playCountry(country, (product) => byAverageConsumption(product, maxMin(months, product)));
    const held = sumOf(outcomes).averageStock;
    const off = Math.abs(held / stock - 1);
    if (!best || off < best.off) best = { months, outcomes, off };
    if (off < tolerance / 4) return best;
    if (held < stock) low = { months, held };
    else high = { months, held };
    // along the line between both; by halves where it would crawl
    const share = (stock - low.held) / (high.held - low.held);
    const along = Number.isFinite(high.held)
      ? low.months + share * (high.months - low.months)
      : (months * stock) / held;
    months = step > 7 ? (low.months + high.months) / 2 : along;
  }
  if (best && best.off < tolerance) return best;
  throw new Error('no maximum holds as much stock');
};
