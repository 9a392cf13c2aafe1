import { createServer } from 'node:http';
import { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { darmon } from './darmon.ts';

/** A Darmon of three answers a site: where it stands, a site that is done at once, one that is refused. */
const asked: string[] = [];
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => {
    text += chunk;
  });
  request.on('end', () => {
    asked.push(`${request.method} ${request.url} ${text}`);
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.headers.authorization !== 'Bearer T1') return answer(401, { message: 'Unauthorized' });
    const site = (id: string, kind: string, active = true) => ({ id, kind, active });
    if (request.url === '/api/sites?limit=100')
      return answer(200, { items: [site('PH-1', 'pharmacy'), site('CL-1', 'clinic')], next: 'more' });
    if (request.url === '/api/sites?limit=100&cursor=more')
      return answer(200, { items: [site('WH-1', 'warehouse'), site('PH-9', 'pharmacy', false)] });
    if (request.url?.includes('WH-1')) return answer(403, { code: 'account-closed' });
    const calls = asked.filter((one) => one.includes('PH-1')).length;
    return calls < 3
      ? answer(200, { site: 'PH-1', done: false, mended: 1, after: 'AMOX500CAP' })
      : answer(200, { site: 'PH-1', done: true, mended: 1, through: '2026-11-20' });
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(() => {
  server.close();
});
beforeEach(() => {
  asked.length = 0;
});

const run = async (args: string[], { input = '', env = {} }: { input?: string; env?: Record<string, string> } = {}) => {
  const texts = { out: '', err: '' };
  const sink = (name: 'out' | 'err') =>
    new Writable({
      write(chunk, _, done) {
        texts[name] += chunk;
        done();
      },
    });
  const stdin = Readable.from(input === '' ? [] : [Buffer.from(input)]);
  const around = { stdin, stdout: sink('out'), stderr: sink('err'), env, now: Date.now };
  const code = await darmon(['rebuild-consumption', ...args], around);
  return {
    code,
    lines: texts.out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
    err: texts.err,
  };
};

test('every pharmacy and warehouse is gone through until it is done, with what was mended, and a refusal stops no other', async () => {
  const { code, lines, err } = await run(['--url', url, '--from', '2026-01'], { input: 'T1\n' });
  expect(lines).toEqual([
    { site: 'PH-1', through: '2026-11-20', mended: 3, equal: false },
    { site: 'WH-1', refused: 'account-closed' },
  ]);
  expect(code).toBe(1);
  expect(err).toContain('PH-1: medicines through AMOX500CAP');
  expect(asked.filter((one) => one.startsWith('POST'))).toEqual([
    ...Array(3).fill('POST /api/sites/PH-1/consumption/rebuild {"from":"2026-01"}'),
    'POST /api/sites/WH-1/consumption/rebuild {"from":"2026-01"}',
  ]);
});

test('the token may stand in the environment; without one, with a wrong one or a wrong site nothing is rebuilt', async () => {
  const env = { DARMON_TOKEN: 'T1' };
  expect((await run(['--url', url, 'PH-1'], { env })).code).toBe(0);
  asked.length = 0;
  expect((await run(['--url', url])).code).toBe(2);
  expect((await run(['--url', url, 'ph 1'], { env })).code).toBe(2);
  expect((await run(['--url', 'darmon', 'PH-1'], { env })).code).toBe(2);
  expect((await run(['PH-1'], { env })).code).toBe(2);
  expect(asked).toEqual([]);
  const refused = await run(['--url', url], { input: 'T2' });
  expect([refused.code, refused.lines]).toEqual([1, []]);
});
