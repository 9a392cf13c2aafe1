import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchPath, makeAppender, type Sealed } from './append.ts';
import { idOfEntry } from './entry.ts';
import { madeUpEntry, madeUpKey } from './made-up.ts';
import { memoryIndex, memoryStore } from './memory-store.ts';
import { verifyConsistency } from './merkle.ts';
import { openCheckpoint, parseVkey, type Sign } from './note.ts';
import type { PositionIndex, TileStore } from './store.ts';
import { consistencyProof, readBundle } from './tile-reader.ts';
import { checkpointPath, type Tile, tileOf } from './tiles.ts';
import { verifyLog } from './verify.ts';

const { key, vkey, sign } = madeUpKey('example.org/log');
const entries = (from: number, to: number): Sealed[] =>
  Array.from({ length: to - from }, (_, n) => madeUpEntry(from + n));
const ids = (sealed: readonly Sealed[]): string[] => sealed.map(({ id }) => id);
const nightly = process.env.NIGHTLY !== undefined;

/** The events of a log in their order. */
const eventsIn = async (store: TileStore): Promise<(string | undefined)[]> => {
  const bytes = await store.get(checkpointPath);
  const size = bytes ? openCheckpoint(bytes, key).size : 0;
  const found: (string | undefined)[] = [];
  for (let index = 0; index * 256 < size; index += 1)
    found.push(...(await readBundle(store, tileOf('entries', index, size) as Tile)).map(idOfEntry));
  return found;
};
const expectSound = async (store: TileStore): Promise<void> =>
  expect(await verifyLog(store, { log: key })).toMatchObject({ ok: true, problems: [] });

test('events get in in their order, each once, and the log is sound at every size', async () => {
  const [store, index] = [memoryStore(), memoryIndex()];
  const appender = makeAppender({ store, index, key, sign });
  expect(await appender.append([])).toEqual({ size: 0, positions: [] });
  let size = 0;
  for (const more of [1, 1, 253, 1, 1, 255, 256, 300, 1]) {
    const told = await appender.append(entries(size, size + more));
    expect(told.size).toBe(size + more);
    expect(told.positions).toEqual(Array.from({ length: more }, (_, n) => size + n));
    size += more;
    await expectSound(store);
  }
  expect(await eventsIn(store)).toEqual(ids(entries(0, size)));
});

test('what is given again adds nothing, also in one call, and tells the old positions', async () => {
  const store = memoryStore();
  const appender = makeAppender({ store, index: memoryIndex(), key, sign });
  await appender.append(entries(0, 5));
  const again = [...entries(3, 7), ...entries(2, 4), ...entries(6, 8)];
  expect(await appender.append(again)).toEqual({ size: 8, positions: [3, 4, 5, 6, 2, 3, 6, 7] });
  const before = await store.get(checkpointPath);
  expect(await appender.append(again)).toEqual({ size: 8, positions: [3, 4, 5, 6, 2, 3, 6, 7] });
  expect(await store.get(checkpointPath)).toBe(before);
  expect(await eventsIn(store)).toEqual(ids(entries(0, 8)));
});

test('an index that was lost is read again from the log', async () => {
  const store = memoryStore();
  await makeAppender({ store, index: memoryIndex(), key, sign }).append(entries(0, 600));
  const index = memoryIndex();
  expect(await makeAppender({ store, index, key, sign }).append(entries(590, 610))).toMatchObject({ size: 610 });
  expect(await index.size()).toBe(610);
  expect(await eventsIn(store)).toEqual(ids(entries(0, 610)));
});

test('many events become several batches of bounded size', async () => {
  const store = memoryStore();
  await makeAppender({ store, index: memoryIndex(), key, sign }).append(entries(0, 1_000), 300);
  expect([...store.files.keys()].filter((path) => path.startsWith('batch/'))).toEqual(
    [0, 300, 600, 900].map(batchPath),
  );
  await expectSound(store);
});

// --- killed anywhere ---------------------------------------------------------------------------------------------------

class Killed extends Error {}

/** Store, index and signer that die at their `at`th call, before it or right after it was done. */
const mortal = (parts: { store: TileStore; index: PositionIndex; sign: Sign }, at: number, after: boolean) => {
  let calls = 0;
  const dying =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      calls += 1;
      // whoever is dead does nothing more, whatever was under way beside
      if (calls > at || (calls === at && !after)) throw new Killed();
      const answer = await call(...args);
      if (calls >= at) throw new Killed();
      return answer;
    };
  const { store, index } = parts;
  return {
    store: {
      get: dying(store.get),
      putImmutable: dying(store.putImmutable),
      swapCheckpoint: dying(store.swapCheckpoint),
    },
    index: { size: dying(index.size), positions: dying(index.positions), record: dying(index.record) },
    sign: dying(parts.sign),
  };
};

test.each([
  ['before a call', false],
  ['right after a call, its answer lost', true],
])('killed %s, at each of them, and begun again, nothing is lost, doubled or forked', async (_, after) => {
  let at = 0;
  for (let lived = false; !lived; ) {
    at += 1;
    const [store, index] = [memoryStore(), memoryIndex()];
    await makeAppender({ store, index, key, sign }).append(entries(0, 250));
    const early = await store.get(checkpointPath);
    const dead = makeAppender({ key, ...mortal({ store, index, sign }, at, after) });
    lived = await dead.append(entries(250, 530), 100).then(
      () => true,
      (error) => {
        expect(error).toBeInstanceOf(Killed);
        return false;
      },
    );
    const half = await store.get(checkpointPath);
    // the stream has moved on in between: what comes is not what the dead one had
    const next = makeAppender({ store, index: at % 2 ? index : memoryIndex(), key, sign });
    await next.append(entries(400, 560), 100);
    await next.append(entries(250, 400), 100);
    const found = await eventsIn(store);
    expect(found.toSorted()).toEqual(ids(entries(0, 560)));
    await expectSound(store);
    const now = openCheckpoint((await store.get(checkpointPath)) as Uint8Array, key);
    for (const old of [early, half]) {
      const before = openCheckpoint(old as Uint8Array, key);
      expect(verifyConsistency(before, now, await consistencyProof(store, before.size, now.size))).toBe(true);
    }
  }
  expect(at).toBeGreaterThan(40);
});

// --- several at once ---------------------------------------------------------------------------------------------------

test('of several appenders at once, in any order of their calls, every event gets in once and no history forks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 30 })), { minLength: 2, maxLength: 3 }),
      fc.boolean(),
      fc.integer({ min: 1, max: 20 }),
      async (s, spans, shared, batchSize) => {
        const [base, common] = [memoryStore(), memoryIndex()];
        const signed: Uint8Array[] = [];
        // each call waits for its turn, which the property deals out
        const inTurn =
          <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
          async (...args: A): Promise<R> => {
            await s.schedule(Promise.resolve(), 'call');
            return call(...args);
          };
        const store: TileStore = {
          get: inTurn(base.get),
          putImmutable: inTurn(base.putImmutable),
          swapCheckpoint: inTurn(async (previous, next) => {
            signed.push(next);
            return base.swapCheckpoint(previous, next);
          }),
        };
        const done = spans.map(async ([from, count]) => {
          const appender = makeAppender({ store, index: shared ? common : memoryIndex(), key, sign });
          const given = entries(from, from + count);
          const { positions } = await appender.append(given, batchSize);
          return { given, positions };
        });
        await s.waitFor(Promise.all(done));
        const found = await eventsIn(base);
        const all = new Set(spans.flatMap(([from, count]) => ids(entries(from, from + count))));
        expect(found.toSorted()).toEqual([...all].sort());
        for (const { given, positions } of await Promise.all(done))
          expect(positions.map((at) => found[at])).toEqual(ids(given));
        expect(await verifyLog(base, { log: key, known: signed })).toMatchObject({ ok: true });
      },
    ),
    { numRuns: nightly ? 1_000 : 60 },
  );
});

// --- what it refuses ---------------------------------------------------------------------------------------------------

test('an entry that is not its event’s is refused before anything is written', async () => {
  const store = memoryStore();
  const appender = makeAppender({ store, index: memoryIndex(), key, sign });
  const [one, two] = entries(0, 2) as [Sealed, Sealed];
  for (const bytes of [two.bytes, new Uint8Array(0), new Uint8Array(70_000)])
    await expect(appender.append([one, { id: one.id, bytes }])).rejects.toThrow('entry-not-canonical');
  expect(store.files.size).toBe(0);
});

test('a log that was rolled back under its index is not continued', async () => {
  const [store, index] = [memoryStore(), memoryIndex()];
  const appender = makeAppender({ store, index, key, sign });
  await appender.append(entries(0, 10));
  const old = store.files.get(checkpointPath) as Uint8Array;
  await appender.append(entries(10, 20));
  store.files.set(checkpointPath, old);
  const size = store.files.size;
  await expect(appender.append(entries(20, 30))).rejects.toThrow('index-ahead');
  expect(store.files.size).toBe(size);
});

test('a log of another key, a spoilt edge and tiles of another history are not continued', async () => {
  const honest = async () => {
    const store = memoryStore();
    await makeAppender({ store, index: memoryIndex(), key, sign }).append(entries(0, 10));
    return store;
  };
  const go = (store: TileStore, by = { key, sign }) =>
    makeAppender({ store, index: memoryIndex(), ...by }).append(entries(10, 20));
  await expect(go(await honest(), madeUpKey('example.org/other'))).rejects.toThrow('checkpoint-origin');

  const spoilt = await honest();
  (spoilt.files.get('tile/0/000.p/10') as Uint8Array)[3] = 0;
  await expect(go(spoilt)).rejects.toThrow('root-differs');

  const changed = await honest();
  const bundle = changed.files.get('tile/entries/000.p/10') as Uint8Array;
  changed.files.set('tile/entries/000.p/10', bundle.slice(0, -1));
  await expect(go(changed)).rejects.toThrow('bundle-malformed');

  const other = await honest();
  other.files.set('tile/0/000.p/20', new Uint8Array(20 * 32));
  await expect(go(other)).rejects.toThrow('already-written');
  expect(await eventsIn(other)).toEqual(ids(entries(0, 10)));

  const stuck = await honest();
  await expect(go({ ...stuck, swapCheckpoint: async () => false })).rejects.toThrow('not-moving');
});

test('a signer that fails leaves a log that the next call finishes', async () => {
  const [store, index] = [memoryStore(), memoryIndex()];
  const refusing = makeAppender({
    store,
    index,
    key: parseVkey(vkey, 'log'),
    sign: () => Promise.reject(new Error('KMS')),
  });
  await expect(refusing.append(entries(0, 3))).rejects.toThrow('KMS');
  await expect(
    makeAppender({ store, index, key, sign: madeUpKey('other').sign }).append(entries(0, 3)),
  ).rejects.toThrow('signer-failed');
  expect(await store.get(checkpointPath)).toBeUndefined();
  expect(await makeAppender({ store, index, key, sign }).append([])).toEqual({ size: 3, positions: [] });
  expect(await eventsIn(store)).toEqual(ids(entries(0, 3)));
});
