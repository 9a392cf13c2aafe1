/** Which verb answers which route. */
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { type FileStore, readPackage, readPeriodFile } from '@darmon/usecases/period-files';
import type { routes } from './routes.ts';

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

export const handlers = (deps: Deps & { readonly files: Pick<FileStore, 'get'> }): Handlers<typeof routes> => ({
  readPeriodFile: async ({ actor, params, query }) => {
    const { name, bytes } = await readPeriodFile(deps, actor, { ...params, ...query });
    return download(`${params.month}-${name}`, bytes);
  },
  readPackage: async ({ actor, params, query }) =>
    download(`${params.month}.zip`, await readPackage(deps, actor, { ...params, ...query })),
});
