/** A second factor through the gateway and the bundles: set up by oneself, used, replaced, taken away, and never shown again. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paginateScan, QueryCommand } from '@aws-sdk/client-dynamodb';
import { noAttempts, openCode } from '@darmon/local/second-factor';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { accountToken, digitsOf, newPerson, setUpFactor } from '../support/own-factor.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud?.stop());

type Body = { readonly code?: string; readonly set?: boolean; readonly secret?: string };
const ask = (person: string, route: string, token?: string, body?: object, key?: string) =>
  cloud.api<Body>(person, route, { ...(token && { token }), ...(body && { body }), ...(key && { key }) });
const begin = (person: string, token?: string) => ask(person, 'POST /api/me/second-factor', token);
const confirm = (person: string, token: string, code: string, key?: string) =>
  ask(person, 'POST /api/me/second-factor/confirm', token, { code }, key);
const remove = (by: string, person: string, key?: string) =>
  ask(by, `POST /api/people/${person}/second-factor/removal`, undefined, { reason: 'the telephone was lost' }, key);
const has = async (person: string) => (await ask(person, 'GET /api/me/second-factor')).body.set;
/** What is recorded of a person, oldest first. */
const recorded = async (person: string) => {
  const { Items = [] } = await cloud.dynamodb.send(
    new QueryCommand({
      TableName: cloud.table,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :event)',
      ExpressionAttributeValues: { ':pk': { S: `PERSON#${person}` }, ':event': { S: 'EVENT#' } },
    }),
  );
  return Items.map(({ type, sk, actor, reason }) => ({
    sk: sk?.S ?? '',
    type: type?.S ?? '',
    by: actor?.M?.person?.S,
    reason: reason?.S,
  }))
    .sort((a, b) => (a.sk < b.sk ? -1 : 1))
    .filter(({ type }) => type.startsWith('second-factor'));
};
const wrongOf = (secret: string): string => (digitsOf(secret) === '000000' ? '000001' : '000000');

test('a person sets one up with the digits of the secret; wrong digits are refused and change nothing', async () => {
  const person = await newPerson(cloud);
  expect(await has(person)).toBe(false);
  const token = await accountToken(cloud, person);
  expect((await confirm(person, token, '123456')).body.code).toBe('second-factor-not-begun');
  const begun = await begin(person, token);
  expect(begun.status).toBe(200);
  expect(begun.headers.get('cache-control')).toBe('no-store');
  const secret = begun.body.secret ?? '';
  const wrong = await confirm(person, token, wrongOf(secret));
  expect([wrong.status, wrong.body.code]).toEqual([422, 'code-wrong']);
  expect(await has(person)).toBe(false);
  expect((await confirm(person, token, digitsOf(secret))).body).toEqual({ set: true });
  expect(await has(person)).toBe(true);
  expect((await recorded(person)).map(({ type }) => type)).toEqual(['second-factor-begun', 'second-factor-set']);
});

test('the same key gives the same answer though digits count once, and the next key is refused them', async () => {
  const person = await newPerson(cloud);
  const token = await accountToken(cloud, person);
  const secret = (await begin(person, token)).body.secret ?? '';
  const [code, key] = [digitsOf(secret), randomUUID()];
  const first = await confirm(person, token, code, key);
  const again = await confirm(person, token, code, key);
  expect([first.status, first.body, again.status, again.body]).toEqual([200, { set: true }, 200, { set: true }]);
  expect((await recorded(person)).filter(({ type }) => type === 'second-factor-set')).toHaveLength(1);
  const used = await confirm(person, await accountToken(cloud, person, { secondFactor: true }), code);
  expect(used.body.code).toBe('code-wrong');
});

test('the fifth wrong digits lock for five minutes, even the right ones', async () => {
  const person = await newPerson(cloud);
  const token = await accountToken(cloud, person);
  const secret = (await begin(person, token)).body.secret ?? '';
  const codes: unknown[] = [];
  for (let n = 0; n < 5; n += 1) codes.push((await confirm(person, token, wrongOf(secret))).body.code);
  expect(codes).toEqual(['code-wrong', 'code-wrong', 'code-wrong', 'code-wrong', 'codes-locked']);
  expect((await confirm(person, token, digitsOf(secret))).body.code).toBe('codes-locked');
});

test('neither an old sign-in nor an everyday token begins, and who has a factor begins with it alone', async () => {
  const person = await newPerson(cloud);
  const old = await begin(person, await accountToken(cloud, person, { authAgeSeconds: 310 }));
  expect([old.status, old.body.code]).toEqual([403, 'sign-in-stale']);
  const everyday = await begin(person);
  expect([everyday.status, everyday.body.code]).toEqual([403, 'sign-in-stale']);

  const before = await setUpFactor(cloud, person);
  const byPassword = await begin(person, await accountToken(cloud, person));
  expect([byPassword.status, byPassword.body.code]).toEqual([403, 'second-factor-needed']);
  const late = await accountToken(cloud, person, { secondFactor: true, authAgeSeconds: 310 });
  expect((await begin(person, late)).body.code).toBe('second-factor-needed');
  const token = await accountToken(cloud, person, { secondFactor: true });
  const secret = (await begin(person, token)).body.secret ?? '';
  expect(secret).not.toBe(before);
  expect((await confirm(person, token, digitsOf(before, 'next'))).body.code).toBe('code-wrong');
  expect((await confirm(person, token, digitsOf(secret))).status).toBe(200);
});

test('a secret that was begun and not confirmed leaves the factor before as it was', async () => {
  const person = await newPerson(cloud);
  const before = await setUpFactor(cloud, person);
  const token = await accountToken(cloud, person, { secondFactor: true });
  const abandoned = (await begin(person, token)).body.secret ?? '';
  const secret = (await begin(person, token)).body.secret ?? '';
  expect((await confirm(person, token, digitsOf(abandoned))).body.code).toBe('code-wrong');
  expect(new Set([before, abandoned, secret]).size).toBe(3);
  expect(await has(person)).toBe(true);
});

test('an administrator takes a lost one away with a reason, from somebody else alone, once; another is set up then', async () => {
  const person = await newPerson(cloud);
  expect((await remove('admin', person)).body.code).toBe('second-factor-none');
  await setUpFactor(cloud, person);
  expect((await remove('doctor', person)).body.code).toBe('not-allowed');
  expect((await remove('admin', 'nobody-here')).body.code).toBe('not-found');
  const key = randomUUID();
  for (const answer of [await remove('admin', person, key), await remove('admin', person, key)])
    expect([answer.status, answer.body]).toEqual([200, { set: false }]);
  expect(await has(person)).toBe(false);
  expect((await recorded(person)).at(-1)).toMatchObject({
    type: 'second-factor-removed',
    by: 'admin',
    reason: 'the telephone was lost',
  });
  await setUpFactor(cloud, person);
  expect(await has(person)).toBe(true);

  const other = await newPerson(cloud, ['admin']);
  await setUpFactor(cloud, other);
  expect((await remove(other, other)).body.code).toBe('not-allowed');
  expect(await has(other)).toBe(true);
});

test('somebody whose account is closed reads, begins and ends nothing', async () => {
  const person = await newPerson(cloud);
  const token = await accountToken(cloud, person);
  const { body } = await cloud.api<{ version: number; id: string }>('admin', `GET /api/people/${person}`);
  const { id: _id, ...fields } = body;
  await cloud.api('admin', `POST /api/people/${person}`, { body: { ...fields, active: false } });
  for (const answer of [
    await ask(person, 'GET /api/me/second-factor', token),
    await begin(person, token),
    await confirm(person, token, '123456'),
  ])
    expect([answer.status, answer.body.code]).toEqual([403, 'account-closed']);
});

test('a factor outlives a restart, and its used digits stay used', async () => {
  const person = await newPerson(cloud);
  const secret = await setUpFactor(cloud, person);
  const used = openCode(secret, noAttempts, Date.now()) ?? '';
  await cloud.restart();
  expect(await has(person)).toBe(true);
  const token = await accountToken(cloud, person, { secondFactor: true });
  expect((await confirm(person, token, used)).body.code).toBe('code-wrong');
});

test('no secret and no digits stand in the table or in what the functions log', async () => {
  const person = await newPerson(cloud);
  const token = await accountToken(cloud, person);
  const secret = (await begin(person, token)).body.secret ?? '';
  const code = digitsOf(secret);
  expect((await confirm(person, token, code)).status).toBe(200);
  const items: string[] = [];
  for await (const page of paginateScan({ client: cloud.dynamodb }, { TableName: cloud.table }))
    items.push(...(page.Items ?? []).map((item) => JSON.stringify(item)));
  const mine = items.filter((item) => item.includes(person));
  expect(mine.length).toBeGreaterThan(2);
  expect(mine.join('\n')).not.toContain(`"${code}"`);
  for (const text of [items.join('\n'), cloud.logs()]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(token);
  }
  // what keeps it is the stand-in of the user pool alone
  const kept = readdirSync(join(cloud.stateDir, 'identity')).filter((name) =>
    readFileSync(join(cloud.stateDir, 'identity', name)).includes(secret),
  );
  expect(kept.every((name) => name.startsWith('factors.db'))).toBe(true);
});
