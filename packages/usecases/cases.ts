/** Cases as auditors work on them. They read everything a case stands on, and write nothing but the case. */
import type { Actor } from '@darmon/domain/actor';
import {
  type Case,
  type CaseDecision,
  type CaseRule,
  type CaseState,
  decidedCase,
  notedCase,
  reopenedCase,
  takenCase,
} from '@darmon/domain/case';
import type { EventType } from '@darmon/domain/event';
import type { Once } from '@darmon/domain/once';
import { Refusal } from '@darmon/domain/refusal';
import type { PageRequest } from '@darmon/table/page';
import { silenceName } from './analysis.ts';
import { changeAs, type Deps, loadAccount } from './deps.ts';

type Reads = Pick<Deps, 'table' | 'now'>;

const shownRuns = 7;

/** What a list shows of a case. */
const rowOf = ({ notes, evidence, past: _, ...one }: Case) => ({
  ...one,
  notes: notes.length,
  events: evidence.length,
});

/**
 * Cases in a state, the highest score first, of one rule or of all; a page can hold fewer than asked for. With the last
 * days that were analysed.
 */
export const listCases = async (
  deps: Reads,
  actor: Actor,
  of: { state: CaseState; rule?: CaseRule | undefined; owner?: 'me' | undefined },
  request: PageRequest,
) => {
  await loadAccount(deps, actor);
  const [page, runs] = await Promise.all([
    deps.table.listCases(of.state, request),
    deps.table.listAnalysisRuns(shownRuns),
  ]);
  const items = page.items.filter(
    (one) => (of.rule === undefined || one.rule === of.rule) && (of.owner === undefined || one.owner === actor.person),
  );
  return { ...page, items: items.map(rowOf), runs };
};

/** @throws Refusal of the account, `not-found` */
export const readCase = async (deps: Reads, actor: Actor, id: string): Promise<Case> => {
  await loadAccount(deps, actor);
  const found = await deps.table.loadCase(id);
  if (!found) throw new Refusal('not-found');
  return found;
};

const before = (until: CaseDecision | undefined): string | undefined => until?.silentUntil;
/** No day is so early that it would be silent by it. */
const noSilence = '0000-00-00';

/** One step on a case, decided on what stands now. The event names no patient and no note's words. */
const step = (
  deps: Deps,
  actor: Actor,
  id: string,
  once: Once,
  decide: (found: Case, now: number) => { next: Case; type: EventType; changes?: object; reason?: string },
) =>
  changeAs(deps, actor, once, async (now) => {
    const found = await deps.table.loadCase(id);
    if (!found) throw new Refusal('not-found');
    const { next, type, changes = {}, reason } = decide(found, now);
    const [was, is] = [before(found.decision), before(next.decision)];
    const silence = was === is ? undefined : { subject: silenceName(next), until: is ?? noSilence };
    return {
      body: { id, state: next.state, version: next.version },
      reference: id,
      type,
      changes: { case: id, rule: next.rule, state: next.state, ...changes },
      reason,
      commit: (change) => deps.table.commitCase(next, change, silence),
    };
  });

/** @throws Refusal of standing, `not-found`, `case-state`, `key-reused` */
export const takeCase = (deps: Deps, actor: Actor, { id }: { id: string }, once: Once) =>
  step(deps, actor, id, once, (found) => ({ next: takenCase(found, actor.person), type: 'case-taken' }));

/** @throws Refusal of standing, `not-found`, `case-state`, `key-reused` */
export const noteCase = (deps: Deps, actor: Actor, { id, text }: { id: string; text: string }, once: Once) =>
  step(deps, actor, id, once, (found, now) => {
    const next = notedCase(found, actor.person, text, now);
    return { next, type: 'case-noted', changes: { note: next.notes.length } };
  });

/** @throws Refusal of standing, `not-found`, `case-state`, `case-not-yours`, `key-reused` */
export const decideCase = (
  deps: Deps,
  actor: Actor,
  { id, ...given }: { id: string } & Pick<CaseDecision, 'outcome' | 'reason'> & { silentDays?: number | undefined },
  once: Once,
) =>
  step(deps, actor, id, once, (found, now) => {
    const next = decidedCase(found, actor.person, given, now);
    const silentUntil = before(next.decision);
    return {
      next,
      type: 'case-decided',
      changes: { outcome: given.outcome, ...(silentUntil !== undefined && { silentUntil }) },
      reason: given.reason,
    };
  });

/** @throws Refusal of standing, `not-found`, `case-state`, `key-reused` */
export const reopenCase = (deps: Deps, actor: Actor, { id, reason }: { id: string; reason: string }, once: Once) =>
  step(deps, actor, id, once, (found) => ({ next: reopenedCase(found, actor.person), type: 'case-reopened', reason }));
