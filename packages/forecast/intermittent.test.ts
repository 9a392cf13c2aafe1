import { expect, test } from 'vitest';
import { croston, isIntermittent, sba, tsb } from './intermittent.ts';

// Sizes 6 and 12, 3 and 4 periods apart; by weights of a half 9 every 3.5 periods.
const history = [0, 0, 6, 0, 0, 0, 12];

test('Croston: smoothed size over smoothed interval', () => {
  expect(croston(0.5)(history, 2, 12)).toEqual([9 / 3.5, 9 / 3.5]);
  expect(croston()([0, 0], 1, 12)).toEqual([0]);
});

test('Syntetos and Boylan take half the weight off what Croston overstates', () => {
  expect(sba(0.5)(history, 1, 12)[0]).toBeCloseTo((0.75 * 9) / 3.5, 12);
});

test('Teunter, Syntetos and Babai: every period without demand makes the next one less likely', () => {
  const begun = [0, 6, 0, 6, 0, 6];
  expect(tsb(0.1, 0.1)(begun, 1, 12)[0]).toBeCloseTo(3, 12);
  expect(tsb(0.1, 0.1)([...begun, 0], 1, 12)[0]).toBeCloseTo(6 * 0.45, 12);
  expect(tsb(0.1, 0.1)([...begun, 0, 16], 1, 12)[0]).toBeCloseTo(7 * (0.45 + 0.055), 12);
  expect(tsb(0.1, 0.1)([...begun, ...Array<number>(60).fill(0)], 1, 12)[0]).toBeLessThan(0.01);
});

test('what is not known is no period without demand', () => {
  const holed = history.flatMap((value) => [value, Number.NaN]);
  expect(croston(0.5)(holed, 1, 12)).toEqual(croston(0.5)(history, 1, 12));
  expect(tsb()(holed, 1, 12)).toEqual(tsb()(history, 1, 12));
});

test('demand is intermittent where less than three of four periods have any', () => {
  expect(isIntermittent([5, 0, 5, 0])).toBe(true);
  expect(isIntermittent([5, 5, 5, 5, 0, Number.NaN])).toBe(false);
  expect(isIntermittent([])).toBe(false);
});
