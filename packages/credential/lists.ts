/**
 * What a verifier carries offline: the list of public keys and the list of what was revoked. Both are signed by the
 * lists key, which signs nothing else; its public keys (two, so that one can be replaced) are pinned in what we ship.
 * A list has a rising serial, so that nobody can hand out yesterday's, and the time it was made.
 */
import { Instant, instant } from '@darmon/domain/time';
import * as z from 'zod';
import { CborWriter, readCbor } from './cbor.ts';
import { CertificateId, certificateIdBytes, fromHex, toHex } from './certificate.ts';
import { decodeSign1, sign1, verifySign1 } from './cose.ts';
import { type KeyRing, maxKeys, PublishedKey } from './keys.ts';
import { fromBase64Url, isLowS, lowS, type Signer, sameBytes, toBase64Url } from './p256.ts';

export const revocationsAad = new TextEncoder().encode('darmon:revocations:1');

/** Why a list is not taken; where several hold, the first. */
export type ListFault = 'malformed' | 'unknown-kid' | 'bad-signature' | 'from-the-future' | 'rolled-back';

/** What a verifier remembers of the list it holds, so that it never takes an older one. */
export interface ListMark {
  readonly serial: number;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

export interface OpenContext {
  /** The pinned roots, as a ring. */
  readonly roots: KeyRing;
  readonly now: number;
  /** The mark of the list held until now, if any. */
  readonly after?: ListMark;
}

const clockToleranceMs = 5 * 60_000;
const Serial = z.int().min(1).max(0xffffffff);

/** Future or rollback. The same serial may come again, as long as it is not an older making of it. */
const markFault = (mark: ListMark, { now, after }: OpenContext): ListFault | undefined => {
  if (mark.madeAt > now + clockToleranceMs) return 'from-the-future';
  const isOlder = after && (mark.serial < after.serial || (mark.serial === after.serial && mark.madeAt < after.madeAt));
  return isOlder ? 'rolled-back' : undefined;
};

/** Like `KeyRing.find`, of the roots: whatever a root says of its window, it is pinned, so only the signature counts. */
const anyRoot = async (
  { roots }: OpenContext,
  kid: Uint8Array,
  check: (
    verify: (bytes: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>,
  ) => boolean | Promise<boolean>,
): Promise<ListFault | undefined> => {
  const candidates = roots.find(kid);
  if (candidates.length === 0) return 'unknown-kid';
  for (const root of candidates) if (await check(root.verify)) return undefined;
  return 'bad-signature';
};

// The key list

const KeyList = z.object({ serial: Serial, madeAt: Instant, keys: z.array(PublishedKey).min(1).max(maxKeys) });

/** The answer of the well-known path: the keys for whoever trusts the connection, and the same signed for us. */
export const KeyListDocument = z
  .object({
    keys: z.array(PublishedKey).max(maxKeys),
    signed: z.string().max(65_536).meta({ description: 'serial, madeAt and the same keys as a compact JWS (ES256)' }),
  })
  .meta({ id: 'KeyListDocument' });
export type KeyListDocument = z.infer<typeof KeyListDocument>;

export interface OpenedKeyList extends ListMark {
  readonly keys: readonly PublishedKey[];
}

const utf8 = new TextEncoder();
const jwsHeader = (kid: Uint8Array): string =>
  toBase64Url(utf8.encode(JSON.stringify({ alg: 'ES256', kid: toBase64Url(kid), typ: 'darmon-keys+jws' })));

/**
 * The key list as it is served. `madeAt` in milliseconds since 1970; `serial` above every earlier one.
 * @throws ZodError where a key is not of the schema
 */
export const makeKeyList = async (
  keys: readonly PublishedKey[],
  { serial, madeAt }: ListMark,
  signer: Signer,
): Promise<KeyListDocument> => {
  const list = KeyList.parse({ serial, madeAt: instant(madeAt), keys });
  const input = `${jwsHeader(signer.kid)}.${toBase64Url(utf8.encode(JSON.stringify(list)))}`;
  const signature = lowS(await signer.sign(utf8.encode(input)));
  return { keys: list.keys, signed: `${input}.${toBase64Url(signature)}` };
};

const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
};

const Header = z.object({ kid: z.string() });

/** Opens `signed` of a key list under the pinned roots. How old it may be is for `verifyCode` to judge, by `madeAt`. */
export const openKeyList = async (signed: string, context: OpenContext): Promise<OpenedKeyList | ListFault> => {
  const [header, body, signature, ...more] = signed.length > 65_536 ? [] : signed.split('.');
  const parts = [header, body, signature].map((part) => fromBase64Url(part ?? ''));
  const [headerBytes, bodyBytes, signatureBytes] = parts;
  if (more.length > 0 || !(headerBytes && bodyBytes && signatureBytes?.length === 64)) return 'malformed';
  const kid = fromBase64Url(Header.safeParse(parseJson(headerBytes)).data?.kid ?? '');
  if (!kid || jwsHeader(kid) !== header) return 'malformed';
  const input = utf8.encode(`${header}.${body}`);
  const fault = await anyRoot(context, kid, (verify) => isLowS(signatureBytes) && verify(input, signatureBytes));
  if (fault) return fault;
  const { data } = KeyList.safeParse(parseJson(bodyBytes));
  if (!data) return 'malformed';
  const mark = { serial: data.serial, madeAt: Date.parse(data.madeAt) };
  return markFault(mark, context) ?? { ...mark, keys: data.keys };
};

// The revocation list

const maxRevocations = 2_000_000;
const maxRevocationBytes = 16_000_000;
const maxRevokedCertificates = 10_000;
const digits = 13;

/**
 * Of an id only the last 52 bits are kept, so that a phone can hold the list: 100,000 revocations take 467 kB instead of
 * 1.6 MB. With as many listed, a sound id is taken for a revoked one once in 4.5e10; the server knows by the whole id.
 */
export const fingerprintOf = (id: string): number => {
  let value = 0;
  for (const character of id.slice(-11)) value = (value % 2 ** 47) * 32 + crockford.indexOf(character);
  return value;
};

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const fingerprintBits = digits * 4;

/** Bits of a gap that are written as they are; the rest is counted in ones. Chosen by the count, so it is not stored. */
const remainderBits = (count: number): number => fingerprintBits - 1 - Math.floor(Math.log2(Math.max(count, 1)));

/** Golomb-Rice: the gaps between sorted values, each its quotient in ones and a zero, then `k` bits, highest first. */
const packGaps = (sorted: Float64Array): Uint8Array => {
  const k = remainderBits(sorted.length);
  const unit = 2 ** k;
  const bytes = new Uint8Array(Math.ceil((sorted.length * (k + 1) + 2 ** fingerprintBits / unit + 8) / 8));
  let at = 0;
  let previous = -1;
  const put = (bit: number): void => {
    if (bit) bytes[at >> 3] = (bytes[at >> 3] as number) | (0x80 >> (at & 7));
    at++;
  };
  for (const value of sorted) {
    const gap = value - previous - 1;
    previous = value;
    for (let ones = Math.floor(gap / unit); ones > 0; ones--) put(1);
    put(0);
    const rest = gap % unit;
    for (let bit = unit / 2; bit >= 1; bit /= 2) put(Math.floor(rest / bit) % 2);
  }
  return bytes.slice(0, Math.ceil(at / 8));
};

const unpackGaps = (bytes: Uint8Array, count: number): Float64Array | undefined => {
  const k = remainderBits(count);
  const unit = 2 ** k;
  const sorted = new Float64Array(count);
  let at = 0;
  let previous = -1;
  for (let i = 0; i < count; i++) {
    let value = previous + 1;
    for (; at < bytes.length * 8 && bitAt(bytes, at); at++) value += unit;
    at++;
    let rest = 0;
    for (let bit = 0; bit < k; bit++) rest = rest * 2 + bitAt(bytes, at++);
    previous = value + rest;
    if (at > bytes.length * 8 || previous >= 2 ** fingerprintBits) return undefined;
    sorted[i] = previous;
  }
  return sorted;
};

const bitAt = (bytes: Uint8Array, at: number): number => ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;

/** What was revoked, ready to ask. */
export interface Revocations extends ListMark {
  readonly count: number;
  /** By the ULID of the prescription. */
  readonly hasPrescription: (id: string) => boolean;
  readonly hasCertificate: (id: string) => boolean;
}

/** Whatever is still within its validity and was revoked; what has expired need not be listed. */
export interface Revoked {
  readonly prescriptions: Iterable<string>;
  readonly certificates: Iterable<string>;
}

/**
 * The revocation list as it is served, application/cose.
 * @throws ZodError or RangeError where the mark is out of range or the list too long
 */
export const makeRevocationList = async (revoked: Revoked, mark: ListMark, signer: Signer): Promise<Uint8Array> => {
  const fingerprints = Float64Array.from(new Set(Array.from(revoked.prescriptions, fingerprintOf))).sort();
  const certificates = [...new Set(revoked.certificates)].sort();
  if (fingerprints.length > maxRevocations || certificates.length > maxRevokedCertificates)
    throw new RangeError('too many revocations for one list');
  const gaps = packGaps(fingerprints);
  const payload = new CborWriter()
    .array(5)
    .int(Serial.parse(mark.serial))
    .int(Math.floor(mark.madeAt / 1000))
    .int(fingerprints.length)
    .bytes(gaps)
    .bytes(Uint8Array.from(certificates.flatMap(idBytes)))
    .done();
  return sign1({ payload }, signer, revocationsAad);
};

/** The sorted ids, in hexadecimal; undefined where they are not what the maker writes. */
const unpackIds = (bytes: Uint8Array): ReadonlySet<string> | undefined => {
  const ids: string[] = [];
  for (let at = 0; at < bytes.length; at += certificateIdBytes)
    ids.push(toHex(bytes.subarray(at, at + certificateIdBytes)));
  const ascend = ids.every((id, i) => id.length === certificateIdBytes * 2 && (i === 0 || (ids[i - 1] as string) < id));
  return ascend ? new Set(ids) : undefined;
};

const idBytes = (id: string): number[] => [...fromHex(CertificateId.parse(id))];

const isListed = (sorted: Float64Array, value: number): boolean => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
};

/** Opens a revocation list under the pinned roots. How old it may be is for `verifyCode` to judge, by `madeAt`. */
export const openRevocationList = async (bytes: Uint8Array, context: OpenContext): Promise<Revocations | ListFault> => {
  const envelope = decodeSign1(bytes, maxRevocationBytes);
  if (typeof envelope === 'string' || !envelope.kid || envelope.certificate) return 'malformed';
  const fault = await anyRoot(context, envelope.kid, (verify) => verifySign1(envelope, verify, revocationsAad));
  if (fault) return fault;
  const list = readCbor(envelope.payload, (reader) => {
    reader.array(5);
    return {
      serial: reader.uint(1, 0xffffffff),
      madeAt: reader.uint(0, 0xffffffff) * 1000,
      count: reader.uint(0, maxRevocations),
      gaps: reader.bytes(0, maxRevocationBytes),
      certificates: unpackIds(reader.bytes(0, maxRevokedCertificates * certificateIdBytes)),
    };
  });
  if (typeof list === 'string') return 'malformed';
  const { count, gaps, certificates } = list;
  const sorted = unpackGaps(gaps, count);
  if (!sorted || !certificates || !sameBytes(packGaps(sorted), gaps)) return 'malformed';
  const mark = { serial: list.serial, madeAt: list.madeAt };
  return (
    markFault(mark, context) ?? {
      ...mark,
      count,
      hasPrescription: (id) => isListed(sorted, fingerprintOf(id)),
      hasCertificate: (id) => certificates.has(id),
    }
  );
};
