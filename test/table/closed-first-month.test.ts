/** A month that is closed on the real engine, of a site whose first entries were dated back into it at the last moment. */
import { dayMs, dayStart, instant } from '@darmon/domain/time';
import { factJobs } from '@darmon/usecases/fact-jobs';
import { rollFacts } from '@darmon/usecases/facts';
import { receiveShipment } from '@darmon/usecases/receiving';
import { eachStockFacts } from '@darmon/usecases/stock-facts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gtins, type House, makeHouse } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('closed-first-month');
});
afterAll(() => house?.stop());

const stockJobs = factJobs.filter(({ kind }) => kind === 'stock');
const month = '2026-11';
const at = (day: string, hours: number) => dayStart(day) + hours * 3_600_000;

test('what was dated back into a month before it was closed is in it, although no night heard of it', async () => {
  const { deps, table, clock } = house;
  clock.now = at('2026-12-02', 1);
  expect(await rollFacts(deps, stockJobs, Number.MAX_SAFE_INTEGER)).toMatchObject({ failed: 0 });
  clock.now = at('2026-12-02', 15);
  const lines = [{ gtin: gtins.amoxicillin, lot: 'A', expiryDate: '2028-08-31', packs: 1 }];
  const backdated = { day: '2026-11-30', reason: 'the list came late' };
  await receiveShipment(
    deps,
    house.actor('pharmacist', 'own'),
    { site: 'PH-1', lines, backdated },
    house.once('pharmacist'),
  );

  clock.now = at('2026-12-03', 0);
  const frozenAt = instant(clock.now);
  await table.freezePeriod(
    { month, version: 1, revision: 1, state: 'frozen', frozenAt, at: frozenAt, reports: [], done: 0, signatures: [] },
    await table.loadFreezeBook(),
    {
      now: clock.now,
      event: {
        id: deps.id(),
        at: frozenAt,
        type: 'period-frozen',
        actor: { person: 'auditor', role: 'auditor', site: 'OF-1' },
        changes: { month },
      },
    },
  );
  clock.now += 60_000;
  const sites = await table.loadSites(['PH-1']);
  const closed = { month, at: Date.parse(frozenAt) };
  const [job] = stockJobs;
  expect((await job?.missing(deps, sites, closed))?.map(({ id }) => id)).toEqual(['PH-1']);
  const units = async (): Promise<number> => {
    let closing = 0;
    for await (const { facts } of eachStockFacts(deps, sites, month))
      for (const fact of facts?.lines ?? []) closing += fact.closing;
    return closing;
  };
  expect(await units()).toBe(20);
  for (const site of sites) await job?.cover(deps, site, closed, clock.now + dayMs);
  expect(await job?.missing(deps, sites, closed)).toEqual([]);
  expect(await units()).toBe(20);
});
