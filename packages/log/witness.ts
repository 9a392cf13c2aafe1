/**
 * A witness: somebody independent who remembers how far a log has come, and puts a name under a checkpoint only if
 * nothing before it changed. Two witnesses who never signed two histories are what makes a fork visible.
 */
import { cosign, type NoteKey, openCheckpoint, type Sign, withLine } from './note.ts';
import { proveConsistency, readCheckpoint } from './proof.ts';
import type { Register } from './register.ts';
import type { TileSource } from './store.ts';

interface WitnessParts {
  readonly source: TileSource;
  readonly log: NoteKey;
  /** The last checkpoint that was believed. */
  readonly memory: Register;
  readonly key: NoteKey;
  readonly sign: Sign;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface Witnessed {
  /** Entries that were remembered before; undefined at the first look. */
  readonly from: number | undefined;
  readonly size: number;
  /** The checkpoint as the log served it. */
  readonly served: Uint8Array;
  /** The witness's line alone, with its newline. */
  readonly line: string;
  /** The checkpoint with the line. */
  readonly cosigned: Uint8Array;
}

/**
 * Looks once. What it remembers moves before it signs, so that it never puts its name under two histories, also when it is
 * killed in between or runs twice at once.
 * @throws {LogRefusal} `checkpoint-*`, `rolled-back`, `forked`, `inconsistent`, `tile-*`; then nothing is remembered or signed
 */
export const witnessOnce = async (parts: WitnessParts): Promise<Witnessed> => {
  const { source, log, memory, key, sign, now } = parts;
  for (;;) {
    const served = await readCheckpoint(source);
    const checkpoint = openCheckpoint(served, log);
    const before = await memory.read();
    const from = before && openCheckpoint(before, log);
    if (before) await proveConsistency(source, { log, older: before, newer: served });
    if (from?.body !== checkpoint.body && !(await memory.swap(before, served))) continue;
    const line = await cosign(checkpoint, { key, sign, seconds: Math.floor(now() / 1000) });
    return { from: from?.size, size: checkpoint.size, served, line, cosigned: withLine(served, line) };
  }
};
