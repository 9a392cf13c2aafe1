/** Packs with a serial number as items: how many units are left in each, and whether it may be handed over at all. */
import type { MovementKind } from '@darmon/domain/ledger';
import type { SerialUse } from '@darmon/domain/pack-scan';
import { type PackState, SerialPack } from '@darmon/domain/serial-pack';
import { serialKey } from './keys.ts';
import type { Item } from './page.ts';
import { type Action, update } from './transact.ts';

export type SerialItem = SerialPack;
export const parseSerial = (item: Item): SerialItem => SerialPack.parse(item);

const names = {
  '#gtin': 'gtin',
  '#serial': 'serial',
  '#site': 'site',
  '#packUnits': 'packUnits',
  '#unitsLeft': 'unitsLeft',
  '#state': 'state',
};

/**
 * Takes units out of a pack, without having read it: the database refuses what is not left in it, what is blocked, left
 * the stock or waits in an act, and a pack that another site has opened.
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
        'attribute_not_exists(pk) OR (#state = :available AND attribute_not_exists(#act) AND #unitsLeft >= :units AND (#site = :site OR #unitsLeft = #packUnits))',
      names: { '#act': 'act' },
    },
    'serial-dispensed',
  );

/** What an entry makes of a pack, and what must hold for it; `mayMove` in the domain says the same of one that was read. */
const movedBy = (
  entry: MovedEntry,
  document: string,
): { state: PackState; anew?: true; leavesAct?: true; comesBack?: true; condition: Parameters<typeof update>[3] } => {
  const { kind, place, from = place, quantity } = entry;
  const known = (expression: string, names: Record<string, string>, values: Record<string, unknown>) => ({
    expression: `attribute_not_exists(pk) OR (${expression})`,
    names,
    values,
  });
  const whole = '#state = :available AND attribute_not_exists(#act) AND #unitsLeft = #packUnits AND #site = :from';
  const isWhole = [{ '#act': 'act' }, { ':available': 'available', ':from': from }] as const;
  if (kind === 'receipt' || kind === 'opening')
    return { state: 'available', anew: true, condition: known('#state = :unknown', {}, { ':unknown': 'unknown' }) };
  if (kind === 'write-off') {
    const held = '#state <> :gone AND (#act = :act OR (attribute_not_exists(#act) AND #site = :site))';
    const condition = known(held, { '#act': 'act' }, { ':gone': 'gone', ':act': document });
    return { state: 'gone', leavesAct: true, condition };
  }
  if (kind === 'reversal' && quantity > 0)
    return {
      state: 'available',
      comesBack: true,
      condition: { expression: '#state = :gone AND #site = :site', values: { ':gone': 'gone' } },
    };
  if (kind === 'reversal')
    return { state: 'unknown', condition: { expression: whole, names: isWhole[0], values: isWhole[1] } };
  return {
    state: 'available',
    condition: known(whole, isWhole[0], { ':from': from, ':available': 'available' }),
  };
};

interface MovedEntry {
  readonly place: string;
  readonly gtin: string;
  readonly kind: MovementKind;
  readonly quantity: number;
  readonly row?: { packUnits: number } | undefined;
  readonly from?: string | undefined;
}

/**
 * A whole pack changes its place with the entry that moves it. One that comes from outside must be new to the country, or
 * its receipt was taken back; one that is moved must not be opened, set aside, elsewhere or in an act. A write-off ends it,
 * unless it is taken back, and then it is what it was: quality control's no outlives the act. A receipt that is taken
 * back makes it unknown. `document` is the one that moves it.
 */
export const moveSerialAction = (table: string, entry: MovedEntry, serial: string, document: string): Action => {
  const { state, anew, leavesAct, comesBack, condition } = movedBy(entry, document);
  const units = (name: string) => (anew ? ':packUnits' : `if_not_exists(${name}, :packUnits)`);
  const next = comesBack ? 'if_not_exists(#was, :state)' : ':state';
  const kept = leavesAct ? ', #was = if_not_exists(#state, :available) REMOVE #act' : comesBack ? ' REMOVE #was' : '';
  return update(
    table,
    serialKey(entry.gtin, serial),
    {
      expression: `SET #site = :site, #state = ${next}, #gtin = :gtin, #serial = :serial, #packUnits = ${units('#packUnits')}, #unitsLeft = ${units('#unitsLeft')}${kept}`,
      names: { ...names, ...((leavesAct || comesBack) && { '#was': 'was' }) },
      values: {
        ...(leavesAct && { ':available': 'available' }),
        ':site': entry.place,
        ':state': state,
        ':gtin': entry.gtin,
        ':serial': serial,
        ':packUnits': entry.row?.packUnits ?? 1,
      },
    },
    condition,
    'serial-known',
  );
};

/** A pack waits in an act and goes nowhere meanwhile; one that nobody scanned before becomes known by it. */
export const holdSerialAction = (
  table: string,
  place: string,
  pack: { gtin: string; serial: string; packUnits: number },
  act: string,
): Action =>
  update(
    table,
    serialKey(pack.gtin, pack.serial),
    {
      expression:
        'SET #act = :act, #site = :site, #state = if_not_exists(#state, :available), #gtin = :gtin, #serial = :serial, #packUnits = if_not_exists(#packUnits, :packUnits), #unitsLeft = if_not_exists(#unitsLeft, :packUnits)',
      names: { ...names, '#act': 'act' },
      values: {
        ':act': act,
        ':site': place,
        ':available': 'available',
        ':gtin': pack.gtin,
        ':serial': pack.serial,
        ':packUnits': pack.packUnits,
      },
    },
    {
      expression:
        'attribute_not_exists(pk) OR (attribute_not_exists(#act) AND NOT (#state IN (:gone, :unknown)) AND #unitsLeft > :zero AND (#site = :site OR #unitsLeft = #packUnits))',
      values: { ':gone': 'gone', ':unknown': 'unknown', ':zero': 0 },
    },
    'changed',
  );

/** The act that it waited in came to nothing. */
export const freeSerialAction = (table: string, pack: { gtin: string; serial: string }, act: string): Action =>
  update(
    table,
    serialKey(pack.gtin, pack.serial),
    { expression: 'REMOVE #act', names: { '#act': 'act' }, values: { ':act': act } },
    { expression: '#act = :act' },
    'changed',
  );

/** Quality control decides over a pack in quarantine. */
export const decideSerialAction = (table: string, pack: SerialItem, state: 'available' | 'refused'): Action =>
  update(
    table,
    serialKey(pack.gtin, pack.serial),
    { expression: 'SET #state = :state', names: { '#state': 'state' }, values: { ':state': state } },
    { expression: '#state = :quarantined', values: { ':quarantined': 'quarantined' } },
    'changed',
  );

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

/** Keeps a pack from being handed over anywhere; one that nobody scanned before becomes known by it. What left or was refused stays so. */
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
    {
      expression: 'attribute_not_exists(pk) OR NOT (#state IN (:gone, :refused))',
      values: { ':gone': 'gone', ':refused': 'refused' },
    },
    'changed',
  );
