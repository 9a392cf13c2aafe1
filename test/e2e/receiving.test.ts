/** A delivery as it comes to a warehouse: ticked off its list on a phone, kept through a reload, settled and released. */
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { webReceiving } from '@darmon/i18n/words/web-receiving';
import { webWarehouse } from '@darmon/i18n/words/web-warehouse';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { groupSeparator, scan } from '../support/scans.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({ common, 'web-receiving': webReceiving, 'web-warehouse': webWarehouse });

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
const expiryDate = `${year}-06-30`;
const pack = (lot: string, serial?: string) =>
  `01${gtin}17${String(year).slice(2)}063010${lot}${serial === undefined ? '' : `${groupSeparator}21${serial}`}`;
const sscc = '106141412345678908';
const line = (lot: string, packs: number) => ({ gtin, lot, expiryDate, packs });

interface Medicine {
  readonly storage?: string;
  readonly qualityRelease?: boolean;
  readonly packs: readonly { readonly gtin: string }[];
}
/** A medicine that lies cold and that quality control lets go. */
const vaccine = async (): Promise<string> => {
  let cursor = '';
  for (;;) {
    const { body } = await cloud.api<{ items: Medicine[]; next?: string }>(
      'warehouse',
      `GET /api/medicines?limit=100${cursor}`,
    );
    const found = body.items.find((m) => m.storage === 'cold' && m.qualityRelease)?.packs[0]?.gtin;
    if (found !== undefined) return found;
    if (body.next === undefined) throw new Error('the demo country has no vaccine');
    cursor = `&cursor=${body.next}`;
  }
};

test('a delivery is ticked off its list by pallet and pack on a phone, survives a reload, and says what differs', async () => {
  const list = {
    supplier: 'Namuna Farm',
    number: 'N-77',
    lines: [line('TICK1', 2), line('TICK2', 3), line('TICK3', 1)],
  };
  const units = [{ sscc, lines: [line('TICK2', 3)] }];
  const announced = await cloud.api<{ id: string }>('warehouse', 'POST /api/sites/WH-0001/expected', {
    body: { ...list, units },
  });
  expect(announced.status).toBe(201);
  const { page, t, close } = await open('phone', 'uz-Latn', '/warehouse/receive');
  await page.getByLabel(t('web-receiving:whichList')).selectOption(announced.body.id);
  await page
    .getByText(t('web-receiving:progress', { came: '0', expected: '6' }))
    .first()
    .waitFor();
  await scan(page, `00${sscc}`);
  await page
    .getByText(t('web-receiving:cartonTicked', { lines: 1, packs: 3 }))
    .first()
    .waitFor();
  await scan(page, `00${sscc}`);
  await page.getByText(t('web-receiving:cartonBefore')).first().waitFor();
  await scan(page, pack('TICK1', 'T1'));
  await scan(page, pack('OTHER1'));
  await page.getByText(t('web-receiving:standing.extra')).first().waitFor();
  await isSound(page);

  await page.reload();
  await page
    .getByText(t('web-receiving:progress', { came: '4', expected: '6' }))
    .first()
    .waitFor();
  await scan(page, pack('TICK1', 'T1'));
  await page.getByText(t('web-warehouse:sameSerial')).first().waitFor();
  await page.getByText(t('web-receiving:willBeShort', { packs: 2 })).waitFor();
  await page.getByRole('button', { name: t('web-warehouse:post') }).click();
  await page.getByText(t('web-warehouse:received'), { exact: true }).first().waitFor();
  for (const kind of ['short', 'wrong-lot'] as const)
    await page
      .locator('.mark', { hasText: t(`web-receiving:kind.${kind}`) })
      .first()
      .waitFor();
  await isSound(page);

  const { body } = await cloud.api<{ items: { kind: string; lot: string }[] }>(
    'warehouse',
    'GET /api/sites/WH-0001/discrepancies?limit=100',
  );
  const found = body.items.map(({ kind, lot }) => `${kind} ${lot}`).sort();
  expect(found).toEqual(expect.arrayContaining(['short TICK3', 'wrong-lot OTHER1']));

  await page.goto('/warehouse/receipts/discrepancies');
  await page
    .getByRole('button', { name: new RegExp(t('web-receiving:settle')) })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('web-receiving:resolution.credited')).check();
  await dialog.getByLabel(t('web-warehouse:why')).fill('kredit nota 5');
  await isSound(page);
  await dialog.getByRole('button', { name: t('common:save') }).click();
  await dialog.waitFor({ state: 'detached' });
  await close();
});

test('a cold delivery asks for its temperature, comes in quarantined where it was too warm, and quality control releases it', async () => {
  const cold = await vaccine();
  const { page, t, close } = await open('desktop', 'ru', '/warehouse/receive');
  await page.locator('.scan-input input').and(page.locator(':focus')).waitFor();
  await scan(page, `01${cold}17${String(year).slice(2)}063010WARM1`);
  const post = page.getByRole('button', { name: t('web-warehouse:post') });
  await page.getByText(t('web-receiving:temperatureText')).waitFor();
  expect(await post.isDisabled()).toBe(true);
  await page
    .locator('section', { has: page.locator('#temperature') })
    .locator('input')
    .fill('14');
  await page.getByText(t('web-receiving:outOfLimits')).waitFor();
  await isSound(page);
  await post.click();
  await page
    .locator('.mark', { hasText: t('web-receiving:kind.cold-chain') })
    .first()
    .waitFor();
  await close();

  const quality = await open('desktop', 'en', '/warehouse/release', 'quality');
  const release = quality.page.getByRole('button', { name: /WARM1/ });
  await release.waitFor();
  await isSound(quality.page);
  await release.click();
  const dialog = quality.page.getByRole('dialog');
  await dialog.getByLabel(quality.t('web-receiving:releaseWhy')).fill('stability data seen');
  await dialog.getByRole('button', { name: quality.t('web-receiving:releaseOne'), exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await release.waitFor({ state: 'detached' });
  await quality.close();
});

test('a single pack in quarantine is found by its code on a phone, and refused or let go by quality control', async () => {
  const { body } = await cloud.api<{ items: { gtin: string }[] }>('pharmacist', 'GET /api/sites/PH-0001/stock?limit=1');
  const [{ gtin } = { gtin: '' }] = body.items;
  const codeOf = (serial: string) => `01${gtin}21${serial}`;
  for (const serial of ['TORN1', 'TORN2']) {
    const set = await cloud.api('pharmacist', 'POST /api/sites/PH-0001/set-aside', {
      body: { scan: codeOf(serial), note: 'the seal is torn' },
    });
    expect(set.status).toBe(201);
  }
  const { page, t, close } = await open('phone', 'uz-Latn', '/warehouse/release', 'quality');
  const onePack = page.locator('section', { has: page.locator('#one-pack') });
  const field = page.locator('.scan-input input');
  for (const [serial, word, state] of [
    ['TORN1', 'web-receiving:releasePack', 'available'],
    ['TORN2', 'web-receiving:refusePack', 'refused'],
  ] as const) {
    await field.fill(codeOf(serial));
    await page.keyboard.press('Enter');
    await onePack.getByText(t('web-receiving:pack.quarantined')).waitFor();
    const decide = page.getByRole('button', { name: t(word), exact: true });
    expect(await decide.isDisabled()).toBe(true);
    await page.getByLabel(t('web-receiving:releaseWhy')).fill('ishlab chiqaruvchi tasdiqladi');
    await isSound(page);
    await decide.click();
    await page
      .getByText(t(`web-receiving:packNow.${state}`, { serial }))
      .first()
      .waitFor();
    await onePack.getByText(t(`web-receiving:pack.${state}`)).waitFor();
    await isSound(page);
  }
  await close();
});

test('a receipt of many lines shows how far it is and goes on after the page was closed', async () => {
  const lines = Array.from({ length: 150 }, (_, n) => line(`MANY${n}`, 1));
  const sent = await cloud.api<{ id: string; state: string }>('warehouse', 'POST /api/sites/WH-0001/receipts', {
    body: { lines },
  });
  expect([sent.status, sent.body.state]).toEqual([202, 'posting']);
  const { page, t, close } = await open('phone', 'uz-Cyrl', '/warehouse/receipts');
  await page
    .getByRole('link', { name: t('web-receiving:noSupplier') })
    .first()
    .click();
  await page.getByText(t('web-receiving:more', { count: 50 })).waitFor();
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
  await isSound(page);
  await close();
  const { body } = await cloud.api<{ state: string; of: number }>(
    'warehouse',
    `GET /api/sites/WH-0001/receipts/${sent.body.id}`,
  );
  expect([body.state, body.of]).toEqual(['posted', 150]);
});
