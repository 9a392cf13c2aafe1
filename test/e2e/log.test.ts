/** The log of events in a real browser: before the first night, after one that found something, and answered for. */
import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { translatorOf } from '@darmon/i18n/translator';
import { webAudit } from '@darmon/i18n/words/web-audit';
import { webLog } from '@darmon/i18n/words/web-log';
import { httpSource } from '@darmon/log/http-source';
import { parseVkey } from '@darmon/log/note';
import { openTable } from '@darmon/table/table';
import { compareLog } from '@darmon/usecases/log-check';
import type { Browser, Page } from 'playwright-core';
import { ulid } from 'ulid';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openBrowser, openPage, signIn } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { forgetComparisons, sizeOfLog } from '../support/event-log.ts';
import { isSound } from '../support/screens.ts';
import { wholeTable } from '../support/traces.ts';

const words = translatorOf({ 'web-log': webLog, 'web-audit': webAudit });

let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

/** Leaves a picture of the screen where somebody asked for it. */
const shoot = async (page: Page, name: string) => {
  const folder = process.env.PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};
const eventsOf = async () =>
  (await wholeTable(cloud.dynamodb, cloud.table)).flatMap(({ pk, sk }) =>
    pk?.S && sk?.S?.startsWith('EVENT#') ? [{ pk: { S: pk.S }, sk: { S: sk.S } }] : [],
  );

/** A comparison by the cloud's own files and keys, an hour from now, so that nothing is on its way any more. */
const compare = async () => {
  const now = () => Date.now() + 3_600_000;
  const { body } = await cloud.api<string>(undefined, 'GET /api/.well-known/log-key');
  const deps = {
    table: openTable({ client: cloud.dynamodb, table: cloud.table, now }),
    now,
    id: () => ulid(now()),
    source: httpSource(`${cloud.url}/log`),
    key: parseVkey(body.trim(), 'log'),
  };
  return (await compareLog(deps, Number.POSITIVE_INFINITY, { night: true, now: true })).run;
};

test('before the first night the screen says when it comes, on a phone too', async () => {
  await forgetComparisons(cloud.dynamodb, cloud.table);
  const { page, context } = await openPage(browser, { screen: 'phone', language: 'ru', url: cloud.url });
  const t = words('ru');
  await signIn(page, 'auditor', '/log-check');
  await page.getByText(t('web-log:never'), { exact: true }).waitFor();
  await page.getByText('darmon -- log verify').waitFor();
  await isSound(page);
  await shoot(page, 'log-empty-phone');
  await context.close();
});

test('what was taken away and changed is shown, and an auditor answers for it, by keyboard', async () => {
  const all = await eventsOf();
  await vi.waitFor(
    async () => {
      if ((await sizeOfLog(cloud)) < all.length) throw new Error('not all of it is in the log');
    },
    { timeout: 120_000, interval: 1_000 },
  );
  const [gone, changed] = all.filter(({ pk }) => pk.S.startsWith('PERSON#'));
  if (!gone || !changed) throw new Error('nothing happened to two people');
  await cloud.dynamodb.send(new DeleteItemCommand({ TableName: cloud.table, Key: gone }));
  await cloud.dynamodb.send(
    new UpdateItemCommand({
      TableName: cloud.table,
      Key: changed,
      UpdateExpression: 'SET #reason = :text',
      ExpressionAttributeNames: { '#reason': 'reason' },
      ExpressionAttributeValues: { ':text': { S: 'nobody wrote this' } },
    }),
  );
  expect(await compare()).toMatchObject({ missing: 0, findings: 2 });

  const { page, context } = await openPage(browser, { screen: 'desktop', language: 'uz-Latn', url: cloud.url });
  const t = words('uz-Latn');
  await signIn(page, 'auditor', '/log-check');
  await page.getByText(t('web-log:kind.changed'), { exact: true }).waitFor();
  await isSound(page);
  await shoot(page, 'log-findings-desktop');
  const row = page.locator('#log-open ~ ul .log-row', { hasText: t('web-log:kind.gone') });
  await row.getByRole('button', { name: t('web-log:answer') }).press('Enter');
  await page.getByLabel(t('web-log:reason')).fill('Jadval kechagi holatga qaytarilgan');
  await isSound(page);
  await shoot(page, 'log-answer-desktop');
  await page.keyboard.press('Enter');
  await page.getByText('Jadval kechagi holatga qaytarilgan', { exact: false }).waitFor();
  await expect.poll(() => row.count()).toBe(0);
  await isSound(page);
  const { body } = await cloud.api<{ open: { kind: string }[]; acknowledged: { kind: string }[] }>(
    'auditor',
    'GET /api/log-check',
  );
  expect([body.open.map(({ kind }) => kind), body.acknowledged.map(({ kind }) => kind)]).toEqual([
    ['changed'],
    ['gone'],
  ]);
  await context.close();

  const phone = await openPage(browser, { screen: 'phone', language: 'en', url: cloud.url });
  await signIn(phone.page, 'auditor', '/log-check');
  await phone.page.getByText(words('en')('web-log:answered')).waitFor();
  await isSound(phone.page);
  await shoot(phone.page, 'log-answered-phone');
  await phone.context.close();
});
