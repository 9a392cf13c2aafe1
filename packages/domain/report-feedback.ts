/** What patients praise and complain about, by subject, site and lot, and the lots of which a signal was raised. */
import type { Feedback, LotSignal } from './feedback.ts';
import { checkOf, type Report, type ReportSection } from './report.ts';
import { tashkentDay } from './time.ts';

type About = Pick<Feedback, 'id' | 'at' | 'site' | 'kind' | 'about' | 'dispense' | 'lots'>;

interface Tally {
  praise: number;
  complaint: number;
  withReceipt: number;
}
const tallyOf = (of: readonly About[]): Tally => ({
  praise: of.filter(({ kind }) => kind === 'praise').length,
  complaint: of.filter(({ kind }) => kind === 'complaint').length,
  withReceipt: of.filter(({ dispense }) => dispense !== undefined).length,
});

const columns = [
  { name: 'praise', kind: 'count', total: true },
  { name: 'complaints', kind: 'count', total: true },
  { name: 'with-receipt', kind: 'count', total: true },
] as const;
const cellsOf = ({ praise, complaint, withReceipt }: Tally) => [praise, complaint, withReceipt];
const totalsOf = ({ praise, complaint, withReceipt }: Tally) => ({
  praise,
  complaints: complaint,
  'with-receipt': withReceipt,
});

/**
 * Feedback of the days of a report, without its words, and every lot with a signal. A signal counts for the whole
 * country: a report of one site shows those about lots that its own patients complained of.
 */
export const feedbackReport = (
  all: readonly About[],
  signals: readonly LotSignal[],
  scope: { readonly from: string; readonly through: string; readonly everySite: boolean },
): Pick<Report, 'figures' | 'sections' | 'checks' | 'notes'> => {
  const tally = tallyOf(all);
  const by = (of: (one: About) => string): [string, readonly About[]][] =>
    [...Map.groupBy(all, of)].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  const lots = new Map<string, { gtin: string; lot: string; medicine: string; complaints: number }>();
  const named = all.flatMap((one) => (one.kind === 'complaint' ? (one.lots ?? []) : []));
  for (const { gtin, lot, medicine } of named) {
    const name = `${gtin}#${lot}`;
    lots.set(name, { gtin, lot, medicine, complaints: (lots.get(name)?.complaints ?? 0) + 1 });
  }
  const dayOf = ({ raisedAt }: LotSignal): string => (raisedAt === undefined ? '' : tashkentDay(Date.parse(raisedAt)));
  const known = new Map(signals.map((signal) => [`${signal.gtin}#${signal.lot}`, signal]));
  const raised = signals.filter((signal) => {
    const day = dayOf(signal);
    return day >= scope.from && day <= scope.through && (scope.everySite || lots.has(`${signal.gtin}#${signal.lot}`));
  });
  const lotRows = [...lots.values()].sort((a, b) => b.complaints - a.complaints || (a.lot < b.lot ? -1 : 1));
  const bySubject = by(({ about }) => about);
  const bySite = by(({ site }) => site);
  const byDay = [...Map.groupBy(all, ({ at }) => tashkentDay(Date.parse(at)))].sort(([a], [b]) => (a < b ? -1 : 1));
  const sections: ReportSection[] = [
    {
      name: 'by-subject',
      columns: [{ name: 'subject', kind: 'word' }, ...columns],
      rows: bySubject.map(([about, own]) => ({ cells: [`feedback.${about}`, ...cellsOf(tallyOf(own))] })),
      totals: totalsOf(tally),
      chart: { kind: 'stacked', label: 'subject', values: ['praise', 'complaints'] },
    },
    {
      name: 'by-day',
      columns: [{ name: 'day', kind: 'day' }, ...columns],
      rows: byDay.map(([day, own]) => ({ cells: [day, ...cellsOf(tallyOf(own))] })),
      totals: totalsOf(tally),
    },
    {
      name: 'by-site',
      columns: [{ name: 'site', kind: 'site' }, ...columns],
      rows: bySite.map(([site, own]) => ({
        cells: [site, ...cellsOf(tallyOf(own))],
        opens: { report: 'complaints-signals' as const, query: { site } },
      })),
      totals: totalsOf(tally),
    },
    {
      name: 'complained-lots',
      columns: [
        { name: 'medicine', kind: 'medicine' },
        { name: 'lot', kind: 'lot' },
        { name: 'gtin', kind: 'gtin' },
        { name: 'complaints', kind: 'count', total: true },
        { name: 'signal-at', kind: 'instant' },
      ],
      rows: lotRows.map(({ gtin, lot, medicine, complaints }) => ({
        cells: [medicine, lot, gtin, complaints, known.get(`${gtin}#${lot}`)?.raisedAt ?? null],
      })),
      totals: { complaints: named.length },
    },
    {
      name: 'signals',
      columns: [
        { name: 'signal-at', kind: 'instant' },
        { name: 'medicine', kind: 'medicine' },
        { name: 'lot', kind: 'lot' },
        { name: 'gtin', kind: 'gtin' },
        { name: 'prescriptions', kind: 'count' },
      ],
      rows: raised.map(({ gtin, lot, medicine, prescriptions, raisedAt }) => ({
        cells: [raisedAt ?? null, medicine, lot, gtin, prescriptions.length],
      })),
    },
    {
      name: 'entries',
      columns: [
        { name: 'at', kind: 'instant' },
        { name: 'site', kind: 'site' },
        { name: 'feedback-kind', kind: 'word' },
        { name: 'subject', kind: 'word' },
      ],
      rows: [...all]
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .map((one) => ({
          cells: [one.at, one.site, `feedback-kind.${one.kind}`, `feedback.${one.about}`],
          opens: { screen: 'site-day' as const, of: { site: one.site, day: tashkentDay(Date.parse(one.at)) } },
        })),
    },
  ];
  const counted = (of: readonly (readonly [string, readonly About[]])[]) =>
    of.reduce((sum, [, own]) => sum + own.length, 0);
  return {
    figures: [
      { name: 'complaints', kind: 'count', value: tally.complaint },
      { name: 'praise', kind: 'count', value: tally.praise },
      { name: 'signals', kind: 'count', value: raised.length },
    ],
    sections,
    checks: [
      checkOf('subjects-are-sites', counted(bySubject), counted(bySite), 'count'),
      checkOf('praise-and-complaints', tally.praise + tally.complaint, all.length, 'count'),
    ],
    notes: ['feedback-lots-with-receipt'],
  };
};
