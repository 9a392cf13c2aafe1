/** How far forecasts were from what came, and how wide a band has to be to hold what comes. */

import { type Numbers, sorted } from './numbers.ts';

/** Each null where it has no meaning: nothing was forecast, nothing was asked for, or the series never changed. */
export interface Accuracy {
  /** Sum of absolute errors over the sum of what was asked for. */
  readonly wape: number | null;
  /** Mean absolute error over that of the naive forecast (a season ago where two seasons are known) on the whole series. */
  readonly mase: number | null;
  /** Sum of forecasts less what was asked for, over what was asked for: above 0 it was too much. */
  readonly bias: number | null;
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Mean absolute change of a series over a season, or from period to period where two seasons are not known. */
export const naiveScale = (actual: Numbers, season: number): number => {
  const changeOver = (lag: number): { mean: number; count: number } => {
    let [sum, count] = [0, 0];
    for (let at = lag; at < actual.length; at += 1) {
      const change = actual[at]! - actual[at - lag]!;
      if (Number.isNaN(change)) continue;
      sum += Math.abs(change);
      count += 1;
    }
    return { mean: sum / count, count };
  };
  const seasonal = changeOver(season);
  return seasonal.count >= season ? seasonal.mean : changeOver(1).mean;
};

/** Compares forecasts with what came, pair by pair; a pair with NaN in it is passed over. `scale` as `naiveScale`. */
export const accuracyOf = (forecast: Numbers, actual: Numbers, scale: number): Accuracy => {
  let [errors, surplus, asked, count] = [0, 0, 0, 0];
  for (let at = 0; at < actual.length; at += 1) {
    const error = forecast[at]! - actual[at]!;
    if (Number.isNaN(error)) continue;
    errors += Math.abs(error);
    surplus += error;
    asked += actual[at]!;
    count += 1;
  }
  return { wape: finite(errors / asked), mase: finite(errors / count / scale), bias: finite(surplus / asked) };
};

const mostStretch = 0.5;

/**
 * Quantile by the rule of conformal prediction: where n values come from the same source as the next one, that of rank
 * (n + 1) * share holds it with that chance; between two ranks in proportion. `independent` says how many of the values
 * count as such, where neighbours overlap. Where the sample is too small for the rank, its end is stretched by what is
 * missing, by half at most.
 */
export const conformalQuantile = (values: Numbers, share: number, independent = values.length): number =>
  quantileOfOrdered(sorted(values), share, independent);

/** The same of values from the least to the largest, for who asks for more than one share of them. */
export const quantileOfOrdered = (inOrder: Float64Array, share: number, independent: number): number => {
  const last = inOrder.length - 1;
  // From the middle of the ranks outwards, so that both tails move away from each other.
  const rank = last / 2 + (share - 0.5) * (1 + 1 / independent) * (last + 1);
  if (rank <= 0) return inOrder[0]! * (1 + Math.min(mostStretch, -rank));
  if (rank >= last) return inOrder[last]! * (1 + Math.min(mostStretch, rank - last));
  const below = Math.floor(rank);
  return inOrder[below]! + (rank - below) * (inOrder[below + 1]! - inOrder[below]!);
};
