/**
 * A delivery as it is taken in pack by pack: which scans are one line, what a line still lacks, how it stands against what
 * was announced, and what is sent. A later scan adds; it never blanks or overwrites what an earlier one said.
 */
import { mergeReadings } from '@darmon/domain/gs1';
import type { Storage } from '@darmon/domain/medicine';
import type { AnnouncedLine, Discrepancy, DiscrepancyKind, ExpectedUnit } from '@darmon/domain/receiving';
import { readDay } from '@darmon/domain/sheet-values';
import { Lot, Shelf, Zone } from '@darmon/domain/stock';
import { maxPacks, maxReceiptLines, type receiptRoutes } from '@darmon/function-inventory/receipt-routes';
import type { BodyOf } from '@darmon/http/route';
import type { ScannedPack } from '../scan/meaning.ts';

/** Who said it: the pack's code, the supplier's list, or somebody at the keyboard. */
type From = 'code' | 'list' | 'hand';

export interface DraftLine {
  /** Stays while the line does, whatever is typed. */
  readonly key: string;
  readonly gtin: string;
  readonly lot: string;
  /** As typed, or `YYYY-MM-DD` from the code or the list. */
  readonly expiry: string;
  readonly packs: number | undefined;
  readonly from: { readonly lot: From; readonly expiry: From };
  readonly serials: readonly string[];
  /** Packs that are still to come of it by the list; absent where it is not on one. */
  readonly expected?: number;
  /** Serial numbers that the list names for it. */
  readonly announced?: readonly string[];
  readonly zone: string;
  readonly shelf: string;
  /** Soums for a pack, as typed. */
  readonly price: string;
}

/** What somebody saw and told, in packs. */
export interface Told {
  readonly key: string;
  readonly kind: DiscrepancyKind;
  readonly gtin?: string;
  readonly lot?: string;
  readonly packs?: number;
  readonly note: string;
  readonly photos: readonly string[];
}

export interface DraftList {
  readonly id: string;
  readonly supplier: string;
  readonly number?: string;
  readonly cartons: readonly ExpectedUnit[];
}

/** All that is kept of a delivery on the device; nothing personal is in it. */
export interface Draft {
  readonly lines: readonly DraftLine[];
  readonly told: readonly Told[];
  readonly list?: DraftList;
  /** The purchase order that it is for. */
  readonly order?: { readonly id: string; readonly number: string };
  /** Cartons and pallets that were ticked off, and cases that were scanned. */
  readonly ticked: readonly string[];
  /** Packs in a case, by the GTIN of the case, as somebody counted them. */
  readonly cases: Readonly<Record<string, number>>;
  readonly partial: boolean;
  readonly document: { readonly supplier: string; readonly number: string };
  readonly celsius: Readonly<Partial<Record<Storage, number>>>;
  readonly backdated: { readonly day: string; readonly reason: string } | null;
}

export const emptyDraft: Draft = {
  lines: [],
  told: [],
  ticked: [],
  cases: {},
  partial: false,
  document: { supplier: '', number: '' },
  celsius: {},
  backdated: null,
};

export type Taken =
  | { readonly kind: 'added' | 'needs'; readonly draft: Draft; readonly line: DraftLine }
  | { readonly kind: 'same-serial' }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'expiry-conflict'; readonly lot: string; readonly first: string; readonly second: string };

/** A date as packs and files print it: `MM.YYYY` is the last day of that month. Undefined where there is no such date. */
export const readExpiry = (typed: string): string | undefined => {
  const read = readDay(typed, undefined);
  return read.kind === 'value' ? read.value : undefined;
};

/** Tiyin of a price in soums, with a point or a comma and at most two decimals; undefined where it is none. */
export const readPrice = (typed: string): number | undefined => {
  const [, soums, tiyin = ''] = /^(\d{1,12})(?:[.,](\d{1,2}))?$/.exec(typed.replaceAll(/[\s\u00a0]/g, '')) ?? [];
  return soums === undefined ? undefined : Number(soums) * 100 + Number(tiyin.padEnd(2, '0'));
};

export type Need = 'lot' | 'lot-form' | 'expiry' | 'expiry-form' | 'expired' | 'packs' | 'zone' | 'price';

/** A line never changes, so it is judged once however many thousands lie beside it. */
const judged = new WeakMap<DraftLine, { readonly today: string; readonly needs: readonly Need[] }>();

/** What a line still lacks, first things first; nothing where it can be sent, or where nothing came of it. */
export const needsOf = (line: DraftLine, today: string): readonly Need[] => {
  const known = judged.get(line);
  if (known?.today === today) return known.needs;
  const needs = judge(line, today);
  judged.set(line, { today, needs });
  return needs;
};

const judge = (line: DraftLine, today: string): readonly Need[] => {
  if (line.expected !== undefined && line.packs === 0) return [];
  const needs: Need[] = [];
  const lot = line.lot.trim();
  if (lot === '') needs.push('lot');
  else if (!Lot.safeParse(lot).success) needs.push('lot-form');
  const expiry = readExpiry(line.expiry);
  if (line.expiry.trim() === '') needs.push('expiry');
  else if (expiry === undefined) needs.push('expiry-form');
  else if (expiry < today) needs.push('expired');
  if (line.packs === undefined || !Number.isInteger(line.packs) || line.packs < 1 || line.packs > maxPacks)
    needs.push('packs');
  const [zone, shelf] = [line.zone.trim(), line.shelf.trim()];
  if ((zone !== '' && !Zone.safeParse(zone).success) || (shelf !== '' && !Shelf.safeParse(shelf).success))
    needs.push('zone');
  if (line.price.trim() !== '' && readPrice(line.price) === undefined) needs.push('price');
  return needs;
};

/** How a line stands against the list: not come yet, some, all, too many, not on it; `free` without a list. */
export type Standing = 'to-come' | 'some' | 'all' | 'over' | 'extra' | 'free';
export const standingOf = ({ packs = 0, expected }: DraftLine, hasList: boolean): Standing => {
  if (expected === undefined) return hasList ? 'extra' : 'free';
  if (packs === 0) return 'to-come';
  if (packs < expected) return 'some';
  return packs === expected ? 'all' : 'over';
};

const change = (draft: Draft, line: DraftLine): Draft => ({
  ...draft,
  lines: draft.lines.map((one) => (one.key === line.key ? line : one)),
});
/** The line that was touched last stands first. */
const toFront = (draft: Draft, line: DraftLine): Draft => ({
  ...draft,
  lines: [line, ...draft.lines.filter((one) => one.key !== line.key)],
});

const blank = { zone: '', shelf: '', price: '', serials: [] };

/** Ticks a list off: each of its lines with what is still to come of it. `unitsOf` are units in a pack. */
export const withList = (
  draft: Draft,
  list: DraftList,
  lines: readonly AnnouncedLine[],
  unitsOf: (gtin: string) => number,
): Draft => ({
  ...draft,
  list,
  lines: [
    ...lines.map(
      (line, i): DraftLine => ({
        ...blank,
        key: `list-${i}`,
        gtin: line.gtin,
        lot: line.lot,
        expiry: line.expiryDate ?? '',
        packs: 0,
        from: { lot: 'list', expiry: line.expiryDate === undefined ? 'hand' : 'list' },
        expected: Math.max(0, line.packs - Math.floor(line.got / unitsOf(line.gtin))),
        ...(line.serials && { announced: line.serials }),
        price: line.packPrice === undefined ? '' : String(line.packPrice / 100),
      }),
    ),
    ...draft.lines.filter((line) => line.expected === undefined),
  ],
});

/**
 * The line that a pack belongs to: its lot's; without a lot, the one whose list names its serial number, else the last of
 * its GTIN whose code had no lot either.
 */
const lineFor = (draft: Draft, { gtin, lot, serial }: ScannedPack): DraftLine | undefined => {
  const ofGtin = draft.lines.filter((line) => line.gtin === gtin);
  if (lot !== undefined) return ofGtin.find((line) => line.lot.trim() === lot);
  const named = serial === undefined ? undefined : ofGtin.find((line) => line.announced?.includes(serial));
  return named ?? ofGtin.find((line) => line.from.lot === 'hand');
};

/** Takes scanned packs of one lot, usually one: a new line, or so many packs more of a line. `key` names a new line. */
export const takePack = (draft: Draft, pack: ScannedPack, key: string, today: string, count = 1): Taken => {
  const { gtin, serial, lot, expiryDate } = pack;
  if (serial !== undefined && draft.lines.some((l) => l.gtin === gtin && l.serials.includes(serial)))
    return { kind: 'same-serial' };
  const serials = serial === undefined ? [] : [serial];
  const done = (next: Draft, line: DraftLine): Taken => ({
    kind: needsOf(line, today).some((need) => need !== 'packs') ? 'needs' : 'added',
    draft: next,
    line,
  });

  const known = lineFor(draft, pack);
  if (!known) {
    if (draft.lines.length >= maxReceiptLines) return { kind: 'too-many' };
    const line: DraftLine = {
      ...blank,
      key,
      gtin,
      lot: lot ?? '',
      expiry: expiryDate ?? '',
      packs: count,
      serials,
      from: { lot: lot === undefined ? 'hand' : 'code', expiry: expiryDate === undefined ? 'hand' : 'code' },
    };
    return done({ ...draft, lines: [line, ...draft.lines] }, line);
  }
  const before = readExpiry(known.expiry);
  const isFirm = before !== undefined && known.from.expiry !== 'list';
  const { merged, conflicts } = mergeReadings<{ expiryDate?: string }>(
    isFirm ? { expiryDate: before } : {},
    expiryDate === undefined ? {} : { expiryDate },
  );
  if (conflicts.length > 0 && before !== undefined && expiryDate !== undefined)
    return { kind: 'expiry-conflict', lot: known.lot, first: before, second: expiryDate };
  const line: DraftLine = {
    ...known,
    expiry: isFirm ? known.expiry : (merged.expiryDate ?? known.expiry),
    packs: (known.packs ?? 0) + count,
    serials: [...known.serials, ...serials],
    from: { ...known.from, expiry: !isFirm && expiryDate !== undefined ? 'code' : known.from.expiry },
  };
  return done(toFront(draft, line), line);
};

/** A pack without a readable code: an empty line of its GTIN. */
export const addByHand = (draft: Draft, gtin: string, key: string): Draft | undefined =>
  draft.lines.length >= maxReceiptLines
    ? undefined
    : {
        ...draft,
        lines: [
          { ...blank, key, gtin, lot: '', expiry: '', packs: 1, from: { lot: 'hand', expiry: 'hand' } },
          ...draft.lines,
        ],
      };

/** The pack that a case holds: the same item under the other indicator, where the formulary has it. */
export const packOfCase = (
  gtin: string,
  knows: (gtin: string) => boolean,
  check: (body: string) => number,
): string | undefined => {
  if (!/^[1-8]/.test(gtin)) return undefined;
  const body = `0${gtin.slice(1, 13)}`;
  const pack = `${body}${check(body)}`;
  return knows(pack) ? pack : undefined;
};

export type Ticked =
  | { readonly kind: 'ticked'; readonly draft: Draft; readonly packs: number; readonly lines: number }
  | { readonly kind: 'ticked-before' | 'not-on-list' };

/** Ticks off a carton or pallet with all that is in it and was not scanned before. */
export const tickCarton = (draft: Draft, sscc: string, newKey: () => string, today: string): Ticked => {
  const all = draft.list?.cartons ?? [];
  if (!all.some((c) => c.sscc === sscc)) return { kind: 'not-on-list' };
  if (draft.ticked.includes(sscc)) return { kind: 'ticked-before' };
  const inside = new Set([sscc]);
  // a list is at most a few levels deep, and what contradicts itself was refused before
  for (let before = 0; before < inside.size; ) {
    before = inside.size;
    for (const { sscc: one, parent } of all) if (parent !== undefined && inside.has(parent)) inside.add(one);
  }
  let next = draft;
  let packs = 0;
  let lines = 0;
  for (const carton of all) {
    if (!inside.has(carton.sscc) || draft.ticked.includes(carton.sscc)) continue;
    for (const { gtin, lot, expiryDate, packs: count, serials = [] } of carton.lines) {
      const line = next.lines.find((l) => l.gtin === gtin && l.lot === lot);
      const known = new Set(line?.serials);
      const missing = count - serials.filter((s) => known.has(s)).length;
      if (missing <= 0) continue;
      const taken = takePack(
        next,
        { gtin, lot, ...(line === undefined && expiryDate !== undefined && { expiryDate }) },
        newKey(),
        today,
        missing,
      );
      if (!('draft' in taken)) continue;
      const more = serials.filter((s) => !known.has(s));
      next = change(taken.draft, { ...taken.line, serials: [...taken.line.serials, ...more] });
      packs += missing;
      lines += 1;
    }
  }
  return { kind: 'ticked', draft: { ...next, ticked: [...draft.ticked, ...inside] }, packs, lines };
};

/** A line as somebody changed it; serial numbers beyond its packs no longer count. */
export const changeLine = (draft: Draft, line: DraftLine): Draft =>
  change(draft, line.packs === undefined ? line : { ...line, serials: line.serials.slice(0, line.packs) });

/** Takes a line out; of one that is on the list nothing came. Its packs may be scanned again. */
export const removeLine = (draft: Draft, key: string): Draft => ({
  ...draft,
  lines: draft.lines.flatMap((line) => {
    if (line.key !== key) return [line];
    return line.expected === undefined ? [] : [{ ...line, packs: 0, serials: [] }];
  }),
});

/** Told of a line: packs that came damaged are not taken in. */
export const tell = (draft: Draft, told: Told): Draft => {
  const next = { ...draft, told: [...draft.told.filter((one) => one.key !== told.key), told] };
  if (told.kind !== 'damaged' || told.packs === undefined) return next;
  const line = draft.lines.find((l) => l.gtin === told.gtin && l.lot.trim() === told.lot);
  const before = draft.told.find((one) => one.key === told.key)?.packs ?? 0;
  return line ? changeLine(next, { ...line, packs: Math.max(0, (line.packs ?? 0) + before - told.packs) }) : next;
};
/** Takes back what was told; packs that were called damaged count again. */
export const untell = (draft: Draft, key: string): Draft => {
  const told = draft.told.find((one) => one.key === key);
  const next = told?.kind === 'damaged' ? tell(draft, { ...told, packs: 0 }) : draft;
  return { ...next, told: next.told.filter((one) => one.key !== key) };
};

/** Classes of storage whose temperature is asked for at arrival. */
export const readingsFor = (
  draft: Draft,
  storageOf: (gtin: string) => Storage | undefined,
): readonly Exclude<Storage, 'room'>[] => {
  const found = new Set<Exclude<Storage, 'room'>>();
  for (const { gtin, packs } of draft.lines) {
    const storage = packs ? storageOf(gtin) : undefined;
    if (storage !== undefined && storage !== 'room') found.add(storage);
  }
  return [...found];
};

/** Lines of which something came: those that are sent, in their order. */
export const sentLines = (draft: Draft): readonly DraftLine[] =>
  draft.lines.filter((line) => line.packs !== 0 || line.expected === undefined);

type ReceiptBody = BodyOf<typeof receiptRoutes.receiveStock>;

/** What is sent. Call it only when no line needs anything. */
export const bodyOf = (draft: Draft, unitsOf: (gtin: string) => number): ReceiptBody => {
  const supplier = draft.document.supplier.trim();
  const number = draft.document.number.trim();
  const readings = Object.fromEntries(Object.entries(draft.celsius).filter(([, c]) => c !== undefined));
  return {
    lines: sentLines(draft).map(({ gtin, lot, expiry, packs, serials, zone, shelf, price }) => {
      const packPrice = readPrice(price);
      return {
        gtin,
        lot: lot.trim(),
        expiryDate: readExpiry(expiry) ?? '',
        packs: packs ?? 0,
        ...(serials.length > 0 && { serials: [...serials] }),
        ...(zone.trim() !== '' && { zone: zone.trim() }),
        ...(shelf.trim() !== '' && { shelf: shelf.trim() }),
        ...(packPrice !== undefined && { packPrice }),
      };
    }),
    ...(supplier !== '' && number !== '' && { document: { supplier, number } }),
    ...(draft.order && { order: draft.order.id }),
    ...(draft.list && { expected: draft.list.id }),
    ...(draft.list && draft.partial && { partial: true }),
    ...(Object.keys(readings).length > 0 && { arrival: readings }),
    ...(draft.backdated && {
      backdated: { day: draft.backdated.day, reason: draft.backdated.reason.trim() },
    }),
    ...(draft.told.length > 0 && {
      discrepancies: draft.told.map(
        ({ kind, gtin, lot, packs, note, photos }): Discrepancy => ({
          kind,
          ...(gtin !== undefined && { gtin }),
          ...(lot !== undefined && { lot }),
          ...(packs !== undefined && { received: packs * (gtin === undefined ? 1 : unitsOf(gtin)) }),
          ...(note.trim() !== '' && { note: note.trim() }),
          ...(photos.length > 0 && { photos: [...photos] }),
        }),
      ),
    }),
  };
};
