/**
 * Makes `test/vectors/credential/*.json`: codes that a verifier accepts, codes that it refuses and why, and the lists.
 * Everything is assembled here byte by byte, beside the encoder, since most of it is what the encoder would never make.
 * `node packages/credential/make-vectors.ts` writes the files; a test holds them to what this file makes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { encodeBase45 } from './base45.ts';
import { CborWriter } from './cbor.ts';
import { type Certificate, certificateAad, makeCertificate } from './certificate.ts';
import { makeKeyList, makeRevocationList } from './lists.ts';
import { compressKey, toBase64Url } from './p256.ts';
import { type Credential, encodePayload, packText } from './payload.ts';
import { signCredential, signDelegated } from './sign.ts';
import { type TestKey, testKey } from './test-keys.ts';
import type { InvalidReason, ListAges } from './verify.ts';

type Bytes = Uint8Array;

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

const hex = (text: string): Bytes => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const join = (...parts: Bytes[]): Bytes => new Uint8Array(Buffer.concat(parts));
const text = (bytes: Bytes): string => `RX1:${encodeBase45(bytes)}`;
const cbor = (write: (writer: CborWriter) => CborWriter): Bytes => write(new CborWriter()).done();
const bstr = (bytes: Bytes): Bytes => cbor((w) => w.bytes(bytes));
const int = (value: number): Bytes => cbor((w) => w.int(value));

export const issuedAt = Date.parse('2026-11-20T09:30:00Z') / 1000;
const at = (seconds: number): string => new Date(seconds * 1000).toISOString();
const day = 86_400;
/** 2026-11-20 and thirty days, to the end of the Tashkent day. */
const expiry = Date.parse('2026-12-20T19:00:00Z') / 1000;

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

const tramadol: Credential['lines'][number] = {
  medicine: 'TRAM50CAP',
  dosage: { amount: 1, unit: 'capsule', everyHours: 8, days: 5, asNeeded: true, maxPerDay: 3, route: 'oral' },
  quantity: 15,
  substitutionAllowed: false,
  class: 'potent',
};

/** The parts of a payload, each the bytes of its value, so that a vector can spoil one. */
type Parts = Map<number, Bytes>;

const lineItems = (): Bytes[] => [bstr(packText('AMOX500CAP')), ...[21, 0, 1, 1, 0, 3, 7, 4].map(int)];
const array = (items: Bytes[]): Bytes =>
  join(
    cbor((w) => w.array(items.length)),
    ...items,
  );

const encoded = encodePayload(sample);
const idBytes = encoded.slice(3, 19);
const numberBytes = encoded.slice(21, 29);

const parts = (): Parts =>
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

const delegatedParts = (): Parts => {
  const all = parts();
  all.delete(5);
  all.delete(6);
  return all.set(9, int(0));
};

/** A map of the parts in the order in which they stand. */
const payloadOf = (from: Parts): Bytes =>
  join(
    cbor((w) => w.map(from.size)),
    ...Array.from(from, ([key, value]) => join(int(key), value)),
  );

const withPart = (key: number, value: Bytes): Bytes => payloadOf(parts().set(key, value));
const withoutPart = (key: number): Bytes => {
  const all = parts();
  all.delete(key);
  return payloadOf(all);
};
const withItem = (index: number, value: Bytes): Bytes =>
  withPart(8, array([array(lineItems().toSpliced(index, 1, value))]));
const withWhole = (items: Bytes[]): Bytes => withPart(8, array([array(items)]));

const signature1 = (header: Bytes, payload: Bytes, aad: Bytes = new Uint8Array(0)): Bytes =>
  cbor((w) => w.array(4).text('Signature1').bytes(header).bytes(aad).bytes(payload));

interface Envelope {
  readonly header: Bytes;
  readonly unprotected: Bytes;
  readonly payload: Bytes;
  readonly signature: Bytes;
}

const sealed = ({ header, unprotected, payload, signature }: Envelope): Bytes =>
  join(hex('84'), bstr(header), unprotected, bstr(payload), bstr(signature));

const headerOf = (kid: Bytes): Bytes => join(hex('a20126 04'), bstr(kid));

/** Signed as it should be, whatever is signed. */
const envelope = async (key: TestKey, payload: Bytes, header = headerOf(key.kid), aad?: Bytes): Promise<Envelope> => ({
  header,
  unprotected: hex('a0'),
  payload,
  signature: await key.sign(signature1(header, payload, aad)),
});

const certificateHeader = (certificate: Bytes): Bytes => join(hex('a1 3a00010000'), bstr(certificate));

const flip = (bytes: Bytes, index: number): Bytes =>
  bytes.map((byte, i) => (i === (index + bytes.length) % bytes.length ? byte ^ 1 : byte));

const keyNames = [
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
type Keys = Readonly<Record<(typeof keyNames)[number], TestKey>>;

const makeKeys = async (): Promise<Keys> => {
  const twin = hex('aabbccdd');
  const made = await Promise.all(keyNames.map((name) => testKey(name, name.startsWith('twin') ? twin : undefined)));
  return Object.fromEntries(keyNames.map((name, i) => [name, made[i]])) as Keys;
};

const published = (key: TestKey, more: object = {}) => ({ ...key.jwk, kid: toBase64Url(key.kid), ...more });

const keySets = (keys: Keys) => ({
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

const now = at(issuedAt + 3600);

const certificateSample = (keys: Keys): Certificate => ({
  id: '5f0e8d1c2b3a',
  deviceKey: keys.device.jwk,
  prescriber: 'doctor',
  clinic: 'CL-1001',
  notBefore: issuedAt - 3600,
  hours: 72,
  count: 100,
});

/** Codes that are accepted, from the encoder itself. */
const makeValid = async (keys: Keys): Promise<Vector[]> => {
  const one = async (
    description: string,
    change: Partial<Credential>,
    more: Partial<Vector> = {},
    key = keys.prescription,
  ) => {
    const credential = { ...sample, ...change };
    const code = await signCredential(credential, key);
    const days = credential.validityDays - 30;
    const until = { validUntil: at(expiry + days * day), lists: 'fresh' } as const;
    return { description, code, keys: 'main', now, valid: true, credential, ...until, ...more };
  };
  const certificate = await makeCertificate(certificateSample(keys), keys.certificate);
  const delegated = async (description: string, sequence: number, more: Partial<Vector> = {}) => ({
    ...(await one(description, {})),
    code: await signDelegated(sample, { certificate, sequence, sign: keys.device.sign }),
    delegated: { certificate: '5f0e8d1c2b3a', sequence },
    ...more,
  });
  const line = sample.lines[0] as Credential['lines'][number];
  const dosed = (dosage: Partial<typeof line.dosage>) => ({
    lines: [{ ...line, dosage: { ...line.dosage, ...dosage } }],
  });
  return [
    await one('one line', {}),
    await one('five lines, one of a controlled medicine', { lines: [line, line, line, line, tramadol] }),
    await one('twenty lines, the most there can be', { lines: Array.from({ length: 20 }, () => line) }),
    await one('a fraction of a unit: half a tablet', dosed({ amount: 0.5, unit: 'tablet' })),
    await one('a thousandth of a unit', dosed({ amount: 0.001 })),
    await one('the largest dosage', {
      lines: [
        {
          ...tramadol,
          quantity: 100_000,
          dosage: {
            amount: 9999.999,
            unit: 'piece',
            everyHours: 168,
            days: 365,
            when: ['morning', 'evening', 'noon', 'night'],
            asNeeded: true,
            maxPerDay: 99_999.999,
            route: 'transdermal',
          },
        },
      ],
    }),
    await one('Cyrillic initials', { patient: { initials: 'ҚЎҒҲ', birthYear: 2024 } }),
    await one('born before 1900', { patient: { initials: 'A', birthYear: 1899 } }),
    await one('the longest codes', {
      clinic: 'CL-1234567890ABC',
      prescriber: 'p-234567890123456789012345678901234z',
      lines: [{ ...line, medicine: 'ABCDEFGHIJKLMNOP' }],
    }),
    await one('the shortest codes', { clinic: 'C-1', prescriber: 'd0', lines: [{ ...line, medicine: 'A1' }] }),
    await one('valid for one day', { validityDays: 1 }),
    await one('in the last second of its validity', {}, { now: at(expiry - 1) }),
    await one("issued five minutes after the verifier's now, which a clock may be", {}, { now: at(issuedAt - 300) }),
    await one('signed by the next key while both are in use', {}, {}, keys['prescription-next']),
    await one('the first of two keys that share a kid', {}, {}, keys['twin-a']),
    await one('the second of two keys that share a kid', {}, {}, keys['twin-b']),
    await one('the key has gone out of use since, the code stays valid', {}, { now: at(issuedAt + 20 * day) }),
    await one('lists of 24 hours are fresh', {}, { keysMadeAt: at(issuedAt + 3600 - day) }),
    await one('lists older than 24 hours are stale', {}, { keysMadeAt: at(issuedAt + 3599 - day), lists: 'stale' }),
    await one(
      'lists of seven days are the oldest that count',
      {},
      { keysMadeAt: at(issuedAt + 3600 - 7 * day), lists: 'stale' },
    ),
    await one(
      'another prescription is revoked',
      {},
      { revoked: { madeAt: now, prescriptions: ['01KAGZ5V9YV1Q5T1M0E9J7R2CE'], certificates: ['5f0e8d1c2b3a'] } },
    ),
    await delegated('signed by a device', 0),
    await delegated('the last that the certificate allows', 99),
    await delegated('signed by a device, checked after its certificate has ended', 1, { now: at(issuedAt + 10 * day) }),
  ];
};

type Refused = readonly [description: string, reason: InvalidReason, code: string, more?: Partial<Vector>];

const textFaults = (good: string): Refused[] => [
  ['nothing', 'not-a-code', ''],
  ['the prefix alone', 'malformed', 'RX1:'],
  ['lower-case prefix', 'not-a-code', good.replace('RX1', 'rx1')],
  ['version 2', 'not-a-code', good.replace('RX1', 'RX2')],
  ['no prefix', 'not-a-code', good.slice(4)],
  ["a health certificate's prefix", 'not-a-code', good.replace('RX1', 'HC1')],
  ['a space before it', 'not-a-code', ` ${good}`],
  ['a line end after it', 'not-base45', `${good}\n`],
  ['a carriage return and a line end after it', 'not-base45', `${good}\r\n`],
  ['all lower case', 'not-a-code', good.toLowerCase()],
  ['lower-case text', 'not-base45', `RX1:${good.slice(4).toLowerCase()}`],
  ['one lower-case letter', 'not-base45', good.replace(/(.{40}.*?)([A-Z])/, (_, a, b) => a + b.toLowerCase())],
  ['a character outside the alphabet', 'not-base45', `${good.slice(0, 20)}=${good.slice(21)}`],
  ['a Cyrillic letter that looks Latin', 'not-base45', `${good.slice(0, 20)}А${good.slice(21)}`],
  ['a zero byte', 'not-base45', `${good.slice(0, 20)}\0${good.slice(21)}`],
  [
    'one character too many',
    'not-base45',
    `${good}00`
      .slice(0, good.length + (good.length % 3 === 1 ? 0 : 1))
      .padEnd(4 + 3 * Math.ceil((good.length - 4) / 3) + 1, '0'),
  ],
  ['a triplet above 65535', 'not-base45', `${good.slice(0, 4)}:::${good.slice(7)}`],
  ['a pair above 255', 'not-base45', 'RX1:000::'],
  ['too large', 'too-large', `RX1:${'0'.repeat(3000)}`],
  ['huge', 'too-large', `RX1:${'A'.repeat(100_000)}`],
  ['cut off in the middle', 'malformed', good.slice(0, 4 + 90)],
  ['cut off before the last three characters', 'malformed', good.slice(0, 4 + 3 * Math.floor((good.length - 5) / 3))],
  ['three characters more', 'malformed', text(join(hex('84'), new Uint8Array(9)))],
];

const envelopeFaults = async (keys: Keys): Promise<Refused[]> => {
  const key = keys.prescription;
  const good = await envelope(key, payloadOf(parts()));
  const bytes = sealed(good);
  const change = (part: Partial<Envelope>): string => text(sealed({ ...good, ...part }));
  const headed = async (header: Bytes): Promise<string> => text(sealed(await envelope(key, good.payload, header)));
  const kid = bstr(key.kid);
  return [
    ['compressed, as health certificates are', 'malformed', text(new Uint8Array(deflateSync(bytes)))],
    ['compressed twice', 'malformed', text(new Uint8Array(deflateSync(deflateSync(bytes))))],
    ['tagged as COSE_Sign1', 'not-canonical', text(join(hex('d2'), bytes))],
    ['tagged as self-described CBOR', 'not-canonical', text(join(hex('d9d9f7'), bytes))],
    ['a byte after the end', 'malformed', text(join(bytes, hex('00')))],
    ['a second item after the end', 'malformed', text(join(bytes, hex('f6')))],
    ['an array of three', 'malformed', text(join(hex('83'), bytes.slice(1)))],
    ['an array of five', 'malformed', text(join(hex('85'), bytes.slice(1), hex('a0')))],
    ['an array of indefinite length', 'not-canonical', text(join(hex('9f'), bytes.slice(1), hex('ff')))],
    ['the length of the array in two bytes', 'not-canonical', text(join(hex('9804'), bytes.slice(1)))],
    ['a map instead of an array', 'malformed', text(join(hex('a2'), bytes.slice(1)))],
    ['a byte string around it', 'malformed', text(bstr(bytes))],
    ['an integer', 'malformed', text(hex('01'))],
    ['a float', 'not-canonical', text(hex('f93c00'))],
    ['a reserved head', 'malformed', text(hex('1c'))],
    ['only breaks', 'not-canonical', text(hex('ffffffff'))],
    ['arrays nested 600 deep', 'malformed', text(new Uint8Array(600).fill(0x81))],
    ['tags nested 600 deep', 'not-canonical', text(new Uint8Array(600).fill(0xc1))],
    ['a byte string that claims 4 GB', 'malformed', text(hex('84 5affffffff 00'))],
    ['an array that claims 4 billion items', 'malformed', text(hex('9affffffff 00'))],
    ['an extra unprotected header', 'malformed', change({ unprotected: hex('a1 05 40') })],
    ['a kid in the unprotected header', 'malformed', change({ unprotected: join(hex('a1 04'), kid) })],
    ['an unprotected header of indefinite length', 'not-canonical', change({ unprotected: hex('bfff') })],
    ['an unprotected header that is an array', 'malformed', change({ unprotected: hex('80') })],
    ['two certificates', 'malformed', change({ unprotected: hex('a2 3a00010000 4100 3a00010000 4100') })],
    ['an empty certificate', 'malformed', change({ unprotected: hex('a1 3a00010000 40') })],
    [
      'a certificate beside a code that needs none',
      'certificate-holder',
      change({ unprotected: certificateHeader(hex('00')) }),
    ],
    ['an empty protected header', 'malformed', await headed(hex(''))],
    ['a protected header of an empty map', 'malformed', await headed(hex('a0'))],
    [
      'a protected header that is not wrapped',
      'malformed',
      text(join(hex('84'), good.header, hex('a0'), bstr(good.payload), bstr(good.signature))),
    ],
    ['no algorithm', 'malformed', await headed(join(hex('a1 04'), kid))],
    ['no kid', 'malformed', await headed(hex('a1 0126'))],
    ['algorithm ES384', 'wrong-algorithm', await headed(join(hex('a2 013822 04'), kid))],
    ['algorithm EdDSA', 'wrong-algorithm', await headed(join(hex('a2 0127 04'), kid))],
    ['algorithm HMAC 256/256', 'wrong-algorithm', await headed(join(hex('a2 0105 04'), kid))],
    ['the algorithm as a word', 'malformed', await headed(join(hex('a2 01 654553323536 04'), kid))],
    ['kid before algorithm', 'not-canonical', await headed(join(hex('a2 04'), kid, hex('0126')))],
    ['the algorithm twice', 'not-canonical', await headed(hex('a2 0126 0126'))],
    ['a header that must be understood', 'malformed', await headed(join(hex('a3 0126 02 8104 04'), kid))],
    ['a content type', 'malformed', await headed(hex('a2 0126 0300'))],
    ['a byte after the protected header', 'malformed', await headed(join(good.header, hex('00')))],
    ["the kid's length in two bytes", 'not-canonical', await headed(join(hex('a2 0126 04 5804'), key.kid))],
    ['a kid of no bytes', 'malformed', await headed(hex('a2 0126 04 40'))],
    ['a kid of seventeen bytes', 'malformed', await headed(join(hex('a2 0126 04'), bstr(new Uint8Array(17))))],
    ['a kid that is text', 'malformed', await headed(hex('a2 0126 04 6461626364'))],
    ['a flipped bit in the kid', 'unknown-kid', text(flip(bytes, 7))],
    [
      'a detached payload',
      'not-canonical',
      text(join(hex('84'), bstr(good.header), hex('a0 f6'), bstr(good.signature))),
    ],
    ['an empty payload', 'malformed', change({ payload: hex('') })],
    [
      'a payload in chunks',
      'not-canonical',
      text(join(hex('84'), bstr(good.header), hex('a0 5f'), bstr(good.payload), hex('ff'), bstr(good.signature))),
    ],
    ['a signature of 63 bytes', 'malformed', change({ signature: good.signature.slice(1) })],
    ['a signature of 65 bytes', 'malformed', change({ signature: join(good.signature, hex('00')) })],
    [
      'a signature in DER',
      'malformed',
      change({ signature: join(hex('3044 0220'), good.signature.slice(0, 32), hex('0220'), good.signature.slice(32)) }),
    ],
    ['a signature of zeros', 'bad-signature', change({ signature: new Uint8Array(64) })],
    ['r = 0', 'bad-signature', change({ signature: join(new Uint8Array(32), good.signature.slice(32)) })],
    ['s = 0', 'bad-signature', change({ signature: join(good.signature.slice(0, 32), new Uint8Array(32)) })],
    [
      'the other signature of the same key, with a high S',
      'high-s',
      change({ signature: await key.signHigh(signature1(good.header, good.payload)) }),
    ],
    ['a flipped bit in r', 'bad-signature', change({ signature: flip(good.signature, 5) })],
    ['a flipped bit in s', 'bad-signature', change({ signature: flip(good.signature, -1) })],
    [
      'signed by a stranger under a known kid',
      'bad-signature',
      text(sealed(await envelope(keys.stranger, good.payload, good.header))),
    ],
    [
      'signed by a stranger under its own kid',
      'unknown-kid',
      text(sealed(await envelope(keys.stranger, good.payload))),
    ],
    ['signed by a certificate key', 'unknown-kid', text(sealed(await envelope(keys.certificate, good.payload)))],
    ['signed by the lists key', 'unknown-kid', text(sealed(await envelope(keys.lists, good.payload)))],
    [
      'signed as a certificate',
      'bad-signature',
      text(sealed(await envelope(key, good.payload, good.header, certificateAad))),
    ],
    [
      'signed without the protected header',
      'bad-signature',
      change({ signature: await key.sign(signature1(hex(''), good.payload)) }),
    ],
    ['the bare payload signed', 'bad-signature', change({ signature: await key.sign(good.payload) })],
    ["another prescription's signature", 'bad-signature', change({ payload: withPart(4, int(31)) })],
  ];
};

const flippedFields = async (key: TestKey): Promise<Refused[]> => {
  const good = await envelope(key, payloadOf(parts()));
  const areas: readonly (readonly [string, Bytes, number])[] = [
    ['id', idBytes, 15],
    ['number', numberBytes, 7],
    ['issue time', int(issuedAt), 4],
    ['clinic', packText('CL-1001'), 3],
    ['prescriber', packText('DOCTOR'), 3],
    ['initials', new TextEncoder().encode('KDA'), 1],
    ['birth year', int(87), 1],
    ['medicine', packText('AMOX500CAP'), 5],
  ];
  return areas.map(([name, area, index]) => {
    const start = Buffer.from(good.payload).indexOf(area);
    if (start < 0) throw new Error(`the payload has no ${name}`);
    return [
      `a flipped bit in the ${name}`,
      'bad-signature',
      text(sealed({ ...good, payload: flip(good.payload, start + index) })),
    ];
  });
};

/** Everything here is signed by the right key: only reading strictly refuses it. */
const payloadFaults = async (key: TestKey): Promise<Refused[]> => {
  const reversed = new Map([...parts()].reverse());
  const entries = [...parts()].map(([k, v]) => join(int(k), v));
  const eight = hex('a8');
  const many = (length: number): Bytes => array(Array.from({ length }, () => array(lineItems())));
  const faults: readonly (readonly [
    string,
    'malformed' | 'not-canonical' | 'certificate-missing' | 'certificate-holder',
    Bytes,
  ])[] = [
    ['a payload that is an array', 'malformed', hex('80')],
    ['an empty map', 'malformed', hex('a0')],
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((k) => [`key ${k} missing`, 'malformed', withoutPart(k)] as const),
    ['an unknown key', 'malformed', withPart(10, int(0))],
    ['a negative key', 'malformed', withPart(-1, int(0))],
    ['a key that is text', 'malformed', join(hex('a9'), ...entries, hex('6161 00'))],
    ['keys in falling order', 'not-canonical', payloadOf(reversed)],
    ['two keys exchanged', 'not-canonical', join(eight, entries[1] as Bytes, entries[0] as Bytes, ...entries.slice(2))],
    [
      'a key twice with one value',
      'not-canonical',
      join(hex('a9'), ...entries.slice(0, 4), entries[3] as Bytes, ...entries.slice(4)),
    ],
    [
      'a key twice with two values',
      'not-canonical',
      join(hex('a9'), ...entries.slice(0, 4), hex('04 181f'), ...entries.slice(4)),
    ],
    ['a key in two bytes', 'not-canonical', join(eight, hex('1801'), bstr(idBytes), ...entries.slice(1))],
    ['a map of indefinite length', 'not-canonical', join(hex('bf'), ...entries, hex('ff'))],
    ['fewer entries than the map claims', 'malformed', join(hex('a9'), ...entries)],
    ['more entries than the map claims', 'malformed', join(hex('a7'), ...entries)],
    ['a byte after the payload', 'malformed', join(payloadOf(parts()), hex('00'))],
    ['a tag around the payload', 'not-canonical', join(hex('c1'), payloadOf(parts()))],
    ['an id of fifteen bytes', 'malformed', withPart(1, bstr(idBytes.slice(1)))],
    ['an id of seventeen bytes', 'malformed', withPart(1, bstr(join(idBytes, hex('00'))))],
    [
      'an id that is text',
      'malformed',
      withPart(
        1,
        cbor((w) => w.text(sample.id)),
      ),
    ],
    ['an id tagged as a UUID', 'not-canonical', withPart(1, join(hex('d825'), bstr(idBytes)))],
    ['a number of seven bytes', 'malformed', withPart(2, bstr(numberBytes.slice(1)))],
    ['a number that begins with a digit', 'malformed', withPart(2, bstr(hex('0000000000000001')))],
    ['a number of more than sixty bits', 'not-canonical', withPart(2, bstr(join(hex('1a'), numberBytes.slice(1))))],
    ['an issue time in eight bytes', 'not-canonical', withPart(3, join(hex('1b00000000'), int(issuedAt).slice(1)))],
    ['an issue time as a float', 'not-canonical', withPart(3, hex('fb41dac00000000000'))],
    ['an issue time as a tagged date', 'not-canonical', withPart(3, join(hex('c1'), int(issuedAt)))],
    ['an issue time before 2020', 'malformed', withPart(3, int(1_577_836_799))],
    ['an issue time after 2099', 'malformed', withPart(3, int(4_102_444_800))],
    ['a negative issue time', 'malformed', withPart(3, int(-1))],
    ['a validity in three bytes', 'not-canonical', withPart(4, hex('19001e'))],
    ['a validity as a half float', 'not-canonical', withPart(4, hex('f94f80'))],
    ['a validity as a big number', 'not-canonical', withPart(4, hex('c2411e'))],
    ['a validity of null', 'not-canonical', withPart(4, hex('f6'))],
    ['a validity of true', 'not-canonical', withPart(4, hex('f5'))],
    ['a validity of undefined', 'not-canonical', withPart(4, hex('f7'))],
    ['a validity of no days', 'malformed', withPart(4, int(0))],
    ['a validity above a year', 'malformed', withPart(4, int(367))],
    [
      'a clinic in plain text',
      'malformed',
      withPart(
        5,
        cbor((w) => w.text('CL-1001')),
      ),
    ],
    ['a clinic that begins with a hyphen', 'malformed', withPart(5, bstr(packText('-CL1')))],
    ['a clinic of two characters', 'malformed', withPart(5, bstr(packText('CL')))],
    ['a clinic of seventeen characters', 'malformed', withPart(5, bstr(packText('CL345678901234567')))],
    ['a clinic with a gap in its packing', 'not-canonical', withPart(5, bstr(hex('1f40 5208')))],
    ['a clinic with a character beyond the table', 'not-canonical', withPart(5, bstr(hex('f9ff 5208')))],
    ['a prescriber of one character', 'malformed', withPart(6, bstr(packText('D')))],
    ['a prescriber of 37 characters', 'malformed', withPart(6, bstr(packText('D'.repeat(37))))],
    [
      'lower-case initials',
      'malformed',
      withPart(
        7,
        cbor((w) => w.array(2).text('kda').int(87)),
      ),
    ],
    [
      'no initials',
      'malformed',
      withPart(
        7,
        cbor((w) => w.array(2).text('').int(87)),
      ),
    ],
    [
      'five initials',
      'malformed',
      withPart(
        7,
        cbor((w) => w.array(2).text('ABCDE').int(87)),
      ),
    ],
    [
      'decomposed initials',
      'malformed',
      withPart(
        7,
        cbor((w) => w.array(2).text('\u0419'.normalize('NFD')).int(87)),
      ),
    ],
    ['initials that are not UTF-8', 'malformed', withPart(7, hex('82 62 c328 1857'))],
    ['initials in overlong UTF-8', 'malformed', withPart(7, hex('82 62 c181 1857'))],
    ['initials in chunks', 'not-canonical', withPart(7, hex('82 7f 614b 614441 ff 1857'))],
    [
      'a birth year before 1850',
      'malformed',
      withPart(
        7,
        cbor((w) => w.array(2).text('KDA').int(-51)),
      ),
    ],
    [
      'a birth year after 2150',
      'malformed',
      withPart(
        7,
        cbor((w) => w.array(2).text('KDA').int(251)),
      ),
    ],
    [
      'a patient of three values',
      'malformed',
      withPart(
        7,
        cbor((w) => w.array(3).text('KDA').int(87).int(0)),
      ),
    ],
    ['no lines', 'malformed', withPart(8, hex('80'))],
    ['twenty-one lines', 'malformed', withPart(8, many(21))],
    ['lines of indefinite length', 'not-canonical', withPart(8, join(hex('9f'), array(lineItems()), hex('ff')))],
    ['lines that claim 4 billion', 'malformed', withPart(8, hex('9affffffff'))],
    ['lines nested 200 deep', 'malformed', withPart(8, new Uint8Array(200).fill(0x81))],
    ['a line of eight values', 'malformed', withWhole(lineItems().slice(0, 8))],
    ['a line of eleven values', 'malformed', withWhole([...lineItems(), int(3), int(0)])],
    ['a line that is a map', 'malformed', withPart(8, array([hex('a0')]))],
    ['a medicine of one character', 'malformed', withItem(0, bstr(packText('A')))],
    ['a medicine of seventeen characters', 'malformed', withItem(0, bstr(packText('ABCDEFGHIJKLMNOPQ')))],
    [
      'a medicine in plain text',
      'malformed',
      withItem(
        0,
        cbor((w) => w.text('AMOX500CAP')),
      ),
    ],
    ['a quantity of nothing', 'malformed', withItem(1, int(0))],
    ['a negative quantity', 'malformed', withItem(1, int(-21))],
    ['an enormous quantity', 'malformed', withItem(1, int(100_001))],
    ['a fractional quantity', 'not-canonical', withItem(1, hex('f94d48'))],
    ['an unknown class', 'malformed', withItem(2, int(6))],
    ['an unknown flag', 'malformed', withItem(2, int(32))],
    ['as needed without a daily maximum', 'malformed', withItem(2, int(16))],
    ['an amount of nothing', 'malformed', withItem(3, int(0))],
    ['a whole amount in thousandths', 'not-canonical', withItem(3, int(-1000))],
    ['an amount above ten thousand', 'malformed', withItem(3, int(10_001))],
    ['an amount above ten thousand in thousandths', 'malformed', withItem(3, int(-10_000_001))],
    ['an amount as a decimal fraction', 'not-canonical', withItem(3, hex('c4 82 20 05'))],
    ['an unknown unit', 'malformed', withItem(4, int(13))],
    ['an unknown route', 'malformed', withItem(5, int(14))],
    ['no times a day', 'malformed', withItem(6, int(0))],
    ['twenty-five times a day', 'malformed', withItem(6, int(25))],
    ['every 169 hours', 'malformed', withItem(6, int(-169))],
    ['a course of no days', 'malformed', withItem(7, int(0))],
    ['a course above a year', 'malformed', withItem(7, int(366))],
    ['an unknown time of day', 'malformed', withItem(8, int(128))],
    ['five times of day', 'malformed', withItem(8, int(31))],
    ['a daily maximum of nothing', 'malformed', withWhole([...lineItems(), int(0)])],
    ['a daily maximum above a hundred thousand', 'malformed', withWhole([...lineItems(), int(100_001)])],
    ['a sequence number without a certificate', 'certificate-missing', payloadOf(delegatedParts())],
    ['a sequence number beside clinic and prescriber', 'certificate-holder', withPart(9, int(0))],
  ];
  return Promise.all(
    faults.map(
      async ([description, reason, payload]) =>
        [description, reason, text(sealed(await envelope(key, payload)))] as const,
    ),
  );
};

const timeFaults = async (keys: Keys): Promise<Refused[]> => {
  const code = await signCredential(sample, keys.prescription);
  const controlled = await signCredential({ ...sample, lines: [tramadol] }, keys.prescription);
  const next = await signCredential(sample, keys['prescription-next']);
  const early = await signCredential({ ...sample, issuedAt: issuedAt - day - 1 }, keys['prescription-next']);
  const late = await signCredential({ ...sample, issuedAt: issuedAt + day }, keys.prescription);
  const other = '01KAGZ5V9YV1Q5T1M0E9J7R2CE';
  return [
    ['five minutes and a second before it was issued', 'not-yet-valid', code, { now: at(issuedAt - 301) }],
    ['a year before it was issued', 'not-yet-valid', code, { now: at(issuedAt - 365 * day) }],
    ['at the end of its validity', 'expired', code, { now: at(expiry) }],
    ['a year after it was issued', 'expired', code, { now: at(issuedAt + 365 * day) }],
    ['issued before its key was in use', 'key-not-current', early],
    ['issued when its key had gone out of use', 'key-not-current', late, { now: at(issuedAt + 2 * day) }],
    ['revoked', 'revoked', code, { revoked: { madeAt: now, prescriptions: [other, sample.id], certificates: [] } }],
    [
      'expired and revoked',
      'expired',
      code,
      { now: at(expiry), revoked: { madeAt: now, prescriptions: [sample.id], certificates: [] } },
    ],
    ['lists older than seven days', 'lists-too-old', next, { keysMadeAt: at(issuedAt + 3599 - 7 * day) }],
    [
      'a revocation list older than seven days beside fresh keys',
      'lists-too-old',
      code,
      { keysMadeAt: now, revoked: { madeAt: at(issuedAt + 3599 - 7 * day), prescriptions: [], certificates: [] } },
    ],
    ['stale lists and a controlled medicine', 'lists-stale', controlled, { keysMadeAt: at(issuedAt + 3599 - day) }],
    [
      'lists that are old by a stricter policy',
      'lists-too-old',
      code,
      { keysMadeAt: at(issuedAt - 3600), ages: { fresh: 1, usable: 1 } },
    ],
    ['a clock behind the lists it holds', 'clock-behind', code, { keysMadeAt: at(issuedAt + 3600 + 301) }],
  ];
};

const certificateFaults = async (keys: Keys): Promise<Refused[]> => {
  const { device, certificate: issuer } = keys;
  const sound = certificateSample(keys);
  const payload = payloadOf(delegatedParts());
  /** A device's code over whatever stands for a certificate. */
  const under = async (
    certificate: Bytes,
    what: { payload?: Bytes; header?: Bytes; by?: TestKey; aad?: Bytes } = {},
  ): Promise<string> => {
    const made = await envelope(
      what.by ?? device,
      what.payload ?? payload,
      what.header ?? hex('a1 0126'),
      what.aad ?? certificate,
    );
    return text(sealed({ ...made, unprotected: certificateHeader(certificate) }));
  };
  const issue = (change: Partial<Certificate> = {}, by: TestKey = issuer): Promise<Bytes> =>
    makeCertificate({ ...sound, ...change }, by);
  const items = (): Bytes[] => [
    bstr(hex(sound.id)),
    bstr(compressKey(device.jwk)),
    bstr(packText('DOCTOR')),
    bstr(packText('CL-1001')),
    int(sound.notBefore),
    int(72),
    int(100),
  ];
  const raw = async (body: Bytes, aad: Bytes = certificateAad): Promise<Bytes> =>
    sealed(await envelope(issuer, body, headerOf(issuer.kid), aad));
  const spoilt = (index: number, value: Bytes): Promise<Bytes> => raw(array(items().toSpliced(index, 1, value)));
  const good = await issue();
  const certificateEnvelope = await envelope(issuer, array(items()), headerOf(issuer.kid), certificateAad);
  const high = sealed({
    ...certificateEnvelope,
    signature: await issuer.signHigh(signature1(headerOf(issuer.kid), array(items()), certificateAad)),
  });
  const numbered = (sequence: number): Bytes => payloadOf(delegatedParts().set(9, int(sequence)));
  const issued = (seconds: number): Bytes => payloadOf(delegatedParts().set(3, int(seconds)));
  const potent = payloadOf(delegatedParts().set(8, array([array(lineItems().toSpliced(2, 1, int(2)))])));
  const direct = payloadOf(parts());
  const made = await envelope(device, payload, hex('a1 0126'), good);
  const highDevice = await device.signHigh(signature1(hex('a1 0126'), payload, good));
  return [
    ['the certificate taken off', 'certificate-missing', text(sealed(made))],
    ['a kid beside the certificate', 'malformed', await under(good, { header: headerOf(issuer.kid) })],
    [
      'clinic and prescriber in the payload too',
      'certificate-holder',
      await under(good, { payload: payloadOf(parts().set(9, int(0))) }),
    ],
    [
      'a payload with its own clinic and no sequence number',
      'certificate-holder',
      await under(good, { payload: direct }),
    ],
    ['a certificate of one byte', 'certificate-malformed', await under(hex('00'))],
    ['a certificate of 201 bytes', 'malformed', await under(new Uint8Array(201))],
    ['a tagged certificate', 'certificate-malformed', await under(join(hex('d2'), good))],
    ['a byte after the certificate', 'certificate-malformed', await under(join(good, hex('00')))],
    ['a certificate cut off', 'certificate-malformed', await under(good.slice(0, -1))],
    [
      'a certificate that carries a certificate',
      'certificate-malformed',
      await under(sealed({ ...certificateEnvelope, unprotected: certificateHeader(hex('00')) })),
    ],
    [
      'a certificate without a kid',
      'certificate-malformed',
      await under(sealed(await envelope(issuer, array(items()), hex('a1 0126'), certificateAad))),
    ],
    [
      'a certificate by another algorithm',
      'certificate-malformed',
      await under(
        sealed(await envelope(issuer, array(items()), join(hex('a2 0127 04'), bstr(issuer.kid)), certificateAad)),
      ),
    ],
    ['a certificate of six values', 'certificate-malformed', await under(await raw(array(items().slice(0, 6))))],
    ['a certificate of eight values', 'certificate-malformed', await under(await raw(array([...items(), int(0)])))],
    ['a certificate id of eight bytes', 'certificate-malformed', await under(await spoilt(0, bstr(new Uint8Array(8))))],
    [
      'a device key off the curve',
      'certificate-malformed',
      await under(await spoilt(1, bstr(join(hex('02'), new Uint8Array(31), hex('01'))))),
    ],
    [
      'a device key beyond the field',
      'certificate-malformed',
      await under(await spoilt(1, bstr(join(hex('02'), new Uint8Array(32).fill(255))))),
    ],
    [
      'a device key that is not compressed',
      'certificate-malformed',
      await under(await spoilt(1, bstr(join(hex('04'), new Uint8Array(64).fill(1))))),
    ],
    ['a lifetime in thousandths', 'certificate-malformed', await under(await spoilt(5, hex('f95480')))],
    ['a lifetime of 73 hours', 'certificate-too-long', await under(await spoilt(5, int(73)))],
    ['a lifetime of a year', 'certificate-too-long', await under(await spoilt(5, int(8760)))],
    ['a lifetime of no hours', 'certificate-malformed', await under(await spoilt(5, int(0)))],
    ['a certificate for no prescriptions', 'certificate-malformed', await under(await spoilt(6, int(0)))],
    ['a certificate for 501 prescriptions', 'certificate-malformed', await under(await spoilt(6, int(501)))],
    ['a certificate of a stranger', 'certificate-unknown-kid', await under(await issue({}, keys.stranger))],
    [
      'a certificate signed by a prescription key',
      'certificate-unknown-kid',
      await under(await issue({}, keys.prescription)),
    ],
    ['a certificate that the device made for itself', 'certificate-unknown-kid', await under(await issue({}, device))],
    [
      'a certificate of a stranger under a known kid',
      'certificate-bad-signature',
      await under(await issue({}, { ...keys.stranger, kid: issuer.kid })),
    ],
    [
      'a certificate signed as a prescription',
      'certificate-bad-signature',
      await under(await raw(array(items()), new Uint8Array(0))),
    ],
    ['a certificate with a high S', 'certificate-high-s', await under(high)],
    [
      "a flipped bit in the certificate's clinic",
      'certificate-bad-signature',
      await under(flip(good, Buffer.from(good).indexOf(packText('CL-1001')) + 3)),
    ],
    ["a flipped bit in the certificate's signature", 'certificate-bad-signature', await under(flip(good, -40))],
    [
      'a certificate whose key was not yet in use',
      'certificate-key-not-current',
      await under(await issue({}, keys['certificate-next'])),
    ],
    [
      'a certificate whose key had gone out of use',
      'certificate-key-not-current',
      await under(await issue({ notBefore: issuedAt + day }), { payload: issued(issuedAt + day) }),
      { now: at(issuedAt + 2 * day) },
    ],
    ['signed by another device', 'bad-signature', await under(good, { by: keys.stranger })],
    ['signed without naming the certificate', 'bad-signature', await under(good, { aad: new Uint8Array(0) })],
    [
      'another certificate of the same device put in',
      'bad-signature',
      await under(await issue({ id: '000000000001' }), { aad: good }),
    ],
    [
      "a device's signature with a high S",
      'high-s',
      text(sealed({ ...made, signature: highDevice, unprotected: certificateHeader(good) })),
    ],
    [
      'issued a second before the certificate begins',
      'certificate-not-yet-valid',
      await under(good, { payload: issued(sound.notBefore - 1) }),
    ],
    [
      'issued when the certificate ends',
      'certificate-expired',
      await under(good, { payload: issued(sound.notBefore + 72 * 3600) }),
      { now: at(issuedAt + 4 * day) },
    ],
    [
      'one prescription more than the certificate allows',
      'certificate-count',
      await under(good, { payload: numbered(100) }),
    ],
    ['a sequence number that no certificate allows', 'malformed', await under(good, { payload: numbered(500) })],
    ['a controlled medicine', 'certificate-controlled', await under(good, { payload: potent })],
    [
      'a revoked certificate',
      'certificate-revoked',
      await under(good),
      { revoked: { madeAt: now, prescriptions: [], certificates: [sound.id] } },
    ],
    [
      'a revoked prescription of a device',
      'revoked',
      await under(good),
      { revoked: { madeAt: now, prescriptions: [sample.id], certificates: [] } },
    ],
    ["a device's code at the end of its validity", 'expired', await under(good), { now: at(expiry) }],
    ["a device's code from the future", 'not-yet-valid', await under(good), { now: at(issuedAt - 301) }],
  ];
};

/** The lists, each as it is served, with what opening it answers. */
const makeLists = async (keys: Keys) => {
  const madeAt = issuedAt * 1000;
  const mark = { serial: 7, madeAt };
  const { keys: publishedKeys } = keySets(keys).main;
  const document = await makeKeyList(publishedKeys, mark, keys.lists);
  const [header, body, signature] = document.signed.split('.') as [string, string, string];
  const prescriptions = [
    sample.id,
    '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
    '01KAGZ5V9Y0000000000000000',
    '01KAGZ5V9YZZZZZZZZZZZZZZZZ',
  ];
  const certificates = ['5f0e8d1c2b3a', '000000000001'];
  const list = await makeRevocationList({ prescriptions, certificates }, mark, keys['lists-next']);
  const empty = await makeRevocationList({ prescriptions: [], certificates: [] }, mark, keys.lists);
  const signedByStranger = await makeRevocationList({ prescriptions, certificates }, mark, keys.stranger);
  const later = { now: at(issuedAt + 60) };
  return {
    roots: { keys: [published(keys.lists), published(keys['lists-next'])] },
    keyLists: [
      { description: 'a key list', signed: document.signed, ...later, serial: 7, keys: publishedKeys },
      {
        description: 'the same list once more',
        signed: document.signed,
        ...later,
        after: { serial: 7, madeAt },
        serial: 7,
        keys: publishedKeys,
      },
      {
        description: 'a list older than the one held',
        signed: document.signed,
        ...later,
        after: { serial: 8, madeAt },
        fault: 'rolled-back',
      },
      {
        description: 'an older making under the same serial',
        signed: document.signed,
        ...later,
        after: { serial: 7, madeAt: madeAt + 1 },
        fault: 'rolled-back',
      },
      {
        description: 'a list from the future',
        signed: document.signed,
        now: at(issuedAt - 301),
        fault: 'from-the-future',
      },
      {
        description: 'a list signed by a stranger',
        signed: (await makeKeyList(publishedKeys, mark, keys.stranger)).signed,
        ...later,
        fault: 'unknown-kid',
      },
      {
        description: "a list signed by a stranger under a root's kid",
        signed: (await makeKeyList(publishedKeys, mark, { ...keys.stranger, kid: keys.lists.kid })).signed,
        ...later,
        fault: 'bad-signature',
      },
      {
        description: 'another body under the signature',
        signed: `${header}.${toBase64Url(flip(new Uint8Array(Buffer.from(body, 'base64url')), 10))}.${signature}`,
        ...later,
        fault: 'bad-signature',
      },
      {
        description: 'a high S',
        signed: `${header}.${body}.${toBase64Url(await keys.lists.signHigh(new TextEncoder().encode(`${header}.${body}`)))}`,
        ...later,
        fault: 'bad-signature',
      },
      {
        description: 'algorithm none',
        signed: `${toBase64Url(new TextEncoder().encode('{"alg":"none"}'))}.${body}.`,
        ...later,
        fault: 'malformed',
      },
      {
        description: 'a header of another order',
        signed: `${toBase64Url(new TextEncoder().encode(JSON.stringify({ kid: toBase64Url(keys.lists.kid), alg: 'ES256', typ: 'darmon-keys+jws' })))}.${body}.${signature}`,
        ...later,
        fault: 'malformed',
      },
      { description: 'four parts', signed: `${document.signed}.AA`, ...later, fault: 'malformed' },
      { description: 'nothing', signed: '', ...later, fault: 'malformed' },
    ],
    revocationLists: [
      {
        description: 'a revocation list',
        list: toBase64Url(list),
        ...later,
        serial: 7,
        count: 4,
        prescriptions,
        certificates,
        notRevoked: ['01KAGZ5V9YV1Q5T1M0E9J7R2CF'],
      },
      {
        description: 'an empty list',
        list: toBase64Url(empty),
        ...later,
        serial: 7,
        count: 0,
        prescriptions: [],
        certificates: [],
        notRevoked: prescriptions,
      },
      {
        description: 'a list older than the one held',
        list: toBase64Url(list),
        ...later,
        after: { serial: 8, madeAt },
        fault: 'rolled-back',
      },
      {
        description: 'a list from the future',
        list: toBase64Url(list),
        now: at(issuedAt - 301),
        fault: 'from-the-future',
      },
      {
        description: 'a list signed by a stranger',
        list: toBase64Url(signedByStranger),
        ...later,
        fault: 'unknown-kid',
      },
      { description: 'a flipped bit', list: toBase64Url(flip(list, 25)), ...later, fault: 'bad-signature' },
      { description: 'a byte after the list', list: toBase64Url(join(list, hex('00'))), ...later, fault: 'malformed' },
      { description: 'a list cut off', list: toBase64Url(list.slice(0, -1)), ...later, fault: 'malformed' },
      {
        description: 'a prescription in place of a list',
        list: toBase64Url(sealed(await envelope(keys.lists, payloadOf(parts())))),
        ...later,
        fault: 'bad-signature',
      },
      { description: 'nothing', list: '', ...later, fault: 'malformed' },
    ],
  };
};

const notice =
  'TEST KEYS: the private keys are published in this file and in packages/credential/test-keys.ts. Never trust them.';

/** The files by name; the same each time. */
export const makeVectors = async (): Promise<Readonly<Record<string, object>>> => {
  const keys = await makeKeys();
  const sets = keySets(keys);
  const good = await signCredential(sample, keys.prescription);
  const faults = [
    ...textFaults(good),
    ...(await envelopeFaults(keys)),
    ...(await flippedFields(keys.prescription)),
    ...(await payloadFaults(keys.prescription)),
    ...(await timeFaults(keys)),
    ...(await certificateFaults(keys)),
  ];
  const invalid: Vector[] = faults.map(([description, reason, code, more]) => ({
    description,
    code,
    keys: 'main',
    now,
    ...more,
    valid: false,
    reason,
  }));
  const testKeys = Object.fromEntries(keyNames.map((name) => [name, { ...published(keys[name]), d: keys[name].d }]));
  return {
    'keys.json': { notice, keys: testKeys },
    'valid.json': { notice, keySets: sets, vectors: await makeValid(keys) },
    'invalid.json': { notice, keySets: sets, vectors: invalid },
    'lists.json': { notice, ...(await makeLists(keys)) },
  };
};

export const vectorsFolder = new URL('../../test/vectors/credential/', import.meta.url);

if (import.meta.main) {
  mkdirSync(vectorsFolder, { recursive: true });
  for (const [name, content] of Object.entries(await makeVectors())) {
    writeFileSync(new URL(name, vectorsFolder), `${JSON.stringify(content, null, 1)}\n`);
  }
}
