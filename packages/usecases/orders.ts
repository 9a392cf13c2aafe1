/** Purchase orders: opened from what was asked for, sent, acknowledged, closed or cancelled. Invoices are in `invoices.ts`. */
import type { Actor } from '@darmon/domain/actor';
import { shortNumber } from '@darmon/domain/ledger';
import type { Once } from '@darmon/domain/once';
import { matchOrder } from '@darmon/domain/order-match';
import * as rules from '@darmon/domain/purchase-order';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { compareQuotes, priceOn } from '@darmon/domain/supplier';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { OrderGroup } from '@darmon/table/order-items';
import type { OrderMessage } from '@darmon/table/order-message-items';
import type { PageRequest } from '@darmon/table/page';
import type { StoredRequisition } from '@darmon/table/requisition-items';
import { asAnswered, changeAs, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
import { loadToRelease, released, returnedBy } from './requisition-orders.ts';
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

/**
 * Each demand with its price: chosen by a person, else the best quote for all that is needed of the pack together, by the
 * day that the order is due or the first plan of those that ask for it wants it there.
 */
const pricedDemands = async (
  deps: Deps,
  demands: readonly (rules.Demand & { readonly pointer: string; readonly by?: string | undefined })[],
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
  const days = new Map<string, string>();
  for (const { gtin, by } of demands) if (by !== undefined && by < (days.get(gtin) ?? '9999')) days.set(gtin, by);
  return demands.map(({ pointer, by: _by, ...demand }) => {
    const { gtin } = demand;
    const choice = chosen.get(gtin);
    if (choice) {
      const offer = offers.find((o) => o.supplier.id === choice.supplier);
      if (!offer?.supplier.active) throw refuseAt('supplier-unknown', choice.pointer);
      const price = priceOn(offer.prices, gtin, today);
      if (!price) throw refuseAt('price-missing', choice.pointer, { gtin });
      return { ...demand, price };
    }
    const [best] = compareQuotes(offers, { gtin, packs: sums.get(gtin) ?? 0, by: due ?? days.get(gtin) }, today);
    if (best?.reason !== 'chosen' || !best.price) throw refuseAt('price-missing', pointer, { gtin });
    return { ...demand, price: best.price };
  });
};

const requisitionsOf = ({ lines }: rules.PurchaseOrder): string[] => [
  ...new Set(lines.flatMap((l) => l.requisitions.flatMap((r) => (r.id === undefined ? [] : [r.id])))),
];

/**
 * Opens one order for each supplier and currency, whoever asked for what is in it. Requisitions are released in the very
 * transaction, by condition, so what was approved is ordered once; a second attempt finds them released. What the orders
 * cost takes the place of what was estimated in the year's money.
 * @throws Refusal of standing, `order-empty`, `site-unknown`, `gtin-unknown`, `supplier-unknown`, `price-missing`,
 * `order-too-large`, `not-found` or `document-closed` of a requisition, `order-over-approval`, `budget-exceeded`, `key-reused`
 */
export const openOrders = (deps: Deps, actor: Actor, input: OpenOrdersInput, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const today = tashkentDay(now);
      const { policy } = await loadStanding(deps, actor);
      const [site] = await deps.table.loadSites([input.site]);
      if (!site?.active || (site.kind !== 'warehouse' && site.kind !== 'pharmacy'))
        throw refuseAt('site-unknown', '/site', { site: input.site });
      const toRelease = await loadToRelease(deps, input.requisitions ?? []);
      const asked = [
        ...toRelease.flatMap(({ head, lines, pointer }) =>
          lines.map(({ gtin, packs, line, by }) => ({
            gtin,
            packs,
            by,
            site: head.site,
            requisition: { id: head.id, line },
            pointer,
          })),
        ),
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
      const by = { person: actor.person, role: 'planner' as const, at: instant(now) };
      const { abovePercent } = policy.orders;
      const release = await released(deps, toRelease, orders, { by, abovePercent });
      if (!deps.table.canOpen(orders, release)) throw new Refusal('order-too-large');
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
      await deps.table.commitOpenedOrders(opened, release, change);
      return { status: 201, body };
    },
    asAnswered<{ orders: OrderStepView[] }>,
  );

const mayReach = (actor: Actor, order: rules.PurchaseOrder): boolean =>
  actor.reach === 'all' || rules.sitesOf(order).includes(actor.site);

/** @throws Refusal `not-found`, also for one that is of no concern to the actor's site */
export const loadReached = async (deps: Deps, actor: Actor, id: string): Promise<rules.PurchaseOrder> => {
  const order = await deps.table.loadOrder(id);
  if (!order || !mayReach(actor, order)) throw new Refusal('not-found');
  return order;
};

interface StepInput {
  readonly id: string;
  /** The version that was read; without it the step is taken on what stands now. */
  readonly version?: number;
}

/** What a step leaves: the order, what is told to the supplier's system, and whose requisitions are to be ordered again. */
interface Taken {
  readonly order: rules.PurchaseOrder;
  readonly message?: OrderMessage | undefined;
  readonly returned?: readonly StoredRequisition[];
}

/** One step of an order: judged on what stands now, with its event. */
const takeStep = (
  deps: Deps,
  actor: Actor,
  input: StepInput,
  once: Once,
  step: {
    readonly type: 'order-sent' | 'order-acknowledged' | 'order-cancelled' | 'order-closed' | 'order-kept';
    readonly take: (order: rules.PurchaseOrder, by: { person: string; at: string }, now: number) => Promise<Taken>;
    readonly reason?: string | undefined;
    readonly changes?: Readonly<Record<string, unknown>>;
  },
) =>
  changeAs<OrderStepView>(deps, actor, once, async (now) => {
    const before = await loadReached(deps, actor, input.id);
    if (input.version !== undefined && input.version !== before.version) throw new Refusal('version-changed');
    const { order, message, returned = [] } = await step.take(before, { person: actor.person, at: instant(now) }, now);
    return {
      body: stepView(order),
      reference: order.id,
      type: step.type,
      changes: {
        order: order.id,
        supplier: order.supplier,
        ...step.changes,
        ...(message && { told: message.kind }),
        ...(returned.length > 0 && { returned: returned.map(({ id }) => id) }),
      },
      reason: step.reason,
      commit: (change) => deps.table.commitOrder(order, { message, returned }, change),
    };
  });

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
    take: async (before, by, now) => {
      const order = rules.sendOrder(before, by);
      return { order, message: await messageFor(deps, order, 'order', now) };
    },
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
    take: async (order, by) => ({
      order: rules.acknowledgeOrder(order, { ...by, number: input.number, due: input.due }),
    }),
    changes: { ...(input.due !== undefined && { due: input.due }) },
  });

/**
 * Takes an order back, or the rest of it where something came. Requisitions are approved again for what never came, with
 * their money. A supplier that was sent it by machine is told by machine.
 * @throws Refusal of standing, `not-found`, `version-changed`, `order-ended`, `key-reused`
 */
export const cancelOrder = (deps: Deps, actor: Actor, input: StepInput & { readonly reason: string }, once: Once) =>
  takeStep(deps, actor, input, once, {
    type: 'order-cancelled',
    take: async (before, by, now) => {
      const { reason } = input;
      const order = rules.cancelOrder(before, { ...by, reason });
      const returned = await returnedBy(deps, order, { ...by, role: 'planner', reason });
      const isTold = order.sentAt !== undefined;
      return { order, returned, message: isTold ? await messageFor(deps, order, 'cancellation', now) : undefined };
    },
    reason: input.reason,
  });

/** @throws Refusal of standing, `not-found`, `version-changed`, `order-ended`, `reason-missing`, `key-reused` */
export const closeOrder = (deps: Deps, actor: Actor, input: StepInput & { readonly reason?: string }, once: Once) =>
  takeStep(deps, actor, input, once, {
    type: 'order-closed',
    take: async (order, by) => ({ order: rules.closeOrder(order, { ...by, reason: input.reason }) }),
    reason: input.reason,
  });

/**
 * Says that what came for a site stays where it was delivered: the site no longer counts on it.
 * @throws Refusal of standing, `not-found`, `version-changed`, `document-closed` where nothing waits for the site, `key-reused`
 */
export const keepOrdered = (
  deps: Deps,
  actor: Actor,
  input: StepInput & { readonly site: string; readonly reason: string },
  once: Once,
) =>
  takeStep(deps, actor, input, once, {
    type: 'order-kept',
    take: async (before) => ({ order: rules.keepFor(before, input.site) }),
    reason: input.reason,
    changes: { site: input.site },
  });

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
    waiting: rules
      .sitesOf(order)
      .flatMap((site) => rules.waitingFor(order, site).map(({ receipt: _, ...line }) => ({ site, ...line }))),
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
