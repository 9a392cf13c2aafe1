/** Requisitions in a real browser: a plan's draft changed by its site, authorised, approved against the year's money. */
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { medicine } from '@darmon/i18n/words/medicine';
import { webImport } from '@darmon/i18n/words/web-import';
import { webRequisitions } from '@darmon/i18n/words/web-requisitions';
import { openTable } from '@darmon/table/table';
import { liveDeps } from '@darmon/usecases/live';
import { draftFromPlan } from '@darmon/usecases/requisitions';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({ common, medicine, 'web-import': webImport, 'web-requisitions': webRequisitions });

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

const year = new Date(Date.now() + 5 * 3_600_000).getUTCFullYear();

/** What the weekly plan of the pharmacy proposes: one line at risk, one ordinary. */
const planned = async (week: string): Promise<string> => {
  const { body } = await cloud.api<{ items: { code: string; packs: { gtin: string; units: number }[] }[] }>(
    'doctor',
    'GET /api/medicines?q=paracetamol',
  );
  const lines = body.items.slice(0, 2).map(({ code, packs: [pack] }, i) => ({
    line: i + 1,
    medicine: code,
    gtin: pack?.gtin ?? '',
    packUnits: pack?.units ?? 1,
    packs: 12,
    proposed: 12,
    packPrice: 1_000_000,
    risk: i === 0 ? ('before-arrival' as const) : ('ok' as const),
    steps: [{ step: 'result' as const, facts: { packs: 12, packUnits: pack?.units ?? 1, units: 240 } }],
  }));
  const table = openTable({ client: cloud.dynamodb, table: cloud.table, now: Date.now });
  const { id } = await draftFromPlan({ ...liveDeps(cloud.table), table }, { site: 'PH-0001', week, lines });
  return id;
};

test('a draft of the plan is changed with a reason on a phone, authorised at a desk and approved against the budget', async () => {
  const id = await planned('2026-W47');
  const { status } = await cloud.api('chief', 'POST /api/budgets', {
    body: { year, place: 'PH-0001', money: 100_000_000 },
  });
  expect(status).toBe(200);

  const phone = await open('phone', 'uz-Latn', '/requisitions', 'pharmacist');
  const { page, t } = phone;
  await isSound(page);
  await page.locator('.requisition-row').first().click();
  const asked = page.locator('input[data-asked]').first();
  await asked.waitFor();
  await isSound(page);
  await asked.fill('14');
  const save = page.getByRole('button', { name: t('web-requisitions:save') });
  expect(await save.isEnabled()).toBe(false);
  await page
    .getByLabel(t('web-requisitions:why'))
    .or(page.locator('.requisition-why input'))
    .first()
    .fill('maktab ochildi');
  await isSound(page);
  await save.click();
  await page.getByText(t('web-requisitions:saved')).waitFor();
  await page
    .getByRole('button', { name: t('web-requisitions:calculation') })
    .first()
    .click();
  await page.locator('.order-steps li').first().waitFor();
  await isSound(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: t('web-requisitions:step.submit'), exact: true }).click();
  await page.getByText(t('web-requisitions:wait.submitted')).waitFor();
  await phone.close();

  const planner = await open('desktop', 'ru', `/requisitions/${id}`, 'planner');
  await planner.page.getByText('maktab ochildi').or(planner.page.locator('.requisition-why input')).first().waitFor();
  await isSound(planner.page);
  await planner.page.getByRole('button', { name: planner.t('web-requisitions:step.authorise') }).click();
  await planner.page.getByText(planner.t('web-requisitions:wait.authorised')).waitFor();
  await planner.close();

  const desk = await open('desktop', 'uz-Cyrl', '/requisitions', 'approver');
  const row = desk.page.locator(`a[href="/requisitions/${id}"]`);
  await row.waitFor();
  await row.getByText(/740/).waitFor();
  await isSound(desk.page);
  await row.click();
  await desk.page.locator('.requisition-meter').waitFor();
  await isSound(desk.page);
  await desk.page.getByRole('button', { name: desk.t('web-requisitions:step.approve'), exact: true }).click();
  await desk.page.getByText(desk.t('web-requisitions:approvedNote')).waitFor();
  const { body } = await cloud.api<{ items: { place: string; left: number }[] }>(
    'chief',
    `GET /api/budgets?year=${year}`,
  );
  expect(body.items.find(({ place }) => place === 'PH-0001')?.left).toBe(74_000_000);
  await desk.close();
});

test('an urgent one is drawn up by keys alone, stands in the approver’s list, and is rejected with a reason', async () => {
  const desk = await open('desktop', 'en', '/requisitions/new', 'warehouse');
  const { page, t } = desk;
  await page.goto('/requisitions/new?urgent=true');
  await page.getByRole('heading', { level: 1, name: t('web-requisitions:newEmergency') }).waitFor();
  await page.getByLabel(t('web-requisitions:reason')).first().fill('an outbreak in the region');
  await page.getByRole('combobox', { name: t('web-requisitions:add') }).focus();
  await page.keyboard.type('amoxicillin');
  await page.locator('.found-one').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('input[data-asked]').waitFor();
  await page.keyboard.type('5');
  await page.keyboard.press('Tab');
  await page.keyboard.type('12000');
  await isSound(page);
  await page.getByRole('button', { name: t('web-requisitions:createEmergency') }).click();
  await page.getByText(t('web-requisitions:wait.submitted')).waitFor();
  await desk.close();

  const phone = await open('phone', 'ru', '/requisitions', 'chief');
  const row = phone.page.locator('.requisition-row[data-urgent="true"]').first();
  await row.waitFor();
  await isSound(phone.page);
  await row.click();
  await phone.page.getByRole('button', { name: phone.t('web-requisitions:step.reject') }).click();
  await phone.page.getByLabel(phone.t('web-requisitions:reason')).fill('есть на складе');
  await isSound(phone.page);
  await phone.page
    .getByRole('dialog')
    .getByRole('button', { name: phone.t('web-requisitions:step.reject') })
    .click();
  await phone.page.getByText(phone.t('web-requisitions:state.rejected')).first().waitFor();
  await phone.close();
});

test('needs, budgets and delegations are sound on both screens, and a chief sets money and a deputy', async () => {
  for (const screen of ['phone', 'desktop'] as const) {
    const { page, t, close } = await open(
      screen,
      screen === 'phone' ? 'uz-Latn' : 'en',
      '/requisitions/needs',
      'chief',
    );
    await page.getByText(t('web-requisitions:needsText')).waitFor();
    await isSound(page);
    await page.goto('/requisitions/budgets');
    await page.getByRole('heading', { level: 2, name: t('web-requisitions:setBudget') }).waitFor();
    await page.getByLabel(t('web-requisitions:place')).last().selectOption('UZ-SA');
    await page.getByLabel(t('web-requisitions:yearMoney')).fill(screen === 'phone' ? '5000000' : '6000000');
    await page.getByRole('button', { name: t('web-requisitions:setBudget') }).click();
    await page.getByText(t('web-requisitions:saved')).waitFor();
    await isSound(page);
    await page.goto('/requisitions/delegations');
    await page.getByLabel(t('web-requisitions:toWhom')).selectOption('approver');
    await page.getByLabel(t('web-requisitions:untilDay')).fill(`31.12.${year}`);
    await page.getByRole('button', { name: t('web-requisitions:delegate'), exact: true }).click();
    await page.getByRole('button', { name: t('web-requisitions:endDelegation') }).waitFor();
    await isSound(page);
    await close();
  }
});

test('an administrator brings registered prices in from a file, mended where a row was wrong, and they are seen by all', async () => {
  const { body } = await cloud.api<{ prices: { gtin: string }[] }>('planner', 'GET /api/suppliers/SU-0001');
  const gtins = [...new Set(body.prices.map((p) => p.gtin))].slice(0, 2);
  const desk = await open('desktop', 'en', '/requisitions/prices', 'admin');
  const { page, t } = desk;
  const choose = (rows: readonly string[]) =>
    page.locator('input[type="file"]').setInputFiles({
      name: 'register.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['GTIN;Цена упаковки;Действует с', ...rows].join('\r\n')),
    });
  await choose([`${gtins[0]};900000;01.01.2026`, `${gtins[1]};soon;01.01.2026`]);
  await page.getByText(t('web-import:wrong', { count: 1 })).waitFor();
  expect(await page.getByRole('button', { name: t('web-import:savePrices', { count: 1 }) }).count()).toBe(0);
  await isSound(page);
  await choose([`${gtins[0]};900000;01.01.2026`, `${gtins[1]};950000;01.01.${year + 1}`]);
  await page.getByLabel(t('web-requisitions:priceSource')).fill('Order 12 of the ministry');
  await page.getByRole('button', { name: t('web-import:savePrices', { count: 2 }) }).click();
  await page.getByText(t('web-import:pricesSaved', { count: 2 })).waitFor();
  await isSound(page);
  await desk.close();

  const phone = await open('phone', 'uz-Latn', '/requisitions/prices', 'planner');
  await phone.page.locator('.price-row', { hasText: gtins[1] ?? '' }).waitFor();
  await isSound(phone.page);
  await phone.close();
});
