/** Days put together to months: what a planner orders by. */
import { dayOfPeriod, periodName, type Series } from './series.ts';

const lengthOfMonth = (month: string): number => dayOfPeriod(nextMonth(month))! - dayOfPeriod(month)!;

const nextMonth = (month: string): string => periodName({ start: month, step: 'month' }, 1);

/**
 * The months of a series of days. A day that is not known, before the first day too, counts as one without stock, so that
 * its month is raised and not low. A month that has not ended is left out: it is the first to be forecast. A series of
 * another step comes back as it is.
 * @throws {SeriesRefusal} period-unreadable
 */
export const monthsOf = (series: Series): Series => {
  if (series.step !== 'day' || series.values.length === 0) return series;
  const months: { month: string; units: number; seen: number }[] = [];
  for (const [at, units] of series.values.entries()) {
    const month = periodName(series, at).slice(0, 7);
    let last = months.at(-1);
    if (last?.month !== month) {
      last = { month, units: 0, seen: 0 };
      months.push(last);
    }
    last.units += units ?? 0;
    if (units !== null && !series.stockOutDays?.[at]) last.seen += 1;
  }
  const ended = periodName(series, series.values.length).endsWith('-01') ? months : months.slice(0, -1);
  return {
    start: (months[0] as { month: string }).month,
    step: 'month',
    values: ended.map(({ units, seen }) => (seen > 0 ? units : null)),
    stockOutDays: ended.map(({ month, seen }) => lengthOfMonth(month) - seen),
  };
};
