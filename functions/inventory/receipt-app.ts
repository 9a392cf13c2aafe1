/** Which verb answers which route of receiving. */
import type { Handlers } from '@darmon/http/serve';
import {
  announceExpected,
  listDiscrepancies,
  listExpected,
  placeLot,
  readExpected,
  releaseLot,
  resolveDiscrepancy,
} from '@darmon/usecases/deliveries';
import type { Deps } from '@darmon/usecases/deps';
import { listReceipts, readReceipt, receiveShipment } from '@darmon/usecases/receiving';
import type { receiptRoutes } from './receipt-routes.ts';

export const receiptHandlers = (deps: Deps): Handlers<typeof receiptRoutes> => ({
  receiveStock: ({ actor, params, body, once }) => receiveShipment(deps, actor, { ...params, ...body }, once),
  listReceipts: async ({ params, query }) => ({ status: 200, body: await listReceipts(deps, params.site, query) }),
  readReceipt: async ({ params, query }) => ({
    status: 200,
    body: await readReceipt(deps, { ...params, part: query.part ?? 0 }),
  }),
  announceExpected: ({ actor, params, body, once }) => announceExpected(deps, actor, { ...params, ...body }, once),
  listExpected: async ({ params, query }) => ({
    status: 200,
    body: await listExpected(deps, { ...params, ...(query.state !== undefined && { state: query.state }) }, query),
  }),
  readExpected: async ({ params, query }) => ({
    status: 200,
    body: await readExpected(deps, { ...params, part: query.part ?? 0 }),
  }),
  listDiscrepancies: async ({ params, query }) => ({
    status: 200,
    body: await listDiscrepancies(deps, { ...params, state: query.state ?? 'open' }, query),
  }),
  resolveDiscrepancy: ({ actor, params, body, once }) => resolveDiscrepancy(deps, actor, { ...params, ...body }, once),
  releaseLot: ({ actor, params, body, once }) => releaseLot(deps, actor, { ...params, ...body }, once),
  placeLot: ({ actor, params, body, once }) => placeLot(deps, actor, { ...params, ...body }, once),
});
