/** Codes that are refused at a time, or for what the lists say. */
import { signCredential } from '../sign.ts';
import { at, day, expiry, issuedAt, type Keys, now, type Refused, sample, tramadol } from './parts.ts';

export const timeFaults = async (keys: Keys): Promise<Refused[]> => {
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
