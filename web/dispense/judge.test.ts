import type { PublishedKey } from '@darmon/credential/keys';
import { makeKeyList, makeRevocationList } from '@darmon/credential/lists';
import { kidOf, lowS, type Signer, toBase64Url } from '@darmon/credential/p256';
import { signCredential } from '@darmon/credential/sign';
import { makeNumber } from '@darmon/domain/number';
import { beforeAll, expect, test } from 'vitest';
import { judgeCode, type KeptLists, openLists } from './judge.ts';

const now = Date.parse('2026-11-20T09:00:00.000Z');
const hour = 3_600_000;
const id = '01KAGZ5V9YV1Q5T1M0E9J7R2CD';

const makeKey = async (): Promise<{ signer: Signer; published: PublishedKey }> => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const jwk = { kty: 'EC' as const, crv: 'P-256' as const, x, y };
  const kid = await kidOf(jwk);
  const sign = async (bytes: Uint8Array) => {
    const made = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new Uint8Array(bytes));
    return lowS(new Uint8Array(made));
  };
  return { signer: { kid, sign }, published: { ...jwk, kid: toBase64Url(kid) } };
};

let root: Awaited<ReturnType<typeof makeKey>>;
let prescriber: Awaited<ReturnType<typeof makeKey>>;
let code: string;
beforeAll(async () => {
  [root, prescriber] = await Promise.all([makeKey(), makeKey()]);
  code = await signCredential(
    {
      id,
      number: makeNumber(new Uint8Array(12)),
      issuedAt: now / 1000 - 60,
      validityDays: 30,
      clinic: 'CL-1001',
      prescriber: 'doctor',
      patient: { initials: 'NB', birthYear: 1985 },
      lines: [
        {
          medicine: 'AMOX500CAP',
          class: 'rx',
          dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' },
          quantity: 21,
          substitutionAllowed: true,
        },
      ],
    },
    prescriber.signer,
  );
});

const listsOf = async (
  more: { serial?: number; madeAt?: number; revoked?: readonly string[]; signer?: Signer; roots?: boolean } = {},
): Promise<KeptLists> => {
  const { serial = 5, madeAt = now - hour, revoked = [], signer = root.signer, roots = true } = more;
  const keys = await makeKeyList([prescriber.published], { serial, madeAt }, signer);
  const signed = await makeRevocationList({ prescriptions: revoked, certificates: [] }, { serial, madeAt }, signer);
  return {
    keys: { keys: keys.keys, signed: keys.signed },
    revocations: { signed: toBase64Url(signed) },
    roots: roots ? [root.published] : [],
    fetchedAt: madeAt,
  };
};
const judge = async (lists: KeptLists, text = code) => judgeCode(text, await openLists(lists, now), now);

test('a code is authentic by lists that a root signed, and revoked where they say so', async () => {
  expect(await judge(await listsOf())).toMatchObject({ kind: 'authentic', verification: { lists: 'fresh' } });
  expect(await judge(await listsOf({ revoked: [id] }))).toMatchObject({ kind: 'refused', reason: 'revoked' });
});

test('lists older than a day are called stale, and lists older than a week decide nothing', async () => {
  const stale = await judge(await listsOf({ madeAt: now - 25 * hour }));
  expect(stale).toMatchObject({ kind: 'authentic', verification: { lists: 'stale' } });
  const old = await judge(await listsOf({ madeAt: now - 8 * 24 * hour }));
  expect(old).toMatchObject({ kind: 'refused', reason: 'lists-too-old' });
});

test('lists that no root signed are not believed', async () => {
  const stranger = await makeKey();
  expect(await judge(await listsOf({ signer: stranger.signer }))).toEqual({ kind: 'unknown' });
});

test('a device never goes back behind the lists it has seen', async () => {
  const seen = (await openLists(await listsOf({ serial: 6, revoked: [id] }), now))?.marks;
  expect(seen?.revocations.serial).toBe(6);
  const [older, same] = await Promise.all([listsOf({ serial: 5 }), listsOf({ serial: 6 })]);
  expect(await openLists({ ...same, revocations: older.revocations }, now, seen)).toBeUndefined();
  expect(await openLists({ ...same, keys: older.keys }, now, seen)).toBeUndefined();
  expect(await openLists(same, now, seen)).toBeDefined();
});

test('a changed code is not authentic, and a device without lists says that it does not know', async () => {
  const changed = code.slice(0, -6) + (code.at(-6) === '0' ? '1' : '0') + code.slice(-5);
  expect((await judge(await listsOf(), changed)).kind).toBe('refused');
  expect(await judgeCode(code, undefined, now)).toEqual({ kind: 'unknown' });
});

test('a deployment without roots still knows a signature by the keys of its connection', async () => {
  expect(await judge(await listsOf({ roots: false }))).toMatchObject({ kind: 'authentic' });
});
