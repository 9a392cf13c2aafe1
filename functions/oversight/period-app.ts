/** Which verb answers which route of closed months. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { listPeriods, readPeriod } from '@darmon/usecases/periods';
import type { periodRoutes } from './period-routes.ts';

export const periodHandlers = (deps: Deps): Handlers<typeof periodRoutes> => ({
  listPeriods: async ({ actor, query }) => ({ status: 200, body: await listPeriods(deps, actor, query) }),
  readPeriod: async ({ actor, params, query }) => ({
    status: 200,
    body: await readPeriod(deps, actor, { ...params, ...query }),
  }),
});
