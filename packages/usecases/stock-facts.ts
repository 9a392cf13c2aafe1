/**
 * Stock facts of a site's month, from the ledger: its shelf lot by lot, then what it sent and is on its way. A lot's
 * movements are read one after the other and none is held, so a month of a million needs no more memory than one of ten.
 */
import { atMonthEnd, transitPlace } from '@darmon/domain/ledger';
import { monthBeside, monthSpan } from '@darmon/domain/ledger-view';
import type { Freeze } from '@darmon/domain/period';
import type { Site } from '@darmon/domain/standing';
import { entriesNeeded, isEmptyFact, StockFact, saidOf, tallyOf } from '@darmon/domain/stock-facts';
import { dayMs, instant } from '@darmon/domain/time';
import type { Transfer } from '@darmon/domain/transfer';
import type { FactsHead, FactsThrough, MonthFacts } from '@darmon/table/facts';
import type { LedgerRow } from '@darmon/table/stock-items';
import {
  type FactDeps,
  type FactMaker,
  type FactSlice,
  type FactsAsked,
  isNothingBefore,
  knownAt,
  lastDayIn,
} from './facts.ts';
import { inTurn } from './ledger.ts';

/** How often a lot is read again that moved while it was read, before its sums are believed to contradict it. */
const readings = 4;

/** What a lot's movements make of a month, beside what the row's own sums of months say of its end. */
const reckonRow = async (
  deps: FactDeps,
  first: LedgerRow,
  asked: FactsAsked,
): Promise<{ fact: Omit<StockFact, 'place'>; apart: number }> => {
  const { gtin, lot, medicine, expiryDate } = first.row;
  for (let read: LedgerRow = first, reading = 1; ; reading += 1) {
    const { row, sums, backdates } = read;
    const needed = entriesNeeded(asked, { wasBackdated: backdates > 0 });
    const base = atMonthEnd(sums, monthBeside(needed.first, -1));
    const tally = tallyOf(base, asked);
    const moves = Object.keys(sums.net).some((month) => month >= needed.first && month <= asked.month);
    if (moves) await deps.table.eachMovement(row, needed, tally.add);
    const apart = atMonthEnd(sums, asked.month) - base - tally.moved();
    const [again] = apart === 0 ? [] : await deps.table.loadLedgerRows([row]);
    if (again && reading < readings) {
      read = again;
      continue;
    }
    const { packPrice, packUnits } = row;
    const about = { medicine, gtin, lot, expiryDate, ...(packPrice !== undefined && { packPrice }), packUnits };
    return { fact: { ...about, ...tally.done() }, apart };
  }
};

/** Lines of some rows, with what they say together; `ledger` is what the sums of the rows say lay there at the end. */
const sliceOf = async (
  deps: FactDeps,
  rows: readonly LedgerRow[],
  asked: FactsAsked,
  place: string | undefined,
): Promise<Omit<FactSlice<StockFact>, 'after'>> => {
  const reckoned = await inTurn(rows.map((row) => () => reckonRow(deps, row, asked)));
  const sums = { opening: 0, closing: 0, ledger: 0 };
  const lines: StockFact[] = [];
  for (const { fact, apart } of reckoned) {
    sums.opening += fact.opening;
    sums.closing += fact.closing;
    sums.ledger += fact.closing + apart;
    if (!isEmptyFact(fact)) lines.push({ ...fact, ...(place !== undefined && { place }) });
  }
  return { lines, sums };
};

/** After so long a way goods that were taken in are taken to have been so before the month, unless facts say otherwise. */
const longestWayDays = 100;

/** Everything on its way may have moved in the month, as far as its head tells. */
const mayHaveMoved = ({ state, shipment }: Transfer, month: string): boolean => {
  if (!shipment) return state === 'posting';
  const { from, to } = monthSpan(month);
  const shipped = Date.parse(shipment.at);
  if (shipped > to) return false;
  const isOver = state === 'received' || state === 'written-off';
  return !isOver || shipped > from - longestWayDays * dayMs;
};

/** Places of transfers that a site sent of which something may have moved or lain there in the month, in a fixed order. */
const transitOf = async (deps: FactDeps, site: string, month: string): Promise<string[]> => {
  const kept = await Promise.all(
    [monthBeside(month, -1), month].map(async (of) => (await deps.table.loadFacts('stock', [site], of, StockFact))[0]),
  );
  const places = new Set(
    kept.flatMap((facts) => facts?.lines ?? []).flatMap(({ place, closing }) => (place && closing ? [place] : [])),
  );
  let cursor: string | undefined;
  do {
    const page = await deps.table.listTransfers(site, 'sender', { cursor, limit: 100 });
    for (const head of page.items) if (mayHaveMoved(head, month)) places.add(transitPlace(head.id));
    cursor = page.next;
  } while (cursor !== undefined);
  return [...places].sort();
};

async function* rowsOf(deps: FactDeps, place: string, from?: string) {
  let cursor = from;
  do {
    const page = await deps.table.listPastRows(place, { cursor, limit: 100 });
    yield page;
    cursor = page.next;
  } while (cursor !== undefined);
}

/** Where a slice ends: at a cursor of the shelf, or behind a place on the way. */
const shelfEnds = 'way:';

async function* makeStockFacts(deps: FactDeps, asked: FactsAsked, after: string): AsyncGenerator<FactSlice<StockFact>> {
  const site = asked.site.id;
  if (!after.startsWith(shelfEnds))
    for await (const { items, next } of rowsOf(deps, site, after || undefined))
      yield { ...(await sliceOf(deps, items, asked, undefined)), after: next ?? shelfEnds };
  for (const place of await transitOf(deps, site, asked.month)) {
    if (after.startsWith(shelfEnds) && `${shelfEnds}${place}` <= after) continue;
    const rows: LedgerRow[] = [];
    for await (const { items } of rowsOf(deps, place)) rows.push(...items);
    yield { ...(await sliceOf(deps, rows, asked, place)), after: `${shelfEnds}${place}` };
  }
}

export const hasShelf = ({ kind }: Pick<Site, 'kind'>): boolean => kind === 'pharmacy' || kind === 'warehouse';

const sinceOf = async (deps: FactDeps, site: Site): Promise<string | undefined> => {
  let first: string | undefined;
  for await (const { items } of rowsOf(deps, site.id))
    for (const month of items.flatMap(({ sums }) => Object.keys(sums.net)))
      if (first === undefined || month < first) first = month;
  return first;
};

export const stockMaker: FactMaker<StockFact> = {
  kind: 'stock',
  line: StockFact,
  isFor: hasShelf,
  since: sinceOf,
  make: makeStockFacts,
  said: saidOf,
};

/** Facts of a site's month, kept or reckoned on asking. */
export type StockFacts = Omit<MonthFacts<StockFact>, 'madeAt'> & { readonly kept: boolean };

/** All of a site's month, now: what nobody kept yet, or what a period is closed with. Writes nothing. */
export const reckonStockFacts = async (
  deps: FactDeps,
  { site, month, asOf, freezes }: { site: Site; month: string; asOf: number; freezes: readonly Freeze[] },
): Promise<StockFacts> => {
  // on its first day a month has none that is over, and is told as far as it went
  const through = lastDayIn(month, asOf) ?? `${month}-01`;
  const lines: StockFact[] = [];
  const sums: Record<string, number> = { opening: 0, closing: 0, ledger: 0 };
  for await (const slice of makeStockFacts(deps, { site, month, through, asOf, freezes }, '')) {
    lines.push(...slice.lines);
    for (const [name, value] of Object.entries(slice.sums ?? {})) sums[name] = (sums[name] ?? 0) + value;
  }
  return { site: site.id, month, through, asOf: instant(asOf), sums, lines, kept: false };
};

/** How long one call goes on reckoning what is not kept, in milliseconds. */
const sliceMs = 8_000;

/** When a month was closed; undefined where it is open. */
const closedAt = (freezes: readonly Freeze[], month: string): string | undefined =>
  freezes
    .filter((freeze) => freeze.month >= month)
    .map(({ at }) => at)
    .sort()[0];

/** True where what is kept has every day that is over, and everything that was entered before the month was closed. */
const isWhole = (head: FactsHead, asOf: number, closed: string | undefined): boolean =>
  head.through >= (lastDayIn(head.month, asOf) ?? '') && head.asOf >= (closed ?? '');

/**
 * True of a month that was over before a site ever had anything, as the nights that kept its facts know; of a closed one
 * as it was known when it was closed.
 */
const isBefore = (
  kept: FactsThrough | undefined,
  month: string,
  { asOf, closed }: { asOf: number; closed: string | undefined },
): boolean => {
  if (closed !== undefined) return isNothingBefore(kept, month, Date.parse(closed));
  const last = lastDayIn(month, asOf);
  const { through, since } = kept ?? {};
  return last !== undefined && through !== undefined && through >= last && (since === undefined || month < since);
};
const nothingIn = (site: string, month: string, asOf: number): StockFacts => ({
  site,
  month,
  through: lastDayIn(month, asOf) ?? `${month}-01`,
  asOf: instant(asOf),
  sums: { opening: 0, closing: 0, ledger: 0 },
  lines: [],
  kept: false,
});

/**
 * Facts of a month at several sites, one site after the other, few of them held at once. What the night did not keep yet
 * is reckoned now, as long as one call may go on; `facts` is undefined for the sites that are left then.
 * @throws Refusal `busy`
 */
export async function* eachStockFacts(
  deps: FactDeps,
  sites: readonly Site[],
  month: string,
): AsyncGenerator<{ site: Site; facts: StockFacts | undefined }> {
  const until = deps.now() + sliceMs;
  const freezes = await deps.table.loadFreezes();
  const closed = closedAt(freezes, month);
  // what is entered after a month was closed is not in it, so it is known from that instant on
  const asOf = Math.max(knownAt(deps.now()), closed === undefined ? 0 : Date.parse(closed));
  const own = sites.filter(hasShelf);
  const byId = new Map(own.map((site) => [site.id, site]));
  const ids = [...byId.keys()];
  const known = new Map((await deps.table.loadFactsThrough('stock', ids)).map((one, i) => [ids[i] ?? '', one]));
  for await (const { site: id, facts } of deps.table.eachFacts('stock', ids, month, StockFact)) {
    const site = byId.get(id) as Site;
    if (facts && isWhole(facts, asOf, closed)) yield { site, facts: { ...facts, kept: true } };
    else if (!facts && isBefore(known.get(id), month, { asOf, closed }))
      yield { site, facts: nothingIn(id, month, asOf) };
    else if (deps.now() >= until) yield { site, facts: undefined };
    else yield { site, facts: await reckonStockFacts(deps, { site, month, asOf, freezes }) };
  }
}
