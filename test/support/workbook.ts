/** Workbooks as a spreadsheet program writes them, for tests: numbers, days by number, formulas with a kept result, texts. */
import { zipOf } from '@darmon/usecases/zip';

export type WrittenCell =
  | string
  | number
  | { readonly day: string }
  | { readonly formula: string; readonly result: number };

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const written = (cell: WrittenCell): string => {
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`;
  if (typeof cell === 'string') return `<c t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
  if ('formula' in cell) return `<c><f>${escaped(cell.formula)}</f><v>${cell.result}</v></c>`;
  return `<c s="1"><v>${(Date.parse(cell.day) - Date.UTC(1899, 11, 30)) / 86_400_000}</v></c>`;
};

const archiveOf = (parts: Readonly<Record<string, string>>): Buffer =>
  zipOf(Object.entries(parts).map(([name, text]) => ({ name, bytes: Buffer.from(text) })));

/** The bytes of an XLSX file with one sheet. */
export const writtenWorkbook = (rows: readonly (readonly WrittenCell[])[]): Buffer =>
  archiveOf({
    '_rels/.rels': `${head}<Relationships><Relationship Id="a" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Qoldiq" sheetId="1" r:id="b"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships><Relationship Id="b" Type="${office}/worksheet" Target="sheet.xml"/><Relationship Id="c" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `${head}<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    'xl/sheet.xml': `${head}<worksheet xmlns="${main}"><sheetData>${rows.map((cells) => `<row>${cells.map(written).join('')}</row>`).join('')}</sheetData></worksheet>`,
  });
