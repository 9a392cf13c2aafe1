/**
 * `npm run chaos`: kills engine and gateway under load, round after round, and proves that nothing acknowledged was lost
 * or doubled. `--rounds` (20), `--seed` (of the day's own making). The seed on stderr, one JSON line of counts on
 * stdout, a sentence for every problem on stderr, exit 1 if there is any.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runChaos } from './chaos.ts';

const wrongUse = (): never => {
  process.stderr.write('npm run chaos [-- --rounds <n>] [-- --seed <n>]\n');
  return process.exit(2);
};

const asked = () => {
  try {
    return parseArgs({ options: { rounds: { type: 'string', default: '20' }, seed: { type: 'string' } } }).values;
  } catch {
    return wrongUse();
  }
};

const values = asked();
const rounds = Number(values.rounds);
const seed = Number(values.seed ?? randomInt(1_000_000));
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) wrongUse();

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
say(`seed ${seed}`);
const began = performance.now();
try {
  const { counts, problems } = await runChaos({ rounds, seed, say });
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(`${JSON.stringify({ seed, ...counts, problems: problems.length, seconds })}\n`);
  for (const problem of problems.slice(0, 50)) say(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
} catch (error) {
  say(`seed ${seed}: ${error instanceof Error ? error.message : 'failed'}`);
  process.exitCode = 1;
}
