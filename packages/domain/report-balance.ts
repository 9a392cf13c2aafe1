/**
 * The material balance of a month: what lay there, what came and went, what is left, of each medicine and at each site,
 * with what is on its way as a place of its own, so that the country adds up. Sites are added one after the other, and
 * only sums are held.
 */
import { monthSpan } from './ledger-view.ts';
import { checkOf, type Opens, type Report, type ReportCheck, type ReportSection } from './report.ts';
import {
  addGroups,
  type Flow,
  type FlowGroup,
  flowGroups,
  flowsOf,
  groupOf,
  noSums,
  type StockFact,
  worthOf,
} from './stock-facts.ts';
import { tashkentDay } from './time.ts';

interface Line {
  opening: number;
  closing: number;
  groups: Record<FlowGroup, number>;
  value: number;
}
const emptyLine = (): Line => ({ opening: 0, closing: 0, groups: noSums(), value: 0 });

/** A lot as a line of its own. */
const lineOf = (fact: StockFact): Line => {
  const groups = noSums();
  addGroups(groups, fact.days);
  if (fact.late) addGroups(groups, fact.late);
  return { opening: fact.opening, closing: fact.closing, groups, value: worthOf(fact.closing, fact) ?? 0 };
};
const addLine = (line: Line, more: Line): void => {
  line.opening += more.opening;
  line.closing += more.closing;
  line.value += more.value;
  for (const group of flowGroups) line.groups[group] += more.groups[group];
};
const moved = ({ groups }: Line): number => flowGroups.reduce((sum, group) => sum + groups[group], 0);

const lineAt = <K>(lines: Map<K, Line>, name: K): Line => {
  const line = lines.get(name) ?? emptyLine();
  lines.set(name, line);
  return line;
};

/** What a site's facts say of themselves, beside their lines. */
export interface FactsOfSite {
  readonly site: string;
  readonly through: string;
  readonly sums: Readonly<Record<string, number>>;
  readonly differs?: boolean | undefined;
  readonly lines: readonly StockFact[];
}

export interface BalanceAsked {
  /** YYYY-MM. */
  readonly month: string;
  /** It began today: none of its days is over. */
  readonly isFirstDay?: boolean;
  readonly site?: string | undefined;
  readonly medicine?: string | undefined;
  /** Nothing narrows it: what left one site came to another or is on its way. */
  readonly isCountry: boolean;
}

const columns = [
  { name: 'opening', kind: 'units', total: true },
  ...flowGroups.map((group) => ({ name: `flow-${group}`, kind: 'units', total: true }) as const),
  { name: 'closing', kind: 'units', total: true },
  { name: 'closing-value', kind: 'money', total: true },
] as const;
const cellsOf = (line: Line) => [
  line.opening,
  ...flowGroups.map((group) => line.groups[group]),
  line.closing,
  line.value,
];
const totalsOf = (lines: Iterable<Line>): Record<string, number> => {
  const all = emptyLine();
  for (const line of lines) {
    all.opening += line.opening;
    all.closing += line.closing;
    all.value += line.value;
    for (const group of flowGroups) all.groups[group] += line.groups[group];
  }
  return Object.fromEntries(columns.map(({ name }, i) => [name, cellsOf(all)[i] ?? 0]));
};

type NameColumns = ReportSection['columns'];
type TableLine = readonly [names: readonly (string | null)[], line: Line, opens?: Opens | undefined];
const tableOf = (name: string, names: NameColumns, lines: readonly TableLine[]): ReportSection => ({
  name,
  columns: [...names, ...columns],
  rows: lines.map(([said, line, opens]) => ({ cells: [...said, ...cellsOf(line)], ...(opens && { opens }) })),
  totals: totalsOf(lines.map(([, line]) => line)),
});

const byName = <T>([a]: readonly [string, T], [b]: readonly [string, T]): number => (a < b ? -1 : 1);

/** Collects the balance of a month, site by site. */
export const balanceOf = ({ month, site, medicine, isCountry, isFirstDay = false }: BalanceAsked) => {
  const shelves = new Map<string, Line>();
  const way = emptyLine();
  const medicines = new Map<string, Line>();
  const onTheWay = new Map<string, Line>();
  const kinds = new Map<FlowGroup, { came: number; went: number; late: number }>();
  const lots: [fact: StockFact, line: Line][] = [];
  const days = new Map<number, Line>();
  const told = { closing: 0, ledger: 0, opening: 0, differ: 0, sites: 0, left: 0, late: 0, unpriced: 0 };
  let through: string | undefined;
  const isOneMedicine = site !== undefined && medicine !== undefined;

  const addKinds = (flows: readonly Flow[], isLate: boolean) => {
    for (const [, of, came, went] of flows) {
      const group = groupOf[of];
      if (!group) continue;
      let kind = kinds.get(group);
      if (!kind) {
        kind = { came: 0, went: 0, late: 0 };
        kinds.set(group, kind);
      }
      // in place, since a country's month has hundreds of thousands
      kind.came += came;
      kind.went += went;
      if (isLate) kind.late += came + went;
      if (isLate) told.late += came + went;
    }
  };
  const addOne = (of: string, fact: StockFact) => {
    if (medicine !== undefined && fact.medicine !== medicine) return;
    if (fact.packPrice === undefined && fact.closing !== 0) told.unpriced += 1;
    addKinds(fact.days, false);
    addKinds(fact.late ?? [], true);
    const line = lineOf(fact);
    if (fact.place === undefined) {
      addLine(lineAt(shelves, of), line);
      addLine(lineAt(medicines, fact.medicine), line);
    } else {
      addLine(way, line);
      addLine(lineAt(onTheWay, fact.medicine), line);
    }
    if (!isOneMedicine) return;
    lots.push([fact, line]);
    if (fact.place !== undefined) return;
    for (const flow of flowsOf(fact)) addGroups(lineAt(days, flow[0]).groups, [flow]);
  };

  return {
    add(facts: FactsOfSite): void {
      told.sites += 1;
      if (facts.differs) told.differ += 1;
      for (const name of ['opening', 'closing', 'ledger'] as const) told[name] += facts.sums[name] ?? 0;
      if (through === undefined || facts.through < through) through = facts.through;
      lineAt(shelves, facts.site);
      for (const fact of facts.lines) addOne(facts.site, fact);
    },
    /** A site for which there was no time. */
    leave(): void {
      told.left += 1;
    },
    /** `nextOpening` is with what the month after it began, where that is kept of all these sites. */
    done(nextOpening?: number): Pick<Report, 'figures' | 'sections' | 'checks' | 'notes'> & { through: string } {
      const opens = (more: Record<string, string>): Opens => ({
        report: 'material-balance',
        query: {
          month,
          ...(site !== undefined && { site }),
          ...(medicine !== undefined && { medicine }),
          ...more,
        },
      });
      const wayName = (more: (string | null)[]): (string | null)[] => ['place.on-the-way', ...more];
      const places = [...shelves].sort(byName);
      const all = [...places.map(([, line]) => line), way];
      const medicineRows = [...medicines].sort(byName);
      const wayRows = [...onTheWay].sort(byName);
      const sections: ReportSection[] = [kindSection(kinds)];
      if (site === undefined)
        sections.push(
          tableOf(
            'by-site',
            [
              { name: 'place', kind: 'word' },
              { name: 'site', kind: 'site' },
            ],
            [
              ...places.map(([id, line]): TableLine => [['place.shelf', id], line, opens({ site: id })]),
              [wayName([null]), way],
            ],
          ),
        );
      if (medicine === undefined)
        sections.push(
          tableOf(
            'by-medicine',
            [
              { name: 'place', kind: 'word' },
              { name: 'medicine', kind: 'medicine' },
            ],
            [
              ...medicineRows.map(
                ([code, line]): TableLine => [['place.shelf', code], line, opens({ medicine: code })],
              ),
              ...wayRows.map(([code, line]): TableLine => [wayName([code]), line]),
            ],
          ),
        );
      if (isOneMedicine) sections.push(lotSection(site, lots), daySection(days, all[0]?.opening ?? 0, month));

      const rows = [...all, ...medicines.values(), ...onTheWay.values(), ...lots.map(([, line]) => line)];
      const [total] = [totalsOf(all)];
      const isWhole = medicine === undefined && told.left === 0;
      const checks: ReportCheck[] = [
        checkOf(
          'rows-add-up',
          rows.filter((line) => line.opening + moved(line) === line.closing).length,
          rows.length,
          'count',
        ),
        checkOf(
          'opening-and-moves',
          all.reduce((sum, line) => sum + line.opening + moved(line), 0),
          total?.closing ?? 0,
          'units',
        ),
        checkOf(
          'medicines-are-sites',
          [...medicines.values(), ...onTheWay.values()].reduce((sum, line) => sum + line.closing, 0),
          total?.closing ?? 0,
          'units',
        ),
        // the sums that the facts carry are of everything at the sites, so one medicine has none of its own
        ...(isWhole ? [checkOf('closing-is-ledger', total?.closing ?? 0, told.ledger, 'units')] : []),
        ...(isCountry && told.left === 0
          ? [
              checkOf(
                'sent-is-arrived',
                -all.reduce((sum, { groups }) => sum + groups.sent, 0),
                all.reduce((sum, { groups }) => sum + groups.arrived, 0),
                'units',
              ),
            ]
          : []),
        ...(nextOpening !== undefined && isWhole
          ? [checkOf('next-opening', total?.closing ?? 0, nextOpening, 'units')]
          : []),
        checkOf('facts-still-hold', told.sites - told.differ, told.sites, 'count'),
        checkOf('all-sites-are-in', told.sites, told.sites + told.left, 'count'),
      ];
      return {
        through: through ?? tashkentDay(monthSpan(month).to),
        figures: [
          { name: 'opening', kind: 'units', value: total?.opening ?? 0 },
          { name: 'closing', kind: 'units', value: total?.closing ?? 0 },
          { name: 'closing-value', kind: 'money', value: total?.['closing-value'] ?? 0 },
          { name: 'on-the-way', kind: 'units', value: way.closing },
          ...(told.late > 0 ? [{ name: 'entered-late', kind: 'units' as const, value: told.late }] : []),
        ],
        sections,
        checks,
        notes: [
          isFirstDay ? 'balance-first-day' : 'balance-days',
          ...(told.late > 0 ? ['balance-late'] : []),
          ...(told.unpriced > 0 ? ['balance-no-price'] : []),
          ...(told.left > 0 ? ['balance-sites-left'] : []),
        ],
      };
    },
  };
};

const kindSection = (kinds: ReadonlyMap<FlowGroup, { came: number; went: number; late: number }>): ReportSection => {
  const rows = flowGroups.flatMap((group) => {
    const kind = kinds.get(group);
    return kind ? [{ cells: [`flow.${group}`, kind.came, kind.went, kind.late] }] : [];
  });
  const sum = (of: 'came' | 'went' | 'late') => [...kinds.values()].reduce((total, kind) => total + kind[of], 0);
  return {
    name: 'by-kind',
    columns: [
      { name: 'flow', kind: 'word' },
      { name: 'came', kind: 'units', total: true },
      { name: 'went', kind: 'units', total: true },
      { name: 'late', kind: 'units', total: true },
    ],
    rows,
    totals: { came: sum('came'), went: sum('went'), late: sum('late') },
    chart: { kind: 'bars', label: 'flow', values: ['came', 'went'] },
  };
};

const lotSection = (site: string, lots: readonly [fact: StockFact, line: Line][]): ReportSection =>
  tableOf(
    'by-lot',
    [
      { name: 'place', kind: 'word' },
      { name: 'gtin', kind: 'gtin' },
      { name: 'lot', kind: 'lot' },
      { name: 'expiry', kind: 'day' },
    ],
    lots.map(
      ([{ gtin, lot, expiryDate, place }, line]): TableLine => [
        [place === undefined ? 'place.shelf' : 'place.on-the-way', gtin, lot, expiryDate],
        line,
        place === undefined ? { screen: 'ledger', of: { site, gtin, lot } } : undefined,
      ],
    ),
  );

/** Day by day on the shelf, with what each day left. */
const daySection = (days: ReadonlyMap<number, Line>, opening: number, month: string): ReportSection => {
  let balance = opening;
  const sorted = [...days].sort(([a], [b]) => a - b);
  return {
    name: 'by-day',
    columns: [
      { name: 'day', kind: 'day' },
      ...flowGroups.map((group) => ({ name: `flow-${group}`, kind: 'units', total: true }) as const),
      { name: 'balance', kind: 'units' },
    ],
    rows: sorted.map(([day, line]) => {
      balance += moved(line);
      const date = `${month}-${String(day).padStart(2, '0')}`;
      return { cells: [date, ...flowGroups.map((group) => line.groups[group]), balance] };
    }),
    totals: Object.fromEntries(
      flowGroups.map((group) => [`flow-${group}`, sorted.reduce((sum, [, line]) => sum + line.groups[group], 0)]),
    ),
    chart: { kind: 'lines', label: 'day', values: ['balance'] },
  };
};
