/** Purchase orders: opened from what was asked for, sent, acknowledged, invoiced, closed or cancelled. */
import type { Actor } from '@darmon/domain/actor';
import { shortNumber } from '@darmon/domain/ledger';
import type { Once } from '@darmon/domain/once';
import { type Invoice, type InvoiceLine, matchOrder, requireInvoice } from '@darmon/domain/order-match';
import * as rules from '@darmon/domain/purchase-order';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { requireStep } from '@darmon/domain/requisition';
import { compareQuotes, priceOn } from '@darmon/domain/supplier';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { OrderGroup } from '@darmon/table/order-items';
import type { OrderMessage } from '@darmon/table/order-message-items';
import type { PageRequest } from '@darmon/table/page';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
import { loadOffers } from './suppliers.ts';

export interface OpenOrdersInput {
  /** Where the goods are delivered. */
  readonly site: string;
  /** Approved requisitions, released to the orders in the same transaction. */
  readonly requisitions?: readonly string[];
  readonly lines?: readonly { readonly gtin: string; readonly packs: number; readonly site?: string }[];
  /** Whom a person chose in place of the cheapest in time. */
  readonly choose?: readonly { readonly gtin: string; readonly supplier: string }[];
  readonly due?: string;
  readonly note?: string;
}

/** What is answered of an order by the change that made it so. */
const stepView = ({ id, state, version, supplier, site, value, currency, due }: rules.PurchaseOrder) => ({
  id,
  number: shortNumber(id),
  state,
  version,
  supplier,
  site,
  value,
  currency,
  due,
});
export type OrderStepView = ReturnType<typeof stepView>;

const summaryOf = (order: rules.PurchaseOrder, messages: readonly OrderMessage[]) => ({
  ...stepView(order),
  at: order.at,
  valueTiyin: order.valueTiyin,
  lines: order.lines.length,
  full: order.lines.filter((l) => l.receivedUnits >= l.packs * l.packUnits).length,
  sites: rules.sitesOf(order).length,
  ...(order.sentAt !== undefined && { sentAt: order.sentAt }),
  ...(order.attention !== undefined && { attention: order.attention }),
  ...(messages.some((m) => m.order === order.id && m.state === 'failed') && { undelivered: true as const }),
});

/** Each demand with its price: chosen by a person, else the best quote for all that is needed of the pack together. */
const pricedDemands = async (
  deps: Deps,
  demands: readonly (rules.Demand & { readonly pointer: string })[],
  { choose = [], due }: OpenOrdersInput,
  today: string,
): Promise<rules.Priced[]> => {
  const offers = await loadOffers(
    deps,
    demands.map((d) => d.gtin),
  );
  const chosen = new Map(choose.map((c, i) => [c.gtin, { supplier: c.supplier, pointer: `/choose/${i}/supplier` }]));
  const sums = new Map<string, number>();
  for (const { gtin, packs } of demands) sums.set(gtin, (sums.get(gtin) ?? 0) + packs);
  return demands.map(({ pointer, ...demand }) => {
    const { gtin } = demand;
    const choice = chosen.get(gtin);
    if (choice) {
      const offer = offers.find((o) => o.supplier.id === choice.supplier);
      if (!offer?.supplier.active) throw refuseAt('supplier-unknown', choice.pointer);
      const price = priceOn(offer.prices, gtin, today);
      if (!price) throw refuseAt('price-missing', choice.pointer, { gtin });
      return { ...demand, price };
    }
    const [best] = compareQuotes(offers, { gtin, packs: sums.get(gtin) ?? 0, by: due }, today);
    if (best?.reason !== 'chosen' || !best.price) throw refuseAt('price-missing', pointer, { gtin });
    return { ...demand, price: best.price };
  });
};

const requisitionsOf = ({ lines }: rules.PurchaseOrder): string[] => [
  ...new Set(lines.flatMap((l) => l.requisitions.flatMap((r) => (r.id === undefined ? [] : [r.id])))),
];

/** Approved requisitions with what they ask for. @throws Refusal `not-found`, `document-closed` where one is not approved */
const loadToRelease = async (deps: Deps, ids: readonly string[]) =>
  Promise.all(
    ids.map(async (id, i) => {
      const found = ids.indexOf(id) === i ? await deps.table.loadRequisition(id) : undefined;
      if (!found) throw refuseAt('not-found', `/requisitions/${i}`);
      const { head, lines } = found;
      requireStep(head, 'release');
      const demands = lines
        .filter((l) => l.packs > 0)
        .map(({ gtin, packs, line }) => ({
          gtin,
          packs,
          site: head.site,
          requisition: { id, line },
          pointer: `/requisitions/${i}`,
        }));
      return { head, demands };
    }),
  );

/**
 * Opens one order for each supplier and currency, whoever asked for what is in it. Requisitions are released in the very
 * transaction, by condition, so what was approved is ordered once; a second attempt finds them released.
 * @throws Refusal of standing, `order-empty`, `site-unknown`, `gtin-unknown`, `supplier-unknown`, `price-missing`,
 * `order-too-large`, `not-found` or `document-closed` of a requisition, `key-reused`
 */
export const openOrders = (deps: Deps, actor: Actor, input: OpenOrdersInput, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const today = tashkentDay(now);
      await loadStanding(deps, actor);
      const [site] = await deps.table.loadSites([input.site]);
      if (!site?.active || (site.kind !== 'warehouse' && site.kind !== 'pharmacy'))
        throw refuseAt('site-unknown', '/site', { site: input.site });
      const released = await loadToRelease(deps, input.requisitions ?? []);
      const asked = [
        ...released.flatMap((r) => r.demands),
        ...(input.lines ?? []).map((l, i) => ({
          gtin: l.gtin,
          packs: l.packs,
          site: l.site ?? input.site,
          pointer: `/lines/${i}/gtin`,
        })),
      ];
      if (asked.length === 0) throw new Refusal('order-empty');
      const packs = await deps.table.loadPacks(asked.map((d) => d.gtin));
      for (const { gtin, pointer } of asked) if (!packs.has(gtin)) throw refuseAt('gtin-unknown', pointer, { gtin });
      const orders = rules.openOrders(await pricedDemands(deps, asked, input, today), {
        site: input.site,
        person: actor.person,
        at: instant(now),
        today,
        due: input.due,
        note: input.note,
        newId: deps.id,
      });
      if (!deps.table.canOpen(orders, released.length)) throw new Refusal('order-too-large');
      const body = { orders: orders.map(stepView) };
      const opened = orders.map((order) => ({
        order,
        event: eventOf(deps, actor, 'order-opened', now, {
          order: order.id,
          supplier: order.supplier,
          value: order.value,
          currency: order.currency,
          lines: order.lines.length,
          requisitions: requisitionsOf(order),
        }),
      }));
      const [first] = opened;
      if (!first) throw new Refusal('order-empty');
      const change = changeOf(first.event, now, once, { status: 201, reference: first.order.id, answer: body });
      const by = { person: actor.person, role: actor.role, at: instant(now) };
      await deps.table.commitOpenedOrders(
        opened,
        released.map(({ head }) => ({
          head,
          by,
          orders: orders.filter((o) => requisitionsOf(o).includes(head.id)).map((o) => o.id),
        })),
        change,
      );
      return { status: 201, body };
    },
    asAnswered<{ orders: OrderStepView[] }>,
  );

const mayReach = (actor: Actor, order: rules.PurchaseOrder): boolean =>
  actor.reach === 'all' || rules.sitesOf(order).includes(actor.site);

/** @throws Refusal `not-found`, also for one that is of no concern to the actor's site */
const loadReached = async (deps: Deps, actor: Actor, id: string): Promise<rules.PurchaseOrder> => {
  const order = await deps.table.loadOrder(id);
  if (!order || !mayReach(actor, order)) throw new Refusal('not-found');
  return order;
};

interface StepInput {
  readonly id: string;
  /** The version that was read; without it the step is taken on what stands now. */
  readonly version?: number;
}

/** One step of an order: judged on what stands now, with its event and what is told to the supplier's system. */
const takeStep = (
  deps: Deps,
  actor: Actor,
  input: StepInput,
  once: Once,
  step: {
    readonly type: 'order-sent' | 'order-acknowledged' | 'order-cancelled' | 'order-closed';
    readonly take: (order: rules.PurchaseOrder, by: { person: string; at: string }) => rules.PurchaseOrder;
    readonly tells?: (order: rules.PurchaseOrder, now: number) => Promise<OrderMessage | undefined>;
    readonly reason?: string | undefined;
    readonly changes?: Readonly<Record<string, unknown>>;
  },
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const before = await loadReached(deps, actor, input.id);
      if (input.version !== undefined && input.version !== before.version) throw new Refusal('version-changed');
      const order = step.take(before, { person: actor.person, at: instant(now) });
      const message = await step.tells?.(order, now);
      const body = stepView(order);
      const event = eventOf(
        deps,
        actor,
        step.type,
        now,
        { order: order.id, supplier: order.supplier, ...step.changes, ...(message && { told: message.kind }) },
        step.reason,
      );
      const change = changeOf(event, now, once, { status: 200, reference: order.id, answer: body });
      await deps.table.commitOrder(order, message, change);
      return { status: 200, body };
    },
    asAnswered<OrderStepView>,
  );

/** What waits to be told to a supplier that has an address; told anew where it was told before. */
const messageFor = async (
  deps: Deps,
  order: rules.PurchaseOrder,
  kind: OrderMessage['kind'],
  now: number,
): Promise<OrderMessage | undefined> => {
  const supplier = await deps.table.loadSupplier(order.supplier);
  if (supplier?.webhook === undefined) return undefined;
  const before = (await deps.table.loadOrderMessages([order.id])).find((m) => m.kind === kind);
  return {
    order: order.id,
    kind,
    supplier: order.supplier,
    site: order.site,
    state: 'waiting',
    version: (before?.version ?? 0) + 1,
    tries: 0,
    at: instant(now),
    nextAt: instant(now),
  };
};

/**
 * Records that an order went to its supplier, and lets the job send it where the supplier has an address; sent again, it is
 * the same order there.
 * @throws Refusal of standing, `not-found`, `version-changed`, `order-ended`, `key-reused`
 */
export const sendOrder = (deps: Deps, actor: Actor, input: StepInput, once: Once) =>
  takeStep(deps, actor, input, once, {
    type: 'order-sent',
    take: rules.sendOrder,
    tells: (order, now) => messageFor(deps, order, 'order', now),
  });

/** @throws Refusal of standing, `not-found`, `version-changed`, `order-ended`, `order-not-sent`, `key-reused` */
export const acknowledgeOrder = (
  deps: Deps,
  actor: Actor,
  input: StepInput & { readonly number?: string; readonly due?: string },
  once: Once,
) =>
  takeStep(deps, actor, input, once, {
    type: 'order-acknowledged',
    take: (order, by) => rules.acknowledgeOrder(order, { ...by, number: input.number, due: input.due }),
    changes: { ...(input.due !== undefined && { due: input.due }) },
  });

/**
 * Takes an order back before anything came of it. A supplier that was sent it by machine is told by machine.
 * @throws Refusal of standing, `not-found`, `version-changed`, `order-ended`, `order-begun`, `key-reused`
 */
export const cancelOrder = (deps: Deps, actor: Actor, input: StepInput & { readonly reason: string }, once: Once) =>
  takeStep(deps, actor, input, once, {
    type: 'order-cancelled',
    take: (order, by) => rules.cancelOrder(order, { ...by, reason: input.reason }),
    tells: async (order, now) =>
      order.sentAt === undefined ? undefined : messageFor(deps, order, 'cancellation', now),
    reason: input.reason,
  });

/** @throws Refusal of standing, `not-found`, `version-changed`, `order-ended`, `reason-missing`, `key-reused` */
export const closeOrder = (deps: Deps, actor: Actor, input: StepInput & { readonly reason?: string }, once: Once) =>
  takeStep(deps, actor, input, once, {
    type: 'order-closed',
    take: (order, by) => rules.closeOrder(order, { ...by, reason: input.reason }),
    reason: input.reason,
  });

export interface InvoiceInput {
  readonly order: string;
  readonly number: string;
  readonly date: string;
  readonly currency: string;
  readonly lines: readonly InvoiceLine[];
}

/**
 * Enters a supplier's invoice. Each number of a supplier is entered once, whichever order it names.
 * @throws Refusal of standing, `not-found`, `currency-mismatch`, `invoice-line-repeated`, `too-many-invoices`,
 * `document-known`, `gtin-unknown`, `key-reused`
 */
export const enterInvoice = (deps: Deps, actor: Actor, input: InvoiceInput, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const order = await loadReached(deps, actor, input.order);
      const before = await deps.table.loadInvoices(order.id);
      const value = requireInvoice(order, input, before.length);
      const packs = await deps.table.loadPacks(input.lines.map((l) => l.gtin));
      const unknown = input.lines.findIndex((l) => !packs.has(l.gtin));
      if (unknown >= 0)
        throw refuseAt('gtin-unknown', `/lines/${unknown}/gtin`, { gtin: input.lines[unknown]?.gtin ?? '' });
      const { number, date, currency } = input;
      const invoice: Invoice = {
        id: deps.id(),
        number,
        date,
        currency,
        lines: [...input.lines],
        value,
        person: actor.person,
        at: instant(now),
      };
      const event = eventOf(deps, actor, 'invoice-entered', now, {
        order: order.id,
        invoice: invoice.id,
        number,
        value,
      });
      const change = changeOf(event, now, once, { status: 201, reference: invoice.id, answer: invoice });
      await deps.table.commitInvoice(order, invoice, change);
      return { status: 201, body: invoice };
    },
    asAnswered<Invoice>,
  );

const messageView = ({ order: _, site: _s, supplier: _u, version: _v, ...message }: OrderMessage) => message;

/** One order, whole: its invoices, how the three papers agree, what its supplier's system was told. @throws Refusal `not-found` */
export const readOrder = async (deps: Deps, actor: Actor, id: string) => {
  const order = await loadReached(deps, actor, id);
  const [invoices, messages, supplier] = await Promise.all([
    deps.table.loadInvoices(id),
    deps.table.loadOrderMessages([id]),
    deps.table.loadSupplier(order.supplier),
  ]);
  const elsewhere = [
    ...order.receipts.flatMap((r) => r.others.map((o) => o.gtin)),
    ...invoices.flatMap((i) => i.lines.map((l) => l.gtin)),
  ];
  const packs = await deps.table.loadPacks([...new Set(elsewhere)]);
  return {
    ...order,
    number: shortNumber(order.id),
    supplierName: supplier?.name ?? order.supplier,
    invoices,
    match: matchOrder(order, invoices, (gtin) => packs.get(gtin)?.units ?? 1),
    messages: messages.map(messageView),
  };
};

/** Orders of all sites by what is to do with them, or of one supplier; the newest first. */
export const listOrders = async (
  deps: Deps,
  of: { readonly group?: OrderGroup; readonly supplier?: string },
  request: PageRequest,
) => {
  const page = await deps.table.listOrders(of, request);
  const messages = await deps.table.loadOrderMessages(page.items.map((o) => o.id));
  return { ...page, items: page.items.map((o) => summaryOf(o, messages)) };
};

/** Orders that a site waits for, the first due first. */
export const listOrdersFor = async (deps: Deps, site: string) => {
  const orders = await deps.table.listOpenOrders(site);
  const items = orders
    .filter((o) => rules.isUnderWay(o.state))
    .sort((a, b) => (`${a.due} ${a.id}` < `${b.due} ${b.id}` ? -1 : 1))
    .map((o) => summaryOf(o, []));
  return { items };
};
