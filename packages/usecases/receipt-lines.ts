/** Lines of a receipt: read from the scanner or the keyboard, and judged by what is known of their packs and lots. */
import { isControlled } from '@darmon/domain/medicine';
import { packName, packsOfScans } from '@darmon/domain/pack-scan';
import type { Entry } from '@darmon/domain/posting';
import { type Arrival, arrivingState, type Discrepancy, isOutOfLimits } from '@darmon/domain/receiving';
import { refuseAt } from '@darmon/domain/refusal';
import { lotName, maxReceivedUnits, type StockRow, stepOf } from '@darmon/domain/stock';
import type { Deps } from './deps.ts';

interface Amount {
  readonly quantity?: number;
  readonly packs?: number;
  readonly packPrice?: number;
  readonly zone?: string;
  readonly shelf?: string;
}
export type ReceiptLineInput = Amount &
  (
    | { gtin: string; lot: string; expiryDate: string; serials?: readonly string[] }
    | { scan: string; lot?: string; expiryDate?: string }
  );

export type ReadLine = Amount & {
  gtin: string;
  lot: string;
  expiryDate: string;
  serials: readonly string[];
  scanned?: true;
  at: number;
};

const agreed = (
  scanned: string | undefined,
  typed: string | undefined,
  missing: 'lot-missing' | 'expiry-missing',
  pointer: string,
): string => {
  if (scanned !== undefined && typed !== undefined && scanned !== typed)
    throw refuseAt('scan-contradicts', pointer, { scanned });
  const value = scanned ?? typed;
  if (value === undefined) throw refuseAt(missing, pointer);
  return value;
};

/**
 * Lines with their lot and expiry: from the scan, from the keyboard where the pack does not say, never two that differ. A
 * pack with a serial number comes in once, however often it was scanned.
 */
export const readLines = (lines: readonly ReceiptLineInput[], today: string): ReadLine[] => {
  const scanned = lines.flatMap((line, i) => ('scan' in line ? [{ raw: line.scan, pointer: `/lines/${i}/scan` }] : []));
  const packs = new Map(packsOfScans(scanned, today).map((p) => [p.pointer, p]));
  const seen = new Set<string>();
  return lines.map((line, i) => {
    if (!('scan' in line)) {
      for (const serial of line.serials ?? []) {
        const name = packName({ gtin: line.gtin, serial });
        if (seen.has(name)) throw refuseAt('serial-repeated', `/lines/${i}/serials`, { gtin: line.gtin });
        seen.add(name);
      }
      return { ...line, serials: line.serials ?? [], at: i };
    }
    const { scan: _, lot, expiryDate, ...amount } = line;
    const pack = packs.get(`/lines/${i}/scan`);
    if (!pack) throw new Error(`line ${i} was scanned and not read`);
    return {
      gtin: pack.gtin,
      lot: agreed(pack.lot, lot, 'lot-missing', `/lines/${i}/lot`),
      expiryDate: agreed(pack.expiryDate, expiryDate, 'expiry-missing', `/lines/${i}/expiryDate`),
      serials: pack.serial === undefined ? [] : [pack.serial],
      scanned: true as const,
      at: i,
      ...amount,
    };
  });
};

/** Units of a line: whole packs, or parts of packs that can be divided; half a bottle could never be handed over. */
const unitsOf = (line: Amount, pack: Pick<StockRow, 'packUnits' | 'divisibleBy'>, i: number): number => {
  if ((line.quantity === undefined) === (line.packs === undefined)) throw refuseAt('packs-and-quantity', `/lines/${i}`);
  const units = line.quantity ?? (line.packs as number) * pack.packUnits;
  const step = stepOf(pack);
  if (units % step !== 0) throw refuseAt('quantity-invalid', `/lines/${i}/quantity`, { step });
  if (units > maxReceivedUnits) throw refuseAt('quantity-invalid', `/lines/${i}`, { max: maxReceivedUnits });
  return units;
};

/** What stands around the lines: the packs and lots that are known, the rules, what people told of the delivery. */
type Around = Pick<
  Awaited<ReturnType<Deps['table']['loadForReceipt']>>,
  'packs' | 'known' | 'blocked' | 'site' | 'policy'
> & {
  readonly place: string;
  readonly today: string;
  readonly arrival: Arrival | undefined;
  readonly told: readonly Discrepancy[];
};

const tells = (told: readonly Discrepancy[], kind: Discrepancy['kind'], line: { gtin: string; lot: string }): boolean =>
  told.some((d) => d.kind === kind && d.gtin === line.gtin && d.lot === line.lot);

/** A line as it goes into the ledger, or as what was seen and not taken in. */
export type Judged =
  | { readonly entry: Entry; readonly tooWarm: boolean }
  | { readonly aside: Discrepancy & { gtin: string; lot: string; received: number } };

/** What one line puts on the shelf; `expiryOf` is what earlier lines of the same receipt say of their lots. */
export const judgeLine = (line: ReadLine, around: Around, expiryOf: Map<string, string>): Judged => {
  const { gtin, lot, at } = line;
  const pack = around.packs.get(gtin);
  if (!pack) throw refuseAt('gtin-unknown', `/lines/${at}`, { gtin });
  const name = lotName(line);
  const known = around.known.get(name);
  const expiryDate = known?.expiryDate ?? expiryOf.get(name) ?? line.expiryDate;
  const quantity = unitsOf(line, { ...pack, packUnits: pack.units }, at);
  if (line.expiryDate !== expiryDate) {
    if (tells(around.told, 'wrong-expiry', line))
      return { aside: { kind: 'wrong-expiry', gtin, lot, expiryDate: line.expiryDate, received: quantity } };
    throw refuseAt('expiry-mismatch', `/lines/${at}/expiryDate`, { lot, expiryDate });
  }
  if (expiryDate < around.today) throw refuseAt('already-expired', `/lines/${at}/expiryDate`, { expiryDate });
  // a pack that was opened comes in by its units: only a whole one has its place by its number
  const serials = line.scanned && quantity < pack.units ? [] : line.serials;
  if (serials.length * pack.units > quantity)
    throw refuseAt('quantity-invalid', `/lines/${at}/serials`, { max: Math.floor(quantity / pack.units) });
  expiryOf.set(name, expiryDate);
  const tooWarm = isOutOfLimits(pack.storage, around.arrival, around.policy);
  const arriving = arrivingState({
    blocked: around.blocked.get(name),
    recalled: known?.state === 'recalled',
    outOfLimits: tooWarm || tells(around.told, 'cold-chain', line),
    needsRelease: pack.qualityRelease === true && !known?.released,
  });
  const entry: Entry = {
    place: around.place,
    medicine: pack.medicine,
    gtin,
    lot,
    expiryDate,
    kind: 'receipt',
    quantity,
    lotState: known?.state ?? 'available',
    row: {
      brand: pack.brand,
      packUnits: pack.units,
      ...arriving,
      ...(pack.divisibleBy !== undefined && { divisibleBy: pack.divisibleBy }),
      ...(line.packPrice !== undefined && { packPrice: line.packPrice }),
      ...(line.zone !== undefined && { zone: line.zone }),
      ...(line.shelf !== undefined && { shelf: line.shelf }),
      ...(around.site?.kind === 'pharmacy' && { region: around.site.region }),
    },
    ...(isControlled(pack.class) && { controlled: true }),
    ...(serials.length > 0 && { serials: [...serials] }),
  };
  return { entry, tooWarm };
};
