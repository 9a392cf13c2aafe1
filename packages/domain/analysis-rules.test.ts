import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chanceOfAtLeast, firstAnalysis, lowerShare, windowOf } from './analysis.ts';
import type { Fact, FactLine } from './analysis-facts.ts';
import { analyse } from './analysis-rules.ts';
import { dayMs, dayStart } from './time.ts';

const day = '2026-10-28';
const limits = firstAnalysis;
/** Hours of days before the analysed one, in Tashkent. */
const at = (daysBefore: number, hour = 12): number => dayStart(day) - daysBefore * dayMs + hour * 3_600_000;

let made = 0;
type Made = Partial<Fact> & Pick<Fact, 'kind' | 'at'>;
const fact = (one: Made): Fact => {
  made += 1;
  return { id: `e${made}`, person: 'somebody', site: 'PH-0001', ...one };
};
const line = (more: Partial<FactLine> = {}): FactLine => ({
  substance: 'N02AX02',
  watched: true,
  quantity: 20,
  days: 10,
  ...more,
});
const dispensed = (more: Partial<Fact> & Pick<Fact, 'at'>): Fact => {
  const one = fact({ kind: 'dispensed', lines: [line()], prescriber: 'doctor-1', clinic: 'CL-0001', ...more });
  return { prescription: `p-${one.id}`, patient: `patient-${one.id}`, ...one };
};
const rules = (facts: readonly Fact[], of = limits) =>
  analyse(facts, day, of).map(({ rule, subject }) => `${rule} ${subject.id}`);
const times = <T>(many: number, make: (n: number) => T): T[] => Array.from({ length: many }, (_, n) => make(n));

// --- each rule's edge ------------------------------------------------------------------------------------------------

/** Courses of ten days of one patient, on these days before, by these prescribers. */
const courses = (of: readonly (readonly [daysBefore: number, prescriber: string])[]) =>
  of.map(([before, prescriber]) => dispensed({ at: at(before), patient: 'patient-1', prescriber }));

test('a patient whose courses overlap by two prescribers twice is found, once is not', () => {
  expect(
    rules(
      courses([
        [10, 'a'],
        [5, 'b'],
        [0, 'a'],
      ]),
    ),
  ).toEqual(['doctor-shopping patient-1']);
  expect(
    rules(
      courses([
        [5, 'b'],
        [0, 'a'],
      ]),
    ),
  ).toEqual([]);
});

test('renewals in the last quarter of a course, and courses of one prescriber, are nobody’s shopping', () => {
  expect(
    rules(
      courses([
        [24, 'a'],
        [16, 'b'],
        [8, 'a'],
        [0, 'b'],
      ]),
    ),
  ).toEqual([]);
  expect(
    rules(
      courses([
        [10, 'a'],
        [5, 'a'],
        [0, 'a'],
      ]),
    ),
  ).toEqual([]);
});

test('a prescription that is handed over in parts is one course, and one that was undone is none', () => {
  const own = courses([
    [5, 'b'],
    [0, 'a'],
  ]);
  const again = own.map((one) => ({ ...one, id: `${one.id}-again`, at: one.at + 60_000 }));
  expect(rules([...own, ...again])).toEqual([]);
  const three = courses([
    [10, 'a'],
    [5, 'b'],
    [0, 'a'],
  ]);
  const undone = fact({ kind: 'undone', at: at(4), prescription: three[1]?.prescription ?? '' });
  expect(rules([...three, undone])).toEqual([]);
});

const written = (person: string, quantity: number, n: number, patient = `patient-${person}-${n}`) =>
  fact({
    kind: 'prescribed',
    at: at(n % 20),
    person,
    site: 'CL-0001',
    patient,
    prescription: `w-${person}-${n}`,
    lines: [line({ quantity })],
    warnings: 0,
  });

test('large quantities are found from five on, measured by what others write', () => {
  const usual = times(40, (n) => written('doctor-2', 20, n));
  const large = (many: number, quantity: number) => times(many, (n) => written('doctor-1', quantity, n));
  expect(rules([...usual, ...large(5, 44)])).toEqual(['unusual-quantity doctor-1']);
  expect(rules([...usual, ...large(4, 44)])).toEqual([]);
  expect(rules([...usual, ...large(5, 43)])).toEqual([]);
});

test('whoever writes large quantities for many patients is a specialist', () => {
  const usual = times(40, (n) => written('doctor-2', 20, n));
  expect(rules([...usual, ...times(12, (n) => written('doctor-1', 60, n))])).toEqual([]);
  const fewPatients = times(12, (n) => written('doctor-1', 60, n, `patient-${n % 3}`));
  expect(rules([...usual, ...fewPatients])).toEqual(['unusual-quantity doctor-1']);
});

test('watched medicines at night are found where the pharmacy sleeps, and not where it is open', () => {
  const nights = times(5, (n) => dispensed({ at: at(n, 2), person: 'pharmacist-1', prescriber: `d${n}` }));
  const plain = (hour: number) =>
    times(60, (n) =>
      dispensed({
        at: at(n % 28, hour),
        person: 'pharmacist-1',
        prescriber: `d${n}`,
        lines: [line({ watched: false })],
      }),
    );
  expect(rules([...nights, ...plain(12)])).toEqual(['night-dispensing pharmacist-1']);
  expect(rules([...nights.slice(0, 4), ...plain(12)])).toEqual([]);
  expect(rules([...nights, ...plain(3)])).toEqual([]);
  const late = times(5, (n) => dispensed({ at: at(n, 21.9), person: 'pharmacist-1', prescriber: `d${n}` }));
  expect(rules([...late, ...plain(12)])).toEqual([]);
});

test('passed warnings are found by their share among others', () => {
  const doctor = (person: string, of: number, passed: number) =>
    times(of, (n) =>
      fact({ kind: 'prescribed', at: at(n % 20), person, site: 'CL-0001', warnings: n < passed ? 1 : 0 }),
    );
  const others = ['b', 'c', 'd'].flatMap((person) => doctor(person, 40, 3));
  expect(rules([...others, ...doctor('a', 40, 16)])).toEqual(['many-overrides a']);
  expect(rules([...others, ...doctor('a', 40, 8)])).toEqual([]);
  expect(rules([...others, ...doctor('a', 9, 9)])).toEqual([]);
});

/** What doctor-1 prescribed, handed over by one pharmacist and by others. */
const handed = (own: number, others: number, watched: boolean) => [
  ...times(own, (n) => dispensed({ at: at(n % 20), person: 'pharmacist-1', lines: [line({ watched })] })),
  ...times(others, (n) =>
    dispensed({ at: at(n % 20), person: `other-${n % 7}`, site: 'PH-0002', lines: [line({ watched })] }),
  ),
];

test('a pharmacist who sees a doctor’s watched prescriptions alone is found; the only one of a village is not', () => {
  expect(rules([...handed(9, 3, true), ...handed(2, 90, false)])).toEqual(['close-pair doctor-1+pharmacist-1']);
  expect(rules([...handed(5, 0, true), ...handed(2, 90, false)])).toEqual([]);
  expect(rules([...handed(20, 0, true), ...handed(90, 0, false)])).toEqual([]);
});

test('a pair is found on ordinary medicines too, by what the colleagues’ patients do', () => {
  const colleagues = times(80, (n) =>
    dispensed({ at: at(n % 20), prescriber: 'doctor-2', person: `other-${n % 7}`, lines: [line({ watched: false })] }),
  );
  expect(rules([...handed(30, 60, false), ...colleagues])).toEqual(['close-pair doctor-1+pharmacist-1']);
  expect(rules([...handed(4, 60, false), ...colleagues])).toEqual([]);
});

const looks = (many: number, followed: number, ofDay = (n: number) => n % 20) =>
  times(many, (n) => {
    const patient = `seen-${n}`;
    const look = fact({ kind: 'looked-up', at: at(ofDay(n)), person: 'pharmacist-1', patient });
    return n < followed
      ? [
          look,
          dispensed({
            at: look.at + 600_000,
            patient,
            prescriber: `d${n}`,
            person: 'pharmacist-2',
            lines: [line({ watched: false })],
          }),
        ]
      : [look];
  }).flat();

test('look-ups that nothing follows are found by their share or by their number in a day', () => {
  expect(rules(looks(60, 30))).toEqual(['idle-look-ups pharmacist-1']);
  expect(rules(looks(60, 50))).toEqual([]);
  expect(rules(looks(15, 0, () => 0))).toEqual(['idle-look-ups pharmacist-1']);
  expect(rules(looks(14, 0, () => 0))).toEqual([]);
});

const refused = (many: number, when: (n: number) => number) =>
  times(many, (n) => fact({ kind: 'sign-in-refused', at: when(n), person: 'pharmacist-1' }));

test('ten refused sign-ins in an hour are found, and eight at night; a forgotten password is not', () => {
  expect(rules(refused(10, (n) => at(0) + n * 60_000))).toEqual(['refused-sign-ins pharmacist-1']);
  expect(rules(refused(9, (n) => at(0) + n * 60_000))).toEqual([]);
  expect(rules(refused(8, (n) => at(n, 3)))).toEqual(['refused-sign-ins pharmacist-1']);
  expect(rules(refused(7, (n) => at(n, 3)))).toEqual([]);
  const given = fact({ kind: 'password-given', at: at(0, 14), person: 'pharmacist-1' });
  expect(rules([...refused(10, (n) => at(0) + n * 60_000), given])).toEqual([]);
});

test('refused sign-ins that were told together count as many, on the day on which they were told', () => {
  const told = (many: number, before: number, recordedBefore: number) =>
    fact({
      kind: 'sign-in-refused',
      at: at(before),
      recorded: at(recordedBefore),
      person: 'pharmacist-1',
      times: many,
    });
  expect(rules([told(10, 0, 0)])).toEqual(['refused-sign-ins pharmacist-1']);
  expect(rules([told(9, 0, 0)])).toEqual([]);
  // known in the night after: the day it was known finds it, the day itself could not
  expect(rules([told(10, 1, 0)])).toEqual(['refused-sign-ins pharmacist-1']);
  expect(rules([told(10, 1, 1)])).toEqual([]);
});

test('a clock of a device that several people sit at is found as that device’s', () => {
  const read = (before: number, person: string, device: string) =>
    fact({ kind: 'clock-read', at: at(before), person, device, driftSeconds: 900 });
  expect(rules([read(1, 'a', 'd1'), read(0, 'b', 'd1')])).toEqual(['clock-drift d1']);
  expect(rules([read(1, 'a', 'd1'), read(0, 'a', 'd2')])).toEqual([]);
});

test('a clock that is off by more than five minutes on two days is found; a flat battery is not', () => {
  const read = (before: number, driftSeconds: number) =>
    fact({ kind: 'clock-read', at: at(before), person: 'a', driftSeconds });
  expect(rules([read(1, -301), read(0, 301)])).toEqual(['clock-drift a']);
  expect(rules([read(1, 300), read(0, 400)])).toEqual([]);
  expect(rules([read(0, 4e8), read(0, 4e8)])).toEqual([]);
});

// --- of all rules ------------------------------------------------------------------------------------------------------

const scene = [
  ...courses([
    [10, 'a'],
    [5, 'b'],
    [0, 'a'],
  ]),
  ...looks(60, 30),
  ...refused(9, (n) => at(n, 3)),
  ...handed(9, 3, true),
  ...handed(2, 90, false),
];

test('neither the order of events nor their repetition changes what is found', () => {
  const found = analyse(scene, day, limits);
  expect(found.length).toBeGreaterThan(3);
  fc.assert(
    fc.property(fc.shuffledSubarray(scene, { minLength: scene.length }), fc.subarray(scene), (shuffled, repeated) => {
      expect(analyse([...shuffled, ...repeated], day, limits)).toEqual(found);
    }),
    { numRuns: 20 },
  );
});

test('what lies outside the window counts for nothing', () => {
  const outside = [
    ...courses([
      [40, 'a'],
      [38, 'b'],
      [35, 'a'],
    ]),
    ...courses([
      [-1, 'c'],
      [-2, 'd'],
    ]),
  ];
  expect(windowOf(outside, day, limits).dispensed).toEqual([]);
  expect(rules([...scene, ...outside])).toEqual(rules(scene));
});

test('a day that adds nothing is not told again', () => {
  expect(
    rules(
      courses([
        [12, 'a'],
        [7, 'b'],
        [2, 'a'],
      ]),
    ),
  ).toEqual([]);
});

test('thresholds are data', () => {
  const own = courses([
    [5, 'b'],
    [0, 'a'],
  ]);
  expect(rules(own, { ...limits, overlaps: 1 })).toEqual(['doctor-shopping patient-1']);
});

test('every finding names events of its window, with its numbers, and no more than sixty', () => {
  const known = new Set(scene.map(({ id }) => id));
  for (const { evidence, statistics, score } of analyse(scene, day, limits)) {
    expect(evidence.length).toBeGreaterThan(0);
    expect(evidence.length).toBeLessThanOrEqual(60);
    expect(new Set(evidence).size).toBe(evidence.length);
    expect(evidence.every((id) => known.has(id))).toBe(true);
    expect(Object.values(statistics).every(Number.isFinite)).toBe(true);
    expect(score).toBeGreaterThanOrEqual(50);
  }
});

test('the statistics are those of the textbooks', () => {
  // ten tosses of a coin: nine or more heads are 11 of 1,024
  expect(chanceOfAtLeast(9, 10, 0.5)).toBeCloseTo(11 / 1024, 10);
  expect(chanceOfAtLeast(0, 10, 0.5)).toBe(1);
  expect(chanceOfAtLeast(1, 10, 0)).toBe(0);
  // Wilson's one-sided 95 % bound of 15 in 100
  expect(lowerShare(15, 100)).toBeCloseTo(0.1008, 3);
  expect(lowerShare(0, 100)).toBe(0);
});
