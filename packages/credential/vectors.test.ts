import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { decodeBase45 } from './base45.ts';
import { makeKeyRing, PublishedKey } from './keys.ts';
import { makeRevocationList, openKeyList, openRevocationList, type Revocations } from './lists.ts';
import { fromBase64Url, type ImportKey } from './p256.ts';
import * as onNode from './p256-node.ts';
import * as onWeb from './p256-web.ts';
import { makeVectors, vectorsFolder } from './vectors/make.ts';
import type { Vector } from './vectors/parts.ts';
import { testKey } from './vectors/test-keys.ts';
import { invalidReasons, verifyCode } from './verify.ts';

const read = (name: string) => JSON.parse(readFileSync(new URL(name, vectorsFolder), 'utf8'));
const KeySet = z.object({ keys: z.array(PublishedKey) });

const primitives: [string, ImportKey][] = [
  ['node:crypto', onNode.importKey],
  ['WebCrypto', onWeb.importKey],
];

const revocationsOf = async (revoked: Vector['revoked'], now: number): Promise<Revocations | undefined> => {
  if (!revoked) return undefined;
  const root = await testKey('lists');
  const roots = await makeKeyRing([{ ...root.jwk, kid: 'AA' }], onNode.importKey);
  const mark = { serial: 1, madeAt: Date.parse(revoked.madeAt) };
  const list = await makeRevocationList(revoked, mark, { kid: Uint8Array.of(0), sign: root.sign });
  const opened = await openRevocationList(list, { roots, now: Math.max(now, mark.madeAt) });
  if (typeof opened === 'string') throw new Error(opened);
  return opened;
};

describe.each(primitives)('on %s', (_, importKey) => {
  const files = ['valid.json', 'invalid.json'].map((name) => ({ name, content: read(name) }));
  const all = files.flatMap(({ content }) =>
    content.vectors.map((v: Vector) => [v.description, v, content.keySets] as const),
  );
  test.each(all)('a verifier answers as the vector says: %s', async (_description, vector, keySets) => {
    const { code, now, ages } = vector;
    const madeAt = vector.keysMadeAt === undefined ? undefined : Date.parse(vector.keysMadeAt);
    const keys = await makeKeyRing(KeySet.parse(keySets[vector.keys]).keys, importKey, madeAt);
    const revocations = await revocationsOf(vector.revoked, Date.parse(now));
    const context = { keys, now: Date.parse(now), ...(revocations && { revocations }), ...(ages && { ages }) };
    const outcome = await verifyCode(code, context);
    if (!vector.valid) expect(outcome).toMatchObject({ valid: false, reason: vector.reason });
    else {
      const { valid, credential, validUntil, lists, delegated } = vector;
      expect(outcome).toEqual({ valid, credential, validUntil, lists, ...(delegated && { delegated }) });
    }
  });
});

interface ListVector {
  readonly description: string;
  readonly now: string;
  readonly after?: { readonly serial: number; readonly madeAt: number };
  readonly fault?: string;
  readonly serial?: number;
  readonly signed: string;
  readonly keys?: object[];
  readonly list: string;
  readonly count?: number;
  readonly prescriptions: string[];
  readonly certificates: string[];
  readonly notRevoked: string[];
}

const named = (vectors: ListVector[]) => vectors.map((vector) => [vector.description, vector] as const);

describe('the lists', () => {
  const { roots, keyLists, revocationLists } = read('lists.json');
  const context = async (vector: ListVector) => ({
    roots: await makeKeyRing(KeySet.parse(roots).keys, onNode.importKey),
    now: Date.parse(vector.now),
    ...(vector.after && { after: vector.after }),
  });

  test.each(named(keyLists))('a key list opens as the vector says: %s', async (_, vector) => {
    const opened = await openKeyList(vector.signed, await context(vector));
    expect(opened).toEqual(vector.fault ?? expect.objectContaining({ serial: vector.serial, keys: vector.keys }));
  });

  test.each(named(revocationLists))('a revocation list opens as the vector says: %s', async (_, vector) => {
    const opened = await openRevocationList(fromBase64Url(vector.list) ?? new Uint8Array(), await context(vector));
    if (typeof opened === 'string') return expect(opened).toBe(vector.fault);
    expect(opened).toMatchObject({ serial: vector.serial, count: vector.count });
    expect(vector.prescriptions.every(opened.hasPrescription)).toBe(true);
    expect(vector.certificates.every(opened.hasCertificate)).toBe(true);
    expect(vector.notRevoked.some(opened.hasPrescription)).toBe(false);
  });
});

test('the files are what the maker makes', async () => {
  for (const [name, content] of Object.entries(await makeVectors()))
    expect(read(name)).toEqual(JSON.parse(JSON.stringify(content)));
});

test('every reason has a vector', () => {
  const reasons = new Set(read('invalid.json').vectors.map((v: Vector) => v.reason));
  expect(invalidReasons.filter((reason) => !reasons.has(reason))).toEqual([]);
});

test('no vector stands there twice', () => {
  const vectors: Vector[] = [...read('valid.json').vectors, ...read('invalid.json').vectors];
  expect(new Set(vectors.map((v) => v.description)).size).toBe(vectors.length);
});

test('the worked example of the specification is the first vector, to the byte', () => {
  const spec = readFileSync(new URL('SPEC.md', import.meta.url), 'utf8').replaceAll('\n', '');
  const { code } = read('valid.json').vectors[0];
  expect(spec).toContain(code);
  expect(spec).toContain(Buffer.from(decodeBase45(code, 4) ?? []).toString('hex'));
});
