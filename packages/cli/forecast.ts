// `darmon forecast`: a table of series in, one forecast a series out. How the text becomes series stands here; how series
// are forecast, in @darmon/forecast.

import { type CsvSeparator, readCsv } from '@darmon/domain/csv';
import { type Forecast, forecastSeries } from '@darmon/forecast/forecast';
import { monthsOf } from '@darmon/forecast/months';
import {
  dayOfPeriod,
  maxPeriods,
  maxUnits,
  periodName,
  type Series,
  SeriesRefusal,
  type SeriesRefusalCode,
  type Step,
} from '@darmon/forecast/series';

export interface ForecastLine extends Pick<Forecast, 'method' | 'backtest' | 'forecast' | 'interval80' | 'unusual'> {
  readonly series: string;
  /** The period of the first forecast. */
  readonly from: string;
  /** Units to keep beside the forecast so that 95 of 100 periods do not run out, where goods come a period after the order. */
  readonly safetyStock: number;
}

/** One series of which no forecast is made; the others are not touched by it. */
export interface RefusedLine {
  readonly series: string;
  readonly refused: SeriesRefusalCode;
  /** What it means, for a person. */
  readonly detail: string;
  /** Of the text, from 1, where one line is to blame. */
  readonly line?: number;
}

/** The text as a whole cannot be read as series. */
export class TableRefusal extends Error {
  readonly line: number;
  constructor(line: number, what: string) {
    super(`line ${line}: ${what}`);
    this.line = line;
  }
}

/** Of a normal distribution 95 in 100 lie below so many standard deviations. */
const serviceFactor = 1.645;

/** Whichever of them the first line has most of. */
const separatorOf = (text: string): CsvSeparator => {
  const head = text.slice(0, text.search(/\r?\n|$/)).replace(/"(?:[^"]|"")*"/g, '');
  const count = (separator: CsvSeparator): number => head.split(separator).length;
  return ([';', '\t'] as const).reduce<CsvSeparator>((most, each) => (count(each) > count(most) ? each : most), ',');
};

const unknown = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '-']);

/**
 * A cell as units: null where nothing is known, NaN where it is no number. A comma is the decimal sign, for where it
 * separated the cells it would not be in one; between thousands only spaces are understood, since 1,500 may be either.
 */
const unitsOf = (cell: string): number | null => {
  const text = cell.trim();
  if (unknown.has(text.toLowerCase())) return null;
  const digits = text.replace(/(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))/g, '').replace(',', '.');
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i.test(digits) ? Number(digits) : Number.NaN;
};

interface Row {
  readonly line: number;
  /** Days since 1970. */
  readonly day: number;
  readonly isMonth: boolean;
  readonly cells: Readonly<Record<string, string>>;
}

const rowsOf = (text: string): { names: readonly string[]; rows: readonly Row[] } => {
  const table = readCsv(text, separatorOf(text));
  const [column, ...names] = table.columns;
  if (column === undefined) throw new TableRefusal(1, 'nothing in it');
  if (dayOfPeriod(column) !== undefined) throw new TableRefusal(1, 'the first line names the columns');
  if (names.length === 0) throw new TableRefusal(1, 'the first column is the period; a column for each series follows');
  for (const [at, name] of table.columns.entries())
    if (table.columns.indexOf(name) < at && name !== '') throw new TableRefusal(1, `two columns are called ${name}`);
  for (const { line, what } of table.problems)
    throw new TableRefusal(
      line,
      what === 'quote' ? 'a quote that is not closed' : 'another number of cells than of columns',
    );
  const rows = table.rows.flatMap((cells, at): Row[] => {
    // Spreadsheets write lines of nothing but separators below a table.
    if (Object.values(cells).every((cell) => cell.trim() === '')) return [];
    const line = table.lines[at] as number;
    // Programs write midnight behind a day.
    const period = (cells[column] ?? '').trim().replace(/[T ]00:00(:00(\.0+)?)?Z?$/, '');
    const day = dayOfPeriod(period);
    if (day === undefined) throw new TableRefusal(line, 'the first cell is no period: YYYY-MM or YYYY-MM-DD');
    if (cells[''] !== undefined && cells[''].trim() !== '')
      throw new TableRefusal(line, 'a cell in a column without a name');
    return [{ line, day, isMonth: period.length === 7, cells }];
  });
  if (rows.length === 0) throw new TableRefusal(1, 'no line but the names of the columns');
  const other = rows.find(({ isMonth }) => isMonth !== rows[0]?.isMonth);
  if (other) throw new TableRefusal(other.line, 'months and days in one column');
  return { names: names.filter((name) => name !== ''), rows: rows.toSorted((one, two) => one.day - two.day) };
};

/** Days that stand in a month each, as month ends do, are months; seven days apart they are weeks. */
const stepOf = (rows: readonly Row[]): Step => {
  if (rows[0]?.isMonth) return 'month';
  if (rows.length < 2) return 'day';
  const gaps = rows.slice(1).map(({ day }, at) => day - (rows[at] as Row).day);
  const months = rows.map(({ day }) => new Date(day * 86_400_000).toISOString().slice(0, 7));
  if (gaps.every((gap) => gap >= 27) && new Set(months).size === rows.length) return 'month';
  return gaps.every((gap) => gap > 0 && gap % 7 === 0) ? 'week' : 'day';
};

/** Where each row stands in the series, counted from the first. */
const placesOf = (rows: readonly Row[], step: Step): number[] => {
  const first = (rows[0] as Row).day;
  const month = (day: number): number => {
    const date = new Date(day * 86_400_000);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  const places = rows.map(({ day }) =>
    step === 'month' ? month(day) - month(first) : (day - first) / (step === 'week' ? 7 : 1),
  );
  for (const [at, place] of places.entries())
    if (at > 0 && place === places[at - 1])
      throw new TableRefusal(
        Math.max((rows[at] as Row).line, (rows[at - 1] as Row).line),
        'a period that stands on another line already',
      );
  if ((places.at(-1) ?? 0) >= maxPeriods)
    throw new TableRefusal((rows.at(-1) as Row).line, `more than ${maxPeriods} periods from the first to the last`);
  return places;
};

const details: Readonly<Record<SeriesRefusalCode, string>> = {
  'negative-value':
    'less than nothing was asked for: returns belong to the period in which the goods were asked for; an empty cell is not known',
  'not-a-number': 'no number of units, or more than anybody asks for',
  'no-values': 'nothing of it is known',
  'too-long': `more than ${maxPeriods} periods`,
  'period-unreadable': 'a period is YYYY-MM or YYYY-MM-DD',
  'stock-out-days': 'days without stock do not fit the periods',
  horizon: 'so many periods ahead are not forecast',
  'other-step': 'months and days do not mix',
};

const shown = (value: number): number => Number(value.toPrecision(6));

export interface ForecastRequest {
  readonly horizon: number;
  /** Puts days together to months. */
  readonly by?: 'month' | undefined;
}

/**
 * Forecasts each series of a table: the first line names the columns, the first column is the period (YYYY-MM, or
 * YYYY-MM-DD), then a series per column. Commas, semicolons or tabs; quotes; a decimal point or comma; a byte order mark.
 * Rows in any order; a period that is missing and an empty cell are not known. One result a series, in their order.
 * @throws {TableRefusal} what speaks against the whole text, with its line
 */
export function* forecastTable(text: string, { horizon, by }: ForecastRequest): Generator<ForecastLine | RefusedLine> {
  const { names, rows } = rowsOf(text);
  const step = stepOf(rows);
  const places = placesOf(rows, step);
  const start = periodName({ start: new Date((rows[0] as Row).day * 86_400_000).toISOString().slice(0, 10), step }, 0);
  for (const name of names) {
    const values = new Array<number | null>((places.at(-1) ?? 0) + 1).fill(null);
    const lines = new Map<number, number>();
    for (const [at, { cells, line }] of rows.entries()) {
      values[places[at] as number] = unitsOf(cells[name] ?? '');
      lines.set(places[at] as number, line);
    }
    const series: Series = { start, step, values };
    try {
      // Asked before days are put together, so that the line is that of the cell.
      const wrong = values.findIndex((value) => value !== null && !(value >= 0 && value <= maxUnits));
      if (wrong >= 0) throw new SeriesRefusal((values[wrong] as number) < 0 ? 'negative-value' : 'not-a-number', wrong);
      const asked = by === 'month' ? monthsOf(series) : series;
      const { method, backtest, forecast, interval80, sigma, unusual } = forecastSeries(asked, { horizon });
      yield {
        series: name,
        method,
        backtest: Object.fromEntries(
          Object.entries(backtest).map(([each, { wape, mase, bias }]) => [
            each,
            { wape: wape && shown(wape), mase: mase && shown(mase), bias: bias && shown(bias) },
          ]),
        ),
        forecast: forecast.map(shown),
        interval80: interval80.map(([low, high]) => [shown(low), shown(high)]),
        safetyStock: shown(serviceFactor * sigma),
        from: periodName(asked, asked.values.length),
        unusual: unusual.map(({ period, value, usual }) => ({ period, value: shown(value), usual: shown(usual) })),
      };
    } catch (error) {
      if (!(error instanceof SeriesRefusal)) throw error;
      const line = error.at === undefined ? undefined : lines.get(error.at);
      yield { series: name, refused: error.code, detail: details[error.code], ...(line !== undefined && { line }) };
    }
  }
}
