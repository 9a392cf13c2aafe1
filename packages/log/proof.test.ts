import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeAppender, type Sealed } from './append.ts';
import { madeUpEntry, madeUpEvent, madeUpKey, madeUpSalt } from './made-up.ts';
import { memoryIndex, memoryStore } from './memory-store.ts';
import { cosign, openCheckpoint, withLine } from './note.ts';
import {
  checkProof,
  checkReveal,
  type EntryProof,
  findEvent,
  proveConsistency,
  proveEntry,
  readCheckpoint,
} from './proof.ts';

const log = madeUpKey('example.org/log');
const witness = madeUpKey('witness.example.org/one', 'witness');
const entries = (from: number, to: number): Sealed[] =>
  Array.from({ length: to - from }, (_, n) => madeUpEntry(from + n));

const store = memoryStore();
const appender = makeAppender({ store, index: memoryIndex(), key: log.key, sign: log.sign });
const sizes = [1, 2, 255, 256, 257, 700, 1_500] as const;
const checkpoints = new Map<number, Uint8Array>();
for (const [at, to] of sizes.entries()) {
  await appender.append(entries(sizes[at - 1] ?? 0, to));
  checkpoints.set(to, await readCheckpoint(store));
}
const checkpointOf = (size: number): Uint8Array => checkpoints.get(size) as Uint8Array;
const prove = (index: number, size = 1_500) =>
  proveEntry(store, { log: log.key, index, checkpoint: checkpointOf(size) });
/** As it comes out of a file. */
const filed = (proof: EntryProof): EntryProof => JSON.parse(JSON.stringify(proof));

test('every entry is proven under every checkpoint that has it, in under 2 kB, and the proof needs no log', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...sizes), fc.nat(), async (size, n) => {
      const index = n % size;
      const proof = await prove(index, size);
      expect(JSON.stringify(proof).length).toBeLessThanOrEqual(2_000);
      const proven = checkProof(filed(proof), log.key);
      expect(proven).toMatchObject({ index, entry: { event: madeUpEvent(index).id }, checkpoint: { size } });
    }),
    { numRuns: 200 },
  );
});

test('a proof of anything else than what it says is refused', async () => {
  const proof = await prove(300);
  const other = await prove(301);
  const code = (value: unknown): string => {
    try {
      checkProof(value, log.key);
      return 'proven';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(code(filed(proof))).toBe('proven');
  expect(code({ ...proof, index: 301 })).toBe('proof-invalid');
  expect(code({ ...proof, entry: other.entry })).toBe('proof-invalid');
  expect(code({ ...proof, entry: { ...proof.entry, site: 'PH-9999' } })).toBe('proof-invalid');
  expect(code({ ...proof, entry: { ...proof.entry, more: 1 } })).toBe('proof-malformed');
  expect(code({ ...proof, proof: other.proof })).toBe('proof-invalid');
  expect(code({ ...proof, proof: proof.proof.slice(1) })).toBe('proof-invalid');
  expect(code({ ...proof, proof: [...proof.proof, 'AAAA'] })).toBe('proof-malformed');
  expect(code({ ...proof, proof: [1] })).toBe('proof-malformed');
  expect(code({ ...proof, checkpoint: Buffer.from(checkpointOf(700)).toString() })).toBe('proof-invalid');
  expect(code({ ...proof, checkpoint: proof.checkpoint.replace('1500', '1501') })).toBe('checkpoint-signature');
  expect(code({ ...proof, v: 2 })).toBe('proof-malformed');
  let deep: unknown = 1;
  for (let n = 0; n < 100_000; n += 1) deep = [deep];
  for (const value of [
    null,
    1,
    'x',
    [],
    {},
    { ...proof, index: -1 },
    { ...proof, entry: deep },
    { ...proof, entry: null },
  ])
    expect(code(value)).not.toBe('proven');
});

test('a proof counts for a witness only if the witness cosigned its checkpoint', async () => {
  const proof = await prove(5, 700);
  expect(() => checkProof(filed(proof), log.key, [witness.key])).toThrow('not-cosigned');
  const line = await cosign(openCheckpoint(checkpointOf(700), log.key), { ...witness, seconds: 1 });
  const cosigned = await proveEntry(store, { log: log.key, index: 5, checkpoint: withLine(checkpointOf(700), line) });
  expect(checkProof(filed(cosigned), log.key, [witness.key])).toMatchObject({ index: 5 });
});

test('an event that is revealed with its salt is the one that was recorded, or is refused', async () => {
  const { entry } = await prove(42);
  const event = madeUpEvent(42);
  expect(() => checkReveal(entry, event, madeUpSalt(event, 42))).not.toThrow();
  expect(() => checkReveal(entry, event, madeUpSalt(event, 43))).toThrow('reveal-differs');
  expect(() => checkReveal(entry, event, new Uint8Array(3))).toThrow('reveal-differs');
  const changed = { ...event, changes: { ...event.changes, quantity: 1 } };
  expect(() => checkReveal(entry, changed, madeUpSalt(event, 42))).toThrow('reveal-differs');
});

test('an entry is found by its event, among those of the checkpoint', async () => {
  expect(await findEvent(store, madeUpEvent(1_499).id, 1_500)).toBe(1_499);
  expect(await findEvent(store, madeUpEvent(299).id, 300)).toBe(299);
  expect(await findEvent(store, madeUpEvent(1_600).id, 1_500)).toBeUndefined();
});

test('what is not there cannot be proven, and spoilt files prove nothing', async () => {
  for (const index of [1_500, -1, 0.5, Number.NaN]) await expect(prove(index)).rejects.toThrow('no-such-entry');
  await expect(prove(1, 1)).rejects.toThrow('no-such-entry');
  const spoilt = memoryStore(new Map(store.files));
  const at = (index: number) => proveEntry(spoilt, { log: log.key, index, checkpoint: checkpointOf(1_500) });
  spoilt.files.set('tile/0/001', (store.files.get('tile/0/001') as Uint8Array).with(40, 0).with(41, 0));
  await expect(at(300)).rejects.toThrow('proof-invalid');
  spoilt.files.delete('tile/0/001');
  await expect(at(300)).rejects.toThrow('tile-missing');
  spoilt.files.delete('tile/entries/001');
  await expect(at(300)).rejects.toThrow(/missing/);
});

test('each checkpoint is proven to continue each older one, and no other', async () => {
  for (const [n, to] of sizes.entries())
    for (const from of sizes.slice(0, n + 1)) {
      const told = await proveConsistency(store, { log: log.key, older: checkpointOf(from), newer: checkpointOf(to) });
      expect(told).toMatchObject({ from: { size: from }, to: { size: to } });
    }
  const reversed = { log: log.key, older: checkpointOf(700), newer: checkpointOf(257) };
  await expect(proveConsistency(store, reversed)).rejects.toThrow('rolled-back');
  const other = memoryStore();
  await makeAppender({ store: other, index: memoryIndex(), key: log.key, sign: log.sign }).append(entries(1, 258));
  const fork = await readCheckpoint(other);
  await expect(proveConsistency(store, { log: log.key, older: fork, newer: checkpointOf(257) })).rejects.toThrow(
    'forked',
  );
  await expect(proveConsistency(store, { log: log.key, older: fork, newer: checkpointOf(700) })).rejects.toThrow(
    'inconsistent',
  );
});
