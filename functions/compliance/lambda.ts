import { KMSClient } from '@aws-sdk/client-kms';
import { apiFunction } from '@darmon/http/function';
import { liveDeps } from '@darmon/usecases/live';
import { kmsKeyring } from '@darmon/usecases/vault';
import * as z from 'zod';
import { handlers } from './app.ts';
import { routes } from './routes.ts';

const env = z.object({ TABLE_NAME: z.string(), DATA_KEY_ID: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const keyring = kmsKeyring(new KMSClient({}), env.DATA_KEY_ID, 'feedback');

export const handler = apiFunction('compliance', routes, handlers({ ...live, keyring }), live.now);
