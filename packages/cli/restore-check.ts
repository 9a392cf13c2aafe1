// `darmon restore-check`: is a table, such as one that was restored, the one that the log tells of? Reads all its events,
// seals them as the appender did, and compares both ways. It writes nothing.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ListedEvent } from '@darmon/log/event-list';
import type { NoteKey } from '@darmon/log/note';
import { scanEvents } from '@darmon/table/event-scan';
import { openTable } from '@darmon/table/table';
import { type Resealed, resealEvents } from '@darmon/usecases/event-log';
import { type LogAnswer, verifyLogAt } from './log.ts';

export interface RestoreCheck {
  readonly table: string;
  readonly endpoint?: string | undefined;
  readonly key: NoteKey;
  /** Hears how many events were read. */
  readonly progress: (events: number) => void;
}

/** Told of an event that cannot be sealed as it was, because a secret is gone; no event has it. */
const noDigest = 'E'.repeat(43);

/**
 * Compares a table's events with the log at `place`. An erased patient's events are compared by their ids alone: what
 * they were hidden under is destroyed.
 */
export const checkRestored = async (
  place: string,
  { table, endpoint, key, progress }: RestoreCheck,
): Promise<LogAnswer> => {
  const client = new DynamoDBClient(endpoint ? { endpoint } : {});
  const deps = { table: openTable({ client, table, now: Date.now }) };
  const erased = new Set<string>();
  const listed = ({ id, digest, lost }: Resealed): ListedEvent => {
    if (lost) return { id, digest: noDigest };
    if (digest === undefined) erased.add(id);
    return { id, digest };
  };
  let read = 0;
  const events = async function* (): AsyncGenerator<ListedEvent> {
    for await (const page of scanEvents(client, table)) {
      yield* (await resealEvents(deps, page)).map(listed);
      read += page.length;
      progress(read);
    }
  };
  try {
    const { ok, line } = await verifyLogAt(place, { key, listed: events });
    return { ok, line: { ...line, erased: erased.size } };
  } finally {
    client.destroy();
  }
};
