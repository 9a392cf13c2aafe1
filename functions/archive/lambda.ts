import { S3Client } from '@aws-sdk/client-s3';
import { apiFunction } from '@darmon/http/function';
import { liveDeps } from '@darmon/usecases/live';
import * as z from 'zod';
import { handlers } from './app.ts';
import { periodFiles } from './period-bucket.ts';
import { routes } from './routes.ts';

const env = z.object({ TABLE_NAME: z.string(), LOG_BUCKET: z.string() }).parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const files = periodFiles(new S3Client({ forcePathStyle: true }), env.LOG_BUCKET);

export const handler = apiFunction('archive', routes, handlers({ ...live, files }), live.now);
