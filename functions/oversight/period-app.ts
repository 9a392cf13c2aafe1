/** Which verb answers which route of closed months. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import {
  correctPeriod,
  freezePeriod,
  listPeriods,
  readPeriod,
  reviewPeriod,
  signPeriod,
  submitPeriod,
} from '@darmon/usecases/periods';
import type { periodRoutes } from './period-routes.ts';

export const periodHandlers = (deps: Deps): Handlers<typeof periodRoutes> => ({
  listPeriods: async ({ actor, query }) => ({ status: 200, body: await listPeriods(deps, actor, query) }),
  freezePeriod: async ({ actor, body, once }) => freezePeriod(deps, actor, body, once),
  readPeriod: async ({ actor, params, query }) => ({
    status: 200,
    body: await readPeriod(deps, actor, { ...params, ...query }),
  }),
  reviewPeriod: async ({ actor, params, body, once }) => reviewPeriod(deps, actor, { ...params, ...body }, once),
  signPeriod: async ({ actor, params, body, once }) => signPeriod(deps, actor, { ...params, ...body }, once),
  submitPeriod: async ({ actor, params, once }) => submitPeriod(deps, actor, params, once),
  correctPeriod: async ({ actor, params, body, once }) => correctPeriod(deps, actor, { ...params, ...body }, once),
});
