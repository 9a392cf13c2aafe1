/** What a scan is good for on a screen that wants one thing, and the words for everything else. */
import { parsePinfl } from '@darmon/domain/pinfl';
import { parseScan } from '@darmon/domain/scan';
import { readUnit, type ScannedUnit } from '@darmon/domain/unit-scan';
import type { T } from '../shared/language.ts';

type Word = Parameters<T>[0];
interface Unwanted {
  readonly kind: 'no';
  readonly word: Word;
}

export type WantedPrescription =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'pinfl'; readonly pinfl: string }
  | { readonly kind: 'passport'; readonly passport: string }
  /** Digits that are a person and a pack alike: only a person can tell. */
  | { readonly kind: 'maybe-pinfl'; readonly pinfl: string }
  | Unwanted;

/** Two letters and seven digits: no prescription number is that short. */
const passport = /^\s*([A-Z]{2})[\s-]?(\d{7})\s*$/i;

/** The second code of a receipt, or what stands in it: it begins with the number of its prescription. */
const receipt =
  /^(?:https?:\/\/[a-z0-9.:-]+\/f#[A-Z0-9-]+\.)?([0-9A-HJKMNP-TV-Z]{13})\.\d{1,4}\.[0-9A-HJKMNP-TV-Z]{6}$/i;

/** Reads a scan where a prescription is wanted; `today` is `YYYY-MM-DD`. */
export const wantPrescription = (raw: string, today: string): WantedPrescription => {
  const [, series = '', digits] = passport.exec(raw) ?? [];
  if (digits !== undefined) return { kind: 'passport', passport: `${series.toUpperCase()}${digits}` };
  const [, number] = receipt.exec(raw.trim()) ?? [];
  if (number !== undefined) return { kind: 'number', number };
  const scan = parseScan(raw, { today });
  switch (scan.kind) {
    case 'prescription':
      return { kind: 'code', code: scan.code };
    case 'prescription-number':
      return { kind: 'number', number: scan.number };
    case 'pinfl':
      return { kind: 'pinfl', pinfl: scan.pinfl };
    case 'logistic-unit':
      return { kind: 'no', word: 'web-scan:wanted.prescription.carton' };
    case 'pack':
    case 'gs1':
      return { kind: 'no', word: 'web-scan:wanted.prescription.pack' };
    case 'refused': {
      const person = scan.code === 'ambiguous' ? parsePinfl(raw, today) : undefined;
      if (person?.kind === 'pinfl') return { kind: 'maybe-pinfl', pinfl: person.pinfl };
      // Fourteen digits that are nothing else were meant as a PINFL, so say what is wrong with it as one.
      const typed = /^\s*\d{14}\s*$/.test(raw) ? parsePinfl(raw, today) : undefined;
      return { kind: 'no', word: `scan:${typed?.kind === 'refused' ? typed.code : scan.code}` };
    }
  }
};

/** What a pack's code says of it. */
export interface ScannedPack {
  readonly gtin: string;
  readonly serial?: string;
  readonly lot?: string;
  readonly expiryDate?: string;
}

/** A carton or pallet with its serial shipping number, and what it says of its content. */
export interface ScannedCarton {
  readonly sscc: string;
  readonly contentGtin?: string;
  readonly count?: number;
  readonly lot?: string;
  readonly expiryDate?: string;
}

/** `isPack`: it is a pack or a carton all right, and its code is not to be trusted. */
type UnwantedGoods = Unwanted & { readonly isPack?: true };

const packOf = ({ gtin, serial, lot, expiryDate }: Extract<ScannedUnit, { kind: 'pack' }>): ScannedPack => ({
  gtin,
  ...(serial !== undefined && { serial }),
  ...(lot !== undefined && { lot }),
  ...(expiryDate !== undefined && { expiryDate }),
});

/**
 * Reads a scan where goods are wanted, by the pack, the case, or the carton with a serial shipping number. Digits that may
 * also be a PINFL count as a pack only if `knows` says that the formulary has that GTIN.
 */
export const wantGoods = (
  raw: string,
  today: string,
  knows: (gtin: string) => boolean,
):
  | { readonly kind: 'pack'; readonly pack: ScannedPack }
  | { readonly kind: 'carton'; readonly carton: ScannedCarton }
  | UnwantedGoods => {
  const scan = readUnit(raw, today);
  switch (scan.kind) {
    case 'pack':
      return { kind: 'pack', pack: packOf(scan) };
    case 'logistic-unit': {
      const { kind: _kind, ...carton } = scan;
      return { kind: 'carton', carton };
    }
    case 'doubt': {
      const word = scan.code === 'separator-lost' ? 'scan:separator-lost' : 'web-scan:wanted.pack.inconsistent';
      return { kind: 'no', word, isPack: true };
    }
    case 'prescription':
    case 'prescription-number':
      return { kind: 'no', word: 'web-scan:wanted.pack.prescription' };
    case 'pinfl':
      return { kind: 'no', word: 'web-scan:wanted.pack.person' };
    case 'gs1':
      return { kind: 'no', word: 'web-scan:wanted.unit.none' };
    case 'refused': {
      const gtin = raw.trim();
      if (scan.code === 'ambiguous' && knows(gtin)) return { kind: 'pack', pack: { gtin } };
      return { kind: 'no', word: scan.code === 'ambiguous' ? 'web-scan:wanted.pack.person' : `scan:${scan.code}` };
    }
  }
};

/** The same where nothing but a pack will do. */
export const wantPack = (
  raw: string,
  today: string,
  knows: (gtin: string) => boolean,
): { readonly kind: 'pack'; readonly pack: ScannedPack } | UnwantedGoods => {
  const goods = wantGoods(raw, today, knows);
  if (goods.kind === 'carton') return { kind: 'no', word: 'web-scan:wanted.pack.carton' };
  if (goods.kind === 'no' && goods.word === 'web-scan:wanted.unit.none')
    return { kind: 'no', word: 'web-scan:wanted.pack.incomplete' };
  return goods;
};
