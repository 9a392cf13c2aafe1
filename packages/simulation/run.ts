/**
 * `npm run simulate`: ten countries that nothing was tuned on, ordered for in each way at equal average stock. A table on
 * stdout, a chart and the figures in `.local/simulate/`; exit 1 where a goal is missed. `--seeds 31,32` plays others.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { atEqualStock, baselines } from './comparison.ts';
import { kinds, makeCountry } from './country.ts';
import { byDarmon } from './darmon-ordering.ts';
import { forecaster } from './forecaster.ts';
import { changeOf, chartOf, type Row, signed, tableOf } from './report.ts';
import { rules } from './rules.ts';
import { type Outcome, playCountry, sumOf } from './world.ts';

const judged = '21,22,23,24,25,26,27,28,29,30';
/** Of the plain baseline's days without stock, and of the value that expires. */
const goal = -0.5;

const seedsOf = (): number[] => {
  try {
    const { seeds } = parseArgs({ options: { seeds: { type: 'string', default: judged } } }).values;
    const numbers = seeds.split(',').map(Number);
    if (numbers.every((seed) => Number.isSafeInteger(seed) && seed >= 0)) return numbers;
  } catch {
    // said below
  }
  process.stderr.write('npm run simulate [-- --seeds 31,32,33]\n');
  return process.exit(2);
};

const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const rows: Row[] = [];
const byKind: { kind: string; way: string; outcome: Outcome }[] = [];
const seeds = seedsOf();
for (const seed of seeds) {
  const country = makeCountry(seed);
  const proposed = playCountry(country, (product) => byDarmon(product, forecaster, rules));
  const { averageStock } = sumOf(proposed);
  const scaled = baselines.map((baseline) => ({
    ...atEqualStock(country, baseline, averageStock),
    name: baseline.name,
  }));
  const ways = [{ name: 'darmon', outcomes: proposed }, ...scaled];
  for (const { name: way, outcomes, ...rest } of ways) {
    const months = 'months' in rest ? { months: rest.months } : {};
    rows.push({ seed: String(seed), way, outcome: sumOf(outcomes), ...months });
    for (const kind of kinds)
      byKind.push({ kind, way, outcome: sumOf(outcomes.filter((_, at) => country.products[at]?.kind === kind)) });
  }
  note(`seed ${seed} played`);
}

const ways = [...new Set(rows.map(({ way }) => way))];
const total = (way: string): Outcome => sumOf(rows.filter((row) => row.way === way).map(({ outcome }) => outcome));
const totals = ways.map((way): Row => ({ seed: 'all', way, outcome: total(way) }));
const kindRows = kinds.flatMap((kind) =>
  ['darmon', baselines[0].name].map(
    (way): Row => ({
      seed: kind,
      way,
      outcome: sumOf(byKind.filter((one) => one.kind === kind && one.way === way).map(({ outcome }) => outcome)),
    }),
  ),
);
const [ours, ...others] = totals;
if (!ours) throw new Error('nothing was played');
const verdicts = others.map(({ way, outcome }) => ({
  against: way,
  daysOut: changeOf(ours.outcome.outDays, outcome.outDays),
  expired: changeOf(ours.outcome.expiredValue, outcome.expiredValue),
  stock: changeOf(ours.outcome.averageStock, outcome.averageStock),
}));

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
say(tableOf(rows));
say(`\n${tableOf(totals)}`);
say(`\nby kind of medicine, all seeds\n${tableOf(kindRows).replace('seed', 'kind')}\n`);
for (const { against, daysOut, expired, stock } of verdicts)
  say(`against ${against}: days out ${signed(daysOut)}, expired ${signed(expired)}, average stock ${signed(stock)}`);
const missed = (['daysOut', 'expired'] as const).filter((figure) => (verdicts[0]?.[figure] ?? 0) > goal);
for (const figure of missed)
  say(`the goal of ${signed(goal)} is missed: ${figure} ${signed(verdicts[0]?.[figure] ?? 0)}`);
if (missed.length === 0) say(`the goal is met: ${signed(goal)} of both against ${verdicts[0]?.against}`);

const folder = resolve(import.meta.dirname, '../../.local/simulate');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'comparison.svg'), chartOf(rows));
writeFileSync(join(folder, 'comparison.json'), `${JSON.stringify({ seeds, rules, rows, verdicts }, null, 2)}\n`);
note(`the chart and the figures are in ${folder}`);
process.exitCode = missed.length > 0 ? 1 : 0;
