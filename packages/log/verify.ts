/**
 * A stranger's check of a whole log from its files and keys alone: every entry hashed again, every tile compared, the
 * root reckoned and held against what the log and its witnesses signed and against what somebody remembers. One pass;
 * memory does not grow with the log.
 */
import { decodeEntry, idOfEntry } from './entry.ts';
import { type EventList, eventList, type ListedEvent } from './event-list.ts';
import { type Checkpoint, cosignedAt, type NoteKey, openCheckpoint } from './note.ts';
import { type LogCode, LogRefusal } from './refusal.ts';
import { base64, leafHash, sameBytes } from './sha256.ts';
import type { TileSource } from './store.ts';
import { inOrder, readBundle, readTile } from './tile-reader.ts';
import { checkpointPath, hashAt, type Tile, tileOf, tilePath, tileWidth } from './tiles.ts';
import { growTree } from './tree.ts';

export interface Problem {
  readonly code: LogCode;
  /** Position of the entry that it is about. */
  readonly entry?: number;
  /** Id of the event that it is about. */
  readonly event?: string;
  /** What else there is to say, for people. */
  readonly detail?: string;
}

export interface Verdict {
  readonly ok: boolean;
  /** Of the checkpoint; 0 where none could be opened. */
  readonly size: number;
  /** Of the checkpoint, base64; null where none could be opened. */
  readonly root: string | null;
  /** At most `mostProblems`, in the order in which they were found. */
  readonly problems: readonly Problem[];
}

interface Question {
  readonly log: NoteKey;
  /** Each must have cosigned the checkpoint, or one of those that are known. */
  readonly witnesses?: readonly NoteKey[];
  /** Checkpoints that somebody kept: the log must be a continuation of each. */
  readonly known?: readonly Uint8Array[];
  /** The table's events, to be compared with the log's both ways; they are read twice. */
  readonly events?: () => AsyncIterable<ListedEvent>;
}

/** More are not told, since a log that was tampered with once can fill the screen. */
export const mostProblems = 100;

const refused = (error: unknown): LogRefusal => {
  if (error instanceof LogRefusal) return error;
  throw error;
};

/** What `read` answers, or what it refuses with. */
const outcome = async <T>(read: Promise<T>): Promise<T | LogRefusal> => read.catch(refused);

const because = ({ code, message }: LogRefusal): { code: LogCode; detail?: string } => ({
  code,
  ...(message !== code && { detail: message.slice(code.length + 2) }),
});

/** Which checkpoints to hold the log against: those that could be read, and what is wrong with the others. */
const openKnown = (known: readonly Uint8Array[], log: NoteKey, say: (problem: Problem) => void): Checkpoint[] =>
  known.flatMap((bytes) => {
    try {
      return [openCheckpoint(bytes, log)];
    } catch (error) {
      say({ code: 'known-malformed', detail: refused(error).message });
      return [];
    }
  });

const sayCosigned = (
  witnesses: readonly NoteKey[],
  checkpoints: readonly Checkpoint[],
  say: (problem: Problem) => void,
): void => {
  for (const witness of witnesses) {
    try {
      if (!checkpoints.some((one) => cosignedAt(one, witness) !== undefined))
        say({ code: 'not-cosigned', detail: witness.name });
    } catch (error) {
      say({ ...because(refused(error)), detail: witness.name });
    }
  }
};

/**
 * Everything that speaks against a log; `ok` where nothing does.
 * @throws whatever the source throws that is no LogRefusal: a log that cannot be reached was not verified
 */
export const verifyLog = async (source: TileSource, question: Question): Promise<Verdict> => {
  const { log, witnesses = [], known = [], events } = question;
  const problems: Problem[] = [];
  let count = 0;
  const say = (problem: Problem): void => {
    count += 1;
    if (count <= mostProblems) problems.push(problem);
  };
  const verdict = (checkpoint?: Checkpoint): Verdict => ({
    ok: count === 0,
    size: checkpoint?.size ?? 0,
    root: checkpoint ? base64(checkpoint.root) : null,
    problems,
  });

  const bytes = await source.get(checkpointPath);
  if (!bytes) say({ code: 'checkpoint-missing' });
  let checkpoint: Checkpoint | undefined;
  try {
    checkpoint = bytes && openCheckpoint(bytes, log);
  } catch (error) {
    say(because(refused(error)));
  }
  if (!checkpoint) return verdict();

  const remembered = openKnown(known, log, say);
  sayCosigned(witnesses, [checkpoint, ...remembered], say);
  for (const { size } of remembered)
    if (size > checkpoint.size)
      say({ code: 'rolled-back', detail: `a checkpoint of ${size} entries is known, the log has ${checkpoint.size}` });

  const list = events && (await listOf(events(), say));
  const root = await readThrough(source, checkpoint, { say, remembered, events: list });
  if (!root || !sameBytes(root, checkpoint.root)) say({ code: 'root-differs' });
  // a log that could not be read to its end says nothing about what is missing from it
  if (events && list && root)
    for await (const { id } of events()) if (!list.isTicked(id)) say({ code: 'event-not-in-log', event: id });
  return verdict(checkpoint);
};

const listOf = async (events: AsyncIterable<ListedEvent>, say: (problem: Problem) => void): Promise<EventList> => {
  const list = eventList();
  for await (const event of events)
    if (!list.add(event)) say({ code: 'event-twice', event: event.id, detail: 'the table lists it twice' });
  return list;
};

interface Reading {
  readonly say: (problem: Problem) => void;
  readonly remembered: readonly Checkpoint[];
  readonly events: EventList | undefined;
}

/** One pass over all entries; the root that they make, or undefined where some are not to be had. */
const readThrough = async (
  source: TileSource,
  { size }: Checkpoint,
  { say, remembered, events }: Reading,
): Promise<Uint8Array | undefined> => {
  const full: { tile: Tile; bytes: Uint8Array }[] = [];
  const tree = growTree((tile, bytes) => full.push({ tile, bytes }));
  const heads = remembered.filter((one) => one.size <= size).toSorted((a, b) => a.size - b.size);
  let nextHead = 0;
  const holdAgainstKnown = (): void => {
    for (; heads[nextHead]?.size === tree.size(); nextHead += 1)
      if (!sameBytes((heads[nextHead] as Checkpoint).root, tree.root()))
        say({ code: 'forked', detail: `the first ${tree.size()} entries are not those of a known checkpoint` });
  };

  holdAgainstKnown();
  const bundles = Math.ceil(size / tileWidth);
  const reads = function* () {
    for (let index = 0; index < bundles; index += 1) {
      const [entries, leaves] = [tileOf('entries', index, size) as Tile, tileOf(0, index, size) as Tile];
      yield () =>
        Promise.all([outcome(readBundle(source, entries)), outcome(readTile(source, leaves)), Promise.resolve(index)]);
    }
  };
  for await (const [entries, leaves, index] of inOrder(reads())) {
    const first = index * tileWidth;
    if (leaves instanceof LogRefusal) say(because(leaves));
    if (entries instanceof LogRefusal) {
      say(because(entries));
      return undefined;
    }
    for (const [n, entry] of entries.entries()) {
      const leaf = leafHash(entry);
      if (!(leaves instanceof LogRefusal) && !sameBytes(leaf, hashAt(leaves, n)))
        say({ code: 'leaf-differs', entry: first + n });
      sayEntry(entry, first + n, say, events);
      tree.add(leaf);
      holdAgainstKnown();
    }
    // level 0 was compared leaf by leaf
    for (const { tile, bytes } of full.splice(0)) if (tile.level !== 0) await sayTile(source, tile, bytes, say);
  }
  for (const { tile, bytes } of tree.partials()) if (tile.level !== 0) await sayTile(source, tile, bytes, say);
  return tree.root();
};

const sayTile = async (
  source: TileSource,
  tile: Tile,
  bytes: Uint8Array,
  say: (problem: Problem) => void,
): Promise<void> => {
  const there = await outcome(readTile(source, tile));
  if (there instanceof LogRefusal) say(because(there));
  else if (!sameBytes(there, bytes)) say({ code: 'tile-differs', detail: tilePath(tile) });
};

const untrue = { unknown: 'event-not-in-table', again: 'event-twice', differs: 'event-differs' } as const;

const sayEntry = (
  bytes: Uint8Array,
  at: number,
  say: (problem: Problem) => void,
  events: EventList | undefined,
): void => {
  if (!events) {
    if (idOfEntry(bytes) === undefined) say({ code: 'entry-not-canonical', entry: at });
    return;
  }
  const entry = decodeEntry(bytes);
  if (!entry) {
    say({ code: 'entry-not-canonical', entry: at });
    return;
  }
  const ticked = events.tick({ id: entry.event, digest: entry.digest });
  if (ticked !== 'found') say({ code: untrue[ticked], entry: at, event: entry.event });
};
