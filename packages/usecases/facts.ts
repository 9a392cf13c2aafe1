/**
 * Facts for reports, of every kind: reckoned at night for each site, month by month, and kept whole or not at all. What is
 * kept is a function of the table as it was known at one instant, so anybody may reckon it again and finds the same; each
 * night one month of each site that nobody may change any more is, and where it differs somebody hears of it.
 */
import { createHash } from 'node:crypto';
import { monthOf } from '@darmon/domain/ledger';
import { laterMonth, monthBeside, monthSpan } from '@darmon/domain/ledger-view';
import type { Freeze } from '@darmon/domain/period';
import { Refusal } from '@darmon/domain/refusal';
import type { Site } from '@darmon/domain/standing';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { dayMs, dayStart, instant, tashkentDay } from '@darmon/domain/time';
import type { FactKind, FactsHead, FactsThrough, MonthFacts } from '@darmon/table/facts';
import { Changed } from '@darmon/table/transact';
import type * as z from 'zod';
import { monthToRoll } from './consumption.ts';
import type { Deps } from './deps.ts';

export type FactDeps = Pick<Deps, 'table' | 'now'>;

/** One month of one site, as it was known at an instant (milliseconds). */
export interface FactsAsked {
  readonly site: Site;
  readonly month: string;
  readonly through: string;
  readonly asOf: number;
  readonly freezes: readonly Freeze[];
}

/** Some lines of a month, what they add to its sums, and behind what the next ones begin. */
export interface FactSlice<T> {
  readonly lines: readonly T[];
  readonly sums?: Readonly<Record<string, number>>;
  readonly after: string;
}

export interface FactMaker<T> {
  readonly kind: FactKind;
  readonly line: z.ZodType<T>;
  /** True of sites of which there are such facts, closed ones too: their past stays. */
  readonly isFor: (site: Site) => boolean;
  /** The first month in which there is anything; undefined where nothing ever was. */
  readonly since: (deps: FactDeps, site: Site) => Promise<string | undefined>;
  /** All lines in an order that does not change, in slices of some hundred, behind `after` where it is not empty. */
  readonly make: (deps: FactDeps, asked: FactsAsked, after: string) => AsyncIterable<FactSlice<T>>;
  /** What of a line can never be otherwise once nobody may enter anything any more; undefined where all of it may. */
  readonly said: (line: T) => unknown;
}

/** Who has transactions under way gets them done within this time; what was entered later waits for the next night. */
const underWayMs = 60_000;

/** What is known now for certain: whatever was entered until then is written. */
export const knownAt = (now: number): number => now - underWayMs;

/** The last day of a month that facts can be of at `asOf`; undefined where none of it is over. */
export const lastDayIn = (month: string, asOf: number): string | undefined => {
  const [over, last] = [dayAfter(tashkentDay(asOf), -1), tashkentDay(monthSpan(month).to)];
  const through = [over, last].sort()[0] as string;
  return through < `${month}-01` ? undefined : through;
};

/**
 * True of facts that were made when nobody could enter anything for their month any more, where entries may be dated back
 * by so many days.
 */
export const isSettled = ({ month, asOf }: Pick<FactsHead, 'month' | 'asOf'>, backdateDays: number): boolean =>
  Date.parse(asOf) > monthSpan(month).to + backdateDays * dayMs;

/** So many lines are collected before they are written: what a process that dies leaves to do again. */
const linesAtOnce = 1_000;

/** What kept lines say that nobody may change any more. */
const digestOf = <T>(maker: FactMaker<T>) => {
  const hash = createHash('sha256');
  let lines = 0;
  return {
    add: (some: readonly T[]) => {
      for (const line of some) {
        const said = maker.said(line);
        if (said === undefined) continue;
        hash.update(`${JSON.stringify(said)}\n`);
        lines += 1;
      }
    },
    done: () => `${lines} ${hash.digest('base64url')}`,
  };
};

const loadOne = async <T>(deps: FactDeps, maker: FactMaker<T>, site: string, month: string) =>
  (await deps.table.loadFacts(maker.kind, [site], month, maker.line))[0];

/** A month of a site whose kept facts were not what the table says, although nobody may enter anything for it any more. */
export interface FactFinding {
  readonly kind: FactKind;
  readonly site: string;
  readonly month: string;
}
type Heard = (finding: FactFinding) => void;

/** True where kept facts are what the table says again, as it was known when they were made. */
const saysTheSameAgain = async <T>(
  deps: FactDeps,
  maker: FactMaker<T>,
  site: Site,
  kept: MonthFacts<T>,
): Promise<boolean> => {
  const [was, is] = [digestOf(maker), digestOf(maker)];
  was.add(kept.lines);
  const freezes = await deps.table.loadFreezes();
  const asked = { site, month: kept.month, through: kept.through, asOf: Date.parse(kept.asOf), freezes };
  for await (const { lines } of maker.make(deps, asked, '')) is.add(lines);
  return was.done() === is.done();
};

/**
 * Reckons one month and lets it count; false where time ran out or somebody else took it over. `heard` is told of a
 * settled one that was not kept as it was known then.
 */
const rollMonth = async <T>(
  deps: FactDeps,
  maker: FactMaker<T>,
  asked: FactsAsked,
  until: number,
  heard: Heard | undefined,
): Promise<boolean> => {
  const { table } = deps;
  const { site, month, through } = asked;
  if (heard) {
    const [kept, { warehouse }] = await Promise.all([loadOne(deps, maker, site.id, month), table.readPolicy()]);
    if (kept && isSettled(kept, warehouse.backdateDays) && !(await saysTheSameAgain(deps, maker, site, kept)))
      heard({ kind: maker.kind, site: site.id, month });
  }
  try {
    let work = await table.beginFacts(maker.kind, { site: site.id, month, through, asOf: instant(asked.asOf) });
    let lines: T[] = [];
    let sums: Record<string, number> = {};
    let after = work.after;
    const write = async () => {
      work = await table.addFacts(work, { lines, sums, after });
      [lines, sums] = [[], {}];
    };
    for await (const slice of maker.make(deps, asked, work.after)) {
      lines.push(...slice.lines);
      for (const [name, value] of Object.entries(slice.sums ?? {})) sums[name] = (sums[name] ?? 0) + value;
      after = slice.after;
      if (lines.length >= linesAtOnce || deps.now() >= until) await write();
      if (deps.now() >= until) return false;
    }
    await write();
    await table.finishFacts(work, instant(deps.now()));
  } catch (error) {
    if (error instanceof Changed) return false;
    throw error;
  }
  return true;
};

/** Months of a site from one on that are not kept as they were known at `asOf`, reckoned one after the other. */
const rollMonths = async <T>(
  deps: FactDeps,
  maker: FactMaker<T>,
  site: Site,
  { from, asOf, freezes }: { from: string; asOf: number; freezes: readonly Freeze[] },
  until: number,
  heard: Heard | undefined,
): Promise<boolean> => {
  for (let month = from; month <= monthOf(asOf); month = monthBeside(month, 1)) {
    const through = lastDayIn(month, asOf);
    if (through === undefined) break;
    const [head] = await deps.table.loadFactsHeads(maker.kind, [site.id], month);
    if (head && head.asOf >= instant(asOf) && head.through >= through) continue;
    if (deps.now() >= until) return false;
    if (!(await rollMonth(deps, maker, { site, month, through, asOf, freezes }, until, heard))) return false;
  }
  return true;
};

/**
 * From which month a site is reckoned: what was dated back may lie before the month that was its first one then, and a
 * month that was closed since is reckoned once more, as it was closed.
 */
const firstMonth = (
  from: string,
  since: string,
  before: FactsThrough | undefined,
  freezes: readonly Freeze[],
): string => {
  const kept = before?.through === undefined ? '' : instant(dayStart(before.through));
  const closed = freezes.flatMap(({ month, at }) => (at >= kept ? [month] : []));
  return laterMonth([from, ...closed].sort()[0] as string, monthBeside(since, -2));
};

/**
 * Keeps facts of a site from month `from` through the last day that is over, until `until` (milliseconds) has come; true
 * when all of it is kept. What somebody began today is finished as it was known then, from where it stood. Several may do
 * so at once: whoever began last goes on, and all write the same.
 */
const rollSiteFacts = async <T>(
  deps: FactDeps,
  maker: FactMaker<T>,
  site: Site,
  from: string | undefined,
  until: number,
  heard: Heard | undefined,
): Promise<boolean> => {
  const [[before], freezes] = await Promise.all([
    deps.table.loadFactsThrough(maker.kind, [site.id]),
    deps.table.loadFreezes(),
  ]);
  const since = before?.since ?? (await maker.since(deps, site));
  const first = since === undefined || from === undefined ? since : firstMonth(from, since, before, freezes);
  const today = instant(dayStart(tashkentDay(knownAt(deps.now()))));
  const isBegun = before?.working !== undefined && before.working.asOf >= today && before.working.from <= (first ?? '');
  const asOf = isBegun && before?.working ? Date.parse(before.working.asOf) : knownAt(deps.now());
  const through = dayAfter(tashkentDay(asOf), -1);
  const known = { site: site.id, ...(since !== undefined && { since }) };
  if (first !== undefined) {
    const working = { asOf: instant(asOf), through, from: first };
    if (!isBegun)
      await deps.table.keepFactsThrough(maker.kind, {
        ...known,
        ...(before?.through !== undefined && { through: before.through }),
        working,
      });
    const begin = isBegun && before?.working ? before.working.from : first;
    if (!(await rollMonths(deps, maker, site, { from: begin, asOf, freezes }, until, heard))) return false;
  }
  await deps.table.keepFactsThrough(maker.kind, { ...known, through });
  return true;
};

/** Looks at one settled month of a site, another one each night; what differs is marked, and stays until it is rebuilt. */
const checkSite = async <T>(deps: FactDeps, maker: FactMaker<T>, site: Site): Promise<FactFinding[]> => {
  const [months, { warehouse }] = await Promise.all([
    deps.table.listFacts(maker.kind, site.id),
    deps.table.readPolicy(),
  ]);
  const settled = months.filter((head) => isSettled(head, warehouse.backdateDays));
  const head = settled[Math.floor(deps.now() / dayMs) % settled.length];
  if (!head) return [];
  const kept = await loadOne(deps, maker, site.id, head.month);
  if (!kept || (await saysTheSameAgain(deps, maker, site, kept))) return [];
  await deps.table.markFacts(maker.kind, kept);
  return [{ kind: maker.kind, site: site.id, month: head.month }];
};

/** Facts of a month as they were known when it was closed, in milliseconds. */
interface ClosedMonth {
  readonly month: string;
  readonly at: number;
}

/**
 * True of a month of which nights kept nothing because a site had nothing then, as it was known at `at` (milliseconds): a
 * night before that did not hear of what was dated back into the month since.
 */
export const isNothingBefore = (known: FactsThrough | undefined, month: string, at: number): boolean => {
  const { through, since } = known ?? {};
  if (through === undefined || through < tashkentDay(monthSpan(month).to)) return false;
  return dayStart(dayAfter(through, 1)) >= at && (since === undefined || month < since);
};

/** Sites of which a closed month is not kept yet as it was closed. */
const uncovered = async <T>(
  deps: FactDeps,
  { kind }: FactMaker<T>,
  sites: readonly Site[],
  { month, at }: ClosedMonth,
): Promise<Site[]> => {
  const ids = sites.map(({ id }) => id);
  const [heads, throughs] = await Promise.all([
    deps.table.loadFactsHeads(kind, ids, month),
    deps.table.loadFactsThrough(kind, ids),
  ]);
  const last = tashkentDay(monthSpan(month).to);
  return sites.filter((_, i) => {
    const [head, known] = [heads[i], throughs[i]];
    if (head) return head.asOf < instant(at) || head.through < last;
    return !isNothingBefore(known, month, at);
  });
};

/**
 * Keeps a closed month of one site as it was known when it was closed; false where time ran out. Everybody reckons it of
 * the same instant, so whoever takes it over goes on from where it stood.
 */
const coverMonth = async <T>(
  deps: FactDeps,
  maker: FactMaker<T>,
  site: Site,
  { month, at }: ClosedMonth,
  until: number,
): Promise<boolean> => {
  const freezes = await deps.table.loadFreezes();
  const through = tashkentDay(monthSpan(month).to);
  return rollMonth(deps, maker, { site, month, through, asOf: at, freezes }, until, undefined);
};

/** One kind of facts, as a night goes through it. */
export interface FactJob {
  readonly kind: FactKind;
  readonly isFor: (site: Site) => boolean;
  /** @see rollSiteFacts; without a month from the beginning */
  readonly roll: (
    deps: FactDeps,
    site: Site,
    from: string | undefined,
    until: number,
    heard?: Heard,
  ) => Promise<boolean>;
  /** @see checkSite */
  readonly check: (deps: FactDeps, site: Site) => Promise<FactFinding[]>;
  /** @see uncovered; of sites of which there are such facts */
  readonly missing: (deps: FactDeps, sites: readonly Site[], closed: ClosedMonth) => Promise<Site[]>;
  /** @see coverMonth */
  readonly cover: (deps: FactDeps, site: Site, closed: ClosedMonth, until: number) => Promise<boolean>;
}

export const factJob = <T>(maker: FactMaker<T>): FactJob => ({
  kind: maker.kind,
  isFor: maker.isFor,
  roll: (deps, site, from, until, heard) => rollSiteFacts(deps, maker, site, from, until, heard),
  check: (deps, site) => checkSite(deps, maker, site),
  missing: (deps, sites, closed) => uncovered(deps, maker, sites, closed),
  cover: (deps, site, closed, until) => coverMonth(deps, maker, site, closed, until),
});

const loadAllSites = async (deps: FactDeps): Promise<Site[]> => {
  const sites: Site[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listSites({ cursor, limit: 100 });
    sites.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return sites;
};

/** True where a whole night went by without what was kept until then: it need not wait for the next one. */
const isOverdue = (kept: FactsThrough | undefined, now: number): boolean =>
  kept?.through !== undefined && kept.through < dayAfter(tashkentDay(knownAt(now)), -2);

export interface RolledFacts {
  readonly done: number;
  readonly of: number;
  readonly failed: number;
  readonly findings: readonly FactFinding[];
}

/**
 * Keeps facts of yesterday for every site that does not have them yet, together with the months into which an entry may
 * have been dated since, and looks at one settled month of each, until `until` (milliseconds) has come. By day (`night`
 * false) only sites that were left out for a whole night. `failed` ones are tried again by the next run.
 */
export const rollFacts = async (
  deps: FactDeps,
  jobs: readonly FactJob[],
  until: number,
  { night = true }: { night?: boolean } = {},
): Promise<RolledFacts> => {
  const [sites, policy] = await Promise.all([loadAllSites(deps), deps.table.readPolicy()]);
  let [done, of, failed] = [0, 0, 0];
  const findings: FactFinding[] = [];
  for (const job of jobs) {
    const own = sites.filter(job.isFor);
    const known = await deps.table.loadFactsThrough(
      job.kind,
      own.map(({ id }) => id),
    );
    of += own.length;
    for (const [i, site] of own.entries()) {
      const through = known[i]?.through;
      const isKept = through !== undefined && through >= dayAfter(tashkentDay(knownAt(deps.now())), -1);
      if (isKept) done += 1;
      if (isKept || (!night && !isOverdue(known[i], deps.now()))) continue;
      if (deps.now() >= until) break;
      try {
        const from = through && monthToRoll(through, policy.warehouse.backdateDays);
        if (!(await job.roll(deps, site, from, until))) continue;
        done += 1;
        findings.push(...(await job.check(deps, site)));
      } catch {
        // one site's trouble is no other site's; the count tells that somebody has to look
        failed += 1;
      }
    }
  }
  return { done, of, failed, findings };
};

/** A site's facts, reckoned anew; `mended` are settled months that were kept otherwise than the table says. */
export interface RebuiltFacts {
  readonly site: string;
  readonly facts: FactKind;
  readonly through?: string;
  readonly mended: readonly string[];
}

/**
 * Reckons facts of sites anew, from the beginning or from a month on, one after the other; all sites where none is named.
 * @throws Refusal `not-found` for a site that is not there; `busy` where others reckon the same again and again
 */
export async function* rebuildFacts(
  deps: FactDeps,
  jobs: readonly FactJob[],
  input: { sites: readonly string[]; from?: string | undefined },
): AsyncGenerator<RebuiltFacts> {
  const named = input.sites.length > 0 ? await deps.table.loadSites(input.sites) : await loadAllSites(deps);
  if (input.sites.some((id) => !named.some((site) => site.id === id))) throw new Refusal('not-found');
  for (const site of named)
    for (const job of jobs.filter((one) => one.isFor(site))) {
      const mended = new Set<string>();
      const hear = ({ month }: FactFinding) => void mended.add(month);
      let done = false;
      for (let tries = 0; !done; tries += 1) {
        if (tries === 5) throw new Refusal('busy');
        done = await job.roll(deps, site, input.from, Number.POSITIVE_INFINITY, hear);
      }
      const [kept] = await deps.table.loadFactsThrough(job.kind, [site.id]);
      yield {
        site: site.id,
        facts: job.kind,
        ...(kept?.through !== undefined && { through: kept.through }),
        mended: [...mended],
      };
    }
}
