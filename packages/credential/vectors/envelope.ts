/** Codes that are refused for their text, their COSE_Sign1, or their signature. */

import { deflateSync } from 'node:zlib';
import { certificateAad } from '../certificate.ts';
import { packText } from '../payload.ts';
import {
  type Bytes,
  bstr,
  certificateHeader,
  type Envelope,
  envelope,
  flip,
  hex,
  idBytes,
  int,
  issuedAt,
  join,
  type Keys,
  numberBytes,
  parts,
  payloadOf,
  type Refused,
  sealed,
  signature1,
  text,
  withPart,
} from './parts.ts';
import type { TestKey } from './test-keys.ts';

export const textFaults = (good: string): Refused[] => [
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

export const envelopeFaults = async (keys: Keys): Promise<Refused[]> => {
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

export const flippedFields = async (key: TestKey): Promise<Refused[]> => {
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
