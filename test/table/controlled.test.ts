/** Handing over controlled medicines, on the real engine: right, witness, document, and a register that never parts from the shelf. */
import { createHash } from 'node:crypto';
import type { Role } from '@darmon/domain/actor';
import { approvalMs } from '@darmon/domain/approval';
import { giveApproval } from '@darmon/usecases/approvals';
import { type DispenseInput, dispensePrescription } from '@darmon/usecases/dispense';
import { undoDispense } from '@darmon/usecases/dispenses';
import { issuePrescription } from '@darmon/usecases/prescribing';
import { receiveShipment } from '@darmon/usecases/receiving';
import { listRegister } from '@darmon/usecases/register';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { approvableOf, gtins, type House, makeHouse, refused, start, stock, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('controlled');
});
afterAll(() => house?.stop());
afterEach(async () => {
  house.clock.now = start;
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});

const onShelf = (lot: string, quantity: number, by = 'pharmacist') =>
  stock(house, [{ gtin: gtins.tramadol, lot, expiryDate: '2028-06-30', quantity }], by);

let patients = 0;
/** Ten capsules of tramadol for a patient of its own, signed as the rules ask. */
const prescribe = async () => {
  const patient = house.patient(++patients);
  const dosage = { amount: 1, unit: 'capsule', timesPerDay: 2, days: 5, route: 'oral' } as const;
  const doctor = house.actor('doctor', 'own', true);
  const approvable = { subject: '/api/prescriptions', bodyHash: createHash('sha256').update('rx').digest('base64url') };
  const given = await giveApproval(house.deps, doctor, approvable, house.once('doctor'));
  const { body } = await issuePrescription(
    house.deps,
    doctor,
    { patient, diagnosis: { icd10: 'R52.1' }, lines: [{ medicine: 'TRAM50CAP', dosage }], approval: given.body.id },
    { once: house.once('doctor'), approvable },
  );
  return { id: body.id, pinfl: 'pinfl' in patient ? patient.pinfl : '' };
};

/** The yes of a colleague to this dispense. */
const witness = async (id: string, by = 'pharmacist3'): Promise<string> =>
  (await giveApproval(house.deps, house.actor(by, 'own'), approvableOf(id), house.once(by))).body.id;

const hand = (id: string, more: Partial<DispenseInput> = {}, by = 'pharmacist', approvable = approvableOf(id)) =>
  dispensePrescription(
    house.deps,
    house.actor(by),
    { id, lines: [{ line: 1, quantity: 10 }], ...more },
    { once: house.once(by), approvable },
  );
const register = async (site = 'PH-1') =>
  (await listRegister(house.deps, { site, medicine: 'TRAM50CAP' }, { limit: 100 })).items;

describe('a controlled medicine', () => {
  let made: { id: string; pinfl: string };
  beforeEach(async () => {
    await onShelf('T1', 100);
    made = await prescribe();
  });

  test('is handed over with a witness and the patient’s document, and the register says what is left', async () => {
    const { id, pinfl } = made;
    const before = (await register())[0]?.balance ?? 0;
    const { body } = await hand(id, { approval: await witness(id), identity: { pinfl } });
    expect(body).toMatchObject({ status: 'completed', lines: [{ quantity: 10, balance: before - 10 }] });
    expect((await register())[0]).toMatchObject({
      kind: 'dispense',
      quantity: -10,
      balance: before - 10,
      reference: `${id}.1`,
      person: 'pharmacist',
      witness: 'pharmacist3',
      prescriber: 'doctor',
    });
    const [dispense] = await house.table.loadDispenses(id);
    expect(dispense?.controlled).toEqual({ witness: 'pharmacist3', document: 'pinfl', collector: 'patient' });
    expect(JSON.stringify(await house.table.listTrail(id, {}))).not.toContain(pinfl);
  });

  test('is refused to a pharmacist without the right', async () => {
    const { id, pinfl } = made;
    const approval = await witness(id);
    expect(await refused(hand(id, { approval, identity: { pinfl } }, 'assistant'))).toBe('right-missing');
  });

  const changed = async (id: string, fields: object, run: () => Promise<void>) => {
    const { person } = await house.table.loadStanding(id, 'PH-1');
    if (!person) throw new Error(`nobody is called ${id}`);
    const by = { type: 'person-saved', actor: { person: 'admin', role: 'admin', site: 'OF-1' }, changes: {} } as const;
    const save = (fields: object, version: number) =>
      house.table.commitPerson(
        { ...person, ...fields, version },
        { now: house.clock.now, event: { id: house.deps.id(), at: new Date(house.clock.now).toISOString(), ...by } },
      );
    await save(fields, person.version + 1);
    await run();
    await save({}, person.version + 2);
  };

  test('is refused as soon as the right is withdrawn, whatever the token still says', async () => {
    const { id, pinfl } = made;
    await hand(id, { lines: [{ line: 1, quantity: 2 }], approval: await witness(id), identity: { pinfl } });
    const approval = await witness(id);
    await changed('pharmacist', { rights: [] }, async () => {
      expect(await refused(hand(id, { lines: [{ line: 1, quantity: 2 }], approval, identity: { pinfl } }))).toBe(
        'right-missing',
      );
      const undo = { id: `${id}.1`, reason: 'wrong patient' };
      expect(
        await refused(undoDispense(house.deps, house.actor('pharmacist', 'own'), undo, house.once('pharmacist'))),
      ).toBe('right-missing');
    });
    await changed('doctor', { rights: [] }, async () => {
      expect(await refused(prescribe())).toBe('right-missing');
    });
  });

  test('is not witnessed by whose account was closed, or whose licence ended, since the yes', async () => {
    const { id, pinfl } = made;
    const approval = await witness(id);
    await changed('pharmacist3', { active: false }, async () => {
      expect(await refused(hand(id, { approval, identity: { pinfl } }))).toBe('approval-invalid');
    });
    const licence = { number: 'L-1', from: '2020-01-01', until: '2026-11-19' };
    await changed('pharmacist3', { licence }, async () => {
      expect(await refused(hand(id, { approval, identity: { pinfl } }))).toBe('approval-invalid');
    });
    expect((await hand(id, { approval, identity: { pinfl } })).status).toBe(201);
  });

  test('is witnessed by a colleague with several roles, whichever the yes was said in, and by none without this one', async () => {
    const { id, pinfl } = made;
    const saidAs = async (role: Role): Promise<string> => {
      const by = { ...house.actor('pharmacist3', 'own'), role, roles: [role, 'pharmacist'] as const };
      return (await giveApproval(house.deps, by, approvableOf(id), house.once('pharmacist3'))).body.id;
    };
    await changed('pharmacist3', { roles: ['quality'] }, async () => {
      expect(await refused(hand(id, { approval: await saidAs('quality'), identity: { pinfl } }))).toBe(
        'approval-invalid',
      );
    });
    await changed('pharmacist3', { roles: ['quality', 'pharmacist'] }, async () => {
      expect((await hand(id, { approval: await saidAs('quality'), identity: { pinfl } })).status).toBe(201);
    });
  });

  test('needs a witness: another person, of this site, for this very request, within two minutes', async () => {
    const { id, pinfl } = made;
    const identity = { pinfl };
    expect(await refused(hand(id, { identity }))).toBe('approval-missing');
    expect(await refused(hand(id, { identity, approval: await witness(id, 'pharmacist') }))).toBe('approver-is-author');
    expect(await refused(hand(id, { identity, approval: await witness(id, 'pharmacist2') }))).toBe('approval-invalid');
    const other = { ...approvableOf(id), bodyHash: 'x'.repeat(43) };
    expect(await refused(hand(id, { identity, approval: await witness(id) }, 'pharmacist', other))).toBe(
      'approval-invalid',
    );
    const late = await witness(id);
    house.clock.now += approvalMs;
    expect(await refused(hand(id, { identity, approval: late }))).toBe('approval-invalid');
  });

  test('needs the document of who collects; the patient’s own leads to this patient', async () => {
    const { id } = made;
    const approval = await witness(id);
    const other = house.patient(500);
    expect(await refused(hand(id, { approval }))).toBe('identity-missing');
    expect(await refused(hand(id, { approval, identity: { pinfl: 'pinfl' in other ? other.pinfl : '' } }))).toBe(
      'identity-mismatch',
    );
    const looks = (await readLedger(house.client, table)).events.filter((e) => e.type === 'patient-looked-up');
    expect(looks.at(-1)).toMatchObject({ actor: { person: 'pharmacist' }, changes: { found: 0, prescription: id } });
    expect(await refused(hand(id, { approval, identity: { pinfl: '00000000000001' } }))).toBe('pinfl-invalid');
    expect(await refused(hand(id, { approval, identity: { passport: 'AA7654321', collector: 'other' } }))).toBe(
      'not refused',
    );
    const [dispense] = await house.table.loadDispenses(id);
    expect(dispense?.controlled).toMatchObject({ document: 'passport', collector: 'other' });
    expect(Object.keys(dispense?.sealed ?? {})).toEqual(['passport']);
    expect(JSON.stringify(dispense)).not.toContain('AA7654321');
  });

  test('is handed over once for one yes, also where two requests come at once', async () => {
    const { id, pinfl } = made;
    const approval = await witness(id);
    const half = { approval, identity: { pinfl }, lines: [{ line: 1, quantity: 5 }] };
    const both = await Promise.all([refused(hand(id, half)), refused(hand(id, half))]);
    expect([...both].sort()).toEqual(['approval-invalid', 'not refused']);
    expect(await refused(hand(id, half))).toBe('approval-invalid');
  });

  test('is never rounded up to a pack', async () => {
    const { id, pinfl } = made;
    const { body } = await hand(id, {
      approval: await witness(id),
      identity: { pinfl },
      lines: [{ line: 1, quantity: 7 }],
    });
    expect(body.lines[0]?.quantity).toBe(7);
  });

  test('that is not handed over needs neither witness nor document', async () => {
    const { id } = made;
    expect(await refused(hand(id, { lines: [{ line: 1, notDispensed: 'patient-refused' }] }))).toBe('not refused');
  });

  test('taken back is entered too, by whoever has the right, and handed over again keeps the balance', async () => {
    const { id, pinfl } = made;
    const before = (await register())[0]?.balance;
    await hand(id, { approval: await witness(id), identity: { pinfl } });
    const undo = (by: string) =>
      undoDispense(house.deps, house.actor(by, 'own'), { id: `${id}.1`, reason: 'not collected' }, house.once(by));
    expect(await refused(undo('assistant'))).toBe('right-missing');
    await undo('pharmacist3');
    expect((await register())[0]).toMatchObject({ kind: 'dispense-undone', quantity: 10, balance: before });
    await hand(id, { approval: await witness(id), identity: { pinfl } });
    expect((await register())[0]).toMatchObject({ kind: 'dispense', balance: (before ?? 0) - 10 });
  });
});

describe('the register', () => {
  test('of two who hand over at once has two entries, one after the other', async () => {
    await onShelf('T2', 100);
    const all = await Promise.all([1, 2, 3, 4].map(prescribe));
    const ready = await Promise.all(all.map(async (p) => ({ ...p, approval: await witness(p.id) })));
    await Promise.all(ready.map(({ id, pinfl, approval }) => hand(id, { approval, identity: { pinfl } })));
    const seqs = (await register()).map((e) => e.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => b - a));
    expect(new Set(seqs).size).toBe(seqs.length);
  });

  test('enters a receipt of several lots of one medicine as one, and nothing for what is not controlled', async () => {
    const before = (await register('PH-2')).length;
    const actor = house.actor('pharmacist2', 'own');
    const lines = [
      { gtin: gtins.tramadol, lot: 'R1', expiryDate: '2028-06-30', quantity: 10 },
      { gtin: gtins.tramadol, lot: 'R2', expiryDate: '2028-06-30', quantity: 20 },
      { gtin: gtins.amoxicillin, lot: 'R3', expiryDate: '2028-06-30', quantity: 20 },
    ];
    const { body } = await receiveShipment(house.deps, actor, { site: 'PH-2', lines }, house.once('pharmacist2'));
    const entries = await register('PH-2');
    expect(entries.length).toBe(before + 1);
    expect(entries[0]).toMatchObject({ kind: 'receipt', quantity: 30, balance: 30, reference: body.id });
    expect((await listRegister(house.deps, { site: 'PH-2', medicine: 'AMOX500CAP' }, {})).items).toEqual([]);
  });
});
