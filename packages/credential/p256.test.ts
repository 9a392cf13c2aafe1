import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeBase45, encodeBase45 } from './base45.ts';
import {
  compressKey,
  decompressKey,
  derFromRaw,
  derSigner,
  fromBase64Url,
  isLowS,
  kidOf,
  lowS,
  PublicJwk,
  rawFromDer,
  toBase64Url,
} from './p256.ts';
import { testKey } from './vectors/test-keys.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const message = new TextEncoder().encode('to be signed');

test('what KMS answers becomes r and s with a low S, and still verifies', async () => {
  for (let i = 0; i < 50; i++) {
    const raw = rawFromDer(sign('sha256', message, privateKey));
    expect(isLowS(raw)).toBe(true);
    expect(verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, raw)).toBe(true);
    expect(rawFromDer(derFromRaw(raw))).toEqual(raw);
  }
  const signer = derSigner(Uint8Array.of(1), async (bytes) => sign('sha256', bytes, privateKey));
  expect(isLowS(await signer.sign(message))).toBe(true);
});

test('of the two signatures that a key can make, lowS keeps one', async () => {
  const key = await testKey('prescription');
  const [low, high] = [await key.sign(message), await key.signHigh(message)];
  expect([isLowS(low), isLowS(high)]).toEqual([true, false]);
  expect(lowS(high)).toEqual(low);
  expect(lowS(low)).toBe(low);
});

test('n/2 is the largest s that is low', () => {
  const half = Buffer.from('7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8', 'hex');
  expect(isLowS(Buffer.concat([Buffer.alloc(32), half]))).toBe(true);
  half[31] = 0xa9;
  expect(isLowS(Buffer.concat([Buffer.alloc(32), half]))).toBe(false);
});

test('DER comes back whatever zeros and high bits r and s begin with', () => {
  const half = fc
    .tuple(fc.nat(31), fc.uint8Array({ minLength: 32, maxLength: 32 }))
    .map(([zeros, bytes]) => bytes.fill(0, 0, zeros));
  const low = fc.tuple(half, half).map(([r, s]) => new Uint8Array([...r, ...s.fill(0, 0, 1)]));
  fc.assert(
    fc.property(low, (raw) => {
      expect(rawFromDer(derFromRaw(raw))).toEqual(raw);
    }),
  );
});

test.each([
  '',
  '30',
  '3000',
  '300602010102',
  '30060201010201',
  '3006020101030101',
  '300702010102010100',
  '3006020001020101',
])('DER that is not two integers is refused: %s', (der) => {
  expect(() => rawFromDer(Buffer.from(der, 'hex'))).toThrow(RangeError);
});

test('a compressed key comes back as the point that node:crypto knows', () => {
  for (let i = 0; i < 10; i++) {
    const jwk = PublicJwk.parse(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }));
    expect(decompressKey(compressKey(jwk))).toEqual(jwk);
    expect(() => createPublicKey({ key: jwk, format: 'jwk' })).not.toThrow();
  }
});

test('bytes that are no point of the curve give no key', () => {
  expect(decompressKey(new Uint8Array(33))).toBeUndefined();
  expect(decompressKey(new Uint8Array(33).fill(0xff))).toBeUndefined();
  expect(decompressKey(Uint8Array.of(2, ...new Uint8Array(31), 1))).toBeUndefined();
  expect(decompressKey(Uint8Array.of(2, ...new Uint8Array(32).fill(0xff)))).toBeUndefined();
});

test('a kid is the beginning of the thumbprint of RFC 7638', async () => {
  const { jwk } = await testKey('prescription');
  const reordered = { y: jwk.y, x: jwk.x, kty: jwk.kty, crv: jwk.crv };
  expect(await kidOf(reordered)).toEqual(await kidOf(jwk));
  expect((await kidOf(jwk)).length).toBe(4);
});

test('base45 and base64url come back, and accept nothing that they would not have written', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(decodeBase45(encodeBase45(bytes))).toEqual(bytes);
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0AZ $%*+-./:az=_'), maxLength: 12 }), (text) => {
      const [base45, base64] = [decodeBase45(text), fromBase64Url(text)];
      if (base45) expect(encodeBase45(base45)).toBe(text);
      if (base64) expect(toBase64Url(base64)).toBe(text);
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ['AB', 'BB8'],
  ['Hello!!', '%69 VD92EX0'],
  ['base-45', 'UJCLQE7W581'],
  ['ietf!', 'QED8WEX0'],
])('base45 is that of RFC 9285: %s', (plain, text) => {
  expect(encodeBase45(new TextEncoder().encode(plain))).toBe(text);
});
