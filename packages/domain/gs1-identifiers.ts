// The GS1 application identifiers of healthcare and logistics: how long each value is, what it may contain, and how its check
// digit, date or country is judged (GS1 General Specifications, sections 3 and 7). It looks at one value at a time.

/** The closed set of reasons a scan is not a GS1 element string. */
export const gs1RefusalCodes = [
  'empty',
  'input-too-long',
  'mixed-keyboard',
  'uncertain-keyboard',
  'separator-lost',
  'unsupported-symbology',
  'not-gs1-symbology',
  'mixed-separators',
  'stray-separator',
  'printed-brackets',
  'unknown-ai',
  'value-too-short',
  'value-too-long',
  'missing-separator',
  'bad-character',
  'bad-check-digit',
  'all-zeros',
  'bad-date',
  'bad-time',
  'bad-country',
  'bad-piece',
  'contradicting-values',
  'bad-uri',
] as const;
export type Gs1RefusalCode = (typeof gs1RefusalCodes)[number];

export type Fault = { code: Gs1RefusalCode; at: number; detail: string };
type Check = (text: string, from: number, to: number, thisYear: number) => Fault | undefined;
export type Spec = { ai: string; min: number; max: number; digits: number; check?: Check };

export function lengthFault(spec: Spec, length: number, from: number): Fault | undefined {
  if (length < spec.min) {
    return { code: 'value-too-short', at: from + length, detail: `AI ${spec.ai} needs ${spec.min} characters` };
  }
  if (length > spec.max) {
    return spec.min === spec.max
      ? { code: 'missing-separator', at: from + spec.max, detail: `AI ${spec.ai} must end here` }
      : { code: 'value-too-long', at: from + spec.max, detail: `AI ${spec.ai} ends here, or a separator is missing` };
  }
  return undefined;
}

export function valueFault(spec: Spec, text: string, from: number, to: number, thisYear: number): Fault | undefined {
  for (let i = from; i < to; i++) {
    const kind = i - from < spec.digits ? DIGIT : SET_82;
    const code = text.charCodeAt(i);
    if (code > 127 || (CHARACTERS[code]! & kind) === 0) {
      const wanted = kind === DIGIT ? 'a digit' : 'a character of set 82';
      return { code: 'bad-character', at: i, detail: `AI ${spec.ai} needs ${wanted} here` };
    }
  }
  return spec.check?.(text, from, to, thisYear);
}

/** The check digit that follows `body`, digits only, for any GS1 key (section 7.9.1: weights 3 and 1 from the right). */
export function gtinCheckDigit(body: string): number {
  return checkDigit(body, 0, body.length);
}

/** True for 8, 12, 13 or 14 digits with a right check digit; zeros alone have one and are no number all the same. */
export function isGtin(text: string): boolean {
  return /^(?:[0-9]{8}|[0-9]{12,14})$/.test(text) && hasCheckDigit(text, 0, text.length) && !isAllZeros(text);
}

/** The 14 digits of a GTIN-8, -12, -13 or -14 (zeros in front, section 3.3.2), or nothing if `text` is no GTIN. */
export function gtin14(text: string): string | undefined {
  return isGtin(text) ? text.padStart(14, '0') : undefined;
}

function checkDigit(text: string, from: number, to: number): number {
  let sum = 0;
  for (let i = to - 1, weight = 3; i >= from; i--, weight = 4 - weight) sum += weight * (text.charCodeAt(i) - 48);
  return (10 - (sum % 10)) % 10;
}

function hasCheckDigit(text: string, from: number, to: number): boolean {
  return checkDigit(text, from, to - 1) === text.charCodeAt(to - 1) - 48;
}

/** Zeros alone, as on a test print: their check digit is right, and no company has them as its prefix. */
export const isAllZeros = (digits: string): boolean => /^0+$/.test(digits);

// Section 7.12: a year more than 50 ahead lies in the past century, one 50 or more behind in the next.
function fullYear(twoDigits: number, thisYear: number): number {
  const difference = twoDigits - (thisYear % 100);
  const century = thisYear - (thisYear % 100);
  return century + twoDigits + (difference > 50 ? -100 : difference < -49 ? 100 : 0);
}

function lastDay(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function isoDate(yymmdd: string, thisYear: number): string {
  const year = fullYear(pair(yymmdd, 0), thisYear);
  const month = pair(yymmdd, 2);
  const day = pair(yymmdd, 4) || lastDay(year, month);
  return `${year}-${yymmdd.slice(2, 4)}-${day < 10 ? '0' : ''}${day}`;
}

export function yearOf(today: string): number {
  const year = Number(today.slice(0, 4));
  if (!Number.isInteger(year) || today.length !== 10) throw new RangeError(`today is YYYY-MM-DD, not ${today}`);
  return year;
}

function pair(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;
}

const DIGIT = 1;
const SET_82 = 2;
const CHARACTERS = new Uint8Array(128);
for (const character of '!"%&\'()*+,-./_:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz') {
  CHARACTERS[character.charCodeAt(0)] = SET_82;
}
for (let digit = 48; digit < 58; digit++) CHARACTERS[digit] = SET_82 | DIGIT;

// ISO 3166-1 numeric codes.
const COUNTRIES = new Set(
  (
    '004 008 010 012 016 020 024 028 031 032 036 040 044 048 050 051 052 056 060 064 068 070 072 074 076 084 086 090 ' +
    '092 096 100 104 108 112 116 120 124 132 136 140 144 148 152 156 158 162 166 170 174 175 178 180 184 188 191 192 ' +
    '196 203 204 208 212 214 218 222 226 231 232 233 234 238 239 242 246 248 250 254 258 260 262 266 268 270 275 276 ' +
    '288 292 296 300 304 308 312 316 320 324 328 332 334 336 340 344 348 352 356 360 364 368 372 376 380 384 388 392 ' +
    '398 400 404 408 410 414 417 418 422 426 428 430 434 438 440 442 446 450 454 458 462 466 470 474 478 480 484 492 ' +
    '496 498 499 500 504 508 512 516 520 524 528 531 533 534 535 540 548 554 558 562 566 570 574 578 580 581 583 584 ' +
    '585 586 591 598 600 604 608 612 616 620 624 626 630 634 638 642 643 646 652 654 659 660 662 663 666 670 674 678 ' +
    '682 686 688 690 694 702 703 704 705 706 710 716 724 728 729 732 740 744 748 752 756 760 762 764 768 772 776 780 ' +
    '784 788 792 795 796 798 800 804 807 818 826 831 832 833 834 840 850 854 858 860 862 876 882 887 894'
  ).split(' '),
);

const keyOfDigits =
  (offset: number, length: number): Check =>
  (text, from) => {
    const start = from + offset;
    if (!hasCheckDigit(text, start, start + length)) {
      return { code: 'bad-check-digit', at: start + length - 1, detail: 'the check digit does not match' };
    }
    return text.charCodeAt(start + length - 1) === 48 && isAllZeros(text.slice(start, start + length))
      ? { code: 'all-zeros', at: start, detail: 'zeros alone, as on a test print' }
      : undefined;
  };

const date =
  (dayMayBeZero: boolean): Check =>
  (text, from, _to, thisYear) => {
    const month = pair(text, from + 2);
    if (month < 1 || month > 12) return { code: 'bad-date', at: from + 2, detail: 'no such month' };
    const day = pair(text, from + 4);
    if ((day === 0 && !dayMayBeZero) || day > lastDay(fullYear(pair(text, from), thisYear), month)) {
      return { code: 'bad-date', at: from + 4, detail: 'no such day' };
    }
    return undefined;
  };

const exactDate = date(false);

const dateAndTime: Check = (text, from, to, thisYear) => {
  const fault = exactDate(text, from, to, thisYear);
  if (fault !== undefined) return fault;
  if (pair(text, from + 6) > 23) return { code: 'bad-time', at: from + 6, detail: 'no such hour' };
  for (let at = from + 8; at < to; at += 2) {
    if (at + 1 === to) return { code: 'value-too-short', at: to, detail: 'half a minute or second' };
    if (pair(text, at) > 59) return { code: 'bad-time', at, detail: 'no such minute or second' };
  }
  return undefined;
};

const country: Check = (text, from) =>
  COUNTRIES.has(text.slice(from, from + 3))
    ? undefined
    : { code: 'bad-country', at: from, detail: 'no ISO 3166 country has this number' };

const returnableAsset: Check = (text, from, to, thisYear) =>
  text.charCodeAt(from) === 48
    ? keyOfDigits(1, 13)(text, from, to, thisYear)
    : { code: 'bad-character', at: from, detail: 'AI 8003 begins with 0' };

const pieceOfTotal: Check = (text, from, to, thisYear) => {
  const piece = pair(text, from + 14);
  if (piece === 0 || piece > pair(text, from + 16)) {
    return { code: 'bad-piece', at: from + 14, detail: 'the piece is not within the total' };
  }
  return keyOfDigits(0, 14)(text, from, to, thisYear);
};

// How many digits an identifier has follows from its first two; its number is then unique, so it indexes the table.
const AI_DIGITS = new Uint8Array(100);
const SPECS: (Spec | undefined)[] = new Array(8_019).fill(undefined);

function define(ais: string, min: number, max: number, digits: number, check?: Check): void {
  for (const ai of ais.split(' ')) {
    AI_DIGITS[Number(ai.slice(0, 2))] = ai.length;
    SPECS[Number(ai)] = { ai, min, max, digits, ...(check !== undefined && { check }) };
  }
}

define('00', 18, 18, 18, keyOfDigits(0, 18));
define('01 02', 14, 14, 14, keyOfDigits(0, 14));
define('11 12 13 15 16 17', 6, 6, 6, date(true));
define('20', 2, 2, 2);
define('10 21 22 420 710 711 712 713 714 715 716', 1, 20, 0);
define('240 241 250 251 400', 1, 30, 0);
// A GINC begins with a GS1 company prefix, of which no one is shorter than four digits.
define('401', 4, 30, 4);
define('30 37', 1, 8, 8);
for (let measure = 310; measure <= 316; measure++) {
  for (let decimals = 0; decimals <= 5; decimals++) define(`${measure}${decimals}`, 6, 6, 6);
}
define('410 411 412 413 414 415 416 417', 13, 13, 13, keyOfDigits(0, 13));
define('421', 4, 12, 3, country);
define('422', 3, 3, 3, country);
define('7003', 10, 10, 10, dateAndTime);
define('8003', 14, 30, 14, returnableAsset);
define('8005', 6, 6, 6);
define('8006', 18, 18, 18, pieceOfTotal);
define('8008', 8, 12, 12, dateAndTime);
define('8018', 18, 18, 18, keyOfDigits(0, 18));
define('91 92 93 94 95 96 97 98 99', 1, 90, 0);

export function specAt(text: string, at: number): Spec | undefined {
  let number = 0;
  let digits = 2;
  for (let i = 0; i < digits; i++) {
    const digit = text.charCodeAt(at + i) - 48;
    // Written so that NaN, past the end of the text, fails as well.
    if (!(digit >= 0 && digit <= 9)) return undefined;
    number = number * 10 + digit;
    if (i === 1) digits = AI_DIGITS[number]!;
  }
  return digits === 0 ? undefined : SPECS[number];
}

export function specOf(ai: string): Spec | undefined {
  const spec = specAt(ai, 0);
  return spec?.ai === ai ? spec : undefined;
}

export function isPredefined(ai: string): boolean {
  const first = ai.charCodeAt(0);
  const second = ai.charCodeAt(1);
  switch (first) {
    case 0x30:
      return true;
    case 0x31:
      return second !== 0x30;
    case 0x32:
      return second === 0x30;
    case 0x33:
      return second === 0x31;
    default:
      return first === 0x34 && second === 0x31;
  }
}
