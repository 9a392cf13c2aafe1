/** Requisitions: drafted by a plan or a person, changed, submitted, authorised, and what becomes of them but approval. */
import type { Actor, Role } from '@darmon/domain/actor';
import { planActor } from '@darmon/domain/event';
import { shortNumber } from '@darmon/domain/ledger';
import type { Once } from '@darmon/domain/once';
import { heldBy } from '@darmon/domain/order-charge';
import type { Policy } from '@darmon/domain/policy';
import { priceLimit, referencePriceOn, stepOfBuyer } from '@darmon/domain/price-control';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import * as rules from '@darmon/domain/requisition';
import type { Site } from '@darmon/domain/standing';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import type { StoredRequisition } from '@darmon/table/requisition-items';
import { type Answer, asAnswered, changeAs, changeOnce, type Deps } from './deps.ts';
import { proposalsFor } from './plan-medicine.ts';
import { loadLeftToOrder } from './requisition-orders.ts';

/** A requisition in a list, and as every step of it answers. */
export const summaryOf = (requisition: rules.Requisition) => {
  const { editors: _e, history: _h, parts: _p, linesOf: _l, ...head } = requisition as StoredRequisition;
  return { ...head, number: shortNumber(head.id) };
};
export type RequisitionSummary = ReturnType<typeof summaryOf>;

const keepsStock = (site: Site | undefined): site is Site =>
  site?.active === true && (site.kind === 'pharmacy' || site.kind === 'warehouse');

/** The most that a pack may cost a site, by GTIN, where a reference price holds. */
const limitsOf = async (deps: Deps, gtins: readonly string[], site: Site, policy: Policy, now: number) => {
  const prices = await deps.table.loadReferencePrices(gtins);
  const today = tashkentDay(now);
  const step = stepOfBuyer(site.kind);
  return new Map(
    [...prices].flatMap(([gtin, book]) => {
      const price = referencePriceOn(book.prices, today);
      return price ? [[gtin, priceLimit(price.packPrice, step, policy.markUps)] as const] : [];
    }),
  );
};

/** What is known of the packs that a request names, and what a plan of `planned` would say of them now. */
const offersOf = async (
  deps: Deps,
  gtins: readonly string[],
  limits: ReadonlyMap<string, number>,
  planned: Site | undefined,
) => {
  const packs = new Map(
    [...(await deps.table.loadPacks(gtins))].map(([gtin, { medicine, units }]) => [
      gtin,
      { medicine, packUnits: units },
    ]),
  );
  const proposals = planned && (await proposalsFor(deps, planned, packs));
  return new Map<string, rules.PackOffer>(
    [...packs].map(([gtin, pack]) => [gtin, { ...pack, priceLimit: limits.get(gtin), proposal: proposals?.get(gtin) }]),
  );
};

const requireSite = async (deps: Deps, id: string): Promise<Site> => {
  const [site] = await deps.table.loadSites([id]);
  if (!keepsStock(site)) throw refuseAt('site-unknown', '/site');
  return site;
};

export interface RequisitionInput {
  readonly site: string;
  readonly kind: 'by-hand' | 'emergency';
  readonly reason?: string;
  readonly lines: readonly rules.WantedLine[];
}

/**
 * Draws one up by hand. What is urgent says why, and is submitted in the same step.
 * @throws Refusal of standing, `not-found` for another's site, `site-unknown`, `reason-missing`, `gtin-unknown`,
 * `line-repeated`, `requisition-empty`, `key-reused`
 */
export const createRequisition = (deps: Deps, actor: Actor, input: RequisitionInput, once: Once) =>
  changeAs<RequisitionSummary>(deps, actor, once, async (now, { policy }) => {
    if (actor.reach === 'own' && input.site !== actor.site) throw new Refusal('not-found');
    const site = await requireSite(deps, input.site);
    const isUrgent = input.kind === 'emergency';
    if (isUrgent && input.reason === undefined) throw refuseAt('reason-missing', '/reason');
    const gtins = input.lines.map((l) => l.gtin);
    const limits = await limitsOf(deps, gtins, site, policy, now);
    // who needs it at once is not kept waiting by a plan
    const offers = await offersOf(deps, gtins, limits, isUrgent ? undefined : site);
    const lines = rules.addedLines([], input.lines, offers, input.kind, '/lines');
    if (isUrgent) rules.requireSomething(lines);
    const who = takenBy(actor, now, undefined);
    const head: rules.Requisition = {
      id: deps.id(),
      site: site.id,
      region: site.region,
      kind: input.kind,
      state: isUrgent ? 'submitted' : 'draft',
      version: 1,
      author: actor.person,
      at: who.at,
      ...(input.reason !== undefined && { reason: input.reason }),
      ...rules.sumsOf(lines),
      editors: [],
      history: [{ ...who, step: 'draft' }, ...(isUrgent ? [{ ...who, step: 'submit' as const }] : [])],
    };
    return {
      body: summaryOf(head),
      status: 201,
      reference: head.id,
      type: isUrgent ? 'requisition-submitted' : 'requisition-drafted',
      changes: { requisition: head.id, site: site.id, kind: head.kind, ...rules.sumsOf(lines) },
      reason: input.reason,
      commit: (change) => deps.table.commitNewRequisition(head, lines, change),
    };
  });

export type PlannedLine = Omit<rules.RequisitionLine, 'priceLimit' | 'estimated'>;

/**
 * The draft of a site for a week of the plan. There is one a site and week, however often a plan is run, by however many
 * at once, and whatever it says the second time; `made` is false where it was there already. Without `by` no person
 * started the plan.
 * @throws Refusal `site-unknown`, `split-document`
 */
export const draftFromPlan = async (
  deps: Deps,
  input: { site: string; week: string; lines: readonly PlannedLine[]; by?: { person: string; role: Role } },
): Promise<{ id: string; made: boolean }> => {
  const { body } = await changeOnce(
    deps,
    undefined,
    async () => {
      const known = await deps.table.loadRequisitionOfPlan(input.site, input.week);
      if (known !== undefined) return { status: 200, body: { id: known, made: false } };
      const now = deps.now();
      const site = await requireSite(deps, input.site);
      const policy = await deps.table.readPolicy();
      if (input.lines.length > rules.maxRequisitionLines)
        throw refuseAt('split-document', '/lines', { max: rules.maxRequisitionLines });
      const gtins = input.lines.map((l) => l.gtin);
      const lines = rules.withLimits(input.lines, await limitsOf(deps, gtins, site, policy, now));
      const by = { ...planActor(site.id), ...input.by };
      const at = instant(now);
      const head: rules.Requisition = {
        id: deps.id(),
        site: site.id,
        region: site.region,
        kind: 'weekly',
        week: input.week,
        state: 'draft',
        version: 1,
        author: by.person,
        at,
        ...rules.sumsOf(lines),
        editors: [],
        history: [{ step: 'draft', person: by.person, ...(by.role && { role: by.role }), at }],
      };
      const event = {
        id: deps.id(),
        at,
        type: 'requisition-drafted' as const,
        actor: by,
        changes: { requisition: head.id, week: input.week, ...rules.sumsOf(lines) },
      };
      await deps.table.commitNewRequisition(head, lines, { now, event });
      return { status: 201, body: { id: head.id, made: true } };
    },
    asAnswered<{ id: string; made: boolean }>,
  );
  return body;
};

/** @throws Refusal `not-found`, also for another site's where the actor reaches only the own */
const requireOwn = <H extends rules.Requisition>(actor: Actor, head: H | undefined): H => {
  if (!head || (actor.reach === 'own' && head.site !== actor.site)) throw new Refusal('not-found');
  return head;
};

const loadOwn = async (deps: Deps, actor: Actor, id: string) => {
  const loaded = await deps.table.loadRequisition(id);
  const head = requireOwn(actor, loaded?.head);
  return { head, lines: loaded?.lines ?? [] };
};

export interface LinesInput {
  readonly id: string;
  /** As it was read. */
  readonly version: number;
  readonly lines?: readonly rules.LineChange[];
  readonly add?: readonly rules.WantedLine[];
}

/**
 * Other packs or prices, or more products. What was proposed stays beside them, and what differs says why.
 * @throws Refusal of standing, `not-found`, `document-closed`, `version-changed`, `line-unknown`, `line-repeated`,
 * `reason-missing`, `gtin-unknown`, `split-document`, `key-reused`
 */
export const changeRequisition = (deps: Deps, actor: Actor, input: LinesInput, once: Once) =>
  changeAs<RequisitionSummary>(deps, actor, once, async (now, { policy }) => {
    const { head, lines: before } = await loadOwn(deps, actor, input.id);
    rules.requireEditable(head, actor.role === 'planner');
    rules.requireVersion(head, input.version);
    const site = await requireSite(deps, head.site);
    const { lines: changes = [], add = [] } = input;
    const changed = rules.changedLines(before, changes, '/lines');
    const gtins = [...before, ...add].map((l) => l.gtin);
    const limits = await limitsOf(deps, gtins, site, policy, now);
    const added = add.map((l) => l.gtin);
    const offers = await offersOf(deps, added, limits, head.kind === 'emergency' ? undefined : site);
    const lines = rules.withLimits(rules.addedLines(changed, add, offers, head.kind, '/add'), limits);
    const next = rules.withLines(head, lines, actor.person);
    return {
      body: summaryOf(next),
      reference: head.id,
      type: 'requisition-changed',
      changes: {
        requisition: head.id,
        version: next.version,
        lines: changes.map(({ line, packs, why }) => ({ line, packs, ...(why !== undefined && { why }) })),
        added: add.map(({ gtin, packs }) => ({ gtin, packs })),
        value: next.value,
      },
      commit: (change) => deps.table.commitRequisitionLines(next, lines, change),
    };
  });

export interface StepInput {
  readonly id: string;
  /** As it was read: nobody takes further what they did not see. */
  readonly version: number;
  readonly reason?: string;
}

/** The step of somebody, on a head that was read. */
const takenBy = (actor: Actor, now: number, reason: string | undefined) => ({
  person: actor.person,
  role: actor.role,
  at: instant(now),
  ...(reason !== undefined && { reason }),
});

const eventTypes = {
  authorise: 'requisition-authorised',
  reject: 'requisition-rejected',
  skip: 'requisition-skipped',
  reopen: 'requisition-reopened',
} as const;

/** What a step gives back of the money that was taken: all of it, or, of one that was ordered already, what is not ordered. */
const leftover = async (deps: Deps, before: StoredRequisition, head: StoredRequisition) => {
  const { taken } = before;
  if (!taken) return {};
  if (!head.taken) return { money: { ...taken, back: taken.value } };
  if (!before.rest || head.rest) return {};
  const value = heldBy(await deps.table.loadOrders(before.orders ?? []), before.id);
  return { taken: { ...taken, value }, money: { ...taken, back: taken.value - value } };
};

const takeStep = (
  deps: Deps,
  actor: Actor,
  step: keyof typeof eventTypes,
  input: StepInput,
  once: Once,
  require?: (head: rules.Requisition) => void,
): Promise<Answer<RequisitionSummary>> =>
  changeAs(deps, actor, once, async (now) => {
    const before = requireOwn(actor, await deps.table.loadRequisitionHead(input.id));
    rules.requireStep(before, step);
    rules.requireVersion(before, input.version);
    require?.(before);
    const { reason } = input;
    const { parts, linesOf } = before;
    const next = { ...rules.stepped(before, { step, ...takenBy(actor, now, reason) }), parts, linesOf };
    const { taken, money } = await leftover(deps, before, next);
    const head = { ...next, ...(taken && { taken }) };
    const back = money && { year: money.year, place: money.place, back: money.back };
    return {
      body: summaryOf(head),
      reference: head.id,
      type: eventTypes[step],
      changes: { requisition: head.id, from: before.state, ...(back && { givenBack: back.back }) },
      reason,
      commit: (change) => deps.table.commitRequisitionStep(head, back, change),
    };
  });

/**
 * Asks for it. Its prices are judged once more, by what is registered now.
 * @throws Refusal of standing, `not-found`, `document-closed`, `version-changed`, `requisition-empty`, `key-reused`
 */
export const submitRequisition = (deps: Deps, actor: Actor, input: StepInput, once: Once) =>
  changeAs<RequisitionSummary>(deps, actor, once, async (now, { policy }) => {
    const loaded = await loadOwn(deps, actor, input.id);
    rules.requireStep(loaded.head, 'submit');
    rules.requireVersion(loaded.head, input.version);
    rules.requireSomething(loaded.lines);
    const site = await requireSite(deps, loaded.head.site);
    const gtins = loaded.lines.map((l) => l.gtin);
    const lines = rules.withLimits(loaded.lines, await limitsOf(deps, gtins, site, policy, now));
    const taken = { step: 'submit' as const, ...takenBy(actor, now, undefined) };
    const head = { ...rules.stepped(loaded.head, taken), ...rules.sumsOf(lines) };
    const { lines: count, value, overLimit } = head;
    return {
      body: summaryOf(head),
      reference: head.id,
      type: 'requisition-submitted',
      changes: { requisition: head.id, lines: count, value, ...(overLimit > 0 && { overLimit }) },
      commit: (change) => deps.table.commitRequisitionLines(head, lines, change),
    };
  });

/**
 * Says that it is right, by somebody else than who submitted it.
 * @throws Refusal of standing, `not-found`, `document-closed`, `version-changed`, `approver-is-author`, `key-reused`
 */
export const authoriseRequisition = (deps: Deps, actor: Actor, input: StepInput, once: Once) =>
  takeStep(deps, actor, 'authorise', input, once, (head) => rules.requireAuthoriser(head, actor.person));

/**
 * Says no, and why. Taking an approval back is for approvers, and gives its money back to the budget. Of one that was
 * ordered already it gives up what never came, which planners may do too.
 * @throws Refusal of standing, `not-found`, `not-allowed`, `document-closed`, `version-changed`, `key-reused`
 */
export const rejectRequisition = (deps: Deps, actor: Actor, input: StepInput & { reason: string }, once: Once) =>
  takeStep(deps, actor, 'reject', input, once, ({ state, raised, rest }) => {
    const isApproval = state === 'approved' || raised !== undefined;
    if (isApproval && !rest && actor.role !== 'approver' && actor.role !== 'chief') throw new Refusal('not-allowed');
  });

/** Nothing is needed this time, and why. @throws Refusal as of other steps */
export const skipRequisition = (deps: Deps, actor: Actor, input: StepInput & { reason: string }, once: Once) =>
  takeStep(deps, actor, 'skip', input, once);

/**
 * Asks for an approval of what an order would cost, where that is more than was approved and policy lets pass. What was
 * taken of the year's money stays taken.
 * @throws Refusal of standing, `not-found`, `document-closed`, `version-changed`, `value-invalid` where it is not more, `key-reused`
 */
export const raiseRequisition = (
  deps: Deps,
  actor: Actor,
  input: StepInput & { value: number; reason: string },
  once: Once,
) =>
  changeAs<RequisitionSummary>(deps, actor, once, async (now) => {
    const before = requireOwn(actor, await deps.table.loadRequisitionHead(input.id));
    rules.requireStep(before, 'raise');
    rules.requireVersion(before, input.version);
    const { parts, linesOf } = before;
    const head = { ...rules.raised(before, input.value, takenBy(actor, now, input.reason)), parts, linesOf };
    return {
      body: summaryOf(head),
      reference: head.id,
      type: 'requisition-raised',
      changes: { requisition: head.id, value: input.value, was: rules.approvalValue(before) },
      reason: input.reason,
      commit: (change) => deps.table.commitRequisitionStep(head, undefined, change),
    };
  });

/** Back into a draft, by its author or who submitted it. @throws Refusal `not-author`, and as of other steps */
export const reopenRequisition = (deps: Deps, actor: Actor, input: StepInput, once: Once) =>
  takeStep(deps, actor, 'reopen', input, once, (head) => rules.requireReopener(head, actor.person));

/** A line as it is listed: its arithmetic is read line by line. */
const lineView = ({ steps, ...line }: rules.RequisitionLine) => ({ ...line, explained: steps !== undefined });

/** One requisition whole, with its way so far. @throws Refusal `not-found` */
export const readRequisition = async (deps: Deps, actor: Actor, id: string) => {
  const { head, lines } = await loadOwn(deps, actor, id);
  return { ...summaryOf(head), editors: head.editors, history: head.history, items: lines.map(lineView) };
};

/** One line with every step of its arithmetic. @throws Refusal `not-found` */
export const readRequisitionLine = async (deps: Deps, actor: Actor, input: { id: string; line: number }) => {
  const { lines } = await loadOwn(deps, actor, input.id);
  const line = lines.find((l) => l.line === input.line);
  if (!line) throw new Refusal('not-found');
  return line;
};

/** Of a site the newest first, or those that wait in a state, urgent ones first. @throws Refusal `not-found` for another's site */
export const listRequisitions = async (
  deps: Deps,
  actor: Actor,
  input: { site?: string; state?: rules.RequisitionState },
  request: PageRequest,
) => {
  const { state } = input;
  const site = input.site ?? (actor.reach === 'own' ? actor.site : undefined);
  if (actor.reach === 'own' && site !== actor.site) throw new Refusal('not-found');
  if (site === undefined && (state === undefined || !rules.isOpen(state))) throw refuseAt('schema', '/site');
  const of = site === undefined ? { state: state as rules.RequisitionState } : { site };
  const page = await deps.table.listRequisitions(of, request);
  const items = page.items.filter((r) => state === undefined || r.state === state).map(summaryOf);
  return { items, ...(page.next !== undefined && { next: page.next }) };
};

/** Requisitions that one list of needs is put together from. */
const mostConsolidated = 300;
const readAtOnce = 10;

/** What all sites ask for in a state that waits, product by product; `more` where there are too many to add up at once. */
export const readNeeds = async (
  deps: Deps,
  input: { state: (typeof rules.openRequisitionStates)[number]; region?: string },
) => {
  const heads: StoredRequisition[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listRequisitions({ state: input.state }, { cursor, limit: 100 });
    // the list of keys lags by a moment, the items do not
    heads.push(...page.items.filter((r) => r.state === input.state && [undefined, r.region].includes(input.region)));
    cursor = page.next;
  } while (cursor !== undefined && heads.length < mostConsolidated);
  const all: Parameters<typeof rules.consolidated>[0][number][] = [];
  for (let at = 0; at < Math.min(heads.length, mostConsolidated); at += readAtOnce) {
    const some = heads.slice(at, Math.min(at + readAtOnce, mostConsolidated));
    const read = await Promise.all(
      some.map(async ({ id }) => {
        const loaded = await deps.table.loadRequisition(id);
        return loaded && { head: loaded.head, lines: await loadLeftToOrder(deps, loaded) };
      }),
    );
    all.push(...read.filter((r) => r !== undefined).filter((r) => r.head.state === input.state));
  }
  const items = rules.consolidated(all);
  return {
    items,
    requisitions: all.length,
    sites: new Set(all.map(({ head }) => head.site)).size,
    value: items.reduce((sum, { value }) => sum + value, 0),
    more: cursor !== undefined || heads.length > mostConsolidated,
  };
};
