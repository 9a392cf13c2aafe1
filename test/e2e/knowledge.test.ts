/** Sets of safety knowledge in a real browser: an administrator brings one in, the chief looks at it and approves it. */
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { webKnowledge } from '@darmon/i18n/words/web-knowledge';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({ common, 'web-knowledge': webKnowledge });

let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

const open = async (person: string, screen: Screen, language: Language) => {
  const opened = await openAs(browser, cloud.url, words, { screen, language, person, path: '/admin/knowledge' });
  await opened.page.locator('.policy-versions > li').first().waitFor();
  return opened;
};

const columns = 'id,a,b,severity,effect,source,state';
const row = (severity: string) => `I1,warfarin,ibuprofen,${severity},bleeding,sample of a test,verified`;
const file = (severity: string) => ({
  name: 'interaction.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`${columns}\n${row(severity)}\n`),
});
const setsNow = async () =>
  (await cloud.api<{ current: number; items: { version: number; state: string }[] }>('chief', 'GET /api/knowledge'))
    .body;

test('an administrator is shown the wrong row before anything is sent, and brings the corrected set in', async () => {
  const { page, t, close } = await open('admin', 'phone', 'ru');
  await isSound(page);
  const before = await setsNow();
  await page.getByRole('button', { name: t('web-knowledge:bring') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: t('common:save') }).click();
  await dialog.getByText(t('web-knowledge:filesWrong')).waitFor();
  await isSound(page);

  await dialog.getByLabel(t('web-knowledge:name')).fill('Namuna e2e');
  await dialog.getByLabel(t('web-knowledge:date')).fill('20.11.2026');
  await dialog.locator('input[type="file"]').setInputFiles(file('deadly'));
  const what = t('web-knowledge:problem.value', { name: 'severity' });
  const kind = t('web-knowledge:kind.interaction');
  await dialog.getByText(t('web-knowledge:problem', { kind, line: 2, what })).waitFor();
  await isSound(page);
  await dialog.getByRole('button', { name: t('common:save') }).click();
  expect((await setsNow()).items.length).toBe(before.items.length);

  await dialog.locator('input[type="file"]').setInputFiles(file('serious'));
  await dialog.locator('.knowledge-counts li').waitFor();
  await dialog.getByRole('button', { name: t('common:save') }).click();
  await page.locator('.said-note').waitFor();
  await page.getByText(t('web-knowledge:state.imported'), { exact: true }).waitFor();
  await isSound(page);
  const after = await setsNow();
  expect([after.current, after.items[0]?.state]).toEqual([before.current, 'imported']);
  await close();
});

test('the chief sees what a set changes row by row, approves it, and it is the one in use', async () => {
  const { page, t, close } = await open('chief', 'desktop', 'uz-Latn');
  const { current, items } = await setsNow();
  const version = items[0]?.version ?? 0;
  expect(await page.getByRole('button', { name: t('web-knowledge:bring') }).count()).toBe(0);
  const card = page.locator('.policy-versions > li').first();
  await card.getByRole('button', { name: t('web-knowledge:compare', { since: current }) }).click();
  await card.locator('.knowledge-changes li').first().waitFor();
  await isSound(page);
  await card.getByRole('button', { name: t('web-knowledge:approve') }).click();
  await page.getByText(t('web-knowledge:approveNote')).waitFor();
  await isSound(page);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('web-knowledge:approve') })
    .click();
  await page.getByText(t('web-knowledge:approved', { version })).waitFor();
  await card.getByText(t('web-knowledge:counts'), { exact: true }).waitFor();
  expect((await setsNow()).current).toBe(version);
  await close();
});

test.each(['uz-Cyrl', 'en'] as const)('the sets are read without anything for axe to find: %s', async (language) => {
  const { page, close } = await open('chief', 'phone', language);
  await isSound(page);
  await close();
});
