import { KMSClient } from '@aws-sdk/client-kms';
import { apiFunction } from '@darmon/http/function';
import { liveDeps } from '@darmon/usecases/live';
import { kmsMac } from '@darmon/usecases/vault';
import * as z from 'zod';
import { handlers } from './app.ts';
import { routes } from './routes.ts';

const env = z.object({ TABLE_NAME: z.string(), SEARCH_KEY_ID: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const kms = new KMSClient({});
const deps = {
  ...live,
  mac: kmsMac(kms, env.SEARCH_KEY_ID),
};

export const handler = apiFunction('oversight', routes, handlers(deps), live.now);
