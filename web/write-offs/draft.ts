/** An act of write-off as it is drawn up: lots of the own shelf with what goes of each and why; a lot stands in it once. */
import { stepOf, stockValue } from '@darmon/domain/stock';
import { maxWriteOffLines, WriteOffNote, type WriteOffReason } from '@darmon/domain/write-off';
import type { routes } from '@darmon/function-inventory/routes';
import type { AnswerOf, BodyOf } from '@darmon/http/route';

type StockItem = AnswerOf<typeof routes.listStock>['items'][number];
type TransitLot = AnswerOf<typeof routes.readTransfer>['lots'][number];
type Proposal = AnswerOf<typeof routes.proposeWriteOffs>['items'][number];

/** A lot on the shelf as a line needs it. */
export interface Lot {
  readonly medicine: string;
  readonly gtin: string;
  readonly lot: string;
  readonly expiryDate: string;
  readonly packUnits: number;
  readonly packPrice?: number;
  /** Units that nobody holds. */
  readonly free: number;
  /** The smallest number of units that can leave it. */
  readonly step: number;
}

export interface DraftLine {
  readonly lot: Lot;
  /** Units; undefined while the field is empty. */
  readonly quantity: number | undefined;
  readonly reason: WriteOffReason;
  readonly note: string;
  /** Packs among them that were scanned by their number. */
  readonly serials?: readonly string[];
}

/** An act as it is drawn up on the device; nothing personal is in it. */
export interface ActDraft {
  /** That of lines which are added. */
  readonly reason: WriteOffReason;
  readonly lines: readonly DraftLine[];
  readonly photos: readonly string[];
  readonly note: string;
  readonly earlier: { readonly day: string; readonly reason: string } | null;
}

export const draftOf = (reason: WriteOffReason, lines: readonly DraftLine[]): ActDraft => ({
  reason,
  lines,
  photos: [],
  note: '',
  earlier: null,
});

export const lotOf = (item: StockItem, divisibleBy: number | undefined): Lot => ({
  medicine: item.medicine,
  gtin: item.gtin,
  lot: item.lot,
  expiryDate: item.expiryDate,
  packUnits: item.packUnits,
  ...(item.packPrice !== undefined && { packPrice: item.packPrice }),
  free: item.onHand - item.held,
  step: stepOf({ packUnits: item.packUnits, ...(divisibleBy !== undefined && { divisibleBy }) }),
});

export const isSameLot = (a: Pick<Lot, 'gtin' | 'lot'>, b: Pick<Lot, 'gtin' | 'lot'>): boolean =>
  a.gtin === b.gtin && a.lot === b.lot;

export type Added =
  | { readonly kind: 'added'; readonly lines: readonly DraftLine[] }
  | { readonly kind: 'none-free' }
  | { readonly kind: 'same-pack' }
  | { readonly kind: 'too-many' };

/**
 * Adds units of a lot, to the line that has it or as a new one; never more than are free. A pack with a number is added
 * once, and goes with the line.
 */
export const addUnits = (
  lines: readonly DraftLine[],
  lot: Lot,
  units: number,
  reason: WriteOffReason,
  serial?: string,
): Added => {
  const there = lines.find((line) => isSameLot(line.lot, lot));
  const known = there?.serials ?? [];
  if (serial !== undefined && known.includes(serial)) return { kind: 'same-pack' };
  const serials = serial === undefined ? known : [...known, serial];
  const named = serials.length > 0 ? { serials } : {};
  const before = there?.quantity ?? 0;
  const quantity = Math.min(lot.free, before + units);
  if (quantity <= before) return { kind: 'none-free' };
  if (there)
    return { kind: 'added', lines: lines.map((line) => (line === there ? { ...line, quantity, ...named } : line)) };
  if (lines.length === maxWriteOffLines) return { kind: 'too-many' };
  return { kind: 'added', lines: [...lines, { lot, quantity, reason, note: '', ...named }] };
};

/** What expired, whole, as one act. */
export const linesOfProposals = (items: readonly Proposal[]): DraftLine[] =>
  items.map(({ medicine, gtin, lot, expiryDate, packUnits, packPrice, quantity }) => ({
    lot: {
      medicine,
      gtin,
      lot,
      expiryDate,
      packUnits,
      ...(packPrice !== undefined && { packPrice }),
      free: quantity,
      step: 1,
    },
    quantity,
    reason: 'expired',
    note: '',
  }));

/** What is on its way of each lot, whole, as lost; a lot that was picked for two lines stands there once. */
export const linesOfTransit = (
  lots: readonly TransitLot[],
  divisibleBy: (gtin: string) => number | undefined,
): DraftLine[] => {
  const all = lots.filter(({ inTransit }) => inTransit > 0);
  return all
    .filter((lot, i) => all.findIndex((one) => isSameLot(one, lot)) === i)
    .map(({ medicine, gtin, lot, expiryDate, packUnits, packPrice, inTransit }) => {
      const divisible = divisibleBy(gtin);
      const step = stepOf({ packUnits, ...(divisible !== undefined && { divisibleBy: divisible }) });
      const price = packPrice === undefined ? {} : { packPrice };
      return {
        lot: { medicine, gtin, lot, expiryDate, packUnits, ...price, free: inTransit, step },
        quantity: inTransit,
        reason: 'lost-in-transit',
        note: '',
      };
    });
};

/** Lines that were kept, with their lots as they lie now; of a lot that is gone nothing is free. */
export const asTheyLie = (lines: readonly DraftLine[], stock: readonly Lot[]): DraftLine[] =>
  lines.map((line) => ({
    ...line,
    lot: stock.find((lot) => isSameLot(lot, line.lot)) ?? { ...line.lot, free: 0 },
  }));

export type Need = 'quantity' | 'note' | 'not-expired';

/** What a line still lacks before it can be sent; `today` is `YYYY-MM-DD`. */
export const needsOf = ({ lot, quantity, reason, note }: DraftLine, today: string): readonly Need[] => {
  const fits =
    quantity !== undefined &&
    Number.isInteger(quantity) &&
    quantity > 0 &&
    quantity <= lot.free &&
    (quantity % lot.step === 0 || quantity === lot.free);
  const needsNote = reason === 'other' || note.trim() !== '';
  return [
    ...(fits ? [] : (['quantity'] as const)),
    ...(needsNote && !WriteOffNote.safeParse(note).success ? (['note'] as const) : []),
    ...(reason === 'expired' && lot.expiryDate >= today ? (['not-expired'] as const) : []),
  ];
};

/** The line with another quantity, and no more packs by their number than it has units for: the last ones fall out. */
export const withQuantity = (line: DraftLine, quantity: number | undefined): DraftLine => {
  const { serials = [], ...rest } = line;
  const kept = serials.slice(0, Math.ceil((quantity ?? 0) / line.lot.packUnits));
  return { ...rest, quantity, ...(kept.length > 0 && { serials: kept }) };
};

/** Tiyin. */
export const worthOf = ({ lot, quantity = 0 }: DraftLine): number => stockValue(quantity, lot);

export const bodyOf = (
  lines: readonly DraftLine[],
  about: {
    readonly photos: readonly string[];
    readonly note: string;
    readonly earlier: ActDraft['earlier'];
    readonly transfer?: string | undefined;
  },
): BodyOf<typeof routes.requestWriteOff> => {
  const note = about.note.trim();
  return {
    ...(about.transfer !== undefined && { transfer: about.transfer }),
    lines: lines.map((line) => ({
      gtin: line.lot.gtin,
      lot: line.lot.lot,
      quantity: line.quantity ?? 0,
      reason: line.reason,
      ...(line.note.trim() !== '' && { note: line.note.trim() }),
      ...(line.serials && { serials: [...line.serials] }),
    })),
    ...(about.photos.length > 0 && { photos: [...about.photos] }),
    ...(note !== '' && { note }),
    ...(about.earlier && { backdated: { day: about.earlier.day, reason: about.earlier.reason.trim() } }),
  };
};
