import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from './refusal.ts';
import { Report, type ReportSection } from './report.ts';
import { joinReports, pageOfReport, spanOf } from './report-query.ts';

const now = Date.parse('2026-11-21T10:00:00.000Z');
const sectionOf = (name: string, n: number): ReportSection => ({
  name,
  columns: [
    { name: 'lot', kind: 'lot' },
    { name: 'units', kind: 'units', total: true },
  ],
  rows: Array.from({ length: n }, (_, i) => ({ cells: [`${name}${i}`, i] })),
  totals: { units: (n * (n - 1)) / 2 },
});
const reportOf = (...sizes: number[]): Report => ({
  report: 'write-offs',
  format: 1,
  from: '2026-11-01',
  through: '2026-11-21',
  madeAt: '2026-11-21T10:00:00.000Z',
  figures: [{ name: 'acts', kind: 'count', value: sizes.length }],
  sections: sizes.map((n, i) => sectionOf(`s${i}`, n)),
  checks: [],
  notes: [],
});

const refused = (run: () => unknown): string => {
  try {
    run();
    return 'taken';
  } catch (error) {
    return error instanceof Refusal ? error.code : 'thrown';
  }
};

describe('pages of a report', () => {
  test('joined they are the report again, whatever its sizes and however long a page is, and each is one by its schema', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(12), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        (sizes, limit) => {
          const whole = reportOf(...sizes);
          let all: Report | undefined = pageOfReport(whole, { limit });
          for (let pages = 0; all?.next !== undefined && pages < 100; pages += 1) {
            const more = pageOfReport(whole, { limit, cursor: all.next });
            expect(Report.safeParse(more).success).toBe(true);
            expect(more.sections.map(({ totals }) => totals)).toEqual(whole.sections.map(({ totals }) => totals));
            expect(more.sections.reduce((sum, { rows }) => sum + rows.length, 0)).toBeLessThanOrEqual(limit);
            all = joinReports(all, more);
          }
          expect(all).toEqual(whole);
        },
      ),
    );
  });

  test('of two states are not joined: a row more, another sum or another figure makes whoever joins them begin again', () => {
    const [before, after] = [reportOf(5, 5), reportOf(5, 6)];
    const first = pageOfReport(before, { limit: 4 });
    expect(joinReports(first, pageOfReport(after, { limit: 4, cursor: '4' }))).toBeUndefined();
    const other = { ...before, figures: [{ name: 'acts', kind: 'count' as const, value: 77 }] };
    expect(joinReports(first, pageOfReport(other, { limit: 4, cursor: '4' }))).toBeUndefined();
    expect(joinReports(first, pageOfReport(before, { limit: 4, cursor: '4' }))).toBeDefined();
  });

  test('begin where a cursor says and nowhere else', () => {
    expect(refused(() => pageOfReport(reportOf(3), { cursor: 'abc' }))).toBe('bad-cursor');
    expect(pageOfReport(reportOf(3), { cursor: '99' }).sections[0]?.rows).toEqual([]);
  });
});

describe('the days of a report', () => {
  test('are a whole month, and of the month that runs those through today', () => {
    expect(spanOf('days', { month: '2026-02' }, now)).toEqual({
      from: '2026-02-01',
      through: '2026-02-28',
      month: '2026-02',
    });
    expect(spanOf('month', {}, now)).toEqual({ from: '2026-11-01', through: '2026-11-21', month: '2026-11' });
    expect(spanOf('now', { month: '2026-02' }, now)).toEqual({ from: '2026-11-21', through: '2026-11-21' });
  });

  test('are Tashkent’s: an evening in London is the next day and may be the next month', () => {
    const evening = Date.parse('2026-11-30T20:00:00.000Z');
    expect(spanOf('month', {}, evening)).toEqual({ from: '2026-12-01', through: '2026-12-01', month: '2026-12' });
  });

  test('may be any up to a year of days and never lie ahead', () => {
    expect(spanOf('days', { from: '2025-11-22', through: '2026-11-21' }, now).from).toBe('2025-11-22');
    expect(spanOf('days', { from: '2026-11-01', through: '2027-01-01' }, now).through).toBe('2026-11-21');
    expect(refused(() => spanOf('days', { from: '2025-11-20', through: '2026-11-21' }, now))).toBe('schema');
    expect(refused(() => spanOf('days', { from: '2026-11-22' }, now))).toBe('schema');
    expect(refused(() => spanOf('month', { from: '2026-11-01' }, now))).toBe('schema');
    expect(refused(() => spanOf('month', { month: '2026-12' }, now))).toBe('schema');
  });
});
