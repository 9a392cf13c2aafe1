import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from './refusal.ts';
import { type Allocation, allocateChosen, allocateFefo, isUsable, type StockRow, stepOf } from './stock.ts';

const today = '2026-11-20';
const options = { line: 1, pointer: '/lines/0/lots', mayRound: true };

const shelf = fc
  .uniqueArray(
    fc.record({
      gtin: fc.constantFrom('09520000000011', '09520000000028'),
      lot: fc.stringMatching(/^[A-Z]{1,3}$/),
      expiryDate: fc.constantFrom('2026-11-19', '2026-11-20', '2026-12-31', '2027-06-30', '2028-01-31'),
      free: fc.integer({ min: 0, max: 60 }),
      held: fc.constant(0),
      state: fc.constantFrom(
        'available' as const,
        'available' as const,
        'on-hold' as const,
        'quarantined' as const,
        'recalled' as const,
      ),
      packUnits: fc.constantFrom(10, 20),
      divisible: fc.constantFrom(undefined, 1, 5, 10),
    }),
    { maxLength: 8, selector: (r) => `${r.gtin}${r.lot}` },
  )
  .map((rows) =>
    rows.map(
      ({ divisible, ...r }): StockRow => ({
        ...r,
        site: 'PH-1',
        medicine: 'AMOX',
        brand: 'Brand',
        ...(divisible !== undefined && { divisibleBy: divisible }),
      }),
    ),
  );

const sum = (lots: readonly { quantity: number }[]) => lots.reduce((total, l) => total + l.quantity, 0);
const rowOf = (rows: readonly StockRow[], a: Allocation) =>
  rows.find((r) => r.gtin === a.gtin && r.lot === a.lot) as StockRow;
const tried = <T>(run: () => T): T | Refusal => {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};

describe('first expired, first out', () => {
  test('takes only what is there and usable, in whole steps, in the order of expiry, and just enough', () => {
    fc.assert(
      fc.property(shelf, fc.integer({ min: 1, max: 200 }), fc.boolean(), (rows, quantity, mayRound) => {
        const taken = tried(() => allocateFefo(rows, quantity, today, { ...options, mayRound }));
        if (taken instanceof Refusal) {
          expect(taken.code).toBe('out-of-stock');
          return;
        }
        for (const a of taken) {
          const row = rowOf(rows, a);
          expect(isUsable(row, today)).toBe(true);
          expect(a.quantity % stepOf(row)).toBe(0);
          expect(a.quantity).toBeLessThanOrEqual(row.free);
        }
        const dates = taken.map((a) => a.expiryDate);
        expect(dates).toEqual([...dates].sort());
        expect(sum(taken)).toBeGreaterThanOrEqual(quantity);
        expect(sum(taken)).toBeLessThan(quantity + (mayRound ? 20 : 1));
      }),
      { numRuns: 2_000 },
    );
  });

  test('refuses only where the shelf cannot give it in whole steps', () => {
    fc.assert(
      fc.property(shelf, fc.integer({ min: 1, max: 200 }), (rows, quantity) => {
        const single = rows.map((r) => ({ ...r, divisibleBy: 1 }));
        const usable = sum(single.filter((r) => isUsable(r, today)).map((r) => ({ quantity: r.free })));
        const taken = tried(() => allocateFefo(single, quantity, today, options));
        if (usable >= quantity) expect(sum(taken as Allocation[])).toBe(quantity);
        else expect((taken as Refusal).facts.available).toBe(usable);
      }),
      { numRuns: 1_000 },
    );
  });

  test('passes the quantity by less than any step it takes, and its own choice, named lot by lot, needs no reason', () => {
    fc.assert(
      fc.property(shelf, fc.integer({ min: 1, max: 100 }), (rows, quantity) => {
        const taken = tried(() => allocateFefo(rows, quantity, today, options));
        if (taken instanceof Refusal) return;
        for (const a of taken) expect(sum(taken) - quantity).toBeLessThan(stepOf(rowOf(rows, a)));
        expect(allocateChosen(rows, taken, quantity, today, { ...options, reason: undefined })).toEqual(taken);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    [
      'gives loose ones back for a strip that fits',
      [
        [5, 1],
        [24, 8],
      ],
      9,
      [1, 8],
    ],
    [
      'leaves a pack that would only add to the excess',
      [
        [16, 16],
        [20, 20],
      ],
      20,
      [0, 20],
    ],
    [
      'takes an earlier strip whole and the rest loose',
      [
        [24, 8],
        [40, 1],
      ],
      21,
      [16, 5],
    ],
  ] as const)('%s', (_, lots, quantity, expected) => {
    const rows = lots.map(
      ([onHand, divisibleBy], i): StockRow => ({
        site: 'PH-1',
        medicine: 'AMOX',
        brand: 'Brand',
        gtin: '09520000000011',
        lot: `L${i}`,
        expiryDate: `2027-0${i + 1}-28`,
        free: onHand,
        held: 0,
        state: 'available',
        packUnits: divisibleBy,
        divisibleBy,
      }),
    );
    const taken = allocateFefo(rows, quantity, today, options);
    expect(rows.map((r) => taken.find((a) => a.lot === r.lot)?.quantity ?? 0)).toEqual(expected);
  });

  test('whose packs are all divisible needs no reason either', () => {
    fc.assert(
      fc.property(shelf, fc.integer({ min: 1, max: 100 }), (rows, quantity) => {
        const fine = rows.map((r) => ({ ...r, divisibleBy: 1 }));
        const taken = tried(() => allocateFefo(fine, quantity, today, options));
        if (taken instanceof Refusal) return;
        expect(allocateChosen(fine, taken, quantity, today, { ...options, reason: undefined })).toEqual(taken);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('chosen lots', () => {
  const row = (lot: string, expiryDate: string, more: Partial<StockRow> = {}): StockRow => ({
    site: 'PH-1',
    medicine: 'AMOX',
    brand: 'Brand',
    gtin: '09520000000011',
    lot,
    expiryDate,
    free: 40,
    held: 0,
    state: 'available',
    packUnits: 20,
    divisibleBy: 1,
    ...more,
  });
  const choose = (rows: StockRow[], lots: [string, number][], quantity: number, reason?: string) => {
    const chosen = lots.map(([lot, units]) => ({ gtin: '09520000000011', lot, quantity: units }));
    const answer = tried(() => allocateChosen(rows, chosen, quantity, today, { ...options, reason }));
    return answer instanceof Refusal
      ? [answer.code, answer.errors[0]?.pointer]
      : answer.map((a) => [a.lot, a.quantity]);
  };
  const rows = [
    row('A', '2027-01-31'),
    row('B', '2027-06-30'),
    row('OLD', '2026-11-19'),
    row('HELD', '2027-01-31', { state: 'on-hold' }),
  ];

  test('are refused at their own place', () => {
    expect(choose(rows, [['OLD', 10]], 10)).toEqual(['lot-expired', '/lines/0/lots/0']);
    expect(choose(rows, [['HELD', 10]], 10)).toEqual(['lot-blocked', '/lines/0/lots/0']);
    expect(choose(rows, [['NONE', 10]], 10)).toEqual(['lot-unknown', '/lines/0/lots/0']);
    expect(
      choose(
        rows,
        [
          ['A', 5],
          ['A', 5],
        ],
        10,
      ),
    ).toEqual(['lot-repeated', '/lines/0/lots/1']);
    expect(choose(rows, [['A', 41]], 41)).toEqual(['out-of-stock', '/lines/0/lots/0/quantity']);
    expect(choose(rows, [['A', 9]], 10)).toEqual(['lots-sum-mismatch', '/lines/0/lots']);
    expect(choose(rows, [['A', 11]], 10)).toEqual(['lots-sum-mismatch', '/lines/0/lots']);
  });

  test('need a reason where an earlier lot stays on the shelf', () => {
    expect(choose(rows, [['B', 10]], 10)).toEqual(['lot-reason-missing', '/lines/0/lots']);
    expect(choose(rows, [['B', 10]], 10, 'A is damaged')).toEqual([['B', 10]]);
    expect(
      choose(
        rows,
        [
          ['A', 40],
          ['B', 1],
        ],
        41,
      ),
    ).toEqual([
      ['A', 40],
      ['B', 1],
    ]);
  });

  test('of packs that cannot be divided may pass the quantity by less than a pack, never by more', () => {
    const whole = [row('A', '2027-01-31', { packUnits: 100, free: 300 })].map(({ divisibleBy: _, ...r }) => r);
    expect(choose(whole, [['A', 100]], 75)).toEqual([['A', 100]]);
    expect(choose(whole, [['A', 200]], 75)).toEqual(['lots-sum-mismatch', '/lines/0/lots']);
    expect(choose(whole, [['A', 75]], 75)).toEqual(['quantity-invalid', '/lines/0/lots/0/quantity']);
  });
});
