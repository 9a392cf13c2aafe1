/**
 * Keys for tests and test vectors, and nothing else: each private key follows from its name, so everyone has it.
 * Signatures are deterministic (RFC 6979), so that the vectors come out the same each time, and can be made with a
 * high S, which no sound signer lets out.
 */
import { createECDH, createHash, createHmac } from 'node:crypto';
import { kidOf, lowS, type PublicJwk, type Signer } from '../p256.ts';

const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const mod = (value: bigint): bigint => ((value % n) + n) % n;

const inverse = (value: bigint): bigint => {
  let [a, b] = [mod(value), n];
  let [x, y] = [1n, 0n];
  while (b > 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return mod(x);
};

const bytes32 = (value: bigint): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(value.toString(16).padStart(64, '0'), 'hex'));
const toBigInt = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

/** x and y of a multiple of the generator. */
const multiply = (scalar: bigint): readonly [Uint8Array, Uint8Array] => {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(bytes32(scalar));
  const point = curve.getPublicKey();
  return [point.subarray(1, 33), point.subarray(33)];
};

const nonce = (d: bigint, digest: Uint8Array): bigint => {
  const seed = Buffer.concat([bytes32(d), bytes32(toBigInt(digest) % n)]);
  let v: Buffer = Buffer.alloc(32, 1);
  let k: Buffer = Buffer.alloc(32, 0);
  const hmac = (...parts: Uint8Array[]): Buffer => createHmac('sha256', k).update(Buffer.concat(parts)).digest();
  for (const separator of [0, 1]) {
    k = hmac(v, Uint8Array.of(separator), seed);
    v = hmac(v);
  }
  for (;;) {
    v = hmac(v);
    const candidate = toBigInt(v);
    if (candidate > 0n && candidate < n) return candidate;
    k = hmac(v, Uint8Array.of(0));
    v = hmac(v);
  }
};

export interface TestKey extends Signer {
  readonly jwk: PublicJwk;
  /** d of the JWK. */
  readonly d: string;
  /** The same signature with the other s, the one that is refused. */
  readonly signHigh: (bytes: Uint8Array) => Promise<Uint8Array>;
}

/** The key of that name; TEST USE ONLY. `kid` in place of the thumbprint's makes keys that share one. */
export const testKey = async (name: string, kid?: Uint8Array): Promise<TestKey> => {
  const d = (toBigInt(createHash('sha256').update(`darmon test key: ${name}`).digest()) % (n - 1n)) + 1n;
  const [x, y] = multiply(d);
  const jwk: PublicJwk = {
    kty: 'EC',
    crv: 'P-256',
    x: Buffer.from(x).toString('base64url'),
    y: Buffer.from(y).toString('base64url'),
  };
  const sign = async (bytes: Uint8Array): Promise<Uint8Array> => {
    const digest = createHash('sha256').update(bytes).digest();
    const k = nonce(d, digest);
    const r = toBigInt(multiply(k)[0]) % n;
    const s = mod(inverse(k) * (toBigInt(digest) + r * d));
    return lowS(new Uint8Array([...bytes32(r), ...bytes32(s)]));
  };
  const signHigh = async (bytes: Uint8Array): Promise<Uint8Array> => {
    const low = await sign(bytes);
    return new Uint8Array([...low.subarray(0, 32), ...bytes32(n - toBigInt(low.subarray(32)))]);
  };
  return { jwk, kid: kid ?? (await kidOf(jwk)), d: Buffer.from(bytes32(d)).toString('base64url'), sign, signHigh };
};
