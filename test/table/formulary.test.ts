/** The formulary against the real engine: what an import leaves for devices, and what a search on the server finds. */
import { gunzipSync } from 'node:zlib';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Medicine } from '@darmon/domain/medicine';
import { unpackFormulary } from '@darmon/domain/packed-formulary';
import { instant } from '@darmon/domain/time';
import { packedFormulary } from '@darmon/table/keys';
import { allOf } from '@darmon/table/page';
import { openTable, type Table } from '@darmon/table/table';
import { readFormulary, searchMedicines } from '@darmon/usecases/formulary';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, makeHouse, refused, table as tableName } from '../support/house.ts';
import { largeFormulary } from '../support/large-formulary.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('formulary');
});
afterAll(async () => {
  await house?.stop();
});

const large = largeFormulary(1_000, 3);
/** As another function instance sees it, with nothing remembered. */
const elsewhere = (): Table => openTable({ client: house.client, table: tableName, now: () => house.clock.now });
const imported = (medicines: readonly Medicine[], table = elsewhere()): Promise<void> =>
  table.commitFormulary(medicines, {
    id: house.deps.id(),
    at: instant(house.clock.now),
    type: 'formulary-imported',
    actor: { person: 'admin', role: 'admin', site: 'OF-1' },
    changes: { medicines: medicines.length },
  });
const kept = async (known?: string, table = elsewhere()) => {
  const answer = await readFormulary({ table }, known);
  if (!('gzip' in answer)) return { version: answer.version, medicines: undefined };
  const { version, formulary } = JSON.parse(gunzipSync(answer.gzip).toString());
  expect(version).toBe(answer.version);
  return { version, medicines: unpackFormulary(formulary) };
};
const listed = async (): Promise<Medicine[]> => {
  const medicines: Medicine[] = [];
  let cursor: string | undefined;
  do {
    const page = await house.table.listMedicines({ cursor, limit: 100 });
    medicines.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return medicines;
};
const byCode = (medicines: readonly Medicine[] = []) => new Map(medicines.map((m) => [m.code, m]));

test('what devices keep is the formulary as it stands, before and after each import', async () => {
  const first = await kept();
  expect(byCode(first.medicines)).toEqual(byCode(await listed()));
  await imported(large.slice(0, 900));
  const second = await kept();
  expect(byCode(second.medicines)).toEqual(byCode(await listed()));
  expect(second.medicines).toHaveLength((first.medicines?.length ?? 0) + 900);
  expect(second.version).not.toBe(first.version);
  const [one] = large as [Medicine];
  await imported([{ ...one, strength: '7 mg' }]);
  const third = await kept();
  expect(byCode(third.medicines).get(one.code)?.strength).toBe('7 mg');
  expect(third.medicines).toHaveLength(second.medicines?.length ?? 0);
  expect(new Set([first, second, third].map(({ version }) => version)).size).toBe(3);
});

test('whoever has the version that stands is told so, and nothing more', async () => {
  const { version } = await kept();
  expect(await kept(version)).toEqual({ version, medicines: undefined });
  expect((await kept('another')).medicines).toBeDefined();
  await imported([...large.slice(0, 3)].reverse());
  await imported(large.slice(0, 3));
  const again = await kept();
  expect(await kept(again.version)).toEqual({ version: again.version, medicines: undefined });
});

test('an import that changes nothing leaves the version, and one that is taken back gives the old one again', async () => {
  const [one] = large as [Medicine];
  await imported([one]);
  const { version } = await kept();
  await imported([one]);
  expect((await kept()).version).toBe(version);
  await imported([{ ...one, strength: '8 mg' }]);
  expect((await kept()).version).not.toBe(version);
  await imported([one]);
  expect(await kept(version)).toEqual({ version, medicines: undefined });
  house.clock.now += 7_200_000;
  expect((await kept()).medicines).toBeDefined();
});

test('imports at once leave all that each of them brought, and nothing that counts is going to vanish', async () => {
  const parts = [0, 1, 2].map((n) => large.slice(900 + n * 20, 920 + n * 20));
  await Promise.all([...parts, parts[0] as Medicine[]].map((medicines) => imported(medicines)));
  const { medicines, version } = await kept();
  expect(byCode(medicines)).toEqual(byCode(await listed()));
  const items = await allOf(DynamoDBDocumentClient.from(house.client), tableName, { pk: packedFormulary });
  const counting = items.filter(({ sk }) => String(sk).startsWith(`PART#${version}#`));
  expect(counting.length).toBeGreaterThan(0);
  expect(counting.filter((item) => 'ttl' in item)).toEqual([]);
  expect(
    items
      .filter(({ sk }) => sk !== 'HEAD' && !String(sk).startsWith(`PART#${version}#`))
      .every((item) => 'ttl' in item),
  ).toBe(true);
});

test('an instance that remembers the formulary answers with what another one imported', async () => {
  const table = elsewhere();
  await kept(undefined, table);
  const [one] = large as [Medicine];
  await imported([{ ...one, innRu: 'янгиномин' }]);
  const { items } = await searchMedicines({ table }, 'янгином', {});
  expect(items.map(({ code }) => code)).toEqual([one.code]);
});

test('a search finds every spelling, and its pages are what a device finds, each medicine once', async () => {
  const pages: (readonly Medicine[])[] = [];
  let cursor: string | undefined;
  do {
    const page = await searchMedicines({ table: house.table }, 'амокс', { cursor, limit: 5 });
    pages.push(page.items);
    cursor = page.next;
  } while (cursor);
  const whole = await searchMedicines({ table: house.table }, 'amoks', { limit: 100 });
  expect(whole.next).toBeUndefined();
  expect(whole.items.length).toBeGreaterThan(10);
  expect(pages.length).toBe(Math.ceil(whole.items.length / 5));
  expect(pages.flat().map(({ code }) => code)).toEqual(whole.items.map(({ code }) => code));
});

test('a search that finds nothing as typed gives what resembles it, and says so', async () => {
  expect(await searchMedicines({ table: house.table }, 'amxicillin', {})).toMatchObject({ resembling: true });
  expect(await searchMedicines({ table: house.table }, 'amoxicillin', {})).not.toHaveProperty('resembling');
  expect((await searchMedicines({ table: house.table }, 'amxicillin', {})).items[0]?.inn).toBe('amoxicillin');
  expect(await searchMedicines({ table: house.table }, 'jwjw', {})).toEqual({ items: [] });
});

test('the cursor of one search continues no other, and neither does a forged one', async () => {
  const { next = '' } = await searchMedicines({ table: house.table }, 'amox', { limit: 1 });
  const ask = (q: string | undefined, cursor: string) =>
    refused(searchMedicines({ table: house.table }, q, { cursor }));
  expect(await ask('амокс', next)).toBe('not refused');
  expect(await ask('para', next)).toBe('bad-cursor');
  expect(await ask(undefined, next)).toBe('bad-cursor');
  expect(await ask('amox', Buffer.from('{"of":1}').toString('base64url'))).toBe('bad-cursor');
  expect(await ask('amox', 'x')).toBe('bad-cursor');
});
