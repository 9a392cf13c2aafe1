/**
 * Made-up monthly sales of whole groups of medicines, from a seed: a second family beside `pharmacy-series.ts`, made by
 * another recipe, so that nothing is fitted to one of them alone. Here each kind has one trouble of its own: nothing but
 * noise, levels that shift or wander, a weak season or one that changes, promotions with the lull behind them, spikes
 * and holes, a group that fades, one that hardly sells. The same seed gives the same series for ever; nothing here knows
 * any method.
 */
import { chanceOf, normalOf, poissonOf } from './pharmacy-series.ts';

/** How one group sells. Shares are of the level. */
export interface Group {
  readonly name: string;
  /** Units a month, at the start. */
  readonly level: number;
  /** Growth of a year, as a share: the middle and how far series lie from it. */
  readonly growth: readonly [middle: number, spread: number];
  /** Usual heights of the season's waves, once a year, twice a year, ...; when they come is chance. */
  readonly waves: readonly number[];
  /** How much of its season a year takes from a new draw instead of from the year before. */
  readonly changing: number;
  /** Standard deviation of a month's step of the level, which stays. */
  readonly wander: number;
  /** Shifts of the level in a year, on average, and the standard deviation of one. */
  readonly shifts: readonly [perYear: number, sd: number];
  /** Of the months that differ for themselves alone. */
  readonly noise: number;
  /** Months a year that are far off, and the standard deviation of how far. */
  readonly spikes: readonly [perYear: number, sd: number];
  /** Promotions a year and how much more they sell; nearly half of it is missing in the month behind. */
  readonly promotions: readonly [perYear: number, lift: number];
}

const quiet: Omit<Group, 'name' | 'level'> = {
  growth: [0, 0.04],
  waves: [],
  changing: 0,
  wander: 0.015,
  shifts: [0.1, 0.15],
  noise: 0.1,
  spikes: [0.1, 0.6],
  promotions: [0, 0],
};

export const groups: readonly Group[] = [
  { ...quiet, name: 'steady', level: 300, noise: 0.19, wander: 0 },
  { ...quiet, name: 'shifting', level: 200, shifts: [0.9, 0.35] },
  { ...quiet, name: 'weak-season', level: 420, waves: [0.1, 0.05], noise: 0.13 },
  { ...quiet, name: 'strong-season', level: 650, waves: [0.25, 0.1, 0.05], changing: 0.15 },
  { ...quiet, name: 'restless-season', level: 140, waves: [0.2, 0.12], changing: 0.7, noise: 0.16, wander: 0.04 },
  { ...quiet, name: 'wandering', level: 160, wander: 0.11, noise: 0.06 },
  { ...quiet, name: 'promoted', level: 240, waves: [0.08], promotions: [2.5, 0.55] },
  { ...quiet, name: 'spiked', level: 180, spikes: [1.2, 0.8], wander: 0.03 },
  { ...quiet, name: 'fading', level: 230, growth: [-0.2, 0.1], waves: [0.12], noise: 0.12 },
  { ...quiet, name: 'slow', level: 18, growth: [0, 0.08], wander: 0.03, shifts: [0.3, 0.2] },
];

/** Above it a Poisson number is as good as a normal one, and much dearer. */
const mostCounted = 200;

/** The months of one group under one seed. */
export const groupSeries = (group: Group, seed: number, monthCount: number): readonly number[] => {
  const chance = chanceOf(seed * 16 + groups.indexOf(group) + 1_000_003);
  const normal = normalOf(chance);
  const growth = Math.log1p(Math.max(-0.6, group.growth[0] + group.growth[1] * normal())) / 12;
  const drawn = (): number[] => group.waves.flatMap((height) => [height * normal(), height * normal()]);
  let [level, season, lull] = [Math.log(group.level) + 0.3 * normal(), drawn(), 0];
  const months: number[] = [];
  for (let month = 0; month < monthCount; month += 1) {
    if (month > 0 && month % 12 === 0) {
      const fresh = drawn();
      const kept = Math.sqrt(1 - group.changing ** 2);
      season = season.map((part, at) => kept * part + group.changing * (fresh[at] as number));
    }
    const angle = (2 * Math.PI * month) / 12;
    const wave = season.reduce(
      (sum, part, at) => sum + part * (at % 2 === 0 ? Math.cos : Math.sin)(angle * ((at >> 1) + 1)),
      0,
    );
    level += growth + group.wander * normal() + (chance() < group.shifts[0] / 12 ? group.shifts[1] * normal() : 0);
    const spike = chance() < group.spikes[0] / 12 ? group.spikes[1] * normal() : 0;
    const lift = chance() < group.promotions[0] / 12 ? group.promotions[1] * (0.7 + 0.6 * chance()) : 0;
    const mean = Math.exp(level + wave + spike + group.noise * normal()) * Math.max(0.2, 1 + lift - lull);
    lull = 0.45 * lift;
    months.push(
      mean < mostCounted ? poissonOf(chance, mean) : Math.max(0, Math.round(mean + Math.sqrt(mean) * normal())),
    );
  }
  return months;
};
