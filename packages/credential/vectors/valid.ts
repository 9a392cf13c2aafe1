/** Codes that are accepted. */
import { makeCertificate } from '../certificate.ts';
import type { Credential } from '../payload.ts';
import { signCredential, signDelegated } from '../sign.ts';
import {
  at,
  certificateSample,
  day,
  expiry,
  issuedAt,
  type Keys,
  now,
  sample,
  tramadol,
  type Vector,
} from './parts.ts';

/** Codes that are accepted, from the encoder itself. */
export const makeValid = async (keys: Keys): Promise<Vector[]> => {
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
    await one('a repeat of three issues, 30 days each', {
      validityDays: 90,
      repeat: { issues: 3, everyDays: 30 },
    }),
    await one('the longest repeat', { validityDays: 366, repeat: { issues: 12, everyDays: 90 } }),
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
