/**
 * What lay at a place at a past instant, without adding up its whole life: the sums of the months before, and the
 * movements of one month at most. Every answer is the sum of the movements until then, whatever was dated back.
 */
import { atMonthEnd, type MonthSums, type MovementKind, monthOf } from './ledger.ts';
import { dayMs, dayStart, tashkentDay } from './time.ts';

/** No policy lets an entry be dated back further, so nothing before that changes any more. */
export const longestBackdateMs = 31 * dayMs;

/** The month before or after another, both YYYY-MM. */
export const monthBeside = (month: string, by: number): string => {
  const [year = 0, n = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, n - 1 + by, 1)).toISOString().slice(0, 7);
};

export const laterMonth = (a: string, b: string): string => [a, b].sort()[1] as string;

/** The first and the last millisecond of a Tashkent month. */
export const monthSpan = (month: string): { from: number; to: number } => ({
  from: dayStart(`${month}-01`),
  to: dayStart(`${monthBeside(month, 1)}-01`) - 1,
});

/** A sum of months, and the movements after one instant and until another that are added to it or taken from it. */
export interface Reading {
  readonly base: number;
  readonly movements?: { readonly after: number; readonly until: number; readonly sign: 1 | -1 };
}

/**
 * What has to be read to know what was on hand at `at` (milliseconds), as it is known at `now`. Movements are read from
 * the beginning of the month, or from its end backwards where that is shorter and nothing can be dated into it any more:
 * the sums and the movements are read one after the other, and what comes between must not be counted in one alone.
 */
export const readingAt = (sums: MonthSums, at: number, now: number): Reading => {
  const month = monthOf(at);
  const { from, to } = monthSpan(month);
  const base = atMonthEnd(sums, monthBeside(month, -1));
  const net = sums.net[month];
  if (net === undefined) return { base };
  const isSettled = to + longestBackdateMs < now;
  if (at >= to && isSettled) return { base: base + net };
  if (isSettled && to - at < at - from) return { base: base + net, movements: { after: at, until: to, sign: -1 } };
  return { base, movements: { after: from - 1, until: at, sign: 1 } };
};

/** @see readingAt; `moved` is the sum of the movements that it names */
export const onHandAt = ({ base, movements }: Reading, moved: number): number =>
  movements ? base + movements.sign * moved : base;

/** How much movements of one kind add up to, and how many they are. */
export interface Tally {
  readonly kind: MovementKind;
  readonly quantity: number;
  readonly movements: number;
}

/** A day or an instant as the last millisecond that counts, and never one to come. */
export const untilOf = (at: string | undefined, now: number): number => {
  if (at === undefined) return now;
  const until = at.length === 10 ? dayStart(at) + dayMs - 1 : Date.parse(at);
  return Math.min(until, now);
};

/** What was on hand at the end of a month, and what the month changed. */
export interface MonthPoint {
  readonly month: string;
  readonly onHand: number;
  /** Handed over to patients. */
  readonly used: number;
  /** Sent on to other sites. */
  readonly sent: number;
}

/** Lots of one medicine together, month by month: from the first in which something moved, `most` at the most. */
export const monthPoints = (all: readonly MonthSums[], now: number, most: number): MonthPoint[] => {
  const present = monthOf(now);
  const moved = all.flatMap(({ net }) => Object.keys(net)).sort();
  const first = moved[0];
  if (first === undefined) return [];
  const earliest = monthBeside(present, 1 - most);
  const points: MonthPoint[] = [];
  for (let month = laterMonth(first, earliest); month <= present; month = monthBeside(month, 1)) {
    const total = (of: (sums: MonthSums) => number) => all.reduce((sum, sums) => sum + of(sums), 0);
    points.push({
      month,
      onHand: total((s) => atMonthEnd(s, month)),
      used: total((s) => s.used[month] ?? 0),
      sent: total((s) => s.sent[month] ?? 0),
    });
  }
  return points;
};

/** What was on hand at the end of a day, and what the day took. */
export interface DayPoint {
  readonly day: string;
  readonly onHand: number;
  readonly used: number;
}

/** Day by day from `from` (milliseconds, the beginning of a day) until now: `base` lay there before. */
export const dayPoints = (
  base: number,
  movements: readonly { readonly at: string; readonly quantity: number; readonly kind: MovementKind }[],
  from: number,
  now: number,
): DayPoint[] => {
  const byDay = Map.groupBy(movements, ({ at }) => tashkentDay(Date.parse(at)));
  const points: DayPoint[] = [];
  let onHand = base;
  for (let at = from; at <= now; at += dayMs) {
    const day = tashkentDay(at);
    const own = byDay.get(day) ?? [];
    onHand += own.reduce((sum, { quantity }) => sum + quantity, 0);
    const given = own.filter(({ kind }) => kind === 'dispense' || kind === 'dispense-undone');
    points.push({ day, onHand, used: given.reduce((sum, { quantity }) => sum - quantity, 0) });
  }
  return points;
};
