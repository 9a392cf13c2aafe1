import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { allRoutes } from '../support/tables.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud?.stop());

/** A process that has ended and waits for init to collect it is not alive. */
const alive = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

/** A program of packages/local, run as npm runs it. */
async function program(name: string, args: readonly string[], env: Record<string, string> = {}) {
  const file = fileURLToPath(new URL(`../../packages/local/${name}`, import.meta.url));
  const run = promisify(execFile)(process.execPath, [file, ...args], {
    env: { ...process.env, DARMON_STATE: cloud.stateDir, ...env },
  });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

/** Addresses that a process listens on, as `/proc/net/tcp` writes them. */
function listening(pid: number): string[] {
  const fds = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return '';
    }
  });
  const rows = ['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/${pid}/net/${table}`, 'utf8').split('\n'));
  return rows
    .map((row) => row.trim().split(/\s+/))
    .flatMap(([, local = '', , state, , , , , , inode]) =>
      state === '0A' && fds.includes(`socket:[${inode}]`) ? [local] : [],
    );
}

test('the interface for machines describes every route that the gateway answers', async () => {
  const { body } = await cloud.api<{ paths: Record<string, Record<string, unknown>> }>(
    undefined,
    'GET /api/openapi.json',
  );
  const missing = allRoutes.filter(({ route: { method, path } }) => !body.paths[path]?.[method.toLowerCase()]);
  expect(missing.map(({ name }) => name)).toEqual([]);
});

test('everything listens on loopback and nowhere else', () => {
  const { pid, enginePid = 0 } = cloud.run();
  const addresses = [...listening(pid), ...listening(enginePid)];
  expect(addresses.length).toBeGreaterThanOrEqual(3);
  for (const address of addresses) expect(address).toMatch(/^0100007F:/);
});

test('health says ready with the versions that run', async () => {
  const { status, body } = await cloud.api(undefined, 'GET /api/health');
  expect([status, body]).toEqual([
    200,
    { status: 'ready', versions: { darmon: '0.1.0', node: process.versions.node } },
  ]);
});

test('a name that is not this machine’s own is turned away, so that a page elsewhere cannot sign in here', async () => {
  const statusFor = (host: string, path: string) =>
    new Promise<[number | undefined, string | undefined]>((resolve, reject) => {
      const sent = request(`${cloud.url}${path}`, { headers: { host } }, (answer) => {
        answer.resume();
        resolve([answer.statusCode, answer.headers.location]);
      });
      sent.once('error', reject).end();
    });
  const { port, host } = new URL(cloud.url);
  expect(await statusFor(`evil.example:${port}`, '/identity/auth')).toEqual([421, undefined]);
  expect(await statusFor('127.0.0.1', '/')).toEqual([421, undefined]);
  expect(await statusFor(`localhost:${port}`, '/p?x=1')).toEqual([307, `http://${host}/p?x=1`]);
  expect((await statusFor(`localhost:${port}`, '/api/health'))[0]).toBe(200);
});

test('answers that the gateway makes by itself keep its shape', async () => {
  expect(await cloud.api(undefined, 'GET /api/me')).toMatchObject({ status: 401, body: { message: 'Unauthorized' } });
  expect(await cloud.api('doctor', 'GET /api/nothing')).toMatchObject({ status: 404, body: { message: 'Not Found' } });
  const expired = await cloud.token('doctor', { lifetimeSeconds: -1 });
  expect((await cloud.api(undefined, 'GET /api/me', { token: expired })).status).toBe(401);
  const huge = await cloud.api(undefined, 'POST /api/verify', { body: ' '.repeat(11_000_000) });
  expect(huge).toMatchObject({ status: 413, body: { message: 'Request Entity Too Large' } });
});

test('the command line gives a token that the API takes, and names the people where nobody is called so', async () => {
  const { stdout } = await program('token.ts', ['pharmacist']);
  const me = await cloud.api(undefined, 'GET /api/me', { token: stdout.trim() });
  expect(me).toMatchObject({ status: 200, body: { person: 'pharmacist', roles: ['pharmacist'], site: 'PH-0001' } });
  const unknown = await program('token.ts', ['nobody']);
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain('pharmacist2');
  expect((await program('token.ts', [])).code).toBe(2);
});

test('a second cloud on the same state or the same port says so and leaves the first alone', async () => {
  const sameState = await program('start.ts', ['--no-web'], { PORT: '0' });
  expect([sameState.code, sameState.stderr]).toEqual([
    1,
    `${cloud.stateDir} is in use by the Darmon at ${cloud.url}\n`,
  ]);
  const { port } = new URL(cloud.url);
  const samePort = await program('start.ts', ['--no-web'], { PORT: port, DARMON_STATE: `${cloud.stateDir}/other` });
  expect(samePort.code).toBe(1);
  expect(samePort.stderr).toContain(`port ${port} is taken`);
  expect((await cloud.api('doctor', 'GET /api/me')).status).toBe(200);
});

test('a cloud that starts answers 503 to everybody until it is ready, and a stop leaves nothing running', async () => {
  const { pid, enginePid = 0 } = cloud.run();
  await cloud.kill();
  const seen: number[] = [];
  let polling = true;
  const poll = (async () => {
    while (polling) {
      seen.push(
        await fetch(`${cloud.url}/api/health`).then(
          ({ status }) => status,
          () => 0,
        ),
      );
      await sleep(5);
    }
  })();
  await cloud.restart();
  await sleep(50);
  polling = false;
  await poll;
  expect([...new Set(seen)]).toEqual([0, 503, 200]);
  expect([alive(pid), alive(enginePid)]).toEqual([false, false]);

  const second = cloud.run();
  await cloud.restart();
  expect([alive(second.pid), alive(second.enginePid ?? 0)]).toEqual([false, false]);
});

test('kill -9 takes the engine along, and the next start has the same keys, people and stock', async () => {
  const before = await cloud.api('pharmacist', 'GET /api/sites/PH-0001/stock');
  const { enginePid = 0 } = cloud.run();
  await cloud.kill();
  for (let waited = 0; alive(enginePid) && waited < 3_000; waited += 20) await sleep(20);
  expect(alive(enginePid)).toBe(false);
  await cloud.restart();
  const after = await cloud.api('pharmacist', 'GET /api/sites/PH-0001/stock');
  expect(after.status).toBe(200);
  expect(after.body).toEqual(before.body);
});

test('a state that another version wrote is left as it is, and the start says how to begin again', async () => {
  await cloud.kill();
  const marker = join(cloud.stateDir, 'seeded.json');
  const written = readFileSync(marker, 'utf8');
  writeFileSync(marker, JSON.stringify({ ...JSON.parse(written), items: 1 }));
  const other = await program('start.ts', ['--no-web'], { PORT: '0' });
  expect([other.code, other.stderr]).toEqual([
    1,
    `${cloud.stateDir} was written by another version of Darmon: npm start -- --fresh begins again\n`,
  ]);
  writeFileSync(marker, written);
  await cloud.restart();
  expect((await cloud.api('doctor', 'GET /api/me')).status).toBe(200);
});
