/** What is different between two sets of knowledge, row by row: what an approver has to look at. */
import * as z from 'zod';
import { KnowledgeRow } from './knowledge.ts';

/** A row of one set that the other lacks, or has otherwise. */
export const KnowledgeChange = z
  .object({ before: KnowledgeRow.exactOptional(), after: KnowledgeRow.exactOptional() })
  .meta({ id: 'KnowledgeChange', description: 'Without `before` the row is new; without `after` it is gone' });
export type KnowledgeChange = z.infer<typeof KnowledgeChange>;

const nameOf = (row: KnowledgeRow): string => `${row.kind}/${row.id}`;
const textOf = (row: KnowledgeRow): string => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Rows in the one order that the same rows always have: by kind and id. */
export const inOrder = (rows: readonly KnowledgeRow[]): KnowledgeRow[] =>
  rows
    .map((row) => ({ row, name: nameOf(row) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ row }) => row);

/** The rows as one text that does not depend on their order or on the order of their values. */
export const contentOf = (rows: readonly KnowledgeRow[]): string => inOrder(rows).map(textOf).join('\n');

/** Kinds and ids that stand more than once. */
export const repeated = (rows: readonly KnowledgeRow[]): string[] => {
  const seen = new Set<string>();
  return rows.map(nameOf).filter((name) => seen.size === seen.add(name).size);
};

/** Rows that are new, gone or different, by kind and id. A row is the same row where kind and id are. */
export const knowledgeChanges = (
  before: readonly KnowledgeRow[],
  after: readonly KnowledgeRow[],
): { added: number; removed: number; changed: number; items: KnowledgeChange[] } => {
  const old = new Map(before.map((row) => [nameOf(row), row]));
  const young = new Map(after.map((row) => [nameOf(row), row]));
  const items = inOrder([...new Map([...old, ...young]).values()]).flatMap((row): KnowledgeChange[] => {
    const [was, is] = [old.get(nameOf(row)), young.get(nameOf(row))];
    if (was && is) return textOf(was) === textOf(is) ? [] : [{ before: was, after: is }];
    return [{ ...(was && { before: was }), ...(is && { after: is }) }];
  });
  const count = (holds: (change: KnowledgeChange) => boolean) => items.filter(holds).length;
  return {
    added: count((c) => c.before === undefined),
    removed: count((c) => c.after === undefined),
    changed: count((c) => c.before !== undefined && c.after !== undefined),
    items,
  };
};
