/** `darmon import-knowledge` on the real engine, as an operator calls it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { darmon } from '@darmon/cli/darmon';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, makeHouse, table } from '../support/house.ts';

const folder = mkdtempSync(join(tmpdir(), 'darmon-import-'));
const columns = 'id,a,b,severity,effect,source,state';
const folderOf = (name: string, ...rows: string[]): string => {
  const at = join(folder, name);
  mkdirSync(at);
  writeFileSync(join(at, 'interaction.csv'), `${[columns, ...rows].join('\n')}\n`);
  return at;
};
const good = folderOf(
  'good',
  'I1,warfarin,ibuprofen,serious,bleeding,sample,verified',
  'I2,warfarin,aspirin,serious,bleeding,sample,verified',
);
let house: House;
beforeAll(async () => {
  Object.assign(process.env, { AWS_REGION: 'local', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  house = await makeHouse('import-knowledge');
});
afterAll(async () => {
  await house?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const run = async (from: string, changed: Record<string, string> = {}) => {
  const options = { table, name: 'Namuna set', date: '2026-11-20', person: 'admin', site: 'OF-1', ...changed };
  const texts = { out: '', err: '' };
  const sink = (of: keyof typeof texts) =>
    new Writable({
      write(chunk, _, done) {
        texts[of] += chunk;
        done();
      },
    });
  const code = await darmon(
    ['import-knowledge', from, ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])],
    {
      stdin: Readable.from([]),
      stdout: sink('out'),
      stderr: sink('err'),
      env: { DYNAMODB_ENDPOINT: await house.client.config.endpoint?.().then(urlOf) },
      now: Date.now,
    },
  );
  return { code, ...texts };
};
const urlOf = ({ protocol, hostname, port }: { protocol: string; hostname: string; port?: number | undefined }) =>
  `${protocol}//${hostname}:${port}`;

test('a folder of files becomes a set that waits for its approval, and the same call again changes nothing', async () => {
  const first = await run(good);
  expect([first.code, JSON.parse(first.out)]).toMatchObject([
    0,
    { version: 1, state: 'imported', importedBy: 'admin', name: 'Namuna set' },
  ]);
  expect(first.err).toBe('2 rows read\nset 1: 3 of 3 subjects written\n');
  expect((await run(good)).out).toBe(first.out);
  expect((await house.table.listKnowledgeSets()).length).toBe(1);
  expect((await house.table.loadCurrentKnowledge())?.version).toBeUndefined();
});

test('one wrong row refuses the whole with its place, and only an administrator brings a set in', async () => {
  const wrong = folderOf('wrong', 'I1,warfarin,ibuprofen,serious,bleeding,sample,nobody knows');
  expect(await run(wrong)).toEqual({
    code: 1,
    out: '',
    err: 'refused: knowledge-invalid\n  interaction, 2: state\n',
  });
  expect(await run(good, { person: 'chief' })).toMatchObject({ code: 1, out: '' });
  expect((await house.table.listKnowledgeSets()).length).toBe(1);
});
