/** Which verb answers which route of recalls. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import {
  endRecall,
  findLot,
  listEscaped,
  listRecallPlaces,
  listRecalls,
  listSiteRecalls,
  openRecall,
  readRecall,
  reportFound,
  setCountryState,
  workRecall,
} from '@darmon/usecases/recalls';
import type { recallRoutes } from './recall-routes.ts';

export const recallHandlers = (deps: Deps): Handlers<typeof recallRoutes> => ({
  findLot: async ({ query }) => ({ status: 200, body: await findLot(deps, query, query) }),
  setCountryState: ({ actor, body, once }) => setCountryState(deps, actor, body, once),
  openRecall: ({ actor, body, once }) => openRecall(deps, actor, body, once),
  listRecalls: async ({ query }) => ({ status: 200, body: await listRecalls(deps, query) }),
  readRecall: async ({ params }) => ({ status: 200, body: await readRecall(deps, params.id) }),
  listRecallPlaces: async ({ params, query }) => ({
    status: 200,
    body: await listRecallPlaces(deps, params.id, query),
  }),
  listEscaped: async ({ params, query }) => ({ status: 200, body: await listEscaped(deps, params.id, query) }),
  workRecall: async ({ actor, params }) => ({ status: 200, body: await workRecall(deps, actor, params.id) }),
  reportFound: ({ actor, params, body, once }) => reportFound(deps, actor, { ...params, ...body }, once),
  endRecall: ({ actor, params, body, once }) => endRecall(deps, actor, { ...params, ...body }, once),
  listSiteRecalls: async ({ params, query }) => ({
    status: 200,
    body: await listSiteRecalls(deps, params.site, query),
  }),
});
