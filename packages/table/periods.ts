/**
 * Closed months: when each was frozen, all in one item that everybody may read along; each version of a month; and the
 * reports that were made for it.
 */
import { type Freeze, Freeze as FreezeShape, Period, PeriodReport } from '@darmon/domain/period';
import * as z from 'zod';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { allOf, type Item, type Page, type PageRequest, pageOfIndex } from './page.ts';
import { absent, atVersion, Changed, put } from './transact.ts';

const Freezes = z.object({ freezes: z.array(FreezeShape), version: z.int().nonnegative() });
/** All freezes, and how often the item was written: a month is closed under the very ones that were looked at. */
export type FreezeBook = z.infer<typeof Freezes>;
const Stored = z.object({ period: Period });
const StoredReport = z.object({ made: PeriodReport });

/** Lists show months, newest first, each by its last version; older ones are read with their month. */
const periodItem = (period: Period, listed: boolean): key.Key & Item => ({
  ...key.periodKey(period.month, period.version),
  period,
  revision: period.revision,
  ...(listed && { gsi1pk: key.periodsPartition, gsi1sk: period.month }),
});

/** Of a last version alone: one that was corrected meanwhile is in no list, and nobody goes on with it. */
const atRevision = (revision: number) => ({
  expression: '#revision = :was AND attribute_exists(#listed)',
  names: { '#revision': 'revision', '#listed': 'gsi1pk' },
  values: { ':was': revision },
});

export const periodsOf = (engine: Engine) => {
  const { client, table } = engine;
  const readFreezes = async (): Promise<FreezeBook> => {
    const item = await engine.readOne(key.freezesKey);
    return item ? Freezes.parse(item) : { freezes: [], version: 0 };
  };
  const versionsOf = async (month: string): Promise<Period[]> => {
    const items = await allOf(client, table, { pk: key.periodKey(month, 1).pk, skPrefix: key.periodVersionPrefix });
    return items.map((item) => Stored.parse(item).period);
  };
  return {
    /** Which months are closed, and since when; strongly read, one item for all of them. */
    async loadFreezes(): Promise<Freeze[]> {
      return (await readFreezes()).freezes;
    },
    loadFreezeBook: readFreezes,
    /** Every version of a month, oldest first; none where it is open. */
    loadPeriodVersions: versionsOf,
    async loadPeriod(month: string, version: number): Promise<Period | undefined> {
      const item = await engine.readOne(key.periodKey(month, version));
      return item && Stored.parse(item).period;
    },
    /** The last version of each month, newest month first. */
    async listPeriods(request: PageRequest): Promise<Page<Period>> {
      const page = await pageOfIndex(
        client,
        table,
        { index: 'gsi1', partition: key.periodsPartition, backwards: true },
        request,
      );
      return { ...page, items: page.items.map((item) => Stored.parse(item).period) };
    },
    /** Closes a month. @throws Changed where any month was closed since the book was read */
    async freezePeriod(period: Period, { freezes, version }: FreezeBook, change: Change): Promise<void> {
      const next = [...freezes, { month: period.month, at: period.frozenAt }];
      const unread = version === 0 ? absent : atVersion(version);
      await engine.commit([
        put(table, { ...key.freezesKey, freezes: next, version: version + 1 }, unread, 'changed'),
        put(table, periodItem(period, true), absent, 'changed'),
        ...engine.changeActions(key.periodKey(period.month, 1).pk, change),
      ]);
    },
    /** Begins a correction; what it corrects leaves the list and is else as it was. @throws Changed where somebody was faster */
    async correctPeriod(period: Period, last: Period, change: Change): Promise<void> {
      await engine.commit([
        put(table, periodItem(period, true), absent, 'changed'),
        put(table, periodItem(last, false), atRevision(last.revision), 'changed'),
        ...engine.changeActions(key.periodKey(period.month, 1).pk, change),
      ]);
    },
    /** A version as it is now; with an event where that is a step. @throws Changed where somebody else was faster */
    async commitPeriod(period: Period, change?: Change): Promise<void> {
      await engine.commit([
        put(table, periodItem(period, true), atRevision(period.revision - 1), 'changed'),
        ...(change ? engine.changeActions(key.periodKey(period.month, 1).pk, change) : []),
      ]);
    },
    /** The reports of a version that are made, in the order of their kinds. */
    async loadPeriodReports({ month, version }: Pick<Period, 'month' | 'version'>): Promise<PeriodReport[]> {
      const skPrefix = key.periodReportPrefix(version);
      const items = await allOf(client, table, { pk: key.periodKey(month, 1).pk, skPrefix });
      return items.map((item) => StoredReport.parse(item).made);
    },
    /** Adds a paper to a report that was made; false where somebody added one, or another report counts, meanwhile. */
    async addPeriodPaper(
      { month, version }: Pick<Period, 'month' | 'version'>,
      made: PeriodReport,
      file: PeriodReport['files'][number],
    ): Promise<boolean> {
      const next = { ...made, files: [...made.files, file] };
      const item = { ...key.periodReportKey(month, version, made.report), made: next };
      const unchanged = {
        expression: '#made.#madeAt = :was AND size(#made.#files) = :files',
        names: { '#made': 'made', '#madeAt': 'madeAt', '#files': 'files' },
        values: { ':was': made.madeAt, ':files': made.files.length },
      };
      try {
        await engine.commit([put(table, item, unchanged, 'changed')]);
        return true;
      } catch (error) {
        if (error instanceof Changed) return false;
        throw error;
      }
    },
    /** Keeps a report that was made; false where somebody kept one before, which then counts. */
    async keepPeriodReport(
      { month, version }: Pick<Period, 'month' | 'version'>,
      made: PeriodReport,
    ): Promise<boolean> {
      const item = { ...key.periodReportKey(month, version, made.report), made };
      try {
        await engine.commit([put(table, item, absent, 'changed')]);
        return true;
      } catch (error) {
        if (error instanceof Changed) return false;
        throw error;
      }
    },
  };
};
