/** Proofs that somebody can take along: one entry with its way up to a signed checkpoint, as JSON of under 2 kB. */
import type { Event } from '@darmon/domain/event';
import { decodeEntry, type Entry, encodeEntry, reveals } from './entry.ts';
import { verifyConsistency, verifyInclusion } from './merkle.ts';
import { type Checkpoint, cosignedAt, type NoteKey, openCheckpoint } from './note.ts';
import { LogRefusal } from './refusal.ts';
import { base64, bytesOfBase64, hashBytes, leafHash } from './sha256.ts';
import type { TileSource } from './store.ts';
import { consistencyProof, inclusionProof, inOrder, readBundle } from './tile-reader.ts';
import { checkpointPath, type Tile, tileOf, tileWidth } from './tiles.ts';

export interface EntryProof {
  readonly v: 1;
  readonly index: number;
  readonly entry: Entry;
  /** The inclusion proof of RFC 9162, each hash as base64, from the leaf up. */
  readonly proof: readonly string[];
  /** The signed checkpoint, as it is served. */
  readonly checkpoint: string;
}

/** The log's present checkpoint. @throws {LogRefusal} `checkpoint-missing`; what `openCheckpoint` throws */
export const readCheckpoint = async (source: TileSource): Promise<Uint8Array> => {
  const bytes = await source.get(checkpointPath);
  if (!bytes) throw new LogRefusal('checkpoint-missing');
  return bytes;
};

/**
 * Proves one entry under a checkpoint, and checks the proof before anybody is given it.
 * @param index its position
 * @param checkpoint signed by the log, of any size that it had
 * @throws {LogRefusal} `checkpoint-*`, `no-such-entry`, `bundle-*`, `tile-*`, `entry-not-canonical`, `proof-invalid` where
 * the log's files do not belong to its checkpoint
 */
export const proveEntry = async (
  source: TileSource,
  { log, index, checkpoint }: { readonly log: NoteKey; readonly index: number; readonly checkpoint: Uint8Array },
): Promise<EntryProof> => {
  const { size, root } = openCheckpoint(checkpoint, log);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size)
    throw new LogRefusal('no-such-entry', `the checkpoint has ${size} entries`);
  const [bundle, proof] = await Promise.all([
    readBundle(source, tileOf('entries', Math.floor(index / tileWidth), size) as Tile),
    inclusionProof(source, index, size),
  ]);
  const bytes = bundle[index % tileWidth] as Uint8Array;
  const entry = decodeEntry(bytes);
  if (!entry) throw new LogRefusal('entry-not-canonical', `entry ${index}`);
  if (!verifyInclusion({ index, size, leaf: leafHash(bytes), root }, proof)) throw new LogRefusal('proof-invalid');
  return { v: 1, index, entry, proof: proof.map(base64), checkpoint: Buffer.from(checkpoint).toString('utf8') };
};

/**
 * The position of an event's entry, read from the first on; undefined where the log has none among its first `size`.
 * @throws {LogRefusal} `bundle-*`
 */
export const findEvent = async (source: TileSource, event: string, size: number): Promise<number | undefined> => {
  const wanted = Buffer.from(`"event":"${event}"`);
  const reads = function* () {
    for (let first = 0; first < size; first += tileWidth)
      yield async () => ({
        first,
        entries: await readBundle(source, tileOf('entries', first / tileWidth, size) as Tile),
      });
  };
  for await (const { first, entries } of inOrder(reads())) {
    const at = entries.findIndex((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(wanted));
    if (at >= 0 && decodeEntry(entries[at] as Uint8Array)?.event === event) return first + at;
  }
  return undefined;
};

const isProof = (value: unknown): value is EntryProof => {
  if (typeof value !== 'object' || value === null) return false;
  const { v, index, entry, proof, checkpoint } = value as Record<keyof EntryProof, unknown>;
  const shaped = v === 1 && Number.isSafeInteger(index) && typeof entry === 'object' && entry !== null;
  return shaped && Array.isArray(proof) && proof.length <= 64 && typeof checkpoint === 'string';
};

const hashesOfText = (texts: readonly unknown[]): Uint8Array[] =>
  texts.map((text) => {
    const hash = typeof text === 'string' ? bytesOfBase64(text) : undefined;
    if (hash?.length !== hashBytes) throw new LogRefusal('proof-malformed');
    return hash;
  });

/** The one spelling of what claims to be an entry; undefined where it has none or nests without end. */
const bytesOfClaim = (entry: Entry): Uint8Array | undefined => {
  try {
    return encodeEntry(entry);
  } catch {
    return undefined;
  }
};

export interface Proven {
  readonly index: number;
  readonly entry: Entry;
  readonly checkpoint: Checkpoint;
}

/**
 * What a proof proves, from keys alone.
 * @param value the proof, parsed from JSON and not believed
 * @param witnesses each must have cosigned the proof's checkpoint
 * @throws {LogRefusal} `proof-malformed`, `checkpoint-*`, `not-cosigned`, `cosignature-*`, `proof-invalid`
 */
export const checkProof = (value: unknown, log: NoteKey, witnesses: readonly NoteKey[] = []): Proven => {
  if (!isProof(value)) throw new LogRefusal('proof-malformed');
  const checkpoint = openCheckpoint(new TextEncoder().encode(value.checkpoint), log);
  for (const witness of witnesses)
    if (cosignedAt(checkpoint, witness) === undefined) throw new LogRefusal('not-cosigned', witness.name);
  const bytes = bytesOfClaim(value.entry);
  const entry = bytes && decodeEntry(bytes);
  if (!entry) throw new LogRefusal('proof-malformed', 'no entry');
  const { size, root } = checkpoint;
  if (!verifyInclusion({ index: value.index, size, leaf: leafHash(bytes), root }, hashesOfText(value.proof)))
    throw new LogRefusal('proof-invalid');
  return { index: value.index, entry, checkpoint };
};

/**
 * Holds an event that somebody reveals against its entry.
 * @throws {LogRefusal} `reveal-differs`
 */
export const checkReveal = (entry: Entry, event: Event, salt: Uint8Array): void => {
  let same = false;
  try {
    same = reveals(entry, event, salt);
  } catch {
    // an event that could not even be sealed is another one
  }
  if (!same) throw new LogRefusal('reveal-differs');
};

/**
 * Proves from the log's tiles that one checkpoint continues another.
 * @returns the proof, each hash as base64
 * @throws {LogRefusal} `checkpoint-*`, `rolled-back` where the newer is the smaller, `forked` where two of one size differ,
 * `inconsistent` where no proof holds, `tile-*`
 */
export const proveConsistency = async (
  source: TileSource,
  { log, older, newer }: { readonly log: NoteKey; readonly older: Uint8Array; readonly newer: Uint8Array },
): Promise<{ readonly from: Checkpoint; readonly to: Checkpoint; readonly proof: readonly string[] }> => {
  const [from, to] = [openCheckpoint(older, log), openCheckpoint(newer, log)];
  if (from.size > to.size) throw new LogRefusal('rolled-back', `from ${from.size} entries to ${to.size}`);
  const proof = await consistencyProof(source, from.size, to.size);
  if (!verifyConsistency(from, to, proof))
    throw new LogRefusal(
      from.size === to.size ? 'forked' : 'inconsistent',
      `${to.size} entries do not begin with those ${from.size}`,
    );
  return { from, to, proof: proof.map(base64) };
};
