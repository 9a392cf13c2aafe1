/** A job: at night, holds the table's events against the log. It reads both and changes neither. */
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { parseVkey, vkeyOf } from '@darmon/log/note';
import { ed25519Of } from '@darmon/usecases/kms-signer';
import { liveDeps } from '@darmon/usecases/live';
import { compareLog, isLogNight } from '@darmon/usecases/log-check';
import * as z from 'zod';
import { bucketStore } from './log-bucket.ts';

/** Well within the function's own time, one slice included. */
const sliceMs = 420_000;

/** Whoever starts it by hand need not wait for the night. */
const Asked = z.looseObject({ now: z.literal(true).exactOptional() });

const env = z
  .object({ TABLE_NAME: z.string(), LOG_KEY_ID: z.string(), LOG_BUCKET: z.string(), LOG_ORIGIN: z.string() })
  .parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const kms = new KMSClient({});
const source = bucketStore(new S3Client({ forcePathStyle: true }), env.LOG_BUCKET);
const instruments = instrumentsOf('compare-log');

export const handler = jobFunction(instruments, async (event: unknown) => {
  const { now = false } = Asked.parse(event);
  const key = parseVkey(vkeyOf(env.LOG_ORIGIN, 'log', await ed25519Of(kms, env.LOG_KEY_ID)), 'log');
  let found = 0;
  const heard = (findings: number) => {
    found += findings;
  };
  const asked = { night: isLogNight(live.now()), ...(now && { now }) };
  const { done, run } = await compareLog({ ...live, source, key, heard }, live.now() + sliceMs, asked);
  instruments.metrics.addMetric('logDiffers', 'Count', found);
  // how many, and nothing of what: whoever may see that looks at the auditors' screen
  if (found > 0) instruments.logger.error('table and log differ', { findings: found });
  if (run?.finishedAt !== undefined && run.missing > 0) {
    instruments.metrics.addMetric('logMissing', 'Count', run.missing);
    instruments.logger.warn('events were missing from the log', { missing: run.missing, appended: run.appended });
  }
  return {
    done,
    ...(run && { events: run.events, missing: run.missing, appended: run.appended, findings: run.findings }),
  };
});
