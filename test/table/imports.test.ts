/** Opening balances on the real engine: all or nothing, each row once, and nothing beside books that stand. */
import { chunksOfImport, type ImportRow, importPartRows } from '@darmon/domain/stock-import';
import { loadImportPart, postImport, readImport, startImport } from '@darmon/usecases/imports';
import { listMovements, listStock } from '@darmon/usecases/inventory';
import { advancePosting, finishPostings } from '@darmon/usecases/posting';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gtins, type House, makeHouse, refused, stock, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('imports');
});
afterAll(() => house.stop());

const keeper = () => house.actor('warehouse', 'own');
const site = 'WH-1';
const start = async (rows: number, by = keeper()) =>
  (await startImport(house.deps, by, { site, kind: 'opening', rows, name: 'opening.xlsx' }, house.once(by.person))).body
    .id;
const part = (id: string, rows: readonly ImportRow[], from = 0) =>
  loadImportPart(house.deps, keeper(), { site, id, from, rows });
const read = (id: string) => readImport(house.deps, keeper(), { site, id });
const post = (id: string, once = house.once('warehouse')) => postImport(house.deps, keeper(), { site, id }, once);
const later = () => house.deps.now() + 60_000;
const row = (lot: string, about: ImportRow = {}): ImportRow => ({
  gtin: gtins.amoxicillin,
  lot,
  expiryDate: '2028-06-30',
  quantity: 20,
  ...about,
});
const rows = (name: string, count: number) => Array.from({ length: count }, (_, i) => row(`${name}${i}`));
const onShelf = async (name: string) => {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await listStock(house.deps, { site }, { limit: 100, cursor });
    items.push(...page.items.filter((i) => i.lot.startsWith(name)));
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
};

test('an import of two parts counts for nothing until it is posted, and then each row once, whoever goes on with it', async () => {
  const count = importPartRows + 30;
  const id = await start(count);
  const all = rows('M', count);
  expect(await part(id, all.slice(importPartRows), importPartRows)).toEqual({ received: 30, problems: [] });
  expect(await read(id)).toMatchObject({ state: 'loading', received: 30, rows: count });
  expect(await refused(post(id))).toBe('import-invalid');
  await part(id, all.slice(0, importPartRows));
  expect(await read(id)).toMatchObject({ state: 'ready', received: count, problemCount: 0 });
  expect(await onShelf('M')).toEqual([]);

  const once = house.once('warehouse', 'post-import');
  const [first, again] = await Promise.all([post(id, once), post(id, once)]);
  expect(again).toEqual(first);
  expect(first).toMatchObject({ status: 202, body: { state: 'posting', posting: id } });
  expect(await refused(post(id))).toBe('document-closed');
  expect(await refused(part(id, all.slice(0, importPartRows)))).toBe('document-closed');
  const ends = await Promise.all([1, 2].map(() => advancePosting(house.deps, id, later())));
  expect(ends.map((p) => [p.done, p.linesDone, p.problems])).toEqual(
    [1, 2].map(() => [chunksOfImport(count), count, []]),
  );
  const shelf = await onShelf('M');
  expect([shelf.length, shelf.every((r) => r.onHand === 20)]).toEqual([count, true]);
  expect(await read(id)).toMatchObject({ state: 'posted', received: count });
  const of = await listMovements(house.deps, { site, gtin: gtins.amoxicillin, lot: 'M1029' }, {});
  expect(of.items.map((m) => [m.kind, m.quantity, m.reference])).toEqual([['opening', 20, id]]);
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});

test('each problem is told by row and field, nothing is posted, and the part with its mistakes mended takes its place', async () => {
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'HERE', expiryDate: '2028-06-30', quantity: 20 }], 'warehouse');
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'THERE', expiryDate: '2029-01-31', quantity: 20 }]);
  const wrong: ImportRow[] = [
    row('E0'),
    row('E1', { gtin: '09521020199013' }),
    row('E2', { expiryDate: '30.06.2028', quantity: 1.5 }),
    row('THERE'),
    row('HERE'),
    row('E5', { packs: 1 }),
    { medicine: 'AMOX500CAP', lot: 'E6', expiryDate: '2028-06-30', quantity: 20 },
    { medicine: 'NOSUCH', lot: 'E7', expiryDate: '2028-06-30', quantity: 20 },
    row('E8', { gtin: gtins.syrup, quantity: 150 }),
    row('E0'),
    { medicine: 'PARA500TAB', lot: 'E10', expiryDate: '2028-06-30' },
    { quantity: 20 },
  ];
  const id = await start(wrong.length);
  const { problems } = await part(id, wrong);
  expect(problems.map((p) => `${p.row} ${p.field} ${p.code}`)).toEqual([
    '1 gtin gtin-unknown',
    '2 expiryDate value-invalid',
    '2 quantity value-invalid',
    '3 expiryDate expiry-mismatch',
    '4 lot lot-known-here',
    '5 quantity packs-and-quantity',
    '6 gtin pack-ambiguous',
    '7 medicine medicine-unknown',
    '8 quantity quantity-invalid',
    '9 lot lot-repeated',
    '10 quantity packs-and-quantity',
    '11 lot value-missing',
    '11 expiryDate value-missing',
    '11 gtin value-missing',
  ]);
  expect(problems[3]?.facts).toEqual({ expiryDate: '2029-01-31' });
  expect((await read(id)).problems).toEqual(problems);
  expect(await refused(post(id))).toBe('import-invalid');
  expect(await onShelf('E')).toEqual([]);

  const mended = wrong.map((_, i) => row(`E${i}`));
  mended[6] = { medicine: 'PARA500TAB', lot: 'E6', expiryDate: '2020-06-30', packs: '3', zone: 'B', shelf: '3-2' };
  expect(await part(id, mended)).toEqual({ received: wrong.length, problems: [] });
  await post(id);
  expect(await finishPostings(house.deps, later())).toBe(1);
  const shelf = await onShelf('E');
  expect(shelf).toHaveLength(wrong.length);
  expect(shelf.find((r) => r.lot === 'E6')).toMatchObject({
    gtin: gtins.paracetamol,
    onHand: 30,
    state: 'expired',
    zone: 'B',
    shelf: '3-2',
  });
});

test('the same lot in two parts is found before anything is posted', async () => {
  const count = importPartRows + 1;
  const id = await start(count);
  await part(id, rows('D', importPartRows));
  await part(id, [row('D7')], importPartRows);
  expect(await read(id)).toMatchObject({
    state: 'loading',
    problemCount: 1,
    problems: [{ row: importPartRows, field: 'lot', code: 'lot-repeated', facts: { row: 7 } }],
  });
  expect(await refused(post(id))).toBe('import-invalid');
});

test('a lot that comes onto the books after its part was judged refuses the import, and during its posting is left out and told', async () => {
  const id = await start(2);
  await part(id, [row('R0'), row('R1')]);
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'R0', expiryDate: '2028-06-30', quantity: 20 }], 'warehouse2');
  expect(await refused(post(id))).toBe('import-invalid');

  const other = await start(2);
  await part(other, [row('S0'), row('S1')]);
  await post(other);
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'S0', expiryDate: '2028-06-30', quantity: 40 }], 'warehouse2');
  const posting = await advancePosting(house.deps, other, later());
  expect(posting.problems).toEqual([{ line: 1, code: 'lot-known-here', facts: { lot: 'S0' } }]);
  expect((await onShelf('S')).map((r) => [r.lot, r.onHand])).toEqual([
    ['S0', 40],
    ['S1', 20],
  ]);
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});

test('controlled medicines come onto the page of the register, however many rows there are', async () => {
  const id = await start(20);
  await part(
    id,
    rows('T', 20).map((r) => ({ ...r, gtin: gtins.tramadol })),
  );
  await post(id);
  await advancePosting(house.deps, id, later());
  expect((await house.table.loadRegister(site, ['TRAM50CAP'])).get('TRAM50CAP')?.balance).toBe(400);
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
});

test('a part has all of its rows, and another site has no part in it', async () => {
  const id = await start(5);
  expect(await refused(part(id, rows('W', 4)))).toBe('import-invalid');
  expect(await refused(part(id, rows('W', 5), importPartRows))).toBe('import-invalid');
  const stranger = house.actor('warehouse3', 'own');
  expect(await refused(readImport(house.deps, stranger, { site: 'WH-2', id }))).toBe('not-found');
  expect(await refused(loadImportPart(house.deps, stranger, { site: 'WH-2', id, from: 0, rows: rows('W', 5) }))).toBe(
    'not-found',
  );
});

test.runIf(process.env.NIGHTLY)(
  'fifty thousand rows are taken in, each once',
  async () => {
    const count = 50_000;
    const id = await start(count);
    const all = rows('L', count);
    for (let from = 0; from < count; from += importPartRows)
      await part(id, all.slice(from, from + importPartRows), from);
    expect(await read(id)).toMatchObject({ state: 'ready', received: count, problemCount: 0 });
    await post(id);
    for (let left = 60; left > 0 && (await read(id)).state !== 'posted'; left -= 1)
      await advancePosting(house.deps, id, later());
    const shelf = await onShelf('L');
    expect([shelf.length, new Set(shelf.map(({ lot }) => lot)).size]).toEqual([count, count]);
    expect(shelf.reduce((sum, { onHand }) => sum + onHand, 0)).toBe(20 * count);
  },
  1_800_000,
);
