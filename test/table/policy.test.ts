import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { firstPolicy, policyLeadMs } from '@darmon/domain/policy';
import { policyKey } from '@darmon/table/keys';
import { PolicyBook, parsePolicy } from '@darmon/table/standing-items';
import { claimPrescription } from '@darmon/usecases/dispensing';
import { readPolicies, readPolicyHistory, savePolicy } from '@darmon/usecases/policy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dosage, type House, issue, makeHouse, refused, table } from '../support/house.ts';

let house: House;
beforeAll(async () => {
  house = await makeHouse('policy');
});
afterAll(() => house?.stop());

const { version: _version, from: _from, ...rules } = firstPolicy;
const save = (change: object, key?: string) => {
  const input = { ...rules, version: 1, reason: 'order of the ministry', ...change };
  return savePolicy(house.deps, house.actor('admin'), input, house.once('admin', key));
};
const tablet = { ...dosage, unit: 'tablet' as const };
const twoLines = {
  lines: [
    { medicine: 'AMOX500CAP', dosage },
    { medicine: 'PARA500TAB', dosage: tablet },
  ],
};

test('a policy begins for everybody at once, a minute after it was saved, and a prescription keeps its own', async () => {
  const before = await issue(house);
  const { body: saved } = await save({ claimMinutes: 10, maxLines: 1 });
  expect([saved.version, Date.parse(saved.from)]).toEqual([2, house.clock.now + policyLeadMs]);
  expect((await readPolicies(house.deps)).coming.map((p) => p.version)).toEqual([2]);

  house.clock.now += policyLeadMs - 1;
  expect(await refused(issue(house, twoLines))).toBe('not refused');
  house.clock.now += 1;
  expect(await refused(issue(house, twoLines))).toBe('too-many-lines');

  const claim = claimPrescription(house.deps, house.actor('pharmacist'), { id: before.id }, house.once('pharmacist'));
  expect(Date.parse((await claim).body.claimedUntil ?? '') - house.clock.now).toBe(10 * 60_000);
  expect((await house.table.loadPrescription(before.id))?.policy).toBe(1);
});

test('a prescription that was checked under another policy is not signed', async () => {
  expect(await refused(issue(house, { policy: 1 }))).toBe('policy-changed');
  expect(await refused(issue(house, { policy: 2 }))).toBe('not refused');
});

test('of two administrators at once one saves, and the other is told that it changed', async () => {
  const both = await Promise.all([2, 2].map((version) => refused(save({ version, claimMinutes: 15 + version }))));
  expect([...both].sort()).toEqual(['not refused', 'version-changed']);
});

test('a policy cannot begin before everybody has read it, or contradict itself', async () => {
  const { version } = await readPolicies(house.deps);
  const past = { version, from: new Date(house.clock.now + policyLeadMs - 1).toISOString() };
  expect(await refused(save(past))).toBe('policy-invalid');
  expect(await refused(save({ version, maxLines: 6, maxLinesWithDecision: 5 }))).toBe('policy-invalid');
});

test('the same request again gives the same version, and the history says who, when and why', async () => {
  const { version } = await readPolicies(house.deps);
  const first = await save({ version, undoHours: 12 }, 'again');
  expect(await save({ version, undoHours: 12 }, 'again')).toEqual(first);
  const [newest] = (await readPolicyHistory(house.deps)).items;
  expect(newest).toMatchObject({ policy: { version: version + 1 }, person: 'admin', reason: 'order of the ministry' });
});

test('a policy that was saved before there were rules of a kind is read with the rules that such begin with', async () => {
  const before = (await readPolicies(house.deps)).current;
  const documents = DynamoDBDocumentClient.from(house.client);
  const { Item: book = {} } = await documents.send(new GetCommand({ TableName: table, Key: { ...policyKey } }));
  const younger = ['warehouse', 'requisitions', 'markUps', 'procurement'];
  const policies = (book.policies as Record<string, unknown>[]).map((p) =>
    Object.fromEntries(Object.entries(p).filter(([name]) => !younger.includes(name))),
  );
  await documents.send(new PutCommand({ TableName: table, Item: { ...book, policies } }));
  house.clock.now += 6_000;

  const { current } = await readPolicies(house.deps);
  expect(current).toEqual(before);
  expect(await refused(issue(house))).toBe('not refused');
});

test('a policy that was saved before there were requisitions goes on to be read, with their first rules', () => {
  const { requisitions: _r, markUps: _m, ...older } = { ...firstPolicy, version: 3, claimMinutes: 7 };
  expect(parsePolicy(older)).toEqual({ ...firstPolicy, version: 3, claimMinutes: 7 });
  expect(PolicyBook.parse({ version: 3, policies: [older] }).policies[0]?.markUps).toEqual(firstPolicy.markUps);
});

test('what a ministry set about requisitions is not overtaken by the first rules', () => {
  const markUps = { wholesalePercent: 10, retailPercent: 12 };
  expect(parsePolicy({ ...firstPolicy, markUps }).markUps).toEqual(markUps);
});

test('a policy that was saved before counters had closed days is read with none', () => {
  const { holidays: _h, ...procurement } = { ...firstPolicy.procurement, leadDays: 30 };
  const older = { ...firstPolicy, version: 3, procurement };
  expect(parsePolicy(older).procurement).toEqual({ ...firstPolicy.procurement, leadDays: 30, holidays: [] });
});
