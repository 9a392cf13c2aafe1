/**
 * What a plan would say now of single medicines of a site: for whoever asks for one by hand. Reckoned as a plan is, from
 * what stands in the table, and kept nowhere.
 */
import { monthlySeries } from '@darmon/domain/consumption';
import { refusalCountsDays } from '@darmon/domain/exchange';
import type { PlanLine } from '@darmon/domain/plan';
import { Refusal } from '@darmon/domain/refusal';
import type { PackProposal } from '@darmon/domain/requisition';
import type { Site } from '@darmon/domain/standing';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { dayMs, instant, tashkentDay } from '@darmon/domain/time';
import { keepsStock } from './alerts.ts';
import { loadAsked, loadTransfersTo } from './coming.ts';
import { loadDays, loadStockSites } from './consumption.ts';
import type { Deps } from './deps.ts';
import { reckonLine } from './planning.ts';
import { loadOnOrder } from './sent-on.ts';
import { loadOffers } from './suppliers.ts';

/** Medicines of one question; of a longer list nothing is reckoned. */
const mostMedicines = 100;
/** Medicines that are read at the same time. */
const readAtOnce = 10;

/**
 * Lines by medicine, of those that are known well enough to plan for. What a new medicine would borrow from its group is
 * the weekly plan's alone.
 */
const planMedicines = async (
  deps: Deps,
  site: Site,
  medicines: readonly string[],
): Promise<ReadonlyMap<string, PlanLine>> => {
  if (medicines.length === 0 || medicines.length > mostMedicines) return new Map();
  const today = tashkentDay(deps.now());
  const { procurement: rules } = await deps.table.readPolicy();
  const since = instant(deps.now() - refusalCountsDays(rules.reviewDays) * dayMs);
  const [formulary, sites, ordered, asked, transfers, past] = await Promise.all([
    deps.table.loadFormulary(),
    loadStockSites(deps),
    loadOnOrder(deps, site.id),
    loadAsked(deps, site.id, dayAfter(today, rules.leadDays)),
    loadTransfersTo(deps, site.id, since),
    deps.table.loadPastUse(medicines.map((medicine) => ({ site: site.id, medicine }))),
  ]);
  const wanted = new Set(medicines);
  const known = new Map(formulary.medicines.filter(({ code }) => wanted.has(code)).map((one) => [one.code, one]));
  const suppliers = await loadOffers(
    deps,
    [...known.values()].flatMap(({ packs }) => packs.map(({ gtin }) => gtin)),
  );
  const offers = suppliers.flatMap(({ supplier, prices, lead }) =>
    [...Map.groupBy(prices, ({ gtin }) => gtin)].map(([gtin, own]) => ({ gtin, supplier, prices: own, lead })),
  );
  const neighbours = sites.filter(({ id, region }) => id !== site.id && region === site.region);
  const [own, ...others] = await deps.table.loadExchange([site.id, ...neighbours.map(({ id }) => id)]);
  const series = new Map<string, ReturnType<typeof monthlySeries>>();
  const rows = new Map<string, Awaited<ReturnType<typeof deps.table.loadMedicineRows>>[number]['row'][]>();
  for (let at = 0; at < medicines.length; at += readAtOnce)
    await Promise.all(
      medicines.slice(at, at + readAtOnce).map(async (medicine, i) => {
        const [days, shelf] = await Promise.all([
          loadDays(deps, site, medicine),
          deps.table.loadMedicineRows(site.id, medicine),
        ]);
        const months = past[at + i]?.months;
        if (days.length > 0 || months) series.set(medicine, monthlySeries(days, today, months));
        rows.set(
          medicine,
          shelf.map(({ row }) => row),
        );
      }),
    );
  const picture = {
    site,
    market: { medicines: known, offers: Map.groupBy(offers, ({ gtin }) => gtin), sites },
    today,
    rules,
    series,
    rows,
    onOrder: Map.groupBy([...ordered, ...asked], ({ medicine }) => medicine),
    transfers,
    before: new Map(own?.lines.map((line) => [line.medicine, line])),
    others: Map.groupBy(
      others.flatMap((other) => other.lines.map((line) => ({ site: other.site, ...line }))),
      ({ medicine }) => medicine,
    ),
    lenderOf: () => undefined,
  };
  return new Map(
    medicines.flatMap((medicine) => {
      const line = reckonLine(picture, medicine)?.line;
      return line && line.outlook.method !== 'none' ? [[medicine, line] as const] : [];
    }),
  );
};

/**
 * What a plan would say now of one medicine; without a line where too little is known of its use to say anything.
 * @throws Refusal `not-found` for a site that keeps no stock
 */
export const planMedicineNow = async (
  deps: Deps,
  input: { readonly site: string; readonly medicine: string },
): Promise<{ line?: PlanLine }> => {
  const [site] = await deps.table.loadSites([input.site]);
  if (!site || !keepsStock(site)) throw new Refusal('not-found');
  const line = (await planMedicines(deps, site, [input.medicine])).get(input.medicine);
  return line ? { line } : {};
};

/** The same as a proposal for packs that somebody asks for by hand, by GTIN: in whole packs of that one. */
export const proposalsFor = async (
  deps: Deps,
  site: Site,
  packs: ReadonlyMap<string, { readonly medicine: string; readonly packUnits: number }>,
): Promise<ReadonlyMap<string, PackProposal>> => {
  const lines = await planMedicines(deps, site, [...new Set([...packs.values()].map(({ medicine }) => medicine))]);
  return new Map(
    [...packs].flatMap(([gtin, { medicine, packUnits }]) => {
      const line = lines.get(medicine);
      if (!line) return [];
      const { risk, by, proposal } = line;
      const whole = gtin === line.gtin ? proposal.packs : Math.ceil(proposal.quantity / packUnits);
      return [[gtin, { packs: whole, risk, steps: proposal.steps, ...(by !== undefined && { by }) }] as const];
    }),
  );
};
