/** What is watched, on the real engine: the alerts of a shelf, its temperatures, and the sites of the country. */
import { dayMs, instant } from '@darmon/domain/time';
import { readAlerts, refreshOverview, watchStock } from '@darmon/usecases/alerts';
import { setLotState } from '@darmon/usecases/inventory';
import { listTemperatures, recordTemperature } from '@darmon/usecases/temperatures';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, stock } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('watch');
});
afterAll(() => house.stop());

const alerts = (by = 'pharmacist', site = 'PH-1') => readAlerts(house.deps, house.actor(by, 'own'), { site });
const read = (input: { celsius: number; done?: string; zone?: string }, once = house.once('pharmacist')) =>
  recordTemperature(house.deps, house.actor('pharmacist', 'own'), { site: 'PH-1', storage: 'cold', ...input }, once);

test('a medicine that was handed over to the last of it is out of stock, and one with days left is coming', async () => {
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'LAST', expiryDate: '2027-01-31', quantity: 28 }]);
  for (const quantity of [21, 7]) {
    const { id } = await issue(house);
    await dispense(house, id, [{ line: 1, quantity }]);
    const { stockOut, low } = await alerts();
    const [out, coming] = [stockOut, low].map((all) => all.map(({ medicine }) => medicine));
    expect([out, coming]).toEqual(quantity === 21 ? [[], ['AMOX500CAP']] : [['AMOX500CAP'], []]);
  }
  expect((await alerts()).counts).toMatchObject({ stockOut: 1, low: 0 });
});

test('what lies there and may not be handed over does not end being out of stock, and is said', async () => {
  const lot = { gtin: gtins.amoxicillin, lot: 'HELD' };
  await stock(house, [{ ...lot, expiryDate: '2027-02-28', quantity: 30 }]);
  expect((await alerts()).stockOut).toEqual([]);
  const by = house.actor('pharmacist', 'own');
  const input = { site: 'PH-1', ...lot, state: 'quarantined' as const, reason: 'wet carton' };
  await setLotState(house.deps, by, input, house.once('pharmacist'));
  expect((await alerts()).stockOut).toMatchObject([{ medicine: 'AMOX500CAP', used: 28, blocked: 30 }]);
});

test('a temperature outside the limits says what was done, is an alert until the place is read well again, and once', async () => {
  expect(await refused(read({ celsius: 9.5, zone: 'F1' }))).toBe('reason-missing');
  const once = house.once('pharmacist');
  const first = await read({ celsius: 9.5, zone: 'F1', done: 'moved to the other fridge' }, once);
  expect([first.status, first.body.isOutside]).toEqual([201, true]);
  expect(await read({ celsius: 9.5, zone: 'F1', done: 'moved to the other fridge' }, once)).toEqual(first);
  expect((await alerts()).temperature).toMatchObject([{ zone: 'F1', celsius: 9.5, from: 2, to: 8 }]);
  house.clock.now += 3_600_000;
  await read({ celsius: 5, zone: 'F2' });
  expect((await alerts()).counts.temperature).toBe(1);
  await read({ celsius: 5, zone: 'F1' });
  expect((await alerts()).counts.temperature).toBe(0);
  const { items } = await listTemperatures(house.deps, { site: 'PH-1' }, {});
  expect(items.map(({ zone, celsius }) => [zone, celsius])).toEqual([
    ['F1', 5],
    ['F2', 5],
    ['F1', 9.5],
  ]);
});

test('every site that keeps stock is looked through once since an instant, in as many goes as it takes', async () => {
  const since = instant(house.clock.now);
  expect(await watchStock(house.deps, since, house.clock.now)).toEqual({ done: 0, of: 4 });
  const all = await refreshOverview(house.deps, house.actor('planner'), { since: '2999-01-01T00:00:00.000Z' });
  expect(all).toEqual({ since, done: 4, of: 4 });
  const { items } = await house.table.listOverview({});
  expect(items.map(({ site }) => site)).toEqual(['PH-1', 'PH-2', 'WH-1', 'WH-2']);
  expect(items[0]).toMatchObject({ region: 'UZ-TK', stockOut: 1, temperature: 0, at: since });
  house.clock.now += dayMs;
  expect(await watchStock(house.deps, since, house.clock.now - 1)).toEqual({ done: 4, of: 4 });
});
