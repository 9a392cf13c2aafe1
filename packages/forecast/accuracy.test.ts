import { expect, test } from 'vitest';
import { accuracyOf, conformalQuantile, naiveScale } from './accuracy.ts';

test('errors of 2 too much and 4 too little on 32 units: WAPE 6/32, bias -2/32, MASE 3 over the scale', () => {
  expect(accuracyOf([10, 20], [8, 24], 2)).toEqual({ wape: 6 / 32, mase: 1.5, bias: -2 / 32 });
});

test('a pair of which one is not known is passed over, and what has no meaning is null', () => {
  expect(accuracyOf([10, Number.NaN, 5], [8, 24, Number.NaN], 2)).toEqual({ wape: 2 / 8, mase: 1, bias: 2 / 8 });
  expect(accuracyOf([0], [0], 0)).toEqual({ wape: null, mase: null, bias: null });
  expect(accuracyOf([], [], 1)).toEqual({ wape: null, mase: null, bias: null });
});

test('the scale is the mean change over a season where two are known, else from period to period', () => {
  expect(naiveScale([1, 2, 3, 4, 2, 3, 4, 5], 4)).toBe(1);
  expect(naiveScale([1, 3, 9], 4)).toBe(4);
});

test('of nine values the largest holds nine of ten that come, and fewer are stretched by half at most', () => {
  const nine = [9, 1, 8, 2, 7, 3, 6, 4, 5];
  expect([conformalQuantile(nine, 0.9), conformalQuantile(nine, 0.1), conformalQuantile(nine, 0.5)]).toEqual([9, 1, 5]);
  expect(conformalQuantile([10, 20], 0.9)).toBeCloseTo(20 * 1.5, 12);
  expect(conformalQuantile([10, 20, 30, 40, 50, 60, 70, 80], 0.9)).toBeCloseTo(80 * 1.1, 12);
});
