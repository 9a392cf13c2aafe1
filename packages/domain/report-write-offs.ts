/** What was written off and why: acts that were signed, their lines by reason and medicine, and what the ledger says of it. */
import { dayEnd } from './ledger.ts';
import { countsIn, type Freeze } from './period.ts';
import { checkOf, type Report, type ReportSection } from './report.ts';
import { instant, tashkentDay } from './time.ts';
import type { WriteOff, WriteOffLine } from './write-off.ts';

const lastSigned = (act: WriteOff): number => Math.max(...act.signatures.map(({ at }) => Date.parse(at)));

/**
 * When an act left the books: with its last signature, or on the day that it is dated back to, unless that day's month was
 * closed by then. Undefined before it is signed.
 */
export const writtenOffAt = (act: WriteOff, freezes: readonly Freeze[] = []): number | undefined => {
  if (act.state !== 'approved' && act.state !== 'posting') return undefined;
  const signed = lastSigned(act);
  if (!act.backdated) return signed;
  const at = dayEnd(act.backdated.day);
  return countsIn(freezes, { at: instant(at), recordedAt: instant(signed) }).late ? signed : at;
};

/** True of an act that is dated back into a month that was closed before its last signature: it counts with that. */
const isLate = (act: WriteOff, freezes: readonly Freeze[] = []): boolean =>
  act.backdated !== undefined &&
  countsIn(freezes, { at: instant(dayEnd(act.backdated.day)), recordedAt: instant(lastSigned(act)) }).late;

/** What the ledger says was written off from the same shelves and days, as it was known at an instant by site. */
export interface LedgerWriteOffs {
  readonly units: number;
  /** Milliseconds; an act that was signed later is not compared. */
  readonly knownAt: ReadonlyMap<string, number>;
}

interface Sum {
  lines: number;
  units: number;
  value: number;
}
const sumOf = (lines: readonly WriteOffLine[]): Sum =>
  lines.reduce(
    (sum, { quantity, value }) => ({ lines: sum.lines + 1, units: sum.units + quantity, value: sum.value + value }),
    {
      lines: 0,
      units: 0,
      value: 0,
    },
  );

const byMost = (a: readonly [string, Sum], b: readonly [string, Sum]): number =>
  b[1].value - a[1].value || (a[0] < b[0] ? -1 : 1);

const grouped = (lines: readonly WriteOffLine[], of: (line: WriteOffLine) => string): [string, Sum][] =>
  [...Map.groupBy(lines, of)].map(([name, own]): [string, Sum] => [name, sumOf(own)]).sort(byMost);

/**
 * The acts of some days, the newest first. What is known of the ledger is compared with them; goods that were lost on
 * their way lie on no shelf and are left out of that.
 */
export const writeOffReport = (
  acts: readonly WriteOff[],
  days: { readonly from: string; readonly through: string; readonly freezes?: readonly Freeze[] },
  ledger?: LedgerWriteOffs,
): Pick<Report, 'figures' | 'sections' | 'checks' | 'notes'> => {
  const counted = acts
    .flatMap((act) => {
      const at = writtenOffAt(act, days.freezes);
      const day = at === undefined ? undefined : tashkentDay(at);
      return day !== undefined && day >= days.from && day <= days.through ? [{ act, day }] : [];
    })
    .sort((a, b) => (a.day === b.day ? (a.act.id < b.act.id ? 1 : -1) : a.day < b.day ? 1 : -1));
  const late = counted.filter(({ act }) => isLate(act, days.freezes));
  const lines = counted.flatMap(({ act }) => act.lines);
  const all = sumOf(lines);
  const byReason = grouped(lines, ({ reason }) => reason);
  const byMedicine = grouped(lines, ({ medicine }) => medicine);
  const columns = [
    { name: 'lines', kind: 'count', total: true },
    { name: 'units', kind: 'units', total: true },
    { name: 'value', kind: 'money', total: true },
  ] as const;
  const totals = { ...all };
  const cellsOf = ({ lines: count, units, value }: Sum) => [count, units, value];
  const sections: ReportSection[] = [
    {
      name: 'by-reason',
      columns: [{ name: 'reason', kind: 'word' }, ...columns],
      rows: byReason.map(([reason, sum]) => ({ cells: [`write-off.${reason}`, ...cellsOf(sum)] })),
      totals,
      chart: { kind: 'bars', label: 'reason', values: ['value'] },
    },
    {
      name: 'by-medicine',
      columns: [{ name: 'medicine', kind: 'medicine' }, ...columns],
      rows: byMedicine.map(([medicine, sum]) => ({ cells: [medicine, ...cellsOf(sum)] })),
      totals,
    },
    {
      name: 'acts',
      columns: [
        { name: 'day', kind: 'day' },
        { name: 'act', kind: 'text' },
        { name: 'site', kind: 'site' },
        { name: 'author', kind: 'person' },
        { name: 'signatures', kind: 'count' },
        ...columns,
        ...(late.length > 0 ? [{ name: 'late-for', kind: 'day' as const }] : []),
      ],
      rows: counted.map(({ act, day }) => ({
        cells: [
          day,
          act.id.slice(-8),
          act.site,
          act.author.person,
          act.signatures.length,
          ...cellsOf({ ...sumOf(act.lines), value: act.value }),
          ...(late.length > 0 ? [isLate(act, days.freezes) ? (act.backdated?.day ?? null) : null] : []),
        ],
        opens: { screen: 'write-off', of: { id: act.id, site: act.site } },
      })),
      totals: { ...totals, value: counted.reduce((sum, { act }) => sum + act.value, 0) },
    },
  ];
  const onShelves = counted
    .filter(({ act }) => !act.transfer && lastSigned(act) <= (ledger?.knownAt.get(act.site) ?? 0))
    .flatMap(({ act }) => act.lines);
  const worthOf = (sums: readonly (readonly [string, Sum])[]) => sums.reduce((sum, [, { value }]) => sum + value, 0);
  const actsValue = counted.reduce((sum, { act }) => sum + act.value, 0);
  return {
    figures: [
      { name: 'acts', kind: 'count', value: counted.length },
      { name: 'written-off-units', kind: 'units', value: all.units },
      { name: 'written-off-value', kind: 'money', value: all.value },
      ...(late.length > 0 ? [{ name: 'acts-late', kind: 'count' as const, value: late.length }] : []),
    ],
    sections,
    checks: [
      checkOf('acts-are-reasons', actsValue, worthOf(byReason), 'money'),
      checkOf('acts-are-medicines', actsValue, worthOf(byMedicine), 'money'),
      ...(ledger === undefined ? [] : [checkOf('acts-are-ledger', sumOf(onShelves).units, ledger.units, 'units')]),
    ],
    notes: [
      'written-off-when-signed',
      ...(late.length > 0 ? ['acts-late'] : []),
      ...(counted.some(({ act }) => act.transfer) ? ['lost-on-the-way-apart'] : []),
    ],
  };
};
