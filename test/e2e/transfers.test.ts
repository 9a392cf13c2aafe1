/** A transfer in a real browser: asked for at a pharmacy, picked on a phone in the store, taken in with what is missing. */
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { webScan } from '@darmon/i18n/words/web-scan';
import { webTransfers } from '@darmon/i18n/words/web-transfers';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { groupSeparator, scan } from '../support/scans.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({ common, 'web-scan': webScan, 'web-transfers': webTransfers });

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

// The demo country: amoxicillin in packs of 16, and a lot of its own that expires before all others.
const medicine = 'AMOX500CAP';
const gtin = '09521020199013';
const soon = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
const later = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
const packOf = (lot: string, expiryDate: string, serial: string) =>
  `01${gtin}17${expiryDate.slice(2).replaceAll('-', '')}10${lot}${groupSeparator}21${serial}`;
const onHand = async (site: string, lot: string) => {
  const { body } = await cloud.api<{ items: { lot: string; onHand: number; held: number }[] }>(
    'auditor',
    `GET /api/sites/${site}/stock?gtin=${gtin}&limit=100`,
  );
  const { onHand: there = 0, held = 0 } = body.items.find((item) => item.lot === lot) ?? {};
  return [there, held];
};

test('a pharmacy asks, the store agrees and picks by scan on a phone, and what is missing stays on its way', async () => {
  const { status } = await cloud.api('warehouse', 'POST /api/sites/WH-0001/receipts', {
    body: {
      lines: [
        { gtin, lot: 'FIRST', expiryDate: soon, packs: 3, zone: 'B', shelf: '3-2' },
        { gtin, lot: 'SECOND', expiryDate: later, packs: 3, zone: 'A', shelf: '1' },
      ],
    },
  });
  expect(status).toBe(201);

  const counter = await open('phone', 'uz-Latn', '/transfers', 'pharmacist');
  await isSound(counter.page);
  await counter.page.goto(`/transfers/new?medicine=${medicine}`);
  await counter.page.getByLabel(counter.t('web-transfers:whichFrom')).selectOption('WH-0001');
  await counter.page.locator('.transfer-line input').first().fill('3');
  await isSound(counter.page);
  await counter.page.getByRole('button', { name: counter.t('web-transfers:sendRequest') }).click();
  await counter.page.getByText(counter.t('web-transfers:state.requested')).first().waitFor();
  const [, id = ''] = /\/transfers\/(\w{26})$/.exec(counter.page.url()) ?? [];
  await isSound(counter.page);

  const store = await open('phone', 'ru', '/transfers', 'warehouse');
  const { page, t } = store;
  await page.getByText(t('web-transfers:yourTurn')).first().waitFor();
  await isSound(page, '422');
  await page.goto(`/transfers/${id}`);
  const approve = page.getByRole('button', { name: t('web-transfers:approve'), exact: true });
  await approve.waitFor();
  await isSound(page, '422');
  await approve.click();
  await page.getByRole('link', { name: t('web-transfers:pick'), exact: true }).click();

  await page
    .getByText(t('web-transfers:place', { zone: 'B', shelf: '3-2' }))
    .first()
    .waitFor();
  await isSound(page, '422');
  await page.locator('.scan-input input').focus();
  await scan(page, packOf('SECOND', later, 'E1'));
  const dialog = page.getByRole('dialog');
  await dialog.getByText(t('web-transfers:reasonTitle')).waitFor();
  await isSound(page, '422');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await page.locator('.scan-input input').focus();
  await scan(page, packOf('FIRST', soon, 'E2'));
  await page.locator('.said-note').waitFor();
  expect(await onHand('WH-0001', 'FIRST')).toEqual([48, 16]);
  await page.locator('.pick-next button').first().click();
  await page.getByText(t('web-transfers:pickDone')).waitFor();
  expect(await onHand('WH-0001', 'FIRST')).toEqual([48, 48]);
  await isSound(page, '422');

  await page.getByRole('link', { name: t('web-transfers:shipTitle'), exact: true }).click();
  await page.getByLabel(t('web-transfers:sscc')).fill('095210201234567892');
  await isSound(page, '422');
  await page.getByRole('button', { name: t('web-transfers:ship'), exact: true }).click();
  // the slip is offered while the goods are still being picked too: only the date of shipping says that they went
  await page.getByText(t('web-transfers:shippedAt')).waitFor();
  expect([await onHand('WH-0001', 'FIRST'), await onHand('PH-0001', 'FIRST')]).toEqual([
    [0, 0],
    [0, 0],
  ]);
  await page.getByRole('link', { name: t('web-transfers:slip') }).click();
  await page.getByRole('img', { name: /095210201234567892/ }).waitFor();
  await isSound(page, '422');
  await store.close();

  await counter.page.goto('/transfers');
  // what is on its way has to be listed before it can be found by its label
  await counter.page.waitForLoadState('networkidle');
  await counter.page.locator('.scan-input input').fill('00095210201234567892');
  await counter.page.keyboard.press('Enter');
  await counter.page.getByRole('link', { name: counter.t('web-transfers:receive'), exact: true }).click();
  await counter.page.locator('.scan-input input').focus();
  await scan(counter.page, packOf('FIRST', soon, 'E2'));
  await counter.page.locator('.said-note').waitFor();
  await scan(counter.page, packOf('FIRST', soon, 'E3'));
  await counter.page
    .getByText(counter.t('web-transfers:diff.short', { units: '' }).slice(0, 3))
    .first()
    .waitFor();
  await counter.page.reload();
  await counter.page.getByText(counter.t('web-transfers:kept')).waitFor();
  await isSound(counter.page);
  await counter.page.getByRole('button', { name: counter.t('web-transfers:takeIn'), exact: true }).click();
  await counter.page.getByText(counter.t('web-transfers:state.short')).first().waitFor();
  await counter.page.getByText(counter.t('web-transfers:stillOnWay', { units: 16 })).waitFor();
  expect(await onHand('PH-0001', 'FIRST')).toEqual([32, 0]);
  await isSound(counter.page);
  await counter.close();

  const desk = await open('desktop', 'en', `/transfers/${id}`, 'warehouse');
  await desk.page.getByRole('button', { name: desk.t('web-transfers:takeBack'), exact: true }).click();
  const back = desk.page.getByRole('dialog');
  await back.getByLabel(desk.t('web-transfers:reason')).fill('left on the ramp');
  await isSound(desk.page);
  await back.getByRole('button', { name: desk.t('web-transfers:takeBack'), exact: true }).click();
  await desk.page.getByText(desk.t('web-transfers:arrival.return')).waitFor();
  expect(await onHand('WH-0001', 'FIRST')).toEqual([16, 0]);
  await isSound(desk.page);
  await desk.close();
});
