/**
 * What becomes of a shelf if the forecast comes true: how much is asked for by a day, which lots are used by then, what
 * expires unused, and when nothing is left. Days are counted from a day that is given; that day is still to come.
 */
import { dayMs } from './time.ts';

export interface ShelfLot {
  /** YYYY-MM-DD; the lot may be used through that day. */
  readonly expiryDate: string;
  /** Whole units that may be used. */
  readonly quantity: number;
}

/** Units asked for in so many days from the day of the outlook, not rounded. */
export type DemandWithin = (days: number) => number;

/** Days since 1970; a date alone is read as UTC. */
const dayOf = (day: string): number => Date.parse(day) / dayMs;

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
/** Days of the month that lies so many months behind January of `year`. */
const lengthOf = (year: number, month: number): number => {
  const of = year + Math.floor(month / 12);
  const isLeap = of % 4 === 0 && (of % 100 !== 0 || of % 400 === 0);
  return month % 12 === 1 && isLeap ? 29 : (monthLengths[month % 12] ?? 30);
};

/** The day that lies so many days behind (YYYY-MM-DD). */
export const dayAfter = (day: string, days: number): string =>
  new Date((dayOf(day) + days) * dayMs).toISOString().slice(0, 10);

/** Days from `today` through the last day that something may be used; 0 and less where it has expired. */
export const daysThrough = (lastDay: string, today: string): number => dayOf(lastDay) - dayOf(today) + 1;

/** What a year after the forecast's end is taken to bring: its last twelve months on average. */
const meanOfLastYear = (forecast: readonly number[]): number => {
  const last = forecast.slice(-12);
  return last.length === 0 ? 0 : last.reduce((sum, units) => sum + units, 0) / last.length;
};

/**
 * Reads a forecast by calendar month as demand by day, evenly within each month. `forecast[0]` is the whole month of
 * `today`, of which the days that are left count. Behind its end each month brings the mean of its last twelve.
 */
export const demandFrom = (forecast: readonly number[], today: string): DemandWithin => {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7)) - 1;
  const later = meanOfLastYear(forecast);
  /** Demand from `today` to the end of each month, and the days until then; grows as far as somebody asks. */
  const ends: { days: number; units: number; rate: number }[] = [];
  const grow = (): void => {
    const i = ends.length;
    const length = lengthOf(year, month + i);
    const open = i === 0 ? length - Number(today.slice(8, 10)) + 1 : length;
    const rate = Math.max(0, forecast[i] ?? later) / length;
    const before = ends.at(-1);
    ends.push({ days: (before?.days ?? 0) + open, units: (before?.units ?? 0) + rate * open, rate });
  };
  return (days) => {
    if (days <= 0) return 0;
    while ((ends.at(-1)?.days ?? 0) < days) grow();
    // no month is longer than 31 days, so none before this one reaches so far
    let i = Math.floor((days - 1) / 31);
    while ((ends[i]?.days ?? days) < days) i += 1;
    const end = ends[i];
    return end ? end.units - (end.days - days) * end.rate : 0;
  };
};

export interface LotOutlook<L extends ShelfLot> {
  readonly lot: L;
  /** Units that will be used by its expiry date; the others of it will expire. */
  readonly used: number;
  readonly expires: number;
}

export interface Outlook<L extends ShelfLot> {
  /** In the order in which they are used: first expired, first out. */
  readonly lots: readonly LotOutlook<L>[];
  /** Whole units that will be used, and that will expire. */
  readonly used: number;
  readonly expires: number;
}

/**
 * Runs a demand over the lots of a shelf, the first to expire first. `used` and `expires` together are what lies there;
 * of a lot that has expired nothing is used.
 */
export const runShelf = <L extends ShelfLot>(lots: readonly L[], demand: DemandWithin, today: string): Outlook<L> => {
  let used = 0;
  const first = dayOf(today);
  const outlook = [...lots]
    .sort((a, b) => (a.expiryDate < b.expiryDate ? -1 : a.expiryDate > b.expiryDate ? 1 : 0))
    .map((lot) => {
      // what was asked for until then and not met by the lots before is met by this one
      const asked = Math.floor(demand(dayOf(lot.expiryDate) - first + 1) + 1e-6);
      const takes = Math.min(lot.quantity, Math.max(0, asked - used));
      used += takes;
      return { lot, used: takes, expires: lot.quantity - takes };
    });
  return { lots: outlook, used, expires: lots.reduce((sum, lot) => sum + lot.quantity, 0) - used };
};

/** No shelf is looked at for longer: ten years. */
const longestDays = 3653;

/** Whole days for which so many units last; null where they last for ten years and more. */
export const daysOfStock = (units: number, demand: DemandWithin): number | null => {
  if (demand(longestDays) <= units) return null;
  let [low, high] = [0, longestDays];
  // the greatest number of days whose demand the units meet
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (demand(middle) <= units + 1e-6) low = middle;
    else high = middle;
  }
  return low;
};
