/** What was used at a site, kept by medicine and month; and the rows it is reckoned from, as they are stored. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { MonthUse } from '@darmon/domain/consumption';
import { Day, Instant } from '@darmon/domain/time';
import * as z from 'zod';
import type { Engine } from './engine.ts';
import * as key from './keys.ts';
import { allOf, type Page, type PageRequest, pageOf, pageOfIndex } from './page.ts';
import { type LedgerRow, parseLedgerRow, stockOfSite } from './stock-items.ts';

/** How far a site's use is kept, and what is being reckoned where somebody is at it. */
export const Rolled = z.object({
  site: z.string(),
  /** Everything through this day is kept; absent before the first time. */
  through: Day.exactOptional(),
  at: Instant,
  /** Months from `from` through a day are being reckoned; medicines through `after` are done. */
  working: z.object({ from: z.string(), through: Day, after: z.string() }).exactOptional(),
});
export type Rolled = z.infer<typeof Rolled>;

export const consumptionOf = (engine: Engine) => {
  const { client, table } = engine;
  const keep = (at: key.Key, item: object) =>
    client.send(new PutCommand({ TableName: table, Item: { ...at, ...item } }));
  return {
    /** All rows that the site ever had, as stored: what the country blocks without touching a row is not marked. */
    async listPastRows(site: string, request: PageRequest): Promise<Page<LedgerRow>> {
      const page = await pageOfIndex(client, table, { index: 'gsi1', partition: stockOfSite(site) }, request);
      return { ...page, items: page.items.map(parseLedgerRow) };
    },
    /** The same of one medicine. */
    async loadPastRows(site: string, medicine: string): Promise<LedgerRow[]> {
      const rows = await allOf(client, table, { pk: key.stockPartition(site, medicine), skPrefix: 'STOCK#' });
      return rows.map(parseLedgerRow);
    },
    /** Months of a medicine that are kept, the oldest first. */
    async loadConsumption(site: string, medicine: string): Promise<MonthUse[]> {
      const items = await allOf(client, table, {
        pk: key.consumptionPartition(site),
        skPrefix: key.consumptionPrefix(medicine),
      });
      return items.map((item) => MonthUse.parse(item));
    },
    /** All that is kept of a site, medicine by medicine, each with the oldest month first. */
    async listConsumption(site: string, request: PageRequest): Promise<Page<MonthUse>> {
      const page = await pageOf(client, table, { pk: key.consumptionPartition(site), skPrefix: 'USE#' }, request);
      return { ...page, items: page.items.map((item) => MonthUse.parse(item)) };
    },
    /**
     * Keeps months as they are given. Those that are kept so already, and those of no days, cost no write. Gives those
     * that were kept otherwise, as they were and as they are.
     */
    async keepConsumption(months: readonly MonthUse[]): Promise<{ before: MonthUse; after: MonthUse }[]> {
      const kept = (await engine.readMany(months.map(key.consumptionKey))).map((item) => item && MonthUse.parse(item));
      const changed = months.flatMap((after, i) => {
        const before = kept[i];
        const isSame = before ? JSON.stringify(before.days) === JSON.stringify(after.days) : after.days.length === 0;
        return isSame ? [] : [{ before, after }];
      });
      await Promise.all(changed.map(({ after }) => keep(key.consumptionKey(after), after)));
      return changed.flatMap(({ before, after }) => (before ? [{ before, after }] : []));
    },
    /** In the order asked for; undefined where nothing was reckoned yet. */
    async loadRolled(sites: readonly string[]): Promise<(Rolled | undefined)[]> {
      return (await engine.readMany(sites.map(key.rolledKey))).map((item) => item && Rolled.parse(item));
    },
    async keepRolled(rolled: Rolled): Promise<void> {
      await keep(key.rolledKey(rolled.site), rolled);
    },
  };
};
