import { expect, test } from 'vitest';
import { type Actor, hasFreshSecondFactor } from './actor.ts';

const signedInAt = 1_700_000_000;
const actor: Actor = {
  person: 'doctor',
  name: 'Namuna Shifokor',
  role: 'doctor',
  roles: ['doctor'],
  reach: 'own',
  site: 'CL-1001',
  rights: ['controlled'],
  authTime: signedInAt,
  secondFactor: true,
};
const after = (ms: number): number => signedInAt * 1000 + ms;

test('a second factor is fresh through the fifth minute after its sign-in, and no longer', () => {
  expect(hasFreshSecondFactor(actor, after(0))).toBe(true);
  expect(hasFreshSecondFactor(actor, after(300_000))).toBe(true);
  expect(hasFreshSecondFactor(actor, after(300_001))).toBe(false);
});

test('a fresh sign-in without a second factor, or one of which the token names no time, is not enough', () => {
  expect(hasFreshSecondFactor({ ...actor, secondFactor: false }, after(0))).toBe(false);
  expect(hasFreshSecondFactor({ ...actor, authTime: 0 }, after(0))).toBe(false);
});
