/** Which verb answers which route of invoices. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { cancelInvoice, correctInvoice, enterInvoice, payInvoice, reversePayment } from '@darmon/usecases/invoices';
import type { invoiceRoutes } from './invoice-routes.ts';

export const invoiceHandlers = (deps: Deps): Handlers<typeof invoiceRoutes> => {
  const of = ({ id, invoice }: { readonly id: string; readonly invoice: string }) => ({ order: id, invoice });
  return {
    enterInvoice: ({ actor, params, body, once }) => enterInvoice(deps, actor, { order: params.id, ...body }, once),
    correctInvoice: ({ actor, params, body, once }) => correctInvoice(deps, actor, { ...of(params), ...body }, once),
    cancelInvoice: ({ actor, params, body, once }) => cancelInvoice(deps, actor, { ...of(params), ...body }, once),
    payInvoice: ({ actor, params, body, once }) => payInvoice(deps, actor, { ...of(params), ...body }, once),
    reversePayment: ({ actor, params, body, once }) => reversePayment(deps, actor, { ...of(params), ...body }, once),
  };
};
