/** A log in a directory, laid out as it would be served: any file server is a log's then. */
import { join } from 'node:path';
import { createFile, readIfThere, registerAt } from './register.ts';
import { sameBytes } from './sha256.ts';
import type { TileStore } from './store.ts';
import { checkpointPath } from './tiles.ts';

/** What is written is on the disk before a verb answers. */
export const directoryStore = (folder: string): TileStore => {
  const checkpoint = registerAt(join(folder, checkpointPath));
  return {
    get: (path) => (path === checkpointPath ? checkpoint.read() : readIfThere(join(folder, path))),
    async putImmutable(path, bytes) {
      const there = await readIfThere(join(folder, path));
      if (there) return sameBytes(there, bytes);
      if (await createFile(join(folder, path), bytes)) return true;
      return sameBytes((await readIfThere(join(folder, path))) ?? new Uint8Array(0), bytes);
    },
    swapCheckpoint: checkpoint.swap,
  };
};
