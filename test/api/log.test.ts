/** The log as a stranger meets it: its key at one address, its files at another, and nobody asked for leave. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { compareLog, sizeOfLog } from '../support/event-log.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud?.stop());

const sizeNow = () => sizeOfLog(cloud);
/** What speaks against it, once all that happened is in. */
const problems = async () => (await compareLog(cloud)).problems;

test('what happens is in the log by itself, and anybody can check all of it with the public key alone', async () => {
  await expect.poll(sizeNow, { timeout: 60_000 }).toBeGreaterThan(100);
  const before = await sizeNow();
  const { status } = await cloud.api('pharmacist', 'POST /api/prescriptions/lookup', {
    body: { number: 'AAAAAAAAAAAAA' },
  });
  expect(status).toBeGreaterThanOrEqual(400);
  const stock = await cloud.api<{ items: { gtin: string; lot: string }[] }>(
    'pharmacist',
    'GET /api/sites/PH-0001/stock?limit=1',
  );
  const [{ gtin, lot } = { gtin: '', lot: '' }] = stock.body.items;
  const held = await cloud.api('pharmacist', 'POST /api/sites/PH-0001/lots/state', {
    body: { gtin, lot, state: 'on-hold', reason: 'torn packs' },
  });
  expect(held.status).toBe(200);
  await expect.poll(sizeNow, { timeout: 60_000 }).toBeGreaterThan(before);
  await expect.poll(problems, { timeout: 60_000 }).toEqual([]);
  expect(cloud.logs()).not.toContain('ERROR');
});

test('killed and started again, the log goes on where it was, with nothing twice', async () => {
  const before = await sizeNow();
  await cloud.kill();
  await cloud.restart();
  await expect.poll(sizeNow, { timeout: 60_000 }).toBeGreaterThanOrEqual(before);
  const { status } = await cloud.api('doctor', 'PUT /api/templates', { body: { templates: [], favourites: [] } });
  expect(status).toBeLessThan(500);
  await expect.poll(problems, { timeout: 60_000 }).toEqual([]);
});
