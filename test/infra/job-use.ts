/** Jobs that no route leads to, called as the cloud calls them. */
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { dayAfter } from '@darmon/domain/stock-outlook';
import type { Cloud } from '@darmon/local/cloud';
import { loadFunction } from '@darmon/local/functions';
import { type Resolve, readTemplate } from '@darmon/local/template';
import { openTable } from '@darmon/table/table';
import { expect } from 'vitest';
import * as z from 'zod';
import { wholeTable } from '../support/traces.ts';

/** What listens to the table's stream, given every event there is, as a stream that begins anew would. */
export const appendEvents = async (cloud: Cloud, assembly: string): Promise<void> => {
  const named: Resolve = ({ id, type }) =>
    type === 'AWS::KMS::Key' ? id : type === 'AWS::S3::Bucket' ? 'log' : cloud.table;
  const job = readTemplate(assembly, named).functions.find(({ id }) => id === 'AppendLog');
  if (!job) throw new Error('the job is not in the template');
  const client = new DynamoDBClient({ endpoint: cloud.engineEndpoint });
  const items = await wholeTable(client, cloud.table);
  client.destroy();
  const keys = items.filter(({ sk }) => sk?.S?.startsWith('EVENT#')).map(({ pk, sk }) => ({ pk, sk }));
  const Records = keys.map((Keys) => ({ eventName: 'INSERT', dynamodb: { Keys } }));
  const { size } = z.object({ size: z.int() }).parse(await (await loadFunction(job))({ Records }));
  expect(size).toBeGreaterThanOrEqual(keys.length);
};

/** The job that sends orders, called as its schedule does, to an address where nobody listens. */
export const tellSuppliers = async (cloud: Cloud, assembly: string): Promise<void> => {
  // a key of the local cloud is called as the template calls it
  const named: Resolve = ({ id, type }) => (type === 'AWS::KMS::Key' ? id : cloud.table);
  const job = readTemplate(assembly, named).functions.find(({ id }) => id === 'SendOrders');
  if (!job) throw new Error('the job is not in the template');
  // the order that was cancelled before it arrived is dropped; its cancellation waits, as the other order does
  // unless the cloud's own clock was there first, and they are not due again
  expect(await (await loadFunction(job))({})).toMatchObject({ delivered: 0, failed: 0 });
};

/** As if no night had ever kept what reports of these sites are made of. */
export const forgetFacts = async (cloud: Cloud, sites: readonly string[]): Promise<void> => {
  const client = new DynamoDBClient({ endpoint: cloud.engineEndpoint });
  const table = openTable({ client, table: cloud.table, now: Date.now });
  for (const kind of ['stock', 'care'] as const) for (const site of sites) await table.keepFactsThrough(kind, { site });
  client.destroy();
};

/** As if what happened to prescriptions and at counters today had happened yesterday, whose night is over. */
const putBack = async (cloud: Cloud): Promise<void> => {
  const client = new DynamoDBClient({ endpoint: cloud.engineEndpoint });
  for (const { pk, sk, gsi2pk } of await wholeTable(client, cloud.table)) {
    const [event, site, day] = gsi2pk?.S?.split('#') ?? [];
    if (!pk?.S || !sk || event !== 'EVENT' || !day || !/^(PRESCRIPTION|PAGE|LOOKUPS)#/.test(pk.S)) continue;
    await client.send(
      new UpdateItemCommand({
        TableName: cloud.table,
        Key: { pk, sk },
        UpdateExpression: 'SET gsi2pk = :yesterday',
        ExpressionAttributeValues: { ':yesterday': { S: `EVENT#${site}#${dayAfter(day, -1)}` } },
      }),
    );
  }
  client.destroy();
};

/** The job that keeps what reports are made of, at sites of which it knows nothing yet, called as its schedule does. */
export const rollReportFacts = async (cloud: Cloud, assembly: string, sites: readonly string[]): Promise<void> => {
  await forgetFacts(cloud, sites);
  await putBack(cloud);
  const job = readTemplate(assembly, () => cloud.table).functions.find(({ id }) => id === 'RollFacts');
  if (!job) throw new Error('the job is not in the template');
  const { done, of, ...rest } = z
    .looseObject({ done: z.int(), of: z.int() })
    .parse(await (await loadFunction(job))({ now: true, seconds: 120 }));
  expect([done, rest]).toEqual([of, { failed: 0, differ: 0 }]);
};
