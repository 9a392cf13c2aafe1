/**
 * Counting what lies on the shelves: what a count covers, what a counted line says against the book at that very
 * instant, when it has to be counted again, and what is put right in the end. A difference is added to the book, never
 * set, so whatever moves meanwhile stays right.
 */
import * as z from 'zod';
import { AbcClass } from './abc.ts';
import type { Movement } from './ledger.ts';
import { Gtin, MedicineCode } from './medicine.ts';
import type { Policy } from './policy.ts';
import { Refusal, refuseAt } from './refusal.ts';
import { Lot, lotName, maxReceivedUnits, onHandOf, Shelf, type StockRow, stockValue, Zone } from './stock.ts';
import { Day, Instant } from './time.ts';

export const CountScope = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('full') }),
    z.strictObject({ kind: z.literal('zone'), zones: z.array(Zone).min(1).max(50) }),
    z.strictObject({ kind: z.literal('class'), classes: z.array(AbcClass).min(1).max(3) }),
    z.strictObject({ kind: z.literal('medicines'), medicines: z.array(MedicineCode).min(1).max(500) }),
  ])
  .meta({ id: 'CountScope', description: 'What is counted: all, zones, ABC classes by value of use, or medicines' });
export type CountScope = z.infer<typeof CountScope>;

/** `freezing` until the book of every line is kept, then `open` for entries. */
const countStates = ['freezing', 'open', 'posting', 'posted', 'cancelled'] as const;
export const CountState = z.enum(countStates).meta({ id: 'CountState' });
export type CountState = z.infer<typeof CountState>;

/** Lines of one count; more are counted zone by zone. */
export const maxCountLines = 5_000;

export const countReasons = [
  'miscount',
  'found',
  'lost',
  'damaged-unrecorded',
  'wrong-lot',
  'theft-suspected',
  'other',
] as const;
export const CountReason = z.enum(countReasons).meta({ id: 'CountReason', description: '`other` needs a note' });
export type CountReason = z.infer<typeof CountReason>;

/** Why a line is to be counted again: its difference is large, or it moved while it was being counted. */
export const Recount = z.enum(['tolerance', 'moved']).meta({ id: 'Recount' });

const Units = z.int().min(0).max(maxReceivedUnits);

export const CountLine = z.object({
  gtin: Gtin,
  lot: Lot,
  medicine: MedicineCode,
  expiryDate: Day,
  brand: z.string(),
  packUnits: z.int().positive(),
  divisibleBy: z.int().positive().exactOptional(),
  packPrice: z.int().nonnegative().exactOptional(),
  zone: Zone.exactOptional(),
  shelf: Shelf.exactOptional(),
  /** It was found by counting, and not among the lines that were frozen. */
  added: z.boolean().exactOptional(),
  /** On hand when the line was frozen. */
  book: z.int().nonnegative(),
  frozenAt: Instant,
  /** How often an entry had been dated back then. */
  backdates: z.int().nonnegative(),
  version: z.int().nonnegative(),
  counted: z
    .object({
      quantity: Units,
      /** On hand at the instant of the entry, which it is compared with. */
      book: z.int().nonnegative(),
      at: Instant,
      person: z.string(),
      /** How often it was counted with nothing moving under it. */
      times: z.int().nonnegative(),
      /** How often an entry had been dated back by then. */
      backdates: z.int().nonnegative().exactOptional(),
    })
    .exactOptional(),
  recount: Recount.exactOptional(),
});
export type CountLine = z.infer<typeof CountLine>;

/** The medicines that the scope names, or that its classes hold, are given as a set; nothing where it goes by place. */
export const isInScope = (scope: CountScope, row: StockRow, medicines: ReadonlySet<string>): boolean => {
  if (onHandOf(row) === 0) return false;
  if (scope.kind === 'full') return true;
  if (scope.kind === 'zone') return row.zone !== undefined && scope.zones.includes(row.zone);
  return medicines.has(row.medicine);
};

/** A line of a row as it stands at `frozenAt`. */
export const frozenLine = (row: StockRow, backdates: number, frozenAt: string): CountLine => ({
  gtin: row.gtin,
  lot: row.lot,
  medicine: row.medicine,
  expiryDate: row.expiryDate,
  brand: row.brand,
  packUnits: row.packUnits,
  ...(row.divisibleBy !== undefined && { divisibleBy: row.divisibleBy }),
  ...(row.packPrice !== undefined && { packPrice: row.packPrice }),
  ...(row.zone !== undefined && { zone: row.zone }),
  ...(row.shelf !== undefined && { shelf: row.shelf }),
  book: onHandOf(row),
  frozenAt,
  backdates,
  version: 0,
});

/** Signed units by which the count differs from the book of the same instant; 0 where nobody counted yet. */
export const differenceOf = ({ counted }: Pick<CountLine, 'counted'>): number =>
  counted ? counted.quantity - counted.book : 0;

type Tolerance = Policy['warehouse']['countTolerance'];

/** True where a difference passes the percent of the book, or the value in tiyin. */
export const isBeyond = (
  difference: number,
  book: number,
  pack: Pick<CountLine, 'packPrice' | 'packUnits'>,
  { percent, value }: Tolerance,
): boolean => {
  const units = Math.abs(difference);
  if (units === 0) return false;
  const { packUnits, packPrice } = pack;
  const worth = stockValue(units, { packUnits, ...(packPrice !== undefined && { packPrice }) });
  return units * 100 > percent * book || worth > value;
};

/**
 * The line after an entry. `book` is on hand now; `moved` says that it moved while it was being counted, so that nobody
 * knows which of both was counted: such an entry is kept, and asks for another. A difference beyond the tolerance stands
 * when it answers the request for a recount, or says the same as the entry before; going on from an earlier entry does not.
 */
export const enterCount = (
  line: CountLine,
  entry: { quantity: number; book: number; backdates: number; moved: boolean; at: string; person: string },
  tolerance: Tolerance,
): CountLine => {
  const { recount: _, ...rest } = line;
  const { quantity, book, backdates, moved, at, person } = entry;
  const times = (line.counted?.times ?? 0) + (moved ? 0 : 1);
  const counted = { quantity, book, at, person, times, backdates };
  const far = isBeyond(quantity - book, book, line, tolerance);
  const isSame = line.recount === undefined && line.counted?.quantity === quantity;
  const isAnswer = line.recount === 'tolerance' || isSame;
  const recount = moved ? 'moved' : far && !isAnswer ? 'tolerance' : undefined;
  return { ...rest, version: line.version + 1, counted, ...(recount && { recount }) };
};

/**
 * True where an entry was dated back since the line was counted: what was counted had it already, and the book that it was
 * compared with had not, so that their difference is put right by nobody before a recount. `backdates` is the row's now.
 */
export const isOvertaken = ({ counted, backdates: frozen }: CountLine, backdates: number): boolean =>
  counted !== undefined && (counted.backdates ?? frozen) !== backdates;

/** How a head's sums change from one line to the next: counted, differing, to be counted again. */
export const lineSums = (line: CountLine | undefined) => ({
  lines: line ? 1 : 0,
  counted: line?.counted ? 1 : 0,
  differing: line && differenceOf(line) !== 0 ? 1 : 0,
  recounts: line?.recount ? 1 : 0,
});

/**
 * Which movements changed a line since it was frozen, oldest first: those that count later, and those dated back since.
 * One that was under way at that very moment can count a little earlier: as many of the latest are taken as make up
 * `moved`, the units by which the book changed.
 */
export const movementsSince = <M extends Pick<Movement, 'id' | 'at' | 'recordedAt' | 'quantity'>>(
  movements: readonly M[],
  frozenAt: string,
  moved: number,
): M[] => {
  const sorted = movements.filter((m) => m.quantity !== 0).sort((a, b) => (a.id < b.id ? -1 : 1));
  const isLater = (m: M): boolean => (m.recordedAt ?? m.at) > frozenAt;
  const later = sorted.filter(isLater);
  let sum = later.reduce((total, m) => total + m.quantity, 0);
  const earlier = sorted.filter((m) => !isLater(m)).reverse();
  const taken: M[] = [];
  for (const m of earlier) {
    if (sum === moved) break;
    sum += m.quantity;
    taken.push(m);
  }
  return sum === moved ? [...taken.reverse(), ...later] : later;
};

export interface ReasonGiven {
  readonly gtin: string;
  readonly lot: string;
  readonly reason: CountReason;
  readonly note?: string;
}

/** A line that differs, and why. */
export interface PutRight {
  readonly line: CountLine;
  readonly difference: number;
  readonly given: ReasonGiven;
}

/**
 * What a count puts right, in the order of its lines.
 * @throws Refusal `recount-needed`, `lines-uncounted` unless those may be left as they are, `reason-missing` and
 * `note-missing` with the first lot that lacks one
 */
export const putRight = (
  lines: readonly CountLine[],
  reasons: readonly ReasonGiven[],
  leaveUncounted: boolean,
): PutRight[] => {
  const again = lines.filter((l) => l.recount !== undefined);
  if (again[0]) throw new Refusal('recount-needed', { lines: again.length, lot: again[0].lot });
  const uncounted = lines.filter((l) => !l.counted).length;
  if (uncounted > 0 && !leaveUncounted) throw refuseAt('lines-uncounted', '/leaveUncounted', { lines: uncounted });
  const byLot = new Map(reasons.map((given, i) => [lotName(given), { given, i }] as const));
  return lines.flatMap((line): PutRight[] => {
    const difference = differenceOf(line);
    if (difference === 0) return [];
    const found = byLot.get(lotName(line));
    if (!found) throw refuseAt('reason-missing', '/reasons', { lot: line.lot });
    const { given, i } = found;
    if (given.reason === 'other' && given.note === undefined)
      throw refuseAt('note-missing', `/reasons/${i}/note`, { lot: line.lot });
    return [{ line, difference, given }];
  });
};

/** What the movement of a difference says: the reason, and the note after it. */
export const reasonText = ({ reason, note }: Pick<ReasonGiven, 'reason' | 'note'>): string =>
  note === undefined ? reason : `${reason}: ${note}`;
