/**
 * Sign-ins that were refused, told by what the user pool tells: that somebody begins, and that somebody came in. Whoever
 * began and did not come in within a quarter of an hour was refused, by the password or by the second factor alike.
 */
import type { Event } from './event.ts';
import { instant } from './time.ts';

/** Attempts on one account that nobody came in by yet; times in milliseconds since 1970. */
export interface OpenAttempts {
  readonly person: string;
  readonly attempts: number;
  /** Of the first of them, and of the last. */
  readonly from: number;
  readonly until: number;
}

/** So long attempts are gathered, and so long whoever began may still come in: longer than the user pool itself waits. */
export const openMs = 15 * 60_000;

/** From here on nothing is counted until the quarter of an hour is over: a flood costs so many writes and one event. */
export const mostAttempts = 50;

/** No more attempt is added to these; whatever comes now begins anew. */
export const isGathered = ({ from }: OpenAttempts, now: number): boolean => now - from >= openMs;

/** Nobody comes in by the last of them any more. */
export const isOver = ({ until }: OpenAttempts, now: number): boolean => now - until >= openMs;

/** What nobody did who could be named: an account was tried. No member of staff may be called so. */
export const signInActor = (site: string): Event['actor'] => ({ person: 'sign-in', site });

/**
 * What is written of attempts that were refused: whose account, how often, when first and last. `atLeast` stands where
 * counting stopped.
 */
export const refusedChanges = ({ person, attempts, from, until }: OpenAttempts, times: number) => ({
  person,
  times,
  first: instant(from),
  last: instant(until),
  ...(attempts >= mostAttempts && { atLeast: true }),
});
