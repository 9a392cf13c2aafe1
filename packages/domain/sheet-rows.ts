/**
 * Rows of a sheet as what they mean: an opening balance, sites, an expected delivery. Every row is read to its end, so
 * that a person sees all that is wrong at once, and each problem names its cell. Nothing is corrected on the way.
 */
import { SiteId } from './actor.ts';
import { MedicineCode } from './medicine.ts';
import type { Cell, SheetRow } from './sheet.ts';
import { cellAddress, cellText, columnLetters, type Field, type Mapping, type Sheet, type SheetKind } from './sheet.ts';
import {
  type Reading,
  readDay,
  readGtin,
  readLot,
  readMoney,
  readSscc,
  readText,
  readWhole,
  readWord,
  valueProblemCodes,
} from './sheet-values.ts';
import { isLicensedKind, type Licence, Region, type SiteKind } from './standing.ts';
import { maxReceivedUnits } from './stock.ts';

export const rowProblemCodes = [
  ...valueProblemCodes,
  'columns',
  'gtin-unknown',
  'medicine-unknown',
  'which-pack',
  'medicine-differs',
  'amounts-differ',
  'part-of-pack',
  'expiry-differs',
  'site-twice',
  'licence-order',
  'licence-missing',
  'price-twice',
  'days-order',
] as const;
export type RowProblemCode = (typeof rowProblemCodes)[number];

/** What is worth a look and stops nothing. */
export const rowNoteCodes = [
  'lot-as-number',
  'expired',
  'duplicate-summed',
  'price-differs',
  'place-differs',
  'days-as-months',
] as const;
export type RowNoteCode = (typeof rowNoteCodes)[number];

interface Said<Code> {
  /** The row or line of the file, from 1. */
  readonly row: number;
  /** From 0; absent where the whole row is meant. */
  readonly column?: number;
  readonly field?: Field;
  readonly code: Code;
  readonly facts?: Readonly<Record<string, string | number>>;
}
export type RowProblem = Said<RowProblemCode>;
export type RowNote = Said<RowNoteCode>;

export interface Rows<Row> {
  readonly rows: readonly (Row & { readonly row: number })[];
  readonly problems: readonly RowProblem[];
  readonly notes: readonly RowNote[];
}

/** Where a person finds it: `D17`, or `17` for a row. */
export const addressOf = ({ row, column }: Pick<RowProblem, 'row' | 'column'>): string =>
  column === undefined ? String(row) : cellAddress(column, row);

/** A pack of the formulary, as far as rows need it. */
export interface PackFacts {
  readonly medicine: string;
  readonly units: number;
  readonly divisibleBy?: number;
}
/** Packs by GTIN. */
export type Packs = ReadonlyMap<string, PackFacts>;

export interface Head<K extends SheetKind> {
  readonly mapping: Mapping<K>;
  /** Index into the sheet's rows, -1 where there are no names. */
  readonly header: number;
}

export interface RowReader {
  take<T>(field: Field, read: (cell: Cell) => Reading<T>): T | undefined;
  need<T>(field: Field, read: (cell: Cell) => Reading<T>): T | undefined;
  /** One of the fields is needed; nothing more is said where one of them is wrong already. */
  needOne(fields: readonly Field[]): undefined;
  fail(field: Field | undefined, code: RowProblemCode, facts?: RowProblem['facts']): undefined;
  note(field: Field, code: RowNoteCode, facts?: RowNote['facts']): void;
}

/** Reads rows one by one; a row of which any cell failed gives nothing. Rows without a value in any column are passed over. */
export const readEach = <K extends SheetKind, Row>(
  sheet: Sheet,
  { mapping, header }: Head<K>,
  readRow: (reader: RowReader, row: number) => Row | undefined,
): { rows: (Row & { row: number })[]; problems: RowProblem[]; notes: RowNote[] } => {
  const columns = new Map(Object.entries(mapping) as [Field, number][]);
  const width = header < 0 ? Number.POSITIVE_INFINITY : (sheet.rows[header]?.cells.length ?? 0);
  const rows: (Row & { row: number })[] = [];
  const problems: RowProblem[] = [];
  const notes: RowNote[] = [];
  const at = (row: SheetRow, field: Field | undefined) => {
    const column = field === undefined ? undefined : columns.get(field);
    return { row: row.row, ...(column !== undefined && { column }), ...(field !== undefined && { field }) };
  };
  for (const row of sheet.rows.slice(header + 1)) {
    if ([...columns.values()].every((column) => isBlank(row.cells[column]))) continue;
    const before = problems.length;
    const reader: RowReader = {
      needOne: (fields) => {
        if (problems.slice(before).some(({ field }) => field !== undefined && fields.includes(field))) return undefined;
        return reader.fail(fields.find((field) => columns.has(field)) ?? fields[0], 'missing');
      },
      fail: (field, code, facts) => {
        problems.push({ ...at(row, field), code, ...(facts && { facts }) });
        return undefined;
      },
      note: (field, code, facts) => void notes.push({ ...at(row, field), code, ...(facts && { facts }) }),
      take: (field, read) => {
        const column = columns.get(field);
        const found = column === undefined ? undefined : read(row.cells[column]);
        if (found?.kind === 'problem') return reader.fail(field, found.code, found.facts);
        if (found?.kind !== 'value') return undefined;
        if (found.guessed) reader.note(field, found.guessed);
        return found.value;
      },
      need: (field, read) => {
        const failed = problems.length;
        const found = reader.take(field, read);
        return found === undefined && problems.length === failed ? reader.fail(field, 'missing') : found;
      },
    };
    // A decimal comma in a file that is divided by commas moves every value behind it.
    if (sheet.form === 'text' && row.cells.slice(width).some((cell) => !isBlank(cell)))
      reader.fail(undefined, 'columns', { expected: width, found: row.cells.length });
    const value = readRow(reader, row.row);
    if (value !== undefined && problems.length === before) rows.push({ ...value, row: row.row });
  }
  return { rows, problems, notes };
};

const isBlank = (cell: Cell): boolean => cell === undefined || (typeof cell === 'string' && cell.trim() === '');

// --- goods -----------------------------------------------------------------------------------------------------------

export interface OpeningRow {
  readonly gtin: string;
  readonly lot: string;
  readonly expiryDate: string;
  /** Units. */
  readonly quantity: number;
  /** Tiyin for a pack. */
  readonly packPrice?: number;
  readonly zone?: string;
  readonly shelf?: string;
}

export interface ExpectedRow {
  readonly gtin: string;
  readonly lot: string;
  readonly expiryDate?: string;
  readonly packs: number;
  readonly packPrice?: number;
  readonly sscc?: string;
}

export const mostPrice = 1_000_000_000_000;
const spot = /^[\p{L}\p{N}][\p{L}\p{N} ./-]{0,19}$/u;

/** The pack of a row: by its GTIN, or by a medicine that has one pack only. A medicine named beside a GTIN must be its own. */
export const packOfRow = (reader: RowReader, packs: Packs, gtinsOf: ReadonlyMap<string, readonly string[]>) => {
  const gtin = reader.take('gtin', readGtin);
  const medicine = reader.take('medicine', (cell) => readText(cell, 16))?.toUpperCase();
  if (gtin !== undefined) {
    const pack = packs.get(gtin);
    if (!pack) return reader.fail('gtin', 'gtin-unknown', { gtin });
    if (medicine !== undefined && medicine !== pack.medicine)
      return reader.fail('medicine', 'medicine-differs', { medicine, expected: pack.medicine });
    return { gtin, pack };
  }
  if (medicine === undefined) return reader.needOne(['gtin', 'medicine']);
  if (!MedicineCode.safeParse(medicine).success || !gtinsOf.has(medicine))
    return reader.fail('medicine', 'medicine-unknown', { medicine });
  const [only, ...others] = gtinsOf.get(medicine) ?? [];
  const pack = only === undefined ? undefined : packs.get(only);
  return only === undefined || !pack || others.length > 0
    ? reader.fail('medicine', 'which-pack', { medicine, packs: others.length + 1 })
    : { gtin: only, pack };
};

/** Units of a row that names units, packs, or both, where they agree; nothing for a pack that nobody knows. */
const unitsOfRow = (reader: RowReader, pack: PackFacts | undefined): number | undefined => {
  const { units, divisibleBy } = pack ?? { units: 1 };
  const quantity = reader.take('quantity', (cell) => readWhole(cell, 1, maxReceivedUnits));
  const packs = reader.take('packs', (cell) => readWhole(cell, 1, Math.floor(maxReceivedUnits / units)));
  if (quantity === undefined && packs === undefined) return reader.needOne(['packs', 'quantity']);
  if (!pack) return undefined;
  if (quantity !== undefined && packs !== undefined && quantity !== packs * units)
    return reader.fail('quantity', 'amounts-differ', { quantity, packs, units });
  const all = quantity ?? (packs as number) * units;
  const step = divisibleBy ?? units;
  return all % step === 0 ? all : reader.fail('quantity', 'part-of-pack', { quantity: all, step });
};

/** GTINs of each medicine. */
export const medicinesOf = (packs: Packs): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const [gtin, { medicine }] of packs) found.set(medicine, [...(found.get(medicine) ?? []), gtin]);
  return found;
};

interface Lots {
  readonly row: number;
  readonly gtin: string;
  readonly lot: string;
  readonly expiryDate?: string;
  readonly packPrice?: number;
  readonly zone?: string;
  readonly shelf?: string;
}

/**
 * One row a lot, its amounts together, where `nameOf` says that two are the same; a lot has one expiry date, in whichever
 * rows it stands.
 */
const joined = <Row extends Lots>(
  read: { rows: Row[]; problems: RowProblem[]; notes: RowNote[] },
  mapping: Mapping<SheetKind>,
  nameOf: (row: Row) => string,
  add: (first: Row, more: Row) => Row,
): { rows: Row[]; problems: RowProblem[]; notes: RowNote[] } => {
  const problems = [...read.problems];
  const notes = [...read.notes];
  const firstOfLot = new Map<string, Row>();
  const found = new Map<string, Row>();
  const at = (row: Row, field: Field) => {
    const column = mapping[field];
    return { row: row.row, field, ...(column !== undefined && { column }) };
  };
  for (const row of read.rows) {
    const lot = `${row.gtin}#${row.lot}`;
    const first = firstOfLot.get(lot);
    if (first && first.expiryDate !== row.expiryDate) {
      const facts = { first: first.row, firstDate: first.expiryDate ?? '', date: row.expiryDate ?? '' };
      problems.push({ ...at(row, 'expiryDate'), code: 'expiry-differs', facts });
      continue;
    }
    if (!first) firstOfLot.set(lot, row);
    const name = nameOf(row);
    const same = found.get(name);
    if (same) {
      notes.push({ ...at(row, 'lot'), code: 'duplicate-summed', facts: { first: same.row } });
      if (same.packPrice !== row.packPrice)
        notes.push({ ...at(row, 'packPrice'), code: 'price-differs', facts: { first: same.row } });
      if (same.zone !== row.zone || same.shelf !== row.shelf)
        notes.push({ ...at(row, 'zone'), code: 'place-differs', facts: { first: same.row } });
    }
    found.set(name, same ? add(same, row) : row);
  }
  return { rows: [...found.values()], problems, notes };
};

/**
 * An opening balance. Packs come out as units of `packs`; a lot that stands in several rows is one row, its units
 * together, with the price and the place of the first. What has expired by `today` (`YYYY-MM-DD`) is taken and noted: it is on the shelf.
 */
export const readOpening = (
  sheet: Sheet,
  head: Head<'opening'>,
  { packs, today }: { packs: Packs; today: string },
): Rows<OpeningRow> => {
  const gtinsOf = medicinesOf(packs);
  const read = readEach(sheet, head, (reader): OpeningRow | undefined => {
    const found = packOfRow(reader, packs, gtinsOf);
    const lot = reader.need('lot', readLot);
    const expiryDate = reader.need('expiryDate', (cell) => readDay(cell, sheet.epoch));
    const quantity = unitsOfRow(reader, found?.pack);
    const packPrice = reader.take('packPrice', (cell) => readMoney(cell, mostPrice));
    const zone = reader.take('zone', (cell) => readText(cell, 20, spot));
    const shelf = reader.take('shelf', (cell) => readText(cell, 20, spot));
    if (!found || lot === undefined || expiryDate === undefined || quantity === undefined) return undefined;
    if (expiryDate < today) reader.note('expiryDate', 'expired', { date: expiryDate });
    return {
      gtin: found.gtin,
      lot,
      expiryDate,
      quantity,
      ...(packPrice !== undefined && { packPrice }),
      ...(zone !== undefined && { zone }),
      ...(shelf !== undefined && { shelf }),
    };
  });
  const { rows, problems, notes } = joined(
    read,
    head.mapping,
    ({ gtin, lot }) => `${gtin}#${lot}`,
    (first, more) => ({ ...first, quantity: first.quantity + more.quantity }),
  );
  for (const row of rows)
    if (row.quantity > maxReceivedUnits)
      problems.push({
        row: row.row,
        field: 'quantity',
        code: 'out-of-range',
        facts: { least: 1, most: maxReceivedUnits },
      });
  return { rows, problems: inOrder(problems), notes };
};

/**
 * An expected delivery. Units come out as whole packs; a GTIN that the formulary has not is a problem of the row. The same
 * lot in the same logistic unit is one row.
 */
export const readExpected = (sheet: Sheet, head: Head<'expected'>, { packs }: { packs: Packs }): Rows<ExpectedRow> => {
  const read = readEach(sheet, head, (reader): ExpectedRow | undefined => {
    const found = packOfRow(reader, packs, new Map());
    const lot = reader.need('lot', readLot);
    const expiryDate = reader.take('expiryDate', (cell) => readDay(cell, sheet.epoch));
    const quantity = unitsOfRow(reader, found && { ...found.pack, divisibleBy: found.pack.units });
    const packPrice = reader.take('packPrice', (cell) => readMoney(cell, mostPrice));
    const sscc = reader.take('sscc', readSscc);
    if (!found || lot === undefined || quantity === undefined) return undefined;
    return {
      gtin: found.gtin,
      lot,
      packs: quantity / found.pack.units,
      ...(expiryDate !== undefined && { expiryDate }),
      ...(packPrice !== undefined && { packPrice }),
      ...(sscc !== undefined && { sscc }),
    };
  });
  const { rows, problems, notes } = joined(
    read,
    head.mapping,
    ({ gtin, lot, sscc }) => `${sscc ?? ''}#${gtin}#${lot}`,
    (first, more) => ({ ...first, packs: first.packs + more.packs }),
  );
  return { rows, problems: inOrder(problems), notes };
};

export const inOrder = (problems: readonly RowProblem[]): RowProblem[] =>
  [...problems].sort((a, b) => a.row - b.row || (a.column ?? -1) - (b.column ?? -1));

// --- sites -----------------------------------------------------------------------------------------------------------

export interface SiteRow {
  readonly id: string;
  readonly kind: SiteKind;
  readonly name: string;
  readonly region: string;
  readonly address?: string;
  readonly licence?: Licence;
}

/** The words by which people name kinds of sites and regions, in any language; keys are ours. */
export interface SiteWords {
  readonly kinds: Readonly<Record<SiteKind, readonly string[]>>;
  readonly regions: Readonly<Record<string, readonly string[]>>;
}

const licenceOfRow = (reader: RowReader, epoch: Sheet['epoch']): Licence | undefined => {
  const number = reader.take('licenceNumber', (cell) => readText(cell, 40));
  const from = reader.take('licenceFrom', (cell) => readDay(cell, epoch));
  const until = reader.take('licenceUntil', (cell) => readDay(cell, epoch));
  if (number === undefined && from === undefined && until === undefined) return undefined;
  if (number === undefined || from === undefined || until === undefined) {
    const absent = number === undefined ? 'licenceNumber' : from === undefined ? 'licenceFrom' : 'licenceUntil';
    return reader.fail(absent, 'licence-missing');
  }
  return from <= until ? { number, from, until } : reader.fail('licenceUntil', 'licence-order', { from, until });
};

/** Sites to be set up. Kind and region may be named in any language; a clinic or a pharmacy needs its licence whole. */
export const readSites = (sheet: Sheet, head: Head<'sites'>, { words }: { words: SiteWords }): Rows<SiteRow> => {
  const seen = new Map<string, number>();
  const { rows, problems, notes } = readEach(sheet, head, (reader, row): SiteRow | undefined => {
    const id = reader.need('id', (cell) => readText(cell, 16, siteId));
    const kind = reader.need('kind', (cell) => readWord(cell, words.kinds));
    const name = reader.need('name', (cell) => readText(cell, 120));
    const region = reader.need('region', (cell) => readWord(cell, words.regions));
    const address = reader.take('address', (cell) => readText(cell, 200));
    const licence = licenceOfRow(reader, sheet.epoch);
    if (id === undefined || kind === undefined || name === undefined || region === undefined) return undefined;
    if (!Region.safeParse(region).success) return reader.fail('region', 'bad-text', { value: region });
    if (!licence && isLicensedKind(kind)) return reader.fail('licenceNumber', 'licence-missing');
    const first = seen.get(id);
    if (first !== undefined) return reader.fail('id', 'site-twice', { id, first });
    seen.set(id, row);
    return { id, kind, name, region, ...(address !== undefined && { address }), ...(licence && { licence }) };
  });
  return { rows, problems, notes };
};

const siteId = { test: (text: string) => SiteId.safeParse(text).success };

/** The names of the columns as a file shows them, for a person who chooses: `C · Серия`. */
export const columnNames = (sheet: Sheet, header: number): readonly string[] => {
  const heading = sheet.rows[header]?.cells ?? [];
  const width = Math.max(heading.length, ...sheet.rows.slice(header + 1, header + 51).map(({ cells }) => cells.length));
  return Array.from({ length: width }, (_, column) => {
    const name = header < 0 ? '' : cellText(heading[column]).slice(0, 60);
    return name === '' ? columnLetters(column) : `${columnLetters(column)} · ${name}`;
  });
};
