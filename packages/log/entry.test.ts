import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  canonicalJson,
  commitmentTo,
  decodeEntry,
  encodeEntry,
  eventDigest,
  idOfEntry,
  reveals,
  saltOf,
  sealEntry,
} from './entry.ts';
import { madeUpEvent } from './made-up.ts';
import { hmac as keyedHash } from './sha256.ts';

const key = new Uint8Array(32).fill(1);
const otherKey = new Uint8Array(32).fill(2);
const event = madeUpEvent(1);
const salt = saltOf(key, event.id);
const patient = { kind: 'patient', id: 'patient-1', key };
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
const bytes = (json: string): Uint8Array => new TextEncoder().encode(json);
const hmac = (by: Uint8Array, said: string): string => createHmac('sha256', by).update(said).digest('base64url');

test('a keyed hash is HMAC-SHA256, whatever the length of key and text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 300 }), (by, said) => {
      expect(Buffer.from(keyedHash(by, said)).toString('base64url')).toBe(hmac(by, said));
    }),
    { numRuns: 500 },
  );
  for (const long of [5_461, 5_462, 100_000])
    for (const letter of ['a', '\u20ac', '\u{1f600}'])
      expect(Buffer.from(keyedHash(key, letter.repeat(long))).toString('base64url')).toBe(
        hmac(key, letter.repeat(long)),
      );
});

test('canonical JSON is RFC 8785: its example, and its order of keys', () => {
  const example = {
    numbers: [JSON.parse('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000f\nA\'B"\\\\"/',
    literals: [null, true, false],
  };
  expect(canonicalJson(example)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
  const keys = {
    '\u20ac': 'Euro',
    '\r': 'CR',
    '\ufb33': 'Dalet',
    1: 'One',
    '\u{1f600}': 'Smile',
    '\u0080': 'Control',
    ö: 'O',
  };
  expect(Object.keys(JSON.parse(canonicalJson(keys)))).toEqual([
    '1',
    '\r',
    '\u0080',
    'ö',
    '\u20ac',
    '\u{1f600}',
    '\ufb33',
  ]);
  expect(canonicalJson(-0)).toBe('0');
});

test('what was stored and read back has the same canonical JSON, whatever the order of its keys', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const shuffled = JSON.parse(JSON.stringify(value), (_, of) =>
        of && typeof of === 'object' && !Array.isArray(of) ? Object.fromEntries(Object.entries(of).reverse()) : of,
      );
      let once: string;
      try {
        once = canonicalJson(value);
      } catch {
        return;
      }
      expect(canonicalJson(shuffled)).toBe(once);
      expect(canonicalJson(JSON.parse(once))).toBe(once);
    }),
  );
});

test('what JSON does not know has no canonical form', () => {
  for (const value of [
    undefined,
    Number.NaN,
    Infinity,
    1n,
    () => 1,
    Symbol('a'),
    new Date(0),
    new Map(),
    '\ud800',
    { a: undefined },
    [undefined],
    { '\udc00': 1 },
  ])
    expect(() => canonicalJson(value)).toThrow(TypeError);
});

test('an entry is the specified bytes', () => {
  const entry = text(sealEntry(event, salt, [patient]));
  const [digest, commitment] = [eventDigest(event, salt), commitmentTo(patient, event.id)];
  expect(entry).toBe(
    `{"at":"2026-11-20T04:00:00.137Z","digest":"${digest}","event":"${event.id}","role":"pharmacist","site":"PH-1001",` +
      `"subjects":[{"commitment":"${commitment}","kind":"patient"}],"type":"prescription-dispensed","v":1}`,
  );
  expect(digest).toBe(hmac(salt, `darmon-log/event/v1\n${canonicalJson(event)}`));
  expect(commitment).toBe(hmac(key, `darmon-log/subject/v1\n${event.id}\npatient\npatient-1`));
  expect(Buffer.from(salt).toString('base64url')).toBe(hmac(key, `darmon-log/salt/v1\n${event.id}`));
});

test('nothing in an entry tells the person, the changes or the reason', () => {
  const told = { ...event, reason: 'namuna sabab', changes: { lot: 'L-SECRET', quantity: 4711 } };
  const entry = text(sealEntry(told, salt, [patient, { kind: 'actor', id: told.actor.person, key: otherKey }]));
  for (const hidden of ['patient-1', told.actor.person, 'namuna', 'L-SECRET', '4711'])
    expect(entry).not.toContain(hidden);
});

test('two events of one person have no commitment in common, and the same event always the same', () => {
  expect(commitmentTo(patient, event.id)).toBe(commitmentTo({ ...patient }, event.id));
  const others = [
    commitmentTo(patient, madeUpEvent(2).id),
    commitmentTo({ ...patient, key: otherKey }, event.id),
    commitmentTo({ ...patient, id: 'patient-2' }, event.id),
    commitmentTo({ ...patient, kind: 'actor' }, event.id),
  ];
  expect(new Set([commitmentTo(patient, event.id), ...others]).size).toBe(5);
});

test('whoever gets event and salt can tell that this and nothing else was recorded', () => {
  const entry = decodeEntry(sealEntry(event, salt, [patient]));
  if (!entry) throw new Error('no entry');
  expect(reveals(entry, event, salt)).toBe(true);
  expect(reveals(entry, event, saltOf(otherKey, event.id))).toBe(false);
  const others = [
    { ...event, reason: 'namuna' },
    { ...event, changes: { ...event.changes, quantity: 1 } },
    { ...event, actor: { ...event.actor, person: 'somebody-else' } },
    { ...event, type: 'stock-posted' as const },
    { ...event, at: '2026-11-20T04:00:00.138Z' },
  ];
  for (const other of others) expect(reveals(entry, other, salt)).toBe(false);
});

test('an entry without a role is read, and one made for nobody holds no subject', () => {
  const { role: _, ...actor } = event.actor;
  const entry = decodeEntry(sealEntry({ ...event, actor: { ...actor, person: 'patient' } }, salt, []));
  expect(entry).toMatchObject({ event: event.id, subjects: [] });
  expect(entry).not.toHaveProperty('role');
});

test('an entry has one spelling: whatever else means the same is none', () => {
  const sound = text(sealEntry(event, salt, [patient]));
  expect(idOfEntry(bytes(sound))).toBe(event.id);
  const others = [
    ` ${sound}`,
    `${sound}\n`,
    sound.replace(',', ', '),
    sound.replace('"v":1', '"v":1.0'),
    sound.replace('"v":1', '"v":2'),
    sound.replace('"v":1', '"v":1,"w":1'),
    sound.replace('"at"', '"\\u0061t"'),
    sound.replace('.137Z', 'Z'),
    sound.replace('.137Z', '.137+00:00'),
    sound.replace(/"at":"[^"]*",/, ''),
    sound.replace(/("at":"[^"]*"),("digest":"[^"]*")/, '$2,$1'),
    sound.replace('"role":"pharmacist"', '"role":null'),
    sound.replace('PH-1001', 'ph-1001'),
    sound.replace(/("digest":"[^"]{42})[^"]/, '$1B'),
    sound.replace(/"kind":"patient"/, '"kind":"PATIENT"'),
    sound.replace(/"event":"01/, '"event":"81'),
    '',
    'null',
    '[]',
  ];
  for (const other of others) expect(decodeEntry(bytes(other)), other).toBeUndefined();
  expect(encodeEntry(JSON.parse(sound))).toEqual(bytes(sound));
  expect(idOfEntry(new Uint8Array(70_000))).toBeUndefined();
});

test('any bytes are read or refused, never misread', () => {
  const sound = sealEntry(event, salt, [patient]);
  fc.assert(
    fc.property(fc.nat(sound.length - 1), fc.nat(255), (at, value) => {
      const other = Uint8Array.from(sound);
      other[at] = value;
      const entry = decodeEntry(other);
      if (entry) expect(encodeEntry(entry)).toEqual(other);
    }),
    { numRuns: 2_000 },
  );
});

test('keys that are too short, kinds and ids that could be read in two ways, and strange names are refused', () => {
  expect(() => saltOf(new Uint8Array(31), event.id)).toThrow(RangeError);
  expect(() => eventDigest(event, new Uint8Array(16))).toThrow(RangeError);
  expect(() => commitmentTo({ ...patient, key: new Uint8Array(8) }, event.id)).toThrow(RangeError);
  expect(() => commitmentTo({ ...patient, id: 'a\nb' }, event.id)).toThrow(RangeError);
  expect(() => sealEntry({ ...event, id: 'short' }, salt, [])).toThrow('entry-not-canonical');
  expect(() => sealEntry(event, salt, [{ ...patient, kind: 'Patient' }])).toThrow('entry-not-canonical');
  expect(() =>
    sealEntry(
      event,
      salt,
      Array.from({ length: 17 }, () => patient),
    ),
  ).toThrow('entry-not-canonical');
});
