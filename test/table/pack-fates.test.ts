/** Single packs on the real engine: what is taken back, written off or lost is so for each pack that is known by its number. */
import { createHash } from 'node:crypto';
import { approvedText } from '@darmon/domain/approval';
import { approvePath, type WantedWriteOff } from '@darmon/domain/write-off';
import { giveApproval } from '@darmon/usecases/approvals';
import { listMovements } from '@darmon/usecases/inventory';
import { receiveShipment } from '@darmon/usecases/receiving';
import { decidePack } from '@darmon/usecases/serial-packs';
import { setAside } from '@darmon/usecases/set-aside';
import { receiveTransfer, shipTransfer } from '@darmon/usecases/transfer-moves';
import { pickTransfer } from '@darmon/usecases/transfer-picks';
import { requestTransfer } from '@darmon/usecases/transfers';
import { requestWriteOff, signWriteOff, withdrawWriteOff } from '@darmon/usecases/write-offs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';
import { takeBack } from '../support/reversal.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('pack-fates');
});
afterAll(() => house?.stop());
afterEach(async () => {
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});

const gtin = gtins.amoxicillin;
const own = (person: string) => house.actor(person, 'own');
let lots = 0;
let lot = '';
beforeEach(() => {
  lots += 1;
  lot = `F${lots}`;
});

/** Packs of 20 with these numbers. */
const receive = (serials: readonly string[], by = 'pharmacist', more = 0) =>
  receiveShipment(
    house.deps,
    own(by),
    {
      site: own(by).site,
      lines: [{ gtin, lot, expiryDate: '2028-06-30', quantity: 20 * (serials.length + more), serials: [...serials] }],
    },
    house.once(by),
  );
/** What comes of handing this very pack to a patient. */
const hand = async (serial: string, by = 'pharmacist') => {
  const { id } = await issue(house);
  const scan = `01${gtin}1728063010${lot}\u001d21${serial}`;
  return refused(dispense(house, id, [{ line: 1, quantity: 20, scans: [scan], reason: 'as scanned' }], by));
};
const moved = async (kind: string, site = 'PH-1') => {
  const { items } = await listMovements(house.deps, { site, gtin, lot }, {});
  const found = items.find((m) => m.kind === kind);
  if (!found) throw new Error(`no ${kind} of ${lot}`);
  return found;
};
const reverse = async (kind: string) =>
  takeBack(
    house,
    own('pharmacist'),
    { site: 'PH-1', gtin, lot, movement: (await moved(kind)).id, reason: 'entered twice' },
    house.once('pharmacist'),
  );
const request = async (about: Partial<WantedWriteOff>, by = 'pharmacist', transfer?: string) =>
  (
    await requestWriteOff(
      house.deps,
      own(by),
      {
        site: own(by).site,
        ...(transfer !== undefined && { transfer }),
        lines: [{ gtin, lot, quantity: 20, reason: 'damaged', ...about }],
      },
      house.once(by),
    )
  ).body;
type Act = Awaited<ReturnType<typeof request>>;
const sign = async (act: Act) => {
  const bodyHash = createHash('sha256')
    .update(approvedText({ actHash: act.actHash }))
    .digest('base64url');
  const subject = approvePath(act.id);
  const given = await giveApproval(house.deps, own('approver'), { subject, bodyHash }, house.once('approver'));
  const input = { id: act.id, actHash: act.actHash, approval: given.body.id };
  return signWriteOff(house.deps, house.actor('approver', 'all'), input, house.once('approver'));
};
const stateOf = async (serial: string) => (await house.table.loadSerials([{ gtin, serial }]))[0]?.state;

test('packs of a receipt that was taken back are handed over by nobody, until they are received anew', async () => {
  await receive(['R1', 'R2']);
  await receive([], 'pharmacist', 2);
  expect((await moved('receipt')).serials).toEqual(['R1', 'R2']);
  await reverse('receipt');
  expect(await stateOf('R1')).toBe('unknown');
  expect(await hand('R1')).toBe('serial-gone');
  await receive(['R1']);
  expect(await hand('R1')).toBe('not refused');
  expect(await refused(receive(['R1']))).toBe('serial-known');
});

test('a receipt of which a pack was opened is not taken back', async () => {
  await receive(['O1', 'O2']);
  await receive([], 'pharmacist', 2);
  expect(await hand('O1')).toBe('not refused');
  expect(await refused(reverse('receipt'))).toBe('serial-known');
  expect(await stateOf('O2')).toBe('available');
});

test('a pack that an act names goes nowhere while it waits, and is gone for good when it is signed', async () => {
  await receive(['W1', 'W2']);
  const act = await request({ serials: ['W1'] });
  expect(await hand('W1')).toBe('units-promised');
  expect(await refused(request({ serials: ['W1'] }))).toBe('units-promised');
  expect((await sign(act)).body.state).toBe('approved');
  expect(await stateOf('W1')).toBe('gone');
  expect(await hand('W1')).toBe('serial-gone');
  expect(await refused(receive(['W1']))).toBe('serial-known');
  expect(await hand('W2')).toBe('not refused');
  // a mistake that is taken back brings the very pack back
  await reverse('write-off');
  expect(await hand('W1')).toBe('not refused');
});

test('a pack that quality control refused stays refused when its write-off is taken back', async () => {
  await receive(['REF1', 'REF2']);
  const scan = `01${gtin}1728063010${lot}\u001d21REF1`;
  await setAside(house.deps, own('pharmacist'), { site: 'PH-1', scan, note: 'torn' }, house.once('pharmacist'));
  const decided = { gtin, serial: 'REF1', decision: 'refused', reason: 'torn foil' } as const;
  await decidePack(house.deps, own('quality'), decided, house.once('quality'));
  await sign(await request({ quantity: 40, serials: ['REF1', 'REF2'] }));
  expect([await stateOf('REF1'), await stateOf('REF2')]).toEqual(['gone', 'gone']);
  await reverse('write-off');
  expect([await stateOf('REF1'), await stateOf('REF2')]).toEqual(['refused', 'available']);
  expect([await hand('REF1'), await hand('REF2')]).not.toContain('serial-gone');
  expect(await hand('REF1')).not.toBe('not refused');
});

test('withdrawn, an act lets its packs go again', async () => {
  await receive(['B1']);
  const act = await request({ serials: ['B1'] });
  const why = { id: act.id, reason: 'it can be sold' };
  await withdrawWriteOff(house.deps, own('pharmacist'), why, house.once('pharmacist'));
  expect(await hand('B1')).toBe('not refused');
});

test('an act that names no packs says nothing of any', async () => {
  await receive(['N1'], 'pharmacist', 1);
  await sign(await request({}));
  expect(await stateOf('N1')).toBe('available');
  expect(await hand('N1')).toBe('not refused');
});

test('an act names packs that are there, each once, and no more of them than units', async () => {
  await receive(['P1', 'P2']);
  expect(await refused(request({ serials: ['P1', 'P1'] }))).toBe('serial-repeated');
  expect(await refused(request({ serials: ['P1', 'P2'] }))).toBe('quantity-invalid');
  expect(await hand('P1')).toBe('not refused');
  expect(await refused(request({ serials: ['P1'] }))).toBe('serial-dispensed');
  const many = Array.from({ length: 40 }, (_, i) => `X${i}`);
  const lines = [1, 2].map((n) => ({
    gtin,
    lot: `${lot}${n}`,
    quantity: 800,
    reason: 'damaged' as const,
    serials: many,
  }));
  const both = requestWriteOff(house.deps, own('pharmacist'), { site: 'PH-1', lines }, house.once('pharmacist'));
  expect(await refused(both)).toBe('split-document');
});

test('of two acts that name one pack at once, and of an act and a hand-over, one has it', async () => {
  await receive(['T1'], 'pharmacist', 3);
  const acts = await Promise.all([refused(request({ serials: ['T1'] })), refused(request({ serials: ['T1'] }))]);
  expect(acts.sort()).toEqual(['not refused', 'units-promised']);
  await receive(['T2']);
  const both = await Promise.all([hand('T2'), refused(request({ serials: ['T2'] }))]);
  expect([
    ['not refused', 'serial-dispensed'],
    ['units-promised', 'not refused'],
  ]).toContainEqual(both);
});

/** Two packs with a number, on their way to a pharmacy. */
const sent = async (...serials: string[]) => {
  await receive(serials, 'warehouse');
  const lines = [{ gtin, packs: serials.length }];
  const asked = await requestTransfer(
    house.deps,
    own('warehouse'),
    { from: 'WH-1', to: 'PH-1', lines },
    house.once('warehouse'),
  );
  const { id } = asked.body;
  const picks = serials.map((serial) => ({ line: 1, scan: `01${gtin}1728063010${lot}\u001d21${serial}` }));
  await pickTransfer(house.deps, own('warehouse'), { id, picks, reason: 'this lot' }, house.once('warehouse'));
  await shipTransfer(house.deps, own('warehouse'), { id }, house.once('warehouse'));
  return id;
};

test('packs that were sent and never came are gone with all that was left of their lot, and those that came are not', async () => {
  const id = await sent('L1', 'L2');
  const came = [{ scan: `01${gtin}1728063010${lot}\u001d21L1` }];
  await receiveTransfer(house.deps, own('pharmacist'), { id, lines: came }, house.once('pharmacist'));
  await sign(await request({ reason: 'lost-in-transit' }, 'warehouse', id));
  expect([await stateOf('L1'), await stateOf('L2')]).toEqual(['available', 'gone']);
  expect(await hand('L1')).toBe('not refused');
});

test('of packs that are lost in part nobody guesses which', async () => {
  const id = await sent('G1', 'G2');
  await sign(await request({ reason: 'lost-in-transit' }, 'warehouse', id));
  expect([await stateOf('G1'), await stateOf('G2')]).toEqual(['available', 'available']);
});

describe('a pack in quarantine', () => {
  const aside = (serial: string) =>
    setAside(
      house.deps,
      own('pharmacist'),
      { site: 'PH-1', scan: `01${gtin}21${serial}`, lot, note: 'the seal is torn' },
      house.once('pharmacist'),
    );
  const decide = (serial: string, decision: 'released' | 'refused', once = house.once('quality')) =>
    decidePack(house.deps, house.actor('quality'), { gtin, serial, decision, reason: 'looked at' }, once);

  test('is handed over again once quality control lets it go, and only out of quarantine', async () => {
    await receive(['Q1']);
    expect(await refused(decide('Q1', 'released'))).toBe('document-closed');
    expect(await refused(decide('NOBODY', 'released'))).toBe('not-found');
    await aside('Q1');
    expect(await hand('Q1')).toBe('serial-quarantined');
    const once = house.once('quality');
    const [first, again] = [await decide('Q1', 'released', once), await decide('Q1', 'released', once)];
    expect([first.body.state, again]).toEqual(['available', first]);
    expect(await hand('Q1')).toBe('not refused');
  });

  test('that was refused stays so whoever sets it aside, and leaves by an act alone', async () => {
    await receive(['Q2']);
    await aside('Q2');
    expect((await decide('Q2', 'refused')).body.state).toBe('refused');
    await aside('Q2');
    expect(await refused(decide('Q2', 'released'))).toBe('document-closed');
    expect(await hand('Q2')).toBe('serial-quarantined');
    await sign(await request({ serials: ['Q2'], reason: 'quality-failure' }));
    expect(await stateOf('Q2')).toBe('gone');
    await aside('Q2');
    expect(await stateOf('Q2')).toBe('gone');
  });
});
