/** Counts: freezing the book of their lines, entries of several people at once, and the way into the ledger. */
import { CountLine } from '@darmon/domain/count';
import * as z from 'zod';
import * as counts from './count-items.ts';
import { type Change, type Engine, marked } from './engine.ts';
import * as key from './keys.ts';
import { allOf, type Page, type PageRequest, pageOf, pageOfIndex } from './page.ts';
import { type Prepared, startPosting } from './postings.ts';
import * as stock from './stock-items.ts';

const Latest = z.object({ count: z.string() });

export const countsOf = (engine: Engine) => {
  const { client, table } = engine;
  const subjectOf = (id: string): string => key.countKey(id).pk;
  return {
    async loadCount(id: string): Promise<counts.CountItem | undefined> {
      const item = await engine.readOne(key.countKey(id));
      return item && counts.CountItem.parse(item);
    },
    /** The count that was begun last at a site, as it stands. */
    async loadLatestCount(site: string): Promise<counts.CountItem | undefined> {
      const latest = await engine.readOne(key.latestCountKey(site));
      const item = latest && (await engine.readOne(key.countKey(Latest.parse(latest).count)));
      return item && counts.CountItem.parse(item);
    },
    async listCounts(site: string, request: PageRequest): Promise<Page<counts.CountItem>> {
      const page = await pageOfIndex(
        client,
        table,
        { index: 'gsi1', partition: key.countsPartition(site), backwards: true },
        request,
      );
      return { ...page, items: page.items.map((item) => counts.CountItem.parse(item)) };
    },
    /** Rows of a site with their history, a page at a time. */
    async pageOfLedgerRows(site: string, request: PageRequest): Promise<Page<stock.LedgerRow>> {
      const page = await pageOfIndex(client, table, { index: 'gsi1', partition: stock.stockOfSite(site) }, request);
      const { blocked } = await engine.readWithCountry([]);
      return {
        ...page,
        items: page.items.map((item) => {
          const read = stock.parseLedgerRow(item);
          return { ...read, row: marked([read.row], blocked)[0] ?? read.row };
        }),
      };
    },
    /** Lines by name, strongly; those that are not in the count are undefined. */
    async loadCountLines(id: string, names: readonly { gtin: string; lot: string }[]) {
      const items = await engine.readMany(names.map((name) => key.countLineKey(id, name)));
      return items.map((item) => item && CountLine.parse(item));
    },
    async pageOfCountLines(id: string, request: PageRequest): Promise<Page<CountLine>> {
      const page = await pageOf(client, table, { pk: subjectOf(id), skPrefix: key.countLinePrefix }, request);
      return { ...page, items: page.items.map((item) => CountLine.parse(item)) };
    },
    async loadAllCountLines(id: string): Promise<CountLine[]> {
      const items = await allOf(client, table, { pk: subjectOf(id), skPrefix: key.countLinePrefix });
      return items.map((item) => CountLine.parse(item));
    },
    async loadCountReasons(id: string): Promise<counts.GivenReason[]> {
      const items = await allOf(client, table, { pk: subjectOf(id), skPrefix: key.countReasonsPrefix });
      return items.flatMap((item) => counts.CountReasons.parse(item).reasons);
    },
    /** Packs and lots as the country knows them, and what is blocked everywhere. */
    async loadCountLots(lots: readonly { gtin: string; lot: string }[]) {
      const { found, blocked } = await engine.readWithCountry([
        ...lots.map((l) => key.gtinKey(l.gtin)),
        ...lots.map((l) => key.lotKey(l.gtin, l.lot)),
      ]);
      const packs = found.slice(0, lots.length).map((item) => item && stock.KnownPack.parse(item));
      const known = found.slice(lots.length).map((item) => item && stock.LotItem.parse(item));
      return { packs, known, blocked };
    },
    /** @throws Changed where another count began meanwhile */
    async commitCount(item: counts.CountItem, before: string | undefined, change: Change): Promise<void> {
      await engine.commit([
        counts.countAction(table, item),
        counts.latestCountAction(table, item.site, item.id, before),
        ...engine.changeActions(subjectOf(item.id), change, item.site),
      ]);
    },
    /** A page of lines, and where freezing goes on. @throws Changed where somebody else froze it */
    async commitFrozen(item: counts.CountItem, lines: readonly CountLine[]): Promise<void> {
      await engine.commit([
        counts.countAction(table, item),
        ...lines.map((line) => counts.countLineAction(table, item.id, line, true)),
      ]);
    },
    /** @throws Changed where somebody else counted one of the lines, Refusal `document-closed` */
    async commitEntries(
      item: counts.CountItem,
      lines: readonly { line: CountLine; isNew: boolean }[],
      sums: Parameters<typeof counts.countSumsAction>[2],
      change: Change,
    ): Promise<void> {
      await engine.commit([
        counts.countSumsAction(table, item.id, sums),
        ...lines.map(({ line, isNew }) => counts.countLineAction(table, item.id, line, isNew)),
        ...engine.changeActions(subjectOf(item.id), change, item.site),
      ]);
    },
    /** The next state of a count, without stock. @throws Changed */
    async commitCountState(item: counts.CountItem, change: Change): Promise<void> {
      await engine.commit([
        counts.countAction(table, item),
        ...engine.changeActions(subjectOf(item.id), change, item.site),
      ]);
    },
    /** @throws Changed where an entry came since, or stock is not as it was */
    async commitCountPosting(
      item: counts.CountItem,
      prepared: Prepared,
      reasons: readonly counts.GivenReason[],
      change: Change,
    ): Promise<void> {
      await startPosting(
        engine,
        prepared,
        [counts.countAction(table, item), ...counts.countReasonsActions(table, item.id, reasons)],
        engine.changeActions(subjectOf(item.id), change, item.site),
      );
    },
  };
};
