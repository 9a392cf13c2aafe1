/**
 * What leaves an SDK client: every request as it goes over the wire, repeats by the SDK's own retries included. Knows
 * nothing of what is asked.
 */
import {
  BatchGetItemCommand,
  type DynamoDBClient,
  QueryCommand,
  type ReturnConsumedCapacity,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';

export interface Sent {
  /** Such as `TransactWriteItems`. */
  readonly operation: string;
  readonly body: string;
  /** Capacity units, where the engine told them. */
  readonly units: number;
}

const seenAs = 'darmon-wire';

/** Runs `ask` and answers what it sent through the client, in order. The client may do nothing else meanwhile. */
export const sentBy = async (client: DynamoDBClient, ask: () => Promise<unknown>): Promise<Sent[]> => {
  const sent: Sent[] = [];
  client.middlewareStack.add(
    (next) => (args) =>
      next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' satisfies ReturnConsumedCapacity } }),
    { step: 'initialize', name: `${seenAs}-capacity` },
  );
  client.middlewareStack.add(
    (next) => async (args) => {
      const { headers, body } = args.request as { headers: Record<string, string>; body: string | Uint8Array };
      const answer = await next(args);
      const [operation = ''] = (headers['x-amz-target'] ?? '').split('.').slice(-1);
      sent.push({
        operation,
        body: typeof body === 'string' ? body : new TextDecoder().decode(body),
        units: unitsOf(answer.output),
      });
      return answer;
    },
    { step: 'finalizeRequest', priority: 'low', name: seenAs },
  );
  try {
    await ask();
  } finally {
    client.middlewareStack.remove(seenAs);
    client.middlewareStack.remove(`${seenAs}-capacity`);
  }
  return sent;
};

interface Consumed {
  readonly CapacityUnits?: number;
}

const unitsOf = (output: unknown): number => {
  const { ConsumedCapacity } = output as { ConsumedCapacity?: Consumed | readonly Consumed[] };
  return [ConsumedCapacity ?? []].flat().reduce((sum: number, one: Consumed) => sum + (one.CapacityUnits ?? 0), 0);
};

/** The same request for the bare client, made ready so that sending it costs what the SDK costs and nothing more. */
export const again = (client: DynamoDBClient, operation: string, body: string): (() => Promise<unknown>) => {
  // The token is the SDK's to make: a repeated one would be answered without a write.
  const { ReturnConsumedCapacity: _, ClientRequestToken: __, ...input } = JSON.parse(body);
  switch (operation) {
    case 'BatchGetItem': {
      const command = new BatchGetItemCommand(input);
      return () => client.send(command);
    }
    case 'Query': {
      const command = new QueryCommand(input);
      return () => client.send(command);
    }
    case 'TransactWriteItems': {
      const command = new TransactWriteItemsCommand(input);
      return () => client.send(command);
    }
    default:
      throw new Error(`a dispense sends no ${operation}`);
  }
};
