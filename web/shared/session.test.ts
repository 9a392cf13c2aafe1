import { beforeEach, expect, test, vi } from 'vitest';

interface Signed {
  readonly access_token: string;
  readonly expired?: boolean;
  readonly profile: { readonly sub: string };
  state?: unknown;
}

const issuer = {
  user: null as Signed | null,
  /** What comes back from the issuer. */
  callback: async (): Promise<Signed | undefined> => undefined,
  redirect: vi.fn(async (_asked: Readonly<Record<string, unknown>>) => undefined),
};

vi.mock('oidc-client-ts', () => {
  class ErrorResponse extends Error {
    readonly error: string;
    readonly state: unknown;
    constructor(given: { error: string; userState?: unknown }) {
      super(given.error);
      this.error = given.error;
      this.state = given.userState;
    }
  }
  class UserManager {
    readonly events = { addUserLoaded: () => undefined, addAccessTokenExpired: () => undefined };
    getUser = async () => issuer.user;
    signinRedirect = issuer.redirect;
    signinCallback = () => issuer.callback();
  }
  return { ErrorResponse, UserManager, WebStorageStateStore: class {} };
});

const storage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
vi.stubGlobal('localStorage', storage);
vi.stubGlobal('sessionStorage', storage);
vi.stubGlobal('location', { origin: 'https://darmon.example' });
vi.stubGlobal('fetch', async () =>
  Response.json({ identity: { authority: '/identity', clientId: 'web', scope: 'openid' } }),
);

const { ErrorResponse } = await import('oidc-client-ts');
const { finishSignIn, freshSignIn, hasFreshSecondFactor, signIn } = await import('./session.ts');

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenWith = (claims: object): string => `${part({ alg: 'RS256' })}.${part({ name: 'Namuna ʻ»?>', ...claims })}.x`;
const signed = (claims: object, more: Partial<Signed> = {}): Signed => ({
  access_token: tokenWith(claims),
  profile: { sub: 'doctor' },
  ...more,
});
const ago = (seconds: number): number => Math.floor(Date.now() / 1000) - seconds;

beforeEach(() => {
  issuer.user = signed({});
  issuer.redirect.mockClear();
});

test('a fresh sign-in asks the issuer for the person and the second factor, and remembers page and person', async () => {
  await freshSignIn({ secondFactor: true, returnTo: '/prescribe/sign?draft=1', uiLocale: 'ru' });
  expect(issuer.redirect).toHaveBeenCalledWith({
    state: { to: '/prescribe/sign?draft=1', person: 'doctor' },
    prompt: 'login',
    acr_values: 'urn:darmon:second-factor',
    ui_locales: 'ru',
  });
});

test('the same person comes back to the page, and another one starts from a clean page', async () => {
  const state = { to: '/prescribe/sign', person: 'doctor' };
  issuer.callback = async () => signed({}, { state });
  expect(await finishSignIn()).toBe('/prescribe/sign');
  issuer.callback = async () => signed({}, { state, profile: { sub: 'doctor2' } });
  expect(await finishSignIn()).toBe('/');
});

test('an ordinary sign-in goes on to where anybody wanted to go: path, query and place on the page', async () => {
  const wanted = '/reports/material-balance?month=2026-10&site=PH-0001#checks';
  await signIn(wanted, 'ru');
  expect(issuer.redirect).toHaveBeenCalledWith({ state: { to: wanted }, ui_locales: 'ru' });
  for (const to of [wanted, '/dispense', '/', '/trails/days?person=a%2Fb']) {
    issuer.callback = async () => signed({}, { state: { to }, profile: { sub: 'doctor2' } });
    expect(await finishSignIn()).toBe(to);
  }
});

test('no return address leaves the site, and none goes round in circles', async () => {
  const hostile = [
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    '/\n\\elsewhere.example?x#y',
    '/.//elsewhere.example',
    '/a/..//elsewhere.example',
    '/%2e//elsewhere.example',
    'https://elsewhere.example',
    'https://darmon.example@elsewhere.example/',
    'javascript:alert(1)',
    'elsewhere.example',
    `/${'a'.repeat(2_000)}`,
    '/sign-in?to=/dispense',
    '/callback?code=1&state=2',
    '/x/../callback',
    '//[',
    undefined,
    7,
    { href: '/' },
  ];
  for (const to of hostile) {
    issuer.callback = async () => signed({}, { state: { to } });
    expect(await finishSignIn(), String(to)).toBe('/');
    if (typeof to !== 'string') continue;
    issuer.redirect.mockClear();
    await signIn(to, 'ru');
    expect(issuer.redirect).toHaveBeenCalledWith({ state: { to: '/' }, ui_locales: 'ru' });
  }
});

test('who turns back without confirming is on the page again, signed in as before', async () => {
  const state = { to: '/prescribe/sign', person: 'doctor' };
  const turnedBack = async () => {
    throw new ErrorResponse({ error: 'access_denied', userState: state });
  };
  issuer.callback = turnedBack;
  expect(await finishSignIn()).toBe('/prescribe/sign');
  issuer.user = null;
  await expect(finishSignIn()).rejects.toThrow('access_denied');
  issuer.user = signed({});
  issuer.callback = async () => {
    throw new ErrorResponse({ error: 'server_error', userState: state });
  };
  await expect(finishSignIn()).rejects.toThrow('server_error');
});

test('a second factor is fresh for four minutes or as long as asked, in a token that says it and still counts', async () => {
  const withFactor = { 'darmon:second-factor': 'true' };
  const fresh = async (claims: object, more: Partial<Signed> = {}): Promise<boolean> => {
    issuer.user = signed(claims, more);
    return hasFreshSecondFactor();
  };
  expect(await fresh({ ...withFactor, auth_time: ago(200) })).toBe(true);
  expect(await fresh({ ...withFactor, auth_time: ago(250) })).toBe(false);
  expect(await fresh({ ...withFactor })).toBe(false);
  expect(await fresh({ 'darmon:second-factor': 'false', auth_time: ago(1) })).toBe(false);
  expect(await fresh({ auth_time: ago(1) })).toBe(false);
  expect(await fresh({ ...withFactor, auth_time: ago(1) }, { expired: true })).toBe(false);
  issuer.user = null;
  expect(await hasFreshSecondFactor()).toBe(false);
  issuer.user = signed({ ...withFactor, auth_time: ago(250) });
  expect(await hasFreshSecondFactor(290)).toBe(true);
});
