/** Attacks on the warehouse, on the real engine: what would lose units, make them of nothing, or leave a document that nobody can read. */
import { createHash } from 'node:crypto';
import { approvedText } from '@darmon/domain/approval';
import { approvePath } from '@darmon/domain/write-off';
import { giveApproval } from '@darmon/usecases/approvals';
import { enterCounts, postCount, startCount } from '@darmon/usecases/counts';
import { announceExpected, listDiscrepancies, readExpected } from '@darmon/usecases/deliveries';
import type { Deps } from '@darmon/usecases/deps';
import { undoDispense } from '@darmon/usecases/dispenses';
import { listStock } from '@darmon/usecases/inventory';
import { keepPhoto } from '@darmon/usecases/photos';
import { advancePosting } from '@darmon/usecases/posting';
import { recordRecallCall } from '@darmon/usecases/recall-calls';
import { openRecall } from '@darmon/usecases/recalls';
import { listReceipts, type ReceiptInput, readReceipt, receiveShipment } from '@darmon/usecases/receiving';
import { receiveTransfer, shipTransfer } from '@darmon/usecases/transfer-moves';
import { pickTransfer } from '@darmon/usecases/transfer-picks';
import { requestTransfer } from '@darmon/usecases/transfers';
import { readWriteOff, requestWriteOff, signWriteOff } from '@darmon/usecases/write-offs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, stock, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('warehouse-limits');
});
afterAll(() => house.stop());
afterEach(async () => {
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});

const gtin = gtins.amoxicillin;
const medicine = 'AMOX500CAP';
const expiryDate = '2028-06-30';
const dayMs = 86_400_000;
const own = (person: string) => house.actor(person, 'own');
const shelve = (lot: string, quantity: number, by = 'pharmacist', more: object = {}) =>
  stock(house, [{ gtin, lot, expiryDate, quantity, ...more }], by);
const receive = (input: Partial<ReceiptInput>, by = 'warehouse') =>
  receiveShipment(house.deps, own(by), { site: own(by).site, lines: [], ...input }, house.once(by));
const give = async (lot: string, quantity = 21) => {
  const { id } = await issue(house);
  const lots = [{ gtin, lot, quantity }];
  return (await dispense(house, id, [{ line: 1, quantity, lots, reason: 'as the test asks' }])).body;
};
const rowAt = async (site: string, lot: string, of = gtin) =>
  (await listStock(house.deps, { site, gtin: of }, { limit: 100 })).items.find((i) => i.lot === lot);

test('what a patient brought back in a recall is not brought back once more by an undo, in either order or at once', async () => {
  await shelve('BACK', 100);
  const given = [await give('BACK'), await give('BACK'), await give('BACK')] as const;
  const { body } = await openRecall(
    house.deps,
    house.actor('quality'),
    { gtin, lot: 'BACK', class: 1, reason: 'particles in the capsule' },
    house.once('quality'),
  );
  const bring = (dispensed: string, returned: number) =>
    refused(
      recordRecallCall(
        house.deps,
        own('pharmacist'),
        { id: body.id, dispense: dispensed, outcome: 'returned', returned },
        house.once('pharmacist'),
      ),
    );
  const undo = (id: string) =>
    refused(undoDispense(house.deps, house.actor('pharmacist'), { id, reason: 'wrong box' }, house.once('pharmacist')));
  expect([await bring(given[0].id, 10), await undo(given[0].id), await bring(given[0].id, 11)]).toEqual([
    'not refused',
    'units-returned',
    'not refused',
  ]);
  expect([await undo(given[1].id), await bring(given[1].id, 21)]).toEqual(['not refused', 'not-found']);
  const both = await Promise.all([bring(given[2].id, 21), undo(given[2].id)]);
  expect(both.filter((o) => o === 'not refused')).toHaveLength(1);
  expect((await rowAt('PH-1', 'BACK'))?.onHand).toBe(100);
});

test('a pack that was handed over while it was on its way does not keep the rest of its transfer from coming in', async () => {
  const scan = (serial: string) => `01${gtin}1728063010ONWAY\x1d21${serial}`;
  await receive({
    lines: [
      { scan: scan('W1'), packs: 1 },
      { scan: scan('W2'), packs: 1 },
    ],
  });
  await shelve('ONWAY', 40);
  const { body } = await requestTransfer(
    house.deps,
    own('warehouse'),
    { from: 'WH-1', to: 'PH-1', lines: [{ medicine, quantity: 40 }] },
    house.once('warehouse'),
  );
  const picks = [{ scan: scan('W1') }, { scan: scan('W2') }];
  await pickTransfer(house.deps, own('warehouse'), { id: body.id, picks, reason: 'r' }, house.once('warehouse'));
  await shipTransfer(house.deps, own('warehouse'), { id: body.id }, house.once('warehouse'));
  // it stands at the counter before anybody has booked it in, and the lot is on the shelf already
  const p = await issue(house, {
    lines: [
      { medicine, quantity: 20, dosage: { amount: 1, unit: 'capsule', timesPerDay: 2, days: 10, route: 'oral' } },
    ],
  });
  await dispense(house, p.id, [{ line: 1, quantity: 20, scans: [scan('W1')] }]);
  const came = { id: body.id, lines: [{ gtin, lot: 'ONWAY', quantity: 40 }], final: true } as const;
  const answer = await receiveTransfer(house.deps, own('pharmacist'), came, house.once('pharmacist'));
  expect(answer.body.state).toBe('received');
  expect((await rowAt('PH-1', 'ONWAY'))?.onHand).toBe(60);
  const packs = await house.table.loadSerials(['W1', 'W2'].map((serial) => ({ gtin, serial })));
  expect(packs.map((s) => [s.serial, s.site, s.unitsLeft]).sort()).toEqual([
    ['W1', 'PH-1', 0],
    ['W2', 'PH-1', 20],
  ]);
});

test('a write-off dated back beside a dispense is judged on what both leave, at no instant on less than nothing', async () => {
  await shelve('PAST', 30);
  house.clock.now += 3 * dayMs;
  const day = new Date(house.clock.now - 2 * dayMs).toISOString().slice(0, 10);
  await shelve('PAST', 100);
  house.clock.now += 60_000;
  const draw = async (quantity: number) => {
    const lines = [{ gtin, lot: 'PAST', quantity, reason: 'lost' }] as const;
    const input = { site: 'PH-1', lines, backdated: { day, reason: 'found out today' } };
    return (await requestWriteOff(house.deps, own('pharmacist'), input, house.once('pharmacist'))).body;
  };
  const sign = async (act: Awaited<ReturnType<typeof draw>>, deps: Deps = house.deps) => {
    const bodyHash = createHash('sha256')
      .update(approvedText({ actHash: act.actHash }))
      .digest('base64url');
    const yes = await giveApproval(
      house.deps,
      own('pharmacist3'),
      { subject: approvePath(act.id), bodyHash },
      house.once('pharmacist3'),
    );
    const input = { id: act.id, actHash: act.actHash, approval: yes.body.id };
    return signWriteOff(deps, own('pharmacist3'), input, house.once('pharmacist3'));
  };
  const [all, half] = [await draw(30), await draw(15)];
  await sign(half);
  let isOut = false;
  const slow: Deps = {
    ...house.deps,
    table: {
      ...house.deps.table,
      loadMovements: async (...args: Parameters<typeof house.deps.table.loadMovements>) => {
        if (!isOut) await give('PAST');
        isOut = true;
        return house.deps.table.loadMovements(...args);
      },
    },
  };
  expect(await refused(sign(all, slow))).toBe('past-negative');
  expect((await rowAt('PH-1', 'PAST'))?.onHand).toBe(130 - 15 - 21);
});

test('amounts beyond what one line can say are kept, and every list can still be read', async () => {
  const most = 10_000_000;
  const line = { gtin: gtins.paracetamol, lot: 'HUGE', expiryDate, quantity: most };
  const announced = await announceExpected(
    house.deps,
    own('warehouse'),
    {
      site: 'WH-1',
      supplier: 'Supplier',
      lines: Array.from({ length: 150 }, () => ({ gtin: gtins.syrup, lot: 'MILLIONS', packs: 1_000_000 })),
    },
    house.once('warehouse'),
  );
  const { body } = await receive({ lines: [line, line], expected: announced.body.id });
  const read = await readReceipt(house.deps, { site: 'WH-1', id: body.id, part: 0 });
  expect(read.lines).toMatchObject([{ lot: 'HUGE', quantity: 2 * most }]);
  expect((await listReceipts(house.deps, 'WH-1', {})).items.map((r) => r.id)).toContain(body.id);
  const open = await listDiscrepancies(house.deps, { site: 'WH-1', state: 'open' }, {});
  expect(open.items.find((d) => d.kind === 'short')?.expected).toBe(150 * 1_000_000 * 100);
  expect((await readExpected(house.deps, { site: 'WH-1', id: announced.body.id, part: 0 })).state).toBe('closed');
});

test('an act of goods at a mistyped price can be drawn up and read', async () => {
  await receive({
    lines: [{ gtin: gtins.paracetamol, lot: 'DEAR', expiryDate, quantity: 10_000_000, packPrice: 1_000_000_000_000 }],
  });
  const lines = [{ gtin: gtins.paracetamol, lot: 'DEAR', quantity: 10_000_000, reason: 'damaged' }] as const;
  const act = await requestWriteOff(house.deps, own('warehouse'), { site: 'WH-1', lines }, house.once('warehouse'));
  expect(act.body).toMatchObject({ value: Number.MAX_SAFE_INTEGER, needed: 2 });
  expect((await readWriteOff(house.deps, own('warehouse'), act.body.id)).state).toBe('requested');
});

test('a count that two post at once, one of them late, is put right by what the first one posted', async () => {
  const lots = Array.from({ length: 60 }, (_, i) => `CNT${String(i).padStart(2, '0')}`);
  for (const part of [lots.slice(0, 20), lots.slice(20, 40), lots.slice(40)])
    await receive({ lines: part.map((lot) => ({ gtin: gtins.statin, lot, expiryDate, quantity: 30 })) }, 'warehouse3');
  const keeper = own('warehouse3');
  const scope = { kind: 'medicines' as const, medicines: ['ATOR20TAB'] };
  const { body } = await startCount(
    house.deps,
    keeper,
    { site: 'WH-2', scope, blind: false },
    house.once('warehouse3'),
  );
  const enter = (names: readonly string[], counted: number) =>
    enterCounts(
      house.deps,
      keeper,
      { site: 'WH-2', id: body.id, entries: names.map((lot) => ({ gtin: gtins.statin, lot, counted })) },
      house.once('warehouse3'),
    );
  for (const at of [0, 20, 40, 0, 20, 40]) await enter(lots.slice(at, at + 20), 29);
  const post = (deps: Deps) =>
    postCount(
      deps,
      keeper,
      {
        site: 'WH-2',
        id: body.id,
        reasons: lots.map((lot) => ({ gtin: gtins.statin, lot, reason: 'miscount' as const })),
        leaveUncounted: false,
      },
      house.once('warehouse3'),
    );
  // the first is about to be stored when somebody finds a pack, enters it, and posts the count
  let isLate = false;
  const late: Deps = {
    ...house.deps,
    table: {
      ...house.deps.table,
      commitCountPosting: async (...args: Parameters<typeof house.deps.table.commitCountPosting>) => {
        if (!isLate) {
          isLate = true;
          await enter([lots[0] as string], 30);
          await post(house.deps);
        }
        return house.deps.table.commitCountPosting(...args);
      },
    },
  };
  expect(await refused(post(late))).toBe('document-closed');
  await advancePosting(house.deps, body.id, house.deps.now() + 60_000);
  expect((await rowAt('WH-2', lots[0] as string, gtins.statin))?.onHand).toBe(30);
  expect((await rowAt('WH-2', lots[59] as string, gtins.statin))?.onHand).toBe(29);
  expect((await rowAt('WH-2', lots[20] as string, gtins.statin))?.onHand).toBe(29);
});

test('a controlled medicine of very many lots keeps its registers through a long act and a long transfer', async () => {
  const lots = Array.from({ length: 80 }, (_, i) => `CTL${String(i).padStart(2, '0')}`);
  const until = () => house.deps.now() + 60_000;
  const all = await receive({ lines: lots.map((lot) => ({ gtin: gtins.tramadol, lot, expiryDate, quantity: 20 })) });
  await Promise.all([1, 2, 3].map(() => advancePosting(house.deps, all.body.id, until())));
  const lines = lots.map((lot) => ({ gtin: gtins.tramadol, lot, quantity: 10, reason: 'damaged' as const }));
  const act = (await requestWriteOff(house.deps, own('warehouse'), { site: 'WH-1', lines }, house.once('warehouse')))
    .body;
  const { body } = await requestTransfer(
    house.deps,
    own('warehouse'),
    { from: 'WH-1', to: 'PH-1', lines: [{ medicine: 'TRAM50CAP', quantity: 800 }] },
    house.once('warehouse'),
  );
  for (let at = 0; at < lots.length; at += 20)
    await pickTransfer(
      house.deps,
      own('warehouse'),
      {
        id: body.id,
        picks: lots.slice(at, at + 20).map((lot) => ({ line: 1, gtin: gtins.tramadol, lot, quantity: 10 })),
        reason: 'r',
      },
      house.once('warehouse'),
    );
  const shipped = await shipTransfer(house.deps, own('warehouse'), { id: body.id }, house.once('warehouse'));
  const bodyHash = createHash('sha256')
    .update(approvedText({ actHash: act.actHash }))
    .digest('base64url');
  const yes = await giveApproval(
    house.deps,
    own('warehouse2'),
    { subject: approvePath(act.id), bodyHash },
    house.once('warehouse2'),
  );
  const input = { id: act.id, actHash: act.actHash, approval: yes.body.id };
  const signed = await signWriteOff(house.deps, own('warehouse2'), input, house.once('warehouse2'));
  expect([shipped.status, signed.status]).toEqual([202, 202]);
  // both take from one page of the register, line by line, with several who go on with each
  const jobs = [shipped.body.job as string, act.id];
  await Promise.all([...jobs, ...jobs].map((job) => advancePosting(house.deps, job, until())));
  const came = {
    id: body.id,
    lines: lots.map((lot) => ({ gtin: gtins.tramadol, lot, quantity: 10 })),
    final: true,
  } as const;
  const taken = await receiveTransfer(house.deps, own('pharmacist'), came, house.once('pharmacist'));
  await Promise.all([1, 2].map(() => advancePosting(house.deps, taken.body.job as string, until())));
  const { pages } = await readLedger(house.client, table);
  const balances = pages.filter((p) => p.medicine === 'TRAM50CAP').map((p) => [p.site, p.balance]);
  expect(balances.sort()).toEqual([
    ['PH-1', 800],
    ['WH-1', 0],
  ]);
});

test('where clocks differ by a third of a second, what one server added another gives out at once', async () => {
  const at = (skew: number): Deps => ({
    ...house.deps,
    now: () => house.clock.now + skew,
    pause: async (ms) => {
      house.clock.now += ms;
    },
  });
  await receiveShipment(
    at(300),
    own('pharmacist'),
    { site: 'PH-1', lines: [{ gtin, lot: 'CLOCK', expiryDate, quantity: 100 }] },
    house.once('pharmacist'),
  );
  const lines = [{ gtin, lot: 'CLOCK', quantity: 40, reason: 'damaged' }] as const;
  const act = (await requestWriteOff(at(0), own('pharmacist'), { site: 'PH-1', lines }, house.once('pharmacist'))).body;
  const bodyHash = createHash('sha256')
    .update(approvedText({ actHash: act.actHash }))
    .digest('base64url');
  const yes = await giveApproval(
    house.deps,
    own('pharmacist3'),
    { subject: approvePath(act.id), bodyHash },
    house.once('pharmacist3'),
  );
  const input = { id: act.id, actHash: act.actHash, approval: yes.body.id };
  await signWriteOff(at(0), own('pharmacist3'), input, house.once('pharmacist3'));
  expect((await rowAt('PH-1', 'CLOCK'))?.onHand).toBe(60);
});

test('a long receipt dated back, posted by several while the lots are handed over, leaves every past day right', async () => {
  const lots = Array.from({ length: 50 }, (_, i) => `OLD${i}`);
  house.clock.now += 5 * dayMs;
  await shelve('OLD7', 100);
  house.clock.now += dayMs;
  const day = new Date(house.clock.now - 3 * dayMs).toISOString().slice(0, 10);
  const { body } = await receive(
    {
      lines: lots.map((lot) => ({ gtin, lot, expiryDate, quantity: 40 })),
      backdated: { day, reason: 'the paper came late' },
    },
    'pharmacist',
  );
  const until = house.deps.now() + 60_000;
  await Promise.all([
    advancePosting(house.deps, body.id, until),
    advancePosting(house.deps, body.id, until),
    give('OLD7'),
    give('OLD7'),
  ]);
  expect((await rowAt('PH-1', 'OLD7'))?.onHand).toBe(98);
  expect(
    await refused(
      receive({
        lines: [{ gtin, lot: 'OLD7', expiryDate, quantity: 20 }],
        backdated: { day: '2026-01-01', reason: 'too late' },
      }),
    ),
  ).toBe('backdate-too-far');
});

test('a discrepancy of a receipt shows photos of its own site only', async () => {
  const data = Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...new Array(60).fill(0), 0xff, 0xd9]).toString('base64');
  const keep = (by: string) =>
    keepPhoto(house.deps, own(by), { site: own(by).site, type: 'image/jpeg', data }, house.once(by));
  const told = (photo: string) =>
    refused(
      receive({
        lines: [{ gtin, lot: 'SEEN', expiryDate, quantity: 20 }],
        discrepancies: [{ kind: 'damaged', gtin, lot: 'SEEN', received: 20, photos: [photo] }],
      }),
    );
  const [here, there] = [await keep('warehouse'), await keep('warehouse3')];
  expect([await told(there.body.id), await told('01ARZ3NDEKTSV4RRFFQ69G5FAV'), await told(here.body.id)]).toEqual([
    'photo-invalid',
    'photo-invalid',
    'not refused',
  ]);
});
