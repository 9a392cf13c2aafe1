import { KMSClient } from '@aws-sdk/client-kms';
import { importKey } from '@darmon/credential/p256-node';
import { apiFunction } from '@darmon/http/function';
import { liveMarking } from '@darmon/marking/live';
import { liveDeps } from '@darmon/usecases/live';
import { kmsVault } from '@darmon/usecases/vault';
import { serverVerifyContext } from '@darmon/usecases/verification';
import * as z from 'zod';
import { handlers } from './app.ts';
import { routes } from './routes.ts';

const env = z.object({ TABLE_NAME: z.string(), DATA_KEY_ID: z.string(), SEARCH_KEY_ID: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const vault = kmsVault(new KMSClient({}), { data: env.DATA_KEY_ID, search: env.SEARCH_KEY_ID });
const verifyContext = serverVerifyContext(live.table, live.now, importKey);
const marking = liveMarking(process.env, live);

export const handler = apiFunction(
  'dispensing',
  routes,
  handlers({ ...live, vault, verifyContext, marking }),
  live.now,
);
