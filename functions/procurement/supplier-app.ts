/** Which verb answers which route of suppliers. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import {
  compareForPack,
  listSuppliers,
  readScorecard,
  readSupplier,
  savePrices,
  saveSupplier,
} from '@darmon/usecases/suppliers';
import type { supplierRoutes } from './supplier-routes.ts';

export const supplierHandlers = (deps: Deps): Handlers<typeof supplierRoutes> => ({
  listSuppliers: async ({ query }) => ({ status: 200, body: await listSuppliers(deps, query) }),
  saveSupplier: ({ actor, params, body: { version, ...supplier }, once }) =>
    saveSupplier(deps, actor, { ...supplier, ...params }, version, once),
  readSupplier: async ({ params }) => ({ status: 200, body: await readSupplier(deps, params.id) }),
  savePrices: ({ actor, params, body, once }) =>
    savePrices(deps, actor, { supplier: params.id, prices: body.prices }, once),
  readScorecard: async ({ params }) => ({ status: 200, body: await readScorecard(deps, params.id) }),
  compareQuotes: async ({ query }) => ({ status: 200, body: await compareForPack(deps, query) }),
});
