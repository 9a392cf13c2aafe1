// One scan or typed line of unknown kind: what is it? Owns the order of the questions and what happens when two answers
// are possible. The syntax of each kind is in gs1.ts, number.ts and pinfl.ts.
//
// A wrong guess here hands over the wrong medicine or opens a stranger's record, a refusal costs a second scan: so
// whatever has two readings is refused as `ambiguous`. That is kept rare by construction: a prescription number begins
// with a letter, a prescription with `RX1:`, everything of GS1 with a digit.

import { type Elements, type LogisticUnit, logisticUnitOf, type Pack, packOf, parseCarried } from './gs1.ts';
import { type Carrier, type Refused, readCarrier } from './gs1-carrier.ts';
import { gs1RefusalCodes, gtin14, isAllZeros } from './gs1-identifiers.ts';
import { numberRefusalCodes, parseNumber } from './number.ts';
import { parsePinfl, type Sex } from './pinfl.ts';

/** The closed set of reasons a scan is refused, for the words of the screens. */
export const scanRefusalCodes = [
  ...gs1RefusalCodes,
  ...numberRefusalCodes,
  'prescription-unreadable',
  'not-a-gtin',
  'ambiguous',
  'unrecognised',
  'not-json-string',
] as const;
export type ScanRefusalCode = (typeof scanRefusalCodes)[number];

/** What a scan is. `gs1` is the element string, its values as scanned; dates are `YYYY-MM-DD`. */
export type Scan =
  | { kind: 'prescription'; code: string }
  | { kind: 'prescription-number'; number: string }
  | ({ kind: 'pack'; gs1: Elements } & Pack)
  | ({ kind: 'logistic-unit'; gs1: Elements } & LogisticUnit)
  | { kind: 'gs1'; gs1: Elements }
  | { kind: 'pinfl'; pinfl: string; birthDate: string; sex: Sex }
  | Refused<ScanRefusalCode>;

const NOT_BASE45 = /[^0-9A-Z $%*+\-./:]/;
const GTIN_DIGITS = /^(?:[0-9]{8}|[0-9]{12,14})$/;
const NUMBER_PAGE = /^https?:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?\/p#/i;

/**
 * Tells what a raw scan is and reads it. `today` is `YYYY-MM-DD`, for the century of two-digit years.
 *
 * - `RX1:...` is a prescription: its length and base45 characters are checked, its signature is not (see the credential).
 * - `https://<host>/p#<number>`, or the number alone, is a prescription number.
 * - An element string or a GS1 Digital Link is a logistic unit (AI 00), else a pack (AI 01), else `gs1`.
 * - 8, 12, 13 or 14 digits alone are a GTIN (a pack, `gs1` then holds AI 01 with 14 digits) or a PINFL; see `parseDigits`.
 * - Everything else is refused, with a code, and the position in the raw text of the first character that cannot stand.
 */
export function parseScan(raw: string, options: { today: string }): Scan {
  const { today } = options;
  const carrier = readCarrier(raw);
  if (carrier.kind === 'refused') return carrier;
  const { text, symbology } = carrier;
  if (symbology === 'gs1') return classify(carrier, today);
  if (symbology === 'retail') return parseRetail(carrier);

  const first = text.charCodeAt(0);
  if (first >= 0x30 && first <= 0x39) {
    if (text.length <= 14 && GTIN_DIGITS.test(text)) return parseDigits(carrier, today);
    return classify(carrier, today);
  }
  if (text.startsWith('RX1:')) return parsePrescription(carrier);
  const page = NUMBER_PAGE.exec(text);
  if (page !== null) return parsePrescriptionNumber(carrier, page[0].length);
  if (/^https?:/i.test(text) || first === 0x28) return classify(carrier, today);
  if (/^[a-z][0-9a-z -]*$/i.test(text)) return parsePrescriptionNumber(carrier, 0);
  return refuse(carrier, 'unrecognised', 'neither a prescription nor a pack nor a number', 0);
}

function classify(carrier: Carrier, today: string): Scan {
  const reading = parseCarried(carrier, today);
  if (reading.kind === 'refused') return reading;
  const gs1 = reading.elements;
  const unit = logisticUnitOf(gs1, today);
  if (unit !== undefined) return { kind: 'logistic-unit', gs1, ...unit };
  const pack = packOf(gs1, today);
  return pack === undefined ? { kind: 'gs1', gs1 } : { kind: 'pack', gs1, ...pack };
}

function parsePrescription(carrier: Carrier): Scan {
  const { text } = carrier;
  const stray = text.slice(4).search(NOT_BASE45);
  if (stray !== -1) return refuse(carrier, 'prescription-unreadable', 'not a base45 character', 4 + stray);
  if (text.length === 4) return refuse(carrier, 'prescription-unreadable', 'the code ends after its prefix', 4);
  return { kind: 'prescription', code: text };
}

function parsePrescriptionNumber(carrier: Carrier, from: number): Scan {
  const reading = parseNumber(carrier.text.slice(from));
  return reading.kind === 'refused' ? { ...reading, position: carrier.rawPosition(from + reading.position) } : reading;
}

// EAN, UPC and ITF-14 symbols carry a GTIN and nothing else.
function parseRetail(carrier: Carrier): Scan {
  const gtin = gtin14(carrier.text);
  if (gtin !== undefined) return packOfGtin(gtin);
  if (GTIN_DIGITS.test(carrier.text)) return badCheckDigit(carrier);
  return refuse(carrier, 'not-a-gtin', 'this kind of bar code carries 8, 12, 13 or 14 digits', 0);
}

/**
 * Digits alone, from a scanner that does not name its symbology or from a keyboard. They may be
 *
 * - a GTIN whose check digit holds;
 * - a PINFL (14 digits) whose birth date and check digit hold;
 * - a short GS1-128 symbol that proves itself by a date in it (AI 17 and its like). Lots, serials and counts prove nothing,
 *   so digits that are no GTIN are not taken for one of those: a mistyped EAN-13 of Germany would be an order number.
 *
 * Two possible readings are refused. One PINFL in ten is also a GTIN-14: taken for a person, a case code opens a stranger's
 * record; taken for a pack, a person is counted as stock. The field for a patient's PINFL asks `parsePinfl` and never here.
 * The one exception: eight digits that are a date. Numbers 140 to 179 were never given out for GTIN-8, and a
 * date without a GTIN cannot move stock, so this reading does no harm.
 */
function parseDigits(carrier: Carrier, today: string): Scan {
  const { text, symbology } = carrier;
  const gtin = gtin14(text);
  const pinfl = text.length === 14 ? parsePinfl(text, today) : undefined;
  const elements = symbology === 'none' && /^(?:1[1-7]|7003|8008)/.test(text) ? classify(carrier, today) : undefined;
  if (elements?.kind === 'gs1' && text.length === 8) return elements;

  const readings: Scan[] = [];
  if (gtin !== undefined) readings.push(packOfGtin(gtin));
  if (pinfl?.kind === 'pinfl') readings.push(pinfl);
  if (elements !== undefined && elements.kind !== 'refused') readings.push(elements);
  if (readings.length > 1) {
    const kinds = readings.map((reading) => reading.kind).join(' or ');
    return refuse(carrier, 'ambiguous', `these digits may be ${kinds}`, 0);
  }
  return readings[0] ?? badCheckDigit(carrier);
}

function packOfGtin(gtin: string): Scan {
  return { kind: 'pack', gs1: [['01', gtin]], gtin };
}

function badCheckDigit(carrier: Carrier): Scan {
  if (isAllZeros(carrier.text)) return refuse(carrier, 'all-zeros', 'zeros alone, as on a test print', 0);
  return refuse(carrier, 'bad-check-digit', 'the check digit does not match', carrier.text.length - 1);
}

function refuse(carrier: Carrier, code: ScanRefusalCode, detail: string, at: number): Scan {
  return { kind: 'refused', code, detail, position: carrier.rawPosition(at) };
}
