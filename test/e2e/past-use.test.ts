/** Use from before Darmon, from a file in a real browser: judged row by row, kept once, replaced only when asked, and in the plan. */
import { monthBeside } from '@darmon/domain/ledger-view';
import { tashkentDay } from '@darmon/domain/time';
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { sheet } from '@darmon/i18n/words/sheet';
import { webImport } from '@darmon/i18n/words/web-import';
import { webPast } from '@darmon/i18n/words/web-past';
import { webPlan } from '@darmon/i18n/words/web-plan';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isSound, openAs } from '../support/screens.ts';
import { type WrittenCell, writtenWorkbook } from '../support/workbook.ts';

const words = translatorOf({ sheet, 'web-import': webImport, 'web-past': webPast, 'web-plan': webPlan });
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

const present = tashkentDay(Date.now()).slice(0, 7);
const past = (by: number) => monthBeside(present, -by);
/** Of which the demo country knows nothing at this pharmacy. */
const medicine = 'METC5INJ';
const history = async () => {
  const { body } = await cloud.api<{ history: { month: string; used: number; brought?: true }[] }>(
    'pharmacist2',
    `GET /api/sites/PH-0002/plan/${medicine}`,
  );
  return (body.history ?? []).filter((one) => one.brought).map((one) => [one.month, one.used]);
};

test('a pharmacist’s file is mended by what the page and the books say, kept once, and another figure needs a yes', async () => {
  const { page, t, close } = await open('phone', 'uz-Latn', '/procure', 'pharmacist2');
  await page.getByRole('link', { name: t('web-past:link') }).click();
  await page.getByRole('button', { name: t('web-import:choose') }).waitFor();
  await isSound(page);
  const heading: WrittenCell[] = ['Dori kodi', 'Oy yoki kun', 'Dona soni', 'Dori boʻlmagan kunlar'];
  // what a spreadsheet makes of a month that is typed
  const monthOf = (by: number) => ({ day: `${past(by)}-01` });
  const wrong: WrittenCell[][] = [
    heading,
    [medicine, monthOf(3), 40, 0],
    [medicine, monthOf(2), 'oʻn', 2],
    ['NOSUCH', monthOf(1), 30, 0],
  ];
  await choose(page, 'sarf.xlsx', writtenWorkbook(wrong));
  await page.getByText(t('web-import:wrong', { count: 2 })).waitFor();
  await page.getByText(t('sheet:problem.bad-number')).waitFor();
  await page.getByText(t('sheet:problem.medicine-unknown')).waitFor();
  await isSound(page);
  const mended = wrong.map((row, i) => (i === 2 ? row.with(2, 50) : i === 3 ? row.with(0, medicine) : row));
  await choose(page, 'sarf.xlsx', writtenWorkbook(mended));
  await page.getByText(t('sheet:rowNote.days-as-months')).waitFor();
  await page.getByRole('button', { name: t('web-import:send') }).click();
  await page.getByText(t('web-past:ready')).waitFor();
  expect(await history()).toEqual([]);
  // what was sent is not lost with the page
  await page.reload();
  await page.getByText(t('web-past:ready')).waitFor();
  await isSound(page);
  await page.getByRole('button', { name: t('web-past:keep', { count: 3 }) }).click();
  await page.getByText(t('web-past:added', { count: 3 })).waitFor();
  await isSound(page);
  const kept = [3, 2, 1].map((by, i) => [past(by), [40, 50, 30][i]]);
  expect(await history()).toEqual(kept);

  const other = mended.map((row, i) => (i === 3 ? row.with(2, 31) : row));
  await page.getByRole('button', { name: t('web-import:another') }).click();
  await choose(page, 'sarf.xlsx', writtenWorkbook(other));
  await page.getByRole('button', { name: t('web-import:send') }).click();
  await page.getByText(t('web-past:problem.period-known', { used: 30, daysOut: 0 })).waitFor();
  await isSound(page);
  expect(await page.getByRole('button', { name: t('web-import:send') }).count()).toBe(0);
  await page.getByLabel(t('web-past:replace')).check();
  await page.getByRole('button', { name: t('web-import:send') }).click();
  await page.getByRole('button', { name: t('web-past:keep', { count: 3 }) }).click();
  await page.getByText(t('web-past:replaced', { count: 1 })).waitFor();
  expect(await history()).toEqual(kept.with(2, [past(1), 31]));
  await close();
});

test('a planner’s file of the country names a site in every row, and what the ledger keeps is told with its first day', async () => {
  const { page, t, close } = await open('desktop', 'ru', '/procure', 'planner');
  await page.getByRole('link', { name: t('web-past:link') }).click();
  await page.getByRole('button', { name: t('web-import:choose') }).waitFor();
  const today = tashkentDay(Date.now());
  const text = (rows: string[]) =>
    Buffer.from(['Учреждение;Код лекарства;Месяц или день;Упаковок', ...rows, ''].join('\r\n'));
  const sound = `PH-0003;CHAR250TAB;${past(4)};5`;
  await choose(page, 'raskhod.csv', text([sound, `;CHAR250TAB;${past(3)};5`]));
  await page
    .getByText(t('sheet:problem.which-pack', { packs: 3 }))
    .first()
    .waitFor();
  const units = (rows: string[]) =>
    Buffer.from(['Учреждение;Код лекарства;Месяц или день;Количество единиц', ...rows, ''].join('\r\n'));
  await choose(page, 'raskhod.csv', units([sound, `;CHAR250TAB;${past(3)};5`]));
  await page.getByText(t('sheet:problem.missing')).waitFor();
  await choose(page, 'raskhod.csv', units([sound, `PH-0003;CHAR250TAB;${today};5`, `PH-0999;CHAR250TAB;${past(3)};5`]));
  await page.getByRole('button', { name: t('web-import:send') }).click();
  await page.getByText(t('web-past:problem.site-unknown')).waitFor();
  await page.getByText(/ведёт свой учёт/).waitFor();
  await isSound(page);
  await close();
});
