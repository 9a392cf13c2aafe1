import { apiFunction } from '@darmon/http/function';
import { liveDeps } from '@darmon/usecases/live';
import * as z from 'zod';
import { cognitoAccounts, cognitoFactor, noAccounts } from './accounts.ts';
import { handlers } from './app.ts';
import { routes } from './routes.ts';

const env = z.object({ TABLE_NAME: z.string(), USER_POOL_ID: z.string().optional() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const accounts = env.USER_POOL_ID === undefined ? noAccounts : cognitoAccounts(env.USER_POOL_ID);

export const handler = apiFunction(
  'identity',
  routes,
  handlers({ ...live, accounts, ownFactor: cognitoFactor() }),
  live.now,
);
