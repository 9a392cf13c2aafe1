/**
 * Chance by seed: the same name gives the same numbers on every machine. A draw belongs to what it is about and not to
 * the order in which things are asked, so that two ways of ordering meet the same country.
 */

/** Numbers from a stream that only its name decides. */
export interface Chance {
  /** Uniform in [0, 1). */
  readonly uniform: () => number;
  /** Uniform in [from, to). */
  readonly between: (from: number, to: number) => number;
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T;
  /** Mean 0, standard deviation 1. */
  readonly normal: () => number;
  /** A count with this mean. */
  readonly poisson: (mean: number) => number;
  readonly exponential: (mean: number) => number;
  /** Positive, by mean and standard deviation. */
  readonly gamma: (mean: number, deviation: number) => number;
}

/** FNV-1a, stirred once more, because names of one kind differ in their last letters only. */
const hashOf = (name: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** The stream of one name: mulberry32, which is quick and even enough for a simulation and for nothing else. */
export const chanceOf = (...name: readonly (string | number)[]): Chance => {
  let state = hashOf(name.join('/'));
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
  // 1 - u is never 0, so the logarithm is finite
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const exponential = (mean: number): number => -mean * Math.log(1 - uniform());
  const poisson = (mean: number): number => {
    // beyond that the normal form is as good, and the loop is not
    if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = uniform(); product > limit; product *= uniform()) count += 1;
    return count;
  };
  /** Marsaglia and Tsang, for shapes of 1 and more. */
  const gamma = (mean: number, deviation: number): number => {
    const shape = Math.max(1, (mean / deviation) ** 2);
    const d = shape - 1 / 3;
    for (;;) {
      const x = normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v * mean) / shape;
    }
  };
  return {
    uniform,
    between: (from, to) => from + (to - from) * uniform(),
    pick: (choices) => choices[Math.floor(uniform() * choices.length)] ?? choices[0],
    normal,
    poisson,
    exponential,
    gamma,
  };
};
