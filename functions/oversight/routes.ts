/** What auditors write of their own: closed months, cases, reviews. Never a record of the business. */
import { defineRoutes } from '@darmon/http/route';
import { caseRoutes } from './case-routes.ts';
import { findingRoutes } from './finding-routes.ts';
import { lookRoutes } from './look-routes.ts';
import { periodRoutes } from './period-routes.ts';
import { reviewRoutes } from './review-routes.ts';

export const routes = defineRoutes({
  ...caseRoutes,
  ...findingRoutes,
  ...lookRoutes,
  ...periodRoutes,
  ...reviewRoutes,
});
