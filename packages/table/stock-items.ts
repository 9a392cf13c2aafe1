/** Stock rows, lots, movements and receipts as items. A row changes only together with the movement that explains it. */

import { type MonthSums, Movement, monthOf, ulidAt } from '@darmon/domain/ledger';
import { MedicineClass, MedicineCode, Pack, Storage } from '@darmon/domain/medicine';
import { type LotQuantity, LotState, StockRow } from '@darmon/domain/stock';
import { Day, Instant } from '@darmon/domain/time';
import * as z from 'zod';
import { documentKey, holdsPartition, lotKey, movementKey, stockKey } from './keys.ts';
import type { Item } from './page.ts';
import { type Action, absent, put, update } from './transact.ts';

export const stockOfSite = (site: string): string => `STOCK#${site}`;

export const parseStockRow = (item: Item): StockRow => StockRow.parse(item);
export const parseMovement = (item: Item): Movement => Movement.parse(item);

/** A GTIN as the formulary knows it: its pack, the medicine it serves, that medicine's class and how it is stored. */
export const KnownPack = Pack.extend({
  medicine: MedicineCode,
  class: MedicineClass,
  storage: Storage.exactOptional(),
  qualityRelease: z.boolean().exactOptional(),
});
export type KnownPack = z.infer<typeof KnownPack>;

/** A lot has one expiry date, wherever it lies. */
export const LotItem = z.object({
  gtin: z.string(),
  lot: z.string(),
  expiryDate: Day,
  state: LotState,
  /** Quality control released it: what comes in of it later needs no release of its own. */
  released: z.boolean().exactOptional(),
});
export type LotItem = z.infer<typeof LotItem>;

/**
 * A movement is found by its id, whose first ten characters are a time. They are made those of `at`, by which the monthly
 * sums go: an id that was drawn after the end of a month would else count in both months, or in none.
 */
export const movementAction = (table: string, m: Movement): Action => {
  const movement = { ...m, id: ulidAt(m.id, Date.parse(m.at)) };
  return put(table, { ...movementKey(movement), ...movement }, absent, 'changed');
};

/** The monthly sums of a row are attributes of their own, `net2611`, `used2611`, `sent2611`: nothing has to exist before the first. */
const monthName = (kind: keyof MonthSums, at: string): string =>
  `${kind}${monthOf(Date.parse(at)).slice(2).replace('-', '')}`;

/** What a row gained or lost by month, and what of it patients were given and other sites were sent. */
const parseMonthSums = (item: Item): MonthSums => {
  const sums: Record<keyof MonthSums, Record<string, number>> = { net: {}, used: {}, sent: {} };
  for (const [name, value] of Object.entries(item)) {
    const [, kind, year, month] = /^(net|used|sent)(\d{2})(\d{2})$/.exec(name) ?? [];
    if (kind && typeof value === 'number') sums[kind as keyof MonthSums][`20${year}-${month}`] = value;
  }
  return sums;
};

/** A row with what its history needs: its monthly sums, when it was last added to, how often an entry was dated back. */
export interface LedgerRow {
  readonly row: StockRow;
  readonly sums: MonthSums;
  readonly raisedAt: string | undefined;
  readonly backdates: number;
}
const Ledgered = z.object({ raisedAt: Instant.optional(), backdates: z.int().default(0) });
export const parseLedgerRow = (item: Item): LedgerRow => {
  const { raisedAt, backdates } = Ledgered.parse(item);
  return { row: parseStockRow(item), sums: parseMonthSums(item), raisedAt, backdates };
};

/** Signed units that a change adds to what is free and to what is held; `used` is what patients were given, `sent` what other sites were. */
export interface RowMove {
  readonly free?: number;
  readonly held?: number;
  readonly used?: number;
  readonly sent?: number;
  /** When it counts. */
  readonly at: string;
  /** It is dated back: what was read of the row must still be so. */
  readonly backdated?: Pick<LedgerRow, 'raisedAt' | 'backdates'>;
}

interface Written {
  set: string[];
  holds: string[];
  names: Record<string, string>;
  values: Record<string, unknown>;
}

/**
 * The sums that a move changes, and what must hold for it: nothing falls below nothing, and what is added to a row is
 * never later than what is taken from it afterwards (`ledger.ts` says why that is enough).
 */
const written = ({ free = 0, held = 0, used = 0, sent = 0, at, backdated }: RowMove): Written => {
  const w: Written = { set: [], holds: [], names: {}, values: {} };
  const sum = (name: string, value: number) => {
    w.names[`#${name}`] = name;
    w.values[`:${name}`] = value;
    w.values[':zero'] = 0;
    w.set.push(`#${name} = if_not_exists(#${name}, :zero) + :${name}`);
  };
  const need = (name: 'free' | 'held', quantity: number) => {
    w.values[`:${name}Needed`] = quantity;
    w.holds.push(`#${name} >= :${name}Needed`);
  };
  if (free !== 0) sum('free', free);
  if (held !== 0) sum('held', held);
  if (free < 0) need('free', -free);
  if (held < 0) need('held', -held);
  const net = free + held;
  if (net !== 0) sum(monthName('net', at), net);
  if (used !== 0) sum(monthName('used', at), used);
  if (sent !== 0) sum(monthName('sent', at), sent);
  if (net === 0) return w;
  w.names['#raisedAt'] = 'raisedAt';
  if (backdated) return asRead(w, backdated, net > 0 ? at : undefined);
  w.values[':at'] = at;
  w.holds.push('(attribute_not_exists(#raisedAt) OR #raisedAt <= :at)');
  if (net > 0) w.set.push('#raisedAt = :at');
  return w;
};

/** What is dated back was judged on the row as it was read: it may not have been added to, or dated back, since. */
const asRead = (w: Written, read: Pick<LedgerRow, 'raisedAt' | 'backdates'>, addedAt: string | undefined): Written => {
  w.names['#backdates'] = 'backdates';
  Object.assign(w.values, { ':zero': 0, ':one': 1 });
  w.set.push('#backdates = if_not_exists(#backdates, :zero) + :one');
  const unchanged = (name: 'raisedAt' | 'backdates', value: string | number | undefined) => {
    if (!value) return w.holds.push(`attribute_not_exists(#${name})`);
    w.values[`:${name}Read`] = value;
    return w.holds.push(`#${name} = :${name}Read`);
  };
  unchanged('backdates', read.backdates);
  unchanged('raisedAt', read.raisedAt);
  if (addedAt !== undefined) {
    // later than what was read, where the day that it is dated back to is
    w.values[':at'] = read.raisedAt !== undefined && read.raisedAt > addedAt ? read.raisedAt : addedAt;
    w.set.push('#raisedAt = :at');
  }
  return w;
};

export interface RowName {
  readonly site: string;
  readonly medicine: string;
  readonly expiryDate: string;
  readonly gtin: string;
  readonly lot: string;
}

/** Moves what is in a row that is there, and takes no more than is. `usableOn` is a day on which it must be usable, too. */
export const moveAction = (table: string, row: RowName, move: RowMove, usableOn?: string): Action => {
  const w = written(move);
  w.holds.push('attribute_exists(pk)');
  if (usableOn !== undefined) {
    w.holds.push('#state = :available', '#expiryDate >= :today');
    Object.assign(w.names, { '#state': 'state', '#expiryDate': 'expiryDate' });
    Object.assign(w.values, { ':available': 'available', ':today': usableOn });
  }
  return update(
    table,
    stockKey(row),
    { expression: `SET ${w.set.join(', ')}`, names: w.names, values: w.values },
    { expression: w.holds.join(' AND ') },
    'changed',
  );
};

/** Takes units out of a lot that is usable today; the database refuses what is not there, promised, blocked or expired. */
export const takeAction = (
  table: string,
  row: { site: string; medicine: string; expiryDate: string } & LotQuantity,
  today: string,
  at: string,
): Action => moveAction(table, row, { free: -row.quantity, used: row.quantity, at }, today);

/** Gives units back to the lot they came from, whatever its state is now. */
export const giveBackAction = (
  table: string,
  row: { site: string; medicine: string; expiryDate: string } & LotQuantity,
  at: string,
): Action => moveAction(table, row, { free: row.quantity, used: -row.quantity, at });

/**
 * Adds units to a row, and makes the row where the place never held the lot; a pack is as it was last received. With a
 * region, patients there find that the site holds the medicine. A place for it replaces the place it had. The state is
 * that of a new row; with `spreads` the row that is there takes it too. What `opens` a lot's books finds no row there.
 */
export const receiveAction = (
  table: string,
  row: StockRow,
  move: Pick<RowMove, 'at' | 'backdated'>,
  {
    region,
    spreads = false,
    opens = false,
  }: { region?: string | undefined; spreads?: boolean | undefined; opens?: boolean } = {},
): Action => {
  const { free, held: _, state, ...about } = row;
  const replaced: Record<string, unknown> = {
    ...about,
    gsi1pk: stockOfSite(row.site),
    gsi1sk: `${row.medicine}#${row.expiryDate}#${row.gtin}#${row.lot}`,
    gsi3pk: lotKey(row.gtin, row.lot).pk,
    gsi3sk: row.site,
    ...(region !== undefined && {
      gsi2pk: holdsPartition(region, row.medicine),
      gsi2sk: `${row.expiryDate}#${row.site}`,
    }),
  };
  const w = written({ free, ...move });
  const names = Object.keys(replaced);
  const removed = row.divisibleBy === undefined ? ['divisibleBy'] : [];
  return update(
    table,
    stockKey(row),
    {
      expression: `SET ${[
        ...w.set,
        '#held = if_not_exists(#held, :zero)',
        spreads ? '#state = :state' : '#state = if_not_exists(#state, :state)',
        ...names.map((name) => `#${name} = :${name}`),
      ].join(', ')}${removed.length > 0 ? ` REMOVE ${removed.map((name) => `#${name}`).join(', ')}` : ''}`,
      names: {
        ...w.names,
        ...Object.fromEntries(['held', 'state', ...removed, ...names].map((name) => [`#${name}`, name])),
      },
      values: {
        ...w.values,
        ':zero': 0,
        ':state': state,
        ...Object.fromEntries(Object.entries(replaced).map(([name, value]) => [`:${name}`, value])),
      },
    },
    {
      expression: [
        ...w.holds,
        ...(opens ? ['attribute_not_exists(pk)'] : []),
        '(attribute_not_exists(#free) OR #free <= :room)',
      ].join(' AND '),
      values: { ':room': Number.MAX_SAFE_INTEGER - free },
    },
    'changed',
  );
};

/** The lot's one expiry date, set by whoever receives it first; another date is a mismatch. */
export const lotAction = (table: string, lot: LotItem): Action =>
  update(
    table,
    lotKey(lot.gtin, lot.lot),
    {
      expression: 'SET #expiryDate = :expiryDate, #gtin = :gtin, #lot = :lot, #state = if_not_exists(#state, :state)',
      names: { '#expiryDate': 'expiryDate', '#gtin': 'gtin', '#lot': 'lot', '#state': 'state' },
      values: { ':expiryDate': lot.expiryDate, ':gtin': lot.gtin, ':lot': lot.lot, ':state': lot.state },
    },
    { expression: 'attribute_not_exists(pk) OR (#expiryDate = :expiryDate AND #state = :state)' },
    'changed',
  );

export const stateAction = (table: string, row: StockRow, state: LotState): Action =>
  update(
    table,
    stockKey(row),
    { expression: 'SET #state = :next', names: { '#state': 'state' }, values: { ':next': state } },
    { expression: '#state = :was', values: { ':was': row.state } },
    'changed',
  );

/** Quality control makes the row available; the lot needs no release of its own any more, wherever it comes in. */
export const releaseActions = (table: string, row: StockRow): Action[] => [
  update(
    table,
    stockKey(row),
    {
      expression: 'SET #state = :available REMOVE #quality',
      names: { '#state': 'state', '#quality': 'quality' },
      values: { ':available': 'available' },
    },
    { expression: '#state = :was', values: { ':was': row.state } },
    'changed',
  ),
  update(
    table,
    lotKey(row.gtin, row.lot),
    { expression: 'SET #released = :true', names: { '#released': 'released' }, values: { ':true': true } },
    {
      expression: '#state <> :recalled',
      names: { '#state': 'state' },
      values: { ':recalled': 'recalled' },
    },
    'lot-recalled',
  ),
];

/** Where the lot lies from now on; a place without a shelf takes the old shelf away. */
export const placeAction = (table: string, row: StockRow, place: { zone: string; shelf?: string }): Action =>
  update(
    table,
    stockKey(row),
    {
      expression: `SET #zone = :zone${place.shelf === undefined ? ' REMOVE #shelf' : ', #shelf = :shelf'}`,
      names: { '#zone': 'zone', '#shelf': 'shelf' },
      values: { ':zone': place.zone, ...(place.shelf !== undefined && { ':shelf': place.shelf }) },
    },
    { expression: 'attribute_exists(pk)' },
    'changed',
  );

export const documentAction = (
  table: string,
  site: string,
  document: { supplier: string; number: string },
  receipt: string,
): Action =>
  put(table, { ...documentKey(site, document.supplier, document.number), receipt }, absent, 'document-known');
