/** Receipts, their discrepancies and expected deliveries as items. What is long lies in parts, which count once the head names them. */
import { Backdated } from '@darmon/domain/ledger';
import { Gtin, MedicineCode } from '@darmon/domain/medicine';
import { AnnouncedLine, Arrival, Discrepancy, ExpectedUnit, Resolution } from '@darmon/domain/receiving';
import { Lot, LotState, Shelf, Zone } from '@darmon/domain/stock';
import { Day, Instant } from '@darmon/domain/time';
import * as z from 'zod';
import {
  announcementKey,
  discrepanciesPartition,
  discrepancyKey,
  expectedKey,
  expectedLinesKey,
  expectedPartition,
  expectedUnitsKey,
  receiptKey,
  receiptLinesKey,
  receiptsPartition,
} from './keys.ts';
import { packedLines, unpackedLines } from './packed-lines.ts';
import type { Item } from './page.ts';
import { type Action, absent, atVersion, put, update } from './transact.ts';

/** What one line of a receipt put on the shelf. */
export const ReceivedLine = z
  .object({
    gtin: Gtin,
    medicine: MedicineCode,
    lot: Lot,
    expiryDate: Day,
    /** Of all lines of the lot together, which may pass what one line can say. */
    quantity: z.int().positive(),
    state: LotState.exactOptional(),
    packUnits: z.int().positive().exactOptional(),
    packPrice: z.int().nonnegative().exactOptional(),
    zone: Zone.exactOptional(),
    shelf: Shelf.exactOptional(),
  })
  .meta({ id: 'ReceivedLine' });
export type ReceivedLine = z.infer<typeof ReceivedLine>;

const SupplierDocument = z
  .object({ supplier: z.string().trim().min(1).max(60), number: z.string().trim().min(1).max(40) })
  .meta({ id: 'SupplierDocument', description: 'The supplier’s own paper, received once' });

export const ReceiptItem = z.object({
  id: z.string(),
  site: z.string(),
  at: Instant,
  person: z.string(),
  state: z.enum(['posted', 'posting']),
  version: z.int().default(0),
  /** Lines that it put on the shelf; `lines` where they are few, else they lie in so many parts. */
  of: z.int().nonnegative(),
  lines: z.array(ReceivedLine).exactOptional(),
  parts: z.int().nonnegative(),
  document: SupplierDocument.exactOptional(),
  order: z.string().exactOptional(),
  expected: z.string().exactOptional(),
  arrival: Arrival.exactOptional(),
  backdated: Backdated.exactOptional(),
  /** How many discrepancies it has, and how many of them are open. */
  discrepancies: z.int().nonnegative(),
  open: z.int().nonnegative(),
});
export type ReceiptItem = z.infer<typeof ReceiptItem>;

export const DiscrepancyItem = Discrepancy.extend({
  /** Computed from whole lists, and so beyond what a person may write. */
  expected: z.int().nonnegative().exactOptional(),
  received: z.int().nonnegative().exactOptional(),
  /** Of its receipt, and its number there. */
  id: z.string(),
  receipt: z.string(),
  at: Instant,
  medicine: MedicineCode.exactOptional(),
  state: z.enum(['open', 'resolved']),
  resolution: Resolution.exactOptional(),
  reason: z.string().exactOptional(),
  resolvedBy: z.string().exactOptional(),
  resolvedAt: Instant.exactOptional(),
})
  .strip()
  .meta({ id: 'RecordedDiscrepancy' });
export type DiscrepancyItem = z.infer<typeof DiscrepancyItem>;

export const ExpectedItem = z.object({
  id: z.string(),
  site: z.string(),
  at: Instant,
  person: z.string(),
  supplier: z.string(),
  number: z.string().exactOptional(),
  state: z.enum(['open', 'closed']),
  version: z.int().positive(),
  /** Lines, packs of them, cartons and pallets. */
  of: z.int().nonnegative(),
  packs: z.int().nonnegative(),
  units: z.int().nonnegative(),
  revision: z.int().positive(),
  parts: z.int().nonnegative(),
  unitParts: z.int().nonnegative(),
  receipts: z.array(z.string()),
});
export type ExpectedItem = z.infer<typeof ExpectedItem>;

/** Of an item's 400 kB, with room for the names. */
const partCharacters = 150_000;
const partItems = 1_000;

/** Divides what is too long for one item; at least one part. */
export const inParts = <T>(items: readonly T[], most = partItems): T[][] => {
  const parts: T[][] = [[]];
  let size = 0;
  for (const item of items) {
    const more = JSON.stringify(item).length;
    const part = parts.at(-1) as T[];
    if (part.length > 0 && (part.length === most || size + more > partCharacters)) {
      parts.push([item]);
      size = more;
    } else {
      part.push(item);
      size += more;
    }
  }
  return parts;
};

export const receiptHeadAction = (table: string, receipt: ReceiptItem): Action =>
  put(
    table,
    {
      ...receiptKey(receipt.id),
      ...receipt,
      gsi1pk: receiptsPartition(receipt.site),
      gsi1sk: receipt.id,
      ...(receipt.open > 0 && { gsi2pk: discrepanciesPartition(receipt.site), gsi2sk: receipt.id }),
    },
    absent,
    'changed',
  );

export const receiptPartAction = (table: string, id: string, n: number, lines: readonly ReceivedLine[]): Action =>
  put(table, { ...receiptLinesKey(id, n), ...packedLines(lines) }, undefined, 'changed');
export const parseReceiptPart = (item: Item): ReceivedLine[] => unpackedLines(ReceivedLine, item);

/** The number of a discrepancy in its receipt. */
export const discrepancyNumber = (id: string): number => Number(id.split('.')[1] ?? Number.NaN);

export const discrepancyAction = (table: string, d: DiscrepancyItem): Action =>
  put(table, { ...discrepancyKey(d.receipt, discrepancyNumber(d.id)), ...d }, undefined, 'changed');

/** Resolves one, once, and takes it off what is open of its receipt. */
export const resolveActions = (table: string, receipt: ReceiptItem, d: DiscrepancyItem): Action[] => {
  const left = receipt.open - 1;
  return [
    put(
      table,
      { ...discrepancyKey(d.receipt, discrepancyNumber(d.id)), ...d },
      { expression: '#state = :open', names: { '#state': 'state' }, values: { ':open': 'open' } },
      'changed',
    ),
    update(
      table,
      receiptKey(receipt.id),
      {
        expression: `SET #open = :left${left === 0 ? ' REMOVE gsi2pk, gsi2sk' : ''}`,
        names: { '#open': 'open' },
        values: { ':left': left },
      },
      { expression: '#open = :was', values: { ':was': receipt.open } },
      'changed',
    ),
  ];
};

const expectedItem = (expected: ExpectedItem) => ({
  ...expectedKey(expected.id),
  ...expected,
  gsi1pk: expectedPartition(expected.site),
  gsi1sk: `${expected.state}#${expected.id}`,
});

/** A new list; the supplier's number of it is taken once. */
export const announceActions = (table: string, expected: ExpectedItem): Action[] => [
  put(table, expectedItem(expected), absent, 'changed'),
  ...(expected.number === undefined
    ? []
    : [
        put(
          table,
          { ...announcementKey(expected.site, expected.supplier, expected.number), expected: expected.id },
          absent,
          'document-known',
        ),
      ]),
];

/** The list as a delivery leaves it. */
export const expectedAction = (table: string, expected: ExpectedItem): Action =>
  put(table, expectedItem(expected), atVersion(expected.version - 1), 'changed');

export const expectedPartAction = (
  table: string,
  { id, revision }: Pick<ExpectedItem, 'id' | 'revision'>,
  n: number,
  lines: readonly AnnouncedLine[],
): Action => put(table, { ...expectedLinesKey(id, revision, n), ...packedLines(lines) }, undefined, 'changed');
export const parseExpectedPart = (item: Item): AnnouncedLine[] => unpackedLines(AnnouncedLine, item);

export const unitsPartAction = (table: string, id: string, n: number, units: readonly ExpectedUnit[]): Action =>
  put(table, { ...expectedUnitsKey(id, n), units }, undefined, 'changed');
const UnitsPart = z.object({ units: z.array(ExpectedUnit) });
export const parseUnitsPart = (item: Item): ExpectedUnit[] => UnitsPart.parse(item).units;
