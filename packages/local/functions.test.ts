import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { functionOf } from './functions.ts';
import type { CloudFunction } from './template.ts';

const folder = mkdtempSync(join(tmpdir(), 'darmon-functions-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A function whose code is this text, told its name as a deployed one is told its table. */
const deployed = (id: string, code: string): CloudFunction => {
  writeFileSync(join(folder, `${id}.mjs`), code);
  const environment = { DARMON_TEST_TABLE: id };
  return { id, folder, module: id, export: 'handler', environment, timeoutSeconds: 5, memoryMb: 128 };
};
const tells = `
  await new Promise((done) => setTimeout(done, 5));
  const table = process.env.DARMON_TEST_TABLE;
  globalThis.darmonLoads = [...(globalThis.darmonLoads ?? []), table];
  export const handler = async (event) => ({ table, event });
`;
const loads = (): readonly string[] => (globalThis as { darmonLoads?: string[] }).darmonLoads ?? [];

test('a function is loaded when it is first called, once, and finds its own environment although others load too', async () => {
  const [one, two] = ['one', 'two'].map((id) => functionOf(deployed(id, tells)));
  expect(loads()).toEqual([]);
  const answers = await Promise.all([one?.(1), two?.(2), one?.(3)]);
  expect(answers).toEqual([
    { table: 'one', event: 1 },
    { table: 'two', event: 2 },
    { table: 'one', event: 3 },
  ]);
  expect(loads()).toEqual(['one', 'two']);
  expect(process.env.DARMON_TEST_TABLE).toBeUndefined();
});

test('a function that does not load fails each call that names why, and no other function', async () => {
  const broken = functionOf(deployed('broken', "throw new Error('no table');"));
  const empty = functionOf(deployed('empty', 'export const other = 1;'));
  const good = functionOf(deployed('good', tells));
  const [first, , third] = await Promise.allSettled([broken({}), empty({}), good({})]);
  expect([first?.status, third?.status]).toEqual(['rejected', 'fulfilled']);
  await expect(broken({})).rejects.toThrow('no table');
  await expect(empty({})).rejects.toThrow('exports no handler');
});

test('a function without code is known before anybody calls it', () => {
  expect(() => functionOf({ ...deployed('lost', tells), module: 'elsewhere' })).toThrow('elsewhere');
});
