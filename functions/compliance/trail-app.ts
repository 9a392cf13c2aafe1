/** Which verb answers which route of trails. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { listPrescribed, readDaysTrail, readLotTrail, readPatientTrail } from '@darmon/usecases/trails';
import type { trailRoutes } from './trail-routes.ts';

export const trailHandlers = (deps: Pick<Deps, 'table' | 'now'>): Handlers<typeof trailRoutes> => ({
  readPatientTrail: async ({ actor, params, query }) => ({
    status: 200,
    body: await readPatientTrail(deps, actor, params.id, query),
  }),
  readDaysTrail: async ({ actor, query }) => ({ status: 200, body: await readDaysTrail(deps, actor, query, query) }),
  listPrescribed: async ({ actor, params, query }) => ({
    status: 200,
    body: await listPrescribed(deps, actor, params.person, query),
  }),
  readLotTrail: async ({ actor, params, query }) => ({
    status: 200,
    body: await readLotTrail(deps, actor, params, query),
  }),
});
