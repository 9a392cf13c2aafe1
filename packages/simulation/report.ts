/** What came of a comparison, for people: a table, and a chart with the same numbers. */
import type { Outcome } from './world.ts';

export interface Row {
  readonly seed: string;
  readonly way: string;
  readonly outcome: Outcome;
  /** Months of the maximum that hold as much stock; the proposals have none. */
  readonly months?: number;
}

const tiyinOfMillion = 100_000_000;
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;
const million = (tiyin: number): string => (tiyin / tiyinOfMillion).toFixed(1);

const columns: readonly (readonly [title: string, of: (row: Row) => string])[] = [
  ['seed', ({ seed }) => seed],
  ['ordered by', ({ way }) => way],
  ['months', ({ months }) => months?.toFixed(2) ?? '-'],
  ['days out', ({ outcome }) => String(outcome.outDays)],
  ['of days', ({ outcome }) => percent(outcome.outDays, outcome.siteDays)],
  ['units missed', ({ outcome }) => percent(outcome.missed, outcome.asked)],
  ['expired M', ({ outcome }) => million(outcome.expiredValue)],
  ['stock M', ({ outcome }) => million(outcome.averageStock)],
  ['orders', ({ outcome }) => String(outcome.orders)],
  ['transfers', ({ outcome }) => String(outcome.transfers)],
];

/** The rows as aligned text; values in millions of soum. */
export const tableOf = (rows: readonly Row[]): string => {
  const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, of]) => of(row)))];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  return cells
    .map((line) =>
      line.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    )
    .join('\n');
};

/** How far one figure lies from another, as a share of it: -0.5 is half of it. */
export const changeOf = (figure: number, from: number): number => (from === 0 ? 0 : figure / from - 1);

export const signed = (change: number): string => `${change > 0 ? '+' : ''}${(100 * change).toFixed(1)} %`;

const panels: readonly (readonly [
  title: string,
  of: (outcome: Outcome) => number,
  label: (value: number) => string,
])[] = [
  [
    'Days without stock, % of days of a site with a medicine',
    (o) => (100 * o.outDays) / o.siteDays,
    (v) => v.toFixed(1),
  ],
  ['Expired in two years, millions of soum', (o) => o.expiredValue / tiyinOfMillion, (v) => v.toFixed(0)],
  ['Average stock, millions of soum', (o) => o.averageStock / tiyinOfMillion, (v) => v.toFixed(0)],
];
/** Dark enough on white for large text, and told apart without colour by their order and their key. */
const fills = ['#0b6e4f', '#b45309', '#57606a', '#8250df'] as const;

/** Bars for each seed and way, a panel a figure, as an SVG picture. */
export const chartOf = (rows: readonly Row[]): string => {
  const seeds = [...new Set(rows.map(({ seed }) => seed))];
  const ways = [...new Set(rows.map(({ way }) => way))];
  const [bar, gap, left, height, top] = [23, 18, 20, 150, 60];
  const group = ways.length * bar + gap;
  const width = left * 2 + seeds.length * group;
  const drawn = panels.map(([title, of, label], panel) => {
    const base = top + panel * (height + 70) + height;
    const most = Math.max(...rows.map(({ outcome }) => of(outcome)), 1e-9);
    const bars = rows.map((row) => {
      const value = of(row.outcome);
      const x = left + seeds.indexOf(row.seed) * group + ways.indexOf(row.way) * bar;
      const tall = ((height - 30) * value) / most;
      const at = `x="${x + bar / 2 - 1}" y="${(base - tall - 3).toFixed(1)}"`;
      return `<rect x="${x}" y="${(base - tall).toFixed(1)}" width="${bar - 2}" height="${tall.toFixed(1)}" fill="${fills[ways.indexOf(row.way)] ?? '#000'}"/><text ${at} font-size="8" text-anchor="middle">${label(value)}</text>`;
    });
    const names = seeds.map(
      (seed, at) =>
        `<text x="${left + at * group + (group - gap) / 2}" y="${base + 14}" font-size="10" text-anchor="middle">${seed}</text>`,
    );
    return `<text x="${left}" y="${base - height + 10}" font-size="13" font-weight="bold">${title}</text>${bars.join('')}<line x1="${left}" y1="${base}" x2="${width - left}" y2="${base}" stroke="#000"/>${names.join('')}`;
  });
  const key = ways.map(
    (way, at) =>
      `<rect x="${left + at * 130}" y="16" width="12" height="12" fill="${fills[at] ?? '#000'}"/><text x="${left + at * 130 + 18}" y="26" font-size="12">${way}</text>`,
  );
  const tall = top + panels.length * (height + 70);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${tall}" width="${width}" height="${tall}" font-family="sans-serif"><rect width="100%" height="100%" fill="#fff"/>${key.join('')}${drawn.join('')}</svg>\n`;
};
