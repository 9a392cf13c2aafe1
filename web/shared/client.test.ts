import type { Route } from '@darmon/http/route';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import * as z from 'zod';

const session = { token: 'one' as string | undefined, renewals: 0 };
vi.mock('./language.ts', () => ({ useLanguage: () => 'ru', currentLanguage: () => 'ru' }));
vi.mock('./session.ts', () => ({
  currentUser: async () => (session.token ? { access_token: session.token } : null),
  renew: async () => {
    session.renewals += 1;
    if (session.token) session.token = 'two';
    return session.token ? { access_token: session.token } : undefined;
  },
}));

let client: typeof import('./client.ts');
beforeAll(async () => {
  client = await import('./client.ts');
});

const answers = { 200: z.object({ ok: z.boolean() }) };
const change = {
  method: 'POST',
  path: '/api/things/{id}/change',
  summary: '',
  access: 'any',
  params: z.object({ id: z.string() }),
  body: z.object({ to: z.string() }),
  answers,
  keyed: true,
  example: { answer: {} },
} as const satisfies Route;
const ask = { ...change, path: '/api/things/lookup', params: undefined, keyed: false } as const;
const input = { params: { id: 'a/b' }, body: { to: 'x' } };

interface Sent {
  readonly url: string;
  readonly headers: Headers;
}
let sent: Sent[] = [];
let script: (() => Response)[] = [];
const json = (status: number, body: unknown) => () => Response.json(body, { status });
const lost = (): Response => {
  throw new TypeError('fetch failed');
};

beforeEach(() => {
  sent = [];
  script = [];
  session.token = 'one';
  session.renewals = 0;
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('fetch', async (url: string, { headers }: { headers: Headers }) => {
    sent.push({ url, headers });
    const next = script.shift();
    if (!next) throw new Error('one request more than expected');
    return next();
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Lets the pauses between repeats pass at once. */
const settle = async <V>(promise: Promise<V>): Promise<V> => {
  promise.catch(() => undefined);
  await vi.runAllTimersAsync();
  return promise;
};

test('what the network loses is sent again under the same key', async () => {
  script = [lost, lost, json(200, { ok: true })];
  await expect(settle(client.call(change, input))).resolves.toEqual({ ok: true });
  expect(sent).toHaveLength(3);
  expect(new Set(sent.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
});

test('a change that others crowded out is asked for again, a refusal is not', async () => {
  script = [json(409, { code: 'busy' }), json(409, { code: 'out-of-stock', title: 'Нет', errors: [] })];
  const failure = await settle(client.call(change, input).catch((error: unknown) => error));
  expect(sent).toHaveLength(2);
  expect(failure).toBeInstanceOf(client.ProblemError);
  expect((failure as InstanceType<typeof client.ProblemError>).problem).toMatchObject({
    status: 409,
    code: 'out-of-stock',
    title: 'Нет',
  });
});

test('after the last repeat nobody knows whether it happened, and that is said', async () => {
  script = [lost, lost, lost, lost];
  await expect(settle(client.call(change, input))).rejects.toBeInstanceOf(client.UncertainError);
  expect(sent).toHaveLength(4);
});

test('a fault of the server leaves a change uncertain', async () => {
  script = [json(500, { code: 'fault' })];
  await expect(settle(client.call(change, input))).rejects.toBeInstanceOf(client.UncertainError);
});

test('a POST without a key is never repeated by itself', async () => {
  script = [lost];
  await expect(settle(client.call(ask, { body: { to: 'x' } }))).rejects.toBeInstanceOf(client.UncertainError);
  expect(sent).toHaveLength(1);
});

test('a token that is refused is renewed once, and the request repeated with the new one and the same key', async () => {
  script = [json(401, {}), json(200, { ok: true })];
  await settle(client.call(change, input));
  expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer one', 'Bearer two']);
  expect(new Set(sent.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
  expect(session.renewals).toBe(1);
});

test('without a session nothing is sent at all', async () => {
  session.token = undefined;
  await expect(settle(client.call(change, input))).rejects.toBeInstanceOf(client.SessionEndedError);
  expect(sent).toHaveLength(0);
});

test('the language of the page goes with each call, and a parameter cannot leave its place in the path', async () => {
  script = [json(200, { ok: true })];
  await settle(client.call(change, input));
  expect(sent[0]?.headers.get('accept-language')).toBe('ru');
  expect(sent[0]?.url).toBe('/api/things/a%2Fb/change');
});

test('an answer that is no problem+json still becomes a problem with its status', async () => {
  script = [() => new Response('<html>', { status: 418 })];
  const failure = await settle(client.call(change, input).catch((error: unknown) => error));
  expect((failure as InstanceType<typeof client.ProblemError>).problem).toMatchObject({
    status: 418,
    code: 'http-418',
  });
});
