import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from './actor.ts';
import { firstPolicy } from './policy.ts';
import type { Outcome, Prescription } from './prescription.ts';
import * as rules from './prescription.ts';
import { Refusal } from './refusal.ts';
import { repeatView, windowAt, windowOf } from './repeat.ts';
import { dayMs, instant, tashkentDay, validUntil } from './time.ts';

const start = Date.parse('2026-11-20T07:00:00.000Z');
const here: Actor = {
  person: 'pharmacist',
  name: 'pharmacist',
  role: 'pharmacist',
  roles: ['pharmacist'],
  reach: 'all',
  site: 'PH-1',
  rights: [],
  authTime: 0,
  secondFactor: false,
};

/** Three issues of ten tablets and five capsules, a new one every thirty days. */
const fresh = (issues = 3, everyDays = 30): Prescription => ({
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CD',
  number: 'ABCDEFGHJKMNP',
  status: 'active',
  version: 1,
  prescriber: 'doctor',
  clinic: 'CL-1',
  patient: 'P',
  issuedAt: instant(start),
  validUntil: instant(validUntil(start, issues * everyDays)),
  policy: 1,
  lines: [10, 5].map((quantity, i) => ({
    line: i + 1,
    medicine: `MED${i}`,
    class: 'rx',
    unit: 'tablet',
    dosage: { amount: 1, unit: 'tablet', timesPerDay: 1, days: quantity, route: 'oral' },
    quantity,
    dispensed: 0,
    substitutionAllowed: true,
  })),
  repeat: { issues, everyDays, current: 1, past: [] },
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
const give = (p: Prescription, now: number, lines: rules.LineOutcome[]): Prescription => {
  rules.requireDispensable(p, here, lines, now);
  return rules.dispense(p, { site: here.site, lines }, now);
};
const whole: rules.LineOutcome[] = [
  { line: 1, quantity: 10 },
  { line: 2, quantity: 5 },
];
const opensAt = (p: Prescription, issue: number): number =>
  Date.parse(windowOf(p, { issues: 3, everyDays: 30 }, issue).from);

describe('a repeat', () => {
  test('opens each issue at midnight in Tashkent, and hands over none before', () => {
    const first = give(fresh(), start, whole);
    const second = opensAt(first, 2);
    expect([tashkentDay(second), tashkentDay(second - 1)]).toEqual(['2026-12-20', '2026-12-19']);
    expect([first.status, first.opensAt]).toEqual(['partially-dispensed', instant(second)]);
    expect(code(() => give(first, second - 1, whole))).toBe('not-yet-open');
    expect(code(() => rules.claim(first, here, firstPolicy, second - 1))).toBe('not-yet-open');
    expect(code(() => give(first, second, whole))).toBe('not refused');
  });

  test('hands each issue over once, and is completed with the last', () => {
    let p = fresh();
    for (const issue of [1, 2, 3]) {
      const now = issue === 1 ? start : opensAt(p, issue);
      p = give(p, now, whole);
      expect(code(() => give(p, now, whole))).toBe(issue === 3 ? 'prescription-completed' : 'not-yet-open');
    }
    expect([p.status, p.repeat?.past]).toEqual([
      'completed',
      [
        [10, 5],
        [10, 5],
      ],
    ]);
  });

  test('lets what was not collected in its window lapse, so that nobody gets two issues at once', () => {
    const late = opensAt(fresh(), 3);
    const p = give(give(fresh(), start, [{ line: 1, quantity: 4 }]), late, whole);
    expect([p.status, p.repeat?.past, p.lines.map((l) => l.dispensed)]).toEqual([
      'completed',
      [
        [4, 0],
        [0, 0],
      ],
      [10, 5],
    ]);
  });

  test('ends with its validity: expired where nothing was collected, completed where something was', () => {
    const end = Date.parse(fresh().validUntil);
    expect(rules.statusAt(fresh(), end)).toBe('expired');
    expect(rules.statusAt(give(fresh(), start, whole), end)).toBe('completed');
  });

  test('takes a dispense back into the issue that it belongs to', () => {
    const outcomes: Outcome[] = [];
    let p = fresh();
    const dispense = (now: number, lines: rules.LineOutcome[]) => {
      const issue = rules.asOf(p, now).repeat?.current;
      p = give(p, now, lines);
      outcomes.push({ n: p.dispenses, site: here.site, issue, lines });
    };
    dispense(start, whole);
    const second = opensAt(p, 2);
    dispense(second, [{ line: 1, quantity: 3 }]);
    const undone = rules.undo(p, 1, outcomes, second);
    expect([undone.repeat?.past, undone.lines.map((l) => l.dispensed)]).toEqual([[[0, 0]], [3, 0]]);
    const both = rules.undo(undone, 2, outcomes.slice(1), second);
    expect([both.status, both.lines.map((l) => l.dispensed)]).toEqual(['active', [0, 0]]);
  });

  test('shows each issue with its first and last day', () => {
    const repeat = { issues: 3, everyDays: 30, current: 2, past: [[10, 5]] };
    const { windows } = repeatView(fresh(), repeat, [1, 0]);
    expect(windows.map(({ from, until, dispensed }) => [from, until, dispensed])).toEqual([
      ['2026-11-20', '2026-12-19', [10, 5]],
      ['2026-12-20', '2027-01-18', [1, 0]],
      ['2027-01-19', '2027-02-18', [0, 0]],
    ]);
  });
});

test('windows follow each other without a gap, whatever the numbers', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 1, max: 45 }),
      fc.integer({ min: 0, max: 600 }),
      (issues, everyDays, day) => {
        const p = fresh(issues, everyDays);
        const repeat = { issues, everyDays };
        const now = start + day * dayMs;
        const issue = windowAt(p, repeat, now);
        for (let i = 1; i < issues; i += 1) expect(windowOf(p, repeat, i).until).toBe(windowOf(p, repeat, i + 1).from);
        const { from, until } = windowOf(p, repeat, issue);
        expect(Date.parse(from)).toBeLessThanOrEqual(now);
        if (now < Date.parse(p.validUntil)) expect(now).toBeLessThan(Date.parse(until));
      },
    ),
  );
});
