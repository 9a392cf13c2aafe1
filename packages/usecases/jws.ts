/**
 * JSON Web Signatures (RFC 7515) with ES256 (RFC 7518), so that what is signed here can be checked with any library for
 * them, and what others sign can be checked here. One algorithm, no keys from headers.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { fromBase64Url, type PublicJwk, type Signer, toBase64Url } from '@darmon/credential/p256';
import * as z from 'zod';

const utf8 = new TextEncoder();

/** base64url SHA-256. */
export const digestOf = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('base64url');

const Header = z.looseObject({ alg: z.literal('ES256'), kid: z.string().optional(), crit: z.undefined().optional() });

/**
 * A signature beside what it is of (appendix F): header, nothing, signature. Whoever puts the base64url of the bytes
 * between the two dots has an ordinary JWS. `iat` is when it was signed, in seconds.
 */
export const signDetached = async (signer: Signer, bytes: Uint8Array, now: number): Promise<string> => {
  const told = JSON.stringify({ alg: 'ES256', kid: toBase64Url(signer.kid), iat: Math.floor(now / 1000) });
  const header = toBase64Url(utf8.encode(told));
  const signature = await signer.sign(utf8.encode(`${header}.${toBase64Url(bytes)}`));
  return `${header}..${toBase64Url(signature)}`;
};

const isSigned = (key: PublicJwk, header: string, payload: string, signature: string): boolean => {
  const [told, mac] = [fromBase64Url(header), fromBase64Url(signature)];
  if (!told || mac?.length !== 64) return false;
  try {
    if (!Header.safeParse(JSON.parse(Buffer.from(told).toString('utf8'))).success) return false;
    const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' });
    return verify('sha256', utf8.encode(`${header}.${payload}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, mac);
  } catch {
    return false;
  }
};

/** True where this key signed these bytes. */
export const isSignedBy = (key: PublicJwk, bytes: Uint8Array, jws: string): boolean => {
  const [header = '', payload, signature = '', ...more] = jws.trim().split('.');
  return payload === '' && more.length === 0 && isSigned(key, header, toBase64Url(bytes), signature);
};

/** What a compact JWS of this key says, as JSON; undefined where it is no such. */
export const payloadSignedBy = (key: PublicJwk, jws: string): unknown => {
  const [header = '', payload = '', signature = '', ...more] = jws.trim().split('.');
  const bytes = fromBase64Url(payload);
  if (!bytes || more.length > 0 || !isSigned(key, header, payload, signature)) return undefined;
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
};
