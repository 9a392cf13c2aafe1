/**
 * A circuit breaker: a service that fails again and again is left alone for a while, so that every counter is answered at
 * once instead of waiting in vain. Its clock is given.
 */

export interface BreakerLimits {
  /** This many failures without a success between them, all within `windowMs`, open it. */
  readonly failures: number;
  readonly windowMs: number;
  /** After this long one request may try; the others are told no until it is known how that one ended. */
  readonly openMs: number;
}

/** Who was allowed and goes says `started`, and later how it ended. */
export interface Breaker {
  allows(): boolean;
  started(): void;
  succeeded(): void;
  failed(): void;
}

/** @param now milliseconds since 1970 */
export function makeBreaker(limits: BreakerLimits, now: () => number): Breaker {
  let failures: number[] = [];
  let openedAt: number | undefined;
  let probing = false;
  return {
    allows: () => openedAt === undefined || (!probing && now() - openedAt >= limits.openMs),
    started: () => {
      probing = openedAt !== undefined;
    },
    succeeded: () => {
      failures = [];
      openedAt = undefined;
      probing = false;
    },
    failed: () => {
      const at = now();
      failures = [...failures.filter((then) => at - then < limits.windowMs), at];
      if (probing || failures.length >= limits.failures) openedAt = at;
      probing = false;
    },
  };
}
