/** Acts of write-off in a real browser: drawn up on a phone, signed at a desk, printed. */
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { webPhotos } from '@darmon/i18n/words/web-photos';
import { webScan } from '@darmon/i18n/words/web-scan';
import { webShared } from '@darmon/i18n/words/web-shared';
import { webTransfers } from '@darmon/i18n/words/web-transfers';
import { webWriteOffs } from '@darmon/i18n/words/web-write-offs';
import { writeOff } from '@darmon/i18n/words/write-off';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { dataMatrixPicture, groupSeparator, scan } from '../support/scans.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({
  common,
  'web-photos': webPhotos,
  'web-scan': webScan,
  'web-shared': webShared,
  'web-transfers': webTransfers,
  'web-write-offs': webWriteOffs,
  'write-off': writeOff,
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

const gtin = '09521020199020';
const year = new Date().getUTCFullYear() + 2;
interface Stock {
  readonly items: readonly { readonly lot: string; readonly onHand: number; readonly held: number }[];
}
const shelf = async (lot: string) => {
  const { body } = await cloud.api<Stock>('warehouse', `GET /api/sites/WH-0001/stock?gtin=${gtin}&limit=100`);
  const { onHand = 0, held = 0 } = body.items.find((item) => item.lot === lot) ?? {};
  return [onHand, held];
};
const receive = async (lot: string) => {
  const { status } = await cloud.api('warehouse', 'POST /api/sites/WH-0001/receipts', {
    body: { lines: [{ gtin, lot, expiryDate: `${year}-09-30`, packs: 3, packPrice: 4_500_000 }] },
  });
  expect(status).toBe(201);
};

test('an act is drawn up by scan on a phone with a photo, held at once, signed by another and printed', async () => {
  await receive('CRUSHED');
  const phone = await open('phone', 'uz-Latn', '/write-offs/new', 'warehouse');
  const { page, t } = phone;
  await page.getByRole('button', { name: t('write-off:reason.lost'), exact: true }).click();
  await page.locator('.scan-input input').focus();
  await scan(page, `01${gtin}17${String(year).slice(2)}093010NOWHERE${groupSeparator}21S0`);
  await page.locator('.said-wrong').waitFor();
  await scan(page, `01${gtin}17${String(year).slice(2)}093010CRUSHED${groupSeparator}21S1`);
  await scan(page, `01${gtin}17${String(year).slice(2)}093010CRUSHED${groupSeparator}21S2`);
  const reason = page.getByLabel(t('write-off:reason'), { exact: true });
  expect(await reason.inputValue()).toBe('lost');
  await reason.selectOption('other');
  await page.getByText(t('web-write-offs:noteNeeded')).waitFor();
  const send = page.getByRole('button', { name: t('web-write-offs:send') });
  expect(await send.isEnabled()).toBe(false);
  await isSound(page);
  await page.getByLabel(t('write-off:note'), { exact: true }).fill('yuk tushib ketgan');
  const picture = await dataMatrixPicture(`(01)${gtin}(10)CRUSHED`);
  const file = { name: 'pack.png', mimeType: 'image/png', buffer: picture };
  await page.locator('#proof').locator('xpath=..').locator('input[type="file"]').last().setInputFiles(file);
  await page.getByRole('button', { name: t('web-photos:photo', { n: 1 }), exact: true }).waitFor();
  await isSound(page);
  await send.click();
  await page.getByText(t('web-write-offs:sent')).waitFor();
  await page.getByText(t('web-write-offs:ownAct')).waitFor();
  expect(await page.getByRole('button', { name: t('web-write-offs:sign'), exact: true }).count()).toBe(0);
  await isSound(page);
  expect(await shelf('CRUSHED')).toEqual([60, 40]);
  const number = new URL(page.url()).pathname.slice(-8);

  const desk = await open('desktop', 'ru', '/write-offs', 'approver');
  const said = desk.t;
  await desk.page.locator('.asked-count').first().waitFor();
  await isSound(desk.page);
  await desk.page
    .getByRole('link', { name: said('web-write-offs:no', { number }) })
    .first()
    .click();
  await desk.page.getByRole('button', { name: said('web-photos:photo', { n: 1 }) }).click();
  await desk.page.locator('.photo-large').waitFor();
  await isSound(desk.page);
  await desk.page.keyboard.press('Escape');
  await desk.page.getByRole('button', { name: said('web-write-offs:sign'), exact: true }).click();
  await isSound(desk.page);
  await desk.page
    .getByRole('dialog')
    .getByRole('button', { name: said('web-write-offs:sign') })
    .click();
  await desk.page.getByText(said('web-write-offs:signedLast')).waitFor();
  expect(await shelf('CRUSHED')).toEqual([20, 0]);
  const [paper] = await Promise.all([
    desk.page.waitForEvent('download'),
    desk.page.getByRole('button', { name: said('web-write-offs:downloadAct') }).click(),
  ]);
  expect(paper.suggestedFilename()).toBe(`${said('web-write-offs:file-name')}-${number}.pdf`);
  await isSound(desk.page);
  await desk.close();
  await phone.close();
});

test('what has expired becomes an act with one press, which a colleague refuses on a phone and so frees it', async () => {
  const author = await open('phone', 'ru', '/write-offs', 'pharmacist');
  await author.page.getByRole('link', { name: author.t('web-write-offs:expiredAct') }).click();
  await author.page.locator('.act-lines > li').first().waitFor();
  await isSound(author.page);
  await author.page.getByRole('button', { name: author.t('web-write-offs:send') }).click();
  await author.page.getByText(author.t('web-write-offs:sent')).waitFor();
  const number = new URL(author.page.url()).pathname.slice(-8);
  await author.close();

  const { page, t, close } = await open('phone', 'uz-Cyrl', '/write-offs', 'pharmacist3');
  await isSound(page);
  await page
    .getByRole('link', { name: t('web-write-offs:no', { number }) })
    .first()
    .click();
  await page.getByRole('button', { name: t('web-write-offs:refuse'), exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('web-write-offs:why')).fill('avval sanab chiqamiz');
  await isSound(page);
  await dialog.getByRole('button', { name: t('web-write-offs:refuse'), exact: true }).click();
  await page.getByText(t('web-write-offs:refused')).waitFor();
  await page.locator('.mark', { hasText: t('write-off:state.refused') }).waitFor();
  await isSound(page);
  const { body } = await cloud.api<{ items: unknown[] }>('pharmacist', 'GET /api/sites/PH-0001/write-offs/proposals');
  expect(body.items).not.toEqual([]);
  await close();
});

/** Three packs on their way from the store to a pharmacy, as the programs of both ends would send them. */
const shipped = async (lot: string): Promise<string> => {
  await receive(lot);
  const asked = await cloud.api<{ id: string }>('warehouse', 'POST /api/transfers', {
    body: { from: 'WH-0001', to: 'PH-0001', lines: [{ gtin, packs: 3 }] },
  });
  const { id } = asked.body;
  const picked = await cloud.api('warehouse', `POST /api/transfers/${id}/picks`, {
    body: { picks: [{ line: 1, gtin, lot, quantity: 60 }], reason: 'this lot' },
  });
  const sent = await cloud.api('warehouse', `POST /api/transfers/${id}/ship`, { body: {} });
  expect([asked.status, picked.status, sent.status]).toEqual([201, 200, 200]);
  return id;
};

test('what was lost on the way is written off from its transfer, over a reload, and closes it when another signs', async () => {
  const id = await shipped('ONWAY');
  const phone = await open('phone', 'uz-Latn', `/transfers/${id}`, 'warehouse');
  const { page, t } = phone;
  await page.getByRole('link', { name: t('web-transfers:writeOff') }).click();
  const units = page.getByLabel(t('web-write-offs:units'), { exact: true });
  expect(await units.inputValue()).toBe('60');
  expect(await page.getByLabel(t('write-off:reason'), { exact: true }).inputValue()).toBe('lost-in-transit');
  await page
    .getByLabel(`${t('write-off:note')} (${t('common:optional')})`)
    .last()
    .fill('mashina yonib ketgan');
  await isSound(page);
  await page.reload();
  await page.getByText(t('web-write-offs:kept')).waitFor();
  const note = page.getByLabel(`${t('write-off:note')} (${t('common:optional')})`).last();
  expect(await note.inputValue()).toBe('mashina yonib ketgan');
  await isSound(page);
  await page.getByRole('button', { name: t('web-write-offs:send') }).click();
  await page.getByText(t('web-write-offs:sent')).waitFor();
  await isSound(page);
  const number = new URL(page.url()).pathname.slice(-8);
  await page.goto(`/transfers/${id}`);
  await page.getByText(t('web-transfers:inAct')).waitFor();
  await isSound(page);

  const desk = await open('desktop', 'ru', `/transfers/${id}`, 'approver');
  const said = desk.t;
  await desk.page.getByRole('link', { name: said('write-off:numbered', { number }) }).click();
  await desk.page.getByRole('button', { name: said('web-write-offs:sign'), exact: true }).click();
  const dialog = desk.page.getByRole('dialog');
  await dialog.getByRole('button', { name: said('web-write-offs:sign') }).click();
  await desk.page.getByText(said('web-write-offs:signedLast')).waitFor();
  await isSound(desk.page);
  await desk.page.goto(`/transfers/${id}`);
  await desk.page.getByText(said('web-transfers:state.written-off')).first().waitFor();
  await desk.page
    .getByRole('term')
    .filter({ hasText: said('web-transfers:writtenOff') })
    .waitFor();
  await isSound(desk.page);
  await desk.close();
  // the act that was sent is no draft any more
  await page.goto('/write-offs/new');
  await page.getByText(t('web-write-offs:nothingAdded')).waitFor();
  await phone.close();
});
