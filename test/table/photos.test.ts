/** Photos of goods on the real engine: what they are, who sees them, and how long one stays that nobody names. */
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { maxPhotoBytes } from '@darmon/domain/photo';
import { dayMs } from '@darmon/domain/time';
import { photoKey } from '@darmon/table/keys';
import { allOf } from '@darmon/table/page';
import { keepPhoto, readPhoto } from '@darmon/usecases/photos';
import { requestWriteOff } from '@darmon/usecases/write-offs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gtins, type House, makeHouse, refused, stock, table } from '../support/house.ts';

const gtin = gtins.amoxicillin;
let house: House;
beforeAll(async () => {
  house = await makeHouse('photos');
  await stock(house, [{ gtin, lot: 'PHOTO', expiryDate: '2028-06-30', quantity: 100 }]);
});
afterAll(() => house?.stop());

const reachOf = (person: string) => (person === 'approver' ? 'all' : 'own') as 'all' | 'own';
/** An act that names these. */
const request = async (photos: string[]) =>
  (
    await requestWriteOff(
      house.deps,
      house.actor('pharmacist', 'own'),
      { site: 'PH-1', lines: [{ gtin, lot: 'PHOTO', quantity: 10, reason: 'damaged' }], photos },
      house.once('pharmacist'),
    )
  ).body;
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64)]);
const keep = async (data = jpeg, by = 'pharmacist', type: 'image/jpeg' | 'image/png' = 'image/jpeg', site = 'PH-1') =>
  (
    await keepPhoto(
      house.deps,
      house.actor(by, reachOf(by)),
      { site, type, data: data.toString('base64') },
      house.once(by),
    )
  ).body.id;

test('photos are what they say they are, and small', async () => {
  expect(await refused(keep(Buffer.from('<svg onload=alert(1)>')))).toBe('photo-invalid');
  expect(await refused(keep(jpeg, 'pharmacist', 'image/png'))).toBe('photo-invalid');
  expect(await refused(keep(Buffer.concat([jpeg, Buffer.alloc(maxPhotoBytes)])))).toBe('photo-invalid');
});

test('photos are seen by the site and by who oversees all, as they were taken, and by no other site', async () => {
  const id = await keep();
  const seen = async (by: string) => readPhoto(house.deps, house.actor(by, reachOf(by)), id);
  expect(await seen('pharmacist3')).toEqual({ type: 'image/jpeg', data: jpeg.toString('base64') });
  expect((await seen('approver')).data).toBe(jpeg.toString('base64'));
  expect(await refused(seen('pharmacist2'))).toBe('not-found');
  expect(await refused(keep(jpeg, 'pharmacist2'))).toBe('not-found');
});

test('photos of an act are of its site, each once', async () => {
  const [own, foreign] = [await keep(), await keep(jpeg, 'pharmacist2', 'image/jpeg', 'PH-2')];
  expect(await refused(request([own, foreign]))).toBe('photo-invalid');
  expect(await refused(request([own, own]))).toBe('photo-invalid');
  expect((await request([own])).photos).toEqual([own]);
});

test('photos that no document named are forgotten after thirty days, and those that one named stay', async () => {
  const at = house.clock.now;
  const [open, named] = [await keep(), await keep()];
  await request([named]);
  const readOwn = (id: string) => refused(readPhoto(house.deps, house.actor('pharmacist', 'own'), id));
  house.clock.now = at + 29 * dayMs;
  expect(await readOwn(open)).toBe('not refused');
  house.clock.now = at + 31 * dayMs;
  expect([await readOwn(open), await readOwn(named)]).toEqual(['not-found', 'not refused']);
  expect(await refused(request([open]))).toBe('photo-invalid');
  const documents = DynamoDBDocumentClient.from(house.client);
  const timed = async (id: string) =>
    (await allOf(documents, table, { pk: photoKey(id).pk }))
      .filter(({ sk }) => sk === 'PHOTO' || sk === 'DATA')
      .map((item) => item.ttl !== undefined);
  expect([await timed(open), await timed(named)]).toEqual([
    [true, true],
    [false, false],
  ]);
});
