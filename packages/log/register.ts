/**
 * One value in a file, replaced by compare and swap, by any number of processes, killed anywhere. Each value's successor
 * is a file of its own, named by the hash of the value, that only one can create; the value is the end of that chain. The
 * file itself is its newest copy, for whoever only reads, and may lag by one for the moment of a crash.
 */
import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const isCode = (error: unknown, code: string): boolean => (error as NodeJS.ErrnoException).code === code;

/** The bytes of a file; undefined where there is none. */
export const readIfThere = async (path: string): Promise<Uint8Array | undefined> => {
  try {
    return await readFile(path);
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
};

/** Writes a file beside its place, onto the disk, and answers its path. */
const writeBeside = async (path: string, bytes: Uint8Array): Promise<string> => {
  await mkdir(dirname(path), { recursive: true });
  const beside = join(dirname(path), `.${randomUUID()}`);
  const file = await open(beside, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  return beside;
};

/** Creates a file whole or not at all; false where one stands there. */
export const createFile = async (path: string, bytes: Uint8Array): Promise<boolean> => {
  const beside = await writeBeside(path, bytes);
  try {
    await link(beside, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(beside);
  }
};

export interface Register {
  /** The value; undefined where none was written yet. */
  readonly read: () => Promise<Uint8Array | undefined>;
  /** Replaces the value where it still is `previous`, byte for byte. */
  readonly swap: (previous: Uint8Array | undefined, next: Uint8Array) => Promise<boolean>;
}

export const registerAt = (path: string): Register => {
  const successor = (value: Uint8Array | undefined): string =>
    join(
      `${path}.history`,
      createHash('sha256')
        .update(value ?? '')
        .digest('hex'),
    );
  const read = async (): Promise<Uint8Array | undefined> => {
    let value = await readIfThere(path);
    for (;;) {
      const next = await readIfThere(successor(value));
      if (!next) return value;
      value = next;
    }
  };
  const same = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
    a && b ? Buffer.compare(a, b) === 0 : a === b;
  return {
    read,
    async swap(previous, next) {
      // a value that was there before would make the chain a ring
      if (same(previous, next) || next.length === 0 || (await readIfThere(successor(next))))
        throw new RangeError('a register takes each value once');
      if (!same(await read(), previous)) return false;
      if (!(await createFile(successor(previous), next))) return false;
      // a slower one may put an older copy into the file: whoever comes last finds the end of the chain
      for (let end = await read(); end && !same(await readIfThere(path), end); end = await read())
        await rename(await writeBeside(path, end), path);
      return true;
    },
  };
};
