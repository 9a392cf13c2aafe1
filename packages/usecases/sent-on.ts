/**
 * What came for a site elsewhere and was not sent on yet. A share of an order that is delivered at a warehouse is the site's
 * until it leaves the warehouse for it, or is said to stay there.
 */
import { ulidTime } from '@darmon/domain/ledger';
import { type OpenLine, type PurchaseOrder, waitingFor } from '@darmon/domain/purchase-order';
import { tashkentDay } from '@darmon/domain/time';
import type { Transfer } from '@darmon/domain/transfer';
import type { Deps } from './deps.ts';

/** Transfers to a site that are looked through, the newest first. */
const mostTransfers = 100;

interface Sent {
  readonly from: string;
  readonly medicine: string;
  /** As the beginning of a ULID of that instant. */
  readonly at: string;
  units: number;
}

const timeOf = ({ shipment, at }: Transfer): string => ulidTime(Date.parse(shipment?.at ?? at));
/** It is asked for, and counted as on its way by those who plan. */
const isRequested = ({ state }: Transfer): boolean =>
  state === 'requested' || state === 'approved' || state === 'picking';

/** What other sites were asked for by a site, or sent it, since a receipt, the first first. */
const loadSent = async (deps: Deps, site: string, from: ReadonlySet<string>, since: string): Promise<Sent[]> => {
  const { items } = await deps.table.listTransfers(site, 'receiver', { limit: mostTransfers });
  const wanted = items.filter(
    (t) => from.has(t.from) && (t.shipment || isRequested(t)) && timeOf(t) >= since.slice(0, 10),
  );
  const sent = await Promise.all(
    wanted.map(async (transfer): Promise<Sent[]> => {
      const loaded = await deps.table.loadTransfer(transfer.id);
      const of = { from: transfer.from, at: timeOf(transfer) };
      if (!transfer.shipment)
        return (loaded?.lines ?? []).map(({ medicine, asked, approved = asked }) => ({
          ...of,
          medicine,
          units: approved,
        }));
      return (loaded?.picks ?? [])
        .flatMap(({ picks }) => picks)
        .map(({ medicine, quantity }) => ({ ...of, medicine, units: quantity }));
    }),
  );
  return sent.flat().sort((a, b) => (a.at < b.at ? -1 : 1));
};

interface Waiting {
  readonly order: PurchaseOrder;
  readonly line: OpenLine;
}

/** What came for a site elsewhere, less what was sent to it from there since, the oldest first. */
const loadWaiting = async (deps: Deps, orders: readonly PurchaseOrder[], site: string): Promise<Waiting[]> => {
  const all = orders
    .flatMap((order) => waitingFor(order, site).map((line) => ({ order, line })))
    .sort((a, b) => (a.line.receipt < b.line.receipt ? -1 : 1));
  const [first] = all;
  if (!first) return [];
  const sent = await loadSent(deps, site, new Set(all.map(({ order }) => order.site)), first.line.receipt);
  const due = tashkentDay(deps.now());
  return all.flatMap(({ order, line: { medicine, gtin, quantity, receipt } }) => {
    let left = quantity;
    for (const one of sent) {
      if (one.from !== order.site || one.medicine !== medicine || one.at < receipt.slice(0, 10)) continue;
      const taken = Math.min(left, one.units);
      left -= taken;
      one.units -= taken;
    }
    return left > 0 ? [{ order, line: { medicine, gtin, quantity: left, due } }] : [];
  });
};

/** What a site counts on by orders: what suppliers owe it, and, due today, what waits for it elsewhere. */
export const loadOnOrder = async (deps: Deps, site: string): Promise<OpenLine[]> => {
  const [owed, orders] = await Promise.all([deps.table.listOpenOrderLines(site), deps.table.listOpenOrders(site)]);
  return [...owed, ...(await loadWaiting(deps, orders, site)).map(({ line }) => line)];
};

/** Forgets, site by site until `until` (milliseconds), orders that have ended and of which all was sent on. */
export const forgetSentOn = async (deps: Deps, until: number): Promise<number> => {
  let forgotten = 0;
  let cursor: string | undefined;
  do {
    const page = await deps.table.listSites({ cursor, limit: 100 });
    for (const { id, kind } of page.items) {
      if (deps.now() >= until) return forgotten;
      if (kind !== 'pharmacy' && kind !== 'warehouse') continue;
      const orders = await deps.table.listOpenOrders(id);
      const ended = orders.filter(({ state }) => state === 'closed' || state === 'cancelled');
      const waited = new Set((await loadWaiting(deps, ended, id)).map(({ order }) => order.id));
      for (const order of ended.filter((o) => !waited.has(o.id))) {
        await deps.table.stopWaiting(order, id);
        forgotten += 1;
      }
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return forgotten;
};
