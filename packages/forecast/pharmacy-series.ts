/**
 * Made-up sales of a pharmacy, day by day, from a seed: what forecasts are tuned and judged on where no real series may
 * lie. Eight kinds of medicine that sell differently, each with what makes real series hard: seasons that come early or
 * late and strong or weak, levels that shift, months that drift from their usual, slow and rare sales, a hole in the
 * books. The same seed gives the same series for ever; nothing here knows any method.
 */

/** How one kind of medicine sells. Shares are of the level. */
interface Kind {
  readonly name: string;
  /** Units a month, at the start. */
  readonly level: number;
  /** Growth of a year, as a share: the middle and how far series lie from it. */
  readonly growth: readonly [middle: number, spread: number];
  /** Height of the season's peak over the level, the month in which it lies (0 January), its width in months. */
  readonly peaks: readonly (readonly [height: number, month: number, width: number])[];
  /** How much a year's peak differs from the usual, as a share of it. */
  readonly yearly: number;
  /** Standard deviation of a month from its usual, and how much of it is still there a month later. */
  readonly drift: readonly [sd: number, kept: number];
  /** Of the months that differ for themselves alone. */
  readonly noise: number;
  /** Shifts of the level in a year, on average, and the standard deviation of one. */
  readonly shifts: readonly [perYear: number, sd: number];
  /** Units that one buyer takes, on average. */
  readonly perBuyer: number;
}

const usual = {
  growth: [0, 0.06],
  yearly: 0.3,
  drift: [0.11, 0.7],
  noise: 0.07,
  shifts: [0.3, 0.15],
  perBuyer: 1.2,
} as const;

const twoPeaks = { ...usual, drift: [0.1, 0.7], noise: 0.06, shifts: [0.2, 0.1] } as const;

export const kinds: readonly Kind[] = [
  { ...usual, name: 'pain-gel', level: 150, peaks: [[0.18, 9, 2.5]] },
  {
    ...usual,
    name: 'pain-tablet',
    level: 120,
    growth: [0, 0.08],
    peaks: [[0.35, 0, 2]],
    yearly: 0.35,
    drift: [0.12, 0.7],
  },
  {
    ...usual,
    name: 'aspirin',
    level: 120,
    growth: [-0.08, 0.05],
    peaks: [[0.25, 0, 2]],
    shifts: [0.3, 0.12],
    perBuyer: 1.3,
  },
  {
    ...twoPeaks,
    name: 'fever',
    level: 850,
    peaks: [
      [0.75, 0.5, 2],
      [0.2, 10, 1.5],
    ],
    yearly: 0.22,
    perBuyer: 1.5,
  },
  {
    ...usual,
    name: 'calming',
    level: 260,
    growth: [0, 0.08],
    peaks: [[0.08, 0, 3]],
    drift: [0.12, 0.75],
    shifts: [0.4, 0.15],
    perBuyer: 1.5,
  },
  {
    ...usual,
    name: 'sleeping',
    level: 22,
    growth: [0, 0.1],
    peaks: [],
    yearly: 0,
    drift: [0.18, 0.7],
    noise: 0.08,
    shifts: [0.4, 0.3],
    perBuyer: 1.4,
  },
  {
    ...usual,
    name: 'airways',
    level: 160,
    growth: [0.05, 0.08],
    peaks: [
      [0.7, 0, 2],
      [0.3, 4, 1.3],
    ],
    yearly: 0.35,
    drift: [0.16, 0.6],
    noise: 0.13,
    shifts: [0.4, 0.2],
    perBuyer: 3,
  },
  {
    ...twoPeaks,
    name: 'allergy',
    level: 75,
    growth: [0.03, 0.06],
    peaks: [
      [1.1, 4.5, 1.4],
      [0.35, 8, 1],
    ],
    yearly: 0.25,
  },
];

/** Numbers from 0 to 1 that look like chance; the same seed gives the same ones. */
export const chanceOf = (seed: number): (() => number) => {
  let state = (seed * 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Numbers of a standard normal distribution. */
export const normalOf = (chance: () => number) => (): number =>
  Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

/** A number of a Poisson distribution; its time grows with the mean. */
export const poissonOf = (chance: () => number, mean: number): number => {
  const limit = Math.exp(-mean);
  let [count, product] = [0, chance()];
  while (product > limit) {
    count += 1;
    product *= chance();
  }
  return count;
};

/** Sundays are short, Saturdays long. */
const weekdays = [0.72, 1.06, 1.01, 1, 1, 1.02, 1.19] as const;

export interface PharmacySeries {
  readonly name: string;
  /** First day, YYYY-MM-DD. */
  readonly start: string;
  readonly days: readonly number[];
  /** Whole months alone, the first of them that of `start`. */
  readonly months: readonly number[];
}

const dayMs = 86_400_000;

/**
 * The series of one kind under one seed, over so many whole months from January of `startYear`. About a third have a
 * month with a hole: the books of most of its days are lost.
 */
export const pharmacySeries = (kind: Kind, seed: number, monthCount: number, startYear = 2014): PharmacySeries => {
  const chance = chanceOf(seed * 8 + kinds.indexOf(kind) + 1);
  const normal = normalOf(chance);
  const growth = Math.log1p(kind.growth[0] + kind.growth[1] * normal()) / 12;
  const heights = kind.peaks.map(([height]) => height * Math.exp(0.2 * normal()));
  const hole = chance() < 1 / 3 ? Math.floor(chance() * monthCount) : -1;
  let [level, drift] = [Math.log(kind.level) + 0.3 * normal(), kind.drift[0] * normal()];
  const years = Array.from({ length: Math.ceil(monthCount / 12) + 2 }, () =>
    kind.peaks.map(() => ({ height: Math.exp(kind.yearly * normal() - kind.yearly ** 2 / 2), late: 0.35 * normal() })),
  );
  const season = (month: number): number => {
    let share = 1;
    for (const [year, peaks] of years.entries())
      for (const [at, { height, late }] of peaks.entries()) {
        const [, middle, width] = kind.peaks[at] as (typeof kind.peaks)[number];
        const away = (month - ((year - 1) * 12 + middle + late)) / width;
        share += (heights[at] as number) * height * Math.exp((-away * away) / 2);
      }
    return share;
  };
  const days: number[] = [];
  const months: number[] = [];
  for (let month = 0; month < monthCount; month += 1) {
    level += growth + (chance() < kind.shifts[0] / 12 ? kind.shifts[1] * normal() : 0);
    drift = kind.drift[1] * drift + Math.sqrt(1 - kind.drift[1] ** 2) * kind.drift[0] * normal();
    const usual = Math.exp(level + drift + kind.noise * normal()) * season(month);
    const first = Date.UTC(startYear, month, 1);
    const length = (Date.UTC(startYear, month + 1, 1) - first) / dayMs;
    let sum = 0;
    for (let day = 0; day < length; day += 1) {
      const weekday = new Date(first + day * dayMs).getUTCDay();
      const buyers = poissonOf(chance, (usual / 30.4 / kind.perBuyer) * (weekdays[weekday] as number));
      let units = 0;
      for (let buyer = 0; buyer < buyers; buyer += 1) units += 1 + poissonOf(chance, kind.perBuyer - 1);
      const sold = month === hole && day >= 9 ? 0 : units;
      days.push(sold);
      sum += sold;
    }
    months.push(sum);
  }
  return { name: `${kind.name}-${seed}`, start: `${startYear}-01-01`, days, months };
};
