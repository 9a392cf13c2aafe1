/** The administrator's screen of the rules in a real browser: what a new version changes, when it begins, who saved it. */
import type { Policy } from '@darmon/domain/policy';
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { webAdmin } from '@darmon/i18n/words/web-admin';
import { webPolicy } from '@darmon/i18n/words/web-policy';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPage, pageProblems, type Screen, signIn, violations } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isUsable } from '../support/screens.ts';

const words = translatorOf({ common, 'web-admin': webAdmin, 'web-policy': webPolicy });
type T = ReturnType<typeof words>;

let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

interface Policies {
  readonly current: Policy;
  readonly coming: readonly Policy[];
  readonly version: number;
}
const readPolicies = async (): Promise<Policies> => (await cloud.api<Policies>('admin', 'GET /api/policies')).body;

const open = async (screen: Screen, language: Language) => {
  const { page, context } = await openPage(browser, { screen, language, url: cloud.url });
  await signIn(page, 'admin', '/admin/policy');
  await page.locator('.policy-table').waitFor();
  const t = words(language);
  const change = async () => {
    await page.getByRole('button', { name: t('web-policy:change') }).click();
    await page.locator('form .policy-table').waitFor();
  };
  return { page, t, change, close: () => context.close() };
};

const claimField = (page: Page, t: T) =>
  page.getByLabel(`${t('web-policy:claimMinutes')}, ${t('web-policy:in.minutes')}`);
const save = (page: Page, t: T) => page.getByRole('button', { name: t('common:save') }).click();

test('an administrator changes how long a pharmacy holds a prescription, and the version waits, counted down and listed', async () => {
  const { page, t, change, close } = await open('desktop', 'uz-Latn');
  await isUsable(page);
  const { version } = await readPolicies();
  await change();
  await save(page, t);
  await page.getByText(t('web-policy:fault.reason')).waitFor();
  await page.locator('[aria-invalid="true"]').first().and(page.locator(':focus')).waitFor();

  await page.getByLabel(t('web-policy:reason')).fill('Buyruq 12');
  await save(page, t);
  await page.getByText(t('web-policy:same')).waitFor();
  await claimField(page, t).fill('0');
  await save(page, t);
  await page.getByText(t('web-policy:fault.tooSmall', { limit: 1 })).waitFor();
  expect((await readPolicies()).version).toBe(version);

  await claimField(page, t).fill('20');
  const difference = page.locator('.policy-changes li', { hasText: t('web-policy:claimMinutes') });
  await difference.getByText(t('web-policy:unit.minutes', { count: 30 })).waitFor();
  await difference.getByText(t('web-policy:unit.minutes', { count: 20 })).waitFor();
  await isUsable(page);
  await save(page, t);
  await page.locator('.said-note').waitFor();
  await page.getByRole('timer').waitFor();
  await isUsable(page);

  const { coming } = await readPolicies();
  expect(coming.map((policy) => [policy.version, policy.claimMinutes])).toEqual([[version + 1, 20]]);
  const listed = page.locator('ol.policy-versions li', {
    hasText: t('web-policy:version', { version: version + 1 }),
  });
  await listed.getByText(t('web-policy:because', { reason: 'Buyruq 12' })).waitFor();
  await listed.getByText(t('web-policy:comingMark')).waitFor();
  expect(pageProblems(page)).toEqual([]);
  await close();
});

test('a version for a chosen day says which saved version it leaves waiting or puts out of the way, on a phone', async () => {
  const begins = new Date(Date.now() + 10 * 86_400_000).toISOString();
  const { current, version } = await readPolicies();
  const { version: _version, from: _from, ...rules } = current;
  const body = { ...rules, undoHours: 48, from: begins, version, reason: 'order of the ministry' };
  expect((await cloud.api('admin', 'POST /api/policies', { body })).status).toBe(201);

  const { page, t, change, close } = await open('phone', 'ru');
  await change();
  await page.getByText(t('web-policy:fromComing', { version: version + 1 })).waitFor();
  await isUsable(page);
  await claimField(page, t).fill('40');
  const lost = page.getByText(t('web-policy:overtaken', { versions: String(version + 1) }));
  await lost.waitFor();
  await page.getByLabel(t('web-policy:beginsDay')).check();
  await page.getByLabel(t('web-policy:day'), { exact: true }).fill('31.12.2099');
  await lost.waitFor({ state: 'detached' });
  await page.getByLabel(t('web-policy:reason')).fill('Приказ 12');
  await isUsable(page);
  await save(page, t);
  await page.locator('.said-note').waitFor();
  const [, last] = (await readPolicies()).coming.slice(-2);
  expect([last?.claimMinutes, last?.undoHours, last?.from]).toEqual([40, 48, '2099-12-30T19:00:00.000Z']);
  expect(pageProblems(page)).toEqual([]);
  await close();
});

test('a change on top of another administrator’s version is not saved, and the newest can be loaded', async () => {
  const { page, t, change, close } = await open('desktop', 'en');
  await change();
  const { current, version } = await readPolicies();
  const { version: _version, from: _from, ...rules } = current;
  const body = { ...rules, claimMinutes: 55, version, reason: 'order of the ministry' };
  expect((await cloud.api('admin', 'POST /api/policies', { body })).status).toBe(201);
  await claimField(page, t).fill('5');
  await page.getByLabel(t('web-policy:reason')).fill('Order 13');
  await save(page, t);
  await page.getByText(t('web-admin:conflictTitle')).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: t('web-admin:reload') }).click();
  await expect.poll(() => claimField(page, t).inputValue()).toBe('55');
  expect((await readPolicies()).version).toBe(version + 1);
  await close();
});

test.each(['uz-Cyrl', 'en'] as const)('the rules are read without anything for axe to find: %s', async (language) => {
  const { page, change, close } = await open('phone', language);
  await isUsable(page);
  await change();
  await isUsable(page);
  await close();
});
