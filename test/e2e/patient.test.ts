/** The patient's own pages on a phone: a prescription opened from its small code, and feedback from a poster and a receipt. */
import { readFileSync } from 'node:fs';
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { refusals } from '@darmon/i18n/words/refusals';
import { webAudit } from '@darmon/i18n/words/web-audit';
import { webPatient } from '@darmon/i18n/words/web-patient';
import { webShared } from '@darmon/i18n/words/web-shared';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPage, type Screen, signIn, violations } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isSound } from '../support/screens.ts';

const words = translatorOf({
  common,
  refusals,
  'web-audit': webAudit,
  'web-patient': webPatient,
  'web-shared': webShared,
});
const patient = { passport: 'XX7000001', fullName: 'Namuna Bemor', birthDate: '1948-07-02', sex: 'female' };

let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

let guests = 0;
/** Eight capsules of twenty-one handed over at PH-0001, after a look at the counter. */
const prescribed = async () => {
  guests += 1;
  const { body } = await cloud.api<{ id: string; number: string }>('doctor', 'POST /api/prescriptions', {
    body: {
      patient: { ...patient, passport: `XX700000${guests}` },
      diagnosis: { icd10: 'J02.9' },
      lines: [
        {
          medicine: 'AMOX500CAP',
          dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, when: ['after-meal'], route: 'oral' },
        },
      ],
    },
  });
  await cloud.api('pharmacist', 'POST /api/prescriptions/lookup', { body: { number: body.number } });
  interface Handed {
    readonly receipt: string;
    readonly lines: readonly { readonly lots: readonly { readonly lot: string }[] }[];
  }
  const dispensed = await cloud.api<Handed>('pharmacist', `POST /api/prescriptions/${body.id}/dispenses`, {
    body: { lines: [{ line: 1, quantity: 8 }] },
  });
  expect(dispensed.status).toBe(201);
  const { receipt, lines } = dispensed.body;
  return { ...body, receipt, lots: lines.flatMap((line) => line.lots) };
};

const visit = async (path: string, language: Language, screen: Screen = 'phone') => {
  const { page, context } = await openPage(browser, { screen, language, url: cloud.url });
  await page.goto(path);
  await page.locator('main h1').waitFor();
  return { page, t: words(language), close: () => context.close() };
};
const birthDate = (page: Page) => page.locator('input[inputmode="numeric"]');

test('the small code opens the page with the birth date alone: how to take it, what was given where, who looked', async () => {
  const { number } = await prescribed();
  for (const language of ['uz-Latn', 'ru'] as const) {
    const { page, t, close } = await visit(`/p#${number}`, language);
    await birthDate(page).waitFor();
    await isSound(page);
    // no history of the phone keeps the number
    expect(page.url()).not.toContain(number);
    await birthDate(page).fill('02.07.1948');
    await birthDate(page).press('Enter');
    await page.locator('.week').waitFor();
    await page.getByText(t('web-patient:pharmaciesNote')).waitFor();
    await isSound(page);
    const text = await page.locator('main').textContent();
    expect(text).toContain(t('web-patient:state.partially-dispensed'));
    expect(text).toContain(t('common:role.pharmacist'));
    expect(text).not.toContain('Bemor N');
    // three doses a day for a week, each with its part of the day in words
    expect(await page.locator('.week td[data-taken="true"]').count()).toBe(21);
    expect(await page.locator('.week tbody th').allInnerTexts()).toEqual(
      (['morning', 'noon', 'evening', 'night'] as const).map((part) => t(`web-patient:part.${part}`)),
    );
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(number);
    await close();
  }
});

test('reminders are a calendar file for the whole course', async () => {
  const { number } = await prescribed();
  const { page, t, close } = await visit(`/p#${number}`, 'en');
  await birthDate(page).fill('02.07.1948');
  await birthDate(page).press('Enter');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: t('web-patient:reminders') }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('medicine-reminders.ics');
  const text = readFileSync(await file.path(), 'utf8');
  expect(text.match(/RRULE:FREQ=DAILY;INTERVAL=1;COUNT=7/g)).toHaveLength(3);
  expect(text).not.toContain(number);
  await close();
});

test('another birth date and a number that nobody has say the same; the page is locked after five, and says who opens it', async () => {
  const { number } = await prescribed();
  const { page, t, close } = await visit('/p', 'uz-Cyrl');
  const wrong = t('refusals:page-not-opened.title');
  const numberField = page.getByLabel(t('web-patient:number'));
  await isSound(page);
  await numberField.fill('KKKKKKKKKKKKK');
  await birthDate(page).fill('03.07.1948');
  await birthDate(page).press('Enter');
  await page.getByText(t('web-shared:printed-number-wrong')).waitFor();
  await numberField.fill(number.toLowerCase());
  for (let n = 0; n < 5; n += 1) {
    const answered = page.waitForResponse('**/api/patient/prescription');
    await birthDate(page).press('Enter');
    await answered;
    await page.getByText(wrong).waitFor();
  }
  await birthDate(page).fill('02.07.1948');
  await birthDate(page).press('Enter');
  await page.getByText(t('refusals:page-locked.title')).waitFor();
  expect(await violations(page)).toEqual([]);
  await close();
});

test('a page that nobody touches for ten minutes forgets what it showed', async () => {
  const { number } = await prescribed();
  const { page, context } = await openPage(browser, { screen: 'phone', language: 'en', url: cloud.url });
  await page.clock.install();
  await page.goto(`/p#${number}`);
  await birthDate(page).fill('02.07.1948');
  await birthDate(page).press('Enter');
  await page.locator('.week').waitFor();
  await page.clock.fastForward('11:00');
  await page.getByText(words('en')('web-patient:closed')).waitFor();
  expect(await birthDate(page).inputValue()).toBe('');
  expect(await page.locator('.week').count()).toBe(0);
  await context.close();
});

test('a complaint from a receipt reaches the auditor with its lot, as the text it is, and counts once', async () => {
  const { receipt, lots } = await prescribed();
  const russian = words('ru');
  const text = '<img src=x onerror=alert(1)> Kapsulalar singan';
  const { page, t, close } = await visit(`/f#PH-0001.${receipt}`, 'uz-Latn');
  await page.getByLabel(t('web-patient:kind.complaint')).check();
  await page.getByLabel(t('web-patient:about.medicine')).check();
  await page.locator('textarea').first().fill(text);
  await isSound(page);
  await page.getByRole('button', { name: t('web-patient:feedbackSend') }).click();
  await page.getByText(t('web-patient:feedbackSent')).waitFor();
  await isSound(page);
  await page.reload();
  await page.getByLabel(t('web-patient:kind.praise')).check();
  await page.getByLabel(t('web-patient:about.staff')).check();
  await page.locator('textarea').first().fill('Yana bir bor');
  await page.getByRole('button', { name: t('web-patient:feedbackSend') }).click();
  await page.getByText(t('refusals:feedback-given.title')).waitFor();
  await close();

  for (const screen of ['phone', 'desktop'] as const) {
    const { page: audit, context } = await openPage(browser, { screen, language: 'ru', url: cloud.url });
    await signIn(audit, 'auditor', '/feedback');
    await audit.getByText(text).waitFor();
    const [named] = lots;
    await audit
      .getByText(russian('web-audit:ofLot', { medicine: 'амоксициллин 500 mg, капсулы', lot: named?.lot ?? '' }))
      .waitFor();
    await isSound(audit);
    await context.close();
  }
});

test('a poster has the code of its site and says so in every language', async () => {
  const { page, context } = await openPage(browser, { screen: 'desktop', language: 'en', url: cloud.url });
  await signIn(page, 'pharmacist', '/poster');
  await page.locator('.poster svg').waitFor();
  await isSound(page);
  const text = await page.locator('.poster').textContent();
  for (const language of ['uz-Latn', 'uz-Cyrl', 'ru', 'en'] as const)
    expect(text).toContain(words(language)('web-patient:posterTitle'));
  expect(text).toContain('/f#PH-0001');
  await context.close();
});
