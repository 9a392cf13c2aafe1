import { describe, expect, test } from 'vitest';
import type { Actor } from './actor.ts';
import type { Dispense } from './dispense.ts';
import { firstPolicy } from './policy.ts';
import type { Prescription } from './prescription.ts';
import { answerErasure, askErasure, closingMs, type Erasure, keptBecause, setHold, stepErasure } from './privacy.ts';
import { Refusal } from './refusal.ts';
import { firstRetention, isOver, overBefore, overOn, requireRetention } from './retention.ts';

const now = Date.parse('2026-11-20T07:00:00.000Z');
const dayMs = 86_400_000;
const patient = '01KAGZ5V9YV1Q5T1M0E9J7R2CD';
const by = (person: string): Actor => ({
  person,
  name: person,
  role: 'admin',
  roles: ['admin'],
  reach: 'all',
  site: 'OF-1',
  rights: [],
  authTime: now / 1000,
  secondFactor: false,
});
const asked = { site: 'CL-1', checkedBy: 'doctor', document: 'pinfl' as const, reason: 'in writing' };
const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Refusal ? error.code : 'fault';
  }
};
const prescription = (more: Partial<Prescription> = {}): Prescription => ({
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
  number: '7K3QX2M9A4TV5',
  status: 'completed',
  version: 2,
  prescriber: 'doctor',
  clinic: 'CL-1',
  patient,
  issuedAt: '2026-11-01T07:00:00.000Z',
  validUntil: '2026-12-02T19:00:00.000Z',
  policy: 1,
  lines: [
    {
      line: 1,
      medicine: 'AMOX500CAP',
      class: 'rx',
      unit: 'capsule',
      dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' },
      quantity: 21,
      dispensed: 21,
      substitutionAllowed: true,
    },
  ],
  served: [],
  dispenses: 1,
  sealed: {},
  ...more,
});
const controlled = (more: Partial<Prescription> = {}) => {
  const p = prescription(more);
  return { ...p, lines: p.lines.map((line) => ({ ...line, class: 'potent' as const })) };
};
const dispense = (at: number): Dispense => ({
  id: '01KAGZ5V9YV1Q5T1M0E9J7R2CE.1',
  prescription: '01KAGZ5V9YV1Q5T1M0E9J7R2CE',
  n: 1,
  site: 'PH-1',
  person: 'pharmacist',
  at: new Date(at).toISOString(),
  status: 'completed',
  lines: [],
});
const keptOf = (p: Prescription, at = now, dispenses: readonly Dispense[] = []) =>
  keptBecause({ hold: undefined, prescriptions: [p], dispenses }, firstPolicy, at).map(({ why, until }) => [
    why,
    until,
  ]);

describe('what must be kept', () => {
  test('is an open prescription through its validity, and nothing of one that is closed', () => {
    expect(keptOf(prescription({ status: 'active' }))).toEqual([['open', '2026-12-03']]);
    expect(keptOf(prescription({ status: 'active' }), now + 20 * dayMs)).toEqual([]);
    expect(keptOf(prescription())).toEqual([]);
    expect(keptOf(prescription({ status: 'cancelled' }))).toEqual([]);
  });
  test('is a hand-over for as long as it may be taken back', () => {
    expect(keptOf(prescription(), now, [dispense(now - 3_600_000)])).toEqual([['undoable', '2026-11-21']]);
    expect(keptOf(prescription(), now, [dispense(now - 25 * 3_600_000)])).toEqual([]);
  });
  test('is a controlled medicine that was handed over, to the last day of its years', () => {
    expect(keptOf(controlled())).toEqual([['controlled', '2032-01-01']]);
    expect(keptOf(controlled({ dispenses: 0 }), now + 40 * dayMs)).toEqual([]);
    expect(keptOf(controlled(), Date.parse('2031-12-31T18:59:59.000Z'))).toEqual([['controlled', '2032-01-01']]);
    expect(keptOf(controlled(), Date.parse('2031-12-31T19:00:00.000Z'))).toEqual([]);
  });
});

describe('years', () => {
  test('are counted from the first of January after the year of the entry, by Tashkent’s days', () => {
    expect(overBefore(firstRetention, 'prescription', now)).toBe('2023-01-01');
    expect(overOn(firstRetention, 'prescription', '2022-12-31T18:59:59.000Z')).toBe('2026-01-01');
    expect(overOn(firstRetention, 'prescription', '2022-12-31T19:00:00.000Z')).toBe('2027-01-01');
    expect(isOver(firstRetention, 'prescription', '2022-12-31T18:59:59.000Z', now)).toBe(true);
    expect(isOver(firstRetention, 'prescription', '2022-12-31T19:00:00.000Z', now)).toBe(false);
  });
  test('of controlled medicines are never fewer than of others', () => {
    expect(codeOf(() => requireRetention({ ...firstRetention, controlledYears: 2 }))).toBe('policy-invalid');
    expect(codeOf(() => requireRetention(firstRetention))).toBeUndefined();
  });
});

describe('an erasure', () => {
  const first = askErasure(undefined, patient, by('admin'), asked, now);
  const yes = answerErasure(first, by('chief'), { yes: true }, now);
  const step = (erasure: Erasure, at: number, kept: Parameters<typeof stepErasure>[1] = []) =>
    stepErasure(erasure, kept, at);

  test('is answered by neither who asked nor who checked the document', () => {
    for (const person of ['admin', 'doctor'])
      expect(codeOf(() => answerErasure(first, by(person), { yes: true }, now))).toBe('signer-repeated');
    // whoever asked may call it off
    expect(answerErasure(first, by('admin'), { yes: false, reason: 'a slip' }, now).state).toBe('refused');
  });
  test('destroys nothing before a minute has gone by since nobody can open the patient any more', () => {
    const closing = step(yes, now);
    expect(closing.state).toBe('closing');
    expect(step(closing, now + closingMs - 1)).toBe(closing);
    expect(step(closing, now + closingMs)).toMatchObject({ state: 'shredded' });
  });
  test('goes back to waiting where something came in that minute, and begins the minute anew', () => {
    const closing = step(yes, now);
    const waiting = step(closing, now + closingMs, [{ why: 'open', until: '2026-12-21' }]);
    expect(waiting).toMatchObject({ state: 'waiting', kept: [{ why: 'open' }] });
    expect(waiting).not.toHaveProperty('closedAt');
    expect(step(waiting, now + closingMs, [{ why: 'open', until: '2026-12-21' }])).toBe(waiting);
    expect(step(waiting, now + 2 * closingMs)).toMatchObject({ state: 'closing' });
  });
  test('cannot be called off once the keys are about to go, and never afterwards', () => {
    const no = { yes: false as const, reason: 'changed my mind' };
    const closing = step(yes, now);
    const shredded = step(closing, now + closingMs);
    for (const one of [closing, shredded])
      expect(codeOf(() => answerErasure(one, by('chief'), no, now))).toBe('privacy-state');
    expect(codeOf(() => askErasure(shredded, patient, by('admin'), asked, now))).toBe('privacy-state');
  });
  test('waits for a hold, and a patient has one at a time', () => {
    const hold = setHold(undefined, patient, by('auditor'), 'a court asks', now);
    expect(codeOf(() => setHold(hold, patient, by('auditor'), 'again', now))).toBe('privacy-state');
    expect(keptBecause({ hold, prescriptions: [], dispenses: [] }, firstPolicy, now)).toEqual([{ why: 'hold' }]);
  });
});
