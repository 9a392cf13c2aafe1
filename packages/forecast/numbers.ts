/** Rows of numbers, one a period. Plain arrays: a forecast makes thousands of short ones, which typed arrays are slow at. */

export type Numbers = readonly number[];

export const repeated = (value: number, count: number): number[] => {
  const values: number[] = [];
  for (let at = 0; at < count; at += 1) values.push(value);
  return values;
};

/** From the least to the largest. */
export const sorted = (values: Numbers): Float64Array => Float64Array.from(values).sort();

/** NaN of none. */
export const medianOf = (values: Numbers): number => {
  if (values.length === 0) return Number.NaN;
  const inOrder = sorted(values);
  const middle = inOrder.length >> 1;
  return inOrder.length % 2 ? inOrder[middle]! : (inOrder[middle - 1]! + inOrder[middle]!) / 2;
};

/** The mean of those that are known; NaN of none. */
export const meanOf = (values: Numbers): number => {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return sum / count;
};
