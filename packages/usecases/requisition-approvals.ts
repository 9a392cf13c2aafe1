/** Approval of requisitions: by value, region and delegation, with the money taken from the year's budget in the same stroke. */
import type { Actor, Role } from '@darmon/domain/actor';
import { type Budget, budgetFor, requireLeft, yearOf } from '@darmon/domain/budget';
import type { Once } from '@darmon/domain/once';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import * as way from '@darmon/domain/requisition';
import * as rules from '@darmon/domain/requisition-approval';
import type { Person } from '@darmon/domain/standing';
import { dayMs, instant, tashkentDay } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { Changed } from '@darmon/table/transact';
import { changeAs, type Decided, type Deps } from './deps.ts';
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

/** What an approval takes beyond what was taken for it before, from the budget that pays for it. */
const moneyFor = (head: way.Requisition, budgets: readonly Budget[]) => {
  const before = head.taken;
  const budget = before ? budgets.find(({ place }) => place === before.place) : budgetFor(budgets, head);
  const more = Math.max(0, way.approvalValue(head) - (before?.value ?? 0));
  const taken = budget && { year: budget.year, place: budget.place, value: (before?.value ?? 0) + more };
  return { budget, more, taken };
};

/** The year of the money that pays for it: of the present approval, or of the one before. */
const yearOfMoney = (head: way.Requisition, now: number): number => head.taken?.year ?? yearOf(now);

/**
 * Approves what was read. The last approval needed takes its value from the site's budget of the year, or its region's,
 * in the same transaction: of two that only one can have, one is told that the budget does not reach. Where a value was
 * raised, only what it is more is taken.
 * @throws Refusal of standing, `not-found`, `delegation-missing`, `document-closed`, `version-changed`,
 * `approver-is-author`, `signer-repeated`, `approval-region`, `lines-unpriced`, `price-over-limit`, `approval-limit`,
 * `budget-exceeded`, `key-reused`
 */
export const approveRequisition = (deps: Deps, actor: Actor, input: ApprovalInput, once: Once) =>
  changeAs<RequisitionSummary>(deps, actor, once, async (now) => {
    const before = await deps.table.loadRequisitionHead(input.id);
    if (!before) throw new Refusal('not-found');
    const { person, site } = actor;
    const { instead, reason } = input;
    const around = await deps.table.loadForApproval(before, { person, site, instead }, yearOfMoney(before, now));
    const by = approverOf(actor, around, instead, now);
    way.requireStep(before, 'approve');
    way.requireVersion(before, input.version);
    const { limits } = around.policy.requisitions;
    const { complete } = rules.judgeApproval(before, by, { limits, named: around.named }, reason);
    const { budget, more, taken } = moneyFor(before, complete ? around.budgets : []);
    if (budget && budget.left < more) await requireUnchanged(deps, before);
    requireLeft(budget, more);
    const { parts, linesOf } = before;
    const step = {
      ...by,
      step: complete ? ('approve' as const) : ('sign' as const),
      at: instant(now),
      ...(reason !== undefined && { reason }),
    };
    const head = { ...way.stepped(before, step), parts, linesOf, ...(taken && { taken }) };
    return {
      body: summaryOf(head),
      reference: head.id,
      type: complete ? 'requisition-approved' : 'requisition-signed',
      changes: {
        requisition: head.id,
        value: way.approvalValue(head),
        ...(instead !== undefined && { instead }),
        ...(taken && { taken: more, from: taken.place, year: taken.year }),
      },
      reason,
      commit: (change) => deps.table.commitRequisitionStep(head, taken && { ...taken, taken: more }, change),
    };
  });

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
  const { instead } = input;
  const around = await deps.table.loadForApproval(head, { person, site, instead }, yearOfMoney(head, now));
  const { limits } = around.policy.requisitions;
  const { budget, more } = moneyFor(head, around.budgets);
  const value = way.approvalValue(head);
  const refusal = refusalOf(() => {
    const by = approverOf(actor, around, input.instead, now);
    const reason = head.overLimit > 0 ? 'to be given' : undefined;
    const { complete } = rules.judgeApproval(head, by, { limits, named: around.named }, reason);
    if (complete) requireLeft(budget, more);
  });
  return {
    id: head.id,
    version: head.version,
    value,
    more,
    overLimit: head.overLimit,
    needed: rules.approvalsNeeded(value, limits).count,
    signed: way.signatures(head),
    ...(budget && { budget, leaves: budget.left - more }),
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
  changeAs<rules.Delegation>(deps, actor, once, async (now) => {
    const wanted = { person: actor.person, ...input };
    rules.requireDelegation(wanted, tashkentDay(now));
    const { person: deputy } = await deps.table.loadStanding(input.to, actor.site);
    if (!deputy || !mayStandIn(deputy)) throw refuseAt('delegation-invalid', '/to');
    return savedDelegation(deps, wanted);
  });

/**
 * From now on the own approvals are one's own again.
 * @throws Refusal of standing, `not-found` where nothing was delegated, `key-reused`
 */
export const endDelegation = (deps: Deps, actor: Actor, once: Once) =>
  changeAs<rules.Delegation>(deps, actor, once, async (now) => {
    const before = await deps.table.loadDelegation(actor.person);
    if (!before || before.until < tashkentDay(now)) throw new Refusal('not-found');
    return savedDelegation(deps, { ...before, until: tashkentDay(now - dayMs) });
  });

const savedDelegation = async (
  deps: Deps,
  { person, to, from, until }: Omit<rules.Delegation, 'version'>,
): Promise<Decided<rules.Delegation>> => {
  const before = await deps.table.loadDelegation(person);
  const body: rules.Delegation = { person, to, from, until, version: (before?.version ?? 0) + 1 };
  return {
    body,
    reference: person,
    type: 'delegation-saved',
    changes: { to, from, until },
    commit: (change) => deps.table.commitDelegation(body, change),
  };
};

/** In whose hands an approver may leave approvals: another approver's, or a planner's. */
const mayStandIn = ({ active, roles }: Person): boolean =>
  active && [...rules.approverRoles, 'planner' as const].some((role) => roles.includes(role));

/** Those whom an approver may name as a deputy, by name; oneself is not among them. */
export const listDeputies = async (deps: Deps, actor: Actor) => {
  const found: { person: string; name: string; role: Role; site: string }[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listPeople({ cursor, limit: 100 });
    for (const person of page.items)
      if (mayStandIn(person) && person.id !== actor.person)
        found.push({
          person: person.id,
          name: person.name,
          role: approverRole(person) ?? 'planner',
          site: person.site,
        });
    cursor = page.next;
  } while (cursor !== undefined);
  return { items: found.sort((a, b) => (`${a.name} ${a.person}` < `${b.name} ${b.person}` ? -1 : 1)) };
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
  changeAs<rules.RegionApprovers>(deps, actor, once, async () => {
    const before = (await deps.table.listApprovers()).find((a) => a.region === input.region);
    if ((before?.version ?? 0) !== input.version) throw new Refusal('version-changed');
    const persons = [...new Set(input.persons)];
    const body: rules.RegionApprovers = { region: input.region, persons, version: input.version + 1 };
    return {
      body,
      reference: input.region,
      type: 'delegation-saved',
      changes: { region: input.region, persons },
      commit: (change) => deps.table.commitApprovers(body, change),
    };
  });
