import { dayMs } from '@darmon/domain/time';
import { listDrafts, readDraft, saveDraft, startDraft, throwDraftAway } from '@darmon/usecases/drafts';
import { type IssueInput, issuePrescription, listPrescriptions, readPrescription } from '@darmon/usecases/prescribing';
import { readTemplates, saveTemplates } from '@darmon/usecases/templates';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, makeHouse, refused } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('drafts');
});
afterAll(() => house?.stop());

const doctor = () => house.actor('doctor', 'own');
const stranger = () => house.actor('doctor2', 'own');
const written = { body: { patient: 'Somebody Nameless', lines: [] }, title: 'Somebody Nameless' };
const start = async () => (await startDraft(house.deps, doctor(), written, house.once('doctor'))).body;
const save = (id: string, version: number, by = doctor()) =>
  saveDraft(house.deps, by, { id, version, ...written }, house.once(by.person));
const discard = (id: string) => throwDraftAway(house.deps, doctor(), id, house.once('doctor'));
const dosage = { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' } as const;
/** Somebody new for each draft: a second prescription of the same medicine is a double therapy. */
let patients = 0;
const issue = (
  draft: string,
  once = house.once('doctor'),
  by = doctor(),
  patient: IssueInput['patient'] = house.patient(++patients),
) => {
  const input: IssueInput = {
    patient,
    diagnosis: { icd10: 'J02.9' },
    lines: [{ medicine: 'AMOX500CAP', dosage }],
    draft,
  };
  const request = { once, approvable: { subject: '/api/prescriptions', bodyHash: '' } };
  return issuePrescription(house.deps, by, input, request);
};
const listed = async () => (await listDrafts(house.deps, doctor(), {})).items.map((d) => d.id);

describe('a draft', () => {
  test('is there for its owner on any machine, and for nobody else', async () => {
    const { id } = await start();
    expect(await readDraft(house.deps, doctor(), id)).toMatchObject({ version: 1, status: 'draft', ...written });
    expect((await listDrafts(house.deps, doctor(), {})).items).toContainEqual(
      expect.objectContaining({ id, title: written.title }),
    );
    expect(await refused(readDraft(house.deps, stranger(), id))).toBe('not-found');
    expect(await refused(save(id, 1, stranger()))).toBe('not-found');
    expect(await refused(issue(id, house.once('doctor2'), stranger()))).toBe('not-found');
  });

  test('saved on two machines at once keeps the first, and the second is told', async () => {
    const { id } = await start();
    const both = await Promise.all([refused(save(id, 1)), refused(save(id, 1))]);
    expect([...both].sort()).toEqual(['not refused', 'version-changed']);
  });

  test('that is thrown away leaves the list, and comes back by being saved', async () => {
    const { id } = await start();
    const { version } = (await discard(id)).body;
    expect(await listed()).not.toContain(id);
    expect(await refused(issue(id))).toBe('draft-closed');
    await save(id, version);
    expect(await listed()).toContain(id);
  });

  test('becomes the prescription of the same id, once, and keeps nothing of what stood in it', async () => {
    const { id } = await start();
    const once = house.once('doctor');
    const first = await issue(id, once);
    expect(first.body.id).toBe(id);
    expect(await issue(id, once)).toEqual(first);
    expect(await refused(issue(id))).toBe('draft-closed');
    expect(await refused(save(id, 1))).toBe('draft-closed');
    expect(await listed()).not.toContain(id);
    expect((await house.table.loadDraft(id))?.sealed).toEqual({});
  });

  test('issued twice at once becomes one prescription', async () => {
    const { id } = await start();
    const both = await Promise.all([refused(issue(id)), refused(issue(id))]);
    expect([...both].sort()).toEqual(['draft-closed', 'not refused']);
  });

  test('is gone after thirty days', async () => {
    const { id } = await start();
    house.clock.now += 30 * dayMs;
    expect(await refused(readDraft(house.deps, doctor(), id))).toBe('not-found');
    house.clock.now -= 30 * dayMs;
  });
});

describe('templates', () => {
  const items = [
    { id: '1', name: 'Angina', kind: 'template' as const, lines: [{ medicine: 'AMOX500CAP', dosage }] },
    { id: '2', name: 'Amoxicillin', kind: 'favourite' as const, lines: [{ medicine: 'AMOX500CAP', dosage }] },
  ];
  test('belong to one doctor, and the second of two savings at once is told', async () => {
    expect(await readTemplates(house.deps, doctor())).toEqual({ version: 0, items: [] });
    const saving = () => refused(saveTemplates(house.deps, doctor(), { version: 0, items }, house.once('doctor')));
    expect([...(await Promise.all([saving(), saving()]))].sort()).toEqual(['not refused', 'version-changed']);
    expect(await readTemplates(house.deps, doctor())).toEqual({ version: 1, items });
    expect(await readTemplates(house.deps, stranger())).toEqual({ version: 0, items: [] });
  });
});

describe("the doctor's own list", () => {
  test('says what became of each line, and parts what is open from what is not', async () => {
    const { id } = (await issue((await start()).id)).body;
    const of = async (status: 'open' | 'closed') =>
      (await listPrescriptions(house.deps, doctor(), { status })).items.find((p) => p.id === id);
    expect(await of('open')).toMatchObject({
      cancelRequested: false,
      controlled: false,
      servedAt: [],
      lines: [{ medicine: 'AMOX500CAP', unit: 'capsule', quantity: 21, dispensed: 0, status: 'to-dispense' }],
    });
    expect(await of('closed')).toBeUndefined();
    house.clock.now += 31 * dayMs;
    expect(await of('closed')).toMatchObject({ status: 'expired', lines: [{ status: 'expired' }] });
    house.clock.now -= 31 * dayMs;
  });

  test('the document of the patient is told to the clinic that has to print it, and to nobody else', async () => {
    const named = house.patient(900);
    const { id } = (await issue((await start()).id, house.once('doctor'), doctor(), named)).body;
    const { patient } = await readPrescription(house.deps, doctor(), id);
    expect(patient).toMatchObject(named);
    const elsewhere = await readPrescription(house.deps, house.actor('pharmacist'), id);
    expect(JSON.stringify(elsewhere)).not.toContain((named as { pinfl: string }).pinfl);
  });
});
