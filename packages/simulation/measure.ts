/** How well the daily analysis finds what was planted, and how often it speaks of somebody who did nothing. */
import { type Analysis, type AnalysisRule, analysisRules, firstAnalysis } from '@darmon/domain/analysis';
import { analyse } from '@darmon/domain/analysis-rules';
import { dayMs, dayStart } from '@darmon/domain/time';
import type { Planted } from './planted-cases.ts';
import { seedEvents } from './seeded-events.ts';

export interface Measure {
  readonly rule: AnalysisRule | 'all';
  readonly planted: number;
  /** Of what was planted. */
  readonly found: number;
  /** Cases that are opened: one for a rule, a subject and a month. */
  readonly cases: number;
  /** Of those, on what nobody planted. */
  readonly false: number;
}

export const recallOf = ({ planted, found }: Measure): number => (planted === 0 ? 1 : found / planted);
export const precisionOf = (one: Measure): number => (one.cases === 0 ? 1 : (one.cases - one.false) / one.cases);

interface Case {
  readonly rule: AnalysisRule;
  readonly subject: string;
  readonly month: string;
  readonly day: string;
}

/** Each day is analysed with what had happened by its end. */
const casesOf = (seed: number, limits: Analysis): { cases: Case[]; planted: readonly Planted[] } => {
  const { facts, days, planted } = seedEvents(seed);
  const cases = new Map<string, Case>();
  for (const day of days) {
    const end = dayStart(day) + dayMs;
    const seen = facts.filter(({ at }) => at < end && at >= end - limits.windowDays * dayMs);
    for (const { rule, subject } of analyse(seen, day, limits)) {
      const month = day.slice(0, 7);
      const name = `${rule} ${subject.id} ${month}`;
      if (!cases.has(name)) cases.set(name, { rule, subject: subject.id, month, day });
    }
  }
  return { cases: [...cases.values()], planted };
};

/** A case is right where it speaks of who did it, from when they began until a window after they ended. */
const isRight = (one: Case, planted: readonly Planted[], limits: Analysis): boolean =>
  planted.some(
    ({ kind, subject, from, to }) =>
      kind === one.rule &&
      subject === one.subject &&
      one.day >= from &&
      dayStart(one.day) <= dayStart(to) + limits.windowDays * dayMs,
  );

/** One row a rule and one for all, over these seeds together; `wrong` names what was found and not planted, or missed. */
export const measure = (
  seeds: readonly number[],
  limits: Analysis = firstAnalysis,
): { rows: Measure[]; wrong: string[] } => {
  const played = seeds.map((seed) => ({ seed, ...casesOf(seed, limits) }));
  const wrong: string[] = [];
  const rowOf = (rule: AnalysisRule): Measure => {
    const row = { rule, planted: 0, found: 0, cases: 0, false: 0 };
    for (const { seed, cases, planted } of played) {
      const own = cases.filter((one) => one.rule === rule);
      const right = own.filter((one) => isRight(one, planted, limits));
      const sought = planted.filter(({ kind }) => kind === rule);
      const missed = sought.filter(({ subject }) => !right.some((one) => one.subject === subject));
      row.planted += sought.length;
      row.found += sought.length - missed.length;
      row.cases += own.length;
      row.false += own.length - right.length;
      for (const one of own) if (!right.includes(one)) wrong.push(`${seed} ${rule}: ${one.subject} on ${one.day}`);
      for (const one of missed)
        wrong.push(`${seed} ${rule}: missed ${one.subject}, ${one.grade}, ${one.from} to ${one.to}`);
    }
    return row;
  };
  const rows = analysisRules.map(rowOf);
  const sum = (of: (row: Measure) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const all: Measure = {
    rule: 'all',
    planted: sum((row) => row.planted),
    found: sum((row) => row.found),
    cases: sum((row) => row.cases),
    false: sum((row) => row.false),
  };
  return { rows: [...rows, all], wrong };
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export const measureTable = (rows: readonly Measure[]): string => {
  const cells = [
    ['rule', 'planted', 'found', 'cases', 'false', 'precision', 'recall'],
    ...rows.map((row) => [
      row.rule,
      String(row.planted),
      String(row.found),
      String(row.cases),
      String(row.false),
      percent(precisionOf(row)),
      percent(recallOf(row)),
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, n) => Math.max(...cells.map((row) => row[n]?.length ?? 0)));
  return cells
    .map((row) =>
      row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0))).join('  '),
    )
    .join('\n');
};
