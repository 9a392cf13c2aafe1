/**
 * How often the service may be asked. A token bucket, whose clock is given; it never waits. A full bucket and what flows
 * into it during a minute are together the limit, so that no sixty seconds hold more requests than that: a bucket of the
 * whole limit would let twice as many through in its first minute.
 */

const minuteMs = 60_000;

export interface Rate {
  /** Takes the right to one request, or says no. */
  take(): boolean;
  /** Takes no more until the instant, because the service said so. A hold that ends later stands. */
  holdUntil(ms: number): void;
}

/**
 * @param perMinute requests in any sixty seconds, at least 2; a fifth of them may come at once
 * @param now milliseconds since 1970; a clock that goes back adds nothing
 * @throws RangeError if the limit is no whole number of at least 2
 */
export function makeRate(perMinute: number, now: () => number): Rate {
  if (!Number.isInteger(perMinute) || perMinute < 2) throw new RangeError(`no limit: ${perMinute}`);
  const atOnce = Math.max(1, Math.floor(perMinute / 5));
  const perMs = (perMinute - atOnce) / minuteMs;
  let tokens = atOnce;
  let filledAt = now();
  let heldUntil = Number.NEGATIVE_INFINITY;
  return {
    take: () => {
      const at = now();
      tokens = Math.min(atOnce, tokens + Math.max(0, at - filledAt) * perMs);
      filledAt = at;
      if (at < heldUntil || tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    holdUntil: (ms) => {
      heldUntil = Math.max(heldUntil, ms);
    },
  };
}
