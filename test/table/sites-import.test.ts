/** Sites that are added together, on the real engine: all of them or none, each with an event of its own, once. */
import { maxSitesAtOnce } from '@darmon/function-identity/routes';
import { addSites } from '@darmon/usecases/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, makeHouse, refused } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('sites-import');
});
afterAll(() => house.stop());

const siteOf = (id: string) => ({
  id,
  kind: 'warehouse' as const,
  name: `Namuna ${id}`,
  region: 'UZ-TK',
  address: 'Namuna koʻchasi 1',
  active: true,
});
const named = (name: string, count: number) => Array.from({ length: count }, (_, i) => siteOf(`${name}-${i + 1}`));
const add = (sites: ReturnType<typeof named>, once = house.once('admin')) =>
  addSites(house.deps, house.actor('admin'), sites, once);
const known = async (): Promise<string[]> => (await house.table.listSites({ limit: 200 })).items.map(({ id }) => id);

test('as many as a request may bring are there afterwards, and the same request again adds nothing', async () => {
  const once = house.once('admin');
  const sites = named('ALL', maxSitesAtOnce);
  const first = await add(sites, once);
  expect(first.body.added).toEqual(sites.map(({ id }) => id));
  expect((await add(sites, once)).body).toEqual(first.body);
  const all = await known();
  for (const { id } of sites) expect(all).toContain(id);
  const there = await house.table.loadSites(['ALL-1', 'ALL-40']);
  expect(there.map(({ id, version, address }) => [id, version, address])).toEqual([
    ['ALL-1', 1, 'Namuna koʻchasi 1'],
    ['ALL-40', 1, 'Namuna koʻchasi 1'],
  ]);
});

test('one that exists, or stands there twice, keeps all of them out and is named by its place', async () => {
  expect(await refused(add([...named('NEW', 3), siteOf('WH-1')]))).toBe('site-known');
  expect(await refused(add([...named('TWICE', 3), siteOf('TWICE-2')]))).toBe('site-known');
  const all = await known();
  expect(all.filter((id) => id.startsWith('NEW') || id.startsWith('TWICE'))).toEqual([]);
});

test('of two at once that want the same code, one has all of its sites and the other none', async () => {
  const [left, right] = [
    [...named('LEFT', 2), siteOf('SAME')],
    [...named('RIGHT', 2), siteOf('SAME')],
  ];
  const outcomes = await Promise.allSettled([add(left), add(right)]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBe(1);
  const sides = new Set((await known()).flatMap((id) => /^(?:LEFT|RIGHT)/.exec(id) ?? []));
  expect(sides.size).toBe(1);
});
