/** Opening balances as items: the import, which is the document of its movements, and its parts with what is wrong in them. */
import type { PostingLine } from '@darmon/domain/posting';
import { ImportProblem } from '@darmon/domain/stock-import';
import { dayMs, Instant } from '@darmon/domain/time';
import * as z from 'zod';
import { importKey, importPartKey } from './keys.ts';
import { postingChunkAction } from './posting-items.ts';
import { type Action, absent, put, update } from './transact.ts';

export const ImportItem = z.object({
  id: z.string(),
  site: z.string(),
  kind: z.enum(['opening']),
  name: z.string(),
  rows: z.int().positive(),
  state: z.enum(['loading', 'posting', 'posted']),
  /** Rises with each part and each state. */
  version: z.int(),
  person: z.string(),
  at: Instant,
});
export type ImportItem = z.infer<typeof ImportItem>;

export const ImportPart = z.object({
  from: z.int().nonnegative(),
  count: z.int().positive(),
  /** `gtin#lot` of each row, empty where it could not be read. */
  names: z.array(z.string()),
  problems: z.array(ImportProblem),
  problemCount: z.int().nonnegative(),
});
export type ImportPart = z.infer<typeof ImportPart>;

/** Parts that were never posted are forgotten after this; what was posted stands in the ledger. */
const keptDays = 30;
const ttlOf = (now: number): number => Math.floor((now + keptDays * dayMs) / 1000);

export const importAction = (table: string, item: ImportItem): Action =>
  put(table, { ...importKey(item.id), ...item }, absent, 'changed');

const next = (table: string, id: string, version: number | undefined, to: ImportItem['state']): Action =>
  update(
    table,
    importKey(id),
    {
      expression: 'SET #state = :to, #version = #version + :one',
      names: { '#state': 'state', '#version': 'version' },
      values: { ':to': to, ':one': 1 },
    },
    {
      expression: version === undefined ? '#state = :loading' : '#state = :loading AND #version = :was',
      values: { ':loading': 'loading', ...(version !== undefined && { ':was': version }) },
    },
    version === undefined ? 'document-closed' : 'changed',
  );

/** A part and the chunks that would post it, in place of what came for these rows before. */
export const importPartActions = (
  table: string,
  id: string,
  part: ImportPart,
  chunks: readonly { n: number; lines: readonly PostingLine[] }[],
  now: number,
): Action[] => [
  next(table, id, undefined, 'loading'),
  put(table, { ...importPartKey(id, part.from), ...part, ttl: ttlOf(now) }, undefined, 'changed'),
  ...chunks.map(({ n, lines }) => postingChunkAction(table, id, n, lines)),
];

/** From loading to posting, on condition that no part came since it was judged. */
export const importPostingAction = (table: string, { id, version }: ImportItem): Action =>
  next(table, id, version, 'posting');
