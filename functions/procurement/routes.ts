/** What planners, sites and approvers may ask for about what to order. */
import { consumptionRoutes } from './consumption-routes.ts';

export const routes = {
  ...consumptionRoutes,
};
