import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud, type TestCloud } from '../support/cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud?.stop());

interface Published {
  readonly serial: number;
  readonly madeAt: string;
}

/** Serial and time of the key list, which stand in its signed part, and of the revocation list. */
async function published(): Promise<[Published, Published]> {
  const keys = await cloud.api<{ signed: string }>(undefined, 'GET /api/.well-known/prescription-keys');
  const revocations = await cloud.api<Published>(undefined, 'GET /api/.well-known/revocations');
  const payload = Buffer.from(keys.body.signed.split('.')[1] ?? '', 'base64url').toString();
  return [JSON.parse(payload), revocations.body];
}

test('the signed lists are there as soon as the cloud serves, and every start makes newer ones', async () => {
  const first = await published();
  for (const { madeAt } of first) expect(Date.now() - Date.parse(madeAt)).toBeLessThan(120_000);
  await sleep(1_100);
  await cloud.restart();
  const second = await published();
  for (const index of [0, 1] as const) expect(second[index].serial).toBeGreaterThan(first[index].serial);
});

test('a schedule reaches the very bundle that would be deployed: it logs under that function’s name', () => {
  const names = cloud
    .logs()
    .split('\n')
    .filter((line) => line.includes('"published"') || line.includes('"checked"'))
    .map((line) => JSON.parse(line).function_name);
  expect(names).toContain('PublishLists');
  expect(names).toContain('CheckMarking');
});
