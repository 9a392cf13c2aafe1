/** Which verb answers which route of orders. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import {
  acknowledgeOrder,
  cancelOrder,
  closeOrder,
  keepOrdered,
  listOrders,
  listOrdersFor,
  openOrders,
  readOrder,
  sendOrder,
} from '@darmon/usecases/orders';
import type { orderRoutes } from './order-routes.ts';

type OrderKey = { kty: 'EC'; crv: 'P-256'; x: string; y: string; kid: string };
/** `orderKey` asks for the public half of the key that orders are signed with. */
export type OrderDeps = Deps & { readonly orderKey: () => Promise<OrderKey> };

export const orderHandlers = (deps: OrderDeps): Handlers<typeof orderRoutes> => ({
  openOrders: ({ actor, body, once }) => openOrders(deps, actor, body, once),
  listOrders: async ({ query }) => ({ status: 200, body: await listOrders(deps, query, query) }),
  listOrdersFor: async ({ params }) => ({ status: 200, body: await listOrdersFor(deps, params.site) }),
  readOrder: async ({ actor, params }) => ({ status: 200, body: await readOrder(deps, actor, params.id) }),
  sendOrder: ({ actor, params, body, once }) => sendOrder(deps, actor, { ...params, ...body }, once),
  acknowledgeOrder: ({ actor, params, body, once }) => acknowledgeOrder(deps, actor, { ...params, ...body }, once),
  cancelOrder: ({ actor, params, body, once }) => cancelOrder(deps, actor, { ...params, ...body }, once),
  closeOrder: ({ actor, params, body, once }) => closeOrder(deps, actor, { ...params, ...body }, once),
  keepOrdered: ({ actor, params, body, once }) => keepOrdered(deps, actor, { ...params, ...body }, once),
  readOrderKey: async () => ({ status: 200, body: await deps.orderKey() }),
});
