/**
 * A sheet of rows as people bring it: what a cell holds, which row names the columns, and which column is which. How a
 * file becomes a sheet (bytes, zip, encodings) is not known here, and what the rows mean is for sheet-rows.ts.
 */
import { foldSpelling } from './cyrillic.ts';
import { readDay, readGtin, readPeriod } from './sheet-values.ts';

/** Why a cell cannot be taken as it stands. A merged cell names its range, `A1:B3`. */
export type CellFault = { readonly fault: 'formula' | 'error' } | { readonly fault: 'merged'; readonly range: string };

/** Text as it stands, a number, a day that the sheet shows as one, a fault, or nothing. */
export type Cell = string | number | { readonly day: string } | CellFault | undefined;

export interface SheetRow {
  /** As the file counts, from 1: the row of a workbook, or the line of a text. */
  readonly row: number;
  readonly cells: readonly Cell[];
}

export const sheetNoteCodes = ['sheet-chosen', 'hidden-rows', 'hidden-columns', 'encoding'] as const;
/** What a person should know about how a file was read. */
export interface SheetNote {
  readonly code: (typeof sheetNoteCodes)[number];
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface Sheet {
  readonly form: 'workbook' | 'text';
  /** From which year on a workbook counts days; a text has no such count. */
  readonly epoch?: 1900 | 1904;
  /** Rows with at least one cell, in their order. */
  readonly rows: readonly SheetRow[];
  readonly notes: readonly SheetNote[];
}

export const sheetRefusalCodes = [
  'too-large',
  'too-many-rows',
  'too-wide',
  'unpacked-too-large',
  'encrypted',
  'old-format',
  'other-format',
  'damaged',
  'encoding-unclear',
  'open-quote',
  'no-rows',
] as const;
export type SheetRefusalCode = (typeof sheetRefusalCodes)[number];

/** A file that is not read at all, and why. */
export class SheetRefusal extends Error {
  readonly code: SheetRefusalCode;
  readonly facts: Readonly<Record<string, string | number>>;
  constructor(code: SheetRefusalCode, facts: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.code = code;
    this.facts = facts;
  }
}

/** The most rows of values that a file may bring. */
export const maxSheetRows = 50_000;
export const maxSheetColumns = 256;

export const sheetKinds = {
  opening: ['gtin', 'medicine', 'lot', 'expiryDate', 'quantity', 'packs', 'packPrice', 'zone', 'shelf'],
  sites: ['id', 'kind', 'name', 'region', 'address', 'licenceNumber', 'licenceFrom', 'licenceUntil'],
  expected: ['gtin', 'lot', 'expiryDate', 'packs', 'quantity', 'packPrice', 'sscc'],
  prices: [
    'gtin',
    'medicine',
    'price',
    'currency',
    'rate',
    'minPacks',
    'multiple',
    'leadDays',
    'validFrom',
    'validUntil',
  ],
  references: ['gtin', 'medicine', 'price', 'validFrom', 'source'],
  past: ['site', 'medicine', 'gtin', 'period', 'quantity', 'packs', 'daysOut'],
} as const;
export type SheetKind = keyof typeof sheetKinds;
export type Field<K extends SheetKind = SheetKind> = (typeof sheetKinds)[K][number];

/** Of each list one field must have a column. */
const neededFields: { readonly [K in SheetKind]: readonly (readonly Field<K>[])[] } = {
  opening: [['gtin', 'medicine'], ['lot'], ['expiryDate'], ['quantity', 'packs']],
  sites: [['id'], ['kind'], ['name'], ['region']],
  expected: [['gtin'], ['lot'], ['packs', 'quantity']],
  prices: [['gtin', 'medicine'], ['price'], ['leadDays']],
  references: [['gtin', 'medicine'], ['price']],
  past: [['medicine', 'gtin'], ['period'], ['quantity', 'packs']],
};

/** Which column, from 0, holds a field. */
export type Mapping<K extends SheetKind> = { readonly [F in Field<K>]?: number };

/** Names under which people know a field, in any language and script. */
export type HeaderNames = { readonly [F in Field]: readonly string[] };

export interface Recognised<K extends SheetKind> {
  /** Index into `rows` of the row with the names of the columns; -1 where the first row already holds values. */
  readonly header: number;
  readonly mapping: Mapping<K>;
}

/** Column letters and row, `D17`; the column counts from 0. */
export const cellAddress = (column: number, row: number): string => `${columnLetters(column)}${row}`;

/** `A` for 0, `Z` for 25, `AA` for 26. */
export const columnLetters = (column: number): string =>
  (column >= 26 ? columnLetters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

/** A cell as a person would read it aloud; nothing for a fault. */
export const cellText = (cell: Cell): string => {
  if (typeof cell === 'string') return cell.trim();
  if (typeof cell === 'number') return String(cell);
  return cell !== undefined && 'day' in cell ? cell.day : '';
};

// Letters and digits only, so that "GTIN (14 цифр)" and "Gtin, 14" meet.
const folded = (text: string): string =>
  foldSpelling(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Rows in which the names of the columns are looked for: titles and addresses stand above them. */
const headerDepth = 30;

interface NamedField {
  readonly field: string;
  readonly names: readonly string[];
}

/** How well a heading names a field: alike, or with words around it; a longer name beats a shorter one within it. */
const likeness = (heading: string, names: readonly string[]): number => {
  let best = 0;
  for (const name of names) {
    if (heading === name) return 1_000;
    if (` ${heading} `.includes(` ${name} `)) best = Math.max(best, name.length);
  }
  return best;
};

/** Each field with the column whose heading names it best; a column serves one field. */
const byHeadings = (row: SheetRow, fields: readonly NamedField[]): Map<string, number> => {
  const headings = row.cells.map((cell) => (typeof cell === 'string' ? folded(cell.slice(0, 100)) : ''));
  const pairs = headings.flatMap((heading, column) =>
    heading === '' ? [] : fields.map(({ field, names }) => ({ field, column, score: likeness(heading, names) })),
  );
  const found = new Map<string, number>();
  const taken = new Set<number>();
  for (const { field, column, score } of pairs.sort((a, b) => b.score - a.score || a.column - b.column)) {
    if (score === 0 || found.has(field) || taken.has(column)) continue;
    found.set(field, column);
    taken.add(column);
  }
  return found;
};

const sampleSize = 50;
/** Of the cells that hold something, so many must be of the kind. */
const mostly = 0.8;

/** Columns whose values can only be one thing, where no heading has named them. */
const byContent = (rows: readonly SheetRow[], found: Map<string, number>, fields: ReadonlySet<string>): void => {
  const sample = rows.slice(0, sampleSize);
  const width = Math.max(0, ...sample.map(({ cells }) => cells.length));
  const judges: readonly (readonly [field: string, fits: (cell: Cell) => boolean])[] = [
    ['gtin', (cell) => readGtin(cell).kind === 'value'],
    ['expiryDate', (cell) => typeof cell !== 'number' && readDay(cell, undefined).kind === 'value'],
    ['period', (cell) => typeof cell !== 'number' && readPeriod(cell, undefined).kind === 'value'],
    ['region', (cell) => /^UZ-[A-Z]{2}$/.test(cellText(cell))],
  ];
  for (const [field, fits] of judges) {
    if (!fields.has(field) || found.has(field)) continue;
    const taken = new Set(found.values());
    const columns = Array.from({ length: width }, (_, column) => column).filter((column) => {
      const filled = sample.map(({ cells }) => cells[column]).filter((cell) => cellText(cell) !== '');
      return !taken.has(column) && filled.length > 0 && filled.filter(fits).length >= mostly * filled.length;
    });
    // Two such columns (made on, use until) are for a person to tell apart.
    if (columns.length === 1) found.set(field, columns[0] as number);
  }
};

/**
 * Finds the row with the names of the columns among the first rows, and which column holds which field: by its heading
 * in any of the names given (spelling, script and case do not matter), else by what stands in it, where that can be one
 * thing only. Whatever is not certain is left out, for a person to choose.
 */
export const recognise = <K extends SheetKind>(sheet: Sheet, kind: K, names: HeaderNames): Recognised<K> => {
  const fields = sheetKinds[kind].map((field) => ({ field, names: names[field].map(folded) }));
  let [header, best] = [-1, new Map<string, number>()];
  for (const [index, row] of sheet.rows.slice(0, headerDepth).entries()) {
    const found = byHeadings(row, fields);
    if (found.size > best.size) [header, best] = [index, found];
  }
  // One word alone may stand in any title.
  if (best.size >= 2) {
    byContent(sheet.rows.slice(header + 1), best, new Set(sheetKinds[kind]));
    return { header, mapping: Object.fromEntries(best) as Mapping<K> };
  }
  const content = new Map<string, number>();
  byContent(sheet.rows.slice(1), content, new Set(sheetKinds[kind]));
  const isNamed = sheet.rows.length > 1 && content.size > 0 && namesColumns(sheet.rows[0], content);
  if (isNamed) return { header: 0, mapping: Object.fromEntries(content) as Mapping<K> };
  const whole = new Map<string, number>();
  byContent(sheet.rows, whole, new Set(sheetKinds[kind]));
  return { header: -1, mapping: Object.fromEntries(whole) as Mapping<K> };
};

/** Words above values of another kind: names that nobody knows, and no value among them. */
const namesColumns = (row: SheetRow | undefined, content: ReadonlyMap<string, number>): boolean =>
  [...content.values()].every((column) => {
    const cell = row?.cells[column];
    return typeof cell === 'string' && /\p{L}/u.test(cell);
  });

/** Fields of which a column has still to be chosen: of each list, one is enough. */
export const missingColumns = <K extends SheetKind>(kind: K, mapping: Mapping<K>): readonly (readonly Field<K>[])[] =>
  neededFields[kind].filter((either) => either.every((field) => mapping[field] === undefined));
