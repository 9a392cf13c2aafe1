/**
 * Sheets that people take away, as a workbook or as text between semicolons, in Node and in the browser alike. What is
 * given as text is written as text, so that no program turns a lot into a day or takes the zeros from the front of a
 * GTIN; what is a number is one.
 */
import { columnLetters } from '@darmon/domain/sheet';
import { zipArchive } from '@darmon/domain/zip-layout';
import { crc32 } from './crc32.ts';

const packed = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

/** A zip archive of texts, by name. */
export const archiveOf = async (parts: Readonly<Record<string, string>>): Promise<Uint8Array<ArrayBuffer>> =>
  zipArchive(
    await Promise.all(
      Object.entries(parts).map(async ([name, text]) => {
        const bytes = new TextEncoder().encode(text);
        return { name, packed: await packed(bytes), size: bytes.length, crc: crc32(bytes) };
      }),
    ),
  );

const escaped = (text: string): string =>
  text
    // What XML cannot hold at all is left out.
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/**
 * A text; a whole number; a number that is written in its own way: `money` in the main unit with two decimals, `percent`
 * of which 100 is all, `day` and `instant` as YYYY-MM-DD and as an instant, which Tashkent's clock shows.
 */
export type SheetCell =
  | string
  | number
  | { readonly as: 'money' | 'percent' | 'number'; readonly value: number }
  | { readonly as: 'day' | 'instant'; readonly value: string };

export interface NamedSheet {
  readonly name: string;
  readonly rows: readonly (readonly SheetCell[])[];
  /** Rows beside the first that stand out: totals, headings. Counted from 0. */
  readonly bold?: ReadonlySet<number>;
  /** Wider columns than usual, in characters. */
  readonly widths?: readonly number[];
}

/** Styles of cells, plain and bold, in the order in which `styles.xml` has them. */
const styles = { text: 1, whole: 3, money: 5, percent: 7, number: 9, day: 11, instant: 13 } as const;
type Style = keyof typeof styles;

/** Days since the last of 1899, as programs of sheets count them. */
const serialOf = (ms: number): number => ms / 86_400_000 + 25_569;
const tashkentMs = 5 * 3_600_000;

const numberOf = (cell: Exclude<SheetCell, string>): { style: Style; value: number } => {
  if (typeof cell === 'number') return { style: 'whole', value: cell };
  if (cell.as === 'day') return { style: 'day', value: serialOf(Date.parse(`${cell.value}T00:00:00.000Z`)) };
  if (cell.as === 'instant') return { style: 'instant', value: serialOf(Date.parse(cell.value) + tashkentMs) };
  return { style: cell.as, value: cell.as === 'percent' ? Number(cell.value) / 100 : Number(cell.value) };
};

const cellXml = (cell: SheetCell, at: string, isBold: boolean): string => {
  if (typeof cell === 'string')
    return cell === ''
      ? ''
      : `<c r="${at}" s="${styles.text + Number(isBold)}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  const { style, value } = numberOf(cell);
  return Number.isFinite(value) ? `<c r="${at}" s="${styles[style] + Number(isBold)}"><v>${value}</v></c>` : '';
};

const worksheet = ({ rows, bold, widths = [] }: NamedSheet): string => {
  const width = rows.reduce((most, cells) => Math.max(most, cells.length), 1);
  const columns = Array.from(
    { length: width },
    (_, c) => `<col min="${c + 1}" max="${c + 1}" width="${widths[c] ?? 22}" style="1" customWidth="1"/>`,
  );
  const written = rows.map((cells, r) => {
    const inside = cells.map((cell, c) =>
      cellXml(cell, `${columnLetters(c)}${r + 1}`, r === 0 || bold?.has(r) === true),
    );
    return `<row r="${r + 1}">${inside.join('')}</row>`;
  });
  return `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>${written.join('')}</sheetData></worksheet>`;
};

/** Plain and bold cells of each format: built-in ones, and three of our own (ECMA-376 part 1, 18.8.30). */
const formats: readonly number[] = [49, 3, 4, 164, 167, 165, 166];
const ownFormats =
  '<numFmts count="4"><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="166" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/><numFmt numFmtId="167" formatCode="#,##0.##"/></numFmts>';
const cellFormats = [
  '<xf numFmtId="0" fontId="0" xfId="0"/>',
  ...formats.flatMap((id) =>
    [0, 1].map(
      (font) => `<xf numFmtId="${id}" fontId="${font}" xfId="0" applyNumberFormat="1"${font ? ' applyFont="1"' : ''}/>`,
    ),
  ),
];

/** Names that a program of sheets takes: at most 31 characters, none of some signs, no two alike. */
const sheetNames = (sheets: readonly NamedSheet[]): string[] => {
  const taken = new Set<string>();
  return sheets.map(({ name }) => {
    const plain = name.replace(/[\\/?*[\]:]/g, ' ').trim() || '1';
    let own = plain.slice(0, 31);
    for (let n = 2; taken.has(own.toLowerCase()); n += 1) own = `${plain.slice(0, 27)} ${n}`;
    taken.add(own.toLowerCase());
    return own;
  });
};

/** A workbook with a sheet for each; the first row of each is bold and stays in sight. */
export const workbookOf = (sheets: readonly NamedSheet[]): Promise<Uint8Array<ArrayBuffer>> => {
  const names = sheetNames(sheets);
  const each = (write: (sheet: NamedSheet, n: number) => string): string =>
    sheets.map((s, i) => write(s, i + 1)).join('');
  return archiveOf({
    '[Content_Types].xml': `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${sheetType}.worksheet+xml"/>`)}</Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each((_, n) => `<sheet name="${escaped(names[n - 1] ?? '')}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${packages}/relationships">${each((_, n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${head}<styleSheet xmlns="${main}">${ownFormats}<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${cellFormats.length}">${cellFormats.join('')}</cellXfs></styleSheet>`,
    ...Object.fromEntries(sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, worksheet(sheet)])),
  });
};

// A program takes such a cell for a formula and runs it (OWASP, CSV injection); wide signs are read like narrow ones.
const guarded = (cell: string): string => (/^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(cell) ? `'${cell}` : cell);

/** A number as the region writes it: with a comma, which no program takes for a day, and without spaces. */
const plainNumber = (value: number, decimals?: number): string =>
  Number.isFinite(value) ? (decimals === undefined ? String(value) : value.toFixed(decimals)).replace('.', ',') : '';

const separatedCell = (cell: SheetCell): string => {
  if (typeof cell === 'string') return guarded(cell);
  if (typeof cell === 'number') return plainNumber(cell);
  if (cell.as === 'day' || cell.as === 'instant') return cell.value;
  return plainNumber(Number(cell.value), cell.as === 'money' ? 2 : undefined);
};

/**
 * Rows as text between semicolons (RFC 4180 but for the sign), as the programs of the region open it, with a mark of byte
 * order for Cyrillic letters. What could be run as a formula is defused; a number below zero stays a number.
 */
export const separatedOf = (rows: readonly (readonly SheetCell[])[]): string =>
  `\ufeff${rows
    .map((cells) =>
      cells
        .map(separatedCell)
        .map((cell) => (/[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join(';'),
    )
    .join('\r\n')}\r\n`;
