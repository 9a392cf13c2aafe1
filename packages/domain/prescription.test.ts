import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from './actor.ts';
import { firstPolicy } from './policy.ts';
import type { Prescription } from './prescription.ts';
import * as rules from './prescription.ts';
import { Refusal } from './refusal.ts';
import { instant } from './time.ts';

const start = Date.parse('2026-11-20T07:00:00.000Z');
const end = Date.parse('2026-12-20T19:00:00.000Z');
const minute = 60_000;

const by = (person: string, site: string): Actor => ({
  person,
  name: person,
  role: 'pharmacist',
  roles: ['pharmacist'],
  reach: 'all',
  site,
  rights: [],
  authTime: 0,
  secondFactor: false,
});
const here = by('pharmacist', 'PH-1');
const there = by('pharmacist2', 'PH-2');
const prescriber = by('doctor', 'CL-1');

const fresh = (quantities: number[] = [21]): Prescription => ({
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CD',
  number: 'ABCDEFGHJKMNP',
  status: 'active',
  version: 1,
  prescriber: 'doctor',
  clinic: 'CL-1',
  patient: 'P',
  issuedAt: instant(start),
  validUntil: instant(end),
  policy: 1,
  lines: quantities.map((quantity, i) => ({
    line: i + 1,
    medicine: `MED${i}`,
    class: 'rx',
    unit: 'tablet',
    dosage: { amount: 1, unit: 'tablet', timesPerDay: 1, days: quantity, route: 'oral' },
    quantity,
    dispensed: 0,
    substitutionAllowed: true,
  })),
  dispenses: 0,
  served: [],
  sealed: {},
});

const code = (run: () => unknown): unknown => {
  try {
    run();
    return 'not refused';
  } catch (error) {
    return error instanceof Refusal ? error.code : error;
  }
};

const given = (p: Prescription, lines: rules.LineOutcome[], now = start) =>
  rules.dispense(p, { site: 'PH-1', lines }, now);

describe('a claim', () => {
  const claimed = rules.claim(fresh(), here, firstPolicy, start);

  test('ends by itself and gives the earlier status back', () => {
    expect(rules.statusAt(claimed, start + 30 * minute - 1)).toBe('claimed');
    expect(rules.statusAt(claimed, start + 30 * minute)).toBe('active');
    const partly = given(fresh(), [{ line: 1, quantity: 5 }]);
    const again = rules.claim(partly, here, firstPolicy, start);
    expect(rules.statusAt(again, start + 1)).toBe('claimed');
    expect(rules.statusAt(again, start + 30 * minute)).toBe('partially-dispensed');
  });

  test('never outlives the validity', () => {
    const late = rules.claim(fresh(), here, firstPolicy, end - minute);
    expect(late.claim?.until).toBe(instant(end));
    expect(rules.statusAt(late, end)).toBe('expired');
  });

  test('keeps another site from claiming, releasing and dispensing, and the own site from nothing', () => {
    expect(code(() => rules.claim(claimed, there, firstPolicy, start))).toBe('claimed-elsewhere');
    expect(code(() => rules.release(claimed, there, start))).toBe('claimed-elsewhere');
    expect(code(() => rules.requireDispensable(claimed, there, [{ line: 1, quantity: 1 }], start))).toBe(
      'claimed-elsewhere',
    );
    expect(code(() => rules.requireDispensable(claimed, here, [{ line: 1, quantity: 1 }], start))).toBe('not refused');
  });
});

describe('a cancellation', () => {
  test('takes what is left at once where nobody holds a claim', () => {
    const cancelled = rules.cancel(fresh(), prescriber, 'wrong', start);
    expect([cancelled.status, rules.statusAt(cancelled, start)]).toEqual(['cancelled', 'cancelled']);
    expect(code(() => rules.claim(cancelled, here, firstPolicy, start))).toBe('prescription-cancelled');
  });

  test('is a request under a claim, stops the hand-over, and holds when the claim is released or lapses', () => {
    const asked = rules.cancel(rules.claim(fresh(), here, firstPolicy, start), prescriber, 'wrong', start);
    expect([rules.statusAt(asked, start), rules.cancelRequested(asked, start)]).toEqual(['claimed', true]);
    expect(code(() => rules.requireDispensable(asked, here, [{ line: 1, quantity: 1 }], start))).toBe(
      'cancel-requested',
    );
    expect(code(() => rules.claim(asked, here, firstPolicy, start))).toBe('cancel-requested');
    expect(rules.release(asked, here, start).status).toBe('cancelled');
    expect(rules.statusAt(asked, start + 30 * minute)).toBe('cancelled');
    expect(rules.statusAt(asked, end + minute)).toBe('cancelled');
  });

  test('is refused once nothing is left to cancel', () => {
    const done = given(fresh(), [{ line: 1, quantity: 21 }]);
    expect(code(() => rules.cancel(done, prescriber, 'late', start))).toBe('prescription-completed');
    expect(code(() => rules.cancel(fresh(), prescriber, 'late', end))).toBe('prescription-expired');
  });
});

describe('line statuses', () => {
  test('say what became of each line when the prescription closes', () => {
    const partly = given(fresh([10, 10, 10]), [
      { line: 1, quantity: 10 },
      { line: 2, quantity: 4 },
    ]);
    const at = (p: Prescription, now: number) => {
      const status = rules.statusAt(p, now);
      return p.lines.map((l) => rules.lineStatusAt(l, status, now >= end));
    };
    expect(at(partly, start)).toEqual(['dispensed', 'partially-dispensed', 'to-dispense']);
    expect(at(partly, end)).toEqual(['dispensed', 'expired', 'expired']);
    expect(at(rules.cancel(partly, prescriber, 'stop', start), start)).toEqual(['dispensed', 'cancelled', 'cancelled']);
  });
});

test('whatever is done in whatever order: never more than owed, undone means as before, closed stays closed', () => {
  const step = fc.oneof(
    fc.record({
      do: fc.constant('dispense' as const),
      line: fc.integer({ min: 1, max: 3 }),
      quantity: fc.integer({ min: 1, max: 12 }),
      site: fc.constantFrom(here, there),
    }),
    fc.record({ do: fc.constant('undo' as const), which: fc.nat(9) }),
    fc.record({ do: fc.constant('claim' as const), site: fc.constantFrom(here, there) }),
    fc.record({ do: fc.constant('release' as const), site: fc.constantFrom(here, there) }),
    fc.record({ do: fc.constant('cancel' as const) }),
    fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 29, 31, 60 * 24 * 29) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let p = fresh([10, 5, 7]);
      let now = start;
      const stands: { n: number; site: string; lines: rules.LineHandOver[] }[] = [];
      for (const s of steps) {
        const before = p;
        const closedBefore = ['completed', 'cancelled', 'expired'].includes(rules.statusAt(p, now));
        try {
          if (s.do === 'wait') now += s.minutes * minute;
          else if (s.do === 'claim') p = rules.claim(p, s.site, firstPolicy, now);
          else if (s.do === 'release') p = rules.release(p, s.site, now);
          else if (s.do === 'cancel') p = rules.cancel(p, prescriber, 'stop', now);
          else if (s.do === 'dispense') {
            rules.requireDispensable(p, s.site, [s], now);
            const outcome = { site: s.site.site, lines: [{ line: s.line, quantity: s.quantity }] };
            p = rules.dispense(p, outcome, now);
            stands.push({ n: p.dispenses, ...outcome });
          } else if (stands.length > 0) {
            const [taken] = stands.splice(s.which % stands.length, 1);
            p = rules.undo(p, taken?.n ?? 0, stands, now);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
          expect(p).toBe(before);
        }
        if (s.do !== 'undo' && s.do !== 'wait') {
          if (closedBefore) expect(p).toBe(before);
          if (p !== before) expect(p.version).toBe(before.version + 1);
        }
        for (const line of p.lines) {
          const handedOver = stands
            .flatMap((d) => d.lines)
            .filter((d) => d.line === line.line)
            .reduce((sum, d) => sum + d.quantity, 0);
          expect(line.dispensed).toBe(handedOver);
          expect(line.dispensed).toBeLessThanOrEqual(line.quantity);
        }
      }
    }),
    { numRuns: process.env.NIGHTLY ? 20_000 : 1_000 },
  );
});
