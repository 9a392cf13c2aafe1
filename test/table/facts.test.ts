/** How facts are kept, whatever they are of: whole or not at all, by whoever began last. */
import { Changed } from '@darmon/table/transact';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { type House, makeHouse } from '../support/house.ts';

const Line = z.object({ n: z.int(), text: z.string() });
/** Text that hardly packs, so that the size of an item is tried too. */
const linesOf = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => ({ n: from + i, text: ((from + i) * 2_654_435_761).toString(36).repeat(4) }));

let house: House;
beforeAll(async () => {
  house = await makeHouse('kept facts');
});
afterAll(() => house.stop());

const of = { site: 'PH-1', month: '2026-10', through: '2026-10-31', asOf: '2026-11-01T00:00:00.000Z' };
const load = async () => (await house.table.loadFacts('stock', ['PH-1', 'PH-2'], '2026-10', Line)) ?? [];
const keep = async (lines: unknown[], sums: Record<string, number>, asOf = of.asOf) => {
  const begun = await house.table.beginFacts('stock', { ...of, asOf });
  const added = await house.table.addFacts(begun, { lines, sums, after: 'end' });
  await house.table.finishFacts(added, '2026-11-01T00:01:00.000Z');
};

test('thousands of lines come back as they were, in several parts, and a site without any has none', async () => {
  await keep(linesOf(5_000), { closing: 7 });
  const [one, other] = await load();
  expect(one?.lines).toEqual(linesOf(5_000));
  expect(one).toMatchObject({ through: '2026-10-31', sums: { closing: 7 } });
  expect(other).toBeUndefined();
});

test('while others are written those that count are read, and fewer lines leave nothing of the many', async () => {
  const asOf = '2026-11-02T00:00:00.000Z';
  const begun = await house.table.beginFacts('stock', { ...of, asOf });
  const added = await house.table.addFacts(begun, { lines: linesOf(10, 100), sums: { closing: 1 }, after: 'x' });
  expect((await load())[0]?.lines).toHaveLength(5_000);
  await house.table.finishFacts(added, asOf);
  expect((await load())[0]).toMatchObject({ asOf, sums: { closing: 1 }, lines: linesOf(10, 100) });
});

test('what was begun goes on where it stood, and whoever was at it before is refused at every step', async () => {
  const asOf = '2026-11-03T00:00:00.000Z';
  const first = await house.table.beginFacts('stock', { ...of, asOf });
  const paused = await house.table.addFacts(first, { lines: linesOf(3), sums: { closing: 3 }, after: 'c' });
  const second = await house.table.beginFacts('stock', { ...of, asOf });
  expect(second).toMatchObject({ after: 'c', sums: { closing: 3 } });
  const late = { lines: linesOf(1, 900), sums: {}, after: 'd' };
  await expect(house.table.addFacts(paused, late)).rejects.toBeInstanceOf(Changed);
  await expect(house.table.finishFacts(paused, asOf)).rejects.toBeInstanceOf(Changed);
  const added = await house.table.addFacts(second, { lines: linesOf(2, 3), sums: { closing: 2 }, after: 'e' });
  await expect(house.table.addFacts(paused, late)).rejects.toBeInstanceOf(Changed);
  await house.table.finishFacts(added, asOf);
  await expect(house.table.finishFacts(paused, asOf)).rejects.toBeInstanceOf(Changed);
  expect((await load())[0]).toMatchObject({ sums: { closing: 5 }, lines: linesOf(5) });
});

test('what was begun of another instant is begun anew', async () => {
  const begun = await house.table.beginFacts('stock', { ...of, asOf: '2026-11-04T00:00:00.000Z' });
  await house.table.addFacts(begun, { lines: linesOf(9), sums: { closing: 9 }, after: 'x' });
  await keep(linesOf(1), { closing: 1 }, '2026-11-05T00:00:00.000Z');
  expect((await load())[0]).toMatchObject({ sums: { closing: 1 }, lines: linesOf(1) });
});

test('a mark stays until the facts are made again, and none is set on others', async () => {
  const [head] = await house.table.loadFactsHeads('stock', ['PH-1'], '2026-10');
  if (!head) throw new Error('nothing is kept');
  await house.table.markFacts('stock', head);
  expect((await load())[0]?.differs).toBe(true);
  await expect(house.table.markFacts('stock', { ...head, madeAt: of.asOf })).rejects.toBeInstanceOf(Changed);
  await keep(linesOf(1), {});
  expect((await load())[0]?.differs).toBeUndefined();
});
