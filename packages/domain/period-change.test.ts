import { expect, test } from 'vitest';
import type { PeriodReport } from './period.ts';
import { changesBetween } from './period-change.ts';
import { checkOf } from './report.ts';

const report = (more: Partial<PeriodReport> = {}): PeriodReport => ({
  report: 'write-offs',
  madeAt: '2026-11-03T04:00:00.000Z',
  files: [{ name: 'write-offs.json', bytes: 2, sha256: 'A'.repeat(43) }],
  figures: [
    { name: 'acts', kind: 'count', value: 3 },
    { name: 'as-of', kind: 'instant', value: '2026-11-03T04:00:00.000Z' },
  ],
  content: 'B'.repeat(43),
  checks: [checkOf('acts-are-reasons', 5, 5)],
  rows: 9,
  ...more,
});

test('a correction says of each report which figures and checks differ, old beside new', () => {
  const after = report({
    figures: [
      { name: 'acts', kind: 'count', value: 4 },
      { name: 'as-of', kind: 'instant', value: '2026-11-05T04:00:00.000Z' },
      { name: 'acts-late', kind: 'count', value: 1 },
    ],
    content: 'C'.repeat(43),
    checks: [checkOf('acts-are-reasons', 5, 6)],
    rows: 10,
  });
  expect(changesBetween([report()], [after])).toEqual([
    {
      report: 'write-offs',
      how: 'said',
      figures: [
        { name: 'acts', kind: 'count', before: 3, after: 4 },
        { name: 'acts-late', kind: 'count', before: undefined, after: 1 },
      ],
      checks: [{ name: 'acts-are-reasons', before: true, after: false }],
      rows: { before: 9, after: 10 },
    },
  ]);
});

test('what says the same is the same whenever it was made, and other rows under equal figures are not', () => {
  const later = report({ madeAt: '2026-11-05T04:00:00.000Z' });
  expect(changesBetween([report()], [later])[0]?.how).toBe('same');
  expect(changesBetween([report()], [report({ content: 'C'.repeat(43) })])[0]).toMatchObject({
    how: 'said',
    figures: [],
  });
});

test('a report that one version does not have is told as added or gone', () => {
  const other = report({ report: 'material-balance' });
  expect(changesBetween([report()], [other]).map(({ report: kind, how }) => [kind, how])).toEqual([
    ['material-balance', 'added'],
    ['write-offs', 'gone'],
  ]);
});
