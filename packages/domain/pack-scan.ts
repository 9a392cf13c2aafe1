/** Packs scanned at the counter or at the door: what raw GS1 scans say about lots, checked against what is on the shelf. */
import type { Pack as ScannedPack } from './gs1.ts';
import { refuseAt } from './refusal.ts';
import { parseScan } from './scan.ts';
import { isUsable, type LotQuantity, type StockRow, stepOf } from './stock.ts';

/**
 * One raw scan as a pack.
 * @throws Refusal `scan-unreadable` where it is anything else
 */
export const packOfScan = (raw: string, today: string, pointer: string): ScannedPack => {
  const scan = parseScan(raw, { today });
  if (scan.kind === 'pack') return scan;
  throw refuseAt('scan-unreadable', pointer, {
    kind: scan.kind,
    reason: scan.kind === 'refused' ? scan.code : scan.kind,
  });
};

/** The row of a scanned pack: by lot where the code has one, else the first expiring of its GTIN that is left. */
const rowOf = (
  pack: ScannedPack,
  rows: readonly StockRow[],
  taken: ReadonlyMap<StockRow, number>,
  today: string,
  pointer: string,
): StockRow => {
  const ofGtin = rows.filter((r) => r.gtin === pack.gtin);
  if (ofGtin.length === 0) throw refuseAt('pack-wrong-medicine', pointer, { gtin: pack.gtin });
  const row =
    pack.lot === undefined
      ? ofGtin.find((r) => isUsable(r, today) && r.onHand - (taken.get(r) ?? 0) >= stepOf(r))
      : ofGtin.find((r) => r.lot === pack.lot);
  if (!row) throw refuseAt('lot-unknown', pointer, { gtin: pack.gtin });
  if (pack.expiryDate !== undefined && pack.expiryDate !== row.expiryDate)
    throw refuseAt('scan-contradicts', pointer, { expiryDate: row.expiryDate });
  return row;
};

/**
 * Lots and quantities of the packs scanned for one line: each scan is a pack, the last one no more than is still open.
 * @throws Refusal `scan-unreadable`, `pack-wrong-medicine`, `lot-unknown`, `scan-contradicts`
 */
export const lotsOfScans = (
  scans: readonly string[],
  rows: readonly StockRow[],
  quantity: number,
  today: string,
  line: number,
): LotQuantity[] => {
  const taken = new Map<StockRow, number>();
  let open = quantity;
  for (const [i, raw] of scans.entries()) {
    const pointer = `/lines/${line}/scans/${i}`;
    const row = rowOf(packOfScan(raw, today, pointer), rows, taken, today, pointer);
    const take = Math.min(row.packUnits, Math.ceil(Math.max(open, 0) / stepOf(row)) * stepOf(row));
    if (take > 0) taken.set(row, (taken.get(row) ?? 0) + take);
    open -= take;
  }
  return [...taken].map(([row, units]) => ({ gtin: row.gtin, lot: row.lot, quantity: units }));
};

/**
 * Where lots are named, each scan must be a pack of one of them.
 * @throws Refusal `scan-unreadable`, `pack-wrong-medicine`
 */
export const requireScansMatch = (
  scans: readonly string[],
  lots: readonly LotQuantity[],
  today: string,
  line: number,
): void => {
  for (const [i, raw] of scans.entries()) {
    const pointer = `/lines/${line}/scans/${i}`;
    const pack = packOfScan(raw, today, pointer);
    const named = lots.some((l) => l.gtin === pack.gtin && (pack.lot === undefined || pack.lot === l.lot));
    if (!named) throw refuseAt('pack-wrong-medicine', pointer, { gtin: pack.gtin });
  }
};
