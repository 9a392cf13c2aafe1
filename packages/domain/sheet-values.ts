/**
 * One cell as a value: days, whole numbers, money, GTINs, lots. Sheets are typed by people and changed by the programs
 * that they type into: dates become numbers, numbers become text, zeros in front are lost. What is certain is taken;
 * where two readings are possible none is, and the problem says which.
 */
import { foldSpelling } from './cyrillic.ts';
import { gtin14, isAllZeros } from './gs1-identifiers.ts';
import type { Cell } from './sheet.ts';
import { Lot } from './stock.ts';
import { Day, dayMs } from './time.ts';

export const valueProblemCodes = [
  'missing',
  'formula',
  'error',
  'merged',
  'bad-date',
  'date-unclear',
  'bad-period',
  'bad-number',
  'number-unclear',
  'not-whole',
  'too-many-decimals',
  'out-of-range',
  'bad-gtin',
  'gtin-shortened',
  'bad-sscc',
  'bad-lot',
  'lot-is-date',
  'bad-text',
] as const;
export type ValueProblemCode = (typeof valueProblemCodes)[number];

export interface ValueProblem {
  readonly kind: 'problem';
  readonly code: ValueProblemCode;
  readonly facts?: Readonly<Record<string, string | number>>;
}
/** `guessed` names what a program may have changed, so that a person looks: a lot that is stored as a number. */
export type Value<T> = { readonly kind: 'value'; readonly value: T; readonly guessed?: 'lot-as-number' };
export type Reading<T> = Value<T> | ValueProblem | { readonly kind: 'empty' };

const problem = (code: ValueProblemCode, facts?: ValueProblem['facts']): ValueProblem => ({
  kind: 'problem',
  code,
  ...(facts && { facts }),
});
const value = <T>(of: T): Value<T> => ({ kind: 'value', value: of });
const empty = { kind: 'empty' } as const;

// What Excel and 1C put between thousands, and what stands around values that were copied from a page.
const spaces = /[\s\u00a0\u2007\u2009\u202f\u200b\ufeff]+/g;
const squeezed = (text: string): string => text.replace(spaces, ' ').trim();

/** What a cell gives to a reader: its text, its number, its day; or why it gives nothing. */
const opened = (cell: Cell): string | number | { day: string } | ValueProblem | typeof empty => {
  if (cell === undefined) return empty;
  if (typeof cell === 'string') {
    // An apostrophe in front is how people keep a program from changing a number.
    const text = squeezed(cell).replace(/^'/, '');
    return text === '' ? empty : text;
  }
  if (typeof cell === 'number' || 'day' in cell) return cell;
  return problem(cell.fault, cell.fault === 'merged' ? { range: cell.range } : undefined);
};

const isDone = <T>(from: string | number | { day: string } | Reading<T>): from is ValueProblem | typeof empty =>
  typeof from === 'object' && 'kind' in from;

// --- days ------------------------------------------------------------------------------------------------------------

const pad = (digits: string): string => digits.padStart(2, '0');
const firstYear = 2000;
const lastYear = 2099;

const dayOf = (year: string, month: string, day: string): Reading<string> => {
  const text = `${year}-${pad(month)}-${pad(day)}`;
  if (!Day.safeParse(text).success) return problem('bad-date');
  return Number(year) < firstYear || Number(year) > lastYear ? problem('bad-date') : value(text);
};

const lastDayOf = (year: string, month: string): Reading<string> => {
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return dayOf(year, month, String(days));
};

/** A day from the count that a workbook keeps (ECMA-376 part 1, 18.17.4.1); a time of day is cut off. */
export const dayOfSerial = (serial: number, epoch: 1900 | 1904): string | undefined => {
  const zero = epoch === 1900 ? Date.UTC(1899, 11, 30) : Date.UTC(1904, 0, 1);
  const ms = zero + Math.floor(serial) * dayMs;
  const year = new Date(ms).getUTCFullYear();
  return year >= firstYear && year <= lastYear ? new Date(ms).toISOString().slice(0, 10) : undefined;
};

const dayOfText = (text: string): Reading<string> => {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/.exec(text);
  if (iso) return dayOf(iso[1] as string, iso[2] as string, iso[3] as string);
  const exact = /^(\d{1,2})([.\-/ ])(\d{1,2})\2(\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?$/.exec(
    text.replace(/ г\.?$/u, ''),
  );
  if (exact) return dayOf(exact[4] as string, exact[3] as string, exact[1] as string);
  const yearFirst = /^(\d{4})[./](\d{1,2})[./](\d{1,2})$/.exec(text);
  if (yearFirst) return dayOf(yearFirst[1] as string, yearFirst[2] as string, yearFirst[3] as string);
  const month = /^(\d{1,2})[.\-/ ](\d{4})$/.exec(text) ?? undefined;
  if (month) return lastDayOf(month[2] as string, month[1] as string);
  const monthLast = /^(\d{4})[.\-/](\d{1,2})$/.exec(text);
  if (monthLast) return lastDayOf(monthLast[1] as string, monthLast[2] as string);
  const run = /^(20\d{2})(\d{2})(\d{2})$/.exec(text);
  if (run) return dayOf(run[1] as string, run[2] as string, run[3] as string);
  // "12.11.27" and "271112" have more than one reading among those who write them.
  if (/^\d{1,2}[.\-/ ]\d{1,2}[.\-/ ]\d{2}$|^\d{1,2}[.\-/]\d{2}$|^\d{5,6}$/.test(text)) return problem('date-unclear');
  return problem('bad-date');
};

/**
 * A day of 2000 to 2099: a cell that the sheet shows as a day, a number by the workbook's count (`epoch`; without one a
 * bare number is no day), `DD.MM.YYYY` with points, slashes or hyphens, `YYYY-MM-DD`, `MM.YYYY` as the last day of that
 * month, or `YYYYMMDD`. A year of two digits is `date-unclear`.
 */
export const readDay = (cell: Cell, epoch: 1900 | 1904 | undefined): Reading<string> => {
  const from = opened(cell);
  if (isDone(from)) return from;
  if (typeof from === 'object')
    return Number(from.day.slice(0, 4)) < firstYear || Number(from.day.slice(0, 4)) > lastYear
      ? problem('bad-date')
      : value(from.day);
  if (typeof from === 'string') return dayOfText(from);
  const day = epoch === undefined ? undefined : dayOfSerial(from, epoch);
  return day === undefined ? dayOfText(String(from)) : value(day);
};

/** A month as a program writes it or a person types it: `YYYY-MM`, `MM.YYYY`, with points, slashes or hyphens. */
const monthOfText = (text: string): string | undefined => {
  const [, first, month] = /^(\d{4})[.\-/ ](\d{1,2})$/.exec(text) ?? [];
  const [, other, last] = /^(\d{1,2})[.\-/ ](\d{4})$/.exec(text) ?? [];
  const [year, n] = [first ?? last, month ?? other];
  if (year === undefined || n === undefined || Number(n) < 1 || Number(n) > 12) return undefined;
  return Number(year) < firstYear || Number(year) > lastYear ? undefined : `${year}-${pad(n)}`;
};

/**
 * A month as `YYYY-MM`, or a day as `readDay` takes it. Programs turn a month that is typed into its first day, which is
 * then a day here: whether a whole column is meant so is for whoever reads the column.
 */
export const readPeriod = (cell: Cell, epoch: 1900 | 1904 | undefined): Reading<string> => {
  const from = opened(cell);
  if (isDone(from)) return from;
  const month = typeof from === 'object' ? undefined : monthOfText(String(from));
  if (month !== undefined) return value(month);
  const day = readDay(cell, epoch);
  return day.kind === 'problem' && day.code === 'bad-date' ? problem('bad-period') : day;
};

// --- numbers ---------------------------------------------------------------------------------------------------------

/** Digits, and digits behind the decimal sign, of a number as it was typed; grouping undone where it is certain. */
const decimalOf = (text: string): { whole: string; part: string } | ValueProblem => {
  const grouped = /^(\d{1,3}(?: \d{3})+)(?:[.,](\d+))?$/.exec(text);
  if (grouped) return { whole: (grouped[1] as string).replaceAll(' ', ''), part: grouped[2] ?? '' };
  const plain = /^(\d+)(?:([.,])(\d*))?$/.exec(text);
  if (plain) {
    const [, whole = '', sign, part = ''] = plain;
    // "1,500" is one and a half to one reader and fifteen hundred to another.
    if (sign && part.length === 3 && whole.length <= 3 && !whole.startsWith('0')) return problem('number-unclear');
    return { whole, part };
  }
  const marked = /^(\d{1,3}(?:([.,'’])\d{3})(?:\2\d{3})*)(?:([.,])(\d+))?$/.exec(text);
  if (marked && marked[2] !== marked[3])
    return { whole: (marked[1] as string).replace(/\D/g, ''), part: marked[4] ?? '' };
  return problem('bad-number');
};

// A workbook keeps fifteen digits; what stands behind them is the noise of binary fractions.
const digitsOf = (number: number): string => {
  const text = String(Number(number.toPrecision(15)));
  return /e/.test(text) ? number.toFixed(Math.abs(number) < 1 ? 12 : 0) : text;
};

const readDecimal = (from: string | number | { day: string }): { whole: string; part: string } | ValueProblem => {
  if (typeof from === 'object') return problem('bad-number');
  const text = typeof from === 'number' ? digitsOf(from) : from;
  if (/^-\s?\d/.test(text)) return problem('out-of-range', { least: 0 });
  if (typeof from === 'number') {
    const [whole = '', part = ''] = text.split('.');
    return /^\d+$/.test(whole) ? { whole, part } : problem('bad-number');
  }
  return decimalOf(text);
};

/** A whole number of at least `least` and at most `most`: 1000, "1 000", "1000,00". */
export const readWhole = (cell: Cell, least: number, most: number): Reading<number> => {
  const from = opened(cell);
  if (isDone(from)) return from;
  const read = readDecimal(from);
  if ('kind' in read) return read.code === 'out-of-range' ? problem('out-of-range', { least, most }) : read;
  if (/[1-9]/.test(read.part)) return problem('not-whole');
  const number = Number(read.whole);
  return number < least || number > most ? problem('out-of-range', { least, most }) : value(number);
};

// soʻm, сум, UZS behind an amount, in any script.
const currencies = new Set(['som', 'sum', 'us', 'uzs'].map(foldSpelling));

/**
 * Tiyin from an amount in soʻm with a decimal comma or point, with or without the name of the currency. More than two
 * decimals are `too-many-decimals`: a price is never rounded here.
 */
export const readMoney = (cell: Cell, most: number): Reading<number> => {
  const from = opened(cell);
  if (isDone(from)) return from;
  const named = typeof from === 'string' ? /^(.*?\d)\s*([\p{L}ʻʼ'’‘`]+)\.?$/u.exec(from) : null;
  const amount = named && currencies.has(foldSpelling(named[2] as string)) ? (named[1] as string) : from;
  const read = readDecimal(amount);
  if ('kind' in read)
    return read.code === 'out-of-range' ? problem('out-of-range', { least: 0, most: most / 100 }) : read;
  if (/[1-9]/.test(read.part.slice(2))) return problem('too-many-decimals');
  const tiyin = Number(read.whole) * 100 + Number(read.part.slice(0, 2).padEnd(2, '0'));
  return tiyin > most ? problem('out-of-range', { least: 0, most: most / 100 }) : value(tiyin);
};

// --- codes -----------------------------------------------------------------------------------------------------------

/**
 * A GTIN of 8, 12, 13 or 14 digits as fourteen, its check digit right. A number whose zeros in front were lost is that
 * GTIN; one that a program has shortened to `4,60123E+12` is `gtin-shortened`, for its last digits are gone.
 */
export const readGtin = (cell: Cell): Reading<string> => {
  const from = opened(cell);
  if (isDone(from)) return from;
  if (typeof from === 'object') return problem('bad-gtin');
  const text = (typeof from === 'number' ? digitsOf(from) : from).replace(/[\s-]/g, '');
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(text)) return problem('gtin-shortened');
  const gtin = gtin14(text.replace(/^(\d+)[.,]0$/, '$1'));
  return gtin === undefined ? problem('bad-gtin') : value(gtin);
};

/** An SSCC of eighteen digits, with or without `(00)` in front. A workbook keeps no eighteen digits of a number. */
export const readSscc = (cell: Cell): Reading<string> => {
  const from = opened(cell);
  if (isDone(from)) return from;
  if (typeof from === 'object') return problem('bad-sscc');
  if (typeof from === 'number') return problem('bad-sscc');
  const digits = from
    .replace(/^\(00\)/, '')
    .replace(/\s/g, '')
    .replace(/^00(?=\d{18}$)/, '');
  return isSscc(digits) ? value(digits) : problem('bad-sscc');
};

/** True for eighteen digits with a right check digit that are not zeros alone. */
export const isSscc = (text: string): boolean =>
  /^\d{18}$/.test(text) &&
  !isAllZeros(text) &&
  // The same weights as a GTIN's, over more digits (GS1 General Specifications, section 7.9.1).
  [...text].reduce((sum, digit, at) => sum + Number(digit) * (at % 2 === 0 ? 3 : 1), 0) % 10 === 0;

/**
 * A lot number by the characters that AI 10 can carry. One that a program has turned into a day is `lot-is-date`, for
 * what was typed is lost; one kept as a number is taken and marked, for zeros in front may be lost.
 */
export const readLot = (cell: Cell): Reading<string> => {
  const from = opened(cell);
  if (isDone(from)) return from;
  if (typeof from === 'object') return problem('lot-is-date');
  if (typeof from === 'number') {
    const text = digitsOf(from);
    return /^\d{1,15}$/.test(text)
      ? { kind: 'value', value: text, guessed: 'lot-as-number' }
      : problem('bad-lot', { value: text.slice(0, 40) });
  }
  return Lot.safeParse(from).success ? value(from) : problem('bad-lot', { value: from.slice(0, 40) });
};

/** Any text of at most `most` characters; `shape` says more where it is given. A number is taken as it is written. */
export const readText = (cell: Cell, most: number, shape?: { test(text: string): boolean }): Reading<string> => {
  const from = opened(cell);
  if (isDone(from)) return from;
  const text = typeof from === 'string' ? from : typeof from === 'number' ? digitsOf(from) : from.day;
  return text.length > most || (shape && !shape.test(text))
    ? problem('bad-text', { value: text.slice(0, 40), most })
    : value(text);
};

/** One of the words of a vocabulary, in any language and script: the key under which it stands. */
export const readWord = <Word extends string>(
  cell: Cell,
  words: Readonly<Record<Word, readonly string[]>>,
): Reading<Word> => {
  const read = readText(cell, 100);
  if (read.kind !== 'value') return read;
  const typed = foldedName(read.value);
  const found = (Object.keys(words) as Word[]).filter((word) =>
    [word, ...words[word]].some((name) => foldedName(name) === typed),
  );
  return found.length === 1
    ? value(found[0] as Word)
    : problem('bad-text', { value: read.value.slice(0, 40), most: 100 });
};

const foldedName = (text: string): string =>
  foldSpelling(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
