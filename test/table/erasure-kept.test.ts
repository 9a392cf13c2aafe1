/** What keeps an erasure from being carried out, on the real engine: nobody loses what is still theirs, or somebody else's. */
import { closingMs } from '@darmon/domain/privacy';
import {
  advanceErasure,
  answerForErasure,
  askForErasure,
  holdPatient,
  liftPatientHold,
  readRights,
} from '@darmon/usecases/erasure';
import { lookUpPatient } from '@darmon/usecases/patients';
import { applyRetention } from '@darmon/usecases/retention';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, start, stock } from '../support/house.ts';

const dayMs = 86_400_000;
let house: House;
beforeAll(async () => {
  house = await makeHouse('erasure-kept');
  await house.publish();
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'L1', expiryDate: '2033-01-31', quantity: 500 }]);
});
afterAll(() => house?.stop());
beforeEach(() => {
  house.clock.now = start;
});

const asked = {
  site: 'CL-1',
  checkedBy: 'doctor',
  document: 'passport' as const,
  reason: 'the patient asks in writing',
};
let people = 0;
const somebody = () => ({
  passport: `KX${++people}004411`,
  fullName: 'Qodirova Manzura Sobirovna',
  birthDate: '1969-04-17',
  sex: 'female' as const,
});
type Somebody = ReturnType<typeof somebody>;
const patientOf = async (prescription: string) => (await house.table.loadPatientsOf([prescription]))[0] ?? '';
/** A prescription that was handed over whole, and may not be taken back any more. */
const served = async (patient: Somebody) => {
  const { id } = await issue(house, { patient });
  await dispense(house, id, [{ line: 1, quantity: 21 }]);
  house.clock.now += 2 * dayMs;
  return patientOf(id);
};
const ask = (patient: string) =>
  askForErasure(house.deps, house.actor('admin'), { patient, asked }, house.once('admin'));
const confirm = (patient: string) =>
  answerForErasure(house.deps, house.actor('chief'), { patient, yes: true }, house.once('chief'));
const find = async (patient: Somebody) =>
  (await lookUpPatient(house.deps, house.actor('doctor'), { passport: patient.passport })).patient;
const rightsOf = (patient: string) => readRights(house.deps, house.actor('auditor'), patient);

test('an erasure waits for a hand-over of the last hour that may still be taken back after the validity', async () => {
  const { id } = await issue(house, { patient: somebody() });
  const patient = await patientOf(id);
  const validUntil = Date.parse((await house.table.loadPrescription(id))?.validUntil ?? '');
  house.clock.now = validUntil - 3_600_000;
  await dispense(house, id, [{ line: 1, quantity: 21 }]);
  await ask(patient);
  await confirm(patient);
  house.clock.now = validUntil + 3_600_000;
  expect(await advanceErasure(house.deps, patient)).toMatchObject({ state: 'waiting', kept: [{ why: 'undoable' }] });
  house.clock.now += dayMs;
  expect(await advanceErasure(house.deps, patient)).toMatchObject({ state: 'closing' });
});

test('an erasure that nobody asked for leaves somebody alone who was served again while a hold kept it back', async () => {
  const patient = somebody();
  const old = await served(patient);
  house.clock.now = Date.parse('2030-01-01T00:00:00.000Z');
  await applyRetention(house.deps, house.clock.now + 60_000);
  expect((await rightsOf(old)).erasure).toMatchObject({ cause: 'retention', state: 'waiting' });
  const hold = { patient: old, reason: 'a court asks' };
  await holdPatient(house.deps, house.actor('auditor'), hold, house.once('auditor'));
  const again = await issue(house, { patient });
  expect(await patientOf(again.id)).toBe(old);
  await dispense(house, again.id, [{ line: 1, quantity: 21 }]);
  house.clock.now += 90 * dayMs;
  const lift = { patient: old, reason: 'the case is closed' };
  await liftPatientHold(house.deps, house.actor('auditor'), lift, house.once('auditor'));
  await advanceErasure(house.deps, old);
  house.clock.now += closingMs;
  await applyRetention(house.deps, house.clock.now + 60_000, 'open');
  expect(await rightsOf(old)).toMatchObject({ erased: false, erasure: { state: 'refused' } });
  expect(await find(patient)).not.toBeNull();
  // the person may still ask for it, and its own time comes as everybody's
  expect((await ask(old)).body).toMatchObject({ state: 'asked', cause: 'request' });
});
