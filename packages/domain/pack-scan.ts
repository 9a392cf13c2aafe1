/** Packs scanned at the counter or at the door: what raw GS1 scans say about lots, checked against what is on the shelf. */
import type { Pack as ScannedPack } from './gs1.ts';
import { refuseAt } from './refusal.ts';
import { parseScan } from './scan.ts';
import { isUsable, type LotQuantity, type StockRow, stepOf } from './stock.ts';
import { unitOfScan } from './unit-scan.ts';

/**
 * One raw scan as a pack, also one whose label is doubtful: a pack is named to be set aside, too. Where goods are moved by
 * it, ask `packsOfScans`.
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

/** A scanned pack with its place in the request. */
export interface PackAt extends ScannedPack {
  readonly pointer: string;
}

/** One pack in the world, by GTIN and serial number. */
export const packName = ({ gtin, serial }: { gtin: string; serial: string }): string => `${gtin}#${serial}`;

/**
 * Several raw scans as packs, each at its place, each saying what a pack must. A serial number is of one pack, so the same
 * one twice is one pack twice.
 * @throws Refusal `scan-unreadable`, `scan-inconsistent`, `serial-repeated`
 */
export const packsOfScans = (scans: readonly { raw: string; pointer: string }[], today: string): PackAt[] => {
  const seen = new Set<string>();
  return scans.map(({ raw, pointer }) => {
    const unit = unitOfScan(raw, today, pointer);
    if (unit.kind !== 'pack') throw refuseAt('scan-unreadable', pointer, { kind: unit.kind, reason: unit.kind });
    const { gtin, serial, lot, expiryDate } = unit;
    const said = { ...(lot !== undefined && { lot }), ...(expiryDate !== undefined && { expiryDate }) };
    if (serial === undefined) return { gtin, ...said, pointer };
    const name = packName({ gtin, serial });
    if (seen.has(name)) throw refuseAt('serial-repeated', pointer, { gtin });
    seen.add(name);
    return { gtin, serial, ...said, pointer };
  });
};

/** What the national marking service says of a pack that it knows. */
export interface Marked {
  readonly status: string;
  readonly lot?: string;
  readonly expiryDate?: string;
}

/** True where the service has the pack for sale; a pack that was handed over here before may be out of circulation. */
export const isInCirculation = ({ status }: Marked, { wasHere }: { wasHere: boolean }): boolean =>
  status === 'in-circulation' || (status === 'withdrawn' && wasHere);

/** True where pack and service name two lots or two expiry dates. */
export const contradictsMarking = (pack: Pick<ScannedPack, 'lot' | 'expiryDate'>, marked: Marked): boolean =>
  [
    [pack.lot, marked.lot],
    [pack.expiryDate, marked.expiryDate],
  ].some(([said, known]) => said !== undefined && known !== undefined && said !== known);

/**
 * A pack with the lot and the expiry that the marking service has of it; what stands on the pack itself stays.
 * @throws Refusal `serial-quarantined` where the service has it not for sale, `scan-contradicts` where they differ
 */
export const withMarking = (pack: PackAt, marked: Marked, options: { wasHere: boolean }): PackAt => {
  if (!isInCirculation(marked, options)) throw refuseAt('serial-quarantined', pack.pointer, { gtin: pack.gtin });
  if (contradictsMarking(pack, marked))
    throw refuseAt('scan-contradicts', pack.pointer, {
      ...(marked.lot !== undefined && { lot: marked.lot }),
      ...(marked.expiryDate !== undefined && { expiryDate: marked.expiryDate }),
    });
  const { lot, expiryDate } = marked;
  return { ...(lot !== undefined && { lot }), ...(expiryDate !== undefined && { expiryDate }), ...pack };
};

/** Units that one pack with a serial number gives to a lot that is handed over. */
export interface SerialUse {
  readonly gtin: string;
  readonly serial: string;
  readonly lot: string;
  readonly units: number;
  readonly packUnits: number;
  readonly pointer: string;
}

/** The packs scanned for one line, and what is known about them beside the shelf. */
export interface ScannedFor {
  readonly packs: readonly PackAt[];
  readonly rows: readonly StockRow[];
  readonly today: string;
  readonly medicine: string;
  /** Units left in packs that were opened before, by `packName`; a pack that is not in it counts as full. */
  readonly left: ReadonlyMap<string, number>;
  /** The medicine of each GTIN that was scanned and does not lie on the shelf, where the formulary has one. */
  readonly medicineOf: ReadonlyMap<string, string>;
}

export interface ScannedLots {
  readonly lots: LotQuantity[];
  readonly serials: SerialUse[];
}

const isOfMedicine = ({ gtin }: PackAt, { rows, medicine, medicineOf }: ScannedFor): boolean =>
  rows.some((r) => r.gtin === gtin) || medicineOf.get(gtin) === medicine;

const requireSameExpiry = (pack: PackAt, row: StockRow): void => {
  if (pack.expiryDate !== undefined && pack.expiryDate !== row.expiryDate)
    throw refuseAt('scan-contradicts', pack.pointer, { lot: row.lot, expiryDate: row.expiryDate });
};

/**
 * The row of a pack, where it is certain: by its lot; or the one usable lot of its GTIN that the site holds; or the one
 * with its expiry date. A lot is never guessed.
 */
const rowOf = (pack: PackAt, scanned: ScannedFor): StockRow => {
  const { rows, today } = scanned;
  const facts = { gtin: pack.gtin };
  if (!isOfMedicine(pack, scanned)) throw refuseAt('pack-wrong-medicine', pack.pointer, facts);
  const ofGtin = rows.filter((r) => r.gtin === pack.gtin);
  if (pack.lot !== undefined) {
    const row = ofGtin.find((r) => r.lot === pack.lot);
    if (!row) throw refuseAt('lot-unknown', pack.pointer, facts);
    requireSameExpiry(pack, row);
    return row;
  }
  const usable = ofGtin.filter((r) => isUsable(r, today) && r.free > 0);
  const possible = usable.filter((r) => pack.expiryDate === undefined || r.expiryDate === pack.expiryDate);
  const [only] = possible;
  if (only && possible.length === 1) return only;
  const [one] = usable;
  if (one && usable.length === 1) requireSameExpiry(pack, one);
  throw refuseAt('lot-missing', pack.pointer, facts);
};

/** Units in a pack: all, or what is left of one that was opened. */
const unitsIn = (pack: PackAt, row: StockRow, { left }: ScannedFor): number => {
  if (pack.serial === undefined) return row.packUnits;
  const units = left.get(packName({ gtin: pack.gtin, serial: pack.serial })) ?? row.packUnits;
  if (units === 0) throw refuseAt('serial-dispensed', pack.pointer, { gtin: pack.gtin });
  return units;
};

const useOf = (pack: PackAt, row: StockRow, units: number): SerialUse[] =>
  pack.serial === undefined
    ? []
    : [
        {
          gtin: pack.gtin,
          serial: pack.serial,
          lot: row.lot,
          units,
          packUnits: row.packUnits,
          pointer: pack.pointer,
        },
      ];

/**
 * Lots and quantities of the packs scanned for one line: each scan is a pack, the last one no more than is still open.
 * @throws Refusal `pack-wrong-medicine`, `lot-unknown`, `lot-missing`, `scan-contradicts`, `serial-dispensed` where an
 * opened pack has not enough, `lots-sum-mismatch` where a pack is not needed
 */
export const lotsOfPacks = (scanned: ScannedFor, quantity: number, line: number): ScannedLots => {
  const taken = new Map<StockRow, number>();
  const serials: SerialUse[] = [];
  let open = quantity;
  let opened: { pack: PackAt; units: number } | undefined;
  for (const pack of scanned.packs) {
    const row = rowOf(pack, scanned);
    const units = unitsIn(pack, row, scanned);
    if (open <= 0) throw refuseAt('lots-sum-mismatch', pack.pointer, { line, quantity, sum: quantity - open + units });
    if (units < row.packUnits) opened = { pack, units };
    const take = Math.min(units, Math.ceil(open / stepOf(row)) * stepOf(row));
    taken.set(row, (taken.get(row) ?? 0) + take);
    serials.push(...useOf(pack, row, take));
    open -= take;
  }
  if (open > 0 && opened)
    throw refuseAt('serial-dispensed', opened.pack.pointer, { gtin: opened.pack.gtin, available: opened.units });
  return { lots: [...taken].map(([row, units]) => ({ gtin: row.gtin, lot: row.lot, quantity: units })), serials };
};

/**
 * The same where a person named the lots: each pack must be of one of them and say the same expiry. A pack that names no
 * lot is of the first named lot of its GTIN that is not covered yet.
 * @throws Refusal `pack-wrong-medicine`, `pack-wrong-lot`, `scan-contradicts`, `serial-dispensed`, `lots-sum-mismatch`
 */
export const packsOfLots = (scanned: ScannedFor, lots: readonly LotQuantity[], line: number): ScannedLots => {
  const open = new Map(lots.map((l) => [l, l.quantity]));
  const serials: SerialUse[] = [];
  for (const pack of scanned.packs) {
    const facts = { gtin: pack.gtin };
    if (!lots.some((l) => l.gtin === pack.gtin) && !isOfMedicine(pack, scanned))
      throw refuseAt('pack-wrong-medicine', pack.pointer, facts);
    const named = lots.filter((l) => l.gtin === pack.gtin && (pack.lot === undefined || pack.lot === l.lot));
    if (named.length === 0) throw refuseAt('pack-wrong-lot', pack.pointer, facts);
    const lot = named.find((l) => (open.get(l) ?? 0) > 0);
    if (!lot) throw refuseAt('lots-sum-mismatch', pack.pointer, { line, ...facts });
    const row = scanned.rows.find((r) => r.gtin === lot.gtin && r.lot === lot.lot);
    // a lot that is not on the shelf is refused where the lots are judged
    if (!row) continue;
    requireSameExpiry(pack, row);
    const take = Math.min(unitsIn(pack, row, scanned), open.get(lot) ?? 0);
    open.set(lot, (open.get(lot) ?? 0) - take);
    serials.push(...useOf(pack, row, take));
  }
  return { lots: [...lots], serials };
};
