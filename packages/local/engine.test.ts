import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, expect, test } from 'vitest';
import { startEngine } from './engine.ts';
import { clearState, lockState } from './state.ts';

const folder = mkdtempSync(join(tmpdir(), 'darmon-engine-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** True where a process has this text in its command line. */
const processesWith = (text: string): boolean =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== `${process.pid}`)
    .some((name) => {
      try {
        return readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text);
      } catch {
        return false; // it ended meanwhile
      }
    });

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 20) {
    if (waited > 5_000) throw new Error('it did not happen within 5 s');
    await sleep(20);
  }
}

test('an engine that is killed comes back at the same place with every acknowledged write', async () => {
  const engine = await startEngine({ folder: join(folder, 'table') });
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 10,
  });
  try {
    await client.send(
      new CreateTableCommand({
        TableName: 'writes',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      }),
    );
    for (let round = 0; round < 3; round++) {
      await client.send(new PutItemCommand({ TableName: 'writes', Item: { pk: { S: `${round}` } } }));
      const killed = engine.pid()!;
      process.kill(killed, 'SIGKILL');
      await until(() => engine.pid() !== killed);
      const { Item } = await client.send(new GetItemCommand({ TableName: 'writes', Key: { pk: { S: `${round}` } } }));
      expect(Item).toBeDefined();
    }
  } finally {
    client.destroy();
    await engine.stop();
  }
  expect(alive(engine.pid()!)).toBe(false);
});

test('an engine does not outlive the process that started it, even one that is killed', async () => {
  const script = `
    const { startEngine } = await import(${JSON.stringify(new URL('engine.ts', import.meta.url).href)});
    const engine = await startEngine({ folder: ${JSON.stringify(join(folder, 'orphan'))} });
    console.log(engine.pid());
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(parent.stdout, 'data');
  const pid = Number(line);
  expect(alive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await until(() => !alive(pid));
});

test('a process that is killed at the moment it starts an engine leaves none behind', async () => {
  const place = join(folder, 'moment');
  const script = `
    const { default: processes } = await import('node:child_process');
    const { syncBuiltinESMExports } = await import('node:module');
    const spawn = processes.spawn;
    processes.spawn = (...args) => {
      spawn(...args);
      process.kill(process.pid, 'SIGKILL');
    };
    syncBuiltinESMExports();
    const { startEngine } = await import(${JSON.stringify(new URL('engine.ts', import.meta.url).href)});
    await startEngine({ folder: ${JSON.stringify(place)} });`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  const [, signal] = await once(parent, 'exit');
  expect(signal).toBe('SIGKILL');
  await until(() => !processesWith(place));
});

test('an endpoint of somebody else is used as it is, and one that does not answer is an error', async () => {
  const engine = await startEngine({ folder: join(folder, 'theirs') });
  const other = await startEngine({ folder: join(folder, 'unused'), endpoint: engine.endpoint });
  expect(other.pid()).toBeUndefined();
  await other.stop();
  expect(alive(engine.pid()!)).toBe(true);
  await engine.stop();
});

test('one state folder has one owner at a time, and forgetting it keeps the lock', () => {
  const release = lockState(folder);
  expect(release).toBeDefined();
  expect(lockState(folder)).toBeUndefined();
  clearState(folder);
  expect(lockState(folder)).toBeUndefined();
  release?.();
  const again = lockState(folder);
  expect(again).toBeDefined();
  again?.();
});
