/**
 * The combination of methods: members weighted by what they lost so far, and drawn towards a plain rule where that lead
 * is small. At each origin it knows what came before it and nothing else.
 */
import type { Recipe } from './methods.ts';
import { type Numbers, repeated } from './numbers.ts';

/** From where and how far the past is forecast again. */
export interface Origins {
  /** Index of the first origin in the past. */
  readonly first: number;
  readonly count: number;
  readonly horizon: number;
}

/** What one method forecast: at `row * horizon + step`, one row an origin; the last row is what comes. */
export interface Trial {
  readonly name: string;
  readonly rows: Numbers;
}

/** A loss counts so much of one that is a period younger. */
const kept = 0.95;
/** To each member's losses so many of a usual member are added: few losses prove little. */
const doubt = 6;

/** What came at an origin, one period ahead; NaN where it is not known, or still to come. */
const cameAt = ({ first, count }: Origins, demand: Numbers, row: number): number =>
  row < count - 1 ? demand[first + row]! : Number.NaN;

/** The mean of the members, weighted by their past losses one period ahead, as they were known at each origin. */
const weighted = (
  origins: Origins,
  members: readonly Trial[],
  { loss, sharpness }: Recipe,
  demand: Numbers,
): number[] => {
  const { count, horizon } = origins;
  const losses = repeated(0, members.length);
  const weights = repeated(1, members.length);
  const rows: number[] = [];
  let seen = 0;
  for (let row = 0; row < count; row += 1) {
    let usual = 0;
    for (const lost of losses) usual += lost / members.length;
    // Without losses all weigh the same.
    for (let which = 0; which < members.length; which += 1)
      weights[which] = usual > 0 ? ((losses[which]! + (doubt * usual) / seen) / usual) ** -sharpness : 1;
    for (let step = 0; step < horizon; step += 1) {
      let sum = 0;
      let weight = 0;
      for (let which = 0; which < members.length; which += 1) {
        const value = members[which]!.rows[row * horizon + step]!;
        if (Number.isNaN(value)) continue;
        sum += weights[which]! * value;
        weight += weights[which]!;
      }
      rows.push(sum / weight);
    }
    const came = cameAt(origins, demand, row);
    if (Number.isNaN(came)) continue;
    const mean = seen > 0 ? usual / seen : 0;
    seen = kept * seen + 1;
    for (let which = 0; which < members.length; which += 1) {
      const lost = loss(members[which]!.rows[row * horizon]! - came);
      losses[which] = kept * losses[which]! + (Number.isNaN(lost) ? mean : lost);
    }
  }
  return rows;
};

/** A combination that errs so much of what its anchor errs leans on it by `leastLean`; one without a lead by `mostLean`. */
const clearLead = 0.85;
const leastLean = 0.55;
const mostLean = 0.9;
const leanOfLead = 3;
/** The lead that is usual, and as how many errors it counts: that of one series is half chance. */
const usualLead = 0.9;
const leadDoubt = 12;
/** An anchor that errs more than its best rival by the first of these is leaned on less, by the second not at all. */
const rivalled = [1.05, 2] as const;
/** So many of its usual errors the anchor draws at most: what a spike of last year makes of it is no reason. */
const farthest = 3;

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * Draws a combination towards a plain rule, the more the less it has erred below it so far: what looks better by a little
 * on the past of one series is often worse on what comes, and nobody forgives a forecast that loses to a plain rule. On a
 * rule that does worse than other plain ones nobody has to lean. Changes `rows`.
 */
const lean = (origins: Origins, rows: number[], anchor: Numbers, rivals: readonly Trial[], demand: Numbers): void => {
  const { count, horizon } = origins;
  const theirs = repeated(0, rivals.length);
  let [own, its, seen] = [0, 0, 0];
  for (let row = 0; row < count; row += 1) {
    const usual = seen > 0 ? its / seen : Number.POSITIVE_INFINITY;
    let [lead, standing] = [usualLead, 1];
    if (its > 0) {
      const more = leadDoubt * usual;
      lead = (own + more * usualLead) / (its + more);
      standing = between(
        0,
        (rivalled[1] - (its + more) / (Math.min(...theirs) + more)) / (rivalled[1] - rivalled[0]),
        1,
      );
    }
    const weight = standing * between(leastLean, leastLean + leanOfLead * (lead - clearLead), mostLean);
    const begin = row * horizon;
    const came = cameAt(origins, demand, row);
    const [ownError, itsError] = [Math.abs(rows[begin]! - came), Math.abs(anchor[begin]! - came)];
    for (let at = begin; at < begin + horizon; at += 1) {
      const away = between(-farthest * usual, anchor[at]! - rows[at]!, farthest * usual);
      if (!Number.isNaN(away)) rows[at] = rows[at]! + weight * away;
    }
    if (Number.isNaN(ownError) || Number.isNaN(itsError)) continue;
    own = kept * own + ownError;
    its = kept * its + itsError;
    seen = kept * seen + 1;
    for (let which = 0; which < rivals.length; which += 1) {
      const error = Math.abs(rivals[which]!.rows[begin]! - came);
      theirs[which] = kept * theirs[which]! + (Number.isNaN(error) ? itsError : error);
    }
  }
};

/** The combination of trials by a recipe. `demand` is the past that was tested. */
export const combine = (origins: Origins, trials: readonly Trial[], recipe: Recipe, demand: Numbers): Trial => {
  const named = (names: ReadonlySet<string>): Trial[] => trials.filter(({ name }) => names.has(name));
  const rows = weighted(origins, named(recipe.members), recipe, demand);
  const anchor = trials.find(({ name }) => name === recipe.anchor);
  if (anchor) lean(origins, rows, anchor.rows, named(recipe.rivals), demand);
  return { name: 'combination', rows };
};
