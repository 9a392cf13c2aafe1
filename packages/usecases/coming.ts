/** What is on its way to a site without an order: what it asked for and nobody ordered yet, and transfers from other sites. */
import { transitPlace } from '@darmon/domain/ledger';
import { onHandOf } from '@darmon/domain/stock';
import type { Deps } from './deps.ts';
import { loadLeftToOrder } from './requisition-orders.ts';

/** States in which a requisition is on its way to an order: what it asks for is not asked for twice. */
const askedStates: ReadonlySet<string> = new Set(['submitted', 'authorised', 'approved']);
/** Requisitions of a site that are looked through, the newest first. */
const mostRequisitions = 50;

/** What a site has asked for and nobody has ordered yet, due on a day. */
export const loadAsked = async (deps: Deps, site: string, due: string) => {
  const { items } = await deps.table.listRequisitions({ site }, { limit: mostRequisitions });
  const lines = await Promise.all(
    items
      .filter(({ state }) => askedStates.has(state))
      .map(async ({ id }) => {
        const loaded = await deps.table.loadRequisition(id);
        return loaded ? loadLeftToOrder(deps, loaded) : [];
      }),
  );
  return lines
    .flat()
    .filter(({ packs }) => packs > 0)
    .map(({ medicine, gtin, packs, packUnits }) => ({ medicine, gtin, quantity: packs * packUnits, due }));
};

/** Transfers to a site that are looked through, the newest first. */
const mostTransfers = 100;
/** States in which somebody asked and nothing has left yet. */
const requestedStates: ReadonlySet<string> = new Set(['requested', 'approved', 'picking']);

export interface Transfers {
  /** Units that are asked for of other sites or on their way, by medicine. */
  readonly units: ReadonlyMap<string, number>;
  /** Sites that were asked for a medicine and have not sent it yet. */
  readonly asked: ReadonlyMap<string, ReadonlySet<string>>;
  /** Sites that refused a medicine, or took it back, lately. */
  readonly refused: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Transfers to a site as its plan needs them; refusals count from an instant on. */
export const loadTransfersTo = async (deps: Deps, site: string, since: string): Promise<Transfers> => {
  const units = new Map<string, number>();
  const asked = new Map<string, Set<string>>();
  const refused = new Map<string, Set<string>>();
  const count = (medicine: string, quantity: number) => units.set(medicine, (units.get(medicine) ?? 0) + quantity);
  const note = (of: Map<string, Set<string>>, medicine: string, from: string) =>
    of.set(medicine, (of.get(medicine) ?? new Set()).add(from));
  const { items } = await deps.table.listTransfers(site, 'receiver', { limit: mostTransfers });
  for (const { id, from, state, at, closed } of items) {
    if (state === 'shipped' || state === 'posting') {
      let cursor: string | undefined;
      do {
        const page = await deps.table.listPastRows(transitPlace(id), { cursor, limit: 100 });
        for (const { row } of page.items) count(row.medicine, onHandOf(row));
        cursor = page.next;
      } while (cursor !== undefined);
      continue;
    }
    const isNo =
      (state === 'refused' || state === 'cancelled' || state === 'cancelling') && (closed?.at ?? at) >= since;
    if (!isNo && !requestedStates.has(state)) continue;
    const loaded = await deps.table.loadTransfer(id);
    for (const { medicine, asked: wanted, approved = wanted } of loaded?.lines ?? []) {
      if (isNo) note(refused, medicine, from);
      else {
        count(medicine, approved);
        note(asked, medicine, from);
      }
    }
  }
  return { units, asked, refused };
};
