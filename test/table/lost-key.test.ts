/**
 * A drill: somebody has the whole table, and nothing else. It tells of no person; with the key lost nobody is opened
 * again; and whoever's own key is destroyed is forgotten alone.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { makePinfl } from '@darmon/domain/pinfl';
import { startKms } from '@darmon/local/kms';
import { askApproval, giveApproval } from '@darmon/usecases/approvals';
import { dispensePrescription } from '@darmon/usecases/dispense';
import { lookUpPrescription } from '@darmon/usecases/dispensing';
import { listDrafts, readDraft, startDraft } from '@darmon/usecases/drafts';
import { giveFeedback, listFeedback } from '@darmon/usecases/feedback';
import { enterPaper, readPicture } from '@darmon/usecases/paper';
import { openPatientPage } from '@darmon/usecases/patient-page';
import { changePatientRecord, readPatientHistory } from '@darmon/usecases/patient-records';
import { lookUpPatient } from '@darmon/usecases/patients';
import { cancelPrescription, issuePrescription, listPrescriptions } from '@darmon/usecases/prescribing';
import { kmsVault } from '@darmon/usecases/vault';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  approvableOf,
  dispense,
  dosage,
  gtins,
  type House,
  issue,
  makeHouse,
  refused,
  stock,
  table,
} from '../support/house.ts';
import { findTraces, wholeTable } from '../support/traces.ts';

let house: House;
const patient = {
  pinfl: makePinfl({ birthDate: '1978-09-23', sex: 'female', region: 999, serial: 321 }),
  fullName: 'Xolmatova Zulfizar Ergashevna',
  birthDate: '1978-09-23',
  sex: 'female' as const,
  weightKg: 67.25,
};
const known = {
  passport: 'KA7654321',
  allergies: [{ kind: 'inn' as const, code: 'metamizole', note: 'shish va toshma' }],
  pregnancy: { state: 'lactating' as const, until: '2027-10-17' },
};
const newName = 'Rasulova Zulfizar Ergashevna';
const renamed = { ...patient, fullName: newName };
const collector = 'CC9876543';
const why = 'oldingi qadoq daryoga tushib ketdi';
const drafted = 'bosh aylanishi bezovta qiladi';
const photographed = 'qogozdagi retsept, Z95.1';
const complained = 'Zulfizar opaga yomon muomala';
const representative = 'CD1122334';
const address = '203.0.113.77';
let code = '';
let draft = '';
let paper = '';
let other: Awaited<ReturnType<typeof issue>>;

const doctor = () => house.actor('doctor', 'own');
const pharmacist = () => house.actor('pharmacist', 'own');
const feedbackDeps = () => ({ ...house.deps, mac: house.deps.vault.mac, keyring: house.deps.vault });

/** A draft that names her, and one that was issued: a second course, with the reason why it is none too many. */
const writeDrafts = async () => {
  const written = { title: newName, body: { patient: renamed, note: drafted } };
  draft = (await startDraft(house.deps, doctor(), written, house.once('doctor'))).body.id;
  const issued = await startDraft(house.deps, doctor(), written, house.once('doctor'));
  const overrides = [{ alert: 'duplicate-therapy:substance:AMOX500CAP', reason: why }];
  return issue(house, { patient: renamed, overrides, draft: issued.body.id });
};

/** A controlled medicine, collected by somebody else, whose passport the colleague's yes is asked with. */
const collectControlled = async () => {
  const approvable = { subject: '/api/prescriptions', bodyHash: createHash('sha256').update('rx').digest('base64url') };
  const signer = house.actor('doctor', 'own', true);
  const confirmed = await giveApproval(house.deps, signer, approvable, house.once('doctor'));
  const lines = [{ medicine: 'TRAM50CAP', dosage: { ...dosage, timesPerDay: 2, days: 5 } }];
  const { id } = (
    await issuePrescription(
      house.deps,
      signer,
      { patient: renamed, diagnosis: { icd10: 'Z94.6' }, lines, approval: confirmed.body.id },
      { once: house.once('doctor'), approvable },
    )
  ).body;
  const identity = { collector: 'other' as const, passport: representative };
  const dispensed = { lines: [{ line: 1, quantity: 10 }], identity };
  const { subject } = approvableOf(id);
  await askApproval(house.deps, pharmacist(), { subject, body: dispensed }, house.once('pharmacist'));
  const witness = house.actor('pharmacist3', 'own');
  const { body } = await giveApproval(house.deps, witness, approvableOf(id), house.once('pharmacist3'));
  await dispensePrescription(
    house.deps,
    pharmacist(),
    { id, ...dispensed, approval: body.id },
    { once: house.once('pharmacist'), approvable: approvableOf(id) },
  );
};

const enterHerPaper = async () => {
  const input = {
    patient: renamed,
    diagnosis: { icd10: 'Z94.6' },
    prescriber: 'doctor',
    writtenOn: '2026-11-18',
    lines: [{ medicine: 'AMOX500CAP', dosage }],
    picture: { type: 'image/jpeg', data: Buffer.from(photographed).toString('base64') },
  };
  return (await enterPaper(house.deps, pharmacist(), input, house.once('pharmacist'))).body.id;
};

beforeAll(async () => {
  house = await makeHouse();
  await house.publish();
  await stock(house, [
    { gtin: gtins.amoxicillin, lot: 'DRILL', expiryDate: '2027-06-30', quantity: 500 },
    { gtin: gtins.tramadol, lot: 'GUARDED', expiryDate: '2027-06-30', quantity: 100 },
  ]);
  const issued = await issue(house, { patient, diagnosis: { icd10: 'Z94.6' } });
  ({ code } = issued);
  await dispense(house, issued.id, [{ line: 1, quantity: 5 }]);
  const found = await lookUpPatient(house.deps, house.actor('doctor'), { pinfl: patient.pinfl });
  const id = found.patient?.id ?? '';
  const change = { id, version: 1, fullName: newName, ...known };
  await changePatientRecord(house.deps, house.actor('doctor'), change, house.once('doctor'));
  await lookUpPatient(house.deps, house.actor('doctor'), { passport: known.passport });
  await lookUpPatient(house.deps, house.actor('doctor'), { fullName: newName, birthDate: patient.birthDate });
  await lookUpPatient(house.deps, house.actor('doctor'), { passport: collector });
  await lookUpPrescription(house.deps, house.actor('pharmacist', 'own'), { pinfl: patient.pinfl });
  await lookUpPrescription(house.deps, house.actor('pharmacist', 'own'), { code });
  await readPatientHistory(house.deps, house.actor('doctor'), id, {});
  const second = await writeDrafts();
  await cancelPrescription(
    house.deps,
    house.actor('doctor', 'own'),
    { id: second.id, reason: 'wrong dose' },
    house.once('doctor'),
  );
  await collectControlled();
  paper = await enterHerPaper();
  const page = { ...house.deps, mac: house.deps.vault.mac };
  await openPatientPage(page, { number: issued.number, birthDate: patient.birthDate }, address);
  await giveFeedback(feedbackDeps(), { site: 'PH-1', kind: 'complaint', about: 'staff', text: complained }, address);
  other = await issue(house, { patient: house.patient() });
});
afterAll(() => house.stop());

/** What must not lie anywhere. The code carries initials and birth year. */
const secrets = () => ({
  pinfl: patient.pinfl,
  passport: known.passport,
  'passport that nobody has': collector,
  name: patient.fullName,
  'family name': 'Xolmatova',
  'new family name': 'Rasulova',
  'given name': 'Zulfizar',
  'birth date': patient.birthDate,
  'birth date as written': '23.09.1978',
  diagnosis: 'Z94.6',
  weight: '67.25',
  allergy: 'metamizole',
  note: 'shish va toshma',
  pregnancy: 'lactating',
  'pregnancy until': known.pregnancy.until,
  code,
  'end of the code': code.slice(-30),
  'reason against a warning': why,
  'draft of a prescription': drafted,
  'picture of a paper': photographed,
  complaint: complained,
  'passport of who collects': representative,
  'address of who asks': address,
});

describe('the table alone', () => {
  test('says nothing of a person, in no form', async () => {
    const items = await wholeTable(house.client, table);
    expect(items.length).toBeGreaterThan(40);
    expect(findTraces(items, secrets())).toEqual([]);
  });

  const { pinfl } = patient;
  test.each([
    ['as it is', pinfl],
    ['inside a text', `{"patient":"${pinfl}"}`],
    ['turned around', [...pinfl].reverse().join('')],
    ['in base64', Buffer.from(`x${pinfl}`).toString('base64')],
    ['in hex', Buffer.from(pinfl).toString('hex')],
    ['as a hash in hex', createHash('sha256').update(pinfl).digest('hex')],
    ['as a hash in base64url', createHash('md5').update(`pinfl:${pinfl}`).digest('base64url')],
    ['as bytes', Buffer.from(pinfl)],
    ['as the name of an attribute', { [pinfl]: 1 }],
  ])('would be seen to say it %s', (_, said) => {
    expect(findTraces([{ pk: 'X', said }], { pinfl })).toEqual(['"X": pinfl']);
  });
  test('would be seen to say a name in another script', () => {
    const items = [{ pk: 'X', said: Buffer.from('xolmatova zulfizar ergashevna').toString('base64url') }];
    expect(findTraces(items, { name: 'Холматова Зулфизар Эргашевна' })).toEqual(['"X": name']);
  });
});

test('with the key lost nothing opens, and nobody is found', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'darmon-drill-'));
  const kms = await startKms(folder, { data: 'SYMMETRIC_DEFAULT', search: 'HMAC_256' });
  const client = new KMSClient({
    endpoint: kms.endpoint,
    region: 'local',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const blind = { ...house.deps, vault: kmsVault(client, { data: 'data', search: 'search' }) };
  const doctor = house.actor('doctor');
  const own = await refused(listPrescriptions(blind, doctor, {}));
  expect(own).toBeInstanceOf(Error);
  expect(JSON.stringify([own, (own as Error).message])).not.toContain('Xolmatova');
  for (const query of [{ pinfl: patient.pinfl }, { fullName: newName, birthDate: patient.birthDate }])
    expect(await lookUpPatient(blind, doctor, query)).toEqual({ patient: null });
  const closed = [
    await refused(readDraft(blind, doctor, draft)),
    await refused(listDrafts(blind, doctor, {})),
    await refused(readPicture(blind, house.actor('pharmacist', 'own'), paper)),
    await refused(listFeedback({ ...blind, keyring: blind.vault }, { site: 'PH-1' }, {})),
  ];
  for (const error of closed) expect(error).toBeInstanceOf(Error);
  client.destroy();
  await kms.stop();
  rmSync(folder, { recursive: true });
});

test('whose own key is destroyed is forgotten, and nobody else', async () => {
  const doctor = house.actor('doctor');
  const { id = '' } = (await lookUpPatient(house.deps, doctor, { pinfl: patient.pinfl })).patient ?? {};
  await house.client.send(
    new UpdateItemCommand({
      TableName: table,
      Key: { pk: { S: `PATIENT#${id}` }, sk: { S: 'PATIENT' } },
      UpdateExpression: 'SET wrappedKey = :none',
      ExpressionAttributeValues: { ':none': { S: '' } },
    }),
  );
  expect(await lookUpPatient(house.deps, doctor, { pinfl: patient.pinfl })).toEqual({ patient: null });
  expect(await refused(readPatientHistory(house.deps, doctor, id, {}))).toBe('not-found');
  expect(await refused(readPicture(house.deps, house.actor('pharmacist', 'own'), paper))).toBe('not-found');
  const { items } = await listPrescriptions(house.deps, doctor, {});
  expect(items.length).toBeGreaterThan(3);
  for (const { id, patient: shown } of items) expect(shown !== undefined, id).toBe(id === other.id);
  expect((await lookUpPatient(house.deps, doctor, house.patient() as { pinfl: string })).patient?.fullName).toBe(
    house.patient().fullName,
  );
});
