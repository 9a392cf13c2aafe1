/**
 * The envelope: CBOR that has one spelling only (RFC 8949 4.2.1), and COSE_Sign1 with ES256 (RFC 9052) in it.
 * It knows headers, sizes and signatures, and nothing of what is signed.
 */
import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import { isLowS, lowS, type Signer, sameBytes } from './p256.ts';

/** Everything is bounded before it is parsed: bytes in one document, depth of nesting, items in all. */
export const maxBytes = 1400;
const maxDepth = 5;
const maxItems = 600;
export const maxKidBytes = 16;

/** Unprotected header that carries a certificate; private use, below -65536 (RFC 9052, IANA COSE Header Parameters). */
const certificateHeader = -65537;

/** Why bytes are not what the encoder makes. */
export type EncodingFault = 'malformed' | 'not-canonical';

export const isFault = (value: unknown): value is EncodingFault => value === 'malformed' || value === 'not-canonical';

/**
 * Walks the heads of `bytes` without building anything or recursing. The subset is what the encoder writes: integers
 * and lengths below 2^32 in their shortest form, definite strings, arrays and maps; no tag, float or simple value.
 */
const faultOf = (bytes: Uint8Array): EncodingFault | undefined => {
  const owed: number[] = [1];
  let at = 0;
  for (let items = 0; owed.length > 0; items++) {
    if (items === maxItems || at >= bytes.length) return 'malformed';
    const head = bytes[at++] as number;
    const major = head >> 5;
    const info = head & 31;
    if (major >= 6 || info === 27 || info === 31) return 'not-canonical';
    if (info > 27) return 'malformed';
    let value = info;
    if (info >= 24) {
      const width = 1 << (info - 24);
      if (at + width > bytes.length) return 'malformed';
      value = 0;
      for (let i = 0; i < width; i++) value = value * 256 + (bytes[at++] as number);
      if (value < (info === 24 ? 24 : info === 25 ? 0x100 : 0x10000)) return 'not-canonical';
    }
    owed[owed.length - 1] = (owed.at(-1) as number) - 1;
    if (major === 2 || major === 3) {
      at += value;
      if (at > bytes.length) return 'malformed';
    } else if (major >= 4) {
      if (value > maxItems || owed.length > maxDepth) return 'malformed';
      owed.push(major === 5 ? value * 2 : value);
    }
    while (owed.at(-1) === 0) owed.pop();
  }
  return at === bytes.length ? undefined : 'malformed';
};

/** Integers, byte and text strings, arrays, and maps with integer keys: shortest heads, keys in bytewise order. */
export const encodeCbor = (value: unknown): Uint8Array => encode(value, rfc8949EncodeOptions);

/**
 * The value of `bytes` within the bounds above; maps become `Map`. Key order and duplicates are left to the caller, who
 * encodes what was understood once more and compares.
 */
export const decodeCbor = (
  bytes: Uint8Array,
  limit: number = maxBytes,
): { readonly value: unknown } | EncodingFault => {
  if (bytes.length > limit) return 'malformed';
  const fault = faultOf(bytes);
  if (fault) return fault;
  try {
    return { value: decode(bytes, { useMaps: true }) };
  } catch {
    return 'malformed';
  }
};

const bstr = (bytes: Uint8Array): Uint8Array => {
  const n = bytes.length;
  const head = n < 24 ? [0x40 + n] : n < 0x100 ? [0x58, n] : n < 0x10000 ? [0x59, n >> 8, n & 0xff] : undefined;
  return concat(head ? Uint8Array.from(head) : Uint8Array.of(0x5a, n >>> 24, n >> 16, n >> 8, n), bytes);
};

const concat = (...parts: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

const none = new Uint8Array(0);

/** A COSE_Sign1 taken apart. Without `kid` the key is the one in `certificate`. */
export interface Sign1 {
  readonly kid?: Uint8Array;
  readonly certificate?: Uint8Array;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
}

/** {1: -7} or {1: -7, 4: kid}: alg ES256. Written by hand, because every verification needs it twice. */
const protectedHeader = (kid: Uint8Array | undefined): Uint8Array =>
  kid === undefined ? Uint8Array.of(0xa1, 1, 0x26) : concat(Uint8Array.of(0xa2, 1, 0x26, 4), bstr(kid));

const signature1 = Uint8Array.of(0x84, 0x6a, ...new TextEncoder().encode('Signature1'));

/** The bytes that are signed: Sig_structure of RFC 9052 4.4. */
export const toBeSigned = ({ kid, payload }: Omit<Sign1, 'signature'>, externalAad: Uint8Array): Uint8Array =>
  concat(signature1, bstr(protectedHeader(kid)), bstr(externalAad), bstr(payload));

const certificateEntry = Uint8Array.of(0xa1, 0x3a, 0x00, 0x01, 0x00, 0x00);

/** COSE_Sign1 as an untagged array of four. */
export const encodeSign1 = ({ kid, certificate, payload, signature }: Sign1): Uint8Array =>
  concat(
    Uint8Array.of(0x84),
    bstr(protectedHeader(kid)),
    certificate ? concat(certificateEntry, bstr(certificate)) : Uint8Array.of(0xa0),
    bstr(payload),
    bstr(signature),
  );

/** Signs `parts`; whatever the signer answered leaves with a low S. @throws RangeError where it answers no 64 bytes */
export const sign1 = async (
  parts: { readonly certificate?: Uint8Array; readonly payload: Uint8Array },
  signer: { readonly kid?: Uint8Array; readonly sign: Signer['sign'] },
  externalAad: Uint8Array = none,
): Promise<Uint8Array> => {
  const unsigned = signer.kid === undefined ? parts : { ...parts, kid: signer.kid };
  if (signer.kid && (signer.kid.length === 0 || signer.kid.length > maxKidBytes)) throw new RangeError('kid');
  const signature = lowS(await signer.sign(toBeSigned(unsigned, externalAad)));
  return encodeSign1({ ...unsigned, signature });
};

/** Takes a COSE_Sign1 apart, if `encodeSign1` made it byte for byte. Other algorithms are told apart from nonsense. */
export const decodeSign1 = (bytes: Uint8Array, limit: number = maxBytes): Sign1 | EncodingFault | 'wrong-algorithm' => {
  const outer = decodeCbor(bytes, limit);
  if (isFault(outer)) return outer;
  if (!Array.isArray(outer.value) || outer.value.length !== 4) return 'malformed';
  const [header, unprotected, payload, signature] = outer.value as readonly unknown[];
  if (!(header instanceof Uint8Array && unprotected instanceof Map)) return 'malformed';
  if (!(payload instanceof Uint8Array && signature instanceof Uint8Array)) return 'malformed';
  const inner = decodeCbor(header);
  if (isFault(inner)) return inner;
  if (!(inner.value instanceof Map)) return 'malformed';
  const algorithm = inner.value.get(1);
  if (algorithm !== -7) return typeof algorithm === 'number' ? 'wrong-algorithm' : 'malformed';
  const kid = inner.value.get(4);
  const certificate = unprotected.get(certificateHeader);
  if (kid !== undefined && !(kid instanceof Uint8Array && kid.length > 0 && kid.length <= maxKidBytes))
    return 'malformed';
  if (certificate !== undefined && !(certificate instanceof Uint8Array)) return 'malformed';
  if (signature.length !== 64) return 'malformed';
  const parts = { payload, signature, ...(kid && { kid }), ...(certificate && { certificate }) };
  return sameBytes(encodeSign1(parts), bytes) ? parts : 'not-canonical';
};

/** True where the signature is ES256 by the key, over these parts and `externalAad`. Callers have refused a high S. */
export const verifySign1 = (
  parts: Sign1,
  key: (bytes: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>,
  externalAad: Uint8Array = none,
): boolean | Promise<boolean> => isLowS(parts.signature) && key(toBeSigned(parts, externalAad), parts.signature);
