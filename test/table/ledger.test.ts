/** What the ledger answers, on the real engine: any balance on any day, what it is made of, and mistakes taken back. */

import { ulidAt } from '@darmon/domain/ledger';
import { monthBeside } from '@darmon/domain/ledger-view';
import { dayMs, dayStart, tashkentDay } from '@darmon/domain/time';
import { listMovements, listStock, setLotState } from '@darmon/usecases/inventory';
import { listClasses, listStockAt, readBalance, readHistory } from '@darmon/usecases/ledger';
import { receiveShipment } from '@darmon/usecases/receiving';
import { listRegister } from '@darmon/usecases/register';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, start, stock, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';
import { approveReversal, takeBack } from '../support/reversal.ts';

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
const wrongly = (of: ReturnType<typeof lot>, movement: string) => ({ ...of, movement, reason: 'entered twice' });
const reverse = (of: ReturnType<typeof lot>, movement: string, once = house.once('pharmacist'), approval?: string) =>
  takeBack(house, house.actor('pharmacist', 'own'), wrongly(of, movement), once, approval);

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

test('a controlled medicine is taken back before a colleague, who stands in the register, however soon it is', async () => {
  await receive('TRAM', 50, gtins.tramadol);
  const of = lot('TRAM', gtins.tramadol);
  const [{ id } = { id: '' }] = await movements(of);
  expect(await refused(reverse(of, id))).toBe('approval-missing');
  const approval = await approveReversal(house, wrongly(of, id), 'pharmacist3');
  const once = house.once('pharmacist');
  const first = await reverse(of, id, once, approval);
  expect(await reverse(of, id, once, approval)).toEqual(first);
  const { items } = await listRegister(house.deps, { site, medicine: 'TRAM50CAP' }, { limit: 2 });
  expect(
    items.map(({ kind, quantity, balance, person, witness }) => [kind, quantity, balance, person, witness]),
  ).toEqual([
    ['reversal', -50, 0, 'pharmacist', 'pharmacist3'],
    ['receipt', 50, 50, 'pharmacist', undefined],
  ]);
  expect((await movements(of)).map(({ kind, person }) => [kind, person])).toEqual([
    ['receipt', 'pharmacist'],
    ['reversal', 'pharmacist'],
  ]);
});

test('one yes takes one movement back, and none where the colleague’s account was closed since', async () => {
  await receive('YES', 20, gtins.tramadol);
  const of = lot('YES', gtins.tramadol);
  const [{ id } = { id: '' }] = await movements(of);
  const approval = await approveReversal(house, wrongly(of, id), 'pharmacist3');
  const { person } = await house.table.loadStanding('pharmacist3', site);
  if (!person) throw new Error('nobody witnesses');
  const event = { type: 'person-saved', actor: { person: 'admin', role: 'admin', site: 'OF-1' }, changes: {} } as const;
  const save = (active: boolean, version: number) =>
    house.table.commitPerson(
      { ...person, active, version },
      { now: house.clock.now, event: { ...event, id: house.deps.id(), at: new Date(house.clock.now).toISOString() } },
    );
  await save(false, person.version + 1);
  expect(await refused(reverse(of, id, undefined, approval))).toBe('approval-invalid');
  await save(true, person.version + 2);
  const both = await Promise.all([1, 2].map(() => refused(reverse(of, id, undefined, approval))));
  expect(both).toContain('not refused');
  expect(both).not.toEqual(['not refused', 'not refused']);
});

test('a day before anything was there is empty, and one to come is as now', async () => {
  expect((await listStockAt(house.deps, { site, at: '2020-01-01' }, {})).items).toEqual([]);
  const to = { site, at: tashkentDay(house.clock.now + 30 * dayMs), medicine: 'AMOX500CAP' };
  const now = (await listStock(house.deps, { site, medicine: 'AMOX500CAP' }, { limit: 100 })).items;
  const there = now.filter((i) => i.onHand > 0).map((i) => [i.lot, i.onHand]);
  expect((await listStockAt(house.deps, to, { limit: 100 })).items.map((i) => [i.lot, i.onHand])).toEqual(there);
  expect(dayStart(to.at)).toBeGreaterThan(house.clock.now);
});

// --- the clock goes on from here ---

test('alone a movement is taken back by who entered it, and within the hours of the policy', async () => {
  await receive('OWN', 20);
  await receive('LATE', 20);
  const [own] = await movements(lot('OWN'));
  const [late] = await movements(lot('LATE'));
  const colleague = house.actor('pharmacist3', 'own');
  const by = (id: string, approval?: string) =>
    takeBack(house, colleague, wrongly(lot('OWN'), id), house.once('pharmacist3'), approval);
  expect(await refused(by(own?.id ?? ''))).toBe('approval-missing');
  house.clock.now += 24 * 3_600_000;
  expect((await reverse(lot('OWN'), own?.id ?? '')).status).toBe(201);
  house.clock.now += 1;
  expect(await refused(reverse(lot('LATE'), late?.id ?? ''))).toBe('approval-missing');

  const wanted = wrongly(lot('LATE'), late?.id ?? '');
  const approval = await approveReversal(house, wanted, 'pharmacist3');
  const other = { ...wanted, reason: 'something else' };
  const asked = takeBack(house, house.actor('pharmacist', 'own'), other, house.once('pharmacist'), approval);
  expect(await refused(asked)).toBe('approval-invalid');
  const mine = await approveReversal(house, wanted, 'pharmacist');
  expect(await refused(reverse(lot('LATE'), wanted.movement, undefined, mine))).toBe('approver-is-author');
  const stranger = await approveReversal(house, wanted, 'pharmacist2');
  expect(await refused(reverse(lot('LATE'), wanted.movement, undefined, stranger))).toBe('approval-invalid');
  expect((await reverse(lot('LATE'), wanted.movement, undefined, approval)).body.onHand).toBe(0);
});

test('a movement whose id is drawn after the end of a month counts in the month of its instant, and once', async () => {
  house.clock.now = dayStart('2027-06-01') - 20;
  // the clock goes on while a request is read and judged
  const late = { ...house.deps, id: () => ulidAt(house.deps.id(), house.clock.now + 50) };
  const line = { gtin: gtins.amoxicillin, lot: 'BORDER', expiryDate: '2028-06-30', quantity: 40 };
  const by = house.actor('pharmacist', 'own');
  await receiveShipment(late, by, { site, lines: [line] }, house.once('pharmacist'));
  house.clock.now = dayStart('2027-06-20');
  for (const at of ['2027-05-31', '2027-06-05'])
    expect(await readBalance(house.deps, { ...lot('BORDER'), at })).toMatchObject({ onHand: 40, addsUp: true });
  expect(await onHandAt('2027-05-30', 'BORDER')).toBe(0);
});

test.each(['2027-03-01', '2027-07-01', '2027-08-15'])(
  'a history that is read on %s begins with what came before it',
  async (today) => {
    const medicine = 'ATOR20TAB';
    const from = monthBeside(today.slice(0, 7), -1);
    house.clock.now = dayStart(`${monthBeside(from, -1)}-10`);
    const line = { gtin: gtins.statin, lot: `H${today}`, expiryDate: '2029-06-30', quantity: 30 };
    await stock(house, [line]);
    const { items } = await listStock(house.deps, { site, medicine }, { limit: 100 });
    const there = items.reduce((sum, i) => sum + i.onHand, 0);
    house.clock.now = dayStart(today) + 3_600_000;
    const { days } = await readHistory(house.deps, { site, medicine });
    expect([days[0], days.at(-1)].map((d) => [d?.day, d?.onHand])).toEqual([
      [`${from}-01`, there],
      [today, there],
    ]);
  },
);

test('nothing of it contradicts the movements', async () => {
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});
