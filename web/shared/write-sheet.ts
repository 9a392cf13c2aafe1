/**
 * Sheets that people take away: a template to fill in, the problems of a file to mend. Every value is written as text, so
 * that no program turns a lot into a day or takes the zeros from the front of a GTIN.
 */
import { columnLetters } from '@darmon/domain/sheet';
import { crc32 } from './sheet-zip.ts';

const packed = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

/** 1 January 2000, since what is in a file counts and not when it was made. */
const day = (20 << 9) | (1 << 5) | 1;

const record = (
  signature: number,
  fields: readonly (readonly [value: number, bytes: 2 | 4])[],
  name = '',
): number[] => {
  const bytes: number[] = [];
  for (const [value, size] of [[signature, 4] as const, ...fields])
    for (let i = 0; i < size; i++) bytes.push((value >>> (8 * i)) & 255);
  return [...bytes, ...new TextEncoder().encode(name)];
};

/** A zip archive of texts, by name. */
export const archiveOf = async (parts: Readonly<Record<string, string>>): Promise<Uint8Array<ArrayBuffer>> => {
  const pieces: Uint8Array[] = [];
  const list: number[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(parts)) {
    const bytes = new TextEncoder().encode(text);
    const body = await packed(bytes);
    const common = [
      [0x0800, 2],
      [8, 2],
      [0, 2],
      [day, 2],
      [crc32(bytes), 4],
      [body.length, 4],
      [bytes.length, 4],
      [new TextEncoder().encode(name).length, 2],
      [0, 2],
    ] as const;
    const head = Uint8Array.from(record(0x04034b50, [[20, 2], ...common], name));
    list.push(...record(0x02014b50, [[20, 2], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]], name));
    pieces.push(head, body);
    at += head.length + body.length;
  }
  const count = Object.keys(parts).length;
  const end = record(0x06054b50, [
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [list.length, 4],
    [at, 4],
    [0, 2],
  ]);
  const all = new Uint8Array(at + list.length + end.length);
  let written = 0;
  for (const piece of [...pieces, Uint8Array.from(list), Uint8Array.from(end)]) {
    all.set(piece, written);
    written += piece.length;
  }
  return all;
};

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

export interface NamedSheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

const worksheet = ({ rows }: NamedSheet): string => {
  const width = Math.max(1, ...rows.map((cells) => cells.length));
  const written = rows.map((cells, r) => {
    const inside = cells.map((text, c) =>
      text === ''
        ? ''
        : `<c r="${columnLetters(c)}${r + 1}" s="${r === 0 ? 2 : 1}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`,
    );
    return `<row r="${r + 1}">${inside.join('')}</row>`;
  });
  return `${head}<worksheet xmlns="${main}"><cols><col min="1" max="${width}" width="22" style="1" customWidth="1"/></cols><sheetData>${written.join('')}</sheetData></worksheet>`;
};

/** A workbook whose cells and columns are text; the first row of each sheet is bold. Names of sheets have at most 31 characters. */
export const workbookOf = (sheets: readonly NamedSheet[]): Promise<Uint8Array<ArrayBuffer>> => {
  const each = (write: (sheet: NamedSheet, n: number) => string): string =>
    sheets.map((s, i) => write(s, i + 1)).join('');
  return archiveOf({
    '[Content_Types].xml': `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${sheetType}.worksheet+xml"/>`)}</Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${each(({ name }, n) => `<sheet name="${escaped(name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31))}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${packages}/relationships">${each((_, n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}<Relationship Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    // 49 is the format of text (ECMA-376 part 1, 18.8.30)
    'xl/styles.xml': `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" xfId="0"/><xf numFmtId="49" fontId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(sheets.map((sheet, i) => [`xl/worksheets/sheet${i + 1}.xml`, worksheet(sheet)])),
  });
};

// A program takes such a cell for a formula and runs it.
const guarded = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

/** Rows as text between semicolons, as the programs of the region open it, with a mark of byte order for Cyrillic letters. */
export const separatedOf = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows
    .map((cells) =>
      cells
        .map(guarded)
        .map((cell) => (/[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
        .join(';'),
    )
    .join('\r\n')}\r\n`;
