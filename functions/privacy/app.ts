/** Which verb answers which route. */
import type { Handlers } from '@darmon/http/serve';
import {
  answerForErasure,
  askForErasure,
  holdPatient,
  liftPatientHold,
  listErasures,
  listHolds,
  readRights,
  workErasure,
} from '@darmon/usecases/erasure';
import type { PatientDeps } from '@darmon/usecases/patients';
import { exportPatient, exportStaff, findForRights } from '@darmon/usecases/person-export';
import type { routes } from './routes.ts';

export const handlers = (deps: PatientDeps): Handlers<typeof routes> => ({
  findForRights: async ({ actor, body }) => ({ status: 200, body: await findForRights(deps, actor, body) }),
  readRights: async ({ actor, params }) => ({ status: 200, body: await readRights(deps, actor, params.patient) }),
  exportPatient: async ({ actor, params, body }) => ({
    status: 200,
    body: await exportPatient(deps, actor, { ...params, asked: body }),
  }),
  askForErasure: ({ actor, params, body, once }) => askForErasure(deps, actor, { ...params, asked: body }, once),
  confirmErasure: ({ actor, params, once }) => answerForErasure(deps, actor, { ...params, yes: true }, once),
  refuseErasure: ({ actor, params, body, once }) =>
    answerForErasure(deps, actor, { ...params, ...body, yes: false }, once),
  workErasure: async ({ actor, params }) => ({ status: 200, body: await workErasure(deps, actor, params.patient) }),
  listErasures: async ({ actor, query }) => ({ status: 200, body: await listErasures(deps, actor, query) }),
  holdPatient: ({ actor, body, once }) => holdPatient(deps, actor, body, once),
  listHolds: async ({ actor, query }) => ({ status: 200, body: await listHolds(deps, actor, query) }),
  liftHold: ({ actor, params, body, once }) => liftPatientHold(deps, actor, { ...params, ...body }, once),
  exportStaff: async ({ actor, params, body }) => ({
    status: 200,
    body: await exportStaff(deps, actor, { id: params.person, ...body }),
  }),
});
