/** What is asked of reports, for the test of every role on every route. */
import type { Role } from '@darmon/domain/actor';

export const reportThings = (stockSite: (role: Role) => string) => ({
  listReports: async () => ({ params: {} }),
  readReport: async (role: Role) => ({ params: { report: 'write-offs', query: `site=${stockSite(role)}` } }),
});
