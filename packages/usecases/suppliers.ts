/** Suppliers: who sells, at which price and how it kept its word; and their quotes for one need. */
import type { Actor } from '@darmon/domain/actor';
import type { Once } from '@darmon/domain/once';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { type Scorecard, scorecardOf } from '@darmon/domain/scorecard';
import { compareQuotes, type Price, type Quote, type Supplier, type WantedPrice } from '@darmon/domain/supplier';
import { tashkentDay } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { changeAs, type Deps, eventOf } from './deps.ts';
import { learnedLead, newestOrders } from './lead-times.ts';
import { partsOf } from './parts.ts';

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
  changeAs<Supplier>(deps, actor, once, async () => {
    const known = await deps.table.loadSupplier(supplier.id);
    if (was === undefined && known) throw refuseAt('document-known', '/id');
    if (was !== undefined && !known) throw new Refusal('not-found');
    if (was !== undefined && known?.version !== was) throw new Refusal('version-changed');
    const body: Supplier = { ...supplier, version: (was ?? 0) + 1 };
    return {
      body,
      status: was === undefined ? 201 : 200,
      reference: body.id,
      type: 'supplier-saved',
      changes: { ...body, supplier: body.id },
      commit: (change) => deps.table.commitSupplier(body, change),
    };
  });

/** Prices that one transaction takes, with its event. */
const pricesAtOnce = 80;

/**
 * Enters prices; the whole list is judged before any of it is kept. One of the same pack from the same day takes the place
 * of the one before, so a list that was cut off is sent again as it is; orders keep their prices.
 * @throws Refusal of standing, `not-found`, `gtin-unknown`, `price-repeated`, `key-reused`
 */
export const savePrices = (
  deps: Deps,
  actor: Actor,
  input: { readonly supplier: string; readonly prices: readonly WantedPrice[] },
  once: Once,
) =>
  changeAs<{ saved: number }>(deps, actor, once, async (now) => {
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
    const [last = [], ...others] = partsOf(prices, (p) => `${p.gtin}#${p.validFrom}`, pricesAtOnce).toReversed();
    for (const part of others) {
      const event = eventOf(deps, actor, 'prices-saved', now, { supplier: supplier.id, prices: part });
      await deps.table.commitPrices(supplier.id, part, { now, event });
    }
    return {
      body: { saved: prices.length },
      reference: supplier.id,
      type: 'prices-saved',
      changes: { supplier: supplier.id, prices: last },
      commit: (change) => deps.table.commitPrices(supplier.id, last, change),
    };
  });

export const listSuppliers = (deps: Deps, request: PageRequest) => deps.table.listSuppliers(request);

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
  const leads = await Promise.all(suppliers.map(({ id }) => learnedLead(deps, id)));
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
