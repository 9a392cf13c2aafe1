/** Which verb answers which route. */
import type { Handlers } from '@darmon/http/serve';
import { findPrescription, readSiteTrail, readTrail } from '@darmon/usecases/compliance';
import { listFeedback, listSignals, type ReadFeedbackDeps } from '@darmon/usecases/feedback';
import { logHandlers } from './log-app.ts';
import { reportHandlers } from './report-app.ts';
import type { routes } from './routes.ts';
import { trailHandlers } from './trail-app.ts';

export const handlers = (deps: ReadFeedbackDeps): Handlers<typeof routes> => ({
  ...reportHandlers(deps),
  ...trailHandlers(deps),
  ...logHandlers(deps),
  readTrail: async ({ actor, params, query }) => ({
    status: 200,
    body: await readTrail(deps, actor, params.id, query),
  }),
  findPrescription: async ({ params }) => ({ status: 200, body: await findPrescription(deps, params.number) }),
  readSiteTrail: async ({ params, query }) => ({
    status: 200,
    body: await readSiteTrail(deps, { ...params, day: query.day }, query),
  }),
  listFeedback: async ({ query }) => ({ status: 200, body: await listFeedback(deps, query, query) }),
  listSignals: async ({ query }) => ({ status: 200, body: await listSignals(deps, query) }),
});
