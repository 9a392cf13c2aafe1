/**
 * Forecasting the past again: each method from each origin with what was known there, their combination, and which of
 * them is taken for what comes.
 */
import { combine, type Origins, type Trial } from './combination.ts';
import { type Candidate, type Known, lookback, methods, recipeOf, whileOpen } from './methods.ts';
import { meanOf, type Numbers } from './numbers.ts';
import { seasonMeans, takeApart } from './season.ts';
import { levelOf } from './smoothing.ts';

/** A series made ready: from where it begins to say something. */
export interface Past {
  /** Units by period, raised for days without stock; NaN where not known. */
  readonly demand: Numbers;
  /** Units that were handed out, and days without stock, by period. */
  readonly sold: Numbers;
  readonly stockOutDays: Numbers;
  /** Days of the periods of the past and of those ahead. */
  readonly days: Numbers;
  /** Which part of a period's days, of the past and ahead, the counter is open; without it all of them. */
  readonly open?: Numbers | undefined;
  readonly season: number;
  readonly isMonthly: boolean;
  /** Seasonal indices of a series that it is like, by its own places. */
  readonly borrowed?: Numbers | undefined;
}

export interface BackTest extends Origins {
  readonly trials: readonly Trial[];
}

/** Units a day of each period; a day on which the counter is closed has none. */
export const ratesOf = ({ demand, days }: Past): number[] =>
  demand.map((units, at) => (days[at]! > 0 ? units / days[at]! : Number.NaN));

/** Units by period as they would be with the counter open on every day; a period without an open day says nothing. */
const raisedOf = ({ demand, open }: Past): Numbers =>
  open ? demand.map((units, at) => (open[at]! > 0 ? units / open[at]! : Number.NaN)) : demand;

/** What is known of a past at an origin: of nothing behind it but the days. What is raised, `rates` and their `means` are of the whole past. */
const knownAt = (
  past: Past,
  { raised, rates, means }: { readonly raised: Numbers; readonly rates: Numbers; readonly means: Numbers },
  origin: number,
  horizon: number,
): Known => {
  const { sold, stockOutDays, days, season, isMonthly, borrowed } = past;
  const recent = Math.max(0, origin - lookback);
  const parts = takeApart(rates.slice(0, origin), season, borrowed, means);
  return {
    demand: raised.slice(0, origin),
    recent: {
      sold: sold.slice(recent, origin),
      stockOutDays: stockOutDays.slice(recent, origin),
      days: days.slice(recent, origin),
    },
    ahead: days.slice(origin, origin + horizon),
    open: past.open?.slice(origin, origin + horizon),
    parts,
    level: levelOf(parts.level),
    season,
    isMonthly,
  };
};

/**
 * Forecasts a past from up to `most` origins and its end, by every method and their combination. `candidates` are the
 * methods; those that can go along the past do.
 */
export const backTest = (
  past: Past,
  horizon: number,
  most: number,
  candidates: readonly Candidate[] = methods,
): BackTest => {
  const end = past.demand.length;
  const first = Math.max(Math.min(end, 2), end - most, Math.min(Math.ceil(end / 3), past.season));
  const raised = raisedOf(past);
  const trials = candidates.map(({ name, along }) => ({
    name,
    rows: new Array<number>((end - first + 1) * horizon),
    walk: along?.(raised, past.season),
  }));
  const rates = ratesOf(past);
  const whole = { raised, rates, means: seasonMeans(rates, past.season) };
  for (let origin = first; origin <= end; origin += 1) {
    const known = knownAt(past, whole, origin, horizon);
    for (let which = 0; which < candidates.length; which += 1) {
      const { walk, rows } = trials[which]!;
      const forecast = walk ? whileOpen(walk(origin, horizon), known) : candidates[which]!.forecast(known);
      const begin = (origin - first) * horizon;
      for (let step = 0; step < horizon; step += 1) rows[begin + step] = forecast[step]!;
    }
  }
  const each = trials.map(({ name, rows }) => ({ name, rows }));
  const origins = { first, count: end - first + 1, horizon };
  const mixed = combine(origins, each, recipeOf(past.demand, past.isMonthly), past.demand);
  return { ...origins, trials: [...each, mixed] };
};

/** One period ahead, by origin; what comes is not among them. */
export const stepOne = ({ count, horizon }: BackTest, { rows }: Trial): number[] => {
  const values: number[] = [];
  for (let row = 0; row < count - 1; row += 1) values.push(rows[row * horizon]!);
  return values;
};

/** A single method is taken instead of the combination only where it lost less by this share, and hardly by chance. */
const clearlyLess = 0.9;
const hardlyByChance = 3;
const fewestPairs = 18;

/** Compares what was lost origin by origin. */
const isClearlyBetter = (single: Numbers, other: Numbers): boolean => {
  let count = 0;
  let gain = 0;
  let squares = 0;
  let ones = 0;
  let twos = 0;
  for (let at = 0; at < single.length; at += 1) {
    const one = single[at]!;
    const two = other[at]!;
    if (Number.isNaN(one) || Number.isNaN(two)) continue;
    count += 1;
    gain += two - one;
    squares += (two - one) ** 2;
    ones += one;
    twos += two;
  }
  if (count < fewestPairs || ones > clearlyLess * twos) return false;
  const variance = (squares - (gain * gain) / count) / (count - 1);
  return gain / count > hardlyByChance * Math.sqrt(Math.max(0, variance) / count);
};

/** The combination; or the single method that lost least, where it is clearly better. */
export const chosenOf = (test: BackTest, { demand, isMonthly }: Past): Trial => {
  const mixed = test.trials.at(-1)!;
  const { loss, allowsSingle } = recipeOf(demand, isMonthly);
  if (!allowsSingle) return mixed;
  const lossesOf = ({ rows }: Trial): number[] => {
    const losses: number[] = [];
    for (let row = 0; row < test.count - 1; row += 1)
      losses.push(loss(rows[row * test.horizon]! - demand[test.first + row]!));
    return losses;
  };
  const mixedLosses = lossesOf(mixed);
  let [best, least] = [mixed, Number.POSITIVE_INFINITY];
  for (const trial of test.trials) {
    if (trial === mixed || Number.isNaN(trial.rows.at(-1)!)) continue;
    const losses = lossesOf(trial);
    const lost = meanOf(losses);
    if (lost < least && isClearlyBetter(losses, mixedLosses)) [best, least] = [trial, lost];
  }
  return best;
};
