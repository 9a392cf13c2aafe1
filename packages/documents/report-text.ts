/**
 * How a report is said: every cell, heading, figure and check as text in one language. Screens, papers and sheets all
 * say it by this, so that none of them shows what the others do not.
 */
import type { Medicine } from '@darmon/domain/medicine';
import type { Cell, ColumnKind, Report, ReportCheck, ReportSection } from '@darmon/domain/report';
import { dayText, timeText } from '@darmon/i18n/dates';
import type { Language } from '@darmon/i18n/language';
import { innText } from '@darmon/i18n/medicine';
import { soumText } from '@darmon/i18n/money';
import { type Facts, type KeyOf, translatorOf } from '@darmon/i18n/translator';
import { regions } from '@darmon/i18n/words/regions';
import { report as words } from '@darmon/i18n/words/report';
import type { SheetCell } from './workbook.ts';

const areas = { report: words, regions };
const translator = translatorOf(areas);
type Key = KeyOf<typeof areas>;

/** What ids are called. A name that is not known is left out and the id stands alone; none is in a report's data. */
export interface ReportNames {
  readonly medicine?: (code: string) => Pick<Medicine, 'inn' | 'innRu' | 'innUz' | 'strength'> | undefined;
  readonly site?: (id: string) => string | undefined;
  readonly person?: (id: string) => string | undefined;
  /** Ids stand beside names everywhere: for whoever reads it far from the table that knows them. */
  readonly withIds?: boolean;
}

/** Kinds of columns whose values are ids that have names. */
const named: ReadonlySet<ColumnKind> = new Set(['medicine', 'site', 'person']);
export const isNamed = (kind: ColumnKind): boolean => named.has(kind);

type Column = ReportSection['columns'][number];

/** Kinds of columns that stand to the right, digit under digit. */
const numeric: ReadonlySet<ColumnKind> = new Set(['units', 'count', 'money', 'percent', 'number']);
export const isNumeric = (kind: ColumnKind): boolean => numeric.has(kind);

export interface ReportText {
  /** A word of the frame, or any other that reports say. */
  readonly t: (key: string, facts?: Facts) => string;
  readonly title: string;
  readonly period: string;
  readonly scope: string;
  readonly heading: (section: Pick<ReportSection, 'name'>) => string;
  readonly column: (column: Column) => string;
  /** In a table, where the heading names the unit. */
  readonly cell: (value: Cell, kind: ColumnKind) => string;
  /** On its own, with its unit. */
  readonly figure: (value: Cell, kind: ColumnKind) => string;
  readonly check: (check: ReportCheck) => { name: string; left: string; right: string; result: string };
  /** For a sheet: numbers as numbers, days as days. A name stands alone where its id has a column of its own. */
  readonly sheetCell: (value: Cell, kind: ColumnKind) => SheetCell;
  /** Sheets have a column of ids behind each column of names. */
  readonly hasIdColumns: boolean;
}

/** Digits in threes, apart by a space that breaks no row, in every language but English. */
const digits = (value: number, language: Language, least: number, most: number): string =>
  value
    .toLocaleString(language === 'en' ? 'en' : 'ru', { minimumFractionDigits: least, maximumFractionDigits: most })
    .replace('-', '−');

const numberText = (value: number, kind: ColumnKind, language: Language): string => {
  if (kind === 'money') return digits(value / 100, language, 2, 2);
  if (kind === 'percent') return `${digits(value, language, 0, 1)}\u00a0%`;
  return digits(value, language, 0, kind === 'number' ? 3 : 0);
};

/** The words, names and numbers of one report in one language. */
export const reportText = (report: Report, language: Language, names: ReportNames = {}): ReportText => {
  const say = translator(language);
  // which words a report uses is known when it is made, so a key is put together here and a test walks all of them
  const t = (key: string, facts?: Facts): string => say(`report:${key}` as Key, facts);
  const { withIds = false } = names;
  const withId = (name: string | undefined, id: string): string =>
    name === undefined || name === id ? id : `${name} (${id})`;
  /** What an id is called; undefined where nobody knows. */
  const nameOf = (id: string, kind: ColumnKind): string | undefined => {
    if (kind === 'site') return names.site?.(id);
    if (kind === 'person') return names.person?.(id);
    const medicine = names.medicine?.(id);
    return medicine && `${innText(medicine, language)} ${medicine.strength}`;
  };
  const plain = (value: string, kind: ColumnKind): string => {
    if (kind === 'word') return t(`word.${value}`);
    if (kind === 'site') return withId(nameOf(value, kind), value);
    if (isNamed(kind)) return withIds ? withId(nameOf(value, kind), value) : (nameOf(value, kind) ?? value);
    if (kind === 'day') return dayText(value);
    if (kind === 'month') return value.split('-').reverse().join('.');
    if (kind === 'instant') return timeText(value);
    return value;
  };
  const cell = (value: Cell, kind: ColumnKind): string => {
    if (value === null) return '';
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    return typeof value === 'number' ? numberText(value, kind, language) : plain(value, kind);
  };
  const figure = (value: Cell, kind: ColumnKind): string => {
    if (value === null) return '–';
    return kind === 'money' && typeof value === 'number' ? soumText(value, language) : cell(value, kind);
  };
  const { from, through, site, region } = report;
  return {
    t,
    title: t(`title.${report.report}`),
    period:
      from === through
        ? t('asOf', { day: dayText(through) })
        : t('periodDays', { from: dayText(from), through: dayText(through) }),
    scope:
      site !== undefined
        ? withId(names.site?.(site), site)
        : region !== undefined
          ? say(`regions:${region}` as Key)
          : t('country'),
    heading: ({ name }) => t(`${report.report}.${name}`),
    column: ({ name, kind }) => `${t(`column.${name}`)}${kind === 'money' ? `, ${t('soum')}` : ''}`,
    cell,
    figure,
    check: ({ name, left, right, holds, kind = 'number' }) => ({
      name: t(`check.${name}`),
      left: figure(left, kind),
      right: figure(right, kind),
      result: t(holds ? 'holds' : 'fails'),
    }),
    sheetCell: (value, kind) => {
      if (value === null) return '';
      if (typeof value === 'number') {
        if (kind === 'money') return { as: 'money', value: value / 100 };
        if (kind === 'percent' || kind === 'number') return { as: kind, value };
        return value;
      }
      if (typeof value === 'string' && (kind === 'day' || kind === 'instant')) return { as: kind, value };
      if (typeof value === 'string' && withIds && isNamed(kind)) return nameOf(value, kind) ?? value;
      return cell(value, kind);
    },
    hasIdColumns: withIds,
  };
};
