/**
 * What the credential needs of ECDSA P-256: the shape of a signer and of a verifying key, which are passed in, and the
 * few sums that neither WebCrypto nor KMS does for us: DER to r and s, low-S, compressed points.
 * The primitive itself lives in `p256-node.ts` and `p256-web.ts`.
 */
import * as z from 'zod';

/** Signs with ES256: hashes `bytes` with SHA-256 itself and answers r || s, 64 bytes. */
export interface Signer {
  /** 1 to 16 bytes; names the key in the signed header. */
  readonly kid: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
}

/** One public key, ready to verify: `signature` is r || s, 64 bytes. Reads `bytes` before it returns. */
export type VerifyKey = (bytes: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>;

/** Makes a verifying key once, so that verifying costs nothing but the curve. Throws if it is not a point of P-256. */
export type ImportKey = (jwk: PublicJwk) => VerifyKey | Promise<VerifyKey>;

const Coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const PublicJwk = z
  .object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: Coordinate, y: Coordinate })
  .meta({ id: 'PublicJwk', description: 'A P-256 public key (RFC 7518)' });
export type PublicJwk = z.infer<typeof PublicJwk>;

// p, n and b of P-256 (FIPS 186-5, SP 800-186 3.2.1.3)
const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

const halfN = hexBytes(n >> 1n);

function hexBytes(value: bigint): Uint8Array {
  const hex = value.toString(16).padStart(64, '0');
  return Uint8Array.from({ length: 32 }, (_, i) => Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}

const toBigInt = (bytes: Uint8Array): bigint => {
  let hex = '0x0';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return BigInt(hex);
};

/** True where `a` and `b` hold the same bytes. */
export const sameBytes = (x: Uint8Array, y: Uint8Array): boolean => {
  if (x.length !== y.length) return false;
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return false;
  return true;
};

/** True where s of r || s is at most n/2: of the two signatures that ECDSA allows, the one that Darmon accepts. */
export const isLowS = (signature: Uint8Array): boolean => {
  for (let i = 0; i < 32; i++) {
    const difference = (signature[32 + i] as number) - (halfN[i] as number);
    if (difference !== 0) return difference < 0;
  }
  return true;
};

/** The same signature with the lower s. @throws RangeError where `signature` is not 64 bytes */
export const lowS = (signature: Uint8Array): Uint8Array => {
  if (signature.length !== 64) throw new RangeError('an ES256 signature has 64 bytes');
  if (isLowS(signature)) return signature;
  const low = new Uint8Array(signature);
  low.set(hexBytes(n - toBigInt(signature.subarray(32))), 32);
  return low;
};

/** r || s (64 bytes, low S) of the DER that KMS answers. @throws RangeError where it is not two positive integers */
export const rawFromDer = (der: Uint8Array): Uint8Array => {
  const raw = new Uint8Array(64);
  let at = 2;
  if (der[0] !== 0x30 || der[1] !== der.length - 2) throw new RangeError('not a DER signature');
  for (const end of [32, 64]) {
    const length = der[at + 1] as number;
    let integer = der.subarray(at + 2, at + 2 + length);
    if (der[at] !== 0x02 || integer.length !== length || length === 0) throw new RangeError('not a DER signature');
    while (integer.length > 1 && integer[0] === 0) integer = integer.subarray(1);
    if (integer.length > 32) throw new RangeError('not a DER signature of P-256');
    raw.set(integer, end - integer.length);
    at += 2 + length;
  }
  if (at !== der.length) throw new RangeError('not a DER signature');
  return lowS(raw);
};

/** The DER of r || s, 64 bytes, written into `der`, which has room for 72. */
export const derFromRaw = (raw: Uint8Array, der: Uint8Array = new Uint8Array(72)): Uint8Array => {
  let at = 2;
  for (let from = 0; from < 64; from += 32) {
    let first = from;
    while (first < from + 31 && raw[first] === 0) first++;
    const pad = (raw[first] as number) >> 7;
    const length = from + 32 - first;
    der[at] = 0x02;
    der[at + 1] = length + pad;
    der[at + 2] = 0;
    at += 2 + pad;
    for (let i = first; i < from + 32; i++) der[at++] = raw[i] as number;
  }
  der[0] = 0x30;
  der[1] = at - 2;
  return der.subarray(0, at);
};

/**
 * A signer over one that answers DER, as KMS does. KMS takes at most 4,096 bytes as a RAW message, and a revocation
 * list is larger: let `sign` hash and use MessageType DIGEST.
 */
export const derSigner = (kid: Uint8Array, sign: (bytes: Uint8Array) => Promise<Uint8Array>): Signer => ({
  kid,
  sign: async (bytes) => rawFromDer(await sign(bytes)),
});

export const toBase64Url = (bytes: Uint8Array): string => {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
};

/** The bytes of base64url without padding; undefined where `toBase64Url` would have written another text. */
export const fromBase64Url = (text: string): Uint8Array | undefined => {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
  return toBase64Url(bytes) === text ? bytes : undefined;
};

const power = (base: bigint, exponent: bigint): bigint => {
  let result = 1n;
  let square = base;
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * square) % p;
    square = (square * square) % p;
  }
  return result;
};

/** The compressed point (SEC 1, 33 bytes) of a public key. @throws RangeError where a coordinate is not 32 bytes */
export const compressKey = (jwk: PublicJwk): Uint8Array => {
  const x = fromBase64Url(jwk.x);
  const y = fromBase64Url(jwk.y);
  if (x?.length !== 32 || y?.length !== 32) throw new RangeError('not a P-256 public key');
  const point = new Uint8Array(33);
  point[0] = 2 + ((y[31] as number) & 1);
  point.set(x, 1);
  return point;
};

/** The public key of a compressed point; undefined where no point of the curve has it. */
export const decompressKey = (point: Uint8Array): PublicJwk | undefined => {
  if (point.length !== 33 || (point[0] !== 2 && point[0] !== 3)) return undefined;
  const x = toBigInt(point.subarray(1));
  if (x >= p) return undefined;
  const square = (x * x * x - 3n * x + b + 3n * p) % p;
  const root = power(square, (p + 1n) >> 2n);
  if ((root * root) % p !== square) return undefined;
  const y = (root & 1n) === BigInt(point[0] & 1) ? root : p - root;
  return { kty: 'EC', crv: 'P-256', x: toBase64Url(point.subarray(1)), y: toBase64Url(hexBytes(y)) };
};

/** The usual kid of a key: the first four bytes of its RFC 7638 thumbprint. Two keys may share one; verifiers try both. */
export const kidOf = async ({ crv, kty, x, y }: PublicJwk): Promise<Uint8Array> => {
  const canonical = new TextEncoder().encode(JSON.stringify({ crv, kty, x, y }));
  return new Uint8Array(await crypto.subtle.digest('SHA-256', canonical)).slice(0, 4);
};
