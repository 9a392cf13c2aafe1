/** Safety on the real engine: what a check says, what signing refuses, what is kept, and what it costs to read. */
import type { KnowledgeRow } from '@darmon/domain/knowledge';
import { Refusal } from '@darmon/domain/refusal';
import { approveKnowledge, importKnowledge } from '@darmon/usecases/knowledge';
import { changePatientRecord, registerPatient } from '@darmon/usecases/patient-records';
import { openSealed } from '@darmon/usecases/patients';
import { cancelPrescription, type IssueInput, issuePrescription } from '@darmon/usecases/prescribing';
import { checkPrescription } from '@darmon/usecases/safety';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dispense, gtins, type House, makeHouse, refused, start, stock } from '../support/house.ts';

let house: House;
const day = 86_400_000;
const common = { source: 'made for a test', state: 'unverified' } as const;
const rows: readonly KnowledgeRow[] = [
  {
    kind: 'interaction',
    ...common,
    id: 'I-1',
    a: 'amox500cap',
    b: 'para500tab',
    severity: 'moderate',
    effect: 'sedation',
  },
  { kind: 'pregnancy', ...common, id: 'P-1', subject: 'para500tab', when: 'pregnant', severity: 'contraindicated' },
];

beforeAll(async () => {
  house = await makeHouse();
  await house.publish();
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'SAFE1', expiryDate: '2027-12-31', quantity: 1_000 }]);
});
afterAll(() => house.stop());
beforeEach(() => {
  house.clock.now = start;
});

const capsules = {
  medicine: 'AMOX500CAP',
  dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: 10, route: 'oral' },
} as const;
const tablets = {
  medicine: 'PARA500TAB',
  dosage: { amount: 1, unit: 'tablet', timesPerDay: 3, days: 5, route: 'oral' },
} as const;
let n = 400;
const wanted = (patient: IssueInput['patient'], lines: IssueInput['lines'], more: Partial<IssueInput> = {}) => ({
  patient,
  diagnosis: { icd10: 'J02.9' },
  lines,
  ...more,
});
const check = async (input: ReturnType<typeof wanted>) =>
  checkPrescription(house.deps, house.actor('doctor', 'own'), input);
const sign = async (input: ReturnType<typeof wanted>, once = house.once('doctor')) =>
  (
    await issuePrescription(house.deps, house.actor('doctor', 'own'), input, {
      once,
      approvable: { subject: '/api/prescriptions', bodyHash: '' },
    })
  ).body;
const caught = async (promise: Promise<unknown>): Promise<Refusal> => {
  const error = await promise.catch((e: unknown) => e);
  if (!(error instanceof Refusal)) throw new Error('not refused');
  return error;
};
const alertIds = async (input: ReturnType<typeof wanted>) => (await check(input)).alerts.map((a) => a.id);
const duplicate = 'duplicate-therapy:substance:AMOX500CAP';

describe('before a set is approved', () => {
  test('a check warns of the same medicine twice and says that it knows nothing more', async () => {
    const patient = house.patient(++n);
    expect(await check(wanted(patient, [capsules, tablets]))).toMatchObject({ alerts: [], knowledge: null });
    await sign(wanted(patient, [capsules]));
    const { alerts, knowledge } = await check(wanted(patient, [capsules]));
    expect([alerts.map((a) => a.id), knowledge]).toEqual([[duplicate], null]);
  });
});

describe('what is prescribed already', () => {
  test('counts while it can be collected or is taken, and is silent at the end of its course', async () => {
    const patient = house.patient(++n);
    const { id } = await sign(wanted(patient, [capsules]));
    await dispense(house, id, [{ line: 1, quantity: 30 }]);
    const again = wanted(patient, [capsules]);
    expect(await alertIds(again)).toEqual([duplicate]);
    house.clock.now = start + 4 * day;
    expect(await alertIds(again)).toEqual([duplicate]);
    house.clock.now = start + 5 * day;
    expect(await alertIds(again)).toEqual([]);
    house.clock.now = start + 11 * day;
    expect(await alertIds(again)).toEqual([]);
  });
  test('counts however short its course is, and before anybody collects it', async () => {
    const patient = house.patient(++n);
    const short = { ...capsules, dosage: { ...capsules.dosage, days: 5 } };
    const { id } = await sign(wanted(patient, [short]));
    expect(await alertIds(wanted(patient, [short]))).toEqual([duplicate]);
    await dispense(house, id, [{ line: 1, quantity: 15 }]);
    house.clock.now = start + 2 * day;
    expect(await alertIds(wanted(patient, [short]))).toEqual([duplicate]);
    house.clock.now = start + 3 * day;
    expect(await alertIds(wanted(patient, [short]))).toEqual([]);
  });
  test('counts while what was handed over lasts, however long ago it was prescribed', async () => {
    const patient = house.patient(++n);
    const long = { ...capsules, dosage: { ...capsules.dosage, timesPerDay: 1, days: 300 } };
    const { id } = await sign(wanted(patient, [long]));
    await dispense(house, id, [{ line: 1, quantity: 300 }]);
    house.clock.now = start + 290 * day;
    expect(await alertIds(wanted(patient, [capsules]))).toEqual([duplicate]);
    house.clock.now = start + 293 * day;
    expect(await alertIds(wanted(patient, [capsules]))).toEqual([]);
  });
  test('handed over in parts lasts as long as all the parts together', async () => {
    const patient = house.patient(++n);
    const long = { ...capsules, dosage: { ...capsules.dosage, timesPerDay: 1, days: 60 } };
    const { id } = await sign(wanted(patient, [long]));
    await dispense(house, id, [{ line: 1, quantity: 30 }]);
    await dispense(house, id, [{ line: 1, quantity: 30 }]);
    house.clock.now = start + 45 * day;
    expect(await alertIds(wanted(patient, [capsules]))).toEqual([duplicate]);
  });
  test('counts no more when it is cancelled, or lapsed without a hand-over', async () => {
    const patient = house.patient(++n);
    const { id } = await sign(wanted(patient, [capsules]));
    expect(await alertIds(wanted(patient, [capsules]))).toEqual([duplicate]);
    await cancelPrescription(
      house.deps,
      house.actor('doctor', 'own'),
      { id, reason: 'wrong dose' },
      house.once('doctor'),
    );
    expect(await alertIds(wanted(patient, [capsules]))).toEqual([]);
    await sign(wanted(patient, [capsules]));
    house.clock.now = start + 40 * day;
    expect(await alertIds(wanted(patient, [capsules]))).toEqual([]);
  });
});

describe('signing', () => {
  test('without an answer to a warning is refused and points at the line; with one it is kept, its reason sealed', async () => {
    const patient = house.patient(++n);
    await sign(wanted(patient, [capsules]));
    const lines = [tablets, capsules];
    const refusal = await caught(sign(wanted(patient, lines)));
    expect([refusal.code, refusal.facts, refusal.errors]).toEqual([
      'alert-unanswered',
      { alerts: duplicate },
      [{ pointer: '/lines/1/medicine', detail: 'alert-unanswered' }],
    ]);
    const reason = 'lost on the way home';
    const overrides = [
      { alert: duplicate, reason },
      { alert: 'interaction:GONE:X', reason: 'stands no more' },
    ];
    const { id } = await sign(wanted(patient, lines, { overrides }));
    const p = await house.table.loadPrescription(id);
    expect(p?.overridden).toEqual([duplicate]);
    expect(JSON.stringify(p)).not.toContain(reason);
    const [personal] = await openSealed(house.deps, p ? [p] : []);
    expect(JSON.parse(personal?.overrides ?? '')).toEqual([{ alert: duplicate, reason }]);
    const { items } = await house.table.listTrail(id, {});
    expect(items[0]?.changes).toMatchObject({ warnings: 1 });
    expect(JSON.stringify(items)).not.toContain(reason);
  });
});

describe('a check', () => {
  test('collects every refusal that one look can find, and changes nothing', async () => {
    const patient = { ...house.patient(++n), sex: 'male' as const };
    const before = (await house.table.listSiteTrail('CL-1', '2026-11-20', { limit: 100 })).items.length;
    const { refusals, quantities } = await check({
      ...wanted(patient, [
        { medicine: 'NOSUCH', dosage: capsules.dosage },
        { ...capsules, dosage: { ...capsules.dosage, route: 'rectal' } },
        tablets,
      ]),
      policy: 7,
    });
    expect(refusals.map(({ code, ...rest }) => [code, 'pointer' in rest ? rest.pointer : undefined])).toEqual([
      ['policy-changed', undefined],
      ['patient-mismatch', '/patient/sex'],
      ['medicine-unknown', '/lines/0/medicine'],
      ['dosage-invalid', '/lines/1/dosage/route'],
    ]);
    expect(quantities).toEqual([]);
    expect((await house.table.listSiteTrail('CL-1', '2026-11-20', { limit: 100 })).items.length).toBe(before);
  });
  test('says what is computed of lines that nothing is wrong with', async () => {
    expect(await check(wanted(house.patient(++n), [capsules, tablets]))).toMatchObject({
      refusals: [],
      policy: 1,
      quantities: [
        { line: 1, quantity: 30 },
        { line: 2, quantity: 15 },
      ],
      validUntil: '2026-12-20T19:00:00.000Z',
    });
  });
  test('is a look at a known patient, recorded once an hour', async () => {
    const patient = house.patient(++n);
    await sign(wanted(patient, [tablets]));
    const looks = async () =>
      (await house.table.listSiteTrail('CL-1', '2026-11-20', { limit: 100 })).items.filter(
        (e) => e.type === 'patient-looked-up' && e.changes.check === true && e.changes.found === 1,
      ).length;
    const before = await looks();
    await check(wanted(patient, [capsules]));
    await check(wanted(patient, [capsules]));
    expect(await looks()).toBe(before + 1);
    house.clock.now += 3_600_000;
    await check(wanted(patient, [capsules]));
    expect(await looks()).toBe(before + 2);
  });
  test('and signing and registering are no way to try out names: thirty that do not agree in an hour, and no more', async () => {
    house.clock.now = start + 5 * 3_600_000;
    const patient = house.patient(++n);
    await sign(wanted(patient, [tablets]));
    const other = { ...patient, fullName: 'Boshqa Odam' };
    const codes: unknown[] = [];
    for (let i = 0; i < 10; i += 1) {
      await check(wanted(other, [capsules]));
      codes.push(await refused(sign(wanted(other, [capsules]))));
      const register = registerPatient(house.deps, house.actor('doctor'), other, house.once('doctor'));
      codes.push(await refused(register));
    }
    expect(new Set(codes)).toEqual(new Set(['patient-mismatch']));
    expect(await refused(check(wanted(other, [capsules])))).toBe('too-many-requests');
    expect(await refused(sign(wanted(other, [capsules])))).toBe('too-many-requests');
    expect(await refused(sign(wanted(patient, [{ ...capsules }])))).toBe('not refused');
  });
  test('tells nothing of a patient whose details do not agree', async () => {
    const patient = house.patient(++n);
    await sign(wanted(patient, [capsules]));
    const { alerts, refusals } = await check(wanted({ ...patient, fullName: 'Boshqa Odam' }, [capsules]));
    expect([alerts, refusals.map((r) => r.code)]).toEqual([[], ['patient-mismatch']]);
  });
});

describe('a set of knowledge', () => {
  const staff = (person: string) => house.actor(person);

  test('counts from its approval on, by somebody else; unverified rows only in a demo country', async () => {
    const head = { name: 'For a test', date: '2026-11-20' };
    const { body: set } = await importKnowledge(house.deps, staff('admin'), head, rows);
    expect(set).toMatchObject({ version: 1, rows: 2, unverified: 2, state: 'imported' });
    const approve = (by: string) => approveKnowledge(house.deps, staff(by), 1);
    expect(await refused(approve('admin'))).toBe('approver-is-author');
    expect(await refused(approve('auditor'))).toBe('knowledge-unverified');
    const both = wanted(house.patient(++n), [capsules, tablets]);
    expect((await check(both)).knowledge).toBeNull();
    await house.table.markDemo();
    await approve('auditor');
    house.clock.now += 6_000;
    const { alerts, knowledge } = await check(both);
    expect(knowledge).toEqual({ version: 1, name: 'For a test', date: '2026-11-20' });
    expect(alerts).toMatchObject([
      { id: 'interaction:I-1:AMOX500CAP+PARA500TAB', severity: 'moderate', source: 'made for a test' },
    ]);
    expect(await refused(approve('auditor'))).toBe('version-changed');
  });
  test('is asked for the patient’s own state: what is contraindicated stops, whatever is answered', async () => {
    house.clock.now += 12_000;
    const patient = house.patient(++n);
    const { body } = await registerPatient(house.deps, house.actor('doctor'), patient);
    const pregnancy = { state: 'pregnant' as const, until: '2027-05-01' };
    const change = { id: body.id, version: 1, allergies: [], pregnancy };
    await changePatientRecord(house.deps, house.actor('doctor'), change, house.once('doctor'));
    const [alert] = (await check(wanted(patient, [tablets]))).alerts;
    expect(alert).toMatchObject({ kind: 'pregnancy', severity: 'contraindicated', row: 'P-1' });
    const overrides = [{ alert: alert?.id ?? '', reason: 'she wants it' }];
    const refusal = await caught(sign(wanted(patient, [capsules, tablets], { overrides })));
    expect([refusal.code, refusal.errors]).toEqual([
      'alert-contraindicated',
      [{ pointer: '/lines/1/medicine', detail: 'alert-contraindicated' }],
    ]);
    house.clock.now = Date.parse('2027-05-02T07:00:00.000Z');
    expect(await alertIds(wanted(patient, [tablets]))).toEqual([]);
  });
  test('with more rows than an item holds is read whole', async () => {
    const many = Array.from(
      { length: 6_000 },
      (_, i): KnowledgeRow => ({
        kind: 'interaction',
        ...common,
        id: `M-${i}`,
        a: 'amox500cap',
        b: `other${i}`,
        severity: 'moderate',
        effect: 'sedation',
      }),
    );
    const head = { name: 'A large one', date: '2026-11-21' };
    const { body: set } = await importKnowledge(house.deps, staff('admin'), head, [...rows, ...many]);
    await approveKnowledge(house.deps, staff('auditor'), set.version);
    house.clock.now += 20_000;
    const { set: now, rows: found } = await house.table.loadKnowledge(['amox500cap', 'nobody']);
    expect(now?.version).toBe(2);
    expect([found.get('amox500cap')?.length, found.get('nobody')]).toEqual([6_001, []]);
  });
});
