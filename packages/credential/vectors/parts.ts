/** What every vector is assembled from: the sample, its keys, and each of its parts as bytes that one can spoil. */
import { encodeBase45 } from '../base45.ts';
import { CborWriter } from '../cbor.ts';
import type { Certificate } from '../certificate.ts';
import { toBase64Url } from '../p256.ts';
import { type Credential, encodePayload, packText } from '../payload.ts';
import type { InvalidReason, ListAges } from '../verify.ts';
import { type TestKey, testKey } from './test-keys.ts';

export type Bytes = Uint8Array;

/** One code and what a verifier says of it. `keys` names a key set of the same file, `now` is an instant. */
export interface Vector {
  readonly description: string;
  readonly code: string;
  readonly keys: string;
  readonly now: string;
  /** When the key list was made; absent where the verifier vouches for its keys. */
  readonly keysMadeAt?: string;
  /** What a revocation list made at that time holds. */
  readonly revoked?: { readonly madeAt: string; readonly prescriptions: string[]; readonly certificates: string[] };
  readonly ages?: ListAges;
  readonly valid: boolean;
  readonly reason?: InvalidReason;
  readonly credential?: Credential;
  readonly validUntil?: string;
  readonly lists?: 'fresh' | 'stale';
  readonly delegated?: { readonly certificate: string; readonly sequence: number };
}

export const hex = (text: string): Bytes => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
export const join = (...parts: Bytes[]): Bytes => new Uint8Array(Buffer.concat(parts));
export const text = (bytes: Bytes): string => `RX1:${encodeBase45(bytes)}`;
export const cbor = (write: (writer: CborWriter) => CborWriter): Bytes => write(new CborWriter()).done();
export const bstr = (bytes: Bytes): Bytes => cbor((w) => w.bytes(bytes));
export const int = (value: number): Bytes => cbor((w) => w.int(value));

export const issuedAt = Date.parse('2026-11-20T09:30:00Z') / 1000;
export const at = (seconds: number): string => new Date(seconds * 1000).toISOString();
export const day = 86_400;
/** 2026-11-20 and thirty days, to the end of the Tashkent day. */
export const expiry = Date.parse('2026-12-20T19:00:00Z') / 1000;

export const sample: Credential = {
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CD',
  number: 'K7M2Q9XW4TBNY',
  issuedAt,
  validityDays: 30,
  clinic: 'CL-1001',
  prescriber: 'doctor',
  patient: { initials: 'KDA', birthYear: 1987 },
  lines: [
    {
      medicine: 'AMOX500CAP',
      dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, when: ['after-meal'], route: 'oral' },
      quantity: 21,
      substitutionAllowed: true,
      class: 'rx',
    },
  ],
};

export const tramadol: Credential['lines'][number] = {
  medicine: 'TRAM50CAP',
  dosage: { amount: 1, unit: 'capsule', everyHours: 8, days: 5, asNeeded: true, maxPerDay: 3, route: 'oral' },
  quantity: 15,
  substitutionAllowed: false,
  class: 'potent',
};

/** The parts of a payload, each the bytes of its value, so that a vector can spoil one. */
export type Parts = Map<number, Bytes>;

export const lineItems = (): Bytes[] => [bstr(packText('AMOX500CAP')), ...[21, 0, 1, 1, 0, 3, 7, 4].map(int)];
export const array = (items: Bytes[]): Bytes =>
  join(
    cbor((w) => w.array(items.length)),
    ...items,
  );

const encoded = encodePayload(sample);
export const idBytes = encoded.slice(3, 19);
export const numberBytes = encoded.slice(21, 29);

export const parts = (): Parts =>
  new Map([
    [1, bstr(idBytes)],
    [2, bstr(numberBytes)],
    [3, int(issuedAt)],
    [4, int(30)],
    [5, bstr(packText('CL-1001'))],
    [6, bstr(packText('DOCTOR'))],
    [7, cbor((w) => w.array(2).text('KDA').int(87))],
    [8, array([array(lineItems())])],
  ]);

export const delegatedParts = (): Parts => {
  const all = parts();
  all.delete(5);
  all.delete(6);
  return all.set(9, int(0));
};

/** A map of the parts in the order in which they stand. */
export const payloadOf = (from: Parts): Bytes =>
  join(
    cbor((w) => w.map(from.size)),
    ...Array.from(from, ([key, value]) => join(int(key), value)),
  );

export const withPart = (key: number, value: Bytes): Bytes => payloadOf(parts().set(key, value));
export const withoutPart = (key: number): Bytes => {
  const all = parts();
  all.delete(key);
  return payloadOf(all);
};
export const withItem = (index: number, value: Bytes): Bytes =>
  withPart(8, array([array(lineItems().toSpliced(index, 1, value))]));
export const withWhole = (items: Bytes[]): Bytes => withPart(8, array([array(items)]));

export const signature1 = (header: Bytes, payload: Bytes, aad: Bytes = new Uint8Array(0)): Bytes =>
  cbor((w) => w.array(4).text('Signature1').bytes(header).bytes(aad).bytes(payload));

export interface Envelope {
  readonly header: Bytes;
  readonly unprotected: Bytes;
  readonly payload: Bytes;
  readonly signature: Bytes;
}

export const sealed = ({ header, unprotected, payload, signature }: Envelope): Bytes =>
  join(hex('84'), bstr(header), unprotected, bstr(payload), bstr(signature));

export const headerOf = (kid: Bytes): Bytes => join(hex('a20126 04'), bstr(kid));

/** Signed as it should be, whatever is signed. */
export const envelope = async (
  key: TestKey,
  payload: Bytes,
  header = headerOf(key.kid),
  aad?: Bytes,
): Promise<Envelope> => ({
  header,
  unprotected: hex('a0'),
  payload,
  signature: await key.sign(signature1(header, payload, aad)),
});

export const certificateHeader = (certificate: Bytes): Bytes => join(hex('a1 3a00010000'), bstr(certificate));

export const flip = (bytes: Bytes, index: number): Bytes =>
  bytes.map((byte, i) => (i === (index + bytes.length) % bytes.length ? byte ^ 1 : byte));

export const keyNames = [
  'prescription',
  'prescription-next',
  'twin-a',
  'twin-b',
  'certificate',
  'certificate-next',
  'lists',
  'lists-next',
  'device',
  'stranger',
] as const;
export type Keys = Readonly<Record<(typeof keyNames)[number], TestKey>>;

export const makeKeys = async (): Promise<Keys> => {
  const twin = hex('aabbccdd');
  const made = await Promise.all(keyNames.map((name) => testKey(name, name.startsWith('twin') ? twin : undefined)));
  return Object.fromEntries(keyNames.map((name, i) => [name, made[i]])) as Keys;
};

export const published = (key: TestKey, more: object = {}) => ({ ...key.jwk, kid: toBase64Url(key.kid), ...more });

export const keySets = (keys: Keys) => ({
  main: {
    keys: [
      published(keys.prescription, { notBefore: at(issuedAt - 30 * day), notAfter: at(issuedAt + day) }),
      published(keys['prescription-next'], { notBefore: at(issuedAt - day), notAfter: at(issuedAt + 60 * day) }),
      published(keys['twin-a']),
      published(keys['twin-b']),
      published(keys.certificate, { purpose: 'certificate', notAfter: at(issuedAt + day) }),
      published(keys['certificate-next'], { purpose: 'certificate', notBefore: at(issuedAt + day) }),
    ],
  },
});

export const now = at(issuedAt + 3600);

export const certificateSample = (keys: Keys): Certificate => ({
  id: '5f0e8d1c2b3a',
  deviceKey: keys.device.jwk,
  prescriber: 'doctor',
  clinic: 'CL-1001',
  notBefore: issuedAt - 3600,
  hours: 72,
  count: 100,
});
export type Refused = readonly [description: string, reason: InvalidReason, code: string, more?: Partial<Vector>];
