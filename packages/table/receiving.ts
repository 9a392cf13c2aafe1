/** Deliveries: what is expected, receipts with their discrepancies, the release of lots and where they are put. */
import type { Movement } from '@darmon/domain/ledger';
import type { PurchaseOrder } from '@darmon/domain/purchase-order';
import type { AnnouncedLine, ExpectedUnit } from '@darmon/domain/receiving';
import type { StockRow } from '@darmon/domain/stock';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { orderAction } from './order-items.ts';
import { allOf, type Page, type PageRequest, pageOfIndex } from './page.ts';
import { type Prepared, startPosting } from './postings.ts';
import * as receipts from './receipt-items.ts';
import * as stock from './stock-items.ts';
import type { Action } from './transact.ts';

/** Parts are large, and a transaction has its own limit of bytes. */
const partsAtOnce = 10;
/** Lines that stand in the receipt itself. */
const linesInHead = 100;

export const receivingOf = (engine: Engine) => {
  const { client, table } = engine;
  /** What nobody refers to yet, and what is never read where nobody ever does. */
  const storeParts = async (parts: readonly Action[]): Promise<void> => {
    for (let at = 0; at < parts.length; at += partsAtOnce) await engine.commit(parts.slice(at, at + partsAtOnce));
  };
  const linesOf = (expected: receipts.ExpectedItem): Promise<AnnouncedLine[]> =>
    engine
      .readMany(
        Array.from({ length: expected.parts }, (_, n) => key.expectedLinesKey(expected.id, expected.revision, n)),
      )
      .then((items) => items.flatMap((item) => (item ? receipts.parseExpectedPart(item) : [])));
  const loadReceipt = async (id: string): Promise<receipts.ReceiptItem | undefined> => {
    const item = await engine.readOne(key.receiptKey(id));
    return item && receipts.ReceiptItem.parse(item);
  };
  const loadExpected = async (id: string): Promise<receipts.ExpectedItem | undefined> => {
    const item = await engine.readOne(key.expectedKey(id));
    return item && receipts.ExpectedItem.parse(item);
  };
  return {
    loadReceipt,
    loadExpected,
    loadExpectedLines: linesOf,
    /** Part `n` of the lines, and of the cartons. */
    async loadExpectedPart(expected: receipts.ExpectedItem, n: number) {
      const [lines, units] = await engine.readMany([
        key.expectedLinesKey(expected.id, expected.revision, n),
        key.expectedUnitsKey(expected.id, n),
      ]);
      return {
        lines: lines ? receipts.parseExpectedPart(lines) : [],
        units: units ? receipts.parseUnitsPart(units) : [],
      };
    },
    /**
     * Commits a receipt with what it posts, its discrepancies, and what it leaves of the expected list. Long parts are
     * stored before; none counts before the receipt does.
     */
    async commitReceipt(input: {
      receipt: Omit<receipts.ReceiptItem, 'parts' | 'lines' | 'version' | 'discrepancies' | 'open'>;
      lines: readonly receipts.ReceivedLine[];
      discrepancies: readonly receipts.DiscrepancyItem[];
      expected: { list: receipts.ExpectedItem; lines: readonly AnnouncedLine[] } | undefined;
      document: { supplier: string; number: string } | undefined;
      /** The order that it was for, as the receipt leaves it. */
      order?: PurchaseOrder | undefined;
      prepared: Prepared;
      change: Change;
    }): Promise<void> {
      const { lines, discrepancies } = input;
      const { id, site } = input.receipt;
      const parts = lines.length > linesInHead ? receipts.inParts(lines, 500) : [];
      const left = input.expected && receipts.inParts(input.expected.lines);
      const list = input.expected && left && { ...input.expected.list, parts: left.length };
      const many = discrepancies.map((d) => receipts.discrepancyAction(table, d));
      for (let at = 0; at < many.length; at += 50) await engine.commit(many.slice(at, at + 50));
      await storeParts([
        ...parts.map((part, n) => receipts.receiptPartAction(table, id, n, part)),
        ...(list && left ? left.map((part, n) => receipts.expectedPartAction(table, list, n, part)) : []),
      ]);
      await startPosting(
        engine,
        input.prepared,
        [
          receipts.receiptHeadAction(table, {
            ...input.receipt,
            version: 0,
            parts: parts.length,
            ...(parts.length === 0 && { lines: [...lines] }),
            discrepancies: discrepancies.length,
            open: discrepancies.length,
          }),
          ...(list ? [receipts.expectedAction(table, list)] : []),
          ...(input.document ? [stock.documentAction(table, site, input.document, id)] : []),
          ...(input.order ? [orderAction(table, input.order)] : []),
        ],
        engine.changeActions(key.receiptKey(id).pk, input.change, site),
      );
    },
    async loadReceiptPart(id: string, n: number): Promise<receipts.ReceivedLine[]> {
      const item = await engine.readOne(key.receiptLinesKey(id, n));
      return item ? receipts.parseReceiptPart(item) : [];
    },
    /** The newest first. */
    async listReceipts(site: string, request: PageRequest): Promise<Page<receipts.ReceiptItem>> {
      const page = await pageOfIndex(
        client,
        table,
        { index: 'gsi1', partition: key.receiptsPartition(site), backwards: true },
        request,
      );
      return { ...page, items: page.items.map((i) => receipts.ReceiptItem.parse(i)) };
    },
    async loadDiscrepancies(receipt: string): Promise<receipts.DiscrepancyItem[]> {
      const items = await allOf(client, table, {
        pk: key.receiptKey(receipt).pk,
        skPrefix: key.discrepancyPrefix,
      });
      return items.map((i) => receipts.DiscrepancyItem.parse(i));
    },
    /** Receipts with something open, the oldest first. */
    async listUnsettled(site: string, request: PageRequest): Promise<Page<receipts.ReceiptItem>> {
      const page = await pageOfIndex(
        client,
        table,
        { index: 'gsi2', partition: key.discrepanciesPartition(site) },
        request,
      );
      return { ...page, items: page.items.map((i) => receipts.ReceiptItem.parse(i)) };
    },
    async loadDiscrepancy(receipt: string, n: number): Promise<receipts.DiscrepancyItem | undefined> {
      const item = await engine.readOne(key.discrepancyKey(receipt, n));
      return item && receipts.DiscrepancyItem.parse(item);
    },
    async commitResolution(
      receipt: receipts.ReceiptItem,
      resolved: receipts.DiscrepancyItem,
      change: Change,
    ): Promise<void> {
      await engine.commit([
        ...receipts.resolveActions(table, receipt, resolved),
        ...engine.changeActions(key.receiptKey(receipt.id).pk, change, receipt.site),
      ]);
    },
    async commitExpected(
      expected: Omit<receipts.ExpectedItem, 'parts' | 'unitParts'>,
      lines: readonly AnnouncedLine[],
      units: readonly ExpectedUnit[],
      change: Change,
    ): Promise<void> {
      const parts = receipts.inParts(lines);
      const unitParts = units.length > 0 ? receipts.inParts(units) : [];
      await storeParts([
        ...parts.map((part, n) => receipts.expectedPartAction(table, expected, n, part)),
        ...unitParts.map((part, n) => receipts.unitsPartAction(table, expected.id, n, part)),
      ]);
      await engine.commit([
        ...receipts.announceActions(table, { ...expected, parts: parts.length, unitParts: unitParts.length }),
        ...engine.changeActions(key.expectedKey(expected.id).pk, change, expected.site),
      ]);
    },
    async listExpected(
      site: string,
      state: 'open' | 'closed' | undefined,
      request: PageRequest,
    ): Promise<Page<receipts.ExpectedItem>> {
      const page = await pageOfIndex(
        client,
        table,
        {
          index: 'gsi1',
          partition: key.expectedPartition(site),
          backwards: true,
          ...(state !== undefined && { prefix: `${state}#` }),
        },
        request,
      );
      return { ...page, items: page.items.map((i) => receipts.ExpectedItem.parse(i)) };
    },
    /** Quality control lets the lot go, here and for what comes of it later. */
    async commitRelease(row: StockRow, movement: Movement, change: Change): Promise<void> {
      await engine.commit([
        ...stock.releaseActions(table, row),
        stock.movementAction(table, movement),
        ...engine.changeActions(key.lotKey(row.gtin, row.lot).pk, change, row.site),
      ]);
    },
    async commitPlace(row: StockRow, place: { zone: string; shelf?: string }, change: Change): Promise<void> {
      await engine.commit([
        stock.placeAction(table, row, place),
        ...engine.changeActions(key.lotKey(row.gtin, row.lot).pk, change, row.site),
      ]);
    },
  };
};
