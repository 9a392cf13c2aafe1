/**
 * The count of a recalled lot, place by place: each row is frozen, its movements are added up page by page, and what
 * the freeze did not stop is listed. Anybody may go on with it, several at once; it goes on where it stopped.
 */
import type { Actor } from '@darmon/domain/actor';
import { isTransit } from '@darmon/domain/ledger';
import {
  addMovements,
  bookOf,
  endPass,
  escapeOf,
  joinSums,
  type LotSums,
  noSums,
  type Recall,
  type RecallPlace,
  type RecallWork,
} from '@darmon/domain/recall';
import { Refusal } from '@darmon/domain/refusal';
import { onHandOf, type StockRow } from '@darmon/domain/stock';
import { instant } from '@darmon/domain/time';
import { Changed } from '@darmon/table/transact';
import { changeOf, type Deps, eventOf } from './deps.ts';

/** Movements read at once: less than the engine gives in one answer, so that memory stays flat. */
const movementsAtOnce = 1_000;
const placesAtOnce = 50;
const tries = 8;

/** Whose work it is: whoever opened the recall set it going. */
const actorOf = ({ person, site }: Recall, role: Actor['role'] = 'quality') => ({ person, role, site }) as Actor;

const placeNow = (
  recall: Recall,
  rows: readonly StockRow[],
  sums: LotSums,
  now: number,
): Omit<RecallPlace, 'found' | 'foundAt' | 'foundBy' | 'note'> => ({
  recall: recall.id,
  place: (rows[0] as StockRow).site,
  onHand: rows.reduce((sum, r) => sum + onHandOf(r), 0),
  held: rows.reduce((sum, r) => sum + r.held, 0),
  sums,
  asOf: instant(now),
});

const isSame = (a: RecallPlace | undefined, b: Pick<RecallPlace, 'onHand' | 'sums'>): boolean =>
  a !== undefined &&
  a.onHand === b.onHand &&
  a.sums.dispenses === b.sums.dispenses &&
  a.sums.escaped === b.sums.escaped &&
  [...new Set([...Object.keys(a.sums.moved), ...Object.keys(b.sums.moved)])].every(
    (kind) => (a.sums.moved[kind as 'receipt'] ?? 0) === (b.sums.moved[kind as 'receipt'] ?? 0),
  );

/** Freezes a row that is not frozen yet; from then on the database refuses whatever would hand it over. */
const freeze = async (deps: Deps, recall: Recall, row: StockRow): Promise<void> => {
  if (row.state === 'recalled') return;
  const now = deps.now();
  const { site, medicine, gtin, lot } = row;
  const event = eventOf(deps, actorOf(recall), 'lot-state-changed', now, {
    recall: recall.id,
    site,
    gtin,
    lot,
    from: row.state,
    to: 'recalled',
  });
  const movement = {
    id: deps.id(),
    site,
    medicine,
    gtin,
    lot,
    kind: 'recall' as const,
    quantity: 0,
    reference: recall.id,
    person: recall.person,
    at: instant(now),
  };
  const change = changeOf(event, now, undefined, { status: 200, reference: recall.id });
  await deps.table.commitRecallMark(recall.id, row, movement, change, isTransit(site) ? recall.site : site);
};

/**
 * Adds up the movements of one place, from where its reading stopped. Answers the sums, or how far it came when `until`
 * was there first.
 */
const addUpPlace = async (deps: Deps, recall: Recall, row: StockRow, until: number) => {
  const half = recall.work?.place?.site === row.site ? recall.work.place : undefined;
  const sums = half ? joinSums(half.sums, noSums()) : noSums();
  const frozenAt = Date.parse(recall.at);
  let after = half?.after ?? '';
  for (;;) {
    const page = await deps.table.readMovements(row, after, movementsAtOnce);
    addMovements(sums, page.movements, frozenAt);
    const escaped = page.movements.flatMap((movement) => {
      const how = escapeOf(movement, frozenAt);
      return how ? [{ movement, ...how }] : [];
    });
    const undone = page.movements.filter((m) => m.kind === 'dispense-undone' && Date.parse(m.at) >= frozenAt);
    await deps.table.keepEscaped(recall.id, escaped, undone);
    if (page.next === undefined) return { sums };
    after = page.next;
    if (deps.now() >= until) return { sums, after };
  }
};

const withWork = (recall: Recall, work: RecallWork): Recall => ({ ...recall, work, version: recall.version + 1 });

/** One place of the count, or as much of it as there is time for. */
const workPlace = async (
  deps: Deps,
  recall: Recall & { work: RecallWork },
  rows: readonly StockRow[],
  before: RecallPlace | undefined,
  until: number,
): Promise<Recall> => {
  const { work } = recall;
  const [row] = rows as [StockRow];
  for (const r of rows) await freeze(deps, recall, r);
  const added = await addUpPlace(deps, recall, row, until);
  if (added.after !== undefined) {
    const half = withWork(recall, { ...work, place: { site: row.site, after: added.after, sums: added.sums } });
    await deps.table.commitRecallWork(half, undefined);
    return half;
  }
  const place = placeNow(recall, rows, added.sums, deps.now());
  const { totals } = work;
  const inTransit = isTransit(row.site);
  const { place: _, ...rest } = work;
  const next = withWork(recall, {
    ...rest,
    after: row.site,
    changed: work.changed || !isSame(before, place),
    totals: {
      sums: joinSums(totals.sums, place.sums),
      onHand: totals.onHand + (inTransit ? 0 : place.onHand),
      inTransit: totals.inTransit + (inTransit ? place.onHand : 0),
      sites: totals.sites + (inTransit ? 0 : 1),
      transfers: totals.transfers + (inTransit ? 1 : 0),
      wrong: totals.wrong + (bookOf(place.sums) === place.onHand ? 0 : 1),
    },
  });
  await deps.table.commitRecallWork(next, place);
  return next;
};

const finishPass = async (deps: Deps, recall: Recall & { work: RecallWork }): Promise<Recall> => {
  const now = deps.now();
  const next = endPass(recall, recall.work, now);
  const { passes, state, totals } = next;
  const event = eventOf(deps, actorOf(recall), 'recall-worked', now, {
    recall: recall.id,
    pass: passes,
    state,
    changed: recall.work.changed,
    onHand: totals?.onHand,
    inTransit: totals?.inTransit,
    dispenses: totals?.sums.dispenses,
    escaped: totals?.sums.escaped,
  });
  await deps.table.commitRecallWork(
    next,
    undefined,
    changeOf(event, now, undefined, { status: 200, reference: recall.id }),
  );
  return next;
};

const isWorking = (recall: Recall): recall is Recall & { work: RecallWork } => recall.work !== undefined;

/** Places one after the other until the pass or the time is over. */
const workOn = async (deps: Deps, start: Recall & { work: RecallWork }, until: number): Promise<Recall> => {
  const rows = await deps.table.listPlacesOfLot(start, start.work.after, placesAtOnce);
  if (rows.length === 0) return finishPass(deps, start);
  const places = Map.groupBy(rows, (r) => r.site);
  const before = await deps.table.loadRecallPlaces(start.id, [...places.keys()]);
  let recall: Recall = start;
  for (const [i, [site, own]] of [...places].entries()) {
    if (!isWorking(recall) || deps.now() >= until) return recall;
    recall = await workPlace(deps, recall, own, before[i], until);
    // half a place: the rest of it comes first
    if (recall.work?.place?.site === site) return recall;
  }
  return recall;
};

/**
 * Goes on with a recall until it is counted out, has to wait, or `until` (milliseconds) has come.
 * @throws Refusal `not-found`, `busy` where others keep winning
 */
export const advanceRecall = async (deps: Deps, id: string, until: number): Promise<Recall> => {
  let recall = await deps.table.loadRecall(id);
  for (let failed = 0; ; ) {
    if (!recall) throw new Refusal('not-found');
    if (!isWorking(recall) || deps.now() >= until || deps.now() < Date.parse(recall.work.notBefore)) return recall;
    try {
      recall = await workOn(deps, recall, until);
      failed = 0;
    } catch (error) {
      if (!(error instanceof Changed)) throw error;
      failed += 1;
      if (failed === tries) throw new Refusal('busy');
      await deps.pause(10 * failed);
      recall = await deps.table.loadRecall(id);
    }
  }
};

/** Counts what nobody goes on with; the job's. Says how many recalls became complete. */
export const workRecalls = async (deps: Deps, until: number): Promise<number> => {
  let completed = 0;
  for (const { id, state } of await deps.table.listWorkingRecalls(50)) {
    const recall = await advanceRecall(deps, id, until);
    if (recall.state === 'complete' && state === 'working') completed += 1;
    if (deps.now() >= until) break;
  }
  return completed;
};
