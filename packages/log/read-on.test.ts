import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeAppender } from './append.ts';
import { madeUpEntry, madeUpKey } from './made-up.ts';
import { memoryIndex, memoryStore } from './memory-store.ts';
import type { TreeHead } from './merkle.ts';
import { openCheckpoint } from './note.ts';
import { emptyHead, entriesOf, readOn } from './read-on.ts';
import { LogRefusal } from './refusal.ts';
import type { TileStore } from './store.ts';
import { checkpointPath } from './tiles.ts';

const { key, sign } = madeUpKey('example.org/log');
const logOf = async (sizes: readonly number[]) => {
  const store = memoryStore();
  const appender = makeAppender({ store, index: memoryIndex(), key, sign });
  const heads: TreeHead[] = [];
  for (let [n, size] = [0, 0]; n < sizes.length; n += 1) {
    const more = sizes[n] as number;
    await appender.append(Array.from({ length: more }, (_, i) => madeUpEntry(size + i)));
    size += more;
    heads.push(openCheckpoint((await store.get(checkpointPath)) as Uint8Array, key));
  }
  return { store, heads, head: heads.at(-1) as TreeHead };
};
/** Reads a log in pieces from what is known; every position that was heard. */
const readAll = async (store: TileStore, head: TreeHead, most: number, known = emptyHead) => {
  const heard: number[] = [];
  for (let at = known; ; ) {
    const next = await readOn(store, { known: at, head, most }, (_, position) => heard.push(position));
    if (next.size === head.size) return heard;
    at = next;
  }
};
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'read',
    (error: unknown) => (error instanceof LogRefusal ? error.code : error),
  );

test('a log read in pieces of any size, from any head that somebody kept, is heard once and ends in its root', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 600 }),
      async (sizes, most) => {
        const { store, heads, head } = await logOf(sizes);
        for (const known of [emptyHead, ...heads])
          expect(await readAll(store, head, most, known)).toEqual(
            Array.from({ length: head.size - known.size }, (_, n) => known.size + n),
          );
      },
    ),
    { numRuns: 12 },
  );
});

test('a head before what is known, another history, and an end that was not signed are refused', async () => {
  const { store, heads, head } = await logOf([300, 70]);
  const [older] = heads as [TreeHead, ...TreeHead[]];
  const wrong = new Uint8Array(32);
  const read = (known: TreeHead, to: TreeHead) => codeOf(readOn(store, { known, head: to, most: 1_000 }, () => {}));
  expect(await read(head, older)).toBe('rolled-back');
  expect(await read({ size: older.size, root: wrong }, head)).toBe('forked');
  expect(await read(head, { size: head.size, root: wrong })).toBe('forked');
  expect(await read(older, { size: head.size, root: wrong })).toBe('root-differs');
});

test('single entries come in the order of their places, each with its own bytes', async () => {
  const { store, head } = await logOf([520]);
  const found: number[] = [];
  for await (const { position, bytes } of entriesOf(store, head.size, [519, 3, 256, 255])) {
    expect(bytes).toEqual(madeUpEntry(position).bytes);
    found.push(position);
  }
  expect(found).toEqual([3, 255, 256, 519]);
});
