import { describe, expect, test } from 'vitest';
import type { Discrepancy } from './receiving.ts';
import { Refusal } from './refusal.ts';
import type { Site } from './standing.ts';
import type { StockRow } from './stock.ts';
import {
  approvedLines,
  type Came,
  judgeArrival,
  type Pick,
  pickList,
  requirePick,
  requireRoute,
  stateAfterArrival,
  type TransferLine,
} from './transfer.ts';

const today = '2026-11-20';
const gtin = '09520000000011';
const row = (lot: string, expiryDate: string, free: number, more: Partial<StockRow> = {}): StockRow => ({
  site: 'WH-1',
  medicine: 'AMOX500CAP',
  gtin,
  lot,
  expiryDate,
  free,
  held: 0,
  state: 'available',
  brand: 'Brand',
  packUnits: 20,
  ...more,
});
const line = (asked: number, more: Partial<TransferLine> = {}): TransferLine => ({
  line: 1,
  medicine: 'AMOX500CAP',
  asked,
  ...more,
});
const pick = (lot: string, expiryDate: string, quantity: number): Pick => ({
  line: 1,
  medicine: 'AMOX500CAP',
  gtin,
  lot,
  expiryDate,
  quantity,
  packUnits: 20,
  person: 'warehouse',
  at: '2026-11-20T07:00:00.000Z',
});
const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'not refused';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

describe('between which sites', () => {
  const site = (id: string, kind: Site['kind'], active = true): Site => ({
    id,
    kind,
    name: id,
    region: 'UZ-TK',
    active,
    version: 1,
  });
  const [store, one, other] = [site('WH-1', 'warehouse'), site('PH-1', 'pharmacy'), site('PH-2', 'pharmacy')];

  test('goods go between places that keep stock and are open, and not to where they are', () => {
    expect(requireRoute(store, one, {}).urgent).toBe(false);
    expect(codeOf(() => requireRoute(site('CL-1', 'clinic'), one, {}))).toBe('site-unknown');
    expect(codeOf(() => requireRoute(store, site('PH-9', 'pharmacy', false), {}))).toBe('site-unknown');
    expect(codeOf(() => requireRoute(one, one, { reason: 'a reason' }))).toBe('transfer-same-site');
  });

  test('between pharmacies it is urgent, and what is urgent says why', () => {
    expect(requireRoute(one, other, { reason: 'a patient waits' }).urgent).toBe(true);
    expect(codeOf(() => requireRoute(one, other, {}))).toBe('reason-missing');
    expect(codeOf(() => requireRoute(store, one, { urgent: true }))).toBe('reason-missing');
  });
});

test('a site agrees to less than was asked for, never to more, and to a line once', () => {
  const lines = [line(100), line(50, { line: 2 })];
  expect(approvedLines(lines, [{ line: 1, quantity: 0 }]).map((l) => l.approved)).toEqual([0, 50]);
  expect(codeOf(() => approvedLines(lines, [{ line: 1, quantity: 101 }]))).toBe('quantity-invalid');
  expect(codeOf(() => approvedLines(lines, [{ line: 3, quantity: 1 }]))).toBe('line-unknown');
  const twice = [
    { line: 1, quantity: 1 },
    { line: 1, quantity: 2 },
  ];
  expect(codeOf(() => approvedLines(lines, twice))).toBe('line-repeated');
});

describe('the walk', () => {
  test('goes by zone and shelf as they are written on the wall, and what has no place comes last', () => {
    const rows = [
      row('A', '2027-01-31', 20, { zone: 'B', shelf: '10' }),
      row('B', '2027-02-28', 20),
      row('C', '2027-03-31', 20, { zone: 'B', shelf: '2' }),
      row('D', '2027-04-30', 20, { zone: 'A', shelf: '9' }),
    ];
    expect(pickList([line(80)], rows, [], today).items.map((i) => i.lot)).toEqual(['D', 'C', 'A', 'B']);
  });

  test('asks for what is open alone, passes over what is blocked or expired, and says what no shelf has', () => {
    const rows = [
      row('OLD', '2026-11-19', 20),
      row('HELD', '2027-01-31', 20, { state: 'on-hold' }),
      row('GOOD', '2027-02-28', 20),
    ];
    const { items, missing } = pickList([line(80)], rows, [pick('GOOD', '2027-02-28', 20)], today);
    expect(items.map((i) => [i.lot, i.quantity])).toEqual([['GOOD', 20]]);
    expect(missing).toEqual([{ line: 1, medicine: 'AMOX500CAP', quantity: 40 }]);
  });

  test('of packs that cannot be divided it rounds the last one up', () => {
    expect(pickList([line(30)], [row('A', '2027-01-31', 60)], [], today).items[0]?.quantity).toBe(40);
  });
});

describe('a pick', () => {
  const rows = [row('SOON', '2027-01-31', 40), row('LATE', '2028-01-31', 40), row('SAME', '2027-01-31', 40)];
  const tried = (lot: string, quantity: number, picks: readonly Pick[] = [], reason?: string) =>
    codeOf(() => requirePick(line(60), rows, picks, { gtin, lot, quantity }, { today, reason, pointer: '/picks/0' }));

  test('of a lot that expires later than one that is left needs a reason; of the proposal, in any order, none', () => {
    expect(tried('LATE', 20)).toBe('lot-reason-missing');
    expect(tried('LATE', 20, [], 'the carton is wet')).toBe('not refused');
    expect(tried('SOON', 40)).toBe('not refused');
    expect(tried('SAME', 20)).toBe('not refused');
  });

  test('is of whole steps, of what is free, and no more than is needed', () => {
    expect(tried('SOON', 10)).toBe('quantity-invalid');
    expect(tried('SOON', 60)).toBe('out-of-stock');
    expect(tried('SOON', 40, [pick('SAME', '2027-01-31', 40)])).toBe('pick-over');
    expect(tried('NOSUCH', 20)).toBe('lot-unknown');
  });

  test('is of what may leave the shelf', () => {
    const blocked = (more: Partial<StockRow>, expiryDate = '2027-01-31') =>
      codeOf(() =>
        requirePick(
          line(20),
          [row('A', expiryDate, 20, more)],
          [],
          { gtin, lot: 'A', quantity: 20 },
          {
            today,
            reason: undefined,
            pointer: '',
          },
        ),
      );
    expect(blocked({ state: 'recalled' })).toBe('lot-recalled');
    expect(blocked({ state: 'quarantined' })).toBe('lot-blocked');
    expect(blocked({}, '2026-11-19')).toBe('lot-expired');
    expect(blocked({ gtin: '09520000000028' })).toBe('lot-unknown');
  });
});

describe('an arrival', () => {
  const transit = [row('A', '2027-01-31', 40), row('B', '2027-02-28', 20)];
  const came = (lot: string, quantity: number, more: Partial<Came> = {}): Came => ({
    gtin,
    lot,
    quantity,
    pointer: '/lines/0',
    ...more,
  });
  const short = (lot: string, expected: number, received: number): Discrepancy => ({
    kind: 'short',
    gtin,
    lot,
    expected,
    received,
  });

  test('tells as short what is missing once nobody waits for more, and nothing before', () => {
    expect(judgeArrival(transit, [came('A', 20)], [], false)).toMatchObject({ discrepancies: [], left: 40 });
    const final = judgeArrival(transit, [came('A', 20)], [], true);
    expect(final.discrepancies).toEqual([short('A', 40, 20), short('B', 20, 0)]);
    expect(final.left).toBe(40);
  });

  test('takes in no more than is on its way, whatever is told', () => {
    expect(codeOf(() => judgeArrival(transit, [came('B', 40)], [], false))).toBe('received-over');
    const over: Discrepancy = { kind: 'over', gtin, lot: 'B', expected: 20, received: 40 };
    expect(judgeArrival(transit, [came('B', 40)], [over], false).taken.map((t) => t.quantity)).toEqual([20]);
  });

  test('leaves what an act of write-off holds where it is, and still on its way', () => {
    const held = [row('A', '2027-01-31', 20, { held: 20 })];
    expect(codeOf(() => judgeArrival(held, [came('A', 40)], [], false))).toBe('units-promised');
    expect(judgeArrival(held, [came('A', 20)], [], true)).toMatchObject({ discrepancies: [], left: 20 });
  });

  test('refuses another lot, and another expiry date that nobody told', () => {
    expect(codeOf(() => judgeArrival(transit, [came('X', 20)], [], false))).toBe('lot-unknown');
    const wrong = came('A', 40, { expiryDate: '2029-01-31' });
    expect(codeOf(() => judgeArrival(transit, [wrong], [], false))).toBe('expiry-mismatch');
    const told: Discrepancy = { kind: 'wrong-expiry', gtin, lot: 'A', expiryDate: '2029-01-31' };
    expect(codeOf(() => judgeArrival(transit, [wrong], [told], false))).toBe('not refused');
  });

  test('leaves the transfer done, short, or still on its way', () => {
    const shipped = { state: 'shipped' } as const;
    expect(stateAfterArrival(0, false, shipped)).toBe('received');
    expect(stateAfterArrival(0, false, { ...shipped, writtenOff: 20 })).toBe('written-off');
    expect(stateAfterArrival(20, true, shipped)).toBe('short');
    expect(stateAfterArrival(20, false, shipped)).toBe('shipped');
    expect(stateAfterArrival(20, false, { state: 'short' })).toBe('short');
  });
});
