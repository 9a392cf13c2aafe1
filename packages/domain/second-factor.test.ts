import { expect, test } from 'vitest';
import type { Actor } from './actor.ts';
import { Refusal } from './refusal.ts';
import { otpauthUri, requireMayBegin, requireMayFinish, requireMayRemove } from './second-factor.ts';

const now = Date.parse('2026-11-22T09:00:00Z');
const signedIn = (secondsAgo: number, secondFactor = false): Actor => ({
  person: 'doctor',
  name: 'Namuna Shifokor',
  role: 'doctor',
  roles: ['doctor'],
  reach: 'all',
  site: 'CL-1001',
  rights: [],
  authTime: now / 1000 - secondsAgo,
  secondFactor,
});
const outcome = (decide: () => void): string => {
  try {
    decide();
    return 'allowed';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

test.each([
  [300, false, false, 'allowed'],
  [301, false, false, 'sign-in-stale'],
  [300, true, true, 'allowed'],
  [0, false, true, 'second-factor-needed'],
  [301, true, true, 'second-factor-needed'],
  [301, true, false, 'sign-in-stale'],
] as const)(
  '%i seconds after a sign-in (with the factor: %s), one who has a factor: %s, begins: %s',
  (ago, used, has, said) => {
    expect(outcome(() => requireMayBegin(signedIn(ago, used), has, now))).toBe(said);
  },
);

test.each([
  [900, false, false, 'allowed'],
  [901, false, false, 'sign-in-stale'],
  [900, true, true, 'allowed'],
  [10, false, true, 'second-factor-needed'],
  [901, true, true, 'sign-in-stale'],
] as const)(
  '%i seconds after a sign-in (with the factor: %s), one who has a factor: %s, ends: %s',
  (ago, used, has, said) => {
    expect(outcome(() => requireMayFinish(signedIn(ago, used), has, now))).toBe(said);
  },
);

test('nobody takes away the own factor, nor one that is not there', () => {
  expect(outcome(() => requireMayRemove(signedIn(0, true), 'doctor', true))).toBe('not-allowed');
  expect(outcome(() => requireMayRemove(signedIn(0), 'doctor2', false))).toBe('second-factor-none');
  expect(outcome(() => requireMayRemove(signedIn(0), 'doctor2', true))).toBe('allowed');
});

test('what an app scans names issuer, person and secret, and says the common figures', () => {
  expect(otpauthUri('Darmon', 'doctor-17', 'JBSWY3DPEHPK3PXP')).toBe(
    'otpauth://totp/Darmon:doctor-17?secret=JBSWY3DPEHPK3PXP&issuer=Darmon&algorithm=SHA1&digits=6&period=30',
  );
});
