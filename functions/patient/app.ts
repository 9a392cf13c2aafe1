/** Which verb answers which route. */
import type { Handlers } from '@darmon/http/serve';
import { type FeedbackDeps, giveFeedback, readSiteName } from '@darmon/usecases/feedback';
import { findHolders, openPatientPage, type PageDeps } from '@darmon/usecases/patient-page';
import type { routes } from './routes.ts';

export const handlers = (deps: PageDeps & FeedbackDeps): Handlers<typeof routes> => ({
  openPatientPage: async ({ body, source }) => ({ status: 200, body: await openPatientPage(deps, body, source) }),
  findHolders: async ({ body }) => ({ status: 200, body: await findHolders(deps, body) }),
  readSiteName: async ({ params }) => ({ status: 200, body: await readSiteName(deps, params.site) }),
  giveFeedback: ({ body, source }) => giveFeedback(deps, body, source),
});
