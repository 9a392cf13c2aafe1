/** Rows of a sheet that say what was used before Darmon: a medicine's month or day each, in units or in packs. */
import { SiteId } from './actor.ts';
import { MedicineCode } from './medicine.ts';
import { maxPastUnits } from './past-use.ts';
import type { Sheet } from './sheet.ts';
import { type Head, inOrder, medicinesOf, type Packs, type Rows, readEach } from './sheet-rows.ts';
import { readGtin, readPeriod, readText, readWhole } from './sheet-values.ts';

export interface PastUseRow {
  readonly site?: string;
  readonly medicine: string;
  /** YYYY-MM, or YYYY-MM-DD. */
  readonly period: string;
  /** Units. */
  readonly quantity: number;
  /** Days without stock. */
  readonly daysOut?: number;
}

const siteId = { test: (text: string) => SiteId.safeParse(text).success };
const code = { test: (text: string) => MedicineCode.safeParse(text).success };
const mostDays = 31;

/**
 * Use from before Darmon. Packs come out as units, where it is clear of which size they are. Where every day of the file
 * is the first of its month, months are meant, and it is noted: that is what programs make of months that are typed.
 */
export const readPast = (sheet: Sheet, head: Head<'past'>, { packs }: { packs: Packs }): Rows<PastUseRow> => {
  const gtinsOf = medicinesOf(packs);
  const { rows, problems, notes } = readEach(sheet, head, (reader): PastUseRow | undefined => {
    const site = reader.take('site', (cell) => {
      const read = readText(cell, 16);
      return read.kind === 'value' ? readText(read.value.toUpperCase(), 16, siteId) : read;
    });
    const gtin = reader.take('gtin', readGtin);
    const named = reader.take('medicine', (cell) => {
      const read = readText(cell, 16);
      return read.kind === 'value' ? readText(read.value.toUpperCase(), 16, code) : read;
    });
    const pack = gtin === undefined ? undefined : packs.get(gtin);
    if (gtin !== undefined && !pack) reader.fail('gtin', 'gtin-unknown', { gtin });
    if (named !== undefined && !gtinsOf.has(named)) reader.fail('medicine', 'medicine-unknown', { medicine: named });
    else if (named !== undefined && pack && pack.medicine !== named)
      reader.fail('medicine', 'medicine-differs', { medicine: named, expected: pack.medicine });
    if (gtin === undefined && named === undefined) reader.needOne(['medicine', 'gtin']);
    const medicine = pack?.medicine ?? named;
    const period = reader.need('period', (cell) => readPeriod(cell, sheet.epoch));
    const quantity = reader.take('quantity', (cell) => readWhole(cell, 0, maxPastUnits));
    const whole = reader.take('packs', (cell) => readWhole(cell, 0, maxPastUnits));
    const daysOut = reader.take('daysOut', (cell) => readWhole(cell, 0, mostDays));
    if (quantity === undefined && whole === undefined) reader.needOne(['quantity', 'packs']);
    const own = (medicine === undefined ? undefined : gtinsOf.get(medicine)) ?? [];
    const sizes = new Set(own.map((one) => packs.get(one)?.units));
    const size = pack?.units ?? (sizes.size === 1 ? [...sizes][0] : undefined);
    if (whole !== undefined && medicine !== undefined && own.length > 0) {
      if (size === undefined) reader.fail('gtin', 'which-pack', { medicine, packs: own.length });
      else if (quantity !== undefined && quantity !== whole * size)
        reader.fail('quantity', 'amounts-differ', { quantity, packs: whole, units: size });
    }
    const used = quantity ?? (whole === undefined || size === undefined ? undefined : whole * size);
    if (used !== undefined && used > maxPastUnits)
      reader.fail('packs', 'out-of-range', { least: 0, most: Math.floor(maxPastUnits / (size ?? 1)) });
    if (medicine === undefined || period === undefined || used === undefined) return undefined;
    return {
      medicine,
      period,
      quantity: used,
      ...(site !== undefined && { site }),
      ...(daysOut !== undefined && { daysOut }),
    };
  });
  const days = rows.filter(({ period }) => period.length > 7);
  const [first] = days;
  if (!first || days.some(({ period }) => !period.endsWith('-01'))) return { rows, problems: inOrder(problems), notes };
  const column = head.mapping.period;
  const note = { row: first.row, field: 'period' as const, ...(column !== undefined && { column }) };
  return {
    rows: rows.map((row) => ({ ...row, period: row.period.slice(0, 7) })),
    problems: inOrder(problems),
    notes: [...notes, { ...note, code: 'days-as-months' }],
  };
};
