/** What planners and sites ask of plans: the board over all sites, one site's plan, one product's page, plan now. */
import type { Actor } from '@darmon/domain/actor';
import { knownMonths } from '@darmon/domain/consumption';
import { suggestTransfers } from '@darmon/domain/exchange';
import { type Plan, type PlanLine, shortOf, sitesByRisk } from '@darmon/domain/plan';
import { weekOf } from '@darmon/domain/plan-run';
import { Refusal } from '@darmon/domain/refusal';
import type { StockRisk } from '@darmon/domain/requisition';
import { isUsable, onHandOf } from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import { keepsStock } from './alerts.ts';
import { loadTransfersTo } from './coming.ts';
import { loadDays, loadStockSites } from './consumption.ts';
import { type Deps, loadAccount } from './deps.ts';
import { loadMarket } from './market.ts';
import { draftLines, runPlans } from './plan-run.ts';
import { planSite } from './planning.ts';
import { draftFromPlan } from './requisitions.ts';
import { loadOnOrder } from './sent-on.ts';

/** All sites that were ever planned, those with the most at risk first, and the weekly run as it stands. */
export const listPlans = async (deps: Deps) => {
  const plans: Plan[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listPlans({ cursor, limit: 100 });
    plans.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  const week = weekOf(deps.now());
  const run = await deps.table.loadPlanRun(week);
  const count = (state: string) => run.filter((work) => work.state === state).length;
  return {
    items: plans.sort(sitesByRisk),
    run: { week, of: run.length, done: count('done'), failed: count('failed') },
  };
};

/** Suggestions of an answer; all are counted. */
const shownTransfers = 100;

/** Requests of sites that are looked through for what was taken up already. */
const sitesAtOnce = 10;

/** Who asked whom for what and waits for it, as `from to medicine`: it is not suggested once more. */
const loadTakenUp = async (deps: Deps, sites: readonly string[]): Promise<ReadonlySet<string>> => {
  const taken = new Set<string>();
  const ago = instant(deps.now());
  for (let at = 0; at < sites.length; at += sitesAtOnce)
    await Promise.all(
      sites.slice(at, at + sitesAtOnce).map(async (to) => {
        const { asked } = await loadTransfersTo(deps, to, ago);
        for (const [medicine, from] of asked) for (const site of from) taken.add(`${site} ${to} ${medicine}`);
      }),
    );
  return taken;
};

/**
 * What sites of a region could send each other before anything is bought, by their last plans: what would expire first.
 * What was asked for meanwhile is left out; goods that left otherwise stay until the next plan.
 */
export const listSuggestedTransfers = async (deps: Deps, input: { region: string }) => {
  const sites = (await loadStockSites(deps)).filter(({ region }) => region === input.region);
  const exchange = await deps.table.loadExchange(sites.map(({ id }) => id));
  const names = new Map(sites.map(({ id, name }) => [id, name]));
  const suggested = suggestTransfers(exchange, tashkentDay(deps.now()));
  const takenUp = await loadTakenUp(deps, [...new Set(suggested.map(({ to }) => to))]);
  const all = suggested.filter(({ from, to, medicine }) => !takenUp.has(`${from} ${to} ${medicine}`));
  return {
    of: all.length,
    items: all.slice(0, shownTransfers).map((one) => ({
      ...one,
      fromName: names.get(one.from) ?? one.from,
      toName: names.get(one.to) ?? one.to,
    })),
  };
};

/** Lines of an answer. */
const shownLines = 100;

/**
 * One site's plan with a part of its lines, the worst first, counted from 0; of one risk where asked.
 * @throws Refusal `not-found` where it was never planned, `busy`
 */
export const readPlan = async (
  deps: Deps,
  input: { site: string; from?: number; risk?: StockRisk; order?: boolean },
) => {
  const found = await deps.table.loadPlanLines(input.site);
  if (!found) throw new Refusal('not-found');
  const { plan, lines } = found;
  const from = input.from ?? 0;
  const wanted = lines.filter(
    ({ risk, proposal }) => (input.risk === undefined || risk === input.risk) && (!input.order || proposal.packs > 0),
  );
  return {
    plan,
    from,
    of: wanted.length,
    lines: wanted.slice(from, from + shownLines).map(shortOf),
  };
};

/**
 * Everything about one medicine at a site: its past by month, what will be, the shelf by lot, what is coming, and each
 * step of what is proposed. Where the site has no plan of it, the past alone.
 * @throws Refusal `not-found`, `busy`
 */
export const readPlanLine = async (deps: Deps, input: { site: string; medicine: string }) => {
  const [site] = await deps.table.loadSites([input.site]);
  if (!site || !keepsStock(site)) throw new Refusal('not-found');
  const today = tashkentDay(deps.now());
  const [found, days, rows, orders, [past]] = await Promise.all([
    deps.table.loadPlanLines(site.id),
    loadDays(deps, site, input.medicine),
    deps.table.loadMedicineRows(site.id, input.medicine),
    loadOnOrder(deps, site.id),
    deps.table.loadPastUse([{ site: site.id, medicine: input.medicine }]),
  ]);
  const line: PlanLine | undefined = found?.lines.find(({ medicine }) => medicine === input.medicine);
  if (!line && days.length === 0 && !past) throw new Refusal('not-found');
  const present = today.slice(0, 7);
  const months = knownMonths(days, today, past?.months).filter(({ month }) => month < present);
  const now = days.filter(({ day }) => day.slice(0, 7) === present);
  const nowClosing = now.at(-1)?.closing;
  return {
    site: site.id,
    medicine: input.medicine,
    today,
    ...(found && { at: found.plan.at }),
    ...(line && { line }),
    history: [
      ...months.map(({ month, used, out, known, closing, brought }) => ({
        month,
        used,
        stockOutDays: out,
        known,
        ...(closing !== undefined && { closing }),
        ...(brought && { brought: true as const }),
      })),
      ...(nowClosing === undefined
        ? []
        : [
            {
              month: present,
              used: now.reduce((sum, { used }) => sum + used, 0),
              stockOutDays: now.filter(({ out }) => out).length,
              closing: nowClosing,
              known: false,
            },
          ]),
    ],
    lots: rows
      .map(({ row }) => row)
      .filter((row) => onHandOf(row) > 0)
      .map((row) => ({
        gtin: row.gtin,
        lot: row.lot,
        expiryDate: row.expiryDate,
        onHand: onHandOf(row),
        usable: isUsable(row, today) ? row.free : 0,
      })),
    orders: orders
      .filter(({ medicine }) => medicine === input.medicine)
      .map(({ gtin, quantity, due }) => ({ gtin, quantity, due })),
  };
};

/** How long one call goes on, in milliseconds: within what a gateway waits, also where the last site takes long. */
const [siteMs, runMs] = [14_000, 5_000];

/**
 * Plans a site now, from what stands now; with `draft` its requisition of this week is drafted where there is none yet.
 * @throws Refusal `account-closed`, `not-found`, `busy` where it takes longer than an answer may: what is reckoned of
 * its use stays, so the next try gets further
 */
export const planNow = async (deps: Deps, actor: Actor, input: { site: string; draft?: true }): Promise<Plan> => {
  await loadAccount(deps, actor);
  const [site] = await deps.table.loadSites([input.site]);
  if (!site || !keepsStock(site)) throw new Refusal('not-found');
  const week = weekOf(deps.now());
  const { plan, lines } = await planSite(deps, site, await loadMarket(deps), { until: deps.now() + siteMs, week });
  const wanted = draftLines(lines);
  const by = { person: actor.person, role: actor.role };
  if (input.draft && wanted.length > 0) await draftFromPlan(deps, { site: site.id, week, lines: wanted, by });
  return plan;
};

/** Works on this week's run for some seconds; harmless to repeat until `done` and `failed` are all of it. */
export const workOnPlans = async (deps: Deps, actor: Actor) => {
  await loadAccount(deps, actor);
  return runPlans(deps, weekOf(deps.now()), deps.now() + runMs);
};
