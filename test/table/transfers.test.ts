/** Transfers on the real engine: held from the pick on, never in two places or in none, and no unit lost on the way. */
import { transitPlace } from '@darmon/domain/ledger';
import { openTable } from '@darmon/table/table';
import { listStock, setLotState } from '@darmon/usecases/inventory';
import { advancePosting } from '@darmon/usecases/posting';
import { openRecall } from '@darmon/usecases/recalls';
import { receiveShipment } from '@darmon/usecases/receiving';
import { type ArrivalInput, receiveTransfer, returnTransfer, shipTransfer } from '@darmon/usecases/transfer-moves';
import { type PickInput, pickTransfer, readPickList, undoPick } from '@darmon/usecases/transfer-picks';
import {
  approveTransfer,
  cancelTransfer,
  listTransfers,
  readTransfer,
  refuseTransfer,
  requestTransfer,
  type TransferInput,
} from '@darmon/usecases/transfers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, stock, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('transfers');
});
afterAll(() => house.stop());
afterEach(async () => {
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});

const gtin = gtins.amoxicillin;
const medicine = 'AMOX500CAP';
const expiryDate = '2028-06-30';
const own = (person: string) => house.actor(person, 'own');
const shelve = (lot: string, quantity: number, more: object = {}, by = 'warehouse') =>
  stock(house, [{ gtin, lot, expiryDate, quantity, ...more }], by);
const request = (input: Partial<TransferInput> = {}, by = 'pharmacist', once = house.once(by)) =>
  requestTransfer(
    house.deps,
    own(by),
    { from: 'WH-1', to: 'PH-1', lines: [{ medicine, quantity: 40 }], ...input },
    once,
  );
const agreed = async (input: Partial<TransferInput> = {}) => {
  const { body } = await request(input, 'warehouse');
  return body.id;
};
const pick = (id: string, picks: readonly PickInput[], reason?: string, by = 'warehouse', once = house.once(by)) =>
  pickTransfer(house.deps, own(by), { id, picks, ...(reason !== undefined && { reason }) }, once);
const take = (id: string, lot: string, quantity: number, line = 1, of = gtin) =>
  pick(id, [{ line, gtin: of, lot, quantity }], 'as the test asks');
const ship = (id: string, by = 'warehouse', once = house.once(by)) => shipTransfer(house.deps, own(by), { id }, once);
const receive = (id: string, input: Partial<ArrivalInput>, by = 'pharmacist', once = house.once(by)) =>
  receiveTransfer(house.deps, own(by), { id, lines: [], ...input }, once);
const came = (lot: string, quantity: number, of = gtin) => [{ gtin: of, lot, quantity }];
const cancel = (id: string, by = 'warehouse') =>
  cancelTransfer(house.deps, own(by), { id, reason: 'no longer needed' }, house.once(by));
const rowAt = async (site: string, lot: string) => {
  let cursor: string | undefined;
  do {
    const page = await listStock(house.deps, { site }, { limit: 100, cursor });
    const row = page.items.find((i) => i.lot === lot);
    if (row) return row;
    cursor = page.next;
  } while (cursor !== undefined);
  return undefined;
};
const unitsAt = async (site: string, lot: string) => (await rowAt(site, lot))?.onHand ?? 0;
const view = (id: string, by = 'warehouse') => readTransfer(house.deps, own(by), id);
/** On its way with a lot: picked whole, and shipped. */
const onItsWay = async (lot: string, quantity: number, more: object = {}, of = 'AMOX500CAP', ofGtin = gtin) => {
  await shelve(lot, quantity, more);
  const id = await agreed({ lines: [{ medicine: of, quantity }] });
  await take(id, lot, quantity, 1, ofGtin);
  await ship(id);
  return id;
};
const settle = async <T>(attempts: readonly Promise<T>[]) => {
  const settled = await Promise.all(attempts.map((a) => refused(a)));
  return settled.sort();
};

describe('the ordinary way', () => {
  test('what a pharmacy asks for is agreed to in part, picked, shipped and taken in, at its price', async () => {
    await shelve('WAY', 100, { packPrice: 5_000_000, zone: 'B', shelf: '3' });
    const { status, body } = await request({ lines: [{ gtin, packs: 3 }] });
    expect([status, body.state]).toEqual([201, 'requested']);
    const { id } = body;
    expect(await refused(pick(id, [{ line: 1, gtin, lot: 'WAY', quantity: 20 }]))).toBe('document-closed');
    await approveTransfer(house.deps, own('warehouse'), { id, lines: [{ line: 1, quantity: 40 }] }, house.once('w'));
    const list = await readPickList(house.deps, own('warehouse'), id);
    expect(list.items).toMatchObject([{ line: 1, gtin, lot: 'WAY', quantity: 40, zone: 'B', shelf: '3' }]);

    await pick(id, [{ line: 1, gtin, lot: 'WAY', quantity: 40 }]);
    expect(await rowAt('WH-1', 'WAY')).toMatchObject({ onHand: 100, held: 40 });
    expect((await readPickList(house.deps, own('warehouse'), id)).items).toEqual([]);
    expect((await ship(id)).body.state).toBe('shipped');
    expect([await unitsAt('WH-1', 'WAY'), await unitsAt('PH-1', 'WAY')]).toEqual([60, 0]);
    expect((await view(id)).inTransit).toBe(40);

    const answer = await receive(id, { lines: came('WAY', 40), final: true });
    expect([answer.status, answer.body.state]).toEqual([200, 'received']);
    expect(await rowAt('PH-1', 'WAY')).toMatchObject({ onHand: 40, packPrice: 5_000_000, state: 'available' });
    expect((await view(id)).lots).toMatchObject([{ picked: 40, received: 40, returned: 0, inTransit: 0 }]);
    expect(await refused(receive(id, { lines: came('WAY', 1) }))).toBe('document-closed');
  });

  test('the list is a walk along zones and shelves, and goes by expiry where a line has several lots', async () => {
    await shelve('FAR', 20, { zone: 'Z', shelf: '10', expiryDate: '2027-01-31' });
    await shelve('NEAR', 60, { zone: 'A', shelf: '2', expiryDate: '2027-02-28' });
    await stock(
      house,
      [{ gtin: gtins.paracetamol, lot: 'P1', expiryDate, quantity: 50, zone: 'A', shelf: '10' }] as never,
      'warehouse',
    );
    const id = await agreed({
      lines: [
        { medicine, quantity: 50 },
        { medicine: 'PARA500TAB', quantity: 70 },
      ],
    });
    const { items, missing } = await readPickList(house.deps, own('warehouse'), id);
    expect(items.map((i) => [i.lot, i.quantity])).toEqual([
      ['NEAR', 30],
      ['P1', 50],
      ['FAR', 20],
    ]);
    expect(missing).toEqual([{ line: 2, medicine: 'PARA500TAB', quantity: 20 }]);
    // the walk may come to the later lot first; taking more of it than proposed needs a reason
    await pick(id, [{ line: 1, gtin, lot: 'NEAR', quantity: 30 }]);
    const more: PickInput[] = [{ line: 1, gtin, lot: 'NEAR', quantity: 20 }];
    expect(await refused(pick(id, more))).toBe('lot-reason-missing');
    await pick(id, more, 'the carton of the earlier lot is wet');
    expect(await refused(pick(id, [{ line: 1, gtin, lot: 'FAR', quantity: 20 }]))).toBe('pick-over');
    await undoPick(house.deps, own('warehouse'), { id, line: 1, gtin, lot: 'NEAR' }, house.once('warehouse'));
    expect(await rowAt('WH-1', 'NEAR')).toMatchObject({ onHand: 60, held: 0 });
    await cancel(id);
    await setAway(['FAR', 'NEAR']);
  });

  test('the same key again gives the same answer and moves nothing', async () => {
    await shelve('ONCE', 40);
    const id = await agreed();
    const keys = [house.once('warehouse'), house.once('warehouse'), house.once('pharmacist')] as const;
    const twice = async <T>(make: () => Promise<T>) => {
      const [first, second] = [await make(), await make()];
      expect(second).toEqual(first);
    };
    await twice(() => pick(id, [{ line: 1, gtin, lot: 'ONCE', quantity: 40 }], 'r', 'warehouse', keys[0]));
    await twice(() => ship(id, 'warehouse', keys[1]));
    await twice(() => receive(id, { lines: came('ONCE', 40) }, 'pharmacist', keys[2]));
    expect([await unitsAt('WH-1', 'ONCE'), await unitsAt('PH-1', 'ONCE')]).toEqual([0, 40]);
  });

  test('what is controlled leaves one register and enters the other', async () => {
    await onItsWay('TRAM', 30, { gtin: gtins.tramadol }, 'TRAM50CAP', gtins.tramadol).then((id) =>
      receive(id, { lines: came('TRAM', 30, gtins.tramadol), final: true }),
    );
    const { entries } = await readLedger(house.client, table);
    const told = entries.filter((e) => e.kind.startsWith('transfer')).map((e) => [e.site, e.kind, e.quantity]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['WH-1', 'transfer-out', -30],
        ['PH-1', 'transfer-in', 30],
      ]),
    );
    expect(told).toHaveLength(2);
  });

  test('packs that were scanned move with their numbers, and a pack is picked once', async () => {
    const scan = (serial: string) => `01${gtin}1728063010SER\x1d21${serial}`;
    await stock(
      house,
      [{ scan: scan('S1') }, { scan: scan('S2') }].map((l) => ({ ...l, packs: 1 })) as never,
      'warehouse',
    );
    const id = await agreed();
    await pick(id, [{ scan: scan('S1') }], 'r');
    expect(await refused(pick(id, [{ scan: scan('S1') }], 'r'))).toBe('serial-repeated');
    await pick(id, [{ scan: scan('S2') }], 'r');
    await ship(id);
    expect(await placesOf(['S1', 'S2'])).toEqual([transitPlace(id), transitPlace(id)]);
    await receive(id, { lines: [{ scan: scan('S2') }] });
    expect(await placesOf(['S1', 'S2'])).toEqual([transitPlace(id), 'PH-1']);
    await receive(id, { lines: came('SER', 20), final: true });
    expect(await placesOf(['S1', 'S2'])).toEqual(['PH-1', 'PH-1']);
  });
});

const placesOf = async (serials: readonly string[]) => {
  const packs = await house.table.loadSerials(serials.map((serial) => ({ gtin, serial })));
  return serials.map((s) => packs.find((p) => p.serial === s)?.site);
};
/** So that the next test is offered no lot of this one. */
const setAway = async (lots: readonly string[]) => {
  for (const lot of lots)
    await setLotState(
      house.deps,
      own('warehouse'),
      { site: 'WH-1', gtin, lot, state: 'on-hold', reason: 'the test is over' },
      house.once('warehouse'),
    );
};

describe('who may', () => {
  test('a transfer does not exist for other sites, and each side does its own part only', async () => {
    await shelve('WHO', 40);
    const { body } = await request();
    const { id } = body;
    expect(await refused(view(id, 'warehouse3'))).toBe('not-found');
    expect(await refused(request({}, 'pharmacist2'))).toBe('not-found');
    const approve = (by: string) => approveTransfer(house.deps, own(by), { id }, house.once(by));
    expect(await refused(approve('pharmacist'))).toBe('not-allowed');
    await approve('warehouse');
    expect(await refused(approve('warehouse'))).toBe('document-closed');
    expect(await refused(pick(id, [{ line: 1, gtin, lot: 'WHO', quantity: 20 }], 'r', 'pharmacist'))).toBe(
      'not-allowed',
    );
    await take(id, 'WHO', 40);
    expect(await refused(ship(id, 'pharmacist'))).toBe('not-allowed');
    await ship(id);
    expect(await refused(receive(id, { lines: came('WHO', 40) }, 'warehouse'))).toBe('not-allowed');
    await receive(id, { lines: came('WHO', 40) });
    const seen = await listTransfers(house.deps, own('pharmacist'), { role: 'receiver' }, { limit: 100 });
    expect(seen.items.find((t) => t.id === id)?.state).toBe('received');
    const other = listTransfers(house.deps, own('pharmacist'), { role: 'sender', site: 'WH-1' }, {});
    expect(await refused(other)).toBe('not-found');
  });

  test('between pharmacies it is urgent, says why, and the sending pharmacy alone agrees', async () => {
    await shelve('URGENT', 40, {}, 'pharmacist2');
    const between = { from: 'PH-2', to: 'PH-1' };
    expect(await refused(request(between))).toBe('reason-missing');
    const { body } = await request({ ...between, reason: 'a patient waits' });
    expect(body.urgent).toBe(true);
    await approveTransfer(house.deps, own('pharmacist2'), { id: body.id }, house.once('pharmacist2'));
    await pick(body.id, [{ line: 1, gtin, lot: 'URGENT', quantity: 40 }], 'r', 'pharmacist2');
    await ship(body.id, 'pharmacist2');
    await receive(body.id, { lines: came('URGENT', 40), final: true });
    expect(await unitsAt('PH-1', 'URGENT')).toBe(40);
  });

  test('a refusal says why, and what cannot be is refused at its line', async () => {
    const { body } = await request();
    await refuseTransfer(house.deps, own('warehouse'), { id: body.id, reason: 'kept' }, house.once('warehouse'));
    expect((await view(body.id)).closed).toMatchObject({ person: 'warehouse', reason: 'kept' });
    expect(await refused(request({ from: 'PH-1' }))).toBe('transfer-same-site');
    expect(await refused(request({ from: 'OF-1' }))).toBe('site-unknown');
    expect(await refused(request({ lines: [{ medicine: 'NOSUCH', quantity: 1 }] }))).toBe('medicine-unknown');
    const line = { medicine, quantity: 20 };
    expect(await refused(request({ lines: [line, line] }))).toBe('line-repeated');
    expect(await refused(request({ lines: [{ gtin, quantity: 20, packs: 1 }] }))).toBe('packs-and-quantity');
  });
});

describe('what differs', () => {
  test('more than is on its way comes in only as a told difference, and what is missing stays on its way until it is found or back', async () => {
    const id = await onItsWay('DIFF', 100);
    expect(await refused(receive(id, { lines: came('DIFF', 120) }))).toBe('received-over');
    expect(await refused(receive(id, { lines: came('NOSUCH', 20) }))).toBe('lot-unknown');
    const answer = await receive(id, { lines: came('DIFF', 60), final: true });
    expect(answer.body.state).toBe('short');
    const seen = await view(id);
    expect(seen.inTransit).toBe(40);
    expect(seen.arrivals[0]?.discrepancies).toEqual([
      { kind: 'short', gtin, lot: 'DIFF', expected: 100, received: 60 },
    ]);
    await receive(id, { lines: came('DIFF', 20) });
    const back = { id, lines: came('DIFF', 20), reason: 'left on the ramp' };
    expect(await refused(returnTransfer(house.deps, own('pharmacist'), back, house.once('pharmacist')))).toBe(
      'not-allowed',
    );
    const { body } = await returnTransfer(house.deps, own('warehouse'), back, house.once('warehouse'));
    expect(body.state).toBe('received');
    expect([await unitsAt('WH-1', 'DIFF'), await unitsAt('PH-1', 'DIFF')]).toEqual([20, 80]);
    expect((await view(id)).lots).toMatchObject([{ picked: 100, received: 80, returned: 20, inTransit: 0 }]);
  });

  test('what is told as over is kept with the arrival and creates nothing', async () => {
    const id = await onItsWay('OVER', 40);
    const over = { kind: 'over', gtin, lot: 'OVER', expected: 40, received: 60 } as const;
    await receive(id, { lines: came('OVER', 60), discrepancies: [over], final: true });
    expect(await unitsAt('PH-1', 'OVER')).toBe(40);
    expect((await view(id)).arrivals[0]?.discrepancies).toEqual([over]);
  });

  test('a medicine of the cold chain needs a reading, and too warm it waits for quality control', async () => {
    const lines = came('COLD', 10, gtins.insulin);
    await receiveShipment(
      house.deps,
      own('warehouse'),
      { site: 'WH-1', lines: lines.map((l) => ({ ...l, expiryDate })), arrival: { celsius: 5 } },
      house.once('warehouse'),
    );
    const id = await agreed({ lines: [{ medicine: 'INSU100PEN', quantity: 10 }] });
    await take(id, 'COLD', 10, 1, gtins.insulin);
    await ship(id);
    expect(await refused(receive(id, { lines }))).toBe('temperature-missing');
    await receive(id, { lines, arrival: { celsius: 14 }, final: true });
    expect((await rowAt('PH-1', 'COLD'))?.state).toBe('quarantined');
    expect((await view(id)).arrivals[0]?.discrepancies).toMatchObject([
      { kind: 'cold-chain', lot: 'COLD', received: 10 },
    ]);
  });

  test('a recalled lot is not shipped; recalled on its way it comes in as recalled', async () => {
    await shelve('STAYS', 40);
    const kept = await agreed();
    await take(kept, 'STAYS', 40);
    const moving = await onItsWay('MOVES', 40);
    for (const lot of ['STAYS', 'MOVES'])
      await openRecall(
        house.deps,
        house.actor('quality'),
        { gtin, lot, class: 2, reason: 'particles in the capsule' },
        house.once('quality'),
      );
    house.clock.now += 6_000;
    expect(await refused(ship(kept))).toBe('lot-recalled');
    await receive(moving, { lines: came('MOVES', 40), final: true });
    expect((await rowAt('PH-1', 'MOVES'))?.state).toBe('recalled');
    await cancel(kept);
    expect(await rowAt('WH-1', 'STAYS')).toMatchObject({ onHand: 40, held: 0 });
  });
});

describe('at once', () => {
  test('of two who pick the last pack one has it', async () => {
    await shelve('LAST', 20);
    const [one, other] = [await agreed(), await agreed()];
    const outcome = await settle([take(one, 'LAST', 20), take(other, 'LAST', 20)]);
    expect(outcome).toEqual(['not refused', 'out-of-stock']);
    expect(await rowAt('WH-1', 'LAST')).toMatchObject({ onHand: 20, held: 20 });
  });

  test('two pick for one line at once: never more than was agreed to', async () => {
    await shelve('BOTH', 200);
    const id = await agreed();
    const outcome = await settle([1, 2, 3].map(() => take(id, 'BOTH', 20)));
    expect(outcome).toEqual(['not refused', 'not refused', 'pick-over']);
    expect((await rowAt('WH-1', 'BOTH'))?.held).toBe(40);
  });

  test('a pick against a dispense: the shelf gives each unit once', async () => {
    await shelve('DUEL', 21, {}, 'pharmacist');
    const { body } = await request({ from: 'PH-1', to: 'WH-1', lines: [{ medicine, quantity: 21 }] });
    const { id } = await issue(house);
    const lots = [{ gtin, lot: 'DUEL', quantity: 21 }];
    const outcome = await settle<unknown>([
      pick(body.id, [{ line: 1, gtin, lot: 'DUEL', quantity: 21 }], 'back to the store', 'pharmacist'),
      dispense(house, id, [{ line: 1, quantity: 21, lots, reason: 'as the test asks' }]),
    ]);
    expect(outcome.filter((o) => o === 'not refused')).toHaveLength(1);
  });

  test('taken in twice at once it comes in once', async () => {
    const id = await onItsWay('TWICE', 40);
    const outcome = await settle([1, 2].map(() => receive(id, { lines: came('TWICE', 40) })));
    expect(outcome).toEqual(['document-closed', 'not refused']);
    expect(await unitsAt('PH-1', 'TWICE')).toBe(40);
  });

  test('shipped while it is given up it is one of both', async () => {
    await shelve('EITHER', 40);
    const id = await agreed();
    await take(id, 'EITHER', 40);
    const outcome = await settle<unknown>([ship(id), cancel(id)]);
    expect(outcome).toEqual(['document-closed', 'not refused']);
    const { state, inTransit } = await view(id);
    expect([state, inTransit]).toEqual(state === 'shipped' ? ['shipped', 40] : ['cancelled', 0]);
    expect(await rowAt('WH-1', 'EITHER')).toMatchObject({ onHand: state === 'shipped' ? 0 : 40, held: 0 });
  });

  test('blocked between the reading and the shipping the lot stays', async () => {
    await shelve('BLOCK', 40);
    const id = await agreed();
    await take(id, 'BLOCK', 40);
    const stale = { ...house.deps, table: openTable({ client: house.client, table, now: house.deps.now }) };
    let isBlocked = false;
    const slow = {
      ...stale,
      table: {
        ...stale.table,
        commitMoved: async (...args: Parameters<typeof stale.table.commitMoved>) => {
          if (!isBlocked) await setAway(['BLOCK']);
          isBlocked = true;
          return stale.table.commitMoved(...args);
        },
      },
    };
    expect(await refused(shipTransfer(slow, own('warehouse'), { id }, house.once('warehouse')))).toBe('lot-blocked');
    expect(await rowAt('WH-1', 'BLOCK')).toMatchObject({ onHand: 40, held: 40 });
  });
  test('a pack picked while it is shipped is not left promised to nobody: it goes along', async () => {
    await shelve('ALONG', 40);
    const id = await agreed();
    await take(id, 'ALONG', 20);
    const { commitMoved } = house.table;
    let isPicked = false;
    const slow = {
      ...house.deps,
      table: {
        ...house.table,
        commitMoved: async (...args: Parameters<typeof commitMoved>) => {
          if (!isPicked) await take(id, 'ALONG', 20);
          isPicked = true;
          return commitMoved(...args);
        },
      },
    };
    await shipTransfer(slow, own('warehouse'), { id }, house.once('warehouse'));
    expect(await unitsAt('WH-1', 'ALONG')).toBe(0);
    expect((await view(id)).inTransit).toBe(40);
  });
});

describe('many lines', () => {
  const lots = Array.from({ length: 90 }, (_, i) => `MANY${i}`);
  const prepare = async () => {
    await stock(
      house,
      lots.slice(0, 45).map((lot) => ({ gtin, lot, expiryDate, quantity: 20 })),
      'warehouse',
    );
    await stock(
      house,
      lots.slice(45).map((lot) => ({ gtin, lot, expiryDate, quantity: 20 })),
      'warehouse',
    );
    for (const { id } of await house.table.listOpenPostings(50)) await advancePosting(house.deps, id, later());
    const id = await agreed({ lines: [{ medicine, quantity: 1_800 }] });
    for (let at = 0; at < lots.length; at += 20)
      await pick(
        id,
        lots.slice(at, at + 20).map((lot) => ({ line: 1, gtin, lot, quantity: 20 })),
        'as the test asks',
      );
    return id;
  };
  const later = () => house.deps.now() + 60_000;

  test('go in chunks there and in, anybody goes on with them, and what was blocked meanwhile can be put back', async () => {
    const id = await prepare();
    const shipped = await ship(id);
    expect([shipped.status, shipped.body.state]).toEqual([202, 'posting']);
    await setAway(['MANY50']);
    const job = shipped.body.job as string;
    const [posting] = await Promise.all([1, 2].map(() => advancePosting(house.deps, job, later())));
    expect(posting?.problems.map((p) => p.code)).toEqual(['lot-blocked']);
    const seen = await view(id);
    expect([seen.state, seen.inTransit]).toEqual(['shipped', 1_780]);
    expect(seen.lots.filter((l) => l.leftBehind).map((l) => l.lot)).toEqual(['MANY50']);
    const undo = (lot: string) =>
      refused(undoPick(house.deps, own('warehouse'), { id, line: 1, gtin, lot }, house.once('warehouse')));
    expect([await undo('MANY51'), await undo('MANY50'), await undo('MANY50')]).toEqual([
      'document-closed',
      'not refused',
      'not-picked',
    ]);
    expect(await rowAt('WH-1', 'MANY50')).toMatchObject({ onHand: 20, held: 0 });

    const sent = lots.filter((lot) => lot !== 'MANY50');
    const taken = await receive(id, { lines: sent.flatMap((lot) => came(lot, 20)), final: true });
    expect(taken.status).toBe(202);
    await advancePosting(house.deps, taken.body.job as string, later());
    expect([(await view(id)).state, (await view(id)).inTransit]).toEqual(['received', 0]);
  });

  test('given up they are all free again, in as many transactions as it takes', async () => {
    const names = lots.map((l) => l.replace('MANY', 'BACK'));
    for (const part of [names.slice(0, 45), names.slice(45)])
      await stock(
        house,
        part.map((lot) => ({ gtin, lot, expiryDate, quantity: 20 })),
        'warehouse',
      );
    for (const { id } of await house.table.listOpenPostings(50)) await advancePosting(house.deps, id, later());
    const id = await agreed({ lines: [{ medicine, quantity: 1_800 }] });
    for (let at = 0; at < names.length; at += 20)
      await pick(
        id,
        names.slice(at, at + 20).map((lot) => ({ line: 1, gtin, lot, quantity: 20 })),
        'as the test asks',
      );
    expect((await cancel(id)).body.state).toBe('cancelled');
    const { stock: rows } = await readLedger(house.client, table);
    expect(rows.filter((r) => r.lot.startsWith('BACK') && r.held > 0)).toEqual([]);
  });
});
