/** Which verb answers the route of looks. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { lookAtPatient } from '@darmon/usecases/trails';
import type { Mac } from '@darmon/usecases/vault';
import type { lookRoutes } from './look-routes.ts';

export type LookDeps = Deps & { readonly mac: Mac };

export const lookHandlers = (deps: LookDeps): Handlers<typeof lookRoutes> => ({
  lookAtPatient: async ({ actor, body }) => ({ status: 200, body: await lookAtPatient(deps, actor, body) }),
});
