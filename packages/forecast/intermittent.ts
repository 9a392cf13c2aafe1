/** Demand that comes now and then: how much at a time, and how often, are smoothed apart. Croston (1972) and what came after. */
import type { Method } from './baselines.ts';
import { type Numbers, repeated } from './numbers.ts';

const smoothing = 0.1;

/**
 * Size and interval of demands smoothed by Croston; both begin as the first of them. NaN in the history counts as no time.
 */
const crostonParts = (history: Numbers, weight: number): { size: number; interval: number } | undefined => {
  let size = Number.NaN;
  let interval = Number.NaN;
  let since = 0;
  for (const value of history) {
    if (Number.isNaN(value)) continue;
    since += 1;
    if (value <= 0) continue;
    if (Number.isNaN(size)) {
      size = value;
      interval = since;
    } else {
      size += weight * (value - size);
      interval += weight * (since - interval);
    }
    since = 0;
  }
  return Number.isNaN(size) ? undefined : { size, interval };
};

/** Croston (1972): smoothed size over smoothed interval; 0 where nothing was ever asked for. */
export const croston =
  (weight = smoothing): Method =>
  (history, horizon) => {
    const parts = crostonParts(history, weight);
    return repeated(parts ? parts.size / parts.interval : 0, horizon);
  };

/** Syntetos and Boylan (2005): Croston's without its bias, times 1 - weight / 2. */
export const sba =
  (weight = smoothing): Method =>
  (history, horizon) =>
    croston(weight)(history, horizon, 1).map((value) => value * (1 - weight / 2));

/**
 * Teunter, Syntetos and Babai (2011): the chance of a demand is smoothed every period, so that a product nobody asks for
 * any more fades out. Size and chance begin as the means of the first demands and of all periods up to the third of them.
 */
export const tsb =
  (sizeWeight = smoothing, chanceWeight = smoothing): Method =>
  (history, horizon) => {
    let size = Number.NaN;
    let chance = Number.NaN;
    let seen = 0;
    let demands = 0;
    let units = 0;
    for (const value of history) {
      if (Number.isNaN(value)) continue;
      if (demands < 3) {
        seen += 1;
        if (value > 0) {
          demands += 1;
          units += value;
        }
        size = demands > 0 ? units / demands : 0;
        chance = demands / seen;
        continue;
      }
      chance += chanceWeight * ((value > 0 ? 1 : 0) - chance);
      if (value > 0) size += sizeWeight * (value - size);
    }
    return repeated(Number.isNaN(size) ? 0 : size * chance, horizon);
  };

/** Syntetos, Boylan and Croston's limit: mean interval between demands at which they count as intermittent. */
export const isIntermittent = (history: Numbers): boolean => {
  let known = 0;
  let demands = 0;
  for (const value of history) {
    if (Number.isNaN(value)) continue;
    known += 1;
    if (value > 0) demands += 1;
  }
  return known > 0 && known >= 1.32 * demands;
};
