/** A person's rights on the real engine: erased for ever, kept where the law says so, and the log still holds. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { closingMs } from '@darmon/domain/privacy';
import { directoryStore } from '@darmon/log/directory-store';
import { signerOf } from '@darmon/log/ed25519';
import { commitmentTo, decodeEntry, type Entry } from '@darmon/log/entry';
import { openCheckpoint, parseVkey, vkeyOf } from '@darmon/log/note';
import { checkProof, proveConsistency, proveEntry, readCheckpoint } from '@darmon/log/proof';
import { readBundle } from '@darmon/log/tile-reader';
import { checkpointPath, type Tile, tileOf } from '@darmon/log/tiles';
import { verifyLog } from '@darmon/log/verify';
import type { Key } from '@darmon/table/keys';
import { giveApproval } from '@darmon/usecases/approvals';
import { readTrail } from '@darmon/usecases/compliance';
import { dispensePrescription } from '@darmon/usecases/dispense';
import { undoDispense } from '@darmon/usecases/dispenses';
import { lookUpPrescription } from '@darmon/usecases/dispensing';
import {
  advanceErasure,
  answerForErasure,
  askForErasure,
  holdPatient,
  liftPatientHold,
  readRights,
} from '@darmon/usecases/erasure';
import { makeEventLog } from '@darmon/usecases/event-log';
import { enterPaper, readPicture } from '@darmon/usecases/paper';
import { changePatientRecord, readPatientHistory } from '@darmon/usecases/patient-records';
import { lookUpPatient } from '@darmon/usecases/patients';
import { exportPatient, exportStaff, findForRights } from '@darmon/usecases/person-export';
import { issuePrescription, listPrescriptions, readPrescription } from '@darmon/usecases/prescribing';
import { applyRetention } from '@darmon/usecases/retention';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { disturb } from '../support/faults.ts';
import {
  approvableOf,
  dispense,
  gtins,
  type House,
  issue,
  makeHouse,
  refused,
  start,
  stock,
  table,
} from '../support/house.ts';
import { findTraces, wholeTable } from '../support/traces.ts';

const dayMs = 86_400_000;
let house: House;
beforeAll(async () => {
  house = await makeHouse('privacy');
  await house.publish();
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'L1', expiryDate: '2029-01-31', quantity: 2_000 }]);
  await stock(house, [{ gtin: gtins.tramadol, lot: 'T1', expiryDate: '2029-01-31', quantity: 200 }]);
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
  const { id, number } = await issue(house, { patient });
  await dispense(house, id, [{ line: 1, quantity: 21 }]);
  house.clock.now += 2 * dayMs;
  return { id, number, patient: await patientOf(id) };
};
const ask = (patient: string, once = house.once('admin')) =>
  askForErasure(house.deps, house.actor('admin'), { patient, asked }, once);
const confirm = (patient: string, by = 'chief', once = house.once(by)) =>
  answerForErasure(house.deps, house.actor(by), { patient, yes: true }, once);
const erase = async (patient: string) => {
  await ask(patient);
  await confirm(patient);
  await advanceErasure(house.deps, patient);
  house.clock.now += closingMs;
  return advanceErasure(house.deps, patient);
};
const find = async (patient: Somebody) =>
  (await lookUpPatient(house.deps, house.actor('doctor'), { passport: patient.passport })).patient;
const rightsOf = (patient: string) => readRights(house.deps, house.actor('auditor'), patient);

describe('an erased patient', () => {
  test('is told by nothing in the table, while what was supplied stays and nobody’s screen fails', async () => {
    const patient = somebody();
    const { id, patient: who } = await served(patient);
    await changePatientRecord(
      house.deps,
      house.actor('doctor'),
      {
        id: who,
        version: 1,
        allergies: [{ kind: 'inn', code: 'metamizole', note: 'toshma toshdi' }],
        fullName: 'Nazarova Manzura Sobirovna',
      },
      house.once('doctor'),
    );
    const other = somebody();
    await served(other);
    expect(await find(patient)).not.toBeNull();
    expect(await erase(who)).toMatchObject({ state: 'done', counts: { hashes: 3, prescriptions: 1 } });

    const items = await wholeTable(house.client, table);
    const left = items.filter(({ pk, patient: of }) => pk?.S?.startsWith('PATIENT-MAC#') && of?.S === who);
    expect(left).toEqual([]);
    const ofPatient = items.filter((item) => JSON.stringify(item).includes(who));
    for (const item of ofPatient) expect(item.pageMac).toBeUndefined();
    expect(ofPatient.find(({ sk }) => sk?.S === 'PATIENT')).toMatchObject({ wrappedKey: { S: '' }, sealed: { M: {} } });
    expect(
      findTraces(
        ofPatient.map((item) => ({ pk: 'item', text: JSON.stringify(item) })),
        { passport: patient.passport, name: patient.fullName, note: 'toshma toshdi' },
      ),
    ).toEqual([]);

    // what was supplied stands
    const [handedOver] = await house.table.loadDispenses(id);
    expect(handedOver?.lines[0]).toMatchObject({ quantity: 21, medicine: 'AMOX500CAP' });
    const trail = await readTrail(house.deps, house.actor('auditor'), id, { limit: 100 });
    expect(trail.items.map(({ type }) => type)).toContain('content-removed');
    expect(await find(patient)).toBeNull();
    expect(await find(other)).not.toBeNull();
    expect(await refused(readPatientHistory(house.deps, house.actor('doctor'), who, {}))).toBe('not-found');
    const shown = await readPrescription(house.deps, house.actor('doctor'), id);
    expect(shown).toMatchObject({ id, status: 'completed' });
    expect(shown).not.toHaveProperty('patient');
    const listed = await listPrescriptions(house.deps, house.actor('doctor'), { limit: 100 });
    expect(listed.items.find((one) => one.id === id)).not.toHaveProperty('patient');
    const looked = await lookUpPrescription(house.deps, house.actor('pharmacist'), { number: shown.number });
    expect(looked).toMatchObject({ prescription: { id } });
    expect(await rightsOf(who)).toMatchObject({ erased: true, kept: [] });
    // the same document is somebody new
    const again = await issue(house, { patient });
    expect(await patientOf(again.id)).not.toBe(who);
  });

  test('whose hand-over is taken back late breaks nothing', async () => {
    const { id, patient } = await served(somebody());
    await erase(patient);
    const undo = undoDispense(
      house.deps,
      house.actor('pharmacist'),
      { id: `${id}.1`, reason: 'wrong patient' },
      house.once('pharmacist'),
    );
    expect(await refused(undo)).toBe('undo-too-late');
  });

  test('was on a paper: the picture is gone, and says so', async () => {
    const patient = somebody();
    const picture = { type: 'image/png' as const, data: Buffer.from('a picture of a paper').toString('base64') };
    const { body } = await enterPaper(
      house.deps,
      house.actor('pharmacist'),
      {
        patient,
        diagnosis: { icd10: 'J02.9' },
        lines: [
          { medicine: 'AMOX500CAP', dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' } },
        ],
        prescriber: 'doctor',
        writtenOn: '2026-11-20',
        picture,
      },
      house.once('pharmacist'),
    );
    await dispense(house, body.id, [{ line: 1, quantity: 21 }]);
    house.clock.now += 2 * dayMs;
    expect((await readPicture(house.deps, house.actor('pharmacist'), body.id)).data).toBe(picture.data);
    expect(await erase(await patientOf(body.id))).toMatchObject({ counts: { pictures: 1 } });
    expect(await refused(readPicture(house.deps, house.actor('pharmacist'), body.id))).toBe('not-found');
  });
});

describe('the log', () => {
  const { publicKey, sign } = signerOf(Uint8Array.from({ length: 32 }, (_, n) => n + 1));
  const key = parseVkey(vkeyOf('test.log', 'log', publicKey), 'log');
  const folder = mkdtempSync(join(tmpdir(), 'darmon-privacy-log-'));
  const store = directoryStore(folder);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const allEvents = async (): Promise<Key[]> => {
    const { Items = [] } = await house.client.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        FilterExpression: 'begins_with(sk, :event)',
        ExpressionAttributeValues: { ':event': { S: 'EVENT#' } },
      }),
    );
    return Items.map(({ pk, sk }) => ({ pk: String(pk?.S), sk: String(sk?.S) }));
  };
  const append = async () =>
    makeEventLog({ table: house.table, random: house.deps.random, key, sign, store }).append(await allEvents());
  const entries = async (): Promise<Entry[]> => {
    const { size } = openCheckpoint((await store.get(checkpointPath)) as Uint8Array, key);
    const found: Uint8Array[] = [];
    for (let index = 0; index * 256 < size; index += 1)
      found.push(...(await readBundle(store, tileOf('entries', index, size) as Tile)));
    return found.map((bytes) => decodeEntry(bytes) as Entry);
  };
  /** Entries whose commitment to a patient opens with what lies in the table now. */
  const opened = async (patient: string): Promise<string[]> => {
    const secrets = (await wholeTable(house.client, table)).flatMap(({ pk, key: secret }) =>
      pk?.S?.startsWith('LOG-KEY#') && secret?.S !== undefined ? [Buffer.from(secret.S, 'base64')] : [],
    );
    return (await entries())
      .filter(({ event, subjects }) =>
        subjects.some(
          ({ kind, commitment }) =>
            kind === 'patient' &&
            secrets.some((one) => commitmentTo({ kind, id: patient, key: one }, event) === commitment),
        ),
      )
      .map(({ event }) => event);
  };

  test('tells of a patient before the erasure and of nobody after it, verifies, and keeps every proof', async () => {
    const { id, patient } = await served(somebody());
    await append();
    const before = await entries();
    const told = await opened(patient);
    expect(told.length).toBeGreaterThanOrEqual(2);
    const checkpoint = await readCheckpoint(store);
    const index = before.findIndex(({ event }) => event === told[0]);
    const proof = await proveEntry(store, { log: key, index, checkpoint });

    await erase(patient);
    // a stream that gives everything again, and what happened since
    await append();
    expect(await opened(patient)).toEqual([]);
    expect((await entries()).slice(0, before.length)).toEqual(before);
    expect(await verifyLog(store, { log: key })).toMatchObject({ ok: true, problems: [] });
    expect(checkProof(JSON.parse(JSON.stringify(proof)), key)).toMatchObject({ index, entry: before[index] });
    const newer = await readCheckpoint(store);
    await proveConsistency(store, { log: key, older: checkpoint, newer });

    // whoever looks at the paper later leaves an entry that names nobody, and no new secret
    await lookUpPrescription(house.deps, house.actor('pharmacist'), {
      number: (await readPrescription(house.deps, house.actor('doctor'), id)).number,
    });
    await append();
    expect(await opened(patient)).toEqual([]);
    expect((await verifyLog(store, { log: key })).ok).toBe(true);
    const secret = (await wholeTable(house.client, table)).find(({ pk }) => pk?.S === `LOG-KEY#patient#${patient}`);
    expect(Object.keys(secret ?? {}).sort()).toEqual(['destroyed', 'pk', 'sk']);
  });
});

describe('an erasure', () => {
  test('needs two people, and neither may be who checked the document', async () => {
    const { patient } = await served(somebody());
    await ask(patient);
    expect(await refused(confirm(patient, 'admin'))).toBe('signer-repeated');
    expect(await refused(confirm(patient, 'doctor'))).toBe('signer-repeated');
    expect((await confirm(patient)).body.state).toBe('waiting');
  });

  test('asked for twice is one, and a repeat gets the same answer', async () => {
    const { patient } = await served(somebody());
    const once = house.once('admin');
    const first = await ask(patient, once);
    expect(await ask(patient, once)).toEqual(first);
    expect(await refused(ask(patient))).toBe('privacy-state');
    const both = await Promise.all([refused(confirm(patient)), refused(confirm(patient))]);
    expect(both.sort()).toEqual(['not refused', 'privacy-state']);
  });

  test('waits for what can still be handed over, names it, and goes on when it is over', async () => {
    const { id, number } = await issue(house, { patient: somebody() });
    const patient = await patientOf(id);
    await ask(patient);
    await confirm(patient);
    expect(await advanceErasure(house.deps, patient)).toMatchObject({
      state: 'waiting',
      kept: [{ why: 'open', number, until: '2026-12-21' }],
    });
    house.clock.now = start + 40 * dayMs;
    expect(await applyRetention(house.deps, house.clock.now + 60_000, 'open')).toMatchObject({ erased: 0 });
    expect((await rightsOf(patient)).erasure?.state).toBe('closing');
    house.clock.now += closingMs;
    await applyRetention(house.deps, house.clock.now + 60_000, 'open');
    expect((await rightsOf(patient)).erasure?.state).toBe('done');
  });

  test('keeps who got a controlled medicine for the years that the policy says', async () => {
    const patient = somebody();
    const dosage = { amount: 1, unit: 'capsule', timesPerDay: 2, days: 5, route: 'oral' } as const;
    const doctor = house.actor('doctor', 'own', true);
    const bodyHash = createHash('sha256').update('rx').digest('base64url');
    const approvable = { subject: '/api/prescriptions', bodyHash };
    const yes = await giveApproval(house.deps, doctor, approvable, house.once('doctor'));
    const { body } = await issuePrescription(
      house.deps,
      doctor,
      { patient, diagnosis: { icd10: 'R52.1' }, lines: [{ medicine: 'TRAM50CAP', dosage }], approval: yes.body.id },
      { once: house.once('doctor'), approvable },
    );
    const witness = house.actor('pharmacist3', 'own');
    const seen = await giveApproval(house.deps, witness, approvableOf(body.id), house.once('pharmacist3'));
    await dispensePrescription(
      house.deps,
      house.actor('pharmacist'),
      {
        id: body.id,
        lines: [{ line: 1, quantity: 10 }],
        approval: seen.body.id,
        identity: { passport: patient.passport },
      },
      { once: house.once('pharmacist'), approvable: approvableOf(body.id) },
    );
    house.clock.now += 2 * dayMs;
    const who = await patientOf(body.id);
    await ask(who);
    await confirm(who);
    expect(await advanceErasure(house.deps, who)).toMatchObject({
      state: 'waiting',
      kept: [{ why: 'controlled', number: body.number, until: '2032-01-01' }],
    });
    expect(await find(patient)).not.toBeNull();
  });

  test('stands still under a hold that comes a moment before the keys go, and goes on when it is lifted', async () => {
    const patient = somebody();
    const { patient: who } = await served(patient);
    await ask(who);
    await confirm(who);
    expect((await advanceErasure(house.deps, who))?.state).toBe('closing');
    expect(await find(patient)).toBeNull();
    const hold = { patient: who, reason: 'a court asks' };
    await holdPatient(house.deps, house.actor('auditor'), hold, house.once('auditor'));
    house.clock.now += closingMs;
    expect(await advanceErasure(house.deps, who)).toMatchObject({ state: 'waiting', kept: [{ why: 'hold' }] });
    // whoever is held is served as before
    expect(await find(patient)).not.toBeNull();
    const lift = { patient: who, reason: 'the case is closed' };
    await liftPatientHold(house.deps, house.actor('auditor'), lift, house.once('auditor'));
    await advanceErasure(house.deps, who);
    house.clock.now += closingMs;
    expect((await advanceErasure(house.deps, who))?.state).toBe('done');
  });

  test.each(['conflict', 'cut', 'lost-answer'] as const)(
    'that meets a %s at every write goes on to the end',
    async (fault) => {
      const patient = somebody();
      const { patient: who } = await served(patient);
      await ask(who);
      await confirm(who);
      let writes = 0;
      const quiet = disturb(house.client, () => (++writes % 2 === 1 ? fault : undefined));
      try {
        for (let n = 0; n < 40 && (await house.table.loadPrivacy(who)).erasure?.state !== 'done'; n += 1) {
          await advanceErasure(house.deps, who).catch(() => undefined);
          house.clock.now += closingMs;
        }
      } finally {
        quiet();
      }
      expect((await rightsOf(who)).erasure?.state).toBe('done');
      expect(await house.table.removeMacs(who)).toBe(0);
      for (const p of await house.table.loadPrescriptionsOf(who))
        expect([p.sealed, p.pageMac]).toEqual([{}, undefined]);
      expect(writes).toBeGreaterThan(4);
    },
  );

  test('that several go on with at once is done once', async () => {
    const { patient } = await served(somebody());
    await ask(patient);
    await confirm(patient);
    await Promise.all([1, 2, 3].map(() => advanceErasure(house.deps, patient)));
    house.clock.now += closingMs;
    const all = await Promise.all([1, 2, 3].map(() => advanceErasure(house.deps, patient)));
    expect(all.map((one) => one?.state)).toEqual(['done', 'done', 'done']);
    const events = await house.table.loadEventsAbout(patient, []);
    expect(events.filter(({ type }) => type === 'patient-erased')).toHaveLength(1);
  });
});

describe('what is over its time', () => {
  const night = () => applyRetention(house.deps, house.clock.now + 60_000);
  test('goes by the years of its class, a held one stays until the hold is lifted, and a second night finds nothing', async () => {
    const [one, held] = [somebody(), somebody()];
    const [first, second] = [await served(one), await served(held)];
    await holdPatient(
      house.deps,
      house.actor('auditor'),
      { prescription: second.id, reason: 'a court asks' },
      house.once('auditor'),
    );
    // the last day of the third year after the year of issue
    house.clock.now = Date.parse('2029-12-31T18:59:00.000Z');
    expect(await night()).toMatchObject({ prescriptions: 0, done: true });
    house.clock.now = Date.parse('2030-01-01T00:00:00.000Z');
    expect((await night()).prescriptions).toBeGreaterThan(0);
    expect((await house.table.loadPrescription(first.id))?.sealed).toEqual({});
    expect(Object.keys((await house.table.loadPrescription(second.id))?.sealed ?? {})).not.toEqual([]);
    house.clock.now += closingMs;
    await night();
    house.clock.now += closingMs;
    await night();
    expect(await rightsOf(first.patient)).toMatchObject({
      erased: true,
      erasure: { cause: 'retention', state: 'done' },
    });
    expect(await night()).toEqual({ prescriptions: 0, pictures: 0, feedback: 0, erased: 0, done: true });

    const lift = { patient: second.patient, reason: 'the case is closed' };
    await liftPatientHold(house.deps, house.actor('auditor'), lift, house.once('auditor'));
    await night();
    expect((await house.table.loadPrescription(second.id))?.sealed).toEqual({});
  });
});

describe('a person’s own data', () => {
  test('is handed out whole, with who looked and why, and that it was is on record', async () => {
    const patient = somebody();
    const { id, number } = await served(patient);
    const who = { passport: patient.passport };
    const look = { ...who, reason: 'no paper, passport seen' };
    await lookUpPrescription(house.deps, house.actor('pharmacist'), look);
    const admin = house.actor('admin');
    const found = await findForRights(house.deps, admin, { who, asked });
    expect(found).toEqual({
      patient: { id: await patientOf(id), initials: 'Q. M. S.', birthYear: 1969 },
    });
    const data = await exportPatient(house.deps, admin, { patient: found.patient?.id ?? '', asked });
    expect(data.patient).toMatchObject(patient);
    expect(data.prescriptions).toMatchObject([
      { number, personal: { icd10: 'J02.9' }, dispenses: [{ lines: [{ quantity: 21 }] }] },
    ]);
    expect(data.looks).toContainEqual(
      expect.objectContaining({ role: 'pharmacist', site: 'PH-1', reason: 'no paper, passport seen' }),
    );
    expect(JSON.stringify(data.looks)).not.toContain('Person pharmacist');
    expect(data.fhir).toMatchObject({ resourceType: 'Bundle', type: 'collection' });
    const again = await exportPatient(house.deps, admin, { patient: found.patient?.id ?? '', asked });
    expect(again.looks.filter(({ type }) => type === 'data-exported')).toHaveLength(2);
  });
  test('of a member of staff names the account and the deeds of the days asked for', async () => {
    await issue(house, { patient: somebody() });
    const days = { from: '2026-11-20', to: '2026-11-20' };
    const data = await exportStaff(house.deps, house.actor('admin'), { id: 'doctor', ...days, reason: 'in writing' });
    expect(data.person).toMatchObject({ id: 'doctor' });
    expect(data.deeds.map(({ type }) => type)).toContain('prescription-issued');
    expect(data.deeds.every(({ actor }) => actor.person === 'doctor')).toBe(true);
    const long = { id: 'doctor', from: '2026-01-01', to: '2026-11-20', reason: 'in writing' };
    expect(await refused(exportStaff(house.deps, house.actor('admin'), long))).toBe('schema');
  });
});
