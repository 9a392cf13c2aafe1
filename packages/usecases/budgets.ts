/** The year's money and the registered prices: set by those who answer for them, shown to those who approve. */
import type { Actor } from '@darmon/domain/actor';
import { type Budget, settlementOf, withMoney } from '@darmon/domain/budget';
import type { Once } from '@darmon/domain/once';
import type { ReferencePrice } from '@darmon/domain/price-control';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { Region } from '@darmon/domain/standing';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';

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
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const { was, ...wanted } = input;
      if (!Region.safeParse(wanted.place).success) {
        const [site] = await deps.table.loadSites([wanted.place]);
        if (!site) throw refuseAt('site-unknown', '/place');
      }
      const before = await deps.table.loadBudget(wanted.year, wanted.place);
      if (before?.money !== was) throw new Refusal('version-changed');
      const body = withMoney(before, wanted);
      const event = eventOf(deps, actor, 'budget-set', now, { ...wanted, ...(was !== undefined && { was }) });
      const answered = { status: 200, reference: `${wanted.year}#${wanted.place}`, answer: body };
      await deps.table.commitBudget(before, body, changeOf(event, now, once, answered));
      return { status: 200, body };
    },
    asAnswered<Budget>,
  );

export const listBudgets = (deps: Deps, input: { year: number }, request: PageRequest) =>
  deps.table.listBudgets(input.year, request);

export const listReferencePrices = (deps: Deps, request: PageRequest) => deps.table.listReferencePrices(request);

/**
 * Registered prices that hold from now or from a day that has come, all of them or none; each takes the place of what was
 * registered for its pack.
 * @throws Refusal of standing, `gtin-unknown`, `line-repeated`, `value-invalid` for a day to come, `key-reused`
 */
export const saveReferencePrices = (
  deps: Deps,
  actor: Actor,
  input: { prices: readonly ReferencePrice[] },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const packs = await deps.table.loadPacks(input.prices.map((p) => p.gtin));
      const seen = new Set<string>();
      for (const [i, { gtin, from }] of input.prices.entries()) {
        if (!packs.has(gtin)) throw refuseAt('gtin-unknown', `/prices/${i}/gtin`, { gtin });
        if (seen.has(gtin)) throw refuseAt('line-repeated', `/prices/${i}/gtin`, { gtin });
        if (from > tashkentDay(now)) throw refuseAt('value-invalid', `/prices/${i}/from`);
        seen.add(gtin);
      }
      const body = { saved: input.prices.length };
      const event = eventOf(deps, actor, 'reference-prices-saved', now, {
        prices: input.prices.map(({ gtin, packPrice, from, source }) => ({ gtin, packPrice, from, source })),
      });
      const answered = { status: 200, reference: 'reference-prices', answer: body };
      await deps.table.commitReferencePrices(input.prices, changeOf(event, now, once, answered));
      return { status: 200, body };
    },
    asAnswered<{ saved: number }>,
  );

/** How long one call goes on, in milliseconds: well within what a gateway waits. */
const sliceMs = 4_000;

/** One requisition's money by what its orders say now. True where something became of it since. */
const settleOne = async (deps: Deps, actor: Actor, id: string): Promise<boolean> => {
  const { body } = await changeOnce(
    deps,
    undefined,
    async () => {
      const loaded = await deps.table.loadRequisition(id);
      if (loaded?.head.state !== 'released' || !loaded.head.taken) return { status: 200, body: false };
      const { head, lines } = loaded;
      const orders = await Promise.all((head.orders ?? []).map((order) => deps.table.loadOrder(order)));
      const settled = settlementOf(
        head,
        lines,
        orders.filter((order) => order !== undefined),
      );
      const before = head.settled ?? { spent: 0, back: 0, done: false };
      const more = { spent: settled.spent - before.spent, back: settled.back - before.back };
      if (more.spent === 0 && more.back === 0 && settled.done === before.done) return { status: 200, body: false };
      const next = { ...head, settled, version: head.version + 1 };
      const now = deps.now();
      const event = eventOf(deps, actor, 'requisition-settled', now, { requisition: id, ...settled });
      await deps.table.commitSettled(next, more, { now, event });
      return { status: 200, body: true };
    },
    asAnswered<boolean>,
  );
  return body;
};

/**
 * Looks at every released requisition whose money is still promised, and moves what was received to spent and what came
 * to nothing back to the budget, for a few seconds; harmless to repeat, by several at once.
 * @throws Refusal of standing
 */
export const settleBudgets = async (deps: Deps, actor: Actor) => {
  await loadStanding(deps, actor);
  const until = deps.now() + sliceMs;
  let settled = 0;
  let cursor: string | undefined;
  do {
    const page = await deps.table.listRequisitions({ state: 'released' }, { cursor, limit: 50 });
    for (const { id } of page.items) {
      if (deps.now() >= until) return { settled, done: false, at: instant(deps.now()) };
      if (await settleOne(deps, actor, id)) settled += 1;
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return { settled, done: true, at: instant(deps.now()) };
};
