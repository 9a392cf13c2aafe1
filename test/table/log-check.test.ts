/** The nightly comparison of the table with the log, with the real engine: what is lost, changed or slipped in is found, and nothing else. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, PutItemCommand, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { allowedDelayMs } from '@darmon/domain/log-check';
import { closingMs } from '@darmon/domain/privacy';
import { dayMs, instant } from '@darmon/domain/time';
import { directoryStore } from '@darmon/log/directory-store';
import { signerOf } from '@darmon/log/ed25519';
import { openCheckpoint, parseVkey, signCheckpoint, vkeyOf } from '@darmon/log/note';
import type { TileStore } from '@darmon/log/store';
import { checkpointPath } from '@darmon/log/tiles';
import { verifyLog } from '@darmon/log/verify';
import type { Key } from '@darmon/table/keys';
import { Changed } from '@darmon/table/transact';
import { advanceErasure, answerForErasure, askForErasure } from '@darmon/usecases/erasure';
import { appendMissed, makeEventLog } from '@darmon/usecases/event-log';
import { compareLog, type LogCheckDeps } from '@darmon/usecases/log-check';
import { acknowledgeFinding, readLogCheck } from '@darmon/usecases/log-findings';
import { applyRetention } from '@darmon/usecases/retention';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, start, stock, table } from '../support/house.ts';

const { publicKey, sign } = signerOf(Uint8Array.from({ length: 32 }, (_, n) => n + 9));
const key = parseVkey(vkeyOf('test.log', 'log', publicKey), 'log');
/** Small enough that a few events take several steps. */
const sizes = { events: 5, entries: 1, ids: 3 };
let folder: string;
let store: TileStore;
let house: House;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'darmon-log-check-'));
  store = directoryStore(folder);
  house = await makeHouse('log-check');
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'L1', expiryDate: '2029-01-31', quantity: 4_000 }]);
});
afterEach(async () => {
  await house?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const logOf = () => makeEventLog({ table: house.table, random: house.deps.random, store, key, sign });
const depsOf = (more: Partial<LogCheckDeps> = {}): LogCheckDeps => ({
  ...house.deps,
  source: store,
  key,
  sizes,
  ...more,
});
const eventKeys = async (): Promise<Key[]> => {
  const { Items = [] } = await house.client.send(
    new ScanCommand({
      TableName: table,
      ConsistentRead: true,
      FilterExpression: 'begins_with(sk, :event)',
      ExpressionAttributeValues: { ':event': { S: 'EVENT#' } },
    }),
  );
  return Items.map(({ pk, sk }) => ({ pk: String(pk?.S), sk: String(sk?.S) })).sort((a, b) => (a.sk < b.sk ? -1 : 1));
};
const idOf = (event: Key | undefined): string => event?.sk.slice('EVENT#'.length) ?? '';
const itemKey = ({ pk, sk }: Key) => ({ pk: { S: pk }, sk: { S: sk } });
const dispensed = async () => {
  const prescription = await issue(house);
  await dispense(house, prescription.id, [{ line: 1, quantity: 21 }]);
  return prescription;
};
const sizeOf = async () => openCheckpoint((await store.get(checkpointPath)) as Uint8Array, key).size;
/** A whole night, with the appender at hand. */
const night = async (deps = depsOf()) => {
  const [first] = [await compareLog(deps, Number.POSITIVE_INFINITY, { night: true })];
  if (first.done) return first.run;
  await appendMissed(house.deps, logOf());
  return (await compareLog(deps, Number.POSITIVE_INFINITY, { night: true })).run;
};
const findings = async () => {
  const { open } = await readLogCheck(house.deps, house.actor('auditor'));
  return open.map(({ kind, event, code }) => [kind, event ?? code]).sort();
};
/** Some days of work, all of it logged. */
const someDays = async (days = 2) => {
  for (let n = 0; n < days; n += 1) {
    await dispensed();
    house.clock.now += dayMs;
  }
  await logOf().append(await eventKeys());
};

test('a table that is the log’s own is compared whole, also while it is written, and nothing is found', async () => {
  await someDays(3);
  await dispensed();
  // two seconds ago, and not in the log: on its way
  const run = await night();
  expect(run).toMatchObject({ events: await sizeOf(), missing: 0, findings: 0, days: 4 });
  expect(await findings()).toEqual([]);
  // the next night looks at the new day, and again at the older ones
  await logOf().append(await eventKeys());
  house.clock.now += dayMs;
  expect(await night()).toMatchObject({ missing: 0, findings: 0, days: 5, again: 3 });
  expect(await findings()).toEqual([]);
});

test('an event whose record the stream lost is appended once, by two at once and by a late stream too, and the night says so', async () => {
  await someDays(1);
  await dispensed();
  const all = await eventKeys();
  const lost = all.slice(await sizeOf()).filter((_, n) => n !== 0);
  await logOf().append(all.filter((one) => !lost.includes(one)));
  house.clock.now += dayMs;
  const size = await sizeOf();
  const { done, run } = await compareLog(depsOf(), Number.POSITIVE_INFINITY, { night: true });
  expect([done, run]).toMatchObject([false, { stage: 'append', missing: lost.length }]);
  expect(run?.missed.map(({ event }) => event).sort()).toEqual(lost.map(idOf).sort());
  // two of the appender's schedules, and the stream that brings the record after all
  await Promise.all([appendMissed(house.deps, logOf()), appendMissed(house.deps, logOf()), logOf().append(lost)]);
  expect(await sizeOf()).toBe(size + lost.length);
  expect((await compareLog(depsOf(), Number.POSITIVE_INFINITY, { night: false })).run).toMatchObject({
    missing: lost.length,
    appended: lost.length,
    findings: 0,
  });
  expect(await appendMissed(house.deps, logOf())).toBe(0);
  house.clock.now += dayMs;
  expect(await night()).toMatchObject({ missing: 0, findings: 0 });
  expect((await verifyLog(store, { log: key })).ok).toBe(true);
});

test('an event that was taken away, changed, or slipped in where the appender believes that it has it, is found and stands until an auditor says why', async () => {
  await someDays(2);
  const all = await eventKeys();
  const [gone, changed] = [all.at(-1), all.at(-3)] as [Key, Key];
  await house.client.send(new DeleteItemCommand({ TableName: table, Key: itemKey(gone) }));
  await house.client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: itemKey(changed),
      UpdateExpression: 'SET #reason = :text',
      ExpressionAttributeNames: { '#reason': 'reason' },
      ExpressionAttributeValues: { ':text': { S: 'nobody wrote this' } },
    }),
  );
  const slipped = {
    id: house.deps.id(),
    at: instant(house.clock.now - dayMs),
    type: 'prescription-looked-up' as const,
    actor: { person: 'doctor', role: 'doctor' as const, site: 'CL-1' },
    changes: {},
  };
  await house.table.commitPersonEvent('doctor', slipped);
  await house.client.send(
    new PutItemCommand({
      TableName: table,
      Item: { pk: { S: `LOGGED#${slipped.id}` }, sk: { S: 'EVENT' }, position: { N: '2' } },
    }),
  );
  let heard = 0;
  const deps = depsOf({
    heard: (n) => {
      heard += n;
    },
  });
  expect((await compareLog(deps, Number.POSITIVE_INFINITY, { night: true })).run).toMatchObject({ missing: 1 });
  await appendMissed(house.deps, logOf());
  house.clock.now += allowedDelayMs;
  await compareLog(deps, Number.POSITIVE_INFINITY, { night: false });
  expect(await findings()).toEqual([
    ['changed', idOf(changed)],
    ['gone', idOf(gone)],
    ['unlogged', slipped.id],
  ]);
  expect(heard).toBe(3);

  const { open } = await readLogCheck(house.deps, house.actor('auditor'));
  const said = (id: string) =>
    acknowledgeFinding(house.deps, house.actor('auditor'), { id, reason: 'restored by hand' }, house.once('auditor'));
  for (const { id } of open.slice(1)) await said(id);
  expect(await refused(said(open[1]?.id ?? ''))).toBe('version-changed');
  // the next night finds all three again: what an auditor has answered for rings no more, the other does
  heard = 0;
  await logOf().append((await eventKeys()).filter((one) => idOf(one) > slipped.id));
  house.clock.now += dayMs;
  await night(deps);
  expect(await findings()).toEqual([[open[0]?.kind, open[0]?.event]]);
  expect(heard).toBe(1);
});

test('killed at any step, and two at once, the comparison goes on and comes to the same', async () => {
  await someDays(3);
  const all = await eventKeys();
  const gone = all.at(-1) as Key;
  await house.client.send(new DeleteItemCommand({ TableName: table, Key: itemKey(gone) }));
  const size = await sizeOf();
  const dying = (after: number): LogCheckDeps => {
    let calls = 0;
    const mortal = new Proxy(house.table, {
      get: (target, name, receiver) => {
        const verb = Reflect.get(target, name, receiver);
        if (typeof verb !== 'function') return verb;
        return (...given: unknown[]) => {
          calls += 1;
          if (calls > after) throw new Error('killed');
          return verb(...given);
        };
      },
    });
    return { ...depsOf(), table: mortal };
  };
  let died = 0;
  for (let after = 1; ; after += 3) {
    const answer = await compareLog(dying(after), Number.POSITIVE_INFINITY, { night: true }).catch((error: Error) => {
      if (error.message !== 'killed') throw error;
      died += 1;
    });
    if (answer?.run?.finishedAt !== undefined) {
      expect(answer.run).toMatchObject({ events: size - 1, missing: 0, findings: 1 });
      break;
    }
  }
  expect(died).toBeGreaterThan(5);
  expect(await findings()).toEqual([['gone', idOf(gone)]]);

  house.clock.now += dayMs;
  await Promise.all([1, 2, 3].map(() => compareLog(depsOf(), Number.POSITIVE_INFINITY, { night: true })));
  const { runs, open } = await readLogCheck(house.deps, house.actor('auditor'));
  expect(runs[0]).toMatchObject({ events: size - 1, missing: 0, findings: 1 });
  expect([runs.length, open.length]).toEqual([2, 1]);
});

test('a log that was rolled back, or has another history, is found, and one that goes on is not', async () => {
  await someDays(2);
  const was = (await store.get(checkpointPath)) as Uint8Array;
  await dispensed();
  await logOf().append(await eventKeys());
  house.clock.now += dayMs;
  await night();
  expect(await findings()).toEqual([]);
  const telling = (bytes: Uint8Array) =>
    depsOf({ source: { get: async (path) => (path === checkpointPath ? bytes : store.get(path)) } });
  house.clock.now += dayMs;
  expect(await night(telling(was))).toMatchObject({ findings: 1 });
  expect(await findings()).toEqual([['log', 'rolled-back']]);
  const forked = await signCheckpoint(key, sign, { size: await sizeOf(), root: new Uint8Array(32) });
  house.clock.now += dayMs;
  expect(await night(telling(forked))).toMatchObject({ findings: 1 });
  expect(await findings()).toEqual([
    ['log', 'forked'],
    ['log', 'rolled-back'],
  ]);
  house.clock.now += dayMs;
  expect(await night()).toMatchObject({ findings: 0 });
});

test('after an erasure and a night of retention nothing is found that is not', async () => {
  const { id } = await dispensed();
  house.clock.now += 2 * dayMs;
  const patient = (await house.table.loadPatientsOf([id]))[0] ?? '';
  const asked = { site: 'CL-1', checkedBy: 'doctor', document: 'passport' as const, reason: 'asked in writing' };
  await logOf().append(await eventKeys());
  await askForErasure(house.deps, house.actor('admin'), { patient, asked }, house.once('admin'));
  await answerForErasure(house.deps, house.actor('chief'), { patient, yes: true }, house.once('chief'));
  await advanceErasure(house.deps, patient);
  house.clock.now += closingMs;
  await advanceErasure(house.deps, patient);
  await applyRetention(house.deps, house.clock.now + dayMs);
  house.clock.now += dayMs;
  await logOf().append(await eventKeys());
  expect((await house.table.loadPrivacy(patient)).erasure?.state).toBe('done');
  expect(await night()).toMatchObject({ missing: 0, findings: 0 });
  house.clock.now += dayMs;
  expect(await night()).toMatchObject({ missing: 0, findings: 0 });
  expect(house.clock.now).toBeGreaterThan(start);
});

test('a house that is new is not compared before its log has begun, and one that is not is', async () => {
  expect(await compareLog(depsOf(), Number.POSITIVE_INFINITY, { night: true })).toEqual({ done: true });
  house.clock.now += 2 * dayMs;
  const { run } = await compareLog(depsOf(), Number.POSITIVE_INFINITY, { night: true });
  expect(run).toMatchObject({ stage: 'append', missing: (await eventKeys()).length });
});

test('who was paused and wakes up cannot undo the steps that others made', async () => {
  await someDays(1);
  await night();
  const state = await house.table.loadLogCheck();
  if (!state) throw new Error('nothing was compared');
  const late = { ...state, counted: { size: 0, root: '' } };
  await expect(house.table.commitLogCheck(late)).rejects.toThrow(Changed);
  await expect(house.table.commitLogCheck({ ...late, version: 1 })).rejects.toThrow(Changed);
  const [day] = await house.table.loadLogDays([state.through ?? '']);
  if (!day) throw new Error('the log has nothing of that day');
  await expect(house.table.keepLogDay({ ...day, entries: 1 }, undefined)).rejects.toThrow(Changed);
  await expect(house.table.keepLogDay({ ...day, entries: 1 }, day.entries - 1)).rejects.toThrow(Changed);
  expect(await house.table.loadLogCheck()).toEqual(state);
});
