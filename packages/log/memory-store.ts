/** A log and its index in memory: for tests, and for whoever makes a log to throw it away. */
import { sameBytes } from './sha256.ts';
import type { PositionIndex, TileStore } from './store.ts';
import { checkpointPath } from './tiles.ts';

/** @param files what stands there from the start; the map is the store itself, so that a test can spoil it */
export const memoryStore = (files = new Map<string, Uint8Array>()): TileStore & { readonly files: typeof files } => ({
  files,
  async get(path) {
    return files.get(path);
  },
  async putImmutable(path, bytes) {
    const there = files.get(path);
    if (there) return sameBytes(there, bytes);
    files.set(path, bytes.slice());
    return true;
  },
  async swapCheckpoint(previous, next) {
    const there = files.get(checkpointPath);
    if (there && previous ? !sameBytes(there, previous) : there !== previous) return false;
    files.set(checkpointPath, next.slice());
    return true;
  },
});

export const memoryIndex = (): PositionIndex => {
  const at = new Map<string, number>();
  let size = 0;
  return {
    async size() {
      return size;
    },
    async positions(events) {
      return events.map((event) => at.get(event));
    },
    async record(from, events) {
      if (from > size) throw new RangeError('a gap in the index');
      for (const [n, event] of events.entries()) at.set(event, from + n);
      size = Math.max(size, from + events.length);
    },
  };
};
