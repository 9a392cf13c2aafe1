import { expect, test } from 'vitest';
import { chanceOf } from './pharmacy-series.ts';
import { takeApart } from './season.ts';

const spring = [0.5, 0.6, 0.9, 1.5, 1.9, 1.6, 1.1, 0.9, 0.9, 0.8, 0.7, 0.6];
const years = (count: number, level: (at: number) => number = () => 100): number[] =>
  Array.from({ length: 12 * count }, (_, at) => level(at) * (spring[at % 12] as number));

test('a season without noise is found as it is, and none of it stays in the level', () => {
  const { indices, level, unusual } = takeApart(years(5), 12);
  for (const [place, index] of indices.entries()) expect(index).toBeCloseTo(spring[place] as number, 1);
  for (const value of level) expect(Math.abs(value - 100)).toBeLessThan(4);
  expect(unusual).not.toContain(true);
});

test('what chance alone makes of a season is shrunk to hardly anything', () => {
  let [raw, shrunk] = [0, 0];
  for (let seed = 1; seed <= 40; seed += 1) {
    const chance = chanceOf(seed);
    const noise = Array.from({ length: 48 }, () => 50 + 100 * chance());
    for (let place = 0; place < 12; place += 1) {
      raw += ([0, 12, 24, 36].reduce((sum, year) => sum + (noise[place + year] as number), 0) / 400 - 1) ** 2;
      shrunk += ((takeApart(noise, 12).indices[place] as number) - 1) ** 2;
    }
  }
  expect(shrunk).toBeLessThan(raw / 3);
});

test('fewer than two seasons show none, and take the one that is lent', () => {
  expect(takeApart(years(2).slice(0, 23), 12).indices).toEqual(Array<number>(12).fill(1));
  expect(takeApart(years(2).slice(0, 23), 12, spring).indices).toEqual(spring);
});

test('a hole in the books is unusual, damped, and bends neither season nor level', () => {
  const holed = years(5);
  holed[36] = 3;
  const { indices, level, usual, unusual } = takeApart(holed, 12);
  expect(unusual.flatMap((is, at) => (is ? [at] : []))).toEqual([36]);
  expect(usual[36]).toBeCloseTo(50, -1);
  expect(level[36]).toBeGreaterThan(50);
  expect(indices[0]).toBeCloseTo(0.5, 1);
});

test('a period that is not known has the level of its neighbours', () => {
  const holed = years(4);
  for (const at of [7, 20, 21]) holed[at] = Number.NaN;
  const { level } = takeApart(holed, 12);
  for (const value of level) expect(Math.abs(value - 100)).toBeLessThan(8);
});

test('a level that shifts for good is no string of unusual periods', () => {
  const { unusual, level } = takeApart(
    years(5, (at) => (at < 40 ? 100 : 220)),
    12,
  );
  expect(unusual.slice(44)).not.toContain(true);
  expect(level.at(-1)).toBeGreaterThan(180);
});

test('nothing but zeros has a season of ones and a level of zeros', () => {
  const { indices, level, unusual } = takeApart(Array<number>(36).fill(0), 12);
  expect([new Set(indices), new Set(level), new Set(unusual)]).toEqual([new Set([1]), new Set([0]), new Set([false])]);
});
