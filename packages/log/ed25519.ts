/** Ed25519 (RFC 8032) on node:crypto, with keys as their 32 bytes. */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { LogRefusal } from './refusal.ts';

export type Verify = (message: Uint8Array, signature: Uint8Array) => boolean;

// The fixed head of each key's DER (RFC 8410); behind it stand the 32 bytes.
const publicHead = Buffer.from('302a300506032b6570032100', 'hex');
const privateHead = Buffer.from('302e020100300506032b657004220420', 'hex');

/** @throws {LogRefusal} `key-malformed` bytes that are no key */
export const verifierOf = (publicKey: Uint8Array): Verify => {
  if (publicKey.length !== 32) throw new LogRefusal('key-malformed');
  const key = createPublicKey({ key: Buffer.concat([publicHead, publicKey]), format: 'der', type: 'spki' });
  return (message, signature) => signature.length === 64 && verify(null, message, key, signature);
};

/**
 * A key that lies in memory: a witness's, and a test's. A log's own stays in a key service.
 * @param seed the 32 bytes of the private key
 * @throws {LogRefusal} `key-malformed`
 */
export const signerOf = (seed: Uint8Array) => {
  if (seed.length !== 32) throw new LogRefusal('key-malformed');
  const key = createPrivateKey({ key: Buffer.concat([privateHead, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    publicKey: new Uint8Array(spki.subarray(publicHead.length)),
    sign: async (message: Uint8Array): Promise<Uint8Array> => sign(null, message, key),
  };
};
