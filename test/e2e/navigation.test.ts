/** How people get from screen to screen, in a real browser: two rows of places, and the way back through the issuer. */
import { translatorOf } from '@darmon/i18n/translator';
import { webShared } from '@darmon/i18n/words/web-shared';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPage, signIn } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isUsable, openAs } from '../support/screens.ts';

const words = translatorOf({ 'web-shared': webShared });

let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

const row = (page: Page, name: string) => page.getByRole('navigation', { name, exact: true });
/** Waits until the screen is there that only this step brings. */
const arrived = (page: Page, path: string) =>
  Promise.all([page.waitForURL((at) => at.pathname === path), page.locator('main h1').waitFor()]);

test('an auditor gets to every screen by keyboard: a group of the first row, then a screen of the second', async () => {
  const { page, t, close } = await openAs(browser, cloud.url, words, {
    person: 'auditor',
    path: '/audit',
    screen: 'desktop',
    language: 'uz-Cyrl',
  });
  const groups = row(page, t('web-shared:navigation'));
  await isUsable(page);
  expect(await groups.getByRole('link').count()).toBe(4);
  // one line each
  for (const nav of await page.getByRole('navigation').all())
    expect((await nav.boundingBox())?.height).toBeLessThan(60);
  await groups.getByRole('link', { name: t('web-shared:nav-reporting') }).focus();
  await page.keyboard.press('Enter');
  await arrived(page, '/reports');
  const within = row(page, t('web-shared:nav-reporting'));
  await within.getByRole('link', { name: t('web-shared:nav-periods') }).focus();
  await page.keyboard.press('Enter');
  await arrived(page, '/periods');
  expect(await within.locator('[aria-current="page"]').textContent()).toBe(t('web-shared:nav-periods'));
  expect(await groups.locator('[aria-current]').textContent()).toBe(t('web-shared:nav-reporting'));
  await close();
});

test('on a phone all places of a pharmacist lie side by side, none behind the edge', async () => {
  const { page, t, close } = await openAs(browser, cloud.url, words, {
    person: 'pharmacist',
    path: '/dispense',
    screen: 'phone',
    language: 'uz-Latn',
  });
  const places = row(page, t('web-shared:navigation'));
  await places.getByRole('link').nth(4).waitFor();
  expect(await places.evaluate((nav) => nav.scrollWidth - nav.clientWidth)).toBeLessThanOrEqual(0);
  for (const place of await places.getByRole('link').all())
    expect((await place.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await isUsable(page);
  await close();
});

test('signing in comes back to the query that was asked for, and a forged way back ends at the start', async () => {
  const { page, context } = await openPage(browser, { screen: 'desktop', language: 'ru', url: cloud.url });
  await signIn(page, 'auditor', '/audit?site=PH-0001&day=2026-01-02');
  expect(new URL(page.url()).search).toBe('?site=PH-0001&day=2026-01-02');
  await context.close();

  const forged = await openPage(browser, { screen: 'desktop', language: 'ru', url: cloud.url });
  await forged.page.goto(`/sign-in?to=${encodeURIComponent('/.//elsewhere.example/audit')}`);
  await forged.page.locator('main button').first().click();
  await forged.page.locator('button[name="person"][value="auditor"]').click();
  await arrived(forged.page, '/audit');
  expect(new URL(forged.page.url()).origin).toBe(new URL(cloud.url).origin);
  await forged.context.close();
});
