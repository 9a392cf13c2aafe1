/**
 * What was used before a site had Darmon, as files of old books bring it: a row is a medicine's month, or one of its
 * days. Days of a month are kept as their sum, because that is what forecasts are made from, and nothing finer is
 * invented from a month. Of the days that the site's own ledger keeps the ledger alone tells.
 */
import * as z from 'zod';
import { SiteId } from './actor.ts';
import { monthBeside } from './ledger-view.ts';
import { Gtin, MedicineCode } from './medicine.ts';
import { dayAfter } from './stock-outlook.ts';
import { Day } from './time.ts';

/** Rows of one import, and of each part of it but the last. */
export const maxPastRows = 50_000;
export const pastPartRows = 1_000;
/** Problems that an answer holds; more are only counted. */
export const shownPastProblems = 1_000;
/** Units of a month or a day; far above any warehouse's. */
export const maxPastUnits = 1_000_000_000;

export const pastFields = ['site', 'medicine', 'gtin', 'period', 'quantity', 'packs', 'daysOut'] as const;
export type PastField = (typeof pastFields)[number];

const Value = z.union([z.string().max(200), z.number()]);
/** Any text or number: what cannot be taken is a problem of its row, not of the request. */
export const PastRow = z
  .strictObject(
    Object.fromEntries(pastFields.map((field) => [field, Value.exactOptional()])) as Record<
      PastField,
      z.ZodExactOptional<typeof Value>
    >,
  )
  .meta({
    id: 'PastUseRow',
    description:
      'One row as the file has it: `medicine` or `gtin`, `period` (YYYY-MM or YYYY-MM-DD), `quantity` (units) or `packs`; `daysOut` are days without stock',
  });
export type PastRow = z.infer<typeof PastRow>;

export const pastProblemCodes = [
  'value-missing',
  'value-invalid',
  'site-unknown',
  'gtin-unknown',
  'medicine-unknown',
  'pack-ambiguous',
  'pack-wrong-medicine',
  'packs-and-quantity',
  'days-out-too-many',
  'period-to-come',
  'period-kept',
  'period-repeated',
  'period-mixed',
  'period-known',
] as const;
export type PastProblemCode = (typeof pastProblemCodes)[number];

/** What is wrong with one field of one row; `row` counts the rows of the import from 0. */
export const PastProblem = z
  .object({
    row: z.int().nonnegative(),
    field: z.enum(pastFields),
    code: z.enum(pastProblemCodes),
    facts: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .meta({ id: 'PastUseProblem' });
export type PastProblem = z.infer<typeof PastProblem>;
type Trouble = Omit<PastProblem, 'row'>;

/** A row whose values are each of the right form. */
export interface ReadPastRow {
  readonly site?: string;
  readonly medicine?: string;
  readonly gtin?: string;
  /** YYYY-MM, or YYYY-MM-DD. */
  readonly period: string;
  readonly quantity?: number;
  readonly packs?: number;
  readonly daysOut?: number;
}

const Units = z.int().min(0).max(maxPastUnits);
/** Nothing is brought of before 2000. */
const Month = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);
const Period = z.union([Month, Day.refine((day) => day >= '2000-01-01')]);
const shapes = {
  site: SiteId,
  medicine: MedicineCode,
  gtin: Gtin,
  period: Period,
  quantity: Units,
  packs: Units,
  daysOut: z.int().min(0).max(31),
} as const satisfies Record<PastField, z.ZodType>;
const numeric: ReadonlySet<PastField> = new Set(['quantity', 'packs', 'daysOut']);

/** A number in digits is a number, and a number where a text belongs is its digits. */
const cellValue = (field: PastField, raw: string | number | undefined): unknown => {
  if (raw === undefined) return undefined;
  const text = String(raw).trim();
  if (text === '') return undefined;
  return numeric.has(field) && /^\d{1,15}$/.test(text) ? Number(text) : text;
};

/** How many days a month (YYYY-MM) has. */
export const daysIn = (month: string): number => Number(dayAfter(`${monthBeside(month, 1)}-01`, -1).slice(8));

/** The row with each value in its form, and what is missing or malformed; the row only where nothing is. */
export const readPastRow = (row: PastRow): { read?: ReadPastRow; troubles: Trouble[] } => {
  const troubles: Trouble[] = [];
  const read: Record<string, unknown> = {};
  for (const field of pastFields) {
    const value = cellValue(field, row[field]);
    if (value === undefined) continue;
    const parsed = shapes[field].safeParse(value);
    if (parsed.success) read[field] = parsed.data;
    else troubles.push({ field, code: 'value-invalid', facts: { value: String(value).slice(0, 40) } });
  }
  const given = (field: PastField) => read[field] !== undefined || troubles.some((t) => t.field === field);
  if (!given('period')) troubles.push({ field: 'period', code: 'value-missing', facts: {} });
  if (!given('medicine') && !given('gtin')) troubles.push({ field: 'medicine', code: 'value-missing', facts: {} });
  if (given('quantity') === given('packs')) troubles.push({ field: 'quantity', code: 'packs-and-quantity', facts: {} });
  const { period, daysOut } = read as Partial<ReadPastRow>;
  const most = period === undefined ? 31 : period.length > 7 ? 1 : daysIn(period);
  if (daysOut !== undefined && daysOut > most)
    troubles.push({ field: 'daysOut', code: 'days-out-too-many', facts: { most } });
  return troubles.length > 0 ? { troubles } : { read: read as unknown as ReadPastRow, troubles };
};

/** What the formulary says to a row. */
export interface PastPacks {
  /** GTINs of each medicine. */
  readonly gtinsOf: ReadonlyMap<string, readonly string[]>;
  readonly packs: ReadonlyMap<string, { readonly medicine: string; readonly units: number }>;
}

/** The medicine that a row means, and how many units: of packs only where it is clear which. */
export const meaningOf = (
  row: ReadPastRow,
  { gtinsOf, packs }: PastPacks,
): { medicine: string; used: number } | Trouble => {
  const own = row.medicine === undefined ? undefined : gtinsOf.get(row.medicine);
  if (row.medicine !== undefined && !own)
    return { field: 'medicine', code: 'medicine-unknown', facts: { medicine: row.medicine } };
  const pack = row.gtin === undefined ? undefined : packs.get(row.gtin);
  if (row.gtin !== undefined && !pack) return { field: 'gtin', code: 'gtin-unknown', facts: { gtin: row.gtin } };
  if (pack && row.medicine !== undefined && pack.medicine !== row.medicine)
    return { field: 'gtin', code: 'pack-wrong-medicine', facts: { medicine: pack.medicine } };
  const medicine = pack?.medicine ?? (row.medicine as string);
  if (row.packs === undefined) return { medicine, used: row.quantity as number };
  const sizes = new Set((own ?? []).map((gtin) => packs.get(gtin)?.units));
  const units = pack?.units ?? (sizes.size === 1 ? [...sizes][0] : undefined);
  if (units === undefined) return { field: 'gtin', code: 'pack-ambiguous', facts: { packs: own?.length ?? 0 } };
  const used = row.packs * units;
  return used <= maxPastUnits
    ? { medicine, used }
    : { field: 'packs', code: 'value-invalid', facts: { value: row.packs } };
};

export const isPastTrouble = <T extends object>(value: T | Trouble): value is Trouble => 'code' in value;

/**
 * What speaks against a period. `since` is the first day that the site's own ledger keeps; what lies there or behind it
 * is not taken. Only a month that is over is one, and only a day that is.
 */
export const periodTrouble = (period: string, since: string | undefined, today: string): Trouble | undefined => {
  const last = period.length > 7 ? period : `${period}-${daysIn(period)}`;
  if (since !== undefined && last >= since) return { field: 'period', code: 'period-kept', facts: { since } };
  return last >= today ? { field: 'period', code: 'period-to-come', facts: {} } : undefined;
};

/** A sound row: a medicine's use in a month, or on a day of it. */
export const PastFigure = z.object({
  /** Of the import, from 0. */
  row: z.int(),
  site: z.string(),
  medicine: z.string(),
  month: z.string(),
  /** Of the month; absent where the figure is of the whole of it. */
  day: z.int().exactOptional(),
  /** The last day of the month that days can tell of: the others are the ledger's, or still to come. */
  through: z.int().exactOptional(),
  used: z.int(),
  out: z.int(),
});
export type PastFigure = z.infer<typeof PastFigure>;

/** The figure of a sound row. `since` and `today` as for `periodTrouble`. */
export const figureOf = (
  row: number,
  {
    site,
    medicine,
    period,
    used,
    daysOut = 0,
  }: { site: string; medicine: string; period: string; used: number; daysOut?: number | undefined },
  since: string | undefined,
  today: string,
): PastFigure => {
  const month = period.slice(0, 7);
  const base = { row, site, medicine, month, used, out: daysOut };
  if (period.length === 7) return base;
  const eve = dayAfter(since ?? today, -1);
  const through = eve.slice(0, 7) === month ? Number(eve.slice(8)) : undefined;
  return { ...base, day: Number(period.slice(8)), ...(through !== undefined && { through }) };
};

/** One month of a medicine at a site from before Darmon. */
export const PastMonth = z.object({
  month: z.string(),
  used: z.int().nonnegative(),
  /** Days without stock. */
  out: z.int().nonnegative(),
  /** The last day that it tells of; absent where that is the whole month. */
  through: z.int().exactOptional(),
  /** The import that brought it: who and when stand in its events. */
  import: z.string(),
});
export type PastMonth = z.infer<typeof PastMonth>;

const sameFigures = (one: Omit<PastMonth, 'import'>, other: Omit<PastMonth, 'import'>): boolean =>
  one.used === other.used && one.out === other.out && one.through === other.through;

/** Months of one medicine at one site as an import brings them, the oldest first, each with the first row that says so. */
export interface PastGroup {
  readonly site: string;
  readonly medicine: string;
  readonly months: readonly (Omit<PastMonth, 'import'> & { readonly row: number })[];
}

interface Gathered {
  row: number;
  used: number;
  out: number;
  through: number | undefined;
  readonly days: Map<number, number>;
}

/**
 * Puts figures together, by site and medicine in their order, and says which rows contradict each other: the same month
 * or the same day twice, or a month beside its own days.
 */
export const groupsOf = (figures: readonly PastFigure[]): { groups: PastGroup[]; problems: PastProblem[] } => {
  const problems: PastProblem[] = [];
  const found = new Map<string, Map<string, Gathered>>();
  for (const { row, site, medicine, month, day, through, used, out } of figures) {
    const name = `${site}#${medicine}`;
    const months = found.get(name) ?? new Map<string, Gathered>();
    found.set(name, months);
    const known = months.get(month);
    if (!known) {
      months.set(month, { row, used, out, through, days: new Map(day === undefined ? [] : [[day, row]]) });
      continue;
    }
    const first = day === undefined ? known.row : known.days.get(day);
    if ((known.days.size === 0) !== (day === undefined))
      problems.push({ row, field: 'period', code: 'period-mixed', facts: { row: known.row } });
    else if (day === undefined || first !== undefined)
      problems.push({ row, field: 'period', code: 'period-repeated', facts: { row: first ?? known.row } });
    else {
      known.days.set(day, row);
      known.used += used;
      known.out += out;
      if (through !== undefined) known.through = Math.min(through, known.through ?? through);
    }
  }
  const groups = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, months]): PastGroup => {
      const at = name.indexOf('#');
      return {
        site: name.slice(0, at),
        medicine: name.slice(at + 1),
        months: [...months]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([month, { row, used, out, through }]) => ({
            month,
            used,
            out,
            row,
            ...(through !== undefined && { through }),
          })),
      };
    });
  return { groups, problems };
};

/** Months that are there already with other figures: each a problem of its row, unless they are to be replaced. */
export const knownProblems = ({ months }: PastGroup, kept: readonly PastMonth[]): PastProblem[] => {
  const before = new Map(kept.map((one) => [one.month, one]));
  return months.flatMap((one): PastProblem[] => {
    const known = before.get(one.month);
    if (!known || sameFigures(known, one)) return [];
    return [{ row: one.row, field: 'period', code: 'period-known', facts: { used: known.used, daysOut: known.out } }];
  });
};

/** What was kept of a month before another figure took its place. */
export type Replaced = PastMonth & { readonly medicine: string };

/**
 * The kept months of a medicine with those that an import brings. A figure that differs takes the place of another only
 * with `replace`; else it is left out. Nothing is written where `added` and `replaced` are empty.
 */
export const mergedPast = (
  { medicine, months }: PastGroup,
  kept: readonly PastMonth[],
  { id, replace }: { id: string; replace: boolean },
): { months: PastMonth[]; added: number; replaced: Replaced[]; left: number } => {
  const all = new Map(kept.map((one) => [one.month, one]));
  const replaced: Replaced[] = [];
  let [added, left] = [0, 0];
  for (const { row: _, ...one } of months) {
    const known = all.get(one.month);
    if (known && sameFigures(known, one)) continue;
    if (known && !replace) {
      left += 1;
      continue;
    }
    if (known) replaced.push({ ...known, medicine });
    else added += 1;
    all.set(one.month, { ...one, import: id });
  }
  return { months: [...all.values()].sort((a, b) => (a.month < b.month ? -1 : 1)), added, replaced, left };
};

/** How many rows the part that begins at `from` has. */
export const rowsOfPastPart = (from: number, rows: number): number => Math.min(pastPartRows, rows - from);

/** As many medicines and months as one transaction and its event hold. */
const [mostGroups, mostMonths] = [25, 1_000];

/** The groups that are kept together, from the one numbered `done` on: of one site, so that its day shows the event. */
export const pastChunk = (groups: readonly PastGroup[], done: number): readonly PastGroup[] => {
  const chunk: PastGroup[] = [];
  let months = 0;
  for (const group of groups.slice(done, done + mostGroups)) {
    months += group.months.length;
    if (chunk[0] && (chunk[0].site !== group.site || months > mostMonths)) break;
    chunk.push(group);
  }
  return chunk;
};
