import { describe, expect, test } from 'vitest';
import {
  decidedCase,
  extendedCase,
  notedCase,
  openedCase,
  type PlacedFinding,
  reopenedCase,
  takenCase,
} from './case.ts';
import { Refusal } from './refusal.ts';

const now = Date.parse('2026-11-20T10:00:00.000Z');
const finding = (day: string, score = 60, events = [`e-${day}`]): PlacedFinding => ({
  rule: 'clock-drift',
  subject: { kind: 'person', id: 'pharmacist' },
  day,
  score,
  evidence: events,
  statistics: { days: 2, seconds: score },
  places: events.map((event) => ({
    event,
    at: `${day}T05:00:00.000Z`,
    kind: 'clock-read',
    person: 'pharmacist',
    site: 'PH-0001',
  })),
});
const opened = openedCase('0'.repeat(24), finding('2026-11-10'), now);
const taken = takenCase(opened, 'auditor');
const founded = { outcome: 'confirmed', reason: 'Seen on the spot' } as const;
const decided = decidedCase(taken, 'auditor', founded, now);
const refused = (act: () => unknown): string | undefined => {
  try {
    act();
  } catch (error) {
    return error instanceof Refusal ? error.code : undefined;
  }
  return undefined;
};

describe('a case', () => {
  test('is taken, noted and taken up again by anybody but whom it is about, alone or as one of two', () => {
    const about = { ...finding('2026-11-10'), subject: { kind: 'pair', id: 'doctor+auditor' } } as const;
    const ofBoth = openedCase('1'.repeat(24), about, now);
    expect(refused(() => takenCase(opened, 'pharmacist'))).toBe('not-allowed');
    expect(refused(() => notedCase(opened, 'pharmacist', 'it was not me', now))).toBe('not-allowed');
    expect(refused(() => reopenedCase(decided, 'pharmacist'))).toBe('not-allowed');
    expect(refused(() => takenCase(ofBoth, 'auditor'))).toBe('not-allowed');
    expect(takenCase(ofBoth, 'auditor2').owner).toBe('auditor2');
  });

  test('gathers the days of a month, each once, and keeps the highest score and the latest numbers', () => {
    const two = extendedCase(opened, finding('2026-11-12', 80)) as typeof opened;
    expect(two).toMatchObject({ days: ['2026-11-10', '2026-11-12'], score: 80, statistics: { seconds: 80 } });
    expect(extendedCase(two, finding('2026-11-12', 90))).toBeUndefined();
    const three = extendedCase(two, finding('2026-11-11', 55, ['e-2026-11-10', 'e-new']));
    expect(three).toMatchObject({ score: 80, statistics: { seconds: 80 } });
    expect(three?.evidence.map(({ event }) => event)).toEqual(['e-2026-11-10', 'e-2026-11-12', 'e-new']);
  });

  test('is decided by whom it belongs to, and by nobody before it is somebody’s', () => {
    expect(decided).toMatchObject({ state: 'decided', decision: { outcome: 'confirmed', person: 'auditor' } });
    expect(refused(() => decidedCase(opened, 'auditor', founded, now))).toBe('case-state');
    expect(refused(() => decidedCase(taken, 'auditor2', founded, now))).toBe('case-not-yours');
    expect(refused(() => decidedCase(decided, 'auditor', founded, now))).toBe('case-state');
  });

  test('can be taken over by somebody else, and not by the same person again', () => {
    expect(takenCase(taken, 'auditor2').owner).toBe('auditor2');
    expect(refused(() => takenCase(taken, 'auditor'))).toBe('case-state');
    expect(refused(() => takenCase(decided, 'auditor2'))).toBe('case-state');
  });

  test('takes notes until it is decided, a hundred at most', () => {
    expect(notedCase(opened, 'auditor', 'Asked the pharmacy', now).notes).toHaveLength(1);
    expect(refused(() => notedCase(decided, 'auditor', 'Too late', now))).toBe('case-state');
    const full = Array.from({ length: 100 }).reduce<typeof opened>(
      (one) => notedCase(one, 'auditor', 'Again', now),
      opened,
    );
    expect(refused(() => notedCase(full, 'auditor', 'Once more', now))).toBe('case-state');
  });

  test('is taken up again with its decision kept, and with it the silence ends', () => {
    const silenced = decidedCase(
      taken,
      'auditor',
      { outcome: 'not-founded', reason: 'A specialist', silentDays: 30 },
      now,
    );
    expect(silenced.decision?.silentUntil).toBe('2026-12-20');
    const again = reopenedCase(silenced, 'auditor2');
    expect(again).toMatchObject({ state: 'taken', owner: 'auditor2', past: [{ outcome: 'not-founded' }] });
    expect(again.decision).toBeUndefined();
    expect(refused(() => reopenedCase(taken, 'auditor'))).toBe('case-state');
  });

  test('is silenced by nothing but a decision that nothing was founded', () => {
    const one = decidedCase(taken, 'auditor', { ...founded, silentDays: 30 }, now);
    expect(one.decision?.silentUntil).toBeUndefined();
  });

  test('keeps its decision where something more is found afterwards', () => {
    expect(extendedCase(decided, finding('2026-11-14'))).toMatchObject({ state: 'decided', days: { length: 2 } });
  });
});
