/**
 * What a site should know of its shelf before a patient does: what is out and what will be, what expires before it is
 * used, what nobody asks for. Reckoned from the sums of the months alone, and shown with what it was reckoned from.
 */
import * as z from 'zod';
import { type AbcClass, classify } from './abc.ts';
import type { MonthSums } from './ledger.ts';
import { monthOf } from './ledger.ts';
import { laterMonth, monthBeside, monthSpan } from './ledger-view.ts';
import { isUsable, onHandOf, type StockRow, stockValue } from './stock.ts';
import { dayMs, tashkentDay } from './time.ts';

/** A lot at the site, with its sums by month. */
export interface ShelfRow {
  readonly row: StockRow;
  readonly sums: MonthSums;
}

export const horizons = [30, 60, 90, 180] as const;

/** What counts as use: what patients were given; in a warehouse also what was sent to other sites. */
export type UseOf = 'patients' | 'patients-and-sites';

/** Whole months before the present one that use is reckoned from. */
const monthsBack = 3;

const usedIn = ({ used, sent }: MonthSums, month: string, of: UseOf): number =>
  (used[month] ?? 0) + (of === 'patients-and-sites' ? (sent[month] ?? 0) : 0);

export const Use = z
  .object({
    /** Units in the time that it is reckoned from. */
    used: z.int(),
    /** Days of that time: three whole months and what has passed of the present one, or as long as the site has it. */
    days: z.int().positive(),
  })
  .meta({ id: 'Use', description: 'How much was used, and in how many days' });
export type Use = z.infer<typeof Use>;

/** Use of one medicine: all its lots, until `now` (milliseconds). */
export const useOf = (rows: readonly ShelfRow[], of: UseOf, now: number): Use => {
  const present = monthOf(now);
  const first = rows.flatMap(({ sums }) => Object.keys(sums.net)).sort()[0] ?? present;
  const earliest = monthBeside(present, -monthsBack);
  const since = laterMonth(first, earliest);
  let used = 0;
  for (let month = since; month <= present; month = monthBeside(month, 1))
    used += rows.reduce((sum, { sums }) => sum + usedIn(sums, month, of), 0);
  const { from } = monthSpan(since);
  return { used: Math.max(0, used), days: Math.floor((now - from) / dayMs) + 1 };
};

/** Days from `today` through the last day a lot may be used. */
const daysUntil = (expiryDate: string, today: string): number =>
  Math.round((Date.parse(expiryDate) - Date.parse(today)) / dayMs) + 1;

/**
 * Units of each lot that will still lie there when it expires, if use goes on as it was and the first to expire goes
 * first; all of a lot that may not be used now.
 */
export const leftAtExpiry = (rows: readonly StockRow[], { used, days }: Use, today: string): Map<StockRow, number> => {
  const left = new Map<StockRow, number>();
  let taken = 0;
  for (const row of [...rows].sort((a, b) => a.expiryDate.localeCompare(b.expiryDate))) {
    const there = onHandOf(row);
    if (!isUsable(row, today)) {
      left.set(row, there);
      continue;
    }
    const until = Math.floor((used * daysUntil(row.expiryDate, today)) / days);
    const goes = Math.min(there, Math.max(0, until - taken));
    taken += goes;
    left.set(row, there - goes);
  }
  return left;
};

const LotAlert = z.object({
  medicine: z.string(),
  gtin: z.string(),
  lot: z.string(),
  expiryDate: z.iso.date(),
  onHand: z.int(),
  /** Tiyin of all that is there. */
  value: z.int(),
});
const MedicineAlert = z.object({ medicine: z.string(), ...Use.shape });
export const Alerts = z
  .object({
    /** Lots that hold something, and what all of it is worth in tiyin. */
    lots: z.int(),
    value: z.int(),
    /** Used of late, and nothing usable there. `blocked` units lie there and may not be used. */
    stockOut: z.array(MedicineAlert.extend({ blocked: z.int() })),
    /** Usable units for fewer days than the policy says. */
    low: z.array(MedicineAlert.extend({ usable: z.int(), daysLeft: z.int() })),
    /** Through the next 180 days, the first to expire first: `left` of it will not be used by then. */
    expiring: z.array(LotAlert.extend({ state: z.string(), left: z.int(), leftValue: z.int() })),
    /** Expired and still there: to be written off. */
    expired: z.array(LotAlert),
    /** There for as long as the policy says, and nobody asked for it in that time. */
    slow: z.array(
      z.object({ medicine: z.string(), onHand: z.int(), value: z.int(), lastUsed: z.string().exactOptional() }),
    ),
  })
  .meta({ id: 'Alerts' });
export type Alerts = z.infer<typeof Alerts>;

export interface WatchRules {
  readonly slowMoverDays: number;
  readonly lowStockDays: number;
}

const lotOf = (row: StockRow) => ({
  medicine: row.medicine,
  gtin: row.gtin,
  lot: row.lot,
  expiryDate: row.expiryDate,
  onHand: onHandOf(row),
  value: stockValue(onHandOf(row), row),
});

const slowOf = (rows: readonly ShelfRow[], rules: WatchRules, of: UseOf, now: number): Alerts['slow'] => {
  const there = rows.filter(({ row }) => onHandOf(row) > 0);
  const [first] = rows.flatMap(({ sums }) => Object.keys(sums.net)).sort();
  if (there.length === 0 || first === undefined) return [];
  // a month counts as a whole: what came or was asked for in it is as young as its last day
  const since = now - rules.slowMoverDays * dayMs;
  const isOlder = (month: string) => monthSpan(month).to < since;
  const months = rows.flatMap(({ sums }) => [...Object.keys(sums.used), ...Object.keys(sums.sent)]);
  const lastUsed = months
    .filter((month) => rows.some(({ sums }) => usedIn(sums, month, of) > 0))
    .sort()
    .at(-1);
  if (!isOlder(first) || (lastUsed !== undefined && !isOlder(lastUsed))) return [];
  const [row] = there.map((r) => r.row);
  return [
    {
      medicine: row?.medicine ?? '',
      onHand: there.reduce((sum, r) => sum + onHandOf(r.row), 0),
      value: there.reduce((sum, r) => sum + stockValue(onHandOf(r.row), r.row), 0),
      ...(lastUsed !== undefined && { lastUsed }),
    },
  ];
};

/** Everything that one pass over the rows of a site tells, medicine by medicine. */
export const alertsOf = (all: readonly ShelfRow[], rules: WatchRules, of: UseOf, now: number): Alerts => {
  const today = tashkentDay(now);
  const alerts: Alerts = { lots: 0, value: 0, stockOut: [], low: [], expiring: [], expired: [], slow: [] };
  for (const [medicine, rows] of Map.groupBy(all, ({ row }) => row.medicine)) {
    const there = rows.map(({ row }) => row).filter((row) => onHandOf(row) > 0);
    const use = useOf(rows, of, now);
    const usable = there.reduce((sum, row) => sum + (isUsable(row, today) ? row.free : 0), 0);
    const onHand = there.reduce((sum, row) => sum + onHandOf(row), 0);
    alerts.lots += there.length;
    alerts.value += there.reduce((sum, row) => sum + stockValue(onHandOf(row), row), 0);
    const daysLeft = Math.floor((usable * use.days) / Math.max(1, use.used));
    if (use.used > 0 && usable === 0) alerts.stockOut.push({ medicine, ...use, blocked: onHand });
    else if (use.used > 0 && daysLeft < rules.lowStockDays) alerts.low.push({ medicine, ...use, usable, daysLeft });
    for (const [row, left] of leftAtExpiry(there, use, today)) {
      if (row.expiryDate < today) alerts.expired.push(lotOf(row));
      else if (row.state !== 'recalled' && daysUntil(row.expiryDate, today) <= horizons[3] + 1)
        alerts.expiring.push({ ...lotOf(row), state: row.state, left, leftValue: stockValue(left, row) });
    }
    alerts.slow.push(...slowOf(rows, rules, of, now));
  }
  alerts.low.sort((a, b) => a.daysLeft - b.daysLeft);
  alerts.expiring.sort((a, b) => a.expiryDate.localeCompare(b.expiryDate) || a.lot.localeCompare(b.lot));
  alerts.expired.sort((a, b) => b.value - a.value);
  alerts.slow.sort((a, b) => b.value - a.value);
  return alerts;
};

/** Lots that expire within so many days, what they are worth, and what of it nobody will have used by then. */
export const expiringWithin = (expiring: Alerts['expiring'], days: number, today: string) => {
  const own = expiring.filter(({ expiryDate }) => daysUntil(expiryDate, today) <= days + 1);
  return {
    days,
    lots: own.length,
    value: own.reduce((sum, { value }) => sum + value, 0),
    leftValue: own.reduce((sum, { leftValue }) => sum + leftValue, 0),
  };
};

export interface Classed {
  readonly medicine: string;
  readonly class: AbcClass;
  /** Units used in the time that it is reckoned from, and tiyin that they are worth. */
  readonly used: number;
  readonly value: number;
}

/** Every medicine of a site by the value of its use, the most valuable first; a medicine belongs where its share begins. */
export const classesOf = (all: readonly ShelfRow[], of: UseOf, now: number): Classed[] => {
  const present = monthOf(now);
  const months = Array.from({ length: monthsBack + 1 }, (_, i) => monthBeside(present, -i));
  const uses = [...Map.groupBy(all, ({ row }) => row.medicine)].map(([medicine, rows]) => {
    const parts = rows.map(({ row, sums }) => ({
      row,
      used: months.reduce((sum, month) => sum + usedIn(sums, month, of), 0),
    }));
    return {
      medicine,
      used: parts.reduce((sum, p) => sum + p.used, 0),
      value: parts.reduce((sum, p) => sum + stockValue(p.used, p.row), 0),
    };
  });
  uses.sort((a, b) => b.value - a.value || b.used - a.used || a.medicine.localeCompare(b.medicine));
  const classes = classify(new Map(uses.map(({ medicine, value }) => [medicine, value])));
  return uses.map((use) => ({ ...use, class: classes.get(use.medicine) ?? 'C' }));
};
