import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstPolicy } from './policy.ts';
import {
  type AnnouncedLine,
  afterDelivery,
  arrivingState,
  compareDelivery,
  isOutOfLimits,
  mergedDiscrepancies,
} from './receiving.ts';
import { Refusal } from './refusal.ts';

const gtin = '09520000000011';
const other = '09520000000028';
const line = (lot: string, packs: number, of = gtin, got = 0): AnnouncedLine => ({ gtin: of, lot, packs, got });
const came = (lot: string, quantity: number, of = gtin, expiryDate = '2028-06-30') => ({
  gtin: of,
  lot,
  quantity,
  expiryDate,
});
const unitsOf = () => 10;
const last = { isLast: true, unitsOf };

describe('a delivery against its list', () => {
  test('that came as announced differs in nothing, and the list is whole', () => {
    const list = [line('A', 2), line('B', 1, other)];
    const goods = [came('A', 20), came('B', 10, other)];
    expect(compareDelivery(list, goods, [], last)).toEqual([]);
    expect(afterDelivery(list, goods, unitsOf).isWhole).toBe(true);
  });

  test('says of every unit what became of it, whatever came', () => {
    const amounts = fc.array(fc.tuple(fc.nat(9), fc.nat(120), fc.nat(60)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(amounts, (rows) => {
        // lots of products of their own, so that none stands in for another
        const of = (i: number) => `0952000000${String(i).padStart(4, '0')}`;
        const list = rows.flatMap(([packs], i) => (packs > 0 ? [line('L', packs, of(i))] : []));
        const goods = rows.flatMap(([, units], i) => (units > 0 ? [came('L', units, of(i))] : []));
        const damaged = rows.flatMap(([, , units], i) =>
          units > 0 && list.some((l) => l.gtin === of(i))
            ? [{ kind: 'damaged' as const, gtin: of(i), lot: 'L', received: units }]
            : [],
        );
        const found = compareDelivery(list, goods, damaged, last);
        const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
        const announced = sum(list.map((l) => l.packs * 10));
        const arrived = sum([...goods.map((g) => g.quantity), ...damaged.map((d) => d.received)]);
        const difference = sum(found.map((d) => (d.received ?? 0) - (d.expected ?? 0)));
        expect(arrived - announced).toBe(difference);
        expect(new Set(found.map((d) => d.gtin)).size).toBe(found.length);
      }),
    );
  });

  test('of which more is to come is short of nothing yet, and counts what came towards its lines', () => {
    const list = [line('A', 3), line('A', 2)];
    expect(compareDelivery(list, [came('A', 40)], [], { isLast: false, unitsOf })).toEqual([]);
    const after = afterDelivery(list, [came('A', 40)], unitsOf);
    expect([after.isWhole, ...after.lines.map((l) => l.got)]).toEqual([false, 30, 10]);
    expect(compareDelivery(after.lines, [came('A', 10)], [], last)).toEqual([]);
  });

  test('with another lot in place of the announced one is a wrong lot, and not missing as well', () => {
    expect(compareDelivery([line('A', 2)], [came('B', 20)], [], last)).toEqual([
      { kind: 'wrong-lot', gtin, lot: 'B', expected: 0, received: 20 },
    ]);
    expect(compareDelivery([line('A', 2)], [came('B', 10)], [], last).map((d) => d.kind)).toEqual([
      'wrong-lot',
      'short',
    ]);
  });

  test('whose pack says another expiry than the list is told apart from one that agrees', () => {
    const list = [{ ...line('A', 1), expiryDate: '2028-07-31' }];
    expect(compareDelivery(list, [came('A', 10)], [], last)).toEqual([
      { kind: 'wrong-expiry', gtin, lot: 'A', expiryDate: '2028-06-30', expected: 10, received: 10 },
    ]);
    expect(compareDelivery(list, [came('A', 10, gtin, '2028-07-31')], [], last)).toEqual([]);
  });
});

test('what a person told and we found is one discrepancy, with our figures and their words', () => {
  const told = [
    { kind: 'short' as const, gtin, lot: 'A', expected: 999, note: 'driver said so' },
    { kind: 'unknown' as const, note: 'blue box' },
    { kind: 'unknown' as const, note: 'red box' },
  ];
  const found = [{ kind: 'short' as const, gtin, lot: 'A', expected: 20, received: 10 }];
  const merged = mergedDiscrepancies(told, found);
  expect(merged).toHaveLength(3);
  expect(merged).toContainEqual({ ...found[0], note: 'driver said so' });
});

test('a reading is asked for by storage, at its own limits, and never at room temperature', () => {
  const { from, to } = firstPolicy.warehouse.storage.cold;
  const out = (celsius: number) => isOutOfLimits('cold', { celsius }, firstPolicy);
  expect([from - 0.1, from, to, to + 0.1].map(out)).toEqual([true, false, false, true]);
  expect(isOutOfLimits('frozen', { celsius: from, frozen: -20 }, firstPolicy)).toBe(false);
  expect(isOutOfLimits('room', undefined, firstPolicy)).toBe(false);
  expect(() => isOutOfLimits('cold', undefined, firstPolicy)).toThrow(Refusal);
});

test('a recalled lot comes in as recalled before anything else, and what broke the cold chain waits with all of its lot', () => {
  const of = { blocked: undefined, recalled: false, outOfLimits: false, needsRelease: false };
  expect(arrivingState(of)).toEqual({ state: 'available' });
  expect(arrivingState({ ...of, recalled: true, outOfLimits: true })).toEqual({ state: 'recalled' });
  expect(arrivingState({ ...of, blocked: 'recalled', needsRelease: true })).toEqual({ state: 'recalled' });
  expect(arrivingState({ ...of, outOfLimits: true })).toEqual({ state: 'quarantined', quality: true, spreads: true });
  expect(arrivingState({ ...of, needsRelease: true })).toEqual({ state: 'quarantined', quality: true });
  expect(arrivingState({ ...of, needsRelease: true, blocked: 'on-hold' })).toEqual({ state: 'on-hold', quality: true });
});
