/** A log that is served over HTTP, as C2SP tlog-tiles has it. */
import { LogRefusal } from './refusal.ts';
import type { TileSource } from './store.ts';

/** The largest bundle there can be: 256 entries of 65,535 bytes, each behind its length. */
const largestBody = 256 * 65_537;

/**
 * Reads a log at its prefix. 404 and 410 mean that nothing is there.
 * @throws {LogRefusal} `too-large` a body beyond the largest bundle; an Error that names the status where it is another
 */
export const httpSource = (prefix: string, fetch: typeof globalThis.fetch = globalThis.fetch): TileSource => ({
  async get(path) {
    const answer = await fetch(`${prefix.replace(/\/+$/, '')}/${path}`);
    if (answer.status === 404 || answer.status === 410) {
      await answer.body?.cancel();
      return undefined;
    }
    if (!answer.ok) throw new Error(`the log answers ${answer.status} for ${path}`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body ?? []) {
      size += chunk.length;
      if (size > largestBody) throw new LogRefusal('too-large', path);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  },
});
