/** Which verb answers which route. */
import type { Handlers } from '@darmon/http/serve';
import { type DispenseDeps, dispensePrescription } from '@darmon/usecases/dispense';
import { listDispenses, undoDispense } from '@darmon/usecases/dispenses';
import {
  claimPrescription,
  type DispensingDeps,
  lookUpPrescription,
  openPage,
  proposeLots,
  releasePrescription,
} from '@darmon/usecases/dispensing';
import { enterPaper, readPicture } from '@darmon/usecases/paper';
import { listRecallCalls, recordRecallCall } from '@darmon/usecases/recall-calls';
import { listSetAside, setAside } from '@darmon/usecases/set-aside';
import type { routes } from './routes.ts';

export const handlers = (deps: DispensingDeps & DispenseDeps): Handlers<typeof routes> => ({
  lookUpPrescription: async ({ actor, body }) => ({ status: 200, body: await lookUpPrescription(deps, actor, body) }),
  claimPrescription: ({ actor, params, once }) => claimPrescription(deps, actor, params, once),
  releasePrescription: ({ actor, params, once }) => releasePrescription(deps, actor, params, once),
  proposeLots: async ({ actor, params }) => ({ status: 200, body: await proposeLots(deps, actor, params.id) }),
  dispensePrescription: ({ actor, params, body, once, approvable }) =>
    dispensePrescription(deps, actor, { ...params, ...body }, { once, approvable }),
  undoDispense: ({ actor, params, body, once }) => undoDispense(deps, actor, { ...params, ...body }, once),
  listDispenses: async ({ actor, params, query }) => ({
    status: 200,
    body: await listDispenses(deps, actor, { ...params, day: query.day }, query),
  }),
  enterPaper: ({ actor, body, once }) => enterPaper(deps, actor, body, once),
  readPicture: async ({ actor, params }) => ({ status: 200, body: await readPicture(deps, actor, params.id) }),
  setAside: ({ actor, params, body, once }) => setAside(deps, actor, { ...params, ...body }, once),
  listSetAside: async ({ actor, params, query }) => ({
    status: 200,
    body: await listSetAside(deps, actor, params.site, query),
  }),
  listRecallCalls: async ({ actor, params, query }) => ({
    status: 200,
    body: await listRecallCalls(deps, actor, params.id, query),
  }),
  recordRecallCall: ({ actor, params, body, once }) => recordRecallCall(deps, actor, { ...params, ...body }, once),
  openPage: ({ actor, params, body, once }) => openPage(deps, actor, { ...params, ...body }, once),
});
