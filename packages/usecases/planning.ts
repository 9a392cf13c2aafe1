/**
 * What a site should order: its use as months, a forecast of each, its shelf and what is coming, put together into a
 * plan. A plan is reckoned from what stands in the table and can be made again at any time.
 */
import type { MonthlySeries } from '@darmon/domain/consumption';
import { daysOf, monthlySeries } from '@darmon/domain/consumption';
import { type ExchangeLine, exchangeOf } from '@darmon/domain/exchange';
import { transitPlace } from '@darmon/domain/ledger';
import { monthBeside } from '@darmon/domain/ledger-view';
import type { Medicine } from '@darmon/domain/medicine';
import { byRisk, type Outlook, type PackChoice, type Plan, type PlanLine, planLine, planOf } from '@darmon/domain/plan';
import { Refusal } from '@darmon/domain/refusal';
import type { Site } from '@darmon/domain/standing';
import { onHandOf, type StockRow } from '@darmon/domain/stock';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { homeCurrency, inTiyin, type Price, priceOn } from '@darmon/domain/supplier';
import { instant, tashkentDay } from '@darmon/domain/time';
import { type Forecast, forecastSeries } from '@darmon/forecast/forecast';
import { SeriesRefusal } from '@darmon/forecast/series';
import { lastClosedDay, monthToRoll, rollSite } from './consumption.ts';
import type { Deps } from './deps.ts';
import { loadShelf } from './ledger.ts';

/** Months that are forecast: the present one, and through the same of next year. */
const horizon = 13;
/** Months of the past in which a medicine that is out was not there at all: the site does not keep it any more. */
const forgottenMonths = 12;
/** Transfers to a site that are looked through for goods on their way, the newest first. */
const mostTransfers = 100;

/** What is the same for every site: medicines, and who sells their packs. */
export interface Market {
  readonly medicines: ReadonlyMap<string, Medicine>;
  /** By pack; of suppliers that are open. */
  readonly prices: ReadonlyMap<string, readonly Price[]>;
}

export const loadMarket = async (deps: Deps): Promise<Market> => {
  const { medicines } = await deps.table.loadFormulary();
  const prices: Price[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listSuppliers({ cursor, limit: 100 });
    for (const { id, active } of page.items) if (active) prices.push(...(await deps.table.listPrices(id)));
    cursor = page.next;
  } while (cursor !== undefined);
  return {
    medicines: new Map(medicines.map((medicine) => [medicine.code, medicine])),
    prices: Map.groupBy(prices, ({ gtin }) => gtin),
  };
};

/** The cheapest unit that anybody sells today; else the pack that came last; else the first that the formulary has. */
const packOf = (market: Market, medicine: string, rows: readonly StockRow[], today: string): PackChoice | undefined => {
  const packs = market.medicines.get(medicine)?.packs ?? [];
  const offers = packs.flatMap(({ gtin, units }) =>
    [...Map.groupBy(market.prices.get(gtin) ?? [], ({ supplier }) => supplier).values()].flatMap((own) => {
      const price = priceOn(own, gtin, today);
      if (!price || (price.currency !== homeCurrency && price.rate === undefined)) return [];
      return [{ price, units, tiyin: inTiyin(price.packPrice, price.rate) }];
    }),
  );
  const [best] = offers.sort(
    (a, b) => a.tiyin / a.units - b.tiyin / b.units || (a.price.supplier < b.price.supplier ? -1 : 1),
  );
  if (best) {
    const { gtin, supplier, minPacks, multiple, leadDays } = best.price;
    const terms = { minimumPacks: minPacks, multiplePacks: multiple, leadDays };
    return { gtin, packUnits: best.units, packPrice: best.tiyin, supplier, ...terms };
  }
  const [row] = [...rows].sort((a, b) => b.expiryDate.localeCompare(a.expiryDate));
  const known = packs.find(({ gtin }) => gtin === row?.gtin) ?? packs[0];
  if (row && known?.gtin === row.gtin) return { gtin: row.gtin, packUnits: row.packUnits, packPrice: row.packPrice };
  if (known) return { gtin: known.gtin, packUnits: known.units };
  return row && { gtin: row.gtin, packUnits: row.packUnits, packPrice: row.packPrice };
};

/** Use of every medicine of a site by month, from what is kept. */
const loadSeries = async (deps: Deps, site: string, through: string, today: string) => {
  const series = new Map<string, MonthlySeries>();
  type Months = Awaited<ReturnType<typeof deps.table.listConsumption>>['items'];
  let own: Months = [];
  const close = (): void => {
    const [first] = own;
    if (first) series.set(first.medicine, monthlySeries(daysOf(own, through), today));
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
  return series;
};

/** Units on their way to a site, by medicine. */
const loadInTransit = async (deps: Deps, site: string): Promise<Map<string, number>> => {
  const units = new Map<string, number>();
  const { items } = await deps.table.listTransfers(site, 'receiver', { limit: mostTransfers });
  for (const { id, state } of items) {
    if (state !== 'shipped' && state !== 'posting') continue;
    let cursor: string | undefined;
    do {
      const page = await deps.table.listPastRows(transitPlace(id), { cursor, limit: 100 });
      for (const { row } of page.items) units.set(row.medicine, (units.get(row.medicine) ?? 0) + onHandOf(row));
      cursor = page.next;
    } while (cursor !== undefined);
  }
  return units;
};

/** States in which a requisition is on its way to an order: what it asks for is not asked for twice. */
const askedStates: ReadonlySet<string> = new Set(['submitted', 'authorised', 'approved']);
/** Requisitions of a site that are looked through, the newest first. */
const mostRequisitions = 50;

/** What a site has asked for and nobody has ordered yet. */
const loadAsked = async (deps: Deps, site: string, due: string) => {
  const { items } = await deps.table.listRequisitions({ site }, { limit: mostRequisitions });
  const loaded = await Promise.all(
    items.filter(({ state }) => askedStates.has(state)).map(({ id }) => deps.table.loadRequisition(id)),
  );
  return loaded
    .flatMap((one) => one?.lines ?? [])
    .filter(({ packs }) => packs > 0)
    .map(({ medicine, gtin, packs, packUnits }) => ({ medicine, gtin, quantity: packs * packUnits, due }));
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
const forecastOf = (series: MonthlySeries | undefined, borrowed: MonthlySeries | undefined): Forecast | undefined => {
  if (!series) return undefined;
  try {
    return forecastSeries(series, { horizon, ...(borrowed && series.values.length < 24 && { borrowed }) });
  } catch (error) {
    if (error instanceof SeriesRefusal) return undefined;
    throw error;
  }
};

/** The site had none of it in a year, and has none: it is not planned for. */
const isForgotten = (series: MonthlySeries | undefined, rows: readonly StockRow[]): boolean =>
  !rows.some((row) => onHandOf(row) > 0) &&
  (series === undefined || !series.values.slice(-forgottenMonths).some((value) => value !== null));

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
  const closed = lastClosedDay(deps.now());
  if (rolled?.through === undefined || rolled.through < closed) {
    const from = monthToRoll(rolled?.through, policy.warehouse.backdateDays, deps.now());
    if (!(await rollSite(deps, site, from, until))) throw new Refusal('busy');
  }
  const today = tashkentDay(deps.now());
  const present = today.slice(0, 7);
  const due = dayAfter(today, policy.procurement.leadDays);
  const [series, shelf, ordered, asked, inTransit] = await Promise.all([
    loadSeries(deps, site.id, closed, today),
    loadShelf(deps, site.id),
    deps.table.listOpenOrderLines(site.id),
    loadAsked(deps, site.id, due),
    loadInTransit(deps, site.id),
  ]);
  const rows = Map.groupBy(
    shelf.map(({ row }) => row),
    ({ medicine }) => medicine,
  );
  const onOrder = Map.groupBy([...ordered, ...asked], ({ medicine }) => medicine);
  const lenderOf = lendersOf(series, market, present);
  const lines: PlanLine[] = [];
  const exchange: ExchangeLine[] = [];
  for (const medicine of [...new Set([...series.keys(), ...rows.keys()])].sort()) {
    if (deps.now() >= until) throw new Refusal('busy');
    const own = rows.get(medicine) ?? [];
    const its = series.get(medicine);
    const pack = packOf(market, medicine, own, today);
    if (!pack || isForgotten(its, own)) continue;
    const line = planLine({
      medicine,
      atc: market.medicines.get(medicine)?.atc,
      today,
      rules: policy.procurement,
      pack,
      rows: own,
      onOrder: onOrder.get(medicine) ?? [],
      inTransit: inTransit.get(medicine) ?? 0,
      outlook: outlookOf(
        forecastOf(its, lenderOf(medicine)),
        monthBeside(its?.start ?? present, its?.values.length ?? 0),
        present,
      ),
    });
    lines.push(line);
    const shared = exchangeOf(line, { rows: own, today });
    if (shared) exchange.push(shared);
  }
  lines.sort(byRisk);
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
