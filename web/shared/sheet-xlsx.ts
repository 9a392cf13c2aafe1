/**
 * A workbook (ECMA-376, transitional and strict) as a sheet: the first sheet that holds anything, cell by cell, with what
 * a person must know. Formulas are not computed and their kept results not taken: nobody signs for a number that another
 * cell can change. A merged cell is refused, because which of its rows it speaks of is a guess.
 */
import {
  type Cell,
  maxSheetColumns,
  maxSheetRows,
  type Sheet,
  type SheetNote,
  SheetRefusal,
  type SheetRow,
} from '@darmon/domain/sheet';
import { dayOfSerial } from '@darmon/domain/sheet-values';
import { attributeOf, readXml, type XmlHandler } from './sheet-xml.ts';
import { type Archive, type Budget, openArchive, unpackText } from './sheet-zip.ts';

/** All that may come out of a workbook, and the text of its cells. */
const maxUnpacked = 200_000_000;
const maxCharacters = 40_000_000;
const maxCells = 2_000_000;
/** Titles and signatures around the rows of values. */
const spareRows = 100;

export type OnProgress = (share: number) => void;

const damaged = (): SheetRefusal => new SheetRefusal('damaged');

const readPart = async (
  archive: Archive,
  name: string,
  budget: Budget,
  handler: XmlHandler,
  onProgress?: OnProgress,
): Promise<void> => {
  const xml = readXml(handler);
  await unpackText(archive, name, budget, (text, share) => {
    xml.feed(text);
    onProgress?.(share);
  });
  xml.end();
};

const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1);

/** A target of a relationship as the name of a part: from the root, or beside what names it. */
const targetOf = (from: string, target: string): string => {
  const steps = (target.startsWith('/') ? target.slice(1) : folderOf(from) + target).split('/');
  const path: string[] = [];
  for (const step of steps) {
    if (step === '..') path.pop();
    else if (step !== '.') path.push(step);
  }
  return path.join('/');
};

interface Relation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
}

const relationsOf = async (archive: Archive, of: string, budget: Budget): Promise<Relation[]> => {
  const name = `${folderOf(of)}_rels/${of.slice(folderOf(of).length)}.rels`;
  if (!archive.has(name)) return [];
  const relations: Relation[] = [];
  await readPart(archive, name, budget, {
    open: (tag, attributes) => {
      if (tag !== 'Relationship' || attributeOf(attributes, 'TargetMode') === 'External') return;
      const type = attributeOf(attributes, 'Type') ?? '';
      relations.push({
        id: attributeOf(attributes, 'Id') ?? '',
        type: type.slice(type.lastIndexOf('/') + 1),
        target: targetOf(of, attributeOf(attributes, 'Target') ?? ''),
      });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return relations;
};

const isTrue = (text: string | undefined): boolean => text === '1' || text === 'true';

/** What a number is shown as: a whole day, or a month only; undefined for any other number. */
type Shows = 'day' | 'month' | undefined;

/** By the formats that are built in (18.8.30), or by a year, month or day in the pattern. */
const shownBy = (id: number, pattern: string | undefined): Shows => {
  if (pattern === undefined) {
    if (id === 17) return 'month';
    return (id >= 14 && id <= 16) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? 'day' : undefined;
  }
  const bare = pattern.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '');
  if (/d/i.test(bare)) return 'day';
  return /y/i.test(bare) ? 'month' : undefined;
};

/** For each style what it shows. */
const stylesOf = async (archive: Archive, name: string | undefined, budget: Budget): Promise<readonly Shows[]> => {
  if (name === undefined || !archive.has(name)) return [];
  const patterns = new Map<number, string>();
  const styles: Shows[] = [];
  let inCells = false;
  await readPart(archive, name, budget, {
    open: (tag, attributes) => {
      if (tag === 'numFmt')
        patterns.set(Number(attributeOf(attributes, 'numFmtId')), attributeOf(attributes, 'formatCode') ?? '');
      else if (tag === 'cellXfs') inCells = true;
      else if (tag === 'xf' && inCells) {
        const id = Number(attributeOf(attributes, 'numFmtId') ?? 0);
        styles.push(shownBy(id, patterns.get(id)));
      }
    },
    close: (tag) => {
      if (tag === 'cellXfs') inCells = false;
    },
    text: () => undefined,
  });
  return styles;
};

// A character that XML cannot hold is written as _x000D_ (22.4.2.4).
const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-F]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

/** Counts characters of all texts, which repeat by reference and grow by none. */
const counted = () => {
  let all = 0;
  return (text: string): string => {
    all += text.length;
    if (all > maxCharacters) throw new SheetRefusal('unpacked-too-large');
    return text;
  };
};

const sharedTexts = async (archive: Archive, name: string | undefined, budget: Budget): Promise<readonly string[]> => {
  if (name === undefined || !archive.has(name)) return [];
  const texts: string[] = [];
  const count = counted();
  let [text, inText, inPhonetic] = ['', false, false];
  await readPart(archive, name, budget, {
    open: (tag) => {
      if (tag === 'si') text = '';
      else if (tag === 'rPh') inPhonetic = true;
      else if (tag === 't') inText = !inPhonetic;
    },
    close: (tag) => {
      if (tag === 'si') texts.push(unescaped(text));
      else if (tag === 'rPh') inPhonetic = false;
      else if (tag === 't') inText = false;
    },
    text: (piece) => {
      if (inText) text += count(piece);
    },
  });
  return texts;
};

interface Listed {
  readonly name: string;
  readonly id: string;
  readonly hidden: boolean;
}

const workbookOf = async (archive: Archive, name: string, budget: Budget) => {
  const sheets: Listed[] = [];
  let epoch: 1900 | 1904 = 1900;
  await readPart(archive, name, budget, {
    open: (tag, attributes) => {
      if (tag === 'workbookPr' && isTrue(attributeOf(attributes, 'date1904'))) epoch = 1904;
      if (tag === 'sheet')
        sheets.push({
          name: attributeOf(attributes, 'name') ?? '',
          id: attributeOf(attributes, 'id') ?? '',
          hidden: (attributeOf(attributes, 'state') ?? 'visible') !== 'visible',
        });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return { sheets, epoch: epoch as 1900 | 1904 };
};

/** Column from 0 and row from 1 of `B17`. */
const placeOf = (reference: string): { column: number; row: number } => {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/.exec(reference);
  if (!found) throw damaged();
  const column = [...(found[1] as string)].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { column, row: Number(found[2]) };
};

interface Worksheet {
  readonly rows: { row: number; cells: Cell[] }[];
  readonly merged: readonly string[];
  readonly hiddenRows: readonly number[];
  readonly hiddenColumns: number;
}

interface Around {
  readonly texts: readonly string[];
  readonly styles: readonly Shows[];
  readonly epoch: 1900 | 1904;
}

/** What a cell holds, from what the file says of it (18.3.1.4). */
const cellOf = (
  type: string,
  style: number,
  value: string,
  hasFormula: boolean,
  { texts, styles, epoch }: Around,
): Cell => {
  if (hasFormula) return { fault: 'formula' };
  if (type === 'e') return { fault: 'error' };
  if (value === '') return undefined;
  if (type === 's') {
    const text = texts[Number(value)];
    if (text === undefined) throw damaged();
    return text;
  }
  if (type === 'd') return /^\d{4}-\d{2}-\d{2}/.test(value) ? { day: value.slice(0, 10) } : value;
  if (type === 'b') return isTrue(value) ? 'TRUE' : 'FALSE';
  if (type !== 'n') return unescaped(value);
  const number = Number(value);
  if (!Number.isFinite(number)) return { fault: 'error' };
  const shows = styles[style];
  const day = shows ? dayOfSerial(number, epoch) : undefined;
  if (day === undefined) return number;
  // Whoever types 06.2027 sees it again, and the program keeps the first of June; a pack means the last.
  return { day: shows === 'month' && day.endsWith('-01') ? lastOfMonth(day) : day };
};

const lastOfMonth = (day: string): string =>
  new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).toISOString().slice(0, 10);

const readWorksheet = async (
  archive: Archive,
  name: string,
  budget: Budget,
  around: Around,
  onProgress: OnProgress,
): Promise<Worksheet> => {
  const sheet = { rows: [] as { row: number; cells: Cell[] }[], merged: [] as string[], hiddenRows: [] as number[] };
  const count = counted();
  let hiddenColumns = 0;
  let [row, isHidden, cells] = [0, false, [] as Cell[]];
  let [column, type, style, hasFormula, value] = [-1, 'n', 0, false, ''];
  let takes = false;
  let all = 0;
  await readPart(
    archive,
    name,
    budget,
    {
      open: (tag, attributes) => {
        if (tag === 'c') {
          const reference = attributeOf(attributes, 'r');
          column = reference === undefined ? column + 1 : placeOf(reference).column;
          type = attributeOf(attributes, 't') ?? 'n';
          style = Number(attributeOf(attributes, 's') ?? 0);
          [hasFormula, value] = [false, ''];
        } else if (tag === 'v' || tag === 't') takes = true;
        else if (tag === 'f') hasFormula = true;
        else if (tag === 'rPh') type = 'phonetic';
        else if (tag === 'row') {
          row = Number(attributeOf(attributes, 'r') ?? row + 1);
          if (!Number.isInteger(row) || row < 1) throw damaged();
          [isHidden, cells, column] = [isTrue(attributeOf(attributes, 'hidden')), [], -1];
        } else if (tag === 'mergeCell') sheet.merged.push(attributeOf(attributes, 'ref') ?? '');
        else if (tag === 'col' && isTrue(attributeOf(attributes, 'hidden'))) hiddenColumns += 1;
      },
      close: (tag) => {
        if (tag === 'v' || tag === 't') takes = false;
        else if (tag === 'c') {
          const cell = cellOf(type, style, value, hasFormula, around);
          if (cell === undefined) return;
          all += 1;
          if (column >= maxSheetColumns || all > maxCells)
            throw new SheetRefusal('too-wide', { most: maxSheetColumns });
          while (cells.length <= column) cells.push(undefined);
          cells[column] = cell;
        } else if (tag === 'row' && cells.length > 0) {
          if (isHidden) sheet.hiddenRows.push(row);
          sheet.rows.push({ row, cells });
          if (sheet.rows.length > maxSheetRows + spareRows)
            throw new SheetRefusal('too-many-rows', { most: maxSheetRows });
        }
      },
      text: (piece) => {
        if (takes && type !== 'phonetic') value += count(piece);
      },
    },
    onProgress,
  );
  return { ...sheet, hiddenColumns };
};

/** Every cell of a merged range becomes a fault, for the range speaks of several rows or columns at once. */
const markMerged = ({ rows, merged }: Worksheet): void => {
  const byRow = new Map(rows.map((one) => [one.row, one.cells]));
  for (const range of merged) {
    const [first = '', last = first] = range.split(':');
    const [from, to] = [placeOf(first), placeOf(last)];
    const spans =
      from.row === to.row ? [from.row] : [...byRow.keys()].filter((row) => row >= from.row && row <= to.row);
    for (const row of spans) {
      const cells = byRow.get(row);
      for (let column = from.column; cells && column <= Math.min(to.column, maxSheetColumns - 1); column++) {
        while (cells.length <= column) cells.push(undefined);
        cells[column] = { fault: 'merged', range };
      }
    }
  }
};

/**
 * Reads the bytes of an XLSX file. The first visible sheet with anything in it counts; hidden rows are taken, and both
 * are noted.
 * @throws SheetRefusal `damaged`, `encrypted`, `old-format`, `other-format`, `unpacked-too-large`, `too-many-rows`,
 * `too-wide`, `no-rows`
 */
export const readWorkbook = async (bytes: Uint8Array<ArrayBuffer>, onProgress: OnProgress): Promise<Sheet> => {
  const archive = openArchive(bytes);
  const budget: Budget = { left: maxUnpacked };
  const [root] = (await relationsOf(archive, '', budget)).filter(({ type }) => type === 'officeDocument');
  if (!root) throw new SheetRefusal('other-format');
  if (root.target.endsWith('.bin')) throw new SheetRefusal('old-format');
  if (!/workbook/i.test(root.target)) throw new SheetRefusal('other-format');

  const { sheets, epoch } = await workbookOf(archive, root.target, budget);
  const relations = await relationsOf(archive, root.target, budget);
  const partOf = (type: string) => relations.find((relation) => relation.type === type)?.target;
  const styles = await stylesOf(archive, partOf('styles'), budget);
  const texts = await sharedTexts(archive, partOf('sharedStrings'), budget);
  const visible = sheets.filter(({ hidden }) => !hidden);
  for (const listed of visible) {
    const relation = relations.find(({ id, type }) => id === listed.id && type === 'worksheet');
    if (!relation) continue;
    const worksheet = await readWorksheet(archive, relation.target, budget, { texts, styles, epoch }, onProgress);
    if (worksheet.rows.length === 0) continue;
    markMerged(worksheet);
    return {
      form: 'workbook',
      epoch,
      rows: worksheet.rows as SheetRow[],
      notes: notesOf(worksheet, listed, sheets.length),
    };
  }
  throw new SheetRefusal('no-rows');
};

const notesOf = ({ hiddenRows, hiddenColumns }: Worksheet, { name }: Listed, sheets: number): SheetNote[] => [
  ...(sheets > 1 ? [{ code: 'sheet-chosen' as const, facts: { name, sheets } }] : []),
  ...(hiddenRows.length > 0
    ? [{ code: 'hidden-rows' as const, facts: { count: hiddenRows.length, first: hiddenRows[0] as number } }]
    : []),
  ...(hiddenColumns > 0 ? [{ code: 'hidden-columns' as const, facts: { count: hiddenColumns } }] : []),
];
