/** The ledger's answers: what lay where on a past day, and what a balance is made of. */
import { classesOf, type UseOf } from '@darmon/domain/alerts';
import { atMonthEnd, monthOf } from '@darmon/domain/ledger';
import {
  dayPoints,
  monthBeside,
  monthPoints,
  monthSpan,
  onHandAt,
  readingAt,
  untilOf,
} from '@darmon/domain/ledger-view';
import { Refusal } from '@darmon/domain/refusal';
import type { Site } from '@darmon/domain/standing';
import { onHandOf, type StockRow } from '@darmon/domain/stock';
import { dayStart, instant, tashkentDay } from '@darmon/domain/time';
import type { PageRequest } from '@darmon/table/page';
import type { LedgerRow } from '@darmon/table/stock-items';
import type { Deps } from './deps.ts';
import { stockView } from './inventory.ts';

/** Movements of so many lots are read at once. */
const atOnce = 16;

/** `jobs` one after the other, `atOnce` at a time, in their order. */
export const inTurn = async <T>(jobs: readonly (() => Promise<T>)[]): Promise<T[]> => {
  const done: T[] = new Array(jobs.length);
  const waiting = jobs.entries();
  await Promise.all(
    Array.from({ length: Math.min(atOnce, jobs.length) }, async () => {
      for (const [i, job] of waiting) done[i] = await job();
    }),
  );
  return done;
};

const lotOf = ({ site, gtin, lot }: StockRow) => ({ site, gtin, lot });

/** What was on hand of one row at an instant (milliseconds), from its sums and the movements of a month at most. */
export const onHandOn = async (deps: Deps, { row, sums }: LedgerRow, at: number, now: number): Promise<number> => {
  const reading = readingAt(sums, at, now);
  const { movements } = reading;
  return onHandAt(reading, movements ? await deps.table.sumMovements(lotOf(row), movements) : 0);
};

/**
 * What was on hand at the end of a Tashkent day (`at`, now at the latest), by lot, in the order of medicine and expiry;
 * lots of which nothing was there are left out, so a page can hold fewer than asked for. Nothing is said of what was
 * promised then; state, place and price are those of now.
 */
export const listStockAt = async (
  deps: Deps,
  input: { site: string; at: string; gtin?: string; medicine?: string },
  request: PageRequest,
) => {
  const now = deps.now();
  const at = untilOf(input.at, now);
  const medicine = input.gtin === undefined ? input.medicine : await deps.table.medicineOfGtin(input.gtin);
  if (input.gtin !== undefined && medicine === undefined) return { items: [] };
  const prefix = medicine === undefined ? undefined : `${medicine}#`;
  const page = await deps.table.listLedgerRows(input.site, prefix, request);
  const own = page.items.filter(({ row }) => input.gtin === undefined || row.gtin === input.gtin);
  const onHand = await inTurn(own.map((read) => () => onHandOn(deps, read, at, now)));
  const items = own.flatMap(({ row }, i) => {
    const free = onHand[i] ?? 0;
    return free === 0 ? [] : [stockView({ ...row, free, held: 0 }, tashkentDay(at))];
  });
  return { items, ...(page.next !== undefined && { next: page.next }) };
};

/**
 * What was on hand of one lot at the end of a day or at an instant, and what it is the sum of, kind by kind: every
 * movement is added up anew, and compared with the sums of the months.
 * @throws Refusal `lot-unknown` where the site never had it
 */
export const readBalance = async (deps: Deps, input: { site: string; gtin: string; lot: string; at?: string }) => {
  const now = deps.now();
  const at = untilOf(input.at, now);
  const row = await deps.table.loadStockRow(input);
  if (!row) throw new Refusal('lot-unknown');
  const [read] = await deps.table.loadLedgerRows([row]);
  if (!read) throw new Refusal('lot-unknown');
  const [of, bySums] = await Promise.all([deps.table.tallyMovements(lotOf(row), at), onHandOn(deps, read, at, now)]);
  const onHand = of.reduce((sum, { quantity }) => sum + quantity, 0);
  return {
    site: row.site,
    medicine: row.medicine,
    gtin: row.gtin,
    lot: row.lot,
    expiryDate: row.expiryDate,
    at: instant(at),
    onHand,
    of: of.filter(({ quantity }) => quantity !== 0).sort((a, b) => a.kind.localeCompare(b.kind)),
    movements: of.reduce((sum, { movements }) => sum + movements, 0),
    addsUp: onHand === bySums,
  };
};

/** As many months as a chart shows; days are shown from the beginning of the month before. */
const shownMonths = 24;

/** How the stock of one medicine went: month by month, and day by day for the last one or two. */
export const readHistory = async (deps: Deps, input: { site: string; medicine: string }) => {
  const now = deps.now();
  const rows = await deps.table.loadMedicineRows(input.site, input.medicine);
  const before = monthBeside(monthOf(now), -1);
  const { from } = monthSpan(before);
  // what was there when it began is settled but for what is dated back, and the rest is read from movements alone
  const moved = await inTurn(
    rows
      .filter(({ sums }) => sums.net[before] !== undefined || sums.net[monthOf(now)] !== undefined)
      .map(
        ({ row }) =>
          () =>
            deps.table.loadMovements(row.site, row.gtin, row.lot, from - 1, now),
      ),
  );
  const months = monthPoints(
    rows.map(({ sums }) => sums),
    now,
    shownMonths,
  );
  const base = rows.reduce((sum, { sums }) => sum + atMonthEnd(sums, monthBeside(before, -1)), 0);
  return {
    site: input.site,
    medicine: input.medicine,
    onHand: rows.reduce((sum, { row }) => sum + onHandOf(row), 0),
    months,
    days: months.length === 0 ? [] : dayPoints(base, moved.flat(), dayStart(`${before}-01`), now),
  };
};

/** In a warehouse, what other sites are sent is its use. */
export const useAt = (site: Pick<Site, 'kind'> | undefined): UseOf =>
  site?.kind === 'warehouse' ? 'patients-and-sites' : 'patients';

/** Every row of a site, page after page. */
export const loadShelf = async (deps: Pick<Deps, 'table'>, site: string): Promise<LedgerRow[]> => {
  const rows: LedgerRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.table.listLedgerRows(site, undefined, { cursor, limit: 100 });
    rows.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return rows;
};

/** Medicines of a site by the value of their use in three months, the most valuable first. */
export const listClasses = async (deps: Deps, input: { site: string }) => {
  const [shelf, [site]] = await Promise.all([loadShelf(deps, input.site), deps.table.loadSites([input.site])]);
  return { items: classesOf(shelf, useAt(site), deps.now()) };
};
