/** Which verb answers which route of photos. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { keepPhoto, readPhoto } from '@darmon/usecases/photos';
import type { photoRoutes } from './photo-routes.ts';

export const photoHandlers = (deps: Deps): Handlers<typeof photoRoutes> => ({
  keepPhoto: ({ actor, body, once }) => keepPhoto(deps, actor, body, once),
  readPhoto: async ({ actor, params }) => ({ status: 200, body: await readPhoto(deps, actor, params.id) }),
});
