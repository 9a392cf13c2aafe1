/** Which verb answers which route of alerts, temperatures and the overview. */
import type { Handlers } from '@darmon/http/serve';
import { listOverview, readAlerts, refreshOverview } from '@darmon/usecases/alerts';
import type { Deps } from '@darmon/usecases/deps';
import { listTemperatures, recordTemperature } from '@darmon/usecases/temperatures';
import type { alertRoutes } from './alert-routes.ts';

export const alertHandlers = (deps: Deps): Handlers<typeof alertRoutes> => ({
  readAlerts: async ({ actor, params }) => ({ status: 200, body: await readAlerts(deps, actor, params) }),
  recordTemperature: ({ actor, params, body, once }) => recordTemperature(deps, actor, { ...params, ...body }, once),
  listTemperatures: async ({ params, query }) => ({ status: 200, body: await listTemperatures(deps, params, query) }),
  listOverview: async ({ query }) => ({ status: 200, body: await listOverview(deps, query) }),
  refreshOverview: async ({ actor, body }) => ({ status: 200, body: await refreshOverview(deps, actor, body) }),
});
