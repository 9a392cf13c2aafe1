/** Which verb answers which route of consumption. */
import type { Handlers } from '@darmon/http/serve';
import { readConsumption, rebuildConsumption } from '@darmon/usecases/consumption';
import type { Deps } from '@darmon/usecases/deps';
import { keepPastImport, loadPastPart, readPastImport, startPastImport } from '@darmon/usecases/past-use';
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
  startPastImport: ({ actor, body, once }) => startPastImport(deps, actor, body, once),
  loadPastPart: async ({ actor, params, body }) => ({
    status: 200,
    body: await loadPastPart(deps, actor, { ...params, ...body }),
  }),
  readPastImport: async ({ actor, params }) => ({ status: 200, body: await readPastImport(deps, actor, params) }),
  keepPastImport: async ({ actor, params }) => ({ status: 200, body: await keepPastImport(deps, actor, params) }),
});
