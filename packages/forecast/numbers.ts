/** Rows of numbers, one a period. Plain arrays: a forecast makes thousands of short ones, which typed arrays are slow at. */

export type Numbers = readonly number[];

export const repeated = (value: number, count: number): number[] => {
  const values = new Array<number>(count);
  for (let at = 0; at < count; at += 1) values[at] = value;
  return values;
};

/** From the least to the largest. */
export const sorted = (values: Numbers): Float64Array => Float64Array.from(values).sort();

/** The value of a rank, from 0, by Hoare's selection: the values are moved about. */
const select = (values: number[], rank: number): number => {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let left = low;
    let right = high;
    while (left <= right) {
      while (values[left]! < pivot) left += 1;
      while (values[right]! > pivot) right -= 1;
      if (left > right) break;
      const moved = values[left]!;
      values[left] = values[right]!;
      values[right] = moved;
      left += 1;
      right -= 1;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else break;
  }
  return values[rank]!;
};

/** The upper of the two middle ones where their number is even; NaN of none. None may be NaN. */
export const medianOf = (values: Numbers): number =>
  values.length === 0 ? Number.NaN : select(values.slice(), values.length >> 1);

/** The mean of those from the index `from` on that are known; NaN of none. */
export const meanOf = (values: Numbers, from = 0): number => {
  let sum = 0;
  let count = 0;
  for (let at = Math.max(0, from); at < values.length; at += 1) {
    const value = values[at]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return sum / count;
};
