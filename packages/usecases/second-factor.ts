/**
 * Setting up a second factor, and an administrator's taking a lost one away. The secret lies with the issuer and in the
 * person's app: here it passes through one answer, and stands in no event, record or log.
 */
import type { Actor } from '@darmon/domain/actor';
import type { Once } from '@darmon/domain/once';
import { Refusal } from '@darmon/domain/refusal';
import { requireMayBegin, requireMayFinish, requireMayRemove, type SecondFactor } from '@darmon/domain/second-factor';
import { type Answer, asAnswered, changeAs, changeOf, changeOnce, eventOf, loadAccount } from './deps.ts';
import type { IdentityDeps } from './identity.ts';

/**
 * What the issuer does for whoever holds this token, by that token's own right. Each is refused as `sign-in-stale` where
 * the token has no leave to change the account, as everyday ones have none.
 */
export interface OwnFactor {
  /** A new secret, which counts for nothing until digits made of it were right. Takes the place of one begun before. */
  readonly begin: (token: string) => Promise<string>;
  /** Judges digits of the secret that was begun; a right one replaces the factor before. */
  readonly confirm: (token: string, code: string) => Promise<'right' | 'wrong' | 'not-begun' | 'locked'>;
  /** Has each sign-in ask for the factor from now on; saying it twice changes nothing. */
  readonly demand: (token: string) => Promise<void>;
}

export type FactorDeps = IdentityDeps & { readonly ownFactor: OwnFactor };

/** @throws Refusal `account-closed` */
export const readSecondFactor = async (deps: FactorDeps, actor: Actor): Promise<SecondFactor> => {
  await loadAccount(deps, actor);
  return { set: await deps.accounts.hasSecondFactor(actor.person) };
};

/**
 * Begins: the secret is in this answer and nowhere else. It is recorded that one was made before the answer is given, so
 * that none was ever handed out unrecorded.
 * @throws Refusal `account-closed`, `sign-in-stale`, `second-factor-needed`
 */
export const beginSecondFactor = async (deps: FactorDeps, actor: Actor, token: string): Promise<{ secret: string }> => {
  await loadAccount(deps, actor);
  const has = await deps.accounts.hasSecondFactor(actor.person);
  const now = deps.now();
  requireMayBegin(actor, has, now);
  const secret = await deps.ownFactor.begin(token);
  const event = eventOf(deps, actor, 'second-factor-begun', now, { person: actor.person, replaces: has });
  await deps.table.commitPersonEvent(actor.person, event);
  return { secret };
};

const refusals = {
  wrong: 'code-wrong',
  'not-begun': 'second-factor-not-begun',
  locked: 'codes-locked',
} as const;

/**
 * Ends it with digits of the app: from then on each sign-in asks for them. A repeat says again to the issuer what a run
 * that died may not have said. Digits that were right and are recorded nowhere, because a run died in between, are
 * followed by the next ones.
 * @throws Refusal `account-closed`, `sign-in-stale`, `second-factor-needed`, `code-wrong`,
 * `second-factor-not-begun`, `codes-locked`, `key-reused`
 */
export const finishSecondFactor = async (
  deps: FactorDeps,
  actor: Actor,
  input: { readonly token: string; readonly code: string },
  once: Once,
): Promise<Answer<SecondFactor>> => {
  // digits count once: a second run after a lost race must not ask for them again
  let judged: Awaited<ReturnType<OwnFactor['confirm']>> | undefined;
  const answer = await changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadAccount(deps, actor);
      requireMayFinish(actor, await deps.accounts.hasSecondFactor(actor.person), now);
      judged ??= await deps.ownFactor.confirm(input.token, input.code);
      if (judged !== 'right') throw new Refusal(refusals[judged]);
      const body = { set: true };
      const event = eventOf(deps, actor, 'second-factor-set', now, { person: actor.person });
      const answered = { status: 200, reference: actor.person, answer: body };
      await deps.table.commitPersonChange(actor.person, changeOf(event, now, once, answered));
      return { status: 200, body };
    },
    asAnswered<SecondFactor>,
  );
  await deps.ownFactor.demand(input.token);
  return answer;
};

/**
 * Takes away the factor of a lost device; the person sets up another. Recorded with its reason before it is done, and
 * done again on a repeat.
 * @throws Refusal of standing, `not-found`, `not-allowed` for the own account, `second-factor-none`, `key-reused`
 */
export const removeSecondFactor = async (
  deps: IdentityDeps,
  actor: Actor,
  input: { readonly id: string; readonly reason: string },
  once: Once,
): Promise<Answer<SecondFactor>> => {
  const answer = await changeAs(deps, actor, once, async () => {
    const { person } = await deps.table.loadStanding(input.id, actor.site);
    if (!person) throw new Refusal('not-found');
    requireMayRemove(actor, person.id, await deps.accounts.hasSecondFactor(person.id));
    return {
      body: { set: false },
      reference: person.id,
      type: 'second-factor-removed',
      changes: { person: person.id },
      reason: input.reason,
      commit: (change) => deps.table.commitPersonChange(person.id, change),
    };
  });
  await deps.accounts.removeSecondFactor(input.id);
  return answer;
};
