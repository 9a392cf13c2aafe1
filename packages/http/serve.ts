/**
 * A route table and its handlers as one hono app. The order of refusals is the same on every route: role, readable,
 * key, schema, and only then what the use case says.
 */
import { createHash, createHmac } from 'node:crypto';
import { type Actor, type Reach, Right, Role } from '@darmon/domain/actor';
import { type Approvable, approvedText } from '@darmon/domain/approval';
import type { Once } from '@darmon/domain/once';
import { Refusal } from '@darmon/domain/refusal';
import { type Context, Hono } from 'hono';
import * as z from 'zod';
import { faultAnswer, refusalAnswer, schemaRefusal } from './problem.ts';
import type { BodyOf, ParamsOf, QueryOf, Route, Routes } from './route.ts';
import { sourceOf } from './source.ts';

/** One request, parsed. What a route does not have (a body, a key, an actor) its handler does not see. */
export interface Call<R extends Route> {
  readonly actor: R['access'] extends 'public' ? undefined : Actor;
  readonly params: ParamsOf<R>;
  readonly query: QueryOf<R>;
  readonly body: BodyOf<R>;
  readonly once: R['keyed'] extends true ? Once : undefined;
  /** The caller's address, personal: hashed before anything is kept of it. */
  readonly source: string;
  /** The caller's own token, secret: for the issuer alone, and kept nowhere. */
  readonly token: R['passesToken'] extends true ? string : undefined;
  /** What somebody's approval of this very request names. */
  readonly approvable: R['keyed'] extends true ? Approvable : undefined;
}

type Answered = { readonly status: number; readonly body: unknown } | Response;
export type Handlers<R extends Routes> = { readonly [K in keyof R]: (call: Call<R[K]>) => Promise<Answered> };

/** What the log gets to know of a request: nothing of a person. */
export interface Served {
  readonly route: string;
  readonly status: number;
  readonly code?: string;
  readonly ms: number;
}

export interface ServeOptions {
  readonly now: () => number;
  readonly served?: (served: Served) => void;
  /** Gets what nobody foresaw, with the id that the caller was given. */
  readonly fault?: (error: unknown, requestId: string) => void;
}

const maxBodyCharacters = 1_000_000;
const maxKeyLength = 200;
/** No request needs more; a database item holds 32 levels, and what walks a value must come to an end. */
const maxDepth = 20;

/** False for what is too deep, or holds half a character, which no database and no other program takes. */
const isSound = (value: unknown, left: number): boolean => {
  if (typeof value === 'string') return value.isWellFormed();
  if (value === null || typeof value !== 'object') return true;
  return left > 0 && Object.entries(value).every(([name, inner]) => name.isWellFormed() && isSound(inner, left - 1));
};

/** API Gateway hands a list of groups on as the text `[a b]`; a token itself has a list. */
const ListClaim = z
  .union([z.array(z.string()), z.string()])
  .optional()
  .transform((claim) =>
    (Array.isArray(claim) ? claim : (claim ?? '').replace(/^\[|\]$/g, '').split(/[\s,]+/)).filter(Boolean),
  );

const Claims = z.object({
  sub: z.string(),
  name: z.string().default(''),
  'cognito:groups': ListClaim,
  'darmon:person': z.string().optional(),
  'darmon:site': z.string().default(''),
  'darmon:rights': ListClaim,
  auth_time: z.coerce.number().default(0),
  'darmon:second-factor': z.string().default('false'),
});

interface GatewayEnv {
  requestContext?: { requestId?: string; http?: { sourceIp?: string }; authorizer?: { jwt?: { claims?: unknown } } };
}
type Ctx = Context<{ Bindings: GatewayEnv }>;

const authorised = (c: Ctx, route: Route): Actor | undefined => {
  if (route.access === 'public') return undefined;
  const claims = Claims.safeParse(c.env?.requestContext?.authorizer?.jwt?.claims);
  if (!claims.success) throw new Refusal('not-allowed');
  const { sub, name, auth_time: authTime, 'darmon:person': person = sub, 'darmon:site': site } = claims.data;
  const roles = claims.data['cognito:groups'].filter((g): g is Role => Role.safeParse(g).success);
  const rights = claims.data['darmon:rights'].filter((r): r is Right => Right.safeParse(r).success);
  const allowed: [Role, Reach][] = roles.flatMap((role): [Role, Reach][] => {
    if (route.access === 'any') return [[role, 'all']];
    const reach = route.access === 'public' ? undefined : route.access[role];
    return reach ? [[role, reach]] : [];
  });
  const [role, reach] = allowed.find(([, r]) => r === 'all') ?? allowed[0] ?? [];
  if (!role || !reach) throw new Refusal('not-allowed');
  const secondFactor = claims.data['darmon:second-factor'] === 'true';
  return { person, name, role, roles, reach, site, rights, authTime, secondFactor };
};

const readBody = async (c: Ctx, longest = maxBodyCharacters): Promise<unknown> => {
  const text = await c.req.text();
  if (text.length > longest) throw new Refusal('body-too-large');
  try {
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    if (isSound(body, maxDepth)) return body;
  } catch {
    // told below, like what is not sound
  }
  throw new Refusal('unreadable-body');
};

const keyOf = (c: Ctx): string => {
  const key = c.req.header('idempotency-key') ?? '';
  if (!/^[\x21-\x7e]+$/.test(key) || key.length > maxKeyLength) throw new Refusal('idempotency-key-missing');
  return key;
};

const onceOf = (key: string, person: string, c: Ctx, body: unknown): Once => ({
  person,
  keyHash: createHash('sha256').update(key).digest('base64url'),
  bodyHash: createHmac('sha256', key)
    .update(`${c.req.method} ${c.req.path}\n${JSON.stringify(body ?? null)}`)
    .digest('base64url'),
});

const approvableOf = (c: Ctx, raw: unknown): Approvable => ({
  subject: c.req.path,
  bodyHash: createHash('sha256')
    .update(approvedText((raw ?? {}) as Record<string, unknown>))
    .digest('base64url'),
});

const parsed = <T>(schema: z.ZodType<T> | undefined, value: unknown, c: Ctx): T | undefined => {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw schemaRefusal(result.error, c.req.header('accept-language'));
};

const parseCall = async (c: Ctx, route: Route): Promise<Call<Route>> => {
  const actor = authorised(c, route);
  const raw = route.method === 'GET' ? undefined : await readBody(c, route.bodyCharacters);
  const key = route.keyed ? keyOf(c) : undefined;
  const body = parsed(route.body, raw, c);
  const query = parsed(route.query, c.req.query(), c);
  const params = route.params?.safeParse(c.req.param());
  if (params && !params.success) throw new Refusal('not-found');
  const site = (params?.data as { site?: string } | undefined)?.site;
  if (actor?.reach === 'own' && site !== undefined && site !== actor.site) throw new Refusal('not-found');
  const once = key === undefined || !actor ? undefined : onceOf(key, actor.person, c, body);
  const approvable = once && approvableOf(c, raw);
  const token = route.passesToken ? c.req.header('authorization')?.replace(/^Bearer /i, '') : undefined;
  if (route.passesToken && !token) throw new Refusal('not-allowed');
  const source = sourceOf(c.req.header('x-forwarded-for'), c.env?.requestContext?.http?.sourceIp ?? '');
  return { actor, params: params?.data, query, body, once, source, token, approvable } as unknown as Call<Route>;
};

const render = (answered: Answered, route: Route): Response => {
  if (answered instanceof Response) return answered;
  return new Response(JSON.stringify(answered.body), {
    status: answered.status,
    headers: {
      'content-type': 'application/json',
      'cache-control': route.cacheSeconds === undefined ? 'no-store' : `public, max-age=${route.cacheSeconds}`,
    },
  });
};

/** Mounts every route of the table; a handler that is missing, or of another shape, does not compile. */
export const serve = <const R extends Routes>(
  routes: R,
  handlers: Handlers<R>,
  options: ServeOptions,
): Hono<{ Bindings: GatewayEnv }> => {
  const app = new Hono<{ Bindings: GatewayEnv }>();
  for (const [name, route] of Object.entries(routes)) {
    const handle = handlers[name] as unknown as (call: Call<Route>) => Promise<Answered>;
    app.on(route.method, route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
      const began = options.now();
      const done = (response: Response, code?: string): Response => {
        options.served?.({
          route: name,
          status: response.status,
          ms: options.now() - began,
          ...(code !== undefined && { code }),
        });
        return response;
      };
      try {
        return done(render(await handle(await parseCall(c, route)), route));
      } catch (error) {
        if (error instanceof Refusal) return done(refusalAnswer(error, c.req.header('accept-language')), error.code);
        const requestId = c.env?.requestContext?.requestId ?? crypto.randomUUID();
        options.fault?.(error, requestId);
        return done(faultAnswer(requestId), 'fault');
      }
    });
  }
  app.notFound((c) => refusalAnswer(new Refusal('route-unknown'), c.req.header('accept-language')));
  return app;
};
