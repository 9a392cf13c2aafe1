/** Key lists and revocation lists, taken and refused. */
import { makeKeyList, makeRevocationList, revocationsAad } from '../lists.ts';
import { toBase64Url } from '../p256.ts';
import {
  array,
  at,
  type Bytes,
  bstr,
  envelope,
  flip,
  headerOf,
  hex,
  int,
  issuedAt,
  join,
  type Keys,
  keySets,
  parts,
  payloadOf,
  published,
  sample,
  sealed,
  signature1,
} from './parts.ts';

/** The lists, each as it is served, with what opening it answers. */
export const makeLists = async (keys: Keys) => {
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
  /** A list that a root signed, whatever stands in it. One id of fingerprint 5 is a zero, then 5 in 51 bits. */
  const listOf = async (...items: Bytes[]): Promise<string> =>
    toBase64Url(sealed(await envelope(keys.lists, array(items), headerOf(keys.lists.kid), revocationsAad)));
  const head = [int(7), int(issuedAt)];
  const one = hex('00 00 00 00 00 00 50');
  const none = bstr(hex(''));
  const highList = await envelope(
    keys.lists,
    array([...head, int(0), none, none]),
    headerOf(keys.lists.kid),
    revocationsAad,
  );
  const highSignature = await keys.lists.signHigh(signature1(highList.header, highList.payload, revocationsAad));
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
      {
        description: 'one id, made by hand',
        list: await listOf(...head, int(1), bstr(one), none),
        ...later,
        serial: 7,
        count: 1,
        prescriptions: ['00000000000000000000000005'],
        certificates: [],
        notRevoked: ['00000000000000000000000004'],
      },
      {
        description: 'a bit set after the last id',
        list: await listOf(...head, int(1), bstr(flip(one, -1)), none),
        ...later,
        fault: 'malformed',
      },
      {
        description: 'a byte after the last id',
        list: await listOf(...head, int(1), bstr(join(one, hex('00'))), none),
        ...later,
        fault: 'malformed',
      },
      {
        description: 'fewer ids than the list claims',
        list: await listOf(...head, int(2), bstr(one), none),
        ...later,
        fault: 'malformed',
      },
      {
        description: 'an id beyond 52 bits',
        list: await listOf(...head, int(1), bstr(hex('c0 00 00 00 00 00 00')), none),
        ...later,
        fault: 'malformed',
      },
      {
        description: 'more ids than a list may hold',
        list: await listOf(...head, int(2_000_001), bstr(one), none),
        ...later,
        fault: 'malformed',
      },
      {
        description: 'a serial of zero',
        list: await listOf(int(0), int(issuedAt), int(0), none, none),
        ...later,
        fault: 'malformed',
      },
      { description: 'four values', list: await listOf(...head, int(0), none), ...later, fault: 'malformed' },
      {
        description: 'certificates out of order',
        list: await listOf(...head, int(0), none, bstr(hex('000000000002 000000000001'))),
        ...later,
        fault: 'malformed',
      },
      {
        description: 'a certificate twice',
        list: await listOf(...head, int(0), none, bstr(hex('000000000001 000000000001'))),
        ...later,
        fault: 'malformed',
      },
      {
        description: 'half a certificate',
        list: await listOf(...head, int(0), none, bstr(hex('000000'))),
        ...later,
        fault: 'malformed',
      },
      {
        description: 'a signature with a high S',
        list: toBase64Url(sealed({ ...highList, signature: highSignature })),
        ...later,
        fault: 'bad-signature',
      },
      { description: 'nothing', list: '', ...later, fault: 'malformed' },
    ],
  };
};
