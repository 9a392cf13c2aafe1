import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { bucketStore } from '@darmon/function-compliance/log-bucket';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { objectAt, startObjects } from './objects.ts';

const folder = mkdtempSync(join(tmpdir(), 'darmon-objects-'));
let objects: Awaited<ReturnType<typeof startObjects>>;
let s3: S3Client;
beforeAll(async () => {
  objects = await startObjects(folder);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  s3 = new S3Client({ endpoint: objects.endpoint, region: 'local', credentials, forcePathStyle: true });
});
afterAll(async () => {
  s3?.destroy();
  await objects?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const put = (Key: string, body: string, condition: object = {}) =>
  s3.send(new PutObjectCommand({ Bucket: 'b', Key, Body: bytes(body), ...condition })).then(
    ({ ETag }) => ETag,
    (error: Error) => error.name,
  );
const read = async (Key: string): Promise<string> => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'b', Key }));
  return (await Body?.transformToString()) ?? '';
};

test('an object is what was put there, and what is not there says so by its name', async () => {
  await put('a/x001/000.p/7', 'first');
  expect(await read('a/x001/000.p/7')).toBe('first');
  await put('a/x001/000.p/7', 'second');
  expect(await read('a/x001/000.p/7')).toBe('second');
  await expect(read('a/x001')).rejects.toMatchObject({ name: 'NoSuchKey' });
});

test('a condition decides: created once, replaced only by whoever read what stands there', async () => {
  const tag = await put('c', 'one', { IfNoneMatch: '*' });
  expect(await put('c', 'two', { IfNoneMatch: '*' })).toBe('PreconditionFailed');
  expect(await put('c', 'two', { IfMatch: '"00000000000000000000000000000000"' })).toBe('PreconditionFailed');
  expect(await put('nothing', 'two', { IfMatch: tag })).toBe('NoSuchKey');
  expect(await read('c')).toBe('one');
  await put('c', 'two', { IfMatch: tag });
  expect(await read('c')).toBe('two');
});

test('of fifty that create or swap at once one does, and the store of the log says who', async () => {
  const store = bucketStore(s3, 'log');
  const all = Array.from({ length: 50 }, (_, n) => bytes(`file ${n}`));
  const created = await Promise.all(all.map((one) => store.putImmutable('batch/0', one)));
  expect(created.filter(Boolean)).toHaveLength(1);
  const winner = all[created.indexOf(true)] as Uint8Array;
  // the same bytes again are no second file
  expect(await store.putImmutable('batch/0', winner)).toBe(true);
  expect(Buffer.from((await store.get('batch/0')) ?? [])).toEqual(Buffer.from(winner));

  const first = await Promise.all(all.map((one) => store.swapCheckpoint(undefined, one)));
  expect(first.filter(Boolean)).toHaveLength(1);
  const stands = all[first.indexOf(true)] as Uint8Array;
  const swapped = await Promise.all(all.map((_, n) => store.swapCheckpoint(stands, bytes(`next ${n}`))));
  expect(swapped.filter(Boolean)).toHaveLength(1);
  expect(Buffer.from((await store.get('checkpoint')) ?? []).toString()).toBe(`next ${swapped.indexOf(true)}`);
});

test('no path leads out of the folder', async () => {
  for (const path of ['/../../etc/passwd', '/%2e%2e/secret', '/a//b', '/log/..%2f..%2fkms/key', '/log/%ff'])
    expect(objectAt(folder, 'log', path)).toBeUndefined();
  const answer = await fetch(`${objects.endpoint}/log/%2e%2e%2f%2e%2e%2fkms`);
  expect(answer.status).toBe(400);
});
