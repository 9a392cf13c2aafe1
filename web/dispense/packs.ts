/**
 * Packs that are scanned beside a prescription: which line each belongs to, what it changes of that line's lots, and
 * what is wrong with it. Judged by the very rules of the server, so that nobody walks back to the shelf twice.
 */
import type { Medicine } from '@darmon/domain/medicine';
import { lotsOfPacks, type PackAt, packName, packsOfLots, type ScannedFor } from '@darmon/domain/pack-scan';
import { Refusal, type RefusalCode } from '@darmon/domain/refusal';
import { type LotQuantity, type StockRow, stepOf } from '@darmon/domain/stock';
import type { ScannedPack } from '../scan/meaning.ts';
import { isSameBrand, lotKey, type ProposedLine } from './shelf.ts';

/** A scanned pack with its raw scan; `lot` is what the pack says, or what a person read from it. */
export interface TakenPack extends ScannedPack {
  readonly raw: string;
}

const aboutOf = (line: ProposedLine, rows: readonly StockRow[], packs: readonly TakenPack[], today: string) => {
  const at = packs.map(({ raw: _, ...pack }, i): PackAt => ({ ...pack, pointer: `/${i}` }));
  const about: ScannedFor = {
    packs: at,
    rows,
    today,
    medicine: line.medicine,
    left: new Map(),
    medicineOf: new Map(at.map(({ gtin }) => [gtin, line.medicine])),
  };
  return about;
};

const sumOf = (lots: readonly LotQuantity[]): number => lots.reduce((sum, lot) => sum + lot.quantity, 0);

/**
 * The lots that scanned packs make up; what they do not cover is taken from lots of which a pack was scanned, then from
 * what expires first.
 * @throws Refusal as the server's rule for packs does
 */
export const lotsByPacks = (
  line: ProposedLine,
  rows: readonly StockRow[],
  packs: readonly TakenPack[],
  quantity: number,
  { today, mayRound }: { readonly today: string; readonly mayRound: boolean },
): readonly LotQuantity[] => {
  const { lots } = lotsOfPacks(aboutOf(line, rows, packs, today), quantity, line.line);
  const units = new Map(lots.map((lot) => [lotKey(lot), lot.quantity]));
  const leftOf = (row: StockRow): number => row.free - (units.get(lotKey(row)) ?? 0);
  const add = (row: StockRow, more: number) => units.set(lotKey(row), (units.get(lotKey(row)) ?? 0) + more);
  const scanned = new Set(units.keys());
  const order = [...rows].sort((a, b) => Number(scanned.has(lotKey(b))) - Number(scanned.has(lotKey(a))));
  let open = quantity - sumOf(lots);
  for (const row of order) {
    const take = Math.floor(Math.min(open, leftOf(row)) / stepOf(row)) * stepOf(row);
    if (take <= 0) continue;
    add(row, take);
    open -= take;
  }
  const whole = mayRound && open > 0 ? order.find((row) => leftOf(row) >= stepOf(row)) : undefined;
  if (whole) add(whole, stepOf(whole));
  return rows.flatMap((row) => {
    const taken = units.get(lotKey(row)) ?? 0;
    return taken > 0 ? [{ gtin: row.gtin, lot: row.lot, quantity: taken }] : [];
  });
};

/** Refuses packs that are not of the lots a person named. @throws Refusal as the server's rule for packs does */
export const requireNamed = (
  line: ProposedLine,
  rows: readonly StockRow[],
  packs: readonly TakenPack[],
  lots: readonly LotQuantity[],
  today: string,
): void => {
  packsOfLots(aboutOf(line, rows, packs, today), lots, line.line);
};

/** A line of the prescription as packs meet it. */
export interface Target {
  readonly line: ProposedLine;
  readonly medicine: Medicine | undefined;
  readonly rows: readonly StockRow[];
  readonly packs: readonly TakenPack[];
  /** Units that are to be handed over. */
  readonly quantity: number;
}

export type PackVerdict =
  | { readonly kind: 'taken'; readonly target: Target; readonly lot: string; readonly packs: readonly TakenPack[] }
  /** It names no lot, and several are on the shelf. */
  | {
      readonly kind: 'needs-lot';
      readonly target: Target;
      readonly pack: TakenPack;
      readonly lots: readonly StockRow[];
    }
  | { readonly kind: 'foreign' | 'repeated' }
  | { readonly kind: 'not-needed'; readonly target: Target }
  | { readonly kind: 'other-brand'; readonly target: Target; readonly brand: string }
  /** Its lot says another expiry date on the shelf. */
  | { readonly kind: 'contradicts'; readonly target: Target; readonly pack: TakenPack; readonly shelf: string }
  | { readonly kind: 'lot-unknown'; readonly target: Target; readonly pack: TakenPack };

const refusalOf = <A>(judge: () => A): A | RefusalCode => {
  try {
    return judge();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

const isAgain = (pack: TakenPack, targets: readonly Target[]): boolean => {
  const { gtin, serial } = pack;
  if (serial === undefined) return false;
  const name = packName({ gtin, serial });
  const isIt = (one: TakenPack) => one.serial !== undefined && packName({ ...one, serial: one.serial }) === name;
  return targets.some((target) => target.packs.some(isIt));
};

/** Judges one scanned pack against all lines that are owed. `today` is `YYYY-MM-DD`. */
export const judgePack = (
  pack: TakenPack,
  targets: readonly Target[],
  medicineOf: (gtin: string) => string | undefined,
  today: string,
): PackVerdict => {
  const target = targets.find(({ line }) => line.medicine === medicineOf(pack.gtin));
  if (!target) return { kind: 'foreign' };
  if (isAgain(pack, targets)) return { kind: 'repeated' };
  const { line, rows, medicine } = target;
  const brand = medicine?.packs.find((one) => one.gtin === pack.gtin)?.brand;
  if (!line.substitutionAllowed && line.brand !== undefined && brand !== undefined && !isSameBrand(brand, line.brand))
    return { kind: 'other-brand', target, brand };
  const alone = refusalOf(() => lotsOfPacks(aboutOf(line, rows, [pack], today), line.owed, line.line));
  if (alone === 'lot-missing') {
    const lots = rows.filter((row) => row.gtin === pack.gtin);
    return lots.length > 0 ? { kind: 'needs-lot', target, pack, lots } : { kind: 'lot-unknown', target, pack };
  }
  const shelf = rows.find((row) => row.gtin === pack.gtin && (pack.lot === undefined || row.lot === pack.lot));
  if (alone === 'scan-contradicts' && shelf) return { kind: 'contradicts', target, pack, shelf: shelf.expiryDate };
  if (typeof alone === 'string') return { kind: 'lot-unknown', target, pack };
  const lot = alone.lots[0]?.lot ?? '';
  const packs = [...target.packs, { ...pack, lot }];
  const together = refusalOf(() => lotsOfPacks(aboutOf(line, rows, packs, today), target.quantity, line.line));
  return together === 'lots-sum-mismatch' ? { kind: 'not-needed', target } : { kind: 'taken', target, lot, packs };
};
