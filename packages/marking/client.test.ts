/** The client against the local service: real requests over loopback, a clock that the test moves. */
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MarkingLimits, makeMarkingClient } from './client.ts';
import { type LocalMarkingService, startMarkingService } from './local-service.ts';
import { type MarkedPack, type MarkingAnswer, markingStatuses } from './marking.ts';

const key = 'test-key';
const pack = (serial: string): MarkedPack => ({ gtin: '09520000000011', serial });
const known = { kind: 'known', status: 'in-circulation', lot: 'A1234', expiryDate: '2028-06-30' } as const;
const unavailable = (why: string) => ({ kind: 'unavailable', why });

let at: number;
let waits: number[];
let service: LocalMarkingService;
/** What the service knows; a serial that begins with `none` it does not. */
let said: Exclude<MarkingAnswer, { kind: 'unavailable' }>;
/** Packs it told of: what it refused as too much is not among them. */
let told: number;

beforeEach(async () => {
  at = Date.parse('2026-11-20T06:00:00Z');
  waits = [];
  told = 0;
  said = known;
  service = await startMarkingService({
    key,
    now: () => at,
    packs: (_, serial) => {
      told += 1;
      return serial.startsWith('none') ? { kind: 'unknown' } : said;
    },
  });
});
afterEach(() => service.stop());

// A budget that no loaded machine uses up by itself: what ends in these tests is ended by a rule.
const patient = { budgetMs: 20_000, attemptMs: 20_000 };
const client = (
  limits: Partial<MarkingLimits> = {},
  changed: { endpoint?: string; key?: string; chance?: number } = {},
) =>
  makeMarkingClient(
    { endpoint: changed.endpoint ?? service.endpoint, key: changed.key ?? key },
    {
      now: () => at,
      random: () => changed.chance ?? 0.5,
      sleep: async (ms) => {
        waits.push(ms);
        at += ms;
      },
    },
    { ...patient, ...limits },
  );

describe('asking', () => {
  test('a pack that the service knows comes back with status, lot and expiry', async () => {
    expect(await client().look(pack('one'))).toEqual(known);
  });

  test('every status of ours travels there and back', async () => {
    for (const status of markingStatuses) {
      said = { kind: 'known', status };
      expect(await client().look(pack(status))).toEqual(said);
    }
  });

  test('a pack that the service does not know is unknown, which is an answer', async () => {
    expect(await client().look(pack('none'))).toEqual({ kind: 'unknown' });
  });

  test('many packs are one request, answered in their order, and the same pack is asked once', async () => {
    const packs = ['a', 'none', 'b', 'a'].map(pack);
    expect(await client().lookAll(packs)).toEqual([known, { kind: 'unknown' }, known, known]);
    expect(service.questions.map((codes) => codes.length)).toEqual([3]);
  });

  test('more packs than one request may hold are several requests and still one answer each', async () => {
    const packs = Array.from({ length: 7 }, (_, n) => pack(`n${n}`));
    expect(await client({ packsAtOnce: 3 }).lookAll(packs)).toEqual(packs.map(() => known));
    expect(service.questions.map((codes) => codes.length).sort()).toEqual([1, 3, 3]);
  });

  test('no pack is no request', async () => {
    expect(await client().lookAll([])).toEqual([]);
    expect(service.questions).toEqual([]);
  });

  test('a wrong key is refused, once, and not tried again', async () => {
    expect(await client({}, { key: 'expired' }).look(pack('one'))).toEqual(unavailable('refused'));
    expect(service.questions).toHaveLength(1);
  });

  test('the key goes to no other address, even if the service sends us there', async () => {
    const elsewhere: unknown[] = [];
    const other = createServer((request, response) => {
      elsewhere.push(request.url);
      response.end('[]');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address() as { port: number };
    const location = `http://127.0.0.1:${address.port}/`;
    service.setFault({ kind: 'status', status: 307, headers: { location } });
    expect(await client().look(pack('one'))).toEqual(unavailable('refused'));
    expect(elsewhere).toEqual([]);
    await new Promise((resolve) => other.close(resolve));
  });

  test('a service elsewhere is asked over https only', () => {
    expect(() => client({}, { endpoint: 'http://xtrace.example' })).toThrow(RangeError);
    expect(() => client({}, { endpoint: 'https://xtrace.example' })).not.toThrow();
  });
});

describe('when the service fails', () => {
  test.each([
    ['cuts the connection', { kind: 'down' }],
    ['answers 500', { kind: 'status', status: 500 }],
    ['answers 503', { kind: 'status', status: 503 }],
  ] as const)('one that %s is asked three times, then it is down', async (_, fault) => {
    service.setFault(fault);
    expect(await client().look(pack('one'))).toEqual(unavailable('down'));
    expect(service.questions).toHaveLength(3);
  });

  test('one that recovers within the tries is no failure at all', async () => {
    service.setFault({ kind: 'down' }, 1);
    expect(await client().look(pack('one'))).toEqual(known);
    service.setFault({ kind: 'status', status: 502 }, 2);
    expect(await client().look(pack('two'))).toEqual(known);
  });

  test('a port where nobody listens is down', async () => {
    const { endpoint } = service;
    await service.stop();
    expect(await client({}, { endpoint }).look(pack('one'))).toEqual(unavailable('down'));
  });

  test('the wait between tries doubles, and chance decides how much of it', async () => {
    service.setFault({ kind: 'status', status: 500 });
    await client({ attempts: 4, failuresToPause: 9 }, { chance: 0.5 }).look(pack('one'));
    await client({ attempts: 4, failuresToPause: 9 }, { chance: 0.25 }).look(pack('one'));
    expect(waits).toEqual([50, 100, 200, 25, 50, 100]);
  });

  test('it is not tried again where the wait would pass the budget', async () => {
    service.setFault({ kind: 'status', status: 500 });
    const hurried = client({ budgetMs: 20_000, backoffMs: 40_000 }, { chance: 0.6 });
    expect(await hurried.look(pack('one'))).toEqual(unavailable('down'));
    expect([service.questions.length, waits]).toEqual([1, []]);
  });

  // These wait for real timers: a client without them would hang until the test's own end.
  test('one that never answers is down when the budget is over', async () => {
    service.setFault({ kind: 'slow', ms: 3_600_000 });
    expect(await client({ budgetMs: 60 }).look(pack('one'))).toEqual(unavailable('down'));
    expect(waits).toEqual([]);
  });

  test('one that begins to answer and stops in the middle is down too', async () => {
    const stuck = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('[');
    });
    await new Promise<void>((resolve) => stuck.listen(0, '127.0.0.1', resolve));
    const { port } = stuck.address() as { port: number };
    const asking = client({ budgetMs: 60 }, { endpoint: `http://127.0.0.1:${port}` });
    expect(await asking.look(pack('one'))).toEqual(unavailable('down'));
    stuck.closeAllConnections();
    await new Promise((resolve) => stuck.close(resolve));
  });

  test('one hanging connection does not use up the budget: the next try is answered', async () => {
    service.setFault({ kind: 'slow', ms: 3_600_000 }, 1);
    expect(await client({ attemptMs: 300 }).look(pack('one'))).toEqual(known);
  });

  test.each(['', '<html>maintenance</html>', '{}', '[{"code":7}]'])(
    'an answer of another shape is unreadable, and asking again would not help: %s',
    async (body) => {
      service.setFault({ kind: 'garbage', body });
      expect(await client().look(pack('one'))).toEqual(unavailable('unreadable'));
      expect(service.questions).toHaveLength(1);
    },
  );

  test('an answer longer than the bound is not read to its end, even if it would be a good one', async () => {
    service.setFault({ kind: 'garbage', body: `[${' '.repeat(200_000)}]` });
    expect(await client({ answerBytes: 100_000 }).look(pack('one'))).toEqual(unavailable('unreadable'));
    expect(await client({ answerBytes: 300_000 }).look(pack('one'))).toEqual({ kind: 'unknown' });
  });
});

describe('the limit of requests a minute', () => {
  test('it is never passed, its answer comes without a request, and time gives the right back', async () => {
    const asking = client();
    const answers = [];
    for (let n = 0; n < 30; n++) answers.push(await asking.look(pack(`n${n}`)));
    expect(answers.filter((answer) => answer.kind === 'known')).toHaveLength(20);
    expect(answers.at(-1)).toEqual(unavailable('limited'));
    expect(service.questions).toHaveLength(20);
    at += 60_000;
    expect(await asking.look(pack('later'))).toEqual(known);
  });

  test('whoever keeps to it is never told 429 by a service that counts every minute', async () => {
    const asking = client();
    for (let n = 0; n < 400; n++) {
      at += 300;
      const answer = await asking.look(pack(`n${n}`));
      if (answer.kind !== 'known') expect(answer).toEqual(unavailable('limited'));
    }
    expect(told).toBeGreaterThan(150);
    expect(service.questions).toHaveLength(told);
  });

  test('tries again count too', async () => {
    service.setFault({ kind: 'status', status: 500 });
    const asking = client({ requestsPerMinute: 10, failuresToPause: 99 });
    expect(await asking.look(pack('one'))).toEqual(unavailable('down'));
    expect(await asking.look(pack('two'))).toEqual(unavailable('limited'));
    expect(service.questions).toHaveLength(2);
  });

  test('a service that others of the same key have used up says when to come again, and is left alone until then', async () => {
    const greedy = client({ requestsPerMinute: 10_000 });
    for (let n = 0; n < 100; n++) expect(await greedy.look(pack(`n${n}`))).toEqual(known);
    const asking = client();
    expect(await asking.look(pack('a'))).toEqual(unavailable('limited'));
    expect(service.questions).toHaveLength(101);
    at += 59_999;
    expect(await asking.look(pack('a'))).toEqual(unavailable('limited'));
    expect(service.questions).toHaveLength(101);
    at += 1;
    expect(await asking.look(pack('a'))).toEqual(known);
  });

  test.each([
    ['seconds', '30', 30_000],
    ['a date', new Date(Date.parse('2026-11-20T06:00:45Z')).toUTCString(), 45_000],
    ['far too many seconds', '999999999', 300_000],
  ])('a Retry-After in %s is kept, up to five minutes', async (_, retryAfter, ms) => {
    service.setFault({ kind: 'status', status: 429, headers: { 'retry-after': retryAfter } }, 1);
    const asking = client();
    expect(await asking.look(pack('a'))).toEqual(unavailable('limited'));
    at += ms - 1;
    expect(await asking.look(pack('a'))).toEqual(unavailable('limited'));
    expect(service.questions).toHaveLength(1);
    at += 1;
    expect(await asking.look(pack('a'))).toEqual(known);
  });

  test('a short Retry-After is waited for', async () => {
    service.setFault({ kind: 'status', status: 503, headers: { 'retry-after': '2' } }, 1);
    expect(await client().look(pack('a'))).toEqual(known);
    expect(waits).toEqual([2000]);
  });

  test('a Retry-After that makes no sense is as good as none', async () => {
    service.setFault({ kind: 'status', status: 429, headers: { 'retry-after': 'soon' } }, 1);
    expect(await client().look(pack('a'))).toEqual(known);
  });
});

describe('the breaker', () => {
  const pausing = { attempts: 1, failuresToPause: 3, failureWindowMs: 60_000, pauseMs: 30_000 };
  const fail = async (asking: ReturnType<typeof client>, times: number) => {
    for (let n = 0; n < times; n++) await asking.look(pack('failing'));
  };

  test('after several failures in a row nothing is asked, and every counter is answered at once', async () => {
    service.setFault({ kind: 'down' });
    const asking = client(pausing);
    await fail(asking, 3);
    expect(await asking.look(pack('one'))).toEqual(unavailable('paused'));
    expect(service.questions).toHaveLength(3);
  });

  test('answers that cannot be read and a key that is refused open it too', async () => {
    for (const fault of [{ kind: 'garbage', body: '{}' } as const, { kind: 'status', status: 403 } as const]) {
      service.setFault(fault);
      const asking = client(pausing);
      await fail(asking, 3);
      expect(await asking.look(pack('one'))).toEqual(unavailable('paused'));
    }
  });

  test('429 does not: who says it is alive', async () => {
    service.setFault({ kind: 'status', status: 429 });
    const asking = client(pausing);
    await fail(asking, 5);
    expect(await asking.look(pack('one'))).toEqual(unavailable('limited'));
    expect(service.questions).toHaveLength(6);
  });

  test('failures with a success between them, or too far apart, do not open it', async () => {
    const asking = client(pausing);
    service.setFault({ kind: 'down' }, 2);
    await fail(asking, 2);
    expect(await asking.look(pack('fine'))).toEqual(known);
    service.setFault({ kind: 'down' }, 2);
    await fail(asking, 2);
    at += 60_000;
    service.setFault({ kind: 'down' }, 1);
    await fail(asking, 1);
    expect(await asking.look(pack('also fine'))).toEqual(known);
  });

  test('after the pause one request tries, alone; if it is answered all is as before', async () => {
    service.setFault({ kind: 'down' });
    const asking = client(pausing);
    await fail(asking, 3);
    service.setFault(undefined);
    at += 29_999;
    expect(await asking.look(pack('a'))).toEqual(unavailable('paused'));
    at += 1;
    const both = await Promise.all([asking.look(pack('a')), asking.look(pack('b'))]);
    expect(both).toEqual([known, unavailable('paused')]);
    expect(await asking.look(pack('b'))).toEqual(known);
  });

  test('if the one that tries fails, the pause begins anew', async () => {
    service.setFault({ kind: 'down' });
    const asking = client({ ...pausing, attempts: 3 });
    await fail(asking, 1);
    at += 30_000;
    service.setFault({ kind: 'down' }, 1);
    expect(await asking.look(pack('a'))).toEqual(unavailable('down'));
    expect(service.questions).toHaveLength(4);
    at += 29_000;
    expect(await asking.look(pack('a'))).toEqual(unavailable('paused'));
    at += 1000;
    expect(await asking.look(pack('a'))).toEqual(known);
  });

  test('a try that the limit of requests forbids does not leave it waiting for an end that never comes', async () => {
    service.setFault({ kind: 'down' });
    const asking = client({ ...pausing, requestsPerMinute: 15, pauseMs: 1 });
    await fail(asking, 3);
    service.setFault(undefined);
    at += 1;
    expect(await asking.look(pack('a'))).toEqual(unavailable('limited'));
    at += 60_000;
    expect(await asking.look(pack('a'))).toEqual(known);
  });
});

describe('the memory', () => {
  test('a known pack is remembered for ten minutes, an unknown one for one', async () => {
    const asking = client();
    const packs = [pack('one'), pack('none')];
    await asking.lookAll(packs);
    at += 59_999;
    await asking.lookAll(packs);
    expect(service.questions).toHaveLength(1);
    at += 1;
    await asking.lookAll(packs);
    expect(service.questions.at(-1)).toEqual(['010952000000001121none']);
    said = { kind: 'known', status: 'withdrawn' };
    at += 539_999;
    expect(await asking.look(pack('one'))).toEqual(known);
    at += 1;
    expect(await asking.look(pack('one'))).toEqual(said);
  });

  test('what could not be learnt is not remembered', async () => {
    const asking = client({ attempts: 1 });
    for (const fault of [
      { kind: 'down' } as const,
      { kind: 'garbage', body: '[{"code":"x","status":"y"}]' } as const,
    ]) {
      service.setFault(fault, 1);
      expect(await asking.look(pack('one'))).toHaveProperty('kind', 'unavailable');
    }
    expect(await asking.look(pack('one'))).toEqual(known);
  });

  test('what is remembered is answered while the service is down', async () => {
    const asking = client();
    await asking.look(pack('one'));
    service.setFault({ kind: 'down' });
    expect(await asking.lookAll([pack('one'), pack('two')])).toEqual([known, unavailable('down')]);
  });

  test('it is bounded: the pack used longest ago is asked again', async () => {
    const asking = client({ packsRemembered: 2 });
    for (const serial of ['a', 'b', 'c', 'b', 'a']) await asking.look(pack(serial));
    expect(service.questions.map(([code]) => code?.slice(-1))).toEqual(['a', 'b', 'c', 'a']);
  });
});

describe('the local service', () => {
  const post = (body: string, path = '/public/api/cod/public/codes') =>
    fetch(new URL(path, service.endpoint), { method: 'POST', headers: { authorization: `Bearer ${key}` }, body });

  test('answers a hundred questions a minute and says of the next when to come again', async () => {
    const question = JSON.stringify({ codes: ['010952000000001121one'] });
    for (let n = 0; n < 100; n++) expect((await post(question)).status).toBe(200);
    at += 15_000;
    const refused = await post(question);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '45']);
  });

  test('refuses what is no question, and goes on serving', async () => {
    expect((await post('{"codes":')).status).toBe(400);
    expect((await post('{"codes":"one"}')).status).toBe(400);
    expect((await post(JSON.stringify({ codes: Array(1001).fill('x') }))).status).toBe(400);
    expect((await post('{"codes":[]}', '/elsewhere')).status).toBe(404);
    expect(await (await post('{"codes":["junk"]}')).json()).toEqual([]);
    expect(await client().look(pack('one'))).toEqual(known);
  });
});
