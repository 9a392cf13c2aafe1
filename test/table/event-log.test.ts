/** Events on their way from the table into the log, with the real engine: whatever the stream repeats, turns round or drops half-way. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { bucketStore } from '@darmon/function-compliance/log-bucket';
import { startObjects } from '@darmon/local/objects';
import { signerOf } from '@darmon/log/ed25519';
import { decodeEntry } from '@darmon/log/entry';
import { openCheckpoint, parseVkey, vkeyOf } from '@darmon/log/note';
import type { TileStore } from '@darmon/log/store';
import { readBundle } from '@darmon/log/tile-reader';
import { checkpointPath, type Tile, tileOf } from '@darmon/log/tiles';
import { verifyLog } from '@darmon/log/verify';
import type { Key } from '@darmon/table/keys';
import { type EventLogDeps, makeEventLog, sealEvents } from '@darmon/usecases/event-log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, stock, table } from '../support/house.ts';
import { findTraces } from '../support/traces.ts';

const secret = Uint8Array.from({ length: 32 }, (_, n) => n + 1);
const { publicKey, sign } = signerOf(secret);
const key = parseVkey(vkeyOf('test.log', 'log', publicKey), 'log');
const folder = mkdtempSync(join(tmpdir(), 'darmon-objects-'));
let house: House;
let objects: Awaited<ReturnType<typeof startObjects>>;
let s3: S3Client;
beforeAll(async () => {
  house = await makeHouse('event-log');
  objects = await startObjects(folder);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  s3 = new S3Client({ endpoint: objects.endpoint, region: 'local', credentials, forcePathStyle: true });
});
afterAll(async () => {
  s3?.destroy();
  await objects?.stop();
  await house?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The keys of every event in the table, as a stream would tell them. */
const allEvents = async (): Promise<Key[]> => {
  const { Items = [] } = await house.client.send(
    new ScanCommand({
      TableName: table,
      ConsistentRead: true,
      FilterExpression: 'begins_with(sk, :event)',
      ExpressionAttributeValues: { ':event': { S: 'EVENT#' } },
    }),
  );
  return Items.map(({ pk, sk }) => ({ pk: String(pk?.S), sk: String(sk?.S) }));
};
const logOf = (parts: Partial<EventLogDeps> & { store: TileStore }) =>
  makeEventLog({ table: house.table, random: house.deps.random, key, sign, ...parts });
/** What the table says its events are, for the check that a stranger makes. */
const listed = async () => {
  const events = await house.table.loadEvents(await allEvents());
  const sealed = await sealEvents({ table: house.table, random: house.deps.random }, events);
  return sealed.map(({ id, bytes }) => ({ id, digest: decodeEntry(bytes)?.digest ?? '' }));
};
const verdictOf = async (store: TileStore) => {
  const events = await listed();
  return verifyLog(store, {
    log: key,
    events: async function* () {
      yield* events;
    },
  });
};
const entriesIn = async (store: TileStore): Promise<Uint8Array[]> => {
  const { size } = openCheckpoint((await store.get(checkpointPath)) as Uint8Array, key);
  const found: Uint8Array[] = [];
  for (let index = 0; index * 256 < size; index += 1)
    found.push(...(await readBundle(store, tileOf('entries', index, size) as Tile)));
  return found;
};
const dispensed = async () => {
  const prescription = await issue(house);
  await dispense(house, prescription.id, [{ line: 1, quantity: 21 }]);
  return prescription;
};

test('what was done at a counter is in the log once, whatever the stream repeats, turns round or cuts in two', async () => {
  const store = bucketStore(s3, 'repeats');
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'L1', expiryDate: '2028-01-31', quantity: 400 }]);
  await dispensed();
  const first = await allEvents();
  await logOf({ store }).append(first);
  await dispensed();
  const all = await allEvents();
  expect(all.length).toBeGreaterThan(first.length);
  // another process, a batch turned round, then halves that overlap, then all of it again
  const log = logOf({ store });
  await log.append([...all].reverse());
  await log.append(all.slice(0, 7));
  await logOf({ store }).append(all);
  expect(await verdictOf(store)).toMatchObject({ ok: true, size: all.length, problems: [] });
});

test('two that append at once leave one history with each event in it once', async () => {
  const store = bucketStore(s3, 'two');
  await house.client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: 'LOG' }, sk: { S: 'LOG' } } }));
  const all = await allEvents();
  for (const { sk } of all)
    await house.client.send(
      new DeleteItemCommand({
        TableName: table,
        Key: { pk: { S: `LOGGED#${sk.slice('EVENT#'.length)}` }, sk: { S: 'EVENT' } },
      }),
    );
  await Promise.all([logOf({ store }).append(all), logOf({ store }).append([...all].reverse())]);
  expect(await verdictOf(store)).toMatchObject({ ok: true, size: all.length, problems: [] });
});

test('an event that was slipped into the table, changed or taken out of it is found by comparing it with the log', async () => {
  const store = bucketStore(s3, 'two');
  const events = await listed();
  const verify = async (table: readonly { id: string; digest: string }[]) => {
    const { problems } = await verifyLog(store, {
      log: key,
      events: async function* () {
        yield* table;
      },
    });
    return problems.map(({ code, event }) => `${code} ${event}`);
  };
  const [one, another] = events as [(typeof events)[0], (typeof events)[0]];
  expect(await verify(events)).toEqual([]);
  expect(await verify(events.slice(1))).toEqual([`event-not-in-table ${one.id}`]);
  expect(await verify([...events, { id: 'slipped-in', digest: one.digest }])).toEqual(['event-not-in-log slipped-in']);
  expect(await verify([{ id: one.id, digest: another.digest }, ...events.slice(1)])).toEqual([
    `event-differs ${one.id}`,
  ]);
});

test('an entry names no patient and no member of staff, and with a secret destroyed nothing can be tried against it', async () => {
  const store = bucketStore(s3, 'two');
  const prescription = await dispensed();
  const keys = await allEvents();
  await logOf({ store }).append(keys);
  const entries = await entriesIn(store);
  const patient = (await house.table.loadPatientsOf([prescription.id]))[0] ?? '';
  const people = { patient, prescription: prescription.id, doctor: 'doctor', pharmacist: 'pharmacist' };
  // the words of roles stand in an entry, ids do not: each id is looked for behind a quotation mark
  const said = entries.map((bytes) =>
    Buffer.from(bytes)
      .toString('utf8')
      .replaceAll(/"role":"[a-z-]+",/g, ''),
  );
  expect(
    findTraces(
      said.map((text) => ({ pk: 'entry', text })),
      { patient, prescription: prescription.id },
    ),
  ).toEqual([]);
  for (const id of Object.values(people)) expect(said.some((text) => text.includes(`"${id}"`))).toBe(false);

  const before = await verdictOf(store);
  expect(before.ok).toBe(true);
  await house.client.send(
    new DeleteItemCommand({ TableName: table, Key: { pk: { S: `LOG-KEY#patient#${patient}` }, sk: { S: 'KEY' } } }),
  );
  // the log itself still stands, to the last hash; who made the digest anew makes another
  expect(await verifyLog(store, { log: key })).toMatchObject({ ok: true, problems: [] });
  expect((await verdictOf(store)).problems.every(({ code }) => code === 'event-differs')).toBe(true);
  expect((await verdictOf(store)).problems.length).toBeGreaterThan(0);
});
