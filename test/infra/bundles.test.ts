import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bundle, bundleAll, entries } from '@darmon/infra/bundle';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** Folders of their own: other tests and a running Darmon use the usual one. */
const made = mkdtempSync(join(tmpdir(), 'darmon-made-'));
const alone = mkdtempSync(join(tmpdir(), 'darmon-bundles-'));
const names = Object.keys(entries) as (keyof typeof entries)[];
let bundles: Readonly<Record<keyof typeof entries, Bundle>>;

beforeAll(async () => {
  bundles = await bundleAll(made);
});
afterAll(() => {
  for (const folder of [made, alone]) rmSync(folder, { recursive: true });
});

/** A job for which nobody waits, and which makes every report there is. */
const largest = (name: keyof typeof entries): number => (name === 'close-periods' ? 900_000 : 700_000);

test.each(names)('%s is one file of at most 700 kB; the job that makes all reports, of 900', (name) => {
  expect(bundles[name].bytes).toBeLessThanOrEqual(largest(name));
});

test('no function carries what routes tell readers of the interface; the one that shows it has it packed', () => {
  const carries = (name: keyof typeof entries) =>
    /\bexample:\{/.test(readFileSync(join(bundles[name].folder, 'index.mjs'), 'utf8'));
  expect(names.filter(carries)).toEqual([]);
  const shows = (name: keyof typeof entries) =>
    bundles[name].bytes > 0 &&
    /\bdescribed\b/.test(readFileSync(join(bundles[name].folder, '../', `${name}.mjs.map`), 'utf8'));
  expect(names.filter(shows)).toEqual(['verification']);
});

test('each bundle loads with nothing beside it but its environment, and exports a handler', () => {
  for (const name of names) cpSync(bundles[name].folder, join(alone, name), { recursive: true });
  const load = `for (const name of ${JSON.stringify(names)}) {
    const { handler } = await import('${alone}/' + name + '/index.mjs');
    if (typeof handler !== 'function') throw new Error(name + ' has no handler');
  }`;
  const variables = [
    'TABLE_NAME',
    'PRESCRIPTION_KEY_ID',
    'LISTS_KEY_ID',
    'DATA_KEY_ID',
    'SEARCH_KEY_ID',
    'USER_POOL_ID',
    'ORDER_KEY_ID',
    'PERIOD_KEY_ID',
    'AUTHORITY_URL',
    'AUTHORITY_KEY',
    'LOG_KEY_ID',
    'LOG_BUCKET',
    'LOG_ORIGIN',
  ];
  const environment = Object.fromEntries(variables.map((variable) => [variable, 'x']));
  execFileSync(process.execPath, ['--input-type=module', '-e', load], {
    cwd: alone,
    env: { ...environment, PUBLIC_URL: 'https://darmon.example', AWS_REGION: 'eu-central-1' },
  });
});

test('what draws paper lies with its fonts beside the one job that draws, loads with nothing else, and draws', () => {
  const fonts = ['DejaVuSansCondensed-Bold.ttf', 'DejaVuSansCondensed.ttf'];
  const beside = (name: keyof typeof entries) =>
    readdirSync(bundles[name].folder).filter((file) => file !== 'index.mjs');
  expect(beside('close-periods').sort()).toEqual([...fonts, 'report-paper.mjs']);
  expect(names.filter((name) => name !== 'close-periods' && beside(name).length > 0)).toEqual([]);
  const draw = `const { drawReport } = await import('${alone}/close-periods/report-paper.mjs');
    const about = { report: 'write-offs', format: 1, from: '2026-10-01', through: '2026-10-31' };
    const empty = { figures: [], sections: [], checks: [], notes: [] };
    const pdf = await drawReport({ ...about, madeAt: '2026-11-03T04:00:00.000Z', ...empty }, 'uz-Latn', {});
    if (Buffer.from(pdf).toString('latin1', 0, 5) !== '%PDF-') throw new Error('no paper');`;
  execFileSync(process.execPath, ['--input-type=module', '-e', draw], { cwd: alone, env: {} });
});

test('a bundle is made of the same bytes again, and is not made again while its sources stand', async () => {
  const again = await bundleAll(made);
  expect(names.filter((name) => !again[name].fresh)).toEqual([]);
  const before = readFileSync(join(bundles.compliance.folder, 'index.mjs'));
  rmSync(join(made, 'compliance.json'));
  const anew = await bundleAll(made);
  expect(anew.compliance).toEqual({ ...bundles.compliance, fresh: false });
  expect(readFileSync(join(anew.compliance.folder, 'index.mjs')).equals(before)).toBe(true);
});
