import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { darmon } from './darmon.ts';
import { linesOf } from './lines.ts';

const now = Date.parse('2026-11-20T09:31:00.000Z');
const folder = mkdtempSync(join(tmpdir(), 'darmon-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const fileOf = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const sink = () => {
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  return { stream, text: () => text };
};

/** Runs as the process would, with `input` on stdin. */
const run = async (args: string[], input = '', env: Record<string, string> = {}) => {
  const [out, err] = [sink(), sink()];
  const stdin = Readable.from(input === '' ? [] : [Buffer.from(input)]);
  const code = await darmon(args, { stdin, stdout: out.stream, stderr: err.stream, env, now: () => now });
  return { code, out: out.text(), err: err.text() };
};

const vectors = JSON.parse(readFileSync(new URL('../../test/vectors/credential/valid.json', import.meta.url), 'utf8'));
const keys = fileOf('keys.json', JSON.stringify(vectors.keySets.main));
const { code: sound, now: soundAt } = vectors.vectors[0];

const pack = '"\\u001d0109521234567899"';

// --- lines -----------------------------------------------------------------------------------------------------------

test('a line is a line however the bytes come, and only LF ends it', async () => {
  const bytes = Buffer.from('\ufeffaʻ\u2028b\r\n\nlast');
  async function* oneByOne() {
    for (const byte of bytes) yield Buffer.of(byte);
  }
  expect(await Array.fromAsync(linesOf(oneByOne()))).toEqual(['aʻ\u2028b', '', 'last']);
});

test('an endless line costs bounded memory and is one line', async () => {
  async function* endless() {
    for (let i = 0; i < 64; i += 1) yield Buffer.alloc(1_000_000, '1');
    yield Buffer.from('\nnext\n');
  }
  const lines = await Array.fromAsync(linesOf(endless()));
  expect(lines.map((line) => line.length)).toEqual([1_000_001, 4]);
});

// --- parse-scan ------------------------------------------------------------------------------------------------------

test('scans from stdin give JSON lines and exit 0', async () => {
  const { code, out, err } = await run(['parse-scan'], `${pack}\n${pack}\n`);
  const lines = out.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).kind)).toEqual(['pack', 'pack']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('one refused line of many is exit 1, and every line has its answer', async () => {
  const { code, out } = await run(['parse-scan'], `${pack}\n"?"\n${pack}`);
  expect(out.trimEnd().split('\n')).toHaveLength(3);
  expect(code).toBe(1);
});

test('files are read one after the other, and - is stdin among them', async () => {
  const file = fileOf('scans.txt', `${pack}\n`);
  const { out } = await run(['parse-scan', file, '-', file], '"RX1:6BF"\n');
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).kind),
  ).toEqual(['pack', 'prescription', 'pack']);
});

test('two-digit years are read from the day that is named', async () => {
  const scan = '"\\u001d01095212345678991760123110A"\n';
  const [near, far] = [
    await run(['parse-scan', '--today', '2026-11-20'], scan),
    await run(['parse-scan', '--today', '1999-11-20'], scan),
  ];
  expect([JSON.parse(near.out).expiryDate, JSON.parse(far.out).expiryDate]).toEqual(['2060-12-31', '1960-12-31']);
});

test('no line at all is done', async () => {
  expect(await run(['parse-scan'])).toEqual({ code: 0, out: '', err: '' });
});

// --- verify-code -----------------------------------------------------------------------------------------------------

test('a sound code is valid at its time, plain or as a JSON string', async () => {
  const args = ['verify-code', '--keys', keys, '--at', soundAt];
  const { code, out } = await run(args, `${sound}\n${JSON.stringify(sound)}\n`);
  expect(
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).valid),
  ).toEqual([true, true]);
  expect(code).toBe(0);
});

test('a code that is not valid says why, with exit 1', async () => {
  const { code, out } = await run(['verify-code', '--keys', keys, '--at', '2036-01-01T00:00:00+05:00'], `${sound}\n`);
  expect(JSON.parse(out)).toMatchObject({ valid: false, reason: 'expired' });
  expect(code).toBe(1);
});

// --- forecast --------------------------------------------------------------------------------------------------------

const table = 'period,a,b\n2024-01,5,1\n2024-02,6,2\n2024-03,7,3\n';

test('a table from a file, from stdin and from - is forecast line by line', async () => {
  const [file, stdin, dash] = [
    await run(['forecast', '--csv', fileOf('a.csv', table), '--horizon', '2']),
    await run(['forecast', '--horizon', '2'], table),
    await run(['forecast', '--csv', '-', '--horizon', '2'], table),
  ];
  expect(
    file.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).series),
  ).toEqual(['a', 'b']);
  expect(JSON.parse(file.out.split('\n')[0] ?? '').forecast).toHaveLength(2);
  expect([file.code, file.err]).toEqual([0, '']);
  expect([stdin, dash]).toEqual([file, file]);
});

test('one series that is refused is exit 1, and the others have their line; a table that is refused has none', async () => {
  const some = await run(['forecast'], table.replace('6,2', '6,?'));
  expect(some.code).toBe(1);
  expect(JSON.parse(some.out.trimEnd().split('\n')[1] ?? '')).toEqual({
    series: 'b',
    refused: 'not-a-number',
    detail: 'no number of units, or more than anybody asks for',
    line: 3,
  });
  const none = await run(['forecast'], table.replace('2024-02', '2024-01'));
  expect(none).toEqual({ code: 1, out: '', err: 'refused: line 3: a period that stands on another line already\n' });
  const noText = await darmon(['forecast'], {
    stdin: Readable.from([Buffer.from([0x61, 0xff, 0xfe])]),
    stdout: sink().stream,
    stderr: sink().stream,
    env: {},
    now: () => now,
  });
  expect(noText).toBe(1);
});

// --- wrong use -------------------------------------------------------------------------------------------------------

const bootstrap = [
  'bootstrap',
  '--site',
  'OF-0001',
  '--site-name',
  'A',
  '--region',
  'UZ-TK',
  '--person',
  'admin',
  '--name',
  'B',
];

test.each<[string, string[], string]>([
  ['no command', [], 'Usage'],
  ['a command that is none', ['parse'], 'parse'],
  ['an option that is none', ['parse-scan', '--fast'], '--fast'],
  ['a day that is none', ['parse-scan', '--today', 'monday'], '--today'],
  ['a file that is not there', ['parse-scan', join(folder, 'none')], 'ENOENT'],
  ['no keys', ['verify-code'], '--keys'],
  ['keys that are not there', ['verify-code', '--keys', join(folder, 'none')], 'ENOENT'],
  ['keys that are no JSON', ['verify-code', '--keys', fileOf('a.json', '{')], 'a.json'],
  ['keys that are no keys', ['verify-code', '--keys', fileOf('b.json', '{"keys":[]}')], 'b.json'],
  ['a time that is none', ['verify-code', '--keys', keys, '--at', '2026-02-30T00:00:00Z'], '--at'],
  ['a time without a zone', ['verify-code', '--keys', keys, '--at', '2026-02-03T00:00:00'], '--at'],
  ['a horizon that is none', ['forecast', '--horizon', '0'], '--horizon'],
  ['a table that is not there', ['forecast', '--csv', join(folder, 'none')], 'ENOENT'],
  ['years for months', ['forecast', '--by', 'year'], '--by'],
  ['an office without a table', bootstrap, '--table'],
  ['an office in no region', [...bootstrap, '--region', 'Tashkent'], '--region'],
])('%s is exit 2, with a message and nothing on stdout', async (_, args, says) => {
  const { code, out, err } = await run(args, `${sound}\n`);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(says);
});

test.each([
  [['--help']],
  [['parse-scan', '--help']],
  [['verify-code', '--help']],
  [['forecast', '--help']],
  [['bootstrap', '--help']],
  [['roots', '--help']],
])('%s explains and names the exit codes', async (args) => {
  const { code, out, err } = await run(args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('Exit codes: 0 done, 1 refused or invalid');
});

// --- as a process ----------------------------------------------------------------------------------------------------

const program = [join(import.meta.dirname, 'darmon.ts')];

test('a pipe gets every line and nothing else', () => {
  const input = `${pack}\n`.repeat(20_000);
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, 'parse-scan'], {
    input,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  expect({ status, stderr, lines: stdout.split('\n').length - 1 }).toEqual({ status: 0, stderr: '', lines: 20_000 });
}, 30_000);

test('a reader that leaves early ends it quietly', async () => {
  const child = spawn(process.execPath, [...program, 'parse-scan'], { stdio: 'pipe' });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  child.stdin.on('error', () => {});
  const ended = new Promise((done) => child.on('close', done));
  child.stdout.once('data', () => child.stdout.destroy());
  Readable.from(
    (function* () {
      for (let i = 0; i < 500; i += 1) yield `${pack}\n`.repeat(400);
    })(),
  ).pipe(child.stdin);
  expect(await ended).toBe(0);
  expect(errors).toBe('');
}, 30_000);
