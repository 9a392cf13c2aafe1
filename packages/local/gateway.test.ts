import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Person } from '@darmon/domain/standing';
import type { APIGatewayProxyEventV2WithJWTAuthorizer } from 'aws-lambda';
import { createLocalJWKSet } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accessToken, issuerKeys, publicJwk, type TokenOptions } from './access-token.ts';
import { makeGateway } from './gateway.ts';
import type { CloudRoute } from './template.ts';

const authorizer = { audience: ['urn:darmon:api', 'web-client'] };
const routes: CloudRoute[] = [
  { key: 'GET /api/things', function: 'list', authorizer },
  { key: 'GET /api/things/{id}', function: 'one', authorizer },
  { key: 'GET /api/things/newest', function: 'newest', authorizer },
  { key: 'POST /api/things/{id}/parts/{part}', function: 'parts', authorizer },
  { key: 'POST /api/open', function: 'open' },
  { key: 'GET /api/narrow', function: 'narrow', throttle: { rate: 1, burst: 3 } },
];
const folder = mkdtempSync(join(tmpdir(), 'darmon-gateway-'));
const keys = issuerKeys(folder);
const issuer = 'http://127.0.0.1:4000/identity';
const person: Person = {
  id: 'doctor',
  name: 'Namuna Shifokor',
  roles: ['doctor', 'chief'],
  site: 'CL-1001',
  rights: [],
  active: true,
  version: 1,
};

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
let now = Date.now();
let answer: (event: Event) => unknown = () => ({ statusCode: 204 });
let seen: { function: string; event: Event } | undefined;
const faults: string[] = [];
let server: Server;
let origin: string;

beforeAll(async () => {
  const names = new Set(routes.map((route) => route.function));
  const gateway = makeGateway({
    routes,
    throttle: { rate: 10_000, burst: 10_000 },
    functions: new Map(
      [...names].map((name) => [
        name,
        async (event: unknown) => {
          seen = { function: name, event: event as Event };
          return answer(event as Event);
        },
      ]),
    ),
    issuer,
    keys: createLocalJWKSet({ keys: [publicJwk(keys)] }),
    now: () => now,
    onFault: (route) => faults.push(route),
    headers: { 'x-content-type-options': 'nosniff' },
  });
  server = createServer((request, response) => void gateway(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  seen = undefined;
  answer = () => ({ statusCode: 204 });
});

const token = (options: Partial<TokenOptions> = {}) => accessToken(keys, person, { issuer, now, ...options });
const call = async (path: string, init: RequestInit & { bearer?: string } = {}) => {
  const bearer = init.bearer ?? (await token());
  return fetch(`${origin}${path}`, { ...init, headers: { authorization: `Bearer ${bearer}`, ...init.headers } });
};

describe('routes', () => {
  test('the most specific route answers, and parameters are decoded', async () => {
    await call('/api/things/newest');
    expect(seen?.function).toBe('newest');
    await call('/api/things/a%2Fb');
    expect(seen).toMatchObject({ function: 'one', event: { pathParameters: { id: 'a/b' } } });
    await call('/api/things/newest/parts/7', { method: 'POST' });
    expect(seen).toMatchObject({ function: 'parts', event: { pathParameters: { id: 'newest', part: '7' } } });
    await call('/api/things?a=1');
    expect(seen?.function).toBe('list');
  });

  test('an unknown path, a known path with another method and an empty parameter are 404 in the gateway’s own shape', async () => {
    for (const [path, method] of [
      ['/api/nothing', 'GET'],
      ['/api/things', 'POST'],
      ['/api/things/', 'GET'],
      ['/api/things/1/parts', 'POST'],
    ] as const) {
      const refused = await call(path, { method });
      expect([refused.status, await refused.text()]).toEqual([404, '{"message":"Not Found"}']);
      expect(refused.headers.get('apigw-requestid')).toBeTruthy();
    }
    expect(seen).toBeUndefined();
  });
});

describe('tokens', () => {
  const refusedOf = async (bearer: string) => {
    const refused = await call('/api/things', { bearer });
    return [refused.status, await refused.text()];
  };
  const unauthorized = [401, '{"message":"Unauthorized"}'];

  test('claims reach the function as text, lists as the cloud writes them', async () => {
    await call('/api/things');
    expect(seen?.event.requestContext.authorizer.jwt.claims).toMatchObject({
      sub: 'doctor',
      'cognito:groups': '[doctor chief]',
      'darmon:rights': '[]',
      'darmon:site': 'CL-1001',
      auth_time: String(Math.floor(now / 1000)),
    });
  });

  test('no token, another issuer, another audience, an expired, future, forged or unsigned token is 401', async () => {
    const bare = await fetch(`${origin}/api/things`);
    expect([bare.status, await bare.text()]).toEqual(unauthorized);
    expect(bare.headers.get('www-authenticate')).toBe('Bearer');
    const good = await token();
    const [head = '', , signature = ''] = good.split('.');
    const forged = Buffer.from(JSON.stringify({ iss: issuer, aud: 'urn:darmon:api', sub: 'admin', exp: 9e9 }));
    const otherKeys = issuerKeys(join(folder, 'other'));
    for (const bad of [
      'not-a-token',
      await token({ issuer: 'http://127.0.0.1:4001/identity' }),
      await token({ claims: { aud: 'urn:other' } }),
      await token({ claims: { aud: undefined, client_id: 'other-client' } }),
      await token({ claims: { aud: undefined, client_id: undefined } }),
      await token({ claims: { exp: undefined } }),
      await token({ lifetimeSeconds: -1 }),
      await token({ claims: { nbf: Math.floor(now / 1000) + 60 } }),
      `${head}.${forged.toString('base64url')}.${signature}`,
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${forged.toString('base64url')}.`,
      await accessToken(otherKeys, person, { issuer, now }),
    ])
      expect(await refusedOf(bad)).toEqual(unauthorized);
    expect(seen).toBeUndefined();
  });

  test('a token without audience is let in for its client', async () => {
    expect(
      (await call('/api/things', { bearer: await token({ claims: { aud: undefined, client_id: 'web-client' } }) }))
        .status,
    ).toBe(204);
  });

  test('a token that was let in before is refused from the second it expires', async () => {
    const bearer = await token({ lifetimeSeconds: 60 });
    expect((await call('/api/things', { bearer })).status).toBe(204);
    now += 59_000;
    expect((await call('/api/things', { bearer })).status).toBe(204);
    now += 1_000;
    expect(await refusedOf(bearer)).toEqual(unauthorized);
  });

  test('a public route asks for nothing and hands no claims on, whatever token comes', async () => {
    for (const bearer of ['nonsense', await token()]) {
      expect((await call('/api/open', { method: 'POST', bearer })).status).toBe(204);
      expect(seen?.event.requestContext.authorizer).toBeUndefined();
    }
  });
});

describe('events and answers', () => {
  test('a function sees the request in payload format 2.0', async () => {
    await call('/api/things/1/parts/2?q=%D0%B0&tag=a&tag=b', {
      method: 'POST',
      body: '{"x":"ʻ"}',
      headers: { 'content-type': 'application/json', cookie: 'a=1; b=2', 'idempotency-key': 'k' },
    });
    expect(seen?.event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /api/things/{id}/parts/{part}',
      rawPath: '/api/things/1/parts/2',
      rawQueryString: 'q=%D0%B0&tag=a&tag=b',
      queryStringParameters: { q: 'а', tag: 'a,b' },
      cookies: ['a=1', 'b=2'],
      headers: { 'idempotency-key': 'k', 'content-type': 'application/json' },
      requestContext: {
        http: { method: 'POST', path: '/api/things/1/parts/2', sourceIp: '127.0.0.1' },
        stage: '$default',
      },
      body: '{"x":"ʻ"}',
      isBase64Encoded: false,
    });
    expect(seen?.event.headers.cookie).toBeUndefined();
    expect(seen?.event.requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  });

  test('bytes reach a function, and leave it, in base64', async () => {
    answer = (event) => ({
      statusCode: 200,
      headers: { 'Content-Type': 'image/png' },
      body: event.body,
      isBase64Encoded: true,
    });
    const bytes = Buffer.from([0, 255, 128, 10]);
    const echoed = await call('/api/open', { method: 'POST', body: bytes, headers: { 'content-type': 'image/png' } });
    expect(seen?.event.isBase64Encoded).toBe(true);
    expect(Buffer.from(await echoed.arrayBuffer())).toEqual(bytes);
    expect(echoed.headers.get('content-type')).toBe('image/png');
  });

  test('status, headers and cookies of an answer are handed on, beside the headers of every page', async () => {
    answer = () => ({
      statusCode: 409,
      headers: { 'Content-Type': 'application/problem+json' },
      cookies: ['a=1', 'b=2'],
      body: '{}',
    });
    const given = await call('/api/things');
    expect(given.status).toBe(409);
    expect(given.headers.get('content-type')).toBe('application/problem+json');
    expect(given.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(given.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('a function that throws or answers nonsense is a 500 that tells nothing', async () => {
    for (const fault of [
      () => {
        throw new Error('secret');
      },
      () => ({ statusCode: 'yes' }),
    ]) {
      answer = fault;
      const given = await call('/api/things');
      expect([given.status, await given.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
      expect(faults.pop()).toBe('GET /api/things');
    }
  });
});

describe('limits', () => {
  test('a body above 10 MB is 413, announced or streamed, and reaches no function', async () => {
    const tooLong = new Uint8Array(10 * 1024 * 1024 + 1).fill(0x20);
    const streamed = new ReadableStream({
      start(controller) {
        controller.enqueue(tooLong);
        controller.close();
      },
    });
    for (const init of [{ body: tooLong }, { body: streamed, duplex: 'half' as const }]) {
      const refused = await call('/api/open', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        ...init,
      });
      expect([refused.status, await refused.text()]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    }
    expect(seen).toBeUndefined();
  });

  test('a body that a function could not be given is 413 too', async () => {
    const refused = await call('/api/open', { method: 'POST', body: new Uint8Array(7 * 1024 * 1024) });
    expect(refused.status).toBe(413);
    expect(seen).toBeUndefined();
  });

  test('a route past its own limit is 429 until time has passed, and others go on', async () => {
    const statuses = async (times: number) => {
      const all: number[] = [];
      for (let index = 0; index < times; index++) all.push((await call('/api/narrow')).status);
      return all;
    };
    expect(await statuses(5)).toEqual([204, 204, 204, 429, 429]);
    expect(await (await call('/api/narrow')).text()).toBe('{"message":"Too Many Requests"}');
    expect((await call('/api/things')).status).toBe(204);
    now += 2_000;
    expect(await statuses(3)).toEqual([204, 204, 429]);
  });
});
