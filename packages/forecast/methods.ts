/**
 * The methods that a series is tried with, each by its name: those of textbooks and of planners as they stand, on units;
 * and the members of the combination, which forecast the level that is left without season, days and the unusual.
 */
import {
  averageAndSeason,
  type Method,
  movingAverage,
  naive,
  openLmisAmc,
  openMsupplyAmc,
  seasonalNaive,
} from './baselines.ts';
import { croston, isIntermittent, sba, tsb } from './intermittent.ts';
import { type Numbers, repeated } from './numbers.ts';
import type { Parts } from './season.ts';
import {
  dampedTrend,
  dampedTrendAlong,
  type Fit,
  holt,
  holtAlong,
  holtWinters,
  holtWintersAlong,
  levelAhead,
  simpleSmoothing,
  simpleSmoothingAlong,
  theta,
  thetaAhead,
  thetaAlong,
  type Walk,
} from './smoothing.ts';

/** What is known at one origin: everything before it, and the days of the periods behind it. */
export interface Known {
  /** Units by period, NaN where not known; raised for days without stock and days on which the counter was closed. */
  readonly demand: Numbers;
  /** Of the last months before the origin: units that were handed out, days without stock, and their days. */
  readonly recent: { readonly sold: Numbers; readonly stockOutDays: Numbers; readonly days: Numbers };
  /** Days of the periods behind the origin. */
  readonly ahead: Numbers;
  /** Which part of their days the counter is open; without it all of them. */
  readonly open?: Numbers | undefined;
  readonly parts: Parts;
  /** The smoothed level of what is left without season. */
  readonly level: Fit;
  readonly season: number;
  readonly isMonthly: boolean;
}

export interface Candidate {
  readonly name: string;
  /** Units of the periods behind the origin, as many as `ahead`; NaN where it cannot say. */
  readonly forecast: (known: Known) => Numbers;
  /** The same figures for one origin after the other, from the demand of the whole past, where they are had for less. */
  readonly along?: (demand: Numbers, season: number) => Walk;
}

/** Units of whole periods, less what is not asked for where the counter is closed. */
export const whileOpen = (units: Numbers, { open }: Pick<Known, 'open'>): Numbers =>
  open ? units.map((value, step) => value * open[step]!) : units;

const onUnits =
  (method: Method) =>
  (known: Known): Numbers =>
    whileOpen(method(known.demand, known.ahead.length, known.season), known);

const withSeason = (rates: Numbers, { parts: { level, indices }, ahead, season }: Known): Numbers =>
  rates.map((rate, step) => rate * indices[(level.length + step) % season]! * ahead[step]!);

const onLevel =
  (method: Method) =>
  (known: Known): Numbers =>
    withSeason(method(known.parts.level, known.ahead.length, known.season), known);

const onDamped =
  (method: Method) =>
  ({ parts: { damped }, ahead, season }: Known): Numbers =>
    method(damped, ahead.length, season).map((rate, step) => rate * ahead[step]!);

/** Months over which planners' averages are taken. */
export const lookback = 3;

const byMonths =
  (amc: (known: Known) => number) =>
  (known: Known): Numbers =>
    repeated(known.isMonthly ? amc(known) : Number.NaN, known.ahead.length);

/** What planners do without any of this; the figures that a forecast has to beat. */
const plain: readonly Candidate[] = [
  { name: 'naive', forecast: onUnits(naive) },
  { name: 'seasonal-naive', forecast: onUnits(seasonalNaive) },
  { name: 'amc3', forecast: onUnits(movingAverage(3)) },
  { name: 'amc6', forecast: onUnits(movingAverage(6)) },
  { name: 'amc12', forecast: onUnits(movingAverage(12)) },
  { name: 'amc3-seasonal-naive', forecast: onUnits(averageAndSeason) },
  {
    name: 'openlmis-amc',
    forecast: byMonths(({ recent }) => openLmisAmc(recent.sold, recent.stockOutDays, lookback)),
  },
  {
    name: 'open-msupply-amc',
    forecast: byMonths(({ recent }) => openMsupplyAmc(recent.sold, recent.stockOutDays, recent.days, lookback)),
  },
];

const textbook: readonly Candidate[] = [
  { name: 'simple-smoothing', forecast: onUnits(simpleSmoothing()), along: simpleSmoothingAlong },
  { name: 'holt', forecast: onUnits(holt()), along: holtAlong },
  { name: 'damped-trend', forecast: onUnits(dampedTrend()), along: dampedTrendAlong },
  { name: 'theta', forecast: onUnits(theta()), along: thetaAlong },
  {
    name: 'holt-winters-additive',
    forecast: onUnits(holtWinters('additive')),
    along: holtWintersAlong('additive'),
  },
  {
    name: 'holt-winters-multiplicative',
    forecast: onUnits(holtWinters('multiplicative')),
    along: holtWintersAlong('multiplicative'),
  },
];

const seasonal: readonly Candidate[] = [
  { name: 'season-smoothing', forecast: (known) => withSeason(levelAhead(known.level, known.ahead.length), known) },
  { name: 'season-damped-trend', forecast: onLevel(dampedTrend()) },
  {
    name: 'season-theta',
    forecast: (known) => {
      const { level, parts, ahead } = known;
      return withSeason(thetaAhead(level, parts.level, parts.level.length, ahead.length), known);
    },
  },
  { name: 'season-mean', forecast: (known) => onLevel(movingAverage(known.isMonthly ? 12 : 28))(known) },
  { name: 'season-amc3', forecast: onLevel(movingAverage(3)) },
  { name: 'season-last', forecast: onLevel(naive) },
  { name: 'damped-smoothing', forecast: onDamped(simpleSmoothing()) },
  { name: 'damped-amc12', forecast: onDamped(movingAverage(12)) },
  { name: 'damped-amc3-seasonal-naive', forecast: onDamped(averageAndSeason) },
];

const rare: readonly Candidate[] = [
  { name: 'mean', forecast: onUnits(movingAverage(Number.POSITIVE_INFINITY)) },
  { name: 'croston', forecast: onUnits(croston()) },
  { name: 'sba', forecast: onUnits(sba()) },
  { name: 'tsb', forecast: onUnits(tsb()) },
];

/** Every method that a series is tried with. */
export const methods: readonly Candidate[] = [...plain, ...textbook, ...seasonal, ...rare];

/** What the combination of a series is made of. */
export interface Recipe {
  /** Unlike each other, so that their errors differ. */
  readonly members: ReadonlySet<string>;
  /** A plain rule that the combination leans on where it has hardly erred less than that. */
  readonly anchor: string | undefined;
  /** Plain rules, one of which may do better than the anchor. */
  readonly rivals: ReadonlySet<string>;
  /**
   * How an error is counted where methods are compared. Of rare demand the middle is nothing, and whoever forecasts
   * nothing has the least absolute error; the mean has the least squared one.
   */
  readonly loss: (error: number) => number;
  /** The power of its past loss by which a member weighs less. */
  readonly sharpness: number;
  /** Whether a single method may be taken instead: the errors of rare demand are too few and too large to tell. */
  readonly allowsSingle: boolean;
}

const squared = (error: number): number => error * error;

const monthly: Recipe = {
  members: new Set([
    'season-smoothing',
    'season-theta',
    'season-mean',
    'season-amc3',
    'naive',
    'amc3',
    'amc12',
    'amc3-seasonal-naive',
    'damped-smoothing',
    'damped-amc12',
    'damped-amc3-seasonal-naive',
  ]),
  anchor: 'amc3-seasonal-naive',
  rivals: new Set(['naive', 'amc3', 'amc6', 'amc12']),
  loss: Math.abs,
  sharpness: 8,
  allowsSingle: true,
};

/** A day or a week by itself is mostly chance: nothing that hangs on the last one. */
const daily: Recipe = {
  members: new Set(['season-smoothing', 'season-theta', 'season-mean', 'damped-smoothing']),
  anchor: undefined,
  rivals: new Set(),
  loss: Math.abs,
  sharpness: 4,
  allowsSingle: true,
};

/** Where demand comes now and then there is no season to see, nothing is unusual, and the last period says little. */
const intermittent: Recipe = {
  members: new Set(['simple-smoothing', 'sba', 'tsb', 'amc12', 'mean']),
  anchor: undefined,
  rivals: new Set(),
  loss: squared,
  sharpness: 1,
  allowsSingle: false,
};

/** How a series' methods are put together, by what it is. */
export const recipeOf = (demand: Numbers, isMonthly: boolean): Recipe => {
  if (isIntermittent(demand)) return intermittent;
  return isMonthly ? monthly : daily;
};
