/** The counter's harder days in a real browser: packs in doubt, parts and promises, claims, repeats, papers, and no code. */
import { makePinfl } from '@darmon/domain/pinfl';
import { tashkentDay } from '@darmon/domain/time';
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { counterPapers } from '@darmon/i18n/words/counter-papers';
import { webDispense } from '@darmon/i18n/words/web-dispense';
import { webPrescribe } from '@darmon/i18n/words/web-prescribe';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPage, pageProblems, type Screen, signIn } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { groupSeparator, qrPicture, scan } from '../support/scans.ts';
import { isUsable } from '../support/screens.ts';

const words = translatorOf({
  common,
  'counter-papers': counterPapers,
  'web-dispense': webDispense,
  'web-prescribe': webPrescribe,
});
const gtin = '09521020199020';

let cloud: TestCloud;
let browser: Browser;
let site = '';
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
  const me = await cloud.api<{ site: string }>('pharmacist', 'GET /api/me');
  site = me.body.site;
  const year = new Date().getUTCFullYear();
  const { status } = await cloud.api('pharmacist', `POST /api/sites/${site}/receipts`, {
    body: {
      lines: [
        { gtin, packs: 50, lot: 'SOONER', expiryDate: `${year + 2}-01-31` },
        { gtin, packs: 50, lot: 'LATER', expiryDate: `${year + 3}-01-31` },
      ],
    },
  });
  expect(status).toBe(201);
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

let serial = 0;
const person = () => {
  serial += 1;
  const about = { birthDate: '1985-07-02', sex: 'male' as const };
  return { ...about, fullName: 'Namuna Bemor', pinfl: makePinfl({ ...about, region: 996, serial }) };
};

const courseOf = (medicine: string, unit: string) => ({
  medicine,
  dosage: { amount: 1, unit, timesPerDay: 3, days: 7, when: ['after-meal'], route: 'oral' },
});

const issue = async (more: Record<string, unknown> = {}): Promise<{ id: string; number: string; code: string }> => {
  const { status, body } = await cloud.api<{ id: string; number: string; code: string }>(
    'doctor',
    'POST /api/prescriptions',
    {
      body: {
        patient: person(),
        diagnosis: { icd10: 'J02.9' },
        lines: [courseOf('AMOX500CAP', 'capsule'), courseOf('IBUP400TAB', 'tablet')],
        ...more,
      },
    },
  );
  expect(status).toBe(201);
  return body;
};

const viewOf = async (id: string) =>
  (await cloud.api<Record<string, unknown>>('pharmacist', `GET /api/prescriptions/${id}`)).body;

const field = (page: Page) => page.locator('.scan-input input');
const scanInto = async (page: Page, text: string) => {
  await field(page).focus();
  await scan(page, text);
};
const dispenseButton = (page: Page) => page.locator('#dispense-now');

const atCounter = async (screen: Screen, language: Language) => {
  const { page, context } = await openPage(browser, { screen, language, url: cloud.url });
  await signIn(page, 'pharmacist', '/dispense');
  return { page, t: words(language), close: () => context.close() };
};

test('a pack without a lot is asked for it, a part is promised for a day, and a line says why not', async () => {
  const prescription = await issue();
  const { page, t, close } = await atCounter('desktop', 'uz-Latn');
  await scanInto(page, prescription.code);
  await dispenseButton(page).waitFor();
  await scanInto(page, `01${gtin}21SN${serial}A`);
  const question = page.getByRole('group', { name: t('web-dispense:whichLot') });
  await question.waitFor();
  await isUsable(page);
  await question.getByRole('button', { name: /SOONER/ }).click();
  await page.getByRole('list', { name: t('web-dispense:scannedPacks') }).waitFor();
  // The very same pack once more is one pack.
  await scanInto(page, `01${gtin}21SN${serial}A`);
  await page.getByText(t('web-dispense:packRepeated')).waitFor();
  await page.getByText(t('web-dispense:lotReason.damaged')).click();

  await page.getByLabel(t('common:quantity')).first().fill('9');
  await page.getByText(t('web-dispense:inThreeDays'), { exact: false }).first().click();
  await page.getByLabel(t('web-dispense:include')).last().uncheck();
  await page.getByLabel(t('web-dispense:whyNot')).selectOption('other');
  expect(await dispenseButton(page).isDisabled()).toBe(true);
  await page.getByLabel(t('web-dispense:note')).fill('bemor keyin keladi');
  await isUsable(page);
  await page.keyboard.press('Control+Enter');
  await page.getByText(t('web-dispense:donePart')).waitFor();
  await isUsable(page);
  expect(await viewOf(prescription.id)).toMatchObject({
    lines: [
      { dispensed: 9, owed: { site, on: tashkentDay(Date.now() + 3 * 86_400_000) } },
      { dispensed: 0, notDispensed: { reason: 'other', closed: true } },
    ],
    dispenses: [{ lines: [{ lots: [{ lot: 'SOONER', quantity: 9, serials: [{ units: 9 }] }] }] }],
  });
  await close();
});

test('a pack that contradicts the shelf is set aside with a note, and its lot is handed over no more', async () => {
  const prescription = await issue();
  const { page, t, close } = await atCounter('phone', 'ru');
  await scanInto(page, prescription.code);
  await dispenseButton(page).waitFor();
  await scanInto(page, `01${gtin}1727063010LATER${groupSeparator}21SN${serial}B`);
  await page
    .locator('.doubt')
    .getByRole('button', { name: t('web-dispense:setAside') })
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(t('web-dispense:setAsideNote.date')).click();
  await isUsable(page);
  await dialog.getByRole('button', { name: t('web-dispense:setAside') }).click();
  await page.getByText(t('web-dispense:setAsideLot', { lot: 'LATER' })).waitFor();
  const list = await cloud.api<{ items: unknown[] }>('pharmacist', `GET /api/sites/${site}/set-aside`);
  expect(list.body.items).toMatchObject([{ quarantined: 'lot', lot: 'LATER' }]);
  await page.goto('/dispense/today');
  await page.getByRole('heading', { name: t('web-dispense:setAsideList') }).waitFor();
  await isUsable(page);
  await close();
});

test('a wish to cancel is seen before the hand-over, and a release fulfils it', async () => {
  const prescription = await issue();
  const { page, t, close } = await atCounter('desktop', 'ru');
  await scanInto(page, prescription.code);
  await page.getByRole('button', { name: t('web-dispense:claim') }).click();
  await page.getByRole('timer').waitFor();
  const asked = await cloud.api('doctor', `POST /api/prescriptions/${prescription.id}/cancel`, {
    body: { reason: 'allergy found' },
  });
  expect(asked.status).toBe(202);
  await page.getByText(t('web-dispense:cancelRequested')).waitFor();
  expect(await dispenseButton(page).count()).toBe(0);
  await isUsable(page);
  await page.getByRole('button', { name: t('web-dispense:release') }).click();
  await page.getByText(t('web-dispense:closed.cancelled.text')).waitFor();
  expect(await viewOf(prescription.id)).toMatchObject({ status: 'cancelled' });
  await close();
});

test('a repeat says which issue it is, and after it from which day to come again', async () => {
  const prescription = await issue({
    lines: [courseOf('AMOX500CAP', 'capsule')],
    repeat: { issues: 3, everyDays: 10 },
  });
  const { page, t, close } = await atCounter('phone', 'uz-Cyrl');
  await scanInto(page, prescription.code);
  await page.getByText(t('web-dispense:issueOf', { issue: 1, issues: 3 })).waitFor();
  await dispenseButton(page).click();
  await page.getByRole('button', { name: t('web-dispense:showAgain') }).click();
  const day = tashkentDay(Date.now() + 10 * 86_400_000)
    .split('-')
    .reverse()
    .join('.');
  await page.getByText(t('web-dispense:comeFrom', { day })).waitFor();
  expect(await dispenseButton(page).count()).toBe(0);
  await isUsable(page);

  await page.goto('/dispense/today');
  await page
    .getByRole('button', { name: t('web-dispense:undo') })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('web-dispense:undoReason.refused')).check();
  await dialog.getByRole('button', { name: t('web-dispense:undo') }).click();
  await page.getByText(t('web-dispense:undone')).waitFor();
  await isUsable(page);
  expect(await viewOf(prescription.id)).toMatchObject({ lines: [{ dispensed: 0 }], dispenses: [{ undone: true }] });
  await close();
});

test('without a code or number a patient is found by name and birth date, and the page is opened again with a reason', async () => {
  const patient = { ...person(), fullName: 'Topilgan Bemorjon' };
  const prescription = await issue({ patient });
  const { page, t, close } = await atCounter('desktop', 'en');
  await page.getByText(t('web-dispense:byPerson')).click();
  await page.getByLabel(t('web-dispense:byName')).check();
  await page.getByLabel(t('common:fullName')).fill(patient.fullName);
  await page.getByRole('textbox', { name: t('common:birthDate') }).fill('02.07.1985');
  await page.keyboard.press('Enter');
  await page.waitForURL((at) => at.pathname === `/dispense/${prescription.id}`);
  expect(page.url()).not.toContain('Topilgan');
  await page.getByRole('button', { name: t('web-dispense:openPage') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('web-dispense:openPageReason.passport')).check();
  await isUsable(page);
  await dialog.getByRole('button', { name: t('web-dispense:openPage') }).click();
  await page.getByText(t('web-dispense:pageOpened')).waitFor();
  await close();
});

test('a paper prescription keeps a picture small enough, is marked as paper, and labels come as a file where nothing prints', async () => {
  const { page, t, close } = await atCounter('phone', 'uz-Latn');
  await page.goto('/dispense/paper');
  const picture = { name: 'paper.png', mimeType: 'image/png', buffer: await qrPicture('RX1:PAPER') };
  await page.locator('input[type="file"]').last().setInputFiles(picture);
  await page.getByAltText(t('web-dispense:pictureOfPaper')).waitFor();
  const day = tashkentDay(Date.now()).split('-').reverse().join('.');
  await page.getByLabel(t('web-dispense:writtenOn')).fill(day);
  await page.getByLabel(t('web-dispense:prescriber')).fill('doctor');
  await page.getByLabel(t('common:pinfl')).last().fill(person().pinfl);
  await page.getByLabel(t('common:fullName')).fill('Qogʻoz Bemor');
  const searches = page.getByRole('combobox');
  await searches.first().fill('J02.9');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('J02.9').waitFor();
  await searches.last().fill('amoks');
  await page.getByRole('option', { name: /500 mg, kapsula/ }).click();
  await page.locator('.line-open select').first().selectOption('3/day');
  await page.getByRole('textbox', { name: t('web-prescribe:days') }).fill('7');
  await page.locator('.line-open button[type="submit"]').click();
  await isUsable(page);
  await page.getByRole('button', { name: t('web-dispense:paperEnter') }).click();
  await dispenseButton(page).waitFor();
  await page.getByText(t('web-dispense:fromPaper'), { exact: true }).waitFor();
  await page.getByRole('button', { name: t('web-dispense:showPicture') }).click();
  await page.getByAltText(t('web-dispense:pictureOfPaper')).waitFor();
  await isUsable(page);
  await dispenseButton(page).click();
  await page.evaluate(() => Object.defineProperty(navigator, 'pdfViewerEnabled', { value: false }));
  const labels = page.waitForEvent('download');
  await page.getByRole('button', { name: t('web-dispense:printLabels') }).click();
  expect((await labels).suggestedFilename()).toMatch(/\.pdf$/);
  expect(pageProblems(page)).toEqual([]);
  await close();
});
