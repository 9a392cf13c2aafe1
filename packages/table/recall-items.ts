/** Recalls as items: the head with its count, how each place stands, what escaped, whom a pharmacy told. */
import type { Movement } from '@darmon/domain/ledger';
import { CallCounts, Escaped, Recall, RecallCall, RecallPlace } from '@darmon/domain/recall';
import type { BlockedState, LotState } from '@darmon/domain/stock';
import * as key from './keys.ts';
import type { Item } from './page.ts';
import { type Action, absent, atVersion, put, update } from './transact.ts';

export const parseRecall = (item: Item): Recall => Recall.parse(item);
export const parsePlace = (item: Item): RecallPlace => RecallPlace.parse(item);
export const parseEscaped = (item: Item): Escaped => Escaped.parse(item);
export const parseCall = (item: Item): RecallCall => RecallCall.parse(item);

/** Version 1 is new; any other replaces the version before it. One that is being counted is found by the job. */
export const recallAction = (table: string, recall: Recall): Action =>
  put(
    table,
    {
      ...key.recallKey(recall.id),
      gsi1pk: key.recallsPartition,
      gsi1sk: recall.id,
      ...(recall.work && { gsi2pk: key.recallsWorkingPartition, gsi2sk: recall.id }),
      ...recall,
    },
    recall.version === 1 ? absent : atVersion(recall.version - 1),
    'changed',
  );

/** The lot's own item, which new rows begin by; `was` is what was read of it. */
export const lotStateAction = (
  table: string,
  lot: { gtin: string; lot: string },
  was: LotState,
  state: LotState,
): Action =>
  update(
    table,
    key.lotKey(lot.gtin, lot.lot),
    { expression: 'SET #state = :next', names: { '#state': 'state' }, values: { ':next': state } },
    { expression: '#state = :was', values: { ':was': was } },
    'changed',
  );

/** The list that every decision reads along. The first lot ever blocked makes it. */
export const blockAction = (table: string, name: string, state: BlockedState | undefined, isFirst: boolean): Action => {
  if (isFirst && state !== undefined)
    return put(table, { ...key.recallsKey, lots: { [name]: state } }, absent, 'changed');
  const names = { '#lots': 'lots', '#name': name };
  return update(
    table,
    key.recallsKey,
    state === undefined
      ? { expression: 'REMOVE #lots.#name', names }
      : { expression: 'SET #lots.#name = :state', names, values: { ':state': state } },
    { expression: 'attribute_type(#lots, :map)', values: { ':map': 'M' } },
    'changed',
  );
};

/** How a place stands after its count; what it found stays as it is. */
export const placeAction = (
  table: string,
  place: Omit<RecallPlace, 'found' | 'foundAt' | 'foundBy' | 'note'>,
): Action => {
  const set: Record<string, unknown> = {
    ...place,
    gsi1pk: key.recallsAtPartition(place.place),
    gsi1sk: place.recall,
  };
  const names = Object.keys(set);
  return update(
    table,
    key.recallPlaceKey(place.recall, place.place),
    {
      expression: `SET #found = if_not_exists(#found, :none), ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      names: Object.fromEntries(['found', ...names].map((name) => [`#${name}`, name])),
      values: { ':none': 0, ...Object.fromEntries(names.map((name) => [`:${name}`, set[name]])) },
    },
    { expression: 'attribute_not_exists(pk) OR attribute_exists(pk)' },
    'changed',
  );
};

/** What a site says it found, all in all, instead of what it said before. */
export const foundAction = (
  table: string,
  place: RecallPlace,
  found: { quantity: number; at: string; person: string; note: string | undefined },
): Action =>
  update(
    table,
    key.recallPlaceKey(place.recall, place.place),
    {
      expression: `SET #found = :found, #foundAt = :at, #foundBy = :person${found.note === undefined ? ' REMOVE #note' : ', #note = :note'}`,
      names: { '#found': 'found', '#foundAt': 'foundAt', '#foundBy': 'foundBy', '#note': 'note' },
      values: {
        ':found': found.quantity,
        ':at': found.at,
        ':person': found.person,
        ...(found.note !== undefined && { ':note': found.note }),
      },
    },
    { expression: '#found = :was', values: { ':was': place.found } },
    'changed',
  );

/** Listed once, whichever count meets it. */
export const escapedAction = (table: string, recall: string, m: Movement, underWay: boolean): Action => {
  const escaped: Escaped = {
    dispense: m.reference,
    place: m.site,
    quantity: -m.quantity,
    at: m.at,
    person: m.person,
    underWay,
  };
  return put(table, { ...key.escapedKey(recall, m.site, m.reference), ...escaped }, absent, 'changed');
};

/** It was taken back since; nothing where it is no dispense that escaped. */
export const escapedUndoneAction = (table: string, recall: string, m: Movement): Action =>
  update(
    table,
    key.escapedKey(recall, m.site, m.reference),
    { expression: 'SET #undoneAt = :at', names: { '#undoneAt': 'undoneAt' }, values: { ':at': m.at } },
    { expression: 'attribute_exists(pk)' },
    'changed',
  );

/** What came of a call, in place of what was read before; with the counts that everybody may see. */
export const callActions = (
  table: string,
  recall: string,
  call: RecallCall,
  before: RecallCall | undefined,
): Action[] => {
  const counters = { reached: 'reached', 'not-reached': 'notReached', returned: 'returned' } as const;
  const deltas: Record<string, number> = { units: call.returned - (before?.returned ?? 0) };
  deltas[counters[call.outcome]] = 1;
  if (before) deltas[counters[before.outcome]] = (deltas[counters[before.outcome]] ?? 0) - 1;
  const changed = Object.entries(deltas).filter(([, n]) => n !== 0);
  return [
    put(
      table,
      { ...key.recallCallKey(recall, call.site, call.dispense), ...call },
      before ? { expression: '#at = :was', names: { '#at': 'at' }, values: { ':was': before.at } } : absent,
      'changed',
    ),
    ...(changed.length === 0
      ? []
      : [
          update(
            table,
            key.recallCallCountsKey(recall),
            {
              expression: `ADD ${changed.map(([name]) => `#${name} :${name}`).join(', ')}`,
              names: Object.fromEntries(changed.map(([name]) => [`#${name}`, name])),
              values: Object.fromEntries(changed.map(([name, n]) => [`:${name}`, n])),
            },
            { expression: 'attribute_not_exists(pk) OR attribute_exists(pk)' },
            'changed',
          ),
        ]),
  ];
};

const noCalls: CallCounts = { reached: 0, notReached: 0, returned: 0, units: 0 };
export const parseCallCounts = (item: Item | undefined): CallCounts => CallCounts.parse({ ...noCalls, ...item });
