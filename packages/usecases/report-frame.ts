/** What every report's maker is given, and what of it all of them share. */
import type { Actor } from '@darmon/domain/actor';
import type { Report, ReportKind, ReportSection } from '@darmon/domain/report';
import type { ReportField, ReportQuery, ReportSpan } from '@darmon/domain/report-query';
import type { Site } from '@darmon/domain/standing';
import type { Deps } from './deps.ts';

export type ReportDeps = Pick<Deps, 'table' | 'now'>;

/** A question that the frame understood: who asks, of which days, of which sites. */
export interface ReportInput {
  readonly actor: Actor;
  readonly query: ReportQuery;
  /** Milliseconds; one instant for the whole report. */
  readonly now: number;
  /** The first and the last Tashkent day. */
  readonly from: string;
  readonly through: string;
  /** Told where the report is of a whole month. */
  readonly month?: string;
  /** The site, all of the region, or all of the country, in the order of their ids; closed ones too. */
  readonly sites: readonly Site[];
}

/** What a maker answers; the frame adds kind, days and scope. */
export type ReportBody = Pick<Report, 'figures' | 'sections' | 'checks' | 'notes' | 'next'> &
  Partial<Pick<Report, 'from' | 'through'>>;

export interface ReportMaker {
  readonly span: ReportSpan;
  /** What it cannot do without. */
  readonly needs?: readonly ReportField[];
  /** What else narrows it. */
  readonly takes?: readonly ReportField[];
  /** The keepers of a site may ask it of their own site. */
  readonly keepers?: true;
  /** It cuts its rows itself, by `query.cursor` and `query.limit`, and tells `next`; else the frame cuts them. */
  readonly pages?: true;
  readonly make: (deps: ReportDeps, input: ReportInput) => Promise<ReportBody>;
}

export type ReportMakers = Readonly<Partial<Record<ReportKind, ReportMaker>>>;

/** Sums of the columns of a section that have a total, over its rows. */
export const withTotals = (section: Omit<ReportSection, 'totals'>): ReportSection => ({
  ...section,
  totals: Object.fromEntries(
    section.columns.flatMap(({ name, total }, at) =>
      total ? [[name, section.rows.reduce((sum, { cells }) => sum + Number(cells[at] ?? 0), 0)] as const] : [],
    ),
  ),
});
