import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, URI } from 'otpauth';
import { expect, test } from 'vitest';
import {
  type Attempts,
  factorOf,
  factorSeed,
  judgeCode,
  noAttempts,
  openCode,
  secondsToNextCode,
} from './second-factor.ts';

// RFC 6238, appendix B: this secret, these seconds, the last six of their eight digits.
const secret = Secret.fromLatin1('12345678901234567890').base32;
const vectors = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
] as const;

const stepMs = 30_000;
const now = 1111111111_000 - (1111111111_000 % stepMs);
const codeIn = (steps: number): string => openCode(secret, noAttempts, now + steps * stepMs) ?? '';

test.each(vectors)('at second %i the code is the one of RFC 6238', (seconds, code) => {
  expect(openCode(secret, noAttempts, seconds * 1_000)).toBe(code);
  expect(judgeCode(secret, noAttempts, code, seconds * 1_000).verdict).toBe('accepted');
});

test('a code counts one step before and after its own, and not two', () => {
  const verdicts = [-2, -1, 0, 1, 2].map((steps) => judgeCode(secret, noAttempts, codeIn(steps), now).verdict);
  expect(verdicts).toEqual(['wrong', 'accepted', 'accepted', 'accepted', 'wrong']);
});

test('spaces are nothing, and what is not six digits is wrong without counting as a guess', () => {
  const code = codeIn(0);
  expect(judgeCode(secret, noAttempts, `${code.slice(0, 3)} ${code.slice(3)} `, now).verdict).toBe('accepted');
  for (const typed of ['', code.slice(1), `${code}0`, 'abcdef', '-00001', '١٢٣٤٥٦'])
    expect(judgeCode(secret, noAttempts, typed, now), typed).toEqual({ verdict: 'wrong', after: noAttempts });
});

test('a code is accepted once: neither it nor an older one counts again, and the next one does', () => {
  const { after } = judgeCode(secret, noAttempts, codeIn(0), now);
  expect(judgeCode(secret, after, codeIn(0), now + 1_000).verdict).toBe('used');
  expect(judgeCode(secret, after, codeIn(-1), now + 1_000).verdict).toBe('used');
  expect(judgeCode(secret, after, codeIn(1), now + 1_000).verdict).toBe('accepted');
});

const wrong = ['000000', '111111', '222222', '333333', '444444'];
const afterWrong = (count: number, everyMs: number, from: Attempts = noAttempts): Attempts =>
  wrong.slice(0, count).reduce((state, code, n) => judgeCode(secret, state, code, now + n * everyMs).after, from);

test('the fifth wrong code within five minutes locks for five minutes, even against the right one', () => {
  const four = afterWrong(4, 1_000);
  expect(judgeCode(secret, four, codeIn(0), now + 4_000).verdict).toBe('accepted');
  const fifth = judgeCode(secret, four, '444444', now + 4_000);
  expect(fifth.verdict).toBe('locked');
  const justBefore = now + 4_000 + 5 * 60_000 - 1;
  const right = openCode(secret, noAttempts, justBefore) ?? '';
  expect(judgeCode(secret, fifth.after, right, justBefore).verdict).toBe('locked');
  expect(judgeCode(secret, fifth.after, right, justBefore + 1).verdict).toBe('accepted');
});

test('wrong codes that lie further apart do not lock, and a right one forgets them', () => {
  const slow = afterWrong(5, 5 * 60_000);
  expect(slow.lockedUntil).toBe(0);
  const { after } = judgeCode(secret, afterWrong(4, 1_000), codeIn(0), now + 4_000);
  expect(afterWrong(4, 1_000, after).lockedUntil).toBe(0);
});

test('a lock does not make a used code good again', () => {
  const { after } = judgeCode(secret, noAttempts, codeIn(1), now);
  const locked = afterWrong(5, 1_000, after);
  expect(locked).toMatchObject({ usedStep: after.usedStep });
  expect(locked.lockedUntil).toBeGreaterThan(now);
});

test('the code that the demo shows is always one that is accepted, or none', () => {
  let state = noAttempts;
  for (const expected of ['accepted', 'accepted', undefined]) {
    const shown = openCode(secret, state, now);
    const judged = shown === undefined ? undefined : judgeCode(secret, state, shown, now);
    expect(judged?.verdict).toBe(expected);
    state = judged?.after ?? state;
  }
  expect(secondsToNextCode(now + 1_000)).toBe(29);
  expect(openCode(secret, state, now + stepMs)).toBeDefined();
});

test('a secret belongs to one person under one seed, is kept for its owner only, and an app reads the same one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'darmon-factor-'));
  try {
    const seed = factorSeed(folder);
    expect(factorSeed(folder).equals(seed)).toBe(true);
    expect(factorSeed(join(folder, 'other')).equals(seed)).toBe(false);
    expect(statSync(join(folder, 'identity', 'second-factor.seed')).mode & 0o777).toBe(0o600);
    const doctor = factorOf(seed, 'doctor');
    expect(factorOf(seed, 'doctor')).toEqual(doctor);
    expect(factorOf(seed, 'doctor2').secret).not.toBe(doctor.secret);
    const scanned = URI.parse(doctor.uri);
    expect([scanned.secret.base32, scanned.label, scanned.issuer]).toEqual([doctor.secret, 'doctor', 'Darmon demo']);
    expect(scanned.generate({ timestamp: now } as never)).toBe(openCode(doctor.secret, noAttempts, now));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
