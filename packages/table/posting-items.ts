/** Documents on their way into the ledger as items, and what an entry of one does: its row, its movement, its lot, its packs. */
import { isTransit, type Movement } from '@darmon/domain/ledger';
import { type Entry, keptProblems, Posting, PostingLine, type PostingProblem } from '@darmon/domain/posting';
import type { RegisterEntry } from '@darmon/domain/register';
import { tashkentDay } from '@darmon/domain/time';
import {
  countKey,
  importKey,
  type Key,
  postingChunkKey,
  postingKey,
  postingsPartition,
  receiptKey,
  reversalKey,
  transferKey,
  writeOffKey,
} from './keys.ts';
import { packedLines, unpackedLines } from './packed-lines.ts';
import type { Item } from './page.ts';
import { registerActions } from './register-items.ts';
import { moveSerialAction } from './serial-items.ts';
import { lotAction, moveAction, movementAction, type RowMove, receiveAction } from './stock-items.ts';
import { type Action, absent, put, update } from './transact.ts';

export const parsePosting = (item: Item): Posting => Posting.parse(item);
export const parseChunk = (item: Item): PostingLine[] => unpackedLines(PostingLine, item);

const documentKeys = {
  receipt: receiptKey,
  opening: importKey,
  shipment: transferKey,
  'transfer-receipt': transferKey,
  'write-off': writeOffKey,
  count: countKey,
  reversal: reversalKey,
} as const satisfies Record<Posting['kind'], (id: string) => Key>;
export const documentKeyOf = ({ kind, document }: Pick<Posting, 'kind' | 'document'>): Key =>
  documentKeys[kind](document);

/** An entry with its movement; `backdated` is what was read of its row, where it is dated back. */
export interface PostedEntry {
  readonly entry: Entry;
  readonly movement: Movement;
  readonly backdated?: RowMove['backdated'];
}

/** What one transaction posts. */
export interface PostedChunk {
  readonly entries: readonly PostedEntry[];
  readonly register: readonly RegisterEntry[];
}

const rowAction = (table: string, { entry, movement, backdated }: PostedEntry): Action => {
  const { place: site, quantity, row, held, usable, ...name } = entry;
  const sent = entry.kind === 'transfer-out' && !isTransit(site) ? { sent: -quantity } : {};
  const move = { at: movement.at, ...sent, ...(backdated && { backdated }) };
  if (quantity < 0 || !row)
    return moveAction(
      table,
      { site, ...name },
      { [held ? 'held' : 'free']: quantity, ...move },
      usable ? tashkentDay(Date.parse(movement.at)) : undefined,
    );
  const { region, spreads, ...about } = row;
  const { medicine, gtin, lot, expiryDate } = entry;
  return receiveAction(table, { site, medicine, gtin, lot, expiryDate, ...about, free: quantity, held: 0 }, move, {
    region,
    spreads,
    opens: entry.kind === 'opening',
  });
};

const entryActions = (table: string, posted: PostedEntry): Action[] => {
  const { entry, movement } = posted;
  const { gtin, lot, expiryDate, lotState, serials = [] } = entry;
  return [
    rowAction(table, posted),
    movementAction(table, movement),
    ...(lotState === undefined ? [] : [lotAction(table, { gtin, lot, expiryDate, state: lotState })]),
    // what leaves a place and comes to another names its packs once, where it comes to
    ...serials.map((serial) => moveSerialAction(table, entry, serial, movement.reference)),
  ];
};

export const chunkActions = (table: string, { entries, register }: PostedChunk): Action[] => [
  ...entries.flatMap((e) => entryActions(table, e)),
  ...register.flatMap((entry) => registerActions(table, entry)),
];

export const postingAction = (table: string, posting: Posting): Action =>
  put(
    table,
    { ...postingKey(posting.id), ...posting, gsi1pk: postingsPartition, gsi1sk: posting.id },
    absent,
    'changed',
  );

export const postingChunkAction = (table: string, id: string, n: number, lines: readonly PostingLine[]): Action =>
  put(table, { ...postingChunkKey(id, n), ...packedLines(lines) }, undefined, 'changed');

/** Chunk `n` is done, which only one transaction can say; with the last, the document gets the state that follows. */
export const chunkDoneActions = (
  table: string,
  posting: Posting,
  chunk: { n: number; lines: number; problems: readonly PostingProblem[] },
  at: string,
): Action[] => {
  const last = chunk.n === posting.chunks;
  const kept = chunk.problems.slice(0, Math.max(0, keptProblems - posting.problems.length));
  return [
    update(
      table,
      postingKey(posting.id),
      {
        expression: `SET #done = :n, #linesDone = #linesDone + :lines, #problems = list_append(#problems, :problems)${last ? ', #finishedAt = :at REMOVE gsi1pk, gsi1sk' : ''}`,
        names: {
          '#done': 'done',
          '#linesDone': 'linesDone',
          '#problems': 'problems',
          ...(last && { '#finishedAt': 'finishedAt' }),
        },
        values: { ':n': chunk.n, ':lines': chunk.lines, ':problems': kept, ...(last && { ':at': at }) },
      },
      { expression: '#done = :before', values: { ':before': chunk.n - 1 } },
      'changed',
    ),
    ...(last ? [documentStateAction(table, documentKeyOf(posting), 'posting', posting.after)] : []),
  ];
};

/** The next state of any document of stock: its version rises, so that whoever read it before decides again. */
const documentStateAction = (table: string, key: Key, from: string, to: string): Action =>
  update(
    table,
    key,
    {
      expression: 'SET #state = :to, #version = if_not_exists(#version, :zero) + :one',
      names: { '#state': 'state', '#version': 'version' },
      values: { ':to': to, ':zero': 0, ':one': 1 },
    },
    { expression: '#state = :from', values: { ':from': from } },
    'changed',
  );
