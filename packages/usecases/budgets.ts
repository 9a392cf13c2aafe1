/** The year's money and the registered prices: set by those who answer for them, shown to those who approve. */
import type { Actor } from '@darmon/domain/actor';
import { type Budget, settlementOf, withMoney } from '@darmon/domain/budget';
import type { Event } from '@darmon/domain/event';
import type { Once } from '@darmon/domain/once';
import type { ReferencePrice } from '@darmon/domain/price-control';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { Region } from '@darmon/domain/standing';
import { instant } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import type { Change } from '@darmon/table/table';
import { asAnswered, changeAs, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
import { partsOf } from './parts.ts';
import { forgetSentOn } from './sent-on.ts';

/**
 * A site's or a region's money for a year, over what was read (`was`, absent for the first); approvals go on meanwhile.
 * @throws Refusal of standing, `site-unknown`, `version-changed` where somebody else set it, `budget-exceeded` where it is
 * less than what is promised and spent, `key-reused`
 */
export const setBudget = (
  deps: Deps,
  actor: Actor,
  input: { year: number; place: string; money: number; was?: number },
  once: Once,
) =>
  changeAs<Budget>(deps, actor, once, async () => {
    const { was, ...wanted } = input;
    if (!Region.safeParse(wanted.place).success) {
      const [site] = await deps.table.loadSites([wanted.place]);
      if (!site) throw refuseAt('site-unknown', '/place');
    }
    const before = await deps.table.loadBudget(wanted.year, wanted.place);
    if (before?.money !== was) throw new Refusal('version-changed');
    const body = withMoney(before, wanted);
    return {
      body,
      reference: `${wanted.year}#${wanted.place}`,
      type: 'budget-set',
      changes: { ...wanted, ...(was !== undefined && { was }) },
      commit: (change) => deps.table.commitBudget(before, body, change),
    };
  });

export const listBudgets = (deps: Deps, input: { year: number }, request: PageRequest) =>
  deps.table.listBudgets(input.year, request);

export const listReferencePrices = (deps: Deps, request: PageRequest) => deps.table.listReferencePrices(request);

/** Prices that one transaction takes, with its event. */
const pricesAtOnce = 80;

/**
 * Registered prices, each from its day on, which may be to come; the whole list is judged before any of it is kept. From the
 * same day a price takes the place of the one before, so a list that was cut off is sent again as it is.
 * @throws Refusal of standing, `gtin-unknown`, `line-repeated` for a pack twice from one day, `key-reused`
 */
export const saveReferencePrices = (
  deps: Deps,
  actor: Actor,
  input: { prices: readonly ReferencePrice[] },
  once: Once,
) =>
  changeAs<{ saved: number }>(deps, actor, once, async (now) => {
    const { prices } = input;
    const packs = await deps.table.loadPacks(prices.map((p) => p.gtin));
    const seen = new Set<string>();
    for (const [i, { gtin, from }] of prices.entries()) {
      if (!packs.has(gtin)) throw refuseAt('gtin-unknown', `/prices/${i}/gtin`, { gtin });
      if (seen.has(`${gtin}#${from}`)) throw refuseAt('line-repeated', `/prices/${i}/gtin`, { gtin });
      seen.add(`${gtin}#${from}`);
    }
    // of a pack that has several prices one goes into each part, since a transaction writes an item once
    const parts = partsOf(prices, ({ gtin }) => gtin, pricesAtOnce);
    const told = (part: readonly ReferencePrice[]) => ({
      prices: part.map(({ gtin, packPrice, from, source }) => ({ gtin, packPrice, from, source })),
    });
    const keep = async (part: readonly ReferencePrice[], change: Change) => {
      const books = await deps.table.loadReferencePrices(part.map((p) => p.gtin));
      await deps.table.commitReferencePrices(part, books, change);
    };
    const [last = [], ...others] = parts.toReversed();
    for (const part of others)
      await keep(part, { now, event: eventOf(deps, actor, 'reference-prices-saved', now, told(part)) });
    return {
      body: { saved: prices.length },
      reference: 'reference-prices',
      type: 'reference-prices-saved',
      changes: told(last),
      commit: (change) => keep(last, change),
    };
  });

/** One requisition's money by what its orders say now. True where something became of it since. */
const settleOne = async (deps: Deps, by: Event['actor'], id: string): Promise<boolean> => {
  const { body } = await changeOnce(
    deps,
    undefined,
    async () => {
      const head = await deps.table.loadRequisitionHead(id);
      if (head?.state !== 'released' || !head.taken) return { status: 200, body: false };
      const settled = settlementOf(head, await deps.table.loadOrders(head.orders ?? []));
      const before = head.settled ?? { spent: 0, back: 0, done: false };
      const more = { spent: settled.spent - before.spent, back: settled.back - before.back };
      if (more.spent === 0 && more.back === 0 && settled.done === before.done) return { status: 200, body: false };
      const now = deps.now();
      const event: Event = {
        id: deps.id(),
        at: instant(now),
        type: 'requisition-settled',
        actor: by,
        changes: { requisition: id, ...settled },
      };
      const { year, place } = head.taken;
      const next = { ...head, settled, version: head.version + 1 };
      await deps.table.commitRequisitionStep(next, { year, place, ...more }, { now, event });
      return { status: 200, body: true };
    },
    asAnswered<boolean>,
  );
  return body;
};

/** Goes through every released requisition whose money is still promised, until `until` (milliseconds). */
const settleUntil = async (deps: Deps, by: (site: string) => Event['actor'], until: number) => {
  let settled = 0;
  let cursor: string | undefined;
  do {
    const page = await deps.table.listRequisitions({ state: 'released' }, { cursor, limit: 50 });
    for (const { id, site } of page.items) {
      if (deps.now() >= until) return { settled, done: false, at: instant(deps.now()) };
      if (await settleOne(deps, by(site), id)) settled += 1;
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return { settled, done: true, at: instant(deps.now()) };
};

/** How long one call goes on, in milliseconds: well within what a gateway waits. */
const sliceMs = 4_000;

/**
 * Looks at every released requisition whose money is still promised, and moves what was received to spent and what came
 * to nothing back to the budget, for a few seconds; harmless to repeat, by several at once.
 * @throws Refusal of standing
 */
export const settleBudgets = async (deps: Deps, actor: Actor) => {
  await loadStanding(deps, actor);
  const { person, role, site } = actor;
  return settleUntil(deps, () => ({ person, role, site }), deps.now() + sliceMs);
};

/**
 * The same by the clock, until `until` (milliseconds): no person did it, so the job names itself. With time left it forgets
 * which sites waited for orders of which all was sent on to them.
 */
export const settleByClock = async (deps: Deps, until: number) => {
  const settled = await settleUntil(deps, (site) => ({ person: 'settle-budgets', role: 'planner', site }), until);
  return { ...settled, forgotten: await forgetSentOn(deps, until) };
};
