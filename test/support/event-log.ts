/** The log of a running cloud, held against its table as an auditor would who had both. */
import { randomBytes } from 'node:crypto';
import { DeleteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { decodeEntry } from '@darmon/log/entry';
import { httpSource } from '@darmon/log/http-source';
import { type NoteKey, openCheckpoint, parseVkey } from '@darmon/log/note';
import { checkpointPath } from '@darmon/log/tiles';
import { type Verdict, verifyLog } from '@darmon/log/verify';
import { openTable } from '@darmon/table/table';
import { sealEvents } from '@darmon/usecases/event-log';
import type { TestCloud } from './cloud.ts';
import { wholeTable } from './traces.ts';

const keyOfLog = async (cloud: TestCloud): Promise<NoteKey> => {
  const { body } = await cloud.api<string>(undefined, 'GET /api/.well-known/log-key');
  return parseVkey(body.trim(), 'log');
};

/** How many entries the log has; 0 where nothing was appended yet. */
export const sizeOfLog = async (cloud: TestCloud): Promise<number> => {
  const bytes = await httpSource(`${cloud.url}/log`).get(checkpointPath);
  return bytes ? openCheckpoint(bytes, await keyOfLog(cloud)).size : 0;
};

/** As if no night had ever compared table and log: a cloud that starts at night does so at once. */
export const forgetComparisons = async (client: DynamoDBClient, table: string): Promise<void> => {
  for (const { pk, sk } of await wholeTable(client, table))
    if (pk?.S?.startsWith('LOG-CHECK#') && sk)
      await client.send(new DeleteItemCommand({ TableName: table, Key: { pk, sk } }));
};

/** What speaks against the log as its table stands now. An event that is not in yet gets its secrets here; the log takes the same. */
export const compareLog = async (cloud: TestCloud): Promise<Verdict> => {
  const table = openTable({ client: cloud.dynamodb, table: cloud.table, now: Date.now });
  const items = await wholeTable(cloud.dynamodb, cloud.table);
  const keys = items
    .map(({ pk, sk }) => ({ pk: String(pk?.S), sk: String(sk?.S) }))
    .filter(({ sk }) => sk.startsWith('EVENT#'));
  const sealed = await sealEvents({ table, random: randomBytes }, await table.loadEvents(keys));
  const events = sealed.map(({ id, bytes }) => ({ id, digest: decodeEntry(bytes)?.digest ?? '' }));
  return verifyLog(httpSource(`${cloud.url}/log`), {
    log: await keyOfLog(cloud),
    events: async function* () {
      yield* events;
    },
  });
};
