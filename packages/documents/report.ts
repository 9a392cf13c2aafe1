/**
 * A report on A4: what it is of, main figures, whether it adds up, a picture and a table for each section, notes. Wide
 * ones lie across. It draws what it is given and reads nothing.
 */
import type { Report, ReportSection } from '@darmon/domain/report';
import { timeText } from '@darmon/i18n/dates';
import type { Language } from '@darmon/i18n/language';
import type {
  CanvasElement,
  Content,
  ContentTable,
  ContextPageSize,
  TableCell,
  TDocumentDefinitions,
} from 'pdfmake/interfaces';
import { type DocumentFonts, drawPdf, fontFamily, mm, type Pdf } from './pdf.ts';
import { type Chart, chartOf } from './report-chart.ts';
import { isNumeric, type ReportNames, type ReportText, reportText } from './report-text.ts';

/** Rows of one table on paper; who wants all takes the sheet, and the paper says so. */
export const maxPaperRows = 2_000;
/** More columns than this do not stand beside each other on a page that stands upright. */
const uprightColumns = 6;
/** With more than this the letters are smaller. */
const roomyColumns = 9;

const page = { side: mm(12), top: mm(13), bottom: mm(14) };
const green = '#1f5f4a';
/** Dark, light and white with a border: apart on a printer without colours too. */
const pens = [
  { color: green, lineColor: green },
  { color: '#a9cfbf', lineColor: '#2f6f5a' },
  { color: '#ffffff', lineColor: '#444444' },
  { color: '#d9d9d9', lineColor: '#444444' },
  { color: '#6b6b6b', lineColor: '#444444' },
] as const;
const penOf = (i: number) => pens[i % pens.length] ?? pens[0];

const lines = {
  // no line above a heading that is a row of its own
  hLineWidth: (i: number, { table: { headerRows = 0 } }: ContentTable) =>
    i === 0 && headerRows > 1 ? 0 : i <= headerRows ? 0.7 : 0.35,
  vLineWidth: () => 0,
  hLineColor: () => '#777777',
  paddingLeft: () => 3,
  paddingRight: () => 3,
  paddingTop: () => 2,
  paddingBottom: () => 2,
};

const head = (report: Report, text: ReportText): Content[] => [
  { text: text.title, style: 'title' },
  {
    columns: [
      { text: [{ text: `${text.t('period')}: ` }, { text: text.period, bold: true }] },
      { text: [{ text: `${text.t('scope')}: ` }, { text: text.scope, bold: true }] },
      { text: [{ text: `${text.t('madeAt')}: ` }, { text: timeText(report.madeAt), bold: true }] },
    ],
    columnGap: 10,
    margin: [0, 3, 0, 6],
  },
];

const figures = ({ figures: all }: Report, text: ReportText): Content[] =>
  all.length === 0
    ? []
    : [
        {
          table: {
            widths: all.map(() => '*'),
            body: [
              all.map(
                ({ name, kind, value }): TableCell => ({
                  stack: [
                    { text: text.figure(value, kind), bold: true, fontSize: 13 },
                    { text: text.t(`figure.${name}`), style: 'label' },
                  ],
                  fillColor: '#f1f5f3',
                  margin: [3, 3, 3, 3],
                }),
              ),
            ],
          },
          layout: {
            hLineWidth: () => 0,
            vLineWidth: (i) => (i === 0 || i === all.length ? 0 : 4),
            vLineColor: () => '#ffffff',
          },
          margin: [0, 0, 0, 6],
        },
      ];

const checks = ({ checks: all }: Report, text: ReportText): Content[] =>
  all.length === 0
    ? []
    : [
        {
          unbreakable: all.length < 20,
          margin: [0, 0, 0, 6],
          table: {
            headerRows: 1,
            widths: ['*', 'auto', 'auto', 'auto'],
            body: [
              [
                { text: text.t('checks'), bold: true },
                { text: text.t('left'), bold: true, alignment: 'right' },
                { text: text.t('right'), bold: true, alignment: 'right' },
                { text: text.t('result'), bold: true },
              ],
              ...all.map((check): TableCell[] => {
                const { name, left, right, result } = text.check(check);
                return [
                  { text: name },
                  { text: left, alignment: 'right' },
                  { text: right, alignment: 'right' },
                  { text: `${check.holds ? '✓' : '✗'} ${result}`, bold: true, color: check.holds ? green : '#a3161a' },
                ];
              }),
            ],
          },
          layout: lines,
        },
      ];

const barHeight = 7;

/** One bar for each series, or all of them in one. */
const barsOf = (chart: Chart, row: number, width: number): CanvasElement[] => {
  let x = 0;
  return chart.series.map(({ values }, i): CanvasElement => {
    const w = (width * (values[row] ?? 0)) / chart.most;
    const at = chart.kind === 'stacked' ? { x, y: 0 } : { x: 0, y: i * (barHeight + 2) };
    x += w;
    return { type: 'rect', ...at, w: Math.max(0.4, w), h: barHeight, lineWidth: 0.5, ...penOf(i) };
  });
};

const legend = (chart: Chart): Content[] =>
  chart.series.length < 2
    ? []
    : [
        {
          columns: chart.series.flatMap(({ name }, i) => [
            {
              width: 12,
              canvas: [{ type: 'rect' as const, x: 0, y: 1, w: 9, h: 7, lineWidth: 0.5, ...penOf(i) }],
            },
            { width: 'auto' as const, text: name, style: 'label' },
          ]),
          columnGap: 4,
          margin: [0, 0, 0, 3],
        },
      ];

/** Beside bars of their own the values stand one under the other, beside one bar one after the other. */
const valuesOf = (chart: Chart, row: number, text: ReportText): TableCell => {
  const values = chart.series.map(({ kind, values }) => text.figure(values[row] ?? 0, kind));
  return chart.kind === 'stacked'
    ? { style: 'label', text: values.join(' + ') }
    : { style: 'label', stack: values.map((value) => ({ text: value })) };
};

const bars = (chart: Chart, text: ReportText, width: number): Content => ({
  table: {
    widths: [width * 0.26, width * 0.5, '*'],
    dontBreakRows: true,
    body: chart.labels.map((label, row): TableCell[] => [
      { text: label, style: 'label', alignment: 'right' },
      { canvas: barsOf(chart, row, width * 0.5) },
      valuesOf(chart, row, text),
    ]),
  },
  layout: { hLineWidth: () => 0, vLineWidth: () => 0, paddingTop: () => 1.5, paddingBottom: () => 1.5 },
});

const plotHeight = 110;

/** Lines from left to right, each with its own dashes; the values that stand at the ends are written beside. */
const plot = (chart: Chart, text: ReportText, width: number): Content => {
  const last = Math.max(1, chart.labels.length - 1);
  const drawn = chart.series.map(
    ({ values }, i): CanvasElement => ({
      type: 'polyline',
      lineWidth: 1.2,
      lineColor: penOf(i).lineColor,
      ...(i > 0 && { dash: { length: 2 * i + 1 } }),
      points: values.map((value, n) => ({
        x: (width * n) / last,
        y: plotHeight - (plotHeight * value) / chart.most,
      })),
    }),
  );
  return {
    stack: [
      { text: text.figure(chart.most, chart.series[0]?.kind ?? 'number'), style: 'label' },
      {
        canvas: [
          { type: 'line', x1: 0, y1: plotHeight, x2: width, y2: plotHeight, lineWidth: 0.5, lineColor: '#777777' },
          ...drawn,
        ],
      },
      {
        columns: [
          { text: chart.labels[0] ?? '', style: 'label' },
          { text: chart.labels.at(-1) ?? '', style: 'label', alignment: 'right' },
        ],
      },
    ],
  };
};

const totalRow = ({ columns, totals = {} }: ReportSection, text: ReportText): TableCell[] =>
  columns.map(({ name, kind }, i) => {
    const sum = totals[name];
    if (sum !== undefined) return { text: text.cell(sum, kind), alignment: 'right', bold: true };
    return { text: i === 0 ? text.t('total') : '', bold: true };
  });

/** What is long takes what is left; what is short takes what it needs. */
const widthsOf = ({ columns }: ReportSection) => {
  const long = new Set(['medicine', 'site', 'person', 'text', 'word']);
  const isLong = columns.map(({ kind }) => long.has(kind));
  return columns.map((_, i) => (isLong[i] || (i === 0 && !isLong.includes(true)) ? '*' : 'auto'));
};

/** `above` stands over the columns, as one piece with them, and again on every page that the table goes on to. */
const table = (section: ReportSection, text: ReportText, above: readonly Content[]): Content => {
  const { columns, totals = {} } = section;
  const shown = section.rows.slice(0, maxPaperRows);
  const of = section.of ?? section.rows.length;
  if (of === 0) return { unbreakable: true, stack: [...above, { text: text.t('noRows'), margin: [0, 0, 0, 4] }] };
  const over: Content[] = [...above];
  if (shown.length < of) {
    const told = { shown: text.figure(shown.length, 'count'), of: text.figure(of, 'count') };
    over.push({ text: text.t('rowsOf', told), bold: true });
  }
  const spanned: TableCell = { stack: over, colSpan: columns.length, margin: [-3, 0, 0, 0] };
  return {
    fontSize: columns.length > roomyColumns ? 6.5 : 8,
    table: {
      headerRows: over.length > 0 ? 2 : 1,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: widthsOf(section),
      body: [
        ...(over.length > 0 ? [[spanned, ...columns.slice(1).map((): TableCell => ({ text: '' }))]] : []),
        columns.map(
          (column): TableCell => ({
            text: text.column(column),
            bold: true,
            ...(isNumeric(column.kind) && { alignment: 'right' }),
          }),
        ),
        ...shown.map(({ cells }): TableCell[] =>
          columns.map(({ kind }, i) => ({
            text: text.cell(cells[i] ?? null, kind),
            ...(isNumeric(kind) && { alignment: 'right' }),
          })),
        ),
        ...(Object.keys(totals).length > 0 ? [totalRow(section, text)] : []),
      ],
    },
    layout: lines,
  };
};

/** A heading never stands alone at the foot of a page: it is one piece with its picture, or with its table's columns. */
const sectionOf = (section: ReportSection, text: ReportText, width: number): Content[] => {
  const heading: Content = { text: text.heading(section), style: 'heading' };
  const chart = chartOf(section, text);
  if (!chart) return [table(section, text, [heading])];
  const drawn = chart.kind === 'lines' ? plot(chart, text, width) : bars(chart, text, width);
  return [
    { unbreakable: true, margin: [0, 0, 0, 5], stack: [heading, ...legend(chart), drawn] },
    table(section, text, []),
  ];
};

const definition = (report: Report, language: Language, names: ReportNames): TDocumentDefinitions => {
  const text = reportText(report, language, names);
  const isWide = report.sections.some(({ columns }) => columns.length > uprightColumns) || report.figures.length > 5;
  const width = mm(isWide ? 297 : 210) - 2 * page.side;
  return {
    pageSize: 'A4',
    pageOrientation: isWide ? 'landscape' : 'portrait',
    pageMargins: [page.side, page.top, page.side, page.bottom],
    // No name of a person in the file's properties: they show in lists of files and in print queues.
    info: { title: text.title, creator: 'Darmon', producer: 'Darmon', creationDate: new Date(report.madeAt) },
    language,
    defaultStyle: { font: fontFamily, fontSize: 8.5, lineHeight: 1.08, color: '#000' },
    styles: {
      title: { fontSize: 15, bold: true },
      heading: { fontSize: 10.5, bold: true, margin: [0, 8, 0, 3] },
      label: { fontSize: 7.5 },
    },
    content: [
      ...head(report, text),
      ...figures(report, text),
      ...checks(report, text),
      ...report.sections.flatMap((section) => sectionOf(section, text, width)),
      ...(report.notes.length === 0
        ? []
        : [
            {
              unbreakable: true,
              stack: [
                { text: text.t('notes'), style: 'heading' },
                { ul: report.notes.map((note) => text.t(`note.${note}`)) },
              ],
            },
          ]),
    ],
    footer: (at: number, pages: number, _size: ContextPageSize) => ({
      columns: [
        { text: `${text.title} · ${text.scope} · ${text.period}`, style: 'label' },
        { text: text.t('pageOf', { page: at, pages }), style: 'label', alignment: 'right', width: 110 },
      ],
      margin: [page.side, 8, page.side, 0],
    }),
  };
};

/** The report as a PDF on as many A4 pages as it needs. The same input gives the same bytes. */
export const reportPdf = (
  report: Report,
  language: Language,
  fonts: DocumentFonts,
  names: ReportNames = {},
): Promise<Pdf> => drawPdf(definition(report, language, names), fonts);
