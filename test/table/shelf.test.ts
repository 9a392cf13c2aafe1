/** The shelf on the real engine: what comes in, what is blocked, what is read and what a list may be asked. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { listMovements, listStock, setLotState } from '@darmon/usecases/inventory';
import { receiveShipment } from '@darmon/usecases/receiving';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, start, stock, table } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('shelf');
});
afterAll(() => house.stop());

const receive = (
  lines: Parameters<typeof receiveShipment>[2]['lines'],
  document?: { supplier: string; number: string },
) =>
  receiveShipment(
    house.deps,
    house.actor('pharmacist', 'own'),
    { site: 'PH-1', lines, ...(document && { document }) },
    house.once('pharmacist'),
  );
const rowOf = async (lot: string) =>
  (await listStock(house.deps, { site: 'PH-1' }, { limit: 100 })).items.find((i) => i.lot === lot);
const good = (lot: string, quantity = 20) => ({ gtin: gtins.amoxicillin, lot, expiryDate: '2028-06-30', quantity });

describe('receiving', () => {
  test('takes whole steps only: half a bottle could never be handed over', async () => {
    const half = { gtin: gtins.syrup, lot: 'S1', expiryDate: '2028-06-30', quantity: 150 };
    expect(await refused(receive([half]))).toBe('quantity-invalid');
    expect(await refused(receive([{ ...half, quantity: 200 }]))).toBe('not refused');
  });

  test('takes a pack with a serial number once, and packs without one as often as they are scanned', async () => {
    const scan = `01${gtins.amoxicillin}17280630${'10SER'}`;
    const withSerial = `${scan}\u001d21X1`;
    const lines = (text: string) => [1, 2].map(() => ({ scan: text, packs: 1 }));
    expect(await refused(receive(lines(withSerial)))).toBe('serial-repeated');
    expect((await receive(lines(scan))).body.lines).toMatchObject([{ lot: 'SER', quantity: 40 }]);
  });

  test('knows a supplier’s document however it is typed, and no other by mistake', async () => {
    const document = (supplier: string, number: string) => refused(receive([good('D1', 1)], { supplier, number }));
    expect(await document('Farm#A', 'B')).toBe('not refused');
    expect(await document('Farm', 'A#B')).toBe('not refused');
    expect(await document('FARM#a', 'b')).toBe('document-known');
  });

  test('of one lot in two lines adds up, and on hand is the sum of movements', async () => {
    await receive([good('TWO', 5), good('TWO', 7)]);
    const { items } = await listMovements(house.deps, { site: 'PH-1', gtin: gtins.amoxicillin, lot: 'TWO' }, {});
    expect(items.map((m) => m.quantity)).toEqual([12]);
    expect((await rowOf('TWO'))?.onHand).toBe(12);
  });

  test('never lets a lot have two expiry dates, at any site', async () => {
    await receive([good('ONE')]);
    expect(await refused(stock(house, [{ ...good('ONE'), expiryDate: '2028-07-31' }], 'pharmacist2'))).toBe(
      'expiry-mismatch',
    );
  });
});

describe('a blocked lot', () => {
  test('by quality stands in the trail of the site where it lies', async () => {
    await receive([good('Q1')]);
    const state = { site: 'PH-1', gtin: gtins.amoxicillin, lot: 'Q1', state: 'quarantined' as const, reason: 'smell' };
    await setLotState(house.deps, { ...house.actor('warehouse'), site: 'WH-1' }, state, house.once('warehouse'));
    const { items } = await house.table.listSiteTrail('PH-1', '2026-11-20', { limit: 100 });
    expect(items.filter((e) => e.type === 'lot-state-changed')).toMatchObject([
      { actor: { site: 'WH-1' }, reason: 'smell' },
    ]);
  });

  test('that is blocked again writes nothing', async () => {
    await receive([good('AGAIN')]);
    const hold = () =>
      setLotState(
        house.deps,
        house.actor('pharmacist', 'own'),
        { site: 'PH-1', gtin: gtins.amoxicillin, lot: 'AGAIN', state: 'on-hold', reason: 'damaged' },
        house.once('pharmacist'),
      );
    await hold();
    expect((await hold()).body.state).toBe('on-hold');
    const { items } = await listMovements(house.deps, { site: 'PH-1', gtin: gtins.amoxicillin, lot: 'AGAIN' }, {});
    expect(items.map((m) => m.kind)).toEqual(['receipt', 'hold']);
  });

  test('of a recall is dispensed nowhere five seconds later, is listed as recalled, and can still come in', async () => {
    await receive([{ ...good('RECALL', 500), expiryDate: '2026-12-01' }]);
    await house.client.send(
      new PutItemCommand({
        TableName: table,
        Item: {
          pk: { S: 'RECALLS' },
          sk: { S: 'RECALLS' },
          lots: { M: { [`${gtins.amoxicillin}#RECALL`]: { S: 'recalled' } } },
        },
      }),
    );
    house.clock.now = start + 5_000;
    const { id } = await issue(house);
    const { body } = await dispense(house, id, [{ line: 1, quantity: 10 }]);
    expect(body.lines[0]?.lots.map((l) => l.lot)).not.toContain('RECALL');
    const chosen = [{ gtin: gtins.amoxicillin, lot: 'RECALL', quantity: 11 }];
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 11, lots: chosen, reason: 'asked' }]))).toBe(
      'lot-blocked',
    );
    expect((await rowOf('RECALL'))?.state).toBe('recalled');
    expect((await receive([{ ...good('RECALL'), expiryDate: '2026-12-01' }])).status).toBe(201);
  });
});

describe('reads', () => {
  test('of a dispense leave out what has expired, and a lot that was named is still told why', async () => {
    await receive([{ ...good('OLD'), expiryDate: '2026-11-25' }]);
    const rows = (today: string) => house.table.loadLots('PH-1', 'AMOX500CAP', today, new Map());
    expect((await rows('2026-11-25')).map((r) => r.lot)).toContain('OLD');
    expect((await rows('2026-11-26')).map((r) => r.lot)).not.toContain('OLD');
    const { id } = await issue(house);
    house.clock.now = start + 10 * 86_400_000;
    const lots = [{ gtin: gtins.amoxicillin, lot: 'OLD', quantity: 21 }];
    expect(await refused(dispense(house, id, [{ line: 1, quantity: 21, lots, reason: 'asked' }]))).toBe('lot-expired');
  });

  test('of a list continue only the list that the cursor came from', async () => {
    const first = await listStock(house.deps, { site: 'PH-1' }, { limit: 2 });
    const second = await listStock(house.deps, { site: 'PH-1' }, { limit: 2, cursor: first.next });
    expect(second.items.map((i) => i.lot)).not.toEqual(first.items.map((i) => i.lot));
    expect(await refused(listStock(house.deps, { site: 'PH-2' }, { cursor: first.next }))).toBe('bad-cursor');
    expect(
      await refused(
        listMovements(house.deps, { site: 'PH-1', gtin: gtins.amoxicillin, lot: 'TWO' }, { cursor: first.next }),
      ),
    ).toBe('bad-cursor');
  });
});
