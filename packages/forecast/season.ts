/**
 * What of a series is season, what is unusual, and what is left. Seasonal indices multiply the level. They are taken
 * from few years and much noise, so each wave of the season (once a year, twice a year, ...) is shrunk by how much of it
 * chance alone would make (empirical Bayes; that shrunk indices forecast better: Miller and Williams, 2003). Unusual
 * periods are brought back to what is usual for them, no further than a wide band.
 */
import { medianOf, type Numbers, repeated } from './numbers.ts';

export interface Parts {
  /** By place in the season (index of the period modulo the season); mean 1, never below 0. */
  readonly indices: Numbers;
  /** The history without its season and with what is unusual damped; where not known, what is usual. */
  readonly level: Numbers;
  /** The history with its season, what is unusual damped; NaN where not known. */
  readonly damped: Numbers;
  /** What would have been usual in each period, with its season. */
  readonly usual: Numbers;
  /** True where the period is unusual. */
  readonly unusual: readonly boolean[];
}

/** Waves of a season that are told apart; more would be noise. */
const mostWaves = 6;

interface Waves {
  readonly count: number;
  /** cos and sin of wave w (from 1) at place p, at `(w - 1) * season + p`. */
  readonly cos: Numbers;
  readonly sin: Numbers;
}

const wavesOf = (season: number): Waves => {
  const count = Math.min(mostWaves, Math.floor(season / 2));
  const angles = Array.from(
    { length: count * season },
    (_, index) => (2 * Math.PI * (Math.floor(index / season) + 1) * (index % season)) / season,
  );
  return { count, cos: angles.map(Math.cos), sin: angles.map(Math.sin) };
};
const waves: ReadonlyMap<number, Waves> = new Map([7, 12, 52].map((season) => [season, wavesOf(season)]));

/**
 * So many times what chance is expected to make of a wave is taken off it. Once would do on average; but a wave that
 * chance makes costs more than one of the same height that is missed, for it is turned the wrong way round.
 */
const shrink = 2;

/** By place in the season; filled anew each time, because thousands of short arrays are most of what this costs. */
const longestSeason = 52;
const [placeMeans, placeSquares, placeCounts] = [0, 1, 2].map(() => new Float64Array(longestSeason)) as [
  Float64Array,
  Float64Array,
  Float64Array,
];

/**
 * Indices from the values over their level. `level` is asked for from `from` to before `to`. What chance makes of a wave
 * is reckoned from how much ratios of the same place differ.
 */
const shrunkIndices = (
  values: Numbers,
  level: Numbers,
  [from, to]: readonly [number, number],
  season: number,
): number[] => {
  placeMeans.fill(0);
  placeSquares.fill(0);
  placeCounts.fill(0);
  for (let at = from; at < to; at += 1) {
    const ratio = values[at]! / level[at]!;
    if (!(level[at]! > 0) || Number.isNaN(ratio)) continue;
    const place = at % season;
    placeMeans[place]! += ratio;
    placeSquares[place]! += ratio * ratio;
    placeCounts[place]! += 1;
  }
  let within = 0;
  let freedom = 0;
  let mean = 0;
  let share = 0;
  for (let place = 0; place < season; place += 1) {
    const count = placeCounts[place]!;
    placeMeans[place] = count > 0 ? placeMeans[place]! / count : 1;
    within += Math.max(0, placeSquares[place]! - count * placeMeans[place]! ** 2);
    freedom += Math.max(0, count - 1);
    mean += placeMeans[place]! / season;
    share += 1 / Math.max(1, count) / season;
  }
  const indices = repeated(1, season);
  if (freedom < 2) return indices;
  const noise = (shrink * within * share) / freedom / season;
  const { count, cos, sin } = waves.get(season) as Waves;
  for (let wave = 0; wave < count; wave += 1) {
    const isLast = 2 * (wave + 1) === season;
    const first = wave * season;
    let a = 0;
    let b = 0;
    for (let place = 0; place < season; place += 1) {
      a += (placeMeans[place]! - mean) * cos[first + place]!;
      b += (placeMeans[place]! - mean) * sin[first + place]!;
    }
    const part = (isLast ? 1 : 2) / season;
    const power = (a * a + b * b) * part * part;
    const chance = (isLast ? 1 : 4) * noise;
    if (power <= chance) continue;
    const kept = (1 - chance / power) * part;
    for (let place = 0; place < season; place += 1)
      indices[place]! += kept * (a * cos[first + place]! + b * sin[first + place]!);
  }
  let sum = 0;
  for (let place = 0; place < season; place += 1) {
    indices[place] = Math.max(0, indices[place]!);
    sum += indices[place]!;
  }
  for (let place = 0; place < season; place += 1) indices[place] = (indices[place]! * season) / sum;
  return indices;
};

/** Mean of the known values in a window around each period, cut at the ends; one of even length weighs both ends by half. */
const smoothed = (values: Numbers, window: number): number[] => {
  const { length } = values;
  const half = window >> 1;
  const atEnds = window % 2 === 0 ? 0.5 : 1;
  const means = new Array<number>(length);
  // Summed anew at each period: what is added and taken off again would leave dust where there should be nothing.
  for (let at = 0; at < length; at += 1) {
    let sum = 0;
    let count = 0;
    const end = Math.min(length - 1, at + half);
    for (let near = Math.max(0, at - half); near <= end; near += 1) {
      const value = values[near]!;
      if (Number.isNaN(value)) continue;
      const weight = near === at - half || near === at + half ? atEnds : 1;
      sum += weight * value;
      count += weight;
    }
    means[at] = count > 0 ? sum / count : Number.NaN;
  }
  return means;
};

/** How many periods on either side count as near. */
const reach = 3;

/** Median of the known values within three periods, cut at the ends. */
const localMedian = (values: Numbers): number[] => {
  const { length } = values;
  const near = repeated(0, 2 * reach + 1);
  let count = 0;
  const medians = new Array<number>(length);
  // What is near is kept in order: one value comes, one goes.
  for (let at = -reach; at < length; at += 1) {
    const coming = at + reach < length ? values[at + reach]! : Number.NaN;
    const going = at > reach ? values[at - reach - 1]! : Number.NaN;
    if (!Number.isNaN(going)) {
      let place = 0;
      while (near[place] !== going) place += 1;
      count -= 1;
      for (; place < count; place += 1) near[place] = near[place + 1]!;
    }
    if (!Number.isNaN(coming)) {
      let place = count;
      for (; place > 0 && near[place - 1]! > coming; place -= 1) near[place] = near[place - 1]!;
      near[place] = coming;
      count += 1;
    }
    if (at < 0) continue;
    const middle = count >> 1;
    medians[at] = count === 0 ? Number.NaN : count % 2 ? near[middle]! : (near[middle - 1]! + near[middle]!) / 2;
  }
  return medians;
};

/** Values over the index of their place. An index near nothing would make a mountain of one pack. */
const leastIndex = 0.05;
const withoutSeason = (values: Numbers, indices: Numbers): number[] => {
  const free = new Array<number>(values.length);
  for (let at = 0; at < values.length; at += 1)
    free[at] = values[at]! / Math.max(leastIndex, indices[at % indices.length]!);
  return free;
};

/** So many robust standard deviations from the usual are unusual, and a standard deviation is a tenth at least. */
const unusualAt = 3.5;
const leastSpread = 0.1;

/**
 * The mean of a season around each period. Of a whole history it serves every shorter one that begins with it, as far as
 * half a season before its end, and further `takeApart` does not look.
 */
export const seasonMeans = (history: Numbers, season: number): Numbers => smoothed(history, season);

/**
 * Takes a history apart: units a day (or any rate) by period, NaN where not known. `borrowed` are the indices of a
 * series that it is like, by the same places, for a history that is too short to have its own; `means` its `seasonMeans`,
 * where they are known already.
 */
export const takeApart = (history: Numbers, season: number, borrowed?: Numbers, means?: Numbers): Parts => {
  const { length } = history;
  const hasSeason = length >= 2 * season;
  const half = season >> 1;
  const first = hasSeason
    ? shrunkIndices(history, means ?? seasonMeans(history, season), [half, length - half], season)
    : (borrowed ?? repeated(1, season));
  const free = withoutSeason(history, first);
  const local = localMedian(free);
  const away: number[] = [];
  for (let at = 0; at < length; at += 1)
    if (local[at]! > 0 && !Number.isNaN(free[at]!)) away.push(Math.abs(free[at]! / local[at]! - 1));
  const band = away.length > 0 ? unusualAt * Math.max(leastSpread, 1.4826 * medianOf(away)) : 0;
  const unusual = new Array<boolean>(length);
  const cleaned = new Array<number>(length);
  for (let at = 0; at < length; at += 1) {
    const share = free[at]! / local[at]! - 1;
    const isUnusual = local[at]! > 0 && Math.abs(share) > band;
    unusual[at] = isUnusual;
    const damped =
      local[at]! * Math.max(0, share > 0 ? 1 + band : 1 - band) * Math.max(leastIndex, first[at % season]!);
    cleaned[at] = isUnusual ? damped : history[at]!;
  }
  // Once more, around a level that no season bends and that reaches to both ends.
  const indices = hasSeason
    ? shrunkIndices(cleaned, smoothed(withoutSeason(cleaned, first), season + 1 - (season % 2)), [0, length], season)
    : first;
  const level = withoutSeason(cleaned, indices);
  let last = Number.NaN;
  for (let at = 0; at < length; at += 1) {
    if (Number.isNaN(level[at]!)) level[at] = Number.isNaN(local[at]!) ? last : local[at]!;
    last = level[at]!;
  }
  return { indices, level, damped: cleaned, usual: local.map((value, at) => value * indices[at % season]!), unusual };
};
