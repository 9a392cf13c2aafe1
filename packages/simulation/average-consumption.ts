/**
 * Ordering as most systems propose it: up to a number of months of average monthly consumption, as OpenLMIS computes
 * both. It knows neither seasons nor lead times nor expiry dates, and each site is alone.
 */
import { openLmisAmc } from '@darmon/forecast/baselines';
import type { Product } from './country.ts';
import type { Ordering, ShelfView } from './world.ts';

const windowDays = 30;

/** Average monthly consumption of the three times thirty days before `day`; days before the first count as without stock. */
export const averageConsumption = (
  { sold, out }: Pick<ShelfView, 'sold' | 'out'>,
  firstDay: number,
  day: number,
): number => {
  const periods = Math.max(1, Math.min(3, Math.floor((day - firstDay) / windowDays)));
  const consumption: number[] = [];
  const without: number[] = [];
  for (let period = periods; period > 0; period -= 1) {
    let [units, days] = [0, 0];
    for (let at = day - period * windowDays; at < day - (period - 1) * windowDays; at += 1) {
      units += sold[at] ?? 0;
      days += at < firstDay ? 1 : (out[at] ?? 0);
    }
    consumption.push(units);
    without.push(days);
  }
  return openLmisAmc(consumption, without, periods);
};

export interface MaxMin {
  readonly maxMonths: number;
  /** An order is made once there are no more than this; undefined: at each review. */
  readonly minMonths?: number;
}

/** Order = max(0, AMC * maximum - on hand - on order), in whole packs and at least the supplier's minimum. */
export const byAverageConsumption = (product: Product, { maxMonths, minMonths }: MaxMin): Ordering => {
  const { packUnits, minimumPacks, firstDay } = product;
  return ({ day, shelves }) => ({
    transfers: [],
    orders: shelves.flatMap((shelf, at) => {
      const amc = averageConsumption(shelf, firstDay, day);
      const sum = (all: readonly { quantity: number }[]): number => all.reduce((units, one) => units + one.quantity, 0);
      const position = sum(shelf.lots) + sum(shelf.onOrder) + shelf.inTransit;
      const quantity = Math.max(0, amc * maxMonths - position);
      if (quantity === 0 || (minMonths !== undefined && position > amc * minMonths)) return [];
      return [{ shelf: at, packs: Math.max(minimumPacks, Math.ceil(quantity / packUnits)) }];
    }),
  });
};
