/**
 * A delivery as it is scanned pack by pack: which scans are one line, what a line still lacks, and what is sent. A later
 * scan adds; it never blanks or overwrites what an earlier one said.
 */
import { mergeReadings } from '@darmon/domain/gs1';
import { Lot } from '@darmon/domain/stock';
import { Day } from '@darmon/domain/time';
import { maxPacks, maxReceiptLines } from '@darmon/function-inventory/receipt-routes';
import type { routes } from '@darmon/function-inventory/routes';
import type { BodyOf } from '@darmon/http/route';
import type { ScannedPack } from '../scan/meaning.ts';

export interface DraftLine {
  /** Stays while the line does, whatever is typed. */
  readonly key: string;
  readonly gtin: string;
  readonly lot: string;
  /** As typed, or `YYYY-MM-DD` from the code. */
  readonly expiry: string;
  readonly packs: number | undefined;
  /** What the pack's code said, which nobody types over. */
  readonly fromCode: { readonly lot: boolean; readonly expiry: boolean };
}

export interface Draft {
  readonly lines: readonly DraftLine[];
  /** Serials seen, so that one pack never counts twice. */
  readonly serials: ReadonlySet<string>;
}

export const emptyDraft: Draft = { lines: [], serials: new Set() };

export type Taken =
  | { readonly kind: 'added' | 'needs'; readonly draft: Draft; readonly line: DraftLine }
  | { readonly kind: 'same-serial' }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'expiry-conflict'; readonly lot: string; readonly first: string; readonly second: string };

const month = /^(\d{1,2})[.\-/ ](\d{4})$/;
const dayMonthYear = /^(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{4})$/;
const iso = /^(\d{4})-(\d{2})-(\d{2})$/;

const dayOf = (year = '', monthOfYear = '', day = ''): string | undefined =>
  Day.safeParse(`${year}-${monthOfYear.padStart(2, '0')}-${day.padStart(2, '0')}`).data;

/**
 * A date as packs print it: `MM.YYYY` is the last day of that month, as AI 17 with day 00; `DD.MM.YYYY`; or
 * `YYYY-MM-DD`. Points, hyphens, slashes and spaces divide. Undefined where there is no such date.
 */
export const readExpiry = (typed: string): string | undefined => {
  const text = typed.trim();
  const whole = iso.exec(text);
  if (whole) return dayOf(whole[1], whole[2], whole[3]);
  const exact = dayMonthYear.exec(text);
  if (exact) return dayOf(exact[3], exact[2], exact[1]);
  const ends = month.exec(text);
  if (!ends) return undefined;
  const lastDay = new Date(Date.UTC(Number(ends[2]), Number(ends[1]), 0)).getUTCDate();
  return dayOf(ends[2], ends[1], String(lastDay));
};

export type Need = 'lot' | 'lot-form' | 'expiry' | 'expiry-form' | 'expired' | 'packs';

/** What a line still lacks, first things first; nothing where it can be sent. `today` is `YYYY-MM-DD`. */
export const needsOf = (line: DraftLine, today: string): readonly Need[] => {
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
  return needs;
};

const change = (draft: Draft, line: DraftLine): Draft => ({
  ...draft,
  lines: draft.lines.map((one) => (one.key === line.key ? line : one)),
});

/** The line that a pack belongs to: its lot's; without a lot, the last of its GTIN whose code had none either. */
const lineFor = (draft: Draft, { gtin, lot }: ScannedPack): DraftLine | undefined => {
  const ofGtin = draft.lines.filter((line) => line.gtin === gtin);
  if (lot === undefined) return ofGtin.findLast((line) => !line.fromCode.lot);
  return ofGtin.find((line) => line.lot.trim() === lot);
};

/** Takes one scanned pack: a new line, or one pack more of a line. `key` names a new line. */
export const takePack = (draft: Draft, pack: ScannedPack, key: string, today: string): Taken => {
  const { gtin, serial, lot, expiryDate } = pack;
  const serialName = serial === undefined ? undefined : `${gtin}#${serial}`;
  if (serialName !== undefined && draft.serials.has(serialName)) return { kind: 'same-serial' };
  const serials = serialName === undefined ? draft.serials : new Set(draft.serials).add(serialName);
  const done = (next: Draft, line: DraftLine): Taken => ({
    kind: needsOf(line, today).some((need) => need !== 'packs') ? 'needs' : 'added',
    draft: { ...next, serials },
    line,
  });

  const known = lineFor(draft, pack);
  if (!known) {
    if (draft.lines.length >= maxReceiptLines) return { kind: 'too-many' };
    const line: DraftLine = {
      key,
      gtin,
      lot: lot ?? '',
      expiry: expiryDate ?? '',
      packs: 1,
      fromCode: { lot: lot !== undefined, expiry: expiryDate !== undefined },
    };
    return done({ ...draft, lines: [line, ...draft.lines] }, line);
  }
  const before = readExpiry(known.expiry);
  const { merged, conflicts } = mergeReadings<{ expiryDate?: string }>(
    before === undefined ? {} : { expiryDate: before },
    expiryDate === undefined ? {} : { expiryDate },
  );
  if (conflicts.length > 0 && before !== undefined && expiryDate !== undefined)
    return { kind: 'expiry-conflict', lot: known.lot, first: before, second: expiryDate };
  const line: DraftLine = {
    ...known,
    expiry: before === undefined ? (merged.expiryDate ?? known.expiry) : known.expiry,
    packs: (known.packs ?? 0) + 1,
    fromCode: {
      ...known.fromCode,
      expiry: known.fromCode.expiry || (before === undefined && expiryDate !== undefined),
    },
  };
  return done(change(draft, line), line);
};

/** A pack without a readable code: an empty line of its GTIN. */
export const addByHand = (draft: Draft, gtin: string, key: string): Draft | undefined =>
  draft.lines.length >= maxReceiptLines
    ? undefined
    : {
        ...draft,
        lines: [{ key, gtin, lot: '', expiry: '', packs: 1, fromCode: { lot: false, expiry: false } }, ...draft.lines],
      };

export const changeLine = change;

export const removeLine = (draft: Draft, key: string): Draft => {
  const line = draft.lines.find((one) => one.key === key);
  return {
    lines: draft.lines.filter((one) => one.key !== key),
    // The packs of a line that was taken out may be scanned again.
    serials: new Set([...draft.serials].filter((serial) => !serial.startsWith(`${line?.gtin}#`))),
  };
};

type ReceiptBody = BodyOf<typeof routes.receiveStock>;

/** What is sent. Call it only when no line needs anything. */
export const bodyOf = (draft: Draft, document: { supplier: string; number: string }): ReceiptBody => {
  const supplier = document.supplier.trim();
  const number = document.number.trim();
  return {
    lines: draft.lines.map(({ gtin, lot, expiry, packs }) => ({
      gtin,
      lot: lot.trim(),
      expiryDate: readExpiry(expiry) ?? '',
      packs: packs ?? 0,
    })),
    ...(supplier !== '' && number !== '' && { document: { supplier, number } }),
  };
};
