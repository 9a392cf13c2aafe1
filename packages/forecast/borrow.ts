/**
 * What a new product takes from a series that it is like, a mean product of its group: the season while it has known no
 * two of them, and the whole course while fewer than three of its periods are known.
 */

import { usualBand, usualSigma } from './bands.ts';
import type { Forecast } from './forecast.ts';
import type { Numbers } from './numbers.ts';
import { periodsBetween, type Series } from './series.ts';

/** Indices by the places of a series whose period 0 is `ahead` periods behind that of the lent ones. */
export const turned = (indices: Numbers, ahead: number): Numbers =>
  indices.map((_, place) => indices[(((place + ahead) % indices.length) + indices.length) % indices.length]!);

/** How many periods a lender has to be forecast for, so that `horizon` periods of the new series are known. */
export const lentHorizon = (series: Series, lender: Series, horizon: number): number =>
  Math.max(1, periodsBetween(lender, series) + series.values.length + horizon - lender.values.length);

/**
 * The lender's course at the height of what is known of the new series; at its own height where nothing is. `known` is the
 * new series' demand by period, `lent` what was forecast of the lender. Bands are wider by what so few periods leave open.
 */
export const borrowedForecast = (
  series: Series,
  known: readonly (number | null)[],
  lender: Series,
  lent: Forecast,
  horizon: number,
): Omit<Forecast, 'backtest' | 'unusual' | 'adjusted'> => {
  const ahead = periodsBetween(lender, series);
  const course = [...lent.adjusted, ...lent.forecast];
  const usual = lent.forecast[0]!;
  let [own, its, count] = [0, 0, 0];
  for (const [at, units] of known.entries()) {
    if (units === null) continue;
    own += units;
    its += course[ahead + at] ?? usual;
    count += 1;
  }
  const height = count > 0 && its > 0 ? own / its : 1;
  const open = Math.sqrt(1 + 1 / Math.max(0.5, count));
  const least = usualBand * open;
  const forecast: number[] = [];
  const interval80: [number, number][] = [];
  for (let step = 0; step < horizon; step += 1) {
    const at = ahead + series.values.length + step;
    const value = its > 0 || count === 0 ? height * (course[at] ?? usual) : own / count;
    const [low, high] = lent.interval80[Math.max(0, at - lent.adjusted.length)] ?? [usual, usual];
    const middle = lent.forecast[Math.max(0, at - lent.adjusted.length)] ?? usual;
    const share = (edge: number): number =>
      middle > 0 ? Math.max(least, (Math.abs(edge - middle) / middle) * open) : least;
    forecast.push(value);
    interval80.push([Math.max(0, value * (1 - share(low))), value * (1 + share(high))]);
  }
  return {
    method: 'borrowed',
    forecast,
    interval80,
    sigma: Math.max(lent.sigma * height, usualSigma * forecast[0]!) * open,
  };
};
