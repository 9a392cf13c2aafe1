/** Trails on the real engine: a patient's opens by a recorded look alone, days and lots are told whole in any pages. */

import { tashkentDay } from '@darmon/domain/time';
import { lookUpPrescription } from '@darmon/usecases/dispensing';
import type { PatientFound } from '@darmon/usecases/trails';
import { listPrescribed, lookAtPatient, readDaysTrail, readLotTrail, readPatientTrail } from '@darmon/usecases/trails';
import { receiveTransfer, shipTransfer } from '@darmon/usecases/transfer-moves';
import { pickTransfer } from '@darmon/usecases/transfer-picks';
import { requestTransfer } from '@darmon/usecases/transfers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, start, stock } from '../support/house.ts';

let house: House;
let first: Awaited<ReturnType<typeof issue>>;
let patient: string;
const lot = { gtin: gtins.amoxicillin, lot: 'T1' };
const today = tashkentDay(start);
const reason = 'complaint of a relative';

beforeAll(async () => {
  house = await makeHouse('trails');
  await house.publish();
  for (const by of ['pharmacist', 'pharmacist2'])
    await stock(house, [{ ...lot, expiryDate: '2028-12-31', quantity: 200 }], by);
  first = await issue(house, { patient: house.patient(41) });
  await lookUpPrescription(house.deps, house.actor('pharmacist', 'own'), { number: first.number });
  await dispense(house, first.id, [{ line: 1, quantity: 10 }]);
  await dispense(house, first.id, [{ line: 1, quantity: 11 }], 'pharmacist2');
  for (let i = 0; i < 3; i += 1) await dispense(house, (await issue(house)).id, [{ line: 1, quantity: 2 }]);
  patient = (await house.table.loadPrescription(first.id))?.patient ?? '';
});
afterAll(() => house.stop());

const deps = () => ({ ...house.deps, mac: house.deps.vault.mac });
const look = (found: PatientFound, by = 'auditor') => lookAtPatient(deps(), house.actor(by), { ...found, reason });
const trail = (by = 'auditor', request = {}) => readPatientTrail(house.deps, house.actor(by), patient, request);

test('a patient’s trail is closed until this auditor says why, and closes again after an hour', async () => {
  expect(await refused(trail())).toBe('look-first');
  expect(await look({ number: first.number })).toEqual({ patient });
  const { items, prescriptions } = await trail();
  expect(prescriptions.map(({ id }) => id)).toEqual([first.id]);
  expect(items.map(({ type }) => type)).toEqual([
    'prescription-issued',
    'prescription-looked-up',
    'prescription-dispensed',
    'prescription-dispensed',
    'patient-looked-up',
  ]);
  expect(items.at(-1)).toMatchObject({ reason, actor: { person: 'auditor' }, changes: { by: 'number', found: 1 } });
  // somebody else's look opens nothing
  expect(await refused(trail('chief'))).toBe('look-first');
  house.clock.now += 3_600_001;
  expect(await refused(trail())).toBe('look-first');
});

test('by a document the same patient is found, and of the document nothing is kept', async () => {
  const { pinfl } = house.patient(41) as { pinfl: string };
  expect(await look({ pinfl })).toEqual({ patient });
  const { items } = await trail();
  expect(items.at(-1)).toMatchObject({ changes: { by: 'pinfl' } });
  expect(JSON.stringify(items)).not.toContain(pinfl);
});

test('a look that finds nobody is recorded with who looked, and says no more', async () => {
  const { pinfl } = house.patient(77) as { pinfl: string };
  expect(await refused(look({ pinfl }))).toBe('not-found');
  expect(await refused(look({ number: 'GMQR-NAY2' }))).toBe('number-invalid');
  expect(await refused(look({ pinfl: '12345678901234' }))).toBe('pinfl-invalid');
  const misses = await house.table.listLooks('auditor', house.clock.now - 1_000);
  expect(misses.map(({ changes, reason: why }) => [changes, why])).toEqual([[{ by: 'pinfl', found: 0 }, reason]]);
});

test('pages of a patient’s trail put together are the trail', async () => {
  await look({ number: first.number });
  const whole = (await trail()).items;
  const pieces = [];
  let cursor: string | undefined;
  do {
    const page = await trail('auditor', { limit: 2, ...(cursor !== undefined && { cursor }) });
    pieces.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  expect(pieces).toEqual(whole);
  expect(whole.length).toBeGreaterThan(5);
});

const days = (asked: Partial<Parameters<typeof readDaysTrail>[2]>, request = {}) =>
  readDaysTrail(house.deps, house.actor('auditor'), { from: today, through: today, ...asked }, request);

test('days of a person are told where the person works, and of a type nothing else', async () => {
  const all = await days({ site: 'PH-1' });
  const own = await days({ person: 'pharmacist', type: 'prescription-dispensed' });
  expect(own.site).toBe('PH-1');
  expect(own.items).toHaveLength(4);
  expect(own.items[0]?.prescription).toBe(first.id);
  expect(all.items.length).toBeGreaterThan(own.items.length);
  expect((await days({ person: 'pharmacist2', type: 'prescription-dispensed' })).items).toHaveLength(1);
});

test('days that end before they begin, are too many, or are nobody’s are refused', async () => {
  expect(await refused(days({}))).toBe('schema');
  expect(await refused(days({ site: 'PH-1', from: '2026-11-30' }))).toBe('schema');
  expect(await refused(days({ site: 'PH-1', from: '2026-01-01' }))).toBe('schema');
  expect(await refused(days({ person: 'nobody-here' }))).toBe('not-found');
  expect(await refused(days({ site: 'PH-1' }, { cursor: '20261119-x' }))).toBe('bad-cursor');
  // a day that no calendar has
  expect(await refused(days({ site: 'PH-1', from: '2026-10-01' }, { cursor: '20261099-' }))).toBe('bad-cursor');
});

test('a doctor’s prescriptions come newest first and tell nothing of patients', async () => {
  const { items } = await listPrescribed(house.deps, house.actor('auditor'), 'doctor', {});
  expect(items.at(-1)).toMatchObject({ id: first.id, status: 'completed', served: ['PH-1', 'PH-2'] });
  expect(items).toHaveLength(4);
  expect(JSON.stringify(items)).not.toContain(patient);
});

test('a lot that was sent to another site is told with its way, whatever page ends there', async () => {
  const sent = { gtin: gtins.paracetamol, lot: 'W1' };
  await stock(house, [{ ...sent, expiryDate: '2028-12-31', quantity: 20 }]);
  const own = (by: string) => house.actor(by, 'own');
  const lines = [{ medicine: 'PARA500TAB', quantity: 2 }];
  const { body } = await requestTransfer(
    house.deps,
    own('pharmacist'),
    { from: 'PH-1', to: 'PH-2', lines, reason: 'they ran out' },
    house.once('pharmacist'),
  );
  const id = body.id;
  const picks = [{ line: 1, ...sent, quantity: 2 }];
  await pickTransfer(
    house.deps,
    own('pharmacist'),
    { id, picks, reason: 'this lot is meant' },
    house.once('pharmacist'),
  );
  await shipTransfer(house.deps, own('pharmacist'), { id }, house.once('pharmacist'));
  const arrived = [{ ...sent, quantity: 2 }];
  await receiveTransfer(house.deps, own('pharmacist2'), { id, lines: arrived }, house.once('pharmacist2'));
  const read = (request = {}) => readLotTrail(house.deps, house.actor('auditor'), sent, request);
  const whole = (await read()).items;
  const way = `TRANSFER-${id}`;
  expect(whole.map(({ site }) => site)).toEqual(['PH-1', 'PH-1', 'PH-2', way, way]);
  const pieces = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit: 1, ...(cursor !== undefined && { cursor }) });
    pieces.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  expect(pieces).toEqual(whole);
});

test('a lot is told place after place in pages of any size, and a hand-over names its prescription', async () => {
  const read = (request = {}) => readLotTrail(house.deps, house.actor('auditor'), lot, request);
  const whole = (await read()).items;
  expect(whole.map(({ site, kind, quantity }) => [site, kind, quantity])).toEqual([
    ['PH-1', 'receipt', 200],
    ['PH-1', 'dispense', -10],
    ['PH-1', 'dispense', -2],
    ['PH-1', 'dispense', -2],
    ['PH-1', 'dispense', -2],
    ['PH-2', 'receipt', 200],
    ['PH-2', 'dispense', -11],
  ]);
  expect(whole[1]).toMatchObject({ prescription: first.id, person: 'pharmacist' });
  for (const limit of [1, 2, 3, 5, 7]) {
    const pieces = [];
    let cursor: string | undefined;
    do {
      const page = await read({ limit, ...(cursor !== undefined && { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      pieces.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(pieces).toEqual(whole);
  }
  expect(await refused(read({ cursor: 'bm9uc2Vuc2U' }))).toBe('bad-cursor');
});
