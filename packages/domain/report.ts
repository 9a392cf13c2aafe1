/**
 * A report as data: tables whose cells are values, never sentences, so that a screen, a paper, a sheet and a machine all
 * show the same figures and each says them in its own language. A report that adds up says so: every check names both
 * sides and whether they are equal.
 */
import * as z from 'zod';
import { SiteId } from './actor.ts';
import { Day, Instant } from './time.ts';

export const reportKinds = [
  'dispensing-trail',
  'controlled-register',
  'material-balance',
  'issued-to-dispensed',
  'write-offs',
  'expiry-risk',
  'consumption-classes',
  'antibiotic-use',
  'outliers',
  'substitutions-overrides',
  'procurement-fulfilment',
  'complaints-signals',
  'patient-access',
] as const;
export const ReportKind = z.enum(reportKinds).meta({ id: 'ReportKind' });
export type ReportKind = z.infer<typeof ReportKind>;

/** A calendar month in Tashkent, YYYY-MM. */
export const Month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .meta({ id: 'Month', description: 'A calendar month in Tashkent', examples: ['2026-10'] });

/**
 * What a column holds, and so how it is written: `units`, `count` and `money` (tiyin) are integers; `percent` is a number
 * of which 100 is all; `word` is a key that is said in the reader's language (`report:word.<value>`).
 */
export const columnKinds = [
  'text',
  'word',
  'medicine',
  'site',
  'person',
  'lot',
  'gtin',
  'day',
  'month',
  'instant',
  'units',
  'count',
  'money',
  'percent',
  'number',
] as const;

export type ColumnKind = (typeof columnKinds)[number];

const Cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Cell = z.infer<typeof Cell>;

/** Where the entries behind a row are: another report with these questions, or a screen. */
export const Opens = z.union([
  z.object({ report: ReportKind, query: z.record(z.string(), z.string()) }),
  z.object({
    screen: z.enum(['ledger', 'register', 'prescription', 'site-day', 'case', 'write-off', 'order']),
    of: z.record(z.string(), z.string()),
  }),
]);
export type Opens = z.infer<typeof Opens>;

export const ReportSection = z
  .object({
    /** `report:<kind>.<name>` is its heading. */
    name: z.string(),
    columns: z.array(
      z.object({
        /** `report:column.<name>` is its heading. */
        name: z.string(),
        kind: z.enum(columnKinds),
        /** The last line sums it. */
        total: z.literal(true).exactOptional(),
      }),
    ),
    /** As many cells as columns; `null` where there is nothing to say. */
    rows: z.array(z.object({ cells: z.array(Cell), opens: Opens.exactOptional() })),
    /** Sums of the columns with a total, over all rows, also those that are not in this answer. */
    totals: z.record(z.string(), z.number()).exactOptional(),
    /** Which columns a picture shows: `label` along, `values` up. */
    chart: z
      .object({ kind: z.enum(['bars', 'lines', 'funnel', 'stacked']), label: z.string(), values: z.array(z.string()) })
      .exactOptional(),
    /** Rows there are, where the answer holds only the first of them. */
    of: z.int().exactOptional(),
  })
  .meta({ id: 'ReportSection' });
export type ReportSection = z.infer<typeof ReportSection>;

/** Two sides that must be equal. `report:check.<name>` says what was compared, `kind` how both are written. */
export const ReportCheck = z
  .object({
    name: z.string(),
    left: z.number(),
    right: z.number(),
    holds: z.boolean(),
    kind: z.enum(columnKinds).exactOptional(),
  })
  .meta({ id: 'ReportCheck' });
export type ReportCheck = z.infer<typeof ReportCheck>;

/** `report:figure.<name>` says what it is. */
export const ReportFigure = z.object({ name: z.string(), kind: z.enum(columnKinds), value: Cell });
export type ReportFigure = z.infer<typeof ReportFigure>;

export const Report = z
  .object({
    report: ReportKind,
    /** Of the shape, so that a machine that reads it knows what it reads. */
    format: z.literal(1),
    from: Day,
    /** The last day that is in it. */
    through: Day,
    site: SiteId.exactOptional(),
    region: z.string().exactOptional(),
    madeAt: Instant,
    /** Figures to say first. */
    figures: z.array(ReportFigure),
    sections: z.array(ReportSection),
    checks: z.array(ReportCheck),
    /** What a reader has to know to judge it; `report:note.<name>`. */
    notes: z.array(z.string()),
    /** There are more rows; ask for them with it as `cursor`. Figures, totals and checks are of all rows in each answer. */
    next: z.string().exactOptional(),
  })
  .meta({ id: 'Report', description: 'A report: figures, tables and the checks that they add up' });
export type Report = z.infer<typeof Report>;

export const checkOf = (name: string, left: number, right: number, kind?: ColumnKind): ReportCheck => ({
  name,
  left,
  right,
  holds: left === right,
  ...(kind && { kind }),
});
