/** The counter in a real browser against the whole cloud: from the patient's code to what left the shelf. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePinfl } from '@darmon/domain/pinfl';
import type { Language } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { common } from '@darmon/i18n/words/common';
import { credential } from '@darmon/i18n/words/credential';
import { webDispense } from '@darmon/i18n/words/web-dispense';
import { webScan } from '@darmon/i18n/words/web-scan';
import { webShared } from '@darmon/i18n/words/web-shared';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fitsWidth, openBrowser, openPage, pageProblems, type Screen, signIn, violations } from '../support/browser.ts';
import { startCloud, type TestCloud } from '../support/cloud.ts';
import { qrPicture, scan, writeFilm } from '../support/scans.ts';
import { isSound } from '../support/screens.ts';

const words = translatorOf({
  common,
  credential,
  'web-dispense': webDispense,
  'web-scan': webScan,
  'web-shared': webShared,
});

let cloud: TestCloud;
let browser: Browser;
beforeAll(async () => {
  [cloud, browser] = await Promise.all([startCloud({ web: true }), openBrowser()]);
  await Promise.all(['pharmacist', 'pharmacist2'].map(fillShelf));
});
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

/** Two lots for every test to take from, whatever the demo country had. */
const fillShelf = async (person: string) => {
  const me = await cloud.api<{ site: string }>(person, 'GET /api/me');
  const year = new Date().getUTCFullYear();
  const pack = { gtin: '09521020199020', packs: 50 };
  const { status } = await cloud.api(person, `POST /api/sites/${me.body.site}/receipts`, {
    body: {
      lines: [
        { ...pack, lot: 'SOONER', expiryDate: `${year + 2}-01-31` },
        { ...pack, lot: 'LATER', expiryDate: `${year + 3}-01-31` },
      ],
    },
  });
  expect(status).toBe(201);
};

interface Issued {
  readonly id: string;
  readonly number: string;
  readonly code: string;
}

const fullName = 'Namuna Bemor';
let serial = 0;

/** A prescription of 21 capsules that waits at no counter yet. */
const issue = async (): Promise<Issued> => {
  serial += 1;
  const about = { birthDate: '1985-07-02', sex: 'male' as const };
  const { status, body } = await cloud.api<Issued>('doctor', 'POST /api/prescriptions', {
    body: {
      patient: { ...about, fullName, pinfl: makePinfl({ ...about, region: 997, serial }) },
      diagnosis: { icd10: 'J02.9' },
      lines: [
        {
          medicine: 'AMOX500CAP',
          dosage: { amount: 1, unit: 'capsule', timesPerDay: 3, days: 7, when: ['after-meal'], route: 'oral' },
        },
      ],
    },
  });
  expect(status).toBe(201);
  return body;
};

interface View {
  readonly status: string;
  readonly lines: readonly { readonly dispensed: number }[];
  readonly dispenses: readonly { readonly undone: boolean }[];
}
const viewOf = async (id: string): Promise<View> =>
  (await cloud.api<View>('pharmacist', `GET /api/prescriptions/${id}`)).body;

const atCounter = async (screen: Screen, language: Language, from: Browser = browser, person = 'pharmacist') => {
  const { page, context } = await openPage(from, { screen, language, url: cloud.url });
  await signIn(page, person, '/dispense');
  await field(page).and(page.locator(':focus')).waitFor();
  return { page, context, t: words(language), close: () => context.close() };
};

const field = (page: Page) => page.locator('.scan-input input');
const mark = (page: Page, text: string) => page.locator('.mark', { hasText: text }).first();
const dispenseButton = (page: Page) => page.locator('#dispense-now');

describe('the pharmacist', () => {
  test('dispenses an ordinary prescription with a scan and one key, and is ready for the next patient', async () => {
    const prescription = await issue();
    const { page, t, close } = await atCounter('desktop', 'uz-Latn');
    await isSound(page);
    await scan(page, prescription.code);
    await page.getByText(fullName).waitFor();
    await mark(page, t('web-dispense:check.authentic')).waitFor();
    await dispenseButton(page).waitFor();
    await isSound(page);
    await page.keyboard.press('Control+Enter');
    await page.getByText(t('web-dispense:doneAll')).waitFor();
    await field(page).and(page.locator(':focus')).waitFor();
    await isSound(page);
    expect(await viewOf(prescription.id)).toMatchObject({ status: 'completed', lines: [{ dispensed: 21 }] });
    expect(page.url()).not.toContain(encodeURIComponent(fullName));

    const next = await issue();
    await scan(page, next.code);
    await page.waitForURL((at) => at.pathname === `/dispense/${next.id}`);
    await dispenseButton(page).waitFor();
    await close();
  });

  test('reads the code from a picture, hands over a part, and takes it back with a reason', async () => {
    const prescription = await issue();
    const { page, t, close } = await atCounter('phone', 'ru');
    await isSound(page);
    const picture = { name: 'code.png', mimeType: 'image/png', buffer: await qrPicture(prescription.code) };
    await page.locator('input[type="file"]').setInputFiles(picture);
    await dispenseButton(page).waitFor();
    await page.getByLabel(t('common:quantity')).fill('9');
    await page.getByRole('button', { name: t('web-dispense:dispensePart') }).click();
    await page.getByText(t('web-dispense:donePart')).waitFor();
    await isSound(page);
    expect(await viewOf(prescription.id)).toMatchObject({
      status: 'partially-dispensed',
      lines: [{ dispensed: 9 }],
    });

    await page.getByRole('button', { name: t('web-dispense:undo') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(t('web-dispense:undoReason.patient')).check();
    await isSound(page);
    await dialog.getByRole('button', { name: t('web-dispense:undo') }).click();
    await page.getByText(t('web-dispense:undone')).waitFor();
    await dispenseButton(page).waitFor();
    await isSound(page);
    expect(await viewOf(prescription.id)).toMatchObject({
      status: 'active',
      lines: [{ dispensed: 0 }],
      dispenses: [{ undone: true }],
    });
    await close();
  });

  test('reads the code with the camera', async () => {
    const prescription = await issue();
    const folder = mkdtempSync(join(tmpdir(), 'darmon-film-'));
    const film = join(folder, 'counter.y4m');
    writeFilm(film, await qrPicture(prescription.code));
    const withCamera = await openBrowser({ camera: film });
    try {
      const { page, t } = await atCounter('phone', 'uz-Cyrl', withCamera);
      await page.getByRole('button', { name: t('web-scan:camera') }).click();
      await page.waitForURL((at) => at.pathname === `/dispense/${prescription.id}`);
      await mark(page, t('web-dispense:check.authentic')).waitFor();
      await isSound(page);
    } finally {
      await withCamera.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('is told why there is no camera, and what to do instead', async () => {
    const { page, t, close } = await atCounter('desktop', 'en');
    await page.getByRole('button', { name: t('web-scan:camera') }).click();
    const said = page.getByText(t('web-scan:camera.no-camera')).or(page.getByText(t('web-scan:camera.refused')));
    await said.waitFor();
    expect(await violations(page)).toEqual([]);
    await close();
  });

  test('chooses another lot only with a reason', async () => {
    const prescription = await issue();
    const { page, t, close } = await atCounter('desktop', 'ru');
    await scan(page, prescription.number);
    await mark(page, t('web-dispense:check.none')).waitFor();
    await page.getByRole('button', { name: t('web-dispense:otherLots') }).click();
    const lots = page.locator('.lot-choice input');
    const count = await lots.count();
    expect(count).toBeGreaterThan(1);
    for (let at = 0; at < count; at++) await lots.nth(at).fill(at === count - 1 ? '21' : '0');
    await page.getByText(t('web-dispense:needReason')).waitFor();
    expect(await dispenseButton(page).isDisabled()).toBe(true);
    await isSound(page);
    await page.getByText(t('web-dispense:lotReason.damaged')).click();
    await dispenseButton(page).click();
    await page.getByText(t('web-dispense:doneAll')).waitFor();
    await close();
  });
});

describe('what must not be dispensed', () => {
  test('a prescription that another pharmacy was faster with is refused in words, and nothing moves twice', async () => {
    const prescription = await issue();
    const { page, t, close } = await atCounter('desktop', 'en');
    await scan(page, prescription.code);
    await dispenseButton(page).waitFor();
    const elsewhere = await cloud.api('pharmacist2', `POST /api/prescriptions/${prescription.id}/dispenses`, {
      body: { lines: [{ line: 1, quantity: 21 }] },
    });
    expect(elsewhere.status).toBe(201);
    await dispenseButton(page).click();
    await page.getByText(t('web-dispense:closed.completed')).waitFor();
    await isSound(page).catch((error: unknown) => {
      // The refusal itself is a 409, which the browser notes as an error of the page.
      if (!pageProblems(page).every((problem) => problem.includes('409'))) throw error;
    });
    expect((await viewOf(prescription.id)).lines).toMatchObject([{ dispensed: 21 }]);
    await close();
  });

  test('a code with one wrong character is refused on the device and never reaches the server', async () => {
    const { code } = await issue();
    const { page, t, close } = await atCounter('desktop', 'en');
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/api/prescriptions/lookup')) asked += 1;
    });
    const at = code.length - 20;
    await scan(page, code.slice(0, at) + (code[at] === '0' ? '1' : '0') + code.slice(at + 1));
    await page.getByText(t('credential:notValid')).waitFor();
    expect(asked).toBe(0);
    await isSound(page);
    await close();
  });

  test('a pack scanned in place of a prescription is told to be one', async () => {
    const { page, t, close } = await atCounter('phone', 'uz-Latn');
    await scan(page, '010952102019901317280630');
    await page.getByText(t('web-scan:wanted.prescription.pack')).waitFor();
    await isSound(page);
    await close();
  });

  test('a prescription claimed by another pharmacy says until when, and an own claim can be given back', async () => {
    const prescription = await issue();
    const claimed = await cloud.api('pharmacist2', `POST /api/prescriptions/${prescription.id}/claim`);
    expect(claimed.status).toBe(200);
    const { page, t, close } = await atCounter('phone', 'ru');
    await scan(page, prescription.code);
    await page.getByText(t('web-dispense:claimedElsewhere', { time: '' }).trim(), { exact: false }).waitFor();
    expect(await dispenseButton(page).count()).toBe(0);
    await isSound(page);

    const own = await issue();
    await page.goto('/dispense');
    await field(page).and(page.locator(':focus')).waitFor();
    await scan(page, own.code);
    await page.getByRole('button', { name: t('web-dispense:claim') }).click();
    await page.getByRole('timer').waitFor();
    await isSound(page);
    await page.getByRole('button', { name: t('web-dispense:release') }).click();
    await page.getByRole('button', { name: t('web-dispense:claim') }).waitFor();
    expect((await viewOf(own.id)).status).toBe('active');
    await close();
  });

  test('a scan while the button has the focus never presses it', async () => {
    const prescription = await issue();
    const { page, t, close } = await atCounter('desktop', 'en');
    await scan(page, prescription.code);
    await dispenseButton(page).focus();
    await scan(page, '010952109999999917280630');
    await page.locator('.said-wrong').waitFor();
    await scan(page, prescription.code);
    await mark(page, t('web-dispense:check.authentic')).waitFor();
    expect((await viewOf(prescription.id)).status).toBe('active');
    await close();
  });
});

describe('a bad network', () => {
  test('an answer that was lost is asked for again with the same key, and stock moves once', async () => {
    const prescription = await issue();
    const { page, t, close } = await atCounter('desktop', 'en');
    await scan(page, prescription.code);
    await dispenseButton(page).waitFor();
    const keys: (string | undefined)[] = [];
    await page.route('**/dispenses', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      const answer = await route.fetch();
      if (keys.length === 1) await route.abort('connectionreset');
      else await route.fulfill({ response: answer });
    });
    await dispenseButton(page).click();
    await page.getByText(t('web-dispense:doneAll')).waitFor();
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect((await viewOf(prescription.id)).dispenses).toHaveLength(1);
    await close();
  });

  test('without a network a code is still verified, and the screen says what it cannot know', async () => {
    const prescription = await issue();
    const { page, context, t, close } = await atCounter('phone', 'uz-Cyrl');
    // What the device needs is fetched ahead of need.
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await scan(page, prescription.code);
    await page.getByText(t('web-dispense:offlineTitle')).waitFor();
    await mark(page, t('web-dispense:check.authentic')).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await fitsWidth(page)).toBe(true);
    await context.setOffline(false);
    await page.getByRole('button', { name: t('common:retry') }).click();
    await page.waitForURL((at) => at.pathname === `/dispense/${prescription.id}`);
    await close();
  });
});
