/** Public: reads only, and signs nothing. */
import { KMSClient } from '@aws-sdk/client-kms';
import { importKey } from '@darmon/credential/p256-node';
import { routes as compliance } from '@darmon/function-compliance/routes';
import { routes as dispensing } from '@darmon/function-dispensing/routes';
import { routes as identity } from '@darmon/function-identity/routes';
import { routes as inventory } from '@darmon/function-inventory/routes';
import { routes as patient } from '@darmon/function-patient/routes';
import { routes as prescribing } from '@darmon/function-prescribing/routes';
import { routes as procurement } from '@darmon/function-procurement/routes';
import { apiFunction } from '@darmon/http/function';
import { docsPage, openApi } from '@darmon/http/openapi';
import { vkeyOf } from '@darmon/log/note';
import { ed25519Of } from '@darmon/usecases/kms-signer';
import { liveDeps } from '@darmon/usecases/live';
import { serverVerifyContext } from '@darmon/usecases/verification';
import * as z from 'zod';
import { handlers } from './app.ts';
import { routes } from './routes.ts';

const env = z
  .object({ TABLE_NAME: z.string(), PUBLIC_URL: z.string(), LOG_KEY_ID: z.string(), LOG_ORIGIN: z.string() })
  .parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const verifyContext = serverVerifyContext(live.table, live.now, importKey);
const tables = [prescribing, dispensing, inventory, procurement, compliance, identity, patient, routes];
const described = { openApi: openApi(tables, env.PUBLIC_URL), docs: docsPage(tables) };

const kms = new KMSClient({});
const logKey = async (): Promise<string> => vkeyOf(env.LOG_ORIGIN, 'log', await ed25519Of(kms, env.LOG_KEY_ID));

export const handler = apiFunction(
  'verification',
  routes,
  handlers({ ...live, verifyContext, logKey }, described),
  live.now,
);
