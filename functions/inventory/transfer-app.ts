/** Which verb answers which route of transfers. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { receiveTransfer, returnTransfer, shipTransfer } from '@darmon/usecases/transfer-moves';
import { pickTransfer, readPickList, undoPick } from '@darmon/usecases/transfer-picks';
import {
  approveTransfer,
  cancelTransfer,
  listTransfers,
  readTransfer,
  refuseTransfer,
  requestTransfer,
} from '@darmon/usecases/transfers';
import type { transferRoutes } from './transfer-routes.ts';

export const transferHandlers = (deps: Deps): Handlers<typeof transferRoutes> => ({
  requestTransfer: ({ actor, body, once }) => requestTransfer(deps, actor, body, once),
  listTransfers: async ({ actor, query }) => ({ status: 200, body: await listTransfers(deps, actor, query, query) }),
  readTransfer: async ({ actor, params }) => ({ status: 200, body: await readTransfer(deps, actor, params.id) }),
  approveTransfer: ({ actor, params, body, once }) => approveTransfer(deps, actor, { ...params, ...body }, once),
  refuseTransfer: ({ actor, params, body, once }) => refuseTransfer(deps, actor, { ...params, ...body }, once),
  cancelTransfer: ({ actor, params, body, once }) => cancelTransfer(deps, actor, { ...params, ...body }, once),
  readPickList: async ({ actor, params }) => ({ status: 200, body: await readPickList(deps, actor, params.id) }),
  pickTransfer: ({ actor, params, body, once }) => pickTransfer(deps, actor, { ...params, ...body }, once),
  undoPick: ({ actor, params, body, once }) => undoPick(deps, actor, { ...params, ...body }, once),
  shipTransfer: ({ actor, params, body, once }) => shipTransfer(deps, actor, { ...params, ...body }, once),
  receiveTransfer: ({ actor, params, body, once }) => receiveTransfer(deps, actor, { ...params, ...body }, once),
  returnTransfer: ({ actor, params, body, once }) => returnTransfer(deps, actor, { ...params, ...body }, once),
});
