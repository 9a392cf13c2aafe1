/**
 * How rates are taken: A and B in turn within one run, the order changed each round, after one round that does not
 * count; the median of the rounds' ratios. A busy machine then slows both.
 */

/** One figure. `limit` such as ">=0.8" or "<=13", null where it is only printed; `of` says what it is measured against. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: string | null;
  readonly of: string;
}

export type Job = () => Promise<unknown>;

/** As many requests as are under way at once in every rate. */
export const atOnce = 16;

/** Runs every job, `workers` at once, and answers how many a second. The first that fails ends it. */
export const rate = async (jobs: readonly Job[], workers = atOnce): Promise<number> => {
  const waiting = jobs.values();
  const began = performance.now();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (const job of waiting) await job();
    }),
  );
  return (jobs.length * 1000) / (performance.now() - began);
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
};

export interface Compared {
  /** Median of the rounds' `a / b`. */
  readonly ratio: number;
  readonly a: number;
  readonly b: number;
  /** The middle half of the ratios: how far to trust the median. */
  readonly spread: readonly [low: number, high: number];
}

/** So many rounds that a median means something, and no more of them once the time is up. */
const fewestRounds = 8;

/**
 * `a` and `b` each answer a number for a round (a rate, a time); the first round warms up. At most `rounds`, fewer on a
 * machine so busy that they would take more than `seconds`.
 */
export const inTurn = async (
  { rounds, seconds }: { rounds: number; seconds: number },
  a: () => Promise<number>,
  b: () => Promise<number>,
): Promise<Compared> => {
  const pairs: { a: number; b: number }[] = [];
  await a();
  await b();
  const until = performance.now() + seconds * 1000;
  while (pairs.length < rounds && (pairs.length < fewestRounds || performance.now() < until)) {
    if (pairs.length % 2 === 0) pairs.push({ a: await a(), b: await b() });
    else {
      const before = await b();
      pairs.push({ a: await a(), b: before });
    }
  }
  const ratios = pairs.map((p) => p.a / p.b).toSorted((x, y) => x - y);
  const quarter = (part: number) => ratios[Math.floor((ratios.length - 1) * part)] ?? Number.NaN;
  return {
    ratio: median(ratios),
    a: median(pairs.map((p) => p.a)),
    b: median(pairs.map((p) => p.b)),
    spread: [quarter(0.25), quarter(0.75)],
  };
};

/** True where the value keeps its limit; a figure that is no number keeps none. */
export const keeps = ({ value, limit }: Row): boolean => {
  if (limit === null) return Number.isFinite(value);
  const bound = Number(limit.slice(2));
  return limit.startsWith('>=') ? value >= bound : value <= bound;
};

/** Three significant digits: more would be noise. */
export const rounded = (value: number): number => Number(value.toPrecision(3));
