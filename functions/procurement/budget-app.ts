/** Which verb answers which route of budgets, delegations and registered prices. */
import type { Handlers } from '@darmon/http/serve';
import {
  listBudgets,
  listReferencePrices,
  saveReferencePrices,
  setBudget,
  settleBudgets,
} from '@darmon/usecases/budgets';
import type { Deps } from '@darmon/usecases/deps';
import {
  delegateApproval,
  endDelegation,
  listApprovers,
  listDelegations,
  listDeputies,
  nameApprovers,
  readApproval,
} from '@darmon/usecases/requisition-approvals';
import type { budgetRoutes } from './budget-routes.ts';

export const budgetHandlers = (deps: Deps): Handlers<typeof budgetRoutes> => ({
  readApproval: async ({ actor, params, query }) => ({
    status: 200,
    body: await readApproval(deps, actor, { ...params, ...query }),
  }),
  listBudgets: async ({ query }) => ({ status: 200, body: await listBudgets(deps, query, query) }),
  settleBudgets: async ({ actor }) => ({ status: 200, body: await settleBudgets(deps, actor) }),
  setBudget: ({ actor, body, once }) => setBudget(deps, actor, body, once),
  listDelegations: async ({ query }) => ({ status: 200, body: await listDelegations(deps, query) }),
  listDeputies: async ({ actor }) => ({ status: 200, body: await listDeputies(deps, actor) }),
  delegateApproval: ({ actor, body, once }) => delegateApproval(deps, actor, body, once),
  endDelegation: ({ actor, once }) => endDelegation(deps, actor, once),
  listApprovers: async () => ({ status: 200, body: await listApprovers(deps) }),
  nameApprovers: ({ actor, body, once }) => nameApprovers(deps, actor, body, once),
  listReferencePrices: async ({ query }) => ({ status: 200, body: await listReferencePrices(deps, query) }),
  saveReferencePrices: ({ actor, body, once }) => saveReferencePrices(deps, actor, body, once),
});
