/** A table that was restored, compared with the log on the command line: what either has and the other has not is found. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { checkRestored } from '@darmon/cli/restore-check';
import { directoryStore } from '@darmon/log/directory-store';
import { signerOf } from '@darmon/log/ed25519';
import { parseVkey, vkeyOf } from '@darmon/log/note';
import { makeEventLog } from '@darmon/usecases/event-log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, stock, table } from '../support/house.ts';

const { publicKey, sign } = signerOf(Uint8Array.from({ length: 32 }, (_, n) => n + 7));
const key = parseVkey(vkeyOf('test.log', 'log', publicKey), 'log');
const folder = mkdtempSync(join(tmpdir(), 'darmon-restored-'));
let house: House;
beforeAll(async () => {
  // the command finds its region and credentials as the SDK does
  Object.assign(process.env, { AWS_REGION: 'local', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
  house = await makeHouse('restore-check');
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'L1', expiryDate: '2028-01-31', quantity: 400 }]);
});
afterAll(async () => {
  await house?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const eventKeys = async () => {
  const { Items = [] } = await house.client.send(
    new ScanCommand({
      TableName: table,
      ConsistentRead: true,
      FilterExpression: 'begins_with(sk, :event)',
      ExpressionAttributeValues: { ':event': { S: 'EVENT#' } },
    }),
  );
  return Items.map(({ pk, sk }) => ({ pk: pk?.S ?? '', sk: sk?.S ?? '' })).sort((a, b) => (a.sk < b.sk ? -1 : 1));
};
const dispensed = async () => {
  const prescription = await issue(house);
  await dispense(house, prescription.id, [{ line: 1, quantity: 21 }]);
};
const check = async () => {
  const endpoint = await house.client.config.endpoint?.();
  const address = endpoint && `${endpoint.protocol}//${endpoint.hostname}:${endpoint.port}`;
  const { ok, line } = await checkRestored(folder, { table, endpoint: address, key, progress: () => {} });
  const problems = line.problems as { code: string; event?: string }[];
  return { ok, problems: problems.map(({ code, event }) => [code, event]) };
};

test('a table that is the log’s own is told from one that lost an event, has one more, or has another in its place', async () => {
  const log = makeEventLog({ table: house.table, random: house.deps.random, store: directoryStore(folder), key, sign });
  await dispensed();
  await dispensed();
  await log.append(await eventKeys());
  expect(await check()).toEqual({ ok: true, problems: [] });

  const [lost, changed] = (await eventKeys()).slice(-2);
  const idOf = (event: typeof lost) => event?.sk.slice('EVENT#'.length);
  const keyOf = (event: typeof lost) => ({ pk: { S: event?.pk ?? '' }, sk: { S: event?.sk ?? '' } });
  await house.client.send(new DeleteItemCommand({ TableName: table, Key: keyOf(lost) }));
  await house.client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: keyOf(changed),
      UpdateExpression: 'SET #reason = :text',
      ExpressionAttributeNames: { '#reason': 'reason' },
      ExpressionAttributeValues: { ':text': { S: 'nobody wrote this' } },
    }),
  );
  await issue(house);
  const extra = (await eventKeys()).at(-1);
  const { ok, problems } = await check();
  expect(ok).toBe(false);
  expect(problems.sort()).toEqual(
    [
      ['event-differs', idOf(changed)],
      ['event-not-in-log', idOf(extra)],
      ['event-not-in-table', idOf(lost)],
    ].sort(),
  );
});
