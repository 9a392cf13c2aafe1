/** The year's money and the registered prices: set by those who answer for them, shown to those who approve. */
import type { Actor } from '@darmon/domain/actor';
import { type Budget, withMoney } from '@darmon/domain/budget';
import type { Once } from '@darmon/domain/once';
import type { ReferencePrice } from '@darmon/domain/price-control';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { Region } from '@darmon/domain/standing';
import { tashkentDay } from '@darmon/domain/time';
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
