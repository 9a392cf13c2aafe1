import { KMSClient } from '@aws-sdk/client-kms';
import { apiFunction } from '@darmon/http/function';
import { publicKeyOf } from '@darmon/usecases/kms-signer';
import { liveDeps } from '@darmon/usecases/live';
import * as z from 'zod';
import { handlers } from './app.ts';
import { routes } from './routes.ts';

const env = z.object({ TABLE_NAME: z.string(), ORDER_KEY_ID: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const kms = new KMSClient({});
const deps = { ...live, orderKey: () => publicKeyOf(kms, env.ORDER_KEY_ID) };

export const handler = apiFunction('procurement', routes, handlers(deps), live.now);
