/** Which verb answers which route of the ledger. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { listClasses, readBalance, readHistory } from '@darmon/usecases/ledger';
import { reverseMovement } from '@darmon/usecases/reversals';
import type { ledgerRoutes } from './ledger-routes.ts';

export const ledgerHandlers = (deps: Deps): Handlers<typeof ledgerRoutes> => ({
  readBalance: async ({ params, query }) => ({ status: 200, body: await readBalance(deps, { ...params, ...query }) }),
  readHistory: async ({ params, query }) => ({ status: 200, body: await readHistory(deps, { ...params, ...query }) }),
  reverseMovement: ({ actor, params, body, once, approvable }) =>
    reverseMovement(deps, actor, { ...params, ...body }, { once, approvable }),
  listClasses: async ({ params }) => ({ status: 200, body: await listClasses(deps, params) }),
});
