/** What auditors see of the log and of its comparison with the table, and what they say to what it found. */
import type { Actor } from '@darmon/domain/actor';
import { acknowledgedFinding, allowedDelayMs, type LogFinding } from '@darmon/domain/log-check';
import type { Once } from '@darmon/domain/once';
import { Refusal } from '@darmon/domain/refusal';
import { type Answer, changeAs, type Deps, loadAccount } from './deps.ts';

const shownRuns = 14;
/** So many findings are shown; where more are open, something happened that a list does not help with. */
const shownFindings = 100;
const shownAcknowledged = 20;

/** How far the log is, what the last nights came to, what is under way, and what table and log differ in. */
export const readLogCheck = async (deps: Pick<Deps, 'table'>, actor: Actor) => {
  await loadAccount(deps, actor);
  const [head, state, runs, open, acknowledged] = await Promise.all([
    deps.table.loadLogHead(),
    deps.table.loadLogCheck(),
    deps.table.listLogRuns(shownRuns),
    deps.table.listFindings('open', { limit: shownFindings }),
    deps.table.listFindings('acknowledged', { limit: shownAcknowledged }),
  ]);
  return {
    allowedDelayMs,
    ...(head && { head }),
    ...(state?.run && { running: state.run }),
    ...(state?.through !== undefined && { through: state.through }),
    runs,
    // the index lags by a moment behind what an auditor has just said
    open: open.items.filter((one) => one.state === 'open'),
    acknowledged: acknowledged.items,
    more: open.next !== undefined,
  };
};

/**
 * An auditor says why table and log differ in this; it mends nothing.
 * @throws Refusal of standing, `not-found`, `version-changed` where somebody did before, `key-reused`
 */
export const acknowledgeFinding = (
  deps: Deps,
  actor: Actor,
  { id, reason }: { id: string; reason: string },
  once: Once,
): Promise<Answer<LogFinding>> =>
  changeAs(deps, actor, once, async (now) => {
    const found = await deps.table.loadFinding(id);
    if (!found) throw new Refusal('not-found');
    const next = acknowledgedFinding(found, actor.person, reason, now);
    return {
      body: next,
      reference: id,
      type: 'log-finding-acknowledged',
      changes: { finding: id, kind: next.kind, ...(next.event !== undefined && { event: next.event }) },
      reason,
      commit: (change) => deps.table.commitFinding(next, change),
    };
  });
