/** `darmon rebuild-facts` on the real engine, as an operator calls it. */
import { Readable, Writable } from 'node:stream';
import { darmon } from '@darmon/cli/darmon';
import { StockFact } from '@darmon/domain/stock-facts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gtins, type House, makeHouse, stock, table } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  Object.assign(process.env, { AWS_REGION: 'local', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  house = await makeHouse('rebuild-facts');
  // months before the command's own clock, so that nobody may change them any more
  house.clock.now = Date.parse('2025-03-10T07:00:00.000Z');
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'A', expiryDate: '2031-06-30', quantity: 40 }]);
});
afterAll(() => house?.stop());

const run = async (...args: string[]) => {
  const texts = { out: '', err: '' };
  const sink = (of: keyof typeof texts) =>
    new Writable({
      write(chunk, _, done) {
        texts[of] += chunk;
        done();
      },
    });
  const endpoint = await house.client.config.endpoint?.();
  const code = await darmon(['rebuild-facts', ...args], {
    stdin: Readable.from([]),
    stdout: sink('out'),
    stderr: sink('err'),
    env: endpoint ? { DYNAMODB_ENDPOINT: `${endpoint.protocol}//${endpoint.hostname}:${endpoint.port}` } : {},
    now: Date.now,
  });
  const lines = texts.out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { site: string; facts: string; mended: string[] });
  return { code, lines, err: texts.err };
};
const keptOf = async (month: string) => (await house.table.loadFacts('stock', ['PH-1'], month, StockFact))[0];

test('rebuilds a site from the beginning, and finds nothing to mend where nothing was changed', async () => {
  for (let time = 0; time < 2; time += 1) {
    const { code, lines } = await run('--table', table, 'PH-1', '--from', '2025-03');
    expect([code, lines.map(({ site, facts, mended }) => [site, facts, mended])]).toEqual([
      0,
      [
        ['PH-1', 'stock', []],
        ['PH-1', 'care', []],
      ],
    ]);
  }
  expect(await keptOf('2025-03')).toMatchObject({ through: '2025-03-31', sums: { opening: 0, closing: 40 } });
  expect(await keptOf('2025-04')).toMatchObject({ sums: { opening: 40, closing: 40 } });
});

test('tells a month that somebody changed, mends it, and says so by its exit code', async () => {
  const kept = await keptOf('2025-03');
  if (!kept) throw new Error('nothing is kept');
  const lines = kept.lines.map((line) => ({ ...line, closing: 30 }));
  const begun = await house.table.beginFacts('stock', kept);
  const work = await house.table.addFacts(begun, { lines, sums: kept.sums, after: 'way:' });
  await house.table.finishFacts(work, kept.madeAt);
  const rebuilt = await run('--table', table, 'PH-1', '--from', '2025-03');
  expect(rebuilt.code).toBe(1);
  expect(rebuilt.lines[0]).toMatchObject({ facts: 'stock', mended: ['2025-03'] });
  expect((await keptOf('2025-03'))?.lines).toEqual(kept.lines);
});

test('without a table, or with a site that nobody knows, it says so', async () => {
  expect(await run('PH-1')).toMatchObject({ code: 2, lines: [] });
  expect(await run('--table', table, 'PH-9')).toMatchObject({ code: 1, lines: [] });
});
