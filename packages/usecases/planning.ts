/**
 * What a site should order: its use as months, a forecast of each, its shelf and what is coming, put together into a
 * plan. A plan is reckoned from what stands in the table and can be made again at any time.
 */

import { yearOf } from '@darmon/domain/budget';
import type { MonthlySeries } from '@darmon/domain/consumption';
import { daysOf, monthlySeries } from '@darmon/domain/consumption';
import { type ExchangeLine, exchangeOf, mayWait, movesOf, refusalCountsDays, takesFor } from '@darmon/domain/exchange';
import { monthBeside } from '@darmon/domain/ledger-view';
import { withinBudget } from '@darmon/domain/order-budget';
import { choosePack, type PackChoice } from '@darmon/domain/pack-choice';
import { byRisk, type Outlook, type Plan, type PlanInput, type PlanLine, planLine, planOf } from '@darmon/domain/plan';
import type { Procurement } from '@darmon/domain/procurement-rules';
import { Refusal } from '@darmon/domain/refusal';
import type { Site } from '@darmon/domain/standing';
import { onHandOf, type StockRow } from '@darmon/domain/stock';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { dayMs, instant, tashkentDay } from '@darmon/domain/time';
import { type Forecast, forecastSeries } from '@darmon/forecast/forecast';
import { SeriesRefusal } from '@darmon/forecast/series';
import { loadAsked, loadTransfersTo, type Transfers } from './coming.ts';
import { lastClosedDay, monthToRoll, rollSite } from './consumption.ts';
import type { Deps } from './deps.ts';
import { loadShelf } from './ledger.ts';
import type { Market } from './market.ts';
import { loadOnOrder } from './sent-on.ts';

/** Months that are forecast: the present one, and through the same of next year. */
const horizon = 13;
/** Months of the past in which a medicine that is out was not there at all: the site does not keep it any more. */
const forgottenMonths = 12;
/** Use of every medicine of a site by month, from what is kept and what was brought from before. */
const loadSeries = async (deps: Deps, site: string, through: string, today: string) => {
  const past = new Map((await deps.table.listPastUse(site)).map(({ medicine, months }) => [medicine, months]));
  const series = new Map<string, MonthlySeries>();
  type Months = Awaited<ReturnType<typeof deps.table.listConsumption>>['items'];
  let own: Months = [];
  const close = (): void => {
    const [first] = own;
    if (first) series.set(first.medicine, monthlySeries(daysOf(own, through), today, past.get(first.medicine)));
    own = [];
  };
  let cursor: string | undefined;
  do {
    const page = await deps.table.listConsumption(site, { cursor, limit: 1_000 });
    for (const month of page.items) {
      if (own[0] && own[0].medicine !== month.medicine) close();
      own.push(month);
    }
    cursor = page.next;
  } while (cursor !== undefined);
  close();
  for (const [medicine, months] of past)
    if (!series.has(medicine)) series.set(medicine, monthlySeries([], today, months));
  return series;
};

/** The mean medicine of each ATC group at a site: what a new one of the group is taken to be like. */
const lendersOf = (series: ReadonlyMap<string, MonthlySeries>, market: Market, present: string) => {
  const groups = new Map<string, { sum: number[]; count: number[]; of: number }>();
  const span = 36;
  const start = monthBeside(present, -span);
  for (const [medicine, { values }] of series) {
    const atc = market.medicines.get(medicine)?.atc.slice(0, 5);
    if (atc === undefined || values.length < 24) continue;
    const group = groups.get(atc) ?? { sum: Array(span).fill(0), count: Array(span).fill(0), of: 0 };
    group.of += 1;
    for (let at = 1; at <= Math.min(span, values.length); at += 1) {
      const value = values[values.length - at];
      if (value === null || value === undefined) continue;
      group.sum[span - at] = (group.sum[span - at] ?? 0) + value;
      group.count[span - at] = (group.count[span - at] ?? 0) + 1;
    }
    groups.set(atc, group);
  }
  return (medicine: string): MonthlySeries | undefined => {
    const group = groups.get(market.medicines.get(medicine)?.atc.slice(0, 5) ?? '');
    if (!group) return undefined;
    const values = group.sum.map((sum, at) => (group.count[at] ? Math.round(sum / (group.count[at] ?? 1)) : null));
    return { start, step: 'month', values, stockOutDays: values.map(() => 0) };
  };
};

const rounded = (value: number): number => Math.round(value * 10) / 10;
const share = (value: number | null | undefined): number | null =>
  value === null || value === undefined ? null : Math.round(value * 1_000) / 1_000;

/** A forecast as months from the present one on; where that was all that is known, it goes on as the next one. */
const outlookOf = (found: Forecast | undefined, first: string, present: string): Outlook => {
  if (!found) return { method: 'none', months: [], wape: null, mase: null, bias: null, sigma: 0, unusual: [] };
  const { wape, mase, bias } = found.backtest[found.method] ?? { wape: null, mase: null, bias: null };
  const months = found.forecast.map((units, i) => ({
    month: monthBeside(first, i),
    units: rounded(units),
    low: rounded(found.interval80[i]?.[0] ?? units),
    high: rounded(found.interval80[i]?.[1] ?? units),
  }));
  return {
    method: found.method,
    months: [...(first > present ? months.slice(0, 1).map((one) => ({ ...one, month: present })) : []), ...months],
    wape: share(wape),
    mase: share(mase),
    bias: share(bias),
    sigma: rounded(Number.isFinite(found.sigma) ? found.sigma : 0),
    unusual: found.unusual.map(({ period, value, usual }) => ({
      month: period,
      value: rounded(value),
      usual: rounded(Math.max(0, usual)),
    })),
  };
};

/** A forecast, or none where the past says nothing. */
const forecastOf = (
  series: MonthlySeries | undefined,
  borrowed: MonthlySeries | undefined,
  holidays: readonly string[],
): Forecast | undefined => {
  if (!series) return undefined;
  try {
    return forecastSeries(series, { horizon, holidays, ...(borrowed && series.values.length < 24 && { borrowed }) });
  } catch (error) {
    if (error instanceof SeriesRefusal) return undefined;
    throw error;
  }
};

/** The site had none of it in a year, and has none: it is not planned for. */
const isForgotten = (series: MonthlySeries | undefined, rows: readonly StockRow[]): boolean =>
  !rows.some((row) => onHandOf(row) > 0) &&
  (series === undefined || !series.values.slice(-forgottenMonths).some((value) => value !== null));

/** Everything that a site's plan is reckoned from. */
export interface Picture {
  readonly site: Site;
  readonly market: Market;
  readonly today: string;
  readonly rules: Procurement;
  readonly series: ReadonlyMap<string, MonthlySeries>;
  readonly rows: ReadonlyMap<string, readonly StockRow[]>;
  readonly onOrder: ReadonlyMap<string, readonly { readonly quantity: number; readonly due: string }[]>;
  readonly transfers: Transfers;
  /** Of the site's plan before this one, and of other sites of its region, by medicine. */
  readonly before: ReadonlyMap<string, ExchangeLine>;
  readonly others: ReadonlyMap<string, readonly (ExchangeLine & { readonly site: string })[]>;
  readonly lenderOf: (medicine: string) => MonthlySeries | undefined;
}

const loadPicture = async (
  deps: Deps,
  { site, market, rules }: Pick<Picture, 'site' | 'market' | 'rules'>,
): Promise<Picture> => {
  const today = tashkentDay(deps.now());
  const present = today.slice(0, 7);
  const neighbours = market.sites.filter(({ id, region }) => id !== site.id && region === site.region);
  const since = instant(deps.now() - refusalCountsDays(rules.reviewDays) * dayMs);
  const [series, shelf, ordered, asked, transfers, [own, ...others]] = await Promise.all([
    loadSeries(deps, site.id, lastClosedDay(deps.now()), today),
    loadShelf(deps, site.id),
    loadOnOrder(deps, site.id),
    loadAsked(deps, site.id, dayAfter(today, rules.leadDays)),
    loadTransfersTo(deps, site.id, since),
    deps.table.loadExchange([site.id, ...neighbours.map(({ id }) => id)]),
  ]);
  return {
    site,
    market,
    today,
    rules,
    series,
    rows: Map.groupBy(
      shelf.map(({ row }) => row),
      ({ medicine }) => medicine,
    ),
    onOrder: Map.groupBy([...ordered, ...asked], ({ medicine }) => medicine),
    transfers,
    before: new Map(own?.lines.map((line) => [line.medicine, line])),
    others: Map.groupBy(
      others.flatMap((other) => other.lines.map((line) => ({ site: other.site, ...line }))),
      ({ medicine }) => medicine,
    ),
    lenderOf: lendersOf(series, market, present),
  };
};

/** How often a pack is chosen anew for what the pack before it needed: with another lead time another may be better. */
const mostChoices = 3;
/** What the first choice is made for: months of what will be asked for. */
const firstNeedMonths = 2;

interface Reckoned {
  readonly line: PlanLine;
  /** What it means for other sites. */
  readonly shared?: ExchangeLine;
  readonly pack: PackChoice;
  /** The same with so many tiyin to spend. */
  readonly within: (money: number) => PlanLine;
}

/** One medicine of a site's plan; undefined where it is not planned for. */
export const reckonLine = (picture: Picture, medicine: string): Reckoned | undefined => {
  const { market, today, rules } = picture;
  const rows = picture.rows.get(medicine) ?? [];
  const series = picture.series.get(medicine);
  if (isForgotten(series, rows)) return undefined;
  const from = { packs: market.medicines.get(medicine)?.packs ?? [], offers: market.offers, rows };
  const present = today.slice(0, 7);
  const about: Omit<PlanInput, 'pack'> = {
    medicine,
    atc: market.medicines.get(medicine)?.atc,
    today,
    rules,
    rows,
    onOrder: picture.onOrder.get(medicine) ?? [],
    inTransit: picture.transfers.units.get(medicine) ?? 0,
    outlook: outlookOf(
      forecastOf(series, picture.lenderOf(medicine), rules.holidays),
      monthBeside(series?.start ?? present, series?.values.length ?? 0),
      present,
    ),
  };
  const soon = about.outlook.months.slice(0, firstNeedMonths).reduce((sum, { units }) => sum + units, 0);
  let pack = choosePack(from, { units: soon }, today);
  if (!pack) return undefined;
  let line = planLine({ ...about, pack });
  for (let choices = 1; choices < mostChoices; choices += 1) {
    const next = choosePack(from, { units: line.proposal.needed, by: line.by }, today);
    if (!next || (next.gtin === pack.gtin && next.supplier === pack.supplier)) break;
    pack = next;
    line = planLine({ ...about, pack });
  }
  const alone = exchangeOf(line, { rows, today });
  const taken =
    alone && mayWait(line)
      ? takesFor(alone, {
          site: picture.site.id,
          before: picture.before.get(medicine),
          others: picture.others.get(medicine) ?? [],
          refused: picture.transfers.refused.get(medicine) ?? new Set(),
          today,
          reviewDays: rules.reviewDays,
        })
      : {};
  const whole = { ...about, pack, moves: movesOf(taken.takes) };
  return {
    line: whole.moves.length === 0 ? line : planLine(whole),
    ...(alone && { shared: { ...alone, ...taken } }),
    pack,
    within: (money) => planLine({ ...whole, money }),
  };
};

/** The lines with no more to order than the money (tiyin) buys: what is needed most is bought first. */
const linesWithin = (all: readonly Reckoned[], money: number, today: string): PlanLine[] => {
  const days = (day: string | null) => (day === null ? null : (Date.parse(day) - Date.parse(today)) / dayMs);
  const wanted = all.map((of) => ({
    of,
    ven: of.line.ven,
    daysOfStock: days(of.line.proposal.runsOut),
    packs: of.line.proposal.packs,
    minimumPacks: of.pack.minimumPacks ?? 1,
    multiplePacks: of.pack.multiplePacks ?? 1,
    ...(of.line.packPrice !== undefined && { packPrice: of.line.packPrice }),
  }));
  return withinBudget(wanted, money).granted.map(({ line: { of }, value, reason }) =>
    reason === 'capped-by-money' ? of.within(value) : of.line,
  );
};

/**
 * Makes the plan of a site and keeps it, with its lines, the worst first. What was used until yesterday is kept first
 * where it is not yet. `until` (milliseconds) is when to give up: what is kept of the use then stays kept.
 * @throws Refusal `busy` where there was no time for all of it
 */
export const planSite = async (
  deps: Deps,
  site: Site,
  market: Market,
  { until, week }: { until: number; week?: string | undefined },
): Promise<{ plan: Plan; lines: PlanLine[] }> => {
  const policy = await deps.table.readPolicy();
  const [rolled] = await deps.table.loadRolled([site.id]);
  if (rolled?.through === undefined || rolled.through < lastClosedDay(deps.now())) {
    const from = monthToRoll(rolled?.through, policy.warehouse.backdateDays);
    if (!(await rollSite(deps, site, from, until))) throw new Refusal('busy');
  }
  const picture = await loadPicture(deps, { site, market, rules: policy.procurement });
  const all: Reckoned[] = [];
  for (const medicine of [...new Set([...picture.series.keys(), ...picture.rows.keys()])].sort()) {
    if (deps.now() >= until) throw new Refusal('busy');
    const reckoned = reckonLine(picture, medicine);
    if (reckoned) all.push(reckoned);
  }
  // a region's money is no one site's to plan with
  const budget = await deps.table.loadBudget(yearOf(deps.now()), site.id);
  const lines = (budget ? linesWithin(all, budget.left, picture.today) : all.map(({ line }) => line)).sort(byRisk);
  const exchange = all.flatMap(({ shared }) => shared ?? []);
  const plan = planOf(
    {
      id: deps.id(),
      site: site.id,
      name: site.name,
      kind: site.kind,
      region: site.region,
      at: instant(deps.now()),
      policy: policy.version,
      ...(week !== undefined && { week }),
    },
    lines,
  );
  await deps.table.keepPlan(plan, lines, exchange);
  return { plan, lines };
};
