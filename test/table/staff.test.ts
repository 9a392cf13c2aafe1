/** Staff, sites and licences on the real engine, and what the table alone tells of a patient. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Person, Site } from '@darmon/domain/standing';
import { lookUpPrescription } from '@darmon/usecases/dispensing';
import { listDrafts, readDraft, startDraft } from '@darmon/usecases/drafts';
import { bootstrap, givePassword, savePerson, saveSite } from '@darmon/usecases/identity';
import { lookUpPatient } from '@darmon/usecases/patients';
import { listPrescriptions, readPrescription } from '@darmon/usecases/prescribing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, stock, table } from '../support/house.ts';

let house: House;
const accounts: string[] = [];
const passwords = new Map<string, string>();
const saved = new Map<string, boolean>();
beforeAll(async () => {
  house = await makeHouse('staff');
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'A1', expiryDate: '2027-12-31', quantity: 500 }]);
});
afterAll(() => house.stop());

const everyItem = async () => (await house.client.send(new ScanCommand({ TableName: table }))).Items ?? [];
const deps = () => ({
  ...house.deps,
  accounts: {
    save: async ({ id, active }: Pick<Person, 'id' | 'active'>) => {
      accounts.push(id);
      saved.set(id, active);
    },
    setTemporaryPassword: async (id: string, password: string) => void passwords.set(id, password),
    hasSecondFactor: async () => false,
    removeSecondFactor: async () => {},
  },
});
const admin = () => house.actor('admin');

const personNow = async (id: string): Promise<Person> => {
  const { items } = await house.table.listPeople({});
  return items.find((p) => p.id === id) as Person;
};
const change = async (id: string, fields: Partial<Person>) => {
  const { version, ...person } = await personNow(id);
  return savePerson(deps(), admin(), { ...person, ...fields }, version, house.once('admin'));
};
const changeSite = async (id: string, fields: Partial<Site>) => {
  const { items } = await house.table.listSites({});
  const { version, ...site } = items.find((s) => s.id === id) as Site;
  return saveSite(house.deps, admin(), { ...site, ...fields }, version, house.once('admin'));
};
const lapsed = { number: 'L-1', from: '2020-01-01', until: '2026-11-19' };
const valid = { number: 'L-1', from: '2020-01-01', until: '2026-11-20' };

describe('a licence', () => {
  test('holds through its last day and not after: of the doctor, the clinic, the pharmacist, the pharmacy', async () => {
    const { id } = await issue(house);
    const handOver = () => dispense(house, id, [{ line: 1, quantity: 1 }]);

    await change('doctor', { licence: lapsed });
    expect(await refused(issue(house))).toBe('licence-lapsed');
    await change('doctor', { licence: valid });
    await changeSite('CL-1', { licence: lapsed });
    expect(await refused(issue(house))).toBe('licence-lapsed');
    await changeSite('CL-1', { licence: valid });
    await issue(house);

    await change('pharmacist', { licence: lapsed });
    expect(await refused(handOver())).toBe('licence-lapsed');
    await change('pharmacist', { licence: valid });
    await changeSite('PH-1', { licence: lapsed });
    expect(await refused(handOver())).toBe('licence-lapsed');
    expect(
      await refused(stock(house, [{ gtin: gtins.amoxicillin, lot: 'A2', expiryDate: '2027-12-31', quantity: 1 }])),
    ).toBe('licence-lapsed');
    await changeSite('PH-1', { licence: valid });
    expect((await handOver()).status).toBe(201);
  });

  test('that was never given is none', async () => {
    const { licence: _, version, ...person } = await personNow('doctor2');
    await savePerson(deps(), admin(), person, version, house.once('admin'));
    const input = { patient: house.patient(), diagnosis: { icd10: 'J02.9' }, lines: [] };
    const { issuePrescription } = await import('@darmon/usecases/prescribing');
    expect(
      await refused(
        issuePrescription(house.deps, house.actor('doctor2', 'own'), input, {
          once: house.once('doctor2'),
          approvable: { subject: '/api/prescriptions', bodyHash: '' },
        }),
      ),
    ).toBe('licence-lapsed');
  });
});

describe('staff', () => {
  test('a closed account may do nothing from the next request on, whatever its token says', async () => {
    await change('pharmacist3', { active: false });
    const { id } = await issue(house);
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 1 }], 'pharmacist3'))).toBe('account-closed');
    const doctor = house.actor('doctor', 'own');
    const draft = await startDraft(house.deps, doctor, { body: {} }, house.once('doctor'));
    await change('doctor', { active: false });
    expect(await refused(readPrescription(house.deps, doctor, id))).toBe('account-closed');
    expect(await refused(listPrescriptions(house.deps, doctor, {}))).toBe('account-closed');
    expect(await refused(readDraft(house.deps, doctor, draft.body.id))).toBe('account-closed');
    expect(await refused(listDrafts(house.deps, doctor, {}))).toBe('account-closed');
    await change('doctor', { active: true });
    expect((await readPrescription(house.deps, doctor, id)).id).toBe(id);
  });

  test('a change on top of somebody else’s is refused, and a known id is not taken twice', async () => {
    const { version, ...person } = await personNow('warehouse');
    const save = (was: number | undefined) => savePerson(deps(), admin(), person, was, house.once('admin'));
    await save(version);
    expect(await refused(save(version))).toBe('version-changed');
    expect(await refused(save(undefined))).toBe('person-known');
    expect(await refused(savePerson(deps(), admin(), { ...person, id: 'nobody' }, 1, house.once('admin')))).toBe(
      'not-found',
    );
    expect(
      await refused(
        savePerson(deps(), admin(), { ...person, id: 'new-one', site: 'XX-1' }, undefined, house.once('admin')),
      ),
    ).toBe('site-unknown');
  });

  test('a doctor is posted to a clinic and a pharmacist to a pharmacy, and neither works elsewhere', async () => {
    expect(await refused(change('doctor', { site: 'WH-1' }))).toBe('role-not-for-site');
    expect(await refused(change('pharmacist', { roles: ['pharmacist', 'doctor'] }))).toBe('role-not-for-site');
  });

  test('an administrator cannot shut the own door', async () => {
    expect(await refused(change('admin', { active: false }))).toBe('not-allowed');
    expect(await refused(change('admin', { roles: ['auditor'] }))).toBe('not-allowed');
  });

  test('a repeat answers what was saved then, and the account follows what the table holds', async () => {
    const { version, ...person } = await personNow('warehouse');
    const once = house.once('admin', 'save-1');
    const first = await savePerson(deps(), admin(), { ...person, rights: ['controlled'] }, version, once);
    await change('warehouse', { active: false });
    expect(await savePerson(deps(), admin(), { ...person, rights: ['controlled'] }, version, once)).toEqual(first);
    expect(saved.get('warehouse')).toBe(false);
    const other = { ...once, bodyHash: 'other' };
    expect(await refused(savePerson(deps(), admin(), { ...person, active: true }, version, other))).toBe('key-reused');
    expect(saved.get('warehouse')).toBe(false);
  });

  test('a retry of an addition answers the same and adds one', async () => {
    const once = house.once('admin', 'add-1');
    const person = {
      id: 'new-doctor',
      name: 'Yangi Shifokor',
      roles: ['doctor' as const],
      site: 'CL-1',
      rights: [],
      licence: valid,
      active: true,
    };
    const first = await savePerson(deps(), admin(), person, undefined, once);
    expect(await savePerson(deps(), admin(), person, undefined, once)).toEqual(first);
    expect((await house.table.listPeople({})).items.filter((p) => p.id === 'new-doctor')).toHaveLength(1);
    expect(accounts).toContain('new-doctor');
  });

  test('a temporary password fits the pool’s policy, is said once and stands in no record', async () => {
    const { temporaryPassword } = await givePassword(deps(), admin(), 'doctor');
    expect(passwords.get('doctor')).toBe(temporaryPassword);
    expect(temporaryPassword).toMatch(/^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)(?=.*-).{12,}$/);
    expect((await givePassword(deps(), admin(), 'doctor')).temporaryPassword).not.toBe(temporaryPassword);
    const Items = await everyItem();
    expect(JSON.stringify(Items)).not.toContain(temporaryPassword);
    expect(Items.filter((i) => i.type?.S === 'password-given')).toHaveLength(2);
    expect(await refused(givePassword(deps(), admin(), 'nobody'))).toBe('not-found');
    expect(await refused(givePassword(deps(), admin(), 'pharmacist3'))).toBe('account-closed');
  });

  test('two administrators change a site at once: one is told that it changed', async () => {
    const outcomes = await Promise.all([1, 2].map(() => refused(changeSite('WH-1', { name: 'Ombor' }))));
    expect(outcomes.sort()).toEqual(['not refused', 'version-changed']);
  });

  test('a site stays what it is: a pharmacy with stock does not become a clinic', async () => {
    expect(await refused(changeSite('PH-2', { kind: 'clinic' }))).toBe('site-kind-fixed');
  });

  test('the first administrator is made once', async () => {
    const site = { id: 'OF-9', kind: 'office' as const, name: 'Vazirlik', region: 'UZ-TK' };
    const made = await bootstrap(deps(), site, { id: 'first-admin', name: 'Birinchi' });
    expect(made).toMatchObject({ roles: ['admin'], site: 'OF-9', active: true });
    expect(await refused(bootstrap(deps(), { ...site, id: 'OF-10' }, { id: 'second-admin', name: 'Ikkinchi' }))).toBe(
      'already-bootstrapped',
    );
  });
});

describe('the table alone', () => {
  test('tells no patient’s name, number, birth date or diagnosis, and no name of staff in any event', async () => {
    const patient = { ...house.patient(44), fullName: 'Zulfizar Xazratqulova', weightKg: 61.5 };
    const { id, number } = await issue(house, { patient, diagnosis: { icd10: 'B20.1' } });
    const pinfl = 'pinfl' in patient ? patient.pinfl : '';
    await lookUpPrescription(house.deps, house.actor('pharmacist'), { pinfl });
    await lookUpPrescription(house.deps, house.actor('pharmacist'), { number });
    await lookUpPatient(house.deps, house.actor('doctor'), {
      fullName: 'ZULFIZAR XAZRATQULOVA',
      birthDate: patient.birthDate,
    });

    const Items = await everyItem();
    const text = JSON.stringify(Items);
    expect(text).toContain(id);
    for (const secret of [pinfl, 'Zulfizar', 'Xazratqulova', '1985-03-12', 'B20.1', '61.5'])
      expect(text).not.toContain(secret);
    const events = Items.filter((i) => JSON.stringify(i).includes('EVENT#'));
    expect(events.length).toBeGreaterThan(5);
    expect(JSON.stringify(events)).not.toMatch(/Shifokor|Person |Birinchi/);
  });

  test('numbers cannot be tried out: after thirty looks in an hour that found nobody, no more', async () => {
    const look = (serial: number) => {
      const patient = house.patient(serial);
      return refused(
        lookUpPrescription(house.deps, house.actor('pharmacist2'), { pinfl: 'pinfl' in patient ? patient.pinfl : '' }),
      );
    };
    for (let serial = 500; serial < 530; serial += 1) expect(await look(serial)).toBe('not refused');
    expect(await look(530)).toBe('too-many-requests');
    house.clock.now += 3_600_000;
    expect(await look(531)).toBe('not refused');
    house.clock.now -= 3_600_000;
  });

  test('an exact name and birth date find the patient in either script, and one letter off finds nobody', async () => {
    await issue(house, { patient: { ...house.patient(55), fullName: 'Shahlo Gʻaniyeva' } });
    const find = async (fullName: string) =>
      (await lookUpPatient(house.deps, house.actor('doctor'), { fullName, birthDate: '1985-03-12' })).patient
        ?.fullName ?? null;
    expect(await find("SHAHLO G'ANIYEVA")).toBe('Shahlo Gʻaniyeva');
    expect(await find('Шаҳло Ғаниева')).toBe('Shahlo Gʻaniyeva');
    expect(await find('Shahlo Ganiyev')).toBeNull();
  });
});
