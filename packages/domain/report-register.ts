/**
 * The register of controlled medicines over some days: with what each page began, what was entered, what each entry left,
 * and with what it ended; held against the ledger, which knows nothing of the register.
 */
import { countsIn, type Freeze } from './period.ts';
import type { RegisterEntry } from './register.ts';
import { checkOf, type Report, type ReportSection } from './report.ts';
import { tashkentDay } from './time.ts';

/** One page of the register, read for some days. */
export interface RegisterDays {
  readonly site: string;
  readonly medicine: string;
  /** The last entry before the days; undefined where none was. */
  readonly before: RegisterEntry | undefined;
  /** The oldest first. */
  readonly entries: readonly RegisterEntry[];
  /** What the movements of the ledger that were known at the end of the last day add up to. */
  readonly ledger: number;
}

const openingOf = ({ before }: RegisterDays): number => before?.balance ?? 0;
const closingOf = (page: RegisterDays): number => page.entries.at(-1)?.balance ?? openingOf(page);
const sumOf = ({ entries }: RegisterDays, sign: 1 | -1): number =>
  entries.reduce((sum, { quantity }) => (quantity * sign > 0 ? sum + quantity * sign : sum), 0);

/** Entries whose balance is not that of the one before and what they entered. */
const brokenIn = ({ before, entries }: RegisterDays): number =>
  entries.filter(({ balance, quantity }, i) => balance !== ((entries[i - 1] ?? before)?.balance ?? 0) + quantity)
    .length;
/** Entries whose number does not follow that of the one before. */
const gapsIn = ({ before, entries }: RegisterDays): number =>
  entries.filter(({ seq }, i) => seq !== ((entries[i - 1] ?? before)?.seq ?? 0) + 1).length;

/** Entries that are dated back into a month that was closed when they were made. */
const lateIn = ({ entries }: Pick<RegisterDays, 'entries'>, freezes: readonly Freeze[]): RegisterEntry[] =>
  entries.filter(
    ({ at, countsAt }) => countsAt !== undefined && countsIn(freezes, { at: countsAt, recordedAt: at }).late,
  );

const total = (pages: readonly RegisterDays[], of: (page: RegisterDays) => number): number =>
  pages.reduce((sum, page) => sum + of(page), 0);

const balances = (
  pages: readonly RegisterDays[],
  days: { from: string; through: string },
  lateOf: ((page: RegisterDays) => number) | undefined,
): ReportSection => ({
  name: 'balances',
  columns: [
    { name: 'site', kind: 'site' },
    { name: 'medicine', kind: 'medicine' },
    { name: 'opening', kind: 'units' },
    { name: 'came', kind: 'units' },
    { name: 'went', kind: 'units' },
    { name: 'closing', kind: 'units' },
    { name: 'by-ledger', kind: 'units' },
    { name: 'entries', kind: 'count', total: true },
    ...(lateOf ? [{ name: 'late', kind: 'count' as const, total: true as const }] : []),
  ],
  rows: pages.map((page) => ({
    cells: [
      page.site,
      page.medicine,
      openingOf(page),
      sumOf(page, 1),
      sumOf(page, -1),
      closingOf(page),
      page.ledger,
      page.entries.length,
      ...(lateOf ? [lateOf(page)] : []),
    ],
    opens: {
      report: 'controlled-register',
      query: { ...days, site: page.site, medicine: page.medicine },
    },
  })),
  totals: { entries: total(pages, ({ entries }) => entries.length), ...(lateOf && { late: total(pages, lateOf) }) },
});

const entriesOf = ({ site, medicine, entries }: RegisterDays, late: ReadonlySet<RegisterEntry>): ReportSection => ({
  name: 'entries',
  columns: [
    { name: 'seq', kind: 'count' },
    { name: 'at', kind: 'instant' },
    { name: 'entry', kind: 'word' },
    { name: 'quantity', kind: 'units', total: true },
    { name: 'balance', kind: 'units' },
    { name: 'person', kind: 'person' },
    { name: 'witness', kind: 'person' },
    { name: 'prescriber', kind: 'person' },
    { name: 'document', kind: 'text' },
    // the day that it came too late for
    ...(late.size > 0 ? [{ name: 'late-for', kind: 'day' as const }] : []),
  ],
  rows: entries.map((e) => ({
    cells: [
      e.seq,
      e.at,
      `movement.${e.kind}`,
      e.quantity,
      e.balance,
      e.person,
      e.witness ?? null,
      e.prescriber ?? null,
      e.reference,
      ...(late.size > 0 ? [late.has(e) && e.countsAt !== undefined ? tashkentDay(Date.parse(e.countsAt)) : null] : []),
    ],
    opens: { screen: 'register' as const, of: { site, medicine } },
  })),
  totals: { quantity: entries.reduce((sum, { quantity }) => sum + quantity, 0) },
  chart: { kind: 'lines', label: 'at', values: ['balance'] },
});

/** Pages in the order of sites and medicines; entries are shown where one page is asked for. */
export const registerReport = (
  pages: readonly RegisterDays[],
  {
    from,
    through,
    isOne,
    freezes = [],
  }: { from: string; through: string; isOne: boolean; freezes?: readonly Freeze[] },
): Pick<Report, 'figures' | 'sections' | 'checks' | 'notes'> => {
  const [page] = pages;
  const entries = total(pages, ({ entries: own }) => own.length);
  const lateOf = (one: RegisterDays) => lateIn(one, freezes).length;
  const late = total(pages, lateOf);
  return {
    figures: [
      { name: 'register-pages', kind: 'count', value: pages.length },
      { name: 'register-entries', kind: 'count', value: entries },
      { name: 'register-apart', kind: 'count', value: pages.filter((one) => closingOf(one) !== one.ledger).length },
      ...(late > 0 ? [{ name: 'register-late', kind: 'count' as const, value: late }] : []),
    ],
    sections: [
      balances(pages, { from, through }, late > 0 ? lateOf : undefined),
      ...(isOne && page ? [entriesOf(page, new Set(lateIn(page, freezes)))] : []),
    ],
    checks: [
      checkOf(
        'register-adds-up',
        total(pages, (one) => openingOf(one) + sumOf(one, 1) - sumOf(one, -1)),
        total(pages, closingOf),
        'units',
      ),
      // page by page: what one has too much another could lack
      checkOf('register-is-ledger', pages.filter((one) => closingOf(one) === one.ledger).length, pages.length, 'count'),
      checkOf('register-balance-runs', entries - total(pages, brokenIn), entries, 'count'),
      checkOf('register-no-gap', entries - total(pages, gapsIn), entries, 'count'),
    ],
    notes: ['register-as-entered', ...(late > 0 ? ['register-late'] : [])],
  };
};
