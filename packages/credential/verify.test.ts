import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeBase45, encodeBase45 } from './base45.ts';
import { type Certificate, makeCertificate } from './certificate.ts';
import { type KeyRing, makeKeyRing } from './keys.ts';
import { fingerprintOf, makeRevocationList, openRevocationList } from './lists.ts';
import { toBase64Url } from './p256.ts';
import { importKey } from './p256-node.ts';
import { signCredential, signDelegated } from './sign.ts';
import { sample } from './vectors/parts.ts';
import { type TestKey, testKey } from './vectors/test-keys.ts';
import { verifyCode } from './verify.ts';

const inputs = process.env.NIGHTLY ? 100_000 : 5_000;
const now = sample.issuedAt * 1000 + 60_000;

let key: TestKey;
let device: TestKey;
let keys: KeyRing;
let holder: Certificate;
let certificate: Uint8Array;
let codes: string[];

beforeAll(async () => {
  const issuer = await testKey('certificate');
  [key, device] = await Promise.all([testKey('prescription'), testKey('device')]);
  keys = await makeKeyRing(
    [
      { ...key.jwk, kid: toBase64Url(key.kid) },
      { ...issuer.jwk, kid: toBase64Url(issuer.kid), purpose: 'certificate' },
    ],
    importKey,
  );
  const { clinic, prescriber } = sample;
  holder = {
    id: '5f0e8d1c2b3a',
    deviceKey: device.jwk,
    clinic,
    prescriber,
    notBefore: sample.issuedAt,
    hours: 72,
    count: 3,
  };
  certificate = await makeCertificate(holder, issuer);
  codes = [
    await signCredential(sample, key),
    await signDelegated(sample, { certificate, sequence: 2, sign: device.sign }),
  ];
});

/** True where the code was accepted; an accepted one has to be one of ours to the letter. */
const accepts = async (code: string): Promise<boolean> => {
  const { valid } = await verifyCode(code, { keys, now });
  if (valid && !codes.includes(code)) throw new Error('a forgery was accepted');
  return valid;
};

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const position = fc.nat(2000);
const anyCode = fc.nat(1).map((i) => codes[i] as string);

/** The bytes of a code after some of them were set, cut out or put in. */
const spoil = (code: string, changes: readonly (readonly [string, number, Uint8Array])[]): string => {
  let bytes = Array.from(decodeBase45(code, 4) as Uint8Array);
  for (const [how, at, what] of changes) {
    const index = at % (bytes.length + 1);
    bytes = bytes.toSpliced(index, how === 'insert' ? 0 : what.length, ...(how === 'remove' ? [] : what));
  }
  return `RX1:${encodeBase45(Uint8Array.from(bytes))}`;
};

describe('fuzz: never a crash, a hang or a forgery', () => {
  const limits = { numRuns: inputs, interruptAfterTimeLimit: 300_000, markInterruptAsFailure: true };

  test('any text', { timeout: 320_000 }, async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 400 }),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (body, prefixed) => {
        await accepts(prefixed ? `RX1:${body}` : body);
      }),
      limits,
    );
  });

  test('any bytes', { timeout: 320_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 1500 }), async (bytes) => {
        await accepts(`RX1:${encodeBase45(bytes)}`);
      }),
      limits,
    );
  });

  test('a sound code with characters changed', { timeout: 320_000 }, async () => {
    const changes = fc.array(fc.tuple(position, fc.constantFrom(...alphabet)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(anyCode, changes, async (code, all) => {
        const characters = [...code];
        for (const [at, character] of all) characters[at % characters.length] = character;
        await accepts(characters.join(''));
      }),
      limits,
    );
  });

  test('a sound code with bytes set, put in or taken out', { timeout: 320_000 }, async () => {
    const piece = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 4 }),
      // heads that mean something: nesting, tags, indefinite lengths, huge lengths, null
      fc
        .constantFrom(
          '81',
          'a1',
          '9f',
          'bf',
          'ff',
          'c2',
          'd9d9f7',
          'f6',
          'fb0000000000000000',
          '5affffffff',
          '9affffffff',
          '1bffffffffffffffff',
        )
        .map((hex) => new Uint8Array(Buffer.from(hex, 'hex'))),
    );
    const changes = fc.array(fc.tuple(fc.constantFrom('set', 'insert', 'remove'), position, piece), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(anyCode, changes, async (code, all) => {
        await accepts(spoil(code, all));
      }),
      limits,
    );
  });

  test('every single bit of a code, and every cut', { timeout: 320_000 }, async () => {
    for (const code of codes) {
      const bytes = decodeBase45(code, 4) as Uint8Array;
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const changed = bytes.slice();
        changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(await accepts(`RX1:${encodeBase45(changed)}`)).toBe(false);
      }
      for (let length = 0; length < code.length; length++) expect(await accepts(code.slice(0, length))).toBe(false);
      expect(await accepts(code)).toBe(true);
    }
  });
});

test('a signer that lets out a high S still makes codes with a low one', async () => {
  const careless = { kid: key.kid, sign: key.signHigh };
  expect(await signCredential(sample, careless)).toBe(codes[0]);
});

test('a device cannot sign for another prescriber or clinic, nor more than its certificate allows', async () => {
  const delegation = { certificate, sequence: 0, sign: device.sign };
  await expect(signDelegated({ ...sample, prescriber: 'doctor2' }, delegation)).rejects.toThrow(RangeError);
  await expect(signDelegated({ ...sample, clinic: 'CL-1002' }, delegation)).rejects.toThrow(RangeError);
  await expect(signDelegated(sample, { ...delegation, sequence: 3 })).rejects.toThrow(RangeError);
  await expect(signDelegated(sample, { ...delegation, certificate: new Uint8Array(8) })).rejects.toThrow(RangeError);
});

test('a signer without a name, or with a signature of another length, signs nothing', async () => {
  await expect(signCredential(sample, { kid: new Uint8Array(0), sign: key.sign })).rejects.toThrow(RangeError);
  await expect(signCredential(sample, { kid: new Uint8Array(17), sign: key.sign })).rejects.toThrow(RangeError);
  await expect(signCredential(sample, { kid: key.kid, sign: async () => new Uint8Array(70) })).rejects.toThrow(
    RangeError,
  );
});

test('a delegated code shows the holder that its certificate names', async () => {
  const outcome = await verifyCode(codes[1] as string, { keys, now });
  expect(outcome).toMatchObject({ valid: true, credential: { clinic: holder.clinic, prescriber: holder.prescriber } });
});

test('an expired code still tells whose it is, a forged one tells nothing', async () => {
  const expired = await verifyCode(codes[0] as string, { keys, now: now + 100 * 86_400_000 });
  expect(expired).toEqual({ valid: false, reason: 'expired', credential: sample });
  const stranger = await testKey('stranger');
  const forged = await signCredential(sample, { kid: key.kid, sign: stranger.sign });
  expect(await verifyCode(forged, { keys, now })).toEqual({ valid: false, reason: 'bad-signature' });
});

describe('a revocation list', () => {
  const mark = { serial: 1, madeAt: now };
  const open = async (prescriptions: string[]) => {
    const list = await makeRevocationList({ prescriptions, certificates: [] }, mark, key);
    const opened = await openRevocationList(list, { roots: keys, now });
    if (typeof opened === 'string') throw new Error(opened);
    return { list, opened };
  };
  const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const ulid = fc
    .array(fc.constantFrom(...crockford), { minLength: 24, maxLength: 24 })
    .map((tail) => `01${tail.join('')}`);

  test('holds each id that was put in and none whose last 52 bits are not in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(ulid, { maxLength: 60 }), fc.array(ulid, { maxLength: 20 }), async (listed, others) => {
        const { opened } = await open(listed);
        const fingerprints = new Set(listed.map(fingerprintOf));
        expect(listed.every(opened.hasPrescription)).toBe(true);
        for (const id of others) expect(opened.hasPrescription(id)).toBe(fingerprints.has(fingerprintOf(id)));
      }),
      { numRuns: 100 },
    );
  });

  test('of 100,000 prescriptions takes at most 470 kB', async () => {
    let state = 1;
    const next = (): string => {
      state = (state * 48_271) % 2_147_483_647;
      return crockford[state % 32] as string;
    };
    const listed = Array.from({ length: 100_000 }, () => `01KAGZ5V9Y${Array.from({ length: 16 }, next).join('')}`);
    const { list, opened } = await open(listed);
    expect(list.length).toBeLessThan(470_000);
    expect(opened.count).toBe(100_000);
    expect(listed.every(opened.hasPrescription)).toBe(true);
  });
});
