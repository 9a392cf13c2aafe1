/** What is watched at a site: temperatures that were read, and what was last seen of its shelf. */

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { SiteOverview } from '@darmon/domain/overview';
import type { Policy } from '@darmon/domain/policy';
import { TemperatureReading } from '@darmon/domain/temperature';
import type { Change, Engine } from './engine.ts';
import * as key from './keys.ts';
import { type Page, type PageRequest, pageOf } from './page.ts';
import { absent, put } from './transact.ts';

export const watchOf = (engine: Engine) => {
  const { client, table } = engine;
  return {
    async readPolicy(): Promise<Policy> {
      return (await engine.readWithCountry([])).policy;
    },
    async commitTemperature(reading: TemperatureReading, change: Change): Promise<void> {
      const at = key.temperatureKey(reading.site, reading.id);
      await engine.commit([
        put(table, { ...at, ...reading }, absent, 'changed'),
        ...engine.changeActions(at.pk, change, reading.site),
      ]);
    },
    /** The newest first. */
    async listTemperatures(site: string, request: PageRequest): Promise<Page<TemperatureReading>> {
      const page = await pageOf(
        client,
        table,
        { pk: key.temperaturePartition(site), skPrefix: key.temperaturePrefix, backwards: true },
        request,
      );
      return { ...page, items: page.items.map((i) => TemperatureReading.parse(i)) };
    },
    /** Takes the place of what was seen before. */
    async keepOverview(seen: SiteOverview): Promise<void> {
      const Item = { ...key.overviewKey(seen.region, seen.site), ...seen };
      await client.send(new PutCommand({ TableName: table, Item }));
    },
    /** Region by region. */
    async listOverview(request: PageRequest): Promise<Page<SiteOverview>> {
      const page = await pageOf(client, table, { pk: key.overviewPartition, skPrefix: 'UZ-' }, request);
      return { ...page, items: page.items.map((i) => SiteOverview.parse(i)) };
    },
  };
};
