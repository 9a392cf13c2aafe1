import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { makeAppender } from '@darmon/log/append';
import { directoryStore } from '@darmon/log/directory-store';
import { decodeEntry } from '@darmon/log/entry';
import { madeUpEntry, madeUpEvent, madeUpKey, madeUpSalt } from '@darmon/log/made-up';
import { memoryIndex } from '@darmon/log/memory-store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { darmon } from './darmon.ts';

const folder = mkdtempSync(join(tmpdir(), 'darmon-cli-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const fileOf = (name: string, text: string | Uint8Array): string => {
  writeFileSync(at(name), text);
  return at(name);
};

/** Runs as the process would; what it wrote is read as JSON where it is a line. */
const run = async (...args: string[]) => {
  let [out, err] = ['', ''];
  const into = (take: (text: string) => void) =>
    new Writable({
      write(chunk, _, done) {
        take(String(chunk));
        done();
      },
    });
  const around = {
    stdin: Readable.from([]),
    stdout: into((text) => {
      out += text;
    }),
    stderr: into((text) => {
      err += text;
    }),
    env: {},
    now: () => Date.parse('2026-11-21T09:30:00.000Z'),
  };
  const code = await darmon(['log', ...args], around);
  return { code, line: out.startsWith('{') ? JSON.parse(out) : undefined, out, err };
};

const key = madeUpKey('example.org/log');
const events = (count: number): string =>
  Array.from({ length: count }, (_, n) => {
    const entry = decodeEntry(madeUpEntry(n).bytes);
    return `${JSON.stringify({ id: entry?.event, digest: entry?.digest })}\n`;
  }).join('');

/** A log of 600 entries; of its first 300 there is a checkpoint in a file. */
beforeAll(async () => {
  const store = directoryStore(at('log'));
  const appender = makeAppender({ store, index: memoryIndex(), key: key.key, sign: key.sign });
  const entries = Array.from({ length: 600 }, (_, n) => madeUpEntry(n));
  await appender.append(entries.slice(0, 300));
  cpSync(at('log/checkpoint'), at('old'));
  await appender.append(entries);
  cpSync(at('log/checkpoint'), at('new'));
});

test('an honest log is sound, in a directory and over HTTP', async () => {
  const sound = { code: 0, line: { ok: true, size: 600, root: expect.any(String), problems: [] } };
  expect(await run('verify', '--key', key.vkey, at('log'))).toMatchObject(sound);
  const more = ['--known', at('old'), '--known', at('new'), '--events', fileOf('events', events(600))];
  expect(await run('verify', '--key', key.vkey, ...more, at('log'))).toMatchObject(sound);

  const server = createServer((request, answer) => {
    const path = join(at('log'), request.url ?? '');
    if (existsSync(path) && statSync(path).isFile()) answer.end(readFileSync(path));
    else answer.writeHead(404).end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await run('verify', '--key', key.vkey, url)).toMatchObject(sound);
  expect(await run('prove', '--key', key.vkey, '--entry', '599', url)).toMatchObject({ code: 0, line: { index: 599 } });
  await new Promise((closed) => server.close(closed));
  expect(await run('verify', '--key', key.vkey, url)).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('error'),
  });
});

test('a log that was tampered with is told with its places, and is refused', async () => {
  cpSync(at('log'), at('tampered'), { recursive: true });
  const bundle = readFileSync(at('tampered/tile/entries/001'));
  writeFileSync(at('tampered/tile/entries/001'), bundle.toString('latin1').replace('PH-1016', 'PH-1017'), 'latin1');
  expect(await run('verify', '--key', key.vkey, at('tampered'))).toMatchObject({
    code: 1,
    line: {
      ok: false,
      problems: [
        { code: 'leaf-differs', entry: 256 },
        { code: 'tile-differs', detail: 'tile/1/000.p/2' },
        { code: 'root-differs' },
      ],
    },
  });
  expect(await run('prove', '--key', key.vkey, '--entry', '256', at('tampered'))).toMatchObject({
    code: 1,
    line: { ok: false, code: 'proof-invalid' },
  });
});

test('the table is compared with the log both ways', async () => {
  const lines = events(601).split('\n');
  const file = fileOf('other-events', lines.toSpliced(7, 1).join('\n'));
  const { code, line } = await run('verify', '--key', key.vkey, '--events', file, at('log'));
  expect(code).toBe(1);
  expect(line.problems).toEqual([
    { code: 'event-not-in-table', entry: 7, event: madeUpEvent(7).id },
    { code: 'event-not-in-log', event: madeUpEvent(600).id },
  ]);
  const bad = fileOf('bad-events', '{"id":"x"}\n');
  expect(await run('verify', '--key', key.vkey, '--events', bad, at('log'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('line 1'),
  });
});

test('an entry is proven by its place or its event, in under 2 kB, and checked without the log', async () => {
  for (const which of [
    ['--entry', '42'],
    ['--id', madeUpEvent(42).id],
    ['--entry', '42', '--checkpoint', at('old')],
  ]) {
    const { code, out } = await run('prove', '--key', key.vkey, ...which, at('log'));
    expect(code).toBe(0);
    expect(out.length).toBeLessThanOrEqual(2_000);
    const size = which.includes('--checkpoint') ? 300 : 600;
    expect(await run('check-proof', '--key', key.vkey, fileOf('proof', out))).toMatchObject({
      code: 0,
      line: { ok: true, index: 42, size, entry: { event: madeUpEvent(42).id } },
    });
  }
  const proof = readFileSync(at('proof'), 'utf8');
  expect(
    await run('check-proof', '--key', key.vkey, fileOf('bad', proof.replace('"index":42', '"index":43'))),
  ).toMatchObject({
    code: 1,
    line: { ok: false, code: 'proof-invalid' },
  });
  for (const text of ['', '{', 'x'.repeat(70_000)])
    expect(await run('check-proof', '--key', key.vkey, fileOf('no-proof', text))).toMatchObject({
      code: 1,
      line: { ok: false, code: 'proof-malformed' },
    });
  expect(await run('prove', '--key', key.vkey, '--entry', '600', at('log'))).toMatchObject({
    code: 1,
    line: { ok: false, code: 'no-such-entry' },
  });
  expect(await run('prove', '--key', key.vkey, '--id', madeUpEvent(601).id, at('log'))).toMatchObject({
    code: 1,
    line: { ok: false, code: 'no-such-entry' },
  });
});

test('a revealed event is the one in the proof, or is refused', async () => {
  const { out } = await run('prove', '--key', key.vkey, '--entry', '5', at('log'));
  const event = madeUpEvent(5);
  const salt = Buffer.from(madeUpSalt(event, 5)).toString('base64');
  const shown = (name: string, value: unknown) =>
    run('check-proof', '--key', key.vkey, '--reveal', fileOf(name, JSON.stringify(value)), fileOf('shown-proof', out));
  expect(await shown('reveal', { event, salt })).toMatchObject({ code: 0, line: { ok: true } });
  const changed = { ...event, changes: { ...event.changes, lot: 'L1' } };
  for (const value of [{ event: changed, salt }, { event, salt: salt.replace(/^./, '_') }, { event }])
    expect(await shown('no-reveal', value)).toMatchObject({ code: 1, line: { ok: false, code: 'reveal-differs' } });
});

test('one checkpoint continues another, or is refused', async () => {
  const asked = (older: string, newer: string) =>
    run('consistency', '--key', key.vkey, at(older), at(newer), at('log'));
  expect(await asked('old', 'new')).toMatchObject({ code: 0, line: { ok: true, from: 300, to: 600 } });
  expect(await asked('new', 'old')).toMatchObject({ code: 1, line: { ok: false, code: 'rolled-back' } });
});

test('a witness makes a key, looks, cosigns, and refuses a log that was rolled back', async () => {
  const made = await run('witness-key', '--name', 'witness.example.org/one', at('witness.key'));
  expect(made).toMatchObject({
    code: 0,
    line: { vkey: expect.stringMatching(/^witness\.example\.org\/one\+[0-9a-f]{8}\+/) },
  });
  expect(statSync(at('witness.key')).mode & 0o777).toBe(0o600);
  const witness = made.line.vkey as string;
  // a key that is there is not written over
  expect(await run('witness-key', '--name', 'x', at('witness.key'))).toMatchObject({ code: 2 });

  cpSync(at('log'), at('watched'), { recursive: true });
  const look = (place = 'watched') =>
    run(
      'witness',
      '--key',
      at('witness.key'),
      '--log',
      key.vkey,
      '--state',
      at('seen'),
      '--out',
      at('cosigned'),
      at(place),
    );
  expect(await run('verify', '--key', key.vkey, '--witness', witness, at('watched'))).toMatchObject({
    code: 1,
    line: { problems: [{ code: 'not-cosigned', detail: 'witness.example.org/one' }] },
  });
  expect(await look()).toMatchObject({ code: 0, line: { ok: true, from: null, size: 600, attached: true } });
  expect(await run('verify', '--key', key.vkey, '--witness', witness, at('watched'))).toMatchObject({ code: 0 });
  // the cosigned checkpoint is as good in a file
  const kept = ['--witness', witness, '--known', at('cosigned')];
  expect(await run('verify', '--key', key.vkey, ...kept, at('log'))).toMatchObject({ code: 0 });
  const proven = await run('prove', '--key', key.vkey, '--entry', '3', '--checkpoint', at('cosigned'), at('log'));
  const proof = fileOf('cosigned-proof', proven.out);
  expect(proven.out.length).toBeLessThanOrEqual(2_000);
  expect(await run('check-proof', '--key', key.vkey, '--witness', witness, proof)).toMatchObject({ code: 0 });

  const short = makeAppender({
    store: directoryStore(at('short')),
    index: memoryIndex(),
    key: key.key,
    sign: key.sign,
  });
  await short.append(Array.from({ length: 10 }, (_, n) => madeUpEntry(n)));
  expect(await look('short')).toMatchObject({ code: 1, line: { ok: false, code: 'rolled-back' } });
});

test('what is called wrongly exits with 2', async () => {
  const [, id] = key.vkey.split('+');
  for (const args of [
    ['verify', at('log')],
    ['verify', '--key', 'x', at('log')],
    ['verify', '--key', key.vkey.replace(id as string, '00000000'), at('log')],
    ['verify', '--key', key.vkey, '--witness', key.vkey, at('log')],
    ['verify', '--key', key.vkey, at('nowhere')],
    ['verify', '--key', key.vkey, '--known', at('nowhere'), at('log')],
    ['prove', '--key', key.vkey, at('log')],
    ['prove', '--key', key.vkey, '--entry', '1', '--id', 'x', at('log')],
    ['prove', '--key', key.vkey, '--entry', '-1', at('log')],
    ['check-proof', '--key', key.vkey, at('nowhere')],
    ['consistency', '--key', key.vkey, at('old')],
    ['nothing'],
  ])
    expect({ args, ...(await run(...args)) }).toMatchObject({ args, code: 2, out: '' });
  expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('check-proof') });
});
