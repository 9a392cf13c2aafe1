/** Documents of many lines into the ledger, on the real engine: nothing lost, nothing doubled, wherever it stops. */

import { listStock } from '@darmon/usecases/inventory';
import { advancePosting, finishPostings } from '@darmon/usecases/posting';
import { receiveShipment } from '@darmon/usecases/receiving';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gtins, type House, makeHouse, stock, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('posting');
});
afterAll(() => house.stop());

const many = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    gtin: gtins.amoxicillin,
    lot: `${name}${i}`,
    expiryDate: '2028-06-30',
    quantity: 20,
  }));
const receive = (lines: ReturnType<typeof many>) =>
  receiveShipment(house.deps, house.actor('pharmacist', 'own'), { site: 'PH-1', lines }, house.once('pharmacist'));
const onShelf = async (name: string) => {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await listStock(house.deps, { site: 'PH-1' }, { limit: 100, cursor });
    items.push(...page.items.filter((i) => i.lot.startsWith(name)));
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
};
const later = () => house.deps.now() + 60_000;

test('a receipt that no transaction holds is answered at once and posted in chunks, by several at a time, each line once', async () => {
  const { status, body } = await receive(many('M', 90));
  expect([status, body.state, body.of]).toEqual([202, 'posting', 90]);
  expect(await onShelf('M')).toEqual([]);
  const ends = await Promise.all([1, 2, 3].map(() => advancePosting(house.deps, body.id, later())));
  expect(ends.map((p) => [p.done, p.linesDone])).toEqual([1, 2, 3].map(() => [5, 90]));
  const rows = await onShelf('M');
  expect([rows.length, rows.every((r) => r.onHand === 20)]).toEqual([90, true]);
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});

test('what stands still is finished by the job', async () => {
  await receive(many('J', 45));
  expect(await finishPostings(house.deps, later())).toBe(1);
  expect(await onShelf('J')).toHaveLength(45);
  expect(await finishPostings(house.deps, later())).toBe(0);
});

test('a line that can no longer be posted is recorded as a problem, and all others are posted', async () => {
  const { body } = await receive(many('P', 45));
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'P7', expiryDate: '2028-07-31', quantity: 20 }], 'pharmacist2');
  const posting = await advancePosting(house.deps, body.id, later());
  expect(posting.problems).toEqual([
    { line: 8, code: 'expiry-mismatch', facts: { lot: 'P7', expiryDate: '2028-07-31' } },
  ]);
  expect(posting.finishedAt).toBeDefined();
  expect(await onShelf('P')).toHaveLength(44);
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});
