/** Single packs by their serial number: what became of each, and what may still be done with it. */
import * as z from 'zod';
import { Gtin } from './medicine.ts';
import type { Entry } from './posting.ts';
import { Refusal, refuseAt } from './refusal.ts';

const packStates = [
  'available',
  // somebody set it aside, or the marking service contradicts it: quality control decides
  'quarantined',
  // quality control refused it: it can only be written off
  'refused',
  // it left by an act of write-off
  'gone',
  // its receipt was taken back: it can be received anew
  'unknown',
] as const;
export const PackState = z.enum(packStates).meta({ id: 'PackState' });
export type PackState = z.infer<typeof PackState>;

/** A pack that was scanned once; one that was never is full and lies where its lot does. */
export const SerialPack = z.object({
  gtin: Gtin,
  serial: z.string(),
  /** Where it was opened or moved to last: a site, or the place of a transfer. */
  site: z.string(),
  packUnits: z.int().positive(),
  unitsLeft: z.int().nonnegative(),
  state: PackState,
  /** The act of write-off that it waits in. */
  act: z.string().exactOptional(),
});
export type SerialPack = z.infer<typeof SerialPack>;

const isWholeAt = (pack: SerialPack, place: string): boolean =>
  pack.state === 'available' && pack.act === undefined && pack.unitsLeft === pack.packUnits && pack.site === place;

/** True where an entry of a document may move the pack: the same as the database asks when it is posted. */
export const mayMove = (
  pack: SerialPack,
  entry: Pick<Entry, 'kind' | 'place' | 'from' | 'quantity'>,
  document: string,
): boolean => {
  const { kind, place, from = place, quantity } = entry;
  if (kind === 'receipt' || kind === 'opening') return pack.state === 'unknown';
  if (kind === 'write-off')
    return pack.state !== 'gone' && (pack.act === document || (pack.act === undefined && pack.site === place));
  if (kind === 'reversal' && quantity > 0) return pack.state === 'gone' && pack.site === place;
  return isWholeAt(pack, from);
};

/**
 * Packs that a line of an act names lie at the place, or were never opened; nothing that left, and no more of them than
 * the line has units.
 * @throws Refusal `serial-repeated`, `serial-gone`, `serial-dispensed`, `serial-known`, `units-promised` to another act,
 * `quantity-invalid`
 */
export const requireWritable = (
  line: { gtin: string; quantity: number; packUnits: number; serials?: readonly string[] | undefined },
  place: string,
  known: ReadonlyMap<string, SerialPack>,
  i: number,
): void => {
  const { gtin, quantity, packUnits, serials = [] } = line;
  const pointer = `/lines/${i}/serials`;
  if (new Set(serials).size < serials.length) throw refuseAt('serial-repeated', pointer, { gtin });
  let units = 0;
  for (const serial of serials) {
    const pack = known.get(serial);
    units += pack?.unitsLeft ?? packUnits;
    if (!pack) continue;
    if (pack.state === 'gone' || pack.state === 'unknown') throw refuseAt('serial-gone', pointer, { serial });
    if (pack.act !== undefined) throw refuseAt('units-promised', pointer, { serial });
    if (pack.unitsLeft === 0) throw refuseAt('serial-dispensed', pointer, { gtin });
    if (pack.site !== place && pack.unitsLeft < pack.packUnits) throw refuseAt('serial-known', pointer, { serial });
  }
  if (units > quantity) throw refuseAt('quantity-invalid', pointer, { max: quantity });
};

/** @throws Refusal `not-found` for a pack that nobody scanned, `document-closed` with its state out of quarantine */
export const requireQuarantined = (pack: SerialPack | undefined): SerialPack => {
  if (!pack) throw new Refusal('not-found');
  if (pack.state !== 'quarantined') throw new Refusal('document-closed', { state: pack.state });
  return pack;
};
