/**
 * Reports over the real engine: they add up while goods are on their way and a night has not run yet, the register agrees
 * with the ledger on every day, and what somebody tampered with is found by a check.
 */
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Report } from '@darmon/domain/report';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { dayMs, tashkentDay } from '@darmon/domain/time';
import { movementKey, registerEntryKey } from '@darmon/table/keys';
import { factJobs } from '@darmon/usecases/fact-jobs';
import { rollFacts } from '@darmon/usecases/facts';
import { receiveShipment } from '@darmon/usecases/receiving';
import { readReport } from '@darmon/usecases/reports';
import { shipTransfer } from '@darmon/usecases/transfer-moves';
import { pickTransfer } from '@darmon/usecases/transfer-picks';
import { requestTransfer } from '@darmon/usecases/transfers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, start, table } from '../support/house.ts';
import { readLedger } from '../support/ledger.ts';

let house: House;
const firstDay = tashkentDay(start);
const ask = async (kind: Parameters<typeof readReport>[2], query: Parameters<typeof readReport>[3]) =>
  Report.parse(await readReport(house.deps, house.actor('auditor'), kind, query));
const broken = ({ checks }: Report) => checks.filter(({ holds }) => !holds).map(({ name }) => name);
const receive = (person: string, site: string, lot: string, gtin: string, packs: number, day?: string) =>
  receiveShipment(
    house.deps,
    house.actor(person, 'own'),
    {
      site,
      lines: [{ gtin, lot, expiryDate: '2028-05-31', packs, packPrice: 1_500_000 }],
      ...(day !== undefined && { backdated: { day, reason: 'entered late' } }),
    },
    house.once(person),
  );

beforeAll(async () => {
  house = await makeHouse('stock reports');
  await receive('pharmacist', 'PH-1', 'A', gtins.amoxicillin, 5);
  await receive('pharmacist', 'PH-1', 'T', gtins.tramadol, 4);
  await receive('warehouse', 'WH-1', 'A', gtins.amoxicillin, 10);
  const { id } = await issue(house);
  await dispense(house, id, [{ line: 1, quantity: 21 }]);
  const lines = [{ gtin: gtins.amoxicillin, quantity: 40 }];
  const warehouse = () => house.actor('warehouse', 'own');
  const wanted = { from: 'WH-1', to: 'PH-1', lines };
  const sent = await requestTransfer(house.deps, warehouse(), { ...wanted, reason: 'low' }, house.once('warehouse'));
  const picks = [{ line: 1, gtin: gtins.amoxicillin, lot: 'A', quantity: 40 }];
  await pickTransfer(house.deps, warehouse(), { id: sent.body.id, picks }, house.once('warehouse'));
  await shipTransfer(house.deps, warehouse(), { id: sent.body.id }, house.once('warehouse'));
  house.clock.now += dayMs;
  // the register has it on the day on which it was entered, the ledger on the day for which it counts
  await receive('pharmacist', 'PH-1', 'T', gtins.tramadol, 1, firstDay);
  house.clock.now += dayMs;
}, 60_000);
afterAll(() => house.stop());

const balances = [{}, { site: 'PH-1' }, { site: 'WH-1' }, { medicine: 'AMOX500CAP' }, { region: 'UZ-TK' }];

test.each(balances)('the balance of %j adds up before any night has run, and says the same after it', async (of) => {
  const before = await ask('material-balance', of);
  expect(broken(before)).toEqual([]);
  expect(before.through).toBe(dayAfter(tashkentDay(house.clock.now), -1));
  await rollFacts(house.deps, factJobs, Number.MAX_SAFE_INTEGER);
  expect(await ask('material-balance', of)).toEqual(before);
});

test('what is on its way is a place of its own, so that the country holds what came and did not go', async () => {
  const report = await ask('material-balance', {});
  const closing = report.figures.find(({ name }) => name === 'closing')?.value;
  // received 5 * 20, 10 * 20 and 5 * 10, handed over 21
  expect(closing).toBe(100 + 200 + 50 - 21);
  expect(report.figures.find(({ name }) => name === 'on-the-way')?.value).toBe(40);
});

test('one medicine of a site is shown by lot and by day, and its lots open the ledger', async () => {
  const report = await ask('material-balance', { site: 'PH-1', medicine: 'AMOX500CAP' });
  expect(broken(report)).toEqual([]);
  const [lot] = report.sections.find(({ name }) => name === 'by-lot')?.rows ?? [];
  expect(lot?.opens).toEqual({ screen: 'ledger', of: { site: 'PH-1', gtin: gtins.amoxicillin, lot: 'A' } });
  expect(report.sections.find(({ name }) => name === 'by-day')?.rows).toHaveLength(1);
});

test('use of several months is the sum of the months, and begins with the first of them', async () => {
  const one = await ask('consumption-classes', {});
  const three = await ask('consumption-classes', { months: 3 });
  expect(broken(three)).toEqual([]);
  expect(three.figures[0]).toEqual(one.figures[0]);
  expect(three.through).toBe(one.through);
  expect(three.from < one.from).toBe(true);
  expect(three.sections.find(({ name }) => name === 'by-month')?.rows).toHaveLength(3);
});

test('use is told by value and by dose', async () => {
  const classes = await ask('consumption-classes', {});
  expect(broken(classes)).toEqual([]);
  expect(classes.figures[0]?.value).toBe((21 * 1_500_000) / 20);
  const antibiotics = await ask('antibiotic-use', { region: 'UZ-TK' });
  expect(broken(antibiotics)).toEqual([]);
  expect(antibiotics.figures[0]).toEqual({ name: 'doses', kind: 'number', value: 7 });
});

test('the register agrees with the ledger at the end of every day, whatever was dated back', async () => {
  for (const [day, closing] of [
    [firstDay, 40],
    [dayAfter(firstDay, 1), 50],
    [dayAfter(firstDay, 2), 50],
  ] as const) {
    const report = await ask('controlled-register', { from: day, through: day });
    expect([day, broken(report)]).toEqual([day, []]);
    expect(report.sections[0]?.rows.map(({ cells }) => [cells[1], cells[5], cells[6]])).toEqual([
      ['TRAM50CAP', closing, closing],
    ]);
  }
  const one = await ask('controlled-register', { site: 'PH-1', medicine: 'TRAM50CAP', from: firstDay });
  expect(broken(one)).toEqual([]);
  expect(one.sections.find(({ name }) => name === 'entries')?.rows).toHaveLength(2);
});

test('a keeper sees the own site alone', async () => {
  const own = house.actor('pharmacist', 'own');
  const report = await readReport(house.deps, own, 'material-balance', {});
  expect(report.site).toBe('PH-1');
  expect(await refused(readReport(house.deps, own, 'material-balance', { site: 'WH-1' }))).toBe('not-found');
});

/** Whoever has the table in hand changes a number in it. */
const tamper = async (key: { pk: string; sk: string }, name: string, value: number): Promise<void> => {
  await DynamoDBDocumentClient.from(house.client).send(
    new UpdateCommand({
      TableName: table,
      Key: key,
      UpdateExpression: 'SET #name = :value',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
};

test('an entry of the register and a movement that somebody changed are found', async () => {
  const key = registerEntryKey('PH-1', 'TRAM50CAP', 2);
  await tamper(key, 'balance', 49);
  expect(broken(await ask('controlled-register', {}))).toEqual([
    'register-adds-up',
    'register-is-ledger',
    'register-balance-runs',
  ]);
  await tamper(key, 'balance', 50);
  expect(broken(await ask('controlled-register', {}))).toEqual([]);

  const { movements } = await readLedger(house.client, table);
  const given = movements.find(({ kind }) => kind === 'dispense');
  if (!given) throw new Error('nothing was handed over');
  await tamper(movementKey(given), 'quantity', -20);
  house.clock.now += dayMs;
  // reckoned on asking, and kept by the night
  expect(broken(await ask('material-balance', {}))).toEqual(['closing-is-ledger']);
  await rollFacts(house.deps, factJobs, Number.MAX_SAFE_INTEGER);
  expect(broken(await ask('material-balance', { site: 'PH-1' }))).toEqual(['closing-is-ledger']);
});
