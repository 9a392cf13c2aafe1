/** The planner's chunk: what the router loads, with its words. */
import { money } from '@darmon/i18n/words/money';
import { orderSteps } from '@darmon/i18n/words/order-steps';
import { regions } from '@darmon/i18n/words/regions';
import { webPast } from '@darmon/i18n/words/web-past';
import { webPlan } from '@darmon/i18n/words/web-plan';
import { addAreas } from '../shared/language.ts';
import '../shared/lists.css';
import './procure.css';

export { PlansPage } from './board.tsx';
export { PastUsePage } from './past-use.tsx';
export { ProductPage } from './product.tsx';
export { PlanPage } from './site-plan.tsx';

addAreas({ money, regions, 'order-steps': orderSteps, 'web-past': webPast, 'web-plan': webPlan });
