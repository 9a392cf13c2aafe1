/** Which verb answers which route. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { caseHandlers } from './case-app.ts';
import { findingHandlers } from './finding-app.ts';
import { type LookDeps, lookHandlers } from './look-app.ts';
import { periodHandlers } from './period-app.ts';
import { reviewHandlers } from './review-app.ts';
import type { routes } from './routes.ts';

export const handlers = (deps: Deps & LookDeps): Handlers<typeof routes> => ({
  ...caseHandlers(deps),
  ...findingHandlers(deps),
  ...lookHandlers(deps),
  ...periodHandlers(deps),
  ...reviewHandlers(deps),
});
