/**
 * The weekly run: every site is planned and its requisition drafted, by as many workers as there are. A site that fails
 * is tried again later and stops no other; a worker that dies holds its site for some minutes.
 */

import type { PlanLine } from '@darmon/domain/plan';
import { failedWork, isFree, isGivenUp, type PlanWork, queuedWork, taken } from '@darmon/domain/plan-run';
import type { Site } from '@darmon/domain/standing';
import { loadStockSites } from './consumption.ts';
import type { Deps } from './deps.ts';
import { loadMarket, type Market, planSite } from './planning.ts';
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
    .map(({ medicine, gtin, packUnits, packPrice, risk, proposal: { packs, steps } }, i) => ({
      line: i + 1,
      medicine,
      gtin,
      packUnits,
      packs,
      proposed: packs,
      ...(packPrice !== undefined && { packPrice }),
      risk,
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
    if (!next || !site || now >= until) {
      return {
        week,
        done: all.filter(({ state }) => state === 'done').length,
        failed: all.filter((work) => isGivenUp(work, now)).length,
        of: all.length,
      };
    }
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
