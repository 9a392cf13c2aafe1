/** What never came of a transfer, on the real engine: written off by an act of either end, gone from the country once. */
import { createHash } from 'node:crypto';
import { approvedText } from '@darmon/domain/approval';
import { approvePath, type WantedWriteOff } from '@darmon/domain/write-off';
import { giveApproval } from '@darmon/usecases/approvals';
import { keepPhoto, readPhoto } from '@darmon/usecases/photos';
import { type ArrivalInput, receiveTransfer, returnTransfer, shipTransfer } from '@darmon/usecases/transfer-moves';
import { pickTransfer } from '@darmon/usecases/transfer-picks';
import { readTransfer, requestTransfer } from '@darmon/usecases/transfers';
import {
  readWriteOff,
  refuseWriteOff,
  requestWriteOff,
  signWriteOff,
  type WriteOffInput,
  withdrawWriteOff,
} from '@darmon/usecases/write-offs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { gtins, type House, makeHouse, refused, stock, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('transit-write-offs');
});
afterAll(() => house?.stop());
afterEach(async () => {
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});

const gtin = gtins.amoxicillin;
const own = (person: string) => house.actor(person, 'own');
/** 100 units of a lot, from a warehouse on their way to a pharmacy. */
const onItsWay = async (lot: string): Promise<string> => {
  await stock(
    house,
    [{ gtin, lot, expiryDate: '2028-06-30', quantity: 100, packPrice: 2_000_000 }] as never,
    'warehouse',
  );
  const lines = [{ gtin, quantity: 100 }];
  const asked = await requestTransfer(
    house.deps,
    own('warehouse'),
    { from: 'WH-1', to: 'PH-1', lines },
    house.once('warehouse'),
  );
  const { id } = asked.body;
  const picks = [{ line: 1, gtin, lot, quantity: 100 }];
  await pickTransfer(house.deps, own('warehouse'), { id, picks, reason: 'this lot' }, house.once('warehouse'));
  await shipTransfer(house.deps, own('warehouse'), { id }, house.once('warehouse'));
  return id;
};
const receive = (id: string, lot: string, quantity: number, more: Partial<ArrivalInput> = {}) =>
  receiveTransfer(
    house.deps,
    own('pharmacist'),
    { id, lines: quantity > 0 ? [{ gtin, lot, quantity }] : [], ...more },
    house.once('pharmacist'),
  );
const siteOf = (person: string) => house.actor(person).site;
const line = (lot: string, quantity: number, more: Partial<WantedWriteOff> = {}): WantedWriteOff => ({
  gtin,
  lot,
  quantity,
  reason: 'lost-in-transit',
  ...more,
});
const request = async (id: string, lines: WantedWriteOff[], by = 'warehouse', more: Partial<WriteOffInput> = {}) =>
  (await requestWriteOff(house.deps, own(by), { site: siteOf(by), transfer: id, lines, ...more }, house.once(by))).body;
type Act = Awaited<ReturnType<typeof request>>;
const sign = async (act: Act, by = 'approver') => {
  const bodyHash = createHash('sha256')
    .update(approvedText({ actHash: act.actHash }))
    .digest('base64url');
  const { body } = await giveApproval(house.deps, own(by), { subject: approvePath(act.id), bodyHash }, house.once(by));
  const actor = house.actor(by, by === 'approver' ? 'all' : 'own');
  return signWriteOff(house.deps, actor, { id: act.id, actHash: act.actHash, approval: body.id }, house.once(by));
};
const view = (id: string, by = 'warehouse') => readTransfer(house.deps, own(by), id);
const inCountry = async (lot: string) => {
  const { stock: rows } = await readLedger(house.client, table);
  return rows.filter((r) => r.lot === lot).reduce((sum, r) => sum + r.free + r.held, 0);
};

test('what was lost is held from the request on and gone with the signature: the country has less by just that', async () => {
  const id = await onItsWay('LOST');
  await receive(id, 'LOST', 60, { final: true });
  const act = await request(id, [line('LOST', 40)]);
  expect([act.state, act.value, act.site, act.transfer]).toEqual([
    'requested',
    4_000_000,
    'WH-1',
    { id, from: 'WH-1', to: 'PH-1' },
  ]);
  expect(await view(id)).toMatchObject({
    state: 'short',
    inTransit: 40,
    lots: [{ received: 60, inTransit: 0, inAct: 40, writtenOff: 0 }],
    acts: [{ id: act.id, state: 'requested' }],
  });
  expect(await inCountry('LOST')).toBe(100);
  const { body } = await sign(act);
  expect(body.state).toBe('approved');
  expect(await view(id)).toMatchObject({
    state: 'written-off',
    inTransit: 0,
    lots: [{ received: 60, inTransit: 0, inAct: 0, writtenOff: 40 }],
    acts: [{ id: act.id, state: 'approved' }],
  });
  expect(await inCountry('LOST')).toBe(60);
  expect(await refused(receive(id, 'LOST', 20))).toBe('document-closed');
});

test('either end draws it up and the other may sign it; a site that has nothing to do with it sees neither', async () => {
  const id = await onItsWay('ENDS');
  const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64)]).toString('base64');
  const kept = { site: 'PH-1', type: 'image/jpeg', data: picture } as const;
  const photo = (await keepPhoto(house.deps, own('pharmacist'), kept, house.once('pharmacist'))).body.id;
  const act = await request(id, [line('ENDS', 20)], 'pharmacist', { photos: [photo] });
  expect((await readWriteOff(house.deps, own('warehouse'), act.id)).site).toBe('PH-1');
  expect(await refused(readPhoto(house.deps, own('warehouse'), photo))).toBe('not refused');
  expect(await refused(readPhoto(house.deps, own('pharmacist2'), photo))).toBe('not-found');
  expect(await refused(readWriteOff(house.deps, own('pharmacist2'), act.id))).toBe('not-found');
  expect(await refused(request(id, [line('ENDS', 20)], 'pharmacist2'))).toBe('not-found');
  expect(await refused(sign(act, 'pharmacist'))).toBe('approver-is-author');
  expect((await sign(act, 'warehouse')).body.state).toBe('approved');
  // the rest is still on its way, and still expected
  expect(await view(id)).toMatchObject({ state: 'shipped', inTransit: 80 });
  expect((await receive(id, 'ENDS', 80)).body.state).toBe('written-off');
});

test('what an act holds is neither taken in nor taken back; refused or withdrawn it is on its way again', async () => {
  const id = await onItsWay('FOUND');
  const first = await request(id, [line('FOUND', 100)]);
  expect(await refused(receive(id, 'FOUND', 20))).toBe('units-promised');
  const back = { id, lines: [{ gtin, lot: 'FOUND', quantity: 20 }], reason: 'left on the ramp' };
  expect(await refused(returnTransfer(house.deps, own('warehouse'), back, house.once('warehouse')))).toBe(
    'units-promised',
  );
  expect(await refused(request(id, [line('FOUND', 20)], 'pharmacist'))).toBe('out-of-stock');
  const why = { id: first.id, reason: 'the carton was found' };
  await withdrawWriteOff(house.deps, own('warehouse'), why, house.once('warehouse'));
  const second = await request(id, [line('FOUND', 40, { reason: 'damaged' })], 'pharmacist');
  expect((await view(id)).acts).toMatchObject([{ id: second.id }]);
  expect((await receive(id, 'FOUND', 60)).body.state).toBe('shipped');
  const no = { id: second.id, reason: 'it can be sold' };
  await refuseWriteOff(house.deps, house.actor('approver', 'all'), no, house.once('approver'));
  expect((await receive(id, 'FOUND', 40)).body.state).toBe('received');
  expect(await inCountry('FOUND')).toBe(100);
});

test('names what is on its way alone, in transit alone is anything lost there, and nothing before it is shipped', async () => {
  const id = await onItsWay('NAMED');
  expect(await refused(request(id, [line('NAMED', 120)]))).toBe('out-of-stock');
  expect(await refused(request(id, [line('NOWHERE', 20)]))).toBe('lot-unknown');
  await stock(house, [{ gtin, lot: 'SHELF', expiryDate: '2028-06-30', quantity: 40 }] as never, 'warehouse');
  const shelf = { site: 'WH-1', lines: [line('SHELF', 20)] };
  expect(await refused(requestWriteOff(house.deps, own('warehouse'), shelf, house.once('warehouse')))).toBe(
    'not-in-transit',
  );
  const asked = await requestTransfer(
    house.deps,
    own('warehouse'),
    { from: 'WH-1', to: 'PH-1', lines: [{ gtin, quantity: 20 }] },
    house.once('warehouse'),
  );
  expect(await refused(request(asked.body.id, [line('NAMED', 20)]))).toBe('document-closed');
});

test('of a take-in and a request over the same units at once one wins, and the other is told', async () => {
  for (const lot of ['RACE1', 'RACE2', 'RACE3']) {
    const id = await onItsWay(lot);
    const both = await Promise.all([refused(receive(id, lot, 100)), refused(request(id, [line(lot, 100)]))]);
    const [taken, written] = both;
    expect([
      ['not refused', 'document-closed'],
      ['not refused', 'out-of-stock'],
      ['units-promised', 'not refused'],
    ]).toContainEqual([taken, written]);
    expect(await inCountry(lot)).toBe(100);
  }
});

test('a take-in of the rest against the signature: both count, whoever is first, and the transfer ends closed', async () => {
  for (const lot of ['REST1', 'REST2', 'REST3']) {
    const id = await onItsWay(lot);
    const act = await request(id, [line(lot, 40)]);
    const both = await Promise.all([refused(receive(id, lot, 60, { final: true })), refused(sign(act))]);
    expect(both).toEqual(['not refused', 'not refused']);
    expect(await view(id)).toMatchObject({ state: 'written-off', inTransit: 0 });
    expect(await inCountry(lot)).toBe(60);
  }
});
