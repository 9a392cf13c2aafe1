/** Text with separated values by RFC 4180: commas (or what stands in their place), quotes that are doubled inside quotes, lines that end in CR LF or LF. */

/** A file of values under names. Each row says on which line of the text it begins, counted from 1. */
export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly lines: readonly number[];
  /** Lines that cannot be read: an open quote, or another number of values than names. */
  readonly problems: readonly { readonly line: number; readonly what: 'quote' | 'columns' }[];
}

interface CsvLine {
  readonly line: number;
  readonly cells: readonly string[];
}

export type CsvSeparator = ',' | ';' | '\t';

const tokens: Readonly<Record<CsvSeparator, RegExp>> = {
  ',': /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y,
  ';': /("(?:[^"]|"")*"|[^";\r\n]*)(;|\r?\n|$)/y,
  '\t': /("(?:[^"]|"")*"|[^"\t\r\n]*)(\t|\r?\n|$)/y,
};

/** Records with the line on which each begins; `open` is the line that cannot be read on. */
const recordsOf = (text: string, separator: CsvSeparator): { records: CsvLine[]; open?: number } => {
  const records: CsvLine[] = [];
  let cells: string[] = [];
  let [line, begins] = [1, 1];
  const token = tokens[separator];
  token.lastIndex = 0;
  while (token.lastIndex < text.length || cells.length > 0) {
    const [all, value = '', end = ''] = token.exec(text) ?? [];
    if (all === undefined) return { records, open: line };
    cells.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    line += all.split('\n').length - 1;
    if (end === separator) continue;
    records.push({ line: begins, cells });
    [cells, begins] = [[], line];
  }
  return { records };
};

/** The first line names the columns; empty lines count for nothing. A mark of byte order is passed over. */
export const readCsv = (text: string, separator: CsvSeparator = ','): CsvTable => {
  const { records, open } = recordsOf(text.replace(/^\uFEFF/, ''), separator);
  const filled = records.filter(({ cells }) => cells.length > 1 || cells[0]?.trim() !== '');
  const [head, ...rest] = filled;
  const columns = (head?.cells ?? []).map((name) => name.trim());
  const whole = rest.filter(({ cells }) => cells.length === columns.length);
  return {
    columns,
    rows: whole.map(({ cells }) => Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? '']))),
    lines: whole.map(({ line }) => line),
    problems: [
      ...rest
        .filter(({ cells }) => cells.length !== columns.length)
        .map(({ line }) => ({ line, what: 'columns' as const })),
      ...(open === undefined ? [] : [{ line: open, what: 'quote' as const }]),
    ],
  };
};
