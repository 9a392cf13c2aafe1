/** Which verb answers which route. */
import type { Handlers } from '@darmon/http/serve';
import { caseHandlers } from './case-app.ts';
import { type LookDeps, lookHandlers } from './look-app.ts';
import { type PeriodAppDeps, periodHandlers } from './period-app.ts';
import { reviewHandlers } from './review-app.ts';
import type { routes } from './routes.ts';

export const handlers = (deps: PeriodAppDeps & LookDeps): Handlers<typeof routes> => ({
  ...caseHandlers(deps),
  ...lookHandlers(deps),
  ...periodHandlers(deps),
  ...reviewHandlers(deps),
});
