/** Which verb answers which route. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { listMovements, listStock, receiveShipment, setLotState } from '@darmon/usecases/inventory';
import { listRegister } from '@darmon/usecases/register';
import type { routes } from './routes.ts';

export const handlers = (deps: Deps): Handlers<typeof routes> => ({
  receiveStock: ({ actor, params, body, once }) => receiveShipment(deps, actor, { ...params, ...body }, once),
  listStock: async ({ params, query }) => ({
    status: 200,
    body: await listStock(deps, { ...params, ...query }, query),
  }),
  listMovements: async ({ params, query }) => ({
    status: 200,
    body: await listMovements(deps, { ...params, ...query }, query),
  }),
  listRegister: async ({ params, query }) => ({
    status: 200,
    body: await listRegister(deps, { ...params, medicine: query.medicine }, query),
  }),
  setLotState: ({ actor, params, body, once }) => setLotState(deps, actor, { ...params, ...body }, once),
});
