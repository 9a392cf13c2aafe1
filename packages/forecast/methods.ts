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
import { dampedTrend, holt, holtWinters, simpleSmoothing, theta } from './smoothing.ts';

/** What is known at one origin: everything before it, and the days of the periods behind it. */
export interface Known {
  /** Units by period, NaN where not known; raised for days without stock. */
  readonly demand: Numbers;
  /** Of the last months before the origin: units that were handed out, days without stock, and their days. */
  readonly recent: { readonly sold: Numbers; readonly stockOutDays: Numbers; readonly days: Numbers };
  /** Days of the periods behind the origin. */
  readonly ahead: Numbers;
  readonly parts: Parts;
  readonly season: number;
  readonly isMonthly: boolean;
}

export interface Candidate {
  readonly name: string;
  /** Units of the periods behind the origin, as many as `ahead`; NaN where it cannot say. */
  readonly forecast: (known: Known) => Numbers;
}

const onUnits =
  (method: Method) =>
  ({ demand, ahead, season }: Known): Numbers =>
    method(demand, ahead.length, season);

const onLevel =
  (method: Method) =>
  ({ parts: { level, indices }, ahead, season }: Known): Numbers =>
    method(level, ahead.length, season).map(
      (rate, step) => rate * indices[(level.length + step) % season]! * ahead[step]!,
    );

const onDamped =
  (method: Method) =>
  ({ parts: { damped }, ahead, season }: Known): Numbers =>
    method(damped, ahead.length, season).map((rate, step) => rate * ahead[step]!);

/** Months over which planners' averages are taken. */
export const lookback = 3;

const monthly =
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
    forecast: monthly(({ recent }) => openLmisAmc(recent.sold, recent.stockOutDays, lookback)),
  },
  {
    name: 'open-msupply-amc',
    forecast: monthly(({ recent }) => openMsupplyAmc(recent.sold, recent.stockOutDays, recent.days, lookback)),
  },
];

const textbook: readonly Candidate[] = [
  { name: 'simple-smoothing', forecast: onUnits(simpleSmoothing()) },
  { name: 'holt', forecast: onUnits(holt()) },
  { name: 'damped-trend', forecast: onUnits(dampedTrend()) },
  { name: 'theta', forecast: onUnits(theta()) },
  { name: 'holt-winters-additive', forecast: onUnits(holtWinters('additive')) },
  { name: 'holt-winters-multiplicative', forecast: onUnits(holtWinters('multiplicative')) },
];

const seasonal: readonly Candidate[] = [
  { name: 'season-smoothing', forecast: onLevel(simpleSmoothing()) },
  { name: 'season-damped-trend', forecast: onLevel(dampedTrend()) },
  { name: 'season-theta', forecast: onLevel(theta()) },
  { name: 'season-mean', forecast: (known) => onLevel(movingAverage(known.isMonthly ? 12 : 28))(known) },
  { name: 'season-last', forecast: onLevel(naive) },
  { name: 'damped-smoothing', forecast: onDamped(simpleSmoothing()) },
  { name: 'damped-amc12', forecast: onDamped(movingAverage(12)) },
  { name: 'damped-amc3-seasonal-naive', forecast: onDamped(averageAndSeason) },
];

const intermittent: readonly Candidate[] = [
  { name: 'croston', forecast: onUnits(croston()) },
  { name: 'sba', forecast: onUnits(sba()) },
  { name: 'tsb', forecast: onUnits(tsb()) },
];

/** Every method that a series is tried with. */
export const methods: readonly Candidate[] = [...plain, ...textbook, ...seasonal, ...intermittent];

/** Members of the combination: unlike each other, so that their errors differ. */
const members: ReadonlySet<string> = new Set([
  'season-smoothing',
  'season-theta',
  'season-mean',
  'season-last',
  'naive',
  'damped-smoothing',
  'damped-amc12',
  'damped-amc3-seasonal-naive',
]);
/** Where demand comes now and then there is no season to see, and the last period says little. */
const intermittentMembers: ReadonlySet<string> = new Set([
  'season-smoothing',
  'season-mean',
  'simple-smoothing',
  'sba',
  'tsb',
  'amc12',
]);

/** A day or a week by itself is mostly chance: nothing that hangs on the last one. */
const dailyMembers: ReadonlySet<string> = new Set([
  'season-smoothing',
  'season-theta',
  'season-mean',
  'damped-smoothing',
]);

/** The members of a series' combination, by what it is. */
export const memberNames = (demand: Numbers, isMonthly: boolean): ReadonlySet<string> => {
  if (isIntermittent(demand)) return intermittentMembers;
  return isMonthly ? members : dailyMembers;
};
