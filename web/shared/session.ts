/**
 * Who is signed in on this device: the code flow with PKCE against whichever issuer `/settings.json` names. Tokens live in
 * this tab's session storage. When one ends, the page stays as it is, because a half-written prescription is on it:
 * the person signs in again in a second window. What needs a fresh second factor goes through the issuer and back.
 */
import { secondFactorSeconds } from '@darmon/domain/actor';
import { accountScope } from '@darmon/domain/second-factor';
import { ErrorResponse, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { useSyncExternalStore } from 'react';

interface Settings {
  readonly identity: {
    readonly authority: string;
    readonly clientId: string;
    readonly scope: string;
    readonly resource?: string;
  };
}

export type SessionState = 'signed-out' | 'signed-in' | 'ended';

let manager: Promise<UserManager> | undefined;
let settings: Settings | undefined;
let state: SessionState = 'signed-out';
const listeners = new Set<() => void>();

const become = (next: SessionState): void => {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
};

const settingsPath = '/settings.json';
const keptSettings = 'darmon.settings';

/** As served, or as last served to this device: without a network the app still knows whose tokens it holds. */
const readSettings = async (): Promise<Settings> => {
  const answer = await fetch(settingsPath).catch(() => undefined);
  const text = answer?.ok ? await answer.text() : localStorage.getItem(keptSettings);
  if (!text) throw new Error(`${settingsPath} cannot be read`);
  const read = JSON.parse(text) as Settings;
  localStorage.setItem(keptSettings, text);
  return read;
};

const open = async (): Promise<UserManager> => {
  settings = await readSettings();
  const { authority, clientId, scope, resource } = settings.identity;
  const made = new UserManager({
    authority: new URL(authority, location.origin).href,
    client_id: clientId,
    redirect_uri: `${location.origin}/callback`,
    post_logout_redirect_uri: `${location.origin}/`,
    scope,
    resource,
    response_type: 'code',
    automaticSilentRenew: true,
    // Renewal is by refresh token only: no page of ours may be framed, so a hidden frame could never answer.
    silentRequestTimeoutInSeconds: 10,
    accessTokenExpiringNotificationTimeInSeconds: 60,
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: localStorage }),
    loadUserInfo: false,
  });
  made.events.addUserLoaded(() => become('signed-in'));
  made.events.addAccessTokenExpired(() => void renew().catch(() => undefined));
  return made;
};

const opened = (): Promise<UserManager> => {
  manager ??= open().catch((error: unknown) => {
    manager = undefined;
    throw error;
  });
  return manager;
};

/**
 * The person signed in with a token that still counts, renewing it if it can be; null where nobody is.
 * Rejects where the issuer cannot be reached to renew it.
 */
export const currentUser = async (): Promise<User | null> => {
  const made = await opened();
  const user = await made.getUser();
  if (!user) return null;
  if (!user.expired) {
    become('signed-in');
    return user;
  }
  return (await renew()) ?? null;
};

/** Whether the screens of a role may open: somebody signed in here whose session the issuer has not ended. */
export const mayEnter = async (): Promise<boolean> => {
  try {
    return (await currentUser()) !== null;
  } catch {
    // No network: the screens open and show what this device keeps.
    const user = await opened().then(
      (made) => made.getUser(),
      () => null,
    );
    if (user) become('signed-in');
    return user !== null;
  }
};

let renewing: Promise<User | undefined> | undefined;

/**
 * A new token by the refresh token, once for all who ask at the same time; undefined where the session has ended.
 * Rejects where the issuer cannot be reached.
 */
export const renew = (): Promise<User | undefined> => {
  renewing ??= (async () => {
    const made = await opened();
    const user = await made.getUser();
    const renewed = user?.refresh_token
      ? await made.signinSilent().catch((error: unknown) => {
          if (error instanceof ErrorResponse) return null;
          throw error;
        })
      : null;
    if (renewed) become('signed-in');
    else if (user) become('ended');
    return renewed ?? undefined;
  })().finally(() => {
    renewing = undefined;
  });
  return renewing;
};

/** Leaves for the issuer's sign-in page; comes back to `to`, an address of this app: path, query and hash. */
export const signIn = async (to: string, uiLocale: string): Promise<void> => {
  const made = await opened();
  await made.signinRedirect({ state: { to: ownAddress(to) }, ui_locales: uiLocale });
};

/** Signs in again in a second window, so that this page keeps what is on it. Another person starts from a clean page. */
export const signInAgain = async (uiLocale: string): Promise<void> => {
  const made = await opened();
  const before = (await made.getUser())?.profile.sub;
  const user = await made.signinPopup({ ui_locales: uiLocale });
  if (before !== undefined && user.profile.sub !== before) location.assign('/');
  become('signed-in');
};

/** What asks the issuer for a second factor; Cognito passes over it and asks whoever has one at every sign-in. */
const secondFactorAcr = 'urn:darmon:second-factor';

/**
 * Leaves to prove anew who is there, and comes back to `returnTo`, an address of this app, also where the person turns back
 * without doing it. Whatever the page holds is gone with it: the caller keeps its own draft first. If somebody else signs
 * in there, they start from a clean page instead.
 */
export const freshSignIn = async (wish: {
  /** False for somebody who has none yet. */
  readonly secondFactor: boolean;
  /** With leave to change the own account: the issuer gives it to the first token of this sign-in and to no renewed one. */
  readonly account?: boolean;
  readonly returnTo: string;
  readonly uiLocale: string;
}): Promise<void> => {
  const made = await opened();
  const person = (await made.getUser())?.profile.sub;
  await made.signinRedirect({
    state: { to: wish.returnTo, person },
    prompt: 'login',
    ...(wish.secondFactor && { acr_values: secondFactorAcr }),
    ...(wish.account && { scope: `${settings?.identity.scope} ${accountScope}` }),
    ui_locales: wish.uiLocale,
  });
};

const claimsIn = (token: string): Readonly<Record<string, unknown>> => {
  const [, payload = ''] = token.split('.');
  return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
};

/**
 * Whether the token says that the person signed in with a second factor at most so long ago, by this device's clock. It
 * spares a refusal and decides nothing: the API looks for itself.
 * @param maxAgeSeconds unless told, a minute less than the API allows, for reading once more and pressing the button
 */
export const hasFreshSecondFactor = async (maxAgeSeconds = secondFactorSeconds - 60): Promise<boolean> =>
  (await freshClaims(maxAgeSeconds))?.['darmon:second-factor'] === 'true';

/**
 * Whether this device's token may begin to set up a second factor: one of a sign-in of just now, with leave to change the
 * account, and made with the present factor where there is one. It spares a refusal; the API looks for itself.
 * @param has whether the person has a factor
 */
export const mayChangeAccount = async (has: boolean): Promise<boolean> => {
  const claims = await freshClaims(secondFactorSeconds - 60);
  if (!claims || !String(claims.scope).split(' ').includes(accountScope)) return false;
  return !has || claims['darmon:second-factor'] === 'true';
};

/** What a token says whose sign-in is at most so long ago, by this device's clock; undefined for an older one. */
const freshClaims = async (maxAgeSeconds: number): Promise<Readonly<Record<string, unknown>> | undefined> => {
  const user = await (await opened()).getUser();
  if (!user || user.expired) return undefined;
  const claims = claimsIn(user.access_token);
  return Date.now() / 1000 - Number(claims.auth_time) <= maxAgeSeconds ? claims : undefined;
};

interface SignInState {
  readonly to?: unknown;
  /** Whose page it was that asked. */
  readonly person?: unknown;
}

/** Far above every address of the app: what is longer was made by nobody's screen. */
const longestAddress = 2_000;

/**
 * `to` as an address of this app: path, query and place on the page, and never another site, whatever is written there. The
 * start where it is none, or one of the pages that signing in itself goes through.
 */
const ownAddress = (to: unknown): string => {
  if (typeof to !== 'string' || !to.startsWith('/') || to.length > longestAddress) return '/';
  try {
    // as a browser reads it: it drops tabs and line ends, turns \ into / and follows dots, and what counts is what is left
    const { origin, pathname, search, hash } = new URL(to, location.origin);
    const isOurs = origin === location.origin && !pathname.startsWith('//');
    return isOurs && pathname !== '/sign-in' && pathname !== '/callback' ? `${pathname}${search}${hash}` : '/';
  } catch {
    return '/';
  }
};

/** Ends `/callback`: in the second window it closes it, else it gives the path to go on to. */
export const finishSignIn = async (): Promise<string> => {
  const made = await opened();
  const user = await made.signinCallback().catch(async (error: unknown) => {
    // Turned back at the issuer's page: whoever was signed in here before still is.
    const turnedBack = error instanceof ErrorResponse && error.error === 'access_denied';
    const before = turnedBack ? await made.getUser() : null;
    if (!before) throw error;
    return Object.assign(before, { state: (error as ErrorResponse).state });
  });
  become('signed-in');
  const state = (user?.state ?? {}) as SignInState;
  return state.person === undefined || state.person === user?.profile.sub ? ownAddress(state.to) : '/';
};

/** Ends the session here and at the issuer, and forgets what this tab kept of the person. */
export const signOut = async (): Promise<void> => {
  const made = await opened();
  sessionStorage.removeItem('darmon.me');
  const announced = await made.metadataService.getEndSessionEndpoint().catch(() => undefined);
  // Cognito wants the way back under a name of its own; other issuers pass over what they do not know.
  const { clientId = '' } = settings?.identity ?? {};
  const wayBack = { client_id: clientId, logout_uri: `${location.origin}/` };
  if (announced) return made.signoutRedirect({ extraQueryParams: wayBack });
  await made.removeUser();
  location.assign('/');
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSession = (): SessionState => useSyncExternalStore(subscribe, () => state);
