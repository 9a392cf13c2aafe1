/** Controlled medicines in real browsers against the whole cloud: a doctor's second factor, and a witness on another device. */
import { createHash } from 'node:crypto';
import { approvedText } from '@darmon/domain/approval';
import { makePinfl } from '@darmon/domain/pinfl';
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { webApprovals } from '@darmon/i18n/words/web-approvals';
import { webDispense } from '@darmon/i18n/words/web-dispense';
import { webPrescribe } from '@darmon/i18n/words/web-prescribe';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, type Screen } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { scan } from '../support/scans.ts';
import { isSound, openAs } from '../support/screens.ts';

const words = translatorOf({
  common,
  'web-approvals': webApprovals,
  'web-dispense': webDispense,
  'web-prescribe': webPrescribe,
});

const medicine = 'TRAM50CAP';
let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
  await fillShelf();
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

interface Found {
  readonly items: readonly { readonly packs: readonly { readonly gtin: string }[] }[];
}

const fillShelf = async () => {
  const me = await cloud.api<{ site: string }>('pharmacist', 'GET /api/me');
  const found = await cloud.api<Found>('pharmacist', `GET /api/medicines?q=${medicine}`);
  const gtin = found.body.items[0]?.packs[0]?.gtin;
  const { status } = await cloud.api('pharmacist', `POST /api/sites/${me.body.site}/receipts`, {
    body: { lines: [{ gtin, packs: 20, lot: 'SEEN', expiryDate: `${new Date().getUTCFullYear() + 1}-01-31` }] },
  });
  expect(status).toBe(201);
};

let serial = 0;
/** A person whom no register holds yet. */
const somebody = () => {
  serial += 1;
  const about = { birthDate: '1979-05-21', sex: 'male' as const };
  return { ...about, fullName: 'Namuna Bemor', pinfl: makePinfl({ ...about, region: 996, serial }) };
};

interface Issued {
  readonly id: string;
  readonly number: string;
  readonly code: string;
}

/** Ten capsules, signed over the API as the rules ask. */
const issue = async () => {
  const patient = somebody();
  const dosage = { amount: 1, unit: 'capsule', timesPerDay: 2, days: 5, route: 'oral' };
  const body = { patient, diagnosis: { icd10: 'R52.1' }, lines: [{ medicine, dosage }] };
  const token = await cloud.token('doctor', { secondFactor: true });
  const bodyHash = createHash('sha256').update(approvedText(body)).digest('base64url');
  const subject = '/api/prescriptions';
  const given = await cloud.api<{ id: string }>('doctor', 'POST /api/approvals', {
    token,
    body: { subject, bodyHash },
  });
  const signed = { ...body, approval: given.body.id };
  const answer = await cloud.api<Issued>('doctor', 'POST /api/prescriptions', { token, body: signed });
  expect(answer.status).toBe(201);
  return { ...answer.body, pinfl: patient.pinfl };
};

interface View {
  readonly status: string;
  readonly lines: readonly { readonly medicine: string; readonly quantity: number; readonly dispensed: number }[];
  readonly dispenses: readonly { readonly controlled?: { readonly witness: string; readonly collector: string } }[];
}
const viewOf = async (person: string, id: string): Promise<View> =>
  (await cloud.api<View>(person, `GET /api/prescriptions/${id}`)).body;

const open = (person: string, path: string, screen: Screen, language: Language) =>
  openAs(browser, cloud.url, words, { screen, language, person, path });

type T = ReturnType<typeof words>;

/** Writes the prescription with the keyboard, up to the signature. */
const write = async (page: Page, t: T) => {
  const patient = somebody();
  const keys = page.keyboard;
  const focused = page.locator(':focus');
  await page
    .getByRole('textbox', { name: t('common:pinfl') })
    .and(focused)
    .waitFor();
  await keys.type(patient.pinfl);
  await page.getByLabel(t('common:fullName')).and(focused).waitFor();
  await keys.type(patient.fullName);
  await keys.press('Enter');
  await page
    .getByRole('combobox', { name: t('web-prescribe:diagnosis-search') })
    .and(focused)
    .waitFor();
  await keys.type('R52.1');
  await page.getByRole('option').first().waitFor();
  await keys.press('Enter');
  await page
    .getByRole('combobox', { name: t('web-prescribe:medicine-search') })
    .and(focused)
    .waitFor();
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
  return patient;
};

describe.each([
  ['desktop', 'uz-Latn'],
  ['phone', 'ru'],
] as const)('a doctor on a %s in %s', (screen, language) => {
  test('signs a controlled prescription after the six digits, with everything still written', async () => {
    const { page, t, close } = await open('doctor', '/prescribe/new', screen, language);
    const { fullName } = await write(page, t);
    await page.getByRole('button', { name: t('web-prescribe:sign'), exact: true }).press('Enter');
    const toFactor = page.getByRole('button', { name: t('web-approvals:sign.toFactor') });
    await toFactor.and(page.locator(':focus')).waitFor();
    await isSound(page);
    await toFactor.press('Enter');

    await page.locator('#code').fill((await page.locator('#demo-code').textContent()) ?? '');
    await page.keyboard.press('Enter');

    // Back on the form, which asks by itself; the address tells nothing of the person.
    const dialog = page.getByRole('dialog');
    const confirm = dialog.getByRole('button', { name: t('web-approvals:sign.confirm') });
    await confirm.and(page.locator(':focus')).waitFor();
    await dialog.getByText(fullName).waitFor();
    await dialog.getByText(/\b10\b/).waitFor();
    expect(page.url()).toMatch(/\/prescribe\/new\?draft=[0-9A-Z]{26}$/);
    await isSound(page);
    await confirm.press('Enter');
    await page.waitForURL(/\/prescribe\/[0-9A-Z]{26}$/);
    const view = await viewOf('doctor', page.url().slice(-26));
    expect(view).toMatchObject({ status: 'active', lines: [{ medicine, quantity: 10 }] });
    await close();
  });
});

test('a doctor who turns back at the digits has everything still written, and nothing signed', async () => {
  const { page, t, close } = await open('doctor', '/prescribe/new', 'desktop', 'en');
  const { fullName } = await write(page, t);
  await page.getByRole('button', { name: t('web-prescribe:sign'), exact: true }).click();
  await page.getByRole('button', { name: t('web-approvals:sign.toFactor') }).click();
  await page.locator('button[name="cancel"]').click();
  await page.waitForURL((at) => at.pathname === '/prescribe/new');
  await page.getByText(fullName).waitFor();
  await page.getByRole('button', { name: t('web-approvals:sign.toFactor') }).waitFor();
  expect(page.url()).toContain('draft=');
  await close();
});

test('without a network a controlled prescription is not signed, and the page says so', async () => {
  const { page, context, t, close } = await open('doctor', '/prescribe/new', 'phone', 'uz-Cyrl');
  await write(page, t);
  await context.setOffline(true);
  await page.getByRole('button', { name: t('web-prescribe:sign'), exact: true }).click();
  await page.getByRole('dialog').getByText(t('web-approvals:sign.offline')).waitFor();
  await close();
});

interface Proposal {
  readonly lines: readonly { readonly lots: readonly { readonly lot: string }[] }[];
}
const proposedLot = async (id: string): Promise<string> => {
  const { body } = await cloud.api<Proposal>('pharmacist', `GET /api/prescriptions/${id}/proposal`);
  return body.lines[0]?.lots[0]?.lot ?? 'none';
};

/** A dispenser with the prescription open and the patient's document typed. */
const atCounter = async (screen: Screen, language: Language) => {
  const prescription = await issue();
  const counter = await open('pharmacist', '/dispense', screen, language);
  const { page, t } = counter;
  await page.locator('.scan-input input').and(page.locator(':focus')).waitFor();
  await scan(page, prescription.code);
  const fields = page.getByRole('region', { name: t('web-approvals:collector') });
  await fields.getByRole('textbox', { name: t('common:pinfl') }).fill(prescription.pinfl);
  return { ...counter, prescription, hand: page.locator('#dispense-now'), ask: page.locator('#ask-witness') };
};
/** The question with the code that the counter shows. */
const cardOf = async (witness: Page, counter: Page) => {
  const code = (await counter.locator('.compare-code').textContent()) ?? 'none';
  return witness.getByRole('region').filter({ hasText: code });
};

describe.each([
  ['desktop', 'phone', 'uz-Latn'],
  ['phone', 'desktop', 'ru'],
] as const)('with the counter on a %s and the witness on a %s in %s', (screen, witnessScreen, language) => {
  test('a second pharmacist sees what leaves the shelf, says yes, and the register names both', async () => {
    const { page, t, prescription, hand, ask, close } = await atCounter(screen, language);
    const lot = await proposedLot(prescription.id);
    const witness = await open('pharmacist3', '/witness', witnessScreen, language);
    await isSound(page);
    expect(await hand.isDisabled()).toBe(true);
    await ask.click();
    await page.locator('.compare-code').waitFor();
    await isSound(page);

    const card = await cardOf(witness.page, page);
    await card.getByText(new RegExp(lot)).waitFor();
    expect(await witness.page.getByText(prescription.pinfl).count()).toBe(0);
    await isSound(witness.page);
    await card.getByRole('button', { name: t('web-approvals:confirm') }).click();
    await witness.page.getByText(t('web-approvals:confirmed')).waitFor();
    await isSound(witness.page);

    await page.getByText(t('web-approvals:approved')).waitFor();
    await isSound(page);
    await hand.click();
    await page.getByText(t('web-dispense:doneAll')).waitFor();
    const view = await viewOf('pharmacist', prescription.id);
    expect(view.status).toBe('completed');
    expect(view.dispenses).toMatchObject([{ controlled: { witness: 'pharmacist3', collector: 'patient' } }]);
    await Promise.all([close(), witness.close()]);
  });
});

test('a no is seen at the counter at once, and a yes to other quantities than those on the screen is forgotten', async () => {
  const { page, t, hand, ask, close } = await atCounter('desktop', 'en');
  const witness = await open('pharmacist3', '/witness', 'phone', 'en');
  await ask.click();
  const declined = await cardOf(witness.page, page);
  await declined.getByRole('button', { name: t('web-approvals:refuse') }).click();
  await isSound(witness.page);
  await declined.getByRole('button', { name: t('web-approvals:no.quantity') }).click();
  await page.getByText(t('web-approvals:declined')).waitFor();
  expect(await hand.isDisabled()).toBe(true);
  await isSound(page);

  await ask.click();
  const confirmed = await cardOf(witness.page, page);
  await confirmed.getByRole('button', { name: t('web-approvals:confirm') }).click();
  await page.getByText(t('web-approvals:approved')).waitFor();
  expect(await hand.isEnabled()).toBe(true);
  await page.getByLabel(t('common:quantity')).fill('4');
  await page.getByText(t('web-approvals:changed')).waitFor();
  expect(await hand.isDisabled()).toBe(true);
  await Promise.all([close(), witness.close()]);
});

test('the dispenser finds no question of their own to say yes to', async () => {
  const { page, t, ask, close } = await atCounter('desktop', 'en');
  const other = await open('pharmacist', '/witness', 'phone', 'en');
  const stranger = await open('pharmacist2', '/witness', 'phone', 'en');
  await ask.click();
  await page.locator('.compare-code').waitFor();
  for (const { page: empty } of [other, stranger]) {
    await empty.reload();
    await empty.getByText(t('web-approvals:noneTitle')).waitFor();
    await isSound(empty);
  }
  await Promise.all([close(), other.close(), stranger.close()]);
});
