/** The daily analysis and every step of a case, so that the rights they take are watched too. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dayMs, instant, tashkentDay } from '@darmon/domain/time';
import type { Cloud } from '@darmon/local/cloud';
import { loadFunction } from '@darmon/local/functions';
import { readTemplate } from '@darmon/local/template';
import { openTable } from '@darmon/table/table';
import { ulid } from 'ulid';
import { expect } from 'vitest';
import * as z from 'zod';

interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}
type CallAs = (person: string, name: never, input: Input, shape: z.ZodType) => Promise<unknown>;
const Row = z.looseObject({ id: z.string(), rule: z.string(), subject: z.looseObject({ id: z.string() }) });
const Rows = z.looseObject({ items: z.array(Row) });

/** Two mornings on which the clock of a pharmacist's machine was a quarter of an hour off. */
const leaveDrift = async (cloud: Cloud, days: readonly number[]): Promise<void> => {
  const client = new DynamoDBClient({ endpoint: cloud.engineEndpoint });
  const table = openTable({ client, table: cloud.table, now: Date.now });
  for (const at of days)
    await table.commitPersonEvent('pharmacist', {
      id: ulid(at),
      at: instant(at),
      type: 'device-clock-read',
      actor: { person: 'pharmacist', role: 'pharmacist', site: 'PH-0001' },
      changes: { driftSeconds: 900 },
    });
  client.destroy();
};

/** The job finds the drift, asked for a day by hand; then an auditor takes the case to its end and up again. */
export const useCases = async (callAs: CallAs, cloud: Cloud, assembly: string): Promise<void> => {
  const now = Date.now();
  await leaveDrift(cloud, [now - dayMs, now]);
  const job = readTemplate(assembly, () => cloud.table).functions.find(({ id }) => id === 'AnalyseDay');
  if (!job) throw new Error('the job is not in the template');
  const invoke = await loadFunction(job);
  const Done = z.object({ days: z.array(z.looseObject({ opened: z.int(), events: z.int() })) });
  const { days } = Done.parse(await invoke({ day: tashkentDay(now) }));
  expect(days[0]?.opened).toBeGreaterThan(0);
  expect(days[0]?.events).toBeGreaterThan(10);
  expect(Done.parse(await invoke({ day: tashkentDay(now) })).days[0]?.opened).toBe(0);
  await invoke({ now: true });

  const { items } = Rows.parse(await callAs('auditor', 'listCases' as never, { query: { state: 'open' } }, Rows));
  const found = items.find(({ rule, subject }) => rule === 'clock-drift' && subject.id === 'pharmacist');
  const params = { id: found?.id ?? '' };
  const ask = (name: string, body?: unknown) =>
    callAs('auditor', name as never, { params, ...(body !== undefined && { body }) }, z.unknown());
  await ask('readCase');
  await ask('stepCase', { step: 'take' });
  await ask('stepCase', { step: 'note', text: 'asked the pharmacy' });
  await ask('stepCase', { step: 'decide', outcome: 'not-founded', reason: 'the battery was changed', silentDays: 30 });
  await ask('stepCase', { step: 'reopen', reason: 'it went on' });
};
