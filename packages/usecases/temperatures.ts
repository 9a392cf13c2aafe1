/** Temperatures where medicines lie: written down, judged by the policy, and never changed. */
import type { Actor } from '@darmon/domain/actor';
import { ulidAt } from '@darmon/domain/ledger';
import type { Storage } from '@darmon/domain/medicine';
import type { Once } from '@darmon/domain/once';
import { judgeReading, type TemperatureReading } from '@darmon/domain/temperature';
import { instant } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';

/**
 * Writes a reading down. One outside the limits says what was done about it.
 * @throws Refusal of standing, `reason-missing`, `backdate-too-far`, `key-reused`
 */
export const recordTemperature = (
  deps: Deps,
  actor: Actor,
  input: { site: string; zone?: string; storage: Storage; celsius: number; at?: string; done?: string },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const { policy } = await loadStanding(deps, actor);
      const at = input.at === undefined ? now : Date.parse(input.at);
      const reading = judgeReading(
        { ...input, id: ulidAt(deps.id(), at), at: instant(at), person: actor.person },
        policy.warehouse,
        now,
      );
      const { site, zone, storage, celsius, isOutside } = reading;
      const changes = { site, storage, celsius, isOutside, ...(zone !== undefined && { zone }) };
      const event = eventOf(deps, actor, 'temperature-read', now, changes, reading.done);
      await deps.table.commitTemperature(
        reading,
        changeOf(event, now, once, { status: 201, reference: reading.id, answer: reading }),
      );
      return { status: 201, body: reading };
    },
    asAnswered<TemperatureReading>,
  );

/** The newest first. */
export const listTemperatures = (deps: Deps, input: { site: string }, request: PageRequest) =>
  deps.table.listTemperatures(input.site, request);
