import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CareDay,
  type CareLine,
  careOfCohort,
  careOfDay,
  outcomes,
  type Placed,
  type PrescriptionGist,
  presentedBy,
  sumCare,
} from './care-facts.ts';
import type { Event } from './event.ts';
import type { Prescription } from './prescription.ts';

const id = '01KAGZ5V9YV1Q5T1M0E9J7R2CD';
const line = (n: number, more: Partial<PrescriptionGist['lines'][number]> = {}) =>
  ({
    line: n,
    medicine: n === 1 ? 'AMOX500CAP' : 'PARA500TAB',
    class: 'rx',
    unit: 'capsule',
    dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' },
    quantity: 21,
    dispensed: 0,
    substitutionAllowed: true,
    ...more,
  }) as PrescriptionGist['lines'][number];
const stored = (more: Partial<Prescription> = {}): Prescription =>
  ({
    id,
    number: 'GMQRNAY232P8Y',
    status: 'active',
    version: 1,
    prescriber: 'doctor',
    clinic: 'CL-1',
    patient: 'patient-1',
    issuedAt: '2026-11-02T05:00:00.000Z',
    validUntil: '2026-11-12T19:00:00.000Z',
    policy: 1,
    lines: [line(1), line(2)],
    served: [],
    dispenses: 0,
    sealed: {},
    ...more,
  }) as Prescription;

let n = 0;
const nextId = (): string => {
  n += 1;
  return `E${String(n).padStart(6, '0')}`;
};
const placed = (type: Event['type'], changes: Event['changes'], more: Partial<Event> = {}, subject = 'x'): Placed => ({
  subject,
  event: {
    id: nextId(),
    at: '2026-11-02T06:00:00.000Z',
    type,
    actor: { person: 'pharmacist', role: 'pharmacist', site: 'PH-1' },
    changes,
    ...more,
  },
});
const day = (events: readonly Placed[], p: PrescriptionGist = stored()): CareDay => ({
  day: '2026-11-02',
  events,
  prescriptions: new Map([[p.id, p]]),
  dispenses: new Map(),
});
const handed = (lines: object[], notDispensed?: object[]) =>
  placed('prescription-dispensed', { id: `${id}.1`, lines, ...(notDispensed && { notDispensed }) });
const of = (lines: readonly CareLine[], what: CareLine['what']) => lines.filter((l) => l.what === what);

describe('a day', () => {
  test('counts what was handed over in full and in part, swapped, chosen and refused, each with its medicine', () => {
    const lines = careOfDay(
      day([
        handed(
          [
            { line: 1, medicine: 'AMOX500CAP', quantity: 21, substitution: { from: 'A', to: 'B' } },
            { line: 2, medicine: 'PARA500TAB', quantity: 5, reason: 'the box was open' },
          ],
          [{ line: 2, reason: 'out-of-stock' }],
        ),
      ]),
    );
    expect(of(lines, 'dispensed')).toMatchObject([{ medicine: 'AMOX500CAP', prescriber: 'doctor', n: 1, units: 21 }]);
    expect(of(lines, 'part')).toMatchObject([{ medicine: 'PARA500TAB', clinic: 'CL-1', n: 1, units: 5 }]);
    expect(of(lines, 'substituted')).toMatchObject([{ medicine: 'AMOX500CAP', reason: 'A → B' }]);
    expect(of(lines, 'lot-chosen')).toMatchObject([{ medicine: 'PARA500TAB', n: 1 }]);
    expect(of(lines, 'not-dispensed')).toMatchObject([{ medicine: 'PARA500TAB', reason: 'out-of-stock' }]);
  });

  test('says of passed warnings which kind and medicine, and of those about the patient neither', () => {
    const p = stored({ overridden: ['interaction:R1:AMOX500CAP+WARF5TAB'] });
    const issued = placed(
      'prescription-issued',
      { warnings: 3, lines: [{ line: 1, medicine: 'AMOX500CAP', quantity: 21 }] },
      { actor: { person: 'doctor', role: 'doctor', site: 'CL-1' } },
      `PRESCRIPTION#${id}`,
    );
    const lines = careOfDay(day([issued], p));
    expect(of(lines, 'prescribed')).toMatchObject([{ n: 1, reason: 'warned' }]);
    expect(of(lines, 'overridden')).toMatchObject([
      { reason: 'interaction', medicine: 'AMOX500CAP', n: 1 },
      { reason: 'sealed', n: 2 },
    ]);
  });

  test('tells a look that was served from one that nothing followed, and from a miss', () => {
    const look = (at: string, changes: Event['changes']) => placed('prescription-looked-up', changes, { at });
    const lines = careOfDay(
      day([
        look('2026-11-02T05:59:00.000Z', { prescription: id, by: 'code' }),
        handed([{ line: 1, medicine: 'AMOX500CAP', quantity: 21 }]),
        look('2026-11-02T06:01:00.000Z', { prescription: id, by: 'number' }),
        look('2026-11-02T06:02:00.000Z', { found: 0 }),
        // several have this name, and none of them was shown
        look('2026-11-02T06:03:00.000Z', { found: 2, by: 'name' }),
      ]),
    );
    expect(of(lines, 'look-served')).toMatchObject([{ reason: 'code', n: 1 }]);
    expect(of(lines, 'look-idle')).toMatchObject([{ reason: 'number', n: 1 }]);
    expect(of(lines, 'look-missed')).toMatchObject([{ reason: 'name', n: 1 }, { n: 1 }]);
  });

  test('holds neither a patient nor anything that somebody wrote', () => {
    const lines = careOfDay(
      day([
        handed([{ line: 1, medicine: 'AMOX500CAP', quantity: 1, reason: 'secret words' }]),
        placed('patient-looked-up', { by: 'pinfl', found: 1, patient: 'patient-1' }, { reason: 'secret words' }),
      ]),
    );
    expect(lines.length).toBeGreaterThan(2);
    expect(JSON.stringify(lines)).not.toMatch(/patient-1|secret/);
  });
});

const someLine = fc.record({
  day: fc.constantFrom('2026-11-01', '2026-11-02'),
  what: fc.constantFrom('issued' as const, 'dispensed' as const),
  person: fc.constantFrom('doctor', 'pharmacist'),
  medicine: fc.constantFrom('AMOX500CAP', 'PARA500TAB'),
  n: fc.integer({ min: 1, max: 9 }),
  units: fc.nat(99),
});

test('days add up to the month in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(someLine, { maxLength: 40 }), fc.array(fc.nat(), { maxLength: 40 }), (lines, order) => {
      const shuffled = lines.map((l, i) => [order[i] ?? i, l] as const).sort((a, b) => a[0] - b[0]);
      const whole = sumCare(lines);
      expect(sumCare(shuffled.map(([, l]) => l))).toEqual(whole);
      const byDay = ['2026-11-02', '2026-11-01'].flatMap((one) => sumCare(lines.filter((l) => l.day === one)));
      expect(sumCare(byDay)).toEqual(whole);
      expect(whole.reduce((sum, l) => sum + l.n, 0)).toBe(lines.reduce((sum, l) => sum + l.n, 0));
    }),
  );
});

describe('what became of lines', () => {
  const before = Date.parse('2026-11-05T05:00:00.000Z');
  const after = Date.parse('2026-12-05T05:00:00.000Z');
  const became = (p: Prescription, now: number, how: Parameters<typeof careOfCohort>[2] = new Map()) =>
    careOfCohort('2026-11-02', [p], how, now).map(({ outcome, reason, pharmacy }) => [outcome, reason, pharmacy]);

  test('each line is in exactly one outcome, whatever happened', () => {
    const reasons = fc.constantFrom('out-of-stock' as const, 'patient-refused' as const, undefined);
    const someLineOf = (nth: number) =>
      fc.record({ dispensed: fc.constantFrom(0, 5, 21), reason: reasons }).map(({ dispensed, reason }) =>
        line(nth, {
          dispensed,
          ...(reason && {
            notDispensed: { reason, closed: reason === 'patient-refused', site: 'PH-1', n: 1 },
          }),
        }),
      );
    fc.assert(
      fc.property(
        someLineOf(1),
        someLineOf(2),
        fc.constantFrom('active' as const, 'partially-dispensed' as const, 'cancelled' as const, 'completed' as const),
        fc.constantFrom(before, after),
        (one, two, status, now) => {
          const lines = careOfCohort('2026-11-02', [stored({ lines: [one, two], status })], new Map(), now);
          expect(lines.reduce((sum, l) => sum + l.n, 0)).toBe(2);
          expect(lines.every(({ outcome }) => outcome !== undefined && outcomes.includes(outcome))).toBe(true);
          const open = lines.filter(({ outcome }) => outcome === 'open' || outcome === 'begun');
          expect(now === after ? open : []).toEqual([]);
        },
      ),
    );
  });

  test('nobody’s words are put into the mouth of silence: it is said how far the prescription came', () => {
    const seen = (how: 'presented' | 'claimed') => new Map([[id, { how, site: 'PH-2' }]]);
    const one = stored({ lines: [line(1)] });
    expect(became(one, before)).toEqual([['open', 'never-presented', undefined]]);
    expect(became(one, after)).toEqual([['expired', 'never-presented', undefined]]);
    expect(became(one, after, seen('presented'))).toEqual([['expired', 'presented', 'PH-2']]);
    expect(became(one, after, seen('claimed'))).toEqual([['expired', 'claimed', 'PH-2']]);
  });

  test('a reason that a pharmacy gave stays with the line, and names the pharmacy', () => {
    const said = (reason: 'out-of-stock' | 'patient-refused', closed: boolean) =>
      stored({ dispenses: 1, lines: [line(1, { notDispensed: { reason, closed, site: 'PH-1', n: 1 } })] });
    expect(became(said('out-of-stock', false), before)).toEqual([['open', 'out-of-stock', 'PH-1']]);
    expect(became(said('out-of-stock', false), after)).toEqual([['expired', 'out-of-stock', 'PH-1']]);
    expect(became(said('patient-refused', true), before)).toEqual([['not-dispensed', 'patient-refused', 'PH-1']]);
  });

  test('of a repeat the line counts once, dispensed when every issue was', () => {
    const repeat = { issues: 2, everyDays: 5, current: 2, past: [[21]] };
    const p = stored({ lines: [line(1, { dispensed: 21 })], repeat, status: 'completed', dispenses: 2 });
    expect(became(p, before)).toEqual([['dispensed', undefined, undefined]]);
    const half = stored({ lines: [line(1, { dispensed: 3 })], repeat, status: 'partially-dispensed', dispenses: 2 });
    expect(became(half, after)[0]?.[0]).toBe('part');
  });

  test('a look or a claim at a counter is how far it came; a doctor’s own look is not', () => {
    const by = (type: Event['type'], role: 'doctor' | 'pharmacist', site: string) =>
      placed(type, {}, { actor: { person: role, role, site } }).event;
    expect(presentedBy([by('prescription-looked-up', 'doctor', 'CL-1')])).toEqual({ how: 'never-presented' });
    expect(
      presentedBy([
        by('prescription-claimed', 'pharmacist', 'PH-1'),
        by('prescription-looked-up', 'pharmacist', 'PH-2'),
      ]),
    ).toEqual({ how: 'claimed', site: 'PH-2' });
  });
});
