/**
 * Rows of an opening balance, as a file brought them: what each means, and what speaks against it, by row and field.
 * Nothing of an import counts before every row is sound.
 */
import * as z from 'zod';
import { Gtin, MedicineCode } from './medicine.ts';
import type { RefusalCode } from './refusal.ts';
import { Lot, maxReceivedUnits, Shelf, stepOf, Zone } from './stock.ts';
import { Day } from './time.ts';

/** Rows of one import, and of each part of it but the last. */
export const maxImportRows = 50_000;
export const importPartRows = 1_000;
/** Rows that one transaction posts, whatever is controlled among them. */
export const importChunkRows = 18;
/** Problems that an answer holds; more are only counted. */
export const shownProblems = 1_000;

export const importFields = [
  'gtin',
  'medicine',
  'lot',
  'expiryDate',
  'quantity',
  'packs',
  'packPrice',
  'zone',
  'shelf',
] as const;
export type ImportField = (typeof importFields)[number];

const Value = z.union([z.string().max(200), z.number()]);
/** Any text or number: what cannot be taken is a problem of its row, not of the request. */
export const ImportRow = z
  .strictObject(
    Object.fromEntries(importFields.map((field) => [field, Value.exactOptional()])) as Record<
      ImportField,
      z.ZodExactOptional<typeof Value>
    >,
  )
  .meta({
    id: 'ImportRow',
    description:
      'One row as the file has it: `gtin` or `medicine`, and `quantity` (units) or `packs`; `packPrice` in tiyin',
  });
export type ImportRow = z.infer<typeof ImportRow>;

export const importProblems = [
  'value-missing',
  'value-invalid',
  'gtin-unknown',
  'medicine-unknown',
  'pack-ambiguous',
  'pack-wrong-medicine',
  'packs-and-quantity',
  'quantity-invalid',
  'expiry-mismatch',
  'lot-repeated',
  'lot-known-here',
] as const satisfies readonly RefusalCode[];

/** What is wrong with one field of one row; `row` counts the rows of the import from 0. */
export const ImportProblem = z
  .object({
    row: z.int().nonnegative(),
    field: z.enum(importFields),
    code: z.enum(importProblems),
    facts: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .meta({ id: 'ImportProblem' });
export type ImportProblem = z.infer<typeof ImportProblem>;

type Trouble = Omit<ImportProblem, 'row'>;

/** A row whose values are each of the right form. */
export interface ReadRow {
  readonly gtin?: string;
  readonly medicine?: string;
  readonly lot: string;
  readonly expiryDate: string;
  readonly quantity?: number;
  readonly packs?: number;
  readonly packPrice?: number;
  readonly zone?: string;
  readonly shelf?: string;
}

const Units = z.int().min(1).max(maxReceivedUnits);
const shapes = {
  gtin: Gtin,
  medicine: MedicineCode,
  lot: Lot,
  expiryDate: Day,
  quantity: Units,
  packs: Units,
  packPrice: z.int().min(0).max(1_000_000_000_000),
  zone: Zone,
  shelf: Shelf,
} as const satisfies Record<ImportField, z.ZodType>;
const numeric: ReadonlySet<ImportField> = new Set(['quantity', 'packs', 'packPrice']);

/** A number in digits is a number, and a number where a text belongs is its digits. */
const cellValue = (field: ImportField, raw: string | number | undefined): unknown => {
  if (raw === undefined) return undefined;
  const text = String(raw).trim();
  if (text === '') return undefined;
  return numeric.has(field) && /^\d{1,15}$/.test(text) ? Number(text) : text;
};

/** The row with each value in its form, and what is missing or malformed; the row only where nothing is. */
export const readImportRow = (row: ImportRow): { read?: ReadRow; troubles: Trouble[] } => {
  const troubles: Trouble[] = [];
  const read: Record<string, unknown> = {};
  for (const field of importFields) {
    const value = cellValue(field, row[field]);
    if (value === undefined) continue;
    const parsed = shapes[field].safeParse(value);
    if (parsed.success) read[field] = parsed.data;
    else troubles.push({ field, code: 'value-invalid', facts: { value: String(value).slice(0, 40) } });
  }
  const given = (field: ImportField) => read[field] !== undefined || troubles.some((t) => t.field === field);
  for (const field of ['lot', 'expiryDate'] as const)
    if (!given(field)) troubles.push({ field, code: 'value-missing', facts: {} });
  if (!given('gtin') && !given('medicine')) troubles.push({ field: 'gtin', code: 'value-missing', facts: {} });
  if (given('quantity') === given('packs')) troubles.push({ field: 'quantity', code: 'packs-and-quantity', facts: {} });
  return troubles.length > 0 ? { troubles } : { read: read as unknown as ReadRow, troubles };
};

/** What a pack of the formulary says to a row. */
export interface ImportPack {
  readonly gtin: string;
  readonly medicine: string;
  readonly units: number;
  readonly divisibleBy?: number;
}

/** The pack that a row means: by its GTIN, else the only one of its medicine. */
export const packOfRow = <P extends ImportPack>(
  row: ReadRow,
  packs: ReadonlyMap<string, P>,
  packsOf: ReadonlyMap<string, readonly string[]>,
): P | Trouble => {
  const only = row.medicine === undefined ? undefined : packsOf.get(row.medicine);
  if (row.medicine !== undefined && !only)
    return { field: 'medicine', code: 'medicine-unknown', facts: { medicine: row.medicine } };
  if (row.gtin === undefined && only && only.length !== 1)
    return { field: 'gtin', code: 'pack-ambiguous', facts: { packs: only.length } };
  const gtin = row.gtin ?? (only?.[0] as string);
  const pack = packs.get(gtin);
  if (!pack) return { field: 'gtin', code: 'gtin-unknown', facts: { gtin } };
  if (row.medicine !== undefined && pack.medicine !== row.medicine)
    return { field: 'medicine', code: 'pack-wrong-medicine', facts: { medicine: pack.medicine } };
  return pack;
};

/** Units of a row: whole packs, or whole parts of packs that can be divided. */
export const unitsOfRow = (row: ReadRow, pack: ImportPack): number | Trouble => {
  const units = row.quantity ?? (row.packs as number) * pack.units;
  const step = stepOf({
    packUnits: pack.units,
    ...(pack.divisibleBy !== undefined && { divisibleBy: pack.divisibleBy }),
  });
  const field = row.quantity === undefined ? 'packs' : 'quantity';
  if (units % step !== 0) return { field, code: 'quantity-invalid', facts: { step } };
  if (units > maxReceivedUnits) return { field, code: 'quantity-invalid', facts: { max: maxReceivedUnits } };
  return units;
};

/**
 * Rows that name a lot which an earlier row of the import names already, by their position; `known` are the names of
 * rows, each `gtin#lot`, in the order of the import, with nothing where a row could not be read.
 */
export const repeatedRows = (names: readonly (string | undefined)[]): ImportProblem[] => {
  const first = new Map<string, number>();
  return names.flatMap((name, row): ImportProblem[] => {
    if (name === undefined) return [];
    const before = first.get(name);
    if (before === undefined) {
      first.set(name, row);
      return [];
    }
    return [{ row, field: 'lot', code: 'lot-repeated', facts: { row: before } }];
  });
};

/** How many rows the part that begins at `from` has. */
export const rowsOfPart = (from: number, rows: number): number => Math.min(importPartRows, rows - from);

const chunksOfPart = Math.ceil(importPartRows / importChunkRows);
/** The number, from 1, of the chunk in which a part's first rows are posted. */
export const firstChunkOf = (from: number): number => (from / importPartRows) * chunksOfPart + 1;
/** How many chunks post all rows. */
export const chunksOfImport = (rows: number): number => {
  const last = rows % importPartRows;
  return Math.floor(rows / importPartRows) * chunksOfPart + Math.ceil(last / importChunkRows);
};
