/** The rules that a ministry can change: read by everybody, changed by administrators, never edited. */
import type { Actor } from '@darmon/domain/actor';
import type { Once } from '@darmon/domain/once';
import { firstPolicy, livePolicies, nextPolicy, type Policy, type PolicyFields, policyAt } from '@darmon/domain/policy';
import { Refusal } from '@darmon/domain/refusal';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';

/** What holds now, what will hold later, and the number that the next change builds on. */
export const readPolicies = async (deps: Pick<Deps, 'table' | 'now'>) => {
  const { book } = await deps.table.loadPolicies();
  const now = deps.now();
  const current = policyAt(book?.policies ?? [], now);
  const coming = livePolicies(book?.policies ?? [], now).filter((p) => p.version > current.version);
  return { current, coming, version: book?.version ?? firstPolicy.version };
};

/** Every version ever saved, newest first, with who saved it, when and why. */
export const readPolicyHistory = async (deps: Pick<Deps, 'table'>) => {
  const { versions, saved } = await deps.table.loadPolicies();
  const items = versions.map((policy) => {
    const event = saved.find((e) => e.changes.version === policy.version);
    return { policy, ...(event && { savedAt: event.at, person: event.actor.person }), ...reasonOf(event?.reason) };
  });
  return { items: items.reverse() };
};

const reasonOf = (reason: string | undefined) => (reason === undefined ? {} : { reason });

/**
 * Saves the next version on top of the one that was read. It begins a minute later at the earliest.
 * @throws Refusal of standing, `version-changed`, `policy-invalid`, `key-reused`
 */
export const savePolicy = (
  deps: Deps,
  actor: Actor,
  input: PolicyFields & { version: number; reason: string },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const { version, reason, ...wanted } = input;
      const { book } = await deps.table.loadPolicies();
      if ((book?.version ?? firstPolicy.version) !== version) throw new Refusal('version-changed');
      const policy = nextPolicy(version, wanted, now);
      const event = eventOf(deps, actor, 'policy-saved', now, { version: policy.version, from: policy.from }, reason);
      const answered = { status: 201, reference: String(policy.version), answer: policy };
      await deps.table.commitPolicy(policy, book, changeOf(event, now, once, answered));
      return { status: 201, body: policy };
    },
    asAnswered<Policy>,
  );
