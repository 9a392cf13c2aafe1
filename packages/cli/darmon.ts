/**
 * `darmon`, the command line of operators and auditors: results as JSON lines on stdout, messages for people on stderr,
 * exit 0 done, 1 refused or invalid, 2 wrong use. This file owns how it is called; what each command does stands in its
 * own file or in the use cases.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { KMSClient } from '@aws-sdk/client-kms';
import { PersonId, SiteId } from '@darmon/domain/actor';
import { Refusal } from '@darmon/domain/refusal';
import { Region } from '@darmon/domain/standing';
import { tashkentDay } from '@darmon/domain/time';
import type { NoteKey } from '@darmon/log/note';
import { publicKeyOf } from '@darmon/usecases/kms-signer';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import { type BootstrapOptions, bootstrapCountry } from './bootstrap.ts';
import { forecastTable, TableRefusal } from './forecast.ts';
import { importKnowledgeFolder, type KnowledgeImport } from './import-knowledge.ts';
import { linesOfFiles, textOf } from './lines.ts';
import { addLogCommands, logKey } from './log-commands.ts';
import { parseScanLines } from './parse-scan.ts';
import { verifyPeriodAt } from './period.ts';
import { CallRefusal, rebuildConsumption } from './rebuild-consumption.ts';
import { rebuildTableFacts } from './rebuild-facts.ts';
import { checkRestored } from './restore-check.ts';
import { verifyCodeLines } from './verify-code.ts';

/** What the command line is given of its process, so that a test can be one. */
export interface Surroundings {
  readonly stdin: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean };
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const exitCode = { done: 0, refused: 1, wrongUse: 2 } as const;

/** A message for the person who called; nothing went wrong inside. */
class Said extends Error {
  readonly exitCode: number;
  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Writes one line and waits where the reader is slower than we are. */
const writeLine = async (out: Writable, value: unknown): Promise<void> => {
  if (!out.write(`${JSON.stringify(value)}\n`)) await once(out, 'drain');
};

/** The key list of a file, tried before the first code is asked for. */
const readKeys = async (file: string): Promise<string> => {
  const keysJson = await readFile(file, 'utf8');
  try {
    await verifyCodeLines(Readable.from([]), { keysJson, at: 0 }).next();
    return keysJson;
  } catch {
    throw new Said(
      exitCode.wrongUse,
      `error: ${file} is no list of keys; /api/.well-known/prescription-keys answers one`,
    );
  }
};

/** What `parse-scan` takes is taken here too: no code begins with a quote. */
async function* unquoted(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) {
    let text: unknown;
    try {
      text = line.startsWith('"') ? JSON.parse(line) : line;
    } catch {}
    yield typeof text === 'string' ? text : line;
  }
}

/** One result a line; refused as a whole where any of them is. */
const writeResults = async <T>(
  out: Writable,
  results: AsyncIterable<T> | Iterable<T>,
  isRefused: (result: T) => boolean,
): Promise<number> => {
  let code: number = exitCode.done;
  for await (const result of results) {
    if (isRefused(result)) code = exitCode.refused;
    await writeLine(out, result);
  }
  return code;
};

/** Turns a schema's verdict into commander's message, which names the option. */
const read =
  <T>(schema: z.ZodType<T>, hint: string) =>
  (text: string): T => {
    const { success, data } = schema.safeParse(text);
    if (!success) throw new InvalidArgumentError(hint);
    return data;
  };

const time = read(
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  'A time is written 2026-11-20T09:30:00Z.',
);
const day = read(z.iso.date(), 'A day is written 2026-11-20.');
const name = read(z.string().trim().min(1).max(120), 'A name has 1 to 120 characters.');
const setName = read(z.string().trim().min(3).max(120), 'A set is called by 3 to 120 characters.');
const horizon = read(z.coerce.number().int().min(1).max(400), 'A horizon is 1 to 400 periods.');
const byMonth = read(z.literal('month'), 'Days are put together by month.');
const region = read(Region, 'A region is an ISO 3166-2 code such as UZ-TK.');
const siteId = read(SiteId, 'A site is 3 to 16 capital letters, digits and hyphens, such as OF-0001.');
const url = read(z.url({ protocol: /^https?$/ }), 'An address is written http://127.0.0.1:4000.');
const month = read(z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/), 'A month is written 2026-01.');
const personId = read(PersonId, 'A person is 2 to 36 small letters, digits and hyphens, such as admin.');

const exits = `
Exit codes: 0 done, 1 refused or invalid (streams: any line), 2 wrong use.`;

/** The commands; each leaves its exit code with `end`. */
const commands = (around: Surroundings, end: (code: number) => void): Command => {
  const { stdin, stdout, stderr, env, now } = around;
  const fromTerminal = (files: readonly string[]): void => {
    if (stdin.isTTY && (files.length === 0 || files.includes('-')))
      stderr.write('reading lines from the terminal; Ctrl-D ends them\n');
  };

  const program = new Command('darmon')
    .description('Darmon for operators and auditors. JSON lines on stdout, messages on stderr.')
    .addHelpText('after', exits)
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .exitOverride()
    .showHelpAfterError('(darmon --help tells more)');

  program
    .command('parse-scan')
    .summary('say what raw scans are')
    .description(
      'Reads one raw scan a line, as a JSON string ("\\u001d0109521234567899..."), and writes one line for each: {kind, gs1?, ...}. ' +
        'Kinds: prescription, prescription-number, pack, logistic-unit, gs1, pinfl, refused. Needs no server.',
    )
    .argument('[files...]', 'files of lines; none, or -, reads stdin')
    .option('--today <day>', 'day from which two-digit years are read (default: today in Tashkent)', day)
    .addHelpText('after', exits)
    .action(async (files: string[], options: { today?: string }) => {
      fromTerminal(files);
      const today = options.today ?? tashkentDay(now());
      const scans = parseScanLines(linesOfFiles(files, stdin), today);
      end(await writeResults(stdout, scans, (scan) => scan.kind === 'refused'));
    });

  program
    .command('verify-code')
    .summary('verify prescription codes without a network')
    .description(
      'Reads one code a line, as it is (RX1:...) or as a JSON string, and writes one line for each: {valid, reason?, prescription?}. ' +
        'Keys are the answer of /api/.well-known/prescription-keys, kept in a file. Needs no server.',
    )
    .argument('[files...]', 'files of lines; none, or -, reads stdin')
    .requiredOption('--keys <file>', 'the public keys, as JSON')
    .option('--roots <file>', 'believe only a list signed under these keys, as `darmon roots` writes them')
    .option('--at <time>', 'verify as at this time (default: now)', time)
    .addHelpText('after', exits)
    .action(async (files: string[], options: { keys: string; roots?: string; at?: number }) => {
      fromTerminal(files);
      const rootsJson = options.roots === undefined ? undefined : await readFile(options.roots, 'utf8');
      const given = {
        keysJson: await readKeys(options.keys),
        at: options.at ?? now(),
        ...(rootsJson !== undefined && { rootsJson }),
      };
      const verdicts = verifyCodeLines(unquoted(linesOfFiles(files, stdin)), given);
      end(await writeResults(stdout, verdicts, (verdict) => !verdict.valid));
    });

  program
    .command('forecast')
    .summary('forecast series of consumption')
    .description(
      'Reads a table: the first column is the period (YYYY-MM or YYYY-MM-DD), then a series per column, the first line names them. ' +
        'Writes one line a series: {series, method, backtest: {method: {wape, mase, bias}}, forecast: [...], interval80: [[low, high], ...], safetyStock, ...}, ' +
        'or {series, refused, line?}. Needs no server.',
    )
    .option('--csv [file]', 'the table; none, or -, reads stdin')
    .option('--horizon <periods>', 'periods ahead', horizon, 6)
    .option('--by <period>', 'month: put days together to months first', byMonth)
    .addHelpText('after', exits)
    .action(async ({ csv, ...asked }: { csv?: string | true; horizon: number; by?: 'month' }) => {
      const files = typeof csv === 'string' ? [csv] : [];
      fromTerminal(files);
      const lines = forecastTable(await textOf(files[0], stdin), asked);
      end(await writeResults(stdout, lines, (line) => 'refused' in line));
    });

  program
    .command('bootstrap')
    .summary('make the first office and the first administrator')
    .description(
      'Writes the first office, the first administrator and the first policy, once in the life of a country. ' +
        'Region and credentials are those of the AWS SDK (AWS_REGION, AWS_PROFILE, ...).',
    )
    .option('--table <name>', 'the table (default: TABLE_NAME)', env.TABLE_NAME)
    .option(
      '--user-pool <id>',
      'the user pool in which the administrator signs in (default: USER_POOL_ID)',
      env.USER_POOL_ID,
    )
    .option(
      '--endpoint <url>',
      'another DynamoDB than the region’s (default: DYNAMODB_ENDPOINT)',
      env.DYNAMODB_ENDPOINT,
    )
    .requiredOption('--site <id>', 'id of the office, such as OF-0001', siteId)
    .requiredOption('--site-name <name>', 'its name', name)
    .requiredOption('--region <code>', 'its region, ISO 3166-2, such as UZ-TK', region)
    .requiredOption('--person <id>', 'id of the administrator, such as admin', personId)
    .requiredOption('--name <name>', 'the administrator’s name', name)
    .addHelpText('after', exits)
    .action(async ({ table, ...options }: Omit<BootstrapOptions, 'table'> & { table?: string }) => {
      if (!table) throw new Said(exitCode.wrongUse, 'error: which table? --table <name>, or TABLE_NAME');
      await writeLine(stdout, await bootstrapCountry({ table, ...options }));
      stderr.write(
        options.userPool
          ? `${options.person} has an account and no password yet. Give one that the first sign-in replaces:\n` +
              `  aws cognito-idp admin-set-user-password --no-permanent --user-pool-id ${options.userPool} --username ${options.person} --password '...'\n`
          : 'no user pool was named: the administrator stands in the table and cannot sign in through one\n',
      );
    });

  program
    .command('import-knowledge')
    .summary('bring in a set of knowledge for safety checks from a folder')
    .description(
      'Reads interaction.csv, ceiling.csv, cross-allergy.csv, pregnancy.csv, age-limit.csv and duplicate-exempt.csv of a ' +
        'folder, as far as they are there, all or none, and writes them as the next set. It counts once a chief has approved ' +
        'it. A run that ended halfway goes on when it is called again with the same files and words.',
    )
    .argument('<folder>', 'the folder of files')
    .option('--table <name>', 'the table (default: TABLE_NAME)', env.TABLE_NAME)
    .option(
      '--endpoint <url>',
      'another DynamoDB than the region’s (default: DYNAMODB_ENDPOINT)',
      env.DYNAMODB_ENDPOINT,
    )
    .requiredOption('--name <name>', 'what the set is called', setName)
    .requiredOption('--date <day>', 'the day of its contents, such as 2026-11-20', day)
    .requiredOption('--person <id>', 'the administrator who brings it in', personId)
    .requiredOption('--site <id>', 'the administrator’s office', siteId)
    .addHelpText('after', exits)
    .action(
      async (
        folder: string,
        { table, ...options }: Omit<KnowledgeImport, 'table' | 'progress'> & { table?: string },
      ) => {
        if (!table) throw new Said(exitCode.wrongUse, 'error: which table? --table <name>, or TABLE_NAME');
        const progress = (line: string) => stderr.write(`${line}\n`);
        await writeLine(stdout, await importKnowledgeFolder({ ...options, folder, table, progress }));
      },
    );

  const write = (line: Record<string, unknown>): Promise<void> => writeLine(stdout, line);
  const ended = (ok: boolean): void => end(ok ? exitCode.done : exitCode.refused);
  for (const command of addLogCommands(program, write, { now, end: ended })) command.addHelpText('after', exits);

  program
    .command('period')
    .summary('check a package of a closed month')
    .command('verify')
    .summary('is a package whole, and signed?')
    .description(
      'Reads a package (the zip, or a folder of its files) and writes one line: {ok, month, version, digest, problems, ...}. ' +
        'Finds files that were changed, left out or put in, and a manifest that the key did not sign. Needs no server.',
    )
    .argument('<package>', 'the zip, or a folder')
    .requiredOption('--key <file>', 'the public key, as /api/.well-known/period-key answers it')
    .option('--log-key <vkey>', 'the log’s public key: is the log that the package names this one?', logKey)
    .addHelpText('after', exits)
    .action(async (place: string, given: { key: string; logKey?: NoteKey }) => {
      const { ok, line } = await verifyPeriodAt(place, {
        key: given.key,
        ...(given.logKey && { log: given.logKey }),
      });
      await write(line);
      ended(ok);
    });

  program
    .command('restore-check')
    .summary('compare a table, such as a restored one, with the log')
    .description(
      'Reads every event of a table and every entry of the log and writes one line: {ok, size, root, erased, problems}. ' +
        'Finds events that the log has and the table has not, the other way round, and changed ones; an erased patient’s ' +
        'are compared by their ids. It writes nothing. Region and credentials are those of the AWS SDK.',
    )
    .argument('<log>', 'a directory, or the address that the log is served at')
    .requiredOption('--key <vkey>', 'the log’s public key', logKey)
    .option('--table <name>', 'the table (default: TABLE_NAME)', env.TABLE_NAME)
    .option(
      '--endpoint <url>',
      'another DynamoDB than the region’s (default: DYNAMODB_ENDPOINT)',
      env.DYNAMODB_ENDPOINT,
    )
    .addHelpText('after', exits)
    .action(async (place: string, given: { key: NoteKey; table?: string; endpoint?: string }) => {
      const { table } = given;
      if (!table) throw new Said(exitCode.wrongUse, 'error: which table? --table <name>, or TABLE_NAME');
      const progress = (events: number) => stderr.write(`\r${events} events`);
      const { ok, line } = await checkRestored(place, { ...given, table, progress });
      stderr.write('\n');
      await write(line);
      ended(ok);
    });

  program
    .command('rebuild-consumption')
    .summary('reckon what sites used anew from their ledgers')
    .description(
      'Has a running Darmon reckon what was used at sites anew from their ledgers, and writes one line a site: ' +
        '{site, through, mended, equal}, where `mended` months had been kept otherwise than the ledger says, or ' +
        '{site, refused}. What was brought in from before a ledger stays. The token is that of a planner or an ' +
        'administrator: DARMON_TOKEN, or a line on stdin.',
    )
    .argument('[sites...]', 'sites; none means every pharmacy and warehouse', (text, before: string[] = []) => [
      ...before,
      siteId(text),
    ])
    .requiredOption('--url <address>', 'where Darmon answers, such as http://127.0.0.1:4000', url)
    .option('--from <month>', 'since this month, such as 2026-01 (default: since the beginning)', month)
    .addHelpText('after', exits)
    .action(async (sites: string[], options: { url: string; from?: string }) => {
      const token = (env.DARMON_TOKEN ?? (await textOf(undefined, stdin))).trim();
      if (token === '') throw new Said(exitCode.wrongUse, 'error: whose token? DARMON_TOKEN, or a line on stdin');
      const progress = (line: string) => stderr.write(`${line}\n`);
      const lines = rebuildConsumption({ ...options, token, sites, progress });
      end(await writeResults(stdout, lines, (line) => 'refused' in line));
    });

  program
    .command('rebuild-facts')
    .summary('reckon what reports are made of anew')
    .description(
      'Reckons the kept facts of sites anew from the ledger and from events, straight in the table, and writes one line ' +
        'a site and kind of facts: {site, facts, through, mended}, where `mended` are months that nobody may change any ' +
        'more and that had been kept otherwise. Exit 1 where there are such months. Harmless to repeat and to break off.',
    )
    .argument('[sites...]', 'sites; none means all', (text, before: string[] = []) => [...before, siteId(text)])
    .option('--table <name>', 'the table (default: TABLE_NAME)', env.TABLE_NAME)
    .option(
      '--endpoint <url>',
      'another DynamoDB than the region’s (default: DYNAMODB_ENDPOINT)',
      env.DYNAMODB_ENDPOINT,
    )
    .option('--from <month>', 'since this month, such as 2026-01 (default: since the beginning)', month)
    .addHelpText('after', exits)
    .action(async (sites: string[], { table, ...options }: { table?: string; endpoint?: string; from?: string }) => {
      if (!table) throw new Said(exitCode.wrongUse, 'error: which table? --table <name>, or TABLE_NAME');
      const lines = rebuildTableFacts({ ...options, table, sites });
      end(await writeResults(stdout, lines, ({ mended }) => mended.length > 0));
    });

  program
    .command('roots')
    .summary('print the public keys under which devices believe the signed lists')
    .description(
      'Asks KMS for the public half of each key that signs lists, and writes them as one JSON list: keep it in a file and ' +
        'deploy with `-c roots=<file>`. Name the present key and, before a change, the next one.',
    )
    .argument('<keys...>', 'ids or ARNs of the keys, such as the output ListsKeyId')
    .addHelpText('after', exits)
    .action(async (keys: string[]) => {
      const kms = new KMSClient({});
      await writeLine(stdout, await Promise.all(keys.map((key) => publicKeyOf(kms, key))));
      kms.destroy();
    });

  return program;
};

const sayWhy = (error: unknown, stderr: Writable): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.wrongUse;
  if (error instanceof Said) {
    stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof TableRefusal || error instanceof CallRefusal) {
    stderr.write(`refused: ${error.message}\n`);
    return exitCode.refused;
  }
  if (error instanceof Refusal) {
    stderr.write(`refused: ${error.code}\n`);
    for (const { detail } of error.errors) if (detail !== error.code) stderr.write(`  ${detail}\n`);
    return exitCode.refused;
  }
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (code !== undefined && path !== undefined) {
    stderr.write(`error: cannot read ${path} (${code})\n`);
    return exitCode.wrongUse;
  }
  stderr.write(`error: ${message || (error as Error).name}\n`);
  return exitCode.refused;
};

/**
 * Runs one command. `args` are what stands behind `darmon`.
 * @returns the exit code: 0 done, 1 refused or invalid or failed, 2 wrong use; never throws but for a reader that went away
 */
export const darmon = async (args: readonly string[], around: Surroundings): Promise<number> => {
  let code: number = exitCode.done;
  try {
    await commands(around, (ended) => {
      code = ended;
    }).parseAsync(args, { from: 'user' });
  } catch (error) {
    return sayWhy(error, around.stderr);
  }
  return code;
};

if (import.meta.main) {
  // A reader that has seen enough (`| head -1`) is no fault; whatever is still to be written has nobody to read it.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const { stdin, stdout, stderr, env } = process;
  // Set, not called: exit would cut what a pipe has not taken yet.
  process.exitCode = await darmon(process.argv.slice(2), { stdin, stdout, stderr, env, now: Date.now });
}
