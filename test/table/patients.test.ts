/** Patients on the real engine: registered once, changed by versions, found by every document, and their history. */
import { makePinfl } from '@darmon/domain/pinfl';
import { undoDispense } from '@darmon/usecases/dispenses';
import { changePatientRecord, readPatientHistory, registerPatient } from '@darmon/usecases/patient-records';
import { lookUpPatient } from '@darmon/usecases/patients';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dispense, dosage, gtins, type House, issue, makeHouse, refused, start, stock } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse();
  await house.publish();
});
afterAll(() => house.stop());
beforeEach(() => {
  house.clock.now = start;
});

const about = { fullName: 'Namuna Mehmon', birthDate: '1990-05-01', sex: 'female' as const };
let n = 100;
const guest = () => ({ passport: `AA${++n}0001`, ...about });
const register = async (patient: Parameters<typeof registerPatient>[2], once = house.once('doctor')) =>
  registerPatient(house.deps, house.actor('doctor'), patient, once);
const change = (id: string, wanted: object, version = 1, once = house.once('doctor'), by = 'doctor') =>
  changePatientRecord(house.deps, house.actor(by), { id, version, allergies: [], ...wanted }, once);
const find = async (query: Parameters<typeof lookUpPatient>[2]) =>
  (await lookUpPatient(house.deps, house.actor('doctor'), query)).patient;
const eventsOf = async (type: string) =>
  (await house.table.listSiteTrail('CL-1', '2026-11-20', { limit: 100 })).items.filter((e) => e.type === type);

describe('registering', () => {
  test('keeps one patient however often it is asked, and a repeat gets the same answer', async () => {
    const patient = guest();
    const once = house.once('doctor');
    const first = await register(patient, once);
    expect(first.status).toBe(201);
    expect(await register(patient, once)).toEqual(first);
    expect(await register(patient)).toEqual({ status: 200, body: { id: first.body.id, version: 1 } });
    expect(await find({ passport: patient.passport })).toEqual({
      ...patient,
      id: first.body.id,
      version: 1,
      allergies: [],
    });
  });
  test('two at once with one document make one patient', async () => {
    const patient = guest();
    const answers = await Promise.all([register(patient), register(patient)]);
    expect(answers.map((a) => a.status).sort()).toEqual([200, 201]);
    expect(new Set(answers.map((a) => a.body.id)).size).toBe(1);
  });
  test('a document that is known with other details is refused, in another spelling it is not', async () => {
    const patient = guest();
    await register(patient);
    expect(await refused(register({ ...patient, fullName: 'Boshqa Odam' }))).toBe('patient-mismatch');
    expect(await refused(register({ ...patient, birthDate: '1990-05-02' }))).toBe('patient-mismatch');
    expect(await refused(register({ ...patient, sex: 'male' }))).toBe('patient-mismatch');
    expect((await register({ ...patient, fullName: 'МЕҲМОН НАМУНА' })).status).toBe(200);
    expect(await refused(issue(house, { patient: { ...patient, fullName: 'Boshqa Odam' } }))).toBe('patient-mismatch');
  });
});

describe('a change', () => {
  test('is read back whole, and its event names fields and no values', async () => {
    const patient = guest();
    const { id } = (await register(patient)).body;
    const known = {
      weightKg: 61.5,
      allergies: [{ kind: 'atc' as const, code: 'J01C', note: 'toshma' }],
      pregnancy: { state: 'pregnant' as const, until: '2027-03-01' },
    };
    expect(await change(id, known)).toEqual({ status: 200, body: { id, version: 2 } });
    expect(await find({ passport: patient.passport })).toEqual({
      ...patient,
      ...known,
      id,
      version: 2,
      weightOn: '2026-11-20',
    });
    const event = (await eventsOf('patient-changed')).find((e) => e.changes.patient === id);
    expect(event?.changes).toEqual({ patient: id, fields: ['allergies', 'pregnancy', 'weightKg'] });
  });
  test('of two on the same version one is told that somebody was faster, and a repeat changes nothing twice', async () => {
    const { id } = (await register(guest())).body;
    const once = house.once('doctor');
    const done = await change(id, { weightKg: 60 }, 1, once);
    expect(await refused(change(id, { weightKg: 61 }, 1))).toBe('version-changed');
    expect(await change(id, { weightKg: 60 }, 1, once)).toEqual(done);
    const both = [change(id, { weightKg: 62 }, 2), change(id, { weightKg: 63 }, 2, house.once('doctor2'), 'doctor2')];
    const outcomes = await Promise.all(both.map((one) => refused(one)));
    expect(outcomes.sort()).toEqual(['not refused', 'version-changed']);
  });
  test('adds a second document by which the patient is found, and takes nobody else’s', async () => {
    const [patient, other] = [guest(), guest()];
    const pinfl = makePinfl({ birthDate: about.birthDate, sex: about.sex, region: 999, serial: 700 });
    const { id } = (await register(patient)).body;
    await register(other);
    expect(await refused(change(id, { passport: other.passport }))).toBe('patient-mismatch');
    await change(id, { pinfl });
    expect((await find({ pinfl }))?.id).toBe(id);
    expect((await find({ passport: patient.passport }))?.pinfl).toBe(pinfl);
    expect((await find({ passport: other.passport }))?.id).not.toBe(id);
  });
  test('of the name lets prescriptions go on under the new one, and old papers still find the patient', async () => {
    const patient = { ...guest(), birthDate: '1991-01-01' };
    const { id } = (await register(patient)).body;
    await change(id, { fullName: 'Namuna Kelin' });
    const renamed = { ...patient, fullName: 'Namuna Kelin' };
    expect((await issue(house, { patient: renamed })).status).toBe('active');
    expect(await refused(issue(house, { patient }))).toBe('patient-mismatch');
    for (const fullName of ['Namuna Kelin', 'Namuna Mehmon'])
      expect((await find({ fullName, birthDate: '1991-01-01' }))?.id).toBe(id);
  });
  test('of nobody is not found', async () => {
    expect(await refused(change('01KAGZ5V9YV1Q5T1M0E9J7R2CE', {}))).toBe('not-found');
  });
});

describe('a history', () => {
  const history = (id: string, by = 'doctor', request = {}) =>
    readPatientHistory(house.deps, house.actor(by), id, request);

  test('shows newest first what was prescribed and what was really handed over, and undone is not', async () => {
    const patient = guest();
    await stock(house, [{ gtin: gtins.amoxicillin, lot: 'HIST1', expiryDate: '2027-06-30', quantity: 100 }]);
    const first = await issue(house, { patient });
    house.clock.now += 60_000;
    const second = await issue(house, {
      patient,
      lines: [{ medicine: 'PARA500TAB', dosage: { ...dosage, unit: 'tablet' } }],
    });
    await dispense(house, first.id, [{ line: 1, quantity: 10 }]);
    const taken = await dispense(house, first.id, [{ line: 1, quantity: 5 }]);
    await undoDispense(
      house.deps,
      house.actor('pharmacist', 'own'),
      { id: taken.body.id, reason: 'wrong pack' },
      house.once('pharmacist'),
    );
    const id = (await find({ passport: patient.passport }))?.id ?? '';
    const { items } = await history(id);
    expect(items.map((i) => i.id)).toEqual([second.id, first.id]);
    expect(items[1]).toMatchObject({
      own: true,
      diagnosis: { icd10: 'J02.9' },
      lines: [{ quantity: 21, dispensed: 10 }],
      served: [
        { site: 'PH-1', siteName: 'Site PH-1', day: '2026-11-20', lines: [{ quantity: 10, brands: ['Brand'] }] },
      ],
    });
    expect(items[0]?.served).toEqual([]);
  });
  test('shows a doctor of another clinic everything but the diagnosis, and is recorded', async () => {
    const patient = guest();
    await issue(house, { patient });
    const id = (await find({ passport: patient.passport }))?.id ?? '';
    const { items } = await history(id, 'doctor2');
    expect(items[0]).toMatchObject({ own: false, clinicName: 'Site CL-1' });
    expect(items[0]).not.toHaveProperty('diagnosis');
    const read = (await house.table.listSiteTrail('CL-2', '2026-11-20', { limit: 100 })).items;
    expect(read.filter((e) => e.type === 'patient-history-read').map((e) => e.changes)).toContainEqual({
      patient: id,
      prescriptions: 1,
    });
  });
  test('comes in pages, and of nobody is not found', async () => {
    const patient = guest();
    for (let i = 0; i < 3; i += 1) {
      await issue(house, { patient });
      // what is prescribed again while it is still to be taken is a double therapy
      house.clock.now += 31 * 86_400_000;
    }
    const id = (await find({ passport: patient.passport }))?.id ?? '';
    const one = await history(id, 'doctor', { limit: 2 });
    const two = await history(id, 'doctor', { limit: 2, cursor: one.next });
    expect([one.items.length, two.items.length, two.next]).toEqual([2, 1, undefined]);
    expect(await refused(history('01KAGZ5V9YV1Q5T1M0E9J7R2CE'))).toBe('not-found');
  });
});
