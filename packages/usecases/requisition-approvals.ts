/** Approval of requisitions: by value, region and delegation, with the money taken from the year's budget in the same stroke. */
import type { Actor } from '@darmon/domain/actor';
import { type Budget, budgetFor, requireLeft, yearOf } from '@darmon/domain/budget';
import type { Once } from '@darmon/domain/once';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import * as way from '@darmon/domain/requisition';
import * as rules from '@darmon/domain/requisition-approval';
import { type Person, requireStanding } from '@darmon/domain/standing';
import { dayMs, instant, tashkentDay } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { Changed } from '@darmon/table/transact';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
import { type RequisitionSummary, type StepInput, summaryOf } from './requisitions.ts';

export interface ApprovalInput extends StepInput {
  /** In whose place. */
  readonly instead?: string;
}

type Around = Awaited<ReturnType<Deps['table']['loadForApproval']>>;

/** The highest role that approves, of those that the person still has. */
const approverRole = (person: Person | undefined): rules.ApproverRole | undefined =>
  rules.approverRoles.findLast((role) => person?.active && person.roles.includes(role));

/** @throws Refusal `delegation-missing`, also for whoever has no such role and names nobody */
const approverOf = (actor: Actor, around: Around, instead: string | undefined, now: number): rules.Approver => {
  if (instead === undefined) {
    const role = approverRole(around.person);
    if (!role || !actor.roles.includes(role)) throw new Refusal('delegation-missing');
    return { person: actor.person, role };
  }
  rules.requireDelegated(around.delegation, actor.person, tashkentDay(now));
  const role = approverRole(around.absent);
  if (!role) throw new Refusal('delegation-missing');
  return { person: actor.person, role, instead };
};

/** What is missing from the budget may have been taken for this very requisition, a moment after it was read. */
const requireUnchanged = async (deps: Deps, read: way.Requisition): Promise<void> => {
  const now = await deps.table.loadRequisitionHead(read.id);
  if (now?.version !== read.version) throw new Changed();
};

const takenFrom = (budget: Budget | undefined, value: number): way.TakenMoney | undefined =>
  budget && { year: budget.year, place: budget.place, value };

/**
 * Approves what was read. The last approval needed takes its value from the site's budget of the year, or its region's,
 * in the same transaction: of two that only one can have, one is told that the budget does not reach.
 * @throws Refusal of standing, `not-found`, `delegation-missing`, `document-closed`, `version-changed`,
 * `approver-is-author`, `signer-repeated`, `approval-region`, `lines-unpriced`, `price-over-limit`, `approval-limit`,
 * `budget-exceeded`, `key-reused`
 */
export const approveRequisition = (deps: Deps, actor: Actor, input: ApprovalInput, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      const before = await deps.table.loadRequisitionHead(input.id);
      if (!before) {
        await loadStanding(deps, actor);
        throw new Refusal('not-found');
      }
      const { person, site } = actor;
      const around = await deps.table.loadForApproval(before, { person, site, instead: input.instead }, yearOf(now));
      requireStanding(actor, around.person, around.site, now);
      const by = approverOf(actor, around, input.instead, now);
      way.requireStep(before, 'approve');
      way.requireVersion(before, input.version);
      const { limits } = around.policy.requisitions;
      const { complete } = rules.judgeApproval(before, by, { limits, named: around.named }, input.reason);
      const budget = complete ? budgetFor(around.budgets, before) : undefined;
      if (budget && budget.left < before.value) await requireUnchanged(deps, before);
      requireLeft(budget, before.value);
      const takes = takenFrom(budget, before.value);
      const { parts, linesOf } = before;
      const step = {
        ...by,
        step: complete ? ('approve' as const) : ('sign' as const),
        at: instant(now),
        ...(input.reason !== undefined && { reason: input.reason }),
      };
      const head = { ...way.stepped(before, step), parts, linesOf, ...(takes && { taken: takes }) };
      const event = eventOf(
        deps,
        actor,
        complete ? 'requisition-approved' : 'requisition-signed',
        now,
        {
          requisition: head.id,
          value: head.value,
          ...(input.instead !== undefined && { instead: input.instead }),
          ...(takes && { taken: takes.value, from: takes.place, year: takes.year }),
        },
        input.reason,
      );
      const body = summaryOf(head);
      const change = changeOf(event, now, once, { status: 200, reference: head.id, answer: body });
      await deps.table.commitRequisitionStep(head, { ...(takes && { takes }) }, change);
      return { status: 200, body };
    },
    asAnswered<RequisitionSummary>,
  );

/**
 * What an approval by this person would need and leave: how many must approve, whether it may be theirs, and the year's
 * money before and after. `refusal` is the code that approving now would get.
 * @throws Refusal `not-found`
 */
export const readApproval = async (deps: Deps, actor: Actor, input: { id: string; instead?: string }) => {
  const head = await deps.table.loadRequisitionHead(input.id);
  if (!head) throw new Refusal('not-found');
  const now = deps.now();
  const { person, site } = actor;
  const around = await deps.table.loadForApproval(head, { person, site, instead: input.instead }, yearOf(now));
  const { limits } = around.policy.requisitions;
  const budget = budgetFor(around.budgets, head);
  const refusal = refusalOf(() => {
    const by = approverOf(actor, around, input.instead, now);
    const reason = head.overLimit > 0 ? 'to be given' : undefined;
    const { complete } = rules.judgeApproval(head, by, { limits, named: around.named }, reason);
    if (complete) requireLeft(budget, head.value);
  });
  return {
    id: head.id,
    version: head.version,
    value: head.value,
    overLimit: head.overLimit,
    needed: rules.approvalsNeeded(head.value, limits).count,
    signed: way.sinceSubmitted(head).filter(({ step }) => step === 'sign'),
    ...(budget && { budget, leaves: budget.left - head.value }),
    ...(refusal && { refusal }),
  };
};

const refusalOf = (run: () => void) => {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

/**
 * Lets another person approve in the own place, in place of whoever was let before.
 * @throws Refusal of standing, `delegation-invalid`, `key-reused`
 */
export const delegateApproval = (
  deps: Deps,
  actor: Actor,
  input: { to: string; from: string; until: string },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const wanted = { person: actor.person, ...input };
      rules.requireDelegation(wanted, tashkentDay(now));
      const { person: deputy } = await deps.table.loadStanding(input.to, actor.site);
      const roles = [...rules.approverRoles, 'planner'] as const;
      if (!deputy?.active || !roles.some((role) => deputy.roles.includes(role)))
        throw refuseAt('delegation-invalid', '/to');
      return saveDelegation(deps, actor, wanted, now, once);
    },
    asAnswered<rules.Delegation>,
  );

/**
 * From now on the own approvals are one's own again.
 * @throws Refusal of standing, `not-found` where nothing was delegated, `key-reused`
 */
export const endDelegation = (deps: Deps, actor: Actor, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const before = await deps.table.loadDelegation(actor.person);
      if (!before || before.until < tashkentDay(now)) throw new Refusal('not-found');
      return saveDelegation(deps, actor, { ...before, until: tashkentDay(now - dayMs) }, now, once);
    },
    asAnswered<rules.Delegation>,
  );

const saveDelegation = async (
  deps: Deps,
  actor: Actor,
  { to, from, until }: Omit<rules.Delegation, 'version'>,
  now: number,
  once: Once,
) => {
  const before = await deps.table.loadDelegation(actor.person);
  const body: rules.Delegation = { person: actor.person, to, from, until, version: (before?.version ?? 0) + 1 };
  const event = eventOf(deps, actor, 'delegation-saved', now, { to, from, until });
  const answered = { status: 200, reference: actor.person, answer: body };
  await deps.table.commitDelegation(body, changeOf(event, now, once, answered));
  return { status: 200, body };
};

/** Who approves in whose place, now or later, and who approves for which region. */
export const listDelegations = async (deps: Deps, request: PageRequest) => {
  const today = tashkentDay(deps.now());
  const page = await deps.table.listDelegations(request);
  const items = page.items.filter((d) => d.until >= today && d.from <= d.until);
  return { items, ...(page.next !== undefined && { next: page.next }) };
};

export const listApprovers = async (deps: Deps) => ({ items: await deps.table.listApprovers() });

/**
 * Names who beside the chiefs approves for a region; nobody named: every approver does.
 * @throws Refusal of standing, `version-changed` where somebody named others meanwhile, `key-reused`
 */
export const nameApprovers = (
  deps: Deps,
  actor: Actor,
  input: { region: string; persons: readonly string[]; version: number },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const before = (await deps.table.listApprovers()).find((a) => a.region === input.region);
      if ((before?.version ?? 0) !== input.version) throw new Refusal('version-changed');
      const persons = [...new Set(input.persons)];
      const body: rules.RegionApprovers = { region: input.region, persons, version: input.version + 1 };
      const event = eventOf(deps, actor, 'delegation-saved', now, { region: input.region, persons });
      const answered = { status: 200, reference: input.region, answer: body };
      await deps.table.commitApprovers(body, changeOf(event, now, once, answered));
      return { status: 200, body };
    },
    asAnswered<rules.RegionApprovers>,
  );
