import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '@darmon/domain/standing';
import { timeText } from '@darmon/i18n/dates';
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessToken, apiAudience, issuerKeys, publicJwk, webClient } from './access-token.ts';
import { factorsIn } from './factors.ts';
import { type Identity, makeIdentity } from './identity.ts';
import { factorOf, factorSeed, noAttempts, openCode, secondFactorAcr } from './second-factor.ts';

const folder = mkdtempSync(join(tmpdir(), 'darmon-identity-'));
mkdirSync(join(folder, 'identity'), { recursive: true });
const keys = issuerKeys(folder);
const doctor: Person = {
  id: 'doctor',
  name: 'Namuna <Shifokor>',
  roles: ['doctor', 'chief'],
  site: 'CL-1001',
  rights: ['controlled'],
  active: true,
  version: 1,
};
const closed: Person = { ...doctor, id: 'doctor-closed', name: 'Yopiq', active: false };
const plain: Person = { ...doctor, id: 'doctor-plain', name: 'Oddiy', rights: [] };
const everybody = [doctor, closed, plain];
const people = { find: async (id: string) => everybody.find((one) => one.id === id), list: async () => everybody };

let server: Server;
let origin: string;
let identity: Identity;

const seed = factorSeed(folder);
const { secret } = factorOf(seed, 'doctor');
/** The clock of the codes; the provider keeps its own. */
const clock = { now: Date.now() };
/** Far enough from every code that an earlier test used, and past every lock. */
const later = (): number => {
  clock.now += 600_000;
  return clock.now;
};
const factors = factorsIn(folder, () => clock.now);
const mount = () =>
  makeIdentity({
    origin,
    keys,
    people,
    factors,
    sessions: join(folder, 'identity', 'sessions.db'),
    now: () => clock.now,
  });

beforeAll(async () => {
  server = createServer((request, response) => void identity.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  identity = mount();
});
afterAll(() => {
  identity.stop();
  factors.stop();
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

/** A browser as far as this issuer needs one: it follows redirects within the issuer and keeps cookies. */
class Browser {
  readonly cookies = new Map<string, string>();

  async go(url: string, init: RequestInit = {}): Promise<{ url: string; answer: Response }> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (pair.slice(at + 1)) this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
      else this.cookies.delete(pair.slice(0, at));
    }
    const next = answer.headers.get('location');
    if (!next || next.startsWith(`${origin}/callback`)) return { url: next ?? url, answer };
    return this.go(new URL(next, url).href, { headers: init.headers ?? {} });
  }
}

const verifier = randomBytes(32).toString('base64url');
const authorizeUrl = (more: Record<string, string> = {}) =>
  `${origin}/identity/auth?${new URLSearchParams({
    client_id: webClient,
    response_type: 'code',
    redirect_uri: `${origin}/callback`,
    scope: 'openid profile',
    state: 'state-of-the-app',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  })}`;

const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
});

interface Tokens {
  access_token: string;
  id_token: string;
  refresh_token: string;
}

async function signIn(browser: Browser): Promise<Tokens> {
  const page = await browser.go(authorizeUrl({ prompt: 'login' }));
  const { url } = await browser.go(page.url, form({ person: 'doctor' }));
  return redeem(url);
}

async function redeem(callback: string): Promise<Tokens> {
  const code = new URL(callback).searchParams.get('code');
  expect(code).toBeTruthy();
  return exchange({
    grant_type: 'authorization_code',
    code: code!,
    redirect_uri: `${origin}/callback`,
    code_verifier: verifier,
  });
}

async function exchange(fields: Record<string, string>): Promise<Tokens> {
  const answer = await fetch(`${origin}/identity/token`, form({ client_id: webClient, ...fields }));
  expect(answer.status).toBe(200);
  return (await answer.json()) as Tokens;
}

test('choosing a person on the page gives an access token with the claims the API reads, verifiable by the published key', async () => {
  const browser = new Browser();
  const page = await browser.go(authorizeUrl(), { headers: { 'accept-language': 'ru' } });
  const html = await page.answer.text();
  expect(html).toContain('lang="ru"');
  expect(html).toContain('Namuna &lt;Shifokor&gt;');
  expect(html).not.toContain('doctor-closed');
  expect(html).not.toMatch(/https?:/);
  expect(page.answer.headers.get('content-security-policy')).toContain("default-src 'none'");

  const { url } = await browser.go(page.url, form({ person: 'doctor' }));
  expect(new URL(url).searchParams.get('state')).toBe('state-of-the-app');
  const tokens = await redeem(url);
  const jwks = createRemoteJWKSet(new URL(`${origin}/identity/jwks`));
  const { payload } = await jwtVerify(tokens.access_token, jwks, {
    issuer: `${origin}/identity`,
    audience: apiAudience,
    algorithms: ['RS256'],
  });
  expect(payload).toMatchObject({
    sub: 'doctor',
    name: doctor.name,
    'cognito:groups': ['doctor', 'chief'],
    'darmon:site': 'CL-1001',
    'darmon:rights': ['controlled'],
  });
  expect(payload.exp! - payload.iat!).toBe(900);
  // seconds and not milliseconds, of this sign-in and not of another day
  expect(Math.abs(Number(payload.auth_time) - Date.now() / 1000)).toBeLessThan(3_600);
  expect(decodeJwt(tokens.id_token)).toMatchObject({ sub: 'doctor', name: doctor.name, aud: webClient });
});

test('who is signed in is not asked again, even after a restart, unless the app asks for a fresh sign-in', async () => {
  const browser = new Browser();
  const first = decodeJwt((await signIn(browser)).access_token);
  identity.stop();
  identity = mount();
  const again = decodeJwt((await redeem((await browser.go(authorizeUrl())).url)).access_token);
  expect(again.auth_time).toBe(first.auth_time);
  const fresh = await browser.go(authorizeUrl({ prompt: 'login' }));
  expect(fresh.url).toContain('/identity/interaction/');
});

test('another person can sign in where somebody is signed in already', async () => {
  const browser = new Browser();
  await signIn(browser);
  const page = await browser.go(authorizeUrl({ prompt: 'login' }));
  // The provider ends the first session by a form that sends itself on.
  const between = await (await browser.go(page.url, form({ person: 'doctor-plain' }))).answer.text();
  const [, action = ''] = /action="([^"]+)"/.exec(between) ?? [];
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(between) ?? [];
  const { url } = await browser.go(action, form({ xsrf, logout: 'yes' }));
  expect(decodeJwt((await redeem(url)).access_token).sub).toBe('doctor-plain');
});

test('a refresh keeps the time of the sign-in, and a person whose account was closed gets nothing more', async () => {
  const tokens = await signIn(new Browser());
  const refreshed = await exchange({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
  expect(decodeJwt(refreshed.access_token).auth_time).toBe(decodeJwt(tokens.access_token).auth_time);
  everybody[0] = { ...doctor, active: false };
  try {
    const fields = { client_id: webClient, grant_type: 'refresh_token', refresh_token: refreshed.refresh_token };
    expect((await fetch(`${origin}/identity/token`, form(fields))).status).toBe(400);
  } finally {
    everybody[0] = doctor;
  }
});

test('a closed account, an unknown person and a form without its cookie do not sign in', async () => {
  const browser = new Browser();
  const page = await browser.go(authorizeUrl());
  for (const person of ['doctor-closed', 'nobody', ''])
    expect((await browser.go(page.url, form({ person }))).url).not.toContain('/callback');
  const stranger = await new Browser().go(page.url, form({ person: 'doctor' }));
  expect(stranger.answer.status).toBe(400);
});

test('signing out ends the session, returns to the app and loads nothing from outside', async () => {
  const browser = new Browser();
  const { id_token } = await signIn(browser);
  const query = new URLSearchParams({ id_token_hint: id_token, post_logout_redirect_uri: `${origin}/` });
  const { answer } = await browser.go(`${origin}/identity/session/end?${query}`);
  const html = await answer.text();
  expect(html).not.toMatch(/https:|\/\/fonts/);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const action = /action="([^"]+)"/.exec(html)?.[1] ?? '';
  expect(new URL(action).pathname).toBe('/identity/session/end/confirm');
  await browser.go(action, form({ xsrf, logout: 'yes' }));
  expect((await browser.go(authorizeUrl())).url).toContain('/identity/interaction/');
});

test('a request without PKCE, with another redirect or another resource is refused', async () => {
  const error = async (url: string) => {
    const { url: at, answer } = await new Browser().go(url);
    return new URL(at).searchParams.get('error') ?? answer.status;
  };
  expect(await error(authorizeUrl({ redirect_uri: 'https://elsewhere.example/callback' }))).toBe(400);
  expect(await error(authorizeUrl({ resource: 'urn:other' }))).toBe('invalid_target');
  const bare = new URL(authorizeUrl());
  bare.searchParams.delete('code_challenge');
  bare.searchParams.delete('code_challenge_method');
  expect(await error(bare.href)).toBe('invalid_request');
});

const withSecondFactor = { prompt: 'login', acr_values: secondFactorAcr };
const codeNow = (): string => openCode(secret, noAttempts, clock.now) ?? '';

/** Opens the page that asks for the digits, as an app does that needs them. */
const askForCode = (browser: Browser) => browser.go(authorizeUrl(withSecondFactor));
const type = async (browser: Browser, at: string, code: string) => {
  const { url, answer } = await browser.go(at, form({ person: 'doctor', code }));
  return url.startsWith(`${origin}/callback`) ? 'accepted' : answer.text();
};
const says = (html: string): string =>
  /id="problem"[^>]*>(?:<span[^>]*>[^<]*<\/span>)?([^<]*)/.exec(html)?.[1] ?? 'nothing';

test('the digits of the second factor give a token that says so, with the time of that very sign-in', async () => {
  later();
  const browser = new Browser();
  const before = decodeJwt((await signIn(browser)).access_token);
  expect(before['darmon:second-factor']).toBe('false');
  // Tokens count whole seconds: in the next one a time that stood still is seen.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const page = await askForCode(browser);
  const html = await page.answer.text();
  expect(html).toContain('autocomplete="one-time-code"');
  expect(html).toContain(codeNow());
  const { url } = await browser.go(page.url, form({ person: 'doctor', code: codeNow() }));
  const tokens = await redeem(url);
  const confirmed = decodeJwt(tokens.access_token);
  expect(confirmed['darmon:second-factor']).toBe('true');
  expect(Number(confirmed.auth_time)).toBeGreaterThan(Number(before.auth_time));
  expect(decodeJwt(tokens.id_token)).toMatchObject({ sub: 'doctor', acr: secondFactorAcr });
});

test('a refreshed token keeps the time of the sign-in and no longer carries the second factor', async () => {
  later();
  const browser = new Browser();
  const page = await askForCode(browser);
  const chosen = await browser.go(page.url, form({ person: 'doctor' }));
  const { url } = await browser.go(chosen.url, form({ person: 'doctor', code: codeNow() }));
  const tokens = await redeem(url);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const refreshed = await exchange({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
  const claims = decodeJwt(refreshed.access_token);
  expect(claims.auth_time).toBe(decodeJwt(tokens.access_token).auth_time);
  expect(claims['darmon:second-factor']).toBe('false');
});

test('an ordinary sign-in afterwards asks for no digits and gives up the second factor', async () => {
  later();
  const browser = new Browser();
  const page = await askForCode(browser);
  await browser.go(page.url, form({ person: 'doctor', code: codeNow() }));
  expect(decodeJwt((await signIn(browser)).access_token)['darmon:second-factor']).toBe('false');
});

test('who asks for the second factor without a fresh sign-in is asked for the digits all the same', async () => {
  later();
  const browser = new Browser();
  await signIn(browser);
  const { url } = await browser.go(authorizeUrl({ acr_values: secondFactorAcr }));
  expect(url).toContain('/identity/interaction/');
  expect((await browser.go(url, form({ person: 'doctor' }))).url).toBe(url);
});

test('a code counts once, even sent twice at the same moment and after a restart', async () => {
  later();
  const [first, second] = [new Browser(), new Browser()];
  const pages = [await askForCode(first), await askForCode(second)];
  const verdicts = await Promise.all([
    type(first, pages[0]?.url ?? '', codeNow()),
    type(second, pages[1]?.url ?? '', codeNow()),
  ]);
  expect(verdicts.filter((one) => one === 'accepted')).toHaveLength(1);
  expect(verdicts.map(says)).toContain(
    'Bu kod allaqachon ishlatilgan. Keyingi kodni kuting, u yarim daqiqa ichida chiqadi.',
  );
  identity.stop();
  identity = mount();
  const third = new Browser();
  expect(await type(third, (await askForCode(third)).url, codeNow())).not.toBe('accepted');
});

test('five wrong codes lock the person for five minutes wherever they are typed, and the page tells until when', async () => {
  later();
  for (let n = 1; n <= 5; n += 1) {
    const browser = new Browser();
    const html = await type(browser, (await askForCode(browser)).url, '000000');
    expect(html).toContain('aria-invalid="true"');
    expect(says(html)).toContain(n < 5 ? 'Kod toʻgʻri kelmadi' : 'Juda koʻp notoʻgʻri kod');
  }
  const browser = new Browser();
  const { url } = await askForCode(browser);
  const locked = await type(browser, url, codeNow());
  const until = new Date(Math.ceil((clock.now + 300_000) / 60_000) * 60_000);
  expect(says(locked)).toContain(timeText(until.toISOString()).slice(-5));
  expect(locked).not.toContain(codeNow());
  clock.now += 300_000;
  expect(await type(browser, url, codeNow())).toBe('accepted');
});

test('who has no second factor, a closed account and nobody cannot confirm, and the choice shows only who can', async () => {
  later();
  const browser = new Browser();
  const page = await askForCode(browser);
  expect(await page.answer.text()).not.toContain('doctor-plain');
  for (const person of ['doctor-plain', 'doctor-closed', 'nobody', '']) {
    const { url, answer } = await browser.go(page.url, form({ person, code: codeNow() }));
    expect(url, person).not.toContain('/callback');
    expect(await answer.text(), person).not.toContain('one-time-code');
  }
});

test('whoever goes back without confirming returns to the app signed in as before', async () => {
  later();
  const browser = new Browser();
  const before = decodeJwt((await signIn(browser)).access_token);
  const page = await askForCode(browser);
  const { url } = await browser.go(page.url, form({ cancel: 'yes' }));
  expect(new URL(url).searchParams.get('error')).toBe('access_denied');
  expect(new URL(url).searchParams.get('state')).toBe('state-of-the-app');
  const after = decodeJwt((await redeem((await browser.go(authorizeUrl())).url)).access_token);
  expect(after.auth_time).toBe(before.auth_time);
});

test('a token made on the command line is the same as one from the page, save its hour', async () => {
  const now = Date.now();
  const options = { issuer: `${origin}/identity`, now, authAgeSeconds: 600 };
  const token = await accessToken(keys, doctor, options);
  const verified = await jwtVerify(token, createLocalJWKSet({ keys: [publicJwk(keys)] }), { audience: apiAudience });
  const fromPage = decodeJwt((await signIn(new Browser())).access_token);
  expect(Object.keys(verified.payload).sort()).toEqual(Object.keys(fromPage).sort());
  expect(verified.payload.exp! - verified.payload.iat!).toBe(3600);
  expect(verified.payload.auth_time).toBe(Math.floor(now / 1000) - 600);
  expect(verified.payload['darmon:second-factor']).toBe('false');
  const confirmed = await accessToken(keys, doctor, { ...options, secondFactor: true });
  expect(decodeJwt(confirmed)['darmon:second-factor']).toBe('true');
});
