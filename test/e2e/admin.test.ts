/** The administrator's screens in a real browser: people, sites, licences, and two administrators at once. */
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { webAdmin } from '@darmon/i18n/words/web-admin';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen, violations } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({ common, 'web-admin': webAdmin });

let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

const open = async (screen: Screen, language: Language, path: '/admin/people' | '/admin/sites') => {
  const opened = await openAs(browser, cloud.url, words, { screen, language, person: 'admin', path });
  await opened.page.locator('.admin-rows li').first().waitFor();
  return opened;
};

test('an administrator adds a person, who is then known with role, site and licence', async () => {
  const { page, t, close } = await open('desktop', 'uz-Latn', '/admin/people');
  await isSound(page);
  await page.getByRole('button', { name: t('web-admin:addPerson') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: t('common:save') }).click();
  await dialog.getByText(t('web-admin:personIdWrong')).waitFor();
  await dialog.locator('[aria-invalid="true"]').first().and(page.locator(':focus')).waitFor();
  await isSound(page);

  await page.keyboard.type('pharmacist-e2e');
  await dialog.getByLabel(t('web-admin:name')).fill('Namuna Farmatsevt');
  await dialog.getByLabel(t('common:role.pharmacist')).check();
  await dialog.getByRole('combobox', { name: t('web-admin:site') }).fill('PH-0001');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await dialog.getByLabel(t('web-admin:hasLicence')).check();
  await dialog.getByLabel(t('web-admin:licenceNumber')).fill('F-77');
  await dialog.getByLabel(t('web-admin:from')).fill('01.01.2025');
  await dialog.getByLabel(t('web-admin:until')).fill('31.12.2031');
  await isSound(page);
  await dialog.getByRole('button', { name: t('common:save') }).click();
  await page.getByText(t('web-admin:saved', { name: 'Namuna Farmatsevt' })).waitFor();
  const { body } = await cloud.api('admin', 'GET /api/people/pharmacist-e2e');
  expect(body).toMatchObject({
    roles: ['pharmacist'],
    site: 'PH-0001',
    licence: { number: 'F-77', from: '2025-01-01', until: '2031-12-31' },
    active: true,
    version: 1,
  });
  await page.getByRole('textbox', { name: t('web-admin:filterPeople') }).fill('farmatsevt, e2e');
  await page.getByRole('textbox', { name: t('web-admin:filterPeople') }).fill('pharmacist-e2e');
  await page.getByText(t('web-admin:shown', { count: 1 })).waitFor();
  await close();
});

test('a change on top of another administrator’s is not saved, and the present state can be loaded', async () => {
  const { page, t, close } = await open('desktop', 'en', '/admin/people');
  await page.getByRole('textbox', { name: t('web-admin:filterPeople') }).fill('doctor2');
  await page
    .getByRole('button', { name: t('common:edit') })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('web-admin:name')).waitFor();
  const { body: before } = await cloud.api<Record<string, unknown>>('admin', 'GET /api/people/doctor2');
  const { id: _id, ...rest } = before;
  const other = await cloud.api('admin', 'POST /api/people/doctor2', { body: { ...rest, name: 'Yangi Ism' } });
  expect(other.status).toBe(200);

  await dialog.getByLabel(t('web-admin:name')).fill('Eski Ism');
  await dialog.getByRole('button', { name: t('common:save') }).click();
  await dialog.getByText(t('web-admin:conflictTitle')).waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: t('web-admin:reload') }).click();
  await expect.poll(() => dialog.getByLabel(t('web-admin:name')).inputValue()).toBe('Yangi Ism');
  await close();
});

test('a pharmacy whose licence is ended stands among those that need care, on a phone', async () => {
  const { page, t, close } = await open('phone', 'ru', '/admin/sites');
  await isSound(page);
  await page.getByRole('textbox', { name: t('web-admin:filterSites') }).fill('PH-0003');
  await page
    .getByRole('button', { name: t('common:edit') })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('web-admin:until')).fill('31.01.2026');
  await isSound(page);
  await dialog.getByRole('button', { name: t('common:save') }).click();
  await page.locator('.said-note').waitFor();
  await page.getByText(t('web-admin:show.licence')).click();
  await page.locator('.mark', { hasText: t('web-admin:licence.over', { until: '31.01.2026' }) }).waitFor();
  await isSound(page);
  await close();
});
