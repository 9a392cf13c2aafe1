/**
 * Goods at the door: what was expected against what came, how they differ, and in which state units come in. It knows no
 * storage; a receipt (usecases/receiving.ts) puts what is taken in into the ledger.
 */
import * as z from 'zod';
import { Gtin, type Storage } from './medicine.ts';
import type { Policy } from './policy.ts';
import { refuseAt } from './refusal.ts';
import { type BlockedState, Lot, type LotState, lotName } from './stock.ts';
import { Day } from './time.ts';

const discrepancyKinds = [
  'short',
  'over',
  'damaged',
  'wrong-lot',
  'wrong-expiry',
  'unknown',
  'cold-chain',
  'not-ordered',
] as const;
export const DiscrepancyKind = z.enum(discrepancyKinds).meta({ id: 'DiscrepancyKind' });
export type DiscrepancyKind = z.infer<typeof DiscrepancyKind>;

export const resolutions = ['accepted', 'returned', 'credited', 'written-off', 'corrected'] as const;
export const Resolution = z.enum(resolutions).meta({ id: 'Resolution', description: 'What became of a discrepancy' });
export type Resolution = z.infer<typeof Resolution>;

const Units = z.int().nonnegative().max(1_000_000_000);
export const Discrepancy = z
  .strictObject({
    kind: DiscrepancyKind,
    gtin: Gtin.exactOptional(),
    lot: Lot.exactOptional(),
    /** As printed on the pack, where it is the expiry date that is wrong. */
    expiryDate: Day.exactOptional(),
    expected: Units.exactOptional(),
    /** Units that came; what is damaged, or of another expiry date than the country knows, is not taken in. */
    received: Units.exactOptional(),
    note: z.string().trim().min(1).max(300).exactOptional(),
    photos: z
      .array(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/))
      .max(6)
      .exactOptional(),
  })
  .meta({
    id: 'Discrepancy',
    description: 'How a delivery differs from what was expected; amounts in the smallest unit',
  });
export type Discrepancy = z.infer<typeof Discrepancy>;

/**
 * Refuses a discrepancy that does not say what it is about.
 * @throws Refusal `note-missing` of something unknown without a code, `gtin-unknown`, `lot-missing`, `quantity-missing`
 */
export const requireTold = (told: readonly Discrepancy[], knows: (gtin: string) => boolean): void => {
  for (const [i, d] of told.entries()) {
    const at = `/discrepancies/${i}`;
    if (d.kind === 'unknown') {
      if (d.gtin === undefined && d.note === undefined) throw refuseAt('note-missing', `${at}/note`);
      continue;
    }
    if (d.gtin === undefined || !knows(d.gtin)) throw refuseAt('gtin-unknown', `${at}/gtin`, { gtin: d.gtin ?? '' });
    if (d.lot === undefined) throw refuseAt('lot-missing', `${at}/lot`);
    if (d.kind === 'damaged' && !d.received) throw refuseAt('quantity-missing', `${at}/received`);
  }
};

/** Two packs of one number cannot be. */
export const Serial = z
  .string()
  .regex(/^[!-"%-?A-Z_a-z]{1,20}$/)
  .meta({ id: 'Serial', description: 'Serial number of a pack (GS1 AI 21)' });

/** Serial shipping container code: names one carton or pallet. */
export const Sscc = z
  .string()
  .regex(/^\d{18}$/)
  .meta({ id: 'Sscc', description: 'SSCC of a carton or pallet (GS1 AI 00)' });

export const ExpectedLine = z
  .object({
    gtin: Gtin,
    lot: Lot,
    expiryDate: Day.exactOptional(),
    packs: z.int().min(1).max(1_000_000),
    serials: z.array(Serial).max(10_000).exactOptional(),
    /** Tiyin for a whole pack. */
    packPrice: z.int().min(0).max(1_000_000_000_000).exactOptional(),
  })
  .meta({ id: 'ExpectedLine' });
export type ExpectedLine = z.infer<typeof ExpectedLine>;

/** What is in one carton or pallet; its lines are a part of the list's. */
export const ExpectedUnit = z
  .object({
    sscc: Sscc,
    parent: Sscc.exactOptional(),
    lines: z
      .array(ExpectedLine.pick({ gtin: true, lot: true, expiryDate: true, packs: true, serials: true }))
      .max(1_000),
  })
  .meta({ id: 'ExpectedUnit' });
export type ExpectedUnit = z.infer<typeof ExpectedUnit>;

/** A line with the units of it that came so far. */
export const AnnouncedLine = ExpectedLine.extend({ got: z.int().nonnegative() }).meta({ id: 'AnnouncedLine' });
export type AnnouncedLine = z.infer<typeof AnnouncedLine>;

interface Came {
  readonly gtin: string;
  readonly lot: string;
  readonly expiryDate: string;
  readonly quantity: number;
}
/** Units in a pack of the GTIN; what nobody knows is counted in packs. */
type UnitsOf = (gtin: string) => number;

const addTo = (sums: Map<string, number>, name: string, quantity: number): void => {
  sums.set(name, (sums.get(name) ?? 0) + quantity);
};

/** What came, by lot: taken in, or seen and set aside. */
const cameByLot = (came: readonly Came[], aside: readonly Discrepancy[]): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const line of came) addTo(sums, lotName(line), line.quantity);
  for (const { gtin, lot, received = 0 } of aside)
    if (gtin !== undefined && lot !== undefined) addTo(sums, lotName({ gtin, lot }), received);
  return sums;
};

/**
 * How what came differs from what was still expected. What is missing is short only where nothing more is to come; of one
 * GTIN, another lot in place of the announced one is a wrong lot and not missing as well. What is `aside` came and was not
 * taken in.
 */
export const compareDelivery = (
  expected: readonly AnnouncedLine[],
  came: readonly Came[],
  aside: readonly Discrepancy[],
  { isLast, unitsOf }: { isLast: boolean; unitsOf: UnitsOf },
): Discrepancy[] => {
  const open = new Map<string, number>();
  const lines = new Map<string, AnnouncedLine>();
  for (const line of expected) {
    addTo(open, lotName(line), Math.max(0, line.packs * unitsOf(line.gtin) - line.got));
    if (!lines.has(lotName(line)) || line.expiryDate !== undefined) lines.set(lotName(line), line);
  }
  const gtins = new Set(expected.map((l) => l.gtin));
  const arrived = cameByLot(came, aside);
  const found: Discrepancy[] = [];
  const instead = new Map<string, number>();
  const otherwise = new Map(came.map((c) => [lotName(c), c]));
  for (const [name, { gtin, lot, expiryDate }] of otherwise) {
    const announced = lines.get(name);
    const received = arrived.get(name) ?? 0;
    if (!announced) {
      const kind = gtins.has(gtin) ? 'wrong-lot' : 'over';
      if (kind === 'wrong-lot') addTo(instead, gtin, received);
      found.push({ kind, gtin, lot, expected: 0, received });
    } else if (announced.expiryDate !== undefined && announced.expiryDate !== expiryDate)
      found.push({ kind: 'wrong-expiry', gtin, lot, expiryDate, expected: open.get(name) ?? 0, received });
  }
  for (const [name, { gtin, lot }] of lines) {
    const [units, received] = [open.get(name) ?? 0, arrived.get(name) ?? 0];
    if (received > units) found.push({ kind: 'over', gtin, lot, expected: units, received });
    const inPlace = Math.min(instead.get(gtin) ?? 0, Math.max(0, units - received));
    if (inPlace > 0) addTo(instead, gtin, -inPlace);
    if (isLast && received + inPlace < units) found.push({ kind: 'short', gtin, lot, expected: units, received });
  }
  return found;
};

/** What people told and what was computed: the same thing once, with our figures and their notes and photos. */
export const mergedDiscrepancies = (told: readonly Discrepancy[], computed: readonly Discrepancy[]): Discrepancy[] => {
  const nameOf = ({ kind, gtin, lot }: Discrepancy) => `${kind}#${gtin}#${lot}`;
  const merged = new Map(told.map((d, i) => [d.kind === 'unknown' ? `#${i}` : nameOf(d), d]));
  for (const d of computed) {
    const { note, photos, ...before }: Partial<Discrepancy> = merged.get(nameOf(d)) ?? {};
    merged.set(nameOf(d), { ...before, ...d, ...(note !== undefined && { note }), ...(photos && { photos }) });
  }
  return [...merged.values()];
};

/** The list after a delivery: its lines with what came of each, the first line of a lot first; true where all is there. */
export const afterDelivery = (
  expected: readonly AnnouncedLine[],
  came: readonly Came[],
  unitsOf: UnitsOf,
): { lines: AnnouncedLine[]; isWhole: boolean } => {
  const left = cameByLot(came, []);
  let isWhole = true;
  const lines = expected.map((line) => {
    const [all, here] = [line.packs * unitsOf(line.gtin), left.get(lotName(line)) ?? 0];
    const taken = Math.min(here, Math.max(0, all - line.got));
    left.set(lotName(line), here - taken);
    if (line.got + taken < all) isWhole = false;
    return taken === 0 ? line : { ...line, got: line.got + taken };
  });
  return { lines, isWhole };
};

const Degrees = z.number().min(-90).max(60);
/** `celsius` counts for every class of storage that has no reading of its own. */
export const Arrival = z
  .strictObject({
    celsius: Degrees.exactOptional(),
    cool: Degrees.exactOptional(),
    cold: Degrees.exactOptional(),
    frozen: Degrees.exactOptional(),
  })
  .meta({ id: 'Arrival', description: 'Degrees Celsius read when the goods arrived' });
export type Arrival = z.infer<typeof Arrival>;

/**
 * True where goods of this storage arrived too warm or too cold; nobody asks of what lies at room temperature.
 * @throws Refusal `temperature-missing`
 */
export const isOutOfLimits = (storage: Storage | undefined, arrival: Arrival | undefined, policy: Policy): boolean => {
  if (storage === undefined || storage === 'room') return false;
  const celsius = arrival?.[storage] ?? arrival?.celsius;
  if (celsius === undefined) throw refuseAt('temperature-missing', '/arrival/celsius', { storage });
  const { from, to } = policy.warehouse.storage[storage];
  return celsius < from || celsius > to;
};

/** In which state units come in, and whether quality control has to release them. */
export interface Arriving {
  readonly state: LotState;
  readonly quality?: true;
  /** What lies there of the lot can no longer be told from them and takes the state too. */
  readonly spreads?: true;
}

/**
 * A lot that is blocked or recalled in the country comes in as that. What arrived out of its limits waits in quarantine,
 * with all that lies there of the lot; so does a lot that quality control releases first, until it has.
 */
export const arrivingState = (of: {
  blocked: BlockedState | undefined;
  recalled: boolean;
  outOfLimits: boolean;
  needsRelease: boolean;
}): Arriving => {
  if (of.recalled || of.blocked === 'recalled') return { state: 'recalled' };
  if (of.outOfLimits) return { state: 'quarantined', quality: true, spreads: true };
  if (of.needsRelease) return { state: of.blocked ?? 'quarantined', quality: true };
  return { state: of.blocked ?? 'available' };
};
