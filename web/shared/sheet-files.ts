/** Files that people take away: a template to fill in, and what is wrong with the rows of theirs. */

import { separatedOf, workbookOf } from '@darmon/documents/workbook';
import { type Field, type SheetKind, sheetKinds } from '@darmon/domain/sheet';
import { addressOf, type RowNote, type RowProblem } from '@darmon/domain/sheet-rows';
import type { Facts } from '@darmon/i18n/translator';
import type { T } from './language.ts';

const save = (content: BlobPart, type: string, name: string): void => {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
};

const headingsOf = (kind: SheetKind, t: T): string[] => sheetKinds[kind].map((field) => t(`sheet:field.${field}`));

/** An empty sheet with its columns named in the language of the page; a second one says what goes into each. */
export const saveTemplate = async (kind: SheetKind, form: 'xlsx' | 'csv', t: T): Promise<void> => {
  const name = `${kind}.${form}`;
  const headings = headingsOf(kind, t);
  if (form === 'csv') return save(separatedOf([headings]), 'text/csv', name);
  const help = sheetKinds[kind].map((field: Field) => [t(`sheet:field.${field}`), t(`sheet:help.${field}`)]);
  const title = [t('web-import:column'), t('web-import:whatGoesIn')];
  const book = await workbookOf([
    { name: t(`sheet:kind.${kind}`), rows: [headings] },
    { name: t('web-import:whatGoesIn'), rows: [title, ...help] },
  ]);
  return save(book, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', name);
};

/** A problem as every list of them shows it. */
export interface SaidProblem {
  readonly row: number;
  readonly address: string;
  readonly column: string;
  readonly what: string;
}

export const problemLines = (problems: readonly RowProblem[], t: T): SaidProblem[] =>
  problems.map((one) => ({
    row: one.row,
    address: addressOf(one),
    column: one.field === undefined ? '' : t(`sheet:field.${one.field}`),
    what: t(`sheet:problem.${one.code}`, one.facts as Facts),
  }));

export const saveProblems = (problems: readonly SaidProblem[], name: string, t: T): void =>
  save(
    separatedOf([
      [t('web-import:cell'), t('web-import:column'), t('web-import:what')],
      ...problems.map(({ address, column, what }) => [address, column, what]),
    ]),
    'text/csv',
    name,
  );

/** How often each note was made, and where first: fifty thousand of them are one line. */
export const noteCounts = (
  notes: readonly RowNote[],
): readonly { code: RowNote['code']; count: number; first: number }[] => {
  const found = new Map<RowNote['code'], { code: RowNote['code']; count: number; first: number }>();
  for (const { code, row } of notes) {
    const before = found.get(code);
    found.set(code, { code, count: (before?.count ?? 0) + 1, first: before?.first ?? row });
  }
  return [...found.values()];
};
