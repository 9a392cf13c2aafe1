/** Trails beyond one prescription in a real browser: a patient after a look with a reason, days, a doctor, a lot. */
import { readFileSync } from 'node:fs';
import { makePinfl } from '@darmon/domain/pinfl';
import { tashkentDay } from '@darmon/domain/time';
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { refusals } from '@darmon/i18n/words/refusals';
import { webAudit } from '@darmon/i18n/words/web-audit';
import { webTrails } from '@darmon/i18n/words/web-trails';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({ common, refusals, 'web-audit': webAudit, 'web-trails': webTrails });
const pinfl = makePinfl({ birthDate: '1985-07-02', sex: 'male', region: 996, serial: 7 });
const dosage = { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' };

let cloud: TestCloud;
let browser: Browser;
let prescription: { id: string; number: string };
let lot: { gtin: string; lot: string };
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
  const issued = await cloud.api<typeof prescription>('doctor', 'POST /api/prescriptions', {
    body: {
      patient: { pinfl, fullName: 'Namuna Bemor', birthDate: '1985-07-02', sex: 'male' },
      diagnosis: { icd10: 'J02.9' },
      lines: [{ medicine: 'AMOX500CAP', dosage }],
    },
  });
  prescription = issued.body;
  const dispensed = await cloud.api<{ lines: { lots: (typeof lot)[] }[] }>(
    'pharmacist',
    `POST /api/prescriptions/${prescription.id}/dispenses`,
    { body: { lines: [{ line: 1, quantity: 5 }] } },
  );
  lot = dispensed.body.lines[0]?.lots[0] as typeof lot;
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

const open = (screen: Screen, language: Language, path: string) =>
  openAs(browser, cloud.url, words, { screen, language, person: 'auditor', path });

test('a patient’s trail opens only after a look with a reason, which stands in it, and no number is in the address', async () => {
  for (const [screen, language, text] of [
    ['phone', 'ru', pinfl],
    ['desktop', 'uz-Latn', prescription.number],
  ] as const) {
    const { page, t, close } = await open(screen, language, '/trails/patient');
    const found = page.getByLabel(t('web-trails:found'));
    await found.fill(text);
    await page.getByRole('button', { name: t('web-trails:look') }).click();
    await isSound(page);
    const reason = `shikoyat ${language}`;
    await page.getByLabel(t('web-trails:why')).fill(reason);
    await page.getByRole('button', { name: t('web-trails:look') }).click();
    await page.waitForURL((at) => /^\/trails\/patient\/[0-7]/.test(at.pathname));
    await page.locator('.trail-event').first().waitFor();
    const events = await page.locator('.trail-event').allInnerTexts();
    const heads = events.map((event) => event.split('\n', 1)[0]);
    expect(heads).toContain(t('web-audit:event.prescription-issued'));
    expect(heads).toContain(t('web-audit:event.prescription-dispensed'));
    expect(events.at(-1)).toContain(reason);
    expect(page.url()).not.toContain(text);
    await isSound(page);
    await close();
  }
});

test('an address alone opens no patient: without an own look it says so, and how', async () => {
  const { page, t, close } = await open('desktop', 'en', '/trails/patient/01KAGZ5V9YV1Q5T1M0E9J7R2CD');
  await page.getByText(t('refusals:look-first.title')).waitFor();
  await page.getByRole('link', { name: t('web-trails:lookAgain') }).click();
  await page.getByLabel(t('web-trails:why')).waitFor();
  await close();
});

test('days of a person are found, chosen by kind, and taken away as text and as JSON', async () => {
  const { page, t, close } = await open('phone', 'uz-Cyrl', '/trails/days');
  await page.getByLabel(t('web-trails:person')).fill('pharmacist');
  await page.getByLabel(t('web-trails:type')).selectOption('prescription-dispensed');
  await page.getByRole('button', { name: t('web-trails:show') }).click();
  await page.locator('.trail-event').first().waitFor();
  const heads = (await page.locator('.trail-event').allInnerTexts()).map((event) => event.split('\n', 1)[0]);
  expect(new Set(heads)).toEqual(new Set([t('web-audit:event.prescription-dispensed')]));
  await isSound(page);
  for (const [kind, has] of [
    ['csv', t('web-audit:event.prescription-dispensed')],
    ['json', '"type": "prescription-dispensed"'],
  ] as const) {
    const arriving = page.waitForEvent('download');
    await page.getByRole('button', { name: t(`web-trails:${kind}`) }).click();
    const file = await arriving;
    expect(file.suggestedFilename()).toBe(
      `trail-pharmacist-${tashkentDay(Date.now())}-${tashkentDay(Date.now())}.${kind}`,
    );
    expect(readFileSync(await file.path(), 'utf8')).toContain(has);
  }
  await close();
});

test('a doctor’s prescriptions and the movements of a lot lead to the prescription', async () => {
  const { page, t, close } = await open('desktop', 'ru', '/audit');
  await page.getByRole('link', { name: t('web-trails:prescriberLead') }).click();
  await page.getByLabel(t('web-trails:person')).fill('doctor');
  await page.getByRole('button', { name: t('web-trails:show') }).click();
  await page.locator(`a[href="/audit/${prescription.id}"]`).waitFor();
  await isSound(page);
  await page
    .getByRole('link', { name: t('web-audit:title') })
    .last()
    .click();
  await page.getByRole('link', { name: t('web-trails:lotLead') }).click();
  await page.getByLabel(t('web-trails:gtin')).fill(lot.gtin);
  await page.getByLabel(t('web-trails:ofLot')).fill(lot.lot);
  await page.getByRole('button', { name: t('web-trails:show') }).click();
  await page.locator(`a[href="/audit/${prescription.id}"]`).first().waitFor();
  await isSound(page);
  await close();
});
