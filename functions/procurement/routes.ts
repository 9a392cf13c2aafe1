/** What planners, sites and approvers may ask for about what to order. */
import { budgetRoutes } from './budget-routes.ts';
import { consumptionRoutes } from './consumption-routes.ts';
import { invoiceRoutes } from './invoice-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { planRoutes } from './plan-routes.ts';
import { requisitionRoutes } from './requisition-routes.ts';
import { supplierRoutes } from './supplier-routes.ts';

export const routes = {
  ...consumptionRoutes,
  ...planRoutes,
  ...requisitionRoutes,
  ...budgetRoutes,
  ...supplierRoutes,
  ...orderRoutes,
  ...invoiceRoutes,
};
