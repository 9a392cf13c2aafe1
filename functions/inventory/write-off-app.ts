/** Which verb answers which route of write-offs. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import {
  listOpenWriteOffs,
  listWriteOffs,
  proposeWriteOffs,
  readWriteOff,
  refuseWriteOff,
  requestWriteOff,
  signWriteOff,
  withdrawWriteOff,
} from '@darmon/usecases/write-offs';
import type { writeOffRoutes } from './write-off-routes.ts';

export const writeOffHandlers = (deps: Deps): Handlers<typeof writeOffRoutes> => ({
  proposeWriteOffs: async ({ params }) => ({ status: 200, body: await proposeWriteOffs(deps, params) }),
  requestWriteOff: ({ actor, params, body, once }) => requestWriteOff(deps, actor, { ...params, ...body }, once),
  listWriteOffs: async ({ params, query }) => ({
    status: 200,
    body: await listWriteOffs(deps, { ...params, ...(query.state && { state: query.state }) }, query),
  }),
  listOpenWriteOffs: async ({ actor, query }) => ({ status: 200, body: await listOpenWriteOffs(deps, actor, query) }),
  readWriteOff: async ({ actor, params }) => ({ status: 200, body: await readWriteOff(deps, actor, params.id) }),
  approveWriteOff: ({ actor, params, body, once }) => signWriteOff(deps, actor, { ...params, ...body }, once),
  refuseWriteOff: ({ actor, params, body, once }) => refuseWriteOff(deps, actor, { ...params, ...body }, once),
  withdrawWriteOff: ({ actor, params, body, once }) => withdrawWriteOff(deps, actor, { ...params, ...body }, once),
});
