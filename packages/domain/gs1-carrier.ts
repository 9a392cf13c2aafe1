// What stands around the data of a scan: symbology identifiers, separators in the forms that scanners send, keyboard
// layouts, keys typed behind it. It takes them off and keeps the way back to positions in the raw text.

import type { Gs1RefusalCode } from './gs1-identifiers.ts';
import { recoverKeyboardLayout } from './keyboard-layout.ts';

/** `position` counts UTF-16 units from the start of the raw scan and names the first character that cannot stand. */
export type Refused<Code> = { kind: 'refused'; code: Code; detail: string; position: number };
/** A QR code holds at most 4,296 alphanumeric characters, a Data Matrix 3,116 digits; nothing longer was scanned. */
export const MAX_SCAN_LENGTH = 4_296;

const GS = '\u001d';

/** `text` has GS (29) for every inner FNC1 and nothing before or behind the data; `none`: the scanner did not say. */
export type Carrier = {
  kind: 'carrier';
  text: string;
  symbology: 'gs1' | 'plain' | 'retail' | 'none';
  recovered: boolean;
  rawPosition: (at: number) => number;
};

// ISO/IEC 15424: FNC1 in first place, and only there, makes an element string.
const GS1_SYMBOLOGIES = new Set(['C1', 'd2', 'Q3', 'e0', 'J1']);
const RETAIL_SYMBOLOGIES = new Set(['E0', 'E4', 'I1']);
const PLAIN_SYMBOLOGIES = new Set(['A0', 'C0', 'I0', 'L0', 'L2', 'Q0', 'Q1', 'Q2', 'd0', 'd1', 'z0']);

// None of these but <GS> can be data: backslash, braces, square brackets, tilde and caret are outside character set 82.
const SEPARATOR = new RegExp(`<GS>|\\\\x1d|\\\\u001d|\\{GS\\}|\\[GS\\]|~d029|\\^\\]|\u241d|${GS}`, 'gi');
const MAYBE_SEPARATOR = /[<\\{[~^\u241d]/;
// Codeword 232 is FNC1 in Data Matrix; some scanners send it as a character, which can only be meant so at the front.
const FNC1_CODEWORD = '\u00e8';
const NON_ASCII = /[\u0080-\uffff]/;

/**
 * Takes off what the way from symbol to machine put on: surrounding white space, end-of-line keys and the marks of a
 * serial line (STX, ETX), a Cyrillic keyboard layout, the symbology identifier (`]d2`, `]C1`, `]Q3`, `]e0`, `]J1` say
 * element string; `]Q1` and its like say plain text; `]E0`, `]E4`, `]I1` say GTIN), a leading FNC1 (232, 29 or as text)
 * and separators written as text (`<GS>`, `\x1d`, `\u001d`, `{GS}`, `[GS]`, `~d029`, `^]`, U+241D). One scanner writes
 * separators in one way: two ways in one scan are refused as `mixed-separators`, because `<GS>` might then be data.
 */
export function readCarrier(raw: string): Carrier | Refused<Gs1RefusalCode> {
  if (raw.length > MAX_SCAN_LENGTH) {
    return refusal('input-too-long', `more than ${MAX_SCAN_LENGTH} characters`, MAX_SCAN_LENGTH);
  }
  let start = 0;
  let end = raw.length;
  while (start < end && isBlank(raw.charCodeAt(start))) start++;
  while (end > start && isBlank(raw.charCodeAt(end - 1))) end--;
  if (start === end) return refusal('empty', 'nothing was scanned', 0);
  let text = start === 0 && end === raw.length ? raw : raw.slice(start, end);

  let recovered = false;
  if (NON_ASCII.test(text)) {
    const keyboard = recoverKeyboardLayout(text);
    if (keyboard.kind === 'refused') return { ...keyboard, position: start + keyboard.position };
    if (keyboard.kind === 'recovered') {
      text = keyboard.text;
      recovered = true;
    }
  }

  let symbology: Carrier['symbology'] = 'none';
  if (text.charCodeAt(0) === 0x5d) {
    const identifier = text.slice(1, 3);
    if (GS1_SYMBOLOGIES.has(identifier)) symbology = 'gs1';
    else if (RETAIL_SYMBOLOGIES.has(identifier)) symbology = 'retail';
    else if (PLAIN_SYMBOLOGIES.has(identifier)) symbology = 'plain';
    else return refusal('unsupported-symbology', `symbology identifier ]${identifier}`, start);
    text = text.slice(3);
    start += 3;
  }

  let cuts: number[] | undefined;
  if (MAYBE_SEPARATOR.test(text)) {
    const data = text;
    const written = new Set<string>();
    const positions: number[] = [];
    let unified = '';
    let from = 0;
    for (const found of data.matchAll(SEPARATOR)) {
      for (let i = from; i <= found.index; i++) positions.push(i);
      unified += data.slice(from, found.index) + GS;
      from = found.index + found[0].length;
      if (found.index > 0) written.add(found[0].toLowerCase());
      if (written.size > 1) {
        return refusal('mixed-separators', 'separators written in two ways', start + found.index);
      }
    }
    if (from > 0) {
      for (let i = from; i <= data.length; i++) positions.push(i);
      text = unified + data.slice(from);
      cuts = positions;
    }
  }

  let skipped = 0;
  if (symbology !== 'retail' && symbology !== 'plain' && (text[0] === GS || text[0] === FNC1_CODEWORD)) {
    symbology = 'gs1';
    text = text.slice(1);
    skipped = 1;
  }
  if (text === '') return refusal('empty', 'nothing but a prefix was scanned', start);
  const rawPosition = (at: number) => start + (cuts === undefined ? at + skipped : cuts[at + skipped]!);
  return { kind: 'carrier', text, symbology, recovered, rawPosition };
}

export function refusal(code: Gs1RefusalCode, detail: string, position: number): Refused<Gs1RefusalCode> {
  return { kind: 'refused', code, detail, position };
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d || code === 0x02 || code === 0x03;
}
