/**
 * The issuer of the local cloud, on the web's own origin under `/identity`: authorization code with PKCE and access tokens
 * for the API, as the user pool gives them in the cloud. Whoever reaches the page may sign in as anybody, which is why
 * nothing here listens beyond loopback. Who the people are is asked of the caller.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { roles } from '@darmon/domain/actor';
import type { Person } from '@darmon/domain/standing';
import { type Adapter, type AdapterPayload, errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { apiAudience, claimsOf, type IssuerKeys, webClient } from './access-token.ts';
import {
  choosePersonPage,
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

export interface IdentityOptions {
  /** Origin of web and API, such as `http://127.0.0.1:4000`. */
  readonly origin: string;
  readonly keys: IssuerKeys;
  readonly people: People;
  /** The SQLite file of sessions and grants, so that a restart signs nobody out. */
  readonly sessions: string;
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
const scopes = 'openid profile';

/** Mounts the issuer. It binds no port of its own. */
export function makeIdentity({ origin, keys, people, sessions }: IdentityOptions): Identity {
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
    claims: { openid: ['sub'], profile: ['name'] },
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
    interactions: { url: (_context, interaction) => `${identityPath}/interaction/${interaction.uid}` },
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
      return { ...claimsOf(person), auth_time: AuthorizationCode?.authTime ?? RefreshToken?.authTime };
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
        getResourceServerInfo: (_context, resource) => {
          if (resource !== apiAudience) throw new errors.InvalidTarget();
          return {
            audience: apiAudience,
            scope: scopes,
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
    const { params, uid } = await provider.interactionDetails(request, response);
    const chosen = request.method === 'POST' ? new URLSearchParams(await textOf(request)).get('person') : null;
    const person = chosen === null ? undefined : await findActive(chosen);
    if (person) return provider.interactionFinished(request, response, { login: { accountId: person.id } });
    const language = pageLanguage(params.ui_locales, request.headers['accept-language']);
    const active = (await people.list()).filter((one) => one.active);
    send(response, 200, choosePersonPage(active, roles, `${identityPath}/interaction/${uid}`, language));
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
      store.prepare("DELETE FROM artefact WHERE grant_id = ? AND model <> 'Session'").run(grantId);
    },
  };
}
