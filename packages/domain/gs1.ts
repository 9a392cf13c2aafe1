// GS1 element strings: from the characters a scanner sent to `[[ai, value], ...]`, or a refusal that says where and why.
// It owns the syntax of each value (GS1 General Specifications, sections 3 and 7) and of GS1 Digital Link URIs. It does
// not know which identifiers must come together, nor what a lot or a medicine is; a scan of unknown kind goes to scan.ts.
//
// The rule above all others: no wrong accept. Where two readings are possible, none is taken.

import { type Carrier, type Refused, readCarrier, refusal } from './gs1-carrier.ts';
import {
  type Fault,
  type Gs1RefusalCode,
  isoDate,
  isPredefined,
  lengthFault,
  type Spec,
  specAt,
  specOf,
  valueFault,
  yearOf,
} from './gs1-identifiers.ts';

export { gtin14, gtinCheckDigit, isGtin } from './gs1-identifiers.ts';

export type Elements = [ai: string, value: string][];
export type Gs1Reading = { kind: 'gs1'; elements: Elements } | Refused<Gs1RefusalCode>;

export type Pack = { gtin: string; serial?: string; lot?: string; expiryDate?: string };
export type LogisticUnit = { sscc: string; contentGtin?: string; count?: number; lot?: string; expiryDate?: string };

const GS = '\u001d';

/**
 * Reads a raw element string or a GS1 Digital Link URI. `today` is `YYYY-MM-DD` and settles the century of a
 * two-digit year. Values come back unchanged and in the order scanned; repeated elements of equal value are kept.
 * What a scanner may add or replace is undone first (see `readCarrier`).
 *
 * A string of digits alone is taken at its word here: `4001234567890` reads as an order number. Where a bare GTIN or
 * PINFL is possible too, use `parseScan`.
 */
export function parseGs1(raw: string, options: { today: string }): Gs1Reading {
  const carrier = readCarrier(raw);
  return carrier.kind === 'refused' ? carrier : parseCarried(carrier, options.today);
}

/** The same for a scan whose carrier has been read. */
export function parseCarried(carrier: Carrier, today: string): Gs1Reading {
  const { text, symbology } = carrier;
  const thisYear = yearOf(today);
  if (symbology !== 'gs1' && /^https?:\/\//i.test(text)) return parseDigitalLink(carrier, thisYear);
  const refuse = (code: Gs1RefusalCode, detail: string, at: number) => refusal(code, detail, carrier.rawPosition(at));
  if (/^\([0-9]{2,4}\)/.test(text)) {
    return refuse('printed-brackets', 'this is the printed text; scan the code itself', 0);
  }
  if (symbology === 'plain' || symbology === 'retail') {
    return refuse('not-gs1-symbology', 'the scanner says that this symbol carries no element string', 0);
  }
  const read = readElements(text, 0, thisYear);
  if (!Array.isArray(read)) return refuse(read.code, read.detail, read.at);
  if (carrier.recovered && !text.includes(GS)) {
    const [ai, value] = read[read.length - 1]!;
    if (hidesElements(specOf(ai)!, value, thisYear)) {
      return refuse(
        'separator-lost',
        `the keyboard layout may have swallowed a separator in AI ${ai}`,
        text.length - 1,
      );
    }
  }
  return { kind: 'gs1', elements: read };
}

// --- Element strings ----------------------------------------------------------------------------------------------

function readElements(text: string, start: number, thisYear: number): Elements | Fault {
  const elements: Elements = [];
  let separator = -1;
  for (let at = start; at < text.length; ) {
    if (text.charCodeAt(at) === 29) return { code: 'stray-separator', at, detail: 'a separator that ends nothing' };
    const spec = specAt(text, at);
    if (spec === undefined) {
      return {
        code: 'unknown-ai',
        at,
        detail: `no known application identifier at ${JSON.stringify(text.slice(at, at + 4))}`,
      };
    }
    const from = at + spec.ai.length;
    if (separator < from) separator = text.indexOf(GS, from);
    if (separator === -1) separator = text.length;

    // Figure 7.8.5-2: these need no separator, because their length is fixed for ever; one too many does no harm.
    const predefined = isPredefined(spec.ai);
    const to = predefined ? Math.min(from + spec.max, separator) : separator;
    const fault = lengthFault(spec, to - from, from) ?? valueFault(spec, text, from, to, thisYear);
    if (fault !== undefined) return fault;
    const value = text.slice(from, to);
    if (contradicts(elements, spec.ai, value)) {
      return { code: 'contradicting-values', at, detail: `AI ${spec.ai} twice with different values` };
    }
    elements.push([spec.ai, value]);
    at = to === separator ? to + 1 : to;
  }
  return elements;
}

/** The elements in `text` from `start` to its end, or nothing where it does not read as elements from there. */
export function elementsFrom(text: string, start: number, today: string): Elements | undefined {
  const read = readElements(text, start, yearOf(today));
  return Array.isArray(read) ? read : undefined;
}

function contradicts(elements: Elements, ai: string, value: string): boolean {
  for (const [otherAi, otherValue] of elements) if (otherAi === ai && otherValue !== value) return true;
  return false;
}

// A layout that types Cyrillic may type no control character either, and then the rest of the scan sits in the last value.
function hidesElements(spec: Spec, value: string, thisYear: number): boolean {
  if (isPredefined(spec.ai) || spec.min === spec.max) return false;
  for (let i = spec.min; i < value.length; i++) if (Array.isArray(readElements(value, i, thisYear))) return true;
  return false;
}

// --- GS1 Digital Link (URI syntax 1.2 and later, uncompressed) -----------------------------------------------------

const QUALIFIERS: Record<string, string[]> = {
  '00': [],
  '01': ['22', '10', '21'],
  '401': [],
  '414': [],
  '417': [],
  '8003': [],
  '8006': ['22', '10', '21'],
  '8018': [],
};
const WEB_URI = /^(https?:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?\/)([^?#]*)(?:\?([^#]*))?(?:#.*)?$/i;

function parseDigitalLink(carrier: Carrier, thisYear: number): Gs1Reading {
  const { text } = carrier;
  const refuse = (code: Gs1RefusalCode, detail: string, at: number) => refusal(code, detail, carrier.rawPosition(at));
  const uri = WEB_URI.exec(text);
  if (uri === null) return refuse('bad-uri', 'not a web address of the expected form', 0);
  const [, origin, path, query] = uri as unknown as [string, string, string, string | undefined];

  const pairs: { ai: string; encoded: string; at: number; inPath: boolean }[] = [];
  const segments = path.replace(/\/$/, '').split('/');
  let at = origin.length + path.replace(/\/$/, '').length;
  let key: string | undefined;
  for (let i = segments.length - 2; i >= 0 && key === undefined; i -= 2) {
    const ai = segments[i]!;
    const encoded = segments[i + 1]!;
    if (!/^[0-9]{2,4}$/.test(ai)) break;
    at -= encoded.length;
    pairs.unshift({ ai, encoded, at, inPath: true });
    at -= ai.length + 2;
    if (ai in QUALIFIERS) key = ai;
  }
  if (key === undefined) return refuse('bad-uri', 'no GS1 key in this address', 0);
  let order = -1;
  for (const pair of pairs.slice(1)) {
    const place = QUALIFIERS[key]!.indexOf(pair.ai);
    if (place <= order) return refuse('bad-uri', `AI ${pair.ai} cannot stand here`, pair.at - pair.ai.length - 1);
    order = place;
  }
  at = origin.length + path.length + 1;
  for (const parameter of query?.split(/[&;]/) ?? []) {
    const [ai, ...rest] = parameter.split('=');
    if (/^[0-9]+$/.test(ai!)) pairs.push({ ai: ai!, encoded: rest.join('='), at: at + ai!.length + 1, inPath: false });
    at += parameter.length + 1;
  }

  const elements: Elements = [];
  for (const pair of pairs) {
    const spec = specOf(pair.ai);
    if (spec === undefined) return refuse('unknown-ai', `no known application identifier ${pair.ai}`, pair.at);
    // In a query a plus may mean a space, so only %2B is certain.
    const value = pair.inPath || !pair.encoded.includes('+') ? percentDecoded(pair.encoded) : undefined;
    if (value === undefined) return refuse('bad-uri', 'bad percent-encoding', pair.at);
    const fault = lengthFault(spec, value.length, 0) ?? valueFault(spec, value, 0, value.length, thisYear);
    if (fault !== undefined) {
      const code = fault.code === 'missing-separator' ? 'value-too-long' : fault.code;
      return refuse(code, fault.detail, value === pair.encoded ? pair.at + fault.at : pair.at);
    }
    if (contradicts(elements, pair.ai, value)) {
      return refuse('contradicting-values', `AI ${pair.ai} twice with different values`, pair.at);
    }
    elements.push([pair.ai, value]);
  }
  return { kind: 'gs1', elements };
}

function percentDecoded(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

// --- Views --------------------------------------------------------------------------------------------------------

/**
 * The pack in an element string with AI 01, or nothing. `expiryDate` (`YYYY-MM-DD`) comes from AI 17, where day 00 is
 * the last day of the month, or from AI 7003; where both stand, the earlier one.
 */
export function packOf(elements: Elements, today: string): Pack | undefined {
  const gtin = elementValue(elements, '01');
  if (gtin === undefined) return undefined;
  const serial = elementValue(elements, '21');
  return { gtin, ...(serial !== undefined && { serial }), ...lotAndExpiry(elements, today) };
}

/** The logistic unit in an element string with AI 00, or nothing. `contentGtin` is AI 02, `count` AI 37. */
export function logisticUnitOf(elements: Elements, today: string): LogisticUnit | undefined {
  const sscc = elementValue(elements, '00');
  if (sscc === undefined) return undefined;
  const contentGtin = elementValue(elements, '02');
  const count = elementValue(elements, '37');
  return {
    sscc,
    ...(contentGtin !== undefined && { contentGtin }),
    ...(count !== undefined && { count: Number(count) }),
    ...lotAndExpiry(elements, today),
  };
}

function lotAndExpiry(elements: Elements, today: string): { lot?: string; expiryDate?: string } {
  const lot = elementValue(elements, '10');
  let expiryDate: string | undefined;
  for (const ai of ['17', '7003']) {
    const value = elementValue(elements, ai);
    if (value === undefined) continue;
    const date = isoDate(value, yearOf(today));
    if (expiryDate === undefined || date < expiryDate) expiryDate = date;
  }
  return { ...(lot !== undefined && { lot }), ...(expiryDate !== undefined && { expiryDate }) };
}

/** The first value of an identifier, or nothing. */
export function elementValue(elements: Elements, ai: string): string | undefined {
  for (const [found, value] of elements) if (found === ai) return value;
  return undefined;
}

/**
 * What is known after one more scan or typed field of the same thing. A later reading adds, it never blanks and never
 * overwrites: where both have a value and differ, the earlier stays and the field is named in `conflicts`, for a
 * person to settle (another pack was scanned, or a label contradicts itself).
 */
export function mergeReadings<Reading extends Partial<Record<string, string | number>>>(
  earlier: Reading,
  later: Reading,
): { merged: Reading; conflicts: (keyof Reading)[] } {
  const merged = { ...earlier };
  const conflicts: (keyof Reading)[] = [];
  for (const field of Object.keys(later) as (keyof Reading)[]) {
    if (isMissing(later[field])) continue;
    if (isMissing(merged[field])) merged[field] = later[field];
    else if (merged[field] !== later[field]) conflicts.push(field);
  }
  return { merged, conflicts };
}

const isMissing = (value: unknown) => value === undefined || value === null || value === '';
