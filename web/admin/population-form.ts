/** What an administrator types about inhabitants, and what is still wrong with it. */
import type { Population, PopulationYear } from '@darmon/domain/population';
import type { regions } from '@darmon/i18n/words/regions';

export type RegionCode = keyof typeof regions;

export interface PopulationForm {
  readonly year: string;
  readonly source: string;
  /** As typed, spaces and all; empty where it is not known. */
  readonly inhabitants: Readonly<Record<string, string>>;
  readonly reason: string;
}

/** Digits as people group them. */
const numberOf = (typed: string): number => Number(typed.replace(/[\s.,\u00a0\u202f]/g, ''));
const isTyped = (typed: string): boolean => typed.trim() !== '';
const maxInhabitants = 100_000_000;

/** The figures of the newest year, to be changed into those of this one. */
export const populationForm = ({ years }: Population, thisYear: number): PopulationForm => {
  const [newest] = years;
  const isSame = newest?.year === thisYear;
  return {
    year: String(thisYear),
    source: isSame ? newest.source : '',
    inhabitants: Object.fromEntries(Object.entries(newest?.inhabitants ?? {}).map(([code, n]) => [code, String(n)])),
    reason: '',
  };
};

/** `year`, `source`, `reason`, `none` where no region is told, and the code of each region that is wrong. */
export const populationFaults = ({ year, source, inhabitants, reason }: PopulationForm): string[] => {
  const typed = Object.entries(inhabitants).filter(([, value]) => isTyped(value));
  const counted = Number(year);
  return [
    ...(Number.isInteger(counted) && counted >= 1990 && counted <= 2100 ? [] : ['year']),
    ...(source.trim().length < 3 ? ['source'] : []),
    ...(reason.trim().length < 3 ? ['reason'] : []),
    ...(typed.length === 0 ? ['none'] : []),
    ...typed.flatMap(([code, value]) => {
      const n = numberOf(value);
      return Number.isInteger(n) && n >= 1 && n <= maxInhabitants ? [] : [code];
    }),
  ];
};

/** What is sent of a form without faults. */
export const populationBody = ({
  year,
  source,
  inhabitants,
  reason,
}: PopulationForm): PopulationYear & { reason: string } => ({
  year: Number(year),
  source: source.trim(),
  inhabitants: Object.fromEntries(
    Object.entries(inhabitants).flatMap(([code, value]) => (isTyped(value) ? [[code, numberOf(value)]] : [])),
  ),
  reason: reason.trim(),
});
