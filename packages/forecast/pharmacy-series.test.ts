import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { groupSeries, groups } from './group-series.ts';
import { kinds, pharmacySeries } from './pharmacy-series.ts';

const digestOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

test('a seed gives the series for ever that it gave when it was committed: what was judged stays what it was', () => {
  expect(digestOf(kinds.flatMap((kind) => [3, 7_001].map((seed) => pharmacySeries(kind, seed, 69))))).toBe(
    '06fe0e8db287ba3a',
  );
  expect(digestOf(groups.flatMap((group) => [3, 7_001].map((seed) => groupSeries(group, seed, 70))))).toBe(
    'c32a16d283321bcc',
  );
});

test('what is sold by month is what was sold on its days', () => {
  const { days, months } = pharmacySeries(kinds[0] as (typeof kinds)[number], 5, 24);
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  expect(sum(days)).toBe(sum(months));
  expect(days).toHaveLength(730);
});
