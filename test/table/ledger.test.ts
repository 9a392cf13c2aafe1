/** What the ledger answers, on the real engine: any balance on any day, what it is made of, and mistakes taken back. */

import type { Actor } from '@darmon/domain/actor';
import { dayMs, dayStart, tashkentDay } from '@darmon/domain/time';
import { listMovements, listStock, setLotState } from '@darmon/usecases/inventory';
import { listClasses, listStockAt, readBalance, readHistory, reverseMovement } from '@darmon/usecases/ledger';
import { listRegister } from '@darmon/usecases/register';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, start, stock, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('ledger');
});
afterAll(() => house.stop());

const site = 'PH-1';
const lot = (name: string, gtin = gtins.amoxicillin) => ({ site, gtin, lot: name });
const receive = (name: string, quantity: number, gtin = gtins.amoxicillin, expiryDate = '2028-06-30') =>
  stock(house, [{ gtin, lot: name, expiryDate, quantity }]);
const movements = async (of: ReturnType<typeof lot>) => (await listMovements(house.deps, of, { limit: 100 })).items;
const onHandAt = async (at: string, name: string) => {
  const { items } = await listStockAt(house.deps, { site, at, gtin: gtins.amoxicillin }, { limit: 100 });
  return items.find((i) => i.lot === name)?.onHand ?? 0;
};
const reverse = (of: ReturnType<typeof lot>, movement: string, once = house.once('pharmacist'), by?: Actor) =>
  reverseMovement(
    house.deps,
    by ?? house.actor('pharmacist', 'own'),
    { ...of, movement, reason: 'entered twice' },
    once,
  );

test('what was on hand at the end of any day is the sum of what had moved by then, over months', async () => {
  const days = [0, 1, 9, 20, 44, 75].map((n) => start + n * dayMs);
  for (const at of days) {
    house.clock.now = at;
    await receive('DAYS', 20);
  }
  const moved = await movements(lot('DAYS'));
  house.clock.now = start + 130 * dayMs;
  for (let n = -1; n < 90; n += 7) {
    const day = tashkentDay(start + n * dayMs);
    const sum = moved.filter(({ at }) => tashkentDay(Date.parse(at)) <= day).reduce((s, m) => s + m.quantity, 0);
    expect(await onHandAt(day, 'DAYS'), day).toBe(sum);
    const balance = await readBalance(house.deps, { ...lot('DAYS'), at: day });
    expect([balance.onHand, balance.addsUp], day).toEqual([sum, true]);
  }
  const [first] = moved;
  const before = { ...lot('DAYS'), at: new Date(Date.parse(first?.at ?? '') - 1).toISOString() };
  expect((await readBalance(house.deps, before)).onHand).toBe(0);
  expect((await readBalance(house.deps, { ...before, at: first?.at ?? '' })).onHand).toBe(20);
});

test('a balance says what it is made of, kind by kind', async () => {
  await receive('KINDS', 40, gtins.paracetamol);
  const of = lot('KINDS', gtins.paracetamol);
  const { id } = await issue(house, {
    lines: [{ medicine: 'PARA500TAB', dosage: { amount: 1, unit: 'tablet', timesPerDay: 3, days: 4, route: 'oral' } }],
  });
  await dispense(house, id, [{ line: 1, quantity: 12 }]);
  await setLotState(
    house.deps,
    house.actor('pharmacist', 'own'),
    { ...of, state: 'on-hold', reason: 'torn carton' },
    house.once('pharmacist'),
  );
  expect(await readBalance(house.deps, of)).toMatchObject({
    onHand: 28,
    of: [
      { kind: 'dispense', quantity: -12, movements: 1 },
      { kind: 'receipt', quantity: 40, movements: 1 },
    ],
    movements: 3,
    addsUp: true,
  });
  expect(await refused(readBalance(house.deps, lot('NEVER')))).toBe('lot-unknown');
});

test('a history ends with what is there now, and its days say what patients took', async () => {
  const medicine = 'PARA500TAB';
  const { onHand, months, days } = await readHistory(house.deps, { site, medicine });
  const { items } = await listStock(house.deps, { site, medicine }, { limit: 100 });
  const there = items.reduce((sum, i) => sum + i.onHand, 0);
  expect([onHand, months.at(-1)?.onHand, days.at(-1)?.onHand]).toEqual([there, there, there]);
  expect(days.reduce((sum, d) => sum + d.used, 0)).toBe(12);
  expect(days.at(-1)?.day).toBe(tashkentDay(house.clock.now));
  expect(days[0]?.day.slice(8)).toBe('01');
  const { items: classes } = await listClasses(house.deps, { site });
  expect(classes.find((c) => c.medicine === medicine)?.used).toBe(12);
});

test('a receipt is taken back once, by one who asks twice and by two who ask at once, and stays to be read', async () => {
  await receive('WRONG', 60);
  const [wrong] = await movements(lot('WRONG'));
  const once = house.once('pharmacist');
  const first = await reverse(lot('WRONG'), wrong?.id ?? '', once);
  expect(first).toEqual({ status: 201, body: { movement: wrong?.id, quantity: -60, onHand: 0 } });
  expect(await reverse(lot('WRONG'), wrong?.id ?? '', once)).toEqual(first);
  expect(await refused(reverse(lot('WRONG'), wrong?.id ?? ''))).toBe('already-reversed');

  await receive('RACE', 60);
  const [race] = await movements(lot('RACE'));
  const both = await Promise.all([1, 2].map(() => refused(reverse(lot('RACE'), race?.id ?? ''))));
  expect(both.sort()).toEqual(['already-reversed', 'not refused']);
  expect((await movements(lot('RACE'))).map(({ kind, quantity, reverses }) => [kind, quantity, reverses])).toEqual([
    ['receipt', 60, undefined],
    ['reversal', -60, race?.id],
  ]);
});

test('what came in and is not there any more is not taken back, and a dispense is not taken back here', async () => {
  const { id } = await issue(house, {});
  await receive('GONE', 30, gtins.amoxicillin, '2027-04-30');
  await dispense(house, id, [{ line: 1, quantity: 21 }]);
  const [received, dispensed] = await movements(lot('GONE'));
  expect(dispensed?.kind).toBe('dispense');
  expect(await refused(reverse(lot('GONE'), received?.id ?? ''))).toBe('out-of-stock');
  expect(await refused(reverse(lot('GONE'), dispensed?.id ?? ''))).toBe('not-reversible');
  expect(await refused(reverse(lot('GONE'), '01KAGZ5V9YV1Q5T1M0E9J7R2CE'))).toBe('not-found');
  expect((await readBalance(house.deps, lot('GONE'))).onHand).toBe(9);
});

test('taking back a controlled medicine is entered in its register', async () => {
  await receive('TRAM', 50, gtins.tramadol);
  const [received] = await movements(lot('TRAM', gtins.tramadol));
  await reverse(lot('TRAM', gtins.tramadol), received?.id ?? '');
  const { items } = await listRegister(house.deps, { site, medicine: 'TRAM50CAP' }, { limit: 2 });
  expect(items.map(({ kind, quantity, balance }) => [kind, quantity, balance])).toEqual([
    ['reversal', -50, 0],
    ['receipt', 50, 50],
  ]);
});

test('a day before anything was there is empty, and one to come is as now', async () => {
  expect((await listStockAt(house.deps, { site, at: '2020-01-01' }, {})).items).toEqual([]);
  const to = { site, at: tashkentDay(house.clock.now + 30 * dayMs), medicine: 'AMOX500CAP' };
  const now = (await listStock(house.deps, { site, medicine: 'AMOX500CAP' }, { limit: 100 })).items;
  const there = now.filter((i) => i.onHand > 0).map((i) => [i.lot, i.onHand]);
  expect((await listStockAt(house.deps, to, { limit: 100 })).items.map((i) => [i.lot, i.onHand])).toEqual(there);
  expect(dayStart(to.at)).toBeGreaterThan(house.clock.now);
});

test('nothing of it contradicts the movements', async () => {
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});
