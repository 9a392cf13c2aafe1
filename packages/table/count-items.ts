/** Counts as items: the head with its sums, the lines with their frozen book, and why lines differ. */
import { type CountLine, CountReason, CountScope, CountState } from '@darmon/domain/count';
import { Instant } from '@darmon/domain/time';
import * as z from 'zod';
import { countKey, countLineKey, countReasonsKey, countsPartition, latestCountKey } from './keys.ts';
import { type Action, absent, atVersion, put, update } from './transact.ts';

export const CountItem = z.object({
  id: z.string(),
  site: z.string(),
  scope: CountScope,
  blind: z.boolean(),
  /** The medicines that the scope came to. */
  medicines: z.array(z.string()).exactOptional(),
  state: CountState,
  person: z.string(),
  at: Instant,
  /** Rises with every entry and every state. */
  version: z.int().positive(),
  /** Where freezing goes on, while it does. */
  cursor: z.string().exactOptional(),
  lines: z.int().nonnegative(),
  counted: z.int().nonnegative(),
  differing: z.int().nonnegative(),
  recounts: z.int().nonnegative(),
  /** Why it was cancelled. */
  reason: z.string().exactOptional(),
  closedAt: Instant.exactOptional(),
  closedBy: z.string().exactOptional(),
});
export type CountItem = z.infer<typeof CountItem>;

const Reason = z.object({ gtin: z.string(), lot: z.string(), reason: CountReason, note: z.string().exactOptional() });
export const CountReasons = z.object({ reasons: z.array(Reason) });
export type GivenReason = z.infer<typeof Reason>;

/** Reasons that one item holds. */
const reasonsAtOnce = 1_000;

/** The head as it is next; only whoever read the one before may write it. */
export const countAction = (table: string, item: CountItem): Action =>
  put(
    table,
    { ...countKey(item.id), ...item, gsi1pk: countsPartition(item.site), gsi1sk: item.id },
    item.version === 1 ? absent : atVersion(item.version - 1),
    'changed',
  );

export const latestCountAction = (table: string, site: string, id: string, before: string | undefined): Action =>
  put(
    table,
    { ...latestCountKey(site), count: id },
    before === undefined
      ? absent
      : { expression: '#count = :before', names: { '#count': 'count' }, values: { ':before': before } },
    'changed',
  );

/** A frozen line is new; a counted one follows the one that was read. */
export const countLineAction = (table: string, id: string, line: CountLine, isNew: boolean): Action =>
  put(table, { ...countLineKey(id, line), ...line }, isNew ? absent : atVersion(line.version - 1), 'changed');

/** Adds to the sums of an open count, several people at once; refused once it is closed. */
export const countSumsAction = (
  table: string,
  id: string,
  sums: Readonly<Record<'lines' | 'counted' | 'differing' | 'recounts', number>>,
): Action => {
  const names = Object.keys(sums);
  return update(
    table,
    { ...countKey(id) },
    {
      expression: `SET ${[...names, 'version'].map((name) => `#${name} = #${name} + :${name}`).join(', ')}`,
      names: Object.fromEntries([...names, 'version', 'state'].map((name) => [`#${name}`, name])),
      values: {
        ...Object.fromEntries(Object.entries(sums).map(([name, value]) => [`:${name}`, value])),
        ':version': 1,
      },
    },
    { expression: '#state = :open', values: { ':open': 'open' } },
    'document-closed',
  );
};

export const countReasonsActions = (table: string, id: string, reasons: readonly GivenReason[]): Action[] =>
  Array.from({ length: Math.ceil(reasons.length / reasonsAtOnce) }, (_, i) =>
    put(
      table,
      { ...countReasonsKey(id, i + 1), reasons: reasons.slice(i * reasonsAtOnce, (i + 1) * reasonsAtOnce) },
      undefined,
      'changed',
    ),
  );
