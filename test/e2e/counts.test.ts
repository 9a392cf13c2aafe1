/** A count on a phone in a real browser against the whole cloud: scan by scan, without a network, over a reload, to the end. */
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { medicine } from '@darmon/i18n/words/medicine';
import { webCounts } from '@darmon/i18n/words/web-counts';
import { webScan } from '@darmon/i18n/words/web-scan';
import { webWarehouse } from '@darmon/i18n/words/web-warehouse';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { groupSeparator, scan } from '../support/scans.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({
  common,
  medicine,
  'web-counts': webCounts,
  'web-scan': webScan,
  'web-warehouse': webWarehouse,
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

const open = (screen: Screen, language: Language, path: string, person = 'warehouse') =>
  openAs(browser, cloud.url, words, { screen, language, person, path });

const gtin = '09521020199020';
const site = 'WH-0001';
const year = new Date().getUTCFullYear() + 2;
const packUnits = 20;
const pack = (lot: string, serial: string) =>
  `01${gtin}17${String(year).slice(2)}063010${lot}${groupSeparator}21${serial}`;
const receive = (lots: Record<string, number>) =>
  cloud.api('warehouse2', `POST /api/sites/${site}/receipts`, {
    body: {
      lines: Object.entries(lots).map(([lot, packs]) => ({
        gtin,
        lot,
        expiryDate: `${year}-06-30`,
        packs,
        zone: 'QZ',
        shelf: '1',
      })),
    },
  });
const onHand = async (lot: string) => {
  const { body } = await cloud.api<{ items: { lot: string; onHand: number }[] }>(
    'warehouse',
    `GET /api/sites/${site}/stock?gtin=${gtin}&limit=100`,
  );
  return body.items.find((item) => item.lot === lot)?.onHand;
};

test('a blind count scan by scan survives a reload and an hour without a network, shows what moved, and adds only the difference', async () => {
  expect((await receive({ CA: 3, CB: 2, CC: 1 })).status).toBe(201);
  const { page, context, t, close } = await open('phone', 'uz-Latn', '/counts');
  await page.getByRole('radio', { name: t('web-counts:scope.zone') }).check();
  await page.getByRole('textbox', { name: t('web-counts:zones') }).fill('QZ');
  await isSound(page, 'ERR_INTERNET_DISCONNECTED');
  await page.getByRole('button', { name: t('web-counts:begin') }).click();
  await page.getByText(t('web-counts:progress', { counted: 0, lines: 3 })).waitFor();
  await isSound(page, 'ERR_INTERNET_DISCONNECTED');

  const figure = page.locator('.count-figure');
  await page.locator('.scan-input input').focus();
  await scan(page, pack('CA', 'S1'));
  await scan(page, pack('CA', 'S2'));
  await scan(page, pack('CA', 'S2'));
  await page.getByText(t('web-counts:sameSerial')).waitFor();
  await page.reload();
  await figure.filter({ hasText: String(2 * packUnits) }).waitFor();
  await page.locator('.scan-input input').focus();
  await scan(page, pack('CA', 'S3'));
  await figure.filter({ hasText: String(3 * packUnits) }).waitFor();
  await isSound(page, 'ERR_INTERNET_DISCONNECTED');
  await scan(page, pack('CB', 'S4'));
  await page.getByText(t('web-counts:progress', { counted: 1, lines: 3 })).waitFor();

  await context.setOffline(true);
  await scan(page, pack('CC', 'S5'));
  await page.getByRole('button', { name: t('web-counts:saveNext') }).click();
  await page.getByText(t('web-counts:waiting', { count: 2 })).waitFor();
  await isSound(page, 'ERR_INTERNET_DISCONNECTED');
  await context.setOffline(false);
  await page.getByText(t('web-counts:progress', { counted: 3, lines: 3 })).waitFor();

  // one pack is missing: counted again, and goods come meanwhile
  await page.getByText(t('web-counts:tab.lines'), { exact: true }).click();
  await page.getByText(t('web-counts:recount.tolerance')).waitFor();
  expect((await receive({ CB: 5 })).status).toBe(201);
  await page.getByRole('button', { name: t('web-counts:refresh') }).click();
  const { body: mover } = await cloud.api<{ name: string }>('admin', 'GET /api/people/warehouse2');
  await page.locator('.count-moved').filter({ hasText: mover.name }).waitFor();
  await isSound(page, 'ERR_INTERNET_DISCONNECTED');
  // the end says what is in its way, and leads there
  await page.getByText(t('web-counts:tab.finish'), { exact: true }).click();
  await page.getByText(t('web-counts:recountFirst', { count: 1 })).waitFor();
  await isSound(page, 'ERR_INTERNET_DISCONNECTED');
  await page.getByRole('button', { name: t('web-counts:toRecount', { count: 1 }) }).click();
  const again = page.locator('.count-line').filter({ hasText: 'CB' }).getByRole('button');
  await again.and(page.locator(':focus')).waitFor();
  expect(await page.locator('.count-line').count()).toBe(1);
  await again.click();
  // a scanner does not look where the cursor is: a code is no number of packs
  await page.getByLabel(t('web-counts:packs')).and(page.locator(':focus')).waitFor();
  await scan(page, pack('CB', 'S6'));
  await figure.filter({ hasText: String(packUnits) }).waitFor();
  await page.getByLabel(t('web-counts:packs')).fill('6');
  await page.getByRole('button', { name: t('web-counts:saveNext') }).click();
  await page.getByText(t('web-counts:tab.finish'), { exact: true }).click();
  await page.getByRole('combobox', { name: new RegExp(`^${t('web-counts:reason')}: .*CB$`) }).selectOption('lost');
  await isSound(page, 'ERR_INTERNET_DISCONNECTED');
  await page.getByRole('button', { name: t('web-counts:post') }).click();
  await page
    .getByRole('heading', { name: t('web-counts:state.posted') })
    .and(page.locator(':focus'))
    .waitFor();
  await isSound(page, 'ERR_INTERNET_DISCONNECTED');
  expect(await Promise.all(['CA', 'CB', 'CC'].map(onHand))).toEqual([60, 120, 20]);
  await close();
});
