/** Which verb answers which route of plans. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { planMedicineNow } from '@darmon/usecases/plan-medicine';
import {
  listPlans,
  listSuggestedTransfers,
  planNow,
  readPlan,
  readPlanLine,
  workOnPlans,
} from '@darmon/usecases/plans';
import type { planRoutes } from './plan-routes.ts';

export const planHandlers = (deps: Deps): Handlers<typeof planRoutes> => ({
  listPlans: async () => ({ status: 200, body: await listPlans(deps) }),
  listSuggestedTransfers: async ({ query }) => ({ status: 200, body: await listSuggestedTransfers(deps, query) }),
  workOnPlans: async ({ actor }) => ({ status: 200, body: await workOnPlans(deps, actor) }),
  readPlan: async ({ params, query: { order, ...query } }) => ({
    status: 200,
    body: await readPlan(deps, { ...params, ...query, order: order === 'yes' }),
  }),
  planNow: async ({ actor, params, body }) => ({
    status: 200,
    body: await planNow(deps, actor, { ...params, ...body }),
  }),
  planMedicineNow: async ({ params }) => ({ status: 200, body: await planMedicineNow(deps, params) }),
  readPlanLine: async ({ params }) => ({ status: 200, body: await readPlanLine(deps, params) }),
});
