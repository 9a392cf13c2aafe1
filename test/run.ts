/**
 * `npm test`: everything that proves Darmon, with one plain count at the end. First what the tools know without running
 * anything (lint and format, types, dead code: each counts as one case), then all test projects of vitest. Arguments
 * go to vitest (`npm test -- packages/domain`, `npm test -- --project api`), and then the tools are left out;
 * `npm test -- --tools` runs the tools alone.
 *
 * The last line is `N passed, N failed`, with `, N skipped` where something was skipped. Exit 0 only if something was
 * run and nothing failed. A worker that died, an unhandled error and a file that did not load count as failures.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';

const root = resolve(import.meta.dirname, '..');
const bin = (path: string): string => join(root, 'node_modules', path);

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Runs a program to its end. Its output is shown as it comes, or handed back. */
const run = (file: string, args: readonly string[], show: boolean): Promise<{ code: number; output: string }> =>
  new Promise((done) => {
    const child = spawn(file, args, {
      cwd: root,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
    });
    const end = (signal: NodeJS.Signals) => child.kill(signal);
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
    const over = (code: number, more = '') => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
      done({ code, output: Buffer.concat(chunks).toString() + more });
    };
    child.on('error', (error) => over(1, error.message));
    child.on('close', (code) => over(code ?? 1));
  });

const tools: readonly (readonly [title: string, file: string, args: readonly string[]])[] = [
  ['lint and format', bin('.bin/biome'), ['check', '--error-on-warnings', '.']],
  ['types of packages, functions and test', bin('.bin/tsc'), ['-p', 'tsconfig.json']],
  ['types of infra', bin('.bin/tsc'), ['-p', 'infra']],
  ['types of web', bin('.bin/tsc'), ['-p', 'web']],
  ['dead code', process.execPath, [bin('knip/bin/knip.js')]],
];

const runTools = async (): Promise<Count> => {
  let failed = 0;
  for (const [title, file, args] of tools) {
    const began = performance.now();
    const { code, output } = await run(file, args, false);
    say(`${code === 0 ? '✓' : '✗'} ${title} ${Math.round(performance.now() - began)} ms`);
    if (code === 0) continue;
    failed += 1;
    say(output.trimEnd());
  }
  return { passed: tools.length - failed, failed, skipped: 0 };
};

const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

const countOf = (reportFile: string, code: number): Count => {
  let report: z.infer<typeof Report>;
  try {
    report = Report.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
  } catch {
    say('vitest left no report');
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + unloaded;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
};

const runTests = async (args: readonly string[]): Promise<Count> => {
  const folder = mkdtempSync(join(tmpdir(), 'darmon-test-'));
  const reportFile = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const { code } = await run(process.execPath, [bin('vitest/vitest.mjs'), 'run', ...reporters, ...args], true);
  const count = countOf(reportFile, code);
  rmSync(folder, { recursive: true, force: true });
  return count;
};

let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    interrupted = true;
  });

const args = process.argv.slice(2);
const counts: Count[] = [];
if (args.length === 0 || args[0] === '--tools') counts.push(await runTools());
if (args[0] !== '--tools' && !interrupted) counts.push(await runTests(args));
const sum = (of: keyof Count): number => counts.reduce((total, count) => total + count[of], 0);
const failed = sum('failed') + (interrupted ? 1 : 0);
say('');
say(`${sum('passed')} passed, ${failed} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`);
process.exitCode = sum('passed') > 0 && failed === 0 ? 0 : 1;
