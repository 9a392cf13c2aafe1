/**
 * The issuer of the local cloud, on the web's own origin under `/identity`: authorization code with PKCE and access tokens
 * for the API, as the user pool gives them in the cloud. Whoever reaches the page may sign in as anybody, which is why
 * nothing here listens beyond loopback. Who the people are is asked of the caller.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { roles } from '@darmon/domain/actor';
import { accountScope } from '@darmon/domain/second-factor';
import type { Person } from '@darmon/domain/standing';
import type { Language } from '@darmon/i18n/language';
import {
  type Adapter,
  type AdapterPayload,
  errors,
  interactionPolicy,
  type KoaContextWithOIDC,
  Provider,
} from 'oidc-provider';
import { apiAudience, claimsOf, type IssuerKeys, secondFactorClaim, webClient } from './access-token.ts';
import type { Factors } from './factors.ts';
import { openCode, secondFactorAcr, secondsToNextCode, type Verdict } from './second-factor.ts';
import {
  choosePersonPage,
  confirmPage,
  noFactorPage,
  pageLanguage,
  pagePolicy,
  signedOutPage,
  signOutPage,
  wentWrongPage,
} from './sign-in-pages.ts';

/** Where people are kept. A person who is not active may not sign in. */
export interface People {
  find(id: string): Promise<Person | undefined>;
  list(): Promise<readonly Person[]>;
}

/** What the user pool calls in the cloud. A rejection keeps the person from signing in, as it does there. */
export interface SignIns {
  /** Before anything is asked of this person. */
  began(person: string): Promise<void>;
  /** After everything that was asked was right. */
  cameIn(person: string): Promise<void>;
}

const nobodyTold: SignIns = { began: async () => {}, cameIn: async () => {} };

export interface IdentityOptions {
  /** Origin of web and API, such as `http://127.0.0.1:4000`. */
  readonly origin: string;
  readonly keys: IssuerKeys;
  readonly people: People;
  /** Who has a second factor. */
  readonly factors: Pick<Factors, 'of' | 'isOwn' | 'judge' | 'attempts'>;
  /** The SQLite file of sessions and grants, so that a restart signs nobody out. */
  readonly sessions: string;
  /** Told of each sign-in, as the user pool's triggers are; nobody is told unless somebody is named. */
  readonly signIns?: SignIns;
  /** Milliseconds since 1970, for codes. The provider has the process's own clock. */
  readonly now: () => number;
}

export interface Identity {
  readonly issuer: string;
  /** Answers a request whose path begins with `/identity`. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  stop(): void;
}

export const identityPath = '/identity';
const issuerOf = (origin: string): string => `${origin}${identityPath}`;

const hour = 3_600;
const accessTokenSeconds = 15 * 60;
const everydayScopes = 'openid profile';
/** With the one that lets a token change its own account. */
const scopes = `${everydayScopes} ${accountScope}`;

/** Mounts the issuer. It binds no port of its own. */
export function makeIdentity({
  origin,
  keys,
  people,
  factors,
  sessions,
  now,
  signIns = nobodyTold,
}: IdentityOptions): Identity {
  const issuer = issuerOf(origin);
  const store = openStore(sessions);
  const findActive = async (id: string): Promise<Person | undefined> => {
    const person = await people.find(id);
    return person?.active ? person : undefined;
  };

  const provider = new Provider(issuer, {
    adapter: (model: string) => storeAdapter(store, model),
    jwks: { keys: [keys.signing] },
    clients: [
      {
        client_id: webClient,
        client_name: 'Darmon',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [`${origin}/callback`],
        post_logout_redirect_uris: [origin, `${origin}/`],
      },
    ],
    pkce: { required: () => true },
    scopes: scopes.split(' '),
    claims: { openid: ['sub'], profile: ['name'], acr: null },
    acrValues: [secondFactorAcr],
    // The web app reads the name from the ID token: an access token for the API does not open userinfo.
    conformIdTokenClaims: false,
    issueRefreshToken: async () => true,
    cookies: {
      keys: keys.cookies,
      // Cookies know no port: two clouds on one machine would sign each other out.
      names: Object.fromEntries(
        (['session', 'interaction', 'resume'] as const).map((name) => [name, `darmon-${new URL(origin).port}-${name}`]),
      ),
    },
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: 60,
      IdToken: accessTokenSeconds,
      Interaction: hour,
      Session: 12 * hour,
      Grant: 12 * hour,
      RefreshToken: 12 * hour,
    },
    interactions: {
      policy: policyWithSecondFactor(),
      url: (_context, interaction) => `${identityPath}/interaction/${interaction.uid}`,
    },
    findAccount: async (_context, id) => {
      const person = await findActive(id);
      return person && { accountId: person.id, claims: async () => ({ sub: person.id, name: person.name }) };
    },
    // Our own app needs nobody's consent.
    loadExistingGrant: async (context) => {
      const { client, session } = context.oidc;
      if (!client || !session?.accountId) return undefined;
      const known = session.grantIdFor(client.clientId);
      const existing = known ? await provider.Grant.find(known) : undefined;
      if (existing) return existing;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope(scopes);
      grant.addResourceScope(apiAudience, scopes);
      await grant.save();
      return grant;
    },
    extraTokenClaims: async (context, token) => {
      const accountId = 'accountId' in token ? token.accountId : undefined;
      const person = accountId ? await findActive(accountId) : undefined;
      if (!person) throw new errors.InvalidGrant('this person may not sign in');
      const { AuthorizationCode, RefreshToken } = context.oidc.entities;
      return {
        ...claimsOf(person),
        auth_time: AuthorizationCode?.authTime ?? RefreshToken?.authTime,
        // As in the cloud: a refresh proves nothing anew, so its token never carries the second factor.
        [secondFactorClaim]: String(AuthorizationCode?.acr === secondFactorAcr),
      };
    },
    renderError: (context, { error }) => showPage(context, wentWrongPage(error, origin, languageOf(context))),
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => showPage(context, signOutPage(form, languageOf(context))),
        postLogoutSuccessSource: (context) => showPage(context, signedOutPage(origin, languageOf(context))),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => apiAudience,
        useGrantedResource: () => true,
        getResourceServerInfo: (context, resource) => {
          if (resource !== apiAudience) throw new errors.InvalidTarget();
          return {
            audience: apiAudience,
            // As the trigger has it in the cloud: a renewed token never may.
            scope: context.oidc.params?.grant_type === 'refresh_token' ? everydayScopes : scopes,
            accessTokenFormat: 'jwt',
            accessTokenTTL: accessTokenSeconds,
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
    },
  });
  const answer = provider.callback();

  /** Whom the page's form named; the interaction's own cookie says whose sign-in it is. */
  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params, uid, session } = await provider.interactionDetails(request, response);
    const form = new URLSearchParams(request.method === 'POST' ? await textOf(request) : '');
    const step: Step = {
      request,
      response,
      form,
      action: `${identityPath}/interaction/${uid}`,
      language: pageLanguage(params.ui_locales, request.headers['accept-language']),
    };
    // What was asked for is in the interaction, so that no form can ask for less.
    if (asksSecondFactor(params.acr_values)) return confirm(step, session?.accountId);
    const person = await findActive(form.get('person') ?? '');
    // As the user pool does: whoever set one up is asked each time. Those of the demo are asked where it is needed.
    if (person && factors.isOwn(person)) return confirm(step);
    if (person) {
      // here nobody is asked for a password, so nobody has a wrong one
      await signIns.began(person.id);
      await signIns.cameIn(person.id);
      return provider.interactionFinished(request, response, { login: { accountId: person.id } });
    }
    const active = (await people.list()).filter((one) => one.active);
    send(response, 200, choosePersonPage(active, roles, step.action, step.language));
  }

  /** Whoever is signed in confirms, unless the form names somebody else, or (empty) asks for the choice. */
  async function confirm({ request, response, form, action, language }: Step, signedIn?: string): Promise<void> {
    if (form.has('cancel')) return provider.interactionFinished(request, response, { error: 'access_denied' });
    const person = await findActive(form.get('person') ?? signedIn ?? '');
    if (!person) {
      const able = (await people.list()).filter((one) => one.active && factors.of(one));
      return send(response, 200, choosePersonPage(able, roles, action, language, 'to confirm'));
    }
    const factor = factors.of(person);
    if (!factor) return send(response, 200, noFactorPage(person, action, language));
    const typed = form.get('code');
    let verdict: Verdict | undefined;
    if (typed !== null) {
      await signIns.began(person.id);
      const judged = factors.judge(person, typed);
      if (judged === 'accepted') {
        await signIns.cameIn(person.id);
        const login = { accountId: person.id, acr: secondFactorAcr, amr: ['otp'] };
        return provider.interactionFinished(request, response, { login });
      }
      verdict = judged;
    }
    const kept = factors.attempts(person);
    const locked = now() < kept.lockedUntil;
    const code = locked ? undefined : openCode(factor.secret, kept, now());
    const lockedUntil = locked ? new Date(kept.lockedUntil).toISOString() : undefined;
    const seconds = secondsToNextCode(now());
    send(response, 200, confirmPage({ person, factor, verdict, lockedUntil, code, seconds, action, language }));
  }

  return {
    issuer,
    async handle(request, response) {
      const path = request.url?.slice(identityPath.length) || '/';
      if (!path.startsWith('/interaction/')) {
        // The provider finds where it is mounted by what was cut off.
        Object.assign(request, { originalUrl: request.url, url: path });
        await answer(request, response);
        return;
      }
      try {
        await interact(request, response);
      } catch (error) {
        if (!(error instanceof errors.OIDCProviderError)) throw error;
        const language = pageLanguage(undefined, request.headers['accept-language']);
        send(response, error.statusCode, wentWrongPage(error.error, origin, language));
      }
    },
    stop: () => store.close(),
  };
}

/** One request of a sign-in under way. */
interface Step {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly form: URLSearchParams;
  readonly action: string;
  readonly language: Language;
}

const asksSecondFactor = (acrValues: unknown): boolean =>
  typeof acrValues === 'string' && acrValues.split(' ').includes(secondFactorAcr);

/** The provider takes `acr_values` for a wish; here a sign-in without what was asked for does not end. */
function policyWithSecondFactor(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy.get('login')?.checks.add(
    new interactionPolicy.Check('second_factor', 'the second factor is needed', ({ oidc }) => {
      return asksSecondFactor(oidc.params?.acr_values) && oidc.acr !== secondFactorAcr;
    }),
  );
  return policy;
}

const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': pagePolicy,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

function send(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { ...pageHeaders, 'Content-Length': Buffer.byteLength(html) }).end(html);
}

function showPage(context: KoaContextWithOIDC, html: string): void {
  context.set(pageHeaders);
  context.body = html;
}

const languageOf = (context: KoaContextWithOIDC) =>
  pageLanguage(context.oidc?.params?.ui_locales, context.get('accept-language'));

const longestForm = 4_096;

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > longestForm) throw new errors.InvalidRequest('too long');
  }
  return text;
}

// --- sessions, codes and grants, in one table ------------------------------------------------------------------------

function openStore(path: string): DatabaseSync {
  const store = new DatabaseSync(path);
  // Losing the last second of sessions in a power cut costs a sign-in; waiting for the disk would cost each one.
  store.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = OFF;
    CREATE TABLE IF NOT EXISTS artefact (
      model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, uid TEXT, grant_id TEXT, expires_at INTEGER,
      PRIMARY KEY (model, id)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS by_uid ON artefact (model, uid);
    CREATE INDEX IF NOT EXISTS by_grant ON artefact (grant_id);
    DELETE FROM artefact WHERE expires_at < ${Math.floor(Date.now() / 1000)};
  `);
  return store;
}

function storeAdapter(store: DatabaseSync, model: string): Adapter {
  const read = (column: 'id' | 'uid', value: string): AdapterPayload | undefined => {
    const row = store
      .prepare(`SELECT payload, expires_at FROM artefact WHERE model = ? AND ${column} = ?`)
      .get(model, value);
    if (!row || (typeof row.expires_at === 'number' && row.expires_at * 1000 < Date.now())) return undefined;
    return JSON.parse(String(row.payload));
  };
  return {
    async upsert(id, payload, expiresIn) {
      const expiresAt = expiresIn ? Math.floor(Date.now() / 1000) + expiresIn : null;
      store
        .prepare(
          'INSERT OR REPLACE INTO artefact (model, id, payload, uid, grant_id, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(model, id, JSON.stringify(payload), payload.uid ?? null, payload.grantId ?? null, expiresAt);
    },
    find: async (id) => read('id', id),
    findByUid: async (uid) => read('uid', uid),
    findByUserCode: async () => undefined,
    async consume(id) {
      store
        .prepare("UPDATE artefact SET payload = json_set(payload, '$.consumed', ?) WHERE model = ? AND id = ?")
        .run(Math.floor(Date.now() / 1000), model, id);
    },
    async destroy(id) {
      store.prepare('DELETE FROM artefact WHERE model = ? AND id = ?').run(model, id);
    },
    async revokeByGrantId(grantId) {
      // A sign-in under way outlives the session that it takes the place of.
      store.prepare("DELETE FROM artefact WHERE grant_id = ? AND model NOT IN ('Session', 'Interaction')").run(grantId);
    },
  };
}
