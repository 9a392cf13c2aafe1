/**
 * How fast series are forecast on two threads, how much less they err than the best plain rule, on how many series more,
 * and how often their bands hold. The series are made up, two families of them, from seeds that nothing was tuned on.
 * They are judged as somebody would who has nothing but the command line: cut off, forecast one month ahead, 24 times.
 */
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { forecastSeries } from '@darmon/forecast/forecast';
import { groupSeries, groups } from '@darmon/forecast/group-series';
import { kinds, pharmacySeries } from '@darmon/forecast/pharmacy-series';
import type { Row } from './measure.ts';

const firstJudged = 7_001;
/** From seeds that nobody had looked at when it was settled how far a forecast leans on a plain rule. */
const firstFresh = 20_001;
const months = 60;
const threads = 2;

const groupsOf = (seeds: number, length: number, from = firstJudged): readonly (readonly number[])[] =>
  Array.from({ length: seeds }, (_, at) => groups.map((group) => groupSeries(group, from + at, length))).flat();

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
const judgedMonths = 24;
const start = '2014-01';

interface Judged {
  /** WAPE of what was forecast month by month over that of the plain rule that is best on all of them. */
  readonly ratio: number;
  readonly best: string;
  /** The same of each series. */
  readonly ratios: readonly number[];
}

const judge = (all: readonly (readonly number[])[]): Judged => {
  const answers = all.map((values) => {
    const begin = values.length - judgedMonths;
    let [errors, asked] = [0, 0];
    for (let end = begin; end < values.length; end += 1) {
      const known = { start, step: 'month', values: values.slice(0, end) } as const;
      errors += Math.abs((forecastSeries(known, { horizon: 1 }).forecast[0] as number) - (values[end] as number));
      asked += values[end] as number;
    }
    // What the plain rules forecast does not hang on anything but their months.
    const { backtest } = forecastSeries({ start, step: 'month', values }, { horizon: 1 });
    return { wape: errors / asked, plain: plain.map((name) => backtest[name]?.wape ?? Number.NaN) };
  });
  const meanOf = (of: (answer: (typeof answers)[number]) => number): number =>
    answers.reduce((sum, answer) => sum + of(answer), 0) / answers.length;
  const means = plain.map((_, at) => meanOf((answer) => answer.plain[at] as number));
  const least = means.indexOf(Math.min(...means));
  return {
    ratio: meanOf(({ wape }) => wape) / (means[least] as number),
    best: plain[least] as string,
    ratios: answers.map((answer) => answer.wape / (answer.plain[least] as number)),
  };
};

const ends = [24, 36, 48, 60, 66];

/** How many of the months that came lay in their band, one to six months ahead. */
const heldOf = (all: readonly (readonly number[])[]): { held: number; of: number } => {
  let [held, of] = [0, 0];
  for (const values of all)
    for (const end of ends) {
      const known = { start, step: 'month', values: values.slice(0, end) } as const;
      for (const [step, [low, high]] of forecastSeries(known, { horizon: 6 }).interval80.entries()) {
        const came = values[end + step] as number;
        held += came >= low && came <= high ? 1 : 0;
        of += 1;
      }
    }
  return { held, of };
};

export const forecastRows = async (report: (row: Row) => void, note: (text: string) => void): Promise<void> => {
  report({
    name: 'forecast/series',
    value: await speed(note),
    unit: 'series/s',
    limit: '>=500',
    of: `${months} months, back-tested from 36 origins by every method, on ${threads} threads`,
  });

  const families = [
    {
      name: 'forecast/wape',
      worse: 'forecast/worse',
      of: 'single medicines',
      limit: '<=0',
      all: seriesOf(120, 69, firstFresh),
    },
    // Of kinds with nothing in common one rule is best by a hair, and on its own kind hard to come near to.
    { name: 'forecast/groups', worse: 'forecast/group-worse', of: 'whole groups', limit: null, all: groupsOf(24, 70) },
  ];
  for (const { name, worse, of, limit, all } of families) {
    const { ratio, best, ratios } = judge(all);
    const over = ratios.filter((each) => each > 1.05).length;
    note(
      `${worse}: over 5 % worse than ${best} on ${over} of ${all.length}, at worst ${Math.max(...ratios).toFixed(3)}`,
    );
    report({
      name,
      value: ratio,
      unit: '',
      limit: '<=0.96',
      of: `the best plain rule, ${best}, one month ahead over the last ${judgedMonths} months, ${all.length} made-up series of ${of}`,
    });
    report({
      name: worse,
      value: over / all.length,
      unit: '',
      limit,
      of: `the share of those series on which it lost more than 5 % to ${best}`,
    });
  }

  // One figure has one limit: how far it is from what it says.
  const bands = [
    { name: 'forecast/coverage', ...heldOf(seriesOf(12, 72, firstJudged + 100)) },
    { name: 'forecast/group-coverage', ...heldOf(groupsOf(10, 72, firstJudged + 100)) },
  ];
  for (const { name, held, of } of bands) {
    note(`${name}: 80 % bands held ${((100 * held) / of).toFixed(1)} % of ${of} months`);
    report({
      name,
      value: Math.abs(held / of - 0.8),
      unit: '',
      limit: '<=0.05',
      of: 'how far the share of months that 80 % bands held is from 0.8, one to six months ahead',
    });
  }
};
