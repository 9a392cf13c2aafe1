/** A comparison of table and log with something to find, called as its schedule does, so that the rights it takes are watched too. */
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { allowedDelayMs } from '@darmon/domain/log-check';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { Cloud } from '@darmon/local/cloud';
import { loadFunction } from '@darmon/local/functions';
import { type Resolve, readTemplate } from '@darmon/local/template';
import { openTable } from '@darmon/table/table';
import { ulid } from 'ulid';
import { expect } from 'vitest';
import * as z from 'zod';
import { forgetComparisons } from '../support/event-log.ts';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
type CallAs = (person: string, name: never, input: Input, shape: z.ZodType) => Promise<unknown>;
const Differences = z.looseObject({ open: z.array(z.looseObject({ id: z.string(), kind: z.string() })) });
const Compared = z.looseObject({ done: z.boolean(), missing: z.int(), appended: z.int(), findings: z.int() });

/** One event that the stream lost and one that was changed, both old enough; an auditor answers for the second. */
export const useLogCheck = async (callAs: CallAs, cloud: Cloud, assembly: string): Promise<void> => {
  const named: Resolve = ({ id, type }) =>
    type === 'AWS::KMS::Key' ? id : type === 'AWS::S3::Bucket' ? 'log' : cloud.table;
  const { functions } = readTemplate(assembly, named);
  const jobOf = (name: string) => {
    const job = functions.find(({ id }) => id === name);
    if (!job) throw new Error(`${name} is not in the template`);
    return loadFunction(job);
  };
  const [append, compare] = [await jobOf('AppendLog'), await jobOf('CompareLog')];
  const at = Date.now() - 2 * allowedDelayMs;
  const client = new DynamoDBClient({ endpoint: cloud.engineEndpoint });
  await forgetComparisons(client, cloud.table);
  const table = openTable({ client, table: cloud.table, now: Date.now });
  const [lost, changed] = [ulid(at), ulid(at + 1)];
  for (const id of [lost, changed])
    await table.commitPersonEvent('pharmacist', {
      id,
      at: instant(at),
      type: 'device-clock-read',
      actor: { person: 'pharmacist', role: 'pharmacist', site: 'PH-0001' },
      changes: { driftSeconds: 1 },
    });
  const key = { pk: { S: 'PERSON#pharmacist' }, sk: { S: `EVENT#${changed}` } };
  await append({ Records: [{ dynamodb: { Keys: key } }] });
  await client.send(
    new UpdateItemCommand({
      TableName: cloud.table,
      Key: key,
      UpdateExpression: 'SET #changes.driftSeconds = :other',
      ExpressionAttributeNames: { '#changes': 'changes' },
      ExpressionAttributeValues: { ':other': { N: '2' } },
    }),
  );
  client.destroy();

  expect(Compared.parse(await compare({ now: true }))).toMatchObject({ done: false, missing: 1, findings: 1 });
  expect(await append({})).toEqual({ named: 1 });
  expect(Compared.parse(await compare({}))).toMatchObject({ done: true, missing: 1, appended: 1, findings: 1 });
  const { open } = Differences.parse(await callAs('auditor', 'readLogCheck' as never, {}, Differences));
  expect(open.map(({ kind }) => kind)).toEqual(['changed']);
  const params = { id: open[0]?.id ?? '' };
  const body = { reason: 'a test of rights' };
  await callAs('auditor', 'acknowledgeFinding' as never, { params, body }, z.unknown());
  // what was said lies with a day of the auditor's site, which others read
  const day = tashkentDay(Date.now());
  const query = { site: 'OF-0001', from: day, to: day };
  await callAs('auditor', 'listLooks' as never, { query }, z.unknown());
  await callAs('auditor', 'readSiteTrail' as never, { params: { site: 'OF-0001' }, query: { day } }, z.unknown());
};
