import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { KnowledgeRow } from '@darmon/domain/knowledge';
import { Refusal } from '@darmon/domain/refusal';
import { knowledgeRowsKey } from '@darmon/table/keys';
import { openTable } from '@darmon/table/table';
import {
  approveKnowledge,
  compareKnowledge,
  importKnowledge,
  readKnowledge,
  rowsOfFiles,
} from '@darmon/usecases/knowledge';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type House, makeHouse, refused, table } from '../support/house.ts';

let house: House;
beforeEach(async () => {
  house = await makeHouse('knowledge');
});
afterEach(() => house?.stop());

const head = { name: 'Namuna set', date: '2026-11-20' };
const pair = (n: number, change: object = {}): KnowledgeRow => ({
  kind: 'interaction',
  id: `I${n}`,
  a: 'warfarin',
  b: `medicine ${n}`,
  severity: 'serious',
  effect: 'bleeding',
  source: 'sample of a test',
  state: 'verified',
  ...change,
});
const bring = (rows: readonly KnowledgeRow[], key?: string, person = 'admin') =>
  importKnowledge(house.deps, house.actor(person), head, rows, house.once(person, key));
const approve = (version: number, person = 'chief') =>
  approveKnowledge(house.deps, house.actor(person), version, house.once(person));
const known = async (subject: string) => {
  // another reader, that keeps nothing of what this one has read
  const fresh = openTable({ client: house.client, table, now: () => house.clock.now });
  return (await fresh.loadKnowledge([subject])).rows.get(subject)?.map(({ id }) => id) ?? [];
};

test('a set counts for nobody before another person has approved it, and the one before it stays in the history', async () => {
  const { body: first } = await bring([pair(1)]);
  expect([first.version, first.state, first.rows, first.unverified]).toEqual([1, 'imported', 1, 0]);
  expect(await known('warfarin')).toEqual([]);
  const own = approveKnowledge(house.deps, house.actor('admin'), 1, house.once('admin'));
  expect(await refused(own)).toBe('approver-is-author');
  expect((await approve(1)).body).toMatchObject({ state: 'approved', approvedBy: 'chief' });
  expect(await known('warfarin')).toEqual(['I1']);

  await bring([pair(1), pair(2)]);
  expect(await known('warfarin')).toEqual(['I1']);
  await approve(2);
  expect([await known('warfarin'), await known('medicine 2')]).toEqual([['I1', 'I2'], ['I2']]);
  const { current, items } = await readKnowledge(house.deps);
  expect([current, ...items.map((set) => `${set.version} ${set.state}`)]).toEqual([2, '2 approved', '1 approved']);
});

test('an import that is cut off cannot be approved, and the same person with the same rows goes on with it', async () => {
  const rows = [pair(1), pair(2), pair(3)];
  let puts = 0;
  const cut = {
    ...house.deps,
    table: {
      ...house.deps.table,
      putKnowledgeArchive: async () => {
        puts += 1;
        throw new Error('power cut');
      },
    },
  };
  await expect(importKnowledge(cut, house.actor('admin'), head, rows, house.once('admin'))).rejects.toThrow('power');
  expect((await readKnowledge(house.deps)).items.map((set) => set.state)).toEqual(['importing']);
  expect([await refused(approve(1)), puts]).toEqual(['not-found', 1]);

  const { body: other } = await bring([pair(1)]);
  expect(other.version).toBe(2);
  const { body: whole } = await bring(rows.toReversed());
  expect([whole.version, whole.state, whole.rows]).toEqual([1, 'imported', 3]);
  expect((await bring(rows)).body).toEqual(whole);
  await approve(1);
  expect(await known('warfarin')).toEqual(['I1', 'I2', 'I3']);
});

test('rows that nobody verified are approved in a demo country and nowhere else', async () => {
  await bring([pair(1), pair(2, { state: 'unverified' })]);
  const no = await approve(1).catch((error: unknown) => error);
  expect(no).toBeInstanceOf(Refusal);
  expect(no).toMatchObject({ code: 'knowledge-unverified', facts: { unverified: 1 } });
  await house.table.markDemo();
  expect((await approve(1)).body.state).toBe('approved');
  await bring([pair(3, { state: 'unverified' })]);
  expect((await approve(2)).body.state).toBe('approved');
});

test('of two that approve at once one does, and a repeat of the import gives the same set', async () => {
  const first = await bring([pair(1)], 'again');
  expect(await bring([pair(1)], 'again')).toEqual(first);
  const both = await Promise.all([refused(approve(1)), refused(approve(1))]);
  expect(both.sort()).toEqual(['not refused', 'version-changed']);
});

test('of two sets brought in at once each has a number of its own', async () => {
  const both = await Promise.all([bring([pair(1)]), bring([pair(2)])]);
  expect(both.map(({ body }) => body.version).sort()).toEqual([1, 2]);
});

test('two sets are compared row by row: new, gone and different', async () => {
  await bring([pair(1), pair(2), pair(3)]);
  await bring([pair(3, { severity: 'moderate' }), pair(4), pair(1)]);
  const told = await compareKnowledge(house.deps, 2, 1);
  expect([told.added, told.removed, told.changed]).toEqual([1, 1, 1]);
  expect(told.items).toEqual([
    { before: pair(2) },
    { before: pair(3), after: pair(3, { severity: 'moderate' }) },
    { after: pair(4) },
  ]);
  expect((await compareKnowledge(house.deps, 1, 0)).added).toBe(3);
  expect(await refused(compareKnowledge(house.deps, 3, 1))).toBe('not-found');
});

test('a subject with more rows than an item holds lies in several, and is read whole', async () => {
  const source = 'x'.repeat(200);
  const rows = Array.from({ length: 2_500 }, (_, n) => pair(n, { source, b: `medicine ${n % 10}` }));
  await bring(rows);
  await approve(1);
  const reader = DynamoDBDocumentClient.from(house.client);
  const part = (n: number) =>
    reader.send(new GetCommand({ TableName: table, Key: { ...knowledgeRowsKey(1, 'warfarin', n) } }));
  expect((await part(1)).Item).toBeDefined();
  expect((await known('warfarin')).length).toBe(rows.length);
});

test('files with a wrong row, a row twice or none at all are refused as a whole, with the place', () => {
  const good = 'id,a,b,severity,effect,source,state\nI1,warfarin,ATC:M01A,serious,bleeding,sample,verified\n';
  const errorsOf = (...csv: string[]) => {
    try {
      return rowsOfFiles(csv.map((text) => ({ kind: 'interaction' as const, csv: text }))).length;
    } catch (error) {
      return error instanceof Refusal ? [error.code, ...error.errors.map(({ detail }) => detail)] : error;
    }
  };
  expect(errorsOf(good)).toBe(1);
  expect(errorsOf(`${good}\nI2,warfarin,nothing!,serious,bleeding,sample,verified\n`)).toEqual([
    'knowledge-invalid',
    'interaction, 4: b',
  ]);
  expect(errorsOf(good, good)).toEqual(['knowledge-invalid', 'twice: interaction/I1']);
  expect(errorsOf('id,a,b,severity,effect,source,state\n')).toEqual(['knowledge-invalid', 'no rows']);
});
