/** What was used in a month, or in several, by value (A, B, C) and by need (V, E, N), and how the two meet. */
import { type AbcClass, abcClasses, classify } from './abc.ts';
import { type Procurement, rulesFor } from './procurement-rules.ts';
import type { Ven } from './replenishment.ts';
import { checkOf, type Report, type ReportSection } from './report.ts';

export interface UsedMedicine {
  readonly medicine: string;
  readonly units: number;
  /** Tiyin at the price of the last receipt of each lot. */
  readonly value: number;
  /** The last month in which it was used; the report's own where it says none. */
  readonly month?: string;
  /** Units of it that were entered too late for their own month. */
  readonly late?: number;
}

const needs: readonly Ven[] = ['V', 'E', 'N'];
/** Percent with two digits. */
const percentOf = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100;

interface Classed extends UsedMedicine {
  readonly abc: AbcClass;
  readonly ven: Ven;
}

const matrixOf = (classed: readonly Classed[], value: number): ReportSection => {
  const rows = abcClasses.flatMap((abc) =>
    needs.map((ven) => {
      const own = classed.filter((one) => one.abc === abc && one.ven === ven);
      const worth = own.reduce((sum, one) => sum + one.value, 0);
      return { cells: [`abc.${abc}`, `ven.${ven}`, own.length, worth, percentOf(worth, value)] };
    }),
  );
  return {
    name: 'matrix',
    columns: [
      { name: 'abc', kind: 'word' },
      { name: 'ven', kind: 'word' },
      { name: 'medicines', kind: 'count', total: true },
      { name: 'value', kind: 'money', total: true },
      { name: 'share', kind: 'percent' },
    ],
    rows,
    totals: { medicines: classed.length, value },
  };
};

const classSection = (classed: readonly Classed[], value: number): ReportSection => ({
  name: 'by-class',
  columns: [
    { name: 'abc', kind: 'word' },
    { name: 'medicines', kind: 'count', total: true },
    { name: 'value', kind: 'money', total: true },
    { name: 'share', kind: 'percent' },
  ],
  rows: abcClasses.map((abc) => {
    const own = classed.filter((one) => one.abc === abc);
    const worth = own.reduce((sum, one) => sum + one.value, 0);
    return { cells: [`abc.${abc}`, own.length, worth, percentOf(worth, value)] };
  }),
  totals: { medicines: classed.length, value },
  chart: { kind: 'bars', label: 'abc', values: ['share'] },
});

/** What was used in one of several months. */
export interface UsedMonth {
  readonly month: string;
  readonly medicines: number;
  readonly value: number;
}

/** Each month opens to its own classes. */
const monthsSection = (
  months: readonly UsedMonth[],
  value: number,
  place: Readonly<Record<string, string>>,
): ReportSection => ({
  name: 'by-month',
  columns: [
    { name: 'month', kind: 'month' },
    { name: 'medicines', kind: 'count' },
    { name: 'value', kind: 'money', total: true },
    { name: 'share', kind: 'percent' },
  ],
  rows: months.map((one) => ({
    cells: [one.month, one.medicines, one.value, percentOf(one.value, value)],
    opens: { report: 'consumption-classes' as const, query: { month: one.month, ...place } },
  })),
  totals: { value: months.reduce((sum, one) => sum + one.value, 0) },
  chart: { kind: 'bars', label: 'month', values: ['value'] },
});

/** `atcOf` is a medicine's ATC code, where the formulary knows it; `months` are told where there are several. */
export const classesReport = (
  used: readonly UsedMedicine[],
  {
    rules,
    atcOf,
    month,
    months = [],
    site,
    region,
  }: {
    rules: Procurement;
    atcOf: (medicine: string) => string | undefined;
    month: string;
    months?: readonly UsedMonth[];
    site?: string | undefined;
    region?: string | undefined;
  },
): Pick<Report, 'figures' | 'sections' | 'checks' | 'notes'> => {
  const value = used.reduce((sum, one) => sum + one.value, 0);
  const abc = classify(new Map(used.map((one) => [one.medicine, one.value])));
  const classed = used
    .map((one): Classed => {
      const { ven } = rulesFor(rules, atcOf(one.medicine));
      return { ...one, abc: abc.get(one.medicine) ?? 'C', ven };
    })
    .sort((a, b) => b.value - a.value || b.units - a.units || (a.medicine < b.medicine ? -1 : 1));
  const late = used.reduce((sum, one) => sum + Math.abs(one.late ?? 0), 0);
  let reached = 0;
  const medicines: ReportSection = {
    name: 'by-medicine',
    columns: [
      { name: 'medicine', kind: 'medicine' },
      { name: 'abc', kind: 'word' },
      { name: 'ven', kind: 'word' },
      { name: 'units', kind: 'units' },
      { name: 'value', kind: 'money', total: true },
      { name: 'share', kind: 'percent' },
      { name: 'share-reached', kind: 'percent' },
      ...(late > 0 ? [{ name: 'late', kind: 'units' as const }] : []),
    ],
    rows: classed.map((one) => {
      reached += one.value;
      return {
        cells: [
          one.medicine,
          `abc.${one.abc}`,
          `ven.${one.ven}`,
          one.units,
          one.value,
          percentOf(one.value, value),
          percentOf(reached, value),
          ...(late > 0 ? [one.late ?? 0] : []),
        ],
        opens: {
          report: 'material-balance' as const,
          query: { month: one.month ?? month, medicine: one.medicine, ...(site !== undefined && { site }) },
        },
      };
    }),
    totals: { value },
  };
  const matrix = matrixOf(classed, value);
  const place = { ...(site !== undefined && { site }), ...(region !== undefined && { region }) };
  const byMonth = months.length > 1 ? [monthsSection(months, value, place)] : [];
  const counted = (section: ReportSection, at: number) =>
    section.rows.reduce((sum, { cells }) => sum + Number(cells[at]), 0);
  return {
    figures: [
      { name: 'used-value', kind: 'money', value },
      { name: 'used-medicines', kind: 'count', value: classed.length },
      { name: 'a-medicines', kind: 'count', value: classed.filter((one) => one.abc === 'A').length },
      {
        name: 'vital-share',
        kind: 'percent',
        value: percentOf(
          classed.filter((one) => one.ven === 'V').reduce((sum, one) => sum + one.value, 0),
          value,
        ),
      },
      ...(late > 0 ? [{ name: 'entered-late', kind: 'units' as const, value: late }] : []),
    ],
    sections: [classSection(classed, value), matrix, ...byMonth, medicines],
    checks: [
      checkOf('matrix-is-medicines', counted(matrix, 2), classed.length, 'count'),
      checkOf('matrix-value-is-medicines', counted(matrix, 3), value, 'money'),
      ...byMonth.map((section) => checkOf('months-are-medicines', counted(section, 2), value, 'money')),
    ],
    notes: ['classes-value', 'classes-ven', ...(late > 0 ? ['balance-late'] : [])],
  };
};
