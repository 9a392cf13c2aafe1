/** How many people live where: read by reports, entered by administrators year by year. */
import type { Actor } from '@darmon/domain/actor';
import type { Once } from '@darmon/domain/once';
import { firstPopulation, Population, type PopulationYear, withYear } from '@darmon/domain/population';
import { Refusal } from '@darmon/domain/refusal';
import { changeAs, type Deps } from './deps.ts';

/** What was entered; the built-in year where nobody entered any. Parsed here, because every function carries the table. */
export const readPopulation = async (deps: Pick<Deps, 'table'>): Promise<Population> => {
  const kept = await deps.table.loadPopulation();
  return kept === undefined ? firstPopulation : Population.parse(kept);
};

/**
 * Enters a year, on top of the version that was read.
 * @throws Refusal of standing, `version-changed`, `schema`, `key-reused`
 */
export const savePopulation = (
  deps: Deps,
  actor: Actor,
  { version, reason, ...entered }: PopulationYear & { version: number; reason: string },
  once: Once,
) =>
  changeAs(deps, actor, once, async () => {
    const before = await readPopulation(deps);
    if (before.version !== version) throw new Refusal('version-changed');
    const body = withYear(before, entered);
    return {
      body,
      status: 201,
      reference: String(entered.year),
      type: 'population-saved',
      changes: { year: entered.year, version: body.version, source: entered.source },
      reason,
      commit: (change) => deps.table.commitPopulation(body, change),
    };
  });
