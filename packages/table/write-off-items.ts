/** Acts of write-off as items: the act as it was requested, and beside it what became of it. */
import { placeOf, WriteOff } from '@darmon/domain/write-off';
import { openWriteOffsPartition, writeOffKey, writeOffsPartition } from './keys.ts';
import type { Item } from './page.ts';
import { freeSerialAction, holdSerialAction } from './serial-items.ts';
import { moveAction } from './stock-items.ts';
import { type Action, absent, atVersion, put, update } from './transact.ts';

export const parseWriteOff = (item: Item): WriteOff => WriteOff.parse(item);

export const requestWriteOffAction = (table: string, act: WriteOff): Action =>
  put(
    table,
    {
      ...writeOffKey(act.id),
      ...act,
      gsi1pk: writeOffsPartition(act.site),
      gsi1sk: act.id,
      gsi2pk: openWriteOffsPartition,
      gsi2sk: act.id,
    },
    absent,
    'changed',
  );

/** What became of an act that was read as `act`; one that nobody has to sign any more leaves the list of those. */
export const writeOffChangedAction = (
  table: string,
  act: WriteOff,
  next: Pick<WriteOff, 'state'> & Partial<Pick<WriteOff, 'signatures' | 'closed'>>,
): Action => {
  const set = Object.entries({ ...next, version: act.version + 1 });
  const closes = next.state !== 'requested' ? ' REMOVE gsi2pk, gsi2sk' : '';
  const condition = atVersion(act.version);
  return update(
    table,
    writeOffKey(act.id),
    {
      expression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}${closes}`,
      names: Object.fromEntries(set.map(([name]) => [`#${name}`, name])),
      values: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
    },
    condition,
    'changed',
  );
};

/** Promises the units of an act to it, or gives them back: a line a row, since no lot is in an act twice, and the packs that it names. */
export const holdActions = (table: string, act: WriteOff, sign: 1 | -1, at: string): Action[] => {
  const place = placeOf(act);
  return act.lines.flatMap((line) => [
    moveAction(table, { site: place, ...line }, { free: -sign * line.quantity, held: sign * line.quantity, at }),
    ...(line.serials ?? []).map((serial) =>
      sign === 1
        ? holdSerialAction(table, place, { ...line, serial }, act.id)
        : freeSerialAction(table, { ...line, serial }, act.id),
    ),
  ]);
};
