import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { darmon } from '@darmon/cli/darmon';
import { type Engine, startEngine } from '@darmon/local/engine';
import { startUserPool, type UserPool } from '@darmon/local/user-pool';
import { createTable } from '@darmon/table/create';
import { openTable, type Table } from '@darmon/table/table';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'darmon-bootstrap-'));
let engine: Engine;
let userPool: UserPool;
let client: DynamoDBClient;
let table: Table;

beforeAll(async () => {
  engine = await startEngine({ folder });
  userPool = await startUserPool();
  // as an operator has them: the SDK reads them from the environment
  Object.assign(process.env, { AWS_REGION: 'local', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  client = new DynamoDBClient({ endpoint: engine.endpoint });
  await createTable(client, 'darmon');
  table = openTable({ client, table: 'darmon', now: Date.now });
});
afterAll(async () => {
  client.destroy();
  await userPool.stop();
  await engine.stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = async (changed: Record<string, string> = {}) => {
  const options = {
    site: 'OF-0001',
    'site-name': 'Boshqarma',
    region: 'UZ-TK',
    person: 'admin',
    name: 'Namuna Admin',
    ...changed,
  };
  const texts = { out: '', err: '' };
  const sink = (of: keyof typeof texts) =>
    new Writable({
      write(chunk, _, done) {
        texts[of] += chunk;
        done();
      },
    });
  const code = await darmon(
    ['bootstrap', ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])],
    {
      stdin: Readable.from([]),
      stdout: sink('out'),
      stderr: sink('err'),
      env: { TABLE_NAME: 'darmon', DYNAMODB_ENDPOINT: engine.endpoint },
      now: Date.now,
    },
  );
  return { code, ...texts };
};

test('the first administrator is made once, a run that ended halfway can be repeated, and a second one is refused', async () => {
  process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = 'http://127.0.0.1:9';
  process.env.AWS_MAX_ATTEMPTS = '1';
  const halfway = await run({ 'user-pool': 'pool' });
  expect(halfway).toMatchObject({ code: 1, out: '' });
  expect((await table.loadStanding('admin', 'OF-0001')).person).toMatchObject({ roles: ['admin'], site: 'OF-0001' });

  process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = userPool.endpoint;
  const again = await run({ 'user-pool': 'pool' });
  expect({ code: again.code, out: JSON.parse(again.out) }).toEqual({
    code: 0,
    out: { person: 'admin', site: 'OF-0001' },
  });
  expect(again.err).toContain('admin-set-user-password');

  for (const other of [{ person: 'admin2' }, { name: 'Boshqa Ism' }, { site: 'OF-0002' }]) {
    expect(await run(other)).toEqual({ code: 1, out: '', err: 'refused: already-bootstrapped\n' });
  }
  expect((await table.listPeople({ limit: 10 })).items.map((person) => person.id)).toEqual(['admin']);
});
