/** One line at the counter: which lots and packs serve it, which brand, and when the rest is promised for. */
import type { Dispense, DispensedLot } from './dispense.ts';
import { isControlled } from './medicine.ts';
import { lotsOfPacks, packsOfLots, type ScannedFor, type ScannedLots, type SerialUse } from './pack-scan.ts';
import type { NonDispenseReason, Prescription, PrescriptionLine } from './prescription.ts';
import { refuseAt } from './refusal.ts';
import { windowOf } from './repeat.ts';
import { type Allocation, allocateChosen, allocateFefo, type LotQuantity, type StockRow } from './stock.ts';
import { tashkentDay } from './time.ts';

/** A lot as a person names it, with the expiry date that was read from the pack, if any. */
export interface NamedLot extends LotQuantity {
  readonly expiryDate?: string;
}

export interface WantedHandOver {
  readonly line: number;
  readonly quantity: number;
  readonly lots?: readonly NamedLot[];
  readonly scans?: readonly string[];
  readonly reason?: string;
  readonly owedOn?: string;
}

export interface WantedReason {
  readonly line: number;
  readonly notDispensed: NonDispenseReason;
  readonly note?: string;
  readonly owedOn?: string;
}

export type WantedOutcome = WantedHandOver | WantedReason;

/**
 * Refuses a reason that says nothing, and a promise for a day that is over or on which the prescription, or the issue,
 * has ended. Days are Tashkent days.
 * @throws Refusal `note-missing`, `promise-invalid`
 */
export const requireOutcomes = (p: Prescription, wanted: readonly WantedOutcome[], now: number): void => {
  const until = p.repeat ? windowOf(p, p.repeat, p.repeat.current).until : p.validUntil;
  const [first, last] = [tashkentDay(now), tashkentDay(Date.parse(until) - 1)];
  for (const [i, outcome] of wanted.entries()) {
    if ('notDispensed' in outcome && outcome.notDispensed === 'other' && outcome.note === undefined)
      throw refuseAt('note-missing', `/lines/${i}/note`, { line: outcome.line });
    const { owedOn } = outcome;
    if (owedOn !== undefined && (owedOn < first || owedOn > last))
      throw refuseAt('promise-invalid', `/lines/${i}/owedOn`, { line: outcome.line, until: last });
  }
};

const isBrand = (brand: string | undefined, row: Pick<StockRow, 'brand'>): boolean =>
  brand === undefined || row.brand.toLowerCase() === brand.toLowerCase();

/** The rows that may serve a line: of one brand alone where the prescriber forbids another. */
export const rowsFor = (line: PrescriptionLine, rows: readonly StockRow[]): StockRow[] =>
  rows.filter((r) => line.substitutionAllowed || isBrand(line.brand, r));

/** What stands around the decision of one line. */
export type Shelf = ScannedFor & {
  /** Where the line stands in the request. */
  readonly pointer: string;
};

const rowOf = (rows: readonly StockRow[], lot: Pick<LotQuantity, 'gtin' | 'lot'>): StockRow | undefined =>
  rows.find((r) => r.gtin === lot.gtin && r.lot === lot.lot);

const requireBrand = (
  line: PrescriptionLine,
  lots: readonly LotQuantity[],
  rows: readonly StockRow[],
  pointerOf: (i: number) => string,
): void => {
  for (const [i, lot] of lots.entries()) {
    const row = rowOf(rows, lot);
    if (row && !line.substitutionAllowed && !isBrand(line.brand, row))
      throw refuseAt('substitution-not-allowed', pointerOf(i), { line: line.line });
  }
};

const requireExpiries = (lots: readonly NamedLot[], rows: readonly StockRow[], pointer: string): void => {
  for (const [i, lot] of lots.entries()) {
    const row = rowOf(rows, lot);
    if (row && lot.expiryDate !== undefined && lot.expiryDate !== row.expiryDate)
      throw refuseAt('expiry-mismatch', `${pointer}/${i}/expiryDate`, { lot: lot.lot, expiryDate: row.expiryDate });
  }
};

/** Lots as named or scanned, each unit of a pack with a serial number accounted for; nothing where neither was given. */
const chosenOf = (wanted: WantedHandOver, shelf: Shelf): ScannedLots | undefined => {
  if (wanted.lots) {
    requireExpiries(wanted.lots, shelf.rows, `${shelf.pointer}/lots`);
    return packsOfLots(shelf, wanted.lots, wanted.line);
  }
  return shelf.packs.length > 0 ? lotsOfPacks(shelf, wanted.quantity, wanted.line) : undefined;
};

/**
 * The lots of a choice. Who hands over the prescribed brand passes over no lot of another one; among lots that are of
 * the choice's own kind, an earlier expiry that stays on the shelf needs its reason.
 */
const allocate = (
  line: PrescriptionLine,
  wanted: WantedHandOver,
  chosen: readonly LotQuantity[] | undefined,
  shelf: Shelf,
): Allocation[] => {
  const pointer = `${shelf.pointer}/lots`;
  const options = { line: line.line, pointer, reason: wanted.reason, mayRound: !isControlled(line.class) };
  if (!chosen) return allocateFefo(rowsFor(line, shelf.rows), wanted.quantity, shelf.today, options);
  requireBrand(line, chosen, shelf.rows, (i) => (wanted.lots ? `${pointer}/${i}` : `${shelf.pointer}/scans`));
  const asPrescribed = chosen.every((lot) => isBrand(line.brand, rowOf(shelf.rows, lot) ?? { brand: '' }));
  const rows = asPrescribed ? shelf.rows.filter((r) => isBrand(line.brand, r)) : shelf.rows;
  return allocateChosen(rows, chosen, wanted.quantity, shelf.today, options);
};

const substitutionOf = (line: PrescriptionLine, lots: readonly Allocation[], rows: readonly StockRow[]) => {
  if (line.brand === undefined) return undefined;
  const other = lots.map((lot) => rowOf(rows, lot)).find((row) => row !== undefined && !isBrand(line.brand, row));
  return other && { from: line.brand, to: other.brand };
};

/**
 * One line with the lots that serve it, first expiring first unless lots were named or packs scanned, and the packs whose
 * units go with it.
 * @throws Refusal of stock (`stock.ts`), of packs (`pack-scan.ts`), `expiry-mismatch`, `substitution-not-allowed`
 */
export const handOver = (
  line: PrescriptionLine,
  wanted: WantedHandOver,
  shelf: Shelf,
): { line: Dispense['lines'][number]; serials: readonly SerialUse[] } => {
  const chosen = chosenOf(wanted, shelf);
  const serials = chosen?.serials ?? [];
  const allocations = allocate(line, wanted, chosen?.lots, shelf);
  const lots = allocations.map((a): DispensedLot => {
    const own = serials.filter((s) => s.gtin === a.gtin && s.lot === a.lot);
    const { gtin, lot, expiryDate, quantity } = a;
    return {
      gtin,
      lot,
      expiryDate,
      quantity,
      ...(own.length > 0 && { serials: own.map(({ serial, units }) => ({ serial, units })) }),
    };
  });
  const quantity = lots.reduce((sum, l) => sum + l.quantity, 0);
  const substitution = substitutionOf(line, allocations, shelf.rows);
  const isOwed = wanted.owedOn !== undefined && line.dispensed + quantity < line.quantity;
  return {
    line: {
      line: line.line,
      medicine: line.medicine,
      quantity,
      lots,
      ...(wanted.reason !== undefined && { reason: wanted.reason }),
      ...(substitution && { substitution }),
      ...(isOwed && { owedOn: wanted.owedOn as string }),
    },
    serials,
  };
};
