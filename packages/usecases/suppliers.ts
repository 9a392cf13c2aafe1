/** Suppliers: who sells, at which price and how it kept its word; and their quotes for one need. */
import type { Actor } from '@darmon/domain/actor';
import type { Once } from '@darmon/domain/once';
import type { PurchaseOrder } from '@darmon/domain/purchase-order';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { deliveryDays, leadTimes, type Scorecard, scorecardOf } from '@darmon/domain/scorecard';
import { compareQuotes, type Price, type Quote, type Supplier, type WantedPrice } from '@darmon/domain/supplier';
import { tashkentDay } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';

/**
 * Adds a supplier, or changes the version that was read.
 * @throws Refusal of standing, `document-known` where the id is taken, `not-found`, `version-changed`, `key-reused`
 */
export const saveSupplier = (
  deps: Deps,
  actor: Actor,
  supplier: Omit<Supplier, 'version'>,
  was: number | undefined,
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const known = await deps.table.loadSupplier(supplier.id);
      if (was === undefined && known) throw refuseAt('document-known', '/id');
      if (was !== undefined && !known) throw new Refusal('not-found');
      if (was !== undefined && known?.version !== was) throw new Refusal('version-changed');
      const body: Supplier = { ...supplier, version: (was ?? 0) + 1 };
      const status = was === undefined ? 201 : 200;
      const event = eventOf(deps, actor, 'supplier-saved', now, { ...body, supplier: body.id });
      await deps.table.commitSupplier(body, changeOf(event, now, once, { status, reference: body.id, answer: body }));
      return { status, body };
    },
    asAnswered<Supplier>,
  );

/**
 * Enters prices, all or none. One of the same pack from the same day takes the place of the one before; orders keep theirs.
 * @throws Refusal of standing, `not-found`, `gtin-unknown`, `price-repeated`, `key-reused`
 */
export const savePrices = (
  deps: Deps,
  actor: Actor,
  input: { readonly supplier: string; readonly prices: readonly WantedPrice[] },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const supplier = await deps.table.loadSupplier(input.supplier);
      if (!supplier) throw new Refusal('not-found');
      const packs = await deps.table.loadPacks(input.prices.map((p) => p.gtin));
      const seen = new Set<string>();
      const prices = input.prices.map((wanted, i): Price => {
        const pack = packs.get(wanted.gtin);
        if (!pack) throw refuseAt('gtin-unknown', `/prices/${i}/gtin`, { gtin: wanted.gtin });
        const name = `${wanted.gtin}#${wanted.validFrom}`;
        if (seen.has(name)) throw refuseAt('price-repeated', `/prices/${i}`, { gtin: wanted.gtin });
        seen.add(name);
        return {
          minPacks: 1,
          multiple: 1,
          ...wanted,
          supplier: supplier.id,
          medicine: pack.medicine,
          packUnits: pack.units,
          brand: pack.brand,
        };
      });
      const body = { saved: prices.length };
      const event = eventOf(deps, actor, 'prices-saved', now, { supplier: supplier.id, prices });
      const change = changeOf(event, now, once, { status: 200, reference: supplier.id, answer: body });
      await deps.table.commitPrices(supplier.id, prices, change);
      return { status: 200, body };
    },
    asAnswered<{ saved: number }>,
  );

export const listSuppliers = (deps: Deps, request: PageRequest) => deps.table.listSuppliers(request);

/** Orders that a supplier is judged by: the newest. */
const judgedOrders = 100;

const newestOrders = async (deps: Deps, supplier: string): Promise<PurchaseOrder[]> =>
  (await deps.table.listOrders({ supplier }, { limit: judgedOrders })).items;

/** One supplier with every price it ever asked. @throws Refusal `not-found` */
export const readSupplier = async (deps: Deps, id: string): Promise<{ supplier: Supplier; prices: Price[] }> => {
  const [supplier, prices] = await Promise.all([deps.table.loadSupplier(id), deps.table.listPrices(id)]);
  if (!supplier) throw new Refusal('not-found');
  return { supplier, prices };
};

/** How a supplier kept its word, by its newest hundred orders. @throws Refusal `not-found` */
export const readScorecard = async (deps: Deps, id: string): Promise<Scorecard> => {
  const [supplier, orders] = await Promise.all([deps.table.loadSupplier(id), newestOrders(deps, id)]);
  if (!supplier) throw new Refusal('not-found');
  return scorecardOf(orders, tashkentDay(deps.now()));
};

/** Prices of packs with who asks them and what their deliveries took, each supplier read once. */
export const loadOffers = async (deps: Deps, gtins: readonly string[]) => {
  const wanted = [...new Set(gtins)];
  const prices = (await Promise.all(wanted.map((gtin) => deps.table.listPricesOfPack(gtin)))).flat();
  const ids = [...new Set(prices.map((p) => p.supplier))];
  const suppliers = await deps.table.loadSuppliers(ids);
  const leads = await Promise.all(
    suppliers.map(async ({ id }) => leadTimes(deliveryDays(await newestOrders(deps, id)))),
  );
  return suppliers.map((supplier, i) => ({
    supplier,
    prices: prices.filter((p) => p.supplier === supplier.id),
    lead: leads[i],
  }));
};

/** Every supplier's quote for packs of a GTIN, the chosen one first. @throws Refusal `gtin-unknown` */
export const compareForPack = async (
  deps: Deps,
  need: { readonly gtin: string; readonly packs: number; readonly by?: string | undefined },
): Promise<{ items: (Quote & { name: string })[] }> => {
  const [packs, offers] = await Promise.all([deps.table.loadPacks([need.gtin]), loadOffers(deps, [need.gtin])]);
  if (!packs.has(need.gtin)) throw refuseAt('gtin-unknown', '/gtin', { gtin: need.gtin });
  const names = new Map(offers.map(({ supplier }) => [supplier.id, supplier.name]));
  const quotes = compareQuotes(offers, need, tashkentDay(deps.now()));
  return { items: quotes.map((q) => ({ ...q, name: names.get(q.supplier) ?? q.supplier })) };
};
