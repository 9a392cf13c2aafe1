import { expect, test } from 'vitest';
import {
  averageAndSeason,
  movingAverage,
  naive,
  openLmisAdjusted,
  openLmisAmc,
  openMsupplyAmc,
  seasonalNaive,
} from './baselines.ts';

const unknown = Number.NaN;

test('the naive forecast is the last period that is known', () => {
  expect(naive([3, 8, 5, unknown], 2, 12)).toEqual([5, 5]);
  expect(naive([unknown], 1, 12)).toEqual([unknown]);
});

test('the seasonal naive forecast is the same period a season ago, further ago where that is not known', () => {
  const history = [1, 2, 3, 4, 5, 6, unknown, 8];
  expect(seasonalNaive(history, 6, 4)).toEqual([5, 6, 3, 8, 5, 6]);
  expect(seasonalNaive([1, 2], 1, 4)).toEqual([unknown]);
});

test('an average over three months is their mean, and of a month that is not known the mean of the others', () => {
  expect(movingAverage(3)([100, 10, 20, 60], 2, 12)).toEqual([30, 30]);
  expect(movingAverage(3)([100, 10, unknown, 60], 1, 12)).toEqual([35]);
  expect(movingAverage(12)([10, 20], 1, 12)).toEqual([15]);
});

test('the mean of both is the average alone while no season is known', () => {
  expect(averageAndSeason([8, 1, 2, 3], 1, 4)).toEqual([(2 + 8) / 2]);
  expect(averageAndSeason([1, 2, 3], 1, 4)).toEqual([2]);
});

test('OpenLMIS: 100 units in a month with 5 days without stock count as 120, and every step rounds up', () => {
  expect(openLmisAdjusted(100, 5)).toBe(120);
  expect(openLmisAdjusted(100, 7)).toBe(131); // 130.43...
  expect(openLmisAdjusted(100, 10, 3)).toBe(113); // of a quarter: 112.5
  expect(openLmisAdjusted(40, 30)).toBe(40);
  expect(openLmisAdjusted(0, 12)).toBe(0);
  expect(openLmisAmc([999, 100, 90, 31], [0, 5, 0, 0])).toBe(81); // (120 + 90 + 31) / 3 = 80.33...
  expect(openLmisAmc([90, 90, 90], [0, 0, 0])).toBe(90);
});

test('Open mSupply: 300 units over three months of 92 days, 12 of them without stock, are 115 a month', () => {
  expect(openMsupplyAmc([999, 120, 100, 80], [0, 0, 12, 0], [31, 31, 30, 31])).toBe(115);
  expect(openMsupplyAmc([10], [31], [31])).toBeNaN();
});
