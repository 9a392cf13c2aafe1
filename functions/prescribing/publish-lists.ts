/** A job: signs and publishes the lists of keys and of revocations. The only function that may use the lists key. */
import { KMSClient } from '@aws-sdk/client-kms';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { kmsSigner, publicKeyOf } from '@darmon/usecases/kms-signer';
import { liveDeps } from '@darmon/usecases/live';
import { publishLists } from '@darmon/usecases/verification';
import * as z from 'zod';

const env = z
  .object({ TABLE_NAME: z.string(), PRESCRIPTION_KEY_ID: z.string(), LISTS_KEY_ID: z.string() })
  .parse(process.env);
const kms = new KMSClient({});
const live = liveDeps(env.TABLE_NAME);
const instruments = instrumentsOf('publish-lists');

export const handler = jobFunction(instruments, async () => {
  const [signer, current] = await Promise.all([
    kmsSigner(kms, env.LISTS_KEY_ID),
    publicKeyOf(kms, env.PRESCRIPTION_KEY_ID),
  ]);
  const published = await publishLists({ ...live, signer, current: [current] });
  instruments.logger.info('published', published);
  return published;
});
