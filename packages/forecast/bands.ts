/** The band around a forecast, from the chosen method's own past errors as many periods ahead. */
import { conformalQuantile, quantileOfOrdered } from './accuracy.ts';
import type { Origins, Trial } from './combination.ts';
import { meanOf, type Numbers, sorted } from './numbers.ts';

/**
 * Errors are kept as shares of a scale between the forecast and the usual size of a period: those of a high season are
 * larger than those of a low one, but not as much as the seasons themselves.
 */
const scaleOf = (forecast: number, usual: number): number => (forecast + usual) / 2;

/** Below so many errors their quantiles say little, and what series of medicines usually show is mixed in. */
const enoughErrors = 10;
export const usualBand = 0.3;
const usualWeight = 4;
/** The same as a standard deviation: of a normal distribution eight of ten lie within 1.2816 of them. */
export const usualSigma = usualBand / 1.2816;

/** Seasons and levels that last tie errors together, but not without end. */
const fewestIndependent = 5;

/** Of the origins the first part is passed over where enough are left: so early the methods knew less than they do now. */
const early = 1 / 2;
const fewestLate = 12;

/**
 * Low and high by step, so that eight of ten times what comes lies between. `demand` is the past that was tested.
 * Never below 0.
 */
export const bandsOf = (
  { first, count, horizon }: Origins,
  { rows }: Trial,
  demand: Numbers,
): [low: number, high: number][] => {
  const recent = meanOf(demand.slice(-12));
  const usual = Number.isNaN(recent) ? 0 : recent;
  const sharesAt = (step: number): number[] => {
    const shares: number[] = [];
    const end = count - 1 - step;
    for (let row = Math.min(Math.floor(end * early), Math.max(0, end - fewestLate)); row < end; row += 1) {
      const forecast = rows[row * horizon + step]!;
      const share = (demand[first + row + step]! - forecast) / scaleOf(forecast, usual);
      if (Number.isFinite(share)) shares.push(share);
    }
    return shares;
  };
  let [below, above] = [usualBand, usualBand];
  let near: number[] = [];
  let [here, next] = [sharesAt(0), [] as number[]];
  const bands: [low: number, high: number][] = [];
  for (let step = 0; step < horizon; step += 1) {
    next = step + 1 < horizon ? sharesAt(step + 1) : [];
    // Neighbouring steps err alike; the first is what is ordered by, and stands alone.
    const shares = step === 0 ? here : [...near, ...here, ...next];
    if (here.length >= enoughErrors) {
      // Errors several periods ahead overlap: so many of them as do not are worth what they say.
      const independent = Math.max(fewestIndependent, here.length / step ** 0.75);
      const inOrder = sorted(shares);
      below = Math.max(0, -quantileOfOrdered(inOrder, 0.1, independent));
      above = Math.max(0, quantileOfOrdered(inOrder, 0.9, independent));
    } else if (step === 0 && shares.length > 0) {
      const either = conformalQuantile(shares.map(Math.abs), 0.8);
      below = (shares.length * either + usualWeight * usualBand) / (shares.length + usualWeight);
      above = below;
    }
    const forecast = rows[(count - 1) * horizon + step]!;
    const scale = scaleOf(forecast, usual);
    bands.push([Math.max(0, forecast - below * scale), forecast + above * scale]);
    [near, here] = [here, next];
  }
  return bands;
};

/** Root of the mean squared error; `usual` is the size of a period. One spike in the past is not what is to be kept in store. */
export const sigmaOf = (forecast: Numbers, damped: readonly (number | null)[], usual: number): number => {
  let [squares, count] = [0, 0];
  for (const [at, value] of forecast.entries()) {
    const units = damped[at];
    if (units === null || units === undefined || Number.isNaN(value)) continue;
    squares += (value - units) ** 2;
    count += 1;
  }
  const doubt = count < enoughErrors ? usualWeight : 0;
  return Math.sqrt((squares + doubt * (usualSigma * usual) ** 2) / (count + doubt));
};
