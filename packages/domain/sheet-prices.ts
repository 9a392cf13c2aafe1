/** Rows of a sheet that say what packs cost: a supplier's list of prices, and registered prices. */
import type { ReferencePrice } from './price-control.ts';
import type { Field, Mapping, Sheet, SheetKind } from './sheet.ts';
import {
  type Head,
  inOrder,
  medicinesOf,
  mostPrice,
  type Packs,
  packOfRow,
  type RowProblem,
  type Rows,
  readEach,
} from './sheet-rows.ts';
import { readDay, readMoney, readText, readWhole } from './sheet-values.ts';
import { homeCurrency, type WantedPrice } from './supplier.ts';

/** In which suppliers here ask for money; all of them have hundredths. */
export const listCurrencies = [homeCurrency, 'USD', 'EUR', 'RUB', 'CNY', 'INR', 'TRY'] as const;

/** Where a row says nothing: the day on which the list begins. */
interface Known {
  readonly packs: Packs;
  readonly today: string;
}

const known = { test: (text: string) => (listCurrencies as readonly string[]).includes(text) };

/** One pack from one day stands once; the row that says it again names the first. */
const onceEach = <Row extends { readonly row: number; readonly gtin: string }>(
  rows: readonly Row[],
  mapping: Mapping<SheetKind>,
  dayOf: (row: Row) => string,
): RowProblem[] => {
  const first = new Map<string, number>();
  const field: Field = mapping.gtin === undefined ? 'medicine' : 'gtin';
  const column = mapping[field];
  return rows.flatMap((row) => {
    const name = `${row.gtin}#${dayOf(row)}`;
    const before = first.get(name);
    if (before === undefined) first.set(name, row.row);
    return before === undefined
      ? []
      : [
          {
            row: row.row,
            field,
            ...(column !== undefined && { column }),
            code: 'price-twice' as const,
            facts: { first: before },
          },
        ];
  });
};

/**
 * A supplier's list: a price for each pack, from the day that a row names or from `today`, in soums unless a row names
 * another currency with its rate.
 */
export const readPrices = (sheet: Sheet, head: Head<'prices'>, { packs, today }: Known): Rows<WantedPrice> => {
  const gtinsOf = medicinesOf(packs);
  const { rows, problems, notes } = readEach(sheet, head, (reader): WantedPrice | undefined => {
    const found = packOfRow(reader, packs, gtinsOf);
    const packPrice = reader.need('price', (cell) => readMoney(cell, mostPrice));
    const currency =
      reader.take('currency', (cell) => {
        const read = readText(cell, 3);
        return read.kind === 'value' ? readText(read.value.toUpperCase(), 3, known) : read;
      }) ?? homeCurrency;
    const readRate = (cell: Parameters<typeof readMoney>[0]) => readMoney(cell, mostPrice);
    const rate = currency === homeCurrency ? undefined : reader.need('rate', readRate);
    const minPacks = reader.take('minPacks', (cell) => readWhole(cell, 1, 1_000_000)) ?? 1;
    const multiple = reader.take('multiple', (cell) => readWhole(cell, 1, 1_000_000)) ?? 1;
    const leadDays = reader.need('leadDays', (cell) => readWhole(cell, 0, 730));
    const validFrom = reader.take('validFrom', (cell) => readDay(cell, sheet.epoch)) ?? today;
    const validUntil = reader.take('validUntil', (cell) => readDay(cell, sheet.epoch));
    if (validUntil !== undefined && validUntil < validFrom)
      reader.fail('validUntil', 'days-order', { from: validFrom, until: validUntil });
    if (!found || packPrice === undefined || leadDays === undefined) return undefined;
    return {
      gtin: found.gtin,
      packPrice,
      currency,
      ...(rate !== undefined && { rate }),
      minPacks,
      multiple,
      leadDays,
      validFrom,
      ...(validUntil !== undefined && { validUntil }),
    };
  });
  return { rows, problems: inOrder([...problems, ...onceEach(rows, head.mapping, (r) => r.validFrom)]), notes };
};

/** A registered price; the list itself may say for all rows which decision it is. */
export type ReferenceRow = Omit<ReferencePrice, 'source'> & { readonly source?: string };

/** Registered prices of packs, from the day that a row names or from `today`. */
export const readReferences = (sheet: Sheet, head: Head<'references'>, { packs, today }: Known): Rows<ReferenceRow> => {
  const gtinsOf = medicinesOf(packs);
  const { rows, problems, notes } = readEach(sheet, head, (reader): ReferenceRow | undefined => {
    const found = packOfRow(reader, packs, gtinsOf);
    const packPrice = reader.need('price', (cell) => {
      const read = readMoney(cell, mostPrice);
      return read.kind === 'value' && read.value === 0
        ? { kind: 'problem', code: 'out-of-range', facts: { least: '0,01', most: mostPrice / 100 } }
        : read;
    });
    const from = reader.take('validFrom', (cell) => readDay(cell, sheet.epoch)) ?? today;
    const source = reader.take('source', (cell) => readText(cell, 120, { test: (text) => text.length >= 3 }));
    if (!found || packPrice === undefined) return undefined;
    return { gtin: found.gtin, packPrice, from, ...(source !== undefined && { source }) };
  });
  return { rows, problems: inOrder([...problems, ...onceEach(rows, head.mapping, (r) => r.from)]), notes };
};
