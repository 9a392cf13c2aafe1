/**
 * Forecasting the past again: each method from each origin with what was known there, the combination with the weights
 * that were known there, and which of them is taken for what comes.
 */
import { type Candidate, type Known, lookback, methods, type Recipe, recipeOf } from './methods.ts';
import { meanOf, type Numbers, repeated } from './numbers.ts';
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
  readonly season: number;
  readonly isMonthly: boolean;
  /** Seasonal indices of a series that it is like, by its own places. */
  readonly borrowed?: Numbers | undefined;
}

/** What one method forecast: at `row * horizon + step`, one row an origin; the last row is what comes. */
export interface Trial {
  readonly name: string;
  readonly rows: Numbers;
}

export interface BackTest {
  /** Index of the first origin in the past. */
  readonly first: number;
  readonly count: number;
  readonly horizon: number;
  readonly trials: readonly Trial[];
}

/** Units a day of each period; a day on which the counter is closed has none. */
export const ratesOf = ({ demand, days }: Past): number[] =>
  demand.map((units, at) => (days[at]! > 0 ? units / days[at]! : Number.NaN));

/** What is known of a past at an origin: of nothing behind it but the days. `rates` and their `means` are of the whole past. */
const knownAt = (past: Past, rates: Numbers, means: Numbers, origin: number, horizon: number): Known => {
  const { demand, sold, stockOutDays, days, season, isMonthly, borrowed } = past;
  const recent = Math.max(0, origin - lookback);
  const parts = takeApart(rates.slice(0, origin), season, borrowed, means);
  return {
    demand: demand.slice(0, origin),
    recent: {
      sold: sold.slice(recent, origin),
      stockOutDays: stockOutDays.slice(recent, origin),
      days: days.slice(recent, origin),
    },
    ahead: days.slice(origin, origin + horizon),
    parts,
    level: levelOf(parts.level),
    season,
    isMonthly,
  };
};

/**
 * Forecasts a past from up to `origins` origins and its end, by every method and their combination. `candidates` are the
 * methods; those that can go along the past do.
 */
export const backTest = (
  past: Past,
  horizon: number,
  origins: number,
  candidates: readonly Candidate[] = methods,
): BackTest => {
  const end = past.demand.length;
  const first = Math.max(Math.min(end, 2), end - origins, Math.min(Math.ceil(end / 3), past.season));
  const trials = candidates.map(({ name, along }) => ({
    name,
    rows: [] as number[],
    walk: along?.(past.demand, past.season),
  }));
  const rates = ratesOf(past);
  const means = seasonMeans(rates, past.season);
  for (let origin = first; origin <= end; origin += 1) {
    const known = knownAt(past, rates, means, origin, horizon);
    for (let which = 0; which < candidates.length; which += 1) {
      const { walk, rows } = trials[which]!;
      const forecast = walk ? walk(origin, horizon) : candidates[which]!.forecast(known);
      for (let step = 0; step < horizon; step += 1) rows.push(forecast[step]!);
    }
  }
  const test = { first, count: end - first + 1, horizon, trials: trials.map(({ name, rows }) => ({ name, rows })) };
  const recipe = recipeOf(past.demand, past.isMonthly);
  const rows = combined(test, recipe, past.demand);
  const anchor = test.trials.find(({ name }) => name === recipe.anchor);
  if (anchor) lean(test, rows, anchor.rows, past.demand);
  return { ...test, trials: [...test.trials, { name: combination, rows }] };
};

const combination = 'combination';

/** An error counts so much of one that is a period younger. */
const kept = 0.95;
/** To each member's errors so many of a usual member are added: few errors prove little. */
const doubt = 6;

/** The mean of the members, weighted by their past errors one period ahead, as they were known at each origin. */
const combined = ({ first, count, horizon, trials }: BackTest, recipe: Recipe, demand: Numbers): number[] => {
  const { loss, sharpness } = recipe;
  const members = trials.filter(({ name }) => recipe.members.has(name));
  const losses = repeated(0, members.length);
  const weights = repeated(1, members.length);
  const rows: number[] = [];
  let seen = 0;
  for (let row = 0; row < count; row += 1) {
    let usual = 0;
    for (const lost of losses) usual += lost / members.length;
    // Without errors all weigh the same.
    for (let which = 0; which < members.length; which += 1)
      weights[which] = usual > 0 ? ((losses[which]! + (doubt * usual) / seen) / usual) ** -sharpness : 1;
    for (let step = 0; step < horizon; step += 1) {
      let sum = 0;
      let weight = 0;
      for (let which = 0; which < members.length; which += 1) {
        const value = members[which]!.rows[row * horizon + step]!;
        if (Number.isNaN(value)) continue;
        sum += weights[which]! * value;
        weight += weights[which]!;
      }
      rows.push(sum / weight);
    }
    const actual = row < count - 1 ? demand[first + row]! : Number.NaN;
    if (Number.isNaN(actual)) continue;
    const mean = seen > 0 ? usual / seen : 0;
    seen = kept * seen + 1;
    for (let which = 0; which < members.length; which += 1) {
      const lost = loss(members[which]!.rows[row * horizon]! - actual);
      losses[which] = kept * losses[which]! + (Number.isNaN(lost) ? mean : lost);
    }
  }
  return rows;
};

/** A combination that errs so much of what its anchor errs leans on it by `leastLean`; one without a lead by 0.65. */
const clearLead = 0.85;
const leastLean = 0.2;
const mostLean = 0.7;
const leanOfLead = 3;
/** The lead that is usual, and as how many errors it counts: that of one series is half chance. */
const usualLead = 0.9;
const leadDoubt = 12;

/**
 * Draws a combination towards a plain rule, the more the less it has erred below it so far: what looks better by a little
 * on the past of one series is often worse on what comes, and nobody forgives a forecast that loses to a plain rule.
 * Changes `rows`.
 */
const lean = ({ first, count, horizon }: BackTest, rows: number[], anchor: Numbers, demand: Numbers): void => {
  let [own, its, seen] = [0, 0, 0];
  for (let row = 0; row < count; row += 1) {
    const more = seen > 0 ? (leadDoubt * its) / seen : 1;
    const lead = its > 0 ? (own + more * usualLead) / (its + more) : usualLead;
    const weight = Math.min(mostLean, Math.max(leastLean, leastLean + leanOfLead * (lead - clearLead)));
    const begin = row * horizon;
    const actual = row < count - 1 ? demand[first + row]! : Number.NaN;
    const ownError = Math.abs(rows[begin]! - actual);
    const itsError = Math.abs(anchor[begin]! - actual);
    for (let at = begin; at < begin + horizon; at += 1)
      if (!Number.isNaN(anchor[at]!)) rows[at] = (1 - weight) * rows[at]! + weight * anchor[at]!;
    if (Number.isNaN(ownError) || Number.isNaN(itsError)) continue;
    own = kept * own + ownError;
    its = kept * its + itsError;
    seen = kept * seen + 1;
  }
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
