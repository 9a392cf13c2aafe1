/**
 * Stock of a place by lot, and which lots serve a quantity. Movements (ledger.ts) are the only truth; a stock row is
 * their sum, kept in the same transaction.
 */
import * as z from 'zod';
import { Gtin, MedicineCode } from './medicine.ts';
import { refuseAt } from './refusal.ts';
import { Day } from './time.ts';

/** A central warehouse receives more at once than any patient is given. */
export const maxReceivedUnits = 10_000_000;
export const ReceivedUnits = z
  .int()
  .min(1)
  .max(maxReceivedUnits)
  .meta({ id: 'ReceivedUnits', description: 'A whole number of the smallest unit' });

export const lotStates = ['available', 'on-hold', 'quarantined', 'recalled'] as const;
export const LotState = z.enum(lotStates).meta({ id: 'LotState' });
export type LotState = z.infer<typeof LotState>;

/** States that a lot can have in the whole country beside available. */
export const BlockedState = LotState.exclude(['available']);
export type BlockedState = z.infer<typeof BlockedState>;

/** GS1 character set 82, at most 20: what AI 10 can carry. */
export const Lot = z
  .string()
  .regex(/^[!-"%-?A-Z_a-z]{1,20}$/)
  .meta({ id: 'Lot', description: 'Lot number as on the pack (GS1 AI 10)', examples: ['A1234'] });

/** A zone of a store, or a shelf in it, as it is written on the wall. */
const Spot = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ./-]{0,19}$/u);
export const Zone = Spot.meta({ id: 'Zone', description: 'Zone of a store', examples: ['B'] });
export const Shelf = Spot.meta({ id: 'Shelf', description: 'Shelf in a zone', examples: ['3-2'] });

export const StockRow = z.object({
  /** The site, or the transfer in which it is on its way (`transitPlace`). */
  site: z.string(),
  medicine: MedicineCode,
  gtin: Gtin,
  lot: Lot,
  expiryDate: Day,
  /** Units that may be promised or taken; those on hand are `free` and `held` together. */
  free: z.int().nonnegative(),
  /** Units promised to a document: a pick, a write-off that waits for its approval. */
  held: z.int().nonnegative(),
  state: LotState,
  zone: Zone.exactOptional(),
  shelf: Shelf.exactOptional(),
  /** Of the pack, as the formulary named it when it was last received. */
  brand: z.string().max(60),
  packUnits: z.int().positive(),
  divisibleBy: z.int().positive().exactOptional(),
  /** Tiyin for a whole pack, as last received. */
  packPrice: z.int().nonnegative().exactOptional(),
  /** It waits for quality control, which alone may make it available. */
  quality: z.boolean().exactOptional(),
});
export type StockRow = z.infer<typeof StockRow>;

/** All units of the row that are there, promised or not. */
export const onHandOf = (row: Pick<StockRow, 'free' | 'held'>): number => row.free + row.held;

/**
 * Tiyin that units of a pack are worth, at the price of a whole one; the last unit carries the remainder. A mistyped
 * price can pass what a number holds exactly: the answer then is the greatest that it does.
 */
export const stockValue = (quantity: number, pack: { packPrice?: number; packUnits: number }): number =>
  exactly(Math.round(((pack.packPrice ?? 0) * quantity) / pack.packUnits));

/** A sum of money that numbers and the table can hold; more is as much as they can. */
export const exactly = (tiyin: number): number =>
  Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, tiyin));

export interface LotQuantity {
  readonly gtin: string;
  readonly lot: string;
  readonly quantity: number;
}

export interface Allocation extends LotQuantity {
  readonly expiryDate: string;
}

/** Names one lot of one GTIN. */
export const lotName = ({ gtin, lot }: { gtin: string; lot: string }): string => `${gtin}#${lot}`;

/** The smallest number of units that can leave a row: a part of a pack where it can be divided, else a whole pack. */
export const stepOf = (row: Pick<StockRow, 'packUnits' | 'divisibleBy'>): number => row.divisibleBy ?? row.packUnits;

/** A lot may be used through its expiry date. */
export const isUsable = (row: StockRow, today: string): boolean => row.state === 'available' && row.expiryDate >= today;

const inFefoOrder = (rows: readonly StockRow[]): StockRow[] =>
  [...rows].sort(
    (a, b) => a.expiryDate.localeCompare(b.expiryDate) || a.gtin.localeCompare(b.gtin) || a.lot.localeCompare(b.lot),
  );

/** What is taken of each row; rows of which nothing is taken are not in it. */
type Taken = Map<StockRow, number>;

const sumOf = (quantities: Iterable<number>): number => [...quantities].reduce((sum, q) => sum + q, 0);

/** Whole steps from the first expiring on, as far as they go without passing the quantity. */
const takeInOrder = (usable: readonly StockRow[], quantity: number): Taken => {
  const taken: Taken = new Map();
  let open = quantity;
  for (const row of usable) {
    const step = stepOf(row);
    const take = Math.floor(Math.min(open, row.free) / step) * step;
    if (take > 0) taken.set(row, take);
    open -= take;
  }
  return taken;
};

/**
 * One step more than fits, from the first expiring row that has it, and then back what is too much: other rows give
 * whole steps back, the last expiring first. What remains in excess is less than any step that was taken.
 */
const roundUp = (usable: readonly StockRow[], taken: Taken, open: number): Taken => {
  const row = usable.find((r) => stepOf(r) > open && r.free - (taken.get(r) ?? 0) >= stepOf(r));
  if (!row) return taken;
  const rounded = new Map(taken).set(row, (taken.get(row) ?? 0) + stepOf(row));
  let excess = stepOf(row) - open;
  for (const other of [...usable].reverse()) {
    const units = other === row ? 0 : (rounded.get(other) ?? 0);
    const back = Math.floor(Math.min(excess, units) / stepOf(other)) * stepOf(other);
    if (back === 0) continue;
    if (back === units) rounded.delete(other);
    else rounded.set(other, units - back);
    excess -= back;
  }
  return rounded;
};

/**
 * First expired, first out over usable rows, in whole steps. Where packs cannot be divided so that `quantity` is met
 * exactly, one step more is taken if `mayRound`: the answer then passes `quantity` by less than the smallest step taken.
 * @throws Refusal `out-of-stock` with what is available
 */
export const allocateFefo = (
  rows: readonly StockRow[],
  quantity: number,
  today: string,
  options: { line: number; pointer: string; mayRound: boolean },
): Allocation[] => {
  const usable = inFefoOrder(rows.filter((r) => isUsable(r, today)));
  const exact = takeInOrder(usable, quantity);
  const open = quantity - sumOf(exact.values());
  const taken = open > 0 && options.mayRound ? roundUp(usable, exact, open) : exact;
  if (sumOf(taken.values()) < quantity)
    throw refuseAt('out-of-stock', options.pointer, { line: options.line, available: quantity - open });
  return usable
    .filter((r) => taken.has(r))
    .map((r) => ({ gtin: r.gtin, lot: r.lot, expiryDate: r.expiryDate, quantity: taken.get(r) as number }));
};

/**
 * First expired, first out as far as the usable rows go: all of `quantity`, one step more where a last pack cannot be
 * divided, or what there is.
 */
export const proposeFefo = (rows: readonly StockRow[], quantity: number, today: string): Allocation[] => {
  const usable = inFefoOrder(rows.filter((r) => isUsable(r, today)));
  const exact = takeInOrder(usable, quantity);
  const open = quantity - sumOf(exact.values());
  const taken = open > 0 ? roundUp(usable, exact, open) : exact;
  return usable.flatMap((r) => {
    const units = taken.get(r);
    return units === undefined ? [] : [{ gtin: r.gtin, lot: r.lot, expiryDate: r.expiryDate, quantity: units }];
  });
};

/** A lot as it was named, checked against its row on the shelf. */
const chooseRow = (
  rows: readonly StockRow[],
  chosen: LotQuantity,
  today: string,
  line: number,
  pointer: string,
): StockRow => {
  const row = rows.find((r) => r.gtin === chosen.gtin && r.lot === chosen.lot);
  if (!row) throw refuseAt('lot-unknown', pointer, { line });
  const { expiryDate, state, free } = row;
  if (expiryDate < today) throw refuseAt('lot-expired', pointer, { line, expiryDate });
  if (state !== 'available') throw refuseAt('lot-blocked', pointer, { line, state });
  const step = stepOf(row);
  if (chosen.quantity % step !== 0) throw refuseAt('quantity-invalid', `${pointer}/quantity`, { line, step });
  if (chosen.quantity > free) throw refuseAt('out-of-stock', `${pointer}/quantity`, { line, available: free });
  return row;
};

/**
 * The lots a person chose or scanned. Each must be on the shelf, usable, in whole steps and enough; together they are
 * the quantity, or, with `mayRound`, pass it by less than the smallest step among them. A lot that expires later than
 * one left on the shelf needs a reason, unless the choice is the one that would have been proposed.
 * @throws Refusal `lot-unknown`, `lot-expired`, `lot-blocked`, `out-of-stock`, `quantity-invalid`, `lot-repeated`,
 * `lots-sum-mismatch`, `lot-reason-missing`
 */
export const allocateChosen = (
  rows: readonly StockRow[],
  chosen: readonly LotQuantity[],
  quantity: number,
  today: string,
  options: { line: number; pointer: string; reason: string | undefined; mayRound: boolean },
): Allocation[] => {
  const { line, pointer, reason, mayRound } = options;
  const taken: Taken = new Map();
  for (const [i, lot] of chosen.entries()) {
    const row = chooseRow(rows, lot, today, line, `${pointer}/${i}`);
    if (taken.has(row)) throw refuseAt('lot-repeated', `${pointer}/${i}`, { line });
    taken.set(row, lot.quantity);
  }
  const sum = sumOf(taken.values());
  const excess = mayRound ? Math.min(...[...taken.keys()].map(stepOf)) - 1 : 0;
  if (sum < quantity || sum > quantity + excess) throw refuseAt('lots-sum-mismatch', pointer, { line, sum, quantity });
  if (!reason && skipsEarlierLot(rows, taken, today) && !isProposal(rows, taken, quantity, today, options))
    throw refuseAt('lot-reason-missing', pointer, { line });
  return [...taken].map(([r, units]) => ({ gtin: r.gtin, lot: r.lot, expiryDate: r.expiryDate, quantity: units }));
};

/** True where a step that an earlier-expiring lot still has could have been taken in place of later ones. */
const skipsEarlierLot = (rows: readonly StockRow[], taken: Taken, today: string): boolean =>
  rows.some((r) => {
    if (!isUsable(r, today) || r.free - (taken.get(r) ?? 0) < stepOf(r)) return false;
    const later = [...taken].filter(([other]) => other.expiryDate > r.expiryDate).map(([, units]) => units);
    return sumOf(later) >= stepOf(r);
  });

const isProposal = (
  rows: readonly StockRow[],
  taken: Taken,
  quantity: number,
  today: string,
  options: { line: number; pointer: string; mayRound: boolean },
): boolean => {
  try {
    const proposed = allocateFefo(rows, quantity, today, options);
    const units = (a: Allocation) => [...taken].find(([r]) => r.gtin === a.gtin && r.lot === a.lot)?.[1];
    return proposed.length === taken.size && proposed.every((a) => units(a) === a.quantity);
  } catch {
    return false;
  }
};
