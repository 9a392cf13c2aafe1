/** Stock rows, lots, movements and receipts as items. A row changes only together with the movement that explains it. */
import { MedicineClass, MedicineCode, Pack } from '@darmon/domain/medicine';
import { type LotQuantity, LotState, Movement, StockRow } from '@darmon/domain/stock';
import { Day } from '@darmon/domain/time';
import * as z from 'zod';
import { documentKey, holdsPartition, lotKey, movementKey, receiptKey, stockKey } from './keys.ts';
import type { Item } from './page.ts';
import { type Action, absent, put, update } from './transact.ts';

export const stockOfSite = (site: string): string => `STOCK#${site}`;

export const parseStockRow = (item: Item): StockRow => StockRow.parse(item);
export const parseMovement = (item: Item): Movement => Movement.parse(item);

/** A GTIN as the formulary knows it: its pack, the medicine it serves, and that medicine's class. */
export const KnownPack = Pack.extend({ medicine: MedicineCode, class: MedicineClass });
export type KnownPack = z.infer<typeof KnownPack>;

/** A lot has one expiry date, wherever it lies. */
export const LotItem = z.object({ gtin: z.string(), lot: z.string(), expiryDate: Day, state: LotState });
export type LotItem = z.infer<typeof LotItem>;

export const movementAction = (table: string, m: Movement): Action =>
  put(table, { ...movementKey(m), ...m }, absent, 'changed');

/** Takes units out of a lot that is usable today; the database refuses what is not there, blocked or expired. */
export const takeAction = (
  table: string,
  row: { site: string; medicine: string; expiryDate: string } & LotQuantity,
  today: string,
): Action =>
  update(
    table,
    stockKey(row),
    {
      expression: 'SET #onHand = #onHand - :taken',
      names: { '#onHand': 'onHand' },
      values: { ':taken': row.quantity },
    },
    {
      expression: '#onHand >= :taken AND #state = :available AND #expiryDate >= :today',
      names: { '#state': 'state', '#expiryDate': 'expiryDate' },
      values: { ':available': 'available', ':today': today },
    },
    'changed',
  );

/** Gives units back to the lot they came from, whatever its state is now. */
export const giveBackAction = (
  table: string,
  row: { site: string; medicine: string; expiryDate: string } & LotQuantity,
): Action =>
  update(
    table,
    stockKey(row),
    { expression: 'SET #onHand = #onHand + :back', names: { '#onHand': 'onHand' }, values: { ':back': row.quantity } },
    { expression: 'attribute_exists(pk)' },
    'changed',
  );

/**
 * Adds units to a row, and makes the row where the site never held the lot; a pack is as it was last received. With a
 * region, patients there find that the site holds the medicine.
 */
export const receiveAction = (table: string, row: StockRow, region?: string): Action => {
  const { onHand, state, ...about } = row;
  const replaced = {
    ...about,
    gsi1pk: stockOfSite(row.site),
    gsi1sk: `${row.medicine}#${row.expiryDate}#${row.gtin}#${row.lot}`,
    ...(region !== undefined && {
      gsi2pk: holdsPartition(region, row.medicine),
      gsi2sk: `${row.expiryDate}#${row.site}`,
    }),
  };
  const names = Object.keys(replaced);
  return update(
    table,
    stockKey(row),
    {
      expression: `SET #onHand = if_not_exists(#onHand, :zero) + :more, #state = if_not_exists(#state, :state), ${names
        .map((name) => `#${name} = :${name}`)
        .join(', ')}${row.divisibleBy === undefined ? ' REMOVE #divisibleBy' : ''}`,
      names: Object.fromEntries(['onHand', 'state', 'divisibleBy', ...names].map((name) => [`#${name}`, name])),
      values: {
        ':zero': 0,
        ':more': onHand,
        ':state': state,
        ...Object.fromEntries(Object.entries(replaced).map(([name, value]) => [`:${name}`, value])),
      },
    },
    {
      expression: 'attribute_not_exists(#onHand) OR #onHand <= :room',
      values: { ':room': Number.MAX_SAFE_INTEGER - onHand },
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

export const documentAction = (
  table: string,
  site: string,
  document: { supplier: string; number: string },
  receipt: string,
): Action =>
  put(table, { ...documentKey(site, document.supplier, document.number), receipt }, absent, 'document-known');

export const receiptAction = (table: string, receipt: { id: string } & Readonly<Record<string, unknown>>): Action =>
  put(table, { ...receiptKey(receipt.id), ...receipt }, absent, 'changed');
