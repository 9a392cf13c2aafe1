/** Packs with a serial number as items: how many units are left in each, and whether it may be handed over at all. */
import type { MovementKind } from '@darmon/domain/ledger';
import { Gtin } from '@darmon/domain/medicine';
import type { SerialUse } from '@darmon/domain/pack-scan';
import * as z from 'zod';
import { serialKey } from './keys.ts';
import type { Item } from './page.ts';
import { type Action, update } from './transact.ts';

/** A pack that was scanned once; one that is not in the table is full and lies where it was received. */
export const SerialItem = z.object({
  gtin: Gtin,
  serial: z.string(),
  /** Where it was opened last. */
  site: z.string(),
  packUnits: z.int().positive(),
  unitsLeft: z.int().nonnegative(),
  /** `gone` left by a write-off. */
  state: z.enum(['available', 'quarantined', 'gone']),
});
export type SerialItem = z.infer<typeof SerialItem>;

export const parseSerial = (item: Item): SerialItem => SerialItem.parse(item);

const names = {
  '#gtin': 'gtin',
  '#serial': 'serial',
  '#site': 'site',
  '#packUnits': 'packUnits',
  '#unitsLeft': 'unitsLeft',
  '#state': 'state',
};

/**
 * Takes units out of a pack, without having read it: the database refuses what is not left in it, what is in quarantine,
 * and a pack that another site has opened.
 */
export const takeSerialAction = (table: string, site: string, use: SerialUse): Action =>
  update(
    table,
    serialKey(use.gtin, use.serial),
    {
      expression:
        'SET #unitsLeft = if_not_exists(#unitsLeft, :packUnits) - :units, #packUnits = if_not_exists(#packUnits, :packUnits), #state = if_not_exists(#state, :available), #gtin = :gtin, #serial = :serial, #site = :site',
      names,
      values: {
        ':units': use.units,
        ':packUnits': use.packUnits,
        ':available': 'available',
        ':gtin': use.gtin,
        ':serial': use.serial,
        ':site': site,
      },
    },
    {
      expression:
        'attribute_not_exists(pk) OR (#state = :available AND #unitsLeft >= :units AND (#site = :site OR #unitsLeft = #packUnits))',
    },
    'serial-dispensed',
  );

/**
 * A whole pack changes its place with the entry that moves it. One that comes from outside must be new to the country;
 * one that is moved must not be opened, set aside or elsewhere. A write-off ends it.
 */
export const moveSerialAction = (
  table: string,
  entry: {
    place: string;
    gtin: string;
    kind: MovementKind;
    row?: { packUnits: number } | undefined;
    from?: string | undefined;
  },
  serial: string,
): Action => {
  const isNew = entry.kind === 'receipt' || entry.kind === 'opening';
  const isGone = entry.kind === 'write-off';
  const packUnits = entry.row?.packUnits ?? 1;
  return update(
    table,
    serialKey(entry.gtin, serial),
    {
      expression:
        'SET #site = :site, #state = :state, #gtin = :gtin, #serial = :serial, #packUnits = if_not_exists(#packUnits, :packUnits), #unitsLeft = if_not_exists(#unitsLeft, :packUnits)',
      names,
      values: {
        ':site': entry.place,
        ':state': isGone ? 'gone' : 'available',
        ':gtin': entry.gtin,
        ':serial': serial,
        ':packUnits': packUnits,
      },
    },
    isNew
      ? { expression: 'attribute_not_exists(pk)' }
      : {
          expression: 'attribute_not_exists(pk) OR (#state = :available AND #unitsLeft = #packUnits AND #site = :from)',
          values: { ':available': 'available', ':from': entry.from ?? entry.place },
        },
    'serial-known',
  );
};

/** Puts units back into a pack, whatever its state is now. */
export const giveBackSerialAction = (table: string, pack: { gtin: string; serial: string; units: number }): Action =>
  update(
    table,
    serialKey(pack.gtin, pack.serial),
    {
      expression: 'SET #unitsLeft = #unitsLeft + :units',
      names: { '#unitsLeft': 'unitsLeft' },
      values: { ':units': pack.units },
    },
    { expression: 'attribute_exists(pk)' },
    'changed',
  );

/** Keeps a pack from being handed over anywhere; one that nobody scanned before becomes known by it. */
export const quarantineSerialAction = (
  table: string,
  site: string,
  pack: { gtin: string; serial: string; packUnits: number },
): Action =>
  update(
    table,
    serialKey(pack.gtin, pack.serial),
    {
      expression:
        'SET #state = :quarantined, #unitsLeft = if_not_exists(#unitsLeft, :packUnits), #packUnits = if_not_exists(#packUnits, :packUnits), #site = if_not_exists(#site, :site), #gtin = :gtin, #serial = :serial',
      names,
      values: {
        ':quarantined': 'quarantined',
        ':packUnits': pack.packUnits,
        ':site': site,
        ':gtin': pack.gtin,
        ':serial': pack.serial,
      },
    },
    { expression: 'attribute_not_exists(pk) OR attribute_exists(pk)' },
    'changed',
  );
