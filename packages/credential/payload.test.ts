import { Dosage, type When, whens } from '@darmon/domain/dosage';
import { medicineClasses, routes, units } from '@darmon/domain/medicine';
import { completeNumber } from '@darmon/domain/number';
import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import fc from 'fast-check';
import { create } from 'qrcode';
import { describe, expect, test, vi } from 'vitest';
import { makeCertificate } from './certificate.ts';
import {
  Credential,
  classCodes,
  decodePayload,
  encodePayload,
  initialsOf,
  packText,
  routeCodes,
  unitCodes,
  unpackText,
  whenBits,
} from './payload.ts';
import { signCredential, signDelegated } from './sign.ts';
import { sample } from './vectors/parts.ts';
import { testKey } from './vectors/test-keys.ts';

const runs = process.env.NIGHTLY ? 10_000 : 500;
vi.setConfig({ testTimeout: 300_000 });

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const digits = (length: number, first = crockford) =>
  fc
    .tuple(
      fc.constantFrom(...first),
      fc.array(fc.constantFrom(...crockford), { minLength: length - 1, maxLength: length - 1 }),
    )
    .map(([head, tail]) => head + tail.join(''));
const codeText = (least: number, most: number, letters: string) =>
  fc
    .tuple(
      fc.constantFrom(...letters),
      fc.array(fc.constantFrom(...letters, '-'), { minLength: least - 1, maxLength: most - 1 }),
    )
    .map(([head, tail]) => head + tail.join(''));
const upper = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const amount = (most: number) =>
  fc.oneof(
    fc.integer({ min: 1, max: most }),
    fc.integer({ min: 1, max: most * 1000 }).map((n) => n / 1000),
  );

const dosage = fc
  .record({
    amount: amount(10_000),
    unit: fc.constantFrom(...units),
    route: fc.constantFrom(...routes),
    days: fc.integer({ min: 1, max: 365 }),
    often: fc.oneof(
      fc.integer({ min: 1, max: 24 }).map((timesPerDay) => ({ timesPerDay })),
      fc.integer({ min: 1, max: 168 }).map((everyHours) => ({ everyHours })),
    ),
    when: fc.option(fc.subarray([...whens], { minLength: 1, maxLength: 4 }), { nil: undefined }),
    maxPerDay: fc.option(amount(100_000), { nil: undefined }),
    asNeeded: fc.boolean(),
  })
  .map(({ often, when, maxPerDay, asNeeded, ...rest }): Dosage => {
    const set = when?.sort((a, b) => whenBits[a] - whenBits[b]);
    return {
      ...rest,
      ...often,
      ...(set && { when: set }),
      ...(maxPerDay !== undefined && { maxPerDay, ...(asNeeded && { asNeeded }) }),
    };
  });

const credential: fc.Arbitrary<Credential> = fc.record(
  {
    id: digits(26, '01234567'),
    number: digits(12, 'ABCDEFGHJKMNPQRSTVWXYZ').map(completeNumber),
    issuedAt: fc.integer({ min: 1_577_836_800, max: 4_102_444_799 }),
    validityDays: fc.integer({ min: 1, max: 366 }),
    clinic: codeText(3, 16, upper),
    prescriber: codeText(2, 36, upper.toLowerCase()),
    patient: fc.record({
      initials: fc.string({ unit: fc.constantFrom('A', 'Z', 'Ў', 'Ҳ', 'Й', 'É'), minLength: 1, maxLength: 4 }),
      birthYear: fc.integer({ min: 1850, max: 2150 }),
    }),
    lines: fc.array(
      fc.record({
        medicine: codeText(2, 16, upper),
        dosage,
        quantity: fc.integer({ min: 1, max: 100_000 }),
        substitutionAllowed: fc.boolean(),
        class: fc.constantFrom(...medicineClasses),
      }),
      { minLength: 1, maxLength: 20 },
    ),
    repeat: fc.record({ issues: fc.integer({ min: 2, max: 12 }), everyDays: fc.integer({ min: 1, max: 90 }) }),
  },
  { requiredKeys: ['id', 'number', 'issuedAt', 'validityDays', 'clinic', 'prescriber', 'patient', 'lines'] },
);

test('the numbers that stand for words never change, whatever becomes of the lists of the domain', () => {
  expect(unitCodes).toEqual({
    ...{ tablet: 0, capsule: 1, ml: 2, dose: 3, ampoule: 4, vial: 5, suppository: 6 },
    ...{ sachet: 7, patch: 8, g: 9, drop: 10, pen: 11, piece: 12 },
  });
  expect(routeCodes).toEqual({
    ...{ oral: 0, sublingual: 1, buccal: 2, intramuscular: 3, intravenous: 4, subcutaneous: 5, rectal: 6 },
    ...{ vaginal: 7, topical: 8, ophthalmic: 9, otic: 10, nasal: 11, inhalation: 12, transdermal: 13 },
  });
  expect(classCodes).toEqual({ rx: 0, otc: 1, potent: 2, psychotropic: 3, narcotic: 4, anaesthetic: 5 });
  expect(whenBits).toEqual({
    ...{ morning: 1, evening: 2, 'after-meal': 4, 'before-meal': 8, 'with-meal': 16, noon: 32, night: 64 },
  });
});

test('every word of the domain has a number', () => {
  expect(Object.keys(unitCodes).sort()).toEqual([...units].sort());
  expect(Object.keys(routeCodes).sort()).toEqual([...routes].sort());
  expect(Object.keys(classCodes).sort()).toEqual([...medicineClasses].sort());
  expect(Object.keys(whenBits).sort()).toEqual([...whens].sort());
});

describe('a payload', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(credential, (written) => {
        expect(decodePayload(encodePayload(written))).toEqual({ credential: written });
      }),
      { numRuns: runs },
    );
  });

  test('is read back under a certificate without its holder', () => {
    fc.assert(
      fc.property(credential, fc.integer({ min: 0, max: 499 }), (written, sequence) => {
        const { clinic: _clinic, prescriber: _prescriber, ...rest } = written;
        expect(decodePayload(encodePayload(written, sequence))).toEqual({ credential: rest, sequence });
      }),
      { numRuns: runs },
    );
  });

  test('is deterministic CBOR to another implementation', () => {
    fc.assert(
      fc.property(credential, (written) => {
        const bytes = encodePayload(written);
        const tree = decode(bytes, { useMaps: true, strict: true, rejectDuplicateMapKeys: true });
        expect(new Uint8Array(encode(tree, rfc8949EncodeOptions))).toEqual(bytes);
      }),
      { numRuns: runs },
    );
  });

  test('that the reader accepts is one that the schema accepts and the writer makes, whatever was spoilt', () => {
    let accepted = 0;
    const spoilt = fc.tuple(
      credential,
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 3 }),
    );
    fc.assert(
      fc.property(spoilt, ([written, changes]) => {
        const bytes = encodePayload(written);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const read = decodePayload(bytes);
        if (typeof read === 'string') return;
        accepted++;
        if ('sequence' in read) throw new Error('a sequence number was made of nothing');
        expect(Credential.parse(read.credential)).toEqual(read.credential);
        expect(encodePayload(read.credential)).toEqual(bytes);
      }),
      { numRuns: runs * 10 },
    );
    expect(accepted).toBeGreaterThan(runs);
  });

  test('keeps `when` as a set, and forgets what says nothing', () => {
    const line = sample.lines[0] as Credential['lines'][number];
    const dosed = (dosage: Dosage) => encodePayload({ ...sample, lines: [{ ...line, dosage }] });
    const shuffled: When[] = ['night', 'morning'];
    const inOrder: When[] = ['morning', 'night'];
    expect(dosed({ ...line.dosage, when: shuffled })).toEqual(dosed({ ...line.dosage, when: inOrder }));
    const { when: _when, ...plain } = line.dosage;
    expect(dosed({ ...plain, when: [], asNeeded: false })).toEqual(dosed(plain));
  });

  test.each([
    ['another check character', { number: 'K7M2Q9XW4TBNX' }],
    ['lower-case initials', { patient: { initials: 'kda', birthYear: 1987 } }],
    ['milliseconds for seconds', { issuedAt: sample.issuedAt * 1000 }],
    ['no lines', { lines: [] }],
    ['a repeat of one issue', { repeat: { issues: 1, everyDays: 30 } }],
    ['a repeat after 91 days', { repeat: { issues: 2, everyDays: 91 } }],
  ])('is refused before it is signed: %s', (_, change) => {
    expect(() => encodePayload({ ...sample, ...change })).toThrow();
  });
});

test('packed text comes back, and no two texts share their bytes', () => {
  fc.assert(
    fc.property(codeText(1, 36, upper), (text) => {
      expect(unpackText(packText(text))).toBe(text);
      expect(packText(text).length).toBe(Math.ceil((text.length * 2) / 3));
    }),
    { numRuns: runs },
  );
});

test.each([
  ['Karimova Dilnoza Akmalovna', 'KDA'],
  ['karimova dilnoza', 'KD'],
  ['Oʻktamov Gʻayrat', 'OG'],
  ['Ўктамов Ғайрат Қодир ўғли', 'ЎҒҚ'],
  ['  de la Cruz-Ñato  ', 'DLC'],
  ['Étienne', 'É'],
])('initials of %s are %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

describe('the picture', () => {
  const line = (medicine: string): Credential['lines'][number] => ({
    medicine,
    dosage: {
      amount: 1,
      unit: 'tablet',
      timesPerDay: 3,
      days: 10,
      when: ['morning', 'night', 'after-meal'],
      route: 'oral',
    },
    quantity: 240,
    substitutionAllowed: true,
    class: 'rx',
  });
  const large = (count: number): Credential => ({
    ...sample,
    clinic: 'CL-TAS-0123',
    prescriber: 'karimova-dilnoza',
    lines: Array.from({ length: count }, () => line('AMOXC1000TAB')),
  });
  const version = (code: string) => {
    const { version: made } = create([{ data: code, mode: 'alphanumeric' }], { errorCorrectionLevel: 'Q' });
    return made;
  };

  test('of three lines is at most of version 13, of five lines 15', async () => {
    const key = await testKey('prescription');
    expect(version(await signCredential(large(3), key))).toBeLessThanOrEqual(13);
    expect(version(await signCredential(large(5), key))).toBeLessThanOrEqual(15);
  });

  test('of three lines under a certificate is at most of version 17', async () => {
    const [key, device] = await Promise.all([testKey('certificate'), testKey('device')]);
    const { clinic, prescriber } = large(3);
    const holder = { clinic, prescriber, notBefore: sample.issuedAt, hours: 72, count: 300 };
    const certificate = await makeCertificate({ id: '5f0e8d1c2b3a', deviceKey: device.jwk, ...holder }, key);
    const code = await signDelegated(large(3), { certificate, sequence: 299, sign: device.sign });
    expect(version(code)).toBeLessThanOrEqual(17);
  });

  test('holds the largest prescription that the schema allows, and a code above the bound is never made', async () => {
    const key = await testKey('prescription');
    await fc.assert(
      fc.asyncProperty(credential, async (any) => {
        expect((await signCredential(any, { kid: key.kid, sign: async () => new Uint8Array(64) })).length).toBeLessThan(
          2104,
        );
      }),
      { numRuns: runs / 5 },
    );
  });
});

test('a dosage that the code carries is one that the domain accepts', () => {
  fc.assert(
    fc.property(dosage, (any) => {
      expect(Dosage.safeParse(any).success).toBe(true);
    }),
    { numRuns: runs },
  );
});
