/** Public: opens what a patient has printed, and can decrypt nothing and sign nothing. */
import { KMSClient } from '@aws-sdk/client-kms';
import { importKey } from '@darmon/credential/p256-node';
import { apiFunction } from '@darmon/http/function';
import { liveDeps } from '@darmon/usecases/live';
import { kmsKeyring, kmsMac } from '@darmon/usecases/vault';
import { serverVerifyContext } from '@darmon/usecases/verification';
import * as z from 'zod';
import { handlers } from './app.ts';
import { routes } from './routes.ts';

const env = z.object({ TABLE_NAME: z.string(), DATA_KEY_ID: z.string(), SEARCH_KEY_ID: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const kms = new KMSClient({});
const deps = {
  ...live,
  mac: kmsMac(kms, env.SEARCH_KEY_ID),
  keyring: kmsKeyring(kms, env.DATA_KEY_ID, 'feedback'),
  verifyContext: serverVerifyContext(live.table, live.now, importKey),
};

export const handler = apiFunction('patient', routes, handlers(deps), live.now);
