/** Which verb answers which route of single packs. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { decidePack, readPack } from '@darmon/usecases/serial-packs';
import type { packRoutes } from './pack-routes.ts';

export const packHandlers = (deps: Deps): Handlers<typeof packRoutes> => ({
  readPack: async ({ query }) => ({ status: 200, body: await readPack(deps, query) }),
  decidePack: ({ actor, body, once }) => decidePack(deps, actor, body, once),
});
