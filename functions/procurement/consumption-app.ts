/** Which verb answers which route of consumption. */
import type { Handlers } from '@darmon/http/serve';
import { readConsumption, rebuildConsumption } from '@darmon/usecases/consumption';
import type { Deps } from '@darmon/usecases/deps';
import type { consumptionRoutes } from './consumption-routes.ts';

export const consumptionHandlers = (deps: Deps): Handlers<typeof consumptionRoutes> => ({
  readConsumption: async ({ params, query }) => ({
    status: 200,
    body: await readConsumption(deps, { ...params, ...query }),
  }),
  rebuildConsumption: async ({ actor, params, body }) => ({
    status: 200,
    body: await rebuildConsumption(deps, actor, { ...params, ...body }),
  }),
});
