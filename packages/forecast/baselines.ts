/**
 * What planners reckon with today: the last period, the same period a year ago, averages over months, and the average
 * monthly consumption as two widely used systems define it. Each takes the history from its first period to its last,
 * NaN where a period is not known, and answers one figure a period ahead.
 */

import { meanOf, type Numbers, repeated } from './numbers.ts';

/** Answers `horizon` figures from a history; NaN where it has too little to say. `season` is in periods. */
export type Method = (history: Numbers, horizon: number, season: number) => Numbers;

/** The last period that is known, again. */
export const naive: Method = (history, horizon) => {
  let at = history.length - 1;
  while (at >= 0 && Number.isNaN(history[at]!)) at -= 1;
  return repeated(at < 0 ? Number.NaN : history[at]!, horizon);
};

/** The same period a season ago; where that is not known, a season before it. */
export const seasonalNaive: Method = (history, horizon, season) => {
  const path: number[] = [];
  for (let step = 0; step < horizon; step += 1) {
    let at = history.length + step - season;
    while (at >= history.length || Number.isNaN(history[at])) at -= season;
    path.push(at < 0 ? Number.NaN : history[at]!);
  }
  return path;
};

/** The mean of the last `window` periods, of those known among them; all of a shorter history. */
export const movingAverage =
  (window: number): Method =>
  (history, horizon) =>
    repeated(meanOf(history, history.length - window), horizon);

/** Half the mean of the last three months, half the same month a year ago: the best plain rule on sales of a pharmacy. */
export const averageAndSeason: Method = (history, horizon, season) => {
  const recent = meanOf(history, history.length - 3);
  return seasonalNaive(history, horizon, season).map((ago) => (Number.isNaN(ago) ? recent : (recent + ago) / 2));
};

// A ceiling of 33.000000000000004 would be 34.
const ceiling = (value: number): number => Math.max(0, Math.ceil(value - 1e-9));

/** One month of OpenLMIS's adjusted consumption: `ceil(C * 30M / (30M - X))`; C itself where no day had stock. */
export const openLmisAdjusted = (consumption: number, stockOutDays: number, monthsInPeriod = 1): number => {
  const days = 30 * monthsInPeriod;
  const seen = days - Math.min(days, stockOutDays);
  return seen === 0 ? consumption : ceiling((consumption * days) / seen);
};

/**
 * OpenLMIS's average consumption: the ceiling of the mean of the last `periods` adjusted consumptions. `consumption` is
 * what was handed out, in units, NaN where no report came; `stockOutDays` the days without stock of each period.
 */
export const openLmisAmc = (consumption: Numbers, stockOutDays: Numbers, periods = 3): number => {
  const without = stockOutDays.slice(-periods);
  return ceiling(meanOf(consumption.slice(-periods).map((units, at) => openLmisAdjusted(units, without[at]!))));
};

/**
 * Open mSupply's average monthly consumption: `consumption / lookback * D / (D - stock-out days)`, over the last
 * `lookback` months together; `days` are the days of each month, D their sum. NaN where no day had stock.
 */
export const openMsupplyAmc = (consumption: Numbers, stockOutDays: Numbers, days: Numbers, lookback = 3): number => {
  let units = 0;
  let months = 0;
  let all = 0;
  let without = 0;
  for (let at = Math.max(0, consumption.length - lookback); at < consumption.length; at += 1) {
    if (Number.isNaN(consumption[at]!)) continue;
    units += consumption[at]!;
    months += 1;
    all += days[at]!;
    without += Math.min(days[at]!, stockOutDays[at]!);
  }
  return all > without ? ((units / months) * all) / (all - without) : Number.NaN;
};
