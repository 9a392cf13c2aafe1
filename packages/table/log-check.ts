/**
 * The comparison of table and log: how far it is, what it found, what it gave to the appender. All of it is the
 * comparison's own; only what an auditor says to a finding is a change of the house, with its event.
 */
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type FindingState, LogCheckRun, LogCheckState, LogDay, LogFinding, LogHead } from '@darmon/domain/log-check';
import * as z from 'zod';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { allOf, type Item, type Page, type PageRequest, pageOf, pageOfIndex } from './page.ts';
import { eventsOfSite } from './request-items.ts';
import { absent, atVersion, Changed, put } from './transact.ts';

const KeyShape = z.object({ pk: z.string(), sk: z.string() });
const Missed = z.object({ run: z.string(), keys: z.array(KeyShape) });
/** Events that were not in the log: the keys of their items. */
export type Missed = z.infer<typeof Missed>;
/** So many keys are named by one item. */
const keysOfItem = 100;

const isConditionFailed = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';

const findingItem = (one: LogFinding): key.Key & Item => ({
  ...key.logFindingKey(one.id),
  gsi1pk: key.logFindingsPartition(one.state),
  gsi1sk: `${one.foundAt}#${one.id}`,
  ...one,
});
const missedItem = ({ run, keys }: Missed, isOpen: boolean): key.Key & Item => {
  const at = key.logMissedKey(run, keys[0]?.sk ?? '');
  return { ...at, run, keys, ...(isOpen && { gsi1pk: key.logMissedPartition, gsi1sk: at.sk }) };
};

export const logCheckOf = (engine: Engine) => {
  const { client, table } = engine;
  /** False where one stood there before. */
  const putNew = async (Item: key.Key & Item): Promise<boolean> => {
    try {
      await client.send(new PutCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' }));
      return true;
    } catch (error) {
      if (isConditionFailed(error)) return false;
      throw error;
    }
  };
  return {
    /** How far the comparison is; undefined before the first. */
    async loadLogCheck(): Promise<LogCheckState | undefined> {
      const item = await engine.readOne(key.logCheckKey);
      return item && LogCheckState.parse(item.state);
    },
    /**
     * A step of the comparison, and the run that it ended. `next.version` is one above the version that was read, 1 for the
     * first.
     * @throws Changed where somebody else made a step from there
     */
    async commitLogCheck(next: LogCheckState, ended?: LogCheckRun): Promise<void> {
      const state = { ...key.logCheckKey, state: next, version: next.version };
      await engine.commit([
        put(table, state, next.version === 1 ? absent : atVersion(next.version - 1), 'changed'),
        ...(ended ? [put(table, { ...key.logRunKey(ended.id), ...ended }, undefined, 'changed')] : []),
      ]);
    },
    /** What the log holds of a day, where it held `was` entries before. @throws Changed where somebody else counted more */
    async keepLogDay(day: LogDay, was: number | undefined): Promise<void> {
      const counted = { expression: '#entries = :was', names: { '#entries': 'entries' }, values: { ':was': was } };
      await engine.commit([
        put(table, { ...key.logDayKey(day.day), ...day }, was === undefined ? absent : counted, 'changed'),
      ]);
    },
    /** What the log holds of these days, in their order. */
    async loadLogDays(days: readonly string[]): Promise<(LogDay | undefined)[]> {
      const items = await engine.readMany(days.map(key.logDayKey));
      return items.map((item) => item && LogDay.parse(item));
    },
    /** The last comparisons that ended, newest first. */
    async listLogRuns(most: number): Promise<LogCheckRun[]> {
      const of = { pk: key.logRunsPartition, skPrefix: key.logRunPrefix, backwards: true };
      const { items } = await pageOf(client, table, of, { limit: most });
      return items.map((item) => LogCheckRun.parse(item));
    },
    /** Where the items of a site's day of events are, without reading them; of `event` alone where it is given. */
    async listEventKeys(
      site: string,
      day: string,
      { start, event }: { start?: Item | undefined; event?: string | undefined } = {},
    ): Promise<{ keys: key.Key[]; next?: Item }> {
      const answer = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'gsi2',
          KeyConditionExpression: event === undefined ? 'gsi2pk = :pk' : 'gsi2pk = :pk AND gsi2sk = :sk',
          ExpressionAttributeValues: { ':pk': eventsOfSite(site, day), ...(event !== undefined && { ':sk': event }) },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      const keys = (answer.Items ?? []).map((item) => KeyShape.parse(item));
      return { keys, ...(answer.LastEvaluatedKey && { next: answer.LastEvaluatedKey }) };
    },
    /** Keeps a finding, or answers with the one that stands there, whatever an auditor has said to it. */
    async keepFinding(found: LogFinding): Promise<LogFinding> {
      if (await putNew(findingItem(found))) return found;
      const item = await engine.readOne(key.logFindingKey(found.id));
      if (!item) throw new Changed();
      return LogFinding.parse(item);
    },
    async loadFinding(id: string): Promise<LogFinding | undefined> {
      const item = await engine.readOne(key.logFindingKey(id));
      return item && LogFinding.parse(item);
    },
    /** Those in a state, the newest first. */
    async listFindings(state: FindingState, request: PageRequest): Promise<Page<LogFinding>> {
      const of = { index: 'gsi1', partition: key.logFindingsPartition(state), backwards: true } as const;
      const page = await pageOfIndex(client, table, of, request);
      return { ...page, items: page.items.map((item) => LogFinding.parse(item)) };
    },
    /** What an auditor says to a finding, with its event. @throws Changed where somebody else was faster */
    async commitFinding(one: LogFinding, change: Change): Promise<void> {
      await engine.commit([
        put(table, findingItem(one), atVersion(one.version - 1), 'changed'),
        ...engine.changeActions(key.logFindingKey(one.id).pk, change),
      ]);
    },
    /** Names events for the appender; the same again changes nothing. */
    async keepMissed({ run, keys }: Missed): Promise<void> {
      for (let at = 0; at < keys.length; at += keysOfItem)
        await putNew(missedItem({ run, keys: keys.slice(at, at + keysOfItem) }, true));
    },
    /** Some of those that wait for the appender. */
    async listMissed(most: number): Promise<Missed[]> {
      const of = { index: 'gsi1', partition: key.logMissedPartition } as const;
      const { items } = await pageOfIndex(client, table, of, { limit: most });
      // one that the index still shows may have been taken
      return items.filter((item) => item.gsi1pk !== undefined).map((item) => Missed.parse(item));
    },
    /** All that a run named, taken or not. */
    async listMissedOf(run: string): Promise<Missed[]> {
      const items = await allOf(client, table, { pk: key.logMissedKey(run, '').pk, skPrefix: `${run}#` });
      return items.map((item) => Missed.parse(item));
    },
    /** The appender has taken these. */
    async closeMissed(missed: Missed): Promise<void> {
      await client.send(new PutCommand({ TableName: table, Item: missedItem(missed, false) }));
    },
    /** What the appender says of itself beside the log: when it last appended, and how late. */
    async noteAppended(at: string, delayMs: number): Promise<void> {
      try {
        await client.send(
          new UpdateCommand({
            TableName: table,
            Key: { ...key.loggedSizeKey },
            UpdateExpression: 'SET appendedAt = :at, delayMs = :delay',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':at': at, ':delay': delayMs },
          }),
        );
      } catch (error) {
        if (!isConditionFailed(error)) throw error;
      }
    },
    /** How far the log is, as the appender says; undefined before it ever appended. */
    async loadLogHead(): Promise<LogHead | undefined> {
      const item = await engine.readOne(key.loggedSizeKey);
      return item && LogHead.safeParse(item).data;
    },
  };
};
