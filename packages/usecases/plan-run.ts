/**
 * The weekly run: it is opened, every site is planned and its requisition drafted, by as many workers as there are, and
 * it is closed. A site that fails is tried again later and stops no other; a worker that dies holds its site for some
 * minutes. Who sends the workers is not known here.
 */

import type { PlanLine } from '@darmon/domain/plan';
import { failedWork, isFree, isGivenUp, nextOf, type PlanWork, queuedWork, taken } from '@darmon/domain/plan-run';
import type { Site } from '@darmon/domain/standing';
import { instant } from '@darmon/domain/time';
import { loadStockSites } from './consumption.ts';
import type { Deps } from './deps.ts';
import { loadMarket, type Market } from './market.ts';
import { planSite } from './planning.ts';
import { draftFromPlan } from './requisitions.ts';

export interface RunProgress {
  readonly week: string;
  readonly done: number;
  /** Given up after several tries. */
  readonly failed: number;
  readonly of: number;
}

/** Lines of a requisition: what the plan proposes to order. */
export const draftLines = (lines: readonly PlanLine[]) =>
  lines
    .filter(({ proposal }) => proposal.packs > 0)
    .map(({ medicine, gtin, packUnits, packPrice, risk, by, proposal: { packs, steps } }, i) => ({
      line: i + 1,
      medicine,
      gtin,
      packUnits,
      packs,
      proposed: packs,
      ...(packPrice !== undefined && { packPrice }),
      risk,
      ...(by !== undefined && { by }),
      steps,
    }));

/** Puts every site that keeps stock on the list of a week, each once. */
const queueSites = async (deps: Deps, week: string, sites: readonly Site[], known: readonly PlanWork[]) => {
  const there = new Set(known.map(({ site }) => site));
  for (const { id } of sites) if (!there.has(id)) await deps.table.queuePlan(queuedWork(week, id, deps.now()));
};

const workOn = async (deps: Deps, work: PlanWork, site: Site, market: Market, until: number): Promise<void> => {
  const { lines } = await planSite(deps, site, market, { until, week: work.week });
  const wanted = draftLines(lines);
  // who needs nothing asks for nothing
  const draft =
    wanted.length > 0 ? await draftFromPlan(deps, { site: site.id, week: work.week, lines: wanted }) : undefined;
  await deps.table.changePlanWork(work, {
    state: 'done',
    attempts: work.attempts,
    until: work.until,
    ...(draft && { requisition: draft.id }),
  });
};

const progressOf = (week: string, all: readonly PlanWork[], now: number): RunProgress => ({
  week,
  done: all.filter(({ state }) => state === 'done').length,
  failed: all.filter((work) => isGivenUp(work, now)).length,
  of: all.length,
});

/**
 * Opens the run of a week, or finds it open, and says what it wants next. Harmless to repeat, by however many: there is
 * one run a week, and a site is on its list once. A run that is closed wants nothing more. `only` these sites are put on
 * the list where it is given.
 */
export const openPlans = async (
  deps: Deps,
  week: string,
  only?: readonly string[],
): Promise<ReturnType<typeof nextOf> | { next: 'nothing' }> => {
  const { closed } = await deps.table.openPlanRun({ week, opened: instant(deps.now()) });
  if (closed !== undefined) return { next: 'nothing' };
  const sites = (await loadStockSites(deps)).filter(({ id }) => only?.includes(id) ?? true);
  await queueSites(deps, week, sites, await deps.table.loadPlanRun(week));
  const inUse = new Set(sites.map(({ id }) => id));
  const all = await deps.table.loadPlanRun(week);
  // a site that was closed meanwhile is nobody's work
  return nextOf(
    all.filter(({ site }) => inUse.has(site)),
    deps.now(),
  );
};

/** Closes the run of a week; `isFirst` is true for the one who did. */
export const closePlans = async (deps: Deps, week: string): Promise<RunProgress & { isFirst: boolean }> => {
  const isFirst = await deps.table.closePlanRun(week, instant(deps.now()));
  return { ...progressOf(week, await deps.table.loadPlanRun(week), deps.now()), isFirst };
};

/**
 * Works on the run of a week until `until` (milliseconds) has come or nothing is left that may be begun. Any number of
 * workers may do so at once: a site is taken by one of them. Harmless to repeat: what is done stays done, and a site has
 * one draft a week. `fault` is told what went wrong at which site; `only` these sites are worked on where it is given.
 */
export const runPlans = async (
  deps: Deps,
  week: string,
  until: number,
  fault: (site: string, error: unknown) => void = () => {},
  only?: readonly string[],
): Promise<RunProgress> => {
  const sites = (await loadStockSites(deps)).filter(({ id }) => only?.includes(id) ?? true);
  const byId = new Map(sites.map((site) => [site.id, site]));
  await queueSites(deps, week, sites, await deps.table.loadPlanRun(week));
  let market: Market | undefined;
  for (;;) {
    const all = await deps.table.loadPlanRun(week);
    const free = all.filter((work) => byId.has(work.site) && isFree(work, deps.now()));
    const now = deps.now();
    // workers begin at different places, so that they seldom want the same site
    const next = free[(deps.random(1)[0] ?? 0) % Math.max(1, free.length)];
    const site = next && byId.get(next.site);
    if (!next || !site || now >= until) return progressOf(week, all, now);
    const work = taken(next, now);
    if (!(await deps.table.changePlanWork(next, work))) continue;
    try {
      market ??= await loadMarket(deps);
      await workOn(deps, work, site, market, until);
    } catch (error) {
      if (deps.now() >= until) {
        // it was the time that failed, not the site: whoever comes next begins it at once
        await deps.table.changePlanWork(work, next);
        continue;
      }
      fault(site.id, error);
      const name = error instanceof Error ? error.name : 'unknown';
      await deps.table.changePlanWork(work, failedWork(work, name, deps.now()));
    }
  }
};
