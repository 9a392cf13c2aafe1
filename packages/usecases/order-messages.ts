/** Orders on their way to suppliers' own systems: signed, sent, and sent again with growing pauses until they are taken. */
import type { Signer } from '@darmon/credential/p256';
import type { Event } from '@darmon/domain/event';
import { shortNumber } from '@darmon/domain/ledger';
import { mostTries, orderMessage, pauseAfter } from '@darmon/domain/order-message';
import { instant } from '@darmon/domain/time';
import type { OrderMessage } from '@darmon/table/order-message-items';
import { Changed } from '@darmon/table/transact';
import type { Deps } from './deps.ts';
import { signDetached } from './jws.ts';

/** A request to a supplier's address: what was answered, or why there was no answer. It never throws. */
export type PostOrder = (
  address: string,
  body: string,
  headers: Readonly<Record<string, string>>,
) => Promise<{ readonly status: number } | 'timeout' | 'unreachable'>;

export type OrderMessageDeps = Deps & { readonly signer: Signer; readonly post: PostOrder };

/** What is sent now, or why nothing is. */
const written = async (
  deps: OrderMessageDeps,
  message: OrderMessage,
): Promise<{ address: string; body: string } | 'dropped' | 'no-address'> => {
  const [order, supplier, sites] = await Promise.all([
    deps.table.loadOrder(message.order),
    deps.table.loadSupplier(message.supplier),
    deps.table.loadSites([message.site]),
  ]);
  const [site] = sites;
  if (!order || !supplier || !site) throw new Error(`the order ${message.order} is not whole`);
  // a cancellation goes by itself, and says it whether or not the order ever arrived
  if (message.kind === 'order' && order.state === 'cancelled') return 'dropped';
  if (supplier.webhook === undefined) return 'no-address';
  const body = orderMessage(message.kind, { order, number: shortNumber(order.id), supplier, site });
  return { address: supplier.webhook, body: JSON.stringify(body) };
};

/** How a message ended; nobody's hand did it, so the job names itself. */
const endOf = (deps: Deps, message: OrderMessage, type: 'order-delivered' | 'order-undelivered', now: number) => {
  const event: Event = {
    id: deps.id(),
    at: instant(now),
    type,
    actor: { person: 'send-orders', role: 'planner', site: message.site },
    changes: {
      order: message.order,
      told: message.kind,
      tries: message.tries,
      ...(message.last !== undefined && { last: message.last }),
    },
  };
  return { event, now };
};

/**
 * One try. It is counted, and put off, before anything is sent: a run that dies in between, or a second one, sends nothing at
 * the same time, and what is sent again has the same id.
 */
const tryOnce = async (deps: OrderMessageDeps, message: OrderMessage): Promise<OrderMessage['state']> => {
  const began = deps.now();
  const tries = message.tries + 1;
  const pause = pauseAfter(tries, (deps.random(1)[0] ?? 0) / 256);
  const begun: OrderMessage = {
    ...message,
    version: message.version + 1,
    tries,
    nextAt: instant(began + pause),
    lastAt: instant(began),
  };
  await deps.table.commitMessage(begun);
  const what = await written(deps, begun);
  const version = begun.version + 1;
  if (what === 'dropped') {
    await deps.table.commitMessage({ ...begun, version, state: 'dropped' });
    return 'dropped';
  }
  const answer =
    what === 'no-address'
      ? what
      : await deps.post(what.address, what.body, {
          'content-type': 'application/json',
          'idempotency-key': `${message.order}.${message.kind}`,
          'darmon-signature': await signDetached(deps.signer, new TextEncoder().encode(what.body), deps.now()),
        });
  const last = typeof answer === 'string' ? answer : answer.status;
  const ended = deps.now();
  const tried: OrderMessage = { ...begun, version, last };
  if (typeof last === 'number' && last >= 200 && last < 300) {
    const delivered = { ...tried, state: 'delivered' as const };
    await deps.table.commitMessage(delivered, endOf(deps, delivered, 'order-delivered', ended));
    return 'delivered';
  }
  if (last !== 'no-address' && tries < mostTries) {
    await deps.table.commitMessage(tried);
    return 'waiting';
  }
  const failed = { ...tried, state: 'failed' as const };
  await deps.table.commitMessage(failed, endOf(deps, failed, 'order-undelivered', ended));
  return 'failed';
};

/** As many as one run takes on. */
const mostMessages = 100;

/**
 * Sends what is due, the longest due first, until `until` (milliseconds). One that fails keeps no other waiting; a fault of
 * ours (not the supplier's) is thrown once the others were tried.
 */
export const sendOrders = async (
  deps: OrderMessageDeps,
  until: number,
): Promise<{ delivered: number; waiting: number; failed: number }> => {
  const counts = { delivered: 0, waiting: 0, failed: 0, dropped: 0 };
  const faults: unknown[] = [];
  for (const message of await deps.table.listDueMessages(instant(deps.now()), mostMessages)) {
    if (deps.now() >= until) break;
    try {
      counts[await tryOnce(deps, message)] += 1;
    } catch (error) {
      // another run has it
      if (!(error instanceof Changed)) faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
  const { dropped: _, ...told } = counts;
  return told;
};
