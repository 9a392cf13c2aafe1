/** Feedback on the real engine: receipts that count once, lots that are named, and the signal that complaints raise. */
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { FeedbackGiven } from '@darmon/domain/feedback';
import { firstPolicy } from '@darmon/domain/policy';
import { undoDispense } from '@darmon/usecases/dispenses';
import { giveFeedback, listFeedback, listSignals } from '@darmon/usecases/feedback';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { dispense, gtins, type House, issue, makeHouse, refused, stock } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('feedback');
  await stock(house, [{ gtin: gtins.amoxicillin, lot: 'A1', expiryDate: '2027-06-30', quantity: 2_000 }]);
  await stock(house, [{ gtin: gtins.paracetamol, lot: 'P1', expiryDate: '2027-06-30', quantity: 2_000 }]);
});
afterAll(() => house.stop());
// each test has an hour of its own, and with it the whole of every limit
beforeEach(() => {
  house.clock.now += 3_600_000;
});

const deps = () => ({ ...house.deps, mac: house.deps.vault.mac, keyring: house.deps.vault });
const complaint: FeedbackGiven = { site: 'PH-1', kind: 'complaint', about: 'medicine', text: 'Tabletkalar singan' };
const give = (input: Partial<FeedbackGiven> = {}, source = '203.0.113.1') =>
  giveFeedback(deps(), { ...complaint, ...input }, source);
const paracetamol = {
  medicine: 'PARA500TAB',
  dosage: { amount: 1, unit: 'tablet', timesPerDay: 3, days: 5, route: 'oral' },
} as const;
const receipt = async (lines?: readonly (typeof paracetamol)[]) => {
  const { id } = await issue(house, lines ? { lines } : {});
  const { body } = await dispense(house, id, [{ line: 1, quantity: 5 }]);
  return { id, code: body.receipt, dispense: body.id };
};
const read = async (of: { site?: string; day?: string } = {}) => (await listFeedback(deps(), of, {})).items;
const signals = async () => (await listSignals(deps(), {})).items;

test('anybody may praise a site; the auditor reads the words, and the table does not hold them', async () => {
  await give({ kind: 'praise', about: 'staff', text: 'Juda <b>xushmuomala</b>', site: 'CL-1' });
  expect(await read({ site: 'CL-1' })).toMatchObject([
    { kind: 'praise', about: 'staff', text: 'Juda <b>xushmuomala</b>' },
  ]);
  expect(await read({ day: '2026-11-20' })).toHaveLength(1);
  expect(await read({ day: '2026-11-19' })).toEqual([]);
  const { Items } = await DynamoDBDocumentClient.from(house.client).send(new ScanCommand({ TableName: 'darmon' }));
  expect(JSON.stringify(Items)).not.toContain('xushmuomala');
  expect(JSON.stringify(Items)).not.toContain('203.0.113.1');
});

test('about what serves no patient, or is not there, there is no feedback', async () => {
  expect(await refused(give({ site: 'WH-1' }))).toBe('site-unknown');
  expect(await refused(give({ site: 'PH-9999' }))).toBe('site-unknown');
});

test('with the code of its receipt a complaint names the lots of the dispense, once', async () => {
  const { code, dispense: id } = await receipt();
  await give({ receipt: code.toLowerCase() });
  const [first] = await read({ site: 'PH-1' });
  expect(first).toMatchObject({ dispense: id, lots: [{ gtin: gtins.amoxicillin, lot: 'A1', medicine: 'AMOX500CAP' }] });
  expect(await refused(give({ receipt: code }))).toBe('feedback-given');
});

test('two at once with one receipt: one is taken', async () => {
  const { code } = await receipt();
  const answers = await Promise.all([1, 2, 3].map(() => refused(give({ receipt: code }))));
  expect(answers.filter((a) => a === 'not refused')).toHaveLength(1);
  expect(answers.filter((a) => a === 'feedback-given')).toHaveLength(2);
});

test('a code of another site, a wrong secret, and one of a dispense that was taken back count for nothing', async () => {
  const { code, dispense: id } = await receipt();
  expect(await refused(give({ receipt: code, site: 'PH-2' }))).toBe('feedback-token-invalid');
  const secret = code.endsWith('000000') ? '000001' : '000000';
  for (const wrong of [code.slice(0, -6) + secret, code.slice(0, -7), `${code}0`, 'x'.repeat(60), ''])
    expect(await refused(give({ receipt: wrong })), wrong).toBe('feedback-token-invalid');
  await undoDispense(
    house.deps,
    house.actor('pharmacist', 'own'),
    { id, reason: 'wrong patient' },
    house.once('pharmacist'),
  );
  expect(await refused(give({ receipt: code }))).toBe('feedback-token-invalid');
});

test('one address is stopped within the hour, whether it gives feedback or guesses codes; another one is not', async () => {
  const said: unknown[] = [];
  for (let n = 0; n < 32; n += 1) said.push(await refused(give({ ...(n % 2 === 0 && { receipt: 'guess' }) })));
  expect(said.slice(30)).toEqual(['too-many-requests', 'too-many-requests']);
  expect(await refused(give({}, '203.0.113.2'))).toBe('not refused');
});

test('about one site there is a limit in the hour, however many addresses write', async () => {
  const said: unknown[] = [];
  for (let n = 0; n < 62; n += 1) said.push(await refused(give({ site: 'PH-2' }, `198.51.100.${n}`)));
  expect(said.indexOf('too-many-requests')).toBe(60);
});

test('as many complaints of different prescriptions as the policy says raise one signal of the lot, and no more', async () => {
  const enough = firstPolicy.feedbackSignal;
  await give({ kind: 'praise', receipt: (await receipt([paracetamol])).code });
  await give({ about: 'price', receipt: (await receipt([paracetamol])).code });
  await give({});
  const once = await receipt([paracetamol]);
  await give({ receipt: once.code });
  const { body } = await dispense(house, once.id, [{ line: 1, quantity: 5 }]);
  await give({ receipt: body.receipt });
  const ofLot = async () => (await signals()).filter((s) => s.lot === 'P1');
  for (let n = 2; n <= enough; n += 1) {
    expect(await ofLot()).toEqual([]);
    await give({ receipt: (await receipt([paracetamol])).code });
  }
  expect(await ofLot()).toMatchObject([{ gtin: gtins.paracetamol, lot: 'P1', complaints: enough }]);
  const [{ raisedAt } = {}] = await ofLot();
  house.clock.now += 60_000;
  await give({ receipt: (await receipt([paracetamol])).code });
  expect(await ofLot()).toMatchObject([{ complaints: enough + 1, raisedAt }]);
  const { items } = await house.table.listSiteTrail('PH-1', '2026-11-20', { limit: 100 });
  const raised = items.filter((e) => e.type === 'signal-raised' && e.changes.lot === 'P1');
  expect(raised).toMatchObject([{ actor: { person: 'patient', site: 'PH-1' }, changes: { complaints: enough } }]);
});

test('complaints about one lot that come together are all counted, and raise one signal', async () => {
  await stock(house, [{ gtin: gtins.syrup, lot: 'S1', expiryDate: '2027-06-30', quantity: 1_000 }]);
  const line = {
    medicine: 'AMOX250SYR',
    dosage: { amount: 10, unit: 'ml', timesPerDay: 2, days: 5, route: 'oral' },
  } as const;
  const codes: string[] = [];
  for (let n = 0; n < 5; n += 1) {
    const { id } = await issue(house, { lines: [line] });
    codes.push((await dispense(house, id, [{ line: 1, quantity: 100 }])).body.receipt);
  }
  await Promise.all(codes.map((code) => give({ receipt: code })));
  expect((await signals()).filter((s) => s.lot === 'S1')).toMatchObject([{ complaints: 5 }]);
});
