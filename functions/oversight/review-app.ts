/** Which verb answers which route of reviews. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { listLooks, recordReview } from '@darmon/usecases/look-reviews';
import type { reviewRoutes } from './review-routes.ts';

export const reviewHandlers = (deps: Deps): Handlers<typeof reviewRoutes> => ({
  listLooks: async ({ actor, query }) => ({ status: 200, body: await listLooks(deps, actor, query) }),
  reviewLook: ({ actor, params, body, once }) => recordReview(deps, actor, { ...params, ...body }, once),
});
