/**
 * What the log of events needs from the table: the events themselves, where each stands in the log, and the keys under
 * which they are hidden there. Nothing here is on the way of a change: it is written after it, from the stream.
 */
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Event } from '@darmon/domain/event';
import * as z from 'zod';
import type { Engine } from './engine.ts';
import * as key from './keys.ts';
import { parseEvent } from './request-items.ts';

/** An event with the item that it lies with. */
export interface PlacedEvent {
  readonly event: Event;
  /** Such as `PRESCRIPTION#id`. */
  readonly subject: string;
}

const writesAtOnce = 16;
const isConditionFailed = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';

/** Does each of these, so many at once. */
const each = async <T>(all: readonly T[], act: (one: T) => Promise<unknown>): Promise<void> => {
  const waiting = all.values();
  await Promise.all(
    Array.from({ length: writesAtOnce }, async () => {
      for (const one of waiting) await act(one);
    }),
  );
};

const Position = z.object({ position: z.int().min(0) });
const Size = z.object({ size: z.int().min(0) });
/** One that was destroyed is there and has no key, so that nobody makes another. */
const Secret = z.object({ key: z.base64().optional(), destroyed: z.string().optional() });
const OfPatient = z.object({ patient: z.string() });

export const eventLogOf = (engine: Engine) => {
  const { client, table } = engine;
  const update = (expression: string, condition: string, values: Record<string, number>) =>
    client.send(
      new UpdateCommand({
        TableName: table,
        Key: { ...key.loggedSizeKey },
        UpdateExpression: expression,
        ConditionExpression: condition,
        ExpressionAttributeNames: { '#size': 'size' },
        ExpressionAttributeValues: values,
      }),
    );
  const loggedSize = async (): Promise<number> => {
    const item = await engine.readOne(key.loggedSizeKey);
    return item ? Size.parse(item).size : 0;
  };
  return {
    loggedSize,

    /** The events at these keys, in their order, strongly read; what is no event, or is not there, is left out. */
    async loadEvents(keys: readonly key.Key[]): Promise<PlacedEvent[]> {
      const events = keys.filter(({ sk }) => sk.startsWith('EVENT#'));
      const items = await engine.readMany(events);
      return items.flatMap((item) => (item ? [{ event: parseEvent(item), subject: String(item.pk) }] : []));
    },

    /** Whose prescriptions these are, in their order. */
    async loadPatientsOf(prescriptions: readonly string[]): Promise<(string | undefined)[]> {
      const items = await engine.readMany(prescriptions.map(key.prescriptionKey));
      return items.map((item) => OfPatient.safeParse(item).data?.patient);
    },

    /** Where each event stands in the log, in their order; undefined where nobody has recorded it. */
    async loadLogged(events: readonly string[]): Promise<(number | undefined)[]> {
      const items = await engine.readMany(events.map(key.loggedKey));
      return items.map((item) => item && Position.parse(item).position);
    },

    /**
     * Records that these events stand at `from` and behind it; the same again changes nothing.
     * @throws Error where `from` is beyond what is recorded, so that a gap cannot come to be
     */
    async recordLogged(from: number, events: readonly string[]): Promise<void> {
      if ((await loggedSize()) < from) throw new Error(`nothing is recorded before position ${from}`);
      await each([...events.entries()], ([n, id]) =>
        client.send(new PutCommand({ TableName: table, Item: { ...key.loggedKey(id), position: from + n } })),
      );
      try {
        await update('SET #size = :to', from === 0 ? 'attribute_not_exists(#size) OR #size < :to' : '#size < :to', {
          ':to': from + events.length,
        });
      } catch (error) {
        // somebody else recorded as much or more
        if (!isConditionFailed(error)) throw error;
      }
    },

    /**
     * The secret of each name; where there is none yet, `fresh` makes one and the first that is kept counts for everybody.
     * A secret that is destroyed cuts what was hidden under it off for ever: its name is left out of the answer.
     */
    async logKeys(names: readonly string[], fresh: () => Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
      const wanted = [...new Set(names)];
      const read = async () => {
        const items = await engine.readMany(wanted.map(key.logSecretKey));
        const kept = wanted.flatMap((name, n) => {
          const { key: secret } = items[n] ? Secret.parse(items[n]) : {};
          return secret === undefined ? [] : [[name, Buffer.from(secret, 'base64')] as const];
        });
        return { secrets: new Map(kept), missing: wanted.filter((_, n) => items[n] === undefined) };
      };
      const { secrets: known, missing } = await read();
      if (missing.length === 0) return known;
      await each(missing, async (name) => {
        try {
          await client.send(
            new PutCommand({
              TableName: table,
              Item: { ...key.logSecretKey(name), key: Buffer.from(fresh()).toString('base64') },
              ConditionExpression: 'attribute_not_exists(pk)',
            }),
          );
        } catch (error) {
          if (!isConditionFailed(error)) throw error;
        }
      });
      return (await read()).secrets;
    },
  };
};
