/** The real clock, chance and pause, for everything that is not a test. */
import { randomBytes } from 'node:crypto';
import { connectTable } from '@darmon/table/connect';
import { monotonicFactory } from 'ulid';
import type { Deps } from './deps.ts';

/** Dependencies on the table named, in the region and at the endpoint that the environment gives. */
export const liveDeps = (table: string): Deps => {
  const ulid = monotonicFactory();
  const now = Date.now;
  return {
    table: connectTable(table, now),
    now,
    id: () => ulid(now()),
    random: (bytes) => randomBytes(bytes),
    pause: (ms) => new Promise((done) => setTimeout(done, ms)),
  };
};
