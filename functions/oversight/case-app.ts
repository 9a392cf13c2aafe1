/** Which verb answers which route of cases. */
import type { Handlers } from '@darmon/http/serve';
import { decideCase, listCases, noteCase, readCase, reopenCase, takeCase } from '@darmon/usecases/cases';
import type { Deps } from '@darmon/usecases/deps';
import type { caseRoutes } from './case-routes.ts';

export const caseHandlers = (deps: Deps): Handlers<typeof caseRoutes> => ({
  listCases: async ({ actor, query }) => ({ status: 200, body: await listCases(deps, actor, query, query) }),
  readCase: async ({ actor, params }) => ({ status: 200, body: await readCase(deps, actor, params.id) }),
  takeCase: ({ actor, params, once }) => takeCase(deps, actor, params, once),
  noteCase: ({ actor, params, body, once }) => noteCase(deps, actor, { ...params, ...body }, once),
  decideCase: ({ actor, params, body, once }) => decideCase(deps, actor, { ...params, ...body }, once),
  reopenCase: ({ actor, params, body, once }) => reopenCase(deps, actor, { ...params, ...body }, once),
});
