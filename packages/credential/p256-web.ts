/** P-256 on WebCrypto: for browsers, and for whatever else has no node:crypto. */
import type { ImportKey } from './p256.ts';

const curve = { name: 'ECDSA', namedCurve: 'P-256' };
const algorithm = { name: 'ECDSA', hash: 'SHA-256' };

export const importKey: ImportKey = async ({ kty, crv, x, y }) => {
  const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, curve, false, ['verify']);
  return (bytes, signature) => crypto.subtle.verify(algorithm, key, new Uint8Array(signature), new Uint8Array(bytes));
};
