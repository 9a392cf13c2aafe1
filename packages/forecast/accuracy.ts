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

/**
 * Quantile by the rule of conformal prediction: of n values that come from the same source as the next one, the value of
 * rank (n + 1) * share, between two of them in proportion. Where the sample is too small for the rank, its end is
 * stretched by what is missing.
 */
export const conformalQuantile = (values: Numbers, share: number): number => {
  const inOrder = sorted(values);
  const rank = (inOrder.length + 1) * share - 1;
  const last = inOrder.length - 1;
  const stretch = (end: number, missing: number): number => end * (1 + missing);
  if (rank <= 0) return stretch(inOrder[0]!, -rank);
  if (rank >= last) return stretch(inOrder[last]!, rank - last);
  const below = Math.floor(rank);
  return inOrder[below]! + (rank - below) * (inOrder[below + 1]! - inOrder[below]!);
};
