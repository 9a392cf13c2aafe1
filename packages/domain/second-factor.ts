/** Setting up a second factor: who may begin, with which sign-in, and what a person types. */
import * as z from 'zod';
import { type Actor, secondFactorSeconds } from './actor.ts';
import { Refusal } from './refusal.ts';

/**
 * What lets a token change the account it was made for (a scope of the user pool's own; AWS, `AssociateSoftwareToken`).
 * The web app asks for it where somebody sets a factor up, and nowhere else.
 */
export const accountScope = 'aws.cognito.signin.user.admin';

export const SecondFactor = z
  .object({ set: z.boolean() })
  .meta({ id: 'SecondFactor', description: 'Whether each sign-in of this person asks for six digits of an app' });
export type SecondFactor = z.infer<typeof SecondFactor>;

/** Base32, as apps take it: 160 bits at least (RFC 4226, 4). */
export const FactorSecret = z
  .string()
  .regex(/^[A-Z2-7]{32,128}$/)
  .meta({ id: 'FactorSecret', description: 'Shown once, to be put into an authenticator app; kept by nobody else' });

export const FactorCode = z
  .string()
  .regex(/^[0-9]{6}$/)
  .meta({ id: 'FactorCode', description: 'Six digits of the app (RFC 6238)' });

/** How long after the sign-in the digits may still be typed: finding a telephone and an app takes its time. */
const setUpSeconds = 900;

const signedInWithin = ({ authTime }: Actor, seconds: number, now: number): boolean =>
  now - authTime * 1000 <= seconds * 1000;

/**
 * Lets somebody begin who signed in at most five minutes before `now` (milliseconds), so that an empty desk gives nobody
 * a factor of their own; whoever has a factor must have used it at that sign-in, or a password alone would replace it.
 * @param has whether the person has one now
 * @throws Refusal `sign-in-stale`, `second-factor-needed`
 */
export const requireMayBegin = (actor: Actor, has: boolean, now: number): void => {
  if (has && !(actor.secondFactor && signedInWithin(actor, secondFactorSeconds, now)))
    throw new Refusal('second-factor-needed');
  if (!signedInWithin(actor, secondFactorSeconds, now)) throw new Refusal('sign-in-stale');
};

/**
 * As `requireMayBegin`, for the digits that end it, at most `setUpSeconds` after the sign-in.
 * @throws Refusal `sign-in-stale`, `second-factor-needed`
 */
export const requireMayFinish = (actor: Actor, has: boolean, now: number): void => {
  if (has && !actor.secondFactor) throw new Refusal('second-factor-needed');
  if (!signedInWithin(actor, setUpSeconds, now)) throw new Refusal('sign-in-stale');
};

/**
 * Lets an administrator take a lost device away from somebody else. Not from the own account: whoever sat down at an open
 * desk could else set up a factor of their own.
 * @throws Refusal `not-allowed`, `second-factor-none`
 */
export const requireMayRemove = (actor: Actor, person: string, has: boolean): void => {
  if (actor.person === person) throw new Refusal('not-allowed');
  if (!has) throw new Refusal('second-factor-none');
};

/**
 * What an app scans (`otpauth`, as Google's Key URI Format has it): six digits, new each 30 seconds, by SHA-1, which is
 * what the user pool checks and what every app takes for granted.
 */
export const otpauthUri = (issuer: string, person: string, secret: string): string =>
  `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(person)}?${new URLSearchParams({ secret, issuer, algorithm: 'SHA1', digits: '6', period: '30' })}`;
