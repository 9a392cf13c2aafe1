/**
 * The safety check of five lines against twenty medicines that the patient takes: with the set that is shipped, and with
 * a hundred thousand pairs more. Both from the store as it lies, so that what grows with the set shows.
 */
import { type KnowledgeRow, rowsBySubject } from '@darmon/domain/knowledge';
import type { Medicine } from '@darmon/domain/medicine';
import { checkSafety, type SafetyInput, subjectsOfCheck } from '@darmon/domain/safety';
import { formulary } from '@darmon/local/country/formulary';
import { starterSet } from '@darmon/local/country/knowledge';
import type { Row } from './measure.ts';

type Report = (row: Row) => void;

const rounds = 2_000;
const morePairs = 100_000;

const source = { source: 'made for a measurement', state: 'unverified' } as const;

const subjectCount = 2_000;

/**
 * Pairs as a complete set would have them: of two thousand substances, the formulary's among them, each with as many as
 * any other, so that what is prescribed has some hundred rows a substance and now and then meets one of them.
 */
const moreRows = (count: number): KnowledgeRow[] => {
  const inns = [...new Set(formulary.flatMap((m) => m.inn.split(' + ')))];
  const subjects = Array.from({ length: subjectCount }, (_, i) => inns[i] ?? `substance ${i}`);
  const pairs = new Set<number>();
  // a step that has no divisor in common with the number of all pairs comes by each of them once
  for (let at = 1; pairs.size < count; at = (at + 1_234_577) % (subjectCount * subjectCount))
    if (Math.floor(at / subjectCount) < at % subjectCount) pairs.add(at);
  return [...pairs].map((at, i) => ({
    kind: 'interaction' as const,
    id: `Z${i}`,
    ...source,
    a: subjects[Math.floor(at / subjectCount)] as string,
    b: subjects[at % subjectCount] as string,
    severity: 'moderate' as const,
    effect: 'level-rises' as const,
  }));
};

const systemic = formulary.filter((m) => m.routes.includes('oral') && m.class === 'rx');

/** Five lines and twenty medicines, others each round, the same in each run. */
const inputOf = (round: number): SafetyInput => {
  const pick = (n: number): Medicine => systemic[(round * 31 + n * 7) % systemic.length] as Medicine;
  const route = 'oral' as const;
  return {
    patient: {
      birthDate: '1975-01-01',
      allergies: [
        { kind: 'inn', code: 'ampicillin' },
        { kind: 'group', code: 'nsaids' },
      ],
    },
    today: '2026-11-20',
    lines: Array.from({ length: 5 }, (_, n) => {
      const medicine = pick(n);
      return { medicine, dosage: { amount: 1, unit: medicine.unit, timesPerDay: 2, days: 7, route } };
    }),
    active: Array.from({ length: 20 }, (_, n) => ({ medicine: pick(n + 5), route, remainingDays: 30 })),
  };
};

const cpuMs = (run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};
const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * q)] ?? Number.NaN;

/** One check as a server makes it: only the subjects of the check are at hand, however many the set has. */
const check = (stored: ReadonlyMap<string, readonly KnowledgeRow[]>, input: SafetyInput): void => {
  const read = new Map(subjectsOfCheck(input).map((s) => [s, stored.get(s) ?? []]));
  checkSafety(input, (s) => read.get(s) ?? []);
};

export const safetyRows = (report: Report): void => {
  const shipped = starterSet.rows();
  const small = rowsBySubject(shipped);
  const large = rowsBySubject([...shipped, ...moreRows(morePairs)]);
  const inputs = Array.from({ length: rounds }, (_, round) => inputOf(round));
  for (const input of inputs) for (const stored of [small, large]) check(stored, input);
  const times = { small: [] as number[], large: [] as number[] };
  // in turn, so that a busy moment of the machine hits both; ten a measurement, since the clock of the processor is coarse
  for (let at = 0; at + 10 <= rounds; at += 10)
    for (const [name, stored] of [
      ['small', small],
      ['large', large],
    ] as const) {
      const ms = cpuMs(() => {
        for (const input of inputs.slice(at, at + 10)) check(stored, input);
      });
      times[name].push(ms / 10);
    }
  const of = '5 lines against 20 medicines';
  const total = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0);
  report({
    name: 'safety/growth',
    value: total(times.large) / total(times.small),
    unit: 'ratio',
    limit: '<=1.5',
    of: `${of}, with ${morePairs} pairs more, against the shipped ${shipped.length} rows`,
  });
  report({
    name: 'safety/check',
    value: quantile(times.large, 0.95),
    unit: 'ms',
    limit: '<=5',
    of: `processor time, 95 of 100, ${of}`,
  });
};
