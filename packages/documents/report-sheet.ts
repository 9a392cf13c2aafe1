/** A report as a workbook and as text between semicolons: the same tables, a sheet or a block for each. */
import type { Report, ReportSection } from '@darmon/domain/report';
import { timeText } from '@darmon/i18n/dates';
import type { Language } from '@darmon/i18n/language';
import { isNamed, type ReportNames, type ReportText, reportText } from './report-text.ts';
import { type NamedSheet, type SheetCell, separatedOf, workbookOf } from './workbook.ts';

type Column = ReportSection['columns'][number];

/** A column as it is, and behind one of names the ids alone, where they are wanted: who filters or joins needs them bare. */
const sheetColumns = <T>(
  columns: readonly Column[],
  text: ReportText,
  of: (column: Column, i: number) => T,
  id: (i: number) => T,
): T[] =>
  columns.flatMap((column, i) =>
    text.hasIdColumns && isNamed(column.kind) ? [of(column, i), id(i)] : [of(column, i)],
  );

const totalRow = ({ columns, totals }: ReportSection, text: ReportText): SheetCell[] =>
  sheetColumns<SheetCell>(
    columns,
    text,
    ({ name, kind }, i) => {
      const sum = totals?.[name];
      if (sum !== undefined) return text.sheetCell(sum, kind);
      return i === 0 ? text.t('total') : '';
    },
    () => '',
  );

const tableOf = (section: ReportSection, text: ReportText): SheetCell[][] => [
  sheetColumns<SheetCell>(
    section.columns,
    text,
    (column) => text.column(column),
    (i) => `${text.column(section.columns[i] as Column)}, ID`,
  ),
  ...section.rows.map(({ cells }) =>
    sheetColumns<SheetCell>(
      section.columns,
      text,
      ({ kind }, i) => text.sheetCell(cells[i] ?? null, kind),
      (i) => String(cells[i] ?? ''),
    ),
  ),
  ...(section.totals && Object.keys(section.totals).length > 0 ? [totalRow(section, text)] : []),
];

const wide: ReadonlySet<string> = new Set(['medicine', 'site', 'person', 'word']);

const sheetOf = (section: ReportSection, text: ReportText): NamedSheet => {
  const rows = tableOf(section, text);
  return {
    name: text.heading(section),
    rows,
    ...(rows.length > section.rows.length + 1 && { bold: new Set([rows.length - 1]) }),
    widths: sheetColumns(
      section.columns,
      text,
      ({ kind }) => (wide.has(kind) ? 34 : 18),
      () => 18,
    ),
  };
};

/** What is said before the tables: of what it is, main figures, checks, notes. */
const summaryOf = (report: Report, text: ReportText): { rows: SheetCell[][]; bold: Set<number> } => {
  const { t } = text;
  const bold = new Set<number>();
  const rows: SheetCell[][] = [
    [text.title],
    [t('period'), text.period],
    [t('scope'), text.scope],
    [t('madeAt'), timeText(report.madeAt)],
  ];
  const headed = (cells: SheetCell[]) => {
    rows.push([]);
    bold.add(rows.length);
    rows.push(cells);
  };
  if (report.figures.length > 0) headed([t('figures')]);
  for (const { name, kind, value } of report.figures) {
    const unit = kind === 'money' ? `, ${t('soum')}` : '';
    rows.push([`${t(`figure.${name}`)}${unit}`, text.sheetCell(value, kind)]);
  }
  if (report.checks.length > 0) headed([t('check'), t('left'), t('right'), t('result')]);
  for (const check of report.checks) {
    const { kind = 'number' } = check;
    const unit = kind === 'money' ? `, ${t('soum')}` : '';
    const said = text.check(check);
    rows.push([
      `${said.name}${unit}`,
      text.sheetCell(check.left, kind),
      text.sheetCell(check.right, kind),
      said.result,
    ]);
  }
  if (report.notes.length > 0) headed([t('notes')]);
  for (const note of report.notes) rows.push([t(`note.${note}`)]);
  return { rows, bold };
};

/** A sheet for each table after one with figures, checks and notes. Numbers are numbers, days are days, the rest is text. */
export const reportWorkbook = (
  report: Report,
  language: Language,
  names?: ReportNames,
): Promise<Uint8Array<ArrayBuffer>> => {
  const text = reportText(report, language, names);
  return workbookOf([
    { name: text.t('summary'), ...summaryOf(report, text), widths: [64, 24, 24, 24] },
    ...report.sections.map((section) => sheetOf(section, text)),
  ]);
};

/**
 * One file of as many fields in every line, the first of which names the table, so that it can be filtered by it; the
 * first line of each table names its columns. Money is in soum with two decimals, days are YYYY-MM-DD.
 */
export const reportCsv = (report: Report, language: Language, names?: ReportNames): string => {
  const text = reportText(report, language, names);
  const blocks: [string, SheetCell[][]][] = [
    [text.t('summary'), summaryOf(report, text).rows.filter((row) => row.length > 0)],
    ...report.sections.map((section): [string, SheetCell[][]] => [text.heading(section), tableOf(section, text)]),
  ];
  const rows = blocks.flatMap(([name, own]) => own.map((row) => [name, ...row]));
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return separatedOf(rows.map((row) => [...row, ...Array<SheetCell>(width - row.length).fill('')]));
};

/** What a file is called: kind, place and last day; no name of a person, no space. */
export const reportFileName = ({ report, site, region, from, through }: Report, end: string): string =>
  `${[report, site ?? region, from === through ? undefined : from, through].filter((part) => part !== undefined).join('_')}.${end}`;
