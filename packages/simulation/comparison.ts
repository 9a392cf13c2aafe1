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

export const tolerance = 0.02;

export interface Scaled {
  readonly months: number;
  readonly outcomes: readonly Outcome[];
}

/** The baseline at a maximum that holds `stock` (tiyin) on average, within the tolerance: by halving. */
export const atEqualStock = (country: Country, { maxMin }: Baseline, stock: number): Scaled => {
  let [low, high] = [0, 24];
  for (let step = 0; step < 30; step += 1) {
    const months = step === 0 ? 3 : (low + high) / 2;
    const outcomes = playCountry(country, (product) => byAverageConsumption(product, maxMin(months, product)));
    const { averageStock } = sumOf(outcomes);
    // well inside the tolerance, so that sums over countries are too
    if (Math.abs(averageStock / stock - 1) < tolerance / 4) return { months, outcomes };
    if (averageStock < stock) low = months;
    else high = months;
  }
  throw new Error('no maximum holds as much stock');
};
