/**
 * One against the others: shares compared with the shares of peers. Two measures, because each is blind where the other
 * sees: limits of chance around the peers' common share (a funnel plot's, exact binomial), and the distance from the
 * peers' median in their own spread (robust z of Iglewicz and Hoaglin). It says where somebody stands, and judges nobody.
 */

export interface Counted {
  readonly key: string;
  /** Of so many. */
  readonly n: number;
  /** So many had it. */
  readonly x: number;
}

export const standings = ['few', 'inside', 'beyond-95', 'beyond-998'] as const;
export type Standing = (typeof standings)[number];

export interface Compared extends Counted {
  /** Shares, 0 to 1. */
  readonly share: number;
  readonly median: number;
  /** The median of the peers' distances from their median. */
  readonly mad: number;
  /** In spreads of the peers; nothing where they all agree. */
  readonly z: number | undefined;
  /** Between these shares 95 of 100 peers with as many cases lie by chance alone. */
  readonly low: number;
  readonly high: number;
  readonly standing: Standing;
}

/** With fewer cases, or beside fewer peers, nothing is said. */
export const fewCases = 20;
const fewPeers = 3;

const logGamma = (x: number): number => {
  // Lanczos, g = 7, n = 9: fifteen digits for what is counted here
  const c = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const t = x + 6.5;
  const sum = c.reduce((s, v, i) => (i === 0 ? v : s + v / (x + i - 1)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
};

/** Continued fraction of the incomplete beta function, by Lentz's method. */
const betaFraction = (a: number, b: number, x: number): number => {
  const tiny = 1e-300;
  const kept = (v: number) => (Math.abs(v) < tiny ? tiny : v);
  let c = 1;
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m <= 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / kept(1 + even * d);
    c = kept(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / kept(1 + odd * d);
    c = kept(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-13) break;
  }
  return h;
};

const incompleteBeta = (a: number, b: number, x: number): number => {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, 1 - x)) / b;
};

/** The chance of `x` or more of `n`, where each has the chance `p`. */
export const chanceOfAtLeast = (x: number, n: number, p: number): number =>
  x <= 0 ? 1 : x > n ? 0 : incompleteBeta(x, n - x + 1, p);

/** The chance of `x` or fewer. */
const chanceOfAtMost = (x: number, n: number, p: number): number => 1 - chanceOfAtLeast(x + 1, n, p);

/** The smallest number for which `holds`, which holds for all above it; `n + 1` where for none. */
const smallest = (n: number, holds: (x: number) => boolean): number => {
  let from = 0;
  let to = n + 1;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
};

/** The numbers of `n` that are not rarer than `tail` at either end. */
const limitsOf = (n: number, p: number, tail: number): { low: number; high: number } => ({
  low: smallest(n, (x) => chanceOfAtMost(x, n, p) > tail),
  high: smallest(n, (x) => chanceOfAtLeast(x, n, p) <= tail) - 1,
});

export const medianOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length === 0
    ? 0
    : sorted.length % 2
      ? (sorted[half] as number)
      : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
};

/** A median absolute deviation as large as a standard deviation of what is normal. */
const madToSigma = 1.4826;

/**
 * Each against all others, the furthest from the limits first. Limits come from the peers' common share without the own
 * cases, so that who is large does not hide behind the own weight.
 */
export const comparePeers = (all: readonly Counted[]): Compared[] => {
  const shares = all.filter(({ n }) => n >= fewCases).map(({ x, n }) => x / n);
  const median = medianOf(shares);
  const mad = medianOf(shares.map((share) => Math.abs(share - median)));
  const cases = all.reduce((sum, { n }) => sum + n, 0);
  const having = all.reduce((sum, { x }) => sum + x, 0);
  const compared = all
    .filter(({ n }) => n > 0)
    .map((one): Compared => {
      const share = one.x / one.n;
      const others = cases - one.n;
      const p = others > 0 ? (having - one.x) / others : 0;
      const near = limitsOf(one.n, p, 0.025);
      const far = limitsOf(one.n, p, 0.001);
      const isFew = one.n < fewCases || others < fewCases || all.length <= fewPeers;
      const standing = isFew
        ? 'few'
        : one.x < far.low || one.x > far.high
          ? 'beyond-998'
          : one.x < near.low || one.x > near.high
            ? 'beyond-95'
            : 'inside';
      return {
        ...one,
        share,
        median,
        mad,
        z: isFew || mad === 0 ? undefined : (share - median) / (madToSigma * mad),
        low: near.low / one.n,
        high: near.high / one.n,
        standing,
      };
    });
  const rank = ({ standing }: Compared) => standings.indexOf(standing);
  return compared.sort(
    (a, b) => rank(b) - rank(a) || Math.abs(b.z ?? 0) - Math.abs(a.z ?? 0) || b.n - a.n || (a.key < b.key ? -1 : 1),
  );
};
