/**
 * The state folder of one local cloud (`.local/`): what lies in it, who may use it, and what other processes may learn
 * from it. It knows nothing of the parts; each part keeps its own files in the folder it is given.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

/** What a running cloud tells the other commands (`token`, `demo`, tests). It stays after a stop: the next start on the same port has the same issuer. */
const RunRecord = z.object({
  url: z.url(),
  issuer: z.url(),
  table: z.string(),
  pid: z.int(),
  enginePid: z.int().optional(),
  engineEndpoint: z.url(),
  kmsEndpoint: z.url(),
});
export type RunRecord = z.infer<typeof RunRecord>;

/** The folder that holds the state: `DARMON_STATE`, or `.local` of the working directory. */
export const stateFolder = (env: NodeJS.ProcessEnv = process.env): string => resolve(env.DARMON_STATE || '.local');

/** Writes a file whole or not at all: a reader, or a start after a crash, never sees half of it. Mode is octal, 0600 by default. */
export function writeWhole(path: string, content: string | Uint8Array, mode = 0o600): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, content, { mode });
  renameSync(draft, path);
}

/** A file's text, or undefined if there is none. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export const writeRun = (folder: string, run: RunRecord): void =>
  writeWhole(join(folder, 'run.json'), `${JSON.stringify(run, null, 2)}\n`);

/** The running or last instance of this folder; undefined if it never ran or was written by another version. */
export function readRun(folder: string): RunRecord | undefined {
  const text = readIfThere(join(folder, 'run.json'));
  return text === undefined ? undefined : RunRecord.safeParse(JSON.parse(text)).data;
}

/**
 * Takes the folder for this process alone, until it ends or calls the function returned.
 * The lock is SQLite's own file lock, which the kernel drops even after `kill -9`, so there is no stale lock to judge.
 * @returns undefined if another process holds it
 */
export function lockState(folder: string): (() => void) | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(folder, 'lock.db'), { timeout: 500 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return () => lock.close();
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === sqliteBusy) return undefined;
    throw error;
  }
}

const sqliteBusy = 5;

/** Forgets everything but the lock that the caller holds. */
export function clearState(folder: string): void {
  for (const part of ['table', 'kms', 'identity', 'objects', 'authority', 'run.json', 'seeded.json'])
    rmSync(join(folder, part), { recursive: true, force: true });
}
