/**
 * A formulary as it travels and is kept: columns instead of objects, a text that repeats written once. A country's whole
 * formulary is then a few hundred kilobytes compressed, and one answer. It knows no field but the packs, so that one
 * more field of a medicine travels without a change here.
 */
import * as z from 'zod';
import type { Medicine } from './medicine.ts';

/** One value a row, or, where values repeat, each value once and its place for every row. `null` is an absent field. */
const Column = z.object({ values: z.array(z.unknown()), at: z.array(z.int()).exactOptional() });
type Column = z.infer<typeof Column>;

const Columns = z.record(z.string(), Column);
type Columns = z.infer<typeof Columns>;

export const PackedFormulary = z
  .object({
    /** Readers of another layout ask for the list again. */
    layout: z.literal(1),
    /** How many packs each medicine has; they follow each other in `packs`. */
    packCounts: z.array(z.int()),
    medicines: Columns,
    packs: Columns,
  })
  .meta({ id: 'PackedFormulary', description: 'The whole formulary by columns' });
export type PackedFormulary = z.infer<typeof PackedFormulary>;

type Row = Readonly<Record<string, unknown>>;

const columnOf = (all: readonly unknown[]): Column => {
  const places = new Map<string, number>();
  const values: unknown[] = [];
  const at = all.map((value) => {
    const text = JSON.stringify(value);
    const known = places.get(text) ?? values.push(value) - 1;
    places.set(text, known);
    return known;
  });
  return values.length * 2 > all.length ? { values: [...all] } : { values, at };
};

const columnsOf = (rows: readonly Row[]): Columns => {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort();
  return Object.fromEntries(names.map((name) => [name, columnOf(rows.map((row) => row[name] ?? null))]));
};

const rowsOf = (columns: Columns, count: number): Record<string, unknown>[] => {
  const rows = Array.from({ length: count }, (): Record<string, unknown> => ({}));
  for (const [name, { values, at }] of Object.entries(columns))
    rows.forEach((row, n) => {
      const value = values[at ? (at[n] as number) : n];
      if (value !== null) row[name] = value;
    });
  return rows;
};

/** The same medicines in whatever order pack the same. */
export const packFormulary = (medicines: readonly Medicine[]): PackedFormulary => {
  const keyOf = ({ inn, code }: Medicine): string => `${inn}\n${code}`;
  const keyed = medicines.map((medicine) => ({ key: keyOf(medicine), medicine }));
  const sorted = keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ medicine }) => medicine);
  return {
    layout: 1,
    packCounts: sorted.map(({ packs }) => packs.length),
    medicines: columnsOf(sorted.map(({ packs: _, ...medicine }) => medicine)),
    packs: columnsOf(sorted.flatMap(({ packs }) => packs)),
  };
};

/** What `packFormulary` was given, by INN and code. It trusts its input: whoever packed had parsed the medicines. */
export const unpackFormulary = ({ packCounts, medicines, packs }: PackedFormulary): Medicine[] => {
  const packRows = rowsOf(
    packs,
    packCounts.reduce((sum, count) => sum + count, 0),
  );
  let from = 0;
  return rowsOf(medicines, packCounts.length).map((row, n) => {
    const to = from + (packCounts[n] as number);
    const medicine = { ...row, packs: packRows.slice(from, to) } as unknown as Medicine;
    from = to;
    return medicine;
  });
};
