/**
 * Antibiotics that patients were given in a month: by group of the AWaRe book, in defined daily doses, and for each
 * thousand inhabitants a day where a region or the country is asked for.
 */
import { awareGroups, dosesInUnit, groupOfAntibiotic } from './antibiotics.ts';
import type { Medicine } from './medicine.ts';
import { checkOf, type Opens, type Report, type ReportSection } from './report.ts';

/** Units of one antibiotic that one site handed over. */
export interface AntibioticUse {
  readonly site: string;
  readonly medicine: string;
  readonly units: number;
  /** Units of it that were entered too late for their own month. */
  readonly late?: number;
}

/** How many people a figure per inhabitant is by, and who counted them. */
interface Counted {
  readonly inhabitants: number;
  readonly year: number;
  readonly source: string;
}

/** Doses are told, and added up, with two digits. */
const hundredths = (doses: number): number => Math.round(doses * 100);
const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 1_000) / 10;

interface Sum {
  units: number;
  /** In hundredths. */
  doses: number;
}
const addTo = (sums: Map<string, Sum>, name: string, { units, doses }: Sum): void => {
  const sum = sums.get(name) ?? { units: 0, doses: 0 };
  sums.set(name, { units: sum.units + units, doses: sum.doses + doses });
};

/**
 * `days` are the days that are in it; `population` those of whom it is, where they are known. Every medicine of `used` is
 * one of `medicines`.
 */
export const antibioticsReport = (
  used: readonly AntibioticUse[],
  medicines: ReadonlyMap<string, Medicine>,
  {
    days,
    population,
    opens,
  }: {
    days: number;
    population: Counted | undefined;
    opens: (of: { site?: string; medicine?: string }) => Opens;
  },
): Pick<Report, 'figures' | 'sections' | 'checks' | 'notes'> => {
  const lateOf = (code?: string) =>
    used.reduce((sum, one) => (code === undefined || one.medicine === code ? sum + (one.late ?? 0) : sum), 0);
  const isLate = used.some(({ late = 0 }) => late !== 0);
  const inhabitants = population?.inhabitants;
  const [byGroup, byMedicine, bySite] = [new Map<string, Sum>(), new Map<string, Sum>(), new Map<string, Sum>()];
  const accessAt = new Map<string, Sum>();
  const groupAt = (code: string): string => {
    const medicine = medicines.get(code);
    return (medicine && groupOfAntibiotic(medicine)) ?? 'unlisted';
  };
  // a site's use of one medicine is rounded once, so that every table adds up to the same doses
  for (const { site, medicine, units } of used) {
    const known = medicines.get(medicine);
    const each = known && dosesInUnit(known);
    const sum = { units, doses: each === undefined ? 0 : hundredths(units * each) };
    addTo(byGroup, groupAt(medicine), sum);
    addTo(byMedicine, medicine, sum);
    addTo(bySite, site, sum);
    if (groupAt(medicine) === 'access') addTo(accessAt, site, sum);
  }
  const all = [...byMedicine.values()].reduce((sum, { doses }) => sum + doses, 0);
  const units = [...byMedicine.values()].reduce((sum, one) => sum + one.units, 0);
  const perThousand = (doses: number): number | null =>
    inhabitants === undefined || days === 0
      ? null
      : Math.round((doses / 100 / (inhabitants / 1_000) / days) * 1_000) / 1_000;
  const isCounted = (code: string): boolean => {
    const medicine = medicines.get(code);
    return medicine !== undefined && dosesInUnit(medicine) !== undefined;
  };
  const uncounted = [...byMedicine.keys()].filter((code) => !isCounted(code));

  const groups: ReportSection = {
    name: 'by-group',
    columns: [
      { name: 'aware', kind: 'word' },
      { name: 'doses', kind: 'number', total: true },
      { name: 'share', kind: 'percent' },
      { name: 'doses-per-1000', kind: 'number' },
    ],
    rows: [...awareGroups, 'unlisted'].flatMap((group) => {
      const sum = byGroup.get(group);
      if (!sum && group === 'unlisted') return [];
      const doses = sum?.doses ?? 0;
      return [{ cells: [`aware.${group}`, doses / 100, percentOf(doses, all), perThousand(doses)] }];
    }),
    totals: { doses: all / 100 },
    chart: { kind: 'bars', label: 'aware', values: ['doses'] },
  };
  const table: ReportSection = {
    name: 'by-medicine',
    columns: [
      { name: 'medicine', kind: 'medicine' },
      { name: 'aware', kind: 'word' },
      { name: 'units', kind: 'units' },
      { name: 'doses', kind: 'number', total: true },
      { name: 'share', kind: 'percent' },
      { name: 'doses-per-1000', kind: 'number' },
      ...(isLate ? [{ name: 'late', kind: 'units' as const }] : []),
    ],
    rows: [...byMedicine]
      .sort(([a, x], [b, y]) => y.doses - x.doses || (a < b ? -1 : 1))
      .map(([code, sum]) => ({
        cells: [
          code,
          `aware.${groupAt(code)}`,
          sum.units,
          isCounted(code) ? sum.doses / 100 : null,
          isCounted(code) ? percentOf(sum.doses, all) : null,
          isCounted(code) ? perThousand(sum.doses) : null,
          ...(isLate ? [lateOf(code)] : []),
        ],
        opens: opens({ medicine: code }),
      })),
    totals: { doses: all / 100 },
  };
  const sites: ReportSection = {
    name: 'by-site',
    columns: [
      { name: 'site', kind: 'site' },
      { name: 'doses', kind: 'number', total: true },
      { name: 'access-share', kind: 'percent' },
    ],
    rows: [...bySite]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([site, { doses }]) => ({
        cells: [site, doses / 100, percentOf(accessAt.get(site)?.doses ?? 0, doses)],
        opens: opens({ site }),
      })),
    totals: { doses: all / 100 },
  };
  const sumOf = (sums: ReadonlyMap<string, Sum>, of: keyof Sum) =>
    [...sums.values()].reduce((sum, one) => sum + one[of], 0);
  return {
    figures: [
      { name: 'doses', kind: 'number', value: all / 100 },
      ...(inhabitants === undefined
        ? []
        : [{ name: 'doses-per-1000', kind: 'number' as const, value: perThousand(all) }]),
      { name: 'access-share', kind: 'percent', value: percentOf(byGroup.get('access')?.doses ?? 0, all) },
      { name: 'uncounted-medicines', kind: 'count', value: uncounted.length },
      ...(population === undefined
        ? []
        : [
            { name: 'inhabitants', kind: 'count' as const, value: population.inhabitants },
            { name: 'population-of', kind: 'text' as const, value: `${population.year}, ${population.source}` },
          ]),
      ...(isLate ? [{ name: 'entered-late', kind: 'units' as const, value: lateOf() }] : []),
    ],
    sections: [groups, table, sites],
    checks: [
      checkOf('groups-are-medicines', sumOf(byGroup, 'doses') / 100, all / 100, 'number'),
      checkOf('sites-are-medicines', sumOf(bySite, 'doses') / 100, all / 100, 'number'),
      checkOf('units-of-sites', sumOf(bySite, 'units'), units, 'units'),
    ],
    notes: [
      'antibiotics-source',
      ...(isLate ? ['balance-late'] : []),
      ...(uncounted.length > 0 ? ['antibiotics-uncounted'] : []),
      ...(inhabitants === undefined ? ['antibiotics-no-population'] : ['antibiotics-population']),
    ],
  };
};
