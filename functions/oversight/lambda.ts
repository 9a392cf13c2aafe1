import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { apiFunction } from '@darmon/http/function';
import { publicKeyOf } from '@darmon/usecases/kms-signer';
import { liveDeps } from '@darmon/usecases/live';
import { kmsMac } from '@darmon/usecases/vault';
import * as z from 'zod';
import { handlers } from './app.ts';
import { periodBucket } from './period-bucket.ts';
import { routes } from './routes.ts';

const env = z
  .object({ TABLE_NAME: z.string(), PERIOD_KEY_ID: z.string(), SEARCH_KEY_ID: z.string(), LOG_BUCKET: z.string() })
  .parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const kms = new KMSClient({});
const deps = {
  ...live,
  files: periodBucket(new S3Client({ forcePathStyle: true }), env.LOG_BUCKET),
  mac: kmsMac(kms, env.SEARCH_KEY_ID),
  periodKey: () => publicKeyOf(kms, env.PERIOD_KEY_ID),
};

export const handler = apiFunction('oversight', routes, handlers(deps), live.now);
