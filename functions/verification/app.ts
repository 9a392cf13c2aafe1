/** Which verb answers which route. The description of the whole interface is given, because it is made of every table. */
import type { VerifyContext } from '@darmon/credential/verify';
import type { Handlers } from '@darmon/http/serve';
import type { Deps } from '@darmon/usecases/deps';
import { type CurrentKey, readKeyList, readRevocationList, verifyScanned } from '@darmon/usecases/verification';
import type { routes } from './routes.ts';

export interface Described {
  readonly openApi: unknown;
  readonly docs: string;
}

export const handlers = (
  deps: Pick<Deps, 'table' | 'now'> & {
    verifyContext: () => Promise<VerifyContext>;
    logKey: () => Promise<string>;
    periodKey: () => Promise<CurrentKey>;
  },
  described: Described,
): Handlers<typeof routes> => ({
  verifyCode: async ({ body }) => ({ status: 200, body: await verifyScanned(deps, body.code) }),
  readKeys: async () => ({ status: 200, body: await readKeyList(deps) }),
  readRevocations: async () => ({ status: 200, body: await readRevocationList(deps) }),
  readLogKey: async () =>
    new Response(`${await deps.logKey()}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } }),
  readPeriodKey: async () => ({ status: 200, body: await deps.periodKey() }),
  readOpenApi: async () => ({ status: 200, body: described.openApi }),
  readDocs: async () => new Response(described.docs, { headers: { 'content-type': 'text/html; charset=utf-8' } }),
});
