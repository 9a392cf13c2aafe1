import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isStateKind } from './consumption.ts';
import { movementKinds } from './ledger.ts';
import { monthBeside, monthSpan } from './ledger-view.ts';
import type { Freeze } from './period.ts';
import { addGroups, entriesNeeded, type FactEntry, flowsOf, handedOver, noSums, tallyOf } from './stock-facts.ts';
import { dayMs, instant, tashkentDay } from './time.ts';

const month = '2026-10';
const { from, to } = monthSpan(month);
const end = to + 40 * dayMs;
const through = tashkentDay(to);
const begin = monthSpan('2026-08').from;

/** Entries of half a year around the month, some dated back by up to a month, in any order. */
const Entries = fc.array(
  fc.record({
    recorded: fc.integer({ min: begin, max: end }),
    back: fc.integer({ min: 0, max: 31 * dayMs }),
    isLate: fc.boolean(),
    kind: fc.constantFrom(...movementKinds.filter((kind) => !isStateKind(kind))),
    quantity: fc.integer({ min: -50, max: 50 }),
  }),
  { maxLength: 60 },
);
type Made = typeof Entries extends fc.Arbitrary<infer T> ? T : never;
const entriesOf = (made: Made): FactEntry[] =>
  made.map(({ recorded, back, isLate, kind, quantity }) => ({
    kind,
    quantity,
    at: instant(isLate ? Math.max(begin, recorded - back) : recorded),
    ...(isLate && { recordedAt: instant(recorded) }),
  }));
/** Months closed one after the other, some days after they ended. */
const Freezes = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 20 }))
  .map(([count, days]): Freeze[] =>
    ['2026-08', '2026-09', '2026-10']
      .slice(0, count)
      .map((one) => ({ month: one, at: instant(monthSpan(one).to + days * dayMs) })),
  );

/** As the maker gives them: what lay there before the months that are read, and every movement of those. */
const factOf = (all: readonly FactEntry[], of: { month: string; through: string; asOf: number; freezes: Freeze[] }) => {
  const needed = entriesNeeded(of, { wasBackdated: true });
  const base = all.filter(({ at }) => Date.parse(at) < needed.from).reduce((sum, m) => sum + m.quantity, 0);
  const tally = tallyOf(base, of);
  for (const entry of all)
    if (Date.parse(entry.at) >= needed.from && Date.parse(entry.at) <= needed.until) tally.add(entry);
  return tally.done();
};
const sumOf = (fact: ReturnType<typeof factOf>) =>
  flowsOf(fact).reduce((sum, [, , came, went]) => sum + came - went, 0);

test('opening and what every kind moved make the closing, whatever was entered late', () => {
  fc.assert(
    fc.property(Entries, Freezes, (made, freezes) => {
      const fact = factOf(entriesOf(made), { month, through, asOf: end, freezes });
      expect(fact.opening + sumOf(fact)).toBe(fact.closing);
      const groups = noSums();
      addGroups(groups, flowsOf(fact));
      expect(fact.opening + Object.values(groups).reduce((sum, n) => sum + n, 0)).toBe(fact.closing);
    }),
  );
});

test('a month opens with what the one before closed with, also where entries of one count in the other', () => {
  fc.assert(
    fc.property(Entries, Freezes, (made, freezes) => {
      const entries = entriesOf(made);
      const of = (one: string) => ({ month: one, through: tashkentDay(monthSpan(one).to), asOf: end, freezes });
      for (const one of ['2026-09', '2026-10'])
        expect(factOf(entries, of(monthBeside(one, 1))).opening).toBe(factOf(entries, of(one)).closing);
    }),
  );
});

test('the same movements say the same in any order', () => {
  fc.assert(
    fc.property(
      Entries.chain((made) => fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length }))),
      Freezes,
      ([made, shuffled], freezes) => {
        const of = { month, through, asOf: end, freezes };
        expect(factOf(entriesOf(shuffled), of)).toEqual(factOf(entriesOf(made), of));
      },
    ),
  );
});

test('days through one day and the days behind it are the month', () => {
  fc.assert(
    fc.property(Entries, fc.integer({ min: 1, max: 30 }), (made, day) => {
      const entries = entriesOf(made);
      const middle = `${month}-${String(day).padStart(2, '0')}`;
      const [part, whole] = [middle, through].map((last) =>
        factOf(entries, { month, through: last, asOf: end, freezes: [] }),
      );
      expect(whole?.days.filter(([d]) => d <= day)).toEqual(part?.days);
      const behind = whole?.days.filter(([d]) => d > day).reduce((sum, [, , came, went]) => sum + came - went, 0) ?? 0;
      expect((part?.closing ?? 0) + behind).toBe(whole?.closing);
    }),
  );
});

test('what is entered after the instant of which it tells changes nothing', () => {
  fc.assert(
    fc.property(Entries, fc.integer({ min: from, max: end }), Freezes, (made, asOf, freezes) => {
      const entries = entriesOf(made);
      const known = entries.filter(({ at, recordedAt = at }) => recordedAt <= instant(asOf));
      const of = { month, through, asOf, freezes };
      // what was not known has no part in what lay there before the months that are read either: nothing is dated there
      expect(factOf(entries, of).days).toEqual(factOf(known, of).days);
      expect(factOf(entries, of).late).toEqual(factOf(known, of).late);
    }),
  );
});

test('what was entered for a frozen month counts in the next one, on the day on which it was entered, and is marked', () => {
  const freezes = [{ month: '2026-09', at: '2026-10-03T00:00:00.000Z' }];
  const entry: FactEntry = {
    kind: 'dispense',
    quantity: -3,
    at: '2026-09-29T18:59:59.999Z',
    recordedAt: '2026-10-04T08:00:00.000Z',
  };
  const base: FactEntry = { kind: 'receipt', quantity: 10, at: '2026-09-01T08:00:00.000Z' };
  const of = (one: string) => ({ month: one, through: tashkentDay(monthSpan(one).to), asOf: end, freezes });
  expect(factOf([base, entry], of('2026-09'))).toEqual({ opening: 0, closing: 10, days: [[1, 'receipt', 10, 0]] });
  expect(factOf([base, entry], of('2026-10'))).toEqual({
    opening: 10,
    closing: 7,
    days: [],
    late: [[4, 'dispense', 0, 3]],
  });
});

test('use is what patients were given less what came back', () => {
  expect(
    handedOver([
      [1, 'dispense', 0, 20],
      [2, 'dispense-undone', 6, 0],
      [3, 'return', 4, 0],
      [4, 'write-off', 0, 9],
    ]),
  ).toBe(10);
});
