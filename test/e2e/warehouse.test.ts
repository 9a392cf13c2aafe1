/** Receiving and stock in a real browser against the whole cloud. */
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { medicine } from '@darmon/i18n/words/medicine';
import { webScan } from '@darmon/i18n/words/web-scan';
import { webWarehouse } from '@darmon/i18n/words/web-warehouse';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { dataMatrixPicture, groupSeparator, scan } from '../support/scans.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({ common, medicine, 'web-scan': webScan, 'web-warehouse': webWarehouse });

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
const year = new Date().getUTCFullYear() + 2;
const withAll = (lot: string, serial: string) =>
  `01${gtin}17${String(year).slice(2)}063010${lot}${groupSeparator}21${serial}`;
/** As the national marking has it: neither lot nor expiry. */
const withoutLot = (serial: string) =>
  `01${gtin}21${serial}${groupSeparator}91ABCD${groupSeparator}92${'A'.repeat(44)}`;

interface Stock {
  readonly items: readonly {
    readonly lot: string;
    readonly onHand: number;
    readonly expiryDate: string;
    readonly state: string;
  }[];
}
const stockOf = async (lot: string) => {
  const { body } = await cloud.api<Stock>('warehouse', `GET /api/sites/WH-0001/stock?gtin=${gtin}&limit=100`);
  return body.items.find((item) => item.lot === lot);
};

test('packs scanned one after the other become lots in stock, and the same document is not received twice', async () => {
  const { page, t, close } = await open('desktop', 'uz-Latn', '/warehouse/receive');
  await page.locator('.scan-input input').and(page.locator(':focus')).waitFor();
  await isSound(page);
  await scan(page, withAll('SCAN1', 'S1'));
  await scan(page, withAll('SCAN1', 'S2'));
  await scan(page, withAll('SCAN1', 'S2'));
  await page.getByText(t('web-warehouse:sameSerial')).waitFor();
  await scan(page, withoutLot('NATIONAL00001'));
  await page.getByText(t('web-warehouse:missing', { count: 1 })).waitFor();
  await isSound(page);
  await page.getByLabel(t('web-warehouse:lot'), { exact: true }).first().fill('TYPED1');
  await page.getByLabel(t('web-warehouse:expiry')).first().fill(`06.${year}`);
  const number = `N-${Date.now()}`;
  await page.getByLabel(t('web-warehouse:supplier')).fill('Namuna Farm');
  await page.getByLabel(t('web-warehouse:documentNumber')).fill(number);
  await page.getByRole('button', { name: t('web-warehouse:post') }).click();
  await page.getByText(t('web-warehouse:received'), { exact: true }).waitFor();
  await isSound(page);
  expect(await stockOf('SCAN1')).toMatchObject({ onHand: 40, expiryDate: `${year}-06-30` });
  expect(await stockOf('TYPED1')).toMatchObject({ onHand: 20, expiryDate: `${year}-06-30` });

  await page.getByRole('link', { name: t('web-warehouse:receiveNext') }).click();
  await page.locator('.scan-input input').and(page.locator(':focus')).waitFor();
  await scan(page, withAll('SCAN1', 'S9'));
  await page.getByLabel(t('web-warehouse:supplier')).fill('Namuna Farm');
  await page.getByLabel(t('web-warehouse:documentNumber')).fill(number);
  await page.getByRole('button', { name: t('web-warehouse:post') }).click();
  await page.getByText('document-known').waitFor();
  expect(await stockOf('SCAN1')).toMatchObject({ onHand: 40 });
  await close();
});

test('a picture of a DataMatrix is read with its separators, on a phone', async () => {
  const { page, t, close } = await open('phone', 'ru', '/warehouse/receive');
  const buffer = await dataMatrixPicture(`(01)${gtin}(10)PHOTO1(17)${String(year).slice(2)}0630(21)P1`);
  await page.locator('input[type="file"]').setInputFiles({ name: 'pack.png', mimeType: 'image/png', buffer });
  await page.getByText(t('web-warehouse:postSummary', { lines: 1, packs: 1 })).waitFor();
  await page.locator('.receive-line', { hasText: 'PHOTO1' }).waitFor();
  await isSound(page);
  await close();
});

test('a prescription scanned at the door, and a pack that nobody knows, are told apart', async () => {
  const { page, t, close } = await open('desktop', 'en', '/warehouse/receive');
  await page.locator('.scan-input input').and(page.locator(':focus')).waitFor();
  await scan(page, 'RX1:6BF$XO');
  await page.getByText(t('web-scan:wanted.pack.prescription')).first().waitFor();
  await scan(page, '0109529999999993');
  await page
    .getByText(t('web-warehouse:unknownGtin', { gtin: '09529999999993' }))
    .first()
    .waitFor();
  await close();
});

test('a scanner under Caps Lock or in a Cyrillic layout is not believed, and the screen says what to do', async () => {
  for (const [screen, language] of [
    ['desktop', 'uz-Latn'],
    ['phone', 'ru'],
  ] as const) {
    const { page, t, close } = await open(screen, language, '/warehouse/receive');
    const field = page.locator('.scan-input input');
    await field.and(page.locator(':focus')).waitFor();
    await page.evaluate(() => {
      KeyboardEvent.prototype.getModifierState = (key) => key === 'CapsLock';
    });
    // a browser that was busy types too slowly for a scanner, and whoever holds one scans again
    await vi.waitFor(
      async () => {
        await field.fill('');
        await scan(page, withAll('caps', 's1'));
        await page.getByText(t('web-scan:keys.caps-lock')).waitFor({ timeout: 5_000 });
      },
      { timeout: 60_000 },
    );
    expect(await field.inputValue()).toBe('');
    await isSound(page);
    await page.evaluate(() => {
      KeyboardEvent.prototype.getModifierState = () => false;
    });
    // the key of a slash, as the Russian layout types it
    const keys = await page.context().newCDPSession(page);
    await page.keyboard.type(`01${gtin}1012`);
    for (const type of ['keyDown', 'keyUp'] as const)
      await keys.send('Input.dispatchKeyEvent', { type, key: '.', code: 'Slash', text: type === 'keyDown' ? '.' : '' });
    await page.keyboard.type('7');
    await page.keyboard.press('Enter');
    await page.getByText(t('web-scan:keys.layout')).waitFor();
    await isSound(page);
    await vi.waitFor(
      async () => {
        await field.fill('');
        await scan(page, withAll('RIGHT', 'S7'));
        await page.getByText(t('web-warehouse:postSummary', { lines: 1, packs: 1 })).waitFor({ timeout: 5_000 });
      },
      { timeout: 60_000 },
    );
    expect(await page.getByText(t('web-scan:keys.layout')).count()).toBe(0);
    await close();
  }
});

test('stock shows how long lots keep, finds as one types, and blocks a lot with a reason', async () => {
  const received = await cloud.api('warehouse', 'POST /api/sites/WH-0001/receipts', {
    body: { lines: [{ gtin, lot: 'HOLDME', expiryDate: `${year}-09-30`, packs: 3 }] },
  });
  expect(received.status).toBe(201);
  for (const [screen, language] of [
    ['desktop', 'uz-Cyrl'],
    ['phone', 'ru'],
  ] as const) {
    const { page, t, close } = await open(screen, language, '/warehouse/stock');
    await page.locator('.stock-group').first().waitFor();
    await isSound(page);
    await page.getByLabel(t('web-warehouse:filter')).fill('holdme');
    await page.getByText(t('web-warehouse:shown', { count: 1 })).waitFor();
    await page.getByText(t('web-warehouse:age.good')).waitFor();
    if (screen === 'desktop') {
      await page.getByRole('button', { name: t('web-warehouse:details') }).click();
      await page.getByRole('dialog').getByText(t('web-warehouse:kind.receipt')).waitFor();
      await isSound(page);
      await page.keyboard.press('Escape');
      await page
        .getByRole('button', { name: t('web-warehouse:state') })
        .last()
        .click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(t('web-warehouse:to.on-hold'), { exact: true }).check();
      await dialog.getByLabel(t('web-warehouse:why')).fill('karton shikastlangan');
      await isSound(page);
      await dialog.getByRole('button', { name: t('common:save') }).click();
    }
    await page.locator('.mark', { hasText: t('medicine:lot.on-hold') }).waitFor();
    await isSound(page);
    await close();
  }
  expect(await stockOf('HOLDME')).toMatchObject({ onHand: 60, state: 'on-hold' });
});
