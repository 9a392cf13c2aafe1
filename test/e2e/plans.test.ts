/** Plans in a real browser: a planner plans the week, opens what is at risk and every step of it; a pharmacist sees the own. */
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { orderSteps } from '@darmon/i18n/words/order-steps';
import { webPlan } from '@darmon/i18n/words/web-plan';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({ 'order-steps': orderSteps, 'web-plan': webPlan });
/** Planned by the weekly run alone. */
const unplanned = 'WH-0001';

let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

const open = (screen: Screen, language: Language, path: string, person: string) =>
  openAs(browser, cloud.url, words, { screen, language, person, path });

test('a planner sees at once what is at risk, plans the week, and opens a product down to its arithmetic', async () => {
  const { page, t, close } = await open('phone', 'uz-Latn', '/procure', 'planner');
  const first = page.locator('main section').first();
  await first.getByText(t('web-plan:risk.out')).first().waitFor();
  await isSound(page);
  expect(await page.getByText(`(${unplanned})`).count()).toBe(0);
  await page.getByRole('button', { name: t('web-plan:runNow') }).click();
  await page.getByText(`(${unplanned})`).waitFor({ timeout: 240_000 });
  await isSound(page);
  await first.locator('.plan-name').first().click();
  await page.locator('.order-steps > li').first().waitFor();
  const title = await page.locator('h1').textContent();
  expect(await page.locator('.order-steps > li').count()).toBeGreaterThan(4);
  await isSound(page);
  await page.getByText(t('web-plan:asTable'), { exact: true }).click();
  expect(await page.locator('.fan-table tbody tr').count()).toBeGreaterThan(25);
  await isSound(page);
  await page.getByRole('link', { name: t('web-plan:back') }).click();
  await page.locator('.plan-name', { hasText: title ?? '' }).waitFor();
  await close();
});

test('a pharmacist sees the own plan alone, and chooses what to order', async () => {
  const { page, t, close } = await open('desktop', 'ru', '/procure', 'pharmacist');
  await page.locator('.plan-name').first().waitFor();
  expect(await page.getByRole('link', { name: t('web-plan:country') }).count()).toBe(0);
  expect(await page.getByRole('button', { name: t('web-plan:planAgain') }).count()).toBe(0);
  await page.getByLabel(t('web-plan:show')).selectOption('order');
  const { body } = await cloud.api<{ of: number }>('pharmacist', 'GET /api/sites/PH-0001/plan?order=yes');
  expect(body.of).toBeGreaterThan(3);
  await expect.poll(() => page.locator('.plan-lines > li').count()).toBe(body.of);
  await isSound(page);
  await close();
});
