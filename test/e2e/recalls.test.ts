/** A recall in a real browser against the whole cloud: from the scan of a pack to the patient who brings it back. */
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { webRecalls } from '@darmon/i18n/words/web-recalls';
import { webScan } from '@darmon/i18n/words/web-scan';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { scan } from '../support/scans.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({ common, 'web-scan': webScan, 'web-recalls': webRecalls });

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

const lot = 'RECALL1';
const year = new Date().getUTCFullYear() + 2;

/** A lot of paracetamol at a pharmacy and a warehouse, ten tablets of which a patient got. */
const handedOver = async (): Promise<{ gtin: string }> => {
  const stock = await cloud.api<{ items: { gtin: string }[] }>(
    'pharmacist',
    'GET /api/sites/PH-0001/stock?medicine=PARA500TAB',
  );
  const gtin = stock.body.items[0]?.gtin ?? '';
  const lines = [{ gtin, lot, expiryDate: `${year}-06-30`, packs: 4 }];
  await cloud.api('pharmacist', 'POST /api/sites/PH-0001/receipts', { body: { lines } });
  await cloud.api('warehouse', 'POST /api/sites/WH-0001/receipts', { body: { lines } });
  const dosage = { amount: 1, unit: 'tablet', timesPerDay: 2, days: 5, route: 'oral' };
  const patient = { passport: 'XR0000001', fullName: 'Namuna Bemor', birthDate: '1990-01-01', sex: 'male' };
  const issued = await cloud.api<{ id: string }>('doctor', 'POST /api/prescriptions', {
    body: { patient, diagnosis: { icd10: 'J06.9' }, lines: [{ medicine: 'PARA500TAB', dosage }] },
  });
  const given = await cloud.api('pharmacist', `POST /api/prescriptions/${issued.body.id}/dispenses`, {
    body: { lines: [{ line: 1, quantity: 10, lots: [{ gtin, lot, quantity: 10 }], reason: 'in front' }] },
  });
  expect(given.status).toBe(201);
  return { gtin };
};

test('quality recalls a lot from its pack; a pharmacy finds what it has, tells its patient and takes back what is brought', async () => {
  const { gtin } = await handedOver();
  const lead = await open('desktop', 'uz-Latn', '/recalls', 'quality');
  await lead.page.getByRole('link', { name: lead.t('web-recalls:new') }).click();
  await lead.page.locator('.scan-input input').and(lead.page.locator(':focus')).waitFor();
  await scan(lead.page, `01${gtin}17${String(year).slice(2)}063010${lot}`);
  await lead.page.getByRole('heading', { name: lead.t('web-recalls:whereTitle') }).waitFor();
  await lead.page.getByText('PH-0001').waitFor();
  await lead.page.getByText('WH-0001').waitFor();
  await lead.page.getByLabel(lead.t('web-recalls:class.2')).check();
  await lead.page.getByLabel(lead.t('web-recalls:reason')).fill('Begona zarra topildi');
  await isSound(lead.page);
  await lead.page.getByRole('button', { name: lead.t('web-recalls:doRecall') }).click();
  await lead.page.getByText(lead.t('web-recalls:sumAdds')).waitFor();
  await isSound(lead.page);

  const { page, t, close } = await open('phone', 'ru', '/warehouse/stock', 'pharmacist');
  await page.getByText(t('web-recalls:banner', { count: 1 })).waitFor();
  await isSound(page);
  await page.getByRole('link', { name: t('web-recalls:open') }).click();
  await page.getByRole('link', { name: new RegExp(lot) }).click();
  await page.getByRole('button', { name: new RegExp(t('web-recalls:allFound')) }).click();
  await page
    .getByText(t('web-recalls:saved', { units: '' }).trim(), { exact: false })
    .first()
    .waitFor();
  await isSound(page);
  await page.getByRole('link', { name: t('web-recalls:openCalls') }).click();
  await page.getByText('Namuna Bemor').waitFor();
  await isSound(page);
  await page.getByRole('button', { name: t('web-recalls:outcome.returned') }).click();
  await page.getByLabel(new RegExp(t('web-recalls:returnField'))).fill('7');
  await isSound(page);
  await page.getByRole('button', { name: t('common:save') }).click();
  await page.getByText(new RegExp(`${t('web-recalls:returnedUnits', { units: '' }).trim()} 7`)).waitFor();
  await close();

  const after = await cloud.api<{ calls: { returned: number; units: number }; found: number }>(
    'quality',
    `GET /api/recalls/${lead.page.url().split('/').at(-1)}`,
  );
  expect(after.body.calls).toMatchObject({ returned: 1, units: 7 });
  expect(after.body.found).toBeGreaterThan(0);
  await lead.close();
});
