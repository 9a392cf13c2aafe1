/** A person's rights and reviews of looks in a real browser: found, handed out, erased by two people, held, reviewed. */
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { webCases } from '@darmon/i18n/words/web-cases';
import { webPrivacy } from '@darmon/i18n/words/web-privacy';
import { webReviews } from '@darmon/i18n/words/web-reviews';
import { webShared } from '@darmon/i18n/words/web-shared';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({
  common,
  'web-cases': webCases,
  'web-privacy': webPrivacy,
  'web-reviews': webReviews,
  'web-shared': webShared,
});

let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

let people = 0;
/** Somebody whose one prescription was cancelled, so that nothing has to be kept. */
const known = async () => {
  const passport = `EX${String(++people).padStart(7, '0')}`;
  const { body } = await cloud.api<{ id: string; number: string }>('doctor', 'POST /api/prescriptions', {
    body: {
      patient: { passport, fullName: 'Namuna Bemor', birthDate: '1985-07-02', sex: 'male' },
      diagnosis: { icd10: 'J02.9' },
      lines: [
        {
          medicine: 'AMOX500CAP',
          dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' },
        },
      ],
    },
  });
  await cloud.api('doctor', `POST /api/prescriptions/${body.id}/cancel`, { body: { reason: 'notoʻgʻri doza' } });
  return { passport, ...body };
};

const open = (person: string, path: string, screen: Screen, language: Language) =>
  openAs(browser, cloud.url, words, { screen, language, person, path });
/** Leaves a picture of the screen where somebody asked for it. */
const shoot = async (page: Page, name: string) => {
  const folder = process.env.PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};
const choose = async (page: Page, label: string, id: string) => {
  const field = page.getByRole('combobox', { name: label }).or(page.getByLabel(label)).first();
  await field.fill(id);
  await page.getByRole('option').first().waitFor();
  await field.press('Enter');
  await page.getByRole('status').filter({ hasText: id }).first().waitFor();
};

test.each([
  ['desktop', 'uz-Latn'],
  ['phone', 'ru'],
] as const)(
  'a patient is found by a document, handed the data and erased by a second person (%s)',
  async (screen, language) => {
    const patient = await known();
    const admin = await open('admin', '/privacy', screen, language);
    const { page, t } = admin;
    await page.getByLabel(t('web-privacy:document')).fill(patient.passport);
    await choose(page, t('web-privacy:site'), 'CL-0001');
    await page.getByLabel(t('web-privacy:checkedBy')).fill('doctor');
    await page
      .locator('#privacy-request')
      .locator('xpath=ancestor::section')
      .getByLabel(t('web-privacy:reason'))
      .fill('yozma soʻrov');
    await page.getByRole('button', { name: t('web-privacy:find') }).click();
    await page.getByText(t('web-privacy:found', { initials: 'N. B.', year: 1985 })).waitFor();
    await page.getByText(t('web-privacy:nothingKept')).waitFor();
    await isSound(page);

    await page.getByRole('button', { name: t('web-privacy:handOut') }).click();
    const own = page.locator('.own-data');
    await own.getByText(patient.passport).waitFor();
    expect(await own.textContent()).toContain(patient.number);
    expect(await own.locator('tbody tr').count()).toBeGreaterThan(0);
    expect(page.url()).not.toContain(patient.passport);
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: t('web-privacy:saveFhir') }).click();
    expect((await saving).suggestedFilename()).toBe('darmon-fhir-r4.json');
    await isSound(page);

    await page.getByRole('button', { name: t('web-privacy:askErasure') }).click();
    const row = page.locator('.privacy-row').filter({ hasText: t('web-privacy:state.asked') });
    await row.first().waitFor();
    // who asked cannot say yes
    expect(await row.getByRole('button', { name: t('web-privacy:confirm') }).count()).toBe(0);
    await admin.close();

    const chief = await open('chief', '/privacy', screen, language);
    await chief.page
      .getByRole('button', { name: chief.t('web-privacy:confirm') })
      .first()
      .click();
    await chief.page.getByRole('dialog').getByText(chief.t('web-privacy:confirmNote')).waitFor();
    await isSound(chief.page);
    await chief.page
      .getByRole('dialog')
      .getByRole('button', { name: chief.t('web-privacy:confirm') })
      .click();
    await chief.page.getByText(chief.t('web-privacy:state.closing')).first().waitFor();
    await isSound(chief.page);
    await chief.close();
    const { body } = await cloud.api<{ patient: unknown }>('doctor', 'POST /api/patients/lookup', {
      body: { passport: patient.passport },
    });
    expect(body.patient).toBeNull();
  },
);

test('a hold is set by the number of a prescription, named, and lifted with a reason', async () => {
  const patient = await known();
  const { page, t, close } = await open('auditor', '/privacy', 'phone', 'en');
  await page.getByText(t('web-privacy:noHolds')).waitFor();
  await isSound(page);
  await page.getByLabel(t('web-privacy:holdOf')).fill(patient.number);
  await page.getByLabel(t('web-privacy:reason')).last().fill('a court asks');
  await page.getByRole('button', { name: t('web-privacy:hold'), exact: true }).click();
  await page.getByText('a court asks').waitFor();
  await isSound(page);
  await page.getByRole('button', { name: t('web-privacy:lift') }).click();
  await page.getByRole('dialog').getByLabel(t('web-privacy:reason')).fill('the case is closed');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('web-privacy:lift') })
    .click();
  await page.getByText('the case is closed').waitFor();
  await isSound(page);
  await close();
});

test.each([
  ['desktop', 'uz-Cyrl'],
  ['phone', 'uz-Latn'],
] as const)(
  'a look for which nothing was done is shown first, and is gone from there once it is explained (%s)',
  async (screen, language) => {
    const patient = await known();
    await cloud.api('pharmacist', 'POST /api/prescriptions/lookup', {
      body: { passport: patient.passport, reason: 'qogʻozi yoʻq' },
    });
    const { page, t, close } = await open('auditor', '/reviews', screen, language);
    await choose(page, t('web-reviews:site'), 'PH-0001');
    await page.getByRole('button', { name: t('web-reviews:show') }).click();
    const looks = page.locator('.review-look');
    await looks.first().waitFor();
    expect(await looks.first().textContent()).toContain('qogʻozi yoʻq');
    const before = await looks.count();
    await isSound(page);
    await looks
      .first()
      .getByRole('button', { name: t('web-reviews:review') })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(t('web-reviews:noteField')).fill('bemor telefon qildi');
    await isSound(page);
    await dialog.getByRole('button', { name: t('web-reviews:save') }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.waitForFunction((was) => document.querySelectorAll('.review-look').length < was, before);
    await page.getByLabel(t('web-reviews:show_which')).selectOption('all');
    await page.getByText('bemor telefon qildi').first().waitFor();
    await isSound(page);
    await close();
  },
);

test.each([
  ['phone', 'ru'],
  ['desktop', 'en'],
] as const)(
  'a look that is to be followed opens a case, from which one comes back to the look (%s)',
  async (screen, language) => {
    const patient = await known();
    await cloud.api('pharmacist3', 'POST /api/prescriptions/lookup', {
      body: { passport: patient.passport, reason: 'hech kim kelmagan' },
    });
    const { page, t, close } = await open('auditor', '/reviews', screen, language);
    await choose(page, t('web-reviews:site'), 'PH-0001');
    await page.getByRole('button', { name: t('web-reviews:show') }).click();
    const look = page.locator('.review-look', { hasText: 'hech kim kelmagan' }).first();
    await look.getByRole('button', { name: t('web-reviews:review') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(t('web-reviews:state.case')).press('Space');
    await dialog.getByText(t('web-reviews:caseHint')).waitFor();
    await dialog.getByLabel(t('web-reviews:noteField')).fill('nobody was at the counter');
    await isSound(page);
    await shoot(page, `review-case-${screen}`);
    await dialog.getByRole('button', { name: t('web-reviews:save') }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByLabel(t('web-reviews:show_which')).selectOption('all');
    await page
      .getByRole('link', { name: t('web-reviews:openCase') })
      .first()
      .click();
    await page.waitForURL((at) => at.pathname.startsWith('/cases/'));
    await page.getByText(t('web-cases:told.look-review')).waitFor();
    await page.getByText('nobody was at the counter').waitFor();
    await isSound(page);
    await shoot(page, `look-case-${screen}`);
    await page.getByRole('link', { name: t('web-cases:openLook') }).click();
    await page.waitForURL((at) => at.pathname === '/reviews');
    await page
      .getByRole('link', { name: t('web-reviews:openCase') })
      .first()
      .waitFor();
    await isSound(page);
    await shoot(page, `look-back-${screen}`);
    await close();
  },
);
