/** The standing of a second person, who said yes a moment ago. */
import type { Actor } from '@darmon/domain/actor';
import type { Approval } from '@darmon/domain/approval';
import { Refusal } from '@darmon/domain/refusal';
import { requireStanding } from '@darmon/domain/standing';
import type { Deps } from './deps.ts';

/**
 * A witness has the author's role at the author's site by now; one whose account was closed, or who was posted
 * elsewhere, since saying yes witnesses nothing.
 * @throws Refusal `approval-invalid`
 */
export const requireWitnessStands = async (
  deps: Pick<Deps, 'table'>,
  actor: Actor,
  approval: Approval,
  now: number,
): Promise<void> => {
  const { person } = approval;
  const found = await deps.table.loadStanding(person, actor.site);
  try {
    requireStanding({ ...actor, person }, found.person, found.site, now);
  } catch (error) {
    throw error instanceof Refusal ? new Refusal('approval-invalid') : error;
  }
};
