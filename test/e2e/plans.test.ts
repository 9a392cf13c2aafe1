/** Plans in a real browser: a planner plans the week, opens what is at risk and every step of it; a pharmacist sees the own. */
import type { MonthUse } from '@darmon/domain/consumption';
import { monthBeside } from '@darmon/domain/ledger-view';
import { dayAfter } from '@darmon/domain/stock-outlook';
import { instant, tashkentDay } from '@darmon/domain/time';
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { orderSteps } from '@darmon/i18n/words/order-steps';
import { webPlan } from '@darmon/i18n/words/web-plan';
import { openTable } from '@darmon/table/table';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fitsWidth, openBrowser, openPage, pageProblems, type Screen, signIn, violations } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';

const words = translatorOf({ 'order-steps': orderSteps, 'web-plan': webPlan });
const site = 'PH-0001';
const medicine = 'AMOX500CAP';

let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
  await remember();
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

/** Two years of use, as the nights would have kept it: the demo country was born today. */
const remember = async (): Promise<void> => {
  const table = openTable({ client: cloud.dynamodb, table: cloud.table, now: Date.now });
  const present = tashkentDay(Date.now()).slice(0, 7);
  const months = Array.from({ length: 24 }, (_, i): MonthUse => {
    const days = [3, 9, 15, 21, 27].map((day): [number, number, number] => [day, 1_500 + 100 * (i % 5) + day, 9_000]);
    return { site, medicine, month: monthBeside(present, i - 24), days };
  });
  await table.keepConsumption(months);
  const through = dayAfter(tashkentDay(Date.now()), -1);
  await table.keepRolled({ site, at: instant(Date.now()), through });
};

const open = async (screen: Screen, language: Language, path: string, person: string) => {
  const { page, context } = await openPage(browser, { screen, language, url: cloud.url });
  await signIn(page, person, path);
  return { page, t: words(language), close: () => context.close() };
};
const isSound = async (page: Page) => {
  expect(await violations(page)).toEqual([]);
  expect(await fitsWidth(page)).toBe(true);
  expect(pageProblems(page)).toEqual([]);
};

test('a planner plans the week, finds the site at risk first, and opens a product down to its arithmetic', async () => {
  const { page, t, close } = await open('phone', 'uz-Latn', '/procure', 'planner');
  await page.getByText(t('web-plan:noPlans'), { exact: true }).waitFor();
  await isSound(page);
  await page.getByRole('button', { name: t('web-plan:runNow') }).click();
  const first = page.locator('main section').first();
  await first.getByText(`(${site})`).waitFor({ timeout: 120_000 });
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
  await expect.poll(() => page.locator('.plan-lines > li').count()).toBe(1);
  await isSound(page);
  await close();
});
