/**
 * Use from before Darmon on the real engine: all rows or none, each month once whoever goes on with it, never for a day
 * that the ledger keeps, and out of reach of every rebuild.
 */
import { type PastRow, pastPartRows } from '@darmon/domain/past-use';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { readSiteTrail } from '@darmon/usecases/compliance';
import { readConsumption, rebuildConsumption } from '@darmon/usecases/consumption';
import { keepPastImport, loadPastPart, readPastImport, startPastImport } from '@darmon/usecases/past-use';
import { planNow, readPlanLine } from '@darmon/usecases/plans';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, stock } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('past-use');
  // the ledger of one pharmacy begins on 20 November 2026, the others have none
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'A', expiryDate: '2028-01-31', quantity: 200 }]);
});
afterAll(() => house.stop());

const keeper = (person = 'pharmacist') => house.actor(person, 'own');
const planner = () => house.actor('planner', 'all');
const medicine = 'AMOX500CAP';
interface Asked {
  readonly by?: ReturnType<typeof keeper>;
  readonly site?: string;
  readonly replace?: true;
}
const begin = async (rows: number, { by = keeper(), site = 'PH-1', replace }: Asked = {}) =>
  (
    await startPastImport(
      house.deps,
      by,
      { site, rows, name: 'old.xlsx', ...(replace && { replace }) },
      house.once(by.person),
    )
  ).body.id;
const part = (id: string, rows: readonly PastRow[], from = 0, by = keeper()) =>
  loadPastPart(house.deps, by, { id, from, rows });
const keep = (id: string, by = keeper()) => keepPastImport(house.deps, by, { id });
const bring = async (rows: readonly PastRow[], asked: Asked = {}) => {
  const id = await begin(rows.length, asked);
  await part(id, rows, 0, asked.by);
  return { id, item: await readPastImport(house.deps, asked.by ?? keeper(), { id }) };
};
const month = (period: string, quantity: number, about: PastRow = {}): PastRow => ({
  medicine,
  period,
  quantity,
  ...about,
});
const kept = async (site = 'PH-1', code = medicine) =>
  (await house.table.loadPastUse([{ site, medicine: code }]))[0]?.months.map(({ month: name, used, out }) => [
    name,
    used,
    out,
  ]);
const codes = (item: { problems: readonly { row: number; field: string; code: string }[] }) =>
  item.problems.map(({ row, field, code }) => `${row} ${field} ${code}`);

test('nothing counts before every row came and is sound, each problem names its row and field, and a mended part takes its place', async () => {
  const count = pastPartRows + 2;
  const rows = Array.from({ length: count }, (_, i) => ({
    medicine: ['AMOX500CAP', 'PARA500TAB', 'ATOR20TAB'][i % 3] as string,
    period: dayAfter('2025-01-01', Math.floor(i / 3)),
    quantity: 2,
  }));
  const id = await begin(count, { by: keeper('pharmacist2'), site: 'PH-2' });
  const by = keeper('pharmacist2');
  await part(id, rows.slice(pastPartRows), pastPartRows, by);
  expect(await refused(keep(id, by))).toBe('import-invalid');
  expect(await refused(part(id, rows.slice(0, 5), 0, by))).toBe('import-invalid');
  const wrong = rows.slice(0, pastPartRows).map((row, i) => (i === 4 ? { ...row, period: '2031-01' } : row));
  // the same day in two parts is known to contradict only when both are there
  await part(id, wrong, 0, by);
  await part(id, [rows[0] as PastRow, rows[1] as PastRow], pastPartRows, by);
  const judged = await readPastImport(house.deps, by, { id });
  expect(codes(judged)).toEqual([
    '4 period period-to-come',
    '1000 period period-repeated',
    '1001 period period-repeated',
  ]);
  expect([judged.state, judged.problemCount]).toEqual(['loading', 3]);
  expect(await refused(keep(id, by))).toBe('import-invalid');
  expect(await kept('PH-2')).toBeUndefined();
  await part(id, rows.slice(0, pastPartRows), 0, by);
  await part(id, rows.slice(pastPartRows), pastPartRows, by);
  expect((await readPastImport(house.deps, by, { id })).state).toBe('ready');

  const ends = await Promise.all([keep(id, by), keep(id, by)]);
  expect(ends.map(({ state, of, done, added, replaced }) => [state, of, done, added, replaced])).toEqual([
    ['posted', 3, 3, 33, 0],
    ['posted', 3, 3, 33, 0],
  ]);
  const months = await kept('PH-2');
  expect(months?.slice(0, 2)).toEqual([
    ['2025-01', 62, 0],
    ['2025-02', 56, 0],
  ]);
  expect(await refused(part(id, rows.slice(0, pastPartRows), 0, by))).toBe('document-closed');
  expect(await keep(id, by)).toMatchObject({ state: 'posted', added: 33 });
  expect(await kept('PH-2')).toEqual(months);
});

test('what the ledger keeps is refused, and in its first month the days before it are taken', async () => {
  const { item } = await bring([month('2026-11', 5), month('2026-11-20', 5), month('2026-10', 5), month('2027-01', 5)]);
  expect(codes(item)).toEqual(['0 period period-kept', '1 period period-kept', '3 period period-kept']);
  expect(item.problems[0]?.facts).toEqual({ since: '2026-11-20' });
  const { id } = await bring([month('2026-09', 90, { daysOut: 4 }), month('2026-11-03', 7), month('2026-11-19', 3)]);
  await keep(id);
  expect(await kept()).toEqual([
    ['2026-09', 90, 4],
    ['2026-11', 10, 0],
  ]);
  const [use] = await house.table.loadPastUse([{ site: 'PH-1', medicine }]);
  expect(use?.months[1]?.through).toBe(19);
  // a site without a ledger: what is over
  const other = await bring(
    [
      { ...month('2026-10', 5), site: 'WH-1' },
      { ...month('2026-11', 5), site: 'WH-1' },
    ],
    {
      by: house.actor('warehouse', 'own'),
      site: 'WH-1',
    },
  );
  expect(codes(other.item)).toEqual(['1 period period-to-come']);
});

test('a month that is there with another figure is a problem of its row; replacing it keeps in an event what was there', async () => {
  const again = await bring([month('2026-09', 90, { daysOut: 4 }), month('2026-08', 80)]);
  expect(again.item.state).toBe('ready');
  expect(await keep(again.id)).toMatchObject({ added: 1, replaced: 0, left: 0 });

  const other = await bring([month('2026-09', 91, { daysOut: 4 })]);
  expect(codes(other.item)).toEqual(['0 period period-known']);
  expect(other.item.problems[0]?.facts).toEqual({ used: 90, daysOut: 4 });
  expect(await refused(keep(other.id))).toBe('import-invalid');

  const over = await bring([month('2026-09', 91, { daysOut: 4 })], { replace: true });
  expect(await keep(over.id)).toMatchObject({ state: 'posted', added: 0, replaced: 1 });
  expect((await kept())?.find(([name]) => name === '2026-09')).toEqual(['2026-09', 91, 4]);
  const day = tashkentDay(house.clock.now);
  const { items } = await readSiteTrail(house.deps, { site: 'PH-1', day }, { limit: 100 });
  const told = items.find(({ type, changes }) => type === 'past-use-kept' && changes.import === over.id);
  expect(told?.actor.person).toBe('pharmacist');
  expect(told?.changes.replaced).toMatchObject([{ medicine, month: '2026-09', used: 90, out: 4 }]);
});

test('of two imports that are kept at once neither overwrites the other unasked, and no month is lost', async () => {
  const rows = (quantity: number) => ['2024-01', '2024-02', '2024-03'].map((name) => month(name, quantity));
  const [one, other] = [await bring(rows(10)), await bring([...rows(11), month('2024-04', 11)])];
  expect([one.item.state, other.item.state]).toEqual(['ready', 'ready']);
  const ends = await Promise.allSettled([keep(one.id), keep(other.id)]);
  const sums = ends.map((end) =>
    end.status === 'fulfilled' ? (end.value.added ?? 0) + (end.value.left ?? 0) : 'refused',
  );
  // who is judged after the other was kept is refused; who was judged before leaves what is there
  expect(sums.every((sum, i) => sum === 'refused' || sum === [3, 4][i])).toBe(true);
  const months = (await kept())?.filter(([name]) => String(name).startsWith('2024-0')) ?? [];
  expect(new Set(months.slice(0, 3).map(([, used]) => used)).size).toBe(1);
});

test('a keeper brings only what is of the own site, and another site’s import does not exist for them', async () => {
  expect(await refused(begin(1, { by: keeper('pharmacist2'), site: 'PH-1' }))).toBe('not-found');
  const nowhere = { rows: 1, name: 'old.xlsx' };
  expect(await refused(startPastImport(house.deps, keeper(), nowhere, house.once('pharmacist')))).toBe('not-found');
  expect(await refused(begin(1, { by: planner(), site: 'OF-1' }))).toBe('site-unknown');
  const { item, id } = await bring([month('2026-07', 5, { site: 'PH-2' })]);
  expect(codes(item)).toEqual(['0 site site-unknown']);
  const stranger = keeper('pharmacist2');
  expect(await refused(readPastImport(house.deps, stranger, { id }))).toBe('not-found');
  expect(await refused(part(id, [month('2026-07', 5)], 0, stranger))).toBe('not-found');
  expect(await refused(keep(id, stranger))).toBe('not-found');
  // a planner brings a file of the whole country, whose rows name their sites
  const rows = [
    { ...month('2026-06', 60), site: 'PH-1' },
    { ...month('2026-06', 61), site: 'PH-2' },
    month('2026-05', 1),
    { ...month('2026-05', 1), site: 'CL-1' },
  ];
  const all = (await startPastImport(house.deps, planner(), { rows: 4, name: 'all.csv' }, house.once('planner'))).body
    .id;
  await part(all, rows, 0, planner());
  expect(codes(await readPastImport(house.deps, planner(), { id: all }))).toEqual([
    '2 site value-missing',
    '3 site site-unknown',
  ]);
  const two = (await startPastImport(house.deps, planner(), { rows: 2, name: 'two.csv' }, house.once('planner'))).body
    .id;
  await part(two, rows.slice(0, 2), 0, planner());
  expect(await keep(two, planner())).toMatchObject({ state: 'posted', of: 2, added: 2 });
  expect((await kept('PH-2'))?.find(([name]) => name === '2026-06')).toEqual(['2026-06', 61, 0]);
});

test('plans and products go by it, and a rebuild leaves it as it is and stays what the ledger says of its own days', async () => {
  for (let day = 0; day < 14; day += 1) {
    const { id } = await issue(house);
    await dispense(house, id, [{ line: 1, quantity: 5 }]);
    house.clock.now += dayMs;
  }
  const before = await kept();
  const read = () => readConsumption(house.deps, { site: 'PH-1', medicine, from: '2026-08-01' });
  const unrolled = await read();
  expect(unrolled.brought).toEqual([
    { month: '2026-08', used: 80, daysOut: 0 },
    { month: '2026-09', used: 91, daysOut: 4 },
    { month: '2026-11', used: 10, daysOut: 0, through: 19 },
  ]);
  expect(unrolled.days[0]).toMatchObject({ day: '2026-11-20' });
  const first = await rebuildConsumption(house.deps, planner(), { site: 'PH-1' });
  expect(first).toMatchObject({ done: true, mended: 0 });
  expect((await read()).days).toEqual(unrolled.days);

  // a month that is kept otherwise than the ledger says is found, mended and counted
  const [november] = (await house.table.loadConsumption('PH-1', medicine)).filter((one) => one.month === '2026-11');
  if (!november) throw new Error('November is not kept');
  await house.table.keepConsumption([{ ...november, days: [[20, 999, 1]] }]);
  expect(await rebuildConsumption(house.deps, planner(), { site: 'PH-1' })).toMatchObject({ done: true, mended: 1 });
  expect(await rebuildConsumption(house.deps, planner(), { site: 'PH-1' })).toMatchObject({ done: true, mended: 0 });
  expect((await read()).days).toEqual(unrolled.days);
  expect(await kept()).toEqual(before);

  const plan = await planNow(house.deps, planner(), { site: 'PH-1' });
  expect(plan.lines).toBe(1);
  const page = await readPlanLine(house.deps, { site: 'PH-1', medicine });
  const past = page.history.find((one) => one.month === '2026-09');
  expect(past).toEqual({ month: '2026-09', used: 91, stockOutDays: 4, known: true, brought: true });
  // 10 units were brought of its days before the 20th, eleven days of five each are the ledger's
  expect(page.history.find((one) => one.month === '2026-11')).toMatchObject({
    used: 65,
    stockOutDays: 0,
    brought: true,
  });
  expect(page.line?.outlook.months[0]?.units).toBeGreaterThan(40);
});
