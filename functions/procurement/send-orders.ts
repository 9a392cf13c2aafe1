/** A job: sends orders to suppliers' own systems, and again where they were not taken. Alone may sign them. */
import { KMSClient } from '@aws-sdk/client-kms';
import { instrumentsOf, jobFunction } from '@darmon/http/function';
import { makePost } from '@darmon/http/post';
import { kmsSigner } from '@darmon/usecases/kms-signer';
import { liveDeps } from '@darmon/usecases/live';
import { sendOrders } from '@darmon/usecases/order-messages';
import * as z from 'zod';

/** Well within the function's own time, the longest request included. */
const sliceMs = 40_000;

const env = z
  .object({ TABLE_NAME: z.string(), ORDER_KEY_ID: z.string(), AWS_REGION: z.string().optional() })
  .parse(process.env);
const live = liveDeps(env.TABLE_NAME);
const kms = new KMSClient({});
const post = makePost({ local: env.AWS_REGION === 'local', attemptMs: 10_000 });
const instruments = instrumentsOf('send-orders');

export const handler = jobFunction(instruments, async () => {
  const signer = await kmsSigner(kms, env.ORDER_KEY_ID);
  const sent = await sendOrders({ ...live, signer, post }, live.now() + sliceMs);
  instruments.logger.info('sent', sent);
  return sent;
});
