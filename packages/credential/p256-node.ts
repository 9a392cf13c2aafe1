/**
 * P-256 on node:crypto, which verifies in the caller's turn. It is given the key object itself and DER, because an
 * options object (`dsaEncoding: 'ieee-p1363'`) costs a third of the verification once more (Node 24).
 */
import { createPublicKey, verify } from 'node:crypto';
import { derFromRaw, type ImportKey } from './p256.ts';

// used up before `verify` returns, so one is enough
const der = new Uint8Array(72);

export const importKey: ImportKey = ({ kty, crv, x, y }) => {
  const key = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
  return (bytes, signature) => verify('sha256', bytes, key, derFromRaw(signature, der));
};
