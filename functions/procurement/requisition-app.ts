/** Which verb answers which route of requisitions. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { approveRequisition } from '@darmon/usecases/requisition-approvals';
import {
  authoriseRequisition,
  changeRequisition,
  createRequisition,
  listRequisitions,
  raiseRequisition,
  readNeeds,
  readRequisition,
  readRequisitionLine,
  rejectRequisition,
  reopenRequisition,
  skipRequisition,
  submitRequisition,
} from '@darmon/usecases/requisitions';
import type { requisitionRoutes } from './requisition-routes.ts';

export const requisitionHandlers = (deps: Deps): Handlers<typeof requisitionRoutes> => ({
  createRequisition: ({ actor, body, once }) => createRequisition(deps, actor, body, once),
  listRequisitions: async ({ actor, query }) => ({
    status: 200,
    body: await listRequisitions(deps, actor, query, query),
  }),
  readRequisition: async ({ actor, params }) => ({ status: 200, body: await readRequisition(deps, actor, params.id) }),
  readRequisitionLine: async ({ actor, params }) => ({
    status: 200,
    body: await readRequisitionLine(deps, actor, params),
  }),
  changeRequisition: ({ actor, params, body, once }) => changeRequisition(deps, actor, { ...params, ...body }, once),
  submitRequisition: ({ actor, params, body, once }) => submitRequisition(deps, actor, { ...params, ...body }, once),
  authoriseRequisition: ({ actor, params, body, once }) =>
    authoriseRequisition(deps, actor, { ...params, ...body }, once),
  approveRequisition: ({ actor, params, body, once }) => approveRequisition(deps, actor, { ...params, ...body }, once),
  rejectRequisition: ({ actor, params, body, once }) => rejectRequisition(deps, actor, { ...params, ...body }, once),
  raiseRequisition: ({ actor, params, body, once }) => raiseRequisition(deps, actor, { ...params, ...body }, once),
  skipRequisition: ({ actor, params, body, once }) => skipRequisition(deps, actor, { ...params, ...body }, once),
  reopenRequisition: ({ actor, params, body, once }) => reopenRequisition(deps, actor, { ...params, ...body }, once),
  readNeeds: async ({ query }) => ({ status: 200, body: await readNeeds(deps, query) }),
});
