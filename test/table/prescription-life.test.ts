/** The prescription's life on the real engine: each change is one transaction, and the database itself holds the rules. */
import { undoDispense } from '@darmon/usecases/dispenses';
import { claimPrescription, lookUpPrescription, proposeLots, releasePrescription } from '@darmon/usecases/dispensing';
import { listMovements, listStock, setLotState } from '@darmon/usecases/inventory';
import { cancelPrescription, readPrescription } from '@darmon/usecases/prescribing';
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

let n = 0;
/** Lots of a test's own; each test empties the shelf of amoxicillin by using fresh expiry dates far enough apart. */
const lotName = () => `L${++n}`;

const onHand = async (lot: string): Promise<number | undefined> => {
  const { items } = await listStock(house.deps, { site: 'PH-1' }, { limit: 100 });
  return items.find((i) => i.lot === lot)?.onHand;
};
const movementSum = async (gtin: string, lot: string) =>
  (await listMovements(house.deps, { site: 'PH-1', gtin, lot }, { limit: 100 })).items.reduce(
    (sum, m) => sum + m.quantity,
    0,
  );

/** Holds every usable lot of PH-1, so that a test sees only what it receives itself. */
const clearShelf = async () => {
  for (;;) {
    const { items } = await listStock(house.deps, { site: 'PH-1' }, { limit: 100 });
    const left = items.filter((i) => i.state === 'available');
    if (left.length === 0) return;
    for (const { gtin, lot } of left)
      await setLotState(
        house.deps,
        house.actor('pharmacist', 'own'),
        { site: 'PH-1', gtin, lot, state: 'on-hold', reason: 'cleared' },
        house.once('pharmacist'),
      );
  }
};

describe('dispensing', () => {
  beforeEach(clearShelf);

  test('takes the first expiring lots, over several, and on hand stays the sum of movements', async () => {
    const [late, early] = [lotName(), lotName()];
    await stock(house, [
      { gtin: gtins.amoxicillin, lot: late, expiryDate: '2027-12-31', quantity: 40 },
      { gtin: gtins.amoxicillin, lot: early, expiryDate: '2027-01-31', quantity: 20 },
    ]);
    const { id } = await issue(house);
    const { status, body } = await dispense(house, id, [{ line: 1, quantity: 21 }]);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: `${id}.1`,
      status: 'completed',
      lines: [
        {
          line: 1,
          quantity: 21,
          lots: [
            { gtin: gtins.amoxicillin, lot: early, expiryDate: '2027-01-31', quantity: 20 },
            { gtin: gtins.amoxicillin, lot: late, expiryDate: '2027-12-31', quantity: 1 },
          ],
        },
      ],
    });
    expect([await onHand(early), await onHand(late)]).toEqual([0, 39]);
    expect([await movementSum(gtins.amoxicillin, early), await movementSum(gtins.amoxicillin, late)]).toEqual([0, 39]);
  });

  test('a second dispense of a completed prescription is refused and moves nothing', async () => {
    const lot = lotName();
    await stock(house, [{ gtin: gtins.amoxicillin, lot, expiryDate: '2027-12-31', quantity: 100 }]);
    const { id } = await issue(house);
    await dispense(house, id, [{ line: 1, quantity: 21 }]);
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 21 }], 'pharmacist2'))).toBe(
      'prescription-completed',
    );
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 1 }]))).toBe('prescription-completed');
    expect(await onHand(lot)).toBe(79);
  });

  test('a retry with the same key answers the same, with another body it is refused', async () => {
    const lot = lotName();
    await stock(house, [{ gtin: gtins.amoxicillin, lot, expiryDate: '2027-12-31', quantity: 100 }]);
    const { id } = await issue(house);
    const once = house.once('pharmacist', 'retry-1');
    const first = await dispense(house, id, [{ line: 1, quantity: 21 }], 'pharmacist', once);
    expect(await dispense(house, id, [{ line: 1, quantity: 21 }], 'pharmacist', once)).toEqual(first);
    expect(
      await refused(dispense(house, id, [{ line: 1, quantity: 5 }], 'pharmacist', { ...once, bodyHash: 'other' })),
    ).toBe('key-reused');
    expect(await onHand(lot)).toBe(79);
  });

  test('in part leaves the rest owed, then completes; more than is owed is refused', async () => {
    await stock(house, [{ gtin: gtins.amoxicillin, lot: lotName(), expiryDate: '2027-12-31', quantity: 100 }]);
    const { id } = await issue(house);
    expect((await dispense(house, id, [{ line: 1, quantity: 10 }])).body.status).toBe('partially-dispensed');
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 12 }]))).toBe('quantity-over-owed');
    expect((await dispense(house, id, [{ line: 1, quantity: 11 }], 'pharmacist3')).body.status).toBe('completed');
  });

  test('never takes an expired or blocked lot, and says what is available', async () => {
    const [expired, held] = [lotName(), lotName()];
    await stock(house, [
      { gtin: gtins.amoxicillin, lot: expired, expiryDate: '2026-11-21', quantity: 50 },
      { gtin: gtins.amoxicillin, lot: held, expiryDate: '2027-12-31', quantity: 50 },
    ]);
    const { id } = await issue(house);
    house.clock.now = start + 2 * 86_400_000;
    const hold = { site: 'PH-1', gtin: gtins.amoxicillin, lot: held, state: 'on-hold', reason: 'damaged' } as const;
    await setLotState(house.deps, house.actor('pharmacist', 'own'), hold, house.once('pharmacist'));
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 21 }]))).toBe('out-of-stock');
    const chosen = (lot: string) => [
      { line: 1, quantity: 21, lots: [{ gtin: gtins.amoxicillin, lot, quantity: 21 }], reason: 'asked for' },
    ];
    expect(await refused(dispense(house, id, chosen(expired)))).toBe('lot-expired');
    expect(await refused(dispense(house, id, chosen(held)))).toBe('lot-blocked');
    expect(await refused(dispense(house, id, chosen('NOSUCH')))).toBe('lot-unknown');
    await setLotState(
      house.deps,
      house.actor('pharmacist', 'own'),
      { ...hold, state: 'available' },
      house.once('pharmacist'),
    );
    expect((await dispense(house, id, [{ line: 1, quantity: 21 }])).body.lines[0]?.lots[0]?.lot).toBe(held);
  });

  test('a lot is used through its expiry date, in Tashkent', async () => {
    await stock(house, [{ gtin: gtins.amoxicillin, lot: lotName(), expiryDate: '2026-11-20', quantity: 50 }]);
    const { id } = await issue(house);
    house.clock.now = Date.parse('2026-11-20T19:00:00.000Z');
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 21 }]))).toBe('out-of-stock');
    house.clock.now -= 1;
    expect((await dispense(house, id, [{ line: 1, quantity: 21 }])).status).toBe(201);
  });

  test('another lot than the first expiring needs a reason, which is kept', async () => {
    const [early, late] = [lotName(), lotName()];
    await stock(house, [
      { gtin: gtins.amoxicillin, lot: early, expiryDate: '2027-01-31', quantity: 50 },
      { gtin: gtins.amoxicillin, lot: late, expiryDate: '2027-12-31', quantity: 50 },
    ]);
    const { id } = await issue(house);
    const line = { line: 1, quantity: 21, lots: [{ gtin: gtins.amoxicillin, lot: late, quantity: 21 }] };
    expect(await refused(dispense(house, id, [line]))).toBe('lot-reason-missing');
    await dispense(house, id, [{ ...line, reason: 'early lot is damaged' }]);
    expect([await onHand(early), await onHand(late)]).toEqual([50, 29]);
  });

  test('scanned packs name the lots; a pack of another medicine is refused', async () => {
    const lot = lotName();
    await stock(house, [{ gtin: gtins.amoxicillin, lot, expiryDate: '2027-12-31', quantity: 100 }]);
    const { id } = await issue(house);
    const scan = `]d201${gtins.amoxicillin}17271231${`10${lot}`}`;
    expect(
      await refused(dispense(house, id, [{ line: 1, quantity: 21, scans: [`]d201${gtins.paracetamol}10${lot}`] }])),
    ).toBe('pack-wrong-medicine');
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 21, scans: [scan] }]))).toBe('lots-sum-mismatch');
    expect(
      await refused(
        dispense(house, id, [{ line: 1, quantity: 21, scans: [scan.replace('17271231', '17271130'), scan] }]),
      ),
    ).toBe('scan-contradicts');
    const { body } = await dispense(house, id, [{ line: 1, quantity: 21, scans: [scan, scan] }]);
    expect(body.lines[0]).toMatchObject({ quantity: 21, lots: [{ lot, quantity: 21 }] });
  });

  test('a bottle that cannot be divided is handed over whole, and the answer says so', async () => {
    const lot = lotName();
    await stock(house, [{ gtin: gtins.syrup, lot, expiryDate: '2027-12-31', quantity: 300 }]);
    const syrup = { amount: 5, unit: 'ml', timesPerDay: 3, days: 5, route: 'oral' } as const;
    const { id, lines } = await issue(house, { lines: [{ medicine: 'AMOX250SYR', dosage: syrup }] });
    expect(lines[0]?.quantity).toBe(75);
    const { body } = await dispense(house, id, [{ line: 1, quantity: 75 }]);
    expect(body).toMatchObject({ status: 'completed', lines: [{ quantity: 100 }] });
    expect(await onHand(lot)).toBe(200);
  });
});

describe('undo', () => {
  beforeEach(clearShelf);

  test('gives the stock back to the same lots and the prescription back to the counter', async () => {
    const lot = lotName();
    await stock(house, [{ gtin: gtins.amoxicillin, lot, expiryDate: '2027-12-31', quantity: 100 }]);
    const { id } = await issue(house);
    const { body } = await dispense(house, id, [{ line: 1, quantity: 21 }]);
    const undo = (by: string) =>
      undoDispense(house.deps, house.actor(by, 'own'), { id: body.id, reason: 'wrong patient' }, house.once(by));
    expect(await refused(undo('pharmacist2'))).toBe('not-found');
    expect((await undo('pharmacist3')).body.status).toBe('active');
    expect(await onHand(lot)).toBe(100);
    expect(await movementSum(gtins.amoxicillin, lot)).toBe(100);
    expect(await refused(undo('pharmacist'))).toBe('already-undone');
    expect((await dispense(house, id, [{ line: 1, quantity: 21 }])).body.id).toBe(`${id}.2`);
  });

  test('is refused after the policy’s hours', async () => {
    await stock(house, [{ gtin: gtins.amoxicillin, lot: lotName(), expiryDate: '2027-12-31', quantity: 100 }]);
    const { id } = await issue(house);
    const { body } = await dispense(house, id, [{ line: 1, quantity: 21 }]);
    house.clock.now += 24 * 3_600_000 + 1;
    expect(
      await refused(
        undoDispense(
          house.deps,
          house.actor('pharmacist', 'own'),
          { id: body.id, reason: 'late' },
          house.once('pharmacist'),
        ),
      ),
    ).toBe('undo-too-late');
  });

  test('never brings a cancelled prescription back', async () => {
    await stock(house, [{ gtin: gtins.amoxicillin, lot: lotName(), expiryDate: '2027-12-31', quantity: 100 }]);
    const { id } = await issue(house);
    const { body } = await dispense(house, id, [{ line: 1, quantity: 10 }]);
    await cancelPrescription(house.deps, house.actor('doctor', 'own'), { id, reason: 'allergy' }, house.once('doctor'));
    const undone = await undoDispense(
      house.deps,
      house.actor('pharmacist', 'own'),
      { id: body.id, reason: 'returned' },
      house.once('pharmacist'),
    );
    expect(undone.body.status).toBe('cancelled');
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 10 }]))).toBe('prescription-cancelled');
  });
});

describe('claim, release, cancel, expire', () => {
  const claim = (id: string, by = 'pharmacist') =>
    claimPrescription(house.deps, house.actor(by), { id }, house.once(by));
  const cancel = (id: string, by = 'doctor') =>
    cancelPrescription(house.deps, house.actor(by, 'own'), { id, reason: 'wrong dose' }, house.once(by));

  test('a claim keeps others away until it ends by itself', async () => {
    await stock(
      house,
      [{ gtin: gtins.amoxicillin, lot: lotName(), expiryDate: '2027-12-31', quantity: 100 }],
      'pharmacist2',
    );
    const { id } = await issue(house);
    expect((await claim(id)).body).toMatchObject({ status: 'claimed' });
    expect(await refused(claim(id, 'pharmacist2'))).toBe('claimed-elsewhere');
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 21 }], 'pharmacist2'))).toBe('claimed-elsewhere');
    house.clock.now += 30 * 60_000;
    expect((await dispense(house, id, [{ line: 1, quantity: 21 }], 'pharmacist2')).body.status).toBe('completed');
  });

  test('a released prescription is active again', async () => {
    const { id } = await issue(house);
    await claim(id);
    const release = (by: string) => releasePrescription(house.deps, house.actor(by), { id }, house.once(by));
    expect(await refused(release('pharmacist2'))).toBe('claimed-elsewhere');
    expect((await release('pharmacist')).body.status).toBe('active');
    expect(await refused(release('pharmacist'))).toBe('not-claimed');
  });

  test('a cancelled prescription is never dispensed, and its code is revoked', async () => {
    const { id, code: text } = await issue(house);
    expect(await refused(cancel(id, 'doctor2'))).toBe('not-found');
    expect((await cancel(id)).body.status).toBe('cancelled');
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 21 }]))).toBe('prescription-cancelled');
    expect(await house.table.listRevoked(house.clock.now)).toContain(id);
    const found = await lookUpPrescription(house.deps, house.actor('pharmacist'), { code: text });
    expect(found.prescription?.status).toBe('cancelled');
  });

  test('a cancellation under a claim waits for the pharmacy, and holds when the claim ends', async () => {
    const { id } = await issue(house);
    await claim(id);
    const asked = await cancel(id);
    expect(asked).toMatchObject({ status: 202, body: { status: 'claimed', cancelRequested: true } });
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 21 }]))).toBe('cancel-requested');
    house.clock.now += 30 * 60_000;
    expect((await readPrescription(house.deps, house.actor('auditor'), id)).status).toBe('cancelled');
    expect(await refused(claim(id))).toBe('prescription-cancelled');
  });

  test('an expired prescription is refused from the instant its last Tashkent day ends', async () => {
    await stock(house, [{ gtin: gtins.amoxicillin, lot: lotName(), expiryDate: '2027-12-31', quantity: 100 }]);
    const { id, validUntil } = await issue(house);
    expect(validUntil).toBe('2026-12-20T19:00:00.000Z');
    house.clock.now = Date.parse(validUntil);
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 21 }]))).toBe('prescription-expired');
    expect((await readPrescription(house.deps, house.actor('auditor'), id)).lines[0]?.status).toBe('expired');
    house.clock.now -= 1;
    expect((await dispense(house, id, [{ line: 1, quantity: 21 }])).status).toBe(201);
  });

  test('what was handed over stands when the validity ends, and the rest lapses', async () => {
    await stock(house, [{ gtin: gtins.amoxicillin, lot: lotName(), expiryDate: '2027-12-31', quantity: 100 }]);
    const { id, validUntil } = await issue(house);
    await dispense(house, id, [{ line: 1, quantity: 10 }]);
    house.clock.now = Date.parse(validUntil);
    const view = await readPrescription(house.deps, house.actor('auditor'), id);
    expect([view.status, view.lines[0]?.status]).toEqual(['completed', 'expired']);
  });
});

describe('looking up', () => {
  test('by code, number and PINFL finds the same prescription, and each look is an event', async () => {
    const patient = house.patient(7);
    const { id, code: text, number } = await issue(house, { patient });
    const look = (input: Parameters<typeof lookUpPrescription>[2]) =>
      lookUpPrescription(house.deps, house.actor('pharmacist'), input);
    expect((await look({ code: text })).prescription).toMatchObject({ id, patient: { fullName: patient.fullName } });
    expect((await look({ number: `${number.slice(0, 4)}-${number.slice(4).toLowerCase()}` })).prescription?.id).toBe(
      id,
    );
    expect((await look({ pinfl: 'pinfl' in patient ? patient.pinfl : '' })).prescriptions).toMatchObject([{ id }]);
    const { items } = await house.table.listTrail(id, {});
    expect(items.map((e) => e.type)).toEqual([
      'prescription-issued',
      'prescription-looked-up',
      'prescription-looked-up',
    ]);
  });

  test('a code with one changed letter opens nothing', async () => {
    const { code: text } = await issue(house);
    const changed = text.slice(0, 60) + (text[60] === 'A' ? 'B' : 'A') + text.slice(61);
    expect(await refused(lookUpPrescription(house.deps, house.actor('pharmacist'), { code: changed }))).toBe(
      'code-invalid',
    );
  });

  test('proposes the first expiring lots for what is owed', async () => {
    await clearShelf();
    const lot = lotName();
    await stock(house, [{ gtin: gtins.amoxicillin, lot, expiryDate: '2027-12-31', quantity: 15 }]);
    const { id } = await issue(house);
    const { lines } = await proposeLots(house.deps, house.actor('pharmacist'), id);
    expect(lines).toMatchObject([{ line: 1, owed: 21, available: 15, lots: [{ lot, quantity: 15 }] }]);
  });
});

/** The same number with a check digit that cannot hold. */
const wrongDigit = (patient: ReturnType<House['patient']>): string =>
  'pinfl' in patient ? patient.pinfl.slice(0, -1) + ((Number(patient.pinfl.at(-1)) + 1) % 10) : '';

describe('prescribing', () => {
  const attempt = (lines: Parameters<typeof issue>[1]) => refused(issue(house, lines));

  test('what the rules forbid is refused with its reason', async () => {
    expect(await attempt({ lines: [{ medicine: 'NOSUCH', dosage }] })).toBe('medicine-unknown');
    expect(await attempt({ lines: [{ medicine: 'TRAM50CAP', dosage }] })).toBe('second-factor-needed');
    expect(await attempt({ lines: Array.from({ length: 6 }, () => ({ medicine: 'AMOX500CAP', dosage })) })).toBe(
      'too-many-lines',
    );
    expect(await attempt({ lines: [1, 2].map(() => ({ medicine: 'AMOX500CAP', dosage })) })).toBe('duplicate-medicine');
    expect(await attempt({ lines: [{ medicine: 'AMOX500CAP', dosage: { ...dosage, route: 'rectal' } }] })).toBe(
      'dosage-invalid',
    );
    expect(await attempt({ lines: [{ medicine: 'AMOX500CAP', dosage, quantity: 22 }] })).toBe(
      'quantity-contradicts-dosage',
    );
    expect(
      await attempt({ lines: [{ medicine: 'AMOX500CAP', dosage: { ...dosage, asNeeded: true, maxPerDay: 3 } }] }),
    ).toBe('quantity-missing');
    for (const contradiction of [
      { maxPerDay: 2 },
      { timesPerDay: 1, when: ['morning', 'noon'] as const },
      { when: ['before-meal', 'after-meal'] as const },
    ])
      expect(
        await attempt({
          lines: [
            { medicine: 'AMOX500CAP', dosage: { ...dosage, ...contradiction, when: [...(contradiction.when ?? [])] } },
          ],
        }),
      ).toBe('dosage-invalid');
    expect(await attempt({ patient: { ...house.patient(), birthDate: '1985-03-13' } })).toBe('patient-mismatch');
    expect(await attempt({ patient: { ...house.patient(), pinfl: wrongDigit(house.patient()) } })).toBe(
      'pinfl-invalid',
    );
  });

  test('two doctors who meet a new patient at once make one patient', async () => {
    const patient = house.patient(33);
    const tablets = { amount: 1, unit: 'tablet', timesPerDay: 3, days: 5, route: 'oral' } as const;
    const both = await Promise.all([
      issue(house, { patient }),
      issue(house, { patient, lines: [{ medicine: 'PARA500TAB', dosage: tablets }] }),
    ]);
    const found = await lookUpPrescription(house.deps, house.actor('pharmacist'), {
      pinfl: 'pinfl' in patient ? patient.pinfl : '',
    });
    expect(found.prescriptions?.map((p) => p.id).sort()).toEqual(both.map((p) => p.id).sort());
  });
});
