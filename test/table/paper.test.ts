/** Paper prescriptions of an outage, on the real engine: who wrote them, when, what may be on them, and their picture. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { lookUpPrescription } from '@darmon/usecases/dispensing';
import { enterPaper, type PaperInput, readPicture } from '@darmon/usecases/paper';
import { readPrescription } from '@darmon/usecases/prescribing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  dispense,
  dosage,
  gtins,
  type House,
  issue,
  makeHouse,
  refused,
  start,
  stock,
  table,
} from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('paper');
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'A', expiryDate: '2028-06-30', quantity: 500 }]);
});
afterAll(() => house?.stop());
beforeEach(() => {
  house.clock.now = start;
});

const picture = { type: 'image/jpeg', data: Buffer.from('a picture of a paper').toString('base64') };
let patients = 0;
const paper = (more: Partial<PaperInput> = {}): PaperInput => ({
  patient: house.patient(++patients),
  diagnosis: { icd10: 'J02.9' },
  prescriber: 'doctor',
  writtenOn: '2026-11-18',
  lines: [{ medicine: 'AMOX500CAP', dosage }],
  picture,
  ...more,
});
const enter = (more: Partial<PaperInput> = {}, once = house.once('pharmacist')) =>
  enterPaper(house.deps, house.actor('pharmacist', 'own'), paper(more), once);

describe('a paper prescription', () => {
  test('is entered as of the day it was written, says so for ever, and is handed over like any other', async () => {
    const { status, body } = await enter();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      issuedAt: '2026-11-17T19:00:00.000Z',
      validUntil: '2026-12-18T19:00:00.000Z',
      paper: { writtenOn: '2026-11-18', person: 'pharmacist', site: 'PH-1' },
    });
    const view = await readPrescription(house.deps, house.actor('auditor'), body.id);
    expect(view).toMatchObject({ clinic: 'CL-1', prescriber: 'doctor', paper: { writtenOn: '2026-11-18' } });
    expect((await dispense(house, body.id, [{ line: 1, quantity: 21 }])).body.status).toBe('completed');
    const { items } = await house.table.listTrail(body.id, {});
    expect(items.map((e) => e.type)).toEqual(['prescription-entered', 'prescription-dispensed']);
  });

  test('is found by its number and by its patient', async () => {
    const patient = house.patient(++patients);
    const { body } = await enter({ patient });
    const look = (input: Parameters<typeof lookUpPrescription>[2]) =>
      lookUpPrescription(house.deps, house.actor('pharmacist2'), input);
    expect((await look({ number: body.number })).prescription).toMatchObject({
      patient: { fullName: patient.fullName },
    });
    const found = await look({ pinfl: 'pinfl' in patient ? patient.pinfl : '' });
    expect(found.prescriptions?.map((p) => p.id)).toEqual([body.id]);
  });

  test('sent twice with one key is one prescription and one answer', async () => {
    const once = house.once('pharmacist');
    const patient = house.patient(++patients);
    const [first, again] = [await enter({ patient }, once), await enter({ patient }, once)];
    expect(again).toEqual(first);
  });

  test('is entered once, whoever enters it, and not from the printed page of a signed one', async () => {
    const patient = house.patient(++patients);
    const { body } = await enter({ patient });
    const again = (more: Partial<PaperInput> = {}) =>
      enterPaper(house.deps, house.actor('pharmacist2', 'own'), paper({ patient, ...more }), house.once('pharmacist2'));
    await expect(again()).rejects.toMatchObject({ code: 'paper-known', facts: { number: body.number } });
    await dispense(house, body.id, [{ line: 1, quantity: 21 }]);
    expect(await refused(again())).toBe('paper-known');
    expect(await refused(again({ writtenOn: '2026-11-19' }))).toBe('not refused');
    const other = house.patient(++patients);
    await issue(house, { patient: other });
    expect(await refused(again({ patient: other, writtenOn: '2026-11-20' }))).toBe('paper-known');
  });

  test('that was entered wrong, and closed for it, can be entered right', async () => {
    const patient = house.patient(++patients);
    const { body } = await enter({ patient });
    await dispense(house, body.id, [{ line: 1, notDispensed: 'illegible-or-wrong' }]);
    expect((await enter({ patient })).status).toBe(201);
  });

  test.each<[string, Partial<PaperInput>, string]>([
    ['of tomorrow', { writtenOn: '2026-11-21' }, '/writtenOn'],
    ['older than the policy allows', { writtenOn: '2026-11-12' }, '/writtenOn'],
    ['of nobody known', { prescriber: 'nobody' }, '/prescriber'],
    ['of somebody who is no doctor', { prescriber: 'pharmacist' }, '/prescriber'],
    ['of a controlled medicine', { lines: [{ medicine: 'TRAM50CAP', dosage }] }, '/lines/0/medicine'],
  ])('%s is refused', async (_, more, pointer) => {
    await expect(enter(more)).rejects.toMatchObject({ code: 'paper-not-allowed', errors: [{ pointer }] });
  });

  test('counts for the licence of the day it was written, not of today', async () => {
    const { person } = await house.table.loadStanding('doctor2', 'CL-2');
    if (!person) throw new Error('no second doctor');
    const licence = { number: 'L-1', from: '2020-01-01', until: '2026-11-18' };
    const event = { id: house.deps.id(), at: '2026-11-20T07:00:00.000Z', type: 'person-saved' as const, changes: {} };
    await house.table.commitPerson(
      { ...person, licence, active: false, version: 2 },
      { now: start, event: { ...event, actor: { person: 'admin', role: 'admin', site: 'OF-1' } } },
    );
    expect(await refused(enter({ prescriber: 'doctor2', writtenOn: '2026-11-18' }))).toBe('not refused');
    expect(await refused(enter({ prescriber: 'doctor2', writtenOn: '2026-11-19' }))).toBe('paper-not-allowed');
  });

  test('of somebody else at the clinic is refused', async () => {
    const { person } = await house.table.loadStanding('doctor', 'CL-1');
    if (!person) throw new Error('no doctor');
    const event = { id: house.deps.id(), at: '2026-11-20T07:00:00.000Z', type: 'person-saved' as const, changes: {} };
    await house.table.commitPerson(
      { ...person, id: 'clerk', roles: ['planner'], version: 1 },
      { now: start, event: { ...event, actor: { person: 'admin', role: 'admin', site: 'OF-1' } } },
    );
    expect(await refused(enter({ prescriber: 'clerk' }))).toBe('paper-not-allowed');
  });

  test('follows the rules of prescribing', async () => {
    expect(await refused(enter({ lines: [{ medicine: 'NOSUCH', dosage }] }))).toBe('medicine-unknown');
    expect(await refused(enter({ lines: [{ medicine: 'AMOX500CAP', dosage, quantity: 22 }] }))).toBe(
      'quantity-contradicts-dosage',
    );
  });
});

describe('its picture', () => {
  test('is seen by the pharmacy that entered it, each look recorded, and is noise in the table', async () => {
    const { body } = await enter();
    const read = (by: string) => readPicture(house.deps, house.actor(by, 'own'), body.id);
    expect(await read('pharmacist3')).toEqual(picture);
    expect(await refused(read('pharmacist2'))).toBe('not-found');
    const { items } = await house.table.listTrail(body.id, {});
    expect(items.at(-1)).toMatchObject({ type: 'prescription-looked-up', changes: { by: 'picture' } });
    const key = { pk: { S: `PRESCRIPTION#${body.id}` }, sk: { S: 'PICTURE' } };
    const { Item } = await house.client.send(new GetItemCommand({ TableName: table, Key: key }));
    expect(Buffer.from(Item?.sealed?.B ?? []).toString('latin1')).not.toContain('a picture');
  });

  test('of the largest size fits', async () => {
    const data = Buffer.alloc(256_000, 7).toString('base64');
    const { body } = await enter({ picture: { type: 'image/png', data } });
    expect((await readPicture(house.deps, house.actor('pharmacist', 'own'), body.id)).data).toBe(data);
  });
});
