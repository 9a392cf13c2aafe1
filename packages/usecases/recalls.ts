/** Recalls and states of a lot in the whole country: who may say so, what is frozen with it, and how it is followed. */
import type { Actor } from '@darmon/domain/actor';
import { isTransit } from '@darmon/domain/ledger';
import type { Once } from '@darmon/domain/once';
import {
  addsUp,
  beginPass,
  closeRecall as close,
  dueOf,
  type Recall,
  type RecallPlace,
  recallTerms,
  requireRange,
  type SerialRange,
} from '@darmon/domain/recall';
import { Refusal, refuseAt } from '@darmon/domain/refusal';
import { type LotState, onHandOf } from '@darmon/domain/stock';
import { instant } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import { Changed } from '@darmon/table/transact';
import { asAnswered, changeOf, changeOnce, type Deps, eventOf, loadStanding } from './deps.ts';
import { advanceRecall } from './recall-work.ts';

interface LotInput {
  readonly gtin: string;
  readonly lot: string;
}

/** The lot as it stands in the country. @throws Refusal `gtin-unknown`, `lot-unknown` */
const loadLot = async (deps: Deps, input: LotInput) => {
  const found = await deps.table.loadLotForState(input);
  if (!found.pack) throw refuseAt('gtin-unknown', '/gtin', { gtin: input.gtin });
  if (!found.item) throw refuseAt('lot-unknown', '/lot');
  const state: LotState = found.item.state === 'recalled' ? 'recalled' : (found.blocked ?? 'available');
  return { ...found, pack: found.pack, item: found.item, state };
};

/** Where a lot lies and how it stands, before anybody decides about it. @throws Refusal `gtin-unknown`, `lot-unknown` */
export const findLot = async (deps: Deps, input: LotInput, request: PageRequest) => {
  const { pack, item, state } = await loadLot(deps, input);
  const page = await deps.table.pageOfPlaces(input, request);
  return {
    gtin: item.gtin,
    lot: item.lot,
    medicine: pack.medicine,
    brand: pack.brand,
    expiryDate: item.expiryDate,
    state,
    items: page.items.map((r) => ({
      place: r.site,
      kind: isTransit(r.site) ? ('transfer' as const) : ('site' as const),
      onHand: onHandOf(r),
      held: r.held,
      state: state === 'available' ? r.state : state,
    })),
    ...(page.next !== undefined && { next: page.next }),
  };
};

/**
 * Blocks a lot everywhere, or takes that back: one item and the list that every decision reads along. Counters that have
 * just read the list follow within five seconds. What single sites blocked stays blocked there.
 * @throws Refusal of standing, `gtin-unknown`, `lot-unknown`, `lot-recalled`, `key-reused`
 */
export const setCountryState = (
  deps: Deps,
  actor: Actor,
  input: LotInput & { state: 'available' | 'on-hold' | 'quarantined'; reason: string },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const { item, state: from, isFirst } = await loadLot(deps, input);
      if (from === 'recalled') throw new Refusal('lot-recalled');
      const { gtin, lot, state, reason } = input;
      const body = { gtin, lot, state };
      if (from === state && item.state === state) return { status: 200, body };
      const event = eventOf(deps, actor, 'lot-blocked', now, { gtin, lot, from, to: state }, reason);
      await deps.table.commitCountryState(
        { gtin, lot, was: item.state, state, isFirst },
        undefined,
        changeOf(event, now, once, { status: 200, reference: `${gtin}#${lot}`, answer: body }),
      );
      return { status: 200, body };
    },
    asAnswered<LotInput & { state: LotState }>,
  );

export interface RecallInput extends LotInput {
  readonly serials?: SerialRange;
  readonly class: 1 | 2 | 3;
  readonly reason: string;
}

/**
 * Recalls a lot: its item, the list that every decision reads along, and the recall are one transaction. From then on no
 * new row of it is usable; rows that lie somewhere are frozen by the count that follows at once. A range of serial
 * numbers says which packs are meant; the lot is frozen as a whole, because most packs are handed over without a scan.
 * @throws Refusal of standing, `gtin-unknown`, `lot-unknown`, `recall-known`, `schema`, `key-reused`
 */
export const openRecall = (deps: Deps, actor: Actor, input: RecallInput, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      requireRange(input.serials);
      await loadStanding(deps, actor);
      const { pack, item, state, isFirst } = await loadLot(deps, input);
      if (state === 'recalled') throw new Refusal('recall-known');
      const { gtin, lot, serials, reason } = input;
      const id = deps.id();
      const at = instant(now);
      const recall: Recall = {
        id,
        gtin,
        lot,
        medicine: pack.medicine,
        brand: pack.brand,
        expiryDate: item.expiryDate,
        ...(serials && { serials }),
        class: input.class,
        reason,
        person: actor.person,
        site: actor.site,
        at,
        state: 'working',
        passes: 0,
        found: 0,
        work: beginPass({ at, passes: 0 }, now),
        version: 1,
      };
      const body = { id, state: 'working' as const };
      const trace = { recall: id, gtin, lot, class: input.class, from: state, ...(serials && { serials }) };
      const event = eventOf(deps, actor, 'recall-opened', now, trace, reason);
      await deps.table.commitCountryState(
        { gtin, lot, was: item.state, state: 'recalled', isFirst },
        recall,
        changeOf(event, now, once, { status: 201, reference: id, answer: body }),
      );
      return { status: 201, body };
    },
    asAnswered<{ id: string; state: 'working' }>,
  );

/** The sum as it is written out: each term with its sign, and what it makes. */
const sumOf = ({ totals }: Recall) => {
  if (!totals) return undefined;
  const { sums, onHand, inTransit, sites, transfers, wrong } = totals;
  return {
    terms: recallTerms.map((kind) => ({ kind, quantity: sums.moved[kind] ?? 0 })).filter((t) => t.quantity !== 0),
    onHand,
    inTransit,
    addsUp: addsUp(totals),
    sites,
    transfers,
    wrong,
    dispenses: sums.dispenses,
    escaped: sums.escaped,
    due: dueOf({ sums, onHand: onHand + inTransit }),
  };
};

const recallView = (r: Recall) => {
  const totals = sumOf(r);
  return {
    id: r.id,
    gtin: r.gtin,
    lot: r.lot,
    medicine: r.medicine,
    brand: r.brand,
    expiryDate: r.expiryDate,
    ...(r.serials && { serials: r.serials }),
    class: r.class,
    reason: r.reason,
    person: r.person,
    at: r.at,
    state: r.state,
    passes: r.passes,
    found: r.found,
    ...(totals && { totals }),
    ...(r.asOf !== undefined && { asOf: r.asOf }),
    ...(r.work && {
      counting: {
        pass: r.work.pass,
        places: r.work.totals.sites + r.work.totals.transfers,
        notBefore: r.work.notBefore,
      },
    }),
    ...(r.closed && { closed: r.closed }),
  };
};

export const listRecalls = async (deps: Deps, request: PageRequest) => {
  const page = await deps.table.listRecalls(request);
  return { items: page.items.map(recallView), ...(page.next !== undefined && { next: page.next }) };
};

/** A recall with its sum, the first of what escaped, and how many patients were told. @throws Refusal `not-found` */
export const readRecall = async (deps: Deps, id: string) => {
  const [{ recall, calls }, escaped] = await Promise.all([
    deps.table.loadRecallWithCalls(id),
    deps.table.listEscaped(id, { limit: 50 }),
  ]);
  if (!recall) throw new Refusal('not-found');
  return { ...recallView(recall), calls, escaped: escaped.items };
};

const placeView = (p: RecallPlace) => ({
  place: p.place,
  kind: isTransit(p.place) ? ('transfer' as const) : ('site' as const),
  onHand: p.onHand,
  held: p.held,
  dispenses: p.sums.dispenses,
  dispensed: 0 - (p.sums.moved.dispense ?? 0) - (p.sums.moved['dispense-undone'] ?? 0),
  returned: p.sums.moved.return ?? 0,
  writtenOff: 0 - (p.sums.moved['write-off'] ?? 0),
  escaped: p.sums.escaped,
  due: dueOf(p),
  found: p.found,
  ...(p.foundAt !== undefined && { foundAt: p.foundAt }),
  ...(p.note !== undefined && { note: p.note }),
  asOf: p.asOf,
});

const requireRecall = async (deps: Deps, id: string): Promise<Recall> => {
  const recall = await deps.table.loadRecall(id);
  if (!recall) throw new Refusal('not-found');
  return recall;
};

/** Every place that ever held the lot, in the order of names. @throws Refusal `not-found` */
export const listRecallPlaces = async (deps: Deps, id: string, request: PageRequest) => {
  await requireRecall(deps, id);
  const page = await deps.table.listRecallPlaces(id, request);
  return { ...page, items: page.items.map(placeView) };
};

/** @throws Refusal `not-found` */
export const listEscaped = async (deps: Deps, id: string, request: PageRequest) => {
  await requireRecall(deps, id);
  return deps.table.listEscaped(id, request);
};

/** Recalls of lots that a site ever held, newest first, and what it has to find. */
export const listSiteRecalls = async (deps: Deps, site: string, request: PageRequest) => {
  const page = await deps.table.listRecallsAt(site, request);
  return {
    ...page,
    items: page.items.flatMap(({ place, recall }) =>
      recall ? [{ ...placeView(place), recall: recallView(recall) }] : [],
    ),
  };
};

/** How long one call counts, in milliseconds: well within what a gateway waits. */
const sliceMs = 4_000;
/** A count is begun again on demand when it is older. */
const freshMs = 10_000;

/**
 * Goes on with the count for a few seconds; one that is complete is counted once more. Several may do so at once.
 * @throws Refusal of standing, `not-found`
 */
export const workRecall = async (deps: Deps, actor: Actor, id: string) => {
  await loadStanding(deps, actor);
  const recall = await requireRecall(deps, id);
  const now = deps.now();
  if (recall.state === 'complete' && !recall.work && now - Date.parse(recall.asOf ?? recall.at) >= freshMs) {
    const work = { ...beginPass(recall, now), notBefore: instant(now) };
    try {
      await deps.table.commitRecallWork({ ...recall, work, version: recall.version + 1 }, undefined);
    } catch (error) {
      // somebody else has begun it
      if (!(error instanceof Changed)) throw error;
    }
  }
  return recallView(await advanceRecall(deps, id, now + sliceMs));
};

/**
 * A site says how many units it found and set aside, all in all; what it said before is replaced.
 * @throws Refusal of standing, `not-found` (also where the lot was never at the site), `document-closed`,
 * `quantity-invalid` for more than was there, `key-reused`
 */
export const reportFound = (
  deps: Deps,
  actor: Actor,
  input: { id: string; site: string; quantity: number; note?: string },
  once: Once,
) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      if (actor.reach === 'own' && input.site !== actor.site) throw new Refusal('not-found');
      const [recall, [place]] = await Promise.all([
        requireRecall(deps, input.id),
        deps.table.loadRecallPlaces(input.id, [input.site]),
      ]);
      if (!place) throw new Refusal('not-found');
      if (recall.state === 'closed') throw new Refusal('document-closed');
      const row = await deps.table.loadStockRow({ site: input.site, gtin: recall.gtin, lot: recall.lot });
      // goods that went out by a document meanwhile were found all the same
      const most = Math.max(dueOf(place), (row ? onHandOf(row) : 0) + place.sums.left);
      if (input.quantity > most) throw refuseAt('quantity-invalid', '/quantity', { max: most });
      const { site, quantity, note } = input;
      const at = instant(now);
      const body = placeView({
        ...place,
        found: quantity,
        foundAt: at,
        ...(note !== undefined && { note }),
      });
      const event = eventOf(deps, actor, 'recall-found', now, { recall: recall.id, site, from: place.found, quantity });
      await deps.table.commitRecallFound(
        { ...recall, found: recall.found + quantity - place.found, version: recall.version + 1 },
        place,
        { quantity, at, person: actor.person, note },
        changeOf(event, now, once, { status: 200, reference: recall.id, answer: body }),
      );
      return { status: 200, body };
    },
    asAnswered<ReturnType<typeof placeView>>,
  );

/**
 * Ends a recall. The lot stays recalled for good: its rows and its item say so. Units that nobody found need a reason.
 * @throws Refusal of standing, `not-found`, `document-closed`, `recall-incomplete`, `key-reused`
 */
export const endRecall = (deps: Deps, actor: Actor, input: { id: string; reason?: string }, once: Once) =>
  changeOnce(
    deps,
    once,
    async () => {
      const now = deps.now();
      await loadStanding(deps, actor);
      const recall = await requireRecall(deps, input.id);
      const closed = close(recall, { person: actor.person, reason: input.reason }, now);
      const body = { id: recall.id, state: 'closed' as const };
      const trace = { recall: recall.id, gtin: recall.gtin, lot: recall.lot, found: recall.found };
      const event = eventOf(deps, actor, 'recall-closed', now, trace, input.reason);
      await deps.table.commitRecallClosed(
        closed,
        changeOf(event, now, once, { status: 200, reference: recall.id, answer: body }),
      );
      return { status: 200, body };
    },
    asAnswered<{ id: string; state: 'closed' }>,
  );
