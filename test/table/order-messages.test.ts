/** Orders sent to a supplier's own system, over HTTP to a server of the test that fails in every way such systems fail. */
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mostTries, OrderMessageBody, pauseAfter } from '@darmon/domain/order-message';
import { makePost } from '@darmon/http/post';
import { sendOrders } from '@darmon/usecases/order-messages';
import { cancelOrder, openOrders, readOrder, sendOrder } from '@darmon/usecases/orders';
import { savePrices, saveSupplier } from '@darmon/usecases/suppliers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { gtins, type House, makeHouse } from '../support/house.ts';

/** What a supplier's system keeps: each order once, by its id, whatever is sent how often. */
interface Taken {
  readonly body: z.infer<typeof OrderMessageBody>;
  readonly signature: string;
  readonly raw: string;
}
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer = {
  kid: Uint8Array.of(1, 2, 3),
  sign: async (bytes: Uint8Array) => sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
};
let house: House;
let system: ReturnType<typeof createServer>;
let taken: Taken[] = [];
/** How the system answers next; the last one stays. */
let answers: ((response: ServerResponse) => void)[] = [];
const status = (code: number) => (response: ServerResponse) => {
  response.writeHead(code).end();
};
const silence = () => undefined;

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

beforeAll(async () => {
  house = await makeHouse('order-messages');
  system = createServer((request, response) => {
    void textOf(request).then((raw) => {
      const body = OrderMessageBody.parse(JSON.parse(raw));
      taken.push({ body, raw, signature: String(request.headers['darmon-signature']) });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      (answer ?? status(204))(response);
    });
  });
  await new Promise<void>((ready) => system.listen(0, '127.0.0.1', ready));
  const { port } = system.address() as AddressInfo;
  const planner = house.actor('planner');
  const supplier = { id: 'SU-1', name: 'Supplier <1> & sons', country: 'UZ', active: true };
  await saveSupplier(
    house.deps,
    planner,
    { ...supplier, webhook: `http://127.0.0.1:${port}/in` },
    undefined,
    house.once('planner'),
  );
  const price = { gtin: gtins.amoxicillin, packPrice: 1_000, currency: 'UZS', leadDays: 7, validFrom: '2026-01-01' };
  await savePrices(house.deps, planner, { supplier: 'SU-1', prices: [price] }, house.once('planner'));
});
beforeEach(() => {
  taken = [];
  answers = [status(204)];
  house.clock.now += 86_400_000;
});
afterAll(async () => {
  system.closeAllConnections();
  await new Promise((closed) => system.close(closed));
  await house.stop();
});

const post = makePost({ local: true, attemptMs: 300 });
const run = () => sendOrders({ ...house.deps, signer, post }, house.clock.now + 60_000);
const sent = async (): Promise<string> => {
  const planner = house.actor('planner');
  const input = { site: 'WH-1', lines: [{ gtin: gtins.amoxicillin, packs: 2 }] };
  const { body } = await openOrders(house.deps, planner, input, house.once('planner'));
  const id = body.orders[0]?.id ?? '';
  await sendOrder(house.deps, planner, { id }, house.once('planner'));
  return id;
};
const messageOf = async (id: string, kind = 'order') =>
  (await readOrder(house.deps, house.actor('planner'), id)).messages.find((m) => m.kind === kind);
const ordersThere = () => new Set(taken.map((t) => t.body.id)).size;

test('an order is sent once, whole and signed so that the published key and the recipe are enough to check it', async () => {
  const id = await sent();
  expect(await run()).toEqual({ delivered: 1, waiting: 0, failed: 0 });
  expect(await run()).toEqual({ delivered: 0, waiting: 0, failed: 0 });
  expect(taken.length).toBe(1);
  const [{ body, raw, signature }] = taken as [Taken];
  expect(body).toMatchObject({
    type: 'order',
    id,
    amount: 2_000,
    currency: 'UZS',
    supplier: { id: 'SU-1', name: 'Supplier <1> & sons' },
    deliverTo: { id: 'WH-1', region: 'UZ-TK' },
    lines: [{ line: 1, gtin: gtins.amoxicillin, packs: 2, unitsPerPack: 20, packPrice: 1_000, amount: 2_000 }],
  });
  expect(await messageOf(id)).toMatchObject({ state: 'delivered', tries: 1, last: 204 });
  // the recipe: the base64url of the body between the dots, ES256 over the two first parts
  const [header = '', empty, mac = ''] = signature.split('.');
  expect(empty).toBe('');
  const told = JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string; iat: number; kid: string };
  expect(told).toEqual({ alg: 'ES256', kid: 'AQID', iat: Math.floor(house.clock.now / 1000) });
  const isRight = (text: string) => {
    const input = Buffer.from(`${header}.${Buffer.from(text).toString('base64url')}`);
    return verify('sha256', input, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(mac, 'base64url'));
  };
  expect([isRight(raw), isRight(raw.replace('"packs":2', '"packs":9'))]).toEqual([true, false]);
});

describe('a system that does not take it', () => {
  test('with 500 is asked again after growing pauses, and the order is one there in the end', async () => {
    const id = await sent();
    answers = [status(500), status(503), status(204)];
    expect(await run()).toEqual({ delivered: 0, waiting: 1, failed: 0 });
    expect(await messageOf(id)).toMatchObject({ state: 'waiting', tries: 1, last: 500 });
    expect(await run()).toEqual({ delivered: 0, waiting: 0, failed: 0 });
    house.clock.now += pauseAfter(1, 1);
    expect(await run()).toMatchObject({ waiting: 1 });
    house.clock.now += pauseAfter(1, 1);
    expect(await run()).toMatchObject({ delivered: 0, waiting: 0 });
    house.clock.now += pauseAfter(2, 1);
    expect(await run()).toMatchObject({ delivered: 1 });
    expect([taken.length, ordersThere()]).toEqual([3, 1]);
  });

  test('in time may have taken it all the same: it comes again with the same id', async () => {
    const id = await sent();
    answers = [silence, status(200)];
    expect(await run()).toMatchObject({ waiting: 1 });
    expect(await messageOf(id)).toMatchObject({ last: 'timeout' });
    house.clock.now += pauseAfter(1, 1);
    expect(await run()).toMatchObject({ delivered: 1 });
    expect([taken.length, ordersThere()]).toEqual([2, 1]);
  });

  test('and sends elsewhere is not followed', async () => {
    const id = await sent();
    answers = [(response) => void response.writeHead(302, { location: 'https://example.org/' }).end()];
    await run();
    expect(await messageOf(id)).toMatchObject({ state: 'waiting', last: 302 });
    house.clock.now += pauseAfter(1, 1);
    answers = [status(204)];
    await run();
  });

  test('at all is given up after the last try, told in the order, and begun anew when a person sends it again', async () => {
    const id = await sent();
    answers = [status(400)];
    for (let n = 1; n <= mostTries; n += 1) {
      await run();
      house.clock.now += pauseAfter(n, 1);
    }
    expect(await messageOf(id)).toMatchObject({ state: 'failed', tries: mostTries });
    expect(await run()).toEqual({ delivered: 0, waiting: 0, failed: 0 });
    answers = [status(204)];
    await sendOrder(house.deps, house.actor('planner'), { id }, house.once('planner'));
    expect(await run()).toMatchObject({ delivered: 1 });
    expect(ordersThere()).toBe(1);
  });
});

test('several runs at once send it once', async () => {
  await sent();
  const results = await Promise.all([run(), run(), run(), run()]);
  expect(results.reduce((sum, r) => sum + r.delivered, 0)).toBe(1);
  expect(taken.length).toBe(1);
});

test('a run that dies after it began leaves the order to a later one, not to a second one beside it', async () => {
  const id = await sent();
  const dying = { ...house.deps, signer, post: () => Promise.reject(new Error('killed')) };
  await expect(sendOrders(dying, house.clock.now + 60_000)).rejects.toThrow('killed');
  expect(await run()).toMatchObject({ delivered: 0 });
  house.clock.now += pauseAfter(1, 1);
  expect(await run()).toMatchObject({ delivered: 1 });
  expect(await messageOf(id)).toMatchObject({ state: 'delivered', tries: 2 });
});

test('what was cancelled before it arrived is not sent any more, and its cancellation is', async () => {
  const id = await sent();
  await cancelOrder(house.deps, house.actor('planner'), { id, reason: 'too dear' }, house.once('planner'));
  await run();
  expect(taken.map((t) => t.body.type)).toEqual(['cancellation']);
  expect([(await messageOf(id))?.state, (await messageOf(id, 'cancellation'))?.state]).toEqual([
    'dropped',
    'delivered',
  ]);
});

test('this machine is no address for a function in a cloud, nor is anything without https', async () => {
  const inCloud = makePost({ local: false, attemptMs: 300 });
  const { port } = system.address() as AddressInfo;
  expect(await inCloud(`http://127.0.0.1:${port}/in`, '{}', {})).toBe('unreachable');
  expect(await inCloud('https://localhost/in', '{}', {})).toBe('unreachable');
  expect(await post('http://example.org/in', '{}', {})).toBe('unreachable');
  expect(taken).toEqual([]);
});

test('pauses grow to half a day, with chance at most a fifth more, and all tries together take some days', () => {
  const pauses = Array.from({ length: mostTries - 1 }, (_, i) => pauseAfter(i + 1, 0));
  expect(pauses.slice(0, 3)).toEqual([60_000, 120_000, 240_000]);
  expect(Math.max(...pauses)).toBe(12 * 3_600_000);
  expect(pauseAfter(1, 0.999)).toBeLessThanOrEqual(72_000);
  const days = pauses.reduce((sum, p) => sum + p, 0) / 86_400_000;
  expect(days).toBeGreaterThan(1.5);
  expect(days).toBeLessThan(4);
});
