/** The auditor's cases in a real browser: found in the list, taken, noted, decided and taken up again, by keyboard too. */
import { translatorOf } from '@darmon/i18n/translator';
import { webCases } from '@darmon/i18n/words/web-cases';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPage, signIn } from '../support/browser.ts';
import { leaveCase } from '../support/cases.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isSound } from '../support/screens.ts';

const words = translatorOf({ 'web-cases': webCases });

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

test('an empty list says what to do, on a phone too', async () => {
  const { page, context } = await openPage(browser, { screen: 'phone', language: 'ru', url: cloud.url });
  const t = words('ru');
  await signIn(page, 'auditor', '/cases');
  await page.getByText(t('web-cases:none'), { exact: true }).waitFor();
  await page.getByText(t('web-cases:neverAnalysed')).waitFor();
  await isSound(page);
  await shoot(page, 'cases-empty-phone');
  await context.close();
});

test('an auditor takes a case, notes, decides and takes it up again', async () => {
  const id = await leaveCase(cloud.dynamodb, cloud.table);
  await leaveCase(cloud.dynamodb, cloud.table, {
    rule: 'close-pair',
    subject: { kind: 'pair', id: 'doctor+pharmacist' },
    score: 100,
    statistics: { together: 14, of: 20, percent: 70, expectedPercent: 8.5, onlyWatched: 1 },
  });
  const { page, context } = await openPage(browser, { screen: 'desktop', language: 'uz-Latn', url: cloud.url });
  const t = words('uz-Latn');
  await signIn(page, 'auditor', '/cases');
  // the stronger one stands first
  await expect
    .poll(() => page.locator('.case-row a').allTextContents())
    .toEqual([t('web-cases:rule.close-pair'), t('web-cases:rule.clock-drift')]);
  await isSound(page);
  await shoot(page, 'cases-desktop');
  await page.getByRole('link', { name: t('web-cases:rule.clock-drift') }).click();
  await page.getByText(t('web-cases:told.clock-drift', { days: 3, seconds: 480 })).waitFor();

  await page.getByRole('button', { name: t('web-cases:take'), exact: true }).press('Enter');
  await page.getByRole('radio', { name: t('web-cases:outcome.not-founded') }).waitFor();
  await page.getByLabel(t('web-cases:noteField')).fill('Dorixona soʻraldi');
  await page.keyboard.press('Enter');
  await page.locator('.case-event', { hasText: 'Dorixona soʻraldi' }).waitFor();
  await page.getByRole('radio', { name: t('web-cases:outcome.not-founded') }).press('Space');
  await page.getByLabel(t('web-cases:reason')).fill('Batareya almashtirildi');
  await page.getByLabel(t('web-cases:silent')).fill('30');
  await isSound(page);
  await shoot(page, 'case-deciding-desktop');
  await page.getByRole('button', { name: t('web-cases:decide'), exact: true }).press('Enter');
  await page.getByRole('button', { name: t('web-cases:reopen') }).waitFor();
  await page.getByText('Batareya almashtirildi').waitFor();
  await isSound(page);

  await page.getByLabel(t('web-cases:reason')).fill('Yana takrorlandi');
  await page.getByRole('button', { name: t('web-cases:reopen') }).press('Enter');
  await page.getByText(t('web-cases:earlier')).waitFor();
  const { body } = await cloud.api<{ state: string; past: unknown[] }>('auditor', `GET /api/cases/${id}`);
  expect([body.state, body.past.length]).toEqual(['taken', 1]);
  await context.close();
});

test('a case is read on a phone in Russian, and a patient has no name in it', async () => {
  const id = await leaveCase(cloud.dynamodb, cloud.table, {
    rule: 'doctor-shopping',
    subject: { kind: 'patient', id: '01KAGZ5V9YV1Q5T1M0E9J7R2CD' },
    statistics: { overlaps: 3, courses: 4, prescribers: 3, clinics: 3, pharmacies: 2, quantity: 120 },
  });
  const { page, context } = await openPage(browser, { screen: 'phone', language: 'ru', url: cloud.url });
  const t = words('ru');
  await signIn(page, 'auditor', `/cases/${id}`);
  await page.getByText(t('web-cases:aPatient')).waitFor();
  await page.getByRole('button', { name: t('web-cases:take'), exact: true }).waitFor();
  await isSound(page);
  await shoot(page, 'case-phone');
  expect(await page.content()).not.toContain('01KAGZ5V9YV1Q5T1M0E9J7R2CD');
  await context.close();
});
