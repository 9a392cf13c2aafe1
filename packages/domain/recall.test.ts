import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Movement, movementKinds } from './ledger.ts';
import {
  addMovements,
  addsUp,
  beginPass,
  bookOf,
  closeRecall,
  endPass,
  escapeOf,
  isInRange,
  joinSums,
  noSums,
  noTotals,
  type Recall,
  type RecallTotals,
  requireRange,
  settledMs,
  underWayMs,
} from './recall.ts';
import { Refusal } from './refusal.ts';
import { instant } from './time.ts';

const frozenAt = Date.parse('2026-11-20T09:00:00.000Z');
const movement = (kind: Movement['kind'], quantity: number, at = frozenAt - 3_600_000) => ({
  kind,
  quantity,
  at: instant(at),
});
const codeOf = (run: () => unknown): unknown => {
  try {
    run();
    return 'not refused';
  } catch (error) {
    return error instanceof Refusal ? error.code : error;
  }
};

const recall = (about: Partial<Recall> = {}): Recall => ({
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
  gtin: '09521020199013',
  lot: 'A1',
  medicine: 'AMOX500CAP',
  brand: 'Demo',
  expiryDate: '2028-06-30',
  class: 2,
  reason: 'a test',
  person: 'quality',
  site: 'WH-0001',
  at: instant(frozenAt),
  state: 'working',
  passes: 0,
  found: 0,
  version: 1,
  ...about,
});
const totals = (about: Partial<RecallTotals> = {}): RecallTotals => ({
  ...noTotals(),
  sums: { ...noSums(), moved: { receipt: 100, dispense: -40 } },
  onHand: 60,
  ...about,
});

describe('a range of serial numbers', () => {
  test('compares numbers by their value, however many zeros stand in front', () => {
    const range = { from: '9', to: '0100' };
    expect(['9', '0010', '100'].every((s) => isInRange(s, range))).toBe(true);
    expect(['8', '101'].some((s) => isInRange(s, range))).toBe(false);
  });
  test('counts a number that cannot be compared as meant', () => {
    expect(isInRange('AB1', { from: 'A001', to: 'A999' })).toBe(true);
    expect(isInRange('B001', { from: 'A001', to: 'A999' })).toBe(false);
  });
  test('that holds nothing is refused', () => {
    expect(codeOf(() => requireRange({ from: '20', to: '3' }))).toBe('schema');
    expect(codeOf(() => requireRange({ from: '3', to: '20' }))).toBe('not refused');
  });
});

describe('the sum', () => {
  const movements = fc.array(
    fc.record({ kind: fc.constantFrom(...movementKinds), quantity: fc.integer({ min: -1e6, max: 1e6 }) }),
  );
  test('of movements is the same however they are cut into pages, and the book is all of them together', () => {
    fc.assert(
      fc.property(movements, fc.nat(), (all, cut) => {
        const moved = all.map(({ kind, quantity }) => movement(kind, quantity));
        const at = all.length === 0 ? 0 : cut % all.length;
        const [whole, first, second] = [noSums(), noSums(), noSums()];
        addMovements(whole, moved, frozenAt);
        addMovements(first, moved.slice(0, at), frozenAt);
        addMovements(second, moved.slice(at), frozenAt);
        expect(bookOf(joinSums(first, second))).toBe(bookOf(whole));
        expect(bookOf(whole)).toBe(all.reduce((sum, m) => sum + m.quantity, 0));
        expect(joinSums(first, second).dispenses).toBe(whole.dispenses);
      }),
    );
  });
  test('adds up only where the country and every place do, and transfers cancel each other', () => {
    expect(addsUp(totals())).toBe(true);
    expect(addsUp(totals({ onHand: 50, inTransit: 10 }))).toBe(true);
    expect(addsUp(totals({ onHand: 59 }))).toBe(false);
    expect(addsUp(totals({ wrong: 1 }))).toBe(false);
    const lost = { ...noSums(), moved: { receipt: 100, dispense: -30, 'transfer-out': -10 } };
    expect(addsUp(totals({ sums: lost }))).toBe(false);
  });
});

describe('what the freeze did not stop', () => {
  test.each([
    ['at the very instant', 0, { underWay: false }],
    ['later', 60_000, { underWay: false }],
    ['begun before, and perhaps committed after', -underWayMs, { underWay: true }],
    ['ended before', -underWayMs - 1, undefined],
  ])('is a dispense %s', (_, after, expected) => {
    expect(escapeOf(movement('dispense', -10, frozenAt + after), frozenAt)).toEqual(expected);
  });
  test('is nothing that is no dispense', () => {
    expect(escapeOf(movement('write-off', -10, frozenAt + 1), frozenAt)).toBeUndefined();
  });
});

describe('a recall is complete', () => {
  const after = (state: Recall['state'], passes: number, about: { changed?: boolean; totals?: RecallTotals } = {}) => {
    const r = recall({ state, passes });
    const now = frozenAt + settledMs + 1;
    const work = { ...beginPass(r, now), changed: false, totals: totals(), ...about };
    return endPass({ ...r, work }, work, now + 1_000);
  };
  test('after two counts that agree and add up', () => {
    expect(after('working', 1)).toMatchObject({ state: 'complete', passes: 2 });
    expect(after('working', 1).work).toBeUndefined();
  });
  test.each([
    ['one count', 0, {}],
    ['two that differ', 1, { changed: true }],
    ['two that do not add up', 1, { totals: totals({ wrong: 1 }) }],
  ])('not after %s: it is counted again', (_, passes, about) => {
    const next = after('working', passes, about);
    expect(next.state).toBe('working');
    expect(next.work?.pass).toBe(passes + 2);
  });
  test('never by a second count before what was under way at the freeze has ended', () => {
    const work = beginPass(recall({ passes: 1 }), frozenAt + 1_000);
    expect(Date.parse(work.notBefore)).toBe(frozenAt + settledMs);
  });
  test('as long as it adds up, whatever comes back later', () => {
    expect(after('complete', 2, { changed: true }).state).toBe('complete');
    expect(after('complete', 2, { totals: totals({ onHand: 1 }) }).state).toBe('working');
  });
});

describe('closing', () => {
  const by = (reason?: string) => ({ person: 'quality', reason });
  const complete = recall({ state: 'complete', passes: 2, totals: totals() });
  test('is refused before it is complete, twice, and without a reason for what nobody found', () => {
    expect(codeOf(() => closeRecall(recall(), by('late'), frozenAt))).toBe('recall-incomplete');
    expect(codeOf(() => closeRecall(complete, by(), frozenAt))).toBe('recall-incomplete');
    const closed = closeRecall({ ...complete, found: 60 }, by(), frozenAt);
    expect(closed.state).toBe('closed');
    expect(codeOf(() => closeRecall(closed, by(), frozenAt))).toBe('document-closed');
    expect(closeRecall(complete, by('burnt'), frozenAt).closed?.reason).toBe('burnt');
  });
  test('counts what was written off since the freeze as due, so that it had to be found first', () => {
    const sums = noSums();
    addMovements(sums, [movement('receipt', 100), movement('write-off', -60, frozenAt + 1)], frozenAt);
    const left = { ...complete, found: 60, totals: totals({ sums, onHand: 40 }) };
    expect(codeOf(() => closeRecall(left, by(), frozenAt))).toBe('recall-incomplete');
    expect(closeRecall({ ...left, found: 100 }, by(), frozenAt).state).toBe('closed');
  });
});
