/** Which verb answers which route of an import. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { loadImportPart, postImport, readImport, startImport } from '@darmon/usecases/imports';
import type { importRoutes } from './import-routes.ts';

export const importHandlers = (deps: Deps): Handlers<typeof importRoutes> => ({
  startImport: ({ actor, params, body, once }) => startImport(deps, actor, { ...params, ...body }, once),
  loadImportPart: async ({ actor, params, body }) => ({
    status: 200,
    body: await loadImportPart(deps, actor, { ...params, ...body }),
  }),
  readImport: async ({ actor, params }) => ({ status: 200, body: await readImport(deps, actor, params) }),
  postImport: ({ actor, params, once }) => postImport(deps, actor, params, once),
});
