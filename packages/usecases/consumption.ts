/**
 * What was used at a site: reckoned from the ledger, kept by medicine and month, and reckoned anew for the days that are
 * not kept yet. Whatever is kept can be reckoned again at any time and says the same.
 */
import type { Actor } from '@darmon/domain/actor';
import {
  type DayUse,
  daysOf,
  isStateKind,
  type LotPast,
  type MonthUse,
  monthsOf,
  needsStateBefore,
  openingOf,
  reckonDays,
  saysTheSame,
} from '@darmon/domain/consumption';
import { atMonthEnd } from '@darmon/domain/ledger';
import { monthBeside, monthSpan } from '@darmon/domain/ledger-view';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import type { Site } from '@darmon/domain/standing';
import { dayAfter, daysThrough } from '@darmon/domain/stock-outlook';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { LedgerRow } from '@darmon/table/stock-items';
import { keepsStock } from './alerts.ts';
import { type Deps, loadAccount } from './deps.ts';
import { inTurn, useAt } from './ledger.ts';

/** Before anything that a ledger can hold. */
const fromTheBeginning = '2000-01';
/** So many medicines are reckoned before what was done is written down: what a process that dies leaves to do again. */
const stride = 25;

/** What a lot went through since month `from` began; nothing is read of one that was empty all that time. */
const pastOf = async (deps: Deps, { row, sums }: LedgerRow, from: string): Promise<LotPast> => {
  const { site, gtin, lot, expiryDate, state } = row;
  const wasThere = atMonthEnd(sums, monthBeside(from, -1)) > 0;
  if (!wasThere && !Object.keys(sums.net).some((month) => month >= from))
    return { expiryDate, state, sums, movements: [] };
  const began = monthSpan(from).from;
  const movements = await deps.table.loadMovements(site, gtin, lot, began - 1);
  if (!needsStateBefore(movements)) return { expiryDate, state, sums, movements };
  const before = await deps.table.loadMovements(site, gtin, lot, 0, began - 1);
  return { expiryDate, state, sums, movements, stateBefore: before.findLast(({ kind }) => isStateKind(kind))?.kind };
};

const loadPast = (deps: Deps, rows: readonly LedgerRow[], from: string): Promise<LotPast[]> =>
  inTurn(rows.map((row) => () => pastOf(deps, row, from)));

/** Months of one medicine from `from` through a day. */
const reckonMonths = async (
  deps: Deps,
  site: Site,
  rows: readonly LedgerRow[],
  { from, through }: { from: string; through: string },
): Promise<MonthUse[]> => {
  const medicine = rows[0]?.row.medicine ?? '';
  const lots = await loadPast(deps, rows, from);
  const days = reckonDays(lots, useAt(site), from, through);
  return monthsOf({ site: site.id, medicine }, days, openingOf(lots, from));
};

/** Every medicine that a site ever had, with all its rows, in the order of their codes. */
async function* medicinesOf(deps: Deps, site: string): AsyncGenerator<LedgerRow[]> {
  let own: LedgerRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listPastRows(site, { cursor, limit: 100 });
    for (const read of page.items) {
      if (own[0] && own[0].row.medicine !== read.row.medicine) {
        yield own;
        own = [];
      }
      own.push(read);
    }
    cursor = page.next;
  } while (cursor !== undefined);
  if (own.length > 0) yield own;
}

/** The last day that is over. */
export const lastClosedDay = (now: number): string => dayAfter(tashkentDay(now), -1);

/**
 * Reckons and keeps what was used at a site from month `from` (YYYY-MM) through the last day that is over, until `until`
 * (milliseconds) has come; true when all of it is kept. What was begun before is finished first, from where it stood, so
 * a run that died loses little. Several may do so at once: all write the same. `mended` hears of months that were kept
 * otherwise than the ledger says.
 */
export const rollSite = async (
  deps: Deps,
  site: Site,
  from: string,
  until: number,
  mended: (month: MonthUse) => void = () => {},
): Promise<boolean> => {
  const [before] = await deps.table.loadRolled([site.id]);
  const isBegun = before?.working !== undefined && before.working.from <= from;
  const work = isBegun && before?.working ? before.working : { from, through: lastClosedDay(deps.now()), after: '' };
  const { through: kept } = before ?? {};
  const note = (working: typeof work | undefined) =>
    deps.table.keepRolled({
      site: site.id,
      at: instant(deps.now()),
      ...(working ? kept !== undefined && { through: kept } : { through: work.through }),
      ...(working && { working }),
    });
  const keep = async (months: readonly MonthUse[]): Promise<void> => {
    for (const { before: was, after } of await deps.table.keepConsumption(months))
      if (kept !== undefined && !saysTheSame(was, after, kept)) mended(was);
  };
  let waiting: MonthUse[] = [];
  let medicines = 0;
  for await (const rows of medicinesOf(deps, site.id)) {
    const medicine = rows[0]?.row.medicine ?? '';
    if (medicine <= work.after) continue;
    if (deps.now() >= until) return false;
    waiting.push(...(await reckonMonths(deps, site, rows, work)));
    medicines += 1;
    if (medicines % stride !== 0) continue;
    await keep(waiting);
    waiting = [];
    await note({ ...work, after: medicine });
  }
  await keep(waiting);
  await note(undefined);
  return work.through >= lastClosedDay(deps.now()) || rollSite(deps, site, from, until, mended);
};

/**
 * From which month a site's use is reckoned at night: nothing before it can have changed since it was kept, which was on
 * the day after `through`; so it is the same whether or not a night was left out.
 */
export const monthToRoll = (through: string | undefined, backdateDays: number): string =>
  through === undefined ? fromTheBeginning : dayAfter(through, 1 - backdateDays).slice(0, 7);

/** Every site with a shelf. */
export const loadStockSites = async (deps: Deps): Promise<Site[]> => {
  const sites: Site[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listSites({ cursor, limit: 100 });
    sites.push(...page.items.filter(keepsStock));
    cursor = page.next;
  } while (cursor !== undefined);
  return sites;
};

/**
 * Keeps yesterday's use of every site that does not have it yet, until `until` (milliseconds) has come; together with
 * all days into which an entry may have been dated since. `failed` sites are tried again by the next run.
 */
export const rollConsumption = async (
  deps: Deps,
  until: number,
): Promise<{ done: number; of: number; failed: number }> => {
  const [sites, policy] = await Promise.all([loadStockSites(deps), deps.table.readPolicy()]);
  const rolled = await deps.table.loadRolled(sites.map(({ id }) => id));
  let done = 0;
  let failed = 0;
  for (const [i, site] of sites.entries()) {
    const through = rolled[i]?.through;
    if (through !== undefined && through >= lastClosedDay(deps.now())) {
      done += 1;
      continue;
    }
    if (deps.now() >= until) break;
    const from = monthToRoll(through, policy.warehouse.backdateDays);
    try {
      if (await rollSite(deps, site, from, until)) done += 1;
    } catch {
      // one site's trouble is no other site's; the count tells that somebody has to look
      failed += 1;
    }
  }
  return { done, of: sites.length, failed };
};

/** How long one call goes on, in milliseconds: well within what a gateway waits. */
const sliceMs = 4_000;

/**
 * Reckons a site's use anew from the ledger, from the beginning or from a month on, for a few seconds; harmless to
 * repeat until `done`. `mended` are the months that this call found kept otherwise than the ledger says, dated back since
 * or not; what was brought from before the ledger is left as it is.
 * @throws Refusal `account-closed`, `not-found`
 */
export const rebuildConsumption = async (deps: Deps, actor: Actor, input: { site: string; from?: string }) => {
  await loadAccount(deps, actor);
  const [site] = await deps.table.loadSites([input.site]);
  if (!site || !keepsStock(site)) throw new Refusal('not-found');
  let mended = 0;
  const hear = () => {
    mended += 1;
  };
  const done = await rollSite(deps, site, input.from ?? fromTheBeginning, deps.now() + sliceMs, hear);
  const [rolled] = await deps.table.loadRolled([site.id]);
  const { through, working } = rolled ?? {};
  return {
    site: site.id,
    done,
    mended,
    ...(through !== undefined && { through }),
    ...(working && working.after !== '' && { after: working.after }),
  };
};

/** Days of one medicine through today: what is kept, and the rest reckoned now. Today is not over. */
export const loadDays = async (deps: Deps, site: Site, medicine: string): Promise<DayUse[]> => {
  const today = tashkentDay(deps.now());
  const [[rolled], kept, rows] = await Promise.all([
    deps.table.loadRolled([site.id]),
    deps.table.loadConsumption(site.id, medicine),
    deps.table.loadPastRows(site.id, medicine),
  ]);
  const from = rolled?.through === undefined ? fromTheBeginning : dayAfter(rolled.through, 1).slice(0, 7);
  const fresh = reckonDays(await loadPast(deps, rows, from), useAt(site), from, today);
  const old = daysOf(
    kept.filter(({ month }) => month < from),
    dayAfter(`${from}-01`, -1),
  );
  return [...old, ...fresh];
};

/** The most days that one answer holds. */
const mostDays = 1_100;
const usualDays = 400;

/**
 * Use of a medicine at a site by day, from the first day asked for through the last, today at the latest; without days
 * the last thirteen months. `through` is the last day that is kept, later ones were reckoned now; `brought` are months of
 * that time from before the ledger.
 * @throws Refusal `not-found`, `schema` where more days are asked for than an answer holds
 */
export const readConsumption = async (
  deps: Deps,
  input: { site: string; medicine: string; from?: string | undefined; to?: string | undefined },
) => {
  const [site] = await deps.table.loadSites([input.site]);
  if (!site) throw new Refusal('not-found');
  const today = tashkentDay(deps.now());
  const to = input.to === undefined || input.to > today ? today : input.to;
  const from = input.from ?? dayAfter(to, -usualDays);
  if (daysThrough(to, from) > mostDays) throw refuseAt('schema', '/from', { max: mostDays });
  const [days, [rolled], [past]] = await Promise.all([
    loadDays(deps, site, input.medicine),
    deps.table.loadRolled([site.id]),
    deps.table.loadPastUse([{ site: site.id, medicine: input.medicine }]),
  ]);
  const brought = (past?.months ?? []).filter(({ month }) => month >= from.slice(0, 7) && month <= to.slice(0, 7));
  return {
    site: site.id,
    medicine: input.medicine,
    ...(rolled?.through !== undefined && { through: rolled.through }),
    days: days.filter(({ day }) => day >= from && day <= to),
    ...(brought.length > 0 && {
      brought: brought.map(({ month, used, out, through }) => ({
        month,
        used,
        daysOut: out,
        ...(through !== undefined && { through }),
      })),
    }),
  };
};
