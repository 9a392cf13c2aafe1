/** The chunk of requisitions: what the router loads, with its words. */
import { dosage } from '@darmon/i18n/words/dosage';
import { money } from '@darmon/i18n/words/money';
import { orderSteps } from '@darmon/i18n/words/order-steps';
import { regions } from '@darmon/i18n/words/regions';
import { webRequisitions } from '@darmon/i18n/words/web-requisitions';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './requisitions.css';

export { BudgetsPage } from './budgets.tsx';
export { DelegationsPage } from './delegations.tsx';
export { RequisitionsPage } from './list.tsx';
export { NeedsPage } from './needs.tsx';
export { NewRequisitionPage } from './new-requisition.tsx';
export { ReferencePricesPage } from './reference-prices.tsx';
export { RequisitionPage } from './requisition.tsx';

addAreas({ 'web-requisitions': webRequisitions, 'order-steps': orderSteps, regions, money, dosage });
