/** Use and plans on every road they take, so that the rights they need are watched too. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { monthBeside } from '@darmon/domain/ledger-view';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { Cloud } from '@darmon/local/cloud';
import { openTable, type Table } from '@darmon/table/table';
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
/** Calls a route as a person; throws with the code of a refusal. */
type CallAs = (person: string, name: never, input: Input, shape: typeof Answer) => Promise<Answer>;

const Answer = z.looseObject({
  id: z.string().optional(),
  state: z.string().optional(),
  done: z.union([z.boolean(), z.int()]).optional(),
  toOrder: z.int().optional(),
});
type Answer = z.infer<typeof Answer>;

/** Reckons a site's use before it was ever kept, keeps it to the end and reads it again; plans it, and others. */
export const useProcurement = async (
  callAs: CallAs,
  cloud: Engine,
  { site, medicine }: { site: string; medicine: string },
): Promise<void> => {
  const call = (who: string, name: string, input: Input) => callAs(who, name as never, input, Answer);
  const params = { site };
  await call('pharmacist', 'readConsumption', { params, query: { medicine } });
  for (let isDone = false; !isDone; )
    isDone = (await call('planner', 'rebuildConsumption', { params, body: {} })).done === true;
  await call('planner', 'readConsumption', { params, query: { medicine } });
  await bring(call, site, medicine);
  await remember(cloud, site, medicine);
  const { toOrder = 0 } = await planned(() => call('planner', 'planNow', { params, body: { draft: true } }));
  if (toOrder === 0) throw new Error('nothing is to be ordered');
  await call('pharmacist', 'readPlan', { params });
  await call('planner', 'readPlanLine', { params: { site, medicine } });
  await call('pharmacist', 'planMedicineNow', { params: { site, medicine } });
  await call('planner', 'workOnPlans', { body: {} });
  await call('chief', 'listSuggestedTransfers', { query: { region: 'UZ-TK' } });
  await call('chief', 'listPlans', {});
};

/** A month from before the ledger, with a part that is sent twice, and the same again in the place of the first. */
const bring = async (
  call: (who: string, name: string, input: Input) => Promise<Answer>,
  site: string,
  medicine: string,
): Promise<void> => {
  for (const [quantity, replace] of [
    [40, {}],
    [50, { replace: true }],
  ] as const) {
    const { id = '' } = await call('pharmacist', 'startPastImport', {
      body: { site, rows: 1, name: 'sarf', ...replace },
    });
    const params = { id };
    const body = { from: 0, rows: [{ medicine, period: '2019-03', quantity }] };
    for (const _ of ['first', 'again']) await call('pharmacist', 'loadPastPart', { params, body });
    await call('pharmacist', 'readPastImport', { params });
    for (let state: string | undefined; state !== 'posted'; )
      ({ state } = await call('pharmacist', 'keepPastImport', { params, body: {} }));
  }
};

/** A busy machine needs more than one try: each gets further. */
const planned = async (plan: () => Promise<Answer>): Promise<Answer> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await plan();
    } catch (error) {
      if (tries === 10 || !(error instanceof Error && error.message.endsWith(' busy'))) throw error;
    }
  }
};

type Engine = Pick<Cloud, 'engineEndpoint' | 'table'>;

const withTable = async ({ engineEndpoint: endpoint, table }: Engine, run: (table: Table) => Promise<void>) => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint, region: 'local', credentials });
  await run(openTable({ client, table, now: Date.now }));
  client.destroy();
};

/** A year of use, as its nights would have kept it, of more than the site has: the demo country was born today. */
const remember = (cloud: Engine, site: string, medicine: string): Promise<void> =>
  withTable(cloud, async (table) => {
    const today = tashkentDay(Date.now());
    await table.keepConsumption(
      Array.from({ length: 12 }, (_, i) => ({
        site,
        medicine,
        month: monthBeside(today.slice(0, 7), i - 12),
        days: [[15, 400_000, 9_000] as [number, number, number]],
      })),
    );
    await table.keepRolled({ site, at: instant(Date.now()), through: dayAfter(today, -1) });
  });

/** As if nothing of a site's use had ever been kept. */
export const forgetUse = (cloud: Engine, site: string): Promise<void> =>
  withTable(cloud, (table) => table.keepRolled({ site, at: instant(Date.now()) }));

/** Something is asked for, of a supplier and of another site, and something is ordered when the weekly run comes. */
export const leaveForPlans = async (
  callAs: CallAs,
  { site, from, gtin }: { site: string; from: string; gtin: string },
): Promise<void> => {
  const call = (who: string, name: string, input: Input) => callAs(who, name as never, input, Answer);
  const lines = [{ gtin, packs: 2 }];
  const choose = [{ gtin, supplier: 'SU-0900' }];
  await call('planner', 'openOrders', { body: { site, lines, choose } });
  const body = { site, kind: 'emergency', reason: 'as the test asks', lines };
  await call('pharmacist', 'createRequisition', { body });
  await call('pharmacist', 'requestTransfer', { body: { from, to: site, lines: [{ gtin, quantity: 10 }] } });
};
