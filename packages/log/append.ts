/**
 * The appender: events in, tiles and a checkpoint out. It may be killed at any line, started again, and started twice.
 *
 * What makes that hold is one object: `batch/<size>`, created once and never changed, says which entries follow a tree of
 * that size. Whoever finds one there finishes it before proposing anything else, so all that comes after it (bundles,
 * tiles, the checkpoint, even its signature) is the same bytes whoever writes them, and nothing half done is ever in the
 * way. A batch is only proposed by one that knows every entry before it, so no event comes twice.
 */
import { idOfEntry } from './entry.ts';
import type { TreeHead } from './merkle.ts';
import { type NoteKey, openCheckpoint, type Sign, signCheckpoint } from './note.ts';
import { LogRefusal } from './refusal.ts';
import { emptyRoot, leafHash, sameBytes } from './sha256.ts';
import type { PositionIndex, TileStore } from './store.ts';
import { readBundle, readTile } from './tile-reader.ts';
import {
  checkpointPath,
  decodeBundle,
  encodeBundle,
  hashesOn,
  type Tile,
  tileOf,
  tilePath,
  tileWidth,
  topLevel,
} from './tiles.ts';
import { type GrowingTree, growTree } from './tree.ts';

/** One event on its way into the log. */
export interface Sealed {
  readonly id: string;
  /** `sealEntry` of the event. */
  readonly bytes: Uint8Array;
}

export interface Appended {
  /** Entries in the log as its checkpoint tells it now. */
  readonly size: number;
  /** Where the entry of each event stands, in the order in which they were given. */
  readonly positions: readonly number[];
}

interface AppenderParts {
  readonly store: TileStore;
  readonly index: PositionIndex;
  /** The log's own key; its name is the origin. */
  readonly key: NoteKey;
  readonly sign: Sign;
}

/** Entries in one batch: some megabytes at once, and one signature for all. */
const largestBatch = 4_096;

export const batchPath = (size: number): string => `batch/${size}`;

/** The events of entries that are in the log, or about to be, from position `at` on. */
const idsOf = (entries: readonly Uint8Array[], at: number): string[] =>
  entries.map((bytes, n) => {
    const id = idOfEntry(bytes);
    if (id === undefined) throw new LogRefusal('entry-not-canonical', `entry ${at + n}`);
    return id;
  });

/** Where the log stands: its checkpoint's bytes, undefined before the first one. */
interface Head extends TreeHead {
  readonly bytes: Uint8Array | undefined;
}

/** A tree with the entries of its last bundle, to go on from. */
interface Edge {
  readonly tree: GrowingTree;
  /** The entries of the bundle that is not full yet. */
  bundle: Uint8Array[];
  /** What is full since the edge was read. */
  readonly full: { readonly tile: Tile; readonly bytes: Uint8Array }[];
}

const loadEdge = async (store: TileStore, head: TreeHead): Promise<Edge> => {
  const { size, root } = head;
  const levels = size === 0 ? 0 : topLevel(size) + 1;
  const tiles = await Promise.all(
    Array.from({ length: levels }, async (_, level) => {
      const tile = tileOf(level, Math.floor(hashesOn(level, size) / tileWidth), size);
      return tile ? readTile(store, tile) : new Uint8Array(0);
    }),
  );
  const open = tileOf('entries', Math.floor(size / tileWidth), size);
  const bundle = open ? await readBundle(store, open) : [];
  const full: Edge['full'] = [];
  const tree = growTree((tile, bytes) => full.push({ tile, bytes }), size, tiles);
  const leaves = Buffer.concat(bundle.map(leafHash));
  if (!sameBytes(tree.root(), root) || !sameBytes(leaves, tiles[0] ?? new Uint8Array(0)))
    throw new LogRefusal('root-differs', 'the tiles at the right edge are not those of the checkpoint');
  return { tree, bundle, full };
};

/** Adds entries to the edge; answers everything that has to be written for the tree as it is then. */
const grow = (edge: Edge, entries: readonly Uint8Array[]): { tile: Tile; bytes: Uint8Array }[] => {
  const written: { tile: Tile; bytes: Uint8Array }[] = [];
  for (const entry of entries) {
    edge.bundle.push(entry);
    edge.tree.add(leafHash(entry));
    if (edge.bundle.length < tileWidth) continue;
    const index = edge.tree.size() / tileWidth - 1;
    written.push({ tile: { level: 'entries', index, width: tileWidth }, bytes: encodeBundle(edge.bundle) });
    edge.bundle = [];
  }
  const open = tileOf('entries', Math.floor(edge.tree.size() / tileWidth), edge.tree.size());
  if (open) written.push({ tile: open, bytes: encodeBundle(edge.bundle) });
  return [...written, ...edge.full.splice(0), ...edge.tree.partials()];
};

/** Steps in which a log may stand still: a witness's line or a quicker appender costs one, a broken store all. */
const mostTries = 10;

/** How many writes are under way at once. */
const writesAtOnce = 8;

const writeAll = async (store: TileStore, files: readonly { tile: Tile; bytes: Uint8Array }[]): Promise<void> => {
  const waiting = files.values();
  await Promise.all(
    Array.from({ length: writesAtOnce }, async () => {
      for (const { tile, bytes } of waiting)
        if (!(await store.putImmutable(tilePath(tile), bytes))) throw new LogRefusal('already-written', tilePath(tile));
    }),
  );
};

/**
 * An appender over a store. Each of its calls stands for itself: what is in the log is read from the log, and what is
 * kept in memory between two calls only saves reading it again.
 */
export const makeAppender = ({ store, index, key, sign }: AppenderParts) => {
  let edge: Edge | undefined;

  const readHead = async (): Promise<Head> => {
    const bytes = await store.get(checkpointPath);
    const { size, root } = bytes ? openCheckpoint(bytes, key) : { size: 0, root: emptyRoot };
    return { bytes, size, root };
  };

  /** The index as of this head: what a killed appender did not record is read from the bundles. */
  const catchUp = async (recorded: number, size: number): Promise<void> => {
    if (recorded > size) throw new LogRefusal('index-ahead', `${recorded} events are recorded, the log has ${size}`);
    for (let at = recorded; at < size; ) {
      const first = Math.floor(at / tileWidth) * tileWidth;
      const entries = await readBundle(store, tileOf('entries', first / tileWidth, size) as Tile);
      await index.record(at, idsOf(entries.slice(at - first), at));
      at = first + entries.length;
    }
  };

  /** Brings the log to the end of the batch that follows this head, unless somebody else was quicker. */
  const finish = async (head: Head, batch: Uint8Array): Promise<void> => {
    const entries = decodeBundle(batch);
    if (!entries || entries.length === 0) throw new LogRefusal('bundle-malformed', batchPath(head.size));
    const ids = idsOf(entries, head.size);
    const kept = edge;
    // whatever fails below leaves nothing in memory that is not in the store
    edge = undefined;
    const from =
      kept && kept.tree.size() === head.size && sameBytes(kept.tree.root(), head.root)
        ? kept
        : await loadEdge(store, head);
    await writeAll(store, grow(from, entries));
    const next = await signCheckpoint(key, sign, { size: from.tree.size(), root: from.tree.root() });
    if (!(await store.swapCheckpoint(head.bytes, next))) return;
    edge = from;
    await index.record(head.size, ids);
  };

  /** One step: finish what was begun, or begin with what is not in yet; the positions once all is in. */
  const step = async (entries: readonly Sealed[], batchSize: number): Promise<Appended | undefined> => {
    // in this order: another appender may move both in between, and only a log that went back is behind its index
    const recorded = await index.size();
    const head = await readHead();
    await catchUp(recorded, head.size);
    const begun = await store.get(batchPath(head.size));
    if (begun) {
      await finish(head, begun);
      return undefined;
    }
    const positions = await index.positions(entries.map(({ id }) => id));
    const fresh = new Map(entries.filter((_, at) => positions[at] === undefined).map(({ id, bytes }) => [id, bytes]));
    if (fresh.size === 0) {
      // the index may be ahead of the checkpoint that was read: somebody else's batch came in between
      const known = positions as number[];
      return { size: known.reduce((size, at) => Math.max(size, at + 1), head.size), positions: known };
    }
    const batch = encodeBundle([...fresh.values()].slice(0, batchSize));
    if (await store.putImmutable(batchPath(head.size), batch)) await finish(head, batch);
    return undefined;
  };

  return {
    /**
     * Puts events into the log in their order, each once, and answers when a checkpoint covers them all. Called again
     * with the same events, by anyone, it adds none. With no events it finishes what another began.
     * @param batchSize entries under one checkpoint at most
     * @throws {LogRefusal} `entry-not-canonical` an entry that is not its event's, before anything is written;
     * `checkpoint-*`, `root-differs`, `tile-*`, `bundle-*` a store that is not the log's; `index-ahead` a log that was
     * rolled back; `already-written` tiles of another history; `not-moving`; whatever store, index and signer throw. Then, or when it
     * dies, call it again with the same events.
     */
    async append(entries: readonly Sealed[], batchSize = largestBatch): Promise<Appended> {
      for (const { id, bytes } of entries) if (idOfEntry(bytes) !== id) throw new LogRefusal('entry-not-canonical', id);
      for (let [tries, reached] = [0, -1]; tries < mostTries; tries += 1) {
        const done = await step(entries, batchSize);
        if (done) return done;
        const { size } = await readHead();
        if (size > reached) [tries, reached] = [0, size];
      }
      throw new LogRefusal('not-moving', 'the checkpoint is not replaced and nobody else replaces it');
    },
  };
};
