/** Clocks of devices, as the people who work at them let them be told. */
import type { Actor } from '@darmon/domain/actor';
import { clockTold, driftOf } from '@darmon/domain/device-clock';
import { requireAccount } from '@darmon/domain/standing';
import { tashkentDay } from '@darmon/domain/time';
import { changeOnce, type Deps, eventOf } from './deps.ts';

export interface ClockAnswer {
  /** How far the device is ahead of us; behind is negative. The way of the request counts as being behind. */
  readonly driftSeconds: number;
  /** The policy's limit. */
  readonly limitSeconds: number;
  readonly isOff: boolean;
}

/**
 * How far a device's clock is off by ours, and an event of it where that is new: once a day of a device that is off, when
 * it changes, and when it is right again. `at` is what the device takes for now.
 * @throws Refusal of the account
 */
export const tellClock = async (
  deps: Deps,
  actor: Actor,
  { device, at }: { device: string; at: string },
): Promise<ClockAnswer> => {
  // at once: what is read from here on is none of the device's fault
  const arrived = deps.now();
  const driftSeconds = driftOf(Date.parse(at), arrived);
  const { body } = await changeOnce(
    deps,
    undefined,
    async () => {
      const now = deps.now();
      const [{ person, site, policy }, book] = await Promise.all([
        deps.table.loadStanding(actor.person, actor.site),
        deps.table.loadClocks(actor.person),
      ]);
      requireAccount(actor, person, site);
      const limitSeconds = policy.analysis.driftSeconds;
      const next = clockTold(book, { device, day: tashkentDay(now), driftSeconds }, limitSeconds);
      if (next) {
        const changes = { device, driftSeconds, limitSeconds };
        const event = eventOf(deps, actor, 'device-clock-read', now, changes);
        await deps.table.commitClocks(actor.person, next, { now, event });
      }
      return { status: 200, body: { driftSeconds, limitSeconds, isOff: Math.abs(driftSeconds) > limitSeconds } };
    },
    // without a key nothing is ever repeated: what time it is cannot be told again
    () => Promise.reject(new Error('a clock has no request')),
  );
  return body;
};
