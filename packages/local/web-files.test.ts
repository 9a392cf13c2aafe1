import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWebFiles } from './web-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'darmon-web-'));
let server: Server;
let origin: string;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>the app');
  writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'export {}');
  writeFileSync(join(folder, 'assets', 'read.wasm'), Buffer.from([0, 97, 115, 109]));
  writeFileSync(join(folder, '..', 'darmon-secret.txt'), 'secret');
  const files = makeWebFiles(folder, { '/settings.json': { a: 1 } }, { 'x-frame-options': 'DENY' });
  server = createServer(files);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(join(folder, '..', 'darmon-secret.txt'));
  rmSync(folder, { recursive: true });
});

test('every path that names no file is the app itself, and is asked for again each time', async () => {
  for (const path of ['/', '/prescribe', '/p?x=1', '/callback?code=a.b']) {
    const page = await fetch(`${origin}${path}`);
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html>the app']);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('x-frame-options')).toBe('DENY');
  }
});

test('files have their type; those with a hash in their name are kept, and none is sent twice to who has it', async () => {
  const script = await fetch(`${origin}/assets/app-1a2b.js`);
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(script.headers.get('cache-control')).toContain('immutable');
  expect((await fetch(`${origin}/assets/read.wasm`)).headers.get('content-type')).toBe('application/wasm');
  expect(await (await fetch(`${origin}/settings.json`)).json()).toEqual({ a: 1 });
  const again = await fetch(origin, { headers: { 'if-none-match': (await fetch(origin)).headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
});

test('a file that is not there is 404, nothing outside the build is served, and nothing can be sent', async () => {
  for (const path of ['/missing.js', '/assets/%2e%2e/%2e%2e/darmon-secret.txt', '/..%2Fdarmon-secret.txt'])
    expect((await fetch(`${origin}${path}`)).status).toBe(404);
  expect((await fetch(origin, { method: 'POST', body: 'x' })).status).toBe(405);
});
