import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backTest, type Past } from './back-test.ts';
import { groupSeries, groups } from './group-series.ts';
import { methods } from './methods.ts';
import { kinds, pharmacySeries } from './pharmacy-series.ts';
import { seasonMeans, takeApart } from './season.ts';
import { openDays } from './series.ts';

const pastOf = (demand: readonly number[], season = 12): Past => ({
  demand,
  sold: demand,
  stockOutDays: demand.map(() => 0),
  days: openDays({ start: '2019-01-01', step: season === 12 ? 'month' : 'day' }, demand.length + 6),
  season,
  isMonthly: season === 12,
});

/** Every method as it forecasts from one origin alone, knowing nothing of the one before. */
const anew = methods.map(({ name, forecast }) => ({ name, forecast }));

test('a method that goes along the past forecasts to the last bit what it forecasts from each origin anew', () => {
  expect(methods.filter(({ along }) => along).length).toBeGreaterThan(4);
  const known = [
    ...kinds.map((kind) => pharmacySeries(kind, 41, 60).months),
    ...groups.map((group) => groupSeries(group, 41, 70)),
  ];
  for (const months of known) expect(backTest(pastOf(months), 3, 36)).toEqual(backTest(pastOf(months), 3, 36, anew));
});

test('so it does where periods are not known, where there are few of them, and by days', () => {
  const units = fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 300 }) },
    { weight: 1, arbitrary: fc.constant(Number.NaN) },
  );
  fc.assert(
    fc.property(fc.array(units, { minLength: 1, maxLength: 45 }), fc.constantFrom(12, 7), (demand, season) => {
      expect(backTest(pastOf(demand, season), 2, 36)).toEqual(backTest(pastOf(demand, season), 2, 36, anew));
    }),
  );
});

test('the means of a whole past serve every shorter one that begins with it', () => {
  const months = pharmacySeries(kinds[7] as (typeof kinds)[number], 42, 70).months.slice();
  months[30] = Number.NaN;
  const means = seasonMeans(months, 12);
  for (let end = 1; end <= months.length; end += 1)
    expect(takeApart(months.slice(0, end), 12, undefined, means)).toEqual(takeApart(months.slice(0, end), 12));
});
