import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeAppender, type Sealed } from './append.ts';
import { directoryStore } from './directory-store.ts';
import { httpSource } from './http-source.ts';
import { madeUpEntry, madeUpKey } from './made-up.ts';
import { memoryIndex, memoryStore } from './memory-store.ts';
import { cosignedAt, openCheckpoint } from './note.ts';
import { type Register, registerAt } from './register.ts';
import type { TileSource, TileStore } from './store.ts';
import { checkpointPath } from './tiles.ts';
import { verifyLog } from './verify.ts';
import { witnessOnce } from './witness.ts';

const folder = mkdtempSync(join(tmpdir(), 'darmon-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let folders = 0;
const newPlace = (): string => {
  folders += 1;
  return join(folder, String(folders));
};

const log = madeUpKey('example.org/log');
const witness = madeUpKey('witness.example.org/one', 'witness');
const now = () => Date.parse('2026-11-21T09:30:00.900Z');
const entries = (from: number, to: number): Sealed[] =>
  Array.from({ length: to - from }, (_, n) => madeUpEntry(from + n));
const appenderOf = (store: TileStore) => makeAppender({ store, index: memoryIndex(), key: log.key, sign: log.sign });
const memoryOf = (): Register => {
  const { get, swapCheckpoint } = memoryStore();
  return { read: () => get(checkpointPath), swap: swapCheckpoint };
};
const look = (source: TileSource, memory: Register, sign = witness.sign) =>
  witnessOnce({ source, log: log.key, memory, key: witness.key, sign, now });

test('a witness cosigns what continues what it saw, and its line counts for the verifier', async () => {
  const [store, memory] = [memoryStore(), memoryOf()];
  const appender = appenderOf(store);
  for (const [from, to] of [
    [0, 3],
    [3, 300],
    [300, 300],
    [300, 1_700],
  ] as const) {
    await appender.append(entries(from, to));
    const seen = await look(store, memory);
    expect(seen).toMatchObject({ from: from === 0 ? undefined : from, size: to });
    expect(cosignedAt(openCheckpoint(seen.cosigned, log.key), witness.key)).toBe(1_795_253_400);
    expect(await store.swapCheckpoint(seen.served, seen.cosigned)).toBe(true);
    if (to <= 300)
      expect(await verifyLog(store, { log: log.key, witnesses: [witness.key] })).toMatchObject({ ok: true });
  }
  // the log goes on from a checkpoint that somebody put a line under
  expect(await appender.append(entries(1_700, 1_701))).toMatchObject({ size: 1_701 });
});

test('a log that was rolled back or written anew is refused, nothing is remembered, and nothing is signed', async () => {
  const [store, memory] = [memoryStore(), memoryOf()];
  await appenderOf(store).append(entries(0, 20));
  await look(store, memory);
  const before = await memory.read();
  const never = () => Promise.reject(new Error('it signed'));
  for (const [history, reason] of [
    [entries(0, 10), 'rolled-back'],
    [entries(1, 21), 'forked'],
    [[...entries(0, 19), ...entries(30, 50)], 'inconsistent'],
    [[...entries(1, 21), ...entries(30, 50)], 'inconsistent'],
  ] as const) {
    const other = memoryStore();
    await appenderOf(other).append(history);
    await expect(look(other, memory, never)).rejects.toThrow(reason);
    expect(await memory.read()).toEqual(before);
  }
  const stranger = madeUpKey('example.org/stranger');
  const foreign = memoryStore();
  await makeAppender({ store: foreign, index: memoryIndex(), ...stranger }).append(entries(0, 30));
  await expect(look(foreign, memory, never)).rejects.toThrow('checkpoint-origin');
  await expect(look(memoryStore(), memory, never)).rejects.toThrow('checkpoint-missing');
});

test('of two histories shown to one witness at once it signs one, also when it runs twice', async () => {
  const [first, second] = [memoryStore(), memoryStore()];
  await appenderOf(first).append(entries(0, 10));
  for (const [path, bytes] of first.files) second.files.set(path, bytes);
  for (const memory of [memoryOf(), registerAt(newPlace())]) {
    await look(first, memory);
    await appenderOf(first).append(entries(10, 20));
    await appenderOf(second).append(entries(50, 60));
    const looks = await Promise.allSettled([look(first, memory), look(second, memory)]);
    expect(looks.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const store of [first, second]) store.files.set(checkpointPath, (await onlyBase(store)) as Uint8Array);
  }
});
/** The checkpoint of the ten entries that both histories begin with. */
const onlyBase = async (_: unknown): Promise<Uint8Array | undefined> => {
  const base = memoryStore();
  await appenderOf(base).append(entries(0, 10));
  return base.get(checkpointPath);
};

test('a witness that is killed before it signed signs the same when it is called again', async () => {
  const [store, memory] = [memoryStore(), memoryOf()];
  await appenderOf(store).append(entries(0, 10));
  await expect(look(store, memory, () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
  expect(await look(store, memory)).toMatchObject({ from: 10, size: 10 });
});

// --- where a log lies --------------------------------------------------------------------------------------------------

test('of many who replace a register’s value at once, one does, and everybody reads it', async () => {
  const place = join(newPlace(), 'value');
  let before: Uint8Array | undefined;
  for (let round = 0; round < 5; round += 1) {
    const values = Array.from({ length: 8 }, (_, n) => Buffer.from(`${round} ${n}`));
    const won = await Promise.all(values.map((value) => registerAt(place).swap(before, value)));
    expect(won.filter(Boolean)).toHaveLength(1);
    const winner = values[won.indexOf(true)] as Buffer;
    expect(Buffer.from((await registerAt(place).read()) as Uint8Array)).toEqual(winner);
    expect(readFileSync(place)).toEqual(winner);
    expect(await registerAt(place).swap(before, Buffer.from('late'))).toBe(false);
    before = winner;
  }
  await expect(registerAt(place).swap(before, Buffer.from(before as Uint8Array))).rejects.toThrow(RangeError);
});

test('a register that was killed before it wrote its file has the new value all the same', async () => {
  const place = join(newPlace(), 'value');
  await registerAt(place).swap(undefined, Buffer.from('one'));
  await registerAt(place).swap(Buffer.from('one'), Buffer.from('two'));
  writeFileSync(place, 'one');
  expect(Buffer.from((await registerAt(place).read()) as Uint8Array).toString()).toBe('two');
  expect(await registerAt(place).swap(Buffer.from('one'), Buffer.from('three'))).toBe(false);
  expect(await registerAt(place).swap(Buffer.from('two'), Buffer.from('three'))).toBe(true);
  expect(readFileSync(place, 'utf8')).toBe('three');
  // going back to a value would make a ring of the history
  await expect(registerAt(place).swap(Buffer.from('three'), Buffer.from('two'))).rejects.toThrow(RangeError);
});

test('a log in a directory is sound, is the same as any other, and leaves nothing half written', async () => {
  const place = newPlace();
  const store = directoryStore(place);
  const memory = memoryStore();
  for (const to of [1, 300, 600]) {
    await appenderOf(store).append(entries(0, to));
    await appenderOf(memory).append(entries(0, to));
  }
  for (const [path, bytes] of memory.files)
    expect(Buffer.from((await store.get(path)) as Uint8Array)).toEqual(Buffer.from(bytes));
  const names = readdirSync(place, { recursive: true, encoding: 'utf8' });
  expect(names.filter((name) => name.split('/').at(-1)?.startsWith('.'))).toEqual([]);
  expect(await verifyLog(store, { log: log.key })).toMatchObject({ ok: true, size: 600 });
  expect(await store.putImmutable('tile/0/000', new Uint8Array(3))).toBe(false);
  expect(await store.putImmutable('tile/0/000', memory.files.get('tile/0/000') as Uint8Array)).toBe(true);
});

test('two appenders over one directory, each with its own memory, get every event in once', async () => {
  const place = newPlace();
  const all = await Promise.all(
    [0, 30, 60].map((from) => appenderOf(directoryStore(place)).append(entries(from, from + 60), 17)),
  );
  expect(new Set(all.flatMap(({ positions }) => positions)).size).toBe(120);
  expect(await verifyLog(directoryStore(place), { log: log.key })).toMatchObject({ ok: true, size: 120 });
});

test('a log that is served is read the same; what is missing is missing, what fails fails, what is endless is cut', async () => {
  const { files } = await (async () => {
    const store = memoryStore();
    await appenderOf(store).append(entries(0, 300));
    return store;
  })();
  const asked: string[] = [];
  const serve = (async (url: string) => {
    asked.push(url);
    const bytes = files.get(url.replace('https://example.org/log/', ''));
    return bytes ? new Response(Buffer.from(bytes)) : new Response('none', { status: 404 });
  }) as typeof fetch;
  expect(await verifyLog(httpSource('https://example.org/log/', serve), { log: log.key })).toMatchObject({ ok: true });
  expect(asked).toContain('https://example.org/log/tile/entries/001.p/44');
  expect(await httpSource('https://example.org/log', serve).get('tile/0/009')).toBeUndefined();
  const down = httpSource('https://example.org', async () => new Response('', { status: 500 }));
  await expect(down.get(checkpointPath)).rejects.toThrow('500');
  const endless = httpSource(
    'https://example.org',
    async () => new Response(new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(1_000_000)) })),
  );
  await expect(endless.get(checkpointPath)).rejects.toThrow('too-large');
});
