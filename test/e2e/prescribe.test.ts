/** The doctor's screens in a real browser against the whole cloud: from sign-in to the paper in the patient's hand. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatNumber, makeNumber } from '@darmon/domain/number';
import { makePinfl } from '@darmon/domain/pinfl';
import { dayText } from '@darmon/i18n/dates';
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { webPrescribe } from '@darmon/i18n/words/web-prescribe';
import { webShared } from '@darmon/i18n/words/web-shared';
import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { fitsWidth, openBrowser, openPage, type Screen, signIn, violations } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { isSound } from '../support/screens.ts';

const words = translatorOf({ common, 'web-prescribe': webPrescribe, 'web-shared': webShared });

let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  // By itself the reader would fetch its decoder from a content network.
  const wasmBinary = readFileSync(fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')));
  prepareZXingModule({ overrides: { wasmBinary: wasmBinary.buffer as ArrayBuffer } });
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

let serial = 0;
/** A person whom no register holds yet. */
const somebody = () => {
  serial += 1;
  const about = { birthDate: '1991-03-08', sex: 'female' as const };
  return { ...about, fullName: 'Namuna Bemor', pinfl: makePinfl({ ...about, region: 998, serial }) };
};

const open = async (screen: Screen, language: Language, path?: string) => {
  const { page, context } = await openPage(browser, { screen, language, url: cloud.url });
  if (path) await signIn(page, 'doctor', path);
  return { page, t: words(language), close: () => context.close() };
};

const posts = (page: Page, path: string): Request[] => {
  const seen: Request[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === path) seen.push(request);
  });
  return seen;
};

/** Writes a prescription of one medicine with the keyboard alone, up to the signature. */
const write = async (page: Page, t: ReturnType<typeof words>, search = 'амокс 500') => {
  const patient = somebody();
  const keys = page.keyboard;
  await page
    .getByRole('textbox', { name: t('common:pinfl') })
    .and(page.locator(':focus'))
    .waitFor();
  await keys.type(patient.pinfl);
  await page.getByLabel(t('common:fullName')).and(page.locator(':focus')).waitFor();
  await keys.type(patient.fullName);
  await keys.press('Enter');
  await page
    .getByRole('combobox', { name: t('web-prescribe:diagnosis-search') })
    .and(page.locator(':focus'))
    .waitFor();
  await keys.type('J06');
  await page.getByRole('option').first().waitFor();
  await keys.press('Enter');
  await page
    .getByRole('combobox', { name: t('web-prescribe:medicine-search') })
    .and(page.locator(':focus'))
    .waitFor();
  await keys.type(search);
  await page.getByRole('option').first().waitFor();
  await keys.press('Enter');
  await page.getByLabel(t('web-prescribe:amount'), { exact: true }).and(page.locator(':focus')).waitFor();
  await keys.type('2');
  await keys.press('Tab');
  await page.locator(':focus').selectOption('3/day');
  await keys.press('Tab');
  await keys.type('7');
  return patient;
};

const signedId = async (page: Page): Promise<string> => {
  await page.waitForURL(/\/prescribe\/[0-9A-Z]{26}$/);
  return page.url().slice(-26);
};

interface Listed {
  readonly items: readonly { readonly id: string; readonly patient?: { readonly fullName: string } }[];
}
const issuedCount = async (): Promise<number> => {
  const { body } = await cloud.api<Listed>('doctor', 'GET /api/prescriptions?mine=1&limit=100');
  return body.items.length;
};

describe.each([
  ['desktop', 'uz-Latn'],
  ['phone', 'ru'],
  ['phone', 'uz-Cyrl'],
] as const)('on a %s in %s', (screen, language) => {
  test('a doctor issues a prescription with the keyboard alone, and hands over code and paper', async () => {
    const { page, t, close } = await open(screen, language);
    await page.goto('/');
    await page.waitForURL((at) => at.pathname === '/sign-in');
    await page.getByRole('heading', { level: 1, name: t('web-shared:welcome') }).waitFor();
    await isSound(page);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);

    await signIn(page, 'doctor');
    await page.getByRole('heading', { level: 1, name: t('web-prescribe:title') }).waitFor();
    await isSound(page);
    await page
      .getByRole('link', { name: t('web-prescribe:new') })
      .first()
      .press('Enter');
    await page.getByRole('heading', { level: 1, name: t('web-prescribe:new-title') }).waitFor();
    await isSound(page);

    const patient = await write(page, t);
    await isSound(page);
    // The sentence, the computed quantity, and nothing missing.
    await page.locator('.reads-back').getByText(/\b7\b/).waitFor();
    await page.getByText(/\b42\b/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(t('web-prescribe:ready')).waitFor();
    await page.getByRole('button', { name: t('web-prescribe:sign') }).press('Enter');

    const id = await signedId(page);
    await page.getByText(t('web-prescribe:signed'), { exact: true }).waitFor();
    const picture = page.getByRole('img', { name: t('web-prescribe:qr-alt') });
    await picture.waitFor();
    await page.getByText(patient.fullName).waitFor();
    await isSound(page);

    const { body } = await cloud.api<{ code: string; number: string }>('doctor', `GET /api/prescriptions/${id}`);
    const [read] = await readBarcodes(await picture.screenshot(), { formats: ['QRCode'] });
    expect(read?.text).toBe(body.code);
    await page.getByText(formatNumber(body.number), { exact: true }).waitFor();

    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: t('web-prescribe:download-pdf') }).press('Enter');
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(`${t('web-prescribe:file-name')}-${body.number}.pdf`);
    const pdf = readFileSync(await download.path());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.byteLength).toBeGreaterThan(10_000);

    await page.getByRole('link', { name: t('web-shared:nav-prescribe') }).press('Enter');
    await page.getByRole('heading', { level: 1, name: t('web-prescribe:title') }).waitFor();
    await page.getByText(formatNumber(body.number)).waitFor();
    await isSound(page);
    await close();
  });
});

test('a double click and a lost answer sign one prescription, under one key', async () => {
  const { page, t, close } = await open('desktop', 'uz-Latn', '/prescribe/new');
  await write(page, t);
  await page.keyboard.press('Enter');
  const before = await issuedCount();
  const sent = posts(page, '/api/prescriptions');
  let lost = 0;
  await page.route('**/api/prescriptions', async (route) => {
    if (route.request().method() !== 'POST' || lost >= 2) return route.continue();
    lost += 1;
    // The first reaches the server and only its answer is lost; the second never arrives.
    if (lost === 1) await route.fetch();
    return route.abort('connectionreset');
  });
  await page.getByRole('button', { name: t('web-prescribe:sign') }).dblclick();
  await signedId(page);
  expect(lost).toBe(2);
  expect(new Set(sent.map((request) => request.headers()['idempotency-key'])).size).toBe(1);
  expect(await issuedCount()).toBe(before + 1);
  await close();
});

test('while nobody knows whether it was signed, the draft is frozen and only the same request can be sent again', async () => {
  const { page, t, close } = await open('desktop', 'ru', '/prescribe/new');
  await write(page, t);
  await page.keyboard.press('Enter');
  const before = await issuedCount();
  const sent = posts(page, '/api/prescriptions');
  let down = true;
  await page.route('**/api/prescriptions', async (route) => {
    if (route.request().method() !== 'POST' || !down) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.getByRole('button', { name: t('web-prescribe:sign') }).click();
  await page.getByText(t('web-shared:no-answer-uncertain')).waitFor();
  expect(await page.getByRole('combobox', { name: t('web-prescribe:medicine-search') }).isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: t('web-prescribe:sign') }).isDisabled()).toBe(true);
  expect(await violations(page)).toEqual([]);
  down = false;
  await page.getByRole('button', { name: t('common:retry') }).click();
  await signedId(page);
  expect(new Set(sent.map((request) => request.headers()['idempotency-key'])).size).toBe(1);
  expect(await issuedCount()).toBe(before + 1);
  await close();
});

test('a cancelled prescription says so, and its code is no longer offered as usable', async () => {
  const { page, t, close } = await open('phone', 'uz-Latn', '/prescribe/new');
  await write(page, t, 'paratsetamol 500');
  await page.getByRole('button', { name: t('web-prescribe:sign') }).click();
  const id = await signedId(page);
  await page.getByRole('button', { name: t('web-prescribe:cancel') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: t('web-prescribe:reason.wrong-dose') }).click();
  await isSound(page);
  await dialog.getByRole('button', { name: t('web-prescribe:cancel') }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.locator('.code-picture[data-usable="false"]').waitFor();
  const { body } = await cloud.api<{ status: string }>('doctor', `GET /api/prescriptions/${id}`);
  expect(body.status).toBe('cancelled');
  await isSound(page);
  await close();
});

test('a wrong digit of a PINFL is said at its field before anybody is asked for', async () => {
  const { page, t, close } = await open('desktop', 'en', '/prescribe/new');
  const lookUps = posts(page, '/api/patients/lookup');
  const { pinfl, birthDate } = somebody();
  const field = page.getByRole('textbox', { name: t('common:pinfl') });
  await field.fill(pinfl.slice(0, 13) + String((Number(pinfl[13]) + 1) % 10));
  await page.getByText(t('web-prescribe:pinfl-bad-check-digit')).waitFor();
  expect(lookUps).toHaveLength(0);
  await isSound(page);
  await field.fill(pinfl);
  await page.getByText(t('web-prescribe:patient-new')).waitFor();
  expect(lookUps).toHaveLength(1);
  expect(await page.getByRole('textbox', { name: t('common:birthDate'), exact: true }).inputValue()).toBe(
    dayText(birthDate),
  );
  await isSound(page);
  await close();
});

test('a patient who had a prescription before is found by PINFL, and by exact name and birth date', async () => {
  const patient = { ...somebody(), fullName: 'Topiladigan Bemor' };
  const dosage = { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, route: 'oral' };
  const body = { patient, diagnosis: { icd10: 'J06.9' }, lines: [{ medicine: 'AMOX500CAP', dosage }] };
  expect((await cloud.api('doctor', 'POST /api/prescriptions', { body })).status).toBe(201);
  const { page, t, close } = await open('phone', 'ru', '/prescribe/new');
  await page.getByRole('textbox', { name: t('common:pinfl') }).fill(patient.pinfl);
  await page.getByText(patient.fullName).waitFor();
  await page.getByRole('button', { name: t('web-prescribe:patient-other') }).click();
  await page.getByRole('radio', { name: t('web-prescribe:by-name') }).check();
  await page.getByRole('textbox', { name: t('common:fullName') }).fill(patient.fullName.toLowerCase());
  await page.getByRole('textbox', { name: t('common:birthDate'), exact: true }).pressSequentially('08031991');
  await isSound(page);
  await page.getByRole('button', { name: t('web-prescribe:find-patient') }).click();
  await page.getByText(patient.pinfl).waitFor();
  await isSound(page);
  await close();
});

test('no address the app ever opens holds a PINFL, a name or a code', async () => {
  const { page, t, close } = await open('desktop', 'uz-Latn', '/prescribe/new');
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(decodeURIComponent(request.url())));
  const patient = await write(page, t);
  await page.getByRole('button', { name: t('web-prescribe:sign') }).click();
  await signedId(page);
  await page.getByRole('img', { name: t('web-prescribe:qr-alt') }).waitFor();
  const personal = addresses.filter(
    (address) => !address.startsWith('data:') && (address.includes(patient.pinfl) || /Namuna|RX1:/.test(address)),
  );
  expect(personal).toHaveLength(0);
  await close();
});

test('leaving what could not be kept is asked about first, and the language changes under it without loss', async () => {
  const { page, t, close } = await open('desktop', 'uz-Latn', '/prescribe/new');
  // never answered: nothing is kept
  await page.route('**/api/drafts', () => undefined);
  const patient = await write(page, t);
  await page.getByRole('button', { name: new RegExp(`^${t('common:language')}`) }).click();
  const russian = page.getByRole('menuitemradio', { name: 'Русский' });
  await russian.waitFor();
  await isSound(page);
  await russian.click();
  const ru = words('ru');
  await page.getByRole('heading', { level: 1, name: ru('web-prescribe:new-title') }).waitFor();
  await page.getByText(patient.fullName).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('ru');
  await page.getByRole('link', { name: ru('web-shared:nav-prescribe') }).click();
  await page.getByRole('dialog').getByText(ru('web-prescribe:leave-detail')).waitFor();
  await isSound(page);
  await page.getByRole('button', { name: ru('web-prescribe:stay') }).click();
  await page.getByText(patient.fullName).waitFor();
  await close();
});

test('a draft is kept by itself, goes on in another browser, and renews with its repeat once it is signed', async () => {
  const first = await open('desktop', 'ru', '/prescribe/new');
  const { fullName } = await write(first.page, first.t);
  await first.page.getByText(first.t('web-prescribe:draft-saved', { at: '' }).trim()).waitFor();
  await first.close();
  const { page, t, close } = await open('phone', 'uz-Latn', '/prescribe');
  await page
    .getByRole('link', { name: `${t('web-prescribe:draft-go-on')}: ${fullName}` })
    .first()
    .click();
  await page.getByText(fullName).first().waitFor();
  const preset = page.getByRole('button', { name: t('web-prescribe:repeat-preset', { issues: 3, days: 30 }) });
  await preset.click();
  await isSound(page);
  await page.getByRole('button', { name: t('web-prescribe:sign') }).click();
  await signedId(page);
  await page.locator('[aria-current=step]').waitFor();
  await isSound(page);
  await page.getByRole('link', { name: t('web-prescribe:renew') }).click();
  await page.getByText(fullName).first().waitFor();
  expect(await preset.getAttribute('aria-pressed')).toBe('true');
  await close();
});

test('what is prescribed again and again is kept by a star and by a name, and applied with one press', async () => {
  const { page, t, close } = await open('phone', 'ru', '/prescribe/new');
  await write(page, t, 'paratsetamol 500');
  await page.keyboard.press('Enter');
  const star = page.locator('button[aria-pressed]').filter({ has: page.locator('svg.tabler-icon-star') });
  await star.first().click();
  await page.locator('button[aria-pressed=true] svg.tabler-icon-star-filled').waitFor();
  await page.getByRole('button', { name: t('web-prescribe:template-keep') }).click();
  await page.getByLabel(t('web-prescribe:template-name')).fill('Namunaviy');
  await page.getByRole('button', { name: t('web-prescribe:template-save'), exact: true }).click();
  const bar = page.getByRole('group', { name: t('web-prescribe:templates') });
  await bar.getByRole('button', { name: 'Namunaviy' }).waitFor();
  await isSound(page);
  await close();

  const other = await open('desktop', 'uz-Latn', '/prescribe/new');
  const kept = other.page.getByRole('group', { name: other.t('web-prescribe:templates') });
  await kept.getByRole('button', { name: 'Namunaviy' }).click();
  await other.page
    .locator('.reads-back, .lines, main')
    .getByText(/\b42\b/)
    .first()
    .waitFor();
  expect(await kept.locator('svg.tabler-icon-star').count()).toBe(1);
  await isSound(other.page);
  await other.close();
});

test('what is still owed of a started prescription is stopped by its doctor, with a reason', async () => {
  const { page, t, close } = await open('desktop', 'ru', '/prescribe/new');
  await write(page, t, 'paratsetamol 500');
  await page.getByRole('button', { name: t('web-prescribe:sign') }).click();
  const id = await signedId(page);
  const part = { lines: [{ line: 1, quantity: 10 }] };
  const handed = await cloud.api('pharmacist', `POST /api/prescriptions/${id}/dispenses`, { body: part });
  expect(handed.status).toBe(201);
  await page.reload();
  await page.getByRole('button', { name: t('web-prescribe:cancel-rest') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: t('web-prescribe:reason.wrong-dose') }).click();
  await dialog.getByRole('button', { name: t('web-prescribe:cancel-rest') }).click();
  await dialog.waitFor({ state: 'hidden' });
  const { body } = await cloud.api<{ status: string; lines: { status: string; dispensed: number }[] }>(
    'doctor',
    `GET /api/prescriptions/${id}`,
  );
  expect([body.status, body.lines[0]?.status, body.lines[0]?.dispensed]).toEqual(['cancelled', 'cancelled', 10]);
  await isSound(page);
  await close();
});

test('a session that ends leaves the draft on the page, and signing in beside it goes on with it', async () => {
  const { page, t, close } = await open('desktop', 'uz-Latn', '/prescribe/new');
  const patient = await write(page, t);
  await page.keyboard.press('Enter');
  // What fifteen minutes and a closed issuer's session would do: the token no longer counts and cannot be renewed.
  await page.evaluate(() => {
    const key = Object.keys(sessionStorage).find((name) => name.startsWith('oidc.user:')) ?? '';
    const user = JSON.parse(sessionStorage.getItem(key) ?? '{}');
    sessionStorage.setItem(key, JSON.stringify({ ...user, expires_at: 1, refresh_token: undefined }));
  });
  await page.getByRole('button', { name: t('web-prescribe:sign') }).click();
  const again = page.getByRole('button', { name: t('web-shared:sign-in-again') });
  await again.waitFor();
  await page.getByText(patient.fullName).waitFor();
  expect(await violations(page)).toEqual([]);
  const opening = page.waitForEvent('popup');
  await again.click();
  const window = await opening;
  await window.waitForEvent('close').catch(() => undefined);
  await again.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: t('web-prescribe:sign') }).click();
  await signedId(page);
  await close();
});

test('a doctor sees who is signed in, and signs out at the issuer too', async () => {
  const { page, t, close } = await open('phone', 'uz-Latn', '/prescribe');
  const { body } = await cloud.api<{ name: string; site: string }>('doctor', 'GET /api/me');
  await page.getByRole('button', { name: t('web-shared:signed-in-as', { name: body.name }) }).click();
  const menu = page.getByRole('dialog');
  await menu.getByText(body.site).waitFor();
  await isSound(page);
  await menu.getByRole('button', { name: t('web-shared:sign-out') }).click();
  await page.waitForURL((at) => at.pathname === '/sign-in');
  await page.goto('/prescribe');
  await page.waitForURL((at) => at.pathname === '/sign-in');
  // The issuer asks again who it is.
  await page.locator('main button').first().click();
  await page.locator('button[name="person"]').first().waitFor();
  await close();
});

test('without a network the app opens again, says so, and keeps the formulary', async () => {
  const { page, t, close } = await open('phone', 'ru', '/prescribe/new');
  await page.getByRole('combobox', { name: t('web-prescribe:medicine-search') }).fill('amoks');
  await page.getByRole('option').first().waitFor();
  await page.evaluate(async () => {
    const { serviceWorker } = navigator;
    await serviceWorker.ready;
    if (!serviceWorker.controller)
      await new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  });
  await page.context().setOffline(true);
  await page.goto('/prescribe/new');
  await page.getByText(t('web-shared:offline')).waitFor();
  await page.getByRole('combobox', { name: t('web-prescribe:medicine-search') }).fill('парацет');
  await page.getByRole('option').first().waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await fitsWidth(page)).toBe(true);
  await close();
});

test('the number behind the small printed code is shown to anybody, and never sent', async () => {
  const { page, t, close } = await open('phone', 'uz-Latn');
  const number = makeNumber(new Uint8Array(12));
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  await page.goto(`/p#${number}`);
  await page.getByRole('heading', { level: 1, name: t('common:prescription') }).waitFor();
  await page.getByText(formatNumber(number)).waitFor();
  await isSound(page);
  expect(addresses.filter((address) => new URL(address).pathname.startsWith('/api/'))).toEqual([]);
  await close();
});
