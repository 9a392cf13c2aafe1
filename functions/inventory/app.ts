/** Which verb answers which route. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { listMovements, listStock, setLotState } from '@darmon/usecases/inventory';
import { advanceJob, readJob } from '@darmon/usecases/jobs';
import { listStockAt } from '@darmon/usecases/ledger';
import { listRegister } from '@darmon/usecases/register';
import { alertHandlers } from './alert-app.ts';
import { countHandlers } from './count-app.ts';
import { importHandlers } from './import-app.ts';
import { ledgerHandlers } from './ledger-app.ts';
import { packHandlers } from './pack-app.ts';
import { photoHandlers } from './photo-app.ts';
import { recallHandlers } from './recall-app.ts';
import { receiptHandlers } from './receipt-app.ts';
import type { routes } from './routes.ts';
import { transferHandlers } from './transfer-app.ts';
import { writeOffHandlers } from './write-off-app.ts';

export const handlers = (deps: Deps): Handlers<typeof routes> => ({
  listStock: async ({ params, query: { at, ...query } }) => ({
    status: 200,
    body:
      at === undefined
        ? await listStock(deps, { ...params, ...query }, query)
        : await listStockAt(deps, { ...params, ...query, at }, query),
  }),
  listMovements: async ({ params, query }) => ({
    status: 200,
    body: await listMovements(deps, { ...params, ...query }, query),
  }),
  listRegister: async ({ params, query }) => ({
    status: 200,
    body: await listRegister(deps, { ...params, medicine: query.medicine }, query),
  }),
  readJob: async ({ actor, params }) => ({ status: 200, body: await readJob(deps, actor, params.id) }),
  advanceJob: async ({ actor, params }) => ({ status: 200, body: await advanceJob(deps, actor, params.id) }),
  setLotState: ({ actor, params, body, once }) => setLotState(deps, actor, { ...params, ...body }, once),
  ...receiptHandlers(deps),
  ...writeOffHandlers(deps),
  ...packHandlers(deps),
  ...photoHandlers(deps),
  ...importHandlers(deps),
  ...countHandlers(deps),
  ...recallHandlers(deps),
  ...ledgerHandlers(deps),
  ...alertHandlers(deps),
  ...transferHandlers(deps),
});
