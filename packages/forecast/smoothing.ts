/**
 * The family of exponential smoothing: level, trend, damped trend, trend and season (Brown, Holt, Winters; Gardner and
 * McKenzie for the damped trend), and theta (Assimakopoulos and Nikolopoulos, in the form of Hyndman and Billah). Weights
 * may be given; else each takes those of a small fixed list that would have erred least on the history, one period ahead.
 * A period that is not known (NaN) changes nothing but the passing of time.
 *
 * A back-test asks each of them from one origin after the other. So each stands here as a walk too, which takes a period
 * in once for all origins behind it, by the same steps in the same order: its figures are the same to the last bit.
 */
import type { Method } from './baselines.ts';
import { type Numbers, repeated } from './numbers.ts';

/** Weights: of the newest value on the level, of the newest change on the trend, of the newest season; and what a trend keeps from one period to the next. */
export interface Weights {
  readonly alpha: number;
  readonly beta?: number;
  readonly gamma?: number;
  readonly phi?: number;
}

/** A method on its way along one history: the figures behind `origin` periods of it; origins are asked for in rising order. */
export type Walk = (origin: number, horizon: number) => Numbers;

/** State behind the last period that was taken in, and the sum of squared errors one period ahead. It moves on. */
export interface Fit {
  level: number;
  trend: number;
  phi: number;
  squares: number;
}

const firstKnown = (history: Numbers): number => {
  let at = 0;
  while (at < history.length && Number.isNaN(history[at]!)) at += 1;
  return at;
};

/** Errors of the first periods tell of the beginning that was assumed, not of the weights. */
const settling = 3;

/** Takes in the periods from `from` to before `to`; the first that is known is the level that it begins with. */
const advanceLevel = (fit: Fit, history: Numbers, first: number, from: number, to: number, alpha: number): void => {
  let { level, squares } = fit;
  for (let at = from; at < to; at += 1) {
    const error = history[at]! - level;
    if (Number.isNaN(error)) continue;
    if (at >= first + settling) squares += error * error;
    level += alpha * error;
  }
  fit.level = level;
  fit.squares = squares;
};

const smoothLevel = (history: Numbers, { alpha }: Weights): Fit => {
  const first = firstKnown(history);
  const fit = { level: history[first] ?? Number.NaN, trend: 0, phi: 0, squares: 0 };
  advanceLevel(fit, history, first, first + 1, history.length, alpha);
  return fit;
};

/** The change over the first periods is the first trend, over no more of them than half of what there is. */
const trendSpan = 6;

/** Level and trend as they begin; `length` is how much of the history is known. */
const trendBegin = (history: Numbers, first: number, length: number, phi: number): Fit => {
  const level = history[first]!;
  const span = Math.min(trendSpan, length - first - 1);
  const later = history[first + span]!;
  const trend = Number.isNaN(later) ? 0 : (later - level) / span;
  return { level, trend: length - first < 2 * span ? trend / 2 : trend, phi, squares: 0 };
};

const advanceTrend = (
  fit: Fit,
  history: Numbers,
  first: number,
  from: number,
  to: number,
  { alpha, beta = 0, phi = 1 }: Weights,
): void => {
  let { level, trend, squares } = fit;
  for (let at = from; at < to; at += 1) {
    trend *= phi;
    const expected = level + trend;
    const error = history[at]! - expected;
    level = expected;
    if (Number.isNaN(error)) continue;
    if (at >= first + settling) squares += error * error;
    level += alpha * error;
    trend += alpha * beta * error;
  }
  fit.level = level;
  fit.trend = trend;
  fit.squares = squares;
};

const smoothTrend = (history: Numbers, weights: Weights): Fit => {
  const first = firstKnown(history);
  if (first + 1 >= history.length) return smoothLevel(history, weights);
  const fit = trendBegin(history, first, history.length, weights.phi ?? 1);
  advanceTrend(fit, history, first, first + 1, history.length, weights);
  return fit;
};

const leastOf = <T extends Fit>(fits: readonly T[]): T => {
  let best = fits[0]!;
  for (let at = 1; at < fits.length; at += 1) if (fits[at]!.squares < best.squares) best = fits[at]!;
  return best;
};

const project = ({ level, trend, phi }: Fit, horizon: number): number[] => {
  let value = level;
  let step = trend;
  const path: number[] = [];
  for (let ahead = 0; ahead < horizon; ahead += 1) {
    step *= phi;
    value += step;
    path.push(Math.max(0, value));
  }
  return path;
};

const levelWeights: readonly Weights[] = [0.05, 0.15, 0.3, 0.5, 0.8].map((alpha) => ({ alpha }));

/** The smoothed level of a history, by the weight that would have erred least. */
export const levelOf = (history: Numbers, weights?: Weights): Fit =>
  leastOf((weights ? [weights] : levelWeights).map((each) => smoothLevel(history, each)));

/** Goes along a history with each of the weights and answers the fit that has erred least up to the origin. */
const levelWalk = (history: Numbers): ((origin: number) => Fit) => {
  const first = firstKnown(history);
  const fits = levelWeights.map(() => ({ level: history[first] ?? Number.NaN, trend: 0, phi: 0, squares: 0 }));
  const nothing: Fit = { level: Number.NaN, trend: 0, phi: 0, squares: 0 };
  let taken = first + 1;
  return (origin) => {
    if (origin <= first) return nothing;
    for (const [which, { alpha }] of levelWeights.entries())
      advanceLevel(fits[which]!, history, first, taken, origin, alpha);
    taken = Math.max(taken, origin);
    return leastOf(fits);
  };
};

/** A smoothed level goes on as it is. */
export const levelAhead = (fit: Fit, horizon: number): Numbers => project(fit, horizon);

/** Simple exponential smoothing. */
export const simpleSmoothing =
  (weights?: Weights): Method =>
  (history, horizon) =>
    project(levelOf(history, weights), horizon);

export const simpleSmoothingAlong = (history: Numbers): Walk => {
  const walk = levelWalk(history);
  return (origin, horizon) => project(walk(origin), horizon);
};

const trendWeights: readonly Weights[] = [0.15, 0.35, 0.6].flatMap((alpha) =>
  [0.05, 0.25].map((beta) => ({ alpha, beta })),
);

const dampedWeights = trendWeights.map((weights) => ({ ...weights, phi: 0.85 }));

const trendOf =
  (weights: readonly Weights[]): Method =>
  (history, horizon) =>
    project(leastOf(weights.map((each) => smoothTrend(history, each))), horizon);

/** Holt's linear trend. The trend of an error-correction form: `beta` is the share of the level's own correction. */
export const holt = (weights?: Weights): Method => trendOf(weights ? [weights] : trendWeights);

/** Holt's trend, damped: each period keeps `phi` of it, so that it flattens out. */
export const dampedTrend = (weights?: Weights): Method => trendOf(weights ? [weights] : dampedWeights);

const trendAlong =
  (weights: readonly Weights[]) =>
  (history: Numbers): Walk => {
    const first = firstKnown(history);
    const settled = first + 2 * trendSpan;
    const plain = trendOf(weights);
    let [fits, taken] = [[] as Fit[], first + 1];
    return (origin, horizon) => {
      // Before that the first trend itself hangs on how much is known.
      if (origin < settled) return plain(history.slice(0, origin), horizon, 1);
      if (fits.length === 0) fits = weights.map(({ phi = 1 }) => trendBegin(history, first, origin, phi));
      for (const [which, each] of weights.entries()) advanceTrend(fits[which]!, history, first, taken, origin, each);
      taken = origin;
      return project(leastOf(fits), horizon);
    };
  };
export const holtAlong = trendAlong(trendWeights);
export const dampedTrendAlong = trendAlong(dampedWeights);

/** Half the slope of the straight line through the first `length` periods of a history. */
const halfSlope = (history: Numbers, length: number): number => {
  let count = 0;
  let times = 0;
  for (let at = 0; at < length; at += 1) {
    if (Number.isNaN(history[at]!)) continue;
    count += 1;
    times += at;
  }
  const middle = times / count;
  let over = 0;
  let under = 0;
  for (let at = 0; at < length; at += 1) {
    const value = history[at]!;
    if (Number.isNaN(value)) continue;
    over += (at - middle) * value;
    under += (at - middle) ** 2;
  }
  return under > 0 ? over / under / 2 : 0;
};

/** Theta from the smoothed level of the first `length` periods of a history. */
export const thetaAhead = ({ level, squares }: Fit, history: Numbers, length: number, horizon: number): Numbers =>
  project({ level, squares, trend: halfSlope(history, length), phi: 1 }, horizon);

/**
 * Theta: simple smoothing, with half the slope of the straight line through the history as drift (Hyndman and Billah,
 * 2003, who show that the method that won the M3 competition is that).
 */
export const theta =
  (weights?: Weights): Method =>
  (history, horizon) =>
    thetaAhead(levelOf(history, weights), history, history.length, horizon);

export const thetaAlong = (history: Numbers): Walk => {
  const walk = levelWalk(history);
  return (origin, horizon) => thetaAhead(walk(origin), history, origin, horizon);
};

const seasonWeights: readonly Weights[] = [0.1, 0.3].flatMap((alpha) =>
  [0.05, 0.2].map((gamma) => ({ alpha, beta: 0.05, gamma, phi: 0.9 })),
);

interface WintersFit extends Fit {
  /** By place in the season, counted from the first period that is known. */
  readonly indices: number[];
}

type SeasonKind = 'additive' | 'multiplicative';

/** Level and season as the first season has them. */
const wintersBegin = (kind: SeasonKind, history: Numbers, first: number, season: number, phi: number): WintersFit => {
  const added = kind === 'additive';
  let sum = 0;
  let known = 0;
  for (let at = first; at < first + season; at += 1) {
    if (Number.isNaN(history[at]!)) continue;
    sum += history[at]!;
    known += 1;
  }
  const level = sum / known;
  const indices = repeated(added ? 0 : 1, season);
  for (let at = 0; at < season; at += 1) {
    const value = history[first + at]!;
    if (Number.isNaN(value)) continue;
    indices[at] = added ? value - level : level > 0 ? value / level : 1;
  }
  return { level, trend: 0, phi, squares: 0, indices };
};

const advanceWinters = (
  kind: SeasonKind,
  fit: WintersFit,
  history: Numbers,
  first: number,
  from: number,
  to: number,
  { alpha, beta = 0, gamma = 0, phi = 1 }: Weights,
): void => {
  const added = kind === 'additive';
  const { indices } = fit;
  let { level, trend, squares } = fit;
  for (let at = from; at < to; at += 1) {
    const place = (at - first) % indices.length;
    trend *= phi;
    const expected = level + trend;
    const index = indices[place]!;
    level = expected;
    const value = history[at]!;
    if (Number.isNaN(value)) continue;
    const error = value - (added ? expected + index : expected * index);
    squares += error * error;
    const free = added ? value - index : index > 0.01 ? value / index : expected;
    level = Math.max(added ? Number.NEGATIVE_INFINITY : 0, expected + alpha * (free - expected));
    trend += alpha * beta * (free - expected);
    indices[place] = index + gamma * ((added ? value - level : level > 0 ? value / level : 1) - index);
  }
  fit.level = level;
  fit.trend = trend;
  fit.squares = squares;
};

/** The way along a history, with the weights that are given or each of the usual ones. */
const wintersWalk = (kind: SeasonKind, history: Numbers, season: number, weights: readonly Weights[]): Walk => {
  const first = firstKnown(history);
  let [fits, taken] = [[] as WintersFit[], first + season];
  return (origin, horizon) => {
    if (origin - first < 2 * season) return repeated(Number.NaN, horizon);
    if (fits.length === 0) fits = weights.map(({ phi = 1 }) => wintersBegin(kind, history, first, season, phi));
    for (const [which, each] of weights.entries())
      advanceWinters(kind, fits[which]!, history, first, taken, origin, each);
    taken = origin;
    const fit = leastOf(fits);
    return project(fit, horizon).map((level, step) => {
      const index = fit.indices[(origin + step - first) % season]!;
      return Math.max(0, kind === 'additive' ? level + index : level * index);
    });
  };
};

/**
 * Holt and Winters with a damped trend and a season that is added to the level or multiplies it. The season begins as the
 * first year's, so it asks for two seasons; NaN before.
 */
export const holtWinters =
  (kind: SeasonKind, weights?: Weights): Method =>
  (history, horizon, season) =>
    wintersWalk(kind, history, season, weights ? [weights] : seasonWeights)(history.length, horizon);

export const holtWintersAlong =
  (kind: SeasonKind) =>
  (history: Numbers, season: number): Walk =>
    wintersWalk(kind, history, season, seasonWeights);
