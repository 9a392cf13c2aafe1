/** Reports that are read from documents: write-offs, shelves that expire, orders, what patients say. */
import { monthOf, ulidTime } from '@darmon/domain/ledger';
import { monthBeside } from '@darmon/domain/ledger-view';
import type { PurchaseOrder } from '@darmon/domain/purchase-order';
import { type DemandBasis, expiryReport, type ShelfOfMedicine } from '@darmon/domain/report-expiry';
import { feedbackReport } from '@darmon/domain/report-feedback';
import { ordersReport } from '@darmon/domain/report-orders';
import { type LedgerWriteOffs, writeOffReport } from '@darmon/domain/report-write-offs';
import type { Site } from '@darmon/domain/standing';
import { flowsOf } from '@darmon/domain/stock-facts';
import { dayAfter, demandFrom } from '@darmon/domain/stock-outlook';
import { dayStart, tashkentDay } from '@darmon/domain/time';
import type { Page } from '@darmon/table/page';
import { keepsStock } from './alerts.ts';
import { inTurn, loadShelf, useAt } from './ledger.ts';
import type { ReportDeps, ReportMakers } from './report-frame.ts';
import { eachStockFacts } from './stock-facts.ts';

/** Page after page, until one says that what follows is not wanted. */
const readAll = async <T>(
  read: (cursor: string | undefined) => Promise<Page<T>>,
  isEnough: (item: T) => boolean = () => false,
): Promise<T[]> => {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    all.push(...page.items);
    cursor = page.items.some(isEnough) ? undefined : page.next;
  } while (cursor !== undefined);
  return all;
};

const flat = async <S, T>(of: readonly S[], load: (one: S) => Promise<readonly T[]>): Promise<T[]> =>
  (await inTurn(of.map((one) => () => load(one)))).flat();

const loadActs = (deps: ReportDeps, sites: readonly Site[]) =>
  // an act may wait for its signature for as long as it likes, so no act is too old to be read
  flat(sites, ({ id }) => readAll((cursor) => deps.table.listWriteOffs({ site: id }, { cursor, limit: 100 })));

/**
 * What left shelves as written off in a month that is over, by the ledger's own movements; undefined where not all of it
 * is reckoned, or an act is still on its way into the ledger.
 */
const loadLedgerWriteOffs = async (
  deps: ReportDeps,
  sites: readonly Site[],
  { month, through, now }: { month: string | undefined; through: string; now: number },
): Promise<LedgerWriteOffs | undefined> => {
  if (month === undefined || through >= tashkentDay(now)) return undefined;
  const knownAt = new Map<string, number>();
  let units = 0;
  for await (const { site, facts } of eachStockFacts(deps, sites, month)) {
    if (!facts) return undefined;
    knownAt.set(site.id, Date.parse(facts.asOf));
    for (const fact of facts.lines)
      if (fact.place === undefined)
        for (const [, kind, , went] of flowsOf(fact)) if (kind === 'write-off') units += went;
  }
  return { units, knownAt };
};

/** Months of use by which a medicine is judged that no plan forecasts. */
const lookedBack = 3;

const shelvesOf = async (deps: ReportDeps, site: Site, now: number): Promise<ShelfOfMedicine[]> => {
  const [shelf, planned] = await Promise.all([loadShelf(deps, site.id), deps.table.loadPlanLines(site.id)]);
  const forecasts = new Map(planned?.lines.map(({ medicine, outlook }) => [medicine, outlook]));
  const today = tashkentDay(now);
  const present = monthOf(now);
  const past = Array.from({ length: lookedBack }, (_, i) => monthBeside(present, -1 - i));
  return [...Map.groupBy(shelf, ({ row }) => row.medicine)].map(([medicine, rows]) => {
    const months = forecasts.get(medicine)?.months.filter(({ month }) => month >= present) ?? [];
    const used = rows.reduce(
      (sum, { sums }) =>
        sum +
        past.reduce(
          (n, month) =>
            n + (sums.used[month] ?? 0) + (useAt(site) === 'patients-and-sites' ? (sums.sent[month] ?? 0) : 0),
          0,
        ),
      0,
    );
    const [basis, series]: [DemandBasis, readonly number[]] =
      months.length > 0
        ? ['forecast', months.map(({ units }) => units)]
        : [used > 0 ? 'recent-use' : 'no-use', [Math.max(0, used) / lookedBack]];
    return { site: site.id, rows: rows.map(({ row }) => row), demand: demandFrom(series, today), basis };
  });
};

const groups = ['attention', 'open', 'over'] as const;

/** Orders that were opened on these days: their ids tell when, the newest first within each group. */
const loadOrders = (
  deps: ReportDeps,
  { from, through }: { from: string; through: string },
): Promise<PurchaseOrder[]> => {
  const [first, end] = [ulidTime(dayStart(from)), ulidTime(dayStart(dayAfter(through, 1)))];
  return flat(groups, async (group) => {
    const orders = await readAll(
      (cursor) => deps.table.listOrders({ group }, { cursor, limit: 100 }),
      ({ id }) => id < first,
    );
    return orders.filter(({ id }) => id >= first && id < end);
  });
};

export const supplyReports: ReportMakers = {
  'write-offs': {
    span: 'days',
    takes: ['site', 'region'],
    keepers: true,
    make: async (deps, { from, through, sites, month, now }) => {
      const [acts, freezes] = await Promise.all([loadActs(deps, sites), deps.table.loadFreezes()]);
      const isUnderWay = acts.some(({ state }) => state === 'posting');
      const ledger = isUnderWay ? undefined : await loadLedgerWriteOffs(deps, sites, { month, through, now });
      return writeOffReport(acts, { from, through, freezes }, ledger);
    },
  },
  'expiry-risk': {
    span: 'now',
    takes: ['site', 'region'],
    keepers: true,
    make: async (deps, { now, sites }) =>
      expiryReport(await flat(sites.filter(keepsStock), (site) => shelvesOf(deps, site, now)), tashkentDay(now)),
  },
  'procurement-fulfilment': {
    span: 'days',
    takes: ['site', 'region'],
    make: async (deps, { from, through, sites, now }) => {
      const wanted = new Set(sites.map(({ id }) => id));
      const orders = (await loadOrders(deps, { from, through })).filter(({ site }) => wanted.has(site));
      const suppliers = await deps.table.loadSuppliers([...new Set(orders.map(({ supplier }) => supplier))]);
      const names = new Map(suppliers.map(({ id, name }) => [id, name]));
      const papers = await inTurn(
        orders.map((order) => async () => ({ order, invoices: await deps.table.loadInvoices(order.id) })),
      );
      return ordersReport(papers, tashkentDay(now), (supplier) => names.get(supplier) ?? supplier);
    },
  },
  'complaints-signals': {
    span: 'days',
    takes: ['site', 'region'],
    make: async (deps, { from, through, sites, query }) => {
      const days: string[] = [];
      for (let day = from; day <= through; day = dayAfter(day, 1)) days.push(day);
      const wanted = new Set(sites.map(({ id }) => id));
      const isOf = (at: string) => tashkentDay(Date.parse(at)) >= from && tashkentDay(Date.parse(at)) <= through;
      const all =
        query.site === undefined
          ? await flat(days, (day) => readAll((cursor) => deps.table.listFeedback({ day }, { cursor, limit: 100 })))
          : await flat([query.site], (site) =>
              readAll(
                (cursor) => deps.table.listFeedback({ site }, { cursor, limit: 100 }),
                ({ at }) => tashkentDay(Date.parse(at)) < from,
              ),
            );
      const signals = await readAll((cursor) => deps.table.listSignals({ cursor, limit: 100 }));
      return feedbackReport(
        all.filter(({ site, at }) => wanted.has(site) && isOf(at)),
        signals,
        { from, through, everySite: query.site === undefined && query.region === undefined },
      );
    },
  },
};
