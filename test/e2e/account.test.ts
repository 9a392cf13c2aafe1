/** A doctor without a second factor, in a real browser: refused what is controlled, led to where one is set up, and on to the signature. */
import { makePinfl } from '@darmon/domain/pinfl';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { ruleRefusals } from '@darmon/i18n/words/refusals-rules';
import { webAccount } from '@darmon/i18n/words/web-account';
import { webAdmin } from '@darmon/i18n/words/web-admin';
import { webApprovals } from '@darmon/i18n/words/web-approvals';
import { webPrescribe } from '@darmon/i18n/words/web-prescribe';
import { webShared } from '@darmon/i18n/words/web-shared';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fitsWidth, openBrowser, openPage, pageProblems, signIn, violations } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { digitsOf, newPerson, setUpFactor } from '../support/own-factor.ts';

const words = translatorOf({
  common,
  'web-account': webAccount,
  'web-admin': webAdmin,
  'web-approvals': webApprovals,
  'web-prescribe': webPrescribe,
  'web-shared': webShared,
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

const isSound = async (page: Page) => {
  expect(await violations(page)).toEqual([]);
  expect(await fitsWidth(page)).toBe(true);
  // a refusal that the screen shows is no problem of the page
  expect(pageProblems(page).filter((line) => !line.includes('422'))).toEqual([]);
};

/** A doctor of the demo's first clinic who may prescribe what is controlled, and has no second factor. */
const newDoctor = async (): Promise<string> => {
  const id = `doctor-${Date.now().toString(36)}`;
  const licence = { number: 'L-77', from: '2025-01-01', until: '2031-12-31' };
  const fields = { name: 'Namuna Shifokor', roles: ['doctor'], site: 'CL-0001', rights: ['controlled'], licence };
  const { status } = await cloud.api('admin', 'POST /api/people', { body: { ...fields, id, active: true } });
  expect(status).toBe(201);
  return id;
};

type T = ReturnType<typeof words>;

const write = async (page: Page, t: T) => {
  const keys = page.keyboard;
  const focused = page.locator(':focus');
  const about = { birthDate: '1979-05-21', sex: 'male' as const };
  const pinfl = page.getByRole('textbox', { name: t('common:pinfl') });
  await pinfl.and(focused).waitFor();
  await keys.type(makePinfl({ ...about, region: 995, serial: Date.now() % 997 }));
  await page.getByLabel(t('common:fullName')).and(focused).waitFor();
  await keys.type('Namuna Bemor');
  await keys.press('Enter');
  const diagnosis = page.getByRole('combobox', { name: t('web-prescribe:diagnosis-search') });
  await diagnosis.and(focused).waitFor();
  await keys.type('R52.1');
  await page.getByRole('option').first().waitFor();
  await keys.press('Enter');
  const medicine = page.getByRole('combobox', { name: t('web-prescribe:medicine-search') });
  await medicine.and(focused).waitFor();
  await keys.type('tramadol 50');
  await page.getByRole('option').first().waitFor();
  await keys.press('Enter');
  await page.getByLabel(t('web-prescribe:amount'), { exact: true }).and(focused).waitFor();
  await keys.type('1');
  await keys.press('Tab');
  await focused.selectOption('2/day');
  await keys.press('Tab');
  await keys.type('5');
  await keys.press('Enter');
  await page.getByText(t('web-prescribe:ready')).waitFor();
};

/** The secret as the screen shows it. */
const shownSecret = async (page: Page): Promise<string> =>
  ((await page.locator('.factor-key').textContent()) ?? '').replaceAll(' ', '');

test('a doctor without a second factor is led to set one up, signs in with it and signs what was written', async () => {
  const doctor = await newDoctor();
  const { page, context } = await openPage(browser, { screen: 'phone', language: 'ru', url: cloud.url });
  const t = words('ru');
  await signIn(page, doctor, '/prescribe/new');
  await write(page, t);
  await page.getByRole('button', { name: t('web-prescribe:sign'), exact: true }).press('Enter');
  await page.getByText(t('web-account:missingText')).waitFor();
  const toSetUp = page.getByRole('button', { name: t('web-account:missingGo') });
  await toSetUp.and(page.locator(':focus')).waitFor();
  await isSound(page);
  await toSetUp.press('Enter');

  await page.waitForURL((at) => at.pathname === '/account/second-factor' && at.searchParams.has('draft'));
  await page.getByText(t('web-account:none')).waitFor();
  await isSound(page);
  await page.getByRole('button', { name: t('web-account:signIn') }).press('Enter');
  await page.locator(`button[name="person"][value="${doctor}"]`).click();
  await page.getByRole('button', { name: t('web-account:begin') }).press('Enter');
  await page.getByRole('img', { name: t('web-account:picture') }).waitFor();
  await isSound(page);
  const secret = await shownSecret(page);
  expect(page.url()).not.toContain(secret);

  const field = page.getByLabel(t('web-account:typeCode'));
  await field.fill('12');
  await field.press('Enter');
  await page.getByText(t('web-account:codeShape')).waitFor();
  const right = digitsOf(secret);
  await field.fill(right === '000000' ? '000001' : '000000');
  await field.press('Enter');
  await page.getByText(ruleRefusals['code-wrong'].title.ru).waitFor();
  await field.and(page.locator(':focus')).waitFor();
  await isSound(page);
  await field.fill(digitsOf(secret));
  await field.press('Enter');
  await page.getByText(t('web-account:doneText')).waitFor();
  await isSound(page);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(kept).not.toContain(secret);

  await page.getByRole('button', { name: t('web-account:doneSignIn') }).press('Enter');
  await page.locator(`#code`).fill(digitsOf(secret, 'next'));
  await page.keyboard.press('Enter');
  const confirm = page.getByRole('dialog').getByRole('button', { name: t('web-approvals:sign.confirm') });
  await confirm.and(page.locator(':focus')).waitFor();
  await confirm.press('Enter');
  await page.waitForURL(/\/prescribe\/[0-9A-Z]{26}$/);
  const { body } = await cloud.api('auditor', `GET /api/prescriptions/${page.url().slice(-26)}/trail`);
  expect(JSON.stringify(body)).toContain(doctor);
  await context.close();
});

test('from the own menu by keyboard, at a desk: says that one is set up, and each sign-in asks whoever set one up', async () => {
  const person = await newPerson(cloud);
  const secret = await setUpFactor(cloud, person);
  const { page, context } = await openPage(browser, { screen: 'desktop', language: 'en', url: cloud.url });
  const t = words('en');
  await page.goto('/');
  await page.locator('main button').first().click();
  await page.locator(`button[name="person"][value="${person}"]`).click();
  await page.locator('#code').fill(digitsOf(secret, 'next'));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: t('web-shared:signed-in-as', { name: 'Sinov Xodimi' }) }).press('Enter');
  await page.getByRole('link', { name: t('web-shared:second-factor') }).press('Enter');
  await page.waitForURL('**/account/second-factor');
  await page.getByText(t('web-account:setText')).waitFor();
  await page.getByRole('button', { name: t('web-account:signIn') }).waitFor();
  await isSound(page);
  await context.close();
});

test('an administrator takes a lost one away with a reason, at the person', async () => {
  const person = await newPerson(cloud);
  await setUpFactor(cloud, person);
  const { page, context } = await openPage(browser, { screen: 'phone', language: 'uz-Latn', url: cloud.url });
  const t = words('uz-Latn');
  await signIn(page, 'admin', '/admin/people');
  await page.getByRole('textbox', { name: t('web-admin:filterPeople') }).fill(person);
  await page.getByText(t('web-admin:shown', { count: 1 })).waitFor();
  await page
    .getByRole('button', { name: t('common:edit') })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: t('web-account:remove') }).click();
  const reason = dialog.getByLabel(t('web-account:reason'));
  await reason.press('Enter');
  await dialog.getByText(t('web-account:reasonWrong')).waitFor();
  await isSound(page);
  await reason.fill('telefon yoʻqoldi');
  await reason.press('Enter');
  await dialog.getByText(t('web-account:removed')).waitFor();
  await isSound(page);
  const { body } = await cloud.api(person, 'GET /api/me/second-factor');
  expect(body).toEqual({ set: false });
  await context.close();
});
