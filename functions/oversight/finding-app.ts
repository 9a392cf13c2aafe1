/** Which verb answers which route of findings. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { acknowledgeFinding } from '@darmon/usecases/log-findings';
import type { findingRoutes } from './finding-routes.ts';

export const findingHandlers = (deps: Deps): Handlers<typeof findingRoutes> => ({
  acknowledgeFinding: ({ actor, params, body, once }) => acknowledgeFinding(deps, actor, { ...params, ...body }, once),
});
