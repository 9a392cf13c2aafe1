/** What can become of a line at a counter, on the real engine: partly, not at all, promised, another brand, undone. */
import { listDispenses, undoDispense } from '@darmon/usecases/dispenses';
import { lookUpPrescription, openPage, proposeLots } from '@darmon/usecases/dispensing';
import { readPrescription } from '@darmon/usecases/prescribing';
import { listSetAside, setAside } from '@darmon/usecases/set-aside';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  dispense,
  dosage,
  gtins,
  type House,
  issue,
  makeHouse,
  refused,
  start,
  stock,
  table,
} from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('outcomes');
  await stock(house, [
    { gtin: gtins.amoxicillin, lot: 'A', expiryDate: '2028-06-30', quantity: 1_000 },
    { gtin: gtins.paracetamol, lot: 'P', expiryDate: '2028-06-30', quantity: 1_000 },
    { gtin: gtins.statinBrand, lot: 'OTHER', expiryDate: '2027-06-30', quantity: 600 },
    { gtin: gtins.statin, lot: 'OWN', expiryDate: '2028-06-30', quantity: 600 },
  ]);
});
afterAll(() => house?.stop());
afterEach(async () => {
  house.clock.now = start;
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});

const tablet = { amount: 1, unit: 'tablet', timesPerDay: 3, days: 5, route: 'oral' } as const;
const two = () =>
  issue(house, {
    lines: [
      { medicine: 'AMOX500CAP', dosage },
      { medicine: 'PARA500TAB', dosage: tablet },
    ],
  });
const undo = (id: string, by = 'pharmacist') =>
  undoDispense(house.deps, house.actor(by, 'own'), { id, reason: 'wrong patient' }, house.once(by));
const lineStates = async (id: string) =>
  (await readPrescription(house.deps, house.actor('auditor'), id)).lines.map((l) => l.status);
const typesOf = async (id: string) => (await house.table.listTrail(id, { limit: 100 })).items.map((e) => e.type);

describe('a line', () => {
  test('is handed over while another is not, each with its reason, in one request and one event', async () => {
    const { id } = await two();
    const { body } = await dispense(house, id, [
      { line: 1, quantity: 10, owedOn: '2026-11-23' },
      { line: 2, notDispensed: 'patient-refused' },
    ]);
    expect(body).toMatchObject({
      status: 'partially-dispensed',
      lines: [{ line: 1, quantity: 10, owedOn: '2026-11-23' }],
      notDispensed: [{ line: 2, reason: 'patient-refused' }],
    });
    expect(await lineStates(id)).toEqual(['owed', 'not-dispensed']);
    expect(await typesOf(id)).toEqual(['prescription-issued', 'prescription-dispensed']);
    expect(await refused(dispense(house, id, [{ line: 2, quantity: 15 }]))).toBe('line-closed');
    expect((await dispense(house, id, [{ line: 1, quantity: 11 }])).body.status).toBe('completed');
  });

  test('that nothing is handed over of stays open where another day may help, and its event says what it was', async () => {
    const { id } = await issue(house);
    const { body } = await dispense(house, id, [{ line: 1, notDispensed: 'out-of-stock', owedOn: '2026-11-21' }]);
    expect(body).toMatchObject({ status: 'active', lines: [], notDispensed: [{ reason: 'out-of-stock' }] });
    expect(await typesOf(id)).toEqual(['prescription-issued', 'line-not-dispensed']);
    expect(await lineStates(id)).toEqual(['owed']);
    expect(await refused(undo(body.id))).toBe('not refused');
    expect(await lineStates(id)).toEqual(['to-dispense']);
  });

  test('needs a note where the reason is another one', async () => {
    const { id } = await issue(house);
    expect(await refused(dispense(house, id, [{ line: 1, notDispensed: 'other' }]))).toBe('note-missing');
    const { body } = await dispense(house, id, [{ line: 1, notDispensed: 'other', note: 'bought elsewhere' }]);
    expect(body.status).toBe('completed');
  });

  test.each([
    ['yesterday', '2026-11-19', 'promise-invalid'],
    ['today', '2026-11-20', 'not refused'],
    ['the last day of the prescription', '2026-12-20', 'not refused'],
    ['the day after it', '2026-12-21', 'promise-invalid'],
  ])('is promised for %s: %s gives %s', async (_, owedOn, expected) => {
    const { id } = await issue(house);
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 5, owedOn }]))).toBe(expected);
  });

  test('of a repeat is promised within its own issue', async () => {
    const { id } = await issue(house, { repeat: { issues: 3, everyDays: 10 } });
    const promise = (owedOn: string) => refused(dispense(house, id, [{ line: 1, quantity: 5, owedOn }]));
    expect(await promise('2026-12-01')).toBe('promise-invalid');
    expect(await promise('2026-11-29')).toBe('not refused');
  });

  test('closed by a reason is open again when that is taken back', async () => {
    const { id } = await two();
    const { body } = await dispense(house, id, [
      { line: 1, quantity: 21 },
      { line: 2, notDispensed: 'clinically-unsuitable' },
    ]);
    expect(body.status).toBe('completed');
    expect((await undo(body.id)).body.status).toBe('active');
    expect(await lineStates(id)).toEqual(['to-dispense', 'to-dispense']);
  });
});

describe('another brand', () => {
  const branded = (substitutionAllowed: boolean) =>
    issue(house, {
      lines: [
        {
          medicine: 'ATOR20TAB',
          dosage: { ...tablet, timesPerDay: 1, days: 30 },
          brand: 'statin',
          substitutionAllowed,
        },
      ],
    });
  const of = (gtin: string, lot: string) => [{ line: 1, quantity: 30, lots: [{ gtin, lot, quantity: 30 }] }];

  test('is recorded where it is allowed, the first expiring lot whatever its brand', async () => {
    const { id } = await branded(true);
    const { body } = await dispense(house, id, [{ line: 1, quantity: 30 }]);
    expect(body.lines[0]).toMatchObject({ lots: [{ lot: 'OTHER' }], substitution: { from: 'Statin', to: 'Other' } });
  });

  test('is refused where the prescriber forbids it, and never proposed', async () => {
    const { id } = await branded(false);
    const { lines } = await proposeLots(house.deps, house.actor('pharmacist'), id);
    expect(lines[0]).toMatchObject({ brand: 'Statin', substitutionAllowed: false, lots: [{ lot: 'OWN' }] });
    expect(lines[0]?.others.map((l) => l.lot)).toEqual(['OWN']);
    expect(await refused(dispense(house, id, of(gtins.statinBrand, 'OTHER')))).toBe('substitution-not-allowed');
    expect(
      await refused(dispense(house, id, [{ line: 1, quantity: 30, scans: [`01${gtins.statinBrand}10OTHER`] }])),
    ).toBe('substitution-not-allowed');
    const { body } = await dispense(house, id, [{ line: 1, quantity: 30 }]);
    expect(body.lines[0]).toMatchObject({ lots: [{ lot: 'OWN' }] });
    expect(body.lines[0]).not.toHaveProperty('substitution');
  });

  test('that expires earlier is no reason against the prescribed one', async () => {
    const { id } = await branded(true);
    const { body } = await dispense(house, id, of(gtins.statin, 'OWN'));
    expect(body.lines[0]).not.toHaveProperty('substitution');
  });
});

describe('a pack of this medicine that the pharmacy has not', () => {
  test('is refused for its lot, not as another medicine', async () => {
    const { id } = await issue(house);
    const scan = (gtin: string) => [{ line: 1, quantity: 16, scans: [`01${gtin}10NONE`] }];
    expect(await refused(dispense(house, id, scan(gtins.amoxicillinBrand)))).toBe('lot-unknown');
    expect(await refused(dispense(house, id, scan(gtins.syrup)))).toBe('pack-wrong-medicine');
  });
});

describe('named lots', () => {
  const lot = { gtin: gtins.amoxicillin, lot: 'A', quantity: 10 };
  test.each([
    ['the same lot twice', [lot, { ...lot, quantity: 11 }], 'lot-repeated'],
    ['another expiry than the shelf has', [{ ...lot, quantity: 21, expiryDate: '2028-05-31' }], 'expiry-mismatch'],
    ['the expiry that the shelf has', [{ ...lot, quantity: 21, expiryDate: '2028-06-30' }], 'not refused'],
  ])('with %s: %#', async (_, lots, expected) => {
    const { id } = await issue(house);
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 21, lots }]))).toBe(expected);
  });
});

describe('a receipt', () => {
  test('names the dispense by number and a secret, the same again on a repeat, and no two alike', async () => {
    const { id, number } = await issue(house);
    const once = house.once('pharmacist');
    const first = await dispense(house, id, [{ line: 1, quantity: 5 }], 'pharmacist', once);
    expect(first.body.receipt).toMatch(new RegExp(`^${number}\\.1\\.[0-9A-HJKMNP-TV-Z]{6}$`));
    const again = await dispense(house, id, [{ line: 1, quantity: 5 }], 'pharmacist', once);
    expect(again).toEqual(first);
    const { body } = await dispense(house, id, [{ line: 1, quantity: 5 }]);
    expect(body.receipt.slice(-6)).not.toBe(first.body.receipt.slice(-6));
    const seen = JSON.stringify(await readPrescription(house.deps, house.actor('pharmacist'), id));
    expect(seen).not.toContain(first.body.receipt.slice(-6));
  });
});

describe('the day’s dispenses of a pharmacy', () => {
  test('are its own, newest first, and say until when each can be taken back', async () => {
    house.clock.now = start + 5 * 86_400_000;
    const { id, number } = await issue(house);
    await dispense(house, id, [{ line: 1, quantity: 5 }]);
    house.clock.now += 60_000;
    await dispense(house, id, [{ line: 1, quantity: 6 }]);
    await undo(`${id}.1`);
    const list = (by: string, site: string) =>
      listDispenses(house.deps, house.actor(by, 'own'), { site, day: '2026-11-25' }, { limit: 100 });
    const { items } = await list('pharmacist', 'PH-1');
    expect(items.map((d) => [d.id, d.number, d.undone])).toEqual([
      [`${id}.2`, number, false],
      [`${id}.1`, number, true],
    ]);
    expect(items[0]?.undoableUntil).toBe('2026-11-26T07:01:00.000Z');
    expect(items[1]).not.toHaveProperty('undoableUntil');
    expect((await list('pharmacist2', 'PH-2')).items).toEqual([]);
  });
});

describe('at the counter', () => {
  test.each([
    ['a pack', `01${gtins.amoxicillin}10A`, 'pack'],
    ['a carton', '00395200000000000019', undefined],
    ['a printed number', 'GMQRNAY232P8Y', 'prescription-number'],
    ['nothing known', '???', 'refused'],
  ])('%s scanned for a prescription is said to be what it is', async (_, code, kind) => {
    const looked = lookUpPrescription(house.deps, house.actor('pharmacist'), { code });
    await expect(looked).rejects.toMatchObject({ code: 'code-invalid', ...(kind && { facts: { kind } }) });
  });

  test('a patient’s locked page is opened again with a reason that stands in the trail', async () => {
    const { id } = await issue(house);
    const open = openPage(
      house.deps,
      house.actor('pharmacist'),
      { id, reason: 'passport seen' },
      house.once('pharmacist'),
    );
    expect((await open).body).toEqual({ id, open: true });
    const { items } = await house.table.listTrail(id, {});
    expect(items.at(-1)).toMatchObject({ type: 'page-unlocked', reason: 'passport seen' });
    const nowhere = { id: '01KAGZ5V9YV1Q5T1M0E9J7R2CD', reason: 'passport seen' };
    expect(await refused(openPage(house.deps, house.actor('pharmacist'), nowhere, house.once('pharmacist')))).toBe(
      'not-found',
    );
  });
});

describe('a pack that contradicts the shelf', () => {
  const put = (scan: string, more: { lot?: string; expiryDate?: string } = {}, by = 'pharmacist') => {
    const actor = house.actor(by, 'own');
    return setAside(house.deps, actor, { site: actor.site, scan, note: 'other date on it', ...more }, house.once(by));
  };
  const shelf = async (lot: string) => (await readLedger(house.client, table)).stock.find((r) => r.lot === lot)?.state;

  test('by its expiry blocks its lot at this pharmacy, with a movement and the note', async () => {
    await stock(house, [{ gtin: gtins.amoxicillin, lot: 'BAD', expiryDate: '2028-06-30', quantity: 40 }]);
    const { body } = await put(`01${gtins.amoxicillin}17280531${'10BAD'}\u001d21TORN`);
    expect(body).toMatchObject({ quarantined: 'lot', lot: 'BAD', expiryDate: '2028-05-31', note: 'other date on it' });
    expect(await shelf('BAD')).toBe('quarantined');
    const { movements } = await readLedger(house.client, table);
    expect(movements.filter((m) => m.reference === body.id)).toMatchObject([{ kind: 'quarantine', quantity: 0 }]);
    const { items } = await listSetAside(house.deps, house.actor('pharmacist', 'own'), 'PH-1', {});
    expect(items[0]).toMatchObject({ id: body.id });
    const trail = await house.table.listSiteTrail('PH-1', '2026-11-20', { limit: 100 });
    expect(trail.items.filter((e) => e.type === 'pack-set-aside')).toMatchObject([{ reason: 'other date on it' }]);
  });

  test('alone is blocked alone where it has a serial number, for every pharmacy', async () => {
    const scan = `01${gtins.amoxicillin}21DOUBT`;
    expect((await put(scan)).body).toMatchObject({ quarantined: 'pack', serial: 'DOUBT' });
    expect(await shelf('A')).toBe('available');
    await stock(house, [{ gtin: gtins.amoxicillin, lot: 'A', expiryDate: '2028-06-30', quantity: 40 }], 'pharmacist2');
    const { id } = await issue(house);
    const line = { line: 1, quantity: 20, scans: [scan], lots: [{ gtin: gtins.amoxicillin, lot: 'A', quantity: 20 }] };
    expect(await refused(dispense(house, id, [line]))).toBe('serial-quarantined');
    expect(await refused(dispense(house, id, [line], 'pharmacist2'))).toBe('serial-quarantined');
  });

  test('and names neither lot nor serial cannot be blocked, and is refused', async () => {
    expect(await refused(put(gtins.amoxicillin))).toBe('lot-missing');
    expect(await refused(put(gtins.amoxicillin, { lot: 'NOSUCH' }))).toBe('lot-unknown');
    expect(await refused(put(gtins.amoxicillin, { lot: 'A' }, 'pharmacist2'))).toBe('not refused');
  });
});
