import { expect, test } from 'vitest';
import { monthsOf } from './months.ts';
import { beginOf, dayOfPeriod, demandOf, openDays, periodName, periodsBetween, type Series } from './series.ts';

test('periods are named over the ends of years and leap days', () => {
  expect(periodName({ start: '2023-11', step: 'month' }, 3)).toBe('2024-02');
  expect(periodName({ start: '2023-11-30', step: 'month' }, 3)).toBe('2024-02');
  expect(periodName({ start: '2024-02-28', step: 'day' }, 2)).toBe('2024-03-01');
  expect(periodName({ start: '2024-02-26', step: 'week' }, 1)).toBe('2024-03-04');
});

test.each(['2024-13', '2024-02-30', '2024', '24-01', '2024-1', ''])('%j is no period', (text) => {
  expect(dayOfPeriod(text)).toBeUndefined();
  expect(() => periodName({ start: text, step: 'month' }, 0)).toThrow('period-unreadable');
});

test('a month has its days, less those on which the counter is closed', () => {
  const holidays = ['2024-01-01', '2024-02-29', '2024-02-29', '2024-03-31', '2025-01-01'];
  expect(openDays({ start: '2024-01', step: 'month' }, 3, holidays)).toEqual([30, 28, 30]);
  expect(openDays({ start: '2024-02-28', step: 'day' }, 3, holidays)).toEqual([1, 0, 1]);
  expect(openDays({ start: '2024-02-26', step: 'week' }, 2, holidays)).toEqual([6, 7]);
});

test('how far two series begin apart is counted in their periods', () => {
  const of = (start: string, step: Series['step']): Series => ({ start, step, values: [] });
  expect(periodsBetween(of('2023-11', 'month'), of('2024-02-15', 'month'))).toBe(3);
  expect(periodsBetween(of('2024-03-01', 'day'), of('2024-02-28', 'day'))).toBe(-2);
  expect(() => periodsBetween(of('2024-03', 'month'), of('2024-03-01', 'day'))).toThrow('other-step');
});

test('sales are raised to the days without stock, and of a month nearly without stock nothing is known', () => {
  const series: Series = {
    start: '2024-01',
    step: 'month',
    values: [100, 50, 0, 4, null],
    stockOutDays: [0, 9.5, 0, 25, 0],
  };
  expect(demandOf(series, [30, 29, 30, 30, 31])).toEqual([100, (50 * 29) / 19.5, 0, Number.NaN, Number.NaN]);
});

test.each([
  ['negative-value', [1, -1], undefined, 1],
  ['not-a-number', [Number.NaN], undefined, 0],
  ['not-a-number', [1, 2, 1e13], undefined, 2],
  ['stock-out-days', [1, 2], [0], undefined],
  ['stock-out-days', [1, 2], [0, -1], 1],
  ['too-long', Array<number>(4001).fill(1), undefined, undefined],
])('%s is refused', (code, values, stockOutDays, at) => {
  const series: Series = { start: '2024-01-01', step: 'day', values, ...(stockOutDays && { stockOutDays }) };
  expect(() => demandOf(series, Array<number>(values.length).fill(30))).toThrow(expect.objectContaining({ code, at }));
});

test('a long run of zeros before the first sale is the time before the product; a shorter one is a lack of demand', () => {
  expect(beginOf([Number.NaN, 0, 0, 0, 5, 0, 5])).toBe(4);
  expect(beginOf([0, 0, 0, 5, 0, 0, 5])).toBe(0);
  expect(beginOf([Number.NaN, 0, 0])).toBe(1);
});

test('days become months: unknown ones count as days without stock, and a month that has not ended is left out', () => {
  const days = Array.from({ length: 31 + 29 + 10 }, () => 2 as number | null);
  days[0] = null;
  const months = monthsOf({ start: '2024-01-01', step: 'day', values: days });
  expect(months).toEqual({ start: '2024-01', step: 'month', values: [60, 58], stockOutDays: [1, 0] });
  const late = monthsOf({ start: '2024-01-11', step: 'day', values: days.slice(10, 60) });
  expect(late).toMatchObject({ values: [42, 58], stockOutDays: [10, 0] });
  const out = monthsOf({
    start: '2024-01-01',
    step: 'day',
    values: days.slice(0, 31),
    stockOutDays: days.slice(0, 31).map((_, at) => (at < 3 ? 1 : 0)),
  });
  expect(out).toMatchObject({ values: [60], stockOutDays: [3] });
});
