/** Which verb answers which route of closed months. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import type { FileStore } from '@darmon/usecases/period-files';
import {
  correctPeriod,
  freezePeriod,
  listPeriods,
  readPackage,
  readPeriod,
  readPeriodFile,
  reviewPeriod,
  signPeriod,
  submitPeriod,
} from '@darmon/usecases/periods';
import type { CurrentKey } from '@darmon/usecases/verification';
import type { periodRoutes } from './period-routes.ts';

export type PeriodAppDeps = Deps & { readonly files: FileStore; readonly periodKey: () => Promise<CurrentKey> };

const types: Readonly<Record<string, string>> = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  zip: 'application/zip',
};

/** A file to keep: never shown in place, whatever somebody wrote into a name or a reason. */
const download = (name: string, bytes: Uint8Array): Response =>
  new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}"`,
    },
  });

export const periodHandlers = (deps: PeriodAppDeps): Handlers<typeof periodRoutes> => ({
  listPeriods: async ({ actor, query }) => ({ status: 200, body: await listPeriods(deps, actor, query) }),
  freezePeriod: async ({ actor, body, once }) => freezePeriod(deps, actor, body, once),
  readPeriod: async ({ actor, params, query }) => ({
    status: 200,
    body: await readPeriod(deps, actor, { ...params, ...query }),
  }),
  readPeriodFile: async ({ actor, params, query }) => {
    const { name, bytes } = await readPeriodFile(deps, actor, { ...params, ...query });
    return download(`${params.month}-${name}`, bytes);
  },
  readPackage: async ({ actor, params, query }) =>
    download(`${params.month}.zip`, await readPackage(deps, actor, { ...params, ...query })),
  reviewPeriod: async ({ actor, params, body, once }) => reviewPeriod(deps, actor, { ...params, ...body }, once),
  signPeriod: async ({ actor, params, body, once }) => signPeriod(deps, actor, { ...params, ...body }, once),
  submitPeriod: async ({ actor, params, once }) => submitPeriod(deps, actor, params, once),
  correctPeriod: async ({ actor, params, body, once }) => correctPeriod(deps, actor, { ...params, ...body }, once),
  readPeriodKey: async () => ({ status: 200, body: await deps.periodKey() }),
});
