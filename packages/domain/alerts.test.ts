import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alertsOf, classesOf, expiringWithin, leftAtExpiry, type ShelfRow, useOf } from './alerts.ts';
import type { StockRow } from './stock.ts';
import { dayStart } from './time.ts';

const today = '2026-11-21';
const now = dayStart(today) + 12 * 3_600_000;
const rules = { slowMoverDays: 90, lowStockDays: 14 };
const row = (more: Partial<StockRow> = {}): StockRow => ({
  site: 'PH-1',
  medicine: 'AMOX500CAP',
  gtin: '09520000000011',
  lot: 'A1',
  expiryDate: '2028-06-30',
  free: 100,
  held: 0,
  state: 'available',
  brand: 'Brand',
  packUnits: 20,
  packPrice: 2_000,
  ...more,
});
const shelf = (more: Partial<StockRow>, used: Record<string, number> = {}, first = '2026-01'): ShelfRow => ({
  row: row(more),
  sums: { net: { [first]: 1 }, used, sent: {} },
});
const watch = (...rows: ShelfRow[]) => alertsOf(rows, rules, 'patients', now);

test('use is reckoned from three whole months and the days of the present one, or from as long as the site has it', () => {
  const used = { '2026-07': 999, '2026-08': 30, '2026-09': 30, '2026-10': 30, '2026-11': 23 };
  // 31 + 30 + 31 days, and 21 of November
  expect(useOf([shelf({}, used)], 'patients', now)).toEqual({ used: 113, days: 113 });
  expect(useOf([shelf({}, { '2026-11': 23 }, '2026-11')], 'patients', now)).toEqual({ used: 23, days: 21 });
  // more given back than given is no use
  expect(useOf([shelf({}, { '2026-11': -5 })], 'patients', now).used).toBe(0);
});

test('what a warehouse sends on is its use, and a pharmacy’s is not', () => {
  const sent = { row: row(), sums: { net: { '2026-01': 1 }, used: { '2026-11': 1 }, sent: { '2026-11': 40 } } };
  expect([useOf([sent], 'patients', now).used, useOf([sent], 'patients-and-sites', now).used]).toEqual([1, 41]);
});

test('a medicine that was used and of which nothing may be handed over is out of stock, and what is blocked is said', () => {
  const used = { '2026-11': 10 };
  const blocked = watch(shelf({ free: 7, state: 'on-hold' }, used), shelf({ lot: 'A2', free: 0, held: 3 }, {}));
  expect(blocked.stockOut).toMatchObject([{ medicine: 'AMOX500CAP', used: 10, blocked: 10 }]);
  expect(watch(shelf({ free: 0 }, used)).stockOut).toHaveLength(1);
  expect(watch(shelf({ free: 0 })).stockOut).toEqual([]);
  expect(watch(shelf({ free: 500 }, used)).stockOut).toEqual([]);
});

test('stock for fewer days than the policy says is coming to its end, the nearest first', () => {
  const used = { '2026-11': 113 };
  expect(watch(shelf({ free: 14 }, used)).low).toEqual([]);
  expect(watch(shelf({ free: 13 }, used)).low).toEqual([
    { medicine: 'AMOX500CAP', used: 113, days: 113, usable: 13, daysLeft: 13 },
  ]);
  const other = shelf({ medicine: 'IBU200TAB', free: 2 }, used);
  expect(watch(shelf({ free: 13 }, used), other).low.map(({ medicine }) => medicine)).toEqual([
    'IBU200TAB',
    'AMOX500CAP',
  ]);
});

test('of what expires only that counts as lost which nobody will have used by then, the first to expire going first', () => {
  const used = { '2026-11': 113 };
  // one a day: ten days through the 30th of November, the 21st included
  const rows = [
    shelf({ lot: 'B', expiryDate: '2026-12-20', free: 40 }, used),
    shelf({ lot: 'A', expiryDate: '2026-11-30', free: 15 }),
    shelf({ lot: 'C', expiryDate: '2027-01-10', free: 5, state: 'quarantined' }),
  ];
  const { expiring } = watch(...rows);
  expect(expiring.map(({ lot, left, leftValue }) => [lot, left, leftValue])).toEqual([
    ['A', 5, 500],
    ['B', 20, 2_000],
    ['C', 5, 500],
  ]);
  expect(expiringWithin(expiring, 30, today)).toEqual({ days: 30, lots: 2, value: 5_500, leftValue: 2_500 });
  expect(expiringWithin(expiring, 60, today)).toMatchObject({ lots: 3, leftValue: 3_000 });
});

test('a horizon holds lots through its last day, and what expired yesterday is to be written off instead', () => {
  const at = (expiryDate: string) => watch(shelf({ expiryDate }));
  expect(expiringWithin(at('2026-12-21').expiring, 30, today).lots).toBe(1);
  expect(expiringWithin(at('2026-12-22').expiring, 30, today).lots).toBe(0);
  expect(at('2027-05-20').expiring).toHaveLength(1);
  expect(at('2027-05-21').expiring).toEqual([]);
  expect([at('2026-11-21').expired.length, at('2026-11-20').expired.length, at('2026-11-20').expiring.length]).toEqual([
    0, 1, 0,
  ]);
});

test('use never takes more of a lot than lies there, nor more than there are days for', () => {
  const lots = fc.uniqueArray(
    fc.record({
      lot: fc.string({ minLength: 1 }),
      free: fc.integer({ min: 1, max: 200 }),
      day: fc.integer({ min: 1, max: 28 }),
    }),
    { selector: ({ lot }) => lot, maxLength: 8 },
  );
  fc.assert(
    fc.property(lots, fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 120 }), (some, used, days) => {
      const rows = some.map(({ lot, free, day }) =>
        row({ lot, free, expiryDate: `2026-12-${String(day).padStart(2, '0')}` }),
      );
      const left = leftAtExpiry(rows, { used, days }, today);
      const gone = rows.map((r) => r.free - (left.get(r) ?? 0));
      expect(gone.every((units, i) => units >= 0 && units <= (rows[i]?.free ?? 0))).toBe(true);
      for (const last of rows) {
        const soFar = rows.reduce((sum, r, i) => sum + (r.expiryDate <= last.expiryDate ? (gone[i] ?? 0) : 0), 0);
        const until = (Date.parse(last.expiryDate) - Date.parse(today)) / 86_400_000 + 1;
        expect(soFar).toBeLessThanOrEqual((used * until) / days);
      }
    }),
  );
});

test('what nobody asked for in the time of the policy moves slowly, and nothing that came in that time', () => {
  const slow = (used: Record<string, number>, first = '2026-01') => watch(shelf({}, used, first)).slow;
  expect(slow({})).toEqual([{ medicine: 'AMOX500CAP', onHand: 100, value: 10_000 }]);
  expect(slow({ '2026-07': 5 })).toMatchObject([{ lastUsed: '2026-07' }]);
  // its last day is less than 90 days ago
  expect(slow({ '2026-08': 5 })).toEqual([]);
  expect(slow({}, '2026-08')).toEqual([]);
  expect(slow({ '2026-09': 0 })).toHaveLength(1);
  expect(watch(shelf({ free: 0 })).slow).toEqual([]);
});

test('a medicine is in the class in which its share of the value of use begins, and what is not used in the last', () => {
  const used = (medicine: string, packs: number) => shelf({ medicine }, { '2026-11': packs * 20 });
  const classes = classesOf([used('D', 0), used('B', 15), used('A', 79), used('C', 6)], 'patients', now);
  expect(classes.map((c) => [c.medicine, c.class, c.value])).toEqual([
    ['A', 'A', 158_000],
    ['B', 'A', 30_000],
    ['C', 'B', 12_000],
    ['D', 'C', 0],
  ]);
  expect(classesOf([used('A', 0)], 'patients', now)[0]?.class).toBe('C');
});
