/**
 * Forecasting the past again: each method from each origin with what was known there, the combination with the weights
 * that were known there, and which of them is taken for what comes.
 */
import { type Candidate, type Known, lookback, memberNames, methods } from './methods.ts';
import { meanOf, type Numbers, repeated } from './numbers.ts';
import { takeApart } from './season.ts';

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

/** What is known of a past at an origin: of nothing behind it but the days. */
const knownAt = (past: Past, rates: Numbers, origin: number, horizon: number): Known => {
  const { demand, sold, stockOutDays, days, season, isMonthly, borrowed } = past;
  const recent = Math.max(0, origin - lookback);
  return {
    demand: demand.slice(0, origin),
    recent: {
      sold: sold.slice(recent, origin),
      stockOutDays: stockOutDays.slice(recent, origin),
      days: days.slice(recent, origin),
    },
    ahead: days.slice(origin, origin + horizon),
    parts: takeApart(rates.slice(0, origin), season, borrowed),
    season,
    isMonthly,
  };
};

/** Forecasts a past from up to `origins` origins and its end, by every method and their combination. */
export const backTest = (past: Past, horizon: number, origins: number): BackTest => {
  const end = past.demand.length;
  const first = Math.max(Math.min(end, 2), end - origins, Math.min(Math.ceil(end / 3), past.season));
  const trials = methods.map(({ name }) => ({ name, rows: [] as number[] }));
  const rates = ratesOf(past);
  for (let origin = first; origin <= end; origin += 1) {
    const known = knownAt(past, rates, origin, horizon);
    for (let which = 0; which < methods.length; which += 1) {
      const forecast = (methods[which] as Candidate).forecast(known);
      for (let step = 0; step < horizon; step += 1) trials[which]!.rows.push(forecast[step]!);
    }
  }
  const names = memberNames(past.demand, past.isMonthly);
  const test = { first, count: end - first + 1, horizon, trials };
  const rows = combined(
    test,
    trials.filter(({ name }) => names.has(name)),
    past.demand,
  );
  return { ...test, trials: [...trials, { name: combination, rows }] };
};

const combination = 'combination';

/** An error counts so much of one that is a period younger. */
const kept = 0.95;
/** To each member's errors so many of a usual member are added: few errors prove little. */
const doubt = 6;
const sharpness = 4;

/** The mean of the members, weighted by their past errors one period ahead, as they were known at each origin. */
const combined = ({ first, count, horizon }: BackTest, members: readonly Trial[], demand: Numbers): number[] => {
  const errors = repeated(0, members.length);
  const rows: number[] = [];
  let seen = 0;
  for (let row = 0; row < count; row += 1) {
    let usual = 0;
    for (const error of errors) usual += error / members.length;
    // Without errors all weigh the same.
    const weights = errors.map((error) => (usual > 0 ? ((error + (doubt * usual) / seen) / usual) ** -sharpness : 1));
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
      const error = Math.abs(members[which]!.rows[row * horizon]! - actual);
      errors[which] = kept * errors[which]! + (Number.isNaN(error) ? mean : error);
    }
  }
  return rows;
};

/** One period ahead, by origin; what comes is not among them. */
export const stepOne = ({ count, horizon }: BackTest, { rows }: Trial): number[] => {
  const values: number[] = [];
  for (let row = 0; row < count - 1; row += 1) values.push(rows[row * horizon]!);
  return values;
};

/** A single method is taken instead of the combination only where it erred less by this share, and hardly by chance. */
const clearlyLess = 0.95;
const hardlyByChance = 2.5;
const fewestPairs = 18;

/** Compares absolute errors origin by origin. */
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

/** The combination; or the single method that erred least, where it is clearly better. */
export const chosenOf = (test: BackTest, demand: Numbers): Trial => {
  const errorsOf = (trial: Trial): number[] =>
    stepOne(test, trial).map((value, at) => Math.abs(value - demand[test.first + at]!));
  const mixed = test.trials.at(-1)!;
  const mixedErrors = errorsOf(mixed);
  let [best, least] = [mixed, Number.POSITIVE_INFINITY];
  for (const trial of test.trials) {
    if (trial === mixed || Number.isNaN(trial.rows.at(-1)!)) continue;
    const errors = errorsOf(trial);
    const error = meanOf(errors);
    if (error < least && isClearlyBetter(errors, mixedErrors)) [best, least] = [trial, error];
  }
  return best;
};
