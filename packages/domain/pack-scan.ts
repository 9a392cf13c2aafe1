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

/**
 * Several raw scans as packs, each at its place. A serial number is of one pack, so the same one twice is one pack twice.
 * @throws Refusal `scan-unreadable`, `serial-repeated`
 */
export const packsOfScans = (
  scans: readonly string[],
  today: string,
  pointerOf: (i: number) => string,
): ScannedPack[] => {
  const seen = new Set<string>();
  return scans.map((raw, i) => {
    const pack = packOfScan(raw, today, pointerOf(i));
    if (pack.serial === undefined) return pack;
    const name = `${pack.gtin}#${pack.serial}`;
    if (seen.has(name)) throw refuseAt('serial-repeated', pointerOf(i), { gtin: pack.gtin });
    seen.add(name);
    return pack;
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
  requireSameExpiry(pack, row, pointer);
  return row;
};

const requireSameExpiry = (pack: ScannedPack, row: StockRow, pointer: string): void => {
  if (pack.expiryDate !== undefined && pack.expiryDate !== row.expiryDate)
    throw refuseAt('scan-contradicts', pointer, { expiryDate: row.expiryDate });
};

/**
 * Lots and quantities of the packs scanned for one line: each scan is a pack, the last one no more than is still open.
 * @throws Refusal `pack-wrong-medicine`, `lot-unknown`, `scan-contradicts`
 */
export const lotsOfPacks = (
  packs: readonly ScannedPack[],
  rows: readonly StockRow[],
  quantity: number,
  today: string,
  pointerOf: (i: number) => string,
): LotQuantity[] => {
  const taken = new Map<StockRow, number>();
  let open = quantity;
  for (const [i, pack] of packs.entries()) {
    const row = rowOf(pack, rows, taken, today, pointerOf(i));
    const take = Math.min(row.packUnits, Math.ceil(Math.max(open, 0) / stepOf(row)) * stepOf(row));
    if (take > 0) taken.set(row, (taken.get(row) ?? 0) + take);
    open -= take;
  }
  return [...taken].map(([row, units]) => ({ gtin: row.gtin, lot: row.lot, quantity: units }));
};

/**
 * Where lots are named, each pack must be of one of them, and say the same expiry.
 * @throws Refusal `pack-wrong-medicine`, `scan-contradicts`
 */
export const requirePacksMatch = (
  packs: readonly ScannedPack[],
  lots: readonly LotQuantity[],
  rows: readonly StockRow[],
  pointerOf: (i: number) => string,
): void => {
  for (const [i, pack] of packs.entries()) {
    const named = lots.filter((l) => l.gtin === pack.gtin && (pack.lot === undefined || pack.lot === l.lot));
    if (named.length === 0) throw refuseAt('pack-wrong-medicine', pointerOf(i), { gtin: pack.gtin });
    const [only, ...others] = named;
    const row = rows.find((r) => r.gtin === only?.gtin && r.lot === only.lot);
    if (row && others.length === 0) requireSameExpiry(pack, row, pointerOf(i));
  }
};
