/** Packs at the counter on the real engine: a serial is handed over once, a lot is never guessed, the marking service may be away. */
import type { Marking, MarkingAnswer } from '@darmon/marking/marking';
import { checkMarking } from '@darmon/usecases/check-marking';
import { type DispenseInput, dispensePrescription } from '@darmon/usecases/dispense';
import { undoDispense } from '@darmon/usecases/dispenses';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { approvableOf, gtins, type House, issue, makeHouse, refused, start, stock, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('packs');
  for (const by of ['pharmacist', 'pharmacist2'])
    await stock(
      house,
      [
        { gtin: gtins.amoxicillin, lot: 'A', expiryDate: '2028-06-30', quantity: 2_000 },
        { gtin: gtins.amoxicillinBrand, lot: 'B1', expiryDate: '2028-06-30', quantity: 320 },
        { gtin: gtins.amoxicillinBrand, lot: 'B2', expiryDate: '2028-07-31', quantity: 320 },
        { gtin: gtins.paracetamol, lot: 'P', expiryDate: '2028-06-30', quantity: 100 },
      ],
      by,
    );
});
afterAll(() => house?.stop());
afterEach(async () => {
  house.clock.now = start;
  expect(contradictions(await readLedger(house.client, table), { mayExceed: 7 })).toEqual([]);
});

let serials = 0;
/** A code of the national marking: GTIN and serial, no lot, no expiry. */
const marked = (gtin = gtins.amoxicillin, serial = `SERIAL${++serials}`) => `01${gtin}21${serial}`;
const withLot = (serial: string, lot = 'A', day = '280630') =>
  `01${gtins.amoxicillin}17${day}10${lot}\u001d21${serial}`;

const hand = (
  id: string,
  lines: DispenseInput['lines'],
  { by = 'pharmacist', marking }: { by?: string; marking?: Marking } = {},
) =>
  dispensePrescription(
    { ...house.deps, marking },
    house.actor(by),
    { id, lines },
    { once: house.once(by), approvable: approvableOf(id) },
  );
const scanned = (quantity: number, ...scans: string[]) => [{ line: 1, quantity, scans, reason: 'as scanned' }];
const undo = (id: string) =>
  undoDispense(house.deps, house.actor('pharmacist', 'own'), { id, reason: 'returned' }, house.once('pharmacist'));
const packOf = async (serial: string) =>
  (await readLedger(house.client, table)).serials.find((s) => s.serial === serial);

describe('a pack with a serial number', () => {
  test('is handed over once, whatever the prescription, and recorded with its lot', async () => {
    const [first, second] = [await issue(house), await issue(house)];
    const { body } = await hand(first.id, scanned(20, withLot('ONCE')));
    expect(body.lines[0]?.lots).toMatchObject([{ lot: 'A', serials: [{ serial: 'ONCE', units: 20 }] }]);
    const again = hand(second.id, scanned(20, withLot('ONCE')));
    await expect(again).rejects.toMatchObject({ code: 'serial-dispensed', errors: [{ pointer: '/lines/0/scans/0' }] });
  });

  test('at two pharmacies at once is handed over by one', async () => {
    for (let n = 0; n < 8; n += 1) {
      const [one, other] = [await issue(house), await issue(house)];
      const scan = withLot(`RACE${n}`);
      const both = await Promise.all([
        refused(hand(one.id, scanned(20, scan))),
        refused(hand(other.id, scanned(20, scan), { by: 'pharmacist2' })),
      ]);
      expect([...both].sort()).toEqual(['not refused', 'serial-dispensed']);
    }
  });

  test('asked for twice at once with one prescription is refused for the prescription, not for the pack', async () => {
    const { id } = await issue(house);
    const both = [1, 2].map(() => refused(hand(id, scanned(21, withLot('TWICE'), withLot('TWICE2')))));
    expect((await Promise.all(both)).sort()).toEqual(['not refused', 'prescription-completed']);
  });

  test('twice in one request is refused, on one line and on two', async () => {
    const { id } = await issue(house, {
      lines: [
        { medicine: 'AMOX500CAP', dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' } },
        { medicine: 'PARA500TAB', dosage: { amount: 1, unit: 'tablet', timesPerDay: 3, days: 5, route: 'oral' } },
      ],
    });
    const scan = withLot('DOUBLE');
    expect(await refused(hand(id, scanned(21, scan, scan)))).toBe('serial-repeated');
    const lines = [
      { line: 1, quantity: 20, scans: [scan] },
      { line: 2, quantity: 10, scans: [scan] },
    ];
    expect(await refused(hand(id, lines))).toBe('serial-repeated');
  });

  test('that was opened gives what is left in it at its own pharmacy, and nowhere else', async () => {
    const [first, second, third] = [await issue(house), await issue(house), await issue(house)];
    await hand(first.id, scanned(15, withLot('OPENED')));
    expect(await packOf('OPENED')).toMatchObject({ unitsLeft: 5, site: 'PH-1' });
    expect(await refused(hand(third.id, scanned(5, withLot('OPENED')), { by: 'pharmacist2' }))).toBe(
      'serial-dispensed',
    );
    expect(await refused(hand(second.id, scanned(20, withLot('OPENED'))))).toBe('serial-dispensed');
    const { body } = await hand(second.id, scanned(21, withLot('OPENED'), withLot('FRESH')));
    expect(body.lines[0]?.lots[0]?.serials).toEqual([
      { serial: 'OPENED', units: 5 },
      { serial: 'FRESH', units: 16 },
    ]);
    expect(await refused(hand(third.id, scanned(1, withLot('OPENED'))))).toBe('serial-dispensed');
  });

  test('is free again when its dispense is taken back', async () => {
    const { id } = await issue(house);
    await hand(id, scanned(20, withLot('FREE')));
    await undo(`${id}.1`);
    expect(await packOf('FREE')).toMatchObject({ unitsLeft: 20 });
    expect(await refused(hand(id, scanned(20, withLot('FREE')), { by: 'pharmacist2' }))).toBe('not refused');
  });

  test('that is not needed for the quantity is refused', async () => {
    const { id } = await issue(house);
    expect(await refused(hand(id, scanned(20, withLot('NEED'), withLot('SPARE'))))).toBe('lots-sum-mismatch');
  });
});

describe('a pack without a lot', () => {
  test('is of the one usable lot of its GTIN, where there is one', async () => {
    const { id } = await issue(house);
    expect((await hand(id, scanned(20, marked()))).body.lines[0]?.lots).toMatchObject([{ lot: 'A' }]);
  });

  test('is never guessed among several: the refusal points at the scan', async () => {
    const { id } = await issue(house);
    const guess = hand(id, scanned(16, marked(gtins.amoxicillinBrand)));
    await expect(guess).rejects.toMatchObject({ code: 'lot-missing', errors: [{ pointer: '/lines/0/scans/0' }] });
  });

  test('is of the lot that a person names beside it, and of no lot that was not named', async () => {
    const { id } = await issue(house);
    const scan = marked(gtins.amoxicillinBrand);
    const named = (lot: string, gtin = gtins.amoxicillinBrand) => [
      { line: 1, quantity: 16, scans: [scan], lots: [{ gtin, lot, quantity: 16 }], reason: 'asked for' },
    ];
    expect(await refused(hand(id, named('A', gtins.amoxicillin)))).toBe('pack-wrong-lot');
    expect((await hand(id, named('B2'))).body.lines[0]?.lots).toMatchObject([{ lot: 'B2', serials: [{ units: 16 }] }]);
  });
});

describe('a wrong pack', () => {
  test.each([
    ['of another medicine on this shelf', `01${gtins.paracetamol}10P`, 'pack-wrong-medicine'],
    ['of another medicine that is not here', `01${gtins.syrup}10S`, 'pack-wrong-medicine'],
    ['of this medicine and a lot that is not here', `01${gtins.amoxicillin}10Z`, 'lot-unknown'],
    ['with another expiry', withLot('EXP', 'A', '280531'), 'scan-contradicts'],
    ['that is no pack', 'GMQRNAY232P8Y', 'scan-unreadable'],
  ])('%s is refused as what it is', async (_, scan, code) => {
    const { id } = await issue(house);
    expect(await refused(hand(id, scanned(20, scan)))).toBe(code);
  });

  test('beside named lots is refused by lot and by medicine', async () => {
    const { id } = await issue(house);
    const lots = [{ gtin: gtins.amoxicillin, lot: 'A', quantity: 20 }];
    const beside = (scan: string) =>
      refused(hand(id, [{ line: 1, quantity: 20, lots, scans: [scan], reason: 'asked' }]));
    expect(await beside(withLot('LOT', 'Z'))).toBe('pack-wrong-lot');
    expect(await beside(`01${gtins.amoxicillinBrand}10B1`)).toBe('pack-wrong-lot');
    expect(await beside(`01${gtins.paracetamol}10P`)).toBe('pack-wrong-medicine');
    expect(await beside(withLot('DATE', 'A', '280531'))).toBe('scan-contradicts');
  });
});

/** A service that says one thing of every pack. */
const saying = (answer: MarkingAnswer): Marking => ({
  look: async () => answer,
  lookAll: async (packs) => packs.map(() => answer),
});
const known = (about: Partial<Extract<MarkingAnswer, { kind: 'known' }>>) =>
  saying({ kind: 'known', status: 'in-circulation', ...about });
const away = saying({ kind: 'unavailable', why: 'down' });

describe('the marking service', () => {
  const brand = () => scanned(16, marked(gtins.amoxicillinBrand));

  test('tells the lot that a pack does not', async () => {
    const { id } = await issue(house);
    const marking = known({ lot: 'B2', expiryDate: '2028-07-31' });
    expect((await hand(id, brand(), { marking })).body.lines[0]?.lots).toMatchObject([{ lot: 'B2' }]);
  });

  test.each([
    ['another expiry than the shelf', known({ lot: 'B2', expiryDate: '2028-01-31' }), 'scan-contradicts'],
    ['a lot that is not here', known({ lot: 'B9' }), 'lot-unknown'],
    ['written off', known({ lot: 'B2', status: 'written-off' }), 'serial-quarantined'],
    ['sold before', known({ lot: 'B2', status: 'withdrawn' }), 'serial-quarantined'],
    ['never on a pack', known({ lot: 'B2', status: 'issued' }), 'serial-quarantined'],
    ['unknown to it, and several lots here', saying({ kind: 'unknown' }), 'lot-missing'],
  ])('that says %s keeps the pack here', async (_, marking, code) => {
    const { id } = await issue(house);
    expect(await refused(hand(id, brand(), { marking }))).toBe(code);
  });

  test('contradicting what the pack itself says keeps the pack here', async () => {
    const { id } = await issue(house);
    expect(await refused(hand(id, scanned(20, withLot('LIES')), { marking: known({ lot: 'Z' }) }))).toBe(
      'scan-contradicts',
    );
  });

  test('that has a pack as sold lets go what this pharmacy itself opened or took back', async () => {
    const [first, second] = [await issue(house), await issue(house)];
    await hand(first.id, scanned(15, withLot('SOLD')));
    const marking = known({ status: 'withdrawn' });
    expect(await refused(hand(second.id, scanned(5, withLot('SOLD')), { marking }))).toBe('not refused');
  });

  test('that is away delays nobody: the check waits, and finds later what it finds', async () => {
    const { id } = await issue(house);
    const [good, bad] = [withLot('GOOD'), withLot('WRONG')];
    expect((await hand(id, scanned(21, good, bad), { marking: away })).status).toBe(201);
    const run = (marking: Marking) => checkMarking({ ...house.deps, marking });
    expect(await run(away)).toEqual({ checked: 0, open: 1 });
    // both runs have read the queue before either goes on
    let asked = 0;
    const truth: Marking = {
      ...away,
      lookAll: async (packs) => {
        asked += 1;
        while (asked < 2) await house.deps.pause(1);
        return packs.map(({ serial }) => ({
          kind: 'known',
          status: 'withdrawn',
          lot: serial === 'WRONG' ? 'OTHER' : 'A',
        }));
      },
    };
    const runs = await Promise.all([run(truth), run(truth)]);
    expect(runs.map((r) => r.checked).sort()).toEqual([0, 1]);
    expect(await run(truth)).toEqual({ checked: 0, open: 0 });
    const trail = await house.table.listTrail(id, { limit: 100 });
    const found = trail.items.filter((e) => e.type === 'marking-checked');
    expect(found).toHaveLength(1);
    expect(found[0]?.changes.packs).toMatchObject([
      { serial: 'GOOD', found: 'agrees' },
      { serial: 'WRONG', found: 'contradicts', knownLot: 'OTHER' },
    ]);
    expect([(await packOf('GOOD'))?.state, (await packOf('WRONG'))?.state]).toEqual(['available', 'quarantined']);
  });

  test('that is not configured is not waited for', async () => {
    const { id } = await issue(house);
    await hand(id, scanned(20, marked()));
    expect(await house.table.listMarkingChecks(house.clock.now, 10)).toEqual([]);
  });
});
