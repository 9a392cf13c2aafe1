/** Reports in a real browser: chosen, asked, checked, opened, and taken away in every form. */
import { readFileSync } from 'node:fs';
import { Report } from '@darmon/domain/report';
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { report } from '@darmon/i18n/words/report';
import { webReports } from '@darmon/i18n/words/web-reports';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({ common, report, 'web-reports': webReports });

let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

const open = async (screen: Screen, language: Language, person: string) => {
  const opened = await openAs(browser, cloud.url, words, { screen, language, person, path: '/reports' });
  await opened.page.locator('.report-card').first().waitFor();
  return opened;
};
const taken = async (page: Page, name: string): Promise<{ bytes: Buffer; name: string }> => {
  const button = page.getByRole('button', { name, exact: true });
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  // the buttons work again once the file is made
  await page.locator('.report-files button:not([disabled])').first().waitFor();
  return { bytes: readFileSync(await file.path()), name: file.suggestedFilename() };
};

test('an auditor opens a report, sees that it adds up, narrows it to a site and takes it away in every form', async () => {
  const { page, t, close } = await open('desktop', 'uz-Latn', 'auditor');
  await isSound(page);
  await page.getByRole('link', { name: t('report:title.expiry-risk') }).click();
  await page.getByRole('heading', { level: 1, name: t('report:title.expiry-risk') }).waitFor();
  await page.getByText(t('web-reports:allHold')).waitFor();
  await page.locator('.report-table').first().waitFor();
  await isSound(page);
  await page.getByLabel(t('web-reports:site'), { exact: true }).selectOption('WH-0001');
  await page.locator('.report-scope', { hasText: 'WH-0001' }).waitFor();
  expect(new URL(page.url()).searchParams.get('site')).toBe('WH-0001');

  const json = await taken(page, 'JSON');
  const made = Report.parse(JSON.parse(json.bytes.toString('utf8')));
  expect([made.report, made.site, json.name.endsWith('.json')]).toEqual(['expiry-risk', 'WH-0001', true]);
  expect((await taken(page, 'PDF')).bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  expect((await taken(page, t('web-reports:xlsx'))).bytes.subarray(0, 2).toString('latin1')).toBe('PK');
  const csv = (await taken(page, 'CSV')).bytes.toString('utf8');
  expect(csv.startsWith(`\ufeff${t('report:summary')};${t('report:title.expiry-risk')}`)).toBe(true);
  await isSound(page);
  await close();
});

test('what is behind a figure opens from its row: the movements of a lot, and the way back keeps the question', async () => {
  const { page, t, close } = await open('desktop', 'en', 'auditor');
  await page.goto('/reports/expiry-risk?site=PH-0001');
  const lots = page.locator('#section-lots').locator('xpath=ancestor::section[1]');
  const row = lots.locator('button.report-open').first();
  await row.waitFor();
  await row.click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('tbody tr').first().waitFor();
  await isSound(page);
  await dialog.getByRole('button', { name: t('common:close') }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('?site=PH-0001');
  await close();
});

test('on a phone in Russian a report of no rows says so, and a keeper is not asked for a site', async () => {
  const { page, t, close } = await open('phone', 'ru', 'pharmacist');
  await isSound(page);
  await page.getByRole('link', { name: t('report:title.write-offs') }).click();
  await page.getByText(t('web-reports:allHold')).waitFor();
  await page.getByText(t('report:noRows')).first().waitFor();
  expect(await page.getByLabel(t('web-reports:site'), { exact: true }).count()).toBe(0);
  await isSound(page);
  await page.getByLabel(t('web-reports:month'), { exact: true }).selectOption('days');
  await page.getByLabel(t('web-reports:from')).waitFor();
  await isSound(page);
  await close();
});
