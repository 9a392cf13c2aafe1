/** Which verb answers which route of reports. */
import type { Handlers } from '@darmon/http/serve';
import type { ReportDeps } from '@darmon/usecases/report-frame';
import { listReports, readReport } from '@darmon/usecases/reports';
import type { reportRoutes } from './report-routes.ts';

export const reportHandlers = (deps: ReportDeps): Handlers<typeof reportRoutes> => ({
  listReports: async ({ actor }) => ({ status: 200, body: await listReports(deps, actor) }),
  readReport: async ({ actor, params, query }) => ({
    status: 200,
    body: await readReport(deps, actor, params.report, query),
  }),
});
