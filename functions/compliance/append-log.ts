/**
 * From the table's stream into the log: alone may sign its checkpoints. What the stream repeats is passed over. Called by
 * its schedule, it appends what the comparison of table and log found to be missing.
 */
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { instant } from '@darmon/domain/time';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { parseVkey, vkeyOf } from '@darmon/log/note';
import { appendMissed, makeEventLog } from '@darmon/usecases/event-log';
import { ed25519Of, ed25519Signer } from '@darmon/usecases/kms-signer';
import { liveDeps } from '@darmon/usecases/live';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { bucketStore } from './log-bucket.ts';

const env = z
  .object({ TABLE_NAME: z.string(), LOG_KEY_ID: z.string(), LOG_BUCKET: z.string(), LOG_ORIGIN: z.string() })
  .parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const kms = new KMSClient({});
const store = bucketStore(new S3Client({ forcePathStyle: true }), env.LOG_BUCKET);
const instruments = instrumentsOf('append-log');

/** Asked for once a process: the key is the same for its whole life. */
let opened: Promise<ReturnType<typeof makeEventLog>> | undefined;
const openLog = async () => {
  const vkey = vkeyOf(env.LOG_ORIGIN, 'log', await ed25519Of(kms, env.LOG_KEY_ID));
  return makeEventLog({ ...live, store, key: parseVkey(vkey, 'log'), sign: ed25519Signer(kms, env.LOG_KEY_ID) });
};

/** The keys of what the stream says was written, each once, in its order. */
const keysOf = ({ Records }: DynamoDBStreamEvent) => {
  const keys = Records.flatMap(({ dynamodb }) => {
    const [pk, sk] = [dynamodb?.Keys?.pk?.S, dynamodb?.Keys?.sk?.S];
    return pk === undefined || sk === undefined ? [] : [{ pk, sk }];
  });
  return [...new Map(keys.map((key) => [`${key.pk}\n${key.sk}`, key])).values()];
};

export const handler = jobFunction(instruments, async (event: DynamoDBStreamEvent | { readonly Records?: never }) => {
  opened ??= openLog().catch((error) => {
    opened = undefined;
    throw error;
  });
  const log = await opened;
  if (!event.Records) {
    const named = await appendMissed(live, log);
    if (named > 0) instruments.logger.warn('appended what was missing', { events: named });
    return { named };
  }
  // one batch that fails is given again by the stream, as a whole: appending it twice adds nothing
  const { size, oldestAt, newestAt } = await log.append(keysOf(event));
  const delayMs = oldestAt === undefined ? 0 : live.now() - Date.parse(oldestAt);
  // people are told how far the log is; that one event came late is the metric's to tell
  if (newestAt !== undefined)
    await live.table.noteAppended(instant(live.now()), Math.max(0, live.now() - Date.parse(newestAt)));
  instruments.metrics.addMetric('mergeDelay', 'Milliseconds', delayMs);
  instruments.logger.info('appended', { events: event.Records.length, size, delayMs });
  return { size };
});
