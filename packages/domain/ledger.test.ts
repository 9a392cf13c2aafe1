import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  atMonthEnd,
  dayEnd,
  effectiveAt,
  leastSince,
  monthOf,
  requireCovered,
  reversalNeedsSecond,
  ulidAt,
  ulidTime,
} from './ledger.ts';
import { Refusal } from './refusal.ts';
import { dayMs, dayStart, tashkentDay } from './time.ts';

const now = Date.parse('2026-11-21T07:00:00.000Z');

test('identifiers of a later instant sort after those of an earlier one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 47 }), fc.integer({ min: 0, max: 2 ** 47 }), (a, b) => {
      expect(ulidTime(a).length).toBe(10);
      expect(Math.sign(ulidTime(a).localeCompare(ulidTime(b)))).toBe(Math.sign(a - b));
    }),
  );
  expect(ulidAt('01KAGZ5V9YV1Q5T1M0E9J7R2CD', 1_469_918_176_385)).toBe('01ARYZ6S41V1Q5T1M0E9J7R2CD');
});

test('an entry that is dated back counts at the end of a day before today, as far as the policy goes', () => {
  const back = (day: string, days = 5) => {
    try {
      return effectiveAt({ day, reason: 'found later' }, days, now);
    } catch (error) {
      return (error as Refusal).code;
    }
  };
  expect(effectiveAt(undefined, 5, now)).toBe(now);
  expect(back('2026-11-20')).toBe(dayStart('2026-11-21') - 1);
  expect(back('2026-11-16')).toBe(dayEnd('2026-11-16'));
  expect([back('2026-11-21'), back('2026-11-22'), back('2026-11-15'), back('2026-11-20', 0)]).toEqual(
    Array.from({ length: 4 }, () => 'backdate-too-far'),
  );
  expect(tashkentDay(dayEnd('2026-11-16'))).toBe('2026-11-16');
});

test('what may be taken at an earlier day is the least that has lain there since, found from now backwards', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 12 }), (opening, wanted) => {
      let balance = opening;
      const balances = [opening];
      const movements = wanted.flatMap((quantity, i) => {
        if (balance + quantity < 0) return [];
        balance += quantity;
        balances.push(balance);
        return [{ id: ulidAt('01KAGZ5V9YV1Q5T1M0E9J7R2CD', now + i * dayMs), quantity }];
      });
      const shuffled = [...movements].reverse();
      expect(leastSince(balance, shuffled)).toBe(Math.min(...balances));
    }),
  );
  expect(() => requireCovered(4, 5, '/lines/0')).toThrow(Refusal);
  expect(() => requireCovered(5, 5, '/lines/0')).not.toThrow();
});

test('a month is Tashkent’s, and its end knows nothing of what came after', () => {
  expect(monthOf(Date.parse('2026-10-31T18:59:59.999Z'))).toBe('2026-10');
  expect(monthOf(Date.parse('2026-10-31T19:00:00.000Z'))).toBe('2026-11');
  const sums = { net: { '2026-09': 100, '2026-11': -30, '2027-01': -70 }, used: {}, sent: {} };
  expect(['2026-08', '2026-09', '2026-10', '2026-11', '2027-01'].map((m) => atMonthEnd(sums, m))).toEqual([
    0, 100, 100, 70, 0,
  ]);
});

test.each([
  ['who entered it, in time', { person: 'a', controlled: false }, 24, false],
  ['who entered it, too late', { person: 'a', controlled: false }, 23, true],
  ['somebody else', { person: 'b', controlled: false }, 24, true],
  ['who entered it, of a controlled medicine', { person: 'a', controlled: true }, 24, true],
] as const)('a movement taken back by %s asks for a second person or not', (_, by, hours, second) => {
  const at = new Date(now - 24 * 3_600_000).toISOString();
  expect(reversalNeedsSecond({ person: 'a', at }, { ...by, hours }, now)).toBe(second);
});

test('a movement that was dated back is young from the instant at which it was written', () => {
  const [at, recordedAt] = ['2026-11-15T18:59:59.999Z', '2026-11-21T06:00:00.000Z'];
  const by = { person: 'a', controlled: false, hours: 24 };
  expect(reversalNeedsSecond({ person: 'a', at, recordedAt }, by, now)).toBe(false);
  expect(reversalNeedsSecond({ person: 'a', at }, by, now)).toBe(true);
});
