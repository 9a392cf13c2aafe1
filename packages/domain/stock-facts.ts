/**
 * What a site's month did to each of its lots: what lay there before, what came and went day by day and kind by kind, what
 * lay there after. Reckoned from the ledger's movements alone, so it is the same whoever reckons it, in whichever order
 * they are read; and it is of what was known at one instant, so that nobody who enters something meanwhile changes it.
 *
 * A line is a lot and not a medicine, because price, expiry and the ledger's own page go by the lot, and a site has few
 * more lots that move in a month than medicines. What is on its way lies in a place of its own (`transitPlace`) and
 * counts with the site that sent it: so the country adds up.
 */
import * as z from 'zod';
import { type MovementKind as Kind, type Movement, monthOf, movementKinds } from './ledger.ts';
import { monthBeside, monthSpan } from './ledger-view.ts';
import { Gtin, MedicineCode } from './medicine.ts';
import { countsIn, type Freeze } from './period.ts';
import { Lot, stockValue } from './stock.ts';
import { Day, tashkentDay } from './time.ts';

/** Units of one kind on one day of the month: what came, and what went. */
export type Flow = readonly [day: number, kind: Kind, came: number, went: number];

const known: ReadonlySet<unknown> = new Set(movementKinds);
const isFlow = (value: unknown): value is Flow => {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const [day, kind, came, went] = value;
  const isUnits = (units: unknown): boolean => Number.isSafeInteger(units) && (units as number) >= 0;
  return Number.isInteger(day) && day >= 1 && day <= 31 && known.has(kind) && isUnits(came) && isUnits(went);
};
/** A country's month has hundreds of thousands of them: looked at by hand, which takes a fifth of the time. */
const Flows = z.custom<readonly Flow[]>((value) => Array.isArray(value) && value.every(isFlow));

export const StockFact = z.object({
  medicine: MedicineCode,
  gtin: Gtin,
  lot: Lot,
  expiryDate: Day,
  /** The transfer that it is on its way with; absent on the shelf. */
  place: z.string().exactOptional(),
  /** Tiyin for a pack, as it was last received; absent where nobody knows. */
  packPrice: z.int().nonnegative().exactOptional(),
  packUnits: z.int().positive(),
  opening: z.int(),
  closing: z.int(),
  days: Flows,
  /** What was entered too late for its own month, on the day on which it was entered. */
  late: Flows.exactOptional(),
});
export type StockFact = z.infer<typeof StockFact>;

/** Which month, through which of its days, as it was known when. */
export interface FactSpan {
  /** YYYY-MM. */
  readonly month: string;
  readonly through: string;
  /** Milliseconds; what was entered later is left out. */
  readonly asOf: number;
  readonly freezes: readonly Freeze[];
}

export type FactEntry = Pick<Movement, 'kind' | 'quantity' | 'at'> & { readonly recordedAt?: string | undefined };

/** Nothing is dated back further than a month, so nothing that is older than two can count in a month. */
const monthsBefore = 2;

/**
 * Which movements a month needs, in milliseconds, both ends included. A lot of which nothing was ever dated back needs its
 * month alone.
 */
export const entriesNeeded = (span: Pick<FactSpan, 'month'>, { wasBackdated }: { wasBackdated: boolean }) => {
  const first = wasBackdated ? monthBeside(span.month, -monthsBefore) : span.month;
  return { first, from: monthSpan(first).from, until: monthSpan(span.month).to };
};

/**
 * Adds movements up, one after the other, and keeps none. `base` is what lay there before the first of them, by all that
 * is known now; every movement from then until the end of the month is given, once.
 */
export const tallyOf = (base: number, { month, through, asOf, freezes }: FactSpan) => {
  const flows = { days: new Map<string, [number, number]>(), late: new Map<string, [number, number]>() };
  const [lastDay, asOfText] = [tashkentDay(monthSpan(month).to), new Date(asOf).toISOString()];
  let opening = base;
  let moved = 0;
  let counted = 0;
  const add = (entry: FactEntry): void => {
    if (entry.quantity === 0) return;
    moved += entry.quantity;
    const recordedAt = entry.recordedAt ?? entry.at;
    const own = monthOf(Date.parse(entry.at));
    if (recordedAt > asOfText) return;
    const counts = freezes.length === 0 ? { month: own, late: false } : countsIn(freezes, entry);
    if (counts.month < month) opening += entry.quantity;
    if (counts.month !== month) return;
    const entered = tashkentDay(Date.parse(counts.late ? recordedAt : entry.at));
    const day = [entered, lastDay].sort()[0] as string;
    if (day > through) return;
    const to = counts.late ? flows.late : flows.days;
    const name = `${day.slice(8)}${entry.kind}`;
    const [came, went] = to.get(name) ?? [0, 0];
    to.set(name, entry.quantity > 0 ? [came + entry.quantity, went] : [came, went - entry.quantity]);
    counted += entry.quantity;
  };
  const listed = (of: ReadonlyMap<string, [number, number]>): Flow[] =>
    [...of]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, [came, went]]) => [Number(name.slice(0, 2)), name.slice(2) as Kind, came, went]);
  return {
    add,
    /** What all movements that were given add up to, counted or not. */
    moved: () => moved,
    done: (): Pick<StockFact, 'opening' | 'closing' | 'days' | 'late'> => ({
      opening,
      closing: opening + counted,
      days: listed(flows.days),
      ...(flows.late.size > 0 && { late: listed(flows.late) }),
    }),
  };
};

/** True of a lot of which nothing was there and nothing moved. */
export const isEmptyFact = ({
  opening,
  closing,
  days,
  late,
}: Pick<StockFact, 'opening' | 'closing' | 'days' | 'late'>) =>
  opening === 0 && closing === 0 && days.length === 0 && late === undefined;

/** What of a line cannot change any more once nobody may enter anything: price and pack are those of the last receipt. */
export const saidOf = ({ medicine, gtin, lot, place, opening, closing, days, late }: StockFact): unknown => [
  medicine,
  gtin,
  lot,
  place ?? '',
  opening,
  closing,
  days,
  late ?? [],
];

/** Kinds as a balance shows them: receipts, what patients were given less what they brought back, and so on. */
export const flowGroups = [
  'received',
  'dispensed',
  'returned',
  'sent',
  'arrived',
  'written-off',
  'counted',
  'reversed',
] as const;
export type FlowGroup = (typeof flowGroups)[number];

/** Of which group a kind is; changes of state are of none. */
export const groupOf: Readonly<Partial<Record<Kind, FlowGroup>>> = {
  receipt: 'received',
  opening: 'received',
  dispense: 'dispensed',
  'dispense-undone': 'dispensed',
  return: 'returned',
  'transfer-out': 'sent',
  'transfer-in': 'arrived',
  'write-off': 'written-off',
  count: 'counted',
  correction: 'counted',
  reversal: 'reversed',
};

/** Signed units of each group in a month, before anything is added. */
export const noSums = (): Record<FlowGroup, number> => ({
  received: 0,
  dispensed: 0,
  returned: 0,
  sent: 0,
  arrived: 0,
  'written-off': 0,
  counted: 0,
  reversed: 0,
});

export const flowsOf = ({ days, late = [] }: Pick<StockFact, 'days' | 'late'>): Flow[] => [...days, ...late];

/** Adds what a line moved to sums by group. */
export const addGroups = (sums: Record<FlowGroup, number>, flows: readonly Flow[]): void => {
  for (const [, kind, came, went] of flows) {
    const group = groupOf[kind];
    if (group) sums[group] += came - went;
  }
};

/**
 * Units that patients were given less what was taken back or brought back; less than nothing in a month in which more came
 * back of the month before than was given.
 */
export const handedOver = (flows: readonly Flow[]): number =>
  flows.reduce(
    (sum, [, kind, came, went]) =>
      kind === 'dispense' || kind === 'dispense-undone' || kind === 'return' ? sum + went - came : sum,
    0,
  );

/** Tiyin of so many units of a line; undefined where no price is known. */
export const worthOf = (quantity: number, { packPrice, packUnits }: StockFact): number | undefined =>
  packPrice === undefined ? undefined : stockValue(quantity, { packPrice, packUnits });
