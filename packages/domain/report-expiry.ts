/** What of the shelves will not be used in time: lot by lot, by how long it may still be used, at what it cost. */
import { checkOf, type Report, type ReportSection } from './report.ts';
import { isUsable, onHandOf, type StockRow, stockValue } from './stock.ts';
import { type DemandWithin, daysThrough, runShelf } from './stock-outlook.ts';

/** Days within which a term ends; what lasts longer is counted and not listed. */
const expiryTerms = [30, 60, 90, 180] as const;
const terms = ['expired', ...expiryTerms.map((days) => `within-${days}`)] as const;
type Term = (typeof terms)[number];

/** Undefined for what lasts longer: it would dwarf the rest in a picture, and is a figure of its own. */
const termOf = (days: number): Term | undefined => {
  if (days <= 0) return 'expired';
  const end = expiryTerms.find((term) => days <= term);
  return end === undefined ? undefined : `within-${end}`;
};

/** By what the use to come was judged: a plan's forecast, the use of late, or nothing that is known. */
export type DemandBasis = 'forecast' | 'recent-use' | 'no-use';

/** All that lies of one medicine at one site, and what will be asked for of it there. */
export interface ShelfOfMedicine {
  readonly site: string;
  readonly rows: readonly StockRow[];
  readonly demand: DemandWithin;
  readonly basis: DemandBasis;
}

interface LotRisk {
  readonly row: StockRow;
  readonly basis: DemandBasis;
  readonly days: number;
  readonly used: number;
  readonly left: number;
}

/** What may not be handed over serves nobody: blocked and expired lots are left whole. */
const risksOf = ({ rows, demand, basis }: ShelfOfMedicine, today: string): LotRisk[] => {
  const usable = rows.filter((row) => isUsable(row, today) && onHandOf(row) > 0);
  const { lots } = runShelf(
    usable.map((row) => ({ row, expiryDate: row.expiryDate, quantity: onHandOf(row) })),
    demand,
    today,
  );
  const blocked = rows.filter((row) => !isUsable(row, today) && onHandOf(row) > 0);
  return [
    ...lots.map(({ lot, used, expires }) => ({ row: lot.row, used, left: expires })),
    ...blocked.map((row) => ({ row, used: 0, left: onHandOf(row) })),
  ].map((one) => ({ ...one, basis, days: daysThrough(one.row.expiryDate, today) }));
};

const worth = (risk: LotRisk, units: number): number => stockValue(units, risk.row);

/** Today's shelves by term and by lot, the dearest rest first. */
export const expiryReport = (
  shelves: readonly ShelfOfMedicine[],
  today: string,
): Pick<Report, 'figures' | 'sections' | 'checks' | 'notes'> => {
  const risks = shelves.flatMap((shelf) => risksOf(shelf, today));
  const sum = (of: readonly LotRisk[], value: (risk: LotRisk) => number) =>
    of.reduce((all, risk) => all + value(risk), 0);
  const onHand = (risk: LotRisk) => onHandOf(risk.row);
  const lost = (risk: LotRisk) => worth(risk, onHand(risk)) - worth(risk, risk.used);
  const cells = (of: readonly LotRisk[]) => [
    of.length,
    sum(of, onHand),
    sum(of, ({ used }) => used),
    sum(of, ({ left }) => left),
    sum(of, (risk) => worth(risk, onHand(risk))),
    sum(of, lost),
  ];
  const columns = [
    { name: 'lots', kind: 'count', total: true },
    { name: 'on-hand', kind: 'units', total: true },
    { name: 'used-in-time', kind: 'units', total: true },
    { name: 'left-over', kind: 'units', total: true },
    { name: 'value', kind: 'money', total: true },
    { name: 'left-value', kind: 'money', total: true },
  ] as const;
  const totalsOf = (of: readonly LotRisk[], skip = 0) => {
    const all = cells(of);
    return Object.fromEntries(columns.map(({ name }, at) => [name, all[at] ?? 0] as const).slice(skip));
  };
  const near = risks
    .filter((risk) => risk.days <= 180)
    .sort((a, b) => lost(b) - lost(a) || (a.row.expiryDate < b.row.expiryDate ? -1 : 1));
  const byTerm = Map.groupBy(risks, ({ days }) => termOf(days));
  const bySite = Map.groupBy(near, ({ row }) => row.site);
  const sections: ReportSection[] = [
    {
      name: 'by-term',
      columns: [{ name: 'term', kind: 'word' }, ...columns],
      rows: terms.map((term) => ({ cells: [`term.${term}`, ...cells(byTerm.get(term) ?? [])] })),
      totals: totalsOf(near),
      chart: { kind: 'bars', label: 'term', values: ['value', 'left-value'] },
    },
    {
      name: 'by-site',
      columns: [{ name: 'site', kind: 'site' }, ...columns],
      rows: [...bySite]
        .map(([site, own]) => ({
          cells: [site, ...cells(own)],
          opens: { report: 'expiry-risk' as const, query: { site } },
        }))
        .sort((a, b) => Number(b.cells.at(-1)) - Number(a.cells.at(-1))),
      totals: totalsOf(near),
    },
    {
      name: 'lots',
      columns: [
        { name: 'site', kind: 'site' },
        { name: 'medicine', kind: 'medicine' },
        { name: 'lot', kind: 'lot' },
        { name: 'expiry', kind: 'day' },
        { name: 'days-left', kind: 'count' },
        { name: 'lot-state', kind: 'word' },
        { name: 'judged-by', kind: 'word' },
        ...columns.slice(1),
      ],
      rows: near.map((risk) => ({
        cells: [
          risk.row.site,
          risk.row.medicine,
          risk.row.lot,
          risk.row.expiryDate,
          risk.days,
          `lot-state.${risk.row.state}`,
          `basis.${risk.basis}`,
          ...cells([risk]).slice(1),
        ],
        opens: { screen: 'ledger', of: { site: risk.row.site, gtin: risk.row.gtin, lot: risk.row.lot } },
      })),
      totals: totalsOf(near, 1),
    },
  ];
  const shelf = shelves.flatMap(({ rows }) => rows).reduce((all, row) => all + onHandOf(row), 0);
  const later = sum(
    risks.filter(({ days }) => days > 180),
    onHand,
  );
  return {
    figures: [
      { name: 'left-value', kind: 'money', value: sum(near, lost) },
      { name: 'left-units', kind: 'units', value: sum(near, ({ left }) => left) },
      { name: 'lots-near-expiry', kind: 'count', value: near.length },
      { name: 'later-units', kind: 'units', value: later },
    ],
    sections,
    checks: [
      checkOf(
        'terms-are-shelf',
        terms.reduce((all, term) => all + sum(byTerm.get(term) ?? [], onHand), later),
        shelf,
        'units',
      ),
      checkOf(
        'used-and-left-are-shelf',
        sum(risks, ({ used, left }) => used + left),
        shelf,
        'units',
      ),
    ],
    notes: ['expiry-judged', 'expiry-no-price'],
  };
};
