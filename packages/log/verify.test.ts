import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { makeAppender, type Sealed } from './append.ts';
import { decodeEntry } from './entry.ts';
import type { ListedEvent } from './event-list.ts';
import { madeUpEntry, madeUpKey } from './made-up.ts';
import { memoryIndex, memoryStore } from './memory-store.ts';
import { cosign, openCheckpoint, withLine } from './note.ts';
import { hashBytes } from './sha256.ts';
import { checkpointPath, decodeBundle, encodeBundle } from './tiles.ts';
import { mostProblems, type Verdict, verifyLog } from './verify.ts';

const log = madeUpKey('example.org/log');
const witness = madeUpKey('witness.example.org/one', 'witness');
const runs = process.env.NIGHTLY ? 1_000 : 25;
if (process.env.NIGHTLY) vi.setConfig({ testTimeout: 1_800_000 });

type Files = Map<string, Uint8Array>;

/** The files of a log of these entries, without the batches: what a server shows. */
const logOf = async (entries: readonly Sealed[], by = log): Promise<Files> => {
  const store = memoryStore();
  await makeAppender({ store, index: memoryIndex(), key: by.key, sign: by.sign }).append(entries);
  for (const path of store.files.keys()) if (path.startsWith('batch/')) store.files.delete(path);
  return store.files;
};
/** Every size from one to some hundred, those around a full tile more often. */
const size = fc.oneof(
  fc.integer({ min: 2, max: 40 }),
  fc.constantFrom(255, 256, 257, 511, 512, 513),
  fc.integer({ min: 2, max: 700 }),
);
const entriesOf = (count: number, from = 0): Sealed[] => Array.from({ length: count }, (_, n) => madeUpEntry(from + n));

const listed = ({ bytes }: Sealed): ListedEvent => {
  const entry = decodeEntry(bytes);
  if (!entry) throw new Error('no entry');
  return { id: entry.event, digest: entry.digest };
};
async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
const checkpointOf = (files: Files): Uint8Array => files.get(checkpointPath) as Uint8Array;
const witnessed = async (bytes: Uint8Array): Promise<Uint8Array> =>
  withLine(bytes, await cosign(openCheckpoint(bytes, log.key), { ...witness, seconds: 1_795_248_000 }));

type More = Partial<Parameters<typeof verifyLog>[1]>;
const verify = (files: Files, more: More = {}): Promise<Verdict> =>
  verifyLog(memoryStore(files), { log: log.key, ...more });
const codes = (verdict: Verdict): string[] => verdict.problems.map(({ code }) => code);

// --- no false alarm ----------------------------------------------------------------------------------------------------

test('an honest log raises no alarm, whatever its size, its batches, what is known of it and what the table has', async () => {
  await fc.assert(
    fc.asyncProperty(size, fc.nat(), fc.integer({ min: 1, max: 300 }), async (count, cut, batch) => {
      const entries = entriesOf(count);
      const store = memoryStore();
      const appender = makeAppender({ store, index: memoryIndex(), key: log.key, sign: log.sign });
      await appender.append(entries.slice(0, 1 + (cut % count)), batch);
      const early = await witnessed(checkpointOf(store.files));
      await appender.append(entries, batch);
      const verdict = await verify(store.files, {
        witnesses: [witness.key],
        known: [early, checkpointOf(store.files)],
        events: () => each(entries.toReversed().map(listed)),
      });
      expect(verdict).toEqual({ ok: true, size: count, root: expect.stringMatching(/^.{43}=$/), problems: [] });
    }),
    { numRuns: runs },
  );
});

test('a bundle and a tile that were partial may be gone once the full ones stand', async () => {
  const store = memoryStore();
  const appender = makeAppender({ store, index: memoryIndex(), key: log.key, sign: log.sign });
  await appender.append(entriesOf(100));
  const early = checkpointOf(store.files);
  const old = new Map(store.files);
  await appender.append(entriesOf(300));
  for (const path of store.files.keys()) if (path.endsWith('.p/100')) store.files.delete(path);
  expect(await verify(store.files, { known: [early] })).toMatchObject({ ok: true, size: 300 });
  // whoever holds the older checkpoint reads the first hundred out of the full ones
  const now = new Map([...store.files, [checkpointPath, old.get(checkpointPath) as Uint8Array]]);
  expect(await verify(now)).toMatchObject({ ok: true, size: 100 });
});

// --- every kind of tampering -------------------------------------------------------------------------------------------

interface Case {
  readonly entries: Sealed[];
  readonly files: Files;
  /** A number for each choice that the kind has to make. */
  readonly pick: (below: number) => number;
}
/** What stands there after it, what the verifier is told besides, and what it must say. */
interface Tampered {
  readonly files: Files;
  readonly more?: More;
  readonly says: readonly string[];
}

const without = <T>(items: readonly T[], at: number): T[] => items.toSpliced(at, 1);
const inserted = ({ entries, pick }: Case): Sealed[] =>
  entries.toSpliced(pick(entries.length), 0, madeUpEntry(100_000 + pick(1_000)));
const reordered = ({ entries, pick }: Case): Sealed[] => {
  const [a, step] = [pick(entries.length), 1 + pick(entries.length - 1)];
  const b = (a + step) % entries.length;
  return entries.with(a, entries[b] as Sealed).with(b, entries[a] as Sealed);
};
/** An entry that says something else and is spelt as an entry must be. */
const changedEntry = ({ entries, pick }: Case): Sealed[] => {
  const at = pick(entries.length);
  const { id, bytes } = entries[at] as Sealed;
  const other = Buffer.from(bytes)
    .toString('latin1')
    .replace(/"site":"PH-1(\d)/, (_, digit: string) => `"site":"PH-1${(Number(digit) + 1 + pick(8)) % 10}`);
  return entries.with(at, { id, bytes: Buffer.from(other, 'latin1') });
};
/** The tiles of other entries under the checkpoint of the true ones: what somebody without the key can make. */
const rebuilt = async (entries: readonly Sealed[], files: Files): Promise<Files> =>
  new Map([...(await logOf(entries)), [checkpointPath, checkpointOf(files)]]);

const pathsOf = (files: Files, what: RegExp): string[] => [...files.keys()].filter((path) => what.test(path));
const onePath = ({ files, pick }: Case, what: RegExp): string => {
  const paths = pathsOf(files, what);
  return paths[pick(paths.length)] as string;
};
const withFile = (files: Files, path: string, bytes: Uint8Array): Files => new Map([...files, [path, bytes]]);
const flipped = (bytes: Uint8Array, at: number, bit: number): Uint8Array =>
  bytes.with(at, (bytes[at] as number) ^ (1 << bit));

const kinds: Record<string, (one: Case) => Promise<Tampered> | Tampered> = {
  'an entry changed in its bundle': (one) => {
    const path = onePath(one, /entries/);
    const bytes = one.files.get(path) as Uint8Array;
    const says = ['bundle-malformed', 'leaf-differs', 'entry-not-canonical'];
    return { files: withFile(one.files, path, flipped(bytes, one.pick(bytes.length), one.pick(8))), says };
  },
  'an entry changed, and every tile with it': async (one) => ({
    files: await rebuilt(changedEntry(one), one.files),
    says: ['root-differs'],
  }),
  'an entry removed from its bundle': (one) => {
    const path = onePath(one, /entries/);
    const inside = decodeBundle(one.files.get(path) as Uint8Array) as Uint8Array[];
    const fewer = encodeBundle(without(inside, one.pick(inside.length)));
    return { files: withFile(one.files, path, fewer), says: ['bundle-malformed'] };
  },
  'an entry removed, every later one moved up, and every tile with it': async (one) => {
    const rest = without(one.entries, one.pick(one.entries.length - 1));
    // another one at the end, so that the log is as long as its checkpoint says
    const again = madeUpEntry(200_000);
    return { files: await rebuilt([...rest, again], one.files), says: ['root-differs'] };
  },
  'an entry inserted, every later one moved down, and every tile with it': async (one) => ({
    files: await rebuilt(inserted(one).slice(0, one.entries.length), one.files),
    says: ['root-differs'],
  }),
  'two entries put in each other’s place, and every tile with it': async (one) => ({
    files: await rebuilt(reordered(one), one.files),
    says: ['root-differs'],
  }),
  'history written anew and signed by the log itself, against a checkpoint that was kept': async (one) => {
    const again = [
      changedEntry,
      inserted,
      reordered,
      ({ entries, pick }: Case) => without(entries, pick(entries.length - 1)),
    ];
    const other = (again[one.pick(again.length)] as typeof inserted)(one);
    const files = await logOf([...other, madeUpEntry(300_000), madeUpEntry(300_001)]);
    const known = [checkpointOf(one.files)];
    return { files, more: { known }, says: ['forked'] };
  },
  'history written anew and signed by the log itself, against a witness': async (one) => {
    const cosigned = withFile(one.files, checkpointPath, await witnessed(checkpointOf(one.files)));
    expect(await verify(cosigned, { witnesses: [witness.key] })).toMatchObject({ ok: true });
    const [, line = ''] = Buffer.from(checkpointOf(cosigned)).toString('utf8').split('\n\n');
    const files = await logOf(changedEntry(one));
    const borrowed = withLine(checkpointOf(files), `${line.split('\n')[1]}\n`);
    return one.pick(2) === 0
      ? { files, more: { witnesses: [witness.key] }, says: ['not-cosigned'] }
      : {
          files: withFile(files, checkpointPath, borrowed),
          more: { witnesses: [witness.key] },
          says: ['cosignature-signature'],
        };
  },
  'the log rolled back to what it was': async (one) => ({
    files: await logOf(one.entries.slice(0, 1 + one.pick(one.entries.length - 1))),
    more: { known: [checkpointOf(one.files)] },
    says: ['rolled-back'],
  }),
  'an event in the table that is not in the log': (one) => {
    const extra = listed(madeUpEntry(100_000 + one.pick(1_000)));
    const events = one.entries.map(listed).toSpliced(one.pick(one.entries.length + 1), 0, extra);
    return { files: one.files, more: { events: () => each(events) }, says: ['event-not-in-log'] };
  },
  'an event in the log that is not in the table': (one) => {
    const events = without(one.entries.map(listed), one.pick(one.entries.length));
    return { files: one.files, more: { events: () => each(events) }, says: ['event-not-in-table'] };
  },
  'an event in the table that was changed': (one) => {
    const at = one.pick(one.entries.length);
    const events = one.entries.map(listed);
    const digest = listed(madeUpEntry(100_000)).digest;
    const changed = events.with(at, { id: (events[at] as ListedEvent).id, digest });
    return { files: one.files, more: { events: () => each(changed) }, says: ['event-differs'] };
  },
  'a tile spoilt, or swapped with another': (one) => {
    const path = onePath(one, /tile\/\d/);
    const tile = one.files.get(path) as Uint8Array;
    const others = pathsOf(one.files, /tile\/\d/).filter((other) => one.files.get(other)?.length === tile.length);
    const other = one.files.get(others[one.pick(others.length)] as string) as Uint8Array;
    const bytes = other === tile ? flipped(tile, one.pick(tile.length), one.pick(8)) : other;
    return { files: withFile(one.files, path, bytes), says: ['leaf-differs', 'tile-differs'] };
  },
  'a signature spoilt': (one) => {
    const text = Buffer.from(checkpointOf(one.files)).toString('utf8');
    const [body = '', line = ''] = text.split('\n\n');
    const [dash, name, signature = ''] = line.trimEnd().split(' ');
    const bytes = Buffer.from(signature, 'base64');
    const bad = Buffer.from(flipped(bytes, 4 + one.pick(64), one.pick(8))).toString('base64');
    const files = withFile(one.files, checkpointPath, Buffer.from(`${body}\n\n${dash} ${name} ${bad}\n`));
    return { files, says: ['checkpoint-signature'] };
  },
  'a checkpoint of somebody else’s key under the same name': async (one) => {
    const other = madeUpKey(`example.org/other-${one.pick(1_000)}`);
    const impostor = { ...other, key: { ...other.key, name: log.key.name } };
    return { files: await logOf(one.entries, impostor), says: ['checkpoint-unsigned'] };
  },
  'another log’s checkpoint and files': async (one) => ({
    files: await logOf(one.entries, madeUpKey(`example.org/other-${one.pick(1_000)}`)),
    says: ['checkpoint-origin'],
  }),
  'a tile or a bundle cut short': (one) => {
    const path = onePath(one, /tile\//);
    const bytes = one.files.get(path) as Uint8Array;
    const cut = path.includes('entries') ? one.pick(bytes.length) : one.pick(bytes.length / hashBytes) * hashBytes;
    const says = ['bundle-malformed', 'tile-malformed'];
    return { files: withFile(one.files, path, bytes.slice(0, cut)), says };
  },
  'a tile or a bundle gone': (one) => {
    const files = new Map(one.files);
    files.delete(onePath(one, /tile\//));
    return { files, says: ['bundle-missing', 'tile-missing'] };
  },
};

test.each(Object.entries(kinds))('it is found: %s', async (_, tamper) => {
  await fc.assert(
    fc.asyncProperty(size, fc.infiniteStream(fc.nat()), async (count, numbers) => {
      const entries = entriesOf(count);
      const files = await logOf(entries);
      const pick = (below: number): number => (numbers.next().value as number) % below;
      const { files: after, more, says } = await tamper({ entries, files, pick });
      const verdict = await verify(after, more);
      expect(verdict.ok).toBe(false);
      expect(
        codes(verdict).some((code) => says.includes(code)),
        `says ${codes(verdict)}`,
      ).toBe(true);
    }),
    { numRuns: runs },
  );
});

// --- what it says ------------------------------------------------------------------------------------------------------

test('what is wrong is told with its place, and no more of it than a person reads', async () => {
  const entries = entriesOf(700);
  const files = await logOf(entries);
  const wrong = await rebuilt(entries.with(300, { ...madeUpEntry(9_999) }), files);
  for (const path of ['tile/0/001', 'tile/1/000.p/2']) wrong.set(path, files.get(path) as Uint8Array);
  expect(await verify(wrong)).toMatchObject({
    ok: false,
    size: 700,
    problems: [
      { code: 'leaf-differs', entry: 300 },
      { code: 'tile-differs', detail: 'tile/1/000.p/2' },
      { code: 'root-differs' },
    ],
  });
  const strange = await verify(files, { events: () => each([]) });
  expect(strange.problems).toHaveLength(mostProblems);
  expect(strange.problems[0]).toEqual({ code: 'event-not-in-table', entry: 0, event: entries[0]?.id });
});

test('an event that is in the log twice, or that the table lists twice, is found', async () => {
  const entries = entriesOf(20);
  const list = entries.map(listed);
  const twice = await logOf([]);
  expect(codes(await verify(twice))).toEqual(['checkpoint-missing']);

  const store = memoryStore();
  // an index that forgets is how an event would come twice
  const index = memoryIndex();
  let asked = 0;
  const positions = async (ids: readonly string[]) => {
    asked += 1;
    return asked <= 2 ? ids.map(() => undefined) : index.positions(ids);
  };
  await makeAppender({ store, index: { ...index, positions }, key: log.key, sign: log.sign }).append(entries);
  expect(codes(await verify(store.files, { events: () => each(list) }))).toContain('event-twice');
  const files = await logOf(entries);
  expect(codes(await verify(files, { events: () => each([...list, ...list.slice(3, 4)]) }))).toEqual(['event-twice']);
});

test('a log that cannot be reached is not called wrong, and not called sound', async () => {
  const files = await logOf(entriesOf(300));
  const store = memoryStore(files);
  const broken = {
    ...store,
    get: (path: string) => (path.includes('001') ? Promise.reject(new Error('503')) : store.get(path)),
  };
  await expect(verifyLog(broken, { log: log.key })).rejects.toThrow('503');
});

test('a known checkpoint that is none is said, and the rest is checked all the same', async () => {
  const files = await logOf(entriesOf(5));
  const verdict = await verify(files, { known: [new Uint8Array(3), checkpointOf(files)] });
  expect(verdict).toMatchObject({ ok: false, size: 5, problems: [{ code: 'known-malformed' }] });
});
