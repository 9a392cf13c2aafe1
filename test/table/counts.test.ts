/** Counts on the real engine: the book moves on while people count, and every unit stays accounted for. */
import type { CountScope } from '@darmon/domain/count';
import { instant } from '@darmon/domain/time';
import {
  advanceCount,
  cancelCount,
  enterCounts,
  listCounts,
  postCount,
  readCount,
  startCount,
} from '@darmon/usecases/counts';
import { listMovements, listStock } from '@darmon/usecases/inventory';
import { advancePosting } from '@darmon/usecases/posting';
import { receiveShipment } from '@darmon/usecases/receiving';
import { requestWriteOff, withdrawWriteOff } from '@darmon/usecases/write-offs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, stock, table } from '../support/house.ts';
import { contradictions, readLedger } from '../support/ledger.ts';

let house: House;
beforeEach(async () => {
  house = await makeHouse('counts');
});
afterEach(async () => {
  expect(contradictions(await readLedger(house.client, table))).toEqual([]);
  await house.stop();
});

const site = 'PH-1';
const expiryDate = '2028-06-30';
const gtin = gtins.amoxicillin;
const actor = (person = 'pharmacist') => house.actor(person, 'own');
const lots = (quantities: Record<string, number>) =>
  stock(
    house,
    Object.entries(quantities).map(([lot, quantity]) => ({ gtin, lot, expiryDate, quantity })),
  );
const start = async (about: { scope?: CountScope; blind?: boolean } = {}) =>
  (
    await startCount(
      house.deps,
      actor(),
      { site, scope: { kind: 'full' }, blind: false, ...about },
      house.once('pharmacist'),
    )
  ).body;
const enter = (
  id: string,
  counted: Record<string, number>,
  {
    by = 'pharmacist',
    once = house.once(by),
    startedAt,
  }: {
    by?: string;
    once?: ReturnType<House['once']>;
    startedAt?: string;
  } = {},
) =>
  enterCounts(
    house.deps,
    actor(by),
    {
      site,
      id,
      entries: Object.entries(counted).map(([lot, units]) => ({
        gtin,
        lot,
        counted: units,
        ...(startedAt !== undefined && { startedAt }),
      })),
    },
    once,
  );
const post = (id: string, because: readonly string[] = [], leaveUncounted = false, once = house.once('pharmacist')) =>
  postCount(
    house.deps,
    actor(),
    { site, id, reasons: because.map((lot) => ({ gtin, lot, reason: 'miscount' })), leaveUncounted },
    once,
  );
const read = (id: string) => readCount(house.deps, actor(), { site, id }, { limit: 100 });
const lineOf = async (id: string, lot: string) => (await read(id)).items.find((l) => l.lot === lot);
const onHand = async (lot: string) =>
  (await listStock(house.deps, { site, gtin }, { limit: 100 })).items.find((i) => i.lot === lot)?.onHand;
const pass = (ms: number) => {
  house.clock.now += ms;
};
const giveOut = async (quantity: number, lot: string) => {
  const { id } = await issue(house);
  await dispense(house, id, [{ line: 1, quantity, lots: [{ gtin, lot, quantity }] }], 'pharmacist3');
};

test('what is handed over under a count is shown line by line, and a difference is taken from the book of the entry', async () => {
  await lots({ A: 100, B: 40 });
  pass(60_000);
  const { id, state, lines } = await start();
  expect([state, lines]).toEqual(['open', 2]);
  pass(60_000);
  await giveOut(10, 'A');
  pass(60_000);
  expect(await lineOf(id, 'A')).toMatchObject({
    book: 100,
    moved: -10,
    movements: [{ kind: 'dispense', quantity: -10, person: 'pharmacist3' }],
  });
  const { body } = await enter(id, { A: 89, B: 40 });
  expect(body.lines.map((l) => [l.lot, l.bookThen, l.difference, l.moved])).toEqual([
    ['A', 90, -1, -10],
    ['B', 40, 0, 0],
  ]);
  expect(body.count).toMatchObject({ counted: 2, differing: 1, recounts: 0 });
  pass(60_000);
  await giveOut(5, 'A');
  expect(await lineOf(id, 'A')).toMatchObject({ difference: -1, movedAfter: -5 });
  expect(await refused(post(id))).toBe('reason-missing');
  expect((await post(id, ['A'])).body.state).toBe('posted');
  expect([await onHand('A'), await onHand('B')]).toEqual([84, 40]);
  const moved = await listMovements(house.deps, { site, gtin, lot: 'A' }, {});
  expect(moved.items.at(-1)).toMatchObject({ kind: 'count', quantity: -1, reference: id });
  expect(await lineOf(id, 'A')).toMatchObject({ difference: -1, reason: 'miscount', bookThen: 90 });
});

test('a blind count tells no figure of the book before a line is counted, nor before its recount', async () => {
  await lots({ A: 100, B: 40 });
  pass(1_000);
  const { id } = await start({ blind: true });
  const figures = ['book', 'bookThen', 'difference', 'value'];
  const told = (line: object | undefined) => figures.filter((f) => f in (line ?? {}));
  expect(told(await lineOf(id, 'A'))).toEqual([]);
  expect(await read(id)).not.toHaveProperty('differing');
  const { body } = await enter(id, { A: 70, B: 40 });
  expect(body.lines.map((l) => [l.lot, told(l)])).toEqual([
    ['A', []],
    ['B', figures],
  ]);
  expect(body.lines[0]?.recount).toBe('tolerance');
  await enter(id, { A: 70 });
  expect(told(await lineOf(id, 'A'))).toEqual(figures);
});

test('a large difference is counted twice before anything is put right', async () => {
  await lots({ A: 100 });
  pass(1_000);
  const { id } = await start();
  await enter(id, { A: 50 });
  expect(await refused(post(id, ['A']))).toBe('recount-needed');
  await enter(id, { A: 60 }, { by: 'pharmacist3' });
  await post(id, ['A']);
  expect(await onHand('A')).toBe(60);
});

test('what moves while a line is being counted asks for a recount, however late the entry arrives', async () => {
  await lots({ A: 100 });
  pass(1_000);
  const { id } = await start();
  pass(60_000);
  const started = house.deps.now();
  pass(60_000);
  await giveOut(10, 'A');
  pass(60_000);
  const { body } = await enter(id, { A: 100 }, { startedAt: instant(started) });
  expect(body.lines[0]).toMatchObject({ recount: 'moved' });
  expect(await refused(post(id, ['A']))).toBe('recount-needed');
  pass(1_000);
  const again = await enter(id, { A: 90 }, { startedAt: instant(house.deps.now()) });
  expect(again.body.lines[0]).toMatchObject({ difference: 0 });
  expect(again.body.lines[0]).not.toHaveProperty('recount');
  await post(id);
  expect(await onHand('A')).toBe(90);
});

test('two people enter at once and none is lost; the same entry again is the same answer and no recount', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `L${i}`);
  await lots(Object.fromEntries(names.map((n) => [n, 100])));
  pass(1_000);
  const { id } = await start();
  await Promise.all(names.map((n, i) => enter(id, { [n]: 100 }, { by: i % 2 ? 'pharmacist' : 'pharmacist3' })));
  expect(await read(id)).toMatchObject({ counted: 12, differing: 0 });

  const once = house.once('pharmacist', 'an entry');
  const [first, again] = await Promise.all([enter(id, { L0: 90 }, { once }), enter(id, { L0: 90 }, { once })]);
  expect(again).toEqual(first);
  expect(await lineOf(id, 'L0')).toMatchObject({ counted: 90, times: 2 });
  await Promise.all([enter(id, { L1: 99 }), enter(id, { L1: 98 }, { by: 'pharmacist3' })]);
  expect(await lineOf(id, 'L1')).toMatchObject({ times: 3 });
  expect(await read(id)).toMatchObject({ counted: 12, differing: 2 });
});

test('goods that arrive as a count is posted stay, whichever comes first', async () => {
  await lots({ A: 100 });
  pass(1_000);
  const { id } = await start();
  await enter(id, { A: 99 });
  pass(1_000);
  const [posted] = await Promise.all([post(id, ['A']), lots({ A: 50 }), giveOut(20, 'A')]);
  expect(posted.body.state).toBe('posted');
  expect(await onHand('A')).toBe(129);
});

test('an entry beside the posting is either in it or refused', async () => {
  await lots({ A: 100, B: 100 });
  pass(1_000);
  const { id } = await start();
  await enter(id, { A: 99, B: 100 });
  const [posted, late] = await Promise.allSettled([post(id, ['A', 'B']), enter(id, { B: 98 })]);
  expect(posted.status).toBe('fulfilled');
  expect(await onHand('B')).toBe(late.status === 'fulfilled' ? 98 : 100);
  expect(await refused(enter(id, { B: 98 }))).toBe('document-closed');
});

test('a loss of units that are promised to a document is refused with words of its own, until they are free', async () => {
  await lots({ A: 100 });
  const lines = [{ gtin, lot: 'A', quantity: 95, reason: 'damaged' as const }];
  const act = await requestWriteOff(house.deps, actor('pharmacist3'), { site, lines }, house.once('pharmacist3'));
  pass(1_000);
  const { id } = await start();
  expect(await lineOf(id, 'A')).toMatchObject({ book: 100 });
  await enter(id, { A: 90 });
  await enter(id, { A: 90 });
  expect(await refused(post(id, ['A']))).toBe('units-promised');
  await withdrawWriteOff(
    house.deps,
    actor('pharmacist3'),
    { id: act.body.id, reason: 'counted first' },
    house.once('pharmacist3'),
  );
  pass(1_000);
  await post(id, ['A']);
  expect(await onHand('A')).toBe(90);
});

test('an entry dated back under what was counted asks for a recount, and nothing is put right twice', async () => {
  await lots({ A: 100, B: 40 });
  pass(3 * 86_400_000);
  const { id } = await start();
  pass(60_000);
  await enter(id, { A: 120, B: 40 });
  await enter(id, { A: 120 });
  pass(60_000);
  // the carton that was found: its receipt had been forgotten
  const backdated = { day: '2026-11-22', reason: 'the note was mislaid' };
  const forgotten = { site, lines: [{ gtin, lot: 'A', expiryDate, quantity: 20 }], backdated };
  await receiveShipment(house.deps, actor('pharmacist3'), forgotten, house.once('pharmacist3'));
  expect(await lineOf(id, 'A')).toMatchObject({ recount: 'moved', movements: [{ kind: 'receipt', quantity: 20 }] });
  expect((await lineOf(id, 'B'))?.recount).toBeUndefined();
  expect(await refused(post(id, ['A']))).toBe('recount-needed');
  pass(60_000);
  expect((await enter(id, { A: 120 })).body.lines).toMatchObject([{ difference: 0 }]);
  expect((await post(id)).body.state).toBe('posted');
  expect(await onHand('A')).toBe(120);
});

test('a lot that is not in the book is added by its expiry date, which the country may know better', async () => {
  await lots({ A: 100 });
  await stock(house, [{ gtin, lot: 'OTHER', expiryDate: '2029-01-31', quantity: 20 }], 'pharmacist2');
  pass(1_000);
  const { id } = await start();
  const found = (lot: string, about: { expiryDate?: string; gtin?: string } = {}) =>
    enterCounts(
      house.deps,
      actor(),
      { site, id, entries: [{ gtin, lot, counted: 20, ...about }] },
      house.once('pharmacist'),
    );
  expect(await refused(found('NEW'))).toBe('expiry-missing');
  expect(await refused(found('NEW', { expiryDate, gtin: '09521020199013' }))).toBe('gtin-unknown');
  expect(await refused(found('OTHER', { expiryDate }))).toBe('expiry-mismatch');
  for (let twice = 0; twice < 2; twice += 1) {
    await found('NEW', { expiryDate });
    await found('OTHER');
  }
  await enter(id, { A: 100 });
  expect(await read(id)).toMatchObject({ lines: 3, counted: 3, differing: 2, recounts: 0 });
  await post(id, ['NEW', 'OTHER']);
  expect([await onHand('NEW'), await onHand('OTHER')]).toEqual([20, 20]);
});

test('a count of many lines freezes page by page, and its differences are posted in chunks while other counts wait', async () => {
  const names = Array.from({ length: 200 }, (_, i) => `M${i}`);
  for (const some of [names.slice(0, 90), names.slice(90, 180), names.slice(180)]) {
    const { body } = await lots(Object.fromEntries(some.map((n) => [n, 20])));
    if (body.state === 'posting') await advancePosting(house.deps, body.id, house.deps.now() + 60_000);
  }
  pass(1_000);
  const once = house.once('pharmacist', 'begin');
  const begin = () => startCount(house.deps, actor(), { site, scope: { kind: 'full' }, blind: false }, once);
  const [one, other] = await Promise.all([begin(), begin()]);
  expect(other.body.id).toBe(one.body.id);
  const { id } = one.body;
  expect(await advanceCount(house.deps, actor(), { site, id })).toMatchObject({ state: 'open', lines: 200 });
  expect(await refused(start())).toBe('count-running');
  for (let twice = 0; twice < 2; twice += 1)
    for (let from = 0; from < 200; from += 40)
      await enter(id, Object.fromEntries(names.slice(from, from + 40).map((n) => [n, 19])));
  const { status, body } = await post(id, names);
  expect([status, body.state]).toEqual([202, 'posting']);
  expect(await refused(start())).toBe('count-running');
  await advancePosting(house.deps, id, house.deps.now() + 60_000);
  expect(await read(id)).toMatchObject({ state: 'posted', items: expect.arrayContaining([]) });
  const shelf = await listStock(house.deps, { site }, { limit: 100 });
  expect(shelf.items.every((i) => i.onHand === 19)).toBe(true);
  expect((await start()).state).toBe('open');
  expect((await listCounts(house.deps, actor(), site, {})).items.map((c) => c.state)).toEqual(['open', 'posted']);
});

test('lines that nobody counted stay as they are when somebody says so, and a count that is called off changes nothing', async () => {
  await lots({ A: 100, B: 100 });
  pass(1_000);
  const first = await start();
  await enter(first.id, { A: 99 });
  const reason = 'begun by mistake';
  await cancelCount(house.deps, actor(), { site, id: first.id, reason }, house.once('pharmacist'));
  expect(await refused(enter(first.id, { A: 98 }))).toBe('document-closed');
  const { id } = await start();
  await enter(id, { A: 99 });
  expect(await refused(post(id, ['A']))).toBe('lines-uncounted');
  await post(id, ['A'], true);
  expect([await onHand('A'), await onHand('B')]).toEqual([99, 100]);
});

test('a count goes by medicine, or by the class that use has given it', async () => {
  const priced = { expiryDate, quantity: 100, packPrice: 10_000 };
  const lines = [
    { gtin, lot: 'A', ...priced },
    { gtin: gtins.paracetamol, lot: 'P', ...priced },
  ];
  await stock(house, lines);
  await giveOut(10, 'A');
  pass(1_000);
  const of = async (scope: CountScope) => {
    const { id } = await start({ scope });
    const names = (await read(id)).items.map((l) => l.lot);
    await cancelCount(house.deps, actor(), { site, id, reason: 'only looking' }, house.once('pharmacist'));
    return names;
  };
  expect(await of({ kind: 'class', classes: ['A'] })).toEqual(['A']);
  expect(await of({ kind: 'class', classes: ['B', 'C'] })).toEqual(['P']);
  expect(await of({ kind: 'medicines', medicines: ['PARA500TAB'] })).toEqual(['P']);
});

test('another site’s count does not exist for a keeper, and whoever reads all sites reads it', async () => {
  await lots({ A: 100 });
  const { id } = await start();
  const stranger = actor('pharmacist2');
  expect(await refused(readCount(house.deps, stranger, { site: 'PH-2', id }, {}))).toBe('not-found');
  const entries = [{ gtin, lot: 'A', counted: 1 }];
  expect(await refused(enterCounts(house.deps, stranger, { site: 'PH-2', id, entries }, house.once('x')))).toBe(
    'not-found',
  );
  expect(await readCount(house.deps, house.actor('quality'), { site, id }, {})).toMatchObject({ id });
});
