/**
 * A text with separated values as a sheet: which encoding, which separator, which values. Only what is certain is read:
 * a byte taken for the wrong letter would change the name of a lot without anybody seeing it.
 */
import { maxSheetColumns, maxSheetRows, type Sheet, SheetRefusal, type SheetRow } from '@darmon/domain/sheet';
import type { OnProgress } from './sheet-xlsx.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251' | 'koi8-r';

// --- encodings -------------------------------------------------------------------------------------------------------

const decodedAs = (bytes: Uint8Array, encoding: Encoding): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** Without a mark, every second byte of plain UTF-16 is nothing. */
const utf16Of = (bytes: Uint8Array): Encoding | undefined => {
  const sample = bytes.subarray(0, 2_000);
  // A stray nothing in a few letters is not a rhythm.
  if (sample.length < 20) return undefined;
  let [even, odd] = [0, 0];
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) i % 2 === 0 ? even++ : odd++;
  const half = sample.length / 2;
  if (odd > half * 0.2 && even === 0) return 'utf-16le';
  return even > half * 0.2 && odd === 0 ? 'utf-16be' : undefined;
};

// Signs that Windows programs put into text of any language; they stand at the same bytes in 1251 and in 1252.
const commonSigns = new Set([0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0xa0, 0xab, 0xb0, 0xb1, 0xb9, 0xbb]);
const yo = new Set([0xa8, 0xb8]);

/** Letters of Russian by how often they stand in text, in thousandths of all letters. */
const frequent: Readonly<Record<string, number>> = Object.fromEntries(
  'о:109 е:85 а:80 и:74 н:67 т:63 с:55 р:47 в:45 л:43 к:35 м:32 д:30 п:28 у:26 я:20 ы:19 ь:17 г:17 з:16 б:16 ч:14 й:12 х:10 ж:9 ш:7 ю:6 ц:5 щ:4 э:3 ф:3 ъ:1'
    .split(' ')
    .map((pair) => pair.split(':'))
    .map(([letter, share]) => [letter, Number(share)]),
);

/** How much a text looks like Russian: common letters, and no capital behind a small letter. */
const likelihood = (text: string): number => {
  let [sum, letters] = [0, 0];
  for (const word of text.match(/[\u0430-\u044f\u0451]+/giu) ?? []) {
    for (const letter of word.toLowerCase()) sum += Math.log(((frequent[letter] ?? 1) + 0.5) / 31);
    letters += word.length;
    sum -= 2 * (word.match(/[\u0430-\u044f\u0451][\u0410-\u042f\u0401]/gu)?.length ?? 0);
  }
  return letters === 0 ? 0 : sum / letters;
};

/** Enough letters to judge by, and how much better one reading must be than the other. */
const fewestLetters = 12;
const certainty = 0.5;

/**
 * Windows-1251 or KOI8-R, which are the same letters at other bytes: the one that reads as Russian, where the other does
 * not. Undefined where it is not certain, or where bytes stand that neither has letters at.
 */
const oneByteOf = (bytes: Uint8Array): Encoding | undefined => {
  let [high, letters, signs] = [0, 0, 0];
  for (const byte of bytes)
    if (byte >= 0x80) {
      high += 1;
      if (byte >= 0xc0 || yo.has(byte)) letters += 1;
      else if (commonSigns.has(byte)) signs += 1;
    }
  if (letters === 0 && signs === high) return 'windows-1251';
  if (letters + signs < 0.98 * high) return undefined;
  const sample = bytes.subarray(0, 200_000);
  const windows = likelihood(decodedAs(sample, 'windows-1251') ?? '');
  const koi = likelihood(decodedAs(sample, 'koi8-r') ?? '');
  if (letters < fewestLetters || Math.abs(windows - koi) < certainty) return undefined;
  return windows > koi ? 'windows-1251' : 'koi8-r';
};

/**
 * The text of a file and its encoding: UTF-8 and UTF-16 with or without a mark, Windows-1251, and KOI8-R where it is certain.
 * @throws SheetRefusal `encoding-unclear`
 */
export const decodeText = (bytes: Uint8Array): { text: string; encoding: Encoding } => {
  const [a, b] = bytes;
  const marked: Encoding | undefined =
    a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
  const wide = marked ?? utf16Of(bytes);
  const encoding = wide ?? (decodedAs(bytes, 'utf-8') === undefined ? oneByteOf(bytes) : 'utf-8');
  const text = encoding && decodedAs(bytes, encoding);
  // A nothing within text is no text, whatever it was saved as.
  if (encoding === undefined || text === undefined || text.includes('\0')) throw new SheetRefusal('encoding-unclear');
  return { text, encoding };
};

// --- separators and values -------------------------------------------------------------------------------------------

const separators = [';', '\t', ',', '|'] as const;
type Separator = (typeof separators)[number];

// A value in quotes, with quotes doubled within; else anything up to the separator, and a quote inside it is a letter.
const tokens: Readonly<Record<Separator, RegExp>> = {
  ';': /("(?:[^"]|"")*"[ \t]*|[^";\r\n][^;\r\n]*|)(;|\r\n|\n|\r|$)/y,
  '\t': /("(?:[^"]|"")*" *|[^"\t\r\n][^\t\r\n]*|)(\t|\r\n|\n|\r|$)/y,
  ',': /("(?:[^"]|"")*"[ \t]*|[^",\r\n][^,\r\n]*|)(,|\r\n|\n|\r|$)/y,
  '|': /("(?:[^"]|"")*"[ \t]*|[^"|\r\n][^|\r\n]*|)(\||\r\n|\n|\r|$)/y,
};

const bare = (cell: string): string =>
  cell.startsWith('"') ? cell.trimEnd().slice(1, -1).replaceAll('""', '"') : cell;

const breaks = /\r\n|\n|\r/g;

interface Records {
  readonly rows: { row: number; cells: string[] }[];
  /** The line of a quote that nothing closes. */
  readonly open?: number;
}

const recordsOf = (text: string, separator: Separator, most: number, onProgress?: OnProgress): Records => {
  const token = tokens[separator];
  const rows: { row: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let [line, begins, at, count] = [1, 1, 0, 0];
  while (at < text.length || cells.length > 0) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found) return { rows, open: line };
    const [all, cell = '', end = ''] = found;
    cells.push(bare(cell));
    at += all.length;
    if (cell.startsWith('"') && /[\r\n]/.test(cell)) line += (cell.match(breaks) ?? []).length;
    if (end === separator) continue;
    line += 1;
    if (cells.some((one) => one.trim() !== '')) rows.push({ row: begins, cells });
    if (rows.length >= most) return { rows };
    [cells, begins] = [[], line];
    if (++count % 2_000 === 0) onProgress?.(at / text.length);
  }
  return { rows };
};

/** The one that divides the most lines into as many values each; commas and semicolons within values rarely do. */
const separatorOf = (text: string): Separator => {
  let [best, most]: [Separator, number] = [',', 0];
  for (const separator of separators) {
    const { rows, open } = recordsOf(text, separator, 50);
    if (open !== undefined && rows.length === 0) continue;
    const widths = new Map<number, number>();
    for (const { cells } of rows) if (cells.length > 1) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    const [width = 0, alike = 0] = [...widths].sort((x, y) => y[1] - x[1] || y[0] - x[0])[0] ?? [];
    const score = alike * 100 + width;
    if (alike > 0 && score > most) [best, most] = [separator, score];
  }
  return best;
};

/**
 * Reads the bytes of a text file with values between commas, semicolons, tabs or bars. A first line `sep=;` is obeyed.
 * @throws SheetRefusal `encoding-unclear`, `open-quote`, `too-many-rows`, `too-wide`, `no-rows`
 */
export const readSeparated = (bytes: Uint8Array, onProgress: OnProgress): Sheet => {
  const { text, encoding } = decodeText(bytes);
  const named = /^sep=([;\t,|])(?:\r\n|\n|\r)/.exec(text);
  const body = named ? text.slice(named[0].length) : text;
  const separator = (named?.[1] as Separator | undefined) ?? separatorOf(body);
  const { rows, open } = recordsOf(body, separator, maxSheetRows + 101, onProgress);
  const above = named ? 1 : 0;
  if (open !== undefined) throw new SheetRefusal('open-quote', { line: open + above });
  if (rows.length > maxSheetRows + 100) throw new SheetRefusal('too-many-rows', { most: maxSheetRows });
  if (rows.some(({ cells }) => cells.length > maxSheetColumns))
    throw new SheetRefusal('too-wide', { most: maxSheetColumns });
  if (rows.length === 0) throw new SheetRefusal('no-rows');
  return {
    form: 'text',
    rows: rows.map(({ row, cells }): SheetRow => ({ row: row + above, cells })),
    notes: encoding === 'utf-8' ? [] : [{ code: 'encoding', facts: { name: encoding } }],
  };
};
