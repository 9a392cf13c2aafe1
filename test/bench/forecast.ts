/**
 * How fast series are forecast on two threads, how much less they err than the best plain rule, and how often their bands
 * hold. The series are made up, from seeds that nothing was tuned on.
 */
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { forecastSeries } from '@darmon/forecast/forecast';
import { kinds, pharmacySeries } from '@darmon/forecast/pharmacy-series';
import type { Row } from './measure.ts';

const firstJudged = 7_001;
const months = 60;
const threads = 2;

const seriesOf = (seeds: number, length: number, from = firstJudged): readonly (readonly number[])[] =>
  Array.from({ length: seeds }, (_, at) => kinds.map((kind) => pharmacySeries(kind, from + at, length).months)).flat();

const forecastAll = (all: readonly (readonly number[])[]): void => {
  for (const values of all) forecastSeries({ start: '2014-01', step: 'month', values }, { horizon: 3 });
};

const seedsPerThread = 150;
const warmSeeds = 15;

/** The series are made and the code is warm before the clock starts; both threads start together. */
const speed = async (note: (text: string) => void): Promise<number> => {
  const workers = Array.from(
    { length: threads },
    (_, at) =>
      new Worker(new URL(import.meta.url), { workerData: { forecastFrom: firstJudged + at * seedsPerThread } }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const [began, before] = [performance.now(), process.cpuUsage()];
  const done = Promise.all(workers.map((worker) => once(worker, 'message')));
  for (const worker of workers) worker.postMessage('go');
  await done;
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  await Promise.all(workers.map((worker) => worker.terminate()));
  const count = threads * seedsPerThread * kinds.length;
  // A busy machine gives two threads less than two cores; what one core does is told beside it.
  note(
    `${count} series in ${seconds.toFixed(1)} s, ${((count * 1e6) / (user + system)).toFixed(0)} a second of processor time`,
  );
  return count / seconds;
};

if (!isMainThread && workerData?.forecastFrom !== undefined) {
  const port = parentPort as NonNullable<typeof parentPort>;
  forecastAll(seriesOf(warmSeeds, months));
  const all = seriesOf(seedsPerThread, months, workerData.forecastFrom);
  port.postMessage('ready');
  await once(port, 'message');
  forecastAll(all);
  port.postMessage('done');
}

const plain = ['naive', 'seasonal-naive', 'amc3', 'amc6', 'amc12', 'amc3-seasonal-naive'];
const ends = [24, 36, 48, 60, 66];

export const forecastRows = async (report: (row: Row) => void, note: (text: string) => void): Promise<void> => {
  report({
    name: 'forecast/series',
    value: await speed(note),
    unit: 'series/s',
    limit: '>=500',
    of: `${months} months, back-tested from 36 origins by every method, on ${threads} threads`,
  });

  const answers = seriesOf(30, 69).map((values) =>
    forecastSeries({ start: '2014-01', step: 'month', values }, { horizon: 1 }),
  );
  const wapeOf = (name: (of: (typeof answers)[number]) => string): number =>
    answers.reduce((sum, of) => sum + (of.backtest[name(of)]?.wape ?? Number.NaN), 0) / answers.length;
  const least = plain.map((name) => ({ name, wape: wapeOf(() => name) })).reduce((a, b) => (b.wape < a.wape ? b : a));
  const chosen = wapeOf(({ method }) => method);
  const worse = answers.filter(
    ({ backtest, method }) => (backtest[method]?.wape ?? 0) > 1.05 * (backtest[least.name]?.wape ?? 0),
  );
  note(
    `WAPE ${chosen.toFixed(3)}, ${least.name} ${least.wape.toFixed(3)}; over 5 % worse on ${worse.length} of ${answers.length} series`,
  );
  report({
    name: 'forecast/wape',
    value: chosen / least.wape,
    unit: '',
    limit: '<=0.96',
    of: `the best plain rule, ${least.name}, one month ahead over the last 24 of 69 months, ${answers.length} made-up series`,
  });

  let [held, all] = [0, 0];
  for (const values of seriesOf(12, 72, firstJudged + 100))
    for (const end of ends)
      for (const [step, [low, high]] of forecastSeries(
        { start: '2014-01', step: 'month', values: values.slice(0, end) },
        { horizon: 6 },
      ).interval80.entries()) {
        const came = values[end + step] as number;
        held += came >= low && came <= high ? 1 : 0;
        all += 1;
      }
  // One figure has one limit: how far it is from what it says.
  note(`80 % bands held ${((100 * held) / all).toFixed(1)} % of ${all} months`);
  report({
    name: 'forecast/coverage',
    value: Math.abs(held / all - 0.8),
    unit: '',
    limit: '<=0.05',
    of: 'how far the share of months that 80 % bands held is from 0.8, one to six months ahead',
  });
};
