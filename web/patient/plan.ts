/**
 * A coded dosage as doses by day and hour: what a week table shows and what reminders ring for. A course begins in the
 * morning of its first day.
 */
import type { Dosage } from '@darmon/domain/dosage';

export const partsOfDay = ['morning', 'noon', 'evening', 'night'] as const;
export type PartOfDay = (typeof partsOfDay)[number];

/** Minutes after midnight at which a part of the day is taken. */
const minutesOf: Readonly<Record<PartOfDay, number>> = {
  morning: 8 * 60,
  noon: 13 * 60,
  evening: 18 * 60,
  night: 22 * 60,
};
const dayMinutes = 24 * 60;

/** The usual parts where a doctor named none, or others than there are doses. */
const usual: readonly (readonly PartOfDay[])[] = [
  [],
  ['morning'],
  ['morning', 'evening'],
  ['morning', 'noon', 'evening'],
  ['morning', 'noon', 'evening', 'night'],
];

/**
 * Doses that come again in the same rhythm: the first one in minutes after the first day's midnight, then every
 * `everyMinutes`, `count` in all.
 */
export interface Rhythm {
  readonly first: number;
  readonly everyMinutes: number;
  readonly count: number;
}

const chosenParts = (dosage: Dosage): PartOfDay[] => partsOfDay.filter((part) => dosage.when?.includes(part));

const minutesInDay = (dosage: Dosage, times: number): readonly number[] => {
  const chosen = chosenParts(dosage);
  const parts = chosen.length === times ? chosen : usual[times];
  if (parts) return parts.map((part) => minutesOf[part]);
  // more than four: evenly while people are awake
  const [from, until] = [7 * 60, 22 * 60];
  return Array.from({ length: times }, (_, i) => Math.round((from + (i * (until - from)) / (times - 1)) / 5) * 5);
};

/** The rhythms of a dosage; none for what is taken only when needed. */
export const rhythmsOf = (dosage: Dosage): Rhythm[] => {
  const { timesPerDay, everyHours, days, asNeeded } = dosage;
  if (asNeeded) return [];
  if (timesPerDay !== undefined)
    return minutesInDay(dosage, timesPerDay).map((first) => ({ first, everyMinutes: dayMinutes, count: days }));
  const hours = everyHours ?? 24;
  const count = Math.ceil((days * 24) / hours);
  const [part, ...others] = chosenParts(dosage);
  const first = part && others.length === 0 && hours % 24 === 0 ? minutesOf[part] : minutesOf.morning;
  const perDay = 24 / hours;
  if (hours >= 24 || !Number.isInteger(perDay)) return [{ first, everyMinutes: hours * 60, count }];
  // the same hours every day, which calendars understand better than "every eight hours"
  return Array.from({ length: perDay }, (_, i) => ({
    first: first + i * hours * 60,
    everyMinutes: dayMinutes,
    count: Math.ceil((count - i) / perDay),
  })).filter((one) => one.count > 0);
};

const partAt = (minutes: number): PartOfDay => {
  if (minutes < 4 * 60 || minutes >= 20 * 60) return 'night';
  if (minutes < 11 * 60) return 'morning';
  return minutes < 15 * 60 ? 'noon' : 'evening';
};

/** How many doses fall on each part of each of the first `days` days. */
export const weekOf = (dosage: Dosage, days = 7): Readonly<Record<PartOfDay, readonly number[]>> => {
  const table: Record<PartOfDay, number[]> = { morning: [], noon: [], evening: [], night: [] };
  for (const part of partsOfDay) table[part] = Array.from({ length: days }, () => 0);
  for (const { first, everyMinutes, count } of rhythmsOf(dosage))
    for (let n = 0; n < count; n += 1) {
      const at = first + n * everyMinutes;
      const day = Math.floor(at / dayMinutes);
      if (day >= days) break;
      const row = table[partAt(at % dayMinutes)];
      row[day] = (row[day] ?? 0) + 1;
    }
  return table;
};
