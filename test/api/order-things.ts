/** Suppliers and orders in the state that a route needs, for the site that a role belongs to. */
import { randomUUID } from 'node:crypto';
import type { TestCloud } from '../support/cloud.ts';

interface Thing {
  readonly params: Record<string, string>;
  readonly body?: unknown;
}

const supplier = { name: 'Sinov Savdo', country: 'UZ', active: true };
const newId = (): string => `T-${randomUUID().slice(0, 8).toUpperCase()}`;

export const orderThings = <Role>(cloud: () => TestCloud, siteOf: (role: Role) => string) => {
  let priced: Promise<{ gtin: string; supplier: string }> | undefined;
  /** A pack of the demo country that somebody sells. */
  const pack = () => {
    priced ??= (async () => {
      const { body } = await cloud().api<{ prices: { gtin: string }[] }>('planner', 'GET /api/suppliers/SU-0001');
      return { gtin: body.prices[0]?.gtin ?? '', supplier: 'SU-0001' };
    })();
    return priced;
  };
  const wanted = async (site: string) => ({ site, lines: [{ gtin: (await pack()).gtin, packs: 1 }] });
  const ordered = async (role: Role, ...steps: readonly string[]): Promise<Thing> => {
    const { body, status } = await cloud().api<{ orders: { id: string }[] }>('planner', 'POST /api/orders', {
      body: await wanted(siteOf(role)),
    });
    const id = body.orders[0]?.id;
    if (status !== 201 || !id) throw new Error(`no order: ${status}`);
    for (const step of steps) await cloud().api('planner', `POST /api/orders/${id}/${step}`, { body: {} });
    return { params: { id } };
  };
  const reason = 'as the test asks';
  const paper = async () => ({
    number: newId(),
    date: '2026-11-20',
    currency: 'UZS',
    lines: [{ gtin: (await pack()).gtin, packs: 1, packPrice: 1 }],
  });
  const invoiced = async (role: Role): Promise<Thing> => {
    const { params } = await ordered(role);
    const entered = await cloud().api<{ id: string }>('planner', `POST /api/orders/${params.id}/invoices`, {
      body: await paper(),
    });
    return { params: { ...params, invoice: entered.body.id } };
  };
  const things: Record<string, (role: Role) => Promise<Thing>> = {
    listSuppliers: async () => ({ params: {} }),
    saveSupplier: async () => ({ params: { id: newId() }, body: supplier }),
    readSupplier: async () => ({ params: { id: 'SU-0001' } }),
    savePrices: async () => ({
      params: { id: 'SU-0004' },
      body: {
        prices: [{ gtin: (await pack()).gtin, packPrice: 1, currency: 'UZS', leadDays: 1, validFrom: '2026-01-01' }],
      },
    }),
    readScorecard: async () => ({ params: { id: 'SU-0001' } }),
    compareQuotes: async () => ({ params: { query: `gtin=${(await pack()).gtin}&packs=10` } }),
    openOrders: async (role) => ({ params: {}, body: await wanted(siteOf(role)) }),
    listOrders: async () => ({ params: {} }),
    listOrdersFor: async (role) => ({ params: { site: siteOf(role) } }),
    readOrder: (role) => ordered(role),
    sendOrder: async (role) => ({ ...(await ordered(role)), body: {} }),
    acknowledgeOrder: async (role) => ({ ...(await ordered(role, 'send')), body: { number: 'S-1' } }),
    cancelOrder: async (role) => ({ ...(await ordered(role)), body: { reason: 'too dear' } }),
    closeOrder: async (role) => ({ ...(await ordered(role)), body: { reason: 'too late' } }),
    keepOrdered: async (role) => ({ ...(await ordered(role)), body: { site: siteOf(role), reason } }),
    enterInvoice: async (role) => ({ ...(await ordered(role)), body: await paper() }),
    correctInvoice: async (role) => ({ ...(await invoiced(role)), body: { version: 1, reason, ...(await paper()) } }),
    cancelInvoice: async (role) => ({ ...(await invoiced(role)), body: { version: 1, reason } }),
    payInvoice: async (role) => ({ ...(await invoiced(role)), body: { version: 1, day: '2026-11-20' } }),
    reversePayment: async (role) => ({ ...(await invoiced(role)), body: { version: 1, reason } }),
    readOrderKey: async () => ({ params: {} }),
  };
  return things;
};
