/** The issuer's page for the second factor in a real browser, beside an app that only asks and is answered. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '@darmon/domain/standing';
import { type Language, languages } from '@darmon/i18n/language';
import { translatorOf } from '@darmon/i18n/translator';
import { signIn } from '@darmon/i18n/words/sign-in';
import { issuerKeys, webClient } from '@darmon/local/access-token';
import { type Factors, factorsIn } from '@darmon/local/factors';
import { type Identity, identityPath, makeIdentity } from '@darmon/local/identity';
import { secondFactorAcr } from '@darmon/local/second-factor';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openPage, type Screen } from '../support/browser.ts';
import { isSound } from '../support/screens.ts';

const words = translatorOf({ signIn });
const folder = mkdtempSync(join(tmpdir(), 'darmon-second-factor-'));
const doctor: Person = {
  id: 'doctor',
  name: 'Namuna Shifokor',
  roles: ['doctor'],
  site: 'CL-1001',
  rights: ['controlled'],
  active: true,
  version: 1,
};
const everybody = [doctor, { ...doctor, id: 'doctor2', name: 'Namuna Hamkasb', rights: [] }];
const people = { find: async (id: string) => everybody.find((one) => one.id === id), list: async () => everybody };
/** The clock of the codes, so that no test waits for the next one. */
const clock = { now: Date.now() };

let server: Server;
let origin: string;
let factors: Factors;
let identity: Identity;
let browser: Browser;
beforeAll(async () => {
  mkdirSync(join(folder, 'identity'), { recursive: true });
  server = createServer((request, response) => {
    if (request.url?.startsWith(identityPath)) return void identity.handle(request, response);
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>app</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  factors = factorsIn(folder, () => clock.now);
  identity = makeIdentity({
    origin,
    keys: issuerKeys(folder),
    people,
    factors,
    sessions: join(folder, 'identity', 'sessions.db'),
    now: () => clock.now,
  });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  identity?.stop();
  factors?.stop();
  server?.close();
  server?.closeAllConnections();
  rmSync(folder, { recursive: true });
});

const ask = (language: Language, more: Record<string, string> = {}): string =>
  `${identityPath}/auth?${new URLSearchParams({
    client_id: webClient,
    response_type: 'code',
    redirect_uri: `${origin}/callback`,
    scope: 'openid profile',
    state: 'of-the-app',
    code_challenge: createHash('sha256').update(randomBytes(32)).digest('base64url'),
    code_challenge_method: 'S256',
    ui_locales: language,
    prompt: 'login',
    ...more,
  })}`;

/** A doctor who is signed in and is now asked for the digits. */
const open = async (screen: Screen, language: Language) => {
  clock.now += 900_000;
  const { page, context } = await openPage(browser, { screen, language, url: origin });
  await page.goto(ask(language));
  await page.locator('button[value="doctor"]').click();
  await page.waitForURL((at) => at.pathname === '/callback');
  await page.goto(ask(language, { acr_values: secondFactorAcr }));
  return { page, t: words(language), close: () => context.close() };
};

const textOf = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).textContent()) ?? '';
const demoCode = (page: Page): Promise<string> => textOf(page, '#demo-code');
/** Types a code over what is in the field, and waits for the next page. */
const send = async (page: Page, code: string): Promise<void> => {
  await page.locator('#code').fill(code);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
};
const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.id ?? '');

test.each([...languages.map((language) => ['phone', language] as const), ['desktop', 'uz-Latn'] as const])(
  'on a %s in %s the digits are typed and sent from the keyboard, and a wrong one is explained beside its field',
  async (screen, language) => {
    const { page, t, close } = await open(screen, language);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await textOf(page, 'h1')).toBe(t('signIn:confirmTitle'));
    expect(await focused(page)).toBe('code');
    await isSound(page);

    await page.keyboard.type('000000');
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
    expect(await textOf(page, '[role="alert"]')).toContain(t('signIn:codeWrong'));
    expect(await focused(page)).toBe('code');
    await page.locator('summary').click();
    expect(await page.getByRole('img', { name: t('signIn:keyPicture') }).isVisible()).toBe(true);
    await isSound(page);

    await send(page, await demoCode(page));
    await page.waitForURL((at) => at.pathname === '/callback' && at.searchParams.has('code'));
    await close();
  },
);

test('used up and locked, the page says when to go on, shows no code that would not count, and lets the person go back', async () => {
  const { page, t, close } = await open('phone', 'ru');
  const confirmed = async (): Promise<void> => {
    await send(page, await demoCode(page));
    await page.waitForURL((at) => at.pathname === '/callback');
    await page.goto(ask('ru', { acr_values: secondFactorAcr }));
  };
  await confirmed();
  await confirmed();
  expect(await page.locator('#demo-code').count()).toBe(0);
  await isSound(page);
  clock.now += 30_000;
  await page.getByRole('button', { name: t('signIn:newCode') }).click();
  await page.locator('#demo-code').waitFor();

  for (let n = 0; n < 5; n += 1) await send(page, '000000');
  await page.getByRole('alert').waitFor();
  expect(await page.locator('#demo-code').count()).toBe(0);
  await isSound(page);
  await page.getByRole('button', { name: t('signIn:cancel') }).click();
  await page.waitForURL((at) => at.pathname === '/callback' && at.searchParams.get('error') === 'access_denied');
  await close();
});

test('the choice shows only who has a second factor', async () => {
  const { page, t, close } = await open('desktop', 'en');
  await page.getByRole('button', { name: t('signIn:someoneElse') }).click();
  await page.getByText(t('signIn:chooseToConfirm')).waitFor();
  expect(await page.locator('button[value="doctor"]').count()).toBe(1);
  expect(await page.locator('button[value="doctor2"]').count()).toBe(0);
  await isSound(page);
  await close();
});
