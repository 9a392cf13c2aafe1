/** Suppliers and orders from a price to an invoice, so that the rights they need are watched too. */
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
const Answer = z.looseObject({
  orders: z.array(z.looseObject({ id: z.string() })).optional(),
  items: z.array(z.unknown()).optional(),
});
/** Calls a route as a person; throws with the code of a refusal. */
type CallAs = (person: string, name: never, input: Input, shape: typeof Answer) => Promise<z.infer<typeof Answer>>;

/** An address at which nobody listens, so that the job has something to try again. */
const nowhere = 'http://127.0.0.1:9/orders';

export const useOrders = async (
  callAs: CallAs,
  { site, pharmacy, gtin }: { site: string; pharmacy: string; gtin: string },
  requisition: string,
): Promise<void> => {
  const call = (who: string, name: string, input: Input) => callAs(who, name as never, input, Answer);
  const params = { id: 'SU-0900' };
  const reason = 'as the test asks';
  const supplier = { name: 'Sinov Savdo', country: 'UZ', active: true, webhook: nowhere };
  await call('planner', 'saveSupplier', { params, body: supplier });
  await call('admin', 'saveSupplier', { params, body: { ...supplier, name: 'Sinov', version: 1 } });
  const price = { gtin, packPrice: 1_000_000, currency: 'UZS', leadDays: 3, validFrom: '2026-01-01' };
  await call('planner', 'savePrices', { params, body: { prices: [price] } });
  await call('auditor', 'listSuppliers', {});
  await call('warehouse', 'readSupplier', { params });
  await call('planner', 'compareQuotes', { query: { gtin, packs: '10' } });
  await call('planner', 'readOrderKey', {});

  const open = async (of: object = { requisitions: [requisition] }) => {
    const body = { site, choose: [{ gtin, supplier: params.id }], ...of };
    const { orders } = await call('planner', 'openOrders', { body });
    return { id: orders?.[0]?.id ?? '' };
  };
  const cancelled = await open();
  await call('planner', 'sendOrder', { params: cancelled, body: {} });
  await call('planner', 'cancelOrder', { params: cancelled, body: { reason: 'another is sooner' } });
  const kept = await open();
  await call('planner', 'sendOrder', { params: kept, body: {} });
  await call('planner', 'acknowledgeOrder', { params: kept, body: { number: 'S-1', due: '2027-01-10' } });
  await call('warehouse', 'listOrdersFor', { params: { site } });
  const line = { gtin, expiryDate: '2031-01-31', packs: 1 };
  for (const [order, lot] of [
    [kept.id, 'ORDERED'],
    [cancelled.id, 'LATE'],
  ])
    await call('warehouse', 'receiveStock', { params: { site }, body: { order, lines: [{ ...line, lot }] } });
  const invoice = { number: 'F-1', date: '2026-11-20', currency: 'UZS', lines: [{ gtin, packs: 1, packPrice: 1 }] };
  const step = async (name: string, id: string | undefined, body: object) => {
    const answer = await call('planner', name, { params: { ...kept, ...(id !== undefined && { invoice: id }) }, body });
    return String(answer.id);
  };
  const first = await step('enterInvoice', undefined, invoice);
  const second = await step('correctInvoice', first, { version: 1, reason, ...invoice, number: 'F-2' });
  await step('payInvoice', second, { version: 1, day: '2026-11-20' });
  await step('reversePayment', second, { version: 2, reason });
  await step('cancelInvoice', second, { version: 3, reason });
  await call('warehouse', 'readOrder', { params: kept });
  // two that came for the pharmacy: one of them stays, the other was asked for when the night comes
  for (const lot of ['FOR-THEM', 'FOR-THEM-TOO']) {
    const forThem = await open({ lines: [{ gtin, packs: 1, site: pharmacy }] });
    await call('warehouse', 'receiveStock', {
      params: { site },
      body: { order: forThem.id, lines: [{ ...line, lot }] },
    });
    await call('planner', 'closeOrder', { params: forThem, body: {} });
    if (lot === 'FOR-THEM') await call('planner', 'keepOrdered', { params: forThem, body: { site: pharmacy, reason } });
  }
  await call('pharmacist', 'requestTransfer', { body: { from: site, to: pharmacy, lines: [{ gtin, packs: 1 }] } });
  await call('planner', 'closeOrder', { params: kept, body: { reason: 'out of production' } });
  await call('auditor', 'listOrders', { query: { group: 'attention' } });
  await call('auditor', 'listOrders', { query: { supplier: params.id } });
  // its `orders` are a number
  await callAs('auditor', 'readScorecard' as never, { params }, z.looseObject({}) as never);
};
