/**
 * Care facts of a site's month, reckoned from its events day by day. Whatever is kept can be reckoned again; only what
 * became of issued lines differs, because time goes on.
 */
import {
  type CareDay,
  CareLine,
  careOfCohort,
  careOfDay,
  isLatePaper,
  isSilent,
  type Placed,
  type Presented,
  prescriptionOf,
  presentedBy,
} from '@darmon/domain/care-facts';
import { monthBeside, monthSpan } from '@darmon/domain/ledger-view';
import type { Freeze } from '@darmon/domain/period';
import type { Prescription } from '@darmon/domain/prescription';
import type { Site } from '@darmon/domain/standing';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { Deps } from './deps.ts';
import { inTurn } from './ledger.ts';

type CareDeps = Pick<Deps, 'table' | 'now'>;

/** A site's day, all of its pages. */
const loadPlaced = async (deps: CareDeps, site: string, day: string): Promise<Placed[]> => {
  const placed: Placed[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listPlacedEvents(site, day, { cursor, limit: 500, care: true });
    placed.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return placed;
};

/** Dispenses that were taken back on a day: the event names them, and what they had handed over is theirs to say. */
const loadUndone = async (deps: CareDeps, placed: readonly Placed[]): Promise<CareDay['dispenses']> => {
  const ids = placed
    .filter(({ event }) => event.type === 'dispense-undone')
    .map(({ event }) => String(event.changes.dispense));
  const found = await deps.table.loadDispensesOf(
    ids.map((id) => ({ prescription: id.split('.')[0] ?? '', n: Number(id.split('.')[1]) })),
  );
  return new Map(found.map(({ dispense }) => [dispense.id, dispense]));
};

/** How far those came of which nobody said anything: read from the events of each. */
const loadPresented = async (deps: CareDeps, issued: readonly Prescription[]): Promise<Map<string, Presented>> =>
  new Map(
    await inTurn(
      issued.filter(isSilent).map(({ id }) => async (): Promise<[string, Presented]> => {
        const { items } = await deps.table.listTrail(id, { limit: 100 });
        return [id, presentedBy(items)];
      }),
    ),
  );

/** Everything that the lines of a site's day are reckoned from. */
export const loadCareDay = async (
  deps: CareDeps,
  site: string,
  day: string,
  freezes: readonly Freeze[] = [],
): Promise<Omit<CareDay, 'prescriptions'> & { readonly prescriptions: ReadonlyMap<string, Prescription> }> => {
  const events = await loadPlaced(deps, site, day);
  const named = events.flatMap((placed) => prescriptionOf(placed) ?? []);
  const [prescriptions, dispenses] = await Promise.all([deps.table.loadPrescriptions(named), loadUndone(deps, events)]);
  return { day, events, prescriptions, dispenses, freezes };
};

/** Care facts of a site's day; what became of its lines is as of `now` (milliseconds). */
export const reckonCareDay = async (
  deps: CareDeps,
  site: string,
  day: string,
  { now, freezes }: { now: number; freezes: readonly Freeze[] },
): Promise<CareLine[]> => {
  const care = await loadCareDay(deps, site, day, freezes);
  const { events, prescriptions } = care;
  if (events.length === 0) return [];
  const issued = events
    .filter(({ event }) => event.type === 'prescription-issued' || event.type === 'prescription-entered')
    .flatMap((placed) => prescriptions.get(prescriptionOf(placed) ?? '') ?? []);
  const presented = await loadPresented(deps, issued);
  const late = new Set(
    events.filter(({ event }) => isLatePaper(event, freezes)).flatMap((placed) => prescriptionOf(placed) ?? []),
  );
  return [...careOfDay(care), ...careOfCohort(day, issued, presented, now, late)];
};

/** Care facts of a site from a day through a day. A day's events are held at once, and no more. */
const reckonCare = async (
  deps: CareDeps,
  site: string,
  { from, through, freezes }: { from: string; through: string; freezes: readonly Freeze[] },
): Promise<CareLine[]> => {
  const lines: CareLine[] = [];
  for (let day = from; day <= through; day = dayAfter(day, 1))
    lines.push(...(await reckonCareDay(deps, site, day, { now: deps.now(), freezes })));
  return lines;
};

/** A line with the site whose day it is of. */
export type CareOf = CareLine & { readonly site: string };

export interface CareRead {
  readonly lines: CareOf[];
  /** The oldest instant at which something of it was reckoned; what became of lines is as of then. */
  readonly asOf: string;
  /** Sites whose days nobody reckoned yet, and for which this call had no time left. */
  readonly left: number;
}

/** How long one call goes on reckoning what is not kept, in milliseconds: well within what a gateway waits. */
const sliceMs = 12_000;

const monthsOf = (from: string, through: string): string[] => {
  const months: string[] = [];
  for (let month = from.slice(0, 7); month <= through.slice(0, 7); month = monthBeside(month, 1)) months.push(month);
  return months;
};
const later = (a: string, b: string): string => (a > b ? a : b);

/**
 * Care of several sites from a day through a day: what is kept, and the days that are not kept reckoned now, as far as
 * the time of one call goes.
 */
export const loadCare = async (
  deps: CareDeps,
  sites: readonly Pick<Site, 'id'>[],
  { from, through }: { from: string; through: string },
): Promise<CareRead> => {
  const until = deps.now() + sliceMs;
  const lines: CareOf[] = [];
  let asOf = instant(deps.now());
  const left = new Set<string>();
  const freezes = await deps.table.loadFreezes();
  for (const month of monthsOf(from, through)) {
    const last = [through, tashkentDay(monthSpan(month).to - 1)].sort()[0] as string;
    const kept = await deps.table.loadFacts(
      'care',
      sites.map(({ id }) => id),
      month,
      CareLine,
    );
    const add = (site: string, more: readonly CareLine[]) => {
      for (const line of more) if (line.day >= from && line.day <= through) lines.push({ ...line, site });
    };
    for (const facts of kept) {
      if (!facts) continue;
      add(facts.site, facts.lines);
      if (facts.asOf < asOf) asOf = facts.asOf;
    }
    await inTurn(
      sites.map(({ id }, i) => async () => {
        const first = later(from, kept[i] ? dayAfter(kept[i].through, 1) : `${month}-01`);
        if (first > last) return;
        if (deps.now() >= until) left.add(id);
        else add(id, await reckonCare(deps, id, { from: first, through: last, freezes }));
      }),
    );
  }
  return { lines, asOf, left: left.size };
};
