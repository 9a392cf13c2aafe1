/** What a report is asked: which days, and what of the country. Pure; which report takes what, its maker says. */
import * as z from 'zod';
import { PersonId, SiteId } from './actor.ts';
import { monthOf } from './ledger.ts';
import { monthSpan } from './ledger-view.ts';
import { Gtin, MedicineCode } from './medicine.ts';
import { refuseAt } from './refusal.ts';
import { Month, type Report, ReportKind } from './report.ts';
import { reportFields } from './report-fields.ts';
import { Region } from './standing.ts';
import { Lot } from './stock.ts';
import { Day, dayMs, dayStart, tashkentDay } from './time.ts';

/** Rows of one answer: what a slow line still carries in one go, and far below the 6 MB of an answer. */
const maxReportRows = 1_000;
/** Days that one report may span: a leap year. */
const maxReportDays = 366;

export const ReportQuery = z.object({
  month: Month.exactOptional(),
  from: Day.exactOptional(),
  through: Day.exactOptional(),
  site: SiteId.exactOptional(),
  region: Region.exactOptional(),
  medicine: MedicineCode.exactOptional(),
  gtin: Gtin.exactOptional(),
  lot: Lot.exactOptional(),
  prescriber: PersonId.exactOptional(),
  pharmacist: PersonId.exactOptional(),
  person: PersonId.exactOptional(),
  /** An id, never a name or a number of a document. */
  patient: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,40}$/)
    .exactOptional(),
  /** So many months that end with the one named, where a report of a month may be of several. */
  months: z.coerce.number().int().min(1).max(12).exactOptional(),
  cursor: z
    .string()
    .max(400)
    .regex(/^[A-Za-z0-9_-]+$/)
    .exactOptional(),
  limit: z.coerce.number().int().min(1).max(maxReportRows).exactOptional(),
});
export type ReportQuery = z.infer<typeof ReportQuery>;

/** What can be asked of a report beside its days. */
export const ReportField = z.enum(reportFields).meta({ id: 'ReportField' });
export type ReportField = z.infer<typeof ReportField>;

/** Of a `month`, of any `days` up to a year, or of how it is `now`. */
export const ReportSpan = z.enum(['month', 'days', 'now']).meta({ id: 'ReportSpan' });
export type ReportSpan = z.infer<typeof ReportSpan>;

/** A report that can be asked for, and what it has to and may be told. */
export const ReportOffer = z
  .object({
    report: ReportKind,
    span: ReportSpan,
    needs: z.array(ReportField),
    takes: z.array(ReportField),
  })
  .meta({ id: 'ReportOffer' });
export type ReportOffer = z.infer<typeof ReportOffer>;

const lastDayOf = (month: string): string => tashkentDay(monthSpan(month).to - 1);

/**
 * The days that a report is of: a month and its last day, days from one through another, or today. Untold it is the
 * month that runs; what is not over ends today.
 * @throws Refusal `schema` where days end before they begin, lie in the future, are too many, or a report of a month is
 * asked for days
 */
export const spanOf = (
  span: ReportSpan,
  query: Pick<ReportQuery, 'month' | 'from' | 'through'>,
  now: number,
): { from: string; through: string; month?: string } => {
  const today = tashkentDay(now);
  if (span === 'now') return { from: today, through: today };
  if (query.from !== undefined || query.through !== undefined) {
    if (span === 'month') throw refuseAt('schema', query.from === undefined ? '/through' : '/from');
    const from = query.from ?? query.through ?? today;
    const through = [query.through ?? today, today].sort()[0] as string;
    if (from > through || dayStart(through) - dayStart(from) >= maxReportDays * dayMs)
      throw refuseAt('schema', '/through');
    return { from, through };
  }
  const month = query.month ?? monthOf(now);
  if (month > monthOf(now)) throw refuseAt('schema', '/month');
  const through = [lastDayOf(month), today].sort()[0] as string;
  return { from: `${month}-01`, through, month };
};

/** Where a page of rows that the frame cuts begins, as a cursor says it. @throws Refusal `bad-cursor` */
const rowOf = (cursor: string | undefined): number => {
  if (cursor === undefined) return 0;
  if (!/^\d{1,9}$/.test(cursor)) throw refuseAt('bad-cursor', '/cursor');
  return Number(cursor);
};

/**
 * A page of a whole report: at most `limit` rows, counted through its sections one after the other. `of` says in every
 * section how many there are, and figures, totals and checks stay those of all rows.
 * @throws Refusal `bad-cursor`
 */
export const pageOfReport = (report: Report, { cursor, limit = maxReportRows }: ReportQuery): Report => {
  const from = rowOf(cursor);
  const to = from + limit;
  let before = 0;
  const sections = report.sections.map((section) => {
    const at = before;
    before += section.rows.length;
    const rows = section.rows.slice(Math.max(0, from - at), Math.max(0, to - at));
    return rows.length === section.rows.length ? section : { ...section, rows, of: section.of ?? section.rows.length };
  });
  return { ...report, sections, ...(to < before && { next: String(to) }) };
};

const sameNumbers = (a: Readonly<Record<string, number>> = {}, b: Readonly<Record<string, number>> = {}): boolean =>
  Object.keys({ ...a, ...b }).every((name) => a[name] === b[name]);

/** A section that came whole says no `of`. */
const sizeOf = ({ of, rows }: Report['sections'][number]): number => of ?? rows.length;

/**
 * Two answers of one report as one, the later rows behind the earlier. Undefined where they do not tell of the same
 * state: something was written in between, and whoever joins them begins again.
 */
export const joinReports = (before: Report, more: Report): Report | undefined => {
  const later = new Map(more.sections.map((section) => [section.name, section]));
  const isSame =
    before.report === more.report &&
    before.from === more.from &&
    before.through === more.through &&
    before.sections.length === more.sections.length &&
    JSON.stringify(before.figures) === JSON.stringify(more.figures) &&
    before.sections.every((section) => {
      const other = later.get(section.name);
      // a report that cuts its one table itself does not know how long it is
      const isUncounted = more.sections.length === 1 && section.of === undefined && other?.of === undefined;
      return other && (isUncounted || sizeOf(section) === sizeOf(other)) && sameNumbers(section.totals, other.totals);
    });
  if (!isSame) return undefined;
  const { next: _, ...head } = before;
  return {
    ...head,
    sections: before.sections.map((section) => {
      const { of: left, ...kept } = section;
      const rows = [
        ...section.rows,
        ...(left === undefined && more.sections.length > 1 ? [] : (later.get(section.name)?.rows ?? [])),
      ];
      return { ...kept, rows, ...(left !== undefined && left > rows.length && { of: left }) };
    }),
    ...(more.next !== undefined && { next: more.next }),
  };
};
