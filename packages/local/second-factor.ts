/**
 * The second factor of the local issuer: six digits from an authenticator app, new every 30 seconds (RFC 6238). It owns
 * which code still counts and how often one may err. It knows no page and no people, and the clock is an argument.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import * as z from 'zod';
import { readIfThere, writeWhole } from './state.ts';

/** What an app asks for with `acr_values`, and what a sign-in with the second factor has as its `acr`. */
export const secondFactorAcr = 'urn:darmon:second-factor';

/** The bytes that all secrets of a state folder come from, made at first use: no two machines have the same codes. */
export function factorSeed(folder: string): Buffer {
  const path = join(folder, 'identity', 'second-factor.seed');
  const text = readIfThere(path);
  if (text !== undefined) return Buffer.from(text, 'base64');
  const seed = randomBytes(32);
  writeWhole(path, seed.toString('base64'));
  return seed;
}

export interface Factor {
  /** Base32, as people type it into an app. */
  readonly secret: string;
  /** `otpauth://totp/…`, as apps scan it. */
  readonly uri: string;
}

const issuer = 'Darmon demo';
const digits = 6;
const periodSeconds = 30;
/** 20 bytes are what RFC 4226 recommends and what every app takes. */
const secretBytes = 20;

/** The factor of a person, the same each time under the same seed. */
export function factorOf(seed: Uint8Array, person: string): Factor {
  const bytes = createHmac('sha256', seed).update(`totp ${person}`).digest().subarray(0, secretBytes);
  return factorWith(new Secret({ buffer: new Uint8Array(bytes).buffer }).base32, person);
}

/** The factor of a secret (base32), as an app scans it. */
export function factorWith(secret: string, person: string): Factor {
  const totp = new TOTP({ issuer, label: person, secret: Secret.fromBase32(secret), digits, period: periodSeconds });
  return { secret, uri: totp.toString() };
}

/** What is remembered of a person's codes. */
export const Attempts = z.object({
  /** The step of the last code accepted; it and those before it are used up. */
  usedStep: z.int(),
  /** When wrong codes came, in milliseconds. */
  failures: z.array(z.number()),
  /** No code counts before this, in milliseconds. */
  lockedUntil: z.number(),
});
export type Attempts = z.infer<typeof Attempts>;
export const noAttempts: Attempts = { usedStep: -1, failures: [], lockedUntil: 0 };

export type Verdict = 'accepted' | 'wrong' | 'used' | 'locked';

/** Sixty guesses an hour at most, each of them right three times in a million. */
const mostFailures = 5;
const failureWindowMs = 5 * 60_000;
const lockMs = 5 * 60_000;

const stepAt = (now: number): number => TOTP.counter({ period: periodSeconds, timestamp: now });
const codeAt = (secret: string, step: number): string =>
  TOTP.generate({
    secret: Secret.fromBase32(secret),
    digits,
    period: periodSeconds,
    timestamp: step * periodSeconds * 1_000,
  });

/**
 * Judges what somebody typed, and what is to be remembered from now on. A code counts during its own step and one step
 * on either side (RFC 6238, 5.2), and only once. The fifth wrong one within five minutes locks for five minutes, in which
 * even a right one is not looked at.
 * @param now milliseconds since 1970
 */
export function judgeCode(
  secret: string,
  before: Attempts,
  typed: string,
  now: number,
): { readonly verdict: Verdict; readonly after: Attempts } {
  if (now < before.lockedUntil) return { verdict: 'locked', after: before };
  const code = typed.replace(/\s/g, '');
  // What cannot be a code is a slip of the hand and no guess.
  if (!/^[0-9]{6}$/.test(code)) return { verdict: 'wrong', after: before };
  const delta = TOTP.validate({
    token: code,
    secret: Secret.fromBase32(secret),
    digits,
    period: periodSeconds,
    timestamp: now,
    window: 1,
  });
  if (delta !== null) {
    const step = stepAt(now) + delta;
    if (step <= before.usedStep) return { verdict: 'used', after: before };
    return { verdict: 'accepted', after: { ...noAttempts, usedStep: step } };
  }
  const failures = [...before.failures.filter((at) => at > now - failureWindowMs), now];
  if (failures.length < mostFailures) return { verdict: 'wrong', after: { ...before, failures } };
  return { verdict: 'locked', after: { ...before, failures: [], lockedUntil: now + lockMs } };
}

/** A code that would be accepted now, for the demo's page; undefined while those that count are used up. */
export function openCode(secret: string, { usedStep }: Attempts, now: number): string | undefined {
  const step = Math.max(stepAt(now), usedStep + 1);
  return step > stepAt(now) + 1 ? undefined : codeAt(secret, step);
}

/** Whole seconds until the next code begins to count. */
export const secondsToNextCode = (now: number): number =>
  Math.ceil(TOTP.remaining({ period: periodSeconds, timestamp: now }) / 1_000);
