/** Which verb answers which route of the log. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { readLogCheck } from '@darmon/usecases/log-findings';
import type { logRoutes } from './log-routes.ts';

export const logHandlers = (deps: Pick<Deps, 'table'>): Handlers<typeof logRoutes> => ({
  readLogCheck: async ({ actor }) => ({ status: 200, body: await readLogCheck(deps, actor) }),
});
