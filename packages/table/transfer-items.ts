/** Transfers as items: the head, which everything about it passes through, its lines, the picks of a line, its arrivals. */
import { Pick, Transfer, TransferArrival, TransferLine } from '@darmon/domain/transfer';
import * as z from 'zod';
import {
  transferArrivalKey,
  transferKey,
  transferLinesKey,
  transferPicksKey,
  transfersFromPartition,
  transfersToPartition,
} from './keys.ts';
import type { Item } from './page.ts';
import { type Action, absent, atVersion, put, update } from './transact.ts';

export const parseTransfer = (item: Item): Transfer => Transfer.parse(item);
const Lines = z.object({ lines: z.array(TransferLine) });
export const parseTransferLines = (item: Item): TransferLine[] => Lines.parse(item).lines;
export const parseArrival = (item: Item): TransferArrival => TransferArrival.parse(item);

/** What was picked for a line, and how often that changed. */
export const LinePicks = z.object({ line: z.int(), version: z.int(), picks: z.array(Pick) });
export type LinePicks = z.infer<typeof LinePicks>;
export const parseLinePicks = (item: Item): LinePicks => LinePicks.parse(item);

/** The head over the version before; the first is new. */
export const transferAction = (table: string, transfer: Transfer): Action =>
  put(
    table,
    {
      ...transferKey(transfer.id),
      ...transfer,
      gsi1pk: transfersFromPartition(transfer.from),
      gsi1sk: transfer.id,
      gsi2pk: transfersToPartition(transfer.to),
      gsi2sk: transfer.id,
    },
    transfer.version === 1 ? absent : atVersion(transfer.version - 1),
    'changed',
  );

/** Somebody picks or puts back: several may at once, as long as nobody ships or gives it up meanwhile. */
export const pickingAction = (
  table: string,
  id: string,
  states: readonly Transfer['state'][],
  to?: Transfer['state'],
): Action =>
  update(
    table,
    transferKey(id),
    {
      expression: `SET #version = #version + :one${to === undefined ? '' : ', #state = :to'}`,
      names: { '#version': 'version' },
      values: { ':one': 1, ...(to !== undefined && { ':to': to }) },
    },
    {
      expression: `#state IN (${states.map((_, i) => `:state${i}`).join(', ')})`,
      names: { '#state': 'state' },
      values: Object.fromEntries(states.map((state, i) => [`:state${i}`, state])),
    },
    'changed',
  );

export const transferLinesAction = (table: string, id: string, lines: readonly TransferLine[]): Action =>
  put(table, { ...transferLinesKey(id), lines }, undefined, 'changed');

export const linePicksAction = (table: string, id: string, of: LinePicks): Action =>
  put(
    table,
    { ...transferPicksKey(id, of.line), ...of },
    of.version === 1 ? absent : atVersion(of.version - 1),
    'changed',
  );

export const arrivalAction = (table: string, id: string, arrival: TransferArrival): Action =>
  put(table, { ...transferArrivalKey(id, arrival.id), ...arrival }, absent, 'changed');
