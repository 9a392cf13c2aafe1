/** Which verb answers which route. */
import type { Handlers } from '@darmon/http/serve';
import { budgetHandlers } from './budget-app.ts';
import { consumptionHandlers } from './consumption-app.ts';
import { invoiceHandlers } from './invoice-app.ts';
import { type OrderDeps, orderHandlers } from './order-app.ts';
import { planHandlers } from './plan-app.ts';
import { requisitionHandlers } from './requisition-app.ts';
import type { routes } from './routes.ts';
import { supplierHandlers } from './supplier-app.ts';

export const handlers = (deps: OrderDeps): Handlers<typeof routes> => ({
  ...consumptionHandlers(deps),
  ...planHandlers(deps),
  ...requisitionHandlers(deps),
  ...budgetHandlers(deps),
  ...supplierHandlers(deps),
  ...orderHandlers(deps),
  ...invoiceHandlers(deps),
});
