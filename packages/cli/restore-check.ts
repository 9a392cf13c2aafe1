// `darmon restore-check`: is a table, such as one that was restored, the one that the log tells of? Reads all its events,
// seals them as the appender did, and compares both ways. It writes nothing.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { decodeEntry } from '@darmon/log/entry';
import type { ListedEvent } from '@darmon/log/event-list';
import type { NoteKey } from '@darmon/log/note';
import type { PlacedEvent } from '@darmon/table/event-log';
import { scanEvents } from '@darmon/table/event-scan';
import { openTable } from '@darmon/table/table';
import { sealEvents } from '@darmon/usecases/event-log';
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

class NoSecret extends Error {}
const never = (): never => {
  throw new NoSecret('a secret that was kept is not there');
};

/**
 * Compares a table's events with the log at `place`. An erased patient's events are compared by their ids alone: what
 * they were hidden under is destroyed.
 */
export const checkRestored = async (
  place: string,
  { table, endpoint, key, progress }: RestoreCheck,
): Promise<LogAnswer> => {
  const client = new DynamoDBClient(endpoint ? { endpoint } : {});
  const deps = { table: openTable({ client, table, now: Date.now }), random: never };
  const erased = new Set<string>();
  const listed = ({ id, bytes, erased: isErased }: Awaited<ReturnType<typeof sealEvents>>[number]): ListedEvent => {
    if (!isErased) return { id, digest: decodeEntry(bytes)?.digest };
    erased.add(id);
    return { id };
  };
  const seal = async (events: readonly PlacedEvent[]): Promise<ListedEvent[]> => {
    try {
      return (await sealEvents(deps, events)).map(listed);
    } catch (error) {
      if (!(error instanceof NoSecret)) throw error;
      if (events.length === 1) return events.map(({ event }) => ({ id: event.id, digest: noDigest }));
      const one = await Promise.all(events.map((event) => seal([event])));
      return one.flat();
    }
  };
  let read = 0;
  const events = async function* (): AsyncGenerator<ListedEvent> {
    for await (const page of scanEvents(client, table)) {
      yield* await seal(page);
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
