import { createHash } from 'node:crypto';
import { approvalMs, approvalRequestMs, approvedText } from '@darmon/domain/approval';
import {
  askApproval,
  declineApproval,
  giveApproval,
  listApprovalRequests,
  readApprovalRequest,
} from '@darmon/usecases/approvals';
import { type IssueInput, issuePrescription } from '@darmon/usecases/prescribing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type House, makeHouse, refused } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('approvals');
});
afterAll(() => house?.stop());

const hashOf = (body: object): string =>
  createHash('sha256')
    .update(approvedText({ ...body }))
    .digest('base64url');

const body = { lines: [{ line: 1, quantity: 10 }] };
const subject = '/api/prescriptions/01KAGZ5V9YV1Q5T1M0E9J7R2CD/dispenses';
const ask = async (by = 'pharmacist') =>
  (await askApproval(house.deps, house.actor(by, 'own'), { subject, body }, house.once(by))).body;
const yes = (by: string, request: string, about: object = body) =>
  giveApproval(house.deps, house.actor(by, 'own'), { subject, bodyHash: hashOf(about), request }, house.once(by));

describe('a question to the colleagues of a site', () => {
  test('is seen by them alone, and never by who asks', async () => {
    const { id } = await ask();
    const seenBy = async (person: string) =>
      (await listApprovalRequests(house.deps, house.actor(person, 'own'))).items.map((r) => r.id);
    expect(await seenBy('pharmacist3')).toContain(id);
    expect(await seenBy('pharmacist')).not.toContain(id);
    expect(await seenBy('pharmacist2')).not.toContain(id);
    expect(await refused(readApprovalRequest(house.deps, house.actor('pharmacist2', 'own'), id))).toBe('not-found');
  });

  test('is answered once, by somebody else, for the very body that was asked about', async () => {
    const { id, bodyHash } = await ask();
    expect(bodyHash).toBe(hashOf(body));
    expect(await refused(yes('pharmacist', id))).toBe('approver-is-author');
    expect(await refused(yes('pharmacist3', id, { lines: [{ line: 1, quantity: 11 }] }))).toBe('approval-invalid');
    const both = await Promise.all([refused(yes('pharmacist3', id)), refused(yes('pharmacist3', id))]);
    expect([...both].sort()).toEqual(['approval-invalid', 'not refused']);
    expect((await readApprovalRequest(house.deps, house.actor('pharmacist', 'own'), id)).state).toBe('approved');
  });

  test('can be declined, and lapses by itself', async () => {
    const declined = await ask();
    const no = declineApproval(
      house.deps,
      house.actor('pharmacist3', 'own'),
      { id: declined.id, reason: 'wrong quantity' },
      house.once('pharmacist3'),
    );
    expect((await no).status).toBe(200);
    expect(await refused(yes('pharmacist3', declined.id))).toBe('approval-invalid');
    const late = await ask();
    house.clock.now += approvalRequestMs;
    expect(await refused(yes('pharmacist3', late.id))).toBe('approval-invalid');
    expect((await readApprovalRequest(house.deps, house.actor('pharmacist', 'own'), late.id)).state).toBe('lapsed');
  });

  test('keeps nothing of who collects the medicine', async () => {
    const asked = await askApproval(
      house.deps,
      house.actor('pharmacist', 'own'),
      { subject, body: { ...body, identity: { pinfl: '50101019980015' } } },
      house.once('pharmacist'),
    );
    const { id, bodyHash } = asked.body;
    expect(bodyHash).toBe(hashOf(body));
    const kept = await readApprovalRequest(house.deps, house.actor('pharmacist3', 'own'), id);
    expect(JSON.stringify(kept)).not.toContain('50101019980015');
  });
});

describe('signing a controlled prescription', () => {
  const tramadol = { amount: 1, unit: 'capsule', timesPerDay: 2, days: 5, route: 'oral' } as const;
  let input: IssueInput;
  beforeEach(() => {
    input = {
      patient: house.patient(),
      diagnosis: { icd10: 'R52.1' },
      lines: [{ medicine: 'TRAM50CAP', dosage: tramadol }],
      // the tests share a patient, and what is asked here is not whether it is given twice
      overrides: [{ alert: 'duplicate-therapy:substance:TRAM50CAP', reason: 'both are meant' }],
    };
  });
  const path = '/api/prescriptions';
  /** The doctor with the right, signed in `ago` seconds ago with or without the second factor. */
  const doctor = (ago = 60, secondFactor = true) => ({
    ...house.actor('doctor', 'own'),
    rights: ['controlled'] as const,
    secondFactor,
    authTime: Math.floor(house.clock.now / 1000) - ago,
  });
  const confirm = async (actor = doctor(), about: object = input): Promise<string> => {
    const given = giveApproval(house.deps, actor, { subject: path, bodyHash: hashOf(about) }, house.once('doctor'));
    return (await given).body.id;
  };
  const sign = (approval: string | undefined, actor = doctor(), about: object = input) =>
    issuePrescription(
      house.deps,
      actor,
      { ...input, ...(approval !== undefined && { approval }) },
      { once: house.once('doctor'), approvable: { subject: path, bodyHash: hashOf(about) } },
    );

  test('needs a second factor of the last five minutes and the own confirmation of this very prescription', async () => {
    expect(await refused(sign(await confirm(), doctor(60, false)))).toBe('second-factor-needed');
    expect(await refused(sign(await confirm(), doctor(301)))).toBe('second-factor-needed');
    expect(await refused(sign(undefined))).toBe('approval-missing');
    expect(await refused(sign(await confirm(doctor(), { ...input, diagnosis: { icd10: 'R52.2' } })))).toBe(
      'approval-invalid',
    );
    expect(await refused(sign(await confirm(doctor(60, false))))).toBe('approval-invalid');
    const { body: issued } = await sign(await confirm());
    expect((await house.table.loadPrescription(issued.id))?.lines[0]?.class).toBe('potent');
  });

  test('uses a confirmation up, also where two requests come at once', async () => {
    const approval = await confirm();
    const both = await Promise.all([refused(sign(approval)), refused(sign(approval))]);
    expect([...both].sort()).toEqual(['approval-invalid', 'not refused']);
    const late = await confirm();
    house.clock.now += approvalMs;
    expect(await refused(sign(late))).toBe('approval-invalid');
  });

  test("takes nobody else's confirmation", async () => {
    const colleague = { ...doctor(), person: 'doctor2', site: 'CL-2' };
    expect(await refused(sign(await confirm(colleague)))).toBe('approval-invalid');
  });
});
