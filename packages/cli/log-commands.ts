/** How `darmon log ...` is called; what each command does stands in log.ts. */
import { type NoteKey, parseVkey } from '@darmon/log/note';
import { type Command, InvalidArgumentError } from 'commander';
import {
  checkConsistency,
  checkProofFile,
  type LogAnswer,
  makeWitnessKey,
  proveEntryAt,
  type VerifyOptions,
  verifyLogAt,
  witnessLog,
} from './log.ts';

const key =
  (kind: 'log' | 'witness') =>
  (vkey: string): NoteKey => {
    try {
      return parseVkey(vkey, kind);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  };
/** The key of a log, told as a vkey. */
export const logKey = key('log');
const witnessKeys = (vkey: string, before: readonly NoteKey[] = []): NoteKey[] => [...before, key('witness')(vkey)];
const files = (file: string, before: readonly string[] = []): string[] => [...before, file];
const position = (text: string): number => {
  if (!/^[0-9]{1,13}$/.test(text)) throw new InvalidArgumentError('An entry is a position from 0 on.');
  return Number(text);
};

const place = ['<log>', 'a directory, or the address that the log is served at'] as const;
const ofLog = ['--key <vkey>', 'the log’s public key', logKey] as const;
const ofWitness = [
  '--witness <vkey>',
  'a witness who must have cosigned; several are named one by one',
  witnessKeys,
] as const;

/**
 * Adds `log` and what stands under it.
 * @param write takes a line for stdout
 * @param end is told the verdict: true done, false refused
 * @returns the commands, each with its own help
 */
export const addLogCommands = (
  program: Command,
  write: (line: Record<string, unknown>) => Promise<void>,
  { now, end }: { readonly now: () => number; readonly end: (ok: boolean) => void },
): readonly Command[] => {
  const say = async (answer: Promise<LogAnswer>): Promise<void> => {
    const { ok, line } = await answer;
    await write(line);
    end(ok);
  };
  const log = program
    .command('log')
    .summary('check the log of events, prove what is in it, witness it')
    .description('Checks the log from its files and keys alone, trusting nobody who runs it. Needs no server.');

  log
    .command('verify')
    .requiredOption(...ofLog)
    .summary('hash every entry again and compare')
    .description(
      'Reads every entry and tile and writes one line: {ok, size, root, problems}. Finds entries that were changed, removed, ' +
        'inserted or put in another order, and, with --known and --witness, a history that was forked or rolled back.',
    )
    .argument(...place)
    .option(...ofWitness)
    .option(
      '--known <file>',
      'a checkpoint that was kept: the log must continue it; several are named one by one',
      files,
    )
    .option('--events <file>', 'the table’s events, {"id", "digest"} a line: compares them with the log both ways')
    .action((at: string, given: VerifyOptions) => say(verifyLogAt(at, given)));

  const prove = log
    .command('prove')
    .requiredOption(...ofLog)
    .summary('prove that an entry is in the log')
    .description('Writes one line, the proof, which `log check-proof` checks without the log.')
    .argument(...place)
    .option('--entry <position>', 'which entry, from 0 on', position)
    .option('--id <event>', 'which event; the log is searched for it')
    .option('--checkpoint <file>', 'prove under this older checkpoint, such as one with cosignatures');
  prove.action((at: string, given: { key: NoteKey; entry?: number; id?: string; checkpoint?: string }) => {
    const { entry, id, ...rest } = given;
    if ((entry === undefined) === (id === undefined))
      return prove.error('error: which entry? either --entry <position> or --id <event>', { exitCode: 2 });
    return say(proveEntryAt(at, { ...rest, what: entry === undefined ? { id: id as string } : { entry } }));
  });

  log
    .command('check-proof')
    .requiredOption(...ofLog)
    .summary('check a proof, without the log')
    .description('Writes one line: {ok, index, size, root, entry}, or {ok, code, detail?}.')
    .argument('<file>', 'the proof')
    .option(...ofWitness)
    .option('--reveal <file>', 'an event and its salt, {"event", "salt"}: are they what was recorded?')
    .action((file: string, given: { key: NoteKey; witness?: NoteKey[]; reveal?: string }) =>
      say(checkProofFile(file, given)),
    );

  log
    .command('consistency')
    .requiredOption(...ofLog)
    .summary('prove that one checkpoint continues another')
    .description('Writes one line: {ok, from, to, root, proof}, or {ok, code, detail?}.')
    .argument('<older>', 'file of a checkpoint')
    .argument('<newer>', 'file of a later one')
    .argument(...place)
    .action((older: string, newer: string, at: string, { key }: { key: NoteKey }) =>
      say(checkConsistency(at, { key, older, newer })),
    );

  log
    .command('witness')
    .summary('look at the log once and cosign it')
    .description(
      'Demands a proof that the log continues what was seen before, remembers it, and signs. Writes one line: ' +
        '{ok, from, size, root, line, attached}, or {ok, code, detail?} where it refuses. Run it by the clock, elsewhere than the log.',
    )
    .argument(...place)
    .requiredOption('--key <file>', 'the witness’s key, as `log witness-key` makes it')
    .requiredOption('--log <vkey>', 'the log’s public key', logKey)
    .requiredOption('--state <file>', 'where the last checkpoint is remembered; keep it')
    .option('--out <file>', 'write the cosigned checkpoint to this file')
    .action((at: string, given: { key: string; log: NoteKey; state: string; out?: string }) =>
      say(witnessLog(at, { ...given, now })),
    );

  log
    .command('witness-key')
    .summary('make a witness’s key')
    .description('Writes the secret key to a new file and one line: {vkey}, which is for everybody.')
    .argument('<file>', 'where the secret key goes')
    .requiredOption('--name <name>', 'what the witness is called, such as witness.example.org/one')
    .action((file: string, { name }: { name: string }) => say(makeWitnessKey(name, file)));

  return [log, ...log.commands];
};
