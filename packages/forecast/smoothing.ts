/**
 * The family of exponential smoothing: level, trend, damped trend, trend and season (Brown, Holt, Winters; Gardner and
 * McKenzie for the damped trend), and theta (Assimakopoulos and Nikolopoulos, in the form of Hyndman and Billah). Weights
 * may be given; else each takes those of a small fixed list that would have erred least on the history, one period ahead.
 * A period that is not known (NaN) changes nothing but the passing of time.
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

/** State behind the last period, and the sum of squared errors one period ahead. */
interface Fit {
  readonly level: number;
  readonly trend: number;
  readonly phi: number;
  readonly squares: number;
}

const firstKnown = (history: Numbers): number => {
  let at = 0;
  while (at < history.length && Number.isNaN(history[at]!)) at += 1;
  return at;
};

/** Errors of the first periods tell of the beginning that was assumed, not of the weights. */
const settling = 3;

const smoothLevel = (history: Numbers, alpha: number): Fit => {
  const first = firstKnown(history);
  let level = first < history.length ? history[first]! : Number.NaN;
  let squares = 0;
  for (let at = first + 1; at < history.length; at += 1) {
    const error = history[at]! - level;
    if (Number.isNaN(error)) continue;
    if (at >= first + settling) squares += error * error;
    level += alpha * error;
  }
  return { level, trend: 0, phi: 0, squares };
};

const smoothTrend = (history: Numbers, { alpha, beta = 0, phi = 1 }: Weights): Fit => {
  const first = firstKnown(history);
  if (first + 1 >= history.length) return smoothLevel(history, alpha);
  let level = history[first]!;
  // The change over the first periods, no more of them than half of what there is.
  const span = Math.min(6, history.length - first - 1);
  const later = history[first + span]!;
  let trend = Number.isNaN(later) ? 0 : (later - level) / span;
  if (history.length - first < 2 * span) trend /= 2;
  let squares = 0;
  for (let at = first + 1; at < history.length; at += 1) {
    trend *= phi;
    const expected = level + trend;
    const error = history[at]! - expected;
    level = expected;
    if (Number.isNaN(error)) continue;
    if (at >= first + settling) squares += error * error;
    level += alpha * error;
    trend += alpha * beta * error;
  }
  return { level, trend, phi, squares };
};

const bestOf = <T extends Fit>(weights: readonly Weights[], fitted: (weights: Weights) => T): T => {
  let best = fitted(weights[0]!);
  for (let at = 1; at < weights.length; at += 1) {
    const fit = fitted(weights[at]!);
    if (fit.squares < best.squares) best = fit;
  }
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
const levelOf = (history: Numbers, weights: Weights | undefined): Fit =>
  bestOf(weights ? [weights] : levelWeights, ({ alpha }) => smoothLevel(history, alpha));

/** Simple exponential smoothing. */
export const simpleSmoothing =
  (weights?: Weights): Method =>
  (history, horizon) =>
    project(levelOf(history, weights), horizon);

const trendWeights: readonly Weights[] = [0.15, 0.35, 0.6].flatMap((alpha) =>
  [0.05, 0.25].map((beta) => ({ alpha, beta })),
);

const dampedWeights = trendWeights.map((weights) => ({ ...weights, phi: 0.85 }));

/** Holt's linear trend. The trend of an error-correction form: `beta` is the share of the level's own correction. */
export const holt =
  (weights?: Weights): Method =>
  (history, horizon) =>
    project(
      bestOf(weights ? [weights] : trendWeights, (each) => smoothTrend(history, each)),
      horizon,
    );

/** Holt's trend, damped: each period keeps `phi` of it, so that it flattens out. */
export const dampedTrend =
  (weights?: Weights): Method =>
  (history, horizon) =>
    project(
      bestOf(weights ? [weights] : dampedWeights, (each) => smoothTrend(history, each)),
      horizon,
    );

/**
 * Theta: simple smoothing, with half the slope of the straight line through the history as drift (Hyndman and Billah,
 * 2003, who show that the method that won the M3 competition is that).
 */
export const theta =
  (weights?: Weights): Method =>
  (history, horizon) => {
    const fit = levelOf(history, weights);
    let count = 0;
    let times = 0;
    for (let at = 0; at < history.length; at += 1) {
      const value = history[at]!;
      if (Number.isNaN(value)) continue;
      count += 1;
      times += at;
    }
    let over = 0;
    let under = 0;
    for (let at = 0; at < history.length; at += 1) {
      const value = history[at]!;
      if (Number.isNaN(value)) continue;
      over += (at - times / count) * value;
      under += (at - times / count) ** 2;
    }
    const drift = under > 0 ? over / under / 2 : 0;
    return project({ ...fit, trend: drift, phi: 1 }, horizon);
  };

const seasonWeights: readonly Weights[] = [0.1, 0.3].flatMap((alpha) =>
  [0.05, 0.2].map((gamma) => ({ alpha, beta: 0.05, gamma, phi: 0.9 })),
);

/**
 * Holt and Winters with a damped trend and a season that is added to the level or multiplies it. The season begins as the
 * first year's, so it asks for two seasons; NaN before.
 */
export const holtWinters =
  (kind: 'additive' | 'multiplicative', weights?: Weights): Method =>
  (history, horizon, season) => {
    const first = firstKnown(history);
    if (history.length - first < 2 * season) return repeated(Number.NaN, horizon);
    const fit = bestOf(weights ? [weights] : seasonWeights, (each) => winters(kind, history, first, season, each));
    const path = project(fit, horizon);
    return path.map((level, step) => {
      const index = fit.indices[(history.length + step - first) % season]!;
      return Math.max(0, kind === 'additive' ? level + index : level * index);
    });
  };

interface WintersFit extends Fit {
  /** By place in the season, counted from the first period that is known. */
  readonly indices: Numbers;
}

const winters = (
  kind: 'additive' | 'multiplicative',
  history: Numbers,
  first: number,
  season: number,
  { alpha, beta = 0, gamma = 0, phi = 1 }: Weights,
): WintersFit => {
  const added = kind === 'additive';
  let sum = 0;
  let known = 0;
  for (let at = first; at < first + season; at += 1) {
    if (Number.isNaN(history[at]!)) continue;
    sum += history[at]!;
    known += 1;
  }
  let level = sum / known;
  const indices = repeated(added ? 0 : 1, season);
  for (let at = 0; at < season; at += 1) {
    const value = history[first + at]!;
    if (Number.isNaN(value)) continue;
    indices[at] = added ? value - level : level > 0 ? value / level : 1;
  }
  let trend = 0;
  let squares = 0;
  for (let at = first + season; at < history.length; at += 1) {
    const place = (at - first) % season;
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
  return { level, trend, phi, squares, indices };
};
