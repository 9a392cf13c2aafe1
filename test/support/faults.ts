/**
 * Faults that the embedded engine cannot make, put between an SDK client and its engine: a conflict, a throttle, an
 * answer that is lost after the commit. They stand inside the SDK's own retries, as the network does.
 */
import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * - `conflict`: another transaction held an item; nothing is written
 * - `throttle`: nothing is written, and the SDK may try again
 * - `lost-answer`: written, but the answer never comes; the SDK asks again, and the engine has forgotten its token
 * - `cut`: written, but the connection breaks in a way that the SDK does not try again
 */
export type Fault = 'conflict' | 'throttle' | 'lost-answer' | 'cut';

const named = (name: string, more: object = {}): Error => Object.assign(new Error(name), { name, ...more });

const conflict = (): Error =>
  named('TransactionCanceledException', {
    $fault: 'client',
    $metadata: { httpStatusCode: 400 },
    CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
  });
const throttle = (): Error =>
  named('ThrottlingException', {
    $fault: 'client',
    $metadata: { httpStatusCode: 400 },
    $retryable: { throttling: true },
  });

/** Asks `next` about each transaction that is sent; answers how to take the faults away again. */
export const disturb = (client: DynamoDBClient, next: () => Fault | undefined): (() => void) => {
  client.middlewareStack.add(
    (send) => async (args) => {
      const request = args.request as { headers: Record<string, string>; body: string | Uint8Array };
      if (!request.headers['x-amz-target']?.endsWith('.TransactWriteItems')) return send(args);
      const fault = next();
      if (fault === 'conflict') throw conflict();
      if (fault === 'throttle') throw throttle();
      if (fault === undefined) return send(args);
      const text = typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body);
      const { response } = await send({ ...args, request: { ...request, body: withToken(text) } });
      // An answer that nobody reads keeps its connection, and the client has only so many.
      (response as { body: { resume(): void } }).body.resume();
      if (fault === 'cut') throw named('Error', { message: 'the connection was cut' });
      throw named('TimeoutError');
    },
    { step: 'deserialize', priority: 'low', name: 'darmon-faults' },
  );
  return () => {
    client.middlewareStack.remove('darmon-faults');
  };
};

/** A token of its own for each send: what an engine that was restarted makes of the SDK's repeated one. */
const withToken = (body: string): string =>
  body.replace(/"ClientRequestToken":"[^"]*"/, `"ClientRequestToken":"${randomUUID()}"`);
