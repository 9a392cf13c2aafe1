/** Receiving on the real engine: what was announced against what came, what waits for quality control, what stops in the middle. */
import { firstPolicy } from '@darmon/domain/policy';
import {
  announceExpected,
  listDiscrepancies,
  listExpected,
  placeLot,
  readExpected,
  releaseLot,
  resolveDiscrepancy,
} from '@darmon/usecases/deliveries';
import { listMovements, listStock, setLotState } from '@darmon/usecases/inventory';
import { advancePosting } from '@darmon/usecases/posting';
import { type ReceiptInput, readReceipt, receiveShipment } from '@darmon/usecases/receiving';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disturb } from '../support/faults.ts';
import { gtins, type House, makeHouse, refused, start, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('receiving');
});
afterAll(() => house.stop());

const site = 'WH-1';
const keeper = () => house.actor('warehouse', 'own');
const receive = (input: Omit<ReceiptInput, 'site'>, once = house.once('warehouse')) =>
  receiveShipment(house.deps, keeper(), { site, ...input }, once);
const line = (lot: string, packs = 2, gtin = gtins.amoxicillin) => ({ gtin, lot, expiryDate: '2028-06-30', packs });
const announce = async (lots: readonly ReturnType<typeof line>[], number?: string) =>
  (
    await announceExpected(
      house.deps,
      keeper(),
      { site, supplier: 'Namuna', lines: lots, ...(number !== undefined && { number }) },
      house.once('warehouse'),
    )
  ).body.id;
const read = (id: string) => readReceipt(house.deps, { site, id, part: 0 });
const differs = async (id: string) =>
  (await read(id)).differs.map(({ kind, lot, expected, received }) => [kind, lot, expected, received]);
const rowOf = async (lot: string) =>
  (await listStock(house.deps, { site }, { limit: 100 })).items.find((i) => i.lot === lot);
const isSound = async () => expect(contradictions(await readLedger(house.client, table))).toEqual([]);

describe('against what was announced', () => {
  test('the server finds itself what is short, over, of another lot or another expiry, and closes the list', async () => {
    const expected = await announce([line('E1', 3), line('E2', 3), { ...line('E3'), expiryDate: '2028-07-31' }]);
    const { body } = await receive({
      expected,
      lines: [line('E1', 1), line('E2', 4), line('E3'), line('OTHER', 1), line('X1', 1, gtins.paracetamol)],
    });
    expect(body.discrepancies).toBe(5);
    expect((await differs(body.id)).sort()).toEqual(
      [
        ['short', 'E1', 60, 20],
        ['over', 'E2', 60, 80],
        ['wrong-expiry', 'E3', 40, 40],
        ['wrong-lot', 'OTHER', 0, 20],
        ['over', 'X1', 0, 10],
      ].sort(),
    );
    expect((await readExpected(house.deps, { site, id: expected, part: 0 })).state).toBe('closed');
    expect(await refused(receive({ expected, lines: [line('E1', 2)] }))).toBe('document-closed');
    expect(await rowOf('OTHER')).toMatchObject({ onHand: 20 });
  });

  test('a list of which more is to come stays open with the rest, and nothing is short yet', async () => {
    const expected = await announce([line('P1', 3), line('P2', 1)], 'N-1');
    const first = await receive({ expected, partial: true, lines: [line('P1', 1)] });
    expect(first.body.discrepancies).toBe(0);
    const { lines, state } = await readExpected(house.deps, { site, id: expected, part: 0 });
    expect([state, ...lines.map((l) => l.got)]).toEqual(['open', 20, 0]);
    const second = await receive({ expected, partial: true, lines: [line('P1', 2), line('P2', 1)] });
    expect(second.body.discrepancies).toBe(0);
    expect((await readExpected(house.deps, { site, id: expected, part: 0 })).state).toBe('closed');
  });

  test('two who receive against one list at once never count what the other took as missing or as new', async () => {
    const expected = await announce([line('R1', 4)]);
    await Promise.all([1, 2].map(() => receive({ expected, partial: true, lines: [line('R1', 2)] })));
    const { lines, state, receipts } = await readExpected(house.deps, { site, id: expected, part: 0 });
    expect([state, lines[0]?.got, receipts.length]).toEqual(['closed', 80, 2]);
    const { items } = await listDiscrepancies(house.deps, { site, state: 'open' }, { limit: 100 });
    expect(items.filter((d) => d.lot === 'R1')).toEqual([]);
  });

  test('what came damaged is not in stock and not short as well', async () => {
    const expected = await announce([line('D1', 3)]);
    const damaged = { kind: 'damaged' as const, gtin: gtins.amoxicillin, lot: 'D1', received: 20, note: 'wet carton' };
    const { body } = await receive({ expected, lines: [line('D1', 2)], discrepancies: [damaged] });
    expect(await differs(body.id)).toEqual([['damaged', 'D1', undefined, 20]]);
    expect(await rowOf('D1')).toMatchObject({ onHand: 40 });
  });

  test('a delivery of which nothing is taken in is a receipt too, and says what is missing', async () => {
    const expected = await announce([line('N1', 1)]);
    const { status, body } = await receive({ expected, lines: [] });
    expect([status, body.state, await differs(body.id)]).toEqual([201, 'posted', [['short', 'N1', 20, 0]]]);
  });

  test('another site’s list does not exist, and the same paper is announced and received once', async () => {
    const expected = await announce([line('O1')], 'N-2');
    expect(await refused(announce([line('O1')], 'n-2'))).toBe('document-known');
    const stranger = receiveShipment(
      house.deps,
      house.actor('warehouse3', 'own'),
      { site: 'WH-2', expected, lines: [line('O1')] },
      house.once('warehouse3'),
    );
    expect(await refused(stranger)).toBe('not-found');
    await receive({ expected, lines: [line('O1')] });
    const paper = { supplier: 'NAMUNA', number: 'N-2' };
    expect(await refused(receive({ document: paper, lines: [line('O2')] }))).toBe('document-known');
    const { items } = await listExpected(house.deps, { site, state: 'open' }, {});
    expect(items.map((e) => e.id)).not.toContain(expected);
  });
});

describe('discrepancies', () => {
  test('are settled once, by a reason, and leave the open ones', async () => {
    const expected = await announce([line('S1', 2), line('S2', 2)]);
    const { body } = await receive({ expected, lines: [] });
    const settle = () =>
      resolveDiscrepancy(
        house.deps,
        keeper(),
        { site, id: `${body.id}.1`, resolution: 'credited', reason: 'credit note 7' },
        house.once('warehouse'),
      );
    const both = await Promise.all([settle(), settle()].map(refused));
    expect(both.sort()).toEqual(['document-closed', 'not refused']);
    const list = async (state: 'open' | 'resolved') =>
      (await listDiscrepancies(house.deps, { site, state }, { limit: 100 })).items
        .filter((d) => d.receipt === body.id)
        .map((d) => d.id);
    expect([await list('open'), await list('resolved')]).toEqual([[`${body.id}.2`], [`${body.id}.1`]]);
  });

  test('that do not say what they are about are refused at their place', async () => {
    const tell = (d: object) => refused(receive({ lines: [line('T1')], discrepancies: [d as never] }));
    expect(await tell({ kind: 'unknown' })).toBe('note-missing');
    expect(await tell({ kind: 'damaged', gtin: gtins.amoxicillin, lot: 'T1' })).toBe('quantity-missing');
    expect(await tell({ kind: 'short', gtin: gtins.amoxicillin })).toBe('lot-missing');
    expect(await tell({ kind: 'short', gtin: '09520000000998', lot: 'A' })).toBe('gtin-unknown');
  });

  test('a lot known with another expiry date is refused, or recorded and not taken in where the caller says so', async () => {
    await receive({ lines: [line('X9')] });
    const wrong = { ...line('X9'), expiryDate: '2029-01-31' };
    expect(await refused(receive({ lines: [wrong] }))).toBe('expiry-mismatch');
    const told = { kind: 'wrong-expiry' as const, gtin: gtins.amoxicillin, lot: 'X9' };
    const { body } = await receive({ lines: [wrong, line('X8')], discrepancies: [told] });
    expect((await read(body.id)).differs).toMatchObject([
      { kind: 'wrong-expiry', lot: 'X9', received: 40, expiryDate: '2029-01-31' },
    ]);
    expect((await rowOf('X9'))?.onHand).toBe(40);
  });
});

describe('the cold chain', () => {
  const cold = (lot: string) => line(lot, 1, gtins.insulin);

  test('is asked for where a product needs it, and only there', async () => {
    expect(await refused(receive({ lines: [line('C0')] }))).toBe('not refused');
    expect(await refused(receive({ lines: [cold('C1')] }))).toBe('temperature-missing');
    expect((await receive({ lines: [cold('C1')], arrival: { celsius: 4 } })).body.discrepancies).toBe(0);
    expect(await rowOf('C1')).toMatchObject({ state: 'available', onHand: 5 });
  });

  test('that broke quarantines all that lies there of the lot, and quality control alone lets it go', async () => {
    await receive({ lines: [cold('C2')], arrival: { celsius: 4 } });
    const { to } = firstPolicy.warehouse.storage.cold;
    const { body } = await receive({ lines: [cold('C2')], arrival: { celsius: to + 0.1 } });
    expect(await differs(body.id)).toEqual([['cold-chain', 'C2', undefined, 5]]);
    expect(await rowOf('C2')).toMatchObject({ state: 'quarantined', onHand: 10 });
    const lot = { site, gtin: gtins.insulin, lot: 'C2' };
    const byKeeper = setLotState(
      house.deps,
      keeper(),
      { ...lot, state: 'available', reason: 'looks fine' },
      house.once('warehouse'),
    );
    expect(await refused(byKeeper)).toBe('not-allowed');
    const release = { ...lot, reason: 'stability data seen' };
    await releaseLot(house.deps, house.actor('quality'), release, house.once('quality'));
    expect(await rowOf('C2')).toMatchObject({ state: 'available', onHand: 10 });
  });
});

test('what quality control releases first comes in as quarantined, and once it is released later packs of the lot do not', async () => {
  const vaccine = () => receive({ lines: [line('V1', 1, gtins.vaccine)], arrival: { celsius: 5 } });
  await vaccine();
  expect(await rowOf('V1')).toMatchObject({ state: 'quarantined', onHand: 10 });
  const release = () =>
    releaseLot(
      house.deps,
      house.actor('quality'),
      { site, gtin: gtins.vaccine, lot: 'V1', reason: 'certificate seen' },
      house.once('quality'),
    );
  await release();
  await vaccine();
  expect(await rowOf('V1')).toMatchObject({ state: 'available', onHand: 20 });
  expect(await refused(release())).toBe('document-closed');
  const elsewhere = await receiveShipment(
    house.deps,
    house.actor('warehouse3', 'own'),
    { site: 'WH-2', lines: [line('V1', 1, gtins.vaccine)], arrival: { celsius: 5 } },
    house.once('warehouse3'),
  );
  expect(elsewhere.body.lines).toMatchObject([{ lot: 'V1', state: 'available' }]);
});

test('a pack with a serial number comes in once in the whole country', async () => {
  const scan = `01${gtins.amoxicillin}17280630${'10SN'}\u001d21Q1`;
  await receive({ lines: [{ scan, packs: 1 }] });
  expect(await refused(receive({ lines: [{ scan, packs: 1 }] }))).toBe('serial-known');
  const typed = { ...line('SN', 1), serials: ['Q2', 'Q2'] };
  expect(await refused(receive({ lines: [typed] }))).toBe('serial-repeated');
  expect(await refused(receive({ lines: [{ ...typed, serials: ['Q2', 'Q3'] }] }))).toBe('quantity-invalid');
});

test('an entry dated back counts on its day, and no further back than the policy lets it', async () => {
  const dated = (day: string) => receive({ lines: [line('B1', 1)], backdated: { day, reason: 'no network that day' } });
  expect(await refused(dated('2026-11-20'))).toBe('backdate-too-far');
  expect(await refused(dated('2026-11-10'))).toBe('backdate-too-far');
  await dated('2026-11-18');
  const { items } = await listMovements(house.deps, { site, gtin: gtins.amoxicillin, lot: 'B1' }, {});
  expect(items.map((m) => m.at)).toEqual(['2026-11-18T18:59:59.999Z']);
});

test('a lot is put away where it is said to lie, and a later receipt may move it', async () => {
  await receive({ lines: [{ ...line('Z1'), zone: 'A', shelf: '1-1' }] });
  expect(await rowOf('Z1')).toMatchObject({ zone: 'A', shelf: '1-1' });
  const place = { site, gtin: gtins.amoxicillin, lot: 'Z1', zone: 'B' };
  await placeLot(house.deps, keeper(), place, house.once('warehouse'));
  const row = await rowOf('Z1');
  expect([row?.zone, row?.shelf]).toEqual(['B', undefined]);
});

const many = (name: string, count: number) => Array.from({ length: count }, (_, i) => line(`${name}${i}`, 1));

test('a long receipt that is repeated with its key answers the same and posts once, wherever it was cut', async () => {
  const lines = many('K', 130);
  const once = house.once('warehouse');
  let sent = 0;
  const heal = disturb(house.client, () => (++sent % 3 === 0 ? 'cut' : undefined));
  const answers: unknown[] = [];
  for (let i = 0; i < 20 && answers.length < 2; i += 1)
    await receive({ lines, document: { supplier: 'Namuna', number: 'LONG' } }, once).then(
      ({ body }) => answers.push(body),
      (error: unknown) => expect(error).toMatchObject({ message: 'the connection was cut' }),
    );
  expect(answers[0]).toEqual(answers[1]);
  const { id } = answers[0] as { id: string };
  let posting: Awaited<ReturnType<typeof advancePosting>> | undefined;
  for (let i = 0; i < 60 && !posting?.finishedAt; i += 1)
    posting = await advancePosting(house.deps, id, start + 60_000).catch((error: unknown) => {
      expect(error).toMatchObject({ message: 'the connection was cut' });
      return undefined;
    });
  heal();
  expect(posting).toMatchObject({ linesDone: 130, problems: [] });
  const receipt = await read(id);
  expect([receipt.state, receipt.of, receipt.lines.length]).toEqual(['posted', 130, 130]);
  const { items } = await listMovements(house.deps, { site, gtin: gtins.amoxicillin, lot: 'K77' }, {});
  expect(items.map((m) => m.quantity)).toEqual([20]);
});

test('nothing of it all contradicts itself', isSound);
