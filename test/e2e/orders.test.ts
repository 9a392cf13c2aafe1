/** Orders in a real browser: quotes compared, an order drawn up and sent, taken in from a phone in one tap, and matched. */
import { readFileSync } from 'node:fs';
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { purchaseOrder } from '@darmon/i18n/words/purchase-order';
import { webImport } from '@darmon/i18n/words/web-import';
import { webOrders } from '@darmon/i18n/words/web-orders';
import { webReceiving } from '@darmon/i18n/words/web-receiving';
import { webScan } from '@darmon/i18n/words/web-scan';
import { webWarehouse } from '@darmon/i18n/words/web-warehouse';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { scan } from '../support/scans.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({
  common,
  'purchase-order': purchaseOrder,
  'web-import': webImport,
  'web-orders': webOrders,
  'web-receiving': webReceiving,
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

const open = (screen: Screen, language: Language, path: string, person: string) =>
  openAs(browser, cloud.url, words, { screen, language, person, path });

interface Order {
  readonly id: string;
  readonly state: string;
  readonly lines: readonly { readonly gtin: string; readonly packs: number; readonly packUnits: number }[];
}
const year = new Date().getUTCFullYear() + 2;

test('a planner compares quotes and draws an order up, a keeper takes it in from a phone, and the papers are matched', async () => {
  const desk = await open('desktop', 'en', '/suppliers/quotes', 'planner');
  const { page, t } = desk;
  const search = page.getByRole('combobox', { name: t('web-orders:findPack') });
  await search.fill('paracetamol');
  await page.locator('.found [role=option]').first().waitFor();
  await search.press('Enter');
  await page.locator('.mark', { hasText: t('web-orders:reason.chosen') }).waitFor();
  await isSound(page);

  await page.goto('/orders/new');
  await page.getByRole('combobox', { name: t('web-orders:findPack') }).fill('paracetamol');
  await page.locator('.found [role=option]').first().waitFor();
  await page.getByRole('combobox', { name: t('web-orders:findPack') }).press('Enter');
  await page.locator('.order-line input').first().fill('3');
  await isSound(page);
  await page.getByRole('button', { name: t('web-orders:open') }).click();
  await page.waitForURL(/\/orders\/0/);
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await page.getByRole('button', { name: t('web-orders:send'), exact: true }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('web-orders:send'), exact: true })
    .click();
  await page
    .locator('.mark', { hasText: t('purchase-order:state.sent') })
    .first()
    .waitFor();
  await isSound(page);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: t('web-orders:ubl') }).click();
  const file = await (await download).path();
  expect(readFileSync(file, 'utf8')).toContain(`<cbc:UUID>${id}</cbc:UUID>`);

  const { body: order } = await cloud.api<Order>('planner', `GET /api/orders/${id}`);
  const [line] = order.lines;
  const phone = await open('phone', 'ru', `/orders/${id}`, 'warehouse');
  await isSound(phone.page);
  await phone.page
    .getByRole('link', { name: phone.t('web-orders:receive') })
    .last()
    .click();
  await phone.page.getByText(phone.t('web-receiving:stillToCome')).waitFor();
  await isSound(phone.page);
  for (let n = 0; n < (line?.packs ?? 0); n += 1)
    await scan(phone.page, `01${line?.gtin}17${String(year).slice(2)}093010ORDER1`);
  await phone.page.locator('button.act-main', { hasText: phone.t('web-warehouse:post') }).click();
  await phone.page.waitForURL(/\/warehouse\/receipts\/0/);
  await phone.close();

  const { body: after } = await cloud.api<Order>('planner', `GET /api/orders/${id}`);
  expect(after.state).toBe('received');
  await page.reload();
  await page.getByRole('button', { name: t('web-orders:enterInvoice') }).click();
  await page.getByRole('textbox', { name: t('web-orders:invoiceNumber') }).fill('F-1');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('common:save') })
    .click();
  await page.locator('.mark', { hasText: t('web-orders:matchAgrees') }).waitFor();
  await isSound(page);

  const dialog = page.getByRole('dialog');
  const mark = (state: 'paid' | 'entered' | 'corrected' | 'cancelled') =>
    page.locator('.mark', { hasText: t(`web-orders:invoice.state.${state}`) });
  await page.getByRole('button', { name: t('web-orders:invoice.pay') }).click();
  await isSound(page);
  await dialog.getByRole('button', { name: t('web-orders:invoice.pay') }).click();
  await mark('paid').waitFor();
  await page.getByRole('button', { name: t('web-orders:invoice.reverse') }).click();
  await dialog.getByRole('textbox', { name: t('web-orders:reason') }).fill('the wrong invoice was marked');
  await dialog.getByRole('button', { name: t('web-orders:invoice.reverse') }).click();
  await mark('entered').waitFor();
  await page.getByRole('button', { name: t('web-orders:invoice.correct'), exact: true }).click();
  await dialog.getByRole('textbox', { name: t('web-orders:invoiceNumber') }).fill('F-2');
  await dialog.getByRole('textbox', { name: t('web-orders:reason') }).fill('a mistyped number');
  await isSound(page);
  await dialog.getByRole('button', { name: t('common:save') }).click();
  await mark('corrected').waitFor();
  await page.locator('.mark', { hasText: t('web-orders:matchAgrees') }).waitFor();
  await page.getByRole('button', { name: t('web-orders:invoice.cancel'), exact: true }).click();
  await dialog.getByRole('textbox', { name: t('web-orders:reason') }).fill('entered for another order');
  await dialog.getByRole('button', { name: t('web-orders:invoice.cancel'), exact: true }).click();
  await mark('cancelled').waitFor();
  await page.getByText(t('web-orders:matchNone')).waitFor();
  await isSound(page);
  await desk.close();
});

test('a planner whose order costs too much asks for an approval of that value, and takes a list of prices from a file', async () => {
  const { body: known } = await cloud.api<{ prices: { gtin: string }[] }>('planner', 'GET /api/suppliers/SU-0001');
  const gtin = known.prices[0]?.gtin ?? '';
  const created = await cloud.api<{ id: string }>('pharmacist', 'POST /api/requisitions', {
    body: {
      site: 'PH-0001',
      kind: 'emergency',
      reason: 'as the test asks',
      lines: [{ gtin, packs: 3, packPrice: 1, why: 'as the test asks' }],
    },
  });
  const { id } = created.body;
  await cloud.api('approver', `POST /api/requisitions/${id}/approve`, { body: { version: 1 } });
  const { page, t, close } = await open('desktop', 'en', '/orders/new', 'planner');
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: t('web-orders:open') }).click();
  const raise = page.getByRole('button', { name: t('web-orders:raise') });
  await raise.waitFor();
  await page.getByRole('textbox', { name: t('web-orders:reason') }).fill('the price has risen');
  await isSound(page, '409');
  await raise.click();
  await page.getByText(t('web-orders:raised')).waitFor();
  const { body: after } = await cloud.api<{ state: string; raised: number }>('planner', `GET /api/requisitions/${id}`);
  expect([after.state, after.raised > 3]).toEqual(['authorised', true]);
  await close();

  const phone = await open('phone', 'ru', '/suppliers/SU-0001/prices', 'planner');
  const list = ['GTIN;Цена упаковки;Срок поставки', `${gtin};12 500,50;4`].join('\r\n');
  const file = { name: 'prices.csv', mimeType: 'text/csv', buffer: Buffer.from(list) };
  await phone.page.locator('input[type="file"]').setInputFiles(file);
  const save = phone.page.getByRole('button', { name: phone.t('web-import:savePrices', { count: 1 }) });
  await save.waitFor();
  await isSound(phone.page);
  await save.click();
  await phone.page.getByText(phone.t('web-import:pricesSaved', { count: 1 })).waitFor();
  await isSound(phone.page);
  await phone.close();
  const { body: now } = await cloud.api<{ prices: { gtin: string; packPrice: number }[] }>(
    'planner',
    'GET /api/suppliers/SU-0001',
  );
  expect(now.prices.filter((p) => p.gtin === gtin).map((p) => p.packPrice)).toContain(1_250_050);
});

test('a supplier and its price are entered by hand, and every screen is sound on a phone in Cyrillic', async () => {
  const { page, t, close } = await open('phone', 'uz-Cyrl', '/suppliers', 'planner');
  await isSound(page);
  await page.getByRole('button', { name: t('web-orders:newSupplier') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: t('web-orders:supplierId'), exact: true }).fill('su-0777');
  await dialog.getByRole('textbox', { name: t('web-orders:name'), exact: true }).fill('Sinov');
  await isSound(page);
  await dialog.getByRole('button', { name: t('common:save') }).click();
  await page.getByRole('link', { name: 'Sinov', exact: true }).click();
  await page.getByText(t('web-orders:noPrices')).waitFor();
  await isSound(page);
  await page.goto('/orders');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await isSound(page);
  await close();
});
