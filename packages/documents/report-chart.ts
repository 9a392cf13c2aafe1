/** What a picture of a section shows, as numbers: screens and papers draw the same one, each with its own pen. */
import type { ColumnKind, ReportSection } from '@darmon/domain/report';
import type { ReportText } from './report-text.ts';

export interface ChartSeries {
  readonly name: string;
  readonly kind: ColumnKind;
  /** As many as there are labels. */
  readonly values: readonly number[];
}

export interface Chart {
  readonly kind: 'bars' | 'lines' | 'funnel' | 'stacked';
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
  /** The longest bar, or the highest point; never 0. */
  readonly most: number;
  /** Rows that are in the table and not in the picture. */
  readonly left: number;
}

/** Bars beyond these are no picture any more. */
const mostBars = 12;
const mostPoints = 366;

/** Undefined where a section has no picture, or nothing to show in it. */
export const chartOf = (section: ReportSection, text: Pick<ReportText, 'cell' | 'column'>): Chart | undefined => {
  const { chart, columns, rows } = section;
  if (!chart || rows.length === 0) return undefined;
  const at = columns.findIndex(({ name }) => name === chart.label);
  const label = columns[at];
  if (!label) return undefined;
  const shown = rows.slice(0, chart.kind === 'lines' ? mostPoints : mostBars);
  const series = chart.values.flatMap((wanted): ChartSeries[] => {
    const place = columns.findIndex(({ name }) => name === wanted);
    const column = columns[place];
    if (!column) return [];
    const values = shown.map(({ cells }) => Math.max(0, Number(cells[place] ?? 0)));
    return [{ name: text.column(column), kind: column.kind, values }];
  });
  const sums = shown.map((_, i) => {
    const own = series.map(({ values }) => values[i] ?? 0);
    return chart.kind === 'stacked' ? own.reduce((sum, n) => sum + n, 0) : Math.max(0, ...own);
  });
  const most = Math.max(0, ...sums);
  if (series.length === 0 || most === 0) return undefined;
  return {
    kind: chart.kind,
    labels: shown.map(({ cells }) => text.cell(cells[at] ?? null, label.kind) || '–'),
    series,
    most,
    left: rows.length - shown.length,
  };
};
