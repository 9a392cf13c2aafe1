/**
 * Stock of a site by lot, and which lots serve a quantity. Movements are the only truth; a stock row is their sum,
 * kept in the same transaction.
 */
import * as z from 'zod';
import { Gtin, MedicineCode } from './medicine.ts';
import { refuseAt } from './refusal.ts';
import { Day, Instant } from './time.ts';

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

/** GS1 character set 82, at most 20: what AI 10 can carry. */
export const Lot = z
  .string()
  .regex(/^[!-"%-?A-Z_a-z]{1,20}$/)
  .meta({ id: 'Lot', description: 'Lot number as on the pack (GS1 AI 10)', examples: ['A1234'] });

export const StockRow = z.object({
  site: z.string(),
  medicine: MedicineCode,
  gtin: Gtin,
  lot: Lot,
  expiryDate: Day,
  onHand: z.int().nonnegative(),
  state: LotState,
  packUnits: z.int().positive(),
  divisibleBy: z.int().positive().exactOptional(),
  /** Tiyin for a whole pack, as last received. */
  packPrice: z.int().nonnegative().exactOptional(),
});
export type StockRow = z.infer<typeof StockRow>;

export const movementKinds = ['receipt', 'dispense', 'dispense-undone', 'hold', 'release', 'quarantine'] as const;
export const Movement = z.object({
  id: z.string(),
  site: z.string(),
  medicine: MedicineCode,
  gtin: Gtin,
  lot: Lot,
  kind: z.enum(movementKinds),
  /** Signed units; 0 for a change of state. */
  quantity: z.int(),
  /** The document that moved it: a dispense, a receipt. */
  reference: z.string(),
  person: z.string(),
  at: Instant,
});
export type Movement = z.infer<typeof Movement>;

export interface LotQuantity {
  readonly gtin: string;
  readonly lot: string;
  readonly quantity: number;
}

export interface Allocation extends LotQuantity {
  readonly expiryDate: string;
}

/** The smallest number of units that can leave a row: a part of a pack where it can be divided, else a whole pack. */
export const stepOf = (row: Pick<StockRow, 'packUnits' | 'divisibleBy'>): number => row.divisibleBy ?? row.packUnits;

/** A lot may be used through its expiry date. */
export const isUsable = (row: StockRow, today: string): boolean => row.state === 'available' && row.expiryDate >= today;

const inFefoOrder = (rows: readonly StockRow[]): StockRow[] =>
  [...rows].sort(
    (a, b) => a.expiryDate.localeCompare(b.expiryDate) || a.gtin.localeCompare(b.gtin) || a.lot.localeCompare(b.lot),
  );

/**
 * First expired, first out over usable rows, in whole steps. Where packs cannot be divided so that `quantity` is met
 * exactly, one step more is taken if `mayRound`, so that the answer can pass `quantity` by less than a pack.
 * @throws Refusal `out-of-stock` with what is available
 */
export const allocateFefo = (
  rows: readonly StockRow[],
  quantity: number,
  today: string,
  options: { line: number; pointer: string; mayRound: boolean },
): Allocation[] => {
  const usable = inFefoOrder(rows.filter((r) => isUsable(r, today)));
  const taken = new Map<StockRow, number>();
  let open = quantity;
  for (const row of usable) {
    if (open === 0) break;
    const step = stepOf(row);
    const take = Math.floor(Math.min(open, row.onHand) / step) * step;
    if (take > 0) taken.set(row, take);
    open -= take;
  }
  if (open > 0 && options.mayRound) {
    const row = usable.find((r) => stepOf(r) > open && r.onHand - (taken.get(r) ?? 0) >= stepOf(r));
    if (row) {
      taken.set(row, (taken.get(row) ?? 0) + stepOf(row));
      open = 0;
    }
  }
  if (open > 0) throw refuseAt('out-of-stock', options.pointer, { line: options.line, available: quantity - open });
  return usable
    .filter((r) => taken.has(r))
    .map((r) => ({ gtin: r.gtin, lot: r.lot, expiryDate: r.expiryDate, quantity: taken.get(r) as number }));
};

/**
 * The lots a person chose or scanned. Each must be on the shelf, usable, in whole steps and enough; together they are
 * the quantity, or pass it by less than the step of a pack that cannot be divided. A lot that expires later than one
 * left on the shelf needs a reason.
 * @throws Refusal `lot-unknown`, `lot-expired`, `lot-blocked`, `out-of-stock`, `quantity-invalid`, `lots-sum-mismatch`,
 * `lot-reason-missing`
 */
export const allocateChosen = (
  rows: readonly StockRow[],
  chosen: readonly LotQuantity[],
  quantity: number,
  today: string,
  options: { line: number; pointer: string; reason: string | undefined; mayRound: boolean },
): Allocation[] => {
  const { line, pointer } = options;
  const seen = new Set<string>();
  let widestStep = 1;
  const allocations = chosen.map((c, i) => {
    const place = `${pointer}/${i}`;
    const row = rows.find((r) => r.gtin === c.gtin && r.lot === c.lot);
    if (!row || seen.has(`${c.gtin}#${c.lot}`)) throw refuseAt('lot-unknown', place, { line });
    seen.add(`${c.gtin}#${c.lot}`);
    if (row.expiryDate < today) throw refuseAt('lot-expired', place, { line, expiryDate: row.expiryDate });
    if (row.state !== 'available') throw refuseAt('lot-blocked', place, { line, state: row.state });
    const step = stepOf(row);
    widestStep = Math.max(widestStep, step);
    if (c.quantity % step !== 0) throw refuseAt('quantity-invalid', `${place}/quantity`, { line, step });
    if (c.quantity > row.onHand) throw refuseAt('out-of-stock', `${place}/quantity`, { line, available: row.onHand });
    return { gtin: c.gtin, lot: c.lot, expiryDate: row.expiryDate, quantity: c.quantity };
  });
  const sum = allocations.reduce((total, a) => total + a.quantity, 0);
  const most = options.mayRound ? quantity + widestStep - 1 : quantity;
  if (sum < quantity || sum > most) throw refuseAt('lots-sum-mismatch', pointer, { line, sum, quantity });
  if (!options.reason && skipsEarlierLot(rows, allocations, today))
    throw refuseAt('lot-reason-missing', pointer, { line });
  return allocations;
};

/** True where an earlier-expiring usable lot was left with something that could have been taken. */
const skipsEarlierLot = (rows: readonly StockRow[], chosen: readonly Allocation[], today: string): boolean => {
  const last =
    chosen
      .map((a) => a.expiryDate)
      .sort()
      .at(-1) ?? '';
  return rows.some((r) => {
    if (!isUsable(r, today) || r.expiryDate >= last) return false;
    const taken = chosen.find((a) => a.gtin === r.gtin && a.lot === r.lot)?.quantity ?? 0;
    return r.onHand - taken >= stepOf(r);
  });
};
