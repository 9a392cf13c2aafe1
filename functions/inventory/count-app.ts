/** Which verb answers which route of a count. */
import type { Handlers } from '@darmon/http/serve';
import {
  advanceCount,
  cancelCount,
  enterCounts,
  listCounts,
  postCount,
  readCount,
  startCount,
} from '@darmon/usecases/counts';
import type { Deps } from '@darmon/usecases/deps';
import type { countRoutes } from './count-routes.ts';

export const countHandlers = (deps: Deps): Handlers<typeof countRoutes> => ({
  startCount: ({ actor, params, body, once }) => startCount(deps, actor, { ...params, ...body }, once),
  listCounts: async ({ actor, params, query }) => ({
    status: 200,
    body: await listCounts(deps, actor, params.site, query),
  }),
  readCount: async ({ actor, params, query }) => ({ status: 200, body: await readCount(deps, actor, params, query) }),
  advanceCount: async ({ actor, params }) => ({ status: 200, body: await advanceCount(deps, actor, params) }),
  enterCounts: ({ actor, params, body, once }) => enterCounts(deps, actor, { ...params, ...body }, once),
  postCount: ({ actor, params, body, once }) =>
    postCount(deps, actor, { ...params, leaveUncounted: false, ...body }, once),
  cancelCount: ({ actor, params, body, once }) => cancelCount(deps, actor, { ...params, ...body }, once),
});
