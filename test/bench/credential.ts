/**
 * What verifying a code costs beside the curve itself and beside another QR credential, and how large the picture gets.
 * Rates are compared within one run, in alternate batches, and per second of our own processor time, so that what else
 * the machine does makes no difference.
 */
import { createHash, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeCertificate } from '@darmon/credential/certificate';
import { makeKeyRing } from '@darmon/credential/keys';
import { kidOf, PublicJwk, type Signer, toBase64Url } from '@darmon/credential/p256';
import { importKey } from '@darmon/credential/p256-node';
import type { Credential } from '@darmon/credential/payload';
import { signCredential, signDelegated } from '@darmon/credential/sign';
import { verifyCode } from '@darmon/credential/verify';
import { makeNumber } from '@darmon/domain/number';
import { build } from 'esbuild';
import { create } from 'qrcode';

/** One figure: `limit` such as ">=0.8"; `of` says what it is measured against. */
interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: string;
  readonly of: string;
}

interface Key extends Signer {
  readonly jwk: PublicJwk;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const makeKey = async (): Promise<Key> => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = PublicJwk.parse(publicKey.export({ format: 'jwk' }));
  const raw = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return { jwk, publicKey, privateKey, kid: await kidOf(jwk), sign: async (bytes) => sign('sha256', bytes, raw) };
};

const issuedAt = 1_795_168_800;
const now = issuedAt * 1000 + 60_000;

/**
 * As large as real prescriptions get: a code of twelve characters (the demo formulary's longest), fractions, a maximum,
 * four times of day, three-digit quantities; the last two lines are a chronic patient's ninety days.
 */
const lines: Credential['lines'] = [
  {
    medicine: 'AMOXC1000TAB',
    dosage: {
      amount: 1,
      unit: 'tablet',
      timesPerDay: 3,
      days: 10,
      when: ['morning', 'night', 'after-meal'],
      route: 'oral',
    },
    quantity: 30,
    substitutionAllowed: true,
    class: 'rx',
  },
  {
    medicine: 'IBUP100SUS',
    dosage: { amount: 7.5, unit: 'ml', everyHours: 8, days: 7, asNeeded: true, maxPerDay: 30, route: 'oral' },
    quantity: 200,
    substitutionAllowed: true,
    class: 'otc',
  },
  {
    medicine: 'SALB100INH',
    dosage: {
      amount: 2,
      unit: 'dose',
      timesPerDay: 4,
      days: 30,
      when: ['morning', 'noon', 'evening', 'night'],
      route: 'inhalation',
    },
    quantity: 240,
    substitutionAllowed: false,
    class: 'rx',
  },
  {
    medicine: 'INSGL100PEN',
    dosage: { amount: 12.5, unit: 'piece', timesPerDay: 1, days: 90, when: ['night'], route: 'subcutaneous' },
    quantity: 1125,
    substitutionAllowed: false,
    class: 'rx',
  },
  {
    medicine: 'METF1000TAB',
    dosage: { amount: 0.5, unit: 'tablet', everyHours: 12, days: 90, when: ['with-meal', 'night'], route: 'oral' },
    quantity: 360,
    substitutionAllowed: true,
    class: 'rx',
  },
];

const credential = (count: number): Credential => ({
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CD',
  number: makeNumber(Uint8Array.from({ length: 12 }, (_, i) => 255 - i * 19)),
  issuedAt,
  validityDays: 90,
  clinic: 'CL-TAS-0123',
  prescriber: 'karimova-dilnoza',
  patient: { initials: 'KDA', birthYear: 1987 },
  lines: lines.slice(0, count),
});

const version = (code: string): number =>
  create([{ data: code, mode: 'alphanumeric' }], { errorCorrectionLevel: 'Q' }).version;

/** How often `once` runs in a second of this process's own processor time, its garbage collection included. */
const perSecond = async (count: number, once: () => unknown): Promise<number> => {
  const before = process.cpuUsage();
  for (let i = 0; i < count; i++) await once();
  const { user, system } = process.cpuUsage(before);
  return (count * 1_000_000) / (user + system);
};

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** How many times as fast `a` is as `b`: the median over alternate batches, once both are warm. */
const ratio = async (
  a: () => unknown,
  ofA: number,
  b: () => unknown,
  ofB: number,
  batches: number,
): Promise<number> => {
  await perSecond(ofA * 15, a);
  await perSecond(ofB * 5, b);
  const ratios: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    const [rateA, rateB] =
      batch % 2 === 0
        ? [await perSecond(ofA, a), await perSecond(ofB, b)]
        : [await perSecond(ofB, b), await perSecond(ofA, a)].reverse();
    ratios.push((rateA as number) / (rateB as number));
  }
  return median(ratios);
};

/** The part of `@pathcheck/dcc-sdk` that is measured; it ships no types. */
interface DccSdk {
  addCachedKeys(keys: Readonly<Record<string, string>>): void;
  makeCWT(payload: object, months: number, issuer: string): Promise<unknown>;
  signAndPack(cwt: unknown, publicPem: string, privatePem: string): Promise<string>;
  unpackAndVerify(uri: string, publicPem: string): Promise<{ status: string }>;
}

const dccPayload = {
  ver: '1.3.0',
  nam: { fn: 'Karimova', gn: 'Dilnoza', fnt: 'KARIMOVA', gnt: 'DILNOZA' },
  dob: '1987-05-12',
  v: [
    {
      tg: '840539006',
      vp: '1119349007',
      mp: 'EU/1/20/1528',
      ma: 'ORG-100030215',
      dn: 2,
      sd: 2,
      dt: '2021-06-11',
      co: 'NL',
      is: 'Ministry of Health Welfare and Sport',
      ci: 'URN:UVCI:01:NL:187/37512422923',
    },
  ],
};

/** Its own loader does not run on Node 24, so its sources are bundled into one file first. */
const loadDccSdk = async (): Promise<DccSdk> => {
  const folder = await mkdtemp(join(tmpdir(), 'darmon-bench-'));
  try {
    const outfile = join(folder, 'dcc-sdk.cjs');
    const entry = '@pathcheck/dcc-sdk/lib/main.js';
    await build({
      stdin: { contents: `export * from '${entry}'`, resolveDir: import.meta.dirname },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'silent',
      outfile,
    });
    const { default: sdk } = await import(pathToFileURL(outfile).href);
    return sdk;
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** Its verification of its own credential, with the key known to it, so that it asks no network. */
const dccVerification = async (key: Key): Promise<() => Promise<void>> => {
  const dcc = await loadDccSdk();
  const publicPem = String(key.publicKey.export({ format: 'pem', type: 'spki' }));
  const privatePem = String(key.privateKey.export({ format: 'pem', type: 'pkcs8' }));
  const der = key.publicKey.export({ format: 'der', type: 'spki' });
  const kid = createHash('sha256').update(der).digest().subarray(0, 8).toString('base64');
  dcc.addCachedKeys({ [kid]: der.toString('base64') });
  const uri = await dcc.signAndPack(await dcc.makeCWT(dccPayload, 12, 'NL'), publicPem, privatePem);
  return async () => {
    const { status } = await dcc.unpackAndVerify(uri, publicPem);
    if (status !== 'verified') throw new Error(`dcc-sdk answers ${status}`);
  };
};

/** Measures the credential and reports its five rows. */
export const credentialBench = async (report: (row: BenchRow) => void): Promise<void> => {
  const [key, certificateKey, device] = await Promise.all([makeKey(), makeKey(), makeKey()]);
  const ring = await makeKeyRing(
    [
      { ...key.jwk, kid: toBase64Url(key.kid) },
      { ...certificateKey.jwk, kid: toBase64Url(certificateKey.kid), purpose: 'certificate' },
    ],
    importKey,
  );
  const three = await signCredential(credential(3), key);
  const five = await signCredential(credential(5), key);
  const { prescriber, clinic } = credential(3);
  const certificate = await makeCertificate(
    {
      id: '9f0e8d1c2b3a',
      deviceKey: device.jwk,
      prescriber,
      clinic,
      notBefore: issuedAt - 60,
      hours: 72,
      count: 300,
    },
    certificateKey,
  );
  const delegated = await signDelegated(credential(3), { certificate, sequence: 299, sign: device.sign });

  const ours = async (): Promise<void> => {
    const outcome = await verifyCode(three, { keys: ring, now });
    if (!outcome.valid) throw new Error(`our own code is ${outcome.reason}`);
  };
  const message = new Uint8Array(230);
  const { publicKey } = key;
  // the fastest form there is: the key itself and DER; with `dsaEncoding: 'ieee-p1363'` it takes 1.4 times as long
  const signature = sign('sha256', message, key.privateKey);
  const bare = (): void => {
    if (!verify('sha256', message, publicKey, signature)) throw new Error('bare verification failed');
  };

  const row = (name: string, value: number, unit: string, limit: string, of: string): void =>
    report({ name, value, unit, limit, of });
  row(
    'verify/bare',
    await ratio(ours, 300, bare, 300, 31),
    'times',
    '>=0.8',
    'node:crypto P-256 verify, key made once',
  );
  const theirs = await dccVerification(await makeKey());
  row('verify/dcc-sdk', await ratio(ours, 300, theirs, 40, 15), 'times', '>=8', '@pathcheck/dcc-sdk verifying its own');
  const level = 'three lines, alphanumeric, level Q';
  row('qr/3-lines', version(three), 'version', '<=13', level);
  row('qr/5-lines', version(five), 'version', '<=15', level.replace('three', 'five'));
  row('qr/delegated', version(delegated), 'version', '<=17', `${level}, with a certificate`);
};
