/** What a supplier's deliveries show of its lead time: one answer for plans, quotes and the scorecard. */
import type { PurchaseOrder } from '@darmon/domain/purchase-order';
import { deliveryDays, type LeadTimes, leadTimes } from '@darmon/domain/scorecard';
import type { Deps } from './deps.ts';

/** Orders that a supplier is judged by: the newest. */
const judgedOrders = 100;

export const newestOrders = async (deps: Deps, supplier: string): Promise<PurchaseOrder[]> =>
  (await deps.table.listOrders({ supplier }, { limit: judgedOrders })).items;

/** Undefined where nothing of the supplier's newest orders came yet. */
export const learnedLead = async (deps: Deps, supplier: string): Promise<LeadTimes | undefined> =>
  leadTimes(deliveryDays(await newestOrders(deps, supplier)));
