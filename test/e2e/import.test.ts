/** Files that people bring, in a real browser against the whole cloud: an opening balance and sites. */
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { sheet } from '@darmon/i18n/words/sheet';
import { webImport } from '@darmon/i18n/words/web-import';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isSound, openAs } from '../support/screens.ts';
import { type WrittenCell, writtenWorkbook } from '../support/workbook.ts';

const words = translatorOf({ common, sheet, 'web-import': webImport });

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

const choose = (page: Page, name: string, buffer: Buffer) =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });

const gtin = '09521020199020';
const year = new Date().getUTCFullYear() + 2;
const heading = ['GTIN', 'Серия', 'Годен до', 'Упаковок', 'Цена упаковки, сум'];

test('an opening balance is mended by what the preview says, sent, posted once, and is in stock', async () => {
  const { page, t, close } = await open('phone', 'ru', '/warehouse/opening', 'warehouse');
  await page.getByRole('button', { name: t('web-import:choose') }).waitFor();
  await isSound(page);

  const wrong: WrittenCell[][] = [
    heading,
    [9521020199020, 'OPEN1', { day: `${year}-06-30` }, { formula: 'D3*2', result: 4 }, '12 500,50'],
    [gtin, 'OPEN2', '30.06.28', 2, 100],
    [gtin, 'OPEN3', `06.${year}`, 3, 100],
  ];
  await choose(page, 'qoldiq.xlsx', writtenWorkbook(wrong));
  await page.getByText(t('web-import:wrong', { count: 2 })).waitFor();
  await page.getByText(t('sheet:problem.formula')).waitFor();
  await page.getByText('(D2)').waitFor();
  await page.getByText(t('sheet:problem.date-unclear')).waitFor();
  await isSound(page);
  expect(await page.getByRole('button', { name: t('web-import:send') }).count()).toBe(0);

  const [first, ...rest] = wrong.slice(1) as [WrittenCell[], ...WrittenCell[][]];
  const mended = [
    heading,
    [...first.slice(0, 3), 4, first[4] as WrittenCell],
    ...rest.map((cells) => cells.with(2, `06.${year}`)),
  ];
  await choose(page, 'qoldiq.xlsx', writtenWorkbook(mended));
  await page.getByText(t('web-import:sound', { count: 3 })).waitFor();
  await page.getByRole('button', { name: t('web-import:send') }).click();
  await page.getByText(t('web-import:ready')).waitFor();
  await page.getByRole('heading', { name: 'qoldiq.xlsx' }).and(page.locator(':focus')).waitFor();

  // what was sent is not lost with the page
  await page.reload();
  await page.getByText(t('web-import:ready')).waitFor();
  await isSound(page);
  await page.getByRole('button', { name: t('web-import:post', { count: 3 }) }).click();
  await page
    .getByRole('heading', { name: t('web-import:done') })
    .and(page.locator(':focus'))
    .waitFor();
  await isSound(page);
  const { body } = await cloud.api<{
    items: { lot: string; onHand: number; expiryDate: string; packPrice?: number }[];
  }>('warehouse', `GET /api/sites/WH-0001/stock?gtin=${gtin}&limit=100`);
  expect(
    body.items.filter(({ lot }) => lot.startsWith('OPEN')).map((i) => [i.lot, i.onHand, i.expiryDate, i.packPrice]),
  ).toEqual([
    ['OPEN1', 80, `${year}-06-30`, 1_250_050],
    ['OPEN2', 40, `${year}-06-30`, 10_000],
    ['OPEN3', 60, `${year}-06-30`, 10_000],
  ]);

  // the same file again is refused by the books, row by row
  await page.getByRole('button', { name: t('web-import:another') }).click();
  await choose(page, 'qoldiq.xlsx', writtenWorkbook(mended));
  await page.getByRole('button', { name: t('web-import:send') }).click();
  await page.getByText(t('web-import:problem.lot-known-here')).first().waitFor();
  expect(await page.getByRole('button', { name: t('web-import:post', { count: 3 }) }).count()).toBe(0);
  await close();
});

test('a file that is no sheet says what to do, and columns that nobody could know are chosen by hand', async () => {
  const { page, t, close } = await open('desktop', 'uz-Latn', '/warehouse/opening', 'warehouse');
  await page.getByRole('button', { name: t('web-import:choose') }).waitFor();
  await choose(page, 'eski.xls', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2_000)]));
  await page.getByText(t('sheet:refused.old-format')).waitFor();
  await choose(page, 'katta.xlsx', Buffer.alloc(21_000_000));
  await page.getByText(t('sheet:refused.too-large', { size: 21, most: 20 })).waitFor();

  const text = `x1;x2;x3;x4\r\n${gtin};HAND1;30.06.${year};40\r\n`;
  await choose(page, 'qoldiq.csv', Buffer.from(text));
  await page.getByText(t('web-import:columnMissing', { names: t('sheet:field.lot') })).waitFor();
  await page.getByLabel(t('sheet:field.lot'), { exact: true }).selectOption({ label: 'B · x2' });
  await page.getByLabel(t('sheet:field.quantity'), { exact: true }).selectOption({ label: 'D · x4' });
  await page.getByText(t('web-import:sound', { count: 1 })).waitFor();
  await isSound(page);
  await close();
});

test('sites from a file are added together, and their codes are not taken twice', async () => {
  const { page, t, close } = await open('phone', 'uz-Cyrl', '/admin/sites/import', 'admin');
  await page.getByRole('button', { name: t('web-import:choose') }).waitFor();
  const rows = [
    ['Муассаса коди', 'Тури', 'Номи', 'Ҳудуд', 'Лицензия рақами', 'Лицензия бошланиши', 'Лицензия тугаши'],
    ['PH-7001', 'Дорихона', 'Namuna dorixona', 'Самарқанд вилояти', 'L-7001', '01.01.2026', `31.12.${year}`],
    ['WH-7001', 'Омбор', 'Namuna ombor', 'UZ-TK', '', '', ''],
  ];
  await choose(page, 'muassasalar.xlsx', writtenWorkbook(rows));
  await page.getByText(t('web-import:sound', { count: 2 })).waitFor();
  await isSound(page);
  await page.getByRole('button', { name: t('web-import:addSites', { count: 2 }) }).click();
  await page
    .getByText(t('web-import:sitesAdded', { count: 2 }))
    .first()
    .waitFor();
  await isSound(page);
  await page.reload();
  await choose(page, 'muassasalar.xlsx', writtenWorkbook(rows));
  await page.getByText(t('web-import:siteKnown')).first().waitFor();
  await close();
});
