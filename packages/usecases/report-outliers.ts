/** Prescribers and pharmacies beside their peers, with the statistics shown. Where somebody stands, never what it means. */
import { isControlled } from '@darmon/domain/medicine';
import { type Compared, comparePeers, fewCases } from '@darmon/domain/peers';
import { checkOf, type Opens, type ReportSection } from '@darmon/domain/report';
import { type CareOf, loadCare } from './care-facts.ts';
import {
  countOf,
  grouped,
  lateFigures,
  lateNotes,
  notesOf,
  percent,
  readFigures,
  whatIs,
  wordOf,
} from './care-lines.ts';
import type { ReportMaker } from './report-frame.ts';

/** Of what each one does, which part is compared. */
interface Measure {
  readonly name: string;
  readonly of: (line: CareOf) => boolean;
  readonly having: (line: CareOf) => boolean;
}

interface Compares extends Measure {
  readonly compared: Compared[];
}

const compare = (
  lines: readonly CareOf[],
  whose: (line: CareOf) => string | undefined,
  measures: readonly Measure[],
): Compares[] => {
  const groups = grouped(lines, whose);
  return measures.map((measure) => ({
    ...measure,
    compared: comparePeers(
      groups.flatMap(([key, own]) => {
        const n = countOf(own, measure.of);
        // what is taken back may have been handed over before these days: no share passes the whole
        return n === 0 ? [] : [{ key, n, x: Math.min(n, countOf(own, measure.having)) }];
      }),
    ),
  }));
};

const tableOf = (
  name: string,
  who: ReportSection['columns'][number],
  compares: readonly Compares[],
  opens: (key: string) => Opens,
): ReportSection => ({
  name,
  columns: [
    who,
    { name: 'measure', kind: 'word' },
    { name: 'cases', kind: 'count' },
    { name: 'having', kind: 'count' },
    { name: 'share', kind: 'percent' },
    { name: 'limit-low', kind: 'percent' },
    { name: 'limit-high', kind: 'percent' },
    { name: 'median', kind: 'percent' },
    { name: 'mad', kind: 'percent' },
    { name: 'robust-z', kind: 'number' },
    { name: 'standing', kind: 'word' },
  ],
  rows: compares
    .flatMap(({ name: measure, compared }) => compared.map((one) => ({ measure, one })))
    .sort((a, b) => rank(b.one) - rank(a.one) || Math.abs(b.one.z ?? 0) - Math.abs(a.one.z ?? 0))
    .map(({ measure, one }) => ({
      cells: [
        one.key,
        wordOf(`measure-${measure}`),
        one.n,
        one.x,
        percent(one.share, 1),
        percent(one.low, 1),
        percent(one.high, 1),
        percent(one.median, 1),
        percent(one.mad, 1),
        one.z === undefined ? null : Math.round(one.z * 10) / 10,
        wordOf(`standing-${one.standing}`),
      ],
      opens: opens(one.key),
    })),
});

const ranks: Record<Compared['standing'], number> = { few: 0, inside: 1, 'beyond-95': 2, 'beyond-998': 3 };
const rank = ({ standing }: Compared): number => ranks[standing];

/** How much all of them did of what one measure is about. */
const casesOf = (compares: readonly Compares[], measure: string): number =>
  compares.find(({ name }) => name === measure)?.compared.reduce((sum, { n }) => sum + n, 0) ?? 0;

const isHanded = whatIs('dispensed', 'part');
const isCounter = whatIs('dispensed', 'part', 'not-dispensed');

export const outliers: ReportMaker = {
  span: 'days',
  takes: ['region', 'site', 'medicine'],
  make: async (deps, input) => {
    const { query, from, through } = input;
    const read = await loadCare(deps, input.sites, input);
    const lines = query.medicine === undefined ? read.lines : read.lines.filter((l) => l.medicine === query.medicine);
    const issued = lines.filter(whatIs('issued'));
    const codes = issued.flatMap((l) => l.medicine ?? []);
    const { medicines } = await deps.table.loadNamed({ medicines: codes, sites: [] });
    const of = (l: CareOf) => medicines.get(l.medicine ?? '');
    const prescribers = compare(lines, (l) => (l.what === 'became' ? l.person : l.prescriber), [
      { name: 'warned', of: whatIs('prescribed'), having: (l) => l.what === 'prescribed' && l.reason === 'warned' },
      {
        name: 'controlled',
        of: whatIs('issued'),
        having: (l) => l.what === 'issued' && isControlled(of(l)?.class ?? 'rx'),
      },
      // ATC J01 is what WHO counts as antibacterials for systemic use
      {
        name: 'antibiotic',
        of: whatIs('issued'),
        having: (l) => l.what === 'issued' && of(l)?.atc.startsWith('J01') === true,
      },
      { name: 'unpresented', of: whatIs('became'), having: (l) => l.what === 'became' && l.pharmacy === undefined },
    ]);
    const counters = lines.filter((l) => input.sites.some(({ id, kind }) => id === l.site && kind === 'pharmacy'));
    const pharmacies = compare(counters, (l) => l.site, [
      { name: 'refused', of: isCounter, having: whatIs('not-dispensed') },
      { name: 'substituted', of: isHanded, having: whatIs('substituted') },
      { name: 'lot-chosen', of: isHanded, having: whatIs('lot-chosen') },
      { name: 'undone', of: isHanded, having: whatIs('undone') },
      { name: 'idle', of: whatIs('look-served', 'look-idle'), having: whatIs('look-idle') },
    ]);
    const all = [...prescribers, ...pharmacies].flatMap(({ compared }) => compared);
    const days = { from, through };
    return {
      figures: [
        { name: 'compared', kind: 'count', value: all.length },
        { name: 'beyond-limits', kind: 'count', value: all.filter((one) => rank(one) >= 2).length },
        { name: 'too-few', kind: 'count', value: all.filter(({ standing }) => standing === 'few').length },
        { name: 'few-cases', kind: 'count', value: fewCases },
        ...lateFigures(issued),
        ...readFigures(read),
      ],
      sections: [
        tableOf('prescribers', { name: 'prescriber', kind: 'person' }, prescribers, (prescriber) => ({
          report: 'substitutions-overrides',
          query: { ...days, prescriber },
        })),
        tableOf('pharmacies', { name: 'pharmacy', kind: 'site' }, pharmacies, (site) => ({
          report: 'dispensing-trail',
          query: { ...days, site },
        })),
      ],
      checks: [
        checkOf('cases-are-issued', casesOf(prescribers, 'controlled'), countOf(issued)),
        checkOf('cases-are-counter', casesOf(pharmacies, 'refused'), countOf(counters, isCounter)),
      ],
      notes: notesOf(read, 'outliers-limits', 'outliers-no-verdict', 'outliers-many', ...lateNotes(issued)),
    };
  },
};
