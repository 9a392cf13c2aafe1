/**
 * Write-offs: stock that nobody will be given, by an act (dalolatnoma) that its author does not sign alone. The units
 * are held from the request on and leave with the last signature; a refusal or a withdrawal gives them back.
 */
import * as z from 'zod';
import { PersonId, Role, SiteId } from './actor.ts';
import { ApprovalId, approvedText, BodyHash } from './approval.ts';
import { Backdated, transitPlace } from './ledger.ts';
import { Gtin, MedicineCode } from './medicine.ts';
import { PhotoId } from './photo.ts';
import type { PostingLine } from './posting.ts';
import { Serial } from './receiving.ts';
import { Refusal, refuseAt } from './refusal.ts';
import { Lot, ReceivedUnits, type StockRow, stepOf, stockValue } from './stock.ts';
import { Day, dayMs, Instant } from './time.ts';
import { TransferId } from './transfer.ts';

export const writeOffReasons = [
  'expired',
  'damaged',
  'lost',
  'lost-in-transit',
  'theft',
  'quality-failure',
  'cold-chain-break',
  'recall',
  'contamination',
  'sample',
  'other',
] as const;
export const WriteOffReason = z.enum(writeOffReasons).meta({ id: 'WriteOffReason' });
export type WriteOffReason = z.infer<typeof WriteOffReason>;

/** What an act says beside a reason; nothing personal. */
export const WriteOffNote = z.string().trim().min(3).max(300);

/** Lines and packs that one transaction holds, beside the act itself. */
export const maxWriteOffLines = 80;
/** Of an act that is dated back: as many as one transaction posts whole, so that the past is judged once for all. */
export const maxBackdatedLines = 20;
export const maxWriteOffPhotos = 6;

export const WantedWriteOff = z
  .strictObject({
    gtin: Gtin,
    lot: Lot,
    quantity: ReceivedUnits,
    reason: WriteOffReason,
    note: WriteOffNote.exactOptional(),
    serials: z.array(Serial).min(1).max(40).exactOptional(),
  })
  .meta({
    id: 'WriteOffRequestLine',
    description: '`quantity` is units; the reason `other` needs a note; `serials` are packs among them',
  });
export type WantedWriteOff = z.infer<typeof WantedWriteOff>;

export const WriteOffLine = z
  .object({
    medicine: MedicineCode,
    gtin: Gtin,
    lot: Lot,
    expiryDate: Day,
    brand: z.string(),
    packUnits: z.int().positive(),
    packPrice: z.int().nonnegative().exactOptional(),
    quantity: ReceivedUnits,
    /** Tiyin; 0 where no price is known. */
    value: z.int().nonnegative(),
    reason: WriteOffReason,
    note: z.string().exactOptional(),
    controlled: z.boolean().exactOptional(),
    /** Packs among them that were scanned. */
    serials: z.array(Serial).exactOptional(),
  })
  .meta({ id: 'WriteOffLine', description: 'Units of one lot, what they are worth in tiyin, and why they go' });
export type WriteOffLine = z.infer<typeof WriteOffLine>;

const writeOffStates = ['requested', 'posting', 'approved', 'refused', 'withdrawn'] as const;
export const WriteOffState = z.enum(writeOffStates).meta({ id: 'WriteOffState' });
export type WriteOffState = z.infer<typeof WriteOffState>;

export const Signature = z
  .object({ person: PersonId, name: z.string(), role: Role, site: SiteId, at: Instant, approval: ApprovalId })
  .meta({ id: 'Signature', description: 'Who signed a document, in which role, when, and by which approval' });
export type Signature = z.infer<typeof Signature>;

/** What the author says and the others sign: nothing of it ever changes. */
const Act = z.object({
  id: z.string(),
  /** Whose people draw it up. */
  site: SiteId,
  /** The goods are not on the shelf of the site but on their way with this transfer, between these two sites. */
  transfer: z.object({ id: TransferId, from: SiteId, to: SiteId }).exactOptional(),
  author: z.object({ person: PersonId, name: z.string(), role: Role }),
  at: Instant,
  lines: z.array(WriteOffLine).min(1).max(maxWriteOffLines),
  photos: z.array(PhotoId).max(maxWriteOffPhotos),
  note: z.string().exactOptional(),
  backdated: Backdated.exactOptional(),
  /** Tiyin. */
  value: z.int().nonnegative(),
  /** Signatures beside the author's. */
  needed: z.union([z.literal(1), z.literal(2)]),
});
type Act = z.infer<typeof Act>;

export const WriteOff = Act.extend({
  state: WriteOffState,
  version: z.int().positive(),
  /** base64url SHA-256 of `actText`: what a signature is for. */
  actHash: BodyHash,
  signatures: z.array(Signature).max(2),
  /** Who refused or withdrew it, and why. */
  closed: z.object({ person: PersonId, at: Instant, reason: z.string() }).exactOptional(),
});
export type WriteOff = z.infer<typeof WriteOff>;

/** The text whose SHA-256 the act is signed by: all that the author said, its members sorted at every depth. */
export const actText = (act: Act): string => {
  const { id, site, transfer, author, at, lines, photos, note, backdated, value, needed } = act;
  return approvedText({ id, site, transfer, author, at, lines, photos, note, backdated, value, needed });
};

/** Where the units of an act lie: at its site, or on their way with a transfer. */
export const placeOf = ({ site, transfer }: Pick<Act, 'site' | 'transfer'>): string =>
  transfer ? transitPlace(transfer.id) : site;

/** The sites whose people see an act: its own, and of goods on their way those of both ends. */
export const isOfSite = (act: Pick<Act, 'site' | 'transfer'>, site: string): boolean =>
  site === act.site || site === act.transfer?.from || site === act.transfer?.to;

/** @throws Refusal `not-in-transit` where a line says that goods of a shelf were lost on their way */
export const requireReasons = (lines: readonly WantedWriteOff[], transfer: boolean): void => {
  const wrong = transfer ? -1 : lines.findIndex(({ reason }) => reason === 'lost-in-transit');
  if (wrong >= 0) throw refuseAt('not-in-transit', `/lines/${wrong}/reason`, { line: wrong + 1 });
};

/** The path that signatures of an act are given for. */
export const approvePath = (id: string): string => `/api/write-offs/${id}/approve`;

/**
 * One line of an act, from what lies there now: free units in steps that can leave the lot, or all that is left of it.
 * The state of the lot does not matter, since goods that are blocked go this way too.
 * @throws Refusal `lot-unknown`, `note-missing`, `not-expired`, `quantity-invalid`, `out-of-stock`
 */
export const writeOffLine = (
  wanted: WantedWriteOff,
  row: StockRow | undefined,
  controlled: boolean,
  today: string,
  i: number,
): WriteOffLine => {
  const { gtin, lot, quantity, reason, note, serials } = wanted;
  const pointer = `/lines/${i}`;
  const line = i + 1;
  if (!row) throw refuseAt('lot-unknown', pointer, { line });
  if (reason === 'other' && note === undefined) throw refuseAt('note-missing', `${pointer}/note`, { line });
  const { medicine, expiryDate, brand, packUnits, packPrice, free } = row;
  if (reason === 'expired' && expiryDate >= today)
    throw refuseAt('not-expired', `${pointer}/reason`, { line, expiryDate });
  if (quantity > free) throw refuseAt('out-of-stock', `${pointer}/quantity`, { line, available: free });
  if (quantity % stepOf(row) !== 0 && quantity !== free)
    throw refuseAt('quantity-invalid', `${pointer}/quantity`, { line, step: stepOf(row) });
  return {
    medicine,
    gtin,
    lot,
    expiryDate,
    brand,
    packUnits,
    ...(packPrice !== undefined && { packPrice }),
    quantity,
    value: stockValue(quantity, row),
    reason,
    ...(note !== undefined && { note }),
    ...(controlled && { controlled }),
    ...(serials && { serials }),
  };
};

/** @throws Refusal `lot-repeated`: a row is held once, and a line has one reason */
export const requireDifferentLots = (lines: readonly WantedWriteOff[]): void => {
  const names = new Set<string>();
  for (const [i, { gtin, lot }] of lines.entries()) {
    const name = `${gtin}#${lot}`;
    if (names.has(name)) throw refuseAt('lot-repeated', `/lines/${i}`, { line: i + 1 });
    names.add(name);
  }
};

/** @throws Refusal `split-document` where an act holds more lines and packs than one transaction does */
export const requireHoldable = (lines: readonly WantedWriteOff[]): void => {
  const held = lines.reduce((sum, { serials = [] }) => sum + 1 + serials.length, 0);
  if (held > maxWriteOffLines) throw refuseAt('split-document', '/lines', { max: maxWriteOffLines });
};

/** How many persons beside the author must sign: one, and above the policy's value two. */
export const signaturesNeeded = (value: number, thirdSignatureValue: number): 1 | 2 =>
  value > thirdSignatureValue ? 2 : 1;

/**
 * How long an act that is dated back may wait for its signatures. The policy's limit was kept when it was drawn up, and an
 * author is not blamed for a slow signer; but after a month the books of that day are reported and closed.
 */
const backdatedWaitDays = 30;

/** @throws Refusal `backdate-too-far` for an act that is dated back and waited too long: its author can only withdraw it */
export const requireSignable = (act: WriteOff, now: number): void => {
  if (act.backdated && now - Date.parse(act.at) > backdatedWaitDays * dayMs)
    throw refuseAt('backdate-too-far', '/actHash', { days: backdatedWaitDays });
};

/** @throws Refusal `document-closed` for an act that is signed, refused or withdrawn already */
export const requireRequested = (act: WriteOff): void => {
  if (act.state !== 'requested') throw new Refusal('document-closed', { state: act.state });
};

/**
 * What the last signature moves: each line out of what is held, with the packs that it names and those of `more`, which
 * are known by lot to go with it.
 */
export const linesToPost = (act: WriteOff, more: (line: WriteOffLine) => readonly string[] = () => []): PostingLine[] =>
  act.lines.map((line, i) => {
    const { medicine, gtin, lot, expiryDate, quantity, reason, controlled } = line;
    const serials = [...new Set([...(line.serials ?? []), ...more(line)])];
    return {
      line: i + 1,
      entries: [
        {
          place: placeOf(act),
          medicine,
          gtin,
          lot,
          expiryDate,
          kind: 'write-off',
          quantity: -quantity,
          held: true,
          reason,
          ...(controlled && { controlled }),
          ...(serials.length > 0 && { serials }),
        },
      ],
    };
  });
