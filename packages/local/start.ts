/**
 * `npm start`: the whole of Darmon on this machine. `PORT` changes the port (4000), `DARMON_STATE` the folder of the state
 * (`.local`), `DYNAMODB_ENDPOINT` the database, `DARMON_PACE` how many times as often as they say schedules come by.
 * `--fresh` forgets the state first, `--no-web` leaves the web app out, `--no-past` writes a country that begins today.
 */
import { createWriteStream, mkdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Cloud, createCloud } from './cloud.ts';
import { demoPeople } from './country/country.ts';
import { stateFolder } from './state.ts';

const toScreen = process.stdout.write.bind(process.stdout);
const toErrors = process.stderr.write.bind(process.stderr);
const say = (line: string): void => {
  toScreen(`${line}\n`);
};
const fail = (message: string, code = 1): never => {
  toErrors(`${message}\n`);
  process.exit(code);
};

interface Wishes {
  readonly fresh: boolean;
  readonly web: boolean;
  readonly past: boolean;
  readonly port: number;
  readonly pace: number;
}

function wishes(): Wishes {
  const port = Number(process.env.PORT || 4000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    fail(`PORT is a number from 0 to 65535, not ${process.env.PORT}`, 2);
  const pace = Number(process.env.DARMON_PACE || 1);
  if (!(pace >= 1 && pace <= 60)) fail(`DARMON_PACE is a number from 1 to 60, not ${process.env.DARMON_PACE}`, 2);
  try {
    const flag = { type: 'boolean' } as const;
    const { values } = parseArgs({ options: { fresh: flag, 'no-web': flag, 'no-past': flag } });
    return { fresh: values.fresh ?? false, web: !values['no-web'], past: !values['no-past'], port, pace };
  } catch {
    return fail('npm start [-- --fresh] [-- --no-web] [-- --no-past]', 2);
  }
}

const largestLog = 20_000_000;

/** What the functions log goes where their log groups would be, and not among the lines that a person reads. */
function keepLogs(stateDir: string): (line: string) => void {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const path = join(stateDir, 'functions.log');
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestLog) truncateSync(path);
  const log = createWriteStream(path, { flags: 'a', mode: 0o600 });
  const write = log.write.bind(log) as typeof process.stdout.write;
  process.stdout.write = write;
  process.stderr.write = write;
  return (line) => log.write(`${line}\n`);
}

/** Where a fault happened, without its message: that may hold what a request said of a person. */
const placeOf = (error: unknown): string =>
  error instanceof Error
    ? `${error.name} ${(error.stack ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 6)
        .map((line) => line.trim())
        .join(' ')}`
    : typeof error;

async function showPeople(cloud: Cloud): Promise<void> {
  const people = (await cloud.people.list()).filter((person) => demoPeople.includes(person.id));
  const width = Math.max(...people.map((person) => person.id.length));
  say('who can sign in (npm run --silent token -- <person> prints a token):');
  for (const { id, roles, site, name } of people)
    say(`  ${id.padEnd(width)}  ${roles.join(', ').padEnd(10)}  ${site}  ${name}`);
}

const { fresh, web, past, port, pace } = wishes();
const stateDir = stateFolder();
const log = keepLogs(stateDir);
const began = performance.now();
const seconds = () => ((performance.now() - began) / 1_000).toFixed(1).padStart(5);

const parent = process.ppid;
let cloud: Cloud | undefined;
let ending = false;
const end = async (code: number): Promise<void> => {
  if (ending) return;
  ending = true;
  await cloud?.stop();
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0));
// npm does not always hand a signal on, and hands nothing on when it is killed.
if (parent > 1) setInterval(() => process.ppid !== parent && void end(0), 500).unref();

try {
  cloud = await createCloud({
    stateDir,
    port,
    fresh,
    web,
    past,
    pace,
    dynamodbEndpoint: process.env.DYNAMODB_ENDPOINT || undefined,
    say: (step) => say(`${seconds()} s  ${step}`),
    onFault: (where, error) => log(`fault ${where}: ${placeOf(error)}`),
    onDead: (reason) => fail(reason),
  });
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
if (cloud) {
  await showPeople(cloud);
  say(`${seconds()} s  logs are in ${join(stateDir, 'functions.log')}`);
  say(`ready ${cloud.url}`);
}
