import { kinds, pharmacySeries } from '@darmon/forecast/pharmacy-series';
import { describe, expect, test } from 'vitest';
import { type ForecastLine, forecastTable, TableRefusal } from './forecast.ts';

const months = Array.from(
  { length: 36 },
  (_, at) => `${2020 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`,
);
const units = (pharmacySeries(kinds[0] as (typeof kinds)[number], 31, 36).months as readonly number[]).map(
  (value) => value + 0.5,
);
const rows = (cell: (at: number) => string, separator = ','): string =>
  months.map((month, at) => `${month}${separator}${cell(at)}`).join('\n');
const plain = `period,gel\n${rows((at) => String(units[at]))}\n`;

const answers = (text: string, horizon = 2, by?: 'month') => [...forecastTable(text, { horizon, by })];
const one = (text: string, by?: 'month'): ForecastLine => answers(text, 2, by)[0] as ForecastLine;

test('each column is one line: its forecasts, bands and safety stock, and how far each method was off', () => {
  const [line, ...others] = answers(plain, 4) as ForecastLine[];
  expect(others).toEqual([]);
  expect(line).toMatchObject({ series: 'gel', from: '2023-01' });
  expect(line?.forecast).toHaveLength(4);
  expect(line?.interval80).toHaveLength(4);
  expect(line?.safetyStock).toBeGreaterThan(0);
  expect(Object.keys(line?.backtest ?? {})).toEqual(
    expect.arrayContaining([
      'naive',
      'seasonal-naive',
      'amc3',
      'openlmis-amc',
      'open-msupply-amc',
      'croston',
      'tsb',
      'combination',
    ]),
  );
  expect(Object.keys(line?.backtest ?? {})).toContain(line?.method);
  for (const figures of Object.values(line?.backtest ?? {}))
    expect(Object.keys(figures)).toEqual(['wape', 'mase', 'bias']);
});

describe('the same figures come from', () => {
  const comma = (at: number): string => String(units[at]).replace('.', ',');
  const shuffled = plain.trimEnd().split('\n');
  const same: readonly (readonly [string, string])[] = [
    ['a byte order mark and lines that end in CR LF', `\ufeff${plain.replaceAll('\n', '\r\n')}`],
    ['semicolons and decimal commas', `period;gel\n${rows(comma, ';')}`],
    ['tabs', `period\tgel\n${rows((at) => String(units[at]), '\t')}`],
    ['quoted cells, with a decimal comma in them', `"period","gel"\n${rows((at) => `"${comma(at)}"`)}`],
    ['lines in any order', [shuffled[0], ...shuffled.slice(1).reverse()].join('\n')],
    [
      'days that stand in a month each, such as its last',
      plain.replace(
        /^(\d{4})-(\d\d)/gm,
        (month, year, at) => `${month}-${new Date(Date.UTC(Number(year), Number(at), 0)).getUTCDate()} 00:00:00`,
      ),
    ],
    ['lines of nothing but separators below', `${plain.replaceAll('\n', ',\n')},,\n , ,\n`],
    ['numbers as programs write them', `period,gel\n${rows((at) => (units[at] as number).toExponential())}`],
  ];
  test.each(same)('%s', (_, text) => {
    expect(one(text)).toEqual(one(plain));
  });
});

test('an empty cell, and a month without a line, are not known, and not zero', () => {
  const steady = `period,a\n${rows(() => '100')}`;
  const lines = steady.split('\n');
  const holed = [...lines.slice(0, 10), '2020-10,', ...lines.slice(12)].join('\n');
  expect(one(holed).forecast[0]).toBeCloseTo(100, -1);
  expect(one(holed).from).toBe('2023-01');
  expect(one(holed.replace('2020-10,', '2020-10,NA'))).toEqual(one(holed));
});

test('one bad column is refused with its line, and the others are forecast', () => {
  const text = `period,good,bad,minus,none\n${rows((at) => `${units[at]},${at === 4 ? 'x' : 1},${at === 7 ? -3 : 1},`)}`;
  const [good, ...bad] = answers(text);
  expect((good as ForecastLine).forecast).toEqual(one(plain).forecast);
  expect(bad).toEqual([
    { series: 'bad', refused: 'not-a-number', line: 6, detail: expect.stringContaining('no number') },
    { series: 'minus', refused: 'negative-value', line: 9, detail: expect.stringContaining('returns belong to') },
    { series: 'none', refused: 'no-values', detail: expect.any(String) },
  ]);
});

test('a comma between thousands is not taken for a decimal one in silence: 1,500,000 is no number', () => {
  expect(answers('period;a\n2024-01;1,500,000\n2024-02;1 500')).toEqual([
    { series: 'a', refused: 'not-a-number', line: 2, detail: expect.any(String) },
  ]);
  expect(answers('period;a\n2024-01;1 500\n2024-02;1 500')[0]).toMatchObject({
    forecast: [expect.closeTo(1500, -3), expect.anything()],
  });
});

test.each([
  ['nothing', '', 1],
  ['no series', 'period\n2024-01', 1],
  ['no line but the first', 'period,a\n', 1],
  ['no names', '2024-01,3\n2024-02,4', 1],
  ['two series of one name', 'period,a,a\n2024-01,1,2', 1],
  ['a column without a name', 'period,a,\n2024-01,1,\n2024-02,1,7', 3],
  ['a period that is none', 'period,a\n2024-01,1\n2024-13,1', 3],
  ['a period as people write it', 'period,a\n1/2/2014,1', 2],
  ['a month among days', 'period,a\n2024-01-01,1\n2024-02,1', 3],
  ['a period that stands there twice', 'period,a\n2024-02,1\n2024-01,1\n2024-02,1', 4],
  ['a line that is too short', 'period,a,b\n2024-01,1,2\n2024-02,1', 3],
  ['a quote that is not closed', 'period,a\n2024-01,"1', 2],
  ['a day that is centuries away', 'period,a\n1024-01-01,1\n2024-01-02,1', 3],
])('%s is refused as a whole, with its line', (_, text, line) => {
  expect(() => answers(text)).toThrow(expect.objectContaining({ line }));
  expect(() => answers(text)).toThrow(TableRefusal);
});

test('days stay days, and become months where that is asked for; a month that has not ended is the first to be forecast', () => {
  const { days } = pharmacySeries(kinds[3] as (typeof kinds)[number], 31, 36);
  const name = (at: number): string => new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10);
  const text = (count: number): string =>
    `day,fever\n${days
      .slice(0, count)
      .map((value, at) => `${name(at)},${value}`)
      .join('\n')}`;
  expect(one(text(900)).from).toBe(name(900));
  const byMonth = one(text(900), 'month');
  expect(byMonth.from).toBe(name(900).slice(0, 7));
  expect(byMonth.forecast[0]).toBeGreaterThan(15 * (one(text(900)).forecast[0] as number));
});

test('lines a week apart are weeks', () => {
  const weeks = Array.from(
    { length: 60 },
    (_, at) => `${new Date(Date.UTC(2024, 0, 1 + 7 * at)).toISOString().slice(0, 10)},50`,
  );
  expect(one(`week,a\n${weeks.join('\n')}`).from).toBe('2025-02-24');
});

// --- whatever stands in it -------------------------------------------------------------------------------------------

test('one day is forecast as itself, with a band around it', () => {
  const line = one('day,a\n2024-03-09,40');
  expect(line.from).toBe('2024-03-10');
  expect(line.forecast[0]).toBeCloseTo(40, -1);
  expect(line.interval80[0]?.[0]).toBeLessThan(line.forecast[0] as number);
});

test('nothing but zeros is forecast as nothing, and an error has no share of it', () => {
  const line = one(`period,a\n${rows(() => '0')}`);
  expect(line).toMatchObject({ forecast: [0, 0], safetyStock: 0, unusual: [] });
  expect(line.backtest.naive).toEqual({ wape: null, mase: null, bias: null });
});

test('more returns than sales in one month refuse that series alone, and its line is told', () => {
  const text = `period,good,returned\n${rows((at) => `${units[at]},${at === 11 ? '-4,5' : 9}`.replace('-4,5', '"-4,5"'))}`;
  const [good, returned] = answers(text);
  expect((good as ForecastLine).forecast).toEqual(one(plain).forecast);
  expect(returned).toMatchObject({ series: 'returned', refused: 'negative-value', line: 13 });
});

test('more units than anybody asks for are refused with their line, also where days become months', () => {
  const days = Array.from({ length: 70 }, (_, at) => {
    const day = new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10);
    return `${day},${at === 45 ? '1e13' : 3}`;
  });
  expect(answers(`day,a\n${days.join('\n')}`, 1, 'month')).toMatchObject([{ refused: 'not-a-number', line: 47 }]);
});

test('a period that stands there twice refuses the table by the later line, in whatever order the lines are', () => {
  const twice = plain.trimEnd().split('\n');
  const text = [...twice.slice(0, 9), twice[4], ...twice.slice(9)].join('\n');
  expect(() => answers(text)).toThrow(
    expect.objectContaining({ line: 10, message: expect.stringContaining('already') }),
  );
});

test('ten years of months and ten years of days are forecast, and so is what is older than is looked back on', () => {
  const { days, months: ten } = pharmacySeries(kinds[3] as (typeof kinds)[number], 33, 132);
  const month = (at: number): string => `${2010 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  const all = one(`period,a\n${ten.map((value, at) => `${month(at)},${value}`).join('\n')}`);
  expect(all.from).toBe('2021-01');
  const late = one(
    `period,a\n${ten
      .slice(12)
      .map((value, at) => `${month(at + 12)},${value}`)
      .join('\n')}`,
  );
  expect(all.forecast).toEqual(late.forecast);
  const day = (at: number): string => new Date(Date.UTC(2010, 0, 1 + at)).toISOString().slice(0, 10);
  const text = `day,a\n${days
    .slice(0, 3652)
    .map((value, at) => `${day(at)},${value}`)
    .join('\n')}`;
  expect(one(text).from).toBe('2020-01-01');
  expect(one(text, 'month').from).toBe('2020-01');
});
