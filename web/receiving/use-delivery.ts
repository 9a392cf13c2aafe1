/** A delivery under way on this device. */
import { receiptRoutes } from '@darmon/function-inventory/receipt-routes';
import { type KeptCall, useKeptCall } from '../shared/kept-call.ts';
import { type Draft, emptyDraft } from './draft.ts';

export type Delivery = KeptCall<typeof receiptRoutes.receiveStock, Draft>;

export const useDelivery = (site: string): Delivery => {
  const delivery = useKeptCall(
    receiptRoutes.receiveStock,
    { site },
    { name: `receive/${site}`, layout: 1, empty: emptyDraft },
  );
  const { draft } = delivery;
  return { ...delivery, isOld: delivery.isOld && draft !== undefined && draft.lines.length + draft.told.length > 0 };
};
