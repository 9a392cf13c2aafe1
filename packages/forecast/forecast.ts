/**
 * One forecast a series. Every method forecasts each of the past periods from what stood before it (rolling origin);
 * what comes out is the weighted combination of the members that erred least there, or a single method where that is
 * clearly better; its own past errors are the band around it. Nothing is remembered between two calls.
 */
import { type Accuracy, accuracyOf, naiveScale } from './accuracy.ts';
import { backTest, chosenOf, type Past, ratesOf, stepOne } from './back-test.ts';
import { bandsOf, sigmaOf } from './bands.ts';
import { borrowedForecast, lentHorizon, turned } from './borrow.ts';
import type { Numbers } from './numbers.ts';
import { takeApart } from './season.ts';
import {
  beginOf,
  demandOf,
  maxHorizon,
  maxPeriods,
  openDays,
  periodName,
  periodsBetween,
  type Series,
  SeriesRefusal,
  seasonOf,
} from './series.ts';

export interface Forecast {
  /** The method that was chosen, a key of `backtest` (or `borrowed`). */
  readonly method: string;
  /** One period ahead, over the last two seasons at most. */
  readonly backtest: Readonly<Record<string, Accuracy>>;
  /** Units by period, from the first one behind the series. */
  readonly forecast: readonly number[];
  /** Low and high by period: eight of ten times what comes lies between. Never below 0. */
  readonly interval80: readonly (readonly [low: number, high: number])[];
  /** Root of the mean squared error of the chosen method one period ahead, in units, against `adjusted`. */
  readonly sigma: number;
  /** Periods far from what was usual for them, `usual` in units. */
  readonly unusual: readonly { readonly period: string; readonly value: number; readonly usual: number }[];
  /** What the methods took for the demand of each period: sales raised for days without stock, the unusual damped; null = not known. */
  readonly adjusted: readonly (number | null)[];
}

export interface ForecastOptions {
  /** Periods ahead, 1 to 400. */
  readonly horizon: number;
  /** A series that a new one is like (a mean product of its ATC group): lends its season, and its course while fewer than three periods are known. */
  readonly borrowed?: Series;
  /** Days on which the counter is closed, YYYY-MM-DD, past and to come. */
  readonly holidays?: readonly string[] | undefined;
}

/** Periods that are looked back on, and from which the past is forecast again. */
const looks: Readonly<Record<Series['step'], { history: number; origins: number }>> = {
  month: { history: 120, origins: 36 },
  week: { history: 260, origins: 40 },
  day: { history: 735, origins: 42 },
};

interface Ready extends Past {
  /** Index in the series of the past's first period. */
  readonly begin: number;
  readonly known: number;
}

const shareOpen = (series: Series, days: Numbers): number[] => {
  const all = openDays(series, days.length);
  return days.map((open, at) => open / all[at]!);
};

const readyOf = (series: Series, horizon: number, holidays: readonly string[] | undefined): Ready => {
  const { length } = series.values;
  if (length > maxPeriods) throw new SeriesRefusal('too-long');
  const days = openDays(series, length + horizon, holidays);
  const demand = demandOf(series, days);
  const begin = Math.max(beginOf(demand), length - looks[series.step].history);
  const past = demand.slice(begin);
  return {
    demand: past,
    sold: series.values.slice(begin).map((value) => value ?? Number.NaN),
    stockOutDays: past.map((_, at) => series.stockOutDays?.[begin + at] ?? 0),
    days: days.slice(begin),
    open: holidays && holidays.length > 0 ? shareOpen(series, days).slice(begin) : undefined,
    begin,
    season: seasonOf[series.step],
    isMonthly: series.step === 'month',
    known: past.reduce((count, units) => count + (Number.isNaN(units) ? 0 : 1), 0),
  };
};

/** A series of fewer known periods has no course of its own. */
const fewest = 3;

/**
 * Forecasts a series. The answer is always finite and never negative. Each method is tried on up to 36 past months, 40
 * weeks or 42 days.
 * @throws {SeriesRefusal} horizon, period-unreadable, too-long, negative-value (returns belong to the period in which the
 * goods were asked for), not-a-number, stock-out-days, no-values (where nothing is borrowed either)
 */
export const forecastSeries = (series: Series, { horizon, borrowed: lender, holidays }: ForecastOptions): Forecast => {
  if (!(Number.isInteger(horizon) && horizon >= 1 && horizon <= maxHorizon)) throw new SeriesRefusal('horizon');
  // A group of which nothing is known has nothing to lend.
  const borrowed = lender && readyOf(lender, 1, holidays).known > 0 ? lender : undefined;
  const past = readyOf(series, horizon, holidays);
  if (past.known < fewest && borrowed) {
    const lent = forecastSeries(borrowed, {
      horizon: Math.min(maxHorizon, lentHorizon(series, borrowed, horizon)),
      holidays,
    });
    const shown = shownOf(series, past);
    return { ...borrowedForecast(series, shown.adjusted, borrowed, lent, horizon), backtest: {}, ...shown };
  }
  if (past.known === 0) throw new SeriesRefusal('no-values');
  const test = backTest(
    borrowed ? { ...past, borrowed: lentSeason(series, past, borrowed, holidays) } : past,
    horizon,
    looks[series.step].origins,
  );
  const chosen = chosenOf(test, past);

  const reported = Math.max(0, test.count - 1 - 2 * past.season);
  const actual = past.demand.slice(test.first);
  const scale = naiveScale(past.demand, past.season);
  const backtest: Record<string, Accuracy> = {};
  for (const trial of test.trials)
    backtest[trial.name] = accuracyOf(stepOne(test, trial).slice(reported), actual.slice(reported), scale);

  const forecast = chosen.rows.slice(-horizon);
  const bands = bandsOf(test, chosen, past.demand);
  const shown = shownOf(series, past);
  const sigma = sigmaOf(stepOne(test, chosen), shown.adjusted.slice(past.begin + test.first), forecast[0]!);
  return {
    method: chosen.name,
    backtest,
    forecast,
    interval80: bands,
    sigma,
    ...shown,
  };
};

/** The season of a lender, by the places of the past. */
const lentSeason = (
  series: Series,
  past: Ready,
  lender: Series,
  holidays: readonly string[] | undefined,
): Numbers | undefined => {
  if (past.demand.length >= 2 * past.season) return undefined;
  const its = readyOf(lender, 1, holidays);
  return turned(takeApart(ratesOf(its), its.season).indices, periodsBetween(lender, series) + past.begin - its.begin);
};

/** What of the past was taken for unusual, and for demand. */
const shownOf = (series: Series, past: Ready): Pick<Forecast, 'unusual' | 'adjusted'> => {
  const parts = takeApart(ratesOf(past), past.season);
  const unusual: Forecast['unusual'][number][] = [];
  const adjusted: (number | null)[] = Array.from({ length: past.begin }, (_, at) => series.values[at] ?? null);
  for (const [at, units] of past.demand.entries()) {
    const days = past.days[at]!;
    if (parts.unusual[at])
      unusual.push({ period: periodName(series, past.begin + at), value: units, usual: parts.usual[at]! * days });
    adjusted.push(
      Number.isNaN(units)
        ? null
        : parts.unusual[at]
          ? parts.level[at]! * parts.indices[at % past.season]! * days
          : units,
    );
  }
  return { unusual, adjusted };
};
