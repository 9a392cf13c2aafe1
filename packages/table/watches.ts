/** What is kept so that a refused sign-in and a wrong clock are told once: attempts nobody came in by, clocks as told. */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ClockBook } from '@darmon/domain/device-clock';
import { mostAttempts, type OpenAttempts, openMs } from '@darmon/domain/sign-in-watch';
import * as z from 'zod';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { type Item, pageOfIndex } from './page.ts';
import { absent, atVersion, put, update } from './transact.ts';

const Attempts = z.object({ person: z.string(), attempts: z.int().positive(), from: z.int(), until: z.int() });
/** Undefined where nobody tried, or whoever tried came in. */
const parseAttempts = (item: Item | undefined): OpenAttempts | undefined => Attempts.safeParse(item).data;

const isConditionFailed = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';

const names = { '#attempts': 'attempts', '#from': 'from', '#until': 'until' };
const closing = 'SET #attempts = :none REMOVE #from, #until, gsi1pk, gsi1sk';

export const watchesOf = (engine: Engine) => {
  const { client, table } = engine;
  const write = async (person: string, expression: string, condition: string, values: Record<string, unknown>) => {
    try {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { ...key.signInKey(person) },
          UpdateExpression: expression,
          ConditionExpression: condition,
          ExpressionAttributeNames: names,
          ExpressionAttributeValues: values,
        }),
      );
      return true;
    } catch (error) {
      if (isConditionFailed(error)) return false;
      throw error;
    }
  };
  return {
    /** Adds one attempt; false where those that stand are gathered or too many. One write. */
    addAttempt: (person: string, now: number): Promise<boolean> =>
      write(
        person,
        'SET person = :person, #from = if_not_exists(#from, :now), #until = :now, gsi1pk = :open, gsi1sk = :person ADD #attempts :one',
        'attribute_not_exists(#attempts) OR #attempts = :none OR (#from > :oldest AND #attempts < :most)',
        {
          ':person': person,
          ':now': now,
          ':open': key.signInsPartition,
          ':one': 1,
          ':none': 0,
          ':oldest': now - openMs,
          ':most': mostAttempts,
        },
      ),
    /** Forgets a single attempt, because somebody came in by it; false where there is none or more than one. One write. */
    clearAttempt: (person: string): Promise<boolean> =>
      write(person, closing, '#attempts = :one', { ':one': 1, ':none': 0 }),
    async loadAttempts(person: string): Promise<OpenAttempts | undefined> {
      return parseAttempts(await engine.readOne(key.signInKey(person)));
    },
    /** Everybody's, a page at a time; may lag behind, so `commitAttempts` looks again. */
    async listAttempts(cursor: string | undefined): Promise<{ items: OpenAttempts[]; next?: string | undefined }> {
      const of = { index: 'gsi1', partition: key.signInsPartition } as const;
      const page = await pageOfIndex(client, table, of, { cursor, limit: 200 });
      return { ...page, items: page.items.flatMap((item) => parseAttempts(item) ?? []) };
    },
    /**
     * Ends these attempts, or begins anew with one at `anew`, and writes what came of them, in one transaction.
     * @throws Changed where an attempt was added, or somebody else ended them
     */
    async commitAttempts(open: OpenAttempts, change: Change | undefined, anew?: number): Promise<void> {
      const at = key.signInKey(open.person);
      const condition = {
        expression: '#attempts = :was AND #from = :first AND #until = :last',
        values: { ':was': open.attempts, ':first': open.from, ':last': open.until },
      };
      const ended = { expression: closing, names, values: { ':none': 0 } };
      const begun = {
        expression: 'SET #attempts = :one, #from = :now, #until = :now',
        names,
        values: { ':one': 1, ':now': anew },
      };
      await engine.commit([
        update(table, at, anew === undefined ? ended : begun, condition, 'changed'),
        ...(change ? engine.changeActions(at.pk, change) : []),
      ]);
    },
    async loadClocks(person: string): Promise<ClockBook | undefined> {
      const item = await engine.readOne(key.clocksKey(person));
      return item && ClockBook.parse(item);
    },
    /** @throws Changed where somebody else told something from this account meanwhile */
    async commitClocks(person: string, book: ClockBook, change: Change): Promise<void> {
      const at = key.clocksKey(person);
      const condition = book.version === 1 ? absent : atVersion(book.version - 1);
      await engine.commit([
        put(table, { ...at, ...book }, condition, 'changed'),
        ...engine.changeActions(at.pk, change),
      ]);
    },
  };
};
