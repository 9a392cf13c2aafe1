/**
 * `npm run analyse`: the daily analysis over ten made-up countries that nothing was tuned on, and how well it found what
 * was planted in them. Exit 1 where a goal is missed. `--seeds 7,8` plays others, `--wrong` names what was wrong.
 */
import { parseArgs } from 'node:util';
import { measure, measureTable, precisionOf, recallOf } from './measure.ts';

const judged = '101,102,103,104,105,106,107,108,109,110';
const goal = { recall: 0.9, precision: 0.7 };

const asked = (): { seeds: number[]; wrong: boolean } => {
  try {
    const { seeds, wrong } = parseArgs({
      options: { seeds: { type: 'string', default: judged }, wrong: { type: 'boolean', default: false } },
    }).values;
    const numbers = seeds.split(',').map(Number);
    if (numbers.every((seed) => Number.isSafeInteger(seed) && seed >= 0)) return { seeds: numbers, wrong };
  } catch {
    // said below
  }
  process.stderr.write('npm run analyse [-- --seeds 7,8,9] [--wrong]\n');
  return process.exit(2);
};

const { seeds, wrong: isWrongShown } = asked();
const { rows, wrong } = measure(seeds);
process.stdout.write(`${measureTable(rows)}\n`);
if (isWrongShown) process.stdout.write(`\n${wrong.join('\n')}\n`);
const missed = rows.filter((row) => recallOf(row) < goal.recall || precisionOf(row) < goal.precision);
for (const { rule } of missed) process.stdout.write(`the goal is missed: ${rule}\n`);
process.exitCode = missed.length > 0 ? 1 : 0;
