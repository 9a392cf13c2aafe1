/**
 * AWS KMS on loopback, over node:crypto: enough of its wire protocol for an unmodified KMSClient to sign, verify, encrypt
 * and make data keys and MACs as it would in the cloud, with the same names of errors and the same limits. It knows
 * nothing of who may use which key: those are the template's policies, which the infrastructure's tests read.
 */
import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import * as z from 'zod';
import { type Loopback, serveLoopback } from './loopback.ts';
import { readIfThere, writeWhole } from './state.ts';

const keySpecs = ['ECC_NIST_P256', 'ECC_NIST_EDWARDS25519', 'SYMMETRIC_DEFAULT', 'HMAC_256'] as const;
export const KeySpec = z.enum(keySpecs);
export type KeySpec = z.infer<typeof KeySpec>;

export type Kms = Loopback;

/**
 * Serves the keys named, on an ephemeral loopback port. A key that the folder does not hold yet is made; one that it holds is
 * kept, so that what was signed or encrypted in an earlier run stays readable. Key ids on the wire are these names, bare or in
 * an ARN.
 * @param folder one file a key, readable by its owner only
 * @throws if a kept key has another spec than the one asked for
 */
export async function startKms(folder: string, keys: Readonly<Record<string, KeySpec>>): Promise<Kms> {
  const ring = new Map(Object.entries(keys).map(([id, spec]) => [id, keptKey(folder, id, spec)]));
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [status, answer] = answerTo(ring, request.headers['x-amz-target'], Buffer.concat(chunks));
      const body = JSON.stringify(answer);
      response.writeHead(status, {
        'content-type': 'application/x-amz-json-1.1',
        'content-length': Buffer.byteLength(body),
      });
      response.end(body);
    });
  };
  return serveLoopback(listener, { keepAlive: true, keepAliveTimeout: 60_000 });
}

// --- keys ------------------------------------------------------------------------------------------------------------

interface Key {
  readonly id: string;
  readonly spec: KeySpec;
  readonly createdAt: number;
  /** The private key of an asymmetric one. */
  readonly pair?: { readonly privateKey: KeyObject; readonly publicKey: KeyObject; readonly scalar: bigint };
  /** The 32 bytes of a symmetric one. */
  readonly secret: Buffer;
}

const KeptKey = z.object({ spec: KeySpec, createdAt: z.number(), material: z.base64() });

function keptKey(folder: string, id: string, spec: KeySpec): Key {
  const path = join(folder, `${id}.json`);
  const text = readIfThere(path);
  let kept = text === undefined ? undefined : KeptKey.parse(JSON.parse(text));
  if (kept && kept.spec !== spec)
    throw new Error(`key ${id} was made as ${kept.spec}, not ${spec}; start again with --fresh`);
  if (!kept) {
    kept = { spec, createdAt: Math.floor(Date.now() / 1000), material: newMaterial(spec).toString('base64') };
    writeWhole(path, JSON.stringify(kept));
  }
  const material = Buffer.from(kept.material, 'base64');
  const base = { id, spec, createdAt: kept.createdAt };
  if (spec === 'SYMMETRIC_DEFAULT' || spec === 'HMAC_256') return { ...base, secret: material };
  const privateKey = createPrivateKey({ key: material, format: 'der', type: 'pkcs8' });
  const d = privateKey.export({ format: 'jwk' }).d ?? '';
  const scalar = toInteger(Buffer.from(d, 'base64url'));
  return { ...base, secret: Buffer.alloc(0), pair: { privateKey, publicKey: createPublicKey(privateKey), scalar } };
}

function newMaterial(spec: KeySpec): Buffer {
  if (spec === 'SYMMETRIC_DEFAULT' || spec === 'HMAC_256') return randomBytes(32);
  const { privateKey } =
    spec === 'ECC_NIST_P256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  return privateKey.export({ format: 'der', type: 'pkcs8' });
}

const usageOf: Record<KeySpec, { usage: string; algorithms: Record<string, string[]> }> = {
  ECC_NIST_P256: { usage: 'SIGN_VERIFY', algorithms: { SigningAlgorithms: ['ECDSA_SHA_256'] } },
  ECC_NIST_EDWARDS25519: { usage: 'SIGN_VERIFY', algorithms: { SigningAlgorithms: ['ED25519_SHA_512'] } },
  SYMMETRIC_DEFAULT: { usage: 'ENCRYPT_DECRYPT', algorithms: { EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] } },
  HMAC_256: { usage: 'GENERATE_VERIFY_MAC', algorithms: { MacAlgorithms: ['HMAC_SHA_256'] } },
};

const arnOf = (key: Key): string => `arn:aws:kms:local:000000000000:key/${key.id}`;

// --- the wire --------------------------------------------------------------------------------------------------------

/** An error as KMS names it; the SDK makes an exception of that name. */
class KmsError extends Error {
  constructor(name: string, message = name) {
    super(message);
    this.name = name;
  }
}

type Ring = ReadonlyMap<string, Key>;

function answerTo(ring: Ring, target: string | string[] | undefined, body: Buffer): [number, object] {
  try {
    const operation = String(target).replace(/^TrentService\./, '');
    const perform = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (!perform) throw new KmsError('UnknownOperationException', `no ${operation} here`);
    return [200, perform(ring, JSON.parse(body.toString() || '{}'))];
  } catch (error) {
    if (error instanceof KmsError) return [400, { __type: error.name, message: error.message }];
    if (error instanceof z.ZodError || error instanceof SyntaxError)
      return [400, { __type: 'ValidationException', message: 'the request does not have the shape of this operation' }];
    return [500, { __type: 'KMSInternalException', message: 'internal' }];
  }
}

const bytes = (least: number, most: number) =>
  z.base64().transform((text, context) => {
    const value = Buffer.from(text, 'base64');
    if (value.length < least || value.length > most) context.addIssue(`${least} to ${most} bytes`);
    return value;
  });
const KeyId = z.string().min(1).max(2048);
const Context = z.record(z.string(), z.string()).default({});
const MessageType = z.enum(['RAW', 'DIGEST']).default('RAW');
const message = bytes(1, 4096);

function keyFor(ring: Ring, id: string, usage?: string): Key {
  const key = ring.get(id.replace(/^arn:aws:kms:[^:]*:[^:]*:/, '').replace(/^(key|alias)\//, ''));
  if (!key) throw new KmsError('NotFoundException', 'no such key');
  if (usage && usageOf[key.spec].usage !== usage)
    throw new KmsError('InvalidKeyUsageException', `${key.spec} cannot do this`);
  return key;
}

const Signing = z.object({ KeyId, Message: message, MessageType, SigningAlgorithm: z.string() });

const operations: Record<string, (ring: Ring, request: unknown) => object> = {
  DescribeKey(ring, request) {
    const key = keyFor(ring, z.object({ KeyId }).parse(request).KeyId);
    const { usage, algorithms } = usageOf[key.spec];
    return {
      KeyMetadata: {
        KeyId: key.id,
        Arn: arnOf(key),
        AWSAccountId: '000000000000',
        CreationDate: key.createdAt,
        Enabled: true,
        KeyState: 'Enabled',
        KeyManager: 'CUSTOMER',
        Origin: 'AWS_KMS',
        KeySpec: key.spec,
        CustomerMasterKeySpec: key.spec,
        KeyUsage: usage,
        MultiRegion: false,
        ...algorithms,
      },
    };
  },

  GetPublicKey(ring, request) {
    const key = keyFor(ring, z.object({ KeyId }).parse(request).KeyId, 'SIGN_VERIFY');
    const { usage, algorithms } = usageOf[key.spec];
    const spki = pairOf(key).publicKey.export({ format: 'der', type: 'spki' });
    return { KeyId: arnOf(key), KeySpec: key.spec, KeyUsage: usage, ...algorithms, PublicKey: spki.toString('base64') };
  },

  Sign(ring, request) {
    const asked = Signing.parse(request);
    const key = keyFor(ring, asked.KeyId, 'SIGN_VERIFY');
    const digest = digestToSign(key, asked);
    const { privateKey, scalar } = pairOf(key);
    const signature = digest
      ? signDigest(scalar, digest)
      : sign(key.spec === 'ECC_NIST_P256' ? 'sha256' : null, asked.Message, privateKey);
    return { KeyId: arnOf(key), Signature: signature.toString('base64'), SigningAlgorithm: asked.SigningAlgorithm };
  },

  Verify(ring, request) {
    const asked = Signing.extend({ Signature: bytes(1, 6144) }).parse(request);
    const key = keyFor(ring, asked.KeyId, 'SIGN_VERIFY');
    const digest = digestToSign(key, asked);
    const { publicKey, scalar } = pairOf(key);
    const valid = digest
      ? verifyDigest(scalar, digest, asked.Signature)
      : verify(key.spec === 'ECC_NIST_P256' ? 'sha256' : null, asked.Message, publicKey, asked.Signature);
    if (!valid) throw new KmsError('KMSInvalidSignatureException');
    return { KeyId: arnOf(key), SignatureValid: true, SigningAlgorithm: asked.SigningAlgorithm };
  },

  GenerateDataKey(ring, request) {
    const asked = z
      .object({
        KeyId,
        KeySpec: z.enum(['AES_256', 'AES_128']).optional(),
        NumberOfBytes: z.int().min(1).max(1024).optional(),
        EncryptionContext: Context,
      })
      .refine((shape) => (shape.KeySpec === undefined) !== (shape.NumberOfBytes === undefined))
      .parse(request);
    const key = keyFor(ring, asked.KeyId, 'ENCRYPT_DECRYPT');
    const plain = randomBytes(asked.NumberOfBytes ?? (asked.KeySpec === 'AES_128' ? 16 : 32));
    const wrapped = seal(key, plain, asked.EncryptionContext);
    return { KeyId: arnOf(key), Plaintext: plain.toString('base64'), CiphertextBlob: wrapped.toString('base64') };
  },

  Encrypt(ring, request) {
    const asked = z.object({ KeyId, Plaintext: message, EncryptionContext: Context }).parse(request);
    const key = keyFor(ring, asked.KeyId, 'ENCRYPT_DECRYPT');
    const sealed = seal(key, asked.Plaintext, asked.EncryptionContext);
    return { KeyId: arnOf(key), CiphertextBlob: sealed.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  },

  Decrypt(ring, request) {
    const asked = z
      .object({ KeyId: KeyId.optional(), CiphertextBlob: bytes(1, 6144), EncryptionContext: Context })
      .parse(request);
    const key = ring.get(keyNamedIn(asked.CiphertextBlob) ?? '');
    if (asked.KeyId !== undefined) {
      const named = keyFor(ring, asked.KeyId, 'ENCRYPT_DECRYPT');
      if (key && named !== key) throw new KmsError('IncorrectKeyException');
    }
    if (key?.spec !== 'SYMMETRIC_DEFAULT') throw new KmsError('InvalidCiphertextException');
    const plain = unseal(key, asked.CiphertextBlob, asked.EncryptionContext);
    return { KeyId: arnOf(key), Plaintext: plain.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  },

  GenerateMac(ring, request) {
    const asked = z.object({ KeyId, Message: message, MacAlgorithm: z.literal('HMAC_SHA_256') }).parse(request);
    const key = keyFor(ring, asked.KeyId, 'GENERATE_VERIFY_MAC');
    return { KeyId: arnOf(key), MacAlgorithm: asked.MacAlgorithm, Mac: mac(key, asked.Message).toString('base64') };
  },

  VerifyMac(ring, request) {
    const asked = z
      .object({ KeyId, Message: message, MacAlgorithm: z.literal('HMAC_SHA_256'), Mac: bytes(1, 6144) })
      .parse(request);
    const key = keyFor(ring, asked.KeyId, 'GENERATE_VERIFY_MAC');
    const expected = mac(key, asked.Message);
    if (expected.length !== asked.Mac.length || !timingSafeEqual(expected, asked.Mac))
      throw new KmsError('KMSInvalidMacException');
    return { KeyId: arnOf(key), MacAlgorithm: asked.MacAlgorithm, MacValid: true };
  },
};

const mac = (key: Key, text: Buffer): Buffer => createHmac('sha256', key.secret).update(text).digest();

function pairOf(key: Key): NonNullable<Key['pair']> {
  if (!key.pair) throw new KmsError('InvalidKeyUsageException');
  return key.pair;
}

/** The digest where the caller hashed already; undefined where the message itself is signed. */
function digestToSign(key: Key, asked: z.infer<typeof Signing>): Buffer | undefined {
  const fits = usageOf[key.spec].algorithms.SigningAlgorithms?.includes(asked.SigningAlgorithm);
  if (!fits) throw new KmsError('InvalidKeyUsageException', `${key.spec} does not sign with ${asked.SigningAlgorithm}`);
  if (asked.MessageType === 'RAW') return undefined;
  if (key.spec !== 'ECC_NIST_P256' || asked.Message.length !== 32)
    throw new KmsError('ValidationException', 'a digest of 32 bytes');
  return asked.Message;
}

// --- sealed bytes: version, length of the key's name, name, nonce (12), ciphertext, tag (16) -------------------------

const sealVersion = 1;

function headerOf(key: Key): Buffer {
  const name = Buffer.from(key.id);
  return Buffer.concat([Buffer.from([sealVersion, name.length]), name]);
}

function keyNamedIn(sealed: Buffer): string | undefined {
  const length = sealed[1];
  return sealed[0] === sealVersion && length ? sealed.subarray(2, 2 + length).toString() : undefined;
}

/** The context is bound without regard to the order of its entries. */
const bound = (header: Buffer, context: Record<string, string>): Buffer =>
  Buffer.concat([header, Buffer.from(JSON.stringify(Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))))]);

function seal(key: Key, plain: Buffer, context: Record<string, string>): Buffer {
  const header = headerOf(key);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce).setAAD(bound(header, context));
  return Buffer.concat([header, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function unseal(key: Key, sealed: Buffer, context: Record<string, string>): Buffer {
  const header = headerOf(key);
  const body = sealed.subarray(header.length);
  if (body.length < 12 + 16) throw new KmsError('InvalidCiphertextException');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.secret, body.subarray(0, 12), { authTagLength: 16 })
      .setAAD(bound(header, context))
      .setAuthTag(body.subarray(-16));
    return Buffer.concat([decipher.update(body.subarray(12, -16)), decipher.final()]);
  } catch {
    throw new KmsError('InvalidCiphertextException');
  }
}

// --- ECDSA over a digest ---------------------------------------------------------------------------------------------
// node:crypto hashes whatever it signs, so MessageType DIGEST needs FIPS 186-5 written out. The one curve operation,
// k times G, is ECDH's; verification uses that this service holds the private scalar as well.

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const toInteger = (octets: Uint8Array): bigint => BigInt(`0x${Buffer.from(octets).toString('hex') || '0'}`);
const toOctets = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
const modulo = (value: bigint): bigint => ((value % order) + order) % order;

/** Fermat: the order is prime. */
function inverse(value: bigint): bigint {
  let result = 1n;
  for (let base = modulo(value), exponent = order - 2n; exponent > 0n; exponent >>= 1n, base = (base * base) % order)
    if (exponent & 1n) result = (result * base) % order;
  return result;
}

/** The x coordinate of k times G, modulo the order. */
function xOf(k: bigint): bigint {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(toOctets(k));
  return modulo(toInteger(curve.getPublicKey().subarray(1, 33)));
}

function signDigest(scalar: bigint, digest: Buffer): Buffer {
  for (;;) {
    const k = toInteger(randomBytes(32));
    if (k === 0n || k >= order) continue;
    const r = xOf(k);
    const s = modulo(inverse(k) * (toInteger(digest) + r * scalar));
    if (r !== 0n && s !== 0n) return derOf(r, s);
  }
}

function verifyDigest(scalar: bigint, digest: Buffer, signature: Buffer): boolean {
  const pair = fromDer(signature);
  if (!pair) return false;
  const [r, s] = pair;
  if (r <= 0n || r >= order || s <= 0n || s >= order) return false;
  const k = modulo(inverse(s) * (toInteger(digest) + r * scalar));
  return k !== 0n && xOf(k) === r;
}

function derOf(r: bigint, s: bigint): Buffer {
  const integer = (value: bigint): Buffer => {
    const text = value.toString(16);
    const octets = Buffer.from(text.length % 2 ? `0${text}` : text, 'hex');
    const signed = (octets[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), octets]) : octets;
    return Buffer.concat([Buffer.from([0x02, signed.length]), signed]);
  };
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

/** Strict: only what `derOf` would write. */
function fromDer(signature: Buffer): [bigint, bigint] | undefined {
  const rLength = signature[3] ?? 0;
  const sLength = signature[5 + rLength] ?? 0;
  const r = toInteger(signature.subarray(4, 4 + rLength));
  const s = toInteger(signature.subarray(6 + rLength, 6 + rLength + sLength));
  return derOf(r, s).equals(signature) ? [r, s] : undefined;
}
