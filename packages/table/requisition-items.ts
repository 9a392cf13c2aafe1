/** Requisitions as items: the head, which every step passes through, and the lines packed in parts. */
import { isOpen, Requisition, RequisitionLine } from '@darmon/domain/requisition';
import * as z from 'zod';
import {
  planRequisitionKey,
  requisitionKey,
  requisitionLinesKey,
  requisitionsInPartition,
  requisitionsPartition,
} from './keys.ts';
import { packedLines, unpackedLines } from './packed-lines.ts';
import type { Item } from './page.ts';
import { type Action, absent, atVersion, put } from './transact.ts';

/** With the arithmetic of every line, far within what an item holds. */
const linesInPart = 250;

/** `linesOf` is the version at which the lines were last written, in so many parts. */
const Stored = Requisition.extend({ linesOf: z.int().positive(), parts: z.int().positive() });
export type StoredRequisition = z.infer<typeof Stored>;
export const parseRequisition = (item: Item): StoredRequisition => Stored.parse(item);

/** Undefined where the part is of other lines than the head. */
export const parseRequisitionLines = (
  item: Item | undefined,
  head: StoredRequisition,
): RequisitionLine[] | undefined => (item?.linesOf === head.linesOf ? unpackedLines(RequisitionLine, item) : undefined);

/** What waits longest for the same people comes first, but for what is urgent. */
const waitsAs = ({ kind, id }: Requisition): string => `${kind === 'emergency' ? 0 : 1}#${id}`;

/** Somebody waits for it: a person, or the budget for what becomes of its money. */
const isWaiting = ({ state, taken, settled }: Requisition): boolean =>
  isOpen(state) || (state === 'released' && taken !== undefined && settled?.done !== true);

/** The head over the version before; the first is new. What nobody waits for leaves the lists of those who do. */
export const requisitionAction = (table: string, stored: StoredRequisition): Action =>
  put(
    table,
    {
      ...requisitionKey(stored.id),
      ...stored,
      gsi1pk: requisitionsPartition(stored.site),
      gsi1sk: stored.id,
      ...(isWaiting(stored) && { gsi2pk: requisitionsInPartition(stored.state), gsi2sk: waitsAs(stored) }),
    },
    stored.version === 1 ? absent : atVersion(stored.version - 1),
    'changed',
  );

/** The head with its lines, all of them written anew. */
export const requisitionWithLinesActions = (
  table: string,
  head: Requisition,
  lines: readonly RequisitionLine[],
): Action[] => {
  const parts = Math.max(1, Math.ceil(lines.length / linesInPart));
  const linesOf = head.version;
  return [
    requisitionAction(table, { ...head, linesOf, parts }),
    ...Array.from({ length: parts }, (_, n) =>
      put(
        table,
        {
          ...requisitionLinesKey(head.id, n),
          linesOf,
          ...packedLines(lines.slice(n * linesInPart, (n + 1) * linesInPart)),
        },
        undefined,
        'changed',
      ),
    ),
  ];
};

/** One requisition a site and week, however often the plan is run. */
export const planRequisitionAction = (table: string, site: string, week: string, id: string): Action =>
  put(table, { ...planRequisitionKey(site, week), id }, absent, 'changed');
