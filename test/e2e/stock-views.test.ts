/** Stock on any day, the proof of a balance, alerts and temperatures in a real browser, on a phone. */
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { medicine } from '@darmon/i18n/words/medicine';
import { webApprovals } from '@darmon/i18n/words/web-approvals';
import { webStockViews } from '@darmon/i18n/words/web-stock-views';
import { webWarehouse } from '@darmon/i18n/words/web-warehouse';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({
  common,
  medicine,
  'web-approvals': webApprovals,
  'web-stock-views': webStockViews,
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

const open = (language: Language, path: string, person: string) =>
  openAs(browser, cloud.url, words, { screen: 'phone', language, person, path });

const lot = { gtin: '09521020199020', lot: 'MISTAKE1' };
const receive = async () => {
  const body = { lines: [{ ...lot, expiryDate: '2030-06-30', packs: 3 }] };
  expect((await cloud.api('warehouse', 'POST /api/sites/WH-0001/receipts', { body })).status).toBe(201);
};

test('a receipt entered by mistake is proved, taken back with a reason, and both entries stay to be read', async () => {
  await receive();
  const { page, t, close } = await open('uz-Latn', '/warehouse/stock', 'warehouse');
  // a warehouse's shelves come page after page
  await page.locator('.stock-group').first().waitFor({ timeout: 120_000 });
  await page.getByLabel(t('web-warehouse:filter')).fill(lot.lot);
  const row = page.locator('.stock-lots > li', { hasText: lot.lot });
  await row.waitFor();
  await isSound(page);
  await row.getByRole('button', { name: t('web-warehouse:details') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(t('web-stock-views:proof'), { exact: true }).click();
  await dialog.getByText(t('web-stock-views:addsUp')).waitFor();
  await isSound(page);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: t('web-stock-views:toCsv') }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^WH-0001-.*\.csv$/);

  await dialog.getByText(t('web-stock-views:movements'), { exact: true }).click();
  await dialog.getByRole('button', { name: t('web-stock-views:reverse') }).click();
  await dialog.getByLabel(t('web-warehouse:why')).fill('ikki marta kiritilgan');
  await isSound(page);
  await dialog.getByRole('button', { name: t('web-stock-views:reverse') }).click();
  // nothing of the lot is left, so its row goes, and the page says what was done
  await page.locator('.said-note').waitFor();
  await isSound(page);
  const { body } = await cloud.api<{ items: { id: string; kind: string; reverses?: string }[] }>(
    'auditor',
    `GET /api/sites/WH-0001/movements?${new URLSearchParams(lot)}`,
  );
  expect(body.items.map(({ kind, reverses }) => [kind, reverses])).toEqual([
    ['receipt', undefined],
    ['reversal', body.items[0]?.id],
  ]);
  await close();
});

test('what a colleague entered is taken back before that colleague, who sees it on a phone of their own', async () => {
  const body = { lines: [{ ...lot, lot: 'MISTAKE2', expiryDate: '2030-06-30', packs: 2 }] };
  expect((await cloud.api('warehouse2', 'POST /api/sites/WH-0001/receipts', { body })).status).toBe(201);
  const { page, t, close } = await open('ru', '/warehouse/stock', 'warehouse');
  await page.locator('.stock-group').first().waitFor({ timeout: 120_000 });
  await page.getByLabel(t('web-warehouse:filter')).fill('MISTAKE2');
  const row = page.locator('.stock-lots > li', { hasText: 'MISTAKE2' });
  await row.getByRole('button', { name: t('web-warehouse:details') }).click();
  const dialog = page.getByRole('dialog');
  // by the name, not by what somebody signs in with
  const { body: entered } = await cloud.api<{ name: string }>('admin', 'GET /api/people/warehouse2');
  await dialog.getByRole('cell', { name: entered.name }).waitFor();
  await dialog.getByRole('button', { name: t('web-stock-views:reverse') }).click();
  await dialog.getByText(t('web-approvals:back.neededText')).waitFor();
  const take = dialog.getByRole('button', { name: t('web-stock-views:reverse') });
  await dialog.getByLabel(t('web-warehouse:why')).fill('чужая поставка');
  expect(await take.isDisabled()).toBe(true);
  await isSound(page);
  await dialog.getByRole('button', { name: t('web-approvals:ask') }).click();
  await dialog.locator('.compare-code').waitFor();
  await isSound(page);

  const witness = await open('ru', '/witness', 'warehouse2');
  const code = (await dialog.locator('.compare-code').textContent()) ?? 'none';
  const card = witness.page.getByRole('region').filter({ hasText: code });
  await card.getByText('чужая поставка', { exact: false }).waitFor();
  await card.getByText('MISTAKE2', { exact: false }).waitFor();
  await isSound(witness.page);
  await card.getByRole('button', { name: t('web-approvals:confirm') }).click();
  await witness.page.getByText(t('web-approvals:back.confirmed')).waitFor();

  await dialog.getByText(t('web-approvals:approved')).waitFor();
  await isSound(page);
  await take.click();
  await page.getByText(t('web-stock-views:reversed', { units: '−40' }), { exact: false }).waitFor();
  const query = new URLSearchParams({ ...lot, lot: 'MISTAKE2' });
  const moved = await cloud.api<{ items: { kind: string; person: string }[] }>(
    'auditor',
    `GET /api/sites/WH-0001/movements?${query}`,
  );
  expect(moved.body.items.map(({ kind, person }) => [kind, person])).toEqual([
    ['receipt', 'warehouse2'],
    ['reversal', 'warehouse'],
  ]);
  await Promise.all([close(), witness.close()]);
});

test('stock is shown as it lay at the end of a day, and how a medicine went over the days', async () => {
  const { page, t, close } = await open('ru', '/warehouse/stock', 'pharmacist');
  await page.locator('.stock-group').first().waitFor({ timeout: 120_000 });
  await page
    .locator('.stock-group')
    .first()
    .getByRole('button', { name: t('web-stock-views:history') })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('.line-chart svg').first().waitFor();
  await isSound(page);
  await page.keyboard.press('Escape');
  await page.getByLabel(t('web-stock-views:asOf')).fill('01.01.2020');
  await page.getByText(t('web-warehouse:noStock')).waitFor();
  await isSound(page);
  await close();
});

test('a fridge that is too warm asks what was done, and then stands among the alerts', async () => {
  const { page, t, close } = await open('en', '/warehouse/temperatures', 'pharmacist');
  await page.getByLabel(t('web-stock-views:celsius')).and(page.locator(':focus')).waitFor();
  await isSound(page);
  await page.getByLabel(t('web-stock-views:celsius')).fill('9.5');
  const done = page.getByLabel(t('web-stock-views:done'));
  await done.waitFor();
  const write = page.getByRole('button', { name: t('web-stock-views:record') });
  expect(await write.isDisabled()).toBe(true);
  await done.fill('moved to the other fridge');
  await write.click();
  await page.getByText(t('web-stock-views:outside'), { exact: true }).waitFor();
  await isSound(page);
  await page.goto(new URL('/warehouse/alerts', cloud.url).href);
  await page.locator('#alerts-temperature').waitFor();
  await page.getByText('moved to the other fridge').waitFor();
  await isSound(page);
  await close();
});

test('those who look at all sites see every region, and look through them again', async () => {
  const { page, t, close } = await open('uz-Cyrl', '/warehouse/overview', 'chief');
  await page.getByRole('button', { name: t('web-stock-views:refresh') }).click();
  await page.locator('#overview-country').waitFor();
  await isSound(page);
  await close();
});
