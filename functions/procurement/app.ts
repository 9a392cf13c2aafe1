/** Which verb answers which route. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { consumptionHandlers } from './consumption-app.ts';
import type { routes } from './routes.ts';

export const handlers = (deps: Deps): Handlers<typeof routes> => ({
  ...consumptionHandlers(deps),
});
