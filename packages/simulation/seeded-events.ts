/**
 * Sixty days of a made-up country in which most people are honest and some are not, to measure the daily analysis by.
 * It was written before any rule, and knows none.
 */
import type { Fact } from '@darmon/domain/analysis-facts';
import { dayMs } from '@darmon/domain/time';
import { type Planted, plantCases } from './planted-cases.ts';
import { makePeople } from './seeded-country.ts';
import { beginning, countryDays, dayName, diaryOf, playHonestDays } from './seeded-days.ts';

export interface SeededEvents {
  /** In the order of their time. */
  readonly facts: readonly Fact[];
  /** Tashkent days, in order. */
  readonly days: readonly string[];
  /** What was planted; nothing in the events tells it. */
  readonly planted: readonly Planted[];
}

/** The same seed makes the same events, on every machine. */
export const seedEvents = (seed: number): SeededEvents => {
  const diary = diaryOf(makePeople(seed));
  playHonestDays(diary);
  const planted = plantCases(diary);
  const end = beginning + countryDays * dayMs;
  const facts = diary.facts
    .filter(({ at }) => at >= beginning && at < end)
    .sort((a, b) => a.at - b.at)
    .map((fact, n): Fact => ({ id: `event-${n + 1}`, ...fact }));
  return { facts, days: Array.from({ length: countryDays }, (_, day) => dayName(day)), planted };
};
