/** The warehouse's verbs: list, follow a lot, block and release it. */
import type { Actor } from '@darmon/domain/actor';
import type { Movement } from '@darmon/domain/ledger';
import type { Once } from '@darmon/domain/once';
import { Refusal } from '@darmon/domain/refusal';
import { type LotState, lotName, onHandOf, type StockRow } from '@darmon/domain/stock';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';

/** What moved `quantity` units of a lot, signed; 0 for a change of its state. */
export const movementOf = (
  { site, medicine, gtin, lot }: StockRow,
  about: Pick<Movement, 'id' | 'kind' | 'quantity' | 'reference' | 'person' | 'at'>,
): Movement => ({ site, medicine, gtin, lot, ...about });

export const stockView = (r: StockRow, today: string) => ({
  gtin: r.gtin,
  medicine: r.medicine,
  lot: r.lot,
  expiryDate: r.expiryDate,
  onHand: onHandOf(r),
  held: r.held,
  state: r.state === 'available' && r.expiryDate < today ? ('expired' as const) : r.state,
  packUnits: r.packUnits,
  ...(r.packPrice !== undefined && { packPrice: r.packPrice }),
  ...(r.zone !== undefined && { zone: r.zone }),
  ...(r.shelf !== undefined && { shelf: r.shelf }),
  ...(r.quality && { quality: true }),
});

/** On hand by lot, in the order of medicine and expiry; of one GTIN or medicine where asked. */
export const listStock = async (
  deps: Deps,
  input: { site: string; gtin?: string; medicine?: string },
  request: PageRequest,
) => {
  const today = tashkentDay(deps.now());
  const medicine = input.gtin === undefined ? input.medicine : await deps.table.medicineOfGtin(input.gtin);
  if (input.gtin !== undefined && medicine === undefined) return { items: [] };
  const page = await deps.table.listStock(input.site, medicine === undefined ? undefined : `${medicine}#`, request);
  const items = page.items
    .filter((r) => input.gtin === undefined || r.gtin === input.gtin)
    .map((r) => stockView(r, today));
  return { items, ...(page.next !== undefined && { next: page.next }) };
};

/** What moved of one lot at a site, oldest first; the sum over all pages is what is on hand. */
export const listMovements = async (
  deps: Deps,
  input: { site: string; gtin: string; lot: string },
  request: PageRequest,
) => {
  const page = await deps.table.listMovements(input.site, input.gtin, input.lot, request);
  const items = page.items.map(({ site: _site, medicine: _medicine, gtin: _gtin, lot: _lot, ...movement }) => movement);
  return { items, ...(page.next !== undefined && { next: page.next }) };
};

const kinds = {
  available: 'release',
  'on-hold': 'hold',
  quarantined: 'quarantine',
  recalled: 'hold',
} as const satisfies Record<LotState, Movement['kind']>;

/**
 * Blocks a lot at a site, or makes it available again; a dispense under way then finds it blocked. A recalled lot is
 * not released here, and what waits for quality control is released by it alone.
 * @throws Refusal of standing, `lot-unknown`, `lot-blocked`, `not-allowed`, `key-reused`
 */
export const setLotState = (
  deps: Deps,
  actor: Actor,
  input: { site: string; gtin: string; lot: string; state: 'available' | 'on-hold' | 'quarantined'; reason: string },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const row = await deps.table.loadStockRow(input);
      if (!row) throw new Refusal('lot-unknown');
      if (row.state === 'recalled') throw new Refusal('lot-blocked', { state: row.state });
      if (row.quality && input.state === 'available' && actor.role !== 'quality') throw new Refusal('not-allowed');
      const body = stockView({ ...row, state: input.state }, tashkentDay(now));
      if (row.state === input.state) return { status: 200, body };
      const { site, gtin, lot, state, reason } = input;
      const event = eventOf(
        deps,
        actor,
        'lot-state-changed',
        now,
        { site, gtin, lot, from: row.state, to: state },
        reason,
      );
      const movement = movementOf(row, {
        id: deps.id(),
        kind: kinds[state],
        quantity: 0,
        reference: event.id,
        person: actor.person,
        at: instant(now),
      });
      await deps.table.commitLotState(
        row,
        state,
        movement,
        changeOf(event, now, once, { status: 200, reference: lotName(row), answer: body }),
      );
      return { status: 200, body };
    },
    asAnswered<ReturnType<typeof stockView>>,
  );
