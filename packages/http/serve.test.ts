import type { Once } from '@darmon/domain/once';
import { Refusal } from '@darmon/domain/refusal';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { defineRoutes } from './route.ts';
import { type Handlers, type Served, serve } from './serve.ts';

const routes = defineRoutes({
  change: {
    method: 'POST',
    path: '/api/sites/{site}/things/{id}',
    summary: 'Change',
    access: { warehouse: 'own', quality: 'all' },
    params: z.object({ site: z.string(), id: z.string().regex(/^\d+$/) }),
    body: z.union([
      z.object({ gtin: z.string(), quantity: z.int().min(1) }),
      z.object({ scan: z.string(), quantity: z.int().min(1) }),
    ]),
    answers: { 200: z.object({ ok: z.boolean() }) },
    keyed: true,
    example: { body: { gtin: '1', quantity: 1 }, answer: { ok: true } },
  },
  look: {
    method: 'GET',
    path: '/api/look',
    summary: 'Look',
    access: 'public',
    query: z.object({ n: z.coerce.number().int().exactOptional() }),
    answers: { 200: z.object({ n: z.number() }) },
    keyed: false,
    cacheSeconds: 60,
    example: { answer: { n: 1 } },
  },
  mine: {
    method: 'GET',
    path: '/api/mine',
    summary: 'Mine',
    access: 'any',
    answers: { 200: z.object({}) },
    keyed: false,
    example: { answer: {} },
  },
});

const onces: Once[] = [];
const faults: unknown[] = [];
const log: Served[] = [];
let thrown: unknown;
const handlers: Handlers<typeof routes> = {
  change: async ({ actor, params, body, once }) => {
    if (thrown) throw thrown;
    onces.push(once);
    return {
      status: 200,
      body: { ok: true, person: actor.person, role: actor.role, reach: actor.reach, params, body },
    };
  },
  look: async ({ query }) => ({ status: 200, body: { n: query.n ?? 0 } }),
  mine: async ({ actor: { roles, rights, authTime, secondFactor } }) => ({
    status: 200,
    body: { roles, rights, authTime, secondFactor },
  }),
};
const app = serve(routes, handlers, { now: () => 0, served: (s) => log.push(s), fault: (e) => faults.push(e) });

const ask = async (path: string, claims: object | undefined, init: RequestInit = {}) => {
  const response = await app.request(path, init, {
    requestContext: { requestId: 'r1', ...(claims && { authorizer: { jwt: { claims } } }) },
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
};
const post = (body: string, headers: Record<string, string> = { 'idempotency-key': 'k' }) => ({
  method: 'POST',
  body,
  headers,
});
const warehouse = { sub: 'w', 'cognito:groups': '[warehouse other]', 'darmon:site': 'WH-1' };
const good = JSON.stringify({ gtin: '1', quantity: 2 });
const path = '/api/sites/WH-1/things/7';

describe('the order of refusals', () => {
  test.each([
    [
      'the role before the body is read',
      '/api/sites/WH-1/things/7',
      { sub: 'd', 'cognito:groups': '[doctor]' },
      post('{', {}),
      403,
      'not-allowed',
    ],
    ['the body before the key', path, warehouse, post('{', {}), 400, 'unreadable-body'],
    ['a body too deep', path, warehouse, post(`{"deep":${'['.repeat(20)}1${']'.repeat(20)}}`), 400, 'unreadable-body'],
    ['half a character', path, warehouse, post('{"scan":"\\ud800"}'), 400, 'unreadable-body'],
    ['half a character in a name', path, warehouse, post('{"\\ud800":1}'), 400, 'unreadable-body'],
    [
      'what is deep, and not too deep',
      path,
      warehouse,
      post(`{"deep":${'['.repeat(19)}1${']'.repeat(19)}}`),
      422,
      'schema',
    ],
    ['the key before the schema', path, warehouse, post('{}', {}), 400, 'idempotency-key-missing'],
    ['the schema before the site', '/api/sites/WH-2/things/7', warehouse, post('{}'), 422, 'schema'],
    ['the site before the use case', '/api/sites/WH-2/things/7', warehouse, post(good), 404, 'not-found'],
    ['an id that none can have', '/api/sites/WH-1/things/x', warehouse, post(good), 404, 'not-found'],
    ['no claims at all', path, undefined, post(good), 403, 'not-allowed'],
  ])('%s', async (_, at, claims, init, status, code) => {
    const answer = await ask(at, claims, init);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });
});

describe('an actor', () => {
  test('takes the role that reaches furthest, from a list or from the gateway’s text', async () => {
    const both = { ...warehouse, 'cognito:groups': ['warehouse', 'quality'] };
    expect((await ask('/api/sites/WH-2/things/7', both, post(good))).body).toMatchObject({
      role: 'quality',
      reach: 'all',
    });
    expect((await ask(path, warehouse, post(good))).body).toMatchObject({
      person: 'w',
      role: 'warehouse',
      reach: 'own',
    });
    expect((await ask('/api/mine', { ...both, 'darmon:rights': 'controlled nonsense' })).body).toMatchObject({
      roles: ['warehouse', 'quality'],
      rights: ['controlled'],
    });
    expect((await ask('/api/mine', { sub: 'x' })).status).toBe(403);
  });

  test('has a second factor only where the token says `true`, and with it the time of that sign-in', async () => {
    const factorOf = async (claims: object) => {
      const { secondFactor, authTime } = (await ask('/api/mine', { ...warehouse, ...claims })).body;
      return [secondFactor, authTime];
    };
    expect(await factorOf({ 'darmon:second-factor': 'true', auth_time: '1700000000' })).toEqual([true, 1_700_000_000]);
    expect(await factorOf({})).toEqual([false, 0]);
    for (const other of ['false', '', 'TRUE', '1', '[true]'])
      expect(await factorOf({ 'darmon:second-factor': other }), other).toEqual([false, 0]);
  });
});

describe('a repeat', () => {
  test('has the same hashes for the same request, whatever the white space, and others for another key, body or path', async () => {
    onces.length = 0;
    await ask(path, warehouse, post(good));
    await ask(path, warehouse, post('{ "gtin": "1",\n"quantity": 2 }'));
    await ask(path, warehouse, post(good.replace('2', '3')));
    await ask('/api/sites/WH-1/things/8', warehouse, post(good));
    await ask(path, warehouse, post(good, { 'idempotency-key': 'k2' }));
    const [a, b, body, other, key] = onces;
    expect(b).toEqual(a);
    expect([body?.keyHash, other?.keyHash]).toEqual([a?.keyHash, a?.keyHash]);
    expect(new Set([a?.bodyHash, body?.bodyHash, other?.bodyHash, key?.bodyHash]).size).toBe(4);
    expect(key?.keyHash).not.toBe(a?.keyHash);
  });
});

describe('answers', () => {
  test('point at each fault, in the closest variant of a union', async () => {
    const { body } = await ask(
      path,
      warehouse,
      post(JSON.stringify({ scan: 'x', quantity: 0 }), { 'idempotency-key': 'k', 'accept-language': 'en' }),
    );
    expect(body.errors).toEqual([{ pointer: '/quantity', detail: 'At least 1.' }]);
  });

  test('of a refusal carry its facts; of a fault nothing but an id', async () => {
    thrown = new Refusal('out-of-stock', { available: 3 }, [{ pointer: '/lines/0', detail: 'out-of-stock' }]);
    const refused = await ask(path, warehouse, post(good));
    expect(refused.body).toMatchObject({
      status: 409,
      code: 'out-of-stock',
      facts: { available: 3 },
      errors: [{ pointer: '/lines/0', detail: refused.body.title }],
    });
    thrown = new Error('secret of somebody');
    const failed = await ask(path, warehouse, post(good));
    thrown = undefined;
    expect([failed.status, failed.body]).toEqual([
      500,
      { type: 'about:blank', title: 'Internal Server Error', status: 500, instance: 'urn:darmon:request:r1' },
    ]);
    expect(faults).toHaveLength(1);
    expect(log.slice(-2).map((l) => l.code)).toEqual(['out-of-stock', 'fault']);
  });

  test('are kept by nobody unless the route says so', async () => {
    expect((await ask('/api/mine', warehouse)).headers.get('cache-control')).toBe('no-store');
    expect((await ask('/api/look?n=3', undefined)).headers.get('cache-control')).toBe('public, max-age=60');
    expect((await ask('/api/look?n=x', undefined)).status).toBe(422);
    expect((await ask('/api/nowhere', undefined)).body.code).toBe('route-unknown');
  });
});
