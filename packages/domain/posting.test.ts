import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionsOf, chunksOf, type Entry, joinedLines, type PostingLine } from './posting.ts';

const entry = (lot: number, more: Partial<Entry> = {}): Entry => ({
  place: 'PH-1',
  medicine: 'AMOX500CAP',
  gtin: '09520000000011',
  lot: `L${lot}`,
  expiryDate: '2028-06-30',
  kind: 'receipt',
  quantity: 10,
  ...more,
});

const lines = fc
  .array(
    fc.record({
      lot: fc.nat(30),
      controlled: fc.boolean(),
      serials: fc.nat(12),
      isMove: fc.boolean(),
    }),
    { minLength: 1, maxLength: 80 },
  )
  .map((all) =>
    all.map(({ lot, controlled, serials, isMove }, i): PostingLine => {
      const packs = Array.from({ length: serials }, (_, n) => `${i}-${n}`);
      const into = entry(lot, {
        ...(controlled && { controlled }),
        ...(serials > 0 && { serials: packs }),
        lotState: 'available',
      });
      return {
        line: i + 1,
        entries: isMove ? [entry(lot, { place: 'WH-1', quantity: -10, kind: 'transfer-out' }), into] : [into],
      };
    }),
  );

test('chunks hold every line once and in order, fit a transaction and touch no row twice', () => {
  fc.assert(
    fc.property(lines, (all) => {
      const chunks = chunksOf(all);
      expect(chunks.flat()).toEqual(all);
      for (const chunk of chunks) {
        expect(chunk.length).toBeGreaterThan(0);
        expect(chunk.reduce((sum, l) => sum + actionsOf(l), 0)).toBeLessThanOrEqual(92);
        const rows = chunk.flatMap((l) => l.entries.map((e) => `${e.place} ${e.lot}`));
        expect(new Set(rows).size).toBe(rows.length);
      }
    }),
  );
});

test('lines of one lot become one, with their units and packs together and the last price', () => {
  const row = { brand: 'B', packUnits: 10, state: 'available' as const };
  const [only, other] = joinedLines([
    { line: 1, entries: [entry(1, { row: { ...row, packPrice: 100 }, serials: ['a'] })] },
    { line: 2, entries: [entry(2)] },
    { line: 3, entries: [entry(1, { quantity: 5, row: { ...row, packPrice: 120 }, serials: ['b'] })] },
  ]);
  expect(only).toMatchObject({ line: 1, entries: [{ quantity: 15, row: { packPrice: 120 }, serials: ['a', 'b'] }] });
  expect(other).toMatchObject({ line: 2, entries: [{ quantity: 10 }] });
});

test('joining changes no sum', () => {
  fc.assert(
    fc.property(lines, (all) => {
      const sums = (some: readonly PostingLine[]) => {
        const of: Record<string, number> = {};
        for (const e of some.flatMap((l) => l.entries))
          of[`${e.place}${e.lot}`] = (of[`${e.place}${e.lot}`] ?? 0) + e.quantity;
        return of;
      };
      expect(sums(joinedLines(all))).toEqual(sums(all));
    }),
  );
});

test('a line of more packs than a transaction holds is divided, and nothing of it is lost', () => {
  const serials = Array.from({ length: 203 }, (_, i) => `S${i}`);
  const line = {
    line: 1,
    entries: [
      entry(1, { place: 'WH-1', kind: 'transfer-out', quantity: -2031 }),
      entry(1, { quantity: 2031, serials }),
    ],
  };
  const chunks = chunksOf([line]);
  expect(chunks.length).toBe(6);
  const parts = chunks.flat().map((l) => l.entries);
  expect(parts.flatMap(([, into]) => into?.serials ?? [])).toEqual(serials);
  expect(parts.map(([out, into]) => (out?.quantity ?? 0) + (into?.quantity ?? 0))).toEqual([0, 0, 0, 0, 0, 0]);
  expect(parts.reduce((sum, [, into]) => sum + (into?.quantity ?? 0), 0)).toBe(2031);
});
