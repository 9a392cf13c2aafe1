/** What a site should know of its shelf today, and what the country should know of its sites. */
import type { Actor } from '@darmon/domain/actor';
import { alertsOf, expiringWithin, horizons } from '@darmon/domain/alerts';
import { overviewOf } from '@darmon/domain/overview';
import { Refusal } from '@darmon/domain/refusal';
import type { Site } from '@darmon/domain/standing';
import { outsideNow } from '@darmon/domain/temperature';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { type Deps, loadAccount } from './deps.ts';
import { loadShelf, useAt } from './ledger.ts';

/** As many of a kind as an answer names; all are counted. */
const named = 300;
/** Readings and deliveries that are looked through for what is open. */
const looked = 100;

const watchSite = async (deps: Deps, site: Site, warehouse: { slowMoverDays: number; lowStockDays: number }) => {
  const now = deps.now();
  const [shelf, readings, unsettled] = await Promise.all([
    loadShelf(deps, site.id),
    deps.table.listTemperatures(site.id, { limit: looked }),
    deps.table.listUnsettled(site.id, { limit: looked }),
  ]);
  return {
    now,
    alerts: alertsOf(shelf, warehouse, useAt(site), now),
    temperature: outsideNow(readings.items),
    discrepancies: unsettled.items.map(({ id, at, open }) => ({ receipt: id, at, open })),
  };
};

const summed = (items: readonly { readonly value: number }[]) => ({
  count: items.length,
  value: items.reduce((sum, { value }) => sum + value, 0),
});

/**
 * Everything that needs somebody at a site, reckoned now from one pass over its shelf.
 * @throws Refusal `not-found`
 */
export const readAlerts = async (deps: Deps, actor: Actor, input: { site: string }) => {
  const { policy, site } = await deps.table.loadStanding(actor.person, input.site);
  if (!site) throw new Refusal('not-found');
  const { now, alerts, temperature, discrepancies } = await watchSite(deps, site, policy.warehouse);
  const { lots, value, stockOut, low, expiring, expired, slow } = alerts;
  const today = tashkentDay(now);
  return {
    site: site.id,
    at: instant(now),
    lowStockDays: policy.warehouse.lowStockDays,
    slowMoverDays: policy.warehouse.slowMoverDays,
    lots,
    value,
    counts: {
      stockOut: stockOut.length,
      low: low.length,
      expiring: expiring.length,
      expired: summed(expired),
      slow: summed(slow),
      discrepancies: discrepancies.reduce((sum, { open }) => sum + open, 0),
      temperature: temperature.length,
    },
    within: horizons.map((days) => expiringWithin(expiring, days, today)),
    stockOut: stockOut.slice(0, named),
    low: low.slice(0, named),
    expiring: expiring.slice(0, named),
    expired: expired.slice(0, named),
    slow: slow.slice(0, named),
    discrepancies,
    temperature,
  };
};

/** True for an open site with a shelf. */
export const keepsStock = ({ kind, active }: Site): boolean => active && (kind === 'pharmacy' || kind === 'warehouse');

/**
 * Looks through the shelves of all sites that were not looked through since `since` (an instant), until `until`
 * (milliseconds) has come. Several may do so at once: a site that is looked through twice says the same.
 */
export const watchStock = async (deps: Deps, since: string, until: number): Promise<{ done: number; of: number }> => {
  const seen = new Map<string, string>();
  const sites: Site[] = [];
  const policy = await deps.table.readPolicy();
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await deps.table.listOverview({ cursor, limit: 100 });
    for (const { site, at } of page.items) seen.set(site, at);
    cursor = page.next;
  }
  for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
    const page = await deps.table.listSites({ cursor, limit: 100 });
    sites.push(...page.items.filter(keepsStock));
    cursor = page.next;
  }
  const isSeen = ({ id }: Site) => (seen.get(id) ?? '') >= since;
  let done = sites.filter(isSeen).length;
  for (const site of sites) {
    if (isSeen(site)) continue;
    if (deps.now() >= until) break;
    const { now, alerts, temperature, discrepancies } = await watchSite(deps, site, policy.warehouse);
    const open = {
      discrepancies: discrepancies.reduce((sum, { open }) => sum + open, 0),
      temperature: temperature.length,
    };
    await deps.table.keepOverview(overviewOf(site, alerts, open, now));
    done += 1;
  }
  return { done, of: sites.length };
};

/** How long one call goes on, in milliseconds: well within what a gateway waits. */
const sliceMs = 4_000;

/** Goes on looking through what was not looked through since an instant; harmless to repeat until `done` is all. */
export const refreshOverview = async (deps: Deps, actor: Actor, input: { since: string }) => {
  await loadAccount(deps, actor);
  const now = deps.now();
  const since = instant(Math.min(Date.parse(input.since), now));
  return { since, ...(await watchStock(deps, since, now + sliceMs)) };
};

export const listOverview = async (deps: Deps, request: PageRequest) => deps.table.listOverview(request);
