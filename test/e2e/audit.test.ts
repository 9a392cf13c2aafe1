/** The auditor's screens in a real browser: one prescription's trail, and a day of a site. */
import { makePinfl } from '@darmon/domain/pinfl';
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { credential } from '@darmon/i18n/words/credential';
import { webAudit } from '@darmon/i18n/words/web-audit';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { scan } from '../support/scans.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({ common, credential, 'web-audit': webAudit });
const pinfl = makePinfl({ birthDate: '1985-07-02', sex: 'male', region: 996, serial: 1 });

let cloud: TestCloud;
let browser: Browser;
let prescription: { id: string; number: string; code: string };
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
  const issued = await cloud.api<typeof prescription>('doctor', 'POST /api/prescriptions', {
    body: {
      patient: { pinfl, fullName: 'Namuna Bemor', birthDate: '1985-07-02', sex: 'male' },
      diagnosis: { icd10: 'J02.9' },
      lines: [
        {
          medicine: 'AMOX500CAP',
          dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' },
        },
      ],
    },
  });
  prescription = issued.body;
  const path = `/api/prescriptions/${prescription.id}`;
  const dispensed = await cloud.api<{ id: string }>('pharmacist', `POST ${path}/dispenses`, {
    body: { lines: [{ line: 1, quantity: 5 }] },
  });
  await cloud.api('pharmacist', `POST /api/dispenses/${dispensed.body.id}/undo`, { body: { reason: 'boshqa bemor' } });
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

const open = async (screen: Screen, language: Language) => {
  const opened = await openAs(browser, cloud.url, words, { screen, language, person: 'auditor', path: '/audit' });
  await opened.page.locator('.scan-input input').and(opened.page.locator(':focus')).waitFor();
  return opened;
};

test('a trail is found by number and by code, and tells who did what, where, when and why', async () => {
  for (const [screen, language, text] of [
    ['desktop', 'uz-Latn', prescription.number],
    ['phone', 'ru', prescription.code],
  ] as const) {
    const { page, t, close } = await open(screen, language);
    await isSound(page);
    await scan(page, text);
    await page.waitForURL((at) => at.pathname === `/audit/${prescription.id}`);
    await page.locator('.trail-event').first().waitFor();
    const events = await page.locator('.trail-event').allInnerTexts();
    expect(events.map((event) => event.split('\n', 1)[0])).toEqual([
      t('web-audit:event.prescription-issued'),
      t('web-audit:event.prescription-dispensed'),
      t('web-audit:event.dispense-undone'),
    ]);
    expect(events[2]).toContain('boshqa bemor');
    expect(events[2]).toContain('pharmacist');
    expect(events[2]).toContain('PH-0001');
    expect(events[2]).toMatch(/\d\d\.\d\d\.\d{4} \d\d:\d\d/);
    await isSound(page);
    await close();
  }
});

test('an auditor finds nobody by a personal number, and a false code opens nothing', async () => {
  const { page, t, close } = await open('desktop', 'en');
  await scan(page, pinfl);
  await page.getByText(t('web-audit:noPinfl')).waitFor();
  await scan(page, `${prescription.code.slice(0, -4)}0000`);
  await page.getByText(t('credential:notValid')).waitFor();
  await isSound(page);
  await close();
});

test('a day of a site lists what happened there and leads to the prescription', async () => {
  const { page, t, close } = await open('desktop', 'uz-Cyrl');
  await page.getByRole('combobox', { name: t('web-audit:site') }).fill('PH-0001');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: t('web-audit:show') }).click();
  await page.getByText(t('web-audit:event.prescription-dispensed')).first().waitFor();
  await isSound(page);
  await page.locator('.trail-link').first().click();
  await page.waitForURL((at) => /^\/audit\/[0-7]/.test(at.pathname));
  await close();
});
