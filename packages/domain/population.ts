/**
 * How many people live in a region, as an administrator enters it: by year, each with its source. A figure per inhabitant
 * is by one year and says by which. Until somebody enters another, the year that was built in holds.
 */
import * as z from 'zod';
import { refuseAt } from './refusal.ts';
import { Region } from './standing.ts';

const maxYears = 60;

export const PopulationYear = z
  .object({
    year: z.int().min(1990).max(2100),
    /** Who counted, and as of when. */
    source: z.string().trim().min(3).max(200),
    /** By region; one that is not named is not known. */
    inhabitants: z.record(Region, z.int().min(1).max(100_000_000)),
  })
  .meta({ id: 'PopulationYear', description: 'Inhabitants of each region in one year, and who counted them' });
export type PopulationYear = z.infer<typeof PopulationYear>;

export const Population = z
  .object({
    /** The next change builds on it. */
    version: z.int().positive(),
    /** The newest first, one of each year. */
    years: z.array(PopulationYear).min(1).max(maxYears),
  })
  .meta({ id: 'Population', description: 'Inhabitants by year and region' });
export type Population = z.infer<typeof Population>;

/** Permanent population on 1 January 2024, as the National Statistics Committee of Uzbekistan publishes it in thousands. */
export const firstPopulation: Population = {
  version: 1,
  years: [
    {
      year: 2024,
      source: 'stat.uz, 2024-01-01',
      inhabitants: {
        'UZ-QR': 2_002_700,
        'UZ-AN': 3_394_400,
        'UZ-BU': 2_044_000,
        'UZ-JI': 1_507_400,
        'UZ-QA': 3_560_600,
        'UZ-NW': 1_075_300,
        'UZ-NG': 3_066_100,
        'UZ-SA': 4_208_500,
        'UZ-SU': 2_877_100,
        'UZ-SI': 914_000,
        'UZ-TO': 3_051_800,
        'UZ-FA': 4_061_500,
        'UZ-XO': 1_995_600,
        'UZ-TK': 3_040_800,
      },
    },
  ],
};

/**
 * What is kept after a year was entered: it takes the place of the same year, and no other is touched.
 * @throws Refusal `schema` where no region is named, or there are too many years
 */
export const withYear = (before: Population, entered: PopulationYear): Population => {
  if (Object.keys(entered.inhabitants).length === 0) throw refuseAt('schema', '/inhabitants');
  const years = [...before.years.filter(({ year }) => year !== entered.year), entered];
  if (years.length > maxYears) throw refuseAt('schema', '/year');
  return { version: before.version + 1, years: years.sort((a, b) => b.year - a.year) };
};

/** The year by which a month (YYYY-MM) is told: the newest that is not later, or the oldest there is. */
export const yearOf = ({ years }: Population, month: string): PopulationYear => {
  const latest = years.find(({ year }) => year <= Number(month.slice(0, 4))) ?? years.at(-1);
  if (!latest) throw new Error('a population has at least one year');
  return latest;
};

/** Inhabitants of a region, or of all that are named where none is; undefined where nobody knows. */
export const inhabitantsOf = ({ inhabitants }: PopulationYear, region: string | undefined): number | undefined =>
  region === undefined ? Object.values(inhabitants).reduce((sum, n) => sum + n, 0) : inhabitants[region];
