import { apiFunction } from '@darmon/http/function';
import { liveDeps } from '@darmon/usecases/live';
import * as z from 'zod';
import { handlers } from './app.ts';
import { routes } from './routes.ts';

const env = z.object({ TABLE_NAME: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);

export const handler = apiFunction('oversight', routes, handlers(live), live.now);
