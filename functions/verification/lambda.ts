/** Public: reads only, and signs nothing. */
import { KMSClient } from '@aws-sdk/client-kms';
import { importKey } from '@darmon/credential/p256-node';
import { apiFunction } from '@darmon/http/function';
import { vkeyOf } from '@darmon/log/note';
import { ed25519Of, publicKeyOf } from '@darmon/usecases/kms-signer';
import { liveDeps } from '@darmon/usecases/live';
import { serverVerifyContext } from '@darmon/usecases/verification';
import * as z from 'zod';
import { handlers } from './app.ts';
import { described } from './described.ts';
import { routes } from './routes.ts';

const env = z
  .object({
    TABLE_NAME: z.string(),
    PUBLIC_URL: z.string(),
    LOG_KEY_ID: z.string(),
    LOG_ORIGIN: z.string(),
    PERIOD_KEY_ID: z.string(),
  })
  .parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const verifyContext = serverVerifyContext(live.table, live.now, importKey);
const shown = { ...described, openApi: { ...described.openApi, servers: [{ url: env.PUBLIC_URL }] } };

const kms = new KMSClient({});
const periodKey = () => publicKeyOf(kms, env.PERIOD_KEY_ID);
const logKey = async (): Promise<string> => vkeyOf(env.LOG_ORIGIN, 'log', await ed25519Of(kms, env.LOG_KEY_ID));

export const handler = apiFunction(
  'verification',
  routes,
  handlers({ ...live, verifyContext, logKey, periodKey }, shown),
  live.now,
);
