/**
 * A series of what was asked for, period by period, and what can be known of it: the periods' names and lengths, and the
 * demand behind sales that a lack of stock has cut. Which forecast is made of it is not known here.
 */

import type { Numbers } from './numbers.ts';

export type Step = 'month' | 'week' | 'day';

/** What was asked for of one product at one place, in units. */
export interface Series {
  /** First period: YYYY-MM, or YYYY-MM-DD (of a week its first day; of a month any day of it). */
  readonly start: string;
  readonly step: Step;
  /** Units that were asked for by period; null = not known: missing, or out of stock all period long. */
  readonly values: readonly (number | null)[];
  /** Days of each period without stock: demand of them is censored, never zero. */
  readonly stockOutDays?: readonly number[];
}

export const seriesRefusalCodes = [
  'period-unreadable',
  'no-values',
  'too-long',
  'negative-value',
  'not-a-number',
  'stock-out-days',
  'horizon',
  'other-step',
] as const;
export type SeriesRefusalCode = (typeof seriesRefusalCodes)[number];

/** A series of which no forecast can be made, and why; `at` is the index of the value that speaks against it. */
export class SeriesRefusal extends Error {
  readonly code: SeriesRefusalCode;
  readonly at: number | undefined;
  constructor(code: SeriesRefusalCode, at?: number) {
    super(at === undefined ? code : `${code} at ${at}`);
    this.code = code;
    this.at = at;
  }
}

/** Ten years of days, and a little. */
export const maxPeriods = 4_000;
/** No number of units that anybody asks for; beyond it sums of squares would lose their meaning. */
export const maxUnits = 1e12;
export const maxHorizon = 400;

const dayMs = 86_400_000;

/** Periods in which the pattern comes round: months of a year, days of a week, weeks of a year. */
export const seasonOf: Readonly<Record<Step, number>> = { month: 12, week: 52, day: 7 };

/** Days since 1970 of a period's name, or undefined where it is none. */
export const dayOfPeriod = (text: string): number | undefined => {
  const found = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text);
  if (!found) return undefined;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 1)];
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() / dayMs : undefined;
};

const startDay = (start: string): number => {
  const day = dayOfPeriod(start);
  if (day === undefined) throw new SeriesRefusal('period-unreadable');
  return day;
};

/** First day of the period that stands `index` behind the first, in days since 1970. */
const firstDayOf = (start: number, step: Step, index: number): number => {
  if (step !== 'month') return start + index * (step === 'week' ? 7 : 1);
  const at = new Date(start * dayMs);
  at.setUTCFullYear(at.getUTCFullYear(), at.getUTCMonth() + index, 1);
  return at.getTime() / dayMs;
};

/**
 * The name of the period that stands `index` behind the first: YYYY-MM of a month, else YYYY-MM-DD of its first day.
 * @throws {SeriesRefusal} period-unreadable
 */
export const periodName = ({ start, step }: Pick<Series, 'start' | 'step'>, index: number): string =>
  new Date(firstDayOf(startDay(start), step, index) * dayMs).toISOString().slice(0, step === 'month' ? 7 : 10);

/**
 * How many periods the first of `later` is behind the first of `earlier`.
 * @throws {SeriesRefusal} other-step, period-unreadable
 */
export const periodsBetween = (earlier: Series, later: Series): number => {
  if (earlier.step !== later.step) throw new SeriesRefusal('other-step');
  const [from, to] = [startDay(earlier.start), startDay(later.start)];
  if (earlier.step !== 'month') return Math.round((to - from) / (earlier.step === 'week' ? 7 : 1));
  const [one, two] = [new Date(from * dayMs), new Date(to * dayMs)];
  return 12 * (two.getUTCFullYear() - one.getUTCFullYear()) + two.getUTCMonth() - one.getUTCMonth();
};

/**
 * Days of each period on which somebody could buy: its length without `holidays` (YYYY-MM-DD, days on which the counter
 * is closed). A day that is one has 0.
 */
export const openDays = (
  { start, step }: Pick<Series, 'start' | 'step'>,
  count: number,
  holidays: readonly string[] = [],
): number[] => {
  const first = startDay(start);
  const edges: number[] = [];
  for (let index = 0; index <= count; index += 1) edges.push(firstDayOf(first, step, index));
  const days: number[] = [];
  for (let index = 0; index < count; index += 1) days.push(edges[index + 1]! - edges[index]!);
  for (const holiday of new Set(holidays)) {
    const day = dayOfPeriod(holiday);
    if (day === undefined || holiday.length !== 10) throw new SeriesRefusal('period-unreadable');
    if (count === 0 || day < edges[0]! || day >= edges[count]!) continue;
    let at =
      step === 'month'
        ? Math.min(count - 1, Math.floor((day - edges[0]!) / 28))
        : Math.floor((day - edges[0]!) / (step === 'week' ? 7 : 1));
    while (edges[at]! > day) at -= 1;
    days[at] = days[at]! - 1;
  }
  return days;
};

/** Of a period in which stock was there for less than this share of its days, too little was seen to say anything. */
const leastSeen = 1 / 3;

/**
 * Demand by period, NaN where it is not known: what was asked for on days with stock, raised to all days of the period
 * (units * days / (days - days without stock)). `days` are the days of each period.
 * @throws {SeriesRefusal} too-long, negative-value, not-a-number, stock-out-days
 */
export const demandOf = ({ values, stockOutDays }: Series, days: Numbers): Numbers => {
  if (values.length > maxPeriods) throw new SeriesRefusal('too-long');
  if (stockOutDays && stockOutDays.length !== values.length) throw new SeriesRefusal('stock-out-days');
  return Array.from(values, (value, at) => {
    const out = stockOutDays?.[at] ?? 0;
    if (!(out >= 0 && out <= 366)) throw new SeriesRefusal('stock-out-days', at);
    if (value === null) return Number.NaN;
    if (!Number.isFinite(value) || value > maxUnits) throw new SeriesRefusal('not-a-number', at);
    if (value < 0) throw new SeriesRefusal('negative-value', at);
    const seen = days[at]! - out;
    return out === 0 ? value : seen < leastSeen * days[at]! || seen <= 0 ? Number.NaN : (value * days[at]!) / seen;
  });
};

/**
 * Where a series begins to say something: behind what is not known, and behind a run of zeros more than twice as long as
 * any later one, which is the time before the product was there.
 */
export const beginOf = (demand: Numbers): number => {
  let known = 0;
  while (known < demand.length && Number.isNaN(demand[known]!)) known += 1;
  let first = known;
  while (first < demand.length && !(demand[first]! > 0)) first += 1;
  if (first === demand.length) return known;
  let [longest, run] = [0, 0];
  for (let at = first; at < demand.length; at += 1) {
    run = demand[at] === 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return first - known > Math.max(2, 2 * longest) ? first : known;
};
