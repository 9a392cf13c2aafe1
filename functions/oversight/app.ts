/** Which verb answers which route. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { periodHandlers } from './period-app.ts';
import type { routes } from './routes.ts';

export const handlers = (deps: Deps): Handlers<typeof routes> => ({ ...periodHandlers(deps) });
