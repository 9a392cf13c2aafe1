/**
 * What was used of a medicine at a site, day by day, and on which days nothing of it could be handed over: what every
 * forecast is made from. Reckoned from the movements alone, so it is the same whoever reckons it and however often.
 *
 * Use is what patients were given less what they brought back, on the day of the movement; at a warehouse what other
 * sites were sent is use as well. Write-offs, counts and corrections are none. What was used before the ledger began may
 * be brought in (`past-use.ts`) and stands beside it: no day has two figures.
 */
import * as z from 'zod';
import type { UseOf } from './alerts.ts';
import { atMonthEnd, type MonthSums, type Movement, type MovementKind } from './ledger.ts';
import { laterMonth, monthBeside } from './ledger-view.ts';
import { daysIn, type PastMonth } from './past-use.ts';
import type { LotState } from './stock.ts';
import { dayAfter } from './stock-outlook.ts';
import { Day, tashkentDay } from './time.ts';

export const DayUse = z
  .object({
    day: Day,
    /** Units used, less what came back that day: it may be negative. */
    used: z.int(),
    /** Nothing that may be handed over was there when the day ended. */
    out: z.boolean(),
    /** Units that might be handed over when the day ended. */
    closing: z.int(),
  })
  .meta({ id: 'DayUse' });
export type DayUse = z.infer<typeof DayUse>;

/** A lot at a site with its past: its sums by month, and every movement from the beginning of a month until now. */
export interface LotPast {
  readonly expiryDate: string;
  /** As it is now. */
  readonly state: LotState;
  readonly sums: MonthSums;
  /** The oldest first. */
  readonly movements: readonly Pick<Movement, 'at' | 'kind' | 'quantity'>[];
  /** The last change of state before those movements, where `needsStateBefore` asks for it. */
  readonly stateBefore?: MovementKind | undefined;
}

const stateKinds: ReadonlySet<MovementKind> = new Set(['hold', 'release', 'quarantine', 'recall']);
export const isStateKind = (kind: MovementKind): boolean => stateKinds.has(kind);

/** True where the first change of state among movements does not itself tell what the state was before it. */
export const needsStateBefore = (movements: LotPast['movements']): boolean => {
  const first = movements.find(({ kind }) => isStateKind(kind));
  return first !== undefined && first.kind !== 'release';
};

const usedBy = ({ kind, quantity }: Pick<Movement, 'kind' | 'quantity'>, of: UseOf): number => {
  if (kind === 'dispense' || kind === 'dispense-undone' || kind === 'return') return 0 - quantity;
  return kind === 'transfer-out' && of === 'patients-and-sites' ? 0 - quantity : 0;
};

/** The first month (YYYY-MM) in which something moved; undefined where nothing ever did. */
const firstMonthOf = (lots: readonly { readonly sums: MonthSums }[]): string | undefined =>
  lots.flatMap(({ sums }) => Object.keys(sums.net)).sort()[0];

interface DayOfLot {
  readonly used: number;
  /** Units that might be handed over when the day ended. */
  readonly closing: number;
  /** Something of the lot moved on the day or before it. */
  readonly moved: boolean;
}

const dayOf = ({ at }: { at: string }): string => tashkentDay(Date.parse(at));

/** A lot day after day, as far as somebody asks; what is asked for next is never an earlier day. */
const walkOf = (lot: LotPast, of: UseOf, from: string): ((day: string) => DayOfLot) => {
  const { movements } = lot;
  const changes = movements.flatMap(({ kind }, i) => (isStateKind(kind) ? [{ i, kind }] : []));
  let onHand = atMonthEnd(lot.sums, monthBeside(from, -1));
  let at = 0;
  let change = 0;
  /**
   * The next change of state tells what was before it, and where none follows it is as it is now. A hold that follows
   * may have followed another, so what came before it is asked too.
   */
  const isUsable = (day: string): boolean => {
    const next = changes[change];
    if (lot.expiryDate < day) return false;
    if (!next) return lot.state === 'available';
    if (next.kind === 'release') return false;
    const last = changes[change - 1]?.kind ?? lot.stateBefore;
    return last === undefined || last === 'release';
  };
  return (day) => {
    let used = 0;
    for (let next = movements[at]; next && dayOf(next) <= day; next = movements[at]) {
      onHand += next.quantity;
      used += usedBy(next, of);
      at += 1;
      if (changes[change]?.i === at - 1) change += 1;
    }
    return { used, closing: onHand > 0 && isUsable(day) ? onHand : 0, moved: at > 0 };
  };
};

/**
 * Day by day what was used of one medicine, from the beginning of month `from` (YYYY-MM) through a day: `lots` are all
 * that the site ever had of it, with their movements since that month began. Days before the medicine first came are not
 * in the answer; from then on none is left out.
 */
export const reckonDays = (lots: readonly LotPast[], of: UseOf, from: string, through: string): DayUse[] => {
  const first = firstMonthOf(lots);
  if (first === undefined) return [];
  const walks = lots.map((lot) => walkOf(lot, of, from));
  const days: DayUse[] = [];
  let isThere = first < from;
  for (let day = `${laterMonth(first, from)}-01`; day <= through; day = dayAfter(day, 1)) {
    let [used, closing] = [0, 0];
    for (const walk of walks) {
      const lot = walk(day);
      isThere ||= lot.moved;
      used += lot.used;
      closing += lot.closing;
    }
    if (isThere) days.push({ day, used, out: closing <= 0, closing });
  }
  return days;
};

/**
 * One month of a medicine at a site, as it is kept: only days on which something was used or on which what could be
 * handed over was another than the day before. What is not written goes on as it was, from month to month.
 */
export const MonthUse = z.object({
  site: z.string(),
  medicine: z.string(),
  month: z.string(),
  /** Day of the month, used, closing. */
  days: z.array(z.tuple([z.int(), z.int(), z.int()])),
});
export type MonthUse = z.infer<typeof MonthUse>;

const dayNumber = (day: string): number => Number(day.slice(8));

/**
 * Days that follow each other, from the first of a month or from when the medicine first came, as months to keep. A
 * month in which nothing changed is among them, without days. `opening` is what was there before the first day.
 */
export const monthsOf = (
  name: { readonly site: string; readonly medicine: string },
  days: readonly DayUse[],
  opening: number | undefined,
): MonthUse[] => {
  const months: MonthUse[] = [];
  let before = opening;
  for (const { day, used, closing } of days) {
    const month = day.slice(0, 7);
    if (months.at(-1)?.month !== month) months.push({ ...name, month, days: [] });
    if (used !== 0 || closing !== before) months.at(-1)?.days.push([dayNumber(day), used, closing]);
    before = closing;
  }
  return months;
};

/**
 * What might be handed over when month `from` began; undefined where the medicine was not there yet. Takes what
 * `reckonDays` takes.
 */
export const openingOf = (lots: readonly LotPast[], from: string): number | undefined => {
  const first = firstMonthOf(lots);
  if (first === undefined || first >= from) return undefined;
  const eve = dayAfter(`${from}-01`, -1);
  return lots.reduce((sum, lot) => sum + walkOf(lot, 'patients', from)(eve).closing, 0);
};

/**
 * All kept months of one medicine, the oldest first, as days through `through`: what is not written goes on as it was.
 * Days before the medicine first came are not in the answer.
 */
export const daysOf = (months: readonly MonthUse[], through: string): DayUse[] => {
  const days: DayUse[] = [];
  const [first] = months;
  if (!first) return days;
  const written = new Map<string, { used: number; closing: number }>(
    months.flatMap(({ month, days: own }) =>
      own.map(([n, used, closing]) => [`${month}-${String(n).padStart(2, '0')}`, { used, closing }]),
    ),
  );
  let closing: number | undefined;
  for (let day = `${first.month}-01`; day <= through; day = dayAfter(day, 1)) {
    const own = written.get(day);
    if (own) closing = own.closing;
    if (closing !== undefined) days.push({ day, used: own?.used ?? 0, out: closing <= 0, closing });
  }
  return days;
};

/**
 * True where two reckonings of a month say the same of every day through `through`, the last that the first one could
 * know: what came behind it is new, and no difference.
 */
export const saysTheSame = (kept: MonthUse, reckoned: MonthUse, through: string): boolean => {
  const known = (month: MonthUse) =>
    month.days.filter(([day]) => `${month.month}-${String(day).padStart(2, '0')}` <= through);
  return JSON.stringify(known(kept)) === JSON.stringify(known(reckoned));
};

/** A series of months as a forecast takes it: units, null where nothing is known, and days without stock. */
export interface MonthlySeries {
  readonly start: string;
  readonly step: 'month';
  readonly values: readonly (number | null)[];
  readonly stockOutDays: readonly number[];
}

/** One month of a medicine's past as it is known: by the ledger, by what was brought from before it, or by both. */
export interface KnownMonth {
  readonly month: string;
  /** Units; 0 where nothing is known. */
  readonly used: number;
  /** Days on which nobody could ask, as far as anything is known; all of a month of which nothing is. */
  readonly out: number;
  /** False where nobody could ask in all of it, or nothing is known. */
  readonly known: boolean;
  /** What might be handed over when the last of its days that the ledger keeps ended. */
  readonly closing?: number;
  /** Something of it was brought from before the ledger began. */
  readonly brought: boolean;
}

/**
 * What the ledger keeps counts alone, and what was brought adds the days before. A month's figure that reaches into the
 * ledger's days cannot be divided, and is passed over.
 */
const knownMonth = (month: string, own: readonly DayUse[], past: PastMonth | undefined): KnownMonth => {
  const length = daysIn(month);
  const through = past?.through ?? length;
  const firstOwn = own[0] ? Number(own[0].day.slice(8)) : length + 1;
  const before = past && through < firstOwn ? past : undefined;
  const used = own.reduce((sum, day) => sum + day.used, 0) + (before?.used ?? 0);
  const told = own.length + (before ? through : 0);
  const out = length - told + own.filter((day) => day.out).length + (before?.out ?? 0);
  const closing = own.at(-1)?.closing;
  return {
    month,
    used,
    out,
    known: out < length || used > 0,
    ...(closing !== undefined && { closing }),
    brought: before !== undefined,
  };
};

/**
 * Whole months without a gap, from the first that anything is known of through the one before `today`'s, which is not
 * over; where there is no other, the days of that one until yesterday are all that is known. Days without stock, days to
 * come and those before the medicine came are days on which nobody could ask. `past` are months from before the ledger.
 */
export const knownMonths = (days: readonly DayUse[], today: string, past: readonly PastMonth[] = []): KnownMonth[] => {
  const present = today.slice(0, 7);
  const brought = new Map(past.map((one) => [one.month, one]));
  const over = days.filter(({ day }) => day < today);
  const byMonth = Map.groupBy(over, ({ day }) => day.slice(0, 7));
  const first = [...byMonth.keys(), ...brought.keys()].sort()[0];
  if (first === undefined) return [];
  const last = first < present ? monthBeside(present, -1) : present;
  const months: KnownMonth[] = [];
  for (let month = first; month <= last; month = monthBeside(month, 1))
    months.push(knownMonth(month, byMonth.get(month) ?? [], brought.get(month)));
  return months;
};

/**
 * The same as a forecast takes it: a month of which nothing is known is null. What came back and belongs to an earlier
 * month cannot make a month less than nothing.
 */
export const monthlySeries = (
  days: readonly DayUse[],
  today: string,
  past: readonly PastMonth[] = [],
): MonthlySeries => {
  const months = knownMonths(days, today, past);
  return {
    start: months[0]?.month ?? days[0]?.day.slice(0, 7) ?? today.slice(0, 7),
    step: 'month',
    values: months.map(({ known, used }) => (known ? Math.max(0, used) : null)),
    stockOutDays: months.map(({ out }) => out),
  };
};
