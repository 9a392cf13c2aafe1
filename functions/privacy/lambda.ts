/** Opens a patient for that patient alone, and destroys the keys of who is erased. */
import { KMSClient } from '@aws-sdk/client-kms';
import { apiFunction } from '@darmon/http/function';
import { liveDeps } from '@darmon/usecases/live';
import { kmsVault } from '@darmon/usecases/vault';
import * as z from 'zod';
import { handlers } from './app.ts';
import { routes } from './routes.ts';

const env = z.object({ TABLE_NAME: z.string(), DATA_KEY_ID: z.string(), SEARCH_KEY_ID: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const vault = kmsVault(new KMSClient({}), { data: env.DATA_KEY_ID, search: env.SEARCH_KEY_ID });

export const handler = apiFunction('privacy', routes, handlers({ ...live, vault }), live.now);
