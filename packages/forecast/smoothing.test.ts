import { expect, test } from 'vitest';
import { dampedTrend, holt, holtWinters, simpleSmoothing, theta } from './smoothing.ts';

const line = Array.from({ length: 13 }, (_, at) => 10 + 10 * at); // 10 ... 130
const close = (values: readonly number[], expected: readonly number[]): void => {
  expect(values).toHaveLength(expected.length);
  for (const [at, value] of values.entries()) expect(value).toBeCloseTo(expected[at] as number, 9);
};

test('simple smoothing moves the level by its weight: 10, then 15, then 22.5', () => {
  close(simpleSmoothing({ alpha: 0.5 })([10, 20, 30], 2, 12), [22.5, 22.5]);
});

test('a period that is not known leaves the level where it was', () => {
  close(simpleSmoothing({ alpha: 0.5 })([10, Number.NaN, 20], 1, 12), [15]);
});

test('Holt goes on with a straight line as it is', () => {
  close(holt({ alpha: 0.3, beta: 0.2 })(line, 3, 12), [140, 150, 160]);
});

test('a damped trend keeps half of each step where it is told to: 5, then 2.5, then 1.25', () => {
  close(dampedTrend({ alpha: 1, beta: 1, phi: 0.5 })(line, 3, 12), [135, 137.5, 138.75]);
});

test('level and damped trend move by their weights: 6.25 and 4.375 behind the second value, 14.21875 and 5.078125 behind the third', () => {
  close(dampedTrend({ alpha: 0.5, beta: 0.5, phi: 0.5 })([0, 10, 20], 2, 12), [16.7578125, 18.02734375]);
});

test('theta adds half the slope of the line through the history', () => {
  close(theta({ alpha: 1 })(line, 2, 12), [135, 140]);
});

test('no forecast falls below nothing', () => {
  const falling = [60, 50, 40, 30, 20, 10, 0, 0, 0, 0, 0, 0, 0];
  for (const method of [holt(), dampedTrend(), theta(), simpleSmoothing()])
    for (const value of method(falling, 12, 12)) expect(value).toBeGreaterThanOrEqual(0);
});

test('a season that is added, or that multiplies, is found again where nothing else happens', () => {
  const pattern = [5, 20, 15, 40];
  const history = [...pattern, ...pattern, ...pattern];
  close(holtWinters('additive')(history, 5, 4), [5, 20, 15, 40, 5]);
  close(holtWinters('multiplicative')(history, 5, 4), [5, 20, 15, 40, 5]);
});

test('a season of twice the height on twice the level is one that multiplies', () => {
  const pattern = [5, 20, 15, 40];
  const history = [1, 1, 2, 2, 4, 4].flatMap((level) => pattern.map((value) => value * level));
  const errorOf = (kind: 'additive' | 'multiplicative'): number =>
    holtWinters(kind)(history, 4, 4).reduce((sum, value, at) => sum + Math.abs(value - 4 * (pattern[at] as number)), 0);
  expect(errorOf('multiplicative')).toBeLessThan(errorOf('additive') / 2);
});

test('before two seasons are known there is no Holt-Winters', () => {
  expect(holtWinters('additive')([1, 2, 3, 4, 5, 6, 7], 1, 4)).toEqual([Number.NaN]);
});

test('of its weights each takes those that would have erred least', () => {
  const jump = [...Array<number>(10).fill(10), ...Array<number>(10).fill(100)];
  expect(simpleSmoothing()(jump, 1, 12)[0]).toBeCloseTo(100, 0);
  const noise = Array.from({ length: 40 }, (_, at) => (at % 2 ? 0 : 100));
  expect(simpleSmoothing()(noise, 1, 12)[0]).toBeGreaterThan(40);
});
