import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handOver } from './hand-over.ts';
import { Refusal } from './refusal.ts';
import { nextEntry, type RegisterEntry } from './register.ts';
import type { StockRow } from './stock.ts';

const line = {
  line: 1,
  medicine: 'AMOX500CAP',
  class: 'rx',
  unit: 'capsule',
  dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' },
  quantity: 200,
  dispensed: 0,
  substitutionAllowed: true,
} as const;
const [gtin, other] = ['09520000000011', '09520000000028'];
const row = (lot: string, about: Partial<StockRow> = {}): StockRow => ({
  site: 'PH-1',
  medicine: line.medicine,
  gtin,
  lot,
  expiryDate: '2028-06-30',
  free: 200,
  held: 0,
  state: 'available',
  brand: 'Brand',
  packUnits: 20,
  divisibleBy: 1,
  ...about,
});
const rows = [row('A'), row('B', { gtin: other })];

/** Packs with a serial number each, some of them opened before, of two GTINs that each have one lot here. */
const scanned = fc
  .uniqueArray(
    fc.record({
      gtin: fc.constantFrom(gtin, other),
      serial: fc.stringMatching(/^[A-Z]{1,4}$/),
      left: fc.option(fc.integer({ min: 1, max: 20 })),
    }),
    { minLength: 1, maxLength: 8, selector: (p) => `${p.gtin}${p.serial}` },
  )
  .map((packs) => ({
    packs: packs.map(({ gtin: of, serial }, i) => ({ gtin: of, serial, pointer: `/lines/0/scans/${i}` })),
    left: new Map(packs.flatMap((p) => (p.left === null ? [] : [[`${p.gtin}#${p.serial}`, p.left] as const]))),
  }));
const around = { pointer: '/lines/0', today: '2026-11-20', medicine: line.medicine, medicineOf: new Map(), rows };

describe('packs with serial numbers', () => {
  test('give what is handed over, unit by unit, and none gives more than is in it', () => {
    fc.assert(
      fc.property(scanned, fc.integer({ min: 1, max: 160 }), ({ packs, left }, quantity) => {
        try {
          const { line: given, serials } = handOver(
            line,
            { line: 1, quantity, reason: 'as scanned' },
            { ...around, packs, left },
          );
          expect(given.quantity).toBe(quantity);
          for (const lot of given.lots)
            expect((lot.serials ?? []).reduce((sum, s) => sum + s.units, 0)).toBe(lot.quantity);
          for (const use of serials) {
            expect(use.units).toBeGreaterThan(0);
            expect(use.units).toBeLessThanOrEqual(left.get(`${use.gtin}#${use.serial}`) ?? 20);
          }
          expect(serials).toHaveLength(packs.length);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
          expect(['lots-sum-mismatch', 'serial-dispensed']).toContain(error.code);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the register', () => {
  const entry = (quantity: number): Omit<RegisterEntry, 'seq' | 'balance'> => ({
    site: 'PH-1',
    medicine: 'TRAM50CAP',
    at: '2026-11-20T07:00:00.000Z',
    kind: quantity < 0 ? 'dispense' : 'receipt',
    quantity,
    reference: 'R',
    person: 'pharmacist',
  });

  test('is numbered without a gap, its balance is the sum of its entries, and never below nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 })), (quantities) => {
        let page: { site: string; medicine: string; seq: number; balance: number } | undefined;
        let [seq, balance] = [0, 0];
        for (const quantity of quantities) {
          if (balance + quantity < 0) {
            expect(() => nextEntry(page, entry(quantity))).toThrow('out-of-stock');
            continue;
          }
          page = nextEntry(page, entry(quantity));
          seq += 1;
          balance += quantity;
          expect(page).toMatchObject({ seq, balance });
        }
      }),
    );
  });
});
